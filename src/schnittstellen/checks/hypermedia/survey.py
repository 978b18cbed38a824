"""What the checks of one run share about an endpoint: the model, the findings so far, and every answer's form."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from schnittstellen.checks.hypermedia import reach_codes
from schnittstellen.checks.hypermedia.model import Model, read_model
from schnittstellen.domain.finding import CannotJudge, Code, Finding, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.curl import curl_line
from schnittstellen.engine.endpoint import OURS, Call, Endpoint, Request, Response
from schnittstellen.engine.folding import Folder
from schnittstellen.engine.ports import Context

MEMO = "hypermedia"
_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\Z")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_DEEPEST = 200
_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Answer:
    """One exchange; `content` is the parsed JSON where the answer had any, else `UNREAD`."""

    url: str
    call: Call
    content: Any

    @property
    def status(self) -> int | None:
        """The status code, or None where no answer came."""
        return None if self.call.response is None else self.call.response.status


@dataclass(frozen=True, slots=True)
class Demand:
    """A finding is judged by this requirement, and weighs what the standard says of it."""

    requirement: str | None


@dataclass(frozen=True, slots=True)
class Softened:
    """A finding is judged by the requirement behind a rule of the model, but as a warning at most."""

    rule: str


Because = Demand | Softened | str | None
"""By what a finding is judged; a text names a rule of the model."""


class _Unread:
    pass


UNREAD = _Unread()


class Exhausted(Exception):
    """No further request may be sent in this run; `problem` is budget or deadline."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class Survey:
    """Sends requests, judges the form of every answer, and collects findings, folded."""

    seen: Endpoint
    context: Context
    model: Model
    folder: Folder = field(default_factory=Folder)
    stopped: str | None = None
    foreign: int = 0

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, plain: bool = False) -> Answer:
        """Ask for `url`; judge status-independent form unless `plain`. Raises `Exhausted`."""
        if self.stopped:
            raise Exhausted(self.stopped)
        call = self.seen.sender.send(Request("GET", url, headers or {}, purpose="crawl"))
        if call.response is None and call.problem in OURS:
            self.stopped = call.problem
            raise Exhausted(call.problem)
        if call.response is None or plain:
            return Answer(url, call, UNREAD)
        if call.problem is not None and call.response.status == 200:
            self.report(reach_codes.NO_ANSWER, Place(url=url), problem=call.problem)
            return Answer(url, call, UNREAD)
        return Answer(url, call, self._read(url, call.response) if call.response.status == 200 else UNREAD)

    def report(self, code: Code, place: Place, because: Because = None, /, **parameters: str) -> None:
        """Note a finding at `place`; `because` says by what it is judged."""
        parameters["curl"] = curl_line(Request("GET", place.url or self.seen.url, self.seen.headers))
        wanted, level = self._basis(because)
        self.folder.add(Finding(code.id, place, parameters, rule=wanted, level=level))

    def _basis(self, because: Because) -> tuple[str | None, Level | None]:
        if isinstance(because, Softened):
            return self.model.rules.get(because.rule), Level.SHOULD
        wanted = because.requirement if isinstance(because, Demand) else self.model.rules.get(because or "")
        return wanted, self._obligation(wanted)

    def unanswered(self, answer: Answer) -> None:
        """Note that no usable answer came."""
        self.report(reach_codes.NO_ANSWER, Place(url=answer.url), problem=answer.call.problem or "?")

    def local(self, url: str) -> bool:
        """Whether an address has the origin of the endpoint."""
        return _origin(url) == _origin(self.seen.url)

    def other_scheme(self, url: str) -> bool:
        """Whether an address differs from the endpoint's origin in http or https alone (default ports aside)."""
        mine, other = parts_of(self.seen.url), parts_of(url)
        return mine.hostname == other.hostname and mine.scheme != other.scheme

    def _obligation(self, requirement: str | None) -> Level | None:
        known = self.context.standard.requirements.get(requirement or "")
        return None if known is None else known.obligation

    def _read(self, url: str, response: Response) -> Any:
        place = Place(url=url)
        self._headers(place, response)
        if response.truncated:
            self.report(reach_codes.NO_ANSWER, place, problem="too_large")
            return UNREAD
        text = self._text(place, response.body)
        if text is None:
            return UNREAD
        try:
            content = json.loads(text, parse_constant=_no_constant)
            _usable(text, content)
            return content
        except (ValueError, RecursionError):
            self.report(reach_codes.NO_JSON, place, "json")
            return UNREAD

    def _text(self, place: Place, body: bytes) -> str | None:
        if body.startswith(_BOM):
            self.report(reach_codes.ENCODING, place, "utf8", problem="BOM")
            body = body[len(_BOM) :]
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            self.report(reach_codes.ENCODING, place, "utf8", problem="UTF-8")
            return None

    def _headers(self, place: Place, response: Response) -> None:
        media, _, more = (response.header("Content-Type") or "").partition(";")
        if not _JSON.match(media.strip().lower()):
            found = media.strip() or "–"
            self.report(reach_codes.MEDIA_TYPE, place, "json", found=found, expected="application/json")
        charset = re.search(r"charset=\"?([\w-]+)", more, re.IGNORECASE)
        if charset and charset[1].lower() not in ("utf-8", "utf8"):
            self.report(reach_codes.CHARSET, place, "utf8", charset=charset[1])
        if (response.header("Access-Control-Allow-Origin") or "").strip() != "*":
            self.report(reach_codes.CORS, place, "cors")
        methods = response.header("Access-Control-Allow-Methods")
        if methods is not None and not {"GET", "*"} & {one.strip().upper() for one in methods.split(",")}:
            self.report(reach_codes.CORS_METHODS, place, "cors_methods")


def survey_of(seen: Endpoint, context: Context, path: str) -> Survey:
    """The survey of this run, made when it is first asked for. Raises `CannotJudge`."""
    kept: Survey | None = seen.memo.get(MEMO)
    if kept is None:
        kept = seen.memo[MEMO] = Survey(seen, context, read_model(context, path))
    return kept


def findings_of(survey: Survey, codes: frozenset[str]) -> Iterator[Finding]:
    """The folded findings of these codes."""
    return (finding for finding in survey.folder.findings() if finding.code in codes)


def cannot(code: Code, place: Place, **parameters: str) -> NoReturn:
    """Raise `CannotJudge` with a finding of `code`."""
    raise CannotJudge(Finding(code.id, place, parameters))


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = parts_of(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        return parts.scheme, (parts.hostname or "").lower(), port
    except ValueError:
        return "", "", None


def _usable(text: str, content: Any) -> None:
    """Raise `ValueError` for what is JSON by the letter only: half surrogate pairs, nesting without end."""
    if _SURROGATE.search(text):
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    level, depth = [content], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("nesting")
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [value for values in inner for value in values]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
