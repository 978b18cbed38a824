"""A schema made ready once for a process: what libxml2 compiled, and what must be asked of xmlschema instead."""

from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from schnittstellen.artefacts import schemas as loading
from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.artefacts.schema_set import UMBRELLA, SchemaProblem, SchemaSet
from schnittstellen.checks.xsd import codes
from schnittstellen.checks.xsd.components import Components
from schnittstellen.checks.xsd.relaxed import relaxed, without_patterns
from schnittstellen.checks.xsd.watch import Watch
from schnittstellen.domain.finding import CannotJudge, Finding, Place

if TYPE_CHECKING:
    import xmlschema

_MOST = 64
_kept: dict[tuple[object, ...], "Compiled | SchemaProblem"] = {}


class Compiled:
    """`quick` is the schema for libxml2, or None where libxml2 must not judge by it. Raises `SchemaProblem`."""

    def __init__(self, schemas: SchemaSet, *, tame: bool = False) -> None:
        loading.complete(schemas)
        self._is_tame = tame
        self.schemas = schemas
        self.version = loading.needed_version(schemas)
        self.unknown = frozenset(one.namespace for one in schemas.unresolved)
        self.quick = self._quick()

    def _quick(self) -> etree.XMLSchema | None:
        if self.version == "1.1":
            self._usable()
            return None
        try:
            return loading.quick(without_patterns(self.schemas) if self._is_tame else self.schemas)
        except SchemaProblem:
            self._usable()
            return None

    def _usable(self) -> None:
        """Raise where xmlschema cannot use the schema either; for want of an import, where there is one."""
        try:
            self.exact  # noqa: B018
        except SchemaProblem:
            for namespace in self.unknown:
                raise loading.unresolved(self.schemas, namespace) from None
            raise

    def unresolved(self, namespace: str | None) -> Finding:
        """What is said of messages that use a namespace whose import leads nowhere."""
        return finding_of(loading.unresolved(self.schemas, namespace))

    @cached_property
    def exact(self) -> "xmlschema.XMLSchemaBase":
        """The schema for xmlschema; half a second or more to make. Raises `SchemaProblem`.

        Patterns are left out: xmlschema misreads some, and values can be made that keep it busy for years.
        """
        return loading.exact(without_patterns(self.schemas), self.version)

    @cached_property
    def tamed_watch(self) -> Watch:
        """What is looked at beside a validator that does not see the patterns."""
        return Watch(Components(self.schemas, every_pattern=True))

    @cached_property
    def watch(self) -> Watch:
        """What is looked at behind libxml2."""
        return self.tamed_watch if self._is_tame else Watch(Components(self.schemas))

    @cached_property
    def tame(self) -> "Compiled":
        """The same schema for messages over whose patterns libxml2 gives up: all patterns are matched here."""
        return Compiled(self.schemas, tame=True)

    @cached_property
    def relaxed(self) -> etree.XMLSchema | None:
        """The schema without its content models, where libxml2 takes it."""
        return None if self._is_tame else relaxed(self.schemas)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that the schema documents themselves give to namespaces."""
        found: dict[str, str] = {}
        for tree in self.schemas.trees.values():
            for prefix, uri in tree.nsmap.items():
                if prefix and uri != UMBRELLA:
                    found.setdefault(str(uri), prefix)
        return found


def compiled(bundle: Bundle, paths: tuple[str, ...]) -> Compiled:
    """The schema of `paths`, made once for each bundle and process. Raises `CannotJudge`."""
    key = (str(bundle.folder), bundle.digest, paths)
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= _MOST:
            _kept.pop(next(iter(_kept)))
        found = _kept[key] = _compile(bundle, paths)
    if isinstance(found, SchemaProblem):
        raise CannotJudge(finding_of(found))
    return found


def finding_of(problem: SchemaProblem) -> Finding:
    """Why a schema cannot be used."""
    place = Place(problem.line)
    if problem.reason == "unresolved":
        named = {"location": problem.location or "—", "namespace": problem.namespace or "—"}
        return Finding(codes.UNRESOLVED.id, place, {"path": problem.path, **named})
    if problem.reason == "invalid":
        return Finding(codes.INVALID_SCHEMA.id, place, {"path": problem.path, "detail": problem.detail[:300]})
    return Finding(codes.SCHEMA_UNAVAILABLE.id, place, {"path": problem.path, "reason": problem.reason})


def _compile(bundle: Bundle, paths: tuple[str, ...]) -> Compiled | SchemaProblem:
    try:
        return Compiled(loading.gather(bundle, paths))
    except SchemaProblem as problem:
        return problem
