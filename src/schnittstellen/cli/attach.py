"""`schnittstellen attach`: a report becomes evidence of what a release declares."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from schnittstellen import bootstrap
from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import written
from schnittstellen.cli.files import content
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.domain.days import day_of
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.reports.telling import VERDICTS

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.attaching import Attached, Proven


def attach(file: str, product: str, against: str | None, as_json: bool) -> None:
    """Attach, and say what follows from it."""
    document, now = content(file), datetime.now(UTC)
    with filled_catalogue():
        from schnittstellen.catalogue.services.attaching import Handed
        from schnittstellen.catalogue.services.attaching import attach as append

        found = append(Handed(file, document), product, bootstrap.library(), now, against)
    if as_json:
        print_json(found)
    else:
        for line in told(found, day_of(now)):
            print_text(line)


def told(found: "Attached", today: date) -> Iterator[str]:
    """What was attached, a line for each declaration."""
    yield _(N_("Bericht {digest}… zu {release}:")).format(digest=found.report_sha256[:12], release=found.release)
    for one in found.declarations:
        yield f"  {one.role}: {_(VERDICTS[one.verdict])}; {_level(one)}"
        if one.lapses_on and one.lapses_on <= today:
            yield "    " + _(N_("Der Nachweis gilt seit {day} nicht mehr.")).format(day=written(one.lapses_on))
    for suite in found.passed_over:
        yield "  " + _(N_("{suite}: übergangen, denn {release} erklärt dazu nichts.")).format(
            suite=suite, release=found.release
        )


def _level(one: "Proven") -> str:
    if not one.new:
        return _(N_("war schon angefügt, Nachweisstufe {level}")).format(level=int(one.after))
    if one.before == one.after:
        return _(N_("die Nachweisstufe bleibt {level}")).format(level=int(one.after))
    return _(N_("Nachweisstufe {before} → {after}")).format(before=int(one.before), after=int(one.after))


command = Command(
    "attach",
    callback=attach,
    help=N_(
        "Fügt einen Prüfbericht an die Erklärungen eines Programms an.\n\n"
        "Die Nachweisstufe folgt aus dem Bericht; niemand kann sie eintragen. Derselbe Bericht zählt einmal."
    ),
    params=[
        Argument(["file"], metavar=N_("BERICHT.json")),
        Option(["--product"], required=True, metavar=N_("PROGRAMM@VERSION"), help=N_("Was geprüft wurde.")),
        Option(["--against"], metavar=N_("PROGRAMM@VERSION"), help=N_("Womit zusammen es geprüft wurde.")),
        json_option(),
    ],
)
