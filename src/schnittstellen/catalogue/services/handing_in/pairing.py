"""Two products that were tested together: both reports, both signatures, one meeting (decision 40)."""

from collections.abc import Iterator
from dataclasses import replace

from schnittstellen.attest.verifying import VerifiedReport
from schnittstellen.catalogue.services.handing_in.sent import Sent
from schnittstellen.domain.judged_again import RECORDING
from schnittstellen.domain.naming import NotAName, ReleaseName
from schnittstellen.domain.pairs import BROKEN, PAIR, PARTNER, SERVER, Pairing
from schnittstellen.domain.recording_refusals import (
    NO_PAIR,
    OTHER_PAIR,
    OTHER_PARTNER,
    PARTNER_MISSING,
    UNSIGNED_RECORDING,
)
from schnittstellen.domain.refusals import Refusal
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.trust import short
from schnittstellen.domain.verdict import is_green
from schnittstellen.transports.mock.session import ROLE
from schnittstellen.transports.mock.session import SERVER as SERVER_ROLE

MEETING, ADDRESS = N_("die Aufzeichnung der Begegnung"), N_("die Adresse des Servers")


def is_of_pair(report: Report) -> bool:
    """Whether the report says that two products were tested together."""
    return PARTNER in report.notes


def alone(report: Report) -> Iterator[Refusal]:
    """Why a report is not handed in without that about the partner."""
    if is_of_pair(report):
        yield Refusal(PARTNER_MISSING, {"partner": report.notes[PARTNER][:200]})


def own_inputs(sent: Sent, report: Report) -> Sent:
    """`sent` with the one recording that is its own, by the digest that the report names."""
    named = report.notes.get(RECORDING, "")
    return replace(sent, inputs=tuple(one for one in sent.inputs if one.recording and one.sha256 == named))


def disagreements(ours: tuple[Sent, VerifiedReport], theirs: tuple[Sent, VerifiedReport]) -> Iterator[Refusal]:
    """Why the two reports are not of one meeting of the two releases."""
    first, second = ours[0], theirs[0]
    parts = [one.suite.rpartition("/") for one in (first, second)]
    products = {one.release.partition("@")[0] for one in (first, second)}
    if len(products) < 2 or len({it[0] for it in parts}) > 1 or {it[2] for it in parts} != {ROLE, SERVER_ROLE}:
        yield Refusal(
            NO_PAIR, {"first": f"{first.release} ({first.suite})", "second": f"{second.release} ({second.suite})"}
        )
        return
    for (own, report), (other, _) in ((ours, theirs), (theirs, ours)):
        found = report.report.notes.get(PARTNER, "–")
        if found != other.release:
            said = {"release": own.release, "found": found[:200], "expected": other.release}
            yield Refusal(OTHER_PARTNER, said)
    client, server = (ours, theirs) if first.suite.endswith(f"/{ROLE}") else (theirs, ours)
    yield from _one_meeting(client, server)


def _one_meeting(client: tuple[Sent, VerifiedReport], server: tuple[Sent, VerifiedReport]) -> Iterator[Refusal]:
    notes = [report.report.notes for _, report in (client, server)]
    address = notes[0].get(SERVER, "")
    if {it.get(SERVER) for it in notes} != {address} or {it.name for it in server[1].report.results} != {address}:
        yield Refusal(OTHER_PAIR, {"what": Line(ADDRESS)})
    try:
        names = ReleaseName.of(client[0].release), ReleaseName.of(server[0].release)
    except NotAName:
        return
    made = Pairing(*names, address, notes[0].get(RECORDING, ""), notes[1].get(RECORDING, ""))
    if {it.get(PAIR) for it in notes} != {made.sha256}:
        yield Refusal(OTHER_PAIR, {"what": Line(MEETING)})


def unnamed(*sides: tuple[Sent, VerifiedReport]) -> Iterator[Refusal]:
    """Recordings that neither report names, so that no signature covers them."""
    named = {report.report.notes.get(RECORDING, "") for _, report in sides}
    for one in sides[0][0].inputs:
        if one.recording and one.sha256 not in named:
            said = {"found": short(one.sha256), "expected": ", ".join(short(it) or "–" for it in sorted(named))}
            yield Refusal(UNSIGNED_RECORDING, {"name": one.name, **said})


def agreed(*sides: Report) -> bool:
    """Whether both kept to the standard and every good request of the client was answered."""
    return all(is_green(one.verdict) for one in sides) and {one.notes.get(BROKEN, "0") for one in sides} == {"0"}
