"""A worker that kills itself with SIGKILL at one stage of a hand-in: python -m tests.catalogue.handing_in.dying STAGE.

At the stage "none" it lives.
"""

import os
import signal
import sys
from typing import Any

from schnittstellen.catalogue.start import ready


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def main(stage: str) -> None:
    ready()
    from schnittstellen.catalogue.queue.working import work
    from schnittstellen.catalogue.services.handing_in import accepting, judging, keeping, queueing, working

    accepted, asked, carry_out = queueing.accepted, judging.Bench._asked, working.carry_out

    def all_but_the_commit(*given: Any) -> Any:
        accepted(*given)
        return die()

    def all_but_the_job(*given: Any) -> Any:
        carry_out(*given)
        return die()

    def half(self: Any, line: bytes, told: Any, stop: Any) -> Any:
        return asked(self, line, die, stop)

    stages: dict[str, tuple[Any, str, Any]] = {
        "taken": (working, "judge", die),
        "judging": (judging.Bench, "_asked", half),
        "judged": (accepting, "_alone", die),
        "accepting": (keeping, "keep", die),
        "accepted": (queueing, "accepted", all_but_the_commit),
        "ended": (working, "carry_out", all_but_the_job),
        "none": (working, "BEAT", 0.2),
    }
    owner, name, instead = stages[stage]
    setattr(owner, name, instead)
    work()


if __name__ == "__main__":
    main(sys.argv[1])
