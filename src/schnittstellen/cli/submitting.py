"""What `submit` sends, and to whom: the report, its signature, and the files that the vendor wants to travel."""

from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote, urlsplit

from schnittstellen.artefacts.faults import NO_HTTP_CLIENT
from schnittstellen.attest.documents import unverified_order
from schnittstellen.attest.envelope import STATEMENT, peeked
from schnittstellen.catalogue.services.handing_in.sent import MOST_BYTES, TOO_LARGE
from schnittstellen.catalogue.services.handing_in.sent import MOST_FILES as MOST_INPUTS
from schnittstellen.cli.files import content
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.refusals import NOT_OF_SCHEMA, Refusal, Refused
from schnittstellen.domain.texts import N_
from schnittstellen.formats.report_json import read_report
from schnittstellen.i18n import current
from schnittstellen.transports.unpacking import is_archive, unpacked

UNREACHABLE = Fault(
    "F416",
    N_("Der Katalog unter {url} ist nicht erreichbar ({reason})."),
    N_("Prüfen Sie Adresse und Netz. Angekommen ist vielleicht doch etwas: Noch einmal einreichen schadet nicht."),
    http=502,
)
NOT_SECURE = Fault(
    "F417",
    N_("{url} beginnt nicht mit https://; so könnte unterwegs jeder mitlesen."),
    N_("Nennen Sie die Adresse mit https://. Ohne geht es nur auf demselben Rechner (localhost)."),
)
NO_TOKEN = Fault(
    "F418",
    N_("Es fehlt das Token für den Katalog."),
    N_("Setzen Sie die Umgebungsvariable SCHNITTSTELLEN_TOKEN, oder nennen Sie es mit --token."),
)
NOT_TAKEN = Fault(
    "F419",
    N_("Der Katalog hat die Einreichung nicht angenommen (Status {status}): {title}"),
    N_("Prüfen Sie die Adresse und ob das Token den Umfang evidence hat."),
)
SUFFIX = ".dsse"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
API, PATH = "/api/v1", "/hand-ins"
SECONDS = 300.0
MOST_FILES = 10_000
OPEN = ("waiting", "judging")
PAUSE = 2.0
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class File:
    """A file that travels."""

    name: str
    data: bytes = field(repr=False)
    recording: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that is sent; `left` counts files of the folder that the report did not test and that stay here."""

    release: str
    suite: str
    report: bytes = field(repr=False)
    envelope: bytes = field(repr=False)
    files: tuple[File, ...]
    order: str
    keep: str
    left: int
    partner: "Parcel | None" = None

    def body(self) -> dict[str, Any]:
        """As the interface takes it."""
        inputs = [
            {"name": one.name, "content": b64encode(one.data).decode(), "recording": one.recording}
            for one in self.files
        ]
        signed = {
            "report": self.report.decode("utf-8", "replace"),
            "envelope": self.envelope.decode("utf-8", "replace"),
        }
        named = {"release": self.release, "suite": self.suite, "order": self.order, "keep": self.keep}
        body = {**named, **signed, "inputs": inputs}
        if self.partner is None:
            return body
        theirs = self.partner.body()
        return {**body, "partner": {name: theirs[name] for name in ("release", "suite", "report", "envelope")}}


def packed(report: str, folder: str | None, recordings: Sequence[str], order: str | None, keep: str) -> Parcel:
    """Read all that is to be sent. Raises `SchnittstellenError` where something is not what it should be."""
    data, envelope = content(report), content(report + SUFFIX)
    made = read_report(data.decode("utf-8", "replace"), report)
    tested = {one.sha256 for one in made.results if one.sha256}
    found = [one for each in _files(Path(folder)) for one in _inside(each, tested)] if folder else []
    payloads = [one.file for one in found if one.file is not None]
    travel = (*payloads, *(File(Path(one).name, content(one), recording=True) for one in recordings))
    _demand_sizes((data, envelope), travel)
    return Parcel(
        release=_release(envelope, report + SUFFIX),
        suite=made.suites[0].name if made.suites else "-",
        report=data,
        envelope=envelope,
        files=travel,
        order=_order(order) if order else "",
        keep=keep,
        left=len(found) - len(payloads),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A file of the folder or a member of an archive in it; None: the report does not name it, or it is too large."""

    file: File | None


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of the folder with their names in it."""
    if folder.is_file():
        yield folder, folder.name
        return
    inside = (one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink())
    for path in islice(inside, MOST_FILES):
        yield path, path.relative_to(folder).as_posix()


def _inside(found: tuple[Path, str], tested: Collection[str]) -> Iterator[_Found]:
    """The file, or what of an archive was tested."""
    path, name = found
    if is_archive(path):
        for member, data in unpacked(path, name, tested, MOST_BYTES):
            yield _Found(None if data is None else File(member, data))
        return
    data = content(str(path))
    yield _Found(File(name, data) if sha256(data).hexdigest() in tested else None)


def _demand_sizes(signed: Sequence[bytes], files: Sequence[File]) -> None:
    """Raises `SchnittstellenError` (F411) before anything travels."""
    size = sum(map(len, signed)) + sum(len(one.data) for one in files)
    if size > MOST_BYTES or len(files) > MOST_INPUTS:
        raise SchnittstellenError(TOO_LARGE, files=str(MOST_INPUTS), most=str(MOST_BYTES // 1024**2))


def _release(envelope: bytes, file: str) -> str:
    """The release that was signed; that the signature holds is for the catalogue to say."""
    try:
        return str(peeked(envelope, STATEMENT, file).value()["subject"][0]["name"])
    except (LookupError, TypeError):
        raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": "in-toto Statement v1"})]) from None


def _order(named: str) -> str:
    """The id of an order, or of the one in a file."""
    return unverified_order(content(named), named).id if Path(named).is_file() else named


def address(to: str) -> str:
    """Where a catalogue takes hand-ins. Raises `SchnittstellenError` (F417)."""
    parts = urlsplit(to)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SchnittstellenError(NOT_SECURE, url=to)
    base = to.rstrip("/")
    return f"{base}{PATH}" if base.endswith(API) else f"{base}{API}{PATH}"


def send(parcel: Parcel, url: str, token: str) -> tuple[int, dict[str, Any]]:
    """The status and the answer. Raises `SchnittstellenError` (F416, F419)."""
    http = _client_library()
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": current()}
    try:
        with http.Client(timeout=http.Timeout(SECONDS, connect=20.0), follow_redirects=False) as client:
            answer = client.post(url, json=parcel.body(), headers=headers)
    except (http.HTTPError, http.InvalidURL) as error:
        raise SchnittstellenError(UNREACHABLE, url=url, reason=type(error).__name__) from None
    return answer.status_code, _read(answer)


def awaited(url: str, token: str, id: str, seconds: float, told: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """What became of the hand-in `id`, asked for until it is decided or `seconds` are over; `told` hears each answer.

    Raises `SchnittstellenError` (F416, F419).
    """
    http, ends = _client_library(), monotonic() + seconds
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": current()}
    with http.Client(timeout=http.Timeout(SECONDS, connect=20.0), follow_redirects=False) as client:
        while True:
            found = _asked(http, client, f"{url}/{quote(id, safe='')}", headers)
            told(found)
            if found.get("state") not in OPEN or monotonic() > ends:
                return found
            sleep(PAUSE)


def _asked(http: Any, client: Any, url: str, headers: dict[str, str]) -> dict[str, Any]:
    """One question; a catalogue that is away for a moment is asked again."""
    for attempt in range(ATTEMPTS):
        try:
            answer = client.get(url, headers=headers)
        except (http.HTTPError, http.InvalidURL) as error:
            if attempt == ATTEMPTS - 1:
                raise SchnittstellenError(UNREACHABLE, url=url, reason=type(error).__name__) from None
            sleep(PAUSE)
            continue
        found = _read(answer)
        if answer.status_code != 200:
            title = str(found.get("title", "–"))[:300]
            raise SchnittstellenError(NOT_TAKEN, status=str(answer.status_code), title=title)
        return found
    raise AssertionError


def _read(answer: Any) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise SchnittstellenError(NOT_TAKEN, status=str(answer.status_code), title="–")
    return found


def _client_library() -> Any:
    try:
        return import_module("httpx2")
    except ImportError:
        raise SchnittstellenError(NO_HTTP_CLIENT) from None
