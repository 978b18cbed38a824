"""The process that judges hand-ins: `python -m schnittstellen.catalogue.services.handing_in.child LIFE MEMORY`.

Each line of standard input asks for one hand-in, as JSON; the answer is lines of JSON, the last of them with `same`.
It is bound as the process of `trying` is: no network, no secrets of ours, memory in bytes, and it ends with the worker.
"""

import json
import os
import sys
import threading
from base64 import b64decode
from typing import Any

from schnittstellen.catalogue.services.trying.child import limit, live_with, without_network

if __name__ == "__main__":
    sys.addaudithook(without_network)


def main() -> None:
    """Answer until standard input ends."""
    threading.Thread(target=live_with, args=(int(sys.argv[1]),), daemon=True).start()
    limit(int(sys.argv[2]))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        for one in answered(json.loads(line), lambda count: _say(answers, {"done": count})):
            _say(answers, one)


def _say(answers: Any, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def answered(asked: dict[str, Any], told: Any) -> list[dict[str, Any]]:
    """What our own run says of a hand-in."""
    from schnittstellen.catalogue.services.handing_in import known
    from schnittstellen.catalogue.services.handing_in.rejudging import judged_again
    from schnittstellen.catalogue.services.handing_in.sent import Input
    from schnittstellen.catalogue.services.handing_in.written import written
    from schnittstellen.formats.report_json import read_report

    library = known.library()
    (suite,) = (one for one in library.suites_named(asked["suite"]) if one.name == asked["suite"])
    inputs = [Input(name, b64decode(data), recording) for name, data, recording in asked["inputs"]]
    found = judged_again(read_report(asked["report"], "report.json"), suite, inputs, library, told)
    return [{"same": sorted(found.same), "refusals": written(found.refusals)}]


if __name__ == "__main__":
    main()
