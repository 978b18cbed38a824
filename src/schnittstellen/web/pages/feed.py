"""Atom feeds (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date

from schnittstellen.i18n import _, current
from schnittstellen.web.api.answers import tag_of

MOST = 50
NAMESPACE = "urn:schnittstellen:neues:"
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """Its title, and the paths of the page that shows the same and of the feed itself."""

    title: str
    page: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is unique within our news, `path` leads to more, `kind` is its category."""

    id: str
    at: datetime
    title: str
    text: str
    path: str
    kind: str


def sent(request: HttpRequest, of: Feed, entries: Sequence[Entry]) -> HttpResponse:
    """The feed, or 304 where the reader has it already."""
    newest = max((one.at for one in entries), default=BEFORE_ALL)
    document = _written(request, of, entries).encode()
    response = HttpResponse(document, content_type=Atom1Feed.content_type)
    response["ETag"] = tag_of(document)
    response["Last-Modified"] = http_date(newest.timestamp())
    response["Cache-Control"] = "public, no-cache"
    response["Content-Language"] = current()
    response["Access-Control-Allow-Origin"] = "*"
    found = get_conditional_response(
        request, etag=response["ETag"], last_modified=int(newest.timestamp()), response=response
    )
    return found or response


class _Atom(Atom1Feed):
    """An empty feed was last changed never, not now."""

    def latest_post_date(self) -> Any:
        return super().latest_post_date() if self.items else BEFORE_ALL


def _written(request: HttpRequest, of: Feed, entries: Sequence[Entry]) -> str:
    whole = request.build_absolute_uri
    made = _Atom(
        of.title,
        whole(of.page),
        "",
        language=current(),
        author_name=settings.PUBLISHER,
        subtitle=_("Was sich im Katalog geändert hat: Programme, Prüfungen, Entscheidungen, Standards"),
        feed_url=whole(of.path),
        feed_guid=whole(of.path),
    )
    for one in entries:
        made.add_item(
            one.title,
            whole(one.path),
            escape(one.text),
            pubdate=one.at,
            updateddate=one.at,
            unique_id=NAMESPACE + escape(one.id).replace(" ", "%20"),
            categories=(one.kind,),
        )
    return str(made.writeString("utf-8"))
