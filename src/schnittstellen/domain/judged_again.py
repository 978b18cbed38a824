"""What a report counts for where we judged only a part of it again: nothing of the rest speaks for the product."""

from collections.abc import Collection
from dataclasses import replace

from schnittstellen.domain.report import Report, Result
from schnittstellen.domain.verdict import Cause, Verdict, gravest, is_green

SEED = "seed"
"""Under this note a step tells the start value of what it asked."""
RECORDING = "recording_sha256"
"""Under this note a report tells the digest of the recording of a session that it judges."""


def counted(report: Report, judged: Collection[int], *, ordered: bool) -> Report:
    """`report` with the results that count; `judged` are the positions of those that we judged again.

    A pass that was not judged again is left out, and so is a pass of exchanges that were recorded without an order
    (`ordered` is false) or by a suite that asks nothing that depends on the seed: nothing shows that the product took
    part in them. Anything else stays, since it does not speak for whoever signed it. Where nothing is left, nothing
    was tested.
    """
    kept = tuple(
        one
        for position, one in enumerate(report.results)
        if not is_green(one.verdict) or (position in judged and (not is_recorded(one) or (ordered and _seeded(one))))
    )
    if not kept:
        untested, cause = Verdict.NOT_TESTED, Cause.CONFIGURATION
        kept = tuple(replace(one, verdict=untested, cause=cause) for one in report.results)
    return replace(report, results=kept, verdict=gravest(one.verdict for one in kept))


def is_recorded(one: Result) -> bool:
    """Whether a result is of recorded exchanges, and not of a payload."""
    return one.sha256 is None


def _seeded(one: Result) -> bool:
    return any(SEED in step.notes for step in one.steps)
