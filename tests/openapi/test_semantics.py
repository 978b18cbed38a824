"""What the words of an OpenAPI document mean for an answer: each with answers that keep to it and that do not."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from schnittstellen.checks.openapi.answers import AnswerJudge
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.formats.openapi import Document, bundled, read

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
THING = {"type": "object", "required": ["a"], "properties": {"a": NUMBER}}
HIDDEN = {"type": "string", "writeOnly": True}
DOG = {"type": "object", "required": ["art", "bellt"], "properties": {"art": TEXT, "bellt": {"type": "boolean"}}}
CAT = {"type": "object", "required": ["art", "miaut"], "properties": {"art": TEXT, "miaut": {"type": "boolean"}}}
PARTS = {"Verborgen": HIDDEN, "Basis": {"properties": {"pw": HIDDEN}}, "Hund": DOG, "Katze": CAT, "S": TEXT}
TO = "#/components/schemas/"
ANIMAL = {
    "oneOf": [{"$ref": f"{TO}Hund"}, {"$ref": f"{TO}Katze"}],
    "discriminator": {"propertyName": "art", "mapping": {"h": f"{TO}Hund", "k": "Katze"}},
}
JSON = "application/json"


def document(answer: Mapping[str, Any], version: str = "3.0.3", **more: Any) -> Document:
    operation = {"operationId": "lies", "responses": {"200": {"description": "gut", **answer}}}
    content = {"openapi": version, "info": {"title": "Muster", "version": "1"}, "paths": {"/a": {"get": operation}}}
    content |= {"components": {"schemas": PARTS}} | more
    return bundled(json.dumps(content).encode(), "openapi.json", lambda _location, _base: None)


def codes(described: Document, body: bytes, headers: Mapping[str, str]) -> list[str]:
    (operation,) = described.operations()
    call = Call(1, Request("GET", "/a"), Response(200, tuple(headers.items()), body, 0))
    return [one.code for one in AnswerJudge(described).judge(operation, call)]


def judged(schema: Any, value: Any, version: str = "3.0.3") -> list[str]:
    content = {"content": {JSON: {"schema": schema}}}
    return codes(document(content, version), json.dumps(value).encode(), {"Content-Type": JSON})


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (NUMBER | {"format": "int32"}, [2**31 - 1, -(2**31)], [2**31, -(2**31) - 1]),
        (NUMBER | {"format": "int64"}, [2**63 - 1, -(2**63)], [2**63, 10**30]),
        (TEXT | {"format": "int64"}, ["9223372036854775808"], [1]),
        (TEXT | {"format": "byte"}, ["YWI=", ""], ["%%%", "YWI"]),
        (TEXT | {"format": "byte", "pattern": "^Y"}, ["YWI="], ["WWI=", "YWI"]),
        (TEXT | {"format": "date-time"}, ["2026-01-01T00:00:00Z"], ["2026-01-01T00:00:00", "2026-02-30T00:00:00Z"]),
        (
            {"type": "object", "required": ["id", "pw"], "properties": {"id": NUMBER, "pw": HIDDEN}},
            [{"id": 1}],
            [{"pw": "x"}],
        ),
        (
            {"type": "object", "required": ["id", "pw"], "properties": {"pw": {"$ref": f"{TO}Verborgen"}}},
            [{"id": 1}],
            [{}],
        ),
        ({"allOf": [{"properties": {"pw": HIDDEN}}, {"required": ["pw", "id"]}]}, [{"id": 1}], [{}]),
        ({"allOf": [{"$ref": f"{TO}Basis"}], "required": ["pw", "id"]}, [{"id": 1}], [{}]),
    ],
)
def test_schemas(version: str, schema: Any, good: list[Any], bad: list[Any]) -> None:
    assert [judged(schema, one, version) for one in good] == [[]] * len(good)
    assert [judged(schema, one, version) for one in bad] == [["A105"]] * len(bad)


def test_what_stands_beside_a_reference_counts_from_3_1_on() -> None:
    schema = {"$ref": f"{TO}Basis", "required": ["pw", "id"]}
    assert judged(schema, {}) == []
    assert (judged(schema, {"id": 1}, "3.1.0"), judged(schema, {}, "3.1.0")) == ([], ["A105"])


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_discriminator_that_chooses_another_schema_is_a_hint(version: str) -> None:
    assert judged(ANIMAL, {"art": "h", "bellt": True}, version) == []
    assert judged(ANIMAL, {"art": "Katze", "miaut": True}, version) == [], "the name of the schema holds too"
    assert judged(ANIMAL, {"art": "h", "miaut": True}, version) == ["A129"]
    assert judged(ANIMAL, {"art": "x", "bellt": True}, version) == ["A129"]
    assert judged(ANIMAL, {"art": "h"}, version) == ["A105"]


def test_a_schema_that_only_refers_to_itself_says_nothing() -> None:
    content = {"content": {JSON: {"schema": {"$ref": f"{TO}A"}}}}
    described = document(content, components={"schemas": {"A": {"$ref": f"{TO}A"}}})
    assert codes(described, b"1", {"Content-Type": JSON}) == ["A124"]


@pytest.mark.parametrize(
    ("reference", "good", "bad"),
    [("#zahl", [], ["A105"]), ("#fehlt", ["A124"], ["A124"]), ("#", ["A124"], ["A124"])],
)
def test_references_that_are_no_pointers(reference: str, good: list[str], bad: list[str]) -> None:
    content = {"content": {JSON: {"schema": {"properties": {"a": {"$ref": reference}}}}}}
    described = document(content, "3.1.0", components={"schemas": {"Z": NUMBER | {"$anchor": "zahl"}}})
    said = [codes(described, body, {"Content-Type": JSON}) for body in (b'{"a":1}', b'{"a":"x"}')]
    assert said == [good, bad]


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (NUMBER, ["5", "-1"], ["x", "1.5", ""]),
        ({"type": "boolean"}, ["true", "false"], ["True", "1"]),
        ({"type": "array", "items": NUMBER}, ["1,2", "1", "1, 2"], ["1,x", "[1]"]),
        ({"type": "array", "items": TEXT}, ["a", "a, b"], []),
        ({"type": "array", "items": TEXT, "maxItems": 1}, ["a"], ["a,b"]),
        ({"type": "object", "properties": {"a": NUMBER}}, ["a,1"], ["a,x"]),
        (TEXT, ["123", "a,b"], []),
        (TEXT | {"enum": ["1", "2"]}, ["1"], ["3"]),
        (TEXT | {"format": "date-time"}, ["2026-01-01T00:00:00Z"], ["gestern"]),
    ],
)
def test_headers(schema: Any, good: list[str], bad: list[str]) -> None:
    described = document({"headers": {"X-Wert": {"schema": schema}}})
    assert [codes(described, b"", {"x-wert": one}) for one in good] == [[]] * len(good)
    assert [codes(described, b"", {"x-wert": one}) for one in bad] == [["A107"]] * len(bad)


def test_a_header_that_carries_json() -> None:
    described = document({"headers": {"X-Wert": {"content": {JSON: {"schema": THING}}}}})
    said = [codes(described, b"", {"X-Wert": one}) for one in ('{"a":1}', '{"a":"x"}', "{")]
    assert said == [[], ["A107"], ["A107"]]


@pytest.mark.parametrize(
    ("offered", "declared", "expected"),
    [
        ([JSON], "application/json; charset=utf-8", []),
        (["application/json; charset=utf-8"], JSON, []),
        (["application/*"], JSON, []),
        ([JSON], "Application/JSON", []),
        ([JSON], "application/hal+json", ["A102"]),
        (["text/plain", "*/*"], JSON, []),
        (["text/json"], "text/json", []),
    ],
)
def test_media_types(offered: list[str], declared: str, expected: list[str]) -> None:
    described = document({"content": {one: {"schema": THING} for one in offered}})
    assert codes(described, b'{"a":1}', {"Content-Type": declared}) == expected
    assert codes(described, b'{"a":"x"}', {"Content-Type": declared}) == expected or ["A105"]


def test_the_most_specific_description_of_a_media_type_counts() -> None:
    one, two = ("application/vnd.muster+json;version=1", THING), ("application/vnd.muster+json;version=2", NUMBER)
    described = document({"content": {name: {"schema": schema} for name, schema in (one, two, ("*/*", TEXT))}})
    first, second = ({"Content-Type": f"application/vnd.muster+json; version={version}"} for version in "12")
    assert (codes(described, b'{"a":1}', first), codes(described, b"1", second)) == ([], [])
    assert (codes(described, b"1", first), codes(described, b'{"a":1}', second)) == (["A105"], ["A105"])


@pytest.mark.parametrize(
    ("media_type", "schema", "good", "bad", "code"),
    [
        ("text/plain", TEXT | {"enum": ["a"]}, b"a", b"b", "A105"),
        ("text/plain", NUMBER, b"12", b"zwei", "A105"),
        ("application/xml", THING, b"<a/>", b"<a>", "A130"),
        ("application/gml+xml", {}, b"<a/>", b"<!DOCTYPE a><a/>", "A130"),
        ("application/octet-stream", TEXT | {"format": "binary"}, b"\x00\xff", None, ""),
    ],
)
def test_content_that_is_no_json(media_type: str, schema: Any, good: bytes, bad: bytes | None, code: str) -> None:
    described = document({"content": {media_type: {"schema": schema}}})
    assert codes(described, good, {"Content-Type": media_type}) == []
    assert bad is None or codes(described, bad, {"Content-Type": media_type}) == [code]


def test_what_a_whole_document_of_2_0_produces() -> None:
    operation = {"operationId": "lies", "responses": {"200": {"description": "gut", "schema": THING}}}
    content = {"swagger": "2.0", "info": {"title": "M", "version": "1"}, "produces": ["application/xml"]}
    data = json.dumps(content | {"paths": {"/a": {"get": operation}}}).encode()
    described = bundled(data, "openapi.json", lambda _location, _base: None)
    assert codes(described, b'{"a":1}', {"Content-Type": JSON}) == ["A102"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[NO, no, on, off, yes, y, DE]", ["NO", "no", "on", "off", "yes", "y", "DE"]),
        ("[true, False, TRUE]", [True, False, True]),
        ("[12:30, 1_000, 2026-01-01, 2026-01-01T00:00:00Z]", ["12:30", "1_000", "2026-01-01", "2026-01-01T00:00:00Z"]),
        ("[010, 0o10, 0x10, -5, +5]", [10, 8, 16, -5, 5]),
        ("[1e3, 1.5, .5, 1., '1.10']", [1000.0, 1.5, 0.5, 1.0, "1.10"]),
        ("[null, ~, '', nul]", [None, None, "", "nul"]),
        ("{on: 1, no: 2, 200: 3}", {"on": 1, "no": 2, "200": 3}),
        ("{a: &x {b: 1}, c: {<<: *x, d: 2}}", {"a": {"b": 1}, "c": {"b": 1, "d": 2}}),
    ],
)
def test_yaml_is_read_as_yaml_1_2(written: str, meant: Any) -> None:
    assert read(f"x: {written}".encode())["x"] == meant
