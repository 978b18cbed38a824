"""A KoSIT validator configuration as a standard: each scenario is a message, its acceptance a step of the suite."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.catalogue import Catalogue, File
from schnittstellen.artefacts.graph import Document, Graph
from schnittstellen.artefacts.group import clean_id, clean_version
from schnittstellen.artefacts.messages import Messages, clark
from schnittstellen.artefacts.pinning import Layout, Lead
from schnittstellen.artefacts.release import EDITION, ROLE, ROLES, SCHEMA, WELL_FORMED, Draft
from schnittstellen.artefacts.rules import Drawn, drawn
from schnittstellen.artefacts.scan.kind import SCENARIOS, Kind
from schnittstellen.artefacts.scan.scenarios import Configuration, Scenario, configuration, matched_roots
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.standard import Message, Requirement, Standard, StandardKind, Unresolved
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.verdict import Level

_RULES = Requirement("REGELN", N_("Die Nachricht hält die Schematron-Regeln ihres Szenarios ein."), "ISO/IEC 19757-3")
_ACCEPT = Requirement("ANNAHME", N_("Der KoSIT-Validator würde die Nachricht mit dieser Konfiguration annehmen."))

NO_SCENARIO = N_("sie enthält kein Szenario")
NEWER = N_("sie ist für die Version 2 des Prüfrahmens geschrieben")
NO_MATCH = N_("das Szenario {name} hat keine Bedingung (match)")
SEVERAL = N_("es gibt mehrere scenarios.xml: {paths}")
NOT_FOUND = N_("Das Szenario „{scenario}“ verweist auf {location}; diese Datei fehlt.")
ANY_ROOT = N_(
    "Das Szenario „{scenario}“ sagt nicht, wie das Wurzelelement heißt; es wird nur an seiner Bedingung erkannt."
)


@dataclass(slots=True)
class _Resources:
    """What the locations of one scenario lead to; `missing` are those that lead nowhere."""

    schemas: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    missing: list[str] = field(default_factory=list)


class Kosit:
    """Makes the draft of a standard from a scenarios.xml and its resources."""

    def __init__(self, catalogue: Catalogue, source: str) -> None:
        found = [file for file in catalogue.main() if file.kind is Kind.SCENARIOS]
        if len(found) > 1:
            raise _unusable(source, Line(SEVERAL, paths=", ".join(file.path for file in found)))
        self._catalogue = catalogue
        self._source = source
        self._graph = Graph(catalogue)
        self._file: File = found[0]
        assert self._file.root is not None
        if self._file.root.tag != f"{{{SCENARIOS}}}scenarios":
            raise _unusable(source, NEWER)
        self._configuration: Configuration = configuration(self._file.root)
        if not self._configuration.scenarios:
            raise _unusable(source, NO_SCENARIO)
        for one in self._configuration.scenarios:
            if not one.match:
                raise _unusable(source, Line(NO_MATCH, name=one.name))
        self._notices: list[Line] = []

    def draft(self, rename: Callable[[str, str, str], tuple[str, str, str]]) -> Draft:
        """The draft; `rename` changes id, version and title to what the user wants."""
        what = self._configuration
        title = what.name or self._source
        id, version, title = rename(clean_id(title) or "kosit", clean_version(what.date), title)
        documents = self._graph.closure(self._entries(what.scenarios))
        sources = drawn(self._catalogue, self._stylesheets())
        layout = Layout([self._file, *(one.file for one in documents), *sources.files])
        messages, unresolved = self._messages(layout)
        standard = Standard(
            id,
            version,
            title,
            StandardKind.XML,
            publisher=what.author,
            source=self._source,
            roles=ROLES,
            artefacts=layout.artefacts(self._leads(documents, sources)),
            messages=tuple(messages),
            requirements={one.id: one for one in (WELL_FORMED, SCHEMA, _RULES, _ACCEPT)},
            unresolved=tuple(dict.fromkeys([*unresolved, *self._dead(documents, sources, layout, messages)])),
        )
        return Draft(standard, self._suite(standard, layout), dict(layout.copies()), self._notices)

    def _entries(self, scenarios: tuple[Scenario, ...]) -> list[Document]:
        files = (self._found(location) for one in scenarios for location in one.schemas)
        return [Document(file, file.namespace) for file in files if file is not None and file.schema is not None]

    def _stylesheets(self) -> list[File]:
        what = self._configuration
        named = [location for one in what.scenarios for location in (*one.rules, *one.reports)]
        found = (self._found(location) for location in (*named, *what.other_reports))
        return list(dict.fromkeys(file for file in found if file is not None))

    def _found(self, location: str) -> File | None:
        """A resource lies beside scenarios.xml, or in the repository folder that the validator was started with."""
        return self._catalogue.other(self._file, location)

    def _messages(self, layout: Layout) -> tuple[list[Message], list[Unresolved]]:
        messages: list[Message] = []
        unresolved: list[Unresolved] = []
        taken: set[str] = set()
        for scenario in self._configuration.scenarios:
            resources = self._resources(scenario, layout)
            made = [self._message(scenario, root, resources, taken) for root in self._roots(scenario)]
            messages += made
            ids = tuple(one.id for one in made)
            for location in resources.missing:
                unresolved.append(Unresolved(location, layout.path(self._file), None, ids))
                self._notices.append(Line(NOT_FOUND, scenario=scenario.name, location=location))
        return messages, unresolved

    def _resources(self, scenario: Scenario, layout: Layout) -> _Resources:
        """Artefact paths; what is missing keeps its location, so that the check finds no such artefact and says so."""
        resources = _Resources()
        places: dict[str, str] = {}
        for location in (*scenario.schemas, *scenario.rules):
            file = self._found(location)
            places[location] = location if file is None else layout.path(file)
            if file is None:
                resources.missing.append(location)
        resources.missing += [location for location in scenario.reports if self._found(location) is None]
        resources.schemas = tuple(places[one] for one in scenario.schemas)
        resources.rules = tuple(places[one] for one in scenario.rules)
        return resources

    def _roots(self, scenario: Scenario) -> list[str]:
        """Root elements in Clark notation; "*" where neither the match nor the schemas tell."""
        asked = matched_roots(scenario)
        if asked and all(namespace is not None and local is not None for namespace, local in asked):
            return sorted(f"{{{namespace}}}{local}" if namespace else str(local) for namespace, local in asked)
        entries = self._entries((scenario,))
        declared = Messages(self._graph, entries).find() if entries else []
        fitting = [
            clark(one.element)
            for one in declared
            if not asked or any(_fits(one.element.namespace, one.element.name, wanted) for wanted in asked)
        ]
        if not fitting:
            self._notices.append(Line(ANY_ROOT, scenario=scenario.name))
        return fitting or ["*"]

    def _message(self, scenario: Scenario, root: str, resources: _Resources, taken: set[str]) -> Message:
        plain = clean_id(scenario.name) or "szenario"
        local = root.rpartition("}")[2]
        id = next(one for one in _names(plain, local) if one not in taken)
        taken.add(id)
        namespaces = {prefix: uri for prefix, uri in scenario.namespaces.items() if prefix}
        return Message(id, root, resources.schemas, resources.rules, (scenario.match,), namespaces, title=scenario.name)

    def _leads(self, documents: list[Document], sources: Drawn) -> Iterator[Lead]:
        for document in documents:
            for link in self._graph.links(document):
                if link.target is not None:
                    namespace = link.reference.namespace if link.reference.kind == "import" else None
                    yield Lead(document.file, link.reference.location, namespace, link.target.file)
        for referrer, location, target in sources.leads:
            yield Lead(referrer, location, None, target)
        for one in self._configuration.scenarios:
            for location in (*one.schemas, *one.rules, *one.reports):
                file = self._found(location)
                if file is not None:
                    yield Lead(self._file, location, None, file)

    def _dead(
        self, documents: list[Document], sources: Drawn, layout: Layout, messages: list[Message]
    ) -> Iterator[Unresolved]:
        """References inside the resources that lead nowhere, with every message that uses them."""
        by_path = {layout.path(one.file): one for one in documents}
        for link in self._graph.unresolved(documents):
            needed = tuple(one.id for one in messages if self._uses(one, link.referrer, by_path))
            location = link.reference.location
            yield Unresolved(location, layout.path(link.referrer), link.reference.namespace, needed)
        for file, location in sources.dead:
            path = layout.path(file)
            yield Unresolved(location, path, None, tuple(one.id for one in messages if path in one.schematron))

    def _uses(self, message: Message, file: File, by_path: dict[str, Document]) -> bool:
        entries = [by_path[path] for path in message.schemas if path in by_path]
        return any(one.file is file for one in self._graph.closure(entries))

    def _suite(self, standard: Standard, layout: Layout) -> Suite:
        """Where acceptMatch decides, broken rules are told but do not weigh; else KoSIT rejects for any of them."""
        lenient = {one.name for one in self._configuration.scenarios if one.accept}
        strict = tuple(one.id for one in standard.messages if one.title not in lenient)
        soft = tuple(one.id for one in standard.messages if one.title in lenient)
        steps = [
            Step("wohlgeformt", "xml.wellformed", requirements=(WELL_FORMED.id,)),
            Step("schema", "xml.schema", requirements=(SCHEMA.id,), needs=("wohlgeformt",)),
        ]
        if strict:
            only = strict if soft else ()
            steps.append(Step("regeln", "xml.schematron", Level.MUST, (_RULES.id,), only, needs=("wohlgeformt",)))
        if soft:
            only = soft if strict else ()
            step = Step("hinweise", "xml.schematron", Level.SHOULD, (_RULES.id,), only, needs=("wohlgeformt",))
            steps.append(step)
        options = {"scenarios": layout.path(self._file)}
        steps.append(Step("annahme", "kosit.accept", requirements=(_ACCEPT.id,), options=options, needs=("schema",)))
        return Suite(standard.id, standard.version, ROLE, EDITION, tuple(steps), title=standard.title)


def _fits(namespace: str | None, local: str, wanted: tuple[str | None, str | None]) -> bool:
    return wanted[0] in (None, namespace or "") and wanted[1] in (None, local)


def _names(plain: str, local: str) -> Iterator[str]:
    yield plain
    if local != "*":
        yield f"{plain}-{local}"
    yield from (f"{plain}-{number}" for number in range(2, 10_000))


def _unusable(source: str, reason: str) -> SchnittstellenError:
    return SchnittstellenError(faults.BAD_SCENARIOS, source=source, reason=reason)
