"""Exceptions of the inner layers as errors that are shown to people."""

import errno

from schnittstellen.artefacts.bundle import ArtefactProblem
from schnittstellen.artefacts.library import NotKnown
from schnittstellen.domain.errors import BROKEN_ARTEFACT, NO_SUITE, NOT_AS_WRITTEN, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.formats.written import WrittenFormError

MOST_CANDIDATES = 5
_REASONS = {
    errno.ENOENT: N_("Datei oder Ordner gibt es nicht"),
    errno.ENOTDIR: N_("ein Teil des Pfades ist kein Ordner"),
    errno.EACCES: N_("keine Berechtigung dafür"),
    errno.EPERM: N_("keine Berechtigung dafür"),
    errno.EROFS: N_("Datenträger ist schreibgeschützt"),
    errno.EISDIR: N_("der Pfad ist ein Ordner"),
    errno.ENOSPC: N_("kein Platz auf dem Datenträger"),
    errno.ENAMETOOLONG: N_("der Name ist zu lang"),
}


def as_error(error: Exception) -> SchnittstellenError | None:
    """The error to show for an exception, or None where it was not expected."""
    if isinstance(error, NotKnown):
        return not_known(error)
    if isinstance(error, WrittenFormError):
        return SchnittstellenError(NOT_AS_WRITTEN, *error.problems, file=str(error.path))
    if isinstance(error, ArtefactProblem):
        return SchnittstellenError(BROKEN_ARTEFACT, path=error.path)
    return None


def not_known(error: NotKnown) -> SchnittstellenError:
    """The error for a suite that is not there, with those that come near."""
    return SchnittstellenError(NO_SUITE, name=error.name, candidates=listed(error.candidates))


def listed(names: tuple[str, ...]) -> str:
    """The first few of `names`."""
    more = " …" if len(names) > MOST_CANDIDATES else ""
    return ", ".join(names[:MOST_CANDIDATES]) + more if names else "–"


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in German (marked with `N_`); its own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
