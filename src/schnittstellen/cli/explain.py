"""`schnittstellen explain`: what a finding or a rule means, why it matters, how to mend it."""

import re
from collections.abc import Iterator, Mapping

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library
from schnittstellen.cli.base import Argument, Command, print_text
from schnittstellen.cli.codes import KINDS
from schnittstellen.cli.fault_list import catalogue_faults, faults
from schnittstellen.cli.faults import listed, near_names
from schnittstellen.cli.listing import json_option, print_json, record, wrapped
from schnittstellen.domain.errors import NO_CODE, Fault, SchnittstellenError
from schnittstellen.domain.finding import Code
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.texts import N_
from schnittstellen.engine.ports import Context
from schnittstellen.engine.run import RuleSource
from schnittstellen.i18n import _
from schnittstellen.reports.telling import CAUSES, LEVELS

_OF_FAULTS = re.compile(r"F\d{3}")


def explain(name: str, as_json: bool) -> None:
    """Explain a code of ours or the rules that standards know under that name."""
    codes = bootstrap.codes()
    code: Code | Fault | None = codes.get(name.upper()) or _fault(name.upper())
    rules = {} if code else rules_named(name, bootstrap.library())
    if code is None and not rules:
        near = near_names(name, [*sorted(codes), *all_rules(bootstrap.library())], otherwise=False)
        raise SchnittstellenError(NO_CODE, name=name, candidates=listed(near))
    if as_json:
        print_json(code or rules)
        return
    for line in explained(code) if code else _rules_explained(rules):
        print_text(line)


def _fault(code: str) -> Fault | None:
    """An error of ours; the catalogue is looked through only for codes of their form."""
    known = faults().get(code)
    return known or (catalogue_faults().get(code) if _OF_FAULTS.fullmatch(code) else None)


def explained(code: Code | Fault) -> Iterator[str]:
    """The page of a code."""
    if isinstance(code, Fault):
        yield from _fault_explained(code)
        return
    yield f"{code.id}  {_(code.title)}"
    yield ""
    yield from record(
        [
            (N_("Meldung"), _(code.message)),
            (N_("Bedeutung"), _(code.meaning)),
            (N_("Warum es zählt"), _(code.why)),
            (N_("Abhilfe"), _(code.remedy)),
            (N_("Art"), _(KINDS[code.kind])),
            (N_("Ursache"), _(CAUSES[code.cause])),
        ]
    )


def _fault_explained(fault: Fault) -> Iterator[str]:
    yield from wrapped(f"{fault.code}  {_(fault.title)}")
    yield ""
    kind = _(N_("Fehler beim Aufruf oder in schnittstellen, kein Befund über ein Produkt"))
    yield from record([(N_("Abhilfe"), _(fault.hint)), (N_("Art"), kind), (N_("Rückgabewert"), str(fault.exit))])


def rules_named(name: str, library: Library) -> Mapping[str, Requirement]:
    """The requirements and rules with that id, whatever its case, by the standard that knows them."""
    found: dict[str, Requirement] = {}
    for standard, rules in _rules(library):
        for id, rule in rules.items():
            if id.lower() == name.lower():
                found.setdefault(standard, rule)
    return found


def all_rules(library: Library) -> list[str]:
    """The ids of all requirements and rules that any standard knows."""
    return sorted({id for _standard, rules in _rules(library) for id in rules})


def _rules(library: Library) -> Iterator[tuple[str, Mapping[str, Requirement]]]:
    """What standard.toml lists, then what the rules of the suites say of themselves."""
    for standard in library.standards():
        yield standard.name, standard.requirements
    for suite in library.suites():
        standard = library.standard(f"{suite.standard}@{suite.version}")
        context = Context(standard, library.bundle(standard), suite_folder=library.folder(suite))
        for step in suite.steps:
            check = bootstrap.checks().get(step.check)
            if isinstance(check, RuleSource):
                yield standard.name, check.rules(step, context)


def _rules_explained(rules: Mapping[str, Requirement]) -> Iterator[str]:
    for number, (standard, rule) in enumerate(rules.items()):
        yield from ["", ""] if number else []
        yield f"{rule.id}  {standard}"
        yield ""
        yield from record(
            [
                (N_("Wortlaut"), rule.text),
                (N_("Fundstelle"), rule.reference),
                (N_("Gewicht"), _(LEVELS[rule.obligation])),
                (N_("Verpflichtet"), ", ".join(rule.binds)),
                (N_("Nicht prüfbar"), rule.not_tested or ""),
            ]
        )


command = Command(
    "explain",
    callback=explain,
    help=N_(
        "Erklärt einen Befund oder eine Anforderung.\n\n"
        "CODE ist der Code eines Befundes (X102) oder der Name einer Regel des Standards (BR-01)."
    ),
    params=[Argument(["name"], metavar="CODE"), json_option()],
)
