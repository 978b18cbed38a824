"""OpenAPI documents: read, bundled, their schemas as JSON Schema; real municipal ones too."""

import json
from typing import Any

import jsonschema_rs
import pytest

from schnittstellen.formats.openapi import OpenApiProblem, bundled, read
from tests.corpus import corpus


def validator(schema: Any, version: str = "3.0.3", *, reading: bool = True) -> jsonschema_rs.Draft202012Validator:
    content = {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {"S": schema, "Text": {"type": "string"}}},
    }
    document = bundled(json.dumps(content).encode(), "a", lambda _location, _base: None)
    return jsonschema_rs.Draft202012Validator(document.json_schema({"$ref": "#/components/schemas/S"}, reading=reading))


@pytest.mark.parametrize(
    ("version", "schema", "good", "bad"),
    [
        ("3.0.3", {"type": "string", "nullable": True}, None, 1),
        ("3.0.3", {"type": "string", "enum": ["a"], "nullable": True}, None, "b"),
        ("3.0.3", {"allOf": [{"$ref": "#/components/schemas/Text"}], "nullable": True}, None, 1),
        ("3.0.3", {"type": "string"}, "x", None),
        ("3.0.3", {"type": "integer", "minimum": 1, "exclusiveMinimum": True}, 2, 1),
        ("3.0.3", {"type": "integer", "maximum": 3, "exclusiveMaximum": False}, 3, 4),
        ("3.0.3", {"$ref": "#/components/schemas/Text", "maxLength": 1}, "long", 1),
        ("3.1.0", {"$ref": "#/components/schemas/Text", "maxLength": 1}, "a", "long"),
        ("3.1.0", {"type": ["string", "null"]}, None, 1),
        ("3.1.0", {"type": "integer", "exclusiveMinimum": 1}, 2, 1),
        ("3.0.3", {"properties": {"a": {"$ref": "#/components/schemas/Text"}}}, {"a": "x"}, {"a": 1}),
        ("3.0.3", {"additionalProperties": {"type": "string", "nullable": True}}, {"a": None}, {"a": 1}),
    ],
)
def test_a_schema_means_what_its_version_says(version: str, schema: Any, good: Any, bad: Any) -> None:
    judge = validator(schema, version)
    assert judge.is_valid(good)
    assert not judge.is_valid(bad)


def test_write_only_is_required_of_requests_and_not_of_answers() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "writeOnly": True}}}
    assert validator(schema).is_valid({})
    assert not validator(schema, reading=False).is_valid({})


def test_outside_references_are_pulled_in_and_lost_ones_are_named() -> None:
    files = {"common.yaml": b"Id:\n  type: object\n  properties:\n    next: {$ref: '#/Id'}\n    n: {type: integer}\n"}
    content = b"""
openapi: 3.0.3
info: {title: t, version: 2.10}
paths: {}
components:
  schemas:
    A: {$ref: 'common.yaml#/Id'}
    B: {$ref: 'gone.yaml#/X'}
"""
    document = bundled(content, "a.yaml", lambda name, _base: (name, files[name]) if name in files else None)
    assert document.unresolved == ["gone.yaml#/X"]
    judge = jsonschema_rs.Draft202012Validator(document.json_schema({"$ref": "#/components/schemas/A"}))
    assert judge.is_valid({"next": {"next": {"n": 1}}})
    assert not judge.is_valid({"next": {"next": {"n": "1"}}})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_openapi"),
        (b"[]", "not_openapi"),
        (b"{", "syntax"),
        (b"a: [", "syntax"),
        (b"\xff\xfe\x00", "syntax"),
        (b'{"info": {}}', "not_openapi"),
        (b'{"openapi": "4.0.0"}', "version"),
        (b"a: &a [x]\nb: [" + b"*a," * 20_000 + b"]", "aliases"),
    ],
)
def test_what_is_no_openapi_document_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(OpenApiProblem) as problem:
        bundled(data, "a", lambda _location, _base: None)
    assert problem.value.reason == reason


def test_dates_in_yaml_stay_text() -> None:
    assert read(b"openapi: 3.0.3\nd: 2026-01-01\n200: x")["d"] == "2026-01-01"
    assert "200" in read(b"200: x")


@pytest.mark.parametrize("name", ["objects", "objecttypes", "zrc-1.0", "zrc-1.1"])
def test_real_documents_compile(name: str) -> None:
    data = (corpus("openapi") / name / "openapi.yaml").read_bytes()
    document = bundled(data, name, lambda _location, _base: None)
    assert document.unresolved == []
    operations = list(document.operations())
    assert len(operations) > 10
    for operation in operations:
        for answer in (operation.spec.get("responses") or {}).values():
            for media in (document.deref(answer).get("content") or {}).values():
                jsonschema_rs.Draft202012Validator(document.json_schema(media["schema"]), validate_formats=True)
