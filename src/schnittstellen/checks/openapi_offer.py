"""`openapi.offer`: is the OpenAPI document of the endpoint public, valid, and the one that the standard asks for?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from schnittstellen.checks.openapi import codes, offer_codes
from schnittstellen.checks.openapi.answers import offered_content
from schnittstellen.checks.openapi.harvest import shape
from schnittstellen.checks.openapi.source import document_of
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Note, Place
from schnittstellen.domain.web_address import joined
from schnittstellen.engine.endpoint import Endpoint, Request
from schnittstellen.engine.folding import fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.formats.openapi import Document, OpenApiProblem, Operation, bundled

USUAL = (
    "openapi.json",
    "openapi.yaml",
    "openapi.yml",
    "swagger.json",
    "openapi",
    "api-docs",
    "v3/api-docs",
    "schema/openapi.yaml",
    "api/schema/",
    "docs/openapi.json",
)
"""Where products usually publish their document, relative to the base address."""

_SPELLED = re.compile(r"/_*(openapi|swagger|api|api-?docs|spec)_*(\.(json|ya?ml))\Z|/(__api__|openapi|swagger)\Z")
_VALIDATORS: dict[str, Any] = {
    "2.0": OpenAPIV2SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
_MOST = 20


class Offer:
    """Looks for the published document and compares it with the standard's.

    Options: `document` (artefact path of the standard's document), `published` (address, absolute or relative to the
    endpoint; default: the usual places), `same_version` (whether info.version must be the standard's; default true).
    """

    name = "openapi.offer"
    codes = offer_codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Find, validate and compare."""
        if not isinstance(seen, Endpoint):
            raise CannotJudge(Finding(codes.NO_DOCUMENT.id, parameters={"path": seen.name, "reason": "endpoint"}))
        wanted = document_of(context, options, seen)
        tried = [str(options["published"])] if "published" in options else [*USUAL, *_described(wanted)]
        found = _published(seen, tried)
        if found is None:
            yield Finding(offer_codes.NOT_PUBLIC.id, parameters={"tried": str(len(tried))})
            return
        address, offered = found
        yield Note("document", address)
        yield from fold(self._judged(wanted, offered, address, options))

    def _judged(
        self, wanted: Document, offered: Document, address: str, options: Mapping[str, Any]
    ) -> Iterator[Finding]:
        yield from _invalid(offered, address)
        expected, told = (str((one.content.get("info") or {}).get("version", "")) for one in (wanted, offered))
        if options.get("same_version", True) and expected != told:
            yield Finding(offer_codes.OTHER_VERSION.id, Place(url=address), {"found": told, "expected": expected})
        there = {(one.method, shape(one.path)): one for one in offered.operations()}
        for operation in wanted.operations():
            counterpart = there.get((operation.method, shape(operation.path)))
            if counterpart is None:
                parameters = {"operation": operation.name}
                yield Finding(offer_codes.MISSING.id, Place(url=address), parameters, rule=operation.name)
            else:
                yield from _answers(wanted, operation, offered, counterpart, address)


def _described(document: Document) -> list[str]:
    """Addresses that the standard itself provides for the document, by their names."""
    paths = [one.path for one in document.operations() if one.method == "get" and _SPELLED.search(one.path)]
    return [path.lstrip("/") for path in paths if path.lstrip("/") not in USUAL]


def _published(seen: Endpoint, places: list[str]) -> tuple[str, Document] | None:
    base = seen.url if seen.url.endswith("/") else seen.url + "/"
    for place in places:
        address = joined(base, place)
        headers = {"Accept": "application/json, application/yaml, */*;q=0.5"}
        call = seen.sender.send(Request("GET", address, headers, purpose="openapi.offer"))
        if call.response is not None and call.response.status == 200:
            try:
                return address, bundled(call.response.body, address, _nothing)
            except OpenApiProblem:
                continue
    return None


def _nothing(_location: str, _base: str) -> None:
    """No file but the document itself is fetched."""


def _invalid(offered: Document, address: str) -> Iterator[Finding]:
    validator = _VALIDATORS[offered.version](offered.without_dead_references())
    for _, error in zip(range(_MOST), validator.iter_errors(), strict=False):
        pointer = "".join(f"/{part}" for part in error.absolute_path) or "/"
        reason = str(getattr(error, "validator", None) or type(error).__name__)
        yield Finding(
            offer_codes.INVALID.id, Place(pointer=pointer, url=address), {"pointer": pointer, "reason": reason}
        )


def _answers(
    wanted: Document, operation: Operation, offered: Document, counterpart: Operation, address: str
) -> Iterator[Finding]:
    theirs = counterpart.spec.get("responses") or {}
    for status, answer in (operation.spec.get("responses") or {}).items():
        if status.startswith("2") and status in theirs:
            mine = _json_schema(wanted, operation, answer)
            their = _json_schema(offered, counterpart, theirs[status])
            if mine is not None and their is not None:
                covered = _covers(mine, their)
                if covered is not True:
                    code = offer_codes.NARROWER if covered is False else offer_codes.NOT_COMPARED
                    parameters = {"operation": operation.name, "status": status}
                    yield Finding(code.id, Place(url=address), parameters, rule=operation.name)


def _json_schema(document: Document, operation: Operation, answer: Any) -> dict[str, Any] | None:
    for name, one in offered_content(operation, document.known(answer) or {}, document).items():
        if "json" in name and one.get("schema") is not None:
            return document.json_schema(one["schema"])
    return None


def _covers(mine: Mapping[str, Any], their: Mapping[str, Any]) -> bool | None:
    try:
        first, second = (jsonschema_rs.canonicalize(dict(one), offline=True) for one in (mine, their))
        return {"yes": True, "no": False}.get(str(first.covers(second)).lower())
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None
