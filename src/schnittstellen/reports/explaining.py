"""What a finding or a rule means, as the command and the pages both tell it: pairs of a name and a text."""

import re
from collections.abc import Iterator, Mapping

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.errors import Fault
from schnittstellen.domain.finding import Code
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Kind
from schnittstellen.engine.ports import Check, Context
from schnittstellen.engine.run import RuleSource
from schnittstellen.i18n import _
from schnittstellen.reports.telling import CAUSES, LEVELS

KINDS = {
    Kind.DEPARTURE: N_("Abweichung vom Standard"),
    Kind.UNTESTED: N_("konnte nicht geprüft werden"),
    Kind.BESIDE: N_("keine Vorgabe betroffen"),
}
GROUPS: Mapping[str, str] = {
    "X0": N_("Lesen der Nachricht: Ist es eine XML-Datei, die sich öffnen lässt?"),
    "X1": N_("Aufbau der Nachricht: Stehen die richtigen Angaben an der richtigen Stelle?"),
    "X2": N_("Regeln des Standards: Passen die Angaben zusammen?"),
    "X3": N_("Zusätzliche Bedingungen einer Prüfung"),
    "C": N_("Codelisten: Ist ein Schlüsselwert bekannt und gültig?"),
    "M": N_("Erkennen: Zu welchem Standard gehört die Nachricht?"),
    "T": N_("Dateien und ZIP-Archive"),
    "E": N_("Ablauf der Prüfung"),
    "A0": N_("Schnittstellen im Netz: Erreichbarkeit und Anmeldung"),
    "A1": N_("Schnittstellen im Netz: Antworten des Servers"),
    "A2": N_("Schnittstellen im Netz: Verhalten bei ungewöhnlichen Anfragen"),
    "A3": N_("Schnittstellen im Netz: Objekte und ihre Verweise (OParl)"),
    "A4": N_("Schnittstellen im Netz: veröffentlichte Beschreibung"),
    "A5": N_("Schnittstellen im Netz: Programme, die abfragen"),
    "A9": N_("Schnittstellen im Netz: Ende der Prüfung"),
    "V": N_("Warum ein eingereichter Nachweis abgelehnt wird"),
    "": N_("Weitere"),
}
"""Codes by how they begin; the last one takes the codes of extensions."""

_BLANK = re.compile(r"\{[^{}]*\}")
Pairs = list[tuple[str, str]]


def of_code(code: Code) -> Pairs:
    """What there is to say of a finding code."""
    return [
        (N_("Meldung"), _(code.message)),
        (N_("Bedeutung"), _(code.meaning)),
        (N_("Warum es zählt"), _(code.why)),
        (N_("Abhilfe"), _(code.remedy)),
        (N_("Art"), _(KINDS[code.kind])),
        (N_("Ursache"), _(CAUSES[code.cause])),
    ]


def of_fault(fault: Fault) -> Pairs:
    """What there is to say of an error of ours."""
    kind = _(N_("Fehler beim Aufruf oder in schnittstellen, kein Befund über ein Programm"))
    return [(N_("Abhilfe"), _(fault.hint)), (N_("Art"), kind), (N_("Rückgabewert"), str(fault.exit))]


def of_rule(rule: Requirement) -> Pairs:
    """What there is to say of a rule or requirement of a standard."""
    return [
        (N_("Wortlaut"), rule.text),
        (N_("Fundstelle"), rule.reference),
        (N_("Gewicht"), _(LEVELS[rule.obligation])),
        (N_("Verpflichtet"), ", ".join(rule.binds)),
        (N_("Nicht prüfbar"), rule.not_tested or ""),
    ]


def without_blanks(template: str) -> str:
    """A template with an ellipsis for what differs from finding to finding."""
    return _BLANK.sub("…", template).replace("….", "…")


def group_of(id: str) -> str:
    """The key in `GROUPS` of a code."""
    return next(start for start in sorted(GROUPS, key=len, reverse=True) if id.startswith(start))


class Rules:
    """All requirements and rules that the standards of a library know, each by its id, whatever its case."""

    def __init__(self, library: Library, checks: Mapping[str, Check]) -> None:
        self._found: dict[str, dict[str, Requirement]] = {}
        self.ids: list[str] = []
        for standard, rules in _rules(library, checks):
            for id, rule in rules.items():
                self._found.setdefault(id.lower(), {}).setdefault(standard, rule)
        self.ids = sorted({rule.id for found in self._found.values() for rule in found.values()})

    def named(self, name: str) -> Mapping[str, Requirement]:
        """The requirements and rules with that id, by the standard that knows them."""
        return self._found.get(name.lower(), {})

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._found


def _rules(library: Library, checks: Mapping[str, Check]) -> Iterator[tuple[str, Mapping[str, Requirement]]]:
    """What standard.toml lists, then what the rules of the suites say of themselves."""
    for standard in library.standards():
        yield standard.name, standard.requirements
    for suite in library.suites():
        standard = library.standard(f"{suite.standard}@{suite.version}")
        context = Context(standard, library.bundle(standard), suite_folder=library.folder(suite))
        for step in suite.steps:
            check = checks.get(step.check)
            if isinstance(check, RuleSource):
                yield standard.name, check.rules(step, context)
