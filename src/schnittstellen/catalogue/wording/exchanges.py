"""What is known of an exchange, in words."""

from collections.abc import Callable
from datetime import date

from schnittstellen.domain.exchange import Reason, Status, Who, Why
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

STATUSES = {
    Status.PROVEN: N_("geprüft"),
    Status.PARTLY_PROVEN: N_("teilweise geprüft"),
    Status.DECLARED: N_("nur erklärt"),
    Status.UNKNOWN: N_("nicht bekannt"),
    Status.REFUTED: N_("widerlegt"),
    Status.NOT_POSSIBLE: N_("nicht möglich"),
}
MEANINGS = {
    Status.PROVEN: N_("Beide haben in Prüfungen gezeigt, dass der Austausch gelingt."),
    Status.PARTLY_PROVEN: N_("Für einen Teil der Nachrichten haben beide gezeigt, dass der Austausch gelingt."),
    Status.DECLARED: N_("Die Hersteller sagen, dass es geht. Nachgewiesen ist es nicht."),
    Status.UNKNOWN: N_("Dazu fehlen Angaben. Das heißt nicht, dass es nicht geht."),
    Status.REFUTED: N_("Eine Prüfung hat gezeigt, dass es nicht gelingt."),
    Status.NOT_POSSIBLE: N_("So, wie die Hersteller es angeben, geht es nicht."),
}
REASONS = {
    Why.NOTHING_DECLARED: N_("Zu {who} ist keine Schnittstelle erklärt."),
    Why.NO_COMMON_STANDARD: N_("Es gibt keinen gemeinsamen Standard."),
    Why.NO_COMMON_VERSION: N_("{who} hat Version {values}."),
    Why.SAME_ROLE: N_("Beide haben dieselbe Rolle ({values})."),
    Why.NO_ROLE_PAIR: N_("Ihre Rollen tauschen keine Nachrichten aus."),
    Why.ROLE_UNKNOWN: N_("Was die Rolle {values} sendet und empfängt, ist nicht bekannt."),
    Why.MESSAGE_NOT_SUPPORTED: N_("{who} unterstützt nicht: {values}."),
    Why.OPTION_MISSING: N_("{who} fehlt: {values}."),
    Why.VERSION_WITHDRAWN: N_("Die Version {values} ist zurückgezogen."),
    Why.VERSION_ENDED: N_("Die Version {values} galt nur bis {day}."),
    Why.REFUTED: N_("Der letzte Test von {who} ist nicht bestanden ({day})."),
    Why.LAPSED: N_("Der Nachweis von {who} gilt seit {day} nicht mehr."),
    Why.NO_EVIDENCE: N_("Zu {who} gibt es keinen Nachweis."),
    Why.SILENT: N_("Die Tests von {who} haben nichts ergeben."),
    Why.NOT_SHOWN: N_("Nicht gezeigt hat {who}: {values}."),
}
NO_FLOW = N_("Ihre Rollen tauschen diese Nachrichten nicht miteinander aus: {values}.")
"""Both know the messages, but none sends what the other one receives."""

ABOUT_ROLES = (Why.SAME_ROLE, Why.ROLE_UNKNOWN)
ABOUT_MESSAGES = (Why.MESSAGE_NOT_SUPPORTED, Why.NOT_SHOWN)
"""Reasons whose values are roles, or messages."""


def status(of: Status) -> str:
    """A status in the language of the reader."""
    return _(STATUSES[of])


def reason(
    of: Reason,
    names: tuple[str, str],
    written: Callable[[date], str] = date.isoformat,
    role: Callable[[str], str] = str,
) -> str:
    """One reason; whom it is about is named. `written` writes days as the reader expects them, `role` calls roles."""
    values = map(role, of.values) if of.why in ABOUT_ROLES else of.values
    return _(template(of)).format(values=", ".join(values), **whom_and_when(of, names, written))


def template(of: Reason) -> str:
    """The German text of a reason, with names for what `whom_and_when` and its values say."""
    return NO_FLOW if of.why is Why.MESSAGE_NOT_SUPPORTED and of.who is None else REASONS[of.why]


def whom_and_when(of: Reason, names: tuple[str, str], written: Callable[[date], str]) -> dict[str, str]:
    """What the texts of reasons name beside their values."""
    who = names[0] if of.who is Who.FIRST else names[1]
    return {"who": who, "day": written(of.day) if of.day else "–"}
