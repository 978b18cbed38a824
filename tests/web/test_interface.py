"""The page about the REST interface: every operation of the document, with examples that work."""

import html
import json
import re

import pytest
from django.test import Client

from schnittstellen.web.api.urls import document
from schnittstellen.web.pages.api_reference import groups

pytestmark = pytest.mark.django_db
NOT_IN_THE_WORLD = ("/reports/", "/evidence/", "/certificates/")


def test_every_operation_is_there_in_both_languages(client: Client) -> None:
    whole = json.loads(document())
    ids = [one["operationId"] for path in whole["paths"].values() for one in path.values()]
    for lang in ("de", "en"):
        client.cookies["sprache"] = lang
        page = client.get("/schnittstelle").content.decode()
        assert [one for one in ids if f'id="{one}"' not in page] == []
        assert "application/problem+json" in page
        assert "/api/v1/openapi.json" in page
    assert "<script" not in page
    assert " style=" not in page


def test_reading_examples_work_in_the_example_world(client: Client, world: None) -> None:
    wrong = {}
    for operations in groups(json.loads(document()), "").values():
        for one in operations:
            address = one.example.split()[-1].strip("'")
            if one.method != "GET" or one.token or address.startswith(NOT_IN_THE_WORLD):
                continue
            status = client.get(f"/api/v1{address}").status_code
            if status != 200:
                wrong[address] = status
    assert wrong == {}


def test_writing_examples_send_what_the_document_demands() -> None:
    found = {one.id: one for operations in groups(json.loads(document()), "").values() for one in operations}
    put = found["put_product"]
    assert put.token
    assert "If-Match" in put.example
    assert "--data" in put.example
    assert {"name", "kind"} <= {one.name for one in put.body if one.required}
    assert not found["search"].token


def test_a_schema_is_told_in_one_line() -> None:
    word = {"type": "string", "pattern": "^a<b$"}
    written = {
        "paths": {
            "/x/{id}": {
                "get": {
                    "operationId": "x",
                    "parameters": [
                        {"in": "path", "name": "id", "required": True, "schema": word},
                        {"in": "query", "name": "n", "schema": {"type": "integer", "minimum": 1, "maximum": 9}},
                        {"in": "query", "name": "k", "schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
                    ],
                    "responses": {"200": {}},
                    "security": [{}, {"Token": []}],
                }
            }
        },
        "components": {"schemas": {}},
    }
    (one,) = groups(written, "http://muster")[""]
    assert [field.kind for field in one.parameters] == ["string /^a<b$/", "integer ≥ 1 ≤ 9", "[a | b, …]"]
    assert one.example == "curl 'http://muster/x/{id}'"


def test_limits_and_scopes_are_those_that_hold(client: Client, settings: object) -> None:
    settings.RATE_LIMITS = {"token": 1200, "address": 0}  # type: ignore[attr-defined]
    text = html.unescape(re.sub(r"<[^>]+>", "", client.get("/schnittstelle").content.decode()))
    assert "1.200 Anfragen in 60 Sekunden" in text
    assert "keine Grenze" in text
    assert "schreibt die eigene Landschaft" in text
