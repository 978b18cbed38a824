"""What a report counts for where we judged only a part of it again: nothing of the rest speaks for the product."""

from collections.abc import Collection
from dataclasses import replace

from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Cause, Verdict, gravest, is_green


def counted(report: Report, judged: Collection[int]) -> Report:
    """`report` with the results that count; `judged` are the positions of those that we judged again.

    A pass that was not judged again is left out; anything else stays, since it does not speak for whoever signed it.
    Where nothing is left, nothing was tested.
    """
    kept = tuple(one for position, one in enumerate(report.results) if position in judged or not is_green(one.verdict))
    if not kept:
        untested, cause = Verdict.NOT_TESTED, Cause.CONFIGURATION
        kept = tuple(replace(one, verdict=untested, cause=cause) for one in report.results)
    return replace(report, results=kept, verdict=gravest(one.verdict for one in kept))
