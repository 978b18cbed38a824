"""A notice as mail, with the day as an appointment."""

from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from icalendar import Calendar, Event

from schnittstellen.catalogue.models import Notice
from schnittstellen.catalogue.services.languages import of_user, writing
from schnittstellen.catalogue.services.notifying.telling import id_of
from schnittstellen.catalogue.wording.calendar import PRODUCT
from schnittstellen.catalogue.wording.notices import body, page, subject

FAILED = "mail"


def send(one: Notice) -> str:
    """Hand it to the mail server; returns why that failed, else nothing."""
    with writing(of_user(one.subscription.user_id)):
        words, event = (subject(one), body(one)), appointment(one).decode()
    return sent_to(one.subscription.address, id_of(one), words, event)


def sent_to(address: str, key: str, words: tuple[str, str], event: str = "") -> str:
    """Hand a mail with this subject and body, and perhaps an appointment, to the mail server; returns as `send`.

    `key` tells the mail from all others: what is sent twice after a crash has the same Message-ID.
    """
    headers = {"Message-ID": f"<{key}@schnittstellen>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(*words, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
    if event:
        message.attach("termin.ics", event, "text/calendar")
    try:
        message.send()
    except (SMTPException, OSError):
        return FAILED
    return ""


def appointment(one: Notice) -> bytes:
    """The end as an event of a whole day; the same end has the same UID in each notice."""
    found, event = Calendar(), Event()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    of = one.declaration
    what = f"{of.release}-{of.role}" if of else "withdrawals"
    event.add("uid", f"{what}-{one.ends_on}@schnittstellen".replace("/", "-"))
    event.add("dtstamp", datetime.combine(one.made_at.date(), time(), UTC))
    event.add("dtstart", one.ends_on)
    event.add("dtend", one.ends_on + timedelta(1))
    event.add("summary", subject(one))
    event.add("description", body(one))
    event.add("url", page(one))
    event.add("transp", "TRANSPARENT")
    found.add_component(event)
    return bytes(found.to_ical())
