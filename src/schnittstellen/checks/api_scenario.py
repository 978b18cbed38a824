"""api.scenario: calls that build on each other, described in an Arazzo document of the suite."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from schnittstellen.artefacts.bundle import ArtefactProblem
from schnittstellen.checks.hypermedia.reach_codes import NO_ANSWER, NOT_FINISHED, NOTHING_SEEN
from schnittstellen.checks.scenario import codes
from schnittstellen.checks.scenario.document import ScenarioProblem, read_workflows
from schnittstellen.checks.scenario.expressions import ExpressionError
from schnittstellen.checks.scenario.runner import Runner
from schnittstellen.domain.finding import CannotJudge, Code, Finding, Item, Note
from schnittstellen.domain.standard import ArtefactKind
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.folding import fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.formats.openapi import OpenApiProblem, bundled


class Scenario:
    """Options: `arazzo`, the document's file beside suite.toml; `inputs`, values for its inputs.

    Always given as inputs: `url` (the address that the user named), `base` (the same without a trailing slash, query
    and fragment) and `missing` (an address below it that nothing can stand at).
    """

    name = "api.scenario"
    codes: tuple[Code, ...] = (*codes.CODES, NO_ANSWER, NOT_FINISHED, NOTHING_SEEN)

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        """Run all workflows of the document. Raises `CannotJudge` where it cannot be run."""
        if not isinstance(seen, Endpoint):
            raise TypeError("api.scenario judges endpoints")
        runner = Runner(seen, {**standing_inputs(seen), **options.get("inputs", {})})
        try:
            if context.suite_folder is None:
                raise ScenarioProblem("suite folder")
            workflows = read_workflows(context.suite_folder / options["arazzo"], _operations(context))
            found = [finding for workflow in workflows for finding in runner.run(workflow)]
        except (ScenarioProblem, ExpressionError) as problem:
            fields = {"path": str(options["arazzo"]), "problem": str(problem)}
            raise CannotJudge(Finding(codes.DOCUMENT.id, parameters=fields)) from problem
        yield from fold(found)
        yield Note("requests", str(runner.requests))
        if seen.seed:
            yield Note("seed", str(seen.seed))


def standing_inputs(seen: Endpoint) -> dict[str, str]:
    """The inputs that every document may use."""
    parts = urlsplit(seen.url)
    base = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return {"url": seen.url, "base": base, "missing": f"{base}/schnittstellen-gibt-es-nicht-{seen.seed:08x}"}


def _operations(context: Context) -> dict[str, tuple[str, str]]:
    """Method and path of every operation of the standard's OpenAPI documents, by operationId."""
    found: dict[str, tuple[str, str]] = {}
    for artefact in context.bundle.artefacts():
        if artefact.kind is ArtefactKind.OPENAPI:
            try:
                document = bundled(context.bundle.read(artefact.path), artefact.path, _nothing_outside)
            except (ArtefactProblem, OpenApiProblem):
                continue
            found |= {one.name: (one.method.upper(), one.path) for one in document.operations()}
    return found


def _nothing_outside(_location: str, _base: str) -> None:
    return None
