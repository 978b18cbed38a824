"""`openapi.offer`: the published document is public, valid, and the one that the standard asks for."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.openapi_offer import Offer
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.standard import Standard, StandardKind
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.ports import Context
from schnittstellen.formats.openapi import bundled
from tests.openapi.miniature import document
from tests.openapi.senders import PlainSender


@contextmanager
def publishing(pages: Mapping[str, bytes]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep quiet."""

        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def judged(folder: Path, pages: Mapping[str, bytes], **options: Any) -> list[Finding]:
    standard = Standard("musteramt", "1.0.0", "Musteramt", StandardKind.OPENAPI)
    wanted = bundled(json.dumps(document()).encode(), "s.json", lambda _location, _base: None)
    with publishing(pages) as base:
        endpoint = Endpoint(name="offer", url=base, sender=PlainSender())
        endpoint.memo["openapi:s.json"] = wanted
        items = Offer().run(endpoint, {"document": "s.json", **options}, Context(standard, Bundle(standard, folder)))
        return [one for one in items if isinstance(one, Finding)]


def codes(folder: Path, content: Mapping[str, Any], path: str = "/openapi.json", **options: Any) -> list[str]:
    return [one.code for one in judged(folder, {path: json.dumps(content).encode()}, **options)]


def changed() -> tuple[dict[str, Any], dict[str, Any]]:
    """A copy of the document, and the schema of its main object inside the copy."""
    content = deepcopy(document())
    return content, content["components"]["schemas"]["Permit"]


@pytest.mark.parametrize("path", ["/openapi.json", "/openapi", "/v3/api-docs"])
def test_the_document_of_the_standard_passes_wherever_it_is_usual(tmp_path: Path, path: str) -> None:
    assert codes(tmp_path, document(), path) == []


def test_a_named_place_is_the_only_one_asked(tmp_path: Path) -> None:
    assert codes(tmp_path, document(), "/own/doc", published="own/doc") == []
    assert codes(tmp_path, document(), "/openapi.json", published="own/doc") == ["A401"]


@pytest.mark.parametrize("pages", [{}, {"/openapi.json": b"<html>"}, {"/openapi.json": b'{"title": "no"}'}])
def test_no_document_is_told(tmp_path: Path, pages: Mapping[str, bytes]) -> None:
    assert [one.code for one in judged(tmp_path, pages)] == ["A401"]


def test_an_invalid_document_is_told_with_its_place(tmp_path: Path) -> None:
    content = deepcopy(document())
    del content["info"]["title"]
    (finding,) = judged(tmp_path, {"/openapi.json": json.dumps(content).encode()})
    assert (finding.code, finding.parameters["pointer"]) == ("A402", "/info")


def test_references_elsewhere_are_neither_fetched_nor_a_crash(tmp_path: Path) -> None:
    content, _ = changed()
    content["components"]["schemas"]["Other"] = {"$ref": "http://127.0.0.1:9/elsewhere.json"}
    assert codes(tmp_path, content) == []


def test_another_version_is_told_unless_it_does_not_matter(tmp_path: Path) -> None:
    content, _ = changed()
    content["info"]["version"] = "2.10"
    assert codes(tmp_path, content) == ["A403"]
    assert codes(tmp_path, content, same_version=False) == []


def test_a_missing_operation_is_told_and_names_of_parameters_do_not_matter(tmp_path: Path) -> None:
    content, _ = changed()
    detail = next(path for path in content["paths"] if "{" in path)
    item = content["paths"].pop(detail)
    assert codes(tmp_path, content) == ["A404"] * len([one for one in item if one in ("get", "post", "delete")])
    renamed = json.loads(json.dumps(item).replace('"permitId"', '"id"'))
    content["paths"][detail.replace("permitId", "id")] = renamed
    assert codes(tmp_path, content) == []


def test_an_answer_that_may_be_more_than_the_standard_allows_is_told(tmp_path: Path) -> None:
    content, permit = changed()
    permit["required"] = []
    assert {"A405"} <= set(codes(tmp_path, content)) <= {"A405", "A406"}


def test_an_answer_that_promises_more_than_the_standard_passes(tmp_path: Path) -> None:
    content, permit = changed()
    permit["required"] = sorted({*permit["required"], *permit["properties"]})
    assert codes(tmp_path, content) == []


def test_what_cannot_be_compared_is_never_a_pass(tmp_path: Path) -> None:
    content, permit = changed()
    permit.clear()
    permit["$ref"] = "#/components/schemas/Nowhere"
    assert "A406" in codes(tmp_path, content)
