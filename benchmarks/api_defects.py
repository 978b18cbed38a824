"""Which defects of the faulty miniature are found, beside schemathesis' own command line: same seed, requests, seconds.

Run from the root of the project: `python -m benchmarks.api_defects`. Only loopback is used.
"""

import json
import sys
import time

from tests.openapi.miniature import DEFECTS, document, serving
from tests.openapi.senders import PlainSender

from schnittstellen.checks.openapi.schemathesis_run import Settings, cases
from schnittstellen.checks.openapi.survey import Survey
from schnittstellen.checks.openapi_probe import probed
from schnittstellen.domain.finding import Finding
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.proxy import proxied
from schnittstellen.formats.openapi import bundled

SEED = 1
CONTRACT = bundled(json.dumps(document()).encode(), "openapi.json", lambda _location, _base: None)


def ours(sender: PlainSender, url: str) -> set[str]:
    """Codes and operations that schnittstellen tells."""
    endpoint = Endpoint(name="miniature", url=url, sender=sender, seed=SEED)
    items = [*Survey(CONTRACT, endpoint, {}).run(), *probed(CONTRACT, endpoint, {})]
    return {f"{one.code} {one.rule}" for one in items if isinstance(one, Finding)}


def theirs(sender: PlainSender, url: str) -> set[str]:
    """Failures that schemathesis tells with examples, coverage and 20 random cases per operation."""
    settings = Settings(SEED, ("GET",), ("examples", "coverage", "fuzzing"))
    with proxied(sender, url, "benchmark") as address:
        seen = list(cases(CONTRACT.content, address, url, settings))
    return {f"{code} {one.label}" for one in seen for code, _ in one.failures}


def main() -> None:
    """Print one row for each tool."""
    print("| Werkzeug | gefunden | auf dem guten Server | Anfragen | Sekunden |\n|---|--:|--:|--:|--:|")
    for name, tool in (("schnittstellen", ours), ("schemathesis 4", theirs)):
        found, requests, started, clean = [], 0, time.monotonic(), set[str]()
        for defect in ("", *DEFECTS):
            sender = PlainSender(5000)
            with serving(*filter(None, [defect])) as miniature:
                told = tool(sender, miniature.url)
            requests += len(sender.calls)
            clean = told if not defect else clean
            if defect and told - clean:
                found.append(defect)
        runs = len(DEFECTS) + 1
        seconds = (time.monotonic() - started) / runs
        row = f"{len(found)} von {len(DEFECTS)} | {len(clean)} | {requests // runs} | {seconds:.1f}"
        print(f"| {name} | {row} |", flush=True)
        print(f"{name}: missed {sorted(set(DEFECTS) - set(found))}", file=sys.stderr)


if __name__ == "__main__":
    main()
