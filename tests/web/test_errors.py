"""Whatever goes wrong is a page in our look that says what to do next, in both languages."""

import io
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from schnittstellen.i18n import using
from schnittstellen.web.pages.views import errors, home
from tests.web.after.making import person

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


def _raising(error: Exception) -> Callable[..., HttpResponse]:
    def view(*_arguments: Any, **_named: Any) -> HttpResponse:
        raise error

    return view


def _broken(client: Client, monkeypatch: Patch, error: Exception) -> Any:
    monkeypatch.setattr(home.Product.objects, "filter", _raising(error))
    client.raise_request_exception = False
    return client.get("/")


def bad_request(client: Client, _patch: Patch) -> Any:
    return client.get("/suche?q=%00")


def forbidden(client: Client, _patch: Patch) -> Any:
    inside = person("fremd", role="board")
    inside.cookies.update(client.cookies)
    return inside.get("/mein/betrieb/aenderungen")


def forged(client: Client, _patch: Patch) -> Any:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(client.cookies)
    return strict.post("/sprache", {"sprache": "en"})


def not_found(client: Client, _patch: Patch) -> Any:
    return client.get("/gibt/es/nicht")


def not_allowed(client: Client, _patch: Patch) -> Any:
    return client.post("/programme")


def too_large(client: Client, _patch: Patch) -> Any:
    return client.post("/sprache", {"weiter": "x" * (11 * 1024 * 1024)})


def too_large_a_file(client: Client, _patch: Patch) -> Any:
    return client.post("/sprache", {"datei": io.BytesIO(b"x" * (11 * 1024 * 1024))})


def too_many(client: Client, _patch: Patch) -> Any:
    with using(client.cookies["sprache"].value):
        return errors.too_many(client.get("/suche").wsgi_request)


def unexpected(client: Client, monkeypatch: Patch) -> Any:
    return _broken(client, monkeypatch, RuntimeError("geheim 4711"))


def no_database(client: Client, monkeypatch: Patch) -> Any:
    return _broken(client, monkeypatch, OperationalError("geheim 4711"))


CASES = {
    bad_request: (400, "nicht verständlich", "cannot be understood"),
    forbidden: (403, "ist nur für den Betrieb des Katalogs", "is only for the operators of the catalogue"),
    forged: (403, "Dieses Formular gilt nicht mehr", "This form is no longer valid"),
    not_found: (404, "Diese Seite gibt es nicht", "There is no such page"),
    not_allowed: (405, "nicht aufrufen", "cannot be called"),
    too_large: (413, "zu viel auf einmal", "too much at once"),
    too_large_a_file: (413, "zu viel auf einmal", "too much at once"),
    too_many: (429, "zu viele Versuche", "Too many attempts"),
    unexpected: (500, "ein Fehler unterlaufen", "made a mistake"),
    no_database: (503, "gerade nicht erreichbar", "cannot be reached"),
}


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_error_is_a_page_that_says_what_to_do(
    case: Callable[[Client, Patch], Any], lang: str, monkeypatch: Patch
) -> None:
    client = Client()
    client.cookies["sprache"] = lang
    status, german, english = CASES[case]
    answer = case(client, monkeypatch)
    text = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{lang}"' in text
    assert (german if lang == "de" else english) in text
    assert len(re.findall("<h1", text)) == 1
    assert 'href="/"' in text
    assert 'role="search"' in text
    assert "geheim 4711" not in text


def test_what_to_do_comes_for_programs_too(client: Client, monkeypatch: Patch) -> None:
    refused = not_allowed(client, monkeypatch)
    assert refused["Allow"] == "GET, HEAD"
    assert refused["Content-Security-Policy"].startswith("default-src 'none'")
    assert no_database(client, monkeypatch)["Retry-After"] == "120"
    assert errors.too_many(client.get("/suche").wsgi_request)["Retry-After"] == "900"


def test_an_error_leaves_its_trace_where_the_server_runs(client: Client, monkeypatch: Patch) -> None:
    (handler,) = logging.getLogger("django").handlers
    assert isinstance(handler, logging.StreamHandler)
    monkeypatch.setattr(handler, "stream", written := io.StringIO())
    _broken(client, monkeypatch, ZeroDivisionError("once"))
    client.get("/gibt-es-nicht")
    assert "ZeroDivisionError: once" in written.getvalue()
    assert "gibt-es-nicht" not in written.getvalue()


def test_an_error_before_the_database_needs_none(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert b"</html>" in errors.bare(500).content


def test_the_interface_for_programs_keeps_its_problems(client: Client) -> None:
    answer = client.post("/api/v1/products")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
