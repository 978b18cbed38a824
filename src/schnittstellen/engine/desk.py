"""One desk: what comes in is assigned and judged. A run has one, or one in each worker process."""

from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.domain.report import Result
from schnittstellen.engine import codes
from schnittstellen.engine.assign import Assigner
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Observation
from schnittstellen.engine.run import RECOGNISE, Assigned, Judged, judged, unjudged


class Desk:
    """Judges observations one at a time; whatever goes wrong with one of them is said in its result."""

    def __init__(self, assigner: Assigner, judge: Judge, *, debug: bool = False) -> None:
        self.assigner = assigner
        self.judge = judge
        self.debug = debug

    def __call__(self, seen: Observation) -> Judged:
        """The observation with its suite, and the result; what the checks shared in its memo is let go."""
        judged = self._judged(seen)
        seen.memo.clear()
        return judged

    def _judged(self, seen: Observation) -> Judged:
        one = Assigned(seen)
        try:
            one = self.assigner(seen)
            return one, judged(self.judge, one)
        except CannotJudge as reason:
            return one, unjudged(self.judge, one, reason.finding)
        except Exception as error:
            if self.debug:
                raise
            return one, unjudged(self.judge, one, crashed(RECOGNISE, error))

    def judged_elsewhere(self, seen: Observation, result: Result) -> Judged:
        """The same for a result that another process made."""
        if result.suite is None:
            return Assigned(seen), result
        suite, context = self.assigner.used(result.suite) or (None, None)
        return Assigned(seen, suite, context), result

    def unjudged(self, seen: Observation, finding: Finding) -> Judged:
        """The same for an observation on which a whole process was lost."""
        suite, context = self.assigner.only() or (None, None)
        one = Assigned(seen, suite, context)
        return one, unjudged(self.judge, one, finding)


def crashed(part: str, error: Exception) -> Finding:
    """The finding for an exception that nobody expected; its text may hold content and is not told."""
    return Finding(codes.CRASHED.id, parameters={"check": part, "error": type(error).__name__})
