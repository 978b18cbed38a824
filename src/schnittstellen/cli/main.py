"""The command `schnittstellen`: nothing is imported before the command that needs it is known."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from schnittstellen import __version__
from schnittstellen.cli.base import DEBUG, Group, Option
from schnittstellen.domain.errors import UNEXPECTED, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, chosen, speaking

COMMANDS = {
    "test": ("schnittstellen.cli.test:command", N_("Prüft Nachrichten oder einen Endpunkt gegen einen Standard.")),
    "pair": (
        "schnittstellen.cli.pair:command",
        N_("Prüft zwei Programme zusammen: einen Client und den Server, mit dem er Daten austauscht."),
    ),
    "sign": (
        "schnittstellen.cli.sign:command",
        N_("Unterschreibt einen Prüfbericht, den es schon gibt."),
    ),
    "mock": (
        "schnittstellen.cli.mock:command",
        N_("Spielt den Server eines Standards und prüft, was ein Client sendet."),
    ),
    "standards": ("schnittstellen.cli.standards:group", N_("Zeigt Standards und fügt neue hinzu.")),
    "suites": ("schnittstellen.cli.suites:group", N_("Zeigt Suiten (was geprüft wird) und prüft sie selbst.")),
    "serve": (
        "schnittstellen.cli.serve:command",
        N_("Startet den Katalog: Seiten für Menschen und die Schnittstelle /api/v1 für Programme."),
    ),
    "work": (
        "schnittstellen.cli.work:command",
        N_("Startet einen Arbeitsprozess, der die bestellten Prüfungen von Endpunkten ausführt."),
    ),
    "admin": ("schnittstellen.cli.admin:group", N_("Legt Konten an, die den Katalog verwalten.")),
    "token": ("schnittstellen.cli.token:group", N_("Erzeugt, zeigt und widerruft Schlüssel für Programme.")),
    "partners": (
        "schnittstellen.cli.partners:partners_command",
        N_("Zeigt, mit welchen Programmen ein Programm Daten austauschen kann, und wie gut das nachgewiesen ist."),
    ),
    "matrix": (
        "schnittstellen.cli.partners:matrix_command",
        N_("Zeigt alle Programme einer Leistung gegeneinander: wer mit wem Daten austauschen kann."),
    ),
    "can-procure": (
        "schnittstellen.cli.procurement:command",
        N_("Sagt, ob ein Programm zu dem passt, was eine Kommune einsetzt."),
    ),
    "alternatives": (
        "schnittstellen.cli.alternatives:command",
        N_("Zeigt nebeneinander, welche Programme dasselbe tun, und was doppelt entwickelt wurde."),
    ),
    "chain": (
        "schnittstellen.cli.chain:command",
        N_("Sagt, ob die Prozesskette einer Leistung ohne Medienbruch durchgeht."),
    ),
    "funding": (
        "schnittstellen.cli.funding:command",
        N_("Sagt, ob ein Programm die Regeln der Förderung erfüllt, mit allen Gründen."),
    ),
    "ending": (
        "schnittstellen.cli.ending:command",
        N_("Zeigt, was wann endet: Unterstützung, Versionen von Standards, Nachweise, geplante Ablösungen."),
    ),
    "neighbours": ("schnittstellen.cli.neighbours:command", N_("Zeigt, was ähnlich große Kommunen einsetzen.")),
    "tender": (
        "schnittstellen.cli.tender:command",
        N_("Schreibt, welche Schnittstellen eine Ausschreibung verlangen muss."),
    ),
    "attach": (
        "schnittstellen.cli.attach:command",
        N_("Fügt einen Prüfbericht an die Erklärungen eines Programms an."),
    ),
    "submit": (
        "schnittstellen.cli.submit:command",
        N_("Reicht einen unterschriebenen Prüfbericht bei einem Katalog ein."),
    ),
    "search": (
        "schnittstellen.cli.search:command",
        N_("Sucht im ganzen Katalog: Programme, Standards, Leistungen, Kommunen, Hersteller, IT-Dienstleister."),
    ),
    "duplicates": (
        "schnittstellen.cli.merging:duplicates_command",
        N_("Zeigt Programme und Hersteller, die vielleicht zweimal im Katalog stehen, mit den Gründen."),
    ),
    "merge": (
        "schnittstellen.cli.merging:merge_command",
        N_("Führt einen doppelten Eintrag mit dem anderen zusammen."),
    ),
    "keep-apart": (
        "schnittstellen.cli.merging:keep_apart_command",
        N_("Merkt sich, dass zwei Einträge keine Dubletten sind."),
    ),
    "registry": (
        "schnittstellen.cli.registry:group",
        N_("Liest, prüft und schreibt die geschriebene Form des Katalogs (registry/)."),
    ),
    "preview": (
        "schnittstellen.cli.preview:command",
        N_("Zeigt, welche Nachweise kippen würden, wenn der Entwurf einer Suite oder eines Standards gälte."),
    ),
    "notices": (
        "schnittstellen.cli.notices:group",
        N_("Benachrichtigt Abonnenten, bevor ein Nachweis oder Zertifikat endet."),
    ),
    "explain": ("schnittstellen.cli.explain:command", N_("Erklärt einen Befund oder eine Anforderung.")),
    "codes": ("schnittstellen.cli.codes:command", N_("Zeigt alle Arten von Befunden.")),
    "verify": ("schnittstellen.cli.verify:command", N_("Verifiziert ein Zertifikat, ohne Netz.")),
    "certificates": (
        "schnittstellen.cli.certificates:group",
        N_("Zeigt Zertifikate und wie sie stehen; der Beirat unterzeichnet sie damit."),
    ),
    "orders": (
        "schnittstellen.cli.orders:group",
        N_("Zeigt Prüfaufträge; der Beirat unterschreibt sie damit."),
    ),
    "key": ("schnittstellen.cli.key:group", N_("Erzeugt, zeigt und widerruft Schlüssel.")),
    "audit": (
        "schnittstellen.cli.audit:group",
        N_("Prüft, ob die öffentlichen Einträge des Katalogs unverändert sind."),
    ),
    "reproduce": ("schnittstellen.cli.reproduce:command", N_("Wiederholt einen Lauf und vergleicht die Befunde.")),
}


class Programme(Group):
    """The root: chooses the language before anything is parsed, and shows errors of ours in it."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **settings: Any) -> Any:  # type: ignore[override]
        arguments = list(sys.argv[1:] if args is None else args)
        with speaking(chosen(arguments, os.environ)):
            return super().main(arguments, prog_name or "schnittstellen", **settings)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except SchnittstellenError as error:
            if ctx.meta.get(DEBUG):
                raise
            self._show(ctx, error)
        except BrokenPipeError:
            quiet_pipe()
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo(_("Abgebrochen."), err=True)
            ctx.exit(130)
        except Exception as error:
            if ctx.meta.get(DEBUG):
                raise
            self._show(ctx, _ours(error))

    def _show(self, ctx: click.Context, error: SchnittstellenError) -> None:
        click.echo(told(error), err=True)
        ctx.exit(error.fault.exit)


