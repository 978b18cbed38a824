"""Why two entries may be one, and what merging them does, in words."""

from collections.abc import Iterator

from schnittstellen.catalogue.services.alike import Pair, Sign
from schnittstellen.catalogue.services.merged import Merged, Of
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

GROUNDS = {
    Sign.SAME_SOURCE: N_("derselbe Quellcode"),
    Sign.SAME_SITE: N_("dieselbe Webseite"),
    Sign.SAME_NAME: N_("derselbe Name"),
    Sign.NEAR_NAME: N_("fast derselbe Name"),
    Sign.SAME_VENDOR: N_("derselbe Hersteller"),
    Sign.SAME_KIND: N_("dieselbe Art"),
    Sign.SAME_LEISTUNG: N_("dieselbe Leistung"),
}
KINDS = {Of.PRODUCTS: N_("Programme"), Of.VENDORS: N_("Hersteller")}
LISTS = (
    ("releases", N_("Es wechseln die Versionen: {names}")),
    ("trainings", N_("Es wechseln die Schulungen: {names}")),
    ("leistungen", N_("Dazu kommen die Leistungen: {names}")),
    ("products", N_("Es wechseln die Programme: {names}")),
    ("left_trainings", N_("Nicht übernommen werden Schulungen, die es schon gibt: {names}")),
)
NUMBERS = (
    ("people", N_("Personen, die danach für den anderen Hersteller handeln: {count}")),
    ("tokens", N_("Zugangsschlüssel für Programme, die danach für den anderen gelten: {count}")),
    ("signing_keys", N_("Schlüssel für Unterschriften, die wechseln: {count}")),
)


def moves(of: Merged) -> Iterator[str]:
    """What merging moves and what it leaves, a line each; nothing where it moves nothing."""
    for name, text in LISTS:
        if names := getattr(of, name):
            yield _(text).format(names=", ".join(names))
    for name, text in NUMBERS:
        if count := getattr(of, name):
            yield _(text).format(count=count)


def grounds(of: Pair) -> str:
    """All grounds of a pair."""
    return ", ".join(_(GROUNDS[one]) for one in of.grounds)
