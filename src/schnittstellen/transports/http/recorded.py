"""A wire that answers from a HAR file: judging again offline, under the same rules, with the same findings."""

from collections import defaultdict, deque
from pathlib import Path
from typing import Any

from schnittstellen.transports.http.address import Address, BadAddress, read
from schnittstellen.transports.http.har import BadHar, body_of, entries
from schnittstellen.transports.http.redaction import Redactor
from schnittstellen.transports.http.wire import Headers, Raw, WireProblem

Key = tuple[str, str, bytes]


class RecordedWire:
    """Answers each request as the file says, equal ones in their order; the last answer is given again and again.

    Reads the whole file. Raises `BadHar` where it is no HAR or was written without the bodies.
    """

    def __init__(self, path: Path, redactor: Redactor | None = None) -> None:
        self._redactor = redactor or Redactor()
        self._answers: dict[Key, deque[dict[str, Any]]] = defaultdict(deque)
        for entry in entries(path):
            try:
                self._answers[_key_of(entry)].append(_checked(entry))
            except (LookupError, TypeError, AttributeError, BadAddress) as error:
                raise BadHar("entry without request or response") from error

    def exchange(
        self,
        method: str,
        address: Address,
        headers: Headers,  # noqa: ARG002 - of the port
        body: bytes | None,
        seconds: float,  # noqa: ARG002 - of the port
    ) -> Raw:
        """The recorded answer. Raises `WireProblem` with `unrecorded` where there is none, or as it was recorded."""
        shown = self._redactor
        url = shown.text(str(address))
        waiting = self._answers.get((method, url, shown.data(body or b"")))
        if not waiting:
            raise WireProblem("unrecorded", "not in the evidence")
        entry = waiting.popleft() if len(waiting) > 1 else waiting[0]
        raw = _raw(entry)
        problem = entry.get("_problem")
        if raw is None or problem in _WITH_ANSWER:
            raise WireProblem(problem or "unrecorded", entry.get("_detail", ""), raw)
        return raw

    def close(self) -> None:
        """Nothing to close."""


_WITH_ANSWER = frozenset({"timeout", "reset", "protocol", "too_large", "encoding"})


def _key_of(entry: dict[str, Any]) -> Key:
    request = entry["request"]
    body = body_of({"size": request.get("bodySize"), **request.get("postData", {})})
    if body is None:
        raise BadHar("written without the bodies")
    return request["method"].upper(), str(read(request["url"])), body


def _checked(entry: dict[str, Any]) -> dict[str, Any]:
    if body_of(entry["response"]["content"]) is None:
        raise BadHar("written without the bodies")
    return entry


def _raw(entry: dict[str, Any]) -> Raw | None:
    answer = entry["response"]
    if not answer["status"]:
        return None
    headers = [
        (str(one["name"]).encode("latin-1", "replace"), str(one["value"]).encode("latin-1", "replace"))
        for one in answer["headers"]
    ]
    body = body_of(answer["content"]) or b""
    raw = Raw(int(answer["status"]), str(answer.get("httpVersion", "")), headers, body, entry.get("time", 0.0) / 1000)
    raw.decoded = True
    return raw
