"""News in words."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from schnittstellen.attest.words import LEVELS
from schnittstellen.catalogue.services.news.items import Group, Item, What
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.i18n import _
from schnittstellen.reports.telling import VERDICTS

Written = Callable[[date], str]
GROUPS = {
    Group.PRODUCTS: N_("Programme und ihre Versionen"),
    Group.EVIDENCE: N_("Prüfungen und Stufen"),
    Group.BOARD: N_("Entscheidungen des Beirats"),
    Group.OPERATION: N_("Aus dem Betrieb der Kommunen"),
    Group.STANDARDS: N_("Standards und ihre Prüfungen"),
}
TITLES = {
    What.PRODUCT: N_("Neu im Katalog: {name}"),
    What.RELEASE: N_("{name}: Version {release}"),
    What.EVIDENCE: N_("{name} {release}: Prüfung {verdict}"),
    What.LEVEL: N_("{name} {release}: Nachweis abgelaufen"),
    What.DUTY_MET: N_("{name} {release}: Auflage des Beirats erfüllt"),
    What.REVOCATION: N_("{name} {release}: Bestätigung des Beirats widerrufen"),
    What.OBJECTION: N_("{name} {release}: Hersteller bestreitet einen Befund"),
    What.ERRATUM: N_("{named}: Ein Befund zählt nicht mehr"),
    What.RETIRED: N_("{named}: Eine Ausgabe der Prüfung wird zurückgezogen"),
    What.CONFIRMATION: N_("{name} {release}: im Betrieb bestätigt"),
    What.DEVIATION: N_("{name} {release}: Abweichung im Betrieb gemeldet"),
    What.DEVIATION_CLOSED: N_("{name} {release}: Abweichung im Betrieb abgeschlossen"),
    What.STANDARD: N_("Neu im Katalog: Standard {named}"),
    What.BEGINS: N_("Standard {named} gilt ab dem {on}"),
    What.ENDS: N_("Standard {named} gilt bis zum {on}"),
    What.DECLARED: N_("{name} {release}: Schnittstelle neu angegeben"),
    What.REDECLARED: N_("{name} {release}: Angaben zu einer Schnittstelle geändert"),
    What.UNDECLARED: N_("{name} {release}: Schnittstelle nicht mehr angegeben"),
}
DECIDED = {
    (What.DECISION, True): N_("{name} {release}: vom Beirat bestätigt"),
    (What.DECISION, False): N_("{name} {release}: vom Beirat nicht bestätigt"),
    (What.OBJECTION_DECIDED, True): N_("{name} {release}: Widerspruch hatte Erfolg"),
    (What.OBJECTION_DECIDED, False): N_("{name} {release}: Widerspruch zurückgewiesen"),
}
TEXTS = {
    What.PRODUCT: N_("Hersteller: {vendor}."),
    What.EVIDENCE: N_("Geprüft am {run_at} mit Ausgabe {edition} der Prüfsuite."),
    What.LEVEL: N_("Was nachgewiesen war, gilt seit dem {on} nicht mehr."),
    What.REVOCATION: N_("Es gilt der {on}. Begründung: {reason}"),
    What.OBJECTION: N_("Befund {finding}. Bis der Beirat entscheidet, zählt die Prüfung nicht."),
    What.OBJECTION_DECIDED: N_("Begründung des Beirats: {reason}"),
    What.ERRATUM: N_("Befund {finding}. Begründung: {reason}"),
    What.RETIRED: N_("Ausgabe {edition} zählt seit dem {on} nicht mehr. Begründung: {reason}"),
    What.CONFIRMATION: N_("Eine Kommune bestätigt, dass der Austausch in ihrem Betrieb gelingt."),
    What.DEVIATION: N_("Eine Kommune meldet, dass das Programm im Alltag vom Standard abweicht."),
}
RELEASED = N_("Erschienen am {released}.")
WILL_RETIRE = N_("Ausgabe {edition} zählt ab dem {on} nicht mehr. Begründung: {reason}")
ROLE = N_("Standard {named}, Rolle {role}.")
AGAINST = N_("Zusammen mit {against}.")
CHANGED = N_("Nachweisstufe {after} ({name}), davor {before}.")


def title(one: Item, written: Written) -> str:
    """In one line."""
    known = _values(one, written)
    pair = (one.what, (one.told.get("granted") or one.told.get("upheld")) == "true")
    return _(DECIDED.get(pair) or TITLES[one.what]).format_map(known)


def sentences(one: Item, written: Written) -> Iterator[str]:
    """What else there is to say of it, the change of the level last."""
    known = _values(one, written)
    if one.about.product and one.about.role:
        yield _(ROLE).format_map(known)
    if text := _text(one):
        yield _(text).format_map(known)
    if "against" in known:
        yield _(AGAINST).format_map(known)
    if one.levels:
        before, after = one.levels
        yield _(CHANGED).format(before=before, after=after, name=_(LEVELS[Nachweisstufe(after)]))


def _text(one: Item) -> str | None:
    if one.what is What.RELEASE:
        return RELEASED if "released" in one.told else None
    if one.what is What.RETIRED and date.fromisoformat(one.told["on"]) > one.at.date():
        return WILL_RETIRE
    return TEXTS.get(one.what)


def _values(one: Item, written: Written) -> dict[str, str]:
    about = one.about
    known = {**one.told, "name": about.name, "release": about.release}
    named = about.title if about.version in about.title else f"{about.title} {about.version}"
    known |= {"named": named, "role": about.role}
    known |= {name: written(_date(one.told[name])) for name in ("on", "released", "run_at") if name in one.told}
    if "verdict" in one.told:
        known["verdict"] = _(VERDICTS[Verdict(one.told["verdict"])])
    return known


def _date(text: str) -> date:
    return datetime.fromisoformat(text).date()
