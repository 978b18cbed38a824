"""Exceptions of the inner layers as errors that are shown to people."""

from schnittstellen.artefacts.bundle import ArtefactProblem
from schnittstellen.artefacts.library import NotKnown
from schnittstellen.domain.errors import BROKEN_ARTEFACT, NO_SUITE, NOT_AS_WRITTEN, Fault, SchnittstellenError
from schnittstellen.formats.written import WrittenFormError

MOST_CANDIDATES = 5


def as_error(error: Exception) -> SchnittstellenError | None:
    """The error to show for an exception, or None where it was not expected."""
    if isinstance(error, NotKnown):
        return not_known(error)
    if isinstance(error, WrittenFormError):
        return SchnittstellenError(NOT_AS_WRITTEN, *error.problems, file=str(error.path))
    if isinstance(error, ArtefactProblem):
        return SchnittstellenError(BROKEN_ARTEFACT, path=error.path)
    return None


def not_known(error: NotKnown, fault: Fault = NO_SUITE) -> SchnittstellenError:
    """The error for a name that nothing has, with those that come near."""
    return SchnittstellenError(fault, name=error.name, candidates=listed(error.candidates))


def listed(names: tuple[str, ...]) -> str:
    """The first few of `names`."""
    more = " …" if len(names) > MOST_CANDIDATES else ""
    return ", ".join(names[:MOST_CANDIDATES]) + more if names else "–"
