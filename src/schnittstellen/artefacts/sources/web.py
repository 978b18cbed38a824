"""An https address as a source: a ZIP archive or a single file, whatever content type the server claims."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import unquote

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.archive import is_zip, read_zip
from schnittstellen.artefacts.sources.files import MAX_FILE, Tree
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.web_address import joined, parts_of

MAX_DOWNLOAD = 256 * 1024 * 1024
"""Bytes of one answer, packed."""
SECONDS = 120.0
"""For one download with all its redirects."""
MAX_REDIRECTS = 5
LOOPBACK = ("127.0.0.1", "::1", "localhost")

UNREACHABLE = N_("keine Verbindung")
STATUS = N_("der Server antwortet mit Status {status}")
TOO_SLOW = N_("es dauert zu lange")
REDIRECTS = N_("zu viele Weiterleitungen")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: status, headers in lower case, body, and the address after all redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def read_web(url: str) -> Tree:
    """The files behind an address. Raises `SchnittstellenError`."""
    answer = fetch(url)
    if answer.status != 200:
        raise refused(url, STATUS, status=str(answer.status))
    return tree_of(answer, url)


def tree_of(answer: Answer, url: str) -> Tree:
    """The files of an answer: those of an archive, or the one file that it is."""
    name = unquote(parts_of(answer.url).path.rstrip("/").rpartition("/")[2]) or parts_of(url).hostname or "quelle"
    stem = name.rsplit(".", 1)[0] or name
    if is_zip(answer.body):
        return read_zip(answer.body, stem, url)
    if len(answer.body) > MAX_FILE:
        raise SchnittstellenError(faults.TOO_LARGE, source=url, limit=f"{MAX_FILE // 2**20} MiB")
    file = name if name not in (".", "..") else "datei"
    return Tree(stem, url, {file: answer.body}, addresses={file: url})


def fetch(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """GET an address, within size, time and redirect limits. Raises `SchnittstellenError` where no answer comes."""
    http = _client_library()
    end = time.monotonic() + SECONDS
    here = url
    with http.Client(timeout=http.Timeout(30.0), follow_redirects=False, headers=headers or {}) as client:
        for _ in range(MAX_REDIRECTS + 1):
            _check(here, url)
            answer = _get(http, client, here, url, end)
            target = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            here = joined(here, target)
    raise refused(url, REDIRECTS)


def refused(url: str, reason: str, **parameters: str) -> SchnittstellenError:
    """The error that an address could not be fetched."""
    return SchnittstellenError(faults.NOT_FETCHED, source=url, reason=Line(reason, **parameters))


def _check(url: str, named: str) -> None:
    """Only https; plain http on this machine alone, and never where a public address leads there."""
    parts = parts_of(url)
    local = parts.hostname in LOOPBACK
    if local and parts_of(named).hostname not in LOOPBACK:
        raise SchnittstellenError(faults.NOT_HTTPS, source=url)
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise SchnittstellenError(faults.NOT_HTTPS, source=url)


def _get(http: Any, client: Any, url: str, named: str, end: float) -> Answer:
    body = bytearray()
    try:
        with client.stream("GET", url) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > MAX_DOWNLOAD:
                    raise SchnittstellenError(faults.TOO_LARGE, source=named, limit=f"{MAX_DOWNLOAD // 2**20} MiB")
                if time.monotonic() > end:
                    raise refused(named, TOO_SLOW)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, bytes(body), url)
    except http.TimeoutException:
        raise refused(named, TOO_SLOW) from None
    except (http.HTTPError, http.InvalidURL):
        raise refused(named, UNREACHABLE) from None


def _client_library() -> Any:
    try:
        return import_module("httpx2")
    except ImportError:
        raise SchnittstellenError(faults.NO_HTTP_CLIENT) from None


__all__ = ["Answer", "fetch", "read_web", "refused", "tree_of"]
