"""Without permission to write only reading leaves the machine, whichever check asks, whatever the tool does."""

import json

import pytest

from schnittstellen.artefacts.bundle import is_remote
from schnittstellen.checks.openapi.schemathesis_run import Settings, cases
from schnittstellen.checks.openapi.survey import Survey
from schnittstellen.checks.openapi_client import RequestJudge
from schnittstellen.checks.openapi_probe import probed
from schnittstellen.domain.finding import Finding
from schnittstellen.engine.endpoint import Endpoint, Request
from schnittstellen.engine.proxy import BLOCKED, proxied
from schnittstellen.engine.recording import Heard, alike
from schnittstellen.formats.openapi import Document, bundled
from tests.evil_servers.raw import Talk, raw_server
from tests.http.making import gateway
from tests.http.test_proxy import asked

READING = {b"GET", b"HEAD", b"OPTIONS"}


def answer(talk: Talk) -> None:
    while talk.request():
        talk.answer(b"{}", "Content-Type: application/json")


def writing(**more: object) -> Document:
    """A document with an operation for each method, and what `more` says beside."""
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    answers = {"responses": {"200": {"description": "ok"}}}
    methods = {"post": {"requestBody": body}, "put": {"requestBody": body}, "patch": {"requestBody": body}}
    item = {method: {**methods.get(method, {}), **answers} for method in ("get", "post", "put", "patch", "delete")}
    content = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": item}, **more}
    return bundled(json.dumps(content).encode(), "a.json", lambda _location, _base: None)


@pytest.mark.parametrize("may_write", [False, True])
def test_only_with_permission_other_methods_reach_the_target(may_write: bool) -> None:
    with raw_server(answer) as server:
        sender = gateway(server.base, may_write=may_write)
        endpoint = Endpoint(name="e", url=server.base, sender=sender, may_write=may_write)
        list(Survey(writing(), endpoint, {}).run())
        list(probed(writing(), endpoint, {"fuzz": 1}))
        methods = {request.split(b" ")[0] for request in server.requests}
    assert b"GET" in methods
    assert (methods <= READING) is not may_write


def test_a_tool_that_disobeys_is_stopped_by_the_gateway() -> None:
    """schemathesis is told here to send everything; the gateway alone has to refuse."""
    settings = Settings(seed=1, methods=("GET", "POST", "PUT", "PATCH", "DELETE"))
    with raw_server(answer) as server, proxied(gateway(server.base), server.base, "tool") as address:
        seen = list(cases(writing().content, address, server.base, settings))
        methods = {request.split(b" ")[0] for request in server.requests}
    refused = {one.call.request.method for one in seen if one.call.response and one.call.response.status == BLOCKED}
    assert {"POST", "PUT", "PATCH", "DELETE"} <= refused
    assert methods <= READING


def test_a_reference_to_another_host_is_never_fetched_by_the_tool() -> None:
    with raw_server(answer) as elsewhere, raw_server(answer) as server:
        reference = {"$ref": f"{elsewhere.base}/part.json"}
        document = writing(components={"schemas": {"Far": reference}})
        document.content["paths"]["/x"]["get"]["parameters"] = [reference]
        document.content["paths"]["/x"]["get"]["responses"]["200"] = reference
        endpoint = Endpoint(name="e", url=server.base, sender=gateway(server.base))
        found = list(probed(document, endpoint, {})) + list(Survey(document, endpoint, {}).run())
        assert elsewhere.requests == []
    assert "A124" in {getattr(one, "code", "") for one in found}
    assert "A901" not in {getattr(one, "code", "") for one in found}


@pytest.mark.parametrize("path", ["/x", "/", "/falsch/x"])
def test_the_proxy_serves_nobody_without_its_token(path: str) -> None:
    with raw_server(answer) as server, proxied(gateway(server.base), server.base, "tool") as address:
        bare = address.rsplit("/", 1)[0]
        status, headers, _ = asked(bare, "GET", path)
        near, _, _ = asked(f"{address}x", "GET", path)
        assert (status, near, headers["X-Schnittstellen-Problem"]) == (BLOCKED, BLOCKED, "token")
        assert server.requests == []
        assert asked(address, "GET", path)[0] == 200


def test_servers_of_a_path_do_not_hide_an_unknown_address() -> None:
    document = writing()
    document.content["paths"]["/x"]["servers"] = [{"url": "https://anders.example/v2"}]
    judge = RequestJudge(document)
    assert [one.code for one in judge.judge(Heard(1, Request("GET", "/nirgends"), 404))] == ["A501"]
    assert [one.code for one in judge.judge(Heard(1, Request("GET", "/x"), 200))] == []


def test_a_parameter_with_the_name_of_a_secret_can_be_repeated() -> None:
    document = writing()
    schema = {"type": "string", "enum": ["weiter"]}
    document.content["paths"]["/x"]["get"]["parameters"] = [{"name": "token", "in": "query", "schema": schema}]
    with raw_server(answer) as server, proxied(gateway(server.base), server.base, "tool") as address:
        urls = [one.call.request.url for one in cases(document.content, address, server.base, Settings(1, ("GET",)))]
    assert f"{server.base}/x?token=weiter" in urls
    assert not any("Filtered" in url for url in urls)


ODD = ("http://[::1", "//[x]y/", "http://a:b", "https://\u2100.example/")


def linking(*links: str) -> bytes:
    return json.dumps({"items": [{"id": str(number), "self": one} for number, one in enumerate(links)]}).encode()


def listing() -> Document:
    answers = {"200": {"description": "ok", "content": {"application/json": {"schema": {}}}}}
    item = [{"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}}]
    paths = {
        "/things": {"get": {"responses": answers}},
        "/items/{thing}": {"get": {"parameters": item, "responses": answers}},
    }
    content = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    return bundled(json.dumps(content).encode(), "a.json", lambda _location, _base: None)


@pytest.mark.parametrize("odd", ODD)
def test_links_that_are_no_addresses_are_findings_of_the_target(odd: str) -> None:
    def linked(talk: Talk) -> None:
        while talk.request():
            body = json.dumps({**json.loads(linking(odd, "/items/7")), "next": odd}).encode()
            talk.answer(body, "Content-Type: application/json")

    with raw_server(linked) as server:
        endpoint = Endpoint(name="e", url=server.base, sender=gateway(server.base))
        found = list(Survey(listing(), endpoint, {}).run())
        asked_for = [request.split(b" ")[1] for request in server.requests]
    assert "A118" in {one.code for one in found if isinstance(one, Finding)}
    assert b"/items/7" in asked_for


@pytest.mark.parametrize("odd", ODD)
def test_requests_for_what_is_no_address_are_findings_of_the_client(odd: str) -> None:
    heard = Heard(1, Request("GET", odd + "/things"), 404)
    assert [one.code for one in RequestJudge(listing()).judge(heard)] in (["A501"], [])
    assert alike(odd) == alike(odd)


@pytest.mark.parametrize("odd", ODD)
def test_references_that_are_no_addresses_are_missing_files(odd: str) -> None:
    content = {"openapi": "3.0.3", "paths": {"/x": {"$ref": odd}}}
    assert bundled(json.dumps(content).encode(), "a.json", lambda _location, _base: None).unresolved == [odd]
    assert not is_remote("//[x")
