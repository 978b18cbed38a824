"""`schnittstellen pair`: a client and a server exchange data through our gateway, and both are judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schnittstellen import bootstrap
from schnittstellen.cli.base import Argument, Command, Option
from schnittstellen.cli.endpoint_options import OPTIONS, as_options
from schnittstellen.cli.faults import os_reason
from schnittstellen.cli.listening import NAMES, OPEN_PAIR, demand_free, starting, wait, where
from schnittstellen.cli.listening import OPTIONS as LISTENING
from schnittstellen.cli.outputs import planned
from schnittstellen.cli.reporting import Reporting
from schnittstellen.cli.signing_options import OPTIONS as SIGNING_OPTIONS
from schnittstellen.cli.test import EPILOG
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.finding import CannotJudge
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.pairs import Pairing
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import exit_status, gravest, is_green
from schnittstellen.engine.events import RunFinished
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.domain.orders import Order
    from schnittstellen.transports.mock.server import Listening

CLIENT, SERVER = "client", "server"
_LEFT_OUT = ("seed", "evidence", "replay")
_OF_ORDERS = ("order", "order_trust")
HELP = N_(
    "Prüft zwei Programme zusammen: einen Client und den Server, mit dem er Daten austauscht.\n\n"
    "Zuerst läuft die Suite des Servers. Danach steht schnittstellen zwischen beiden: Stellen Sie im Client die "
    "angezeigte Adresse ein und führen Sie dort den ganzen Ablauf aus; Strg-C beendet. Im Ordner liegen dann "
    "client.json und server.json mit ihren Aufzeichnungen. Jeder Hersteller unterschreibt den Bericht über sein "
    "Programm mit `schnittstellen sign`.\n\n"
    "Beispiel:\n"
    "  schnittstellen pair oparl@1.1 https://ris.example.de/oparl/v1.1/system --client muster-ratsapp@1.0 "
    "--server muster-ris@4.2 --order auftrag.json --to paar"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run, by which order, and where everything is written."""

    standard: str
    folder: Path
    order: "Order | None"
    options: Mapping[str, Any]

    @property
    def notes(self) -> dict[str, str]:
        """What both reports say of the order."""
        return self.order.notes() if self.order else {}

    def file(self, side: str, suffix: str) -> Path:
        """Where a report or a recording lies."""
        return self.folder / f"{side}.{suffix}"


def run(standard: str, address: str, **settings: Any) -> None:
    """Judge the server, stand between both, judge the client, and write what both vendors sign."""
    from schnittstellen.cli.signing import ordered, released

    order = ordered(*(settings.pop(name) for name in _OF_ORDERS))
    client, server = (_named(released(settings.pop(name), None)) for name in (CLIENT, SERVER))
    listening = {name: settings.pop(name) for name in NAMES}
    at = where(listening, OPEN_PAIR)
    folder = Path(settings.pop("to"))
    seed = {"seed": order.seed} if order else {}
    plan = Plan(bootstrap.library().standard(standard).name, folder, order, {**as_options(settings), **seed})
    _demand_order(plan, client, server)
    demand_free(at)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tested = _server(plan, address)
        with starting(at):
            met, broken = _client(plan, (tested.results[0].name, at), listening)
    except OSError as error:
        from schnittstellen.attest import faults

        raise SchnittstellenError(faults.NOT_WRITTEN, file=str(folder), reason=os_reason(error)) from None
    _written(plan, (met, tested), (client, server), broken)


def _named(release: ReleaseName | None) -> ReleaseName:
    assert release is not None
    return release


def _demand_order(plan: Plan, client: ReleaseName, server: ReleaseName) -> None:
    """An order for either of both. Raises `SchnittstellenError`."""
    if plan.order is None:
        return
    from schnittstellen.cli.signing import suite_by, usable_order
    from schnittstellen.domain.orders import usable
    from schnittstellen.domain.refusals import refuse

    side = SERVER if plan.order.suite.endswith(f"/{SERVER}") else CLIENT
    suite_by(plan.order, f"{plan.standard}/{side}", bootstrap.library())
    from schnittstellen.cli.files import today

    with usable_order():
        refuse([*usable(plan.order, server if side == SERVER else client, (), today())])


