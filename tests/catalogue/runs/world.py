"""What tests do in the catalogue of workers that run as processes: python -m tests.catalogue.runs.world"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from schnittstellen.catalogue.start import ready


def main() -> None:
    """One deed with its arguments a line on standard input, as JSON, and as much a line of what it answered."""
    ready()
    for line in sys.stdin:
        what, *given = json.loads(line)
        print(json.dumps(WHAT[what](*given)), flush=True)


def ask(url: str) -> str:
    from schnittstellen.catalogue.services import runs
    from tests.catalogue.runs.making import endpoint

    return str(runs.ask_for(endpoint(url), None, datetime.now(UTC)).key)


def cancel(key: str) -> bool:
    from schnittstellen.catalogue.services import runs
    from schnittstellen.catalogue.services.viewer import OPERATOR

    runs.cancel(runs.run(OPERATOR, key), datetime.now(UTC))
    return True


def lapse() -> int:
    from schnittstellen.catalogue.models import Endpoint

    return Endpoint.objects.update(proof_lapses_on=datetime.now(UTC).date())


def state() -> dict[str, Any]:
    from schnittstellen.catalogue.models import Evidence, Run

    kept = ("key", "state", "attempts", "verdict", "report_sha256", "problem")
    return {
        "runs": list(Run.objects.order_by("id").values(*kept)),
        "evidence": list(Evidence.objects.values_list("report_sha256", flat=True)),
    }


WHAT: dict[str, Any] = {"ask": ask, "cancel": cancel, "lapse": lapse, "state": state}

if __name__ == "__main__":
    main()
