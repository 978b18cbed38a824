"""A recorded session of the mock, looked at again: did it happen at our mock, and what does the suite say of it?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from schnittstellen.engine.recording import Recording
from schnittstellen.transports.http.har import BadHar, about, body_of, entries
from schnittstellen.transports.mock.lists import Answer
from schnittstellen.transports.mock.playing import Mock, Play

SHOWN = 80
"""So many characters of a value tell people what differs."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Request `number` was answered although it lies outside `expected`, where the seed puts everything."""

    number: int
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """The answer to request `number` is not ours: at `place` it has `found` where ours has `expected`."""

    number: int
    place: str
    found: str
    expected: str


def said_of(recording: Path) -> dict[str, str]:
    """What the recording says that it is of. Raises `BadHar`."""
    return {name: str(value) for name, value in about(recording).items()}


def played_again(play: Play, origin: str, recording: Path) -> Recording | Misplaced | OtherAnswer:
    """What our mock hears when all the recorded requests reach it; or where its answers are not those recorded.

    Raises `BadHar`.
    """
    mock = Mock(play, origin, listen=lambda _exchange: None)
    mount = origin + (play.places.mount if play.places else "")
    for number, entry in enumerate(entries(recording), 1):
        try:
            found = _compared(mock, mount, number, entry)
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise BadHar("entry without request or response") from error
        if found is not None:
            return found
    return mock.recording


def _compared(mock: Mock, mount: str, number: int, entry: Mapping[str, Any]) -> Misplaced | OtherAnswer | None:
    request = entry["request"]
    url, method = str(request["url"]), str(request["method"])
    was = _answer(entry["response"])
    if not _below(url, mount) and was[0] != 404:
        return Misplaced(number, url[: len(mount) + SHOWN], mount)
    origin = mount[: len(mount) - len(mock.mount)]
    headers = {str(one["name"]): str(one["value"]) for one in request["headers"]}
    status, media_type, content = mock(method, url.removeprefix(origin), headers, _sent(request))
    now = (status, media_type, b"" if method == "HEAD" else content)
    return next((OtherAnswer(number, *one) for one in _differences(was, now)), None)


def _below(url: str, mount: str) -> bool:
    return url.startswith(mount) and url[len(mount) : len(mount) + 1] in ("", "/", "?")


def _sent(request: Mapping[str, Any]) -> bytes | None:
    if "postData" not in request:
        return None
    return body_of(request["postData"])


def _answer(response: Mapping[str, Any]) -> Answer:
    content = response["content"]
    body = body_of(content)
    if body is None:
        raise BadHar("written without the bodies")
    return int(response["status"]), content.get("mimeType") or None, body


def _differences(was: Answer, now: Answer) -> Iterator[tuple[str, str, str]]:
    if was[0] != now[0]:
        yield "status", str(was[0]), str(now[0])
    if was[1] != now[1]:
        yield "Content-Type", str(was[1]), str(now[1])
    if was[2] != now[2]:
        yield _first_difference(was[2], now[2])


def _first_difference(was: bytes, now: bytes) -> tuple[str, str, str]:
    try:
        found = _in_json(json.loads(was), json.loads(now), "")
    except (ValueError, RecursionError):
        found = None
    return found or ("/", _shown(was.decode("utf-8", "replace")), _shown(now.decode("utf-8", "replace")))


def _in_json(was: Any, now: Any, pointer: str) -> tuple[str, str, str] | None:
    """The first place (a JSON Pointer) at which two values differ, and what stands there."""
    if isinstance(was, dict) and isinstance(now, dict) and [*was] == [*now]:
        pairs = [(name, was[name], now[name]) for name in was]
    elif isinstance(was, list) and isinstance(now, list):
        pairs = [(str(at), *one) for at, one in enumerate(zip_longest(was, now))]
    else:
        return None if was == now else (pointer or "/", _shown(was), _shown(now))
    return next(filter(None, (_in_json(old, new, f"{pointer}/{name}") for name, old, new in pairs)), None)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
