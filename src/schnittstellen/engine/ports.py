"""The two ports of the engine, Check and Transport, and what passes through them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import Any, Protocol

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.domain.finding import CannotJudge, Code, Finding, Item
from schnittstellen.domain.standard import Message, Standard
from schnittstellen.engine import codes

STREAM_FROM = 32 * 1024 * 1024
"""Payloads of at least this many bytes are streamed, never held whole."""


@dataclass(slots=True, kw_only=True)
class Observation:
    """Something a transport saw. In `memo` the checks of a run share what is costly to make, such as a parsed tree."""

    name: str
    memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def identity(self) -> tuple[str | None, int | None]:
        """SHA-256 and size in bytes of what was seen, where that means something."""
        return None, None


@dataclass(slots=True, kw_only=True)
class Unreadable(Observation):
    """Something that should have been a payload but could not be read; the finding says why."""

    finding: Finding


@dataclass(slots=True, kw_only=True)
class Payload(Observation):
    """A message. `open` gives a new binary stream from its first byte each time; `size` is in bytes.

    `open` is picklable and raises `CannotJudge` where the bytes cannot be had, or are no longer those that were seen.
    """

    open: Callable[[], BufferedIOBase] = field(repr=False)
    size: int
    known_sha256: str | None = None

    @property
    def large(self) -> bool:
        """Whether checks must stream this payload."""
        return self.size >= STREAM_FROM

    def data(self) -> bytes:
        """All bytes; read once and kept while the payload is judged. Not for large payloads.

        Raises `CannotJudge` where the bytes cannot be had, or are more or fewer than were seen.
        """
        kept: bytes | None = self.memo.get("data")
        if kept is None:
            with self.open() as stream:
                kept = stream.read(self.size + 1)
            if len(kept) != self.size:
                raise CannotJudge(Finding(codes.CHANGED.id, parameters={"path": self.name}))
            self.memo["data"] = kept
        return kept

    def stream(self) -> BufferedIOBase:
        """A stream over the very bytes that are judged: those in memory, or from `open` where the payload is large."""
        return self.open() if self.large else BytesIO(self.data())

    def identity(self) -> tuple[str | None, int | None]:
        """SHA-256 and size in bytes."""
        if self.known_sha256 is None:
            self.known_sha256 = self._digest()
        return self.known_sha256, self.size

    def _digest(self) -> str:
        if not self.large:
            return hashlib.sha256(self.data()).hexdigest()
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know besides the observation: the standard, its pinned files, and which message this is.

    `suite_folder` is where the suite lies, with the files that its steps name (scenarios, fixtures).
    """

    standard: Standard
    bundle: Bundle
    message: Message | None = None
    with_content: bool = False
    suite_folder: Path | None = None


class Check(Protocol):
    """Judges one observation.

    Yields findings, notes and the rules it covered. Raises `CannotJudge` where it could not judge; any other exception
    is a crash of ours and gives the verdict `error` with the cause *tool*. A check may say by `reads` (a frozenset of
    `ArtefactKind`) which files of a standard it depends on; without it, on all of them.
    """

    name: str
    codes: tuple[Code, ...]

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]: ...


class Transport(Protocol):
    """Reaches a system under test and shows what it saw; never raises for what the target does."""

    name: str
    codes: tuple[Code, ...]

    def accepts(self, target: str) -> bool:
        """Whether this transport is the one for `target`."""
        ...

    def observe(self, target: str, options: Mapping[str, Any]) -> Iterator[Observation]: ...
