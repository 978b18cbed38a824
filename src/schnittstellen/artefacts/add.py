"""Adding a standard: from a source to standard.toml, pinned files and a first suite, ready to test."""

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from schnittstellen.artefacts import faults, schemas
from schnittstellen.artefacts.bundle import ArtefactProblem, Bundle
from schnittstellen.artefacts.catalogue import Catalogue
from schnittstellen.artefacts.graph import Graph
from schnittstellen.artefacts.group import Group, groups, wanted
from schnittstellen.artefacts.kosit import Kosit
from schnittstellen.artefacts.release import Draft, Release
from schnittstellen.artefacts.scan.kind import Kind, root_of
from schnittstellen.artefacts.schema_set import SchemaProblem
from schnittstellen.artefacts.sources import open_sources
from schnittstellen.artefacts.store import Store
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.standard import Standard, Unresolved
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_, Line

Progress = Callable[[Line], None]
"""Told what is done next."""

READING = N_("Quellen lesen")
RESOLVING = N_("Verweise auflösen")
JUDGING = N_("Schemas von {name} prüfen")
WRITING = N_("{name} schreiben")
NOT_ADDED = N_("{name} wurde nicht hinzugefügt: Es wird nur von anderen Standards der Quelle eingebunden.")

_UNKNOWN = re.compile(r"unknown \S+ '(?:\{(?P<namespace>[^}]*)\}|(?P<prefix>[^:']+):)")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*\Z")


@dataclass(frozen=True, slots=True)
class AddedStandard:
    """One standard that was added, with everything that is to be said about it.

    `unchanged` says that exactly this standard was there already. `problems` are faults of the schemas themselves,
    `missing_lists` code lists that the schemas refer to and no source holds, `notices` German lines for people.
    """

    standard: Standard
    folder: Path
    suite: Suite | None
    suite_folder: Path | None
    unchanged: bool
    problems: tuple[SchemaProblem, ...] = ()
    missing_lists: tuple[str, ...] = ()
    notices: tuple[Line, ...] = ()

    @property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """References that lead to no pinned file, with the messages that therefore cannot be tested."""
        return self.standard.unresolved

    @property
    def untestable(self) -> tuple[str, ...]:
        """Ids of messages that cannot be tested, in the standard's order."""
        needed = {id for one in self.standard.unresolved for id in one.needed_by}
        return tuple(one.id for one in self.standard.messages if one.id in needed)

    @property
    def command(self) -> str | None:
        """A command line that tests a file against the new suite."""
        if self.suite is None:
            return None
        target = "https://schnittstelle.example" if self.standard.kind.value == "openapi" else "DATEI"
        return f"schnittstellen test {self.suite.name} {target}"


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a source: the standards added, and notices about what was left out."""

    standards: tuple[AddedStandard, ...]
    notices: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants instead of what the source says of itself."""

    id: str | None = None
    version: str | None = None
    title: str | None = None

    def name(self, id: str, version: str, title: str) -> tuple[str, str, str]:
        """The names to use. Raises `SchnittstellenError` for one that cannot be used."""
        id, version = self.id or id, self.version or version
        for text, form in ((id, _ID), (version, _VERSION)):
            if not form.match(text):
                raise SchnittstellenError(faults.BAD_NAME, name=text or "-")
        return id, version, self.title or title

    @property
    def for_one(self) -> bool:
        """Whether they only make sense for a single standard."""
        return any((self.id, self.version, self.title))


