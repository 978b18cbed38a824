"""The process that judges one hand-over: `python -m schnittstellen.catalogue.services.trying.child`.

It gets the payload as an open file without a name, the request as one JSON document on standard input, and a pipe
whose other end the server holds: when that closes, because the server died, this process and all it started end.
"""

import json
import os
import signal
import sys
import threading
import time
from typing import Any

COLUMN = 12
"""Characters of each figure in a run file: when it began (seconds since 1970), how many messages are done."""
_MIB = 1024 * 1024


def without_network(event: str, _arguments: Any) -> None:
    """An audit hook: nothing that is judged may make this process speak to another machine."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"):
        raise PermissionError(event)


if __name__ in ("__main__", "__mp_main__"):
    sys.addaudithook(without_network)


def main() -> None:
    """Judge, and write the report to standard output."""
    asked = json.load(sys.stdin)
    threading.Thread(target=live_with, args=(asked["life"],), daemon=True).start()
    limit(asked["options"]["worker_memory"])
    from schnittstellen.formats.report_json import write_report

    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    write_report(_judged(asked), sys.stdout)


def _judged(asked: dict[str, Any]) -> Any:
    from schnittstellen import bootstrap
    from schnittstellen.engine.events import ObservationFinished, RunFinished

    ends = time.monotonic() + asked["seconds"]
    events = bootstrap.run_targets(
        (f"/proc/{os.getpid()}/fd/{asked['payload']}",),
        suite=asked["suite"],
        jobs=1,
        options={**asked["options"], "prefix": asked["name"]},
        cancelled=lambda: time.monotonic() > ends,
    )
    done = 0
    for event in events:
        if isinstance(event, RunFinished):
            return event.report
        done += isinstance(event, ObservationFinished)
        os.pwrite(asked["progress"], f"{done:>{COLUMN}}".encode(), COLUMN)
    raise AssertionError("a run ends with its report")


def live_with(life: int) -> None:
    """End this process and all it started when the pipe `life` closes, because whoever holds it died."""
    os.read(life, 1)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def limit(memory: int) -> None:
    """Bound the memory of this process, in bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
