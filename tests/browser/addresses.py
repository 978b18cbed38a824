"""Which pages are visited, and as whom: every line of the role table that answers somebody with a page, and more."""

from string import Formatter
from typing import Any

from tests.web.roles.table import ROLES, ROUTES

Visit = tuple[str, str]
"""Role, address."""
NO_PAGES = ("api/", "health", ".well-known/", "export/", "kommunen/<str:ags>/termine.ics", "termine.ics")
"""Beginnings of routes that answer programmes."""
MORE: tuple[Visit, ...] = (
    ("visitor", "/suche?q=Hundesteuer"),
    ("visitor", "/suche?q=gibtesnicht"),
    ("visitor", "/programme/muster-hundesteuer?version=4.8"),
    ("visitor", "/beschaffen?programm=Muster-Hundesteuer&kommune=05999001"),
    ("visitor", "/beschaffen?programm=gibtesnicht&kommune=05999001"),
    ("visitor", "/beschaffen/ausschreibung?leistung=99102013002000&kommune=05999001"),
    ("visitor", "/termine?on=2027-10-01"),
    ("visitor", "/vergleich?programm=muster-hundesteuer&programm=muster-steueramt"),
    ("visitor", "/gibt-es-nicht"),
    ("visitor", "/kommunen?on=gestern"),
    ("visitor", "/konto/login/"),
    ("visitor", "/konto/password/reset/"),
    ("visitor", "/verwaltung/"),
    ("town", "/mein/beirat/aenderungen"),
    ("town", "/konto/email/"),
    ("town", "/konto/password/change/"),
    ("town", "/konto/2fa/"),
    ("town", "/konto/logout/"),
)
"""Answers to questions, faults, and the pages of logging in, which the table leaves out."""


def pages(names: dict[str, Any]) -> list[Visit]:
    """Every route that somebody may open, as the first role that may, as far as `names` has what its address names."""
    found = []
    for route, (address, allowed) in ROUTES.items():
        if 200 in allowed and not route.startswith(NO_PAGES) and _fields(address) <= set(names):
            found.append((ROLES[allowed.index(200)], address.format(**names)))
    return found


def _fields(address: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(address) if name}
