"""Sessions of client products: recorded at the vendor's by our mock, judged again here, our answers included."""

from pathlib import Path

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue.services.handing_in.sent import Input
from schnittstellen.domain.judged_again import RECORDING
from schnittstellen.domain.pairs import BROKEN, SERVER
from schnittstellen.domain.recording_refusals import (
    NO_MEETING,
    OTHER_ANSWER,
    OTHER_PAIR,
    OTHER_PLACE,
    OTHER_SESSION,
    UNSIGNED_RECORDING,
)
from schnittstellen.domain.refusals import Refusal
from schnittstellen.domain.report import Report, Result
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.trust import short
from schnittstellen.transports.mock.again import Misplaced
from schnittstellen.transports.mock.judging import Unlike
from schnittstellen.transports.mock.session import ROLE

VERSION = N_("die Fassung des gespielten Servers")
WHAT = {
    "mock": VERSION,
    "played": VERSION,
    "suite": N_("die Testsuite"),
    "seed": N_("der Startwert"),
    "fail_every": N_("die Zahl der absichtlichen Störungen"),
    "server": N_("die Adresse des Servers"),
}

IN_VAIN = N_("die Zahl der vergeblichen Anfragen")


def is_of_clients(suite: Suite) -> bool:
    """Whether a run of `suite` is a session that our mock recorded."""
    return suite.role == ROLE


def unsigned(report: Report, one: Input) -> Refusal | None:
    """The report, and so its signature, names the digest of its recording."""
    named = report.notes.get(RECORDING, "")
    if named == one.sha256:
        return None
    said = {"found": short(one.sha256), "expected": short(named) if named else "–"}
    return Refusal(UNSIGNED_RECORDING, {"name": one.name, **said})


def session_again(
    suite: Suite, path: Path, name: str, told: tuple[int | None, str], library: Library
) -> tuple[Result, ...] | Refusal:
    """Our own results over the recording called `name`, or why it is none of our mock; `told`: seed and origin.

    Raises `BadHar`.
    """
    found = bootstrap.mock_again(library, suite, path, *told)
    if isinstance(found, tuple):
        return found
    shown = {"name": name, "found": _kept(found.found), "expected": found.expected}
    if isinstance(found, Unlike):
        return Refusal(OTHER_SESSION, {**shown, "what": Line(WHAT[found.name])})
    if isinstance(found, Misplaced):
        return Refusal(OTHER_PLACE, {**shown, "number": str(found.number)})
    return Refusal(OTHER_ANSWER, {**shown, "number": str(found.number), "place": _kept(found.place)})


def meeting_again(
    report: Report, suite: Suite, one: Input, where: tuple[Path, int | None, str], library: Library
) -> tuple[Result, ...] | Refusal:
    """Our own results over a recorded meeting with another product; `where`: the file, the seed, the gateway's origin.

    Raises `BadHar`.
    """
    path, seed, origin = where
    found = bootstrap.met_again(library, suite, path, (report.notes.get(SERVER, ""), seed, origin))
    if isinstance(found, Unlike):
        said = {"found": _kept(found.found), "expected": _kept(found.expected)}
        return Refusal(OTHER_SESSION, {"name": one.name, "what": Line(WHAT[found.name]), **said})
    if isinstance(found, Misplaced):
        said = {"number": str(found.number), "found": _kept(found.found), "expected": found.expected}
        return Refusal(OTHER_PLACE, {"name": one.name, **said})
    if not found.reached:
        return Refusal(NO_MEETING, {"name": one.name})
    if report.notes.get(BROKEN) != str(found.broken):
        return Refusal(OTHER_PAIR, {"what": Line(IN_VAIN)})
    return found.report.results


def _kept(text: str) -> str:
    """As databases take it."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
