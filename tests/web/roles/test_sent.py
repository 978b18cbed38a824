"""Sending: nobody sends to a page what he may not open, and every writing operation of REST names who may call it."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from ninja.openapi import get_schema

from schnittstellen.catalogue.services import access
from schnittstellen.web.api.api import api
from tests.web.roles.people import client_of, known_names
from tests.web.roles.table import ROLES, ROUTES
from tests.web.roles.tokens import BEARERS, HIDDEN, OPERATIONS

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE")
REFUSED = (302, 400, 401, 403, 404, 405, 413, 422, 428)


def _written(call: Callable[[], Any]) -> tuple[Any, list[str]]:
    """The answer, and what it cost the database in writing, sessions aside."""
    with CaptureQueriesContext(connection) as asked:
        answer = call()
    sqls = (one["sql"] for one in asked.captured_queries)
    return answer, [sql for sql in sqls if sql.lstrip().startswith(WRITES) and "django_session" not in sql]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_open_a_page_sends_nothing_to_it(world: None, role: str) -> None:
    client, names, at = client_of(role), known_names(), ROLES.index(role)
    wrong = {}
    for route, (address, allowed) in ROUTES.items():
        answer, written = _written(partial(client.post, address.format(**names), headers={"accept": "text/html"}))
        if allowed[at] in (302, 403, 404) and (answer.status_code not in REFUSED or written):
            wrong[route] = f"{role} may not open it, and gets {answer.status_code}; written: {written[:1]}"
        elif answer.status_code >= 500 or (role == "visitor" and written):
            wrong[route] = f"{role} gets {answer.status_code}; written: {written[:1]}"
    assert wrong == {}


def _operations() -> dict[str, tuple[str, str]]:
    """Every operation that is not reading: its method and path."""
    paths = get_schema(api, path_prefix="")["paths"]
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if method in {"post", "put", "patch", "delete"}
    }


def test_every_writing_operation_has_a_line() -> None:
    assert sorted(_operations()) == sorted(OPERATIONS), "add to or remove from tests/web/roles/tokens.py"


def _bearer(name: str) -> str:
    acts_for, scopes, ends = BEARERS[name]
    names = known_names()
    return access.create(name, acts_for.format(**names), scopes, date.fromisoformat(ends) if ends else None)


@pytest.mark.parametrize("name", [None, *BEARERS])
def test_only_the_tokens_of_the_table_write(world: None, client: Client, name: str | None) -> None:
    names = known_names()
    headers = {} if name is None else {"Authorization": f"Bearer {_bearer(name)}"}
    wrong = {}
    for operation, (method, path) in _operations().items():
        allowed, ids, body = OPERATIONS[operation]
        address = "/api/v1" + path.format(**{key: value.format(**names) for key, value in ids.items()})
        data = "" if body is None else _filled(body, names)
        answer, written = _written(
            partial(client.generic, method, address, data, content_type="application/json", headers=headers)
        )
        expected = (401,) if name is None or BEARERS[name][2] else HIDDEN.get(operation, (403,))
        if name in allowed:
            if answer.status_code in (401, 403, 405) or answer.status_code >= 500:
                wrong[operation] = f"{name} may, and gets {answer.status_code}: {answer.content[:200]!r}"
        elif answer.status_code not in expected or written:
            wrong[operation] = f"{name} may not, and gets {answer.status_code}; written: {written[:1]}"
    assert wrong == {}


def _filled(body: Any, names: dict[str, Any]) -> str:
    """The body as JSON; `$name` in its texts is the one of the example world."""
    text = json.dumps(body)
    for name, value in sorted(names.items(), key=lambda it: -len(it[0])):
        text = text.replace(f"${name}", str(value))
    return text


def _texts(operation: str) -> list[str]:
    """The members of an operation's body that are texts and are not judged byte by byte elsewhere."""
    known = get_schema(api, path_prefix="")
    asked = next(
        one for path in known["paths"].values() for one in path.values() if one.get("operationId") == operation
    )
    schema = asked.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    described = known["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
    members = described.get("properties", {}).items()
    return [name for name, one in members if one.get("type") == "string" and name not in ("report", "envelope")]


@pytest.mark.parametrize("operation", [name for name, (_, _, body) in OPERATIONS.items() if body])
def test_no_text_that_is_written_holds_signs_that_databases_refuse(world: None, client: Client, operation: str) -> None:
    names = known_names()
    allowed, ids, body = OPERATIONS[operation]
    method, path = _operations()[operation]
    address = "/api/v1" + path.format(**{key: value.format(**names) for key, value in ids.items()})
    headers = {"Authorization": f"Bearer {_bearer(allowed[0])}", "If-None-Match": "*"}
    texts = _texts(operation)
    for name in texts:
        sent = {**json.loads(_filled(body, names)), name: "Muster\0"}
        answer = client.generic(method, address, json.dumps(sent), content_type="application/json", headers=headers)
        assert answer.status_code == 422, (name, answer.content)
        assert f"#/{name}" in [one["pointer"] for one in answer.json()["errors"]]
    assert texts or operation == "patch_municipality" or operation.startswith("put_")