def told(error: SchnittstellenError) -> str:
    """An error in the language of the command, with its details and what can be done."""
    from schnittstellen.i18n import current, filled

    lines = []
    for one in getattr(error, "refusals", (error,)):
        title = filled(one.fault.title, one.parameters, current())
        lines.append(_(N_("Fehler {code}: {title}")).format(code=one.fault.code, title=title))
        lines.extend(f"  {_(detail)}" for detail in error.details)
        lines.append(filled(one.fault.hint, one.parameters, current()))
    return "\n".join(dict.fromkeys(lines))


def quiet_pipe() -> None:
    """The reader of standard output has gone: nothing more can be said to it, and that is no fault."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _ours(error: Exception) -> SchnittstellenError:
    from schnittstellen.cli.faults import as_error

    return as_error(error) or SchnittstellenError(UNEXPECTED, error=f"{type(error).__name__}: {error}")


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"schnittstellen {__version__}")
        ctx.exit()


main = Programme(
    "schnittstellen",
    commands_at=COMMANDS,
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=N_("Zeigt die Version."),
        )
    ],
    help=N_(
        "Prüft, ob Nachrichten und Endpunkte der Kommunalverwaltung ihrem Standard entsprechen.\n\n"
        "Beispiel: schnittstellen test en16931 rechnung.xml"
    ),
    epilog=N_("Rückgabewert: 0 entspricht dem Standard, 1 weicht ab, 2 falscher Aufruf, 3 nicht prüfbar."),
)
