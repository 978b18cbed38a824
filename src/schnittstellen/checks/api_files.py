"""api.files: can the files be had that the objects speak of, and are they what the objects say?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1, sha512
from typing import Any

from schnittstellen.checks.api_crawl import crawl_of
from schnittstellen.checks.hypermedia import list_codes as lists
from schnittstellen.checks.hypermedia import reach_codes as reach
from schnittstellen.checks.hypermedia.crawl import Crawl
from schnittstellen.checks.hypermedia.forms import is_address
from schnittstellen.checks.hypermedia.survey import Exhausted, Survey, findings_of
from schnittstellen.domain.finding import Code, Covered, Finding, Item, Note, Place
from schnittstellen.engine.endpoint import Endpoint, Response
from schnittstellen.engine.ports import Context, Observation

_FILES = (
    lists.FILE_GONE,
    lists.FILE_ATTACHED,
    lists.FILE_INLINE,
    lists.FILE_HEADERS,
    lists.FILE_DIFFERS,
    lists.NO_DOWNLOAD,
)
_HEADERS = ("Last-Modified", "Content-Length", "ETag")
_DIGESTS = {"sha1Checksum": sha1, "sha512Checksum": sha512}
_ATTACHED = re.compile(r"attachment\s*(;|\Z)", re.IGNORECASE)
_NAMED = re.compile(r"attachment\s*;.*filename\*?=", re.IGNORECASE | re.DOTALL)


class Files:
    """Options: `document`; `limit`, how many files are asked for (default 10)."""

    name = "api.files"
    codes: tuple[Code, ...] = (reach.NO_DESCRIPTION, reach.NOT_FINISHED, reach.NOTHING_SEEN, reach.NO_ANSWER, *_FILES)

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        """Walk the lists, where no earlier step did, and ask for files. Raises `CannotJudge`."""
        if not isinstance(seen, Endpoint):
            raise TypeError("api.files judges endpoints")
        crawl = crawl_of(seen, context, options)
        crawl.walk_lists()
        chosen = crawl.files[: int(options.get("limit", 10))]
        try:
            for file in chosen:
                _file(crawl.survey, file)
        except Exhausted as end:
            yield Finding(reach.NOT_FINISHED.id, Place(url=seen.url), {"problem": end.problem, "curl": ""})
        yield from findings_of(crawl.survey, frozenset(code.id for code in _FILES))
        yield Note("files", str(len(chosen)))
        yield from _unseen(crawl, chosen)
        if chosen:
            yield Covered(frozenset({crawl.survey.model.rules["file"]}))


def _unseen(crawl: Crawl, chosen: list[dict[str, Any]]) -> Iterator[Finding]:
    rules = crawl.survey.model.rules
    needed = {"file": "accessUrl", "file_inline": "accessUrl", "file_headers": "accessUrl"}
    needed |= {"file_meta": "accessUrl", "file_attachment": "downloadUrl"}
    for rule, name in needed.items():
        if rule in rules and not any(name in file for file in chosen):
            yield Finding(reach.NOTHING_SEEN.id, Place(), {"what": f"File.{name}"}, rule=rules[rule])


def _file(survey: Survey, file: Mapping[str, Any]) -> None:
    if "downloadUrl" not in file:
        survey.report(lists.NO_DOWNLOAD, Place(url=file.get("id")), "file_download")
    for name in ("accessUrl", "downloadUrl"):
        url = file.get(name)
        if not isinstance(url, str) or not is_address(url) or not survey.local(url):
            continue
        answer = survey.get(url, plain=True)
        if answer.call.response is None:
            survey.unanswered(answer)
        elif answer.status != 200:
            survey.report(lists.FILE_GONE, Place(url=url), "file", property=name, status=str(answer.status))
        elif name == "accessUrl":
            _access(survey, url, file, answer.call.response)
        elif not _NAMED.match((answer.call.response.header("Content-Disposition") or "").strip()):
            survey.report(lists.FILE_INLINE, Place(url=url), "file_attachment")


def _access(survey: Survey, url: str, file: Mapping[str, Any], response: Response) -> None:
    place = Place(url=url)
    if _ATTACHED.match((response.header("Content-Disposition") or "").strip()):
        survey.report(lists.FILE_ATTACHED, place, "file_inline")
    for header in _HEADERS:
        if response.header(header) is None and not (header == "Content-Length" and _chunked(response)):
            survey.report(lists.FILE_HEADERS, place, "file_headers", header=header)
    for name in _differing(file, response):
        survey.report(lists.FILE_DIFFERS, place, "file_meta", property=name)


def _chunked(response: Response) -> bool:
    return bool(response.header("Transfer-Encoding") or response.header("Content-Encoding"))


def _differing(file: Mapping[str, Any], response: Response) -> Iterator[str]:
    media = (response.header("Content-Type") or "").partition(";")[0].strip().lower()
    said = file.get("mimeType")
    if isinstance(said, str) and media and said.partition(";")[0].strip().lower() != media:
        yield "mimeType"
    if response.truncated:
        return
    if isinstance(file.get("size"), int) and file["size"] != len(response.body):
        yield "size"
    for name, digest in _DIGESTS.items():
        value = file.get(name)
        if isinstance(value, str) and value.lower() != digest(response.body).hexdigest():
            yield name
