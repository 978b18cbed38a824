"""Sessions of client products in miniature at our mock, recorded as vendors record them, and what forgeries change."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Declaration
from schnittstellen.catalogue.services.handing_in.sent import Input
from schnittstellen.domain.report import Report
from schnittstellen.transports.mock.session import Wanted
from tests.catalogue import making as tables
from tests.catalogue.handing_in.making import NOW, RELEASE
from tests.miniatures.council_client import CouncilClient

CLIENT = "oparl@1.1/client"
CREDENTIALS = {"Authorization": "Bearer geheimes-token", "Cookie": "sitzung=geheim; b=c"}
Session = tuple[Report, Input]


def visit(entry: str, *faults: str) -> None:
    """A visit of the client in miniature, with its credentials."""
    CouncilClient(*faults, headers=CREDENTIALS).run(entry)


def good(entry: str) -> None:
    """From the entry over all lists to their end, and an update."""
    visit(entry)


def writing(entry: str) -> None:
    """A client that sends what the interface does not have."""
    visit(entry, "writes")


def incomplete(entry: str) -> None:
    """A client of which only the reading of the entry was recorded."""
    visit(entry, "entry-only")


def giving_up(entry: str) -> None:
    """A client that ends at the first failure."""
    visit(entry, "gives-up")


@cache
def session(
    seed: int | None = None,
    standard: str = "oparl@1.1",
    client: Callable[[str], None] = good,
    notes: tuple[tuple[str, str], ...] = (),
) -> Session:
    """What the client did at the mock, and the report of it, as if it was at `NOW`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sitzung.har"
        with bootstrap.mock(standard, Wanted(seed=seed, record=file), dict(notes)) as running:
            client(running.url)
        report, har = running.report(), file.read_bytes()
    assert report.notes["recording_sha256"] == sha256(har).hexdigest()
    return changed((replace(report, started=NOW.isoformat()), Input("sitzung.har", har, recording=True)), at_now)


def changed(of: Session, change: Callable[[dict[str, Any]], object]) -> Session:
    """With another recording, which the report names (and which the vendor would sign)."""
    report, har = of
    log = json.loads(har.data)
    change(log["log"])
    data = json.dumps(log).encode()
    notes = {**report.notes, "recording_sha256": sha256(data).hexdigest()}
    return replace(report, notes=notes), replace(har, data=data)


def at_now(log: dict[str, Any]) -> None:
    for one in log["entries"]:
        one["startedDateTime"] = NOW.isoformat()


def with_seed(of: Session, seed: int, **notes: str) -> Session:
    """The report as if it was of a run with `seed`."""
    report, har = of
    (one,) = report.results
    steps = tuple(replace(step, notes={**step.notes, "seed": str(seed)}) for step in one.steps)
    noted = {**report.notes, **notes}
    return replace(report, results=(replace(one, steps=steps),), notes=noted), har


def declares() -> Declaration:
    """The release declares the client side of OParl."""
    tables.standard("oparl@1.1", {"server": (["*"], []), "client": ([], ["*"])})
    made = tables.declare(RELEASE, "oparl@1.1", "client")
    made.role.version.standard.kind = "openapi"
    made.role.version.standard.save()
    return made
