"""Records the miniatures as the fixtures by which the built-in OParl suites prove themselves.

    PYTHONPATH=src:. python -m tests.oparl.record

Writes conformance_suites/oparl/<version>/server/fixtures/*.har.json: HAR 1.2 with what replaying needs, no more.
"""

import base64
import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.library import built_in
from schnittstellen.engine.endpoint import Call, Endpoint
from schnittstellen.engine.ports import Context
from tests.miniatures.council import Size
from tests.oparl import running

SMALL = Size(papers=4, meetings=1, people=1, organizations=2, bodies=1)
MIXED = (
    *("access-as-attachment", "bare-geometry", "cors-without-get", "error-500", "deleted-bare", "filter-lost-in-links"),
    *("german-date", "head-refused", "latin-1", "no-304", "errors-are-200", "null-optional"),
    *("wrong-target", "unknown-oparl-version", "wrong-total", "omit-ignored"),
)
RECORDINGS = {
    "good": (),
    "other-version": ("other-version",),
    "many-faults": MIXED,
}


def recording(version: str, faults: tuple[str, ...]) -> str:
    """The HAR of a run of the server suite against a small miniature."""
    app = running.app(version, *faults, size=SMALL)
    sender = running.InMemorySender(app)
    suite = running.library().suites_named(f"oparl@{version}/server")[0]
    standard = running.library().standard(f"oparl@{version}")
    context = Context(standard, running.library().bundle(standard), suite_folder=running.library().folder(suite))
    seen = Endpoint(name=app.base, url=f"{app.base}/system", sender=sender)
    running.judge().judge(seen, suite, context)
    kept = [json.dumps(_entry(call), ensure_ascii=False, separators=(",", ":")) for call in _needed(sender.answered)]
    entries = ",\n".join(kept)
    return '{"log": {"version": "1.2", "creator": {"name": "tests.oparl.record", "version": "1"}, "entries": [\n' + (
        entries + "\n]}}\n"
    )


def _needed(calls: list[Call]) -> list[Call]:
    """One of equal exchanges; all of a request that was answered differently, because replaying goes in their order."""
    answers: dict[tuple[str, str], list[Call]] = {}
    for call in calls:
        answers.setdefault((call.request.method, call.request.url), []).append(call)
    alike = {key for key, those in answers.items() if all(one.response == those[0].response for one in those)}
    return [
        call
        for call in calls
        if (key := (call.request.method, call.request.url)) not in alike or answers[key][0] is call
    ]


def _entry(call: Call) -> dict[str, Any]:
    answer = call.response
    assert answer is not None
    return {
        "startedDateTime": "2024-07-01T12:00:00.000Z",
        "time": 1,
        "request": {"method": call.request.method, "url": call.request.url, "headers": [], "bodySize": 0},
        "response": {
            "status": answer.status,
            "statusText": HTTPStatus(answer.status).phrase,
            "httpVersion": "HTTP/1.1",
            "headers": [{"name": name, "value": value} for name, value in answer.headers],
            "content": _content(answer.body),
        },
    }


def _content(body: bytes) -> dict[str, Any]:
    try:
        return {"size": len(body), "text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"size": len(body), "encoding": "base64", "text": base64.b64encode(body).decode()}


def folder(version: str) -> Path:
    """Where the fixtures of a version lie."""
    return built_in() / "conformance_suites" / "oparl" / version / "server" / "fixtures"


def main() -> None:
    """Write all recordings."""
    for version in ("1.1", "1.0"):
        folder(version).mkdir(exist_ok=True)
        for name, faults in RECORDINGS.items():
            (folder(version) / f"{name}.har.json").write_text(recording(version, faults), encoding="utf-8")


if __name__ == "__main__":
    main()
