"""What tests do in the catalogue of workers that run as processes: python -m tests.catalogue.handing_in.world"""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from schnittstellen.catalogue.start import ready


def main() -> None:
    """One deed with its arguments a line on standard input, as JSON, and as much a line of what it answered."""
    ready()
    for line in sys.stdin:
        what, *given = json.loads(line)
        print(json.dumps(WHAT[what](*given)), flush=True)


def ask(count: str = "1") -> list[str]:
    from schnittstellen.catalogue.services.handing_in import known, queueing
    from tests.catalogue.handing_in import making

    making.world()
    run, inputs = making.run_of(making.GOOD), making.files(making.GOOD)
    parcels = [making.sent(replace(run, seconds=float(number)), inputs) for number in range(int(count))]
    return [queueing.ask(making.OWN, one, known.library(), datetime.now(UTC))[0].key for one in parcels]


def state() -> dict[str, Any]:
    from schnittstellen.catalogue.models import Evidence, HandIn, QueuedHandIn, QueuedInput

    return {
        "rows": list(QueuedHandIn.objects.order_by("id").values("key", "state", "attempts", "report_sha256")),
        "hand_ins": list(HandIn.objects.values_list("key", flat=True)),
        "evidence": list(Evidence.objects.values_list("report_sha256", "verdict")),
        "inputs": QueuedInput.objects.count(),
    }


WHAT: dict[str, Any] = {"ask": ask, "state": state}

if __name__ == "__main__":
    main()
