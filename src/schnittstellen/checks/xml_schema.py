"""`xml.schema`: does the message keep to the XML Schema of its standard?"""

from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.artefacts.schema_set import SchemaProblem
from schnittstellen.checks import reading
from schnittstellen.checks.xsd import codes
from schnittstellen.checks.xsd.compiled import compiled, finding_of
from schnittstellen.checks.xsd.validate import validate
from schnittstellen.domain.finding import CannotJudge, Finding, Item
from schnittstellen.domain.standard import ArtefactKind
from schnittstellen.engine.ports import Context, Observation


class Schema:
    """XML Schema 1.0 and 1.1.

    Option `schema`: artefact path of the schema, or a list of them that apply at once; by default what the standard
    names for the message.
    """

    name = "xml.schema"
    codes = (*codes.CODES, *reading.CODES)
    reads = frozenset({ArtefactKind.SCHEMA, ArtefactKind.OTHER})

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Validate; every fault of the message is found, not only the first."""
        payload = reading.payload_of(seen, self.name)
        _complete(context)
        schema = compiled(context.bundle, _paths(options, context))
        yield from validate(schema, payload)


def _complete(context: Context) -> None:
    """Raise where the standard says that this message cannot be judged without a schema that is missing."""
    schemas = {one.path for one in context.standard.artefacts if one.kind is ArtefactKind.SCHEMA}
    for one in context.standard.unresolved:
        if context.message is not None and one.referrer in schemas and context.message.id in one.needed_by:
            problem = SchemaProblem("unresolved", one.referrer, location=one.location, namespace=one.namespace)
            raise CannotJudge(finding_of(problem))


def _paths(options: Mapping[str, Any], context: Context) -> tuple[str, ...]:
    named = options.get("schema")
    if named is None:
        named = context.message.schemas if context.message else ()
    paths = (named,) if isinstance(named, str) else tuple(named)
    if not paths:
        raise CannotJudge(Finding(codes.NO_SCHEMA.id))
    return paths
