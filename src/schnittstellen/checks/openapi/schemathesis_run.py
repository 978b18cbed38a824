"""The adapter to schemathesis, the only place that knows it: a process of its own behind our proxy, read as NDJSON.

What is relied on: the options of `schemathesis run`, the configuration key `unexpected-methods`, and of the NDJSON
report the event `ScenarioFinished` with `recorder.cases`, `.checks` and `.interactions`. It hides nothing by
name, so that a request can be repeated: secrets never reach it, the sender adds them. A test holds it to that;
pyproject.toml pins the exact version.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schnittstellen.engine.endpoint import Call, Request, Response

_LOCAL_ONLY = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
"""Whatever the tool might ask for elsewhere ends at a port where nobody listens: only our proxy leads out."""
_CONFIG = "[phases.coverage]\nunexpected-methods = []\n"


@dataclass(frozen=True, slots=True)
class Settings:
    """What to run. `seconds` bounds the process; `examples` is the number of cases per operation while fuzzing."""

    seed: int
    methods: tuple[str, ...]
    phases: tuple[str, ...] = ("examples", "coverage")
    mode: str = "all"
    examples: int = 20
    seconds: float = 300


@dataclass(frozen=True, slots=True)
class Case:
    """One request that schemathesis made, with its answer and the failures (code, title) that it saw."""

    label: str
    valid: bool
    description: str
    parameter: str
    call: Call
    failures: tuple[tuple[str, str], ...]


class ToolFailed(Exception):
    """schemathesis itself came to grief; `detail` says how, without any content of answers."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def cases(document: Mapping[str, Any], address: str, base: str, settings: Settings) -> Iterator[Case]:
    """Run schemathesis against `address` and yield every case with an answer, its URL told as below `base`.

    Raises `ToolFailed` where it crashes or takes longer than `settings.seconds`.
    """
    with TemporaryDirectory(prefix="schnittstellen-") as name:
        folder = Path(name)
        (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
        (folder / "schemathesis.toml").write_text(_CONFIG, encoding="utf-8")
        _execute(folder, address, settings)
        with (folder / "events.ndjson").open(encoding="utf-8") as lines:
            for line in lines:
                yield from _cases(json.loads(line), address, base)


def _execute(folder: Path, address: str, settings: Settings) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "run", "openapi.json"]
    options = {
        "--url": address,
        "--phases": ",".join(settings.phases),
        "--mode": settings.mode,
        "--max-examples": str(settings.examples),
        "--report": "ndjson",
        "--report-ndjson-path": "events.ndjson",
        "--seed": str(settings.seed),
        "--workers": "1",
        "--generation-database": "none",
        "--max-redirects": "0",
        "--output-sanitize": "false",
    }
    flags = [part for pair in options.items() for part in pair]
    methods = [part for method in settings.methods for part in ("--include-method", method)]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter, no shell)
            [*command, *flags, *methods, "--continue-on-failure", "--no-color"],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            timeout=settings.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ToolFailed("timeout") from None
    if done.returncode not in (0, 1) or not (folder / "events.ndjson").is_file():
        raise ToolFailed(f"exit {done.returncode}")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, **_LOCAL_ONLY, **{name.lower(): value for name, value in _LOCAL_ONLY.items()}}


def _cases(event: Mapping[str, Any], address: str, base: str) -> Iterator[Case]:
    recorder = (event.get("ScenarioFinished") or {}).get("recorder") or {}
    for id, case in (recorder.get("cases") or {}).items():
        interaction = (recorder.get("interactions") or {}).get(id)
        if interaction is not None and interaction.get("response") is not None:
            checks = (recorder.get("checks") or {}).get(id, ())
            yield _case(recorder["label"], case["value"], interaction, checks, (address, base))


def _case(
    label: str, value: Mapping[str, Any], interaction: Mapping[str, Any], checks: Any, moved: tuple[str, str]
) -> Case:
    meta = value.get("meta") or {}
    data = (meta.get("phase") or {}).get("data") or {}
    failures = [one["failure_info"]["failure"] for one in checks if one.get("failure_info")]
    return Case(
        label=label,
        valid=(meta.get("generation") or {}).get("mode") == "positive",
        description=str(data.get("scenario") or ""),
        parameter=str(data.get("parameter") or data.get("parameter_location") or ""),
        call=_call(interaction, moved),
        failures=tuple(dict.fromkeys((str(one["code"]), str(one["title"])) for one in failures)),
    )


def _call(interaction: Mapping[str, Any], moved: tuple[str, str]) -> Call:
    sent, got = interaction["request"], interaction["response"]
    headers = {name: values[0] for name, values in (sent.get("headers") or {}).items() if values}
    url = moved[1] + str(sent["uri"]).removeprefix(moved[0])
    answer = tuple((name, one) for name, values in (got.get("headers") or {}).items() for one in values)
    response = Response(int(got["status_code"]), answer, _content(got), float(got.get("elapsed") or 0))
    return Call(0, Request(str(sent["method"]), url, headers, _content(sent, "body") or None), response)


def _content(holder: Mapping[str, Any], key: str = "content") -> bytes:
    content = holder.get(key)
    if isinstance(content, Mapping):
        return base64.b64decode(content.get("$base64", ""))
    return str(content or "").encode()
