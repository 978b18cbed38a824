"""Exceptions of the inner layers as errors that are shown to people."""

import re
from collections.abc import Sequence

from schnittstellen.artefacts.bundle import ArtefactProblem
from schnittstellen.artefacts.library import NotKnown
from schnittstellen.domain.errors import BROKEN_ARTEFACT, NO_SUITE, NOT_AS_WRITTEN, SchnittstellenError
from schnittstellen.formats.written import WrittenFormError

MOST_CANDIDATES = 5
_LIKE = 0.6


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


def near_names(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """Those of `names` that look like `name`, the nearest first; all where none does."""
    from difflib import SequenceMatcher

    def likeness(one: str) -> float:
        wanted, other = name.lower(), one.lower()
        return max(SequenceMatcher(None, wanted, part).ratio() for part in (other, re.split("[@/]", other)[0]))

    near = sorted((one for one in names if likeness(one) >= _LIKE), key=likeness, reverse=True)
    return tuple(near) or tuple(names)


def listed(names: tuple[str, ...]) -> str:
    """The first few of `names`."""
    more = " …" if len(names) > MOST_CANDIDATES else ""
    return ", ".join(names[:MOST_CANDIDATES]) + more if names else "–"
