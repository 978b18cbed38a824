"""A release of XML Schemas (XÖV or other) as a standard with its first suite."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from schnittstellen.artefacts.catalogue import W3C, W3C_PACKAGE, Catalogue, File
from schnittstellen.artefacts.graph import Document, Graph, Link
from schnittstellen.artefacts.group import Group
from schnittstellen.artefacts.lists import Lists, lists_for
from schnittstellen.artefacts.messages import Found, Messages
from schnittstellen.artefacts.pinning import Layout, Lead
from schnittstellen.artefacts.rules import Drawn, broken_rules, drawn, rules_for
from schnittstellen.artefacts.scan.kind import Kind
from schnittstellen.domain.standard import Message, Requirement, Role, Standard, StandardKind, Unresolved
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.verdict import Level

ROLE = "nachricht"
ROLES = (Role(ROLE, N_("Wer Nachrichten dieses Standards sendet oder empfängt"), sends=("*",), receives=("*",)),)
EDITION = "1.0.0"

WELL_FORMED = Requirement("XML", N_("Die Nachricht ist wohlgeformtes XML."), "XML 1.0")
SCHEMA = Requirement("SCHEMA", N_("Die Nachricht ist gültig nach dem XML-Schema des Standards."), "XML Schema 1.0/1.1")
_RULES = Requirement("REGELN", N_("Die Nachricht hält die Schematron-Regeln des Standards ein."), "ISO/IEC 19757-3")
_LISTS = Requirement(
    "CODELISTEN", N_("Jeder Code steht in der genannten Version seiner Codeliste."), "XÖV-Handbuch", Level.SHOULD
)


@dataclass(slots=True)
class Draft:
    """A standard before it is written: what it says, the files to copy by path, and notices for people."""

    standard: Standard
    suite: Suite | None
    copies: dict[str, bytes]
    notices: list[Line] = field(default_factory=list)
    missing_lists: tuple[str, ...] = ()


OTHER_RULES = N_("Die Regeln {path} gehören zu einem anderen Namensraum und werden nicht verwendet.")
W3C_USED = N_(
    "Für {namespace} wird das Schema verwendet, das das Paket {package} mitliefert; die Quelle enthält keines."
)
BROKEN_LIST = N_("Die Codeliste {path} ist nicht lesbar ({reason}).")
BROKEN_RULES = N_(
    "Die Regeln {path} sind kein wohlgeformtes XML; Nachrichten, für die sie gelten, können nicht vollständig geprüft "
    "werden."
)
BROKEN_FILE = N_("Die Datei {path} ist kein wohlgeformtes XML und wird nicht verwendet.")
NO_MESSAGES = N_("Der Standard enthält keine Nachrichten (Baukasten); es entsteht keine Suite.")
DEAD_RULE_REFERENCE = N_("Die Regeln {path} verweisen auf {location}; diese Datei fehlt.")


class Release:
    """Makes the draft of one standard from one group of schema documents."""

    def __init__(self, graph: Graph, group: Group, source: str) -> None:
        self._catalogue: Catalogue = graph.catalogue
        self._graph = graph
        self._group = group
        self._source = source

    def draft(self, rename: Callable[[Group], tuple[str, str, str]]) -> Draft:
        """The draft; `rename` gives id, version and title."""
        samples = (file.root_name for file in self._catalogue.main() if file.kind is Kind.SAMPLE)
        own = self._group.documents
        found = Messages(self._graph, own, samples, every=self._group.metadata is not None).find()
        documents = self._documents(found)
        rules, others = rules_for(self._catalogue, self._group.namespaces)
        sources = drawn(self._catalogue, rules if found else [])
        broken = broken_rules(self._catalogue, self._group.namespaces) if found else []
        lists = lists_for(self._catalogue, own, documents)
        layout = Layout([*(one.file for one in documents), *sources.files, *broken, *lists.files])
        id, version, title = rename(self._group)
        rule_paths = tuple(layout.path(file) for file in (*rules, *broken)) if found else ()
        standard = Standard(
            id,
            version,
            title,
            StandardKind.XML,
            publisher=self._group.metadata.publisher if self._group.metadata else "",
            source=self._source,
            roles=ROLES,
            artefacts=layout.artefacts(self._leads(documents, sources)),
            messages=tuple(_message(one, layout, rule_paths) for one in found),
            requirements=_requirements(bool(rule_paths), lists),
            unresolved=self._unresolved(documents, found, sources, layout),
        )
        notices = [*self._notices(documents, sources, broken), *(Line(OTHER_RULES, path=one.path) for one in others)]
        suite = first_suite(standard, rules=bool(rule_paths), lists=lists.used or bool(lists.files)) if found else None
        if suite is None:
            notices.append(Line(NO_MESSAGES))
        return Draft(standard, suite, dict(layout.copies()), notices, tuple(lists.requirements()))

    def _documents(self, found: list[Found]) -> list[Document]:
        """All documents that messages need, with the standard's own; those are pinned."""
        needed = {document for message in found for document in message.closure}
        return list(dict.fromkeys([*self._graph.closure(self._group.documents), *needed]))

    def _leads(self, documents: list[Document], sources: Drawn) -> Iterator[Lead]:
        for document in documents:
            for link in self._graph.links(document):
                if link.target is not None:
                    namespace = link.reference.namespace if link.reference.kind == "import" else None
                    yield Lead(document.file, link.reference.location, namespace, link.target.file)
        for referrer, location, target in sources.leads:
            yield Lead(referrer, location, None, target)

    def _unresolved(
        self, documents: list[Document], found: list[Found], sources: Drawn, layout: Layout
    ) -> tuple[Unresolved, ...]:
        schema = [
            Unresolved(
                link.reference.location,
                layout.path(link.referrer),
                link.reference.namespace,
                tuple(one.id for one in found if _needs(one, link)),
            )
            for link in self._graph.unresolved(documents)
        ]
        every = tuple(one.id for one in found)
        rules = [Unresolved(location, layout.path(file), None, every) for file, location in sources.dead]
        return tuple(dict.fromkeys([*schema, *rules]))

    def _notices(self, documents: list[Document], sources: Drawn, broken: list[File]) -> Iterator[Line]:
        for document in documents:
            if document.file.tree.package == W3C_PACKAGE and W3C.get(document.namespace or "") == document.file.path:
                yield Line(W3C_USED, namespace=document.namespace or "", package=W3C_PACKAGE)
        for file in self._catalogue.main():
            if file in broken:
                yield Line(BROKEN_RULES, path=file.path)
            elif file.kind is Kind.BROKEN:
                yield Line(BROKEN_FILE, path=file.path)
            elif file.kind is Kind.GENERICODE and file.problem:
                yield Line(BROKEN_LIST, path=file.path, reason=file.problem)
        for file, location in sources.dead:
            yield Line(DEAD_RULE_REFERENCE, path=file.path, location=location)


