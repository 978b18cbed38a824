"""Records our own server as the fixtures by which the suite of our own interface proves itself.

    PYTHONPATH=src:. python -m tests.catalogue.api.record

Starts the catalogue with a small invented world, tests it, and keeps of the evidence what replaying needs. The second
fixture is the first with faults put in, one for each step of the suite.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.catalogue.api.serving import PATIENT, ROOT, answering, command

SUITE = "referenzkatalog@1.0/server"
FOLDER = ROOT / "conformance_suites" / "referenzkatalog" / "1.0" / "server" / "fixtures"
BASE = "http://katalog.musterstadt.example/api/v1"
KEPT = {"content-type", "etag", "link", "www-authenticate", "allow"}
Entry = dict[str, Any]


def recorded(home: Path) -> list[Entry]:
    """The exchanges of one run, as small as they can be."""
    subprocess.run([sys.executable, "-m", "tests.catalogue.api.small_world"], env=_there(home), check=True, cwd=ROOT)
    with answering(home) as address:
        har = home / "run.har"
        done = command(home, "test", SUITE, f"{address}api/v1", *PATIENT, "--with-content", "--evidence", f"har={har}")
        assert done.returncode == 0, done.stdout
    entries = json.loads(har.read_text("utf-8"))["log"]["entries"]
    small = [_small(one, address.rstrip("/") + "/api/v1") for one in entries]
    return _needed(small)


def _needed(entries: list[Entry]) -> list[Entry]:
    """One of equal exchanges; all of a request that was answered differently, because replaying goes in their order."""
    answers: dict[tuple[str, str], list[Entry]] = {}
    for one in entries:
        answers.setdefault(_asked(one), []).append(one)
    alike = {key for key, those in answers.items() if all(one == those[0] for one in those)}
    return [one for one in entries if _asked(one) not in alike or answers[_asked(one)][0] is one]


def _asked(entry: Entry) -> tuple[str, str]:
    return entry["request"]["method"], entry["request"]["url"]


def _there(home: Path) -> dict[str, str]:
    return {**os.environ, "SCHNITTSTELLEN_HOME": str(home), "DATABASE_URL": ""}


def _small(entry: Entry, base: str) -> Entry:
    request, response = entry["request"], entry["response"]
    content = {key: response["content"][key] for key in ("size", "text", "encoding") if key in response["content"]}
    return {
        "startedDateTime": "2026-11-24T12:00:00.000Z",
        "time": 1,
        "request": {
            "method": request["method"],
            "url": request["url"].replace(base, BASE),
            "headers": [],
            "bodySize": 0,
        },
        "response": {
            "status": response["status"],
            "headers": [one for one in response["headers"] if one["name"].lower() in KEPT],
            "content": content,
        },
        **{key: entry[key] for key in ("_problem", "_detail") if key in entry},
    }


def faulty(entries: list[Entry]) -> list[Entry]:
    """The same with a fault for each step."""
    changed: list[Entry] = json.loads(json.dumps(entries))
    for one in changed:
        for path, fault in FAULTS.items():
            if one["request"]["url"].removeprefix(BASE).startswith(path):
                fault(one["response"])
    return changed


def _missing(response: Entry) -> None:
    response["status"] = 404


def _without_name(response: Entry) -> None:
    response["content"]["text"] = response["content"]["text"].replace('"name":', '"title":')


def _empty(response: Entry) -> None:
    response["content"]["text"] = '{"items": []}'


def _always(response: Entry) -> None:
    response["status"] = 200


def _plain(response: Entry) -> None:
    response["headers"] = [{"name": "Content-Type", "value": "text/html"}]


def _broken(response: Entry) -> None:
    response["status"] = 500


FAULTS: dict[str, Callable[[Entry], None]] = {
    "/openapi.json": _missing,
    "/products/muster-akte": _without_name,
    "/products?herstelller": _always,
    "/search": _empty,
    "/versions?limit=1": _always,
    "/schnittstellen-gibt-es-nicht": _plain,
    "/leistungen?ozg": _broken,
}


def written(entries: list[Entry]) -> str:
    """As a HAR, one exchange a line."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in entries)
    creator = '{"name": "tests.catalogue.api.record", "version": "1"}'
    return f'{{"log": {{"version": "1.2", "creator": {creator}, "entries": [\n{lines}\n]}}}}\n'


def main() -> None:
    """Write both."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        entries = recorded(Path(home))
    (FOLDER / "good.har.json").write_text(written(entries), "utf-8")
    (FOLDER / "faulty.har.json").write_text(written(faulty(entries)), "utf-8")


if __name__ == "__main__":
    main()
