"""`schnittstellen notices`: tell those who want to know what ends."""

from datetime import UTC, date, datetime, time

from schnittstellen.cli.base import Command, Group, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option
from schnittstellen.domain.days import day_of
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _


def send(on: date | None) -> None:
    """Collect what is due and send what waits."""
    now = datetime.now(UTC) if on is None else datetime.combine(on, time(12), UTC)
    with filled_catalogue():
        from schnittstellen.catalogue.services.disputing import case_letters
        from schnittstellen.catalogue.services.handing_in import order_letters
        from schnittstellen.catalogue.services.notifying.delivering import deliver_all
        from schnittstellen.catalogue.services.notifying.due import collect

        made = collect(now)
        order_letters.collect(day_of(now))
        case_letters.collect(day_of(now))
        sent = deliver_all(now)
    print_text(_(N_("{made} neue Benachrichtigungen, {sent} gesendet.")).format(made=made, sent=sent))


group = Group(
    "notices",
    help=N_("Benachrichtigt Abonnenten, bevor ein Nachweis oder Zertifikat endet."),
    commands_at={
        "send": (
            "schnittstellen.cli.notices:send_command",
            N_("Sendet, was fällig ist, jede Benachrichtigung einmal."),
        )
    },
)
send_command = Command(
    "send",
    callback=send,
    help=N_(
        "Sendet, was fällig ist, jede Benachrichtigung einmal.\n\n"
        "Ein Arbeitsprozess (`schnittstellen work`) tut das von selbst; der Befehl ist für Zeitpläne ohne einen."
    ),
    params=[on_option()],
)
