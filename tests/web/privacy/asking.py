"""Every address that can be read by GET: those of the role table, and each question of interface and pages."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from tests.web.roles.table import ROUTES

API = "/api/v1"
PAGING = frozenset({"cursor", "limit", "example"})
"""Parameters that choose no municipality."""
NOTHING = "0"
"""For what this world has none of."""
PAGES = {
    "/programme": ("leistung", "art"),
    "/programme/{programme}": ("version",),
    "/programme/{programme}/partner": ("standard", "ergebnis"),
    "/vergleich": ("programm",),
    "/kommunen": ("kreis",),
    "/leistungen/{leistung}/kette": ("kommune",),
    "/beschaffen": ("programm", "kommune", "ersetzt"),
    "/beschaffen/ausschreibung": ("leistung", "kommune", "art", "mit"),
    "/suche": ("q", "art"),
    "/abweichungen": ("programm",),
}
"""Pages that ask something in their query."""
PLACES = frozenset({"municipality", "kommune"})
EXPORTS = ("katalog.json", "katalog.csv", "katalog.jsonld", "katalog.ttl")
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|DTSTAMP:\S+')


def answers(
    client: Client, names: Mapping[str, Any], asked: Mapping[str, str], about: tuple[str, ...]
) -> dict[str, bytes]:
    """By address that holds one of `about`: the status and what came back, without what differs at each time."""
    found = {}
    every = chain(_table(names), _pages(names, asked), _document(client, names, asked))
    for address in dict.fromkeys(one for one in every if any(word in one for word in about)):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        found[address] = b"%d %s" % (response.status_code, CHANGING.sub(b"", body))
    return found


def _table(names: Mapping[str, Any]) -> Iterator[str]:
    for address, _allowed in ROUTES.values():
        yield address.format_map(defaultdict(lambda: NOTHING, names))


def _pages(names: Mapping[str, Any], asked: Mapping[str, str]) -> Iterator[str]:
    for address, questions in PAGES.items():
        yield from (address.format(**names) + query for query in _queries(questions, asked))


def _document(client: Client, names: Mapping[str, Any], asked: Mapping[str, str]) -> Iterator[str]:
    document = json.loads(client.get(f"{API}/openapi.json").content)
    for path, item in document["paths"].items():
        parameters = item.get("get", {}).get("parameters", ())
        segments = {one["name"]: _segment(path, one["name"], names) for one in parameters if one["in"] == "path"}
        filters = [one["name"] for one in parameters if one["in"] == "query" and one["name"] not in PAGING]
        if "get" in item:
            yield from (f"{API}{path.format(**segments)}{query}" for query in _queries(filters, asked))


def _segment(path: str, name: str, names: Mapping[str, Any]) -> Any:
    """What a part of a path stands for; `id` is of the collection that it stands in."""
    return names.get(path.split("/")[1] if name == "id" else name, NOTHING)


def _queries(questions: Any, asked: Mapping[str, str]) -> Iterator[str]:
    """Each question alone, all together, and those that name a municipality with each other one."""
    pairs = [pair for pair in combinations(questions, 2) if PLACES & set(pair)]
    for chosen in dict.fromkeys([(), *((one,) for one in questions), *pairs, tuple(questions)]):
        query = urlencode({name: asked.get(name, NOTHING) for name in chosen})
        yield f"?{query}" if query else ""
