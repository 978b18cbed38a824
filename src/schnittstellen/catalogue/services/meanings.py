"""Findings and rules of standards that a search names by their codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schnittstellen import bootstrap
from schnittstellen.domain import recording_refusals
from schnittstellen.domain.refusals import FAULTS
from schnittstellen.i18n import _
from schnittstellen.reports.explaining import without_blanks

NAMED = "finding"
"""What the search calls this kind of find."""
NAMED_SCORE = 100.0
"""More than that of anything that is found by words."""
_CODE = re.compile(r"[a-z]\d{3}", re.IGNORECASE)
_RULE = re.compile(r"[a-z]{1,8}(-[a-z]{1,8})*-\d{1,4}", re.IGNORECASE)
_REFUSALS = {one.code: one for one in (*FAULTS, *recording_refusals.FAULTS)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What has a page of its own that tells what it means; the title in the language of the moment."""

    id: str
    title: str


def named_by(text: str) -> Iterator[Meaning]:
    """The finding, refusal or rule of that name; reads the standards only for what looks like the name of a rule."""
    upper = text.strip().upper()
    if _CODE.fullmatch(upper):
        if upper in _REFUSALS:
            yield Meaning(upper, without_blanks(_(_REFUSALS[upper].title)))
        elif upper in bootstrap.codes():
            yield Meaning(upper, _(bootstrap.codes()[upper].title))
    elif _RULE.fullmatch(upper) and (rules := bootstrap.rules().named(upper)):
        yield Meaning(next(iter(rules.values())).id, " · ".join(sorted(rules)))
