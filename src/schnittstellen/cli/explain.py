"""`schnittstellen explain`: what a finding or a rule means, why it matters, how to mend it."""

import re
from collections.abc import Iterator, Mapping

from schnittstellen import bootstrap
from schnittstellen.cli.base import Argument, Command, print_text
from schnittstellen.cli.fault_list import catalogue_faults, faults
from schnittstellen.cli.faults import listed
from schnittstellen.cli.listing import json_option, print_json, record, wrapped
from schnittstellen.domain.errors import NO_CODE, Fault, SchnittstellenError
from schnittstellen.domain.finding import Code
from schnittstellen.domain.naming import near_names
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.reports import explaining

_OF_FAULTS = re.compile(r"F\d{3}")


def explain(name: str, as_json: bool) -> None:
    """Explain a code of ours or the rules that standards know under that name."""
    code: Code | Fault | None = bootstrap.codes().get(name.upper()) or _fault(name.upper())
    rules = {} if code else bootstrap.rules().named(name)
    if code is None and not rules:
        names = [*sorted(bootstrap.codes()), *bootstrap.rules().ids]
        near = near_names(name, names, otherwise=False)
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
        yield from wrapped(f"{code.code}  {_(code.title)}")
        yield ""
        yield from record(explaining.of_fault(code))
        return
    yield f"{code.id}  {_(code.title)}"
    yield ""
    yield from record(explaining.of_code(code))


def _rules_explained(rules: Mapping[str, Requirement]) -> Iterator[str]:
    for number, (standard, rule) in enumerate(rules.items()):
        yield from ["", ""] if number else []
        yield f"{rule.id}  {standard}"
        yield ""
        yield from record(explaining.of_rule(rule))


command = Command(
    "explain",
    callback=explain,
    help=N_(
        "Erklärt einen Befund oder eine Anforderung.\n\n"
        "CODE ist der Code eines Befundes (X102) oder der Name einer Regel des Standards (BR-01)."
    ),
    params=[Argument(["name"], metavar="CODE"), json_option()],
)
