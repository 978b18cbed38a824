"""A vendor with a declared release and a registered key, honest reports of real runs, and what forgeries start from."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from unittest.mock import patch

from schnittstellen import bootstrap
from schnittstellen.attest import keys
from schnittstellen.attest.signing import signed_report
from schnittstellen.catalogue.models import Declaration, QueuedHandIn
from schnittstellen.catalogue.services import signing_keys
from schnittstellen.catalogue.services.handing_in import accepting, queueing, rejudging, working
from schnittstellen.catalogue.services.handing_in.sent import Input, Sent
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.days import day_of
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.report import Report
from schnittstellen.domain.trust import Purpose
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.ports import Context
from schnittstellen.formats.attested import keys_written
from schnittstellen.formats.report_json import read_report, write_report
from tests.catalogue import making
from tests.oparl import record, running

NOW = datetime.now(UTC)
TODAY = day_of(NOW)
START = date(2026, 1, 1)
VENDOR, RELEASE, SUITE = "musterhaus", "muster-hund@1.0", "xhundesteuer@2.0/onlinedienst"
OWN, BOARD = Viewer(vendor=VENDOR), Viewer(board=True)
FIXTURES = Path(__file__).parents[3] / "conformance_suites" / "xhundesteuer" / "2.0" / "onlinedienst" / "fixtures"
OURS, OUR_KEY = keys.create(VENDOR, Purpose.ORGANISATION, START)
THEIRS, THEIR_KEY = keys.create("musterwerk", Purpose.ORGANISATION, START)
STRANGER, _ = keys.create(VENDOR, Purpose.ORGANISATION, START)


def world() -> Declaration:
    """The vendor with its declaration and key, and a competitor with a key."""
    making.standard("xhundesteuer@2.0", {"onlinedienst": (["*"], []), "fachverfahren": ([], ["*"])})
    making.vendor("musterwerk")
    making.declare(RELEASE, "xhundesteuer@2.0", "fachverfahren")
    made = making.declare(RELEASE, "xhundesteuer@2.0", "onlinedienst")
    for vendor, key in ((VENDOR, OUR_KEY), ("musterwerk", THEIR_KEY)):
        written = canonical(keys_written((key,)))
        signing_keys.register(Viewer(vendor=vendor), vendor, written, START)
    return made


def files(*names: str) -> tuple[Input, ...]:
    """Payloads by the beginning of their names."""
    found = (next(one for one in sorted(FIXTURES.iterdir()) if one.name.startswith(name)) for name in names)
    return tuple(Input(one.name, one.read_bytes()) for one in found)


@cache
def run_of(*names: str, suite: str = SUITE, notes: tuple[tuple[str, str], ...] = ()) -> Report:
    """What the engine says of these fixtures."""
    targets = [str(FIXTURES / one.name) for one in files(*names)]
    return ended(bootstrap.run_targets(targets, suite=suite, jobs=1, notes=dict(notes)))


def ended(events: Iterable[Any]) -> Report:
    """The report of the run, as if made at `NOW`: a suite takes longer than clocks may differ."""
    report = next(one.report for one in events if isinstance(one, RunFinished))
    return replace(report, started=NOW.isoformat())


def as_json(report: Report) -> bytes:
    stream = io.StringIO()
    write_report(report, stream)
    return stream.getvalue().encode()


def sent(
    report: Report, inputs: tuple[Input, ...] = (), private: Any = OURS, release: str = RELEASE, **more: Any
) -> Sent:
    """A signed report for `release`; `more` changes what is claimed of it."""
    data = as_json(report)
    envelope = signed_report(report, data, ReleaseName.of(release), keys.signer(private))
    return replace(Sent(envelope, data, RELEASE, SUITE, inputs), **more)


def hand_in(one: Sent, viewer: Viewer = OWN, days: int = 0) -> Any:
    return accepting.hand_in(viewer, one, bootstrap.library(), NOW + timedelta(days))


class Here:
    """Judges in this process what workers judge in one of its own."""

    def __call__(self, report: bytes, suite: str, inputs: Any, *_: Any) -> rejudging.Judged:
        library = bootstrap.library()
        read = read_report(report.decode(), "report.json")
        return rejudging.judged_again(read, library.suites_named(suite)[0], inputs, library)


def settle() -> None:
    """A worker carries out all that waits; it does not beat, because the transaction of a test is its own."""
    waiting = QueuedHandIn.objects.filter(state="waiting").order_by("pk")
    with patch.object(working, "BENCH", Here()), patch.object(working, "BEAT", 3600.0):
        for key in list(waiting.values_list("key", flat=True)):
            working.carry_out(key)


@contextmanager
def at_once() -> Iterator[None]:
    """A worker is there whenever something waits."""
    ask = queueing.ask

    def asked(*given: Any) -> Any:
        found = ask(*given)
        settle()
        return found

    with patch.object(queueing, "ask", asked):
        yield


def refused(one: Sent, **more: Any) -> tuple[str, ...]:
    """The codes of a refusal; nothing where it was accepted."""
    try:
        hand_in(one, **more)
    except Refused as error:
        return error.codes
    return ()


def changed(envelope: bytes, **fields: Any) -> bytes:
    """The envelope with other fields."""
    written: Mapping[str, Any] = json.loads(envelope)
    return json.dumps({**written, **fields}).encode()


GOOD, BAD = "gueltig--anmeldung.xml", "XHS-N-02--transpondernummer-fehlt.xml"


def honest() -> Sent:
    """A good run with its payload."""
    return sent(run_of(GOOD), files(GOOD))


def use(report: Report, **changes: Any) -> Report:
    """The report as if another suite had been used."""
    (suite,) = report.suites
    return replace(report, suites=(replace(suite, **changes),))


OPARL = "oparl@1.1/server"
NOWADAYS = {"startedDateTime": NOW.isoformat()}


@cache
def recorded(seed: int = 0, *faults: str) -> tuple[Report, Input]:
    """A run of the server suite against a small miniature, and its recording with that seed."""
    app = running.app("1.1", *faults, size=record.SMALL)
    sender = running.InMemorySender(app)
    suite = running.library().suites_named(OPARL)[0]
    standard = running.library().standard("oparl@1.1")
    context = Context(standard, running.library().bundle(standard), suite_folder=running.library().folder(suite))
    url = f"{app.base}/system"
    running.judge().judge(Endpoint(name=app.base, url=url, sender=sender, seed=seed), suite, context)
    har = json.dumps({"log": {"entries": [record._entry(one) | NOWADAYS for one in sender.answered]}}).encode()
    return replayed(url, har, seed), Input("lauf.har", har, recording=True)


def replayed(url: str, har: bytes, seed: int, **notes: str) -> Report:
    """What the engine says of a recording."""
    with NamedTemporaryFile(suffix=".har") as file:
        Path(file.name).write_bytes(har)
        options = {"replay": file.name, "seed": seed}
        return ended(bootstrap.run_targets((url,), suite=OPARL, jobs=1, options=options, notes=notes))


def declares_oparl() -> Declaration:
    """The release declares the server side of OParl too."""
    making.standard("oparl@1.1", {"server": (["*"], []), "client": ([], ["*"])})
    made = making.declare(RELEASE, "oparl@1.1", "server")
    made.role.version.standard.kind = "openapi"
    made.role.version.standard.save()
    return made
