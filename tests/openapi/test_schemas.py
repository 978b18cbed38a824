"""Schemas of OpenAPI 3.1 with identifiers of their own, and the known answers of the JSON Schema test suite."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.checks.openapi.answers import AnswerJudge
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.formats.openapi import Document, bundled
from tests.corpus import corpus

THING = "#/components/schemas/Thing"
REMOTE = {"refRemote.json", "optional/cross-draft.json"}
OWN_VOCABULARY = {"vocabulary.json", "optional/format-assertion.json"}
SEVERAL_ANCHORS = {
    "dynamicRef.json",
    "optional/dynamicRef.json",
    "unevaluatedItems.json",
    "unevaluatedProperties.json",
}


def described(schemas: dict[str, Any], **more: Any) -> Document:
    answer = {"description": "t", "content": {"application/json": {"schema": {"$ref": THING}}}}
    content = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/t": {"get": {"operationId": "t", "responses": {"200": answer}}}},
        "components": {"schemas": schemas},
        **more,
    }
    return bundled(json.dumps(content).encode(), "a", lambda _location, _base: None)


def said(document: Document, content: Any) -> bool | None:
    """Whether an answer keeps to the schema; None where that was not judged."""
    answer = Response(200, (("Content-Type", "application/json"),), json.dumps(content).encode(), 0.0)
    judge = AnswerJudge(document)
    found = {one.code for one in judge.judge(next(document.operations()), Call(1, Request("GET", "/t"), answer))}
    assert found <= {"A105", "A124"}
    return None if "A124" in found else not found


@pytest.mark.parametrize(
    ("schemas", "good", "bad"),
    [
        (
            {"Thing": {"$ref": "https://muster.example/n"}, "N": {"$id": "https://muster.example/n", "type": "null"}},
            None,
            1,
        ),
        ({"Thing": {"$ref": "n"}, "N": {"$id": "/n", "type": "null"}}, None, 1),
        (
            {"Thing": {"$id": "t", "$ref": "#/$defs/n", "$defs": {"n": {"type": "null"}}}, "x": {"type": "integer"}},
            None,
            1,
        ),
        ({"Thing": {"$id": "t", "$ref": "#n", "$defs": {"m": {"$anchor": "n", "type": "null"}}}}, None, 1),
        ({"Thing": {"$id": "t", "$ref": "#/components/schemas/N"}, "N": {"type": "null"}}, None, 1),
        (
            {"Thing": {"$id": "t", "properties": {"t": {"$ref": "#"}}, "type": "object"}},
            {"t": {"t": {}}},
            {"t": {"t": 1}},
        ),
        ({"Thing": {"$dynamicRef": "#n"}, "N": {"$dynamicAnchor": "n", "type": "null"}}, None, 1),
        (
            {"Thing": {"$id": "a/t", "anyOf": [{"$ref": "n"}]}, "N": {"$id": "a/n", "type": "null"}, "M": {"$id": "n"}},
            None,
            1,
        ),
        (
            {
                "Thing": {"$ref": "urn:muster:n#x"},
                "N": {"$id": "urn:muster:n", "not": {"$anchor": "x", "type": "null"}},
            },
            None,
            1,
        ),
        ({"Thing": {"properties": {"$id": {"type": "null"}}}}, {"$id": None}, {"$id": 1}),
    ],
)
def test_references_start_from_the_identifier_of_a_schema(schemas: dict[str, Any], good: Any, bad: Any) -> None:
    document = described(schemas)
    assert document.unresolved == []
    assert said(document, good) is True
    assert said(document, bad) is False


@pytest.mark.parametrize(
    "schemas",
    [
        {"Thing": {"$ref": "n"}},
        {"Thing": {"$ref": "http://[n"}},
        {"Thing": {"$id": "http://[t", "$ref": "n"}},
        {"Thing": {"$id": "t", "$ref": "#n"}, "N": {"$anchor": "n"}},
        {"Thing": {"$ref": "n"}, "N": {"$id": "n"}, "M": {"$id": "n", "type": "null"}},
        {"Thing": {"$ref": "#n"}, "N": {"$anchor": "n"}, "M": {"$anchor": "n", "type": "null"}},
        {"Thing": {"$ref": "n"}, "N": {"enum": [{"$id": "n"}]}},
        {
            "Thing": {"$id": "t", "$ref": "list", "$defs": {"n": {"$dynamicAnchor": "n", "type": "null"}}},
            "List": {"$id": "list", "items": {"$dynamicRef": "#n"}, "$defs": {"n": {"$dynamicAnchor": "n"}}},
        },
    ],
)
def test_what_no_identifier_or_more_than_one_names_is_not_judged(schemas: dict[str, Any]) -> None:
    assert said(described(schemas), [1]) is None


@pytest.mark.parametrize(
    ("dialect", "schema", "judged"),
    [
        ("https://spec.openapis.org/oas/3.1/dialect/base", {"prefixItems": [{"type": "null"}]}, True),
        ("https://json-schema.org/draft/2020-12/schema#", {"prefixItems": [{"type": "null"}]}, True),
        ("http://json-schema.org/draft-07/schema#", {"type": "array", "items": {"type": "null"}}, True),
        ("http://json-schema.org/draft-07/schema#", {"items": [{"type": "null"}]}, False),
        ("http://json-schema.org/draft-07/schema#", {"not": {"dependencies": {"a": ["b"]}}}, False),
        ("http://json-schema.org/draft-07/schema#", {"items": {"$ref": THING, "type": "null"}}, False),
        ("https://json-schema.org/draft/2019-09/schema", {"prefixItems": [{"type": "null"}]}, False),
        ("http://json-schema.org/draft-04/schema#", {"items": {"type": "null"}}, False),
        ("https://muster.example/dialekt", {"items": {"type": "null"}}, False),
    ],
)
def test_schemas_of_other_dialects_are_judged_only_where_they_mean_the_same(
    dialect: str, schema: dict[str, Any], judged: bool
) -> None:
    for document in (
        described({"Thing": schema}, jsonSchemaDialect=dialect),
        described({"Thing": {"$schema": dialect, **schema}}),
        described({"Thing": {"$ref": "#/components/schemas/N"}, "N": {"$schema": dialect, "allOf": [schema]}}),
    ):
        assert said(document, [1]) is (False if judged else None)
    own = described({"Thing": {"$schema": "https://json-schema.org/draft/2020-12/schema"}}, jsonSchemaDialect=dialect)
    assert said(own, [1]) is True


def test_a_file_beside_the_document_may_have_an_identifier() -> None:
    part = {"$id": "https://muster.example/ding.json", "$ref": "#/$defs/n", "$defs": {"n": {"$ref": "andere.json"}}}
    files = {"ding.json": json.dumps(part).encode(), "andere.json": b'{"type": "null"}'}
    content = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {"S": {"$ref": "ding.json"}}},
    }
    document = bundled(
        json.dumps(content).encode(), "a", lambda name, _base: (name, files[name]) if name in files else None
    )
    assert document.unresolved == []
    document.content["paths"] = described({}).content["paths"]
    document.content["components"]["schemas"]["Thing"] = {"$ref": "#/components/schemas/S"}
    assert said(document, None) is True
    assert said(document, 1) is False


def moved(value: Any) -> Any:
    """A schema of the suite as a component: references from its root lead to where it stands now."""
    if isinstance(value, list):
        return [moved(one) for one in value]
    if not isinstance(value, dict) or "$id" in value:
        return value
    return {key: _placed(key, one) for key, one in value.items()}


def _placed(key: str, value: Any) -> Any:
    if key in ("$ref", "$dynamicRef") and isinstance(value, str) and (value == "#" or value.startswith("#/")):
        return THING + value[1:]
    return value if key in ("const", "enum") else moved(value)


def suite_files() -> Iterator[Path]:
    folder = corpus("jsonschema-2020-12")
    yield from sorted([*folder.glob("*.json"), *folder.glob("optional/**/*.json")])


def test_the_known_answers_of_the_json_schema_suite() -> None:
    """No answer is wrong; not judged is only what lies elsewhere, what has a vocabulary of its own, what moves."""
    wrong, open_ = [], set()
    for file in suite_files():
        name = file.relative_to(corpus("jsonschema-2020-12")).as_posix()
        for group in json.loads(file.read_text(encoding="utf-8")):
            document = described({"Thing": moved(group["schema"])})
            for case in group["tests"]:
                got = said(document, case["data"])
                if got is None:
                    open_.add(name)
                elif got is not case["valid"]:
                    wrong.append((name, group["description"], case["description"]))
    assert open_ == REMOTE | OWN_VOCABULARY | SEVERAL_ANCHORS | {"defs.json", "ref.json"}
    assert {name for name, *_ in wrong} == {"format.json"}, "formats are demanded here, the suite only annotates"
    assert len(wrong) == 19
