"""A worker that kills itself with SIGKILL at one stage of a run: python -m tests.catalogue.runs.dying STAGE.

At the stages "none" and "slow" it lives; with "slow" a run takes long enough to be met while it runs.
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
    from schnittstellen.catalogue.services import leases, probing

    probing.LIMITS["rate"] = 3 if stage == "slow" else 0
    from schnittstellen.transports.http.gateway import Gateway

    send, attach, finish = Gateway.send, leases.attach, leases.finish

    def some(self: Any, request: Any) -> Any:
        return die() if len(self.calls) > 10 else send(self, request)

    def half(*given: Any) -> Any:
        attach(*given)
        return die()

    def all_but_the_job(*given: Any) -> Any:
        finish(*given)
        return die()

    stages: dict[str, tuple[Any, str, Any]] = {
        "taken": (probing, "judged", die),
        "probing": (Gateway, "send", some),
        "judged": (leases, "finish", die),
        "recording": (leases, "attach", half),
        "recorded": (leases, "finish", all_but_the_job),
        "none": (probing, "BEAT", 0.2),
        "slow": (probing, "BEAT", 0.2),
    }
    owner, name, instead = stages[stage]
    setattr(owner, name, instead)
    work()


if __name__ == "__main__":
    main(sys.argv[1])
