"""Miniatures: a tiny standard, and checks that behave well or badly at the word of the payload."""

import os
import signal
import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.finding import CannotJudge, Code, Covered, Finding, Item, Note
from schnittstellen.domain.verdict import Cause, Kind, Level
from schnittstellen.engine.assign import Assigner
from schnittstellen.engine.codes import CODES
from schnittstellen.engine.desk import Desk
from schnittstellen.engine.events import Event, RunFinished
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Check, Context, Observation, Payload
from schnittstellen.engine.run import Run
from schnittstellen.engine.session import Session, Wishes
from schnittstellen.transports.files import Files


def code(id: str, kind: Kind = Kind.DEPARTURE, cause: Cause = Cause.PRODUCT) -> Code:
    return Code(id, "t", "m", "b", "w", "r", kind, cause)


BAD = code("Z001")
UNKNOWN = code("Z002", Kind.UNTESTED, Cause.CONFIGURATION)
BESIDE = code("Z003", Kind.BESIDE)
NOBODYS = code("Z999")


class Obedient:
    """Does what the text of the payload's root element says."""

    name = "mini"
    codes = (BAD, UNKNOWN, BESIDE)

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        assert isinstance(seen, Payload)
        for word in _words(seen.data()):
            yield from self.obey(word)

    def obey(self, word: str) -> Iterable[Item]:
        items: dict[str, list[Any]] = {
            "bad": [Finding(BAD.id, rule="R1")],
            "soft": [Finding(BAD.id, level=Level.MAY)],
            "unknown": [Finding(UNKNOWN.id, rule="R2")],
            "beside": [Finding(BESIDE.id)],
            "lie": [Finding(NOBODYS.id)],
            "nonsense": ["no item at all"],
            "note": [Note("validator", "mini")],
            "cover": [Covered(frozenset({"R1", "R2"}))],
        }
        if word == "cannot":
            raise CannotJudge(Finding(UNKNOWN.id))
        if word == "crash":
            raise ZeroDivisionError("secret content")
        _misbehave(word)
        return items.get(word, [])


def _misbehave(word: str) -> None:
    if word == "hang":
        time.sleep(600)
    if word == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "exit":
        os._exit(7)
    if word == "memory":
        bytearray(1 << 40)


def _words(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").replace("<", " ").replace(">", " ").split()


class Generous:
    """Says nothing, whatever it sees."""

    name = "generous"
    codes = ()

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        return ()


CHECKS: dict[str, Check] = {"mini": Obedient(), "generous": Generous()}
KNOWN = {one.id: one for one in (*CODES, *Files.codes, BAD, UNKNOWN, BESIDE)}

STANDARD = """
schema = "schnittstellen.standard/1"
id = "{id}"
version = "{version}"
title = "Muster"
kind = "xml"
state = "{state}"
{more}
[[messages]]
id = "m"
root = "{root}"
[requirements.R1]
text = "eins"
[requirements.R2]
text = "zwei"
"""

SUITE = """
schema = "schnittstellen.suite/1"
edition = "1.0.0"
[[steps]]
id = "eins"
check = "mini"
requirements = ["R1"]
"""


def add_standard(
    root: Path, id: str = "mini", version: str = "1.0", *, element: str = "m", state: str = "in_force", more: str = ""
) -> None:
    folder = root / "standards" / id / version
    folder.mkdir(parents=True)
    text = STANDARD.format(id=id, version=version, root=element, state=state, more=more)
    (folder / "standard.toml").write_text(text, encoding="utf-8")


def add_suite(root: Path, id: str = "mini", version: str = "1.0", role: str = "alle", text: str = SUITE) -> None:
    folder = root / "conformance_suites" / id / version / role
    folder.mkdir(parents=True)
    (folder / "suite.toml").write_text(text, encoding="utf-8")


def mini_library(root: Path) -> Library:
    add_standard(root)
    add_suite(root)
    return Library((root,))


def make_desk(library: Library, suite: str | None) -> Desk:
    return Desk(Assigner(library, suite), Judge(CHECKS, KNOWN))


def failing_make() -> Desk:
    raise RuntimeError("no desk today")


def run(
    library: Library, *targets: Path | str, suite: str | None = None, jobs: int | None = 1, **options: Any
) -> list[Event]:
    make = partial(make_desk, library, suite)
    desk = make()
    session = Session(desk, make, {"files": Files()}, Wishes(jobs, options))
    return list(session.events(Run(desk.judge, CHECKS, {}), tuple(map(str, targets))))


def report_of(events: list[Event]) -> Any:
    assert isinstance(events[-1], RunFinished)
    return events[-1].report


def verdicts(events: list[Event]) -> dict[str, str]:
    return {result.name: str(result.verdict) for result in report_of(events).results}


def codes_found(events: list[Event]) -> dict[str, list[str]]:
    return {
        result.name: [finding.code for step in result.steps for finding in step.findings]
        for result in report_of(events).results
    }
