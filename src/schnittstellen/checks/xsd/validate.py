"""Validating one message: libxml2 first; what it cannot or must not judge goes to xmlschema."""

from collections.abc import Iterator

from lxml import etree

from schnittstellen.checks.reading import tree_of
from schnittstellen.checks.xsd import libxml2, streaming
from schnittstellen.checks.xsd.compiled import Compiled
from schnittstellen.checks.xsd.explain import Explanation
from schnittstellen.checks.xsd.giving_up import XMLSCHEMA, failed
from schnittstellen.checks.xsd.places import Places
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Note
from schnittstellen.engine.ports import Payload


def validate(schema: Compiled, payload: Payload) -> Iterator[Item]:
    """Findings of a payload. Raises `CannotJudge`."""
    if payload.large:
        yield from streaming.validate(schema, payload)
        return
    tree = tree_of(payload)
    _known_throughout(schema, tree)
    if schema.quick is None:
        from schnittstellen.checks.xsd import by_xmlschema

        yield Note("validator", XMLSCHEMA)
        yield from by_xmlschema.findings(schema, tree)
        return
    yield Note("validator", libxml2.VERSION)
    yield from _quick(schema, schema.quick, tree)


def _quick(schema: Compiled, quick: etree.XMLSchema, tree: etree._ElementTree) -> Iterator[Finding]:
    try:
        accepted = quick.validate(tree)
    except etree.XMLSchemaValidateError:
        yield from _tamed(schema.tame, tree)
        return
    if not accepted:
        yield from Explanation(schema, quick, tree).findings()
    elif schema.watch.tags:
        yield from schema.watch.findings(tree, Places(tree.getroot(), schema.prefixes))


def _tamed(schema: Compiled, tree: etree._ElementTree) -> Iterator[Finding]:
    """libxml2 gave up, most likely over a pattern: without patterns, and those matched by us."""
    if schema.quick is None:
        raise failed("internal error", libxml2.VERSION)
    try:
        accepted = schema.quick.validate(tree)
    except etree.XMLSchemaValidateError:
        raise failed("internal error", libxml2.VERSION) from None
    if accepted:
        yield from schema.watch.findings(tree, Places(tree.getroot(), schema.prefixes))
    else:
        yield from Explanation(schema, schema.quick, tree).findings()


def _known_throughout(schema: Compiled, tree: etree._ElementTree) -> None:
    """An import that leads nowhere matters only to messages that use its namespace."""
    for namespace in schema.unknown:
        if next(tree.iter(f"{{{namespace or ''}}}*"), None) is not None:
            raise CannotJudge(schema.unresolved(namespace))
