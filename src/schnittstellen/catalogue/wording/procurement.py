"""The answer to "Kann ich beschaffen?" in words, by the codes that the service gives."""

from typing import TYPE_CHECKING

from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.plans import Plan

ANSWERS = {
    "yes": N_("Ja: {candidate} passt zu allem, womit es in {name} Daten austauschen muss."),
    "no": N_("Nein: {candidate} passt nicht zu dem, was in {name} im Einsatz ist."),
    "unknown": N_("Nicht bekannt: Ob {candidate} zu dem passt, was in {name} im Einsatz ist, ist nicht nachgewiesen."),
}
FITS = {
    "verified": N_("geprüft"),
    "declared": N_("nur erklärt"),
    "unknown": N_("nicht bekannt"),
    "incompatible": N_("passt nicht"),
}
BASES = {
    "recorded": N_("Verglichen mit den Verbindungen zwischen Programmen, die {name} im Katalog eingetragen hat."),
    "leistung": N_(
        "Verbindungen zwischen Programmen sind nicht eingetragen. Verglichen mit dem, was in {name} für dieselbe "
        "Aufgabe im Einsatz ist."
    ),
    "nothing": N_("Nichts ist eingetragen, womit {candidate} in {name} Daten austauschen müsste."),
}
REPLACED = N_("Das Neue tritt an die Stelle von: {releases}.")
ENDED = N_("Die Unterstützung von {candidate} endete am {day}.")
SPLIT = N_("Mehrere Versionen sind im Einsatz, und nur {verified} ist geprüft.")
UNCONFIRMED = N_("Nur der Hersteller sagt, dass es im Einsatz ist; die Kommune hat es nicht bestätigt.")
PLANNED = N_("Was geplant ist (die Antwort gilt für den Stand von {day})")
_CHANGES = {
    "comes": N_("Ab {on} geplant: {release}; mit {candidate}: {fit}."),
    "replaced": N_("{release} soll am {on} ersetzt werden durch: {by}."),
    "ends": N_("{release} ist nur bis {on} im Einsatz."),
}
_SOMEDAY = N_("{release} soll ersetzt werden durch: {by}. Wann, ist nicht eingetragen.")
_BY_SOMETHING = N_("nicht angegeben")


def plan(one: "Plan", candidate: str, on: str) -> str:
    """What is planned, in a sentence; `on` is its day as people write it."""
    release = f"{one.name} {one.release.partition('@')[2]}"
    fit = _(FITS[one.fit]) if one.fit else ""
    text = _(_SOMEDAY if one.on is None else _CHANGES[one.change])
    return text.format(on=on, release=release, candidate=candidate, by=one.by or _(_BY_SOMETHING), fit=fit)
