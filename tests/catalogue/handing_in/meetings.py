"""Two products in miniature that meet through our gateway, as `schnittstellen pair` runs it, and what is handed in."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schnittstellen.attest import keys
from schnittstellen.attest.signing import signed_report
from schnittstellen.catalogue.models import Declaration, IssuedOrder
from schnittstellen.catalogue.services.handing_in.sent import Input, Sent
from schnittstellen.cli import pair as command
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.report import Report
from schnittstellen.formats.report_json import read_report
from tests.catalogue import making as tables
from tests.catalogue.handing_in import sessions
from tests.catalogue.handing_in.making import OURS, THEIRS, as_json
from tests.cli.running import run
from tests.miniatures.oparl import App, serving
from tests.oparl.record import SMALL

CLIENT, SERVER = "muster-ratsapp@1.0", "muster-ris@4.2"
SUITES = {CLIENT: "oparl@1.1/client", SERVER: "oparl@1.1/server"}
SIGNERS = {CLIENT: OURS, SERVER: THEIRS}
Client = Callable[[str], None]


@dataclass(frozen=True)
class Meeting:
    """What lies in the folder of a run."""

    client: Report
    server: Report
    session: Input
    tested: Input
    output: str

    @property
    def recordings(self) -> tuple[Input, Input]:
        return self.session, self.tested


def declares() -> tuple[Declaration, Declaration]:
    """The client of one vendor and the server of another."""
    tables.standard("oparl@1.1", {"server": (["*"], []), "client": ([], ["*"])})
    made = [tables.declare(one, "oparl@1.1", SUITES[one].rpartition("/")[2]) for one in (CLIENT, SERVER)]
    made[0].release.product.vendor = tables.vendor("musterhaus")
    made[1].release.product.vendor = tables.vendor("musterwerk")
    for one in made:
        one.release.product.save()
        one.role.version.standard.kind = "openapi"
        one.role.version.standard.save()
    return made[0], made[1]


def met(order: IssuedOrder | None = None, faults: tuple[str, ...] = (), client: Client = sessions.good) -> Meeting:
    """A run of the command with a server that has these faults."""
    with TemporaryDirectory() as name, serving(lambda base: App(base, "1.1", frozenset(faults), SMALL)) as app:
        folder = Path(name)
        given: list[Any] = []
        if order is not None:
            (folder / "auftrag.json").write_bytes(bytes(order.document))
            given = ["--order", folder / "auftrag.json"]
        named = ("--client", CLIENT, "--server", SERVER, "--to", folder / "paar")
        done = _run_with(client, "pair", "oparl@1.1", f"{app.base}/system", *named, *given)
        return _read(folder / "paar", done)


def _run_with(client: Client, *arguments: object) -> str:
    """The command, with a client that comes when it is told the address and after which nobody else does."""
    over, said = threading.Event(), list[str]()

    def wait(_heard: object, _settings: object) -> None:
        over.wait(60)

    def echo(text: str = "", **_more: object) -> None:
        said.append(text)
        found = re.search(r"unter (http\S+) – ", text)
        if found:
            threading.Thread(target=lambda: (client(found[1]), over.set()), daemon=True).start()

    patched = {"wait": command.wait, "echo": command.click.echo}
    command.wait, command.click.echo = wait, echo  # type: ignore[assignment]
    try:
        return run(*arguments).output + "\n".join(said)
    finally:
        command.wait, command.click.echo = patched["wait"], patched["echo"]  # type: ignore[assignment]


def _read(folder: Path, output: str) -> Meeting:
    reports = [read_report((folder / f"{side}.json").read_text(), side) for side in ("client", "server")]
    files = [
        Input(f"{side}.har", (folder / f"{side}.har").read_bytes(), recording=True) for side in ("client", "server")
    ]
    return Meeting(reports[0], reports[1], files[0], files[1], output)


@cache
def plain() -> Meeting:
    """A good meeting without an order."""
    return met()


def signed(release: str, report: Report, private: Any = None, named: str = "") -> Sent:
    """A report about one side, signed by its vendor, or by another, or for another."""
    data = as_json(report)
    made = signed_report(report, data, ReleaseName.of(named or release), keys.signer(private or SIGNERS[release]))
    return Sent(made, data, release, SUITES[release])


def both(of: Meeting, partner: Sent | None = None, **more: Any) -> Sent:
    """What the vendor of the client hands in."""
    theirs = partner or signed(SERVER, of.server)
    given = {"inputs": of.recordings, "partner": theirs, **more}
    return replace(signed(CLIENT, of.client), **given)
