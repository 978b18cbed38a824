"""Judging one answer of 100 KB against an OpenAPI document: answers a second, beside the bare validator and json.loads.

python -m benchmarks.answers [--kilobytes N] [--rounds N]
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import jsonschema_rs

from schnittstellen.checks.openapi.answers import AnswerJudge
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.formats.openapi import bundled

ITEM: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name", "created", "amount"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string", "maxLength": 100},
        "created": {"type": "string", "format": "date-time"},
        "amount": {"type": "number", "minimum": 0},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
LIST = {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": ITEM}}}
ANSWERS = {"200": {"description": "ok", "content": {"application/json": {"schema": LIST}}}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Muster", "version": "1"},
    "paths": {"/list": {"get": {"operationId": "getList", "responses": ANSWERS}}},
}


def answer(kilobytes: int) -> bytes:
    """A valid list of that size."""
    one = {
        "id": "6f1c7b0e-2f5e-4a53-8f0c-1d2b3c4d5e6f",
        "name": "Musterstraße 1",
        "created": "2026-01-02T10:00:00+01:00",
        "amount": 12.5,
        "tags": ["a", "b"],
    }
    number = kilobytes * 1024 // len(json.dumps(one))
    return json.dumps({"data": [one] * number}).encode()


def rate(work: Callable[[], object], rounds: int) -> float:
    """Median of how often a second."""
    figures = []
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(50):
            work()
        figures.append(50 / (time.perf_counter() - started))
    return statistics.median(figures)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kilobytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    body = answer(arguments.kilobytes)
    document = bundled(json.dumps(DOCUMENT).encode(), "openapi.json", lambda _location, _base: None)
    operation = next(iter(document.operations()))
    judge = AnswerJudge(document)
    call = Call(1, Request("GET", "/list"), Response(200, (("Content-Type", "application/json"),), body, 0.0))
    assert not list(judge.judge(operation, call))
    bare = jsonschema_rs.Draft202012Validator(LIST, validate_formats=True)
    ways: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(body),
        "json.loads, jsonschema-rs": lambda: bare.is_valid(json.loads(body)),
        "schnittstellen, whole answer": lambda: list(judge.judge(operation, call)),
    }
    rates = {name: rate(work, arguments.rounds) for name, work in ways.items()}
    base = rates["json.loads, jsonschema-rs"]
    sys.stdout.write("| way | answers a second | against bare |\n|---|--:|--:|\n")
    for name, figure in rates.items():
        sys.stdout.write(f"| {name} | {figure:,.0f} | {figure / base:.2f} |\n")


if __name__ == "__main__":
    main()
