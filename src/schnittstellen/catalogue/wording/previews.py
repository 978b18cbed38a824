"""Words for previews of drafts."""

from schnittstellen.catalogue.services.previewing.previewing import Turn
from schnittstellen.domain.texts import N_
from schnittstellen.engine.preview import Why

TURNS = {
    Turn.FALLS: N_("kippt: wäre nicht mehr bestanden"),
    Turn.RISES: N_("kippt: wäre bestanden"),
    Turn.UNKNOWN: N_("nicht bekannt"),
    Turn.SHIFTS: N_("anderes Ergebnis, kippt nicht"),
    Turn.KEEPS: N_("bleibt"),
}
WHYS = {
    Why.ADDED: N_("der Schritt ist neu"),
    Why.REMOVED: N_("der Schritt entfällt"),
    Why.LEVEL: N_("der Schritt wiegt anders"),
    Why.CHANGED: N_("der Schritt prüft anders"),
    Why.FILES: N_("Dateien des Standards sind andere"),
    Why.NEEDS: N_("ein Schritt, auf dem er aufbaut, endet anders"),
    Why.EDITION: N_("die damalige Ausgabe der Suite liegt hier nicht mehr"),
    Why.JUDGED: N_("neu geprüft, anderes Ergebnis"),
}
