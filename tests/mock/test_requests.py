"""Requests of a client as the styles, media types and security schemes of OpenAPI mean them, right and wrong twins."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from schnittstellen.checks.openapi_client import RequestJudge
from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.recording import Heard
from schnittstellen.formats.openapi import Document, bundled
from schnittstellen.transports.mock.playing import Play
from schnittstellen.transports.mock.server import mocking
from tests.mock.test_mock import ask

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
LIST = {"type": "array", "items": NUMBER}
THING = {
    "type": "object",
    "properties": {"x": NUMBER, "y": TEXT},
    "required": ["x"],
    "additionalProperties": False,
}
SCHEMES = {
    "k": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "b": {"type": "http", "scheme": "bearer"},
    "ba": {"type": "http", "scheme": "basic"},
    "c": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "q": {"type": "apiKey", "in": "query", "name": "key"},
    "o": {"type": "oauth2", "flows": {}},
}


def document(paths: Mapping[str, Any], version: str = "3.1.0", **more: Any) -> Document:
    content = {"openapi": version, "info": {"title": "Muster", "version": "1"}, "paths": paths, **more}
    return bundled(json.dumps(content).encode(), "openapi.json", lambda _location, _base: None)


def codes(
    described: Document, url: str, headers: Mapping[str, str] = {}, body: bytes | None = None, method: str = "GET"
) -> list[str]:
    heard = Heard(1, Request(method, url, headers, body), 200)
    return [one.code for one in RequestJudge(described).judge(heard)]


def parameter(schema: Any, where: str = "query", **more: Any) -> Document:
    one = {"name": "n", "in": where, "required": True, "schema": schema, **more}
    operation = {"responses": {"200": {"description": "gut"}}, "parameters": [one]}
    return document({"/a/{n}" if where == "path" else "/a": {"get": operation}})


@pytest.mark.parametrize(
    ("described", "good", "bad"),
    [
        (parameter(NUMBER), ["?n=1", "?n=-5"], ["?n=x", "?n=", "?n=1.5"]),
        (parameter({"type": "boolean"}), ["?n=true", "?n=false"], ["?n=TRUE", "?n=yes", "?n=1"]),
        (parameter(NUMBER | {"format": "int32"}), ["?n=2147483647"], ["?n=2147483648"]),
        (parameter(TEXT | {"format": "date"}), ["?n=2026-01-01"], ["?n=2026-02-30"]),
        (parameter(TEXT | {"enum": ["ä", "a b"]}), ["?n=%C3%A4", "?n=a+b", "?n=a%20b"], ["?n=a"]),
        (parameter(LIST), ["?n=1&n=2", "?n=1"], ["?n=x", "?n=1&n=x", "?n=1,2"]),
        (parameter(LIST, explode=False), ["?n=1,2", "?n=1%2C2"], ["?n=1,x"]),
        (parameter(LIST, style="pipeDelimited", explode=False), ["?n=1%7C2", "?n=1|2"], ["?n=1%7Cx"]),
        (parameter(LIST, style="spaceDelimited", explode=False), ["?n=1%202", "?n=1+2"], ["?n=1%20x"]),
        (
            parameter(THING, style="deepObject"),
            ["?n[x]=1&n[y]=b", "?n%5Bx%5D=1"],
            ["?n[x]=b", "?n[y]=b", "?n[x]=1&n[z]=1"],
        ),
        (parameter(THING), ["?x=1&y=b"], ["?x=b", "?y=b"]),
        (parameter(THING, explode=False), ["?n=x,1,y,b"], ["?n=x,b"]),
        (parameter(NUMBER, "path"), ["/1"], ["/x"]),
        (parameter(TEXT | {"enum": ["a/b", "ä"]}, "path"), ["/a%2Fb", "/%C3%A4"], ["/c"]),
        (parameter(LIST, "path"), ["/1,2"], ["/1,x"]),
        (parameter(LIST, "path", style="label"), ["/.1,2"], ["/.x"]),
        (parameter(LIST, "path", style="label", explode=True), ["/.1.2"], ["/.1.x"]),
        (parameter(LIST, "path", style="matrix"), ["/;n=1,2"], ["/;n=1,x"]),
        (parameter(LIST, "path", style="matrix", explode=True), ["/;n=1;n=2"], ["/;n=1;n=x"]),
        (parameter(THING, "path", explode=True), ["/x=1,y=b"], ["/x=b"]),
    ],
)
def test_values_in_addresses(described: Document, good: Sequence[str], bad: Sequence[str]) -> None:
    assert [codes(described, f"/a{one}") for one in good] == [[]] * len(good)
    assert [codes(described, f"/a{one}") for one in bad] == [["A504"]] * len(bad)


@pytest.mark.parametrize("where", ["query", "header", "cookie"])
def test_what_is_required_and_missing_is_told(where: str) -> None:
    assert codes(parameter(TEXT, where), "/a") == ["A503"]


def test_a_parameter_may_carry_json() -> None:
    described = document(
        {
            "/a": {
                "get": {
                    "responses": {},
                    "parameters": [{"name": "n", "in": "query", "content": {"application/json": {"schema": THING}}}],
                }
            }
        }
    )
    said = [codes(described, f"/a?n={one}") for one in ("%7B%22x%22%3A1%7D", "%7B%22x%22%3A%22b%22%7D", "%7B")]
    assert said == [[], ["A504"], ["A504"]]


def test_headers_and_cookies() -> None:
    header, cookie = parameter(LIST, "header"), parameter(TEXT | {"enum": ["de"]}, "cookie")
    assert [codes(header, "/a", {"N": one}) for one in ("1,2", "1, 2", "1,x")] == [[], [], ["A504"]]
    assert [codes(cookie, "/a", {"Cookie": one}) for one in ("n=de", "a=b; n=de", "n=xx", "de")] == [
        *([], []),
        *(["A504"], ["A503"]),
    ]


def content(schema: Any, media_type: str = "application/json", *, required: bool = True) -> Document:
    body = {"required": required, "content": {media_type: {"schema": schema}}}
    return document({"/a": {"post": {"responses": {}, "requestBody": body}}})


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
UPLOAD = {"type": "object", "required": ["f"], "properties": {"f": TEXT | {"format": "binary"}, "n": NUMBER}}
READ_ONLY = {"type": "object", "required": ["id", "n"], "properties": {"id": NUMBER | {"readOnly": True}, "n": TEXT}}


def multipart(name: str, value: bytes) -> tuple[str, bytes]:
    lines = [b"--grenze", b'Content-Disposition: form-data; name="%s"; filename="a.bin"' % name.encode(), b""]
    return f"{PARTS}; boundary=grenze", b"\r\n".join([*lines, value, b"--grenze--", b""])


@pytest.mark.parametrize(
    ("described", "good", "bad"),
    [
        (
            content(THING),
            [("application/json", b'{"x":1}'), ("application/json; charset=utf-8", b'{"x":1}')],
            [("application/json", b'{"x":"b"}'), ("application/json", b"{"), ("text/plain", b'{"x":1}'), ("", b"")],
        ),
        (content(THING, required=False), [("", b"")], [("application/json", b"{}")]),
        (content(THING, "application/*"), [("application/json", b'{"x":1}')], [("application/json", b'{"x":"b"}')]),
        (
            content(THING, "application/merge-patch+json"),
            [("application/merge-patch+json", b'{"x":1}')],
            [("application/merge-patch+json", b'{"x":"b"}')],
        ),
        (content(THING, FORM), [(FORM, b"x=1&y=b")], [(FORM, b"x=b"), (FORM, b"y=b")]),
        (content(UPLOAD, PARTS), [multipart("f", b"\x00\xff")], [multipart("g", b"\x00"), (PARTS, b"")]),
        (content(TEXT, "text/plain"), [("text/plain", b"x")], [("application/json", b'"x"')]),
        (content(THING, "application/xml"), [("application/xml", b"<x/>")], [("application/xml", b"<x>")]),
        (content(READ_ONLY), [("application/json", b'{"n":"b"}')], [("application/json", b'{"id":1}')]),
        (
            content(NUMBER | {"format": "int64"}),
            [("application/json", str(2**63 - 1).encode())],
            [("application/json", str(2**63).encode())],
        ),
        (
            content(TEXT | {"format": "uri"}),
            [("application/json", b'"https://muster.example/"')],
            [("application/json", b'"nicht da"')],
        ),
    ],
)
def test_contents(described: Document, good: Sequence[tuple[str, bytes]], bad: Sequence[tuple[str, bytes]]) -> None:
    said = [codes(described, "/a", {"Content-Type": kind}, body, "POST") for kind, body in good]
    assert said == [[]] * len(good)
    said = [codes(described, "/a", {"Content-Type": kind}, body, "POST") for kind, body in bad]
    assert said == [["A505"]] * len(bad)


@pytest.mark.parametrize(
    ("security", "good", "bad"),
    [
        ([{"k": []}], [{"X-Key": "g"}], [{}]),
        (
            [{"b": []}],
            [{"Authorization": "Bearer abc"}, {"Authorization": "bearer abc"}],
            [{"Authorization": "Basic a"}],
        ),
        ([{"ba": []}], [{"Authorization": "Basic YTpi"}], [{"Authorization": "Bearer x"}, {"Authorization": "Basic"}]),
        ([{"c": []}], [{"Cookie": "sid=1"}], [{"Cookie": "x=1"}]),
        ([{"o": []}], [{"Authorization": "Bearer x"}], [{}]),
        ([{"k": []}, {"b": []}], [{"X-Key": "g"}, {"Authorization": "Bearer x"}], [{}]),
        ([{"k": [], "b": []}], [{"X-Key": "g", "Authorization": "Bearer x"}], [{"X-Key": "g"}]),
        ([{"k": []}, {}], [{}], []),
        ([], [{}], []),
    ],
)
def test_credentials(security: Any, good: Sequence[Mapping[str, str]], bad: Sequence[Mapping[str, str]]) -> None:
    operation = {"responses": {}, "security": security}
    more = {"security": [{"k": []}], "components": {"securitySchemes": SCHEMES}}
    described = document({"/a": {"get": operation}}, **more)
    assert [codes(described, "/a", one) for one in good] == [[]] * len(good)
    assert [codes(described, "/a", one) for one in bad] == [["A506"]] * len(bad)


def test_a_key_in_the_query_is_known_and_demanded() -> None:
    operation = {"responses": {}, "security": [{"q": []}]}
    described = document({"/a": {"get": operation}}, components={"securitySchemes": SCHEMES})
    assert (codes(described, "/a?key=1"), codes(described, "/a")) == ([], ["A506"])


def test_concrete_paths_come_before_templates() -> None:
    number = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
    needed = {"name": "z", "in": "query", "required": True, "schema": TEXT}
    described = document(
        {
            "/a/{id}": {"parameters": [number], "get": {"operationId": "eines", "responses": {}}},
            "/a/meine": {"get": {"operationId": "meine", "responses": {}, "parameters": [needed]}},
            "/b/{id}.json": {"parameters": [number], "get": {"responses": {}}},
        }
    )
    assert [codes(described, f"/a/{one}") for one in ("meine?z=1", "meine", "5", "x")] == [[], ["A503"], [], ["A504"]]
    assert [codes(described, f"/b/{one}") for one in ("5.json", "x.json", "5")] == [[], ["A504"], ["A501"]]
    assert codes(described, "/a/5", method="DELETE") == ["A502"]


def test_lists_as_2_0_writes_them() -> None:
    def described(form: str) -> Document:
        one = {"name": "n", "in": "query", "type": "array", "items": NUMBER, "collectionFormat": form}
        paths = {"/a": {"get": {"responses": {}, "parameters": [one]}}}
        content = {"swagger": "2.0", "info": {"title": "M", "version": "1"}, "paths": paths}
        return bundled(json.dumps(content).encode(), "openapi.json", lambda _location, _base: None)

    for form, good, bad in (("csv", "1,2", "1,x"), ("multi", "1&n=2", "1&n=x"), ("pipes", "1|2", "1|x")):
        assert (codes(described(form), f"/a?n={good}"), codes(described(form), f"/a?n={bad}")) == ([], ["A504"])


def test_secrets_are_judged_and_not_shown() -> None:
    one = {"name": "X-Request-Token", "in": "header", "required": True, "schema": TEXT | {"pattern": "^geheim$"}}
    operation = {"responses": {}, "parameters": [one], "security": [{"b": []}]}
    described = document({"/a": {"get": operation}}, components={"securitySchemes": SCHEMES})
    judge = RequestJudge(described)
    with mocking(Play(described)) as recording:
        ask(recording.name, "GET", "/a", headers={"X-Request-Token": "geheim", "Authorization": "Bearer geheim"})
        ask(recording.name, "GET", "/a", headers={"X-Request-Token": "anders", "Authorization": "Basic geheim"})
    said = [[one.code for one in judge.judge(heard)] for heard in recording.heard]
    assert said == [[], ["A504", "A506"]]
    assert "geheim" not in str(recording)
