"""openapi-core as a second opinion: where it speaks of a request by the specification, it says what our judge says."""

import json
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.mock.test_requests import LIST, NUMBER, TEXT, THING, codes, document


def one(name: str, where: str, schema: Any, *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": schema}


SMALL = TEXT | {"maxLength": 3}
PARAMETERS = [
    one("id", "path", NUMBER | {"minimum": 0}),
    one("seite", "query", NUMBER | {"minimum": 1}),
    one("wahl", "query", LIST | {"maxItems": 2}, required=False),
    one("art", "query", TEXT | {"enum": ["a", "b"]}, required=False),
    one("X-Kurz", "header", SMALL, required=False),
]
BODY = {"required": True, "content": {"application/json": {"schema": THING}}}
PATHS = {
    "/a/{id}": {"post": {"parameters": PARAMETERS, "requestBody": BODY, "responses": {"200": {"description": "gut"}}}}
}
DOCUMENT = document(PATHS)
SECOND = OpenAPI.from_dict({**DOCUMENT.content, "servers": [{"url": "/"}]})

Pairs = list[tuple[str, str]]


class Asked:
    """A request as openapi-core wants to see it."""

    host_url, method, content_type = "", "post", "application/json"

    def __init__(self, url: str, headers: dict[str, str], body: bytes) -> None:
        parts = urlsplit(url)
        self.path, self.body = parts.path, body
        query = ImmutableMultiDict(parse_qsl(parts.query, keep_blank_values=True))
        self.parameters = RequestParameters(query=query, header=Headers(headers), cookie=ImmutableMultiDict())


numbers = st.sampled_from(["1", "2", "3", "4", "5", "0", "-1", "ä"])
pages = st.one_of(st.just([("seite", "1")]), st.lists(st.tuples(st.just("seite"), numbers), max_size=1))
queries = st.lists(
    st.one_of(st.tuples(st.just("wahl"), numbers), st.tuples(st.just("art"), st.sampled_from("abc"))),
    max_size=2,
    unique_by=lambda pair: pair[0],
)
things = st.one_of(st.just({"x": 1}), st.dictionaries(st.sampled_from("xyz"), st.integers() | st.text(max_size=2)))


@given(numbers, pages, queries, st.sampled_from(["", "ku", "k", "kurz"]), things)
def test_both_say_the_same(which: str, page: Pairs, query: Pairs, header: str, body: dict[str, Any]) -> None:
    url = f"/a/{quote(which)}?{urlencode(page + query)}"
    headers = {"Content-Type": "application/json", **({"X-Kurz": header} if header else {})}
    sent = json.dumps(body).encode()
    ours = codes(DOCUMENT, url, headers, sent, "POST")
    theirs = [type(error).__name__ for error in SECOND.iter_request_errors(Asked(url, headers, sent))]
    assert bool(ours) == bool(theirs), (ours, theirs)
