"""`openapi.responses`: every safe operation of an OpenAPI document, called and judged."""

from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.checks.openapi import codes
from schnittstellen.checks.openapi.source import document_of, operations_as_requirements
from schnittstellen.checks.openapi.survey import Survey
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Note
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.folding import fold
from schnittstellen.engine.ports import Context, Observation


class Responses:
    """Judges status, headers, media type and content of the answers of an endpoint.

    Options: `document` (artefact path; default the standard's first OpenAPI document), `details` (objects fetched of
    each list, default 3), `pages` (pages followed of each list, default 20), `skip` (names of operations).
    """

    name = "openapi.responses"
    codes = codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Call and judge every GET operation."""
        if not isinstance(seen, Endpoint):
            raise CannotJudge(Finding(codes.NO_DOCUMENT.id, parameters={"path": seen.name, "reason": "endpoint"}))
        document = document_of(context, options, seen)
        for reference in document.unresolved:
            yield Note(f"unresolved {reference}", "not_tested")
        items = list(Survey(document, seen, options).run())
        yield from fold(item for item in items if isinstance(item, Finding))
        yield from (item for item in items if not isinstance(item, Finding))

    def rules(self, step: Step, context: Context) -> dict[str, Requirement]:
        """Each operation of the document is a requirement; those that write are not tested by this check."""
        return operations_as_requirements(document_of(context, step.options))
