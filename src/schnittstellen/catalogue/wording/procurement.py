"""The answer to "Kann ich beschaffen?" in words, by the codes that the service gives."""

from schnittstellen.domain.texts import N_

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
    "recorded": N_("Verlangt sind die Kopplungen, die {name} eingetragen hat."),
    "leistung": N_("Kopplungen sind nicht eingetragen; verlangt ist, was in {name} derselben Leistung dient."),
    "nothing": N_("Nichts ist eingetragen, womit {candidate} in {name} Daten austauschen müsste."),
}
REPLACED = N_("Ersetzt wird: {releases}.")
ENDED = N_("Die Unterstützung von {candidate} endete am {day}.")
SPLIT = N_("Mehrere Versionen sind im Einsatz, und nur {verified} ist geprüft.")
UNCONFIRMED = N_("Nur der Hersteller sagt, dass es im Einsatz ist; die Kommune hat es nicht bestätigt.")
