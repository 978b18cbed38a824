"""Judging a recorded session of a client again: only where it is of this mock, by this suite, with this seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.report import Result
from schnittstellen.domain.suite import Suite
from schnittstellen.engine.ports import Context
from schnittstellen.engine.recording import Recording
from schnittstellen.engine.run import Run
from schnittstellen.formats.openapi import Document
from schnittstellen.transports.mock.again import Misplaced, OtherAnswer, played_again, said_of
from schnittstellen.transports.mock.playing import Manners
from schnittstellen.transports.mock.session import about_session, judged, played_by

Told = tuple[Path, int | None, str]
"""The recording, the seed of the run, and the origin (scheme, host, port) at which the mock was."""
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Unlike:
    """The recording says that it is of something else: `found` under `name`, where it should be `expected`."""

    name: str
    found: str
    expected: str


Again = Unlike | Misplaced | OtherAnswer | tuple[Result, ...]


def session_again(library: Library, suite: Suite, document: Document, told: Told, run: Run) -> Again:
    """The results of our own run over the recording, or why it is not of our mock. Raises `BadHar`."""
    recording, seed, origin = told
    said = said_of(recording)
    play = played_by(library, suite, document, seed, Manners(fail_every=_number(said)))
    other = unlike(said, about_session(suite, play))
    if other is not None:
        return other
    heard = played_again(play, origin, recording)
    if not isinstance(heard, Recording):
        return heard
    standard = library.standard(f"{suite.standard}@{suite.version}")
    return judged(run, heard, suite, Context(standard, library.bundle(standard))).results


def _number(said: Mapping[str, str]) -> int:
    text = said.get("fail_every", "")
    return int(text) if text.isdecimal() and len(text) < len(str(MOST)) else 0


def unlike(said: Mapping[str, str], expected: Mapping[str, str]) -> Unlike | None:
    """The first thing that a recording says of itself and that is not so."""
    for name, value in expected.items():
        if said.get(name) != value:
            return Unlike(name, said.get(name, "–")[:SHOWN] or "–", value[:SHOWN] or "–")
    return None


SHOWN = 60