def _server(plan: Plan, address: str) -> Report:
    """The run of the server's own suite, recorded."""
    options = {**plan.options, "har": str(plan.file(SERVER, "har")), "with_content": True}
    suite = f"{plan.standard}/{SERVER}"
    events = bootstrap.run_targets((address,), suite=suite, jobs=1, options=options, notes=plan.notes)
    return next(one.report for one in events if isinstance(one, RunFinished))


def _client(plan: Plan, between: tuple[str, "Listening"], listening: Mapping[str, Any]) -> tuple[Report, int]:
    """What the client sent, judged, and how many good requests came to nothing; `between`: server and gateway."""
    from schnittstellen.transports.mock.pairing import Meeting

    (suite,) = bootstrap.library().suites_named(f"{plan.standard}/{CLIENT}")
    wanted = Meeting(between[0], plan.options.get("seed"), between[1], plan.file(CLIENT, "har"))
    options = {name: value for name, value in plan.options.items() if name != "seed"}
    try:
        with bootstrap.meet(suite, wanted, options, plan.notes) as session:
            click.echo(
                _(N_("Der Partner ist erreichbar unter {url} – Strg-C beendet.")).format(url=session.url), err=True
            )
            wait(session.heard, listening)
    except CannotJudge as reason:
        raise SchnittstellenError(_not_reached(), url=between[0], code=reason.finding.code) from None
    return session.report(), session.broken


def _not_reached() -> Any:
    from schnittstellen.attest import faults

    return faults.NOT_REACHED


def _written(plan: Plan, reports: tuple[Report, Report], names: tuple[ReleaseName, ReleaseName], broken: int) -> None:
    from schnittstellen.transports.mock.pairing import digest_of

    client, server = reports
    digests = [digest_of(plan.file(side, "har")) for side in (CLIENT, SERVER)]
    pairing = Pairing(*names, server.results[0].name, *digests)
    client = replace(client, notes={**client.notes, **pairing.notes_of_client(broken)})
    server = replace(server, notes={**server.notes, **pairing.notes_of_server()})
    for side, report in ((SERVER, server), (CLIENT, client)):
        Reporting(tuple(planned(("text", f"json={plan.file(side, 'json')}"), None, tuple(bootstrap.reports())))).write(
            report
        )
    if broken:
        text = N_(
            "{count} Anfragen an Adressen, die der Server selbst genannt hat, blieben ohne gute Antwort: "
            "Das Paar zählt so nicht."
        )
        click.echo(_(text).format(count=broken), err=True)
    agreed = not broken and all(is_green(one.verdict) for one in reports)
    status = exit_status(gravest(one.verdict for one in reports))
    click.get_current_context().exit(status if agreed or status else 3)


command = Command(
    "pair",
    callback=run,
    help=HELP,
    epilog=EPILOG,
    params=[
        Argument(["standard"], metavar=N_("STANDARD")),
        Argument(["address"], metavar=N_("ADRESSE")),
        Option([f"--{CLIENT}"], required=True, metavar=N_("PROGRAMM@VERSION"), help=N_("Der Client, wie im Katalog.")),
        Option([f"--{SERVER}"], required=True, metavar=N_("PROGRAMM@VERSION"), help=N_("Der Server, wie im Katalog.")),
        Option(["--to"], required=True, metavar=N_("ORDNER"), help=N_("Ordner für Berichte und Aufzeichnungen.")),
        *LISTENING,
        *(one for one in SIGNING_OPTIONS if one.name in _OF_ORDERS),
        *(one for one in OPTIONS if one.name not in _LEFT_OUT),
    ],
)
