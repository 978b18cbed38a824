"""`schnittstellen reproduce`: run a report again and say whether the findings are the same."""

from collections.abc import Iterator
from pathlib import Path

import click

from schnittstellen import bootstrap
from schnittstellen.cli.base import Argument, Command, print_text
from schnittstellen.cli.faults import os_reason
from schnittstellen.cli.listing import json_option, print_json, wrapped
from schnittstellen.domain.errors import COULD_NOT_TEST, NO_REPORT, SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.engine.reproduce import Outcome, Reproduced
from schnittstellen.formats.report_json import NOT_JSON, read_report
from schnittstellen.i18n import _, current, filled

MOST_REMARKS = 50
STATUS = {Outcome.SAME: 0, Outcome.DIFFERENT: 1, Outcome.NOT_REPEATABLE: COULD_NOT_TEST}


def run(report: str, targets: tuple[str, ...], as_json: bool) -> None:
    """Judge again and compare; exit status 0 same findings, 1 other findings, 3 not repeatable here."""
    reproduced = bootstrap.reproduce(_read(report), targets)
    if as_json:
        print_json(reproduced)
    else:
        for line in _told(reproduced):
            print_text(line)
    click.get_current_context().exit(STATUS[reproduced.outcome])


def _read(file: str) -> Report:
    try:
        return read_report(Path(file).read_text(encoding="utf-8"), file)
    except OSError as error:
        raise SchnittstellenError(NO_REPORT, file=file, reason=os_reason(error)) from None
    except UnicodeDecodeError:
        raise SchnittstellenError(NO_REPORT, file=file, reason=NOT_JSON) from None


def _told(reproduced: Reproduced) -> Iterator[str]:
    yield _(reproduced.text)
    counted = _(N_("{same} von {total} Ergebnissen sind gleich."))
    yield counted.format(same=reproduced.same, total=reproduced.total)
    for remark in reproduced.remarks[:MOST_REMARKS]:
        yield from wrapped(filled(remark.text, remark.parameters, current()), "  ", "    ")
    if len(reproduced.remarks) > MOST_REMARKS:
        yield "  " + _(N_("… und {count} weitere")).format(count=len(reproduced.remarks) - MOST_REMARKS)


command = Command(
    "reproduce",
    callback=run,
    help=N_(
        "Wiederholt einen Lauf und vergleicht die Befunde.\n\n"
        "BERICHT ist ein JSON-Bericht, ZIEL sind die Eingaben von damals; sie werden an ihren Prüfsummen erkannt.\n\n"
        "Rückgabewert: 0 dieselben Befunde, 1 andere Befunde, 2 falscher Aufruf, 3 nicht wiederholbar."
    ),
    params=[
        Argument(["report"], metavar=N_("BERICHT")),
        Argument(["targets"], nargs=-1, required=True, metavar=N_("ZIEL...")),
        json_option(),
    ],
)
