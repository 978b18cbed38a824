"""`schnittstellen suites`: what is tested of each standard, and whether the suites prove themselves."""

from collections.abc import Iterator

import click

from schnittstellen import bootstrap
from schnittstellen.cli.arguments import demand_suites
from schnittstellen.cli.base import Argument, Command, Group, debugging, print_text
from schnittstellen.cli.listing import columns, json_option, print_json, record
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_
from schnittstellen.engine.prove import Proof
from schnittstellen.i18n import _, current, filled, translations
from schnittstellen.reports.telling import LEVELS

NOT_PROVEN = 1


def list_suites(as_json: bool) -> None:
    """All suites."""
    suites = list(bootstrap.library().suites())
    if as_json:
        print_json([_summary(suite) for suite in suites])
        return
    rows = [(suite.name, suite.edition, _steps(len(suite.steps)), suite.title) for suite in suites]
    for line in columns(rows):
        print_text(line)


def show(name: str, as_json: bool) -> None:
    """What the suites of that name test."""
    suites = demand_suites(name, bootstrap.library())
    if as_json:
        print_json(suites)
        return
    for line in (line for suite in suites for line in _described(suite)):
        print_text(line)


def prove(names: tuple[str, ...], as_json: bool) -> None:
    """Run the fixtures of suites; exit status 1 where one does not prove itself."""
    from schnittstellen.engine.judge import Judge
    from schnittstellen.engine.prove import prove as prove_suite

    library = bootstrap.library()
    judge = Judge(bootstrap.checks(), bootstrap.codes(), debug=debugging())
    suites = [suite for name in names for suite in demand_suites(name, library)] or list(library.suites())
    proofs = []
    for suite in suites:
        proofs.append(prove_suite(suite, library, judge, bootstrap.codes(), replay=bootstrap.transports()["http"]))
        if not as_json:
            for line in _told(proofs[-1]):
                print_text(line)
    if as_json:
        print_json(proofs)
    click.get_current_context().exit(0 if all(proof.holds for proof in proofs) else NOT_PROVEN)


def _steps(count: int) -> str:
    return translations(current()).ngettext("{count} Schritt", "{count} Schritte", count).format(count=count)


def _summary(suite: Suite) -> dict[str, str | int]:
    return {
        "name": suite.name,
        "edition": suite.edition,
        "title": suite.title,
        "steps": len(suite.steps),
        "fixtures": len(suite.fixtures),
        "sha256": suite.sha256,
    }


def _described(suite: Suite) -> Iterator[str]:
    yield from record(
        [
            (N_("Suite"), suite.name),
            (N_("Titel"), suite.title),
            (N_("Ausgabe"), suite.edition),
            (N_("SHA-256"), suite.sha256),
            (N_("Prüfnachrichten"), str(len(suite.fixtures))),
        ]
    )
    yield ""
    yield _(N_("Schritte"))
    rows = [(step.id, step.check, _(LEVELS[step.level]), _requirements(step.requirements)) for step in suite.steps]
    yield from ("  " + line for line in columns(rows))


def _requirements(ids: tuple[str, ...]) -> str:
    few = ", ".join(ids[:5])
    return few if len(ids) <= 5 else _(N_("{few} und {count} weitere")).format(few=few, count=len(ids) - 5)


def _told(proof: Proof) -> Iterator[str]:
    said = _(N_("bewiesen")) if proof.holds else _(N_("NICHT BEWIESEN"))
    counted = _(N_("{count} Prüfnachrichten")).format(count=proof.fixtures)
    yield f"{proof.suite}: {said} ({counted})"
    for flaw in proof.flaws:
        yield f"  {filled(flaw.text, flaw.parameters, current())}"


group = Group(
    "suites",
    help=N_("Zeigt Suiten (was geprüft wird) und prüft sie selbst."),
    commands_at={
        "list": ("schnittstellen.cli.suites:list_command", N_("Zeigt alle Suiten.")),
        "show": ("schnittstellen.cli.suites:show_command", N_("Zeigt, was eine Suite prüft.")),
        "prove": ("schnittstellen.cli.suites:prove_command", N_("Prüft Suiten an ihren eigenen Prüfnachrichten.")),
    },
)
list_command = Command("list", callback=list_suites, help=N_("Zeigt alle Suiten."), params=[json_option()])
show_command = Command(
    "show",
    callback=show,
    help=N_("Zeigt, was eine Suite prüft.\n\nBeispiel: schnittstellen suites show en16931"),
    params=[Argument(["name"], metavar=N_("STANDARD[@VERSION][/ROLLE]")), json_option()],
)
prove_command = Command(
    "prove",
    callback=prove,
    help=N_(
        "Prüft Suiten an ihren eigenen Prüfnachrichten.\n\n"
        "Ohne Angabe werden alle geprüft. Rückgabewert 1, wenn sich eine nicht beweist."
    ),
    params=[Argument(["names"], nargs=-1, metavar=N_("[SUITE]...")), json_option()],
)