def add(  # noqa: PLR0913
    source: str,
    *,
    with_sources: Sequence[str] = (),
    into: Path,
    id: str | None = None,
    version: str | None = None,
    title: str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Added:
    """Add every standard that `source` holds to the library folder `into`; `with_sources` only answer references.

    Raises `SchnittstellenError` (codes S0xx) where the source is unusable or the standard is there with other content.
    """
    tell = progress or _silent
    tell(Line(READING))
    catalogue = Catalogue(open_sources([source, *with_sources]))
    tell(Line(RESOLVING))
    drafts, notices = _drafts(catalogue, source, Wishes(id, version, title))
    store = Store(into)
    same = [False if replace else store.is_same(draft) for draft in drafts]
    added = [_written(store, one, tell, known=known, fresh=replace) for one, known in zip(drafts, same, strict=True)]
    return Added(tuple(added), tuple(notices))


def _drafts(catalogue: Catalogue, source: str, wishes: Wishes) -> tuple[list[Draft], list[Line]]:
    label = source_label(source)
    kinds = {file.kind for file in catalogue.main()}
    if Kind.SCENARIOS in kinds:
        return [Kosit(catalogue, label).draft(wishes.name)], []
    if Kind.XSD in kinds:
        return _releases(catalogue, label, wishes)
    if Kind.OPENAPI in kinds:
        return _interfaces(catalogue, label, wishes), []
    raise SchnittstellenError(faults.EMPTY_SOURCE, source=label)


def _interfaces(catalogue: Catalogue, label: str, wishes: Wishes) -> list[Draft]:
    try:
        from schnittstellen.artefacts.openapi_add import entry_documents, openapi_draft
    except ImportError:
        raise SchnittstellenError(faults.NO_OPENAPI_READER) from None
    found = entry_documents(catalogue)
    _check_single(wishes, [file.path for file in found])
    drafts = [openapi_draft(catalogue, file, label, wishes.name) for file in found]
    _check_names(drafts)
    return drafts


def _releases(catalogue: Catalogue, label: str, wishes: Wishes) -> tuple[list[Draft], list[Line]]:
    graph = Graph(catalogue)
    chosen, others = wanted(groups(graph))
    _check_single(wishes, [f"{one.id}@{one.version}" for one in chosen])

    def named(group: Group) -> tuple[str, str, str]:
        return wishes.name(group.id, group.version, group.title)

    drafts = [Release(graph, group, label).draft(named) for group in chosen]
    _check_names(drafts)
    said = (one for one in others if one.metadata is not None)
    return drafts, [Line(NOT_ADDED, name=f"{one.id}@{one.version}") for one in said]


def _check_single(wishes: Wishes, names: Sequence[str]) -> None:
    """One name cannot be given to several standards."""
    if len(names) > 1 and wishes.for_one:
        raise SchnittstellenError(faults.SEVERAL_STANDARDS, names=", ".join(names))


def _check_names(drafts: list[Draft]) -> None:
    """Two standards of one name in a source are a clash that the user must settle."""
    names = [draft.standard.name for draft in drafts]
    if len(set(names)) < len(names):
        raise SchnittstellenError(faults.SEVERAL_STANDARDS, names=", ".join(names))


def _written(store: Store, draft: Draft, tell: Progress, *, known: bool, fresh: bool) -> AddedStandard:
    name = draft.standard.name
    staged = None if known else store.staged(draft)
    try:
        tell(Line(JUDGING, name=name))
        problems = judged(draft.standard, staged or store.standard_folder(draft))
        if staged is not None:
            tell(Line(WRITING, name=name))
            store.take_over(staged, draft)
        store.write_suite(draft, anew=fresh)
    finally:
        if staged is not None and staged.exists():
            shutil.rmtree(staged)
    return AddedStandard(
        draft.standard,
        store.standard_folder(draft),
        draft.suite,
        store.suite_folder(draft),
        known,
        problems,
        draft.missing_lists,
        tuple(dict.fromkeys(draft.notices)),
    )


def judged(standard: Standard, folder: Path) -> tuple[SchemaProblem, ...]:
    """What is wrong with the schemas of a standard, unresolved references aside (these it names itself)."""
    sets = list(dict.fromkeys(one.schemas for one in standard.messages if one.schemas))
    if not sets:
        return ()
    bundle = Bundle(standard, folder)
    every = tuple(dict.fromkeys(path for paths in sets for path in paths))
    found = schemas.judge(bundle, every)
    if found and len(sets) > 1:
        found = [problem for paths in sets for problem in schemas.judge(bundle, paths)]
    seen: dict[tuple[object, ...], SchemaProblem] = {}
    for one in found:
        if one.reason != "unresolved" and not _follows(one, standard, bundle):
            seen.setdefault((one.reason, one.path, one.line, one.detail), one)
    return tuple(seen.values())


def _follows(problem: SchemaProblem, standard: Standard, bundle: Bundle) -> bool:
    """Whether a problem only says again that a component of an unresolved import is not there."""
    missing = {one.namespace for one in standard.unresolved if one.namespace}
    name = _UNKNOWN.search(problem.detail)
    if name is None or not missing:
        return False
    try:
        root = root_of(bundle.read(problem.path))
    except ArtefactProblem:
        return False
    return root is not None and (name["namespace"] or root.nsmap.get(name["prefix"])) in missing


def source_label(source: str) -> str:
    """A source as a standard may name it: without the folders of this machine."""
    if "://" in source or source.startswith(("urn:", "package:")):
        return source
    return PurePath(Path(source).resolve()).name


def _silent(line: Line) -> None:
    """Tell nobody."""