def first_suite(standard: Standard, *, rules: bool, lists: bool) -> Suite:
    """The suite to begin with: well-formed, valid, rules kept, codes in their lists."""
    steps = [Step("wohlgeformt", "xml.wellformed", requirements=(WELL_FORMED.id,))]
    steps.append(Step("schema", "xml.schema", requirements=(SCHEMA.id,), needs=("wohlgeformt",)))
    if rules:
        steps.append(Step("regeln", "xml.schematron", requirements=(_RULES.id,), needs=("wohlgeformt",)))
    if lists:
        steps.append(Step("codelisten", "codeliste", Level.SHOULD, requirements=(_LISTS.id,), needs=("wohlgeformt",)))
    return Suite(standard.id, standard.version, ROLE, EDITION, tuple(steps), title=standard.title)


def _message(one: Found, layout: Layout, rules: tuple[str, ...]) -> Message:
    schemas = tuple(layout.path(document.file) for document in one.entries)
    return Message(one.id, one.root, schemas, rules, one.match, title=one.title)


def _requirements(rules: bool, lists: Lists) -> dict[str, Requirement]:
    every = [WELL_FORMED, SCHEMA, *([_RULES] if rules else []), *([_LISTS] if lists.used or lists.files else [])]
    return {**{one.id: one for one in every}, **lists.requirements()}


def _needs(message: Found, link: Link) -> bool:
    """Whether a message cannot be judged without what a dead reference should lead to."""
    if not any(document.file is link.referrer for document in message.closure):
        return False
    return link.reference.kind != "import" or message.needs(link.reference.namespace)
