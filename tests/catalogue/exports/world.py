"""A small catalogue with everything in it that must not leave."""

from datetime import date

from schnittstellen.catalogue.models import Product
from tests.catalogue import making

DAY = date.today()
SECRETS = ("Frau Geheim", "0211-5550", "Bericht-Intern", "99.000 Euro", "Musterleitung", "Ersatz-Geheim")
ROLES = {"server": (["*"], []), "client": ([], ["*"])}


def build() -> None:
    """Two products of one vendor, one open and one closed municipality."""
    making.vendor("musterhaus", name="Musterhaus GmbH", url="https://musterhaus.example.org", contact="Frau Geheim")
    making.standard("oparl@1.1", ROLES)
    making.product(
        "muster-rat",
        kind="fachverfahren",
        leistungen=("99115005060000",),
        name="Muster-Rat",
        purpose='=HYPERLINK("https://boese.example.org")',
        licence="EUPL-1.2",
        source_code="https://git.example.org/musterhaus/rat",
        contact="Frau Geheim, 0211-5550",
        cost_licence="99.000 Euro",
        costs_seen_by=Product.Seen.MUNICIPALITIES,
        publicly_funded=True,
    )
    making.prove(making.declare("muster-rat@2.10", "oparl@1.1", "server"), reach=2)
    making.product("muster-zu", name="Muster-Zu", cost_licence="10 Euro", costs_seen_by=Product.Seen.PUBLIC)
    making.release("muster-zu@1.0")
    told = {"in_charge": "Musterleitung", "experience": "Bericht-Intern", "replacement": "Ersatz-Geheim"}
    making.municipality("05999001", name="Musteroffen", open=True)
    making.municipality("05999002", name="Musterzu")
    making.deploy("muster-rat@2.10", "05999001", **told)
    making.deploy("muster-rat@2.10", "05999002", **told)
    making.deploy("muster-zu@1.0", "05999001", confirmed=False, **told)
