"""`schnittstellen alternatives`: who does the same as a product, or what there is for a Leistung."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from schnittstellen.cli.base import Argument, Command, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option
from schnittstellen.cli.listing import json_option, print_json, record
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.alternatives import Alternative, Alternatives

FUNDED = {True: N_("ja"), False: N_("nein"), None: N_("nicht bekannt")}


def alternatives(name: str, on: date | None, as_json: bool) -> None:
    """Ask, and print the answer."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.alternatives import alternatives as ask
        from schnittstellen.catalogue.services.viewer import OPERATOR

        found = ask(name, OPERATOR, on or date.today())
    if as_json:
        print_json(found)
    else:
        for line in told(found):
            print_text(line)


def told(found: "Alternatives") -> Iterator[str]:
    """What was developed twice with public money, then each product."""
    titles = ", ".join(title for _key, title in found.leistungen) or "–"
    yield _(N_("Programme für: {titles}")).format(titles=titles)
    for keys in found.parallel:
        yield _(N_("Doppelentwicklung, jedes öffentlich gefördert: {products}")).format(products=", ".join(keys))
    for one in found.products:
        yield ""
        yield from _product(one)
    if found.more:
        yield _(N_("Es gibt mehr Programme, als hier gezeigt werden."))


def _licence(name: str) -> str:
    return _(N_("geschlossen (der Quelltext ist nicht offen)")) if name == "LicenseRef-proprietaer" else name


def _product(one: "Alternative") -> Iterator[str]:
    from schnittstellen.catalogue.wording.kinds import PRODUCTS

    yield f"{one.name} ({one.key}{f'@{one.release}' if one.release else ''}), {one.vendor}"
    interfaces = ", ".join(f"{each.name} ({int(each.level)})" for each in one.interfaces)
    rows = [
        (N_("Art"), _(PRODUCTS[one.kind])),
        (N_("öffentlich gefördert"), _(FUNDED[one.funded])),
        (N_("Lizenz"), _licence(str(one.facts.get("licence") or ""))),
        (N_("Lizenzkosten"), str(one.facts.get("cost_licence") or "")),
        (N_("Kosten der Einführung"), str(one.facts.get("cost_introduction") or "")),
        (N_("Laufende Kosten"), str(one.facts.get("cost_running") or "")),
        (N_("Voraussetzungen"), str(one.facts.get("prerequisites") or "")),
        (N_("Schnittstellen (Nachweisstufe)"), interfaces),
    ]
    yield from (f"  {line}" for line in record(rows))


command = Command(
    "alternatives",
    callback=alternatives,
    help=N_("Zeigt nebeneinander, welche Programme dasselbe tun, und was doppelt entwickelt wurde."),
    params=[Argument(["name"], metavar=N_("PROGRAMM|LEIKA")), on_option(), json_option()],
)
