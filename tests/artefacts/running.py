"""Adding and then testing, through the public surface."""

from pathlib import Path

from schnittstellen.artefacts import schemas
from schnittstellen.artefacts.add import AddedStandard, add
from schnittstellen.artefacts.library import Library
from schnittstellen.bootstrap import run_targets
from schnittstellen.domain.report import Report
from schnittstellen.engine.events import RunFinished


def added(source: Path | str, into: Path, *more: Path | str, **wishes: str | bool) -> AddedStandard:
    """The single standard of a source."""
    found = add(str(source), with_sources=[str(one) for one in more], into=into, **wishes)  # type: ignore[arg-type]
    assert len(found.standards) == 1, [one.standard.name for one in found.standards]
    return found.standards[0]


def report(into: Path, *targets: Path, suite: str | None = None) -> Report:
    """The report of a run over a library folder."""
    events = run_targets([str(one) for one in targets], library=Library((into,)), suite=suite, jobs=1)
    return next(event.report for event in events if isinstance(event, RunFinished))


def compiles(one: AddedStandard, message: str) -> None:
    """Compile what a message is validated against; raises `SchemaProblem`."""
    library = Library((one.folder.parents[2],))
    standard = library.standard(one.standard.name)
    found = next(each for each in standard.messages if each.id == message)
    schemas.compile(library.bundle(standard), found.schemas)
