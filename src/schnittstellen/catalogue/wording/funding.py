"""The Förderprüfung, in words."""

from collections.abc import Callable

from schnittstellen.domain.funding import Ground, Judged, Met, Rule
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

ANSWERS = {
    Met.YES: N_("Ja: {release} erfüllt alle Regeln der Förderung."),
    Met.NO: N_("Nein: {release} erfüllt nicht alle Regeln der Förderung."),
    Met.UNKNOWN: N_("Nicht bekannt: Für {release} fehlen Angaben."),
}
METS = {Met.YES: N_("erfüllt"), Met.NO: N_("nicht erfüllt"), Met.UNKNOWN: N_("nicht bekannt")}
RULES = {
    Rule.LICENCE: N_("Offene Lizenz"),
    Rule.DOCUMENTATION: N_("Öffentliche Dokumentation"),
    Rule.STANDARDS: N_("Standards eingehalten"),
    Rule.PARALLEL: N_("Keine Doppelentwicklung"),
}
REASONS = {
    Ground.LICENCE_OPEN: N_("Die Lizenz {values} ist offen."),
    Ground.LICENCE_CLOSED: N_("Die Lizenz {values} steht nicht auf der Liste der offenen Lizenzen."),
    Ground.LICENCE_NOT_TOLD: N_("Die Lizenz ist nicht angegeben."),
    Ground.SOURCE_NOT_TOLD: N_("Wo der Quelltext liegt, ist nicht angegeben."),
    Ground.DOCUMENTED: N_("Alle erklärten Schnittstellen sind öffentlich dokumentiert."),
    Ground.NOT_DOCUMENTED: N_("Eine öffentliche Dokumentation ist nicht angegeben für: {values}."),
    Ground.NOTHING_DECLARED: N_("Es ist kein geltender Standard erklärt."),
    Ground.LEVEL_REACHED: N_("Nachgewiesen eingehalten: {values}."),
    Ground.LEVEL_TOO_LOW: N_("Nicht hoch genug nachgewiesen (in Klammern die Nachweisstufe): {values}."),
    Ground.ALONE: N_("Kein anderes Programm dieser Art für dieselbe Leistung wurde öffentlich gefördert."),
    Ground.FUNDED_PARALLEL: N_("Für dieselbe Leistung wurde schon gefördert: {values}."),
    Ground.PARALLEL_NOT_TOLD: N_("Ob gefördert wurde, ist nicht angegeben für: {values}."),
    Ground.PURPOSE_NOT_TOLD: N_("Für welche Leistung es ist, ist nicht angegeben."),
}


PROPRIETARY = ("LicenseRef-proprietaer",)
NOT_OPEN = N_("Der Quelltext ist nicht offen.")


def reason(one: Judged, called: Callable[[str], str] = str) -> str:
    """One reason as a sentence; `called` names roles and products."""
    if one.why is Ground.LICENCE_CLOSED and tuple(one.values) == PROPRIETARY:
        return _(NOT_OPEN)
    return _(REASONS[one.why]).format(values=", ".join(map(called, one.values)))
