"""The OpenAPI document of a standard, bundled from its pinned artefacts."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.artefacts.bundle import ArtefactProblem, Bundle
from schnittstellen.checks.openapi import codes
from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.domain.standard import ArtefactKind, Requirement
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.formats.openapi import Document, OpenApiProblem, bundled


def document_of(context: Context, options: Mapping[str, Any], seen: Observation | None = None) -> Document:
    """The document named by the option `document`, or the standard's first one. Raises `CannotJudge`."""
    path = str(options.get("document") or _first(context))
    memo = seen.memo if seen is not None else {}
    key = f"openapi:{path}"
    if key not in memo:
        memo[key] = _read(context.bundle, path)
    document: Document = memo[key]
    return document


def operations_as_requirements(document: Document) -> dict[str, Requirement]:
    """Each operation of a document as a requirement of its own."""
    return {
        one.name: Requirement(one.name, text=str(one.spec.get("summary") or f"{one.method.upper()} {one.path}"))
        for one in document.operations()
    }


def _read(bundle: Bundle, path: str) -> Document:
    def fetch(location: str, base: str) -> tuple[str, bytes] | None:
        found = bundle.resolve(location, base)
        return None if found is None else (found, bundle.read(found))

    try:
        return bundled(bundle.read(path), path, fetch)
    except (ArtefactProblem, OpenApiProblem) as problem:
        parameters = {"path": path, "reason": problem.reason}
        raise CannotJudge(Finding(codes.NO_DOCUMENT.id, parameters=parameters)) from None


def _first(context: Context) -> str:
    for artefact in context.bundle.artefacts():
        if artefact.kind is ArtefactKind.OPENAPI:
            return artefact.path
    raise CannotJudge(Finding(codes.NO_DOCUMENT.id, parameters={"path": "-", "reason": "missing"}))
