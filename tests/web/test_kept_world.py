"""All pages that are kept are, in the example world, those that would be computed."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from schnittstellen.web import kept
from tests.catalogue.test_kept import again, asked, shown
from tests.web.roles.people import known_names
from tests.web.roles.table import ROUTES


def _kept_routes() -> Iterator[str]:
    for address, _statuses in ROUTES.values():
        with suppress(Resolver404):
            if resolve(re.sub(r"\{\w+\}", "x", address).partition("?")[0]).url_name in kept.ROUTES:
                yield address


def test_each_route_that_is_kept_is_one() -> None:
    assert len(set(_kept_routes())) == len(kept.ROUTES)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_kept_pages_are_those_that_are_computed(world: None, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_seen", lambda: (1,))
    client, names, wrong = Client(), known_names(), {}
    for address in _kept_routes():
        readers = [Client(), client, again(client)]
        answers: list[HttpResponse] = []
        for reader in readers:
            reader.cookies["sprache"] = lang
            answers.append(asked(reader, address.format(**names))[0])
        told = [(one.status_code, one.headers, sorted(one.cookies), shown(one)) for one in answers]
        if not told[0] == told[1] == told[2]:
            wrong[address] = told
    assert wrong == {}
