"""Every kind of mail: whole addresses, and one language: German, or English where the receiver chose it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.message import Message
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from icalendar import Calendar

from schnittstellen.catalogue.models import Letter, Notice, Preference, Subscription
from schnittstellen.catalogue.services import languages
from schnittstellen.catalogue.services.notifying import letters, subscribing
from schnittstellen.catalogue.services.notifying.delivering import deliver
from schnittstellen.catalogue.services.notifying.subscribing import Owner
from schnittstellen.catalogue.wording.notices import CAUSES
from schnittstellen.domain.reasons import Why
from schnittstellen.i18n import using
from schnittstellen.web.accounts.mailing import send_invitation
from tests.catalogue.board.making import applied, declared, member
from tests.catalogue.making import vendor

pytestmark = pytest.mark.django_db
SITE = "https://katalog.stadt.example"
TODAY = date.today()
GERMAN = re.compile(r"\b(der|die|das|und|ist|wird|nicht|eine|Sie|zum|im|am|des)\b")
ENGLISH = re.compile(r"\b(the|and|is|will|not|you|this|of|at|at this address)\b")


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    with override_settings(ADDRESS=SITE):
        yield


def reads(user: User, language: str) -> None:
    """They chose the language on the pages, by the switch that everybody has."""
    client = Client()
    client.force_login(user)
    assert client.post("/sprache", {"sprache": language, "weiter": "/"}).status_code == 302


def checked(one: Any, language: str) -> str:
    """Subject and body in that language alone, with whole addresses of ours."""
    text = f"{one.subject}\n{one.body}"
    wanted, other = (GERMAN, ENGLISH) if language == "de" else (ENGLISH, GERMAN)
    bare = re.sub(r"https?://\S+|schnittstellen \S.*", "", text)
    assert wanted.search(bare), bare
    assert not other.search(bare), bare
    assert "{" not in text
    for path in re.findall(r"(?<![\w/.])/[a-z][\w./-]+", text):
        pytest.fail(f"a path is no address: {path}")
    return text


@pytest.mark.parametrize("kind", Letter.Kind.values)
@pytest.mark.parametrize("language", ["de", "en"])
def test_letters(kind: str, language: str) -> None:
    user = member("ada")
    reads(user, language)
    of = applied()
    now = datetime.now(UTC)
    Letter.objects.all().delete()
    Letter.objects.create(key=kind, kind=kind, application=of, user=user, made_at=now, next_at=now)
    with using("en" if language == "de" else "de"):
        assert letters.deliver(now + timedelta(1)) == 1
    assert f"{SITE}/mein/antraege/{of.key}" in checked(mail.outbox[0], language)


def _noticed(user: User, why: Why, before: int, *, about_list: bool = False) -> Notice:
    now = datetime.combine(TODAY, time(12), UTC)
    to = subscribing.by_mail(Owner(vendor=vendor()), user, TODAY)
    return Notice.objects.create(
        subscription=to,
        key=f"{why}{before}",
        declaration=None if about_list else declared(),
        ends_on=TODAY + timedelta(before),
        before=before,
        level=1,
        causes=[{"why": why.value, "day": TODAY.isoformat(), "about": "2026-00001"}],
        made_at=now,
        next_at=now,
    )


@pytest.mark.parametrize("why", CAUSES)
@pytest.mark.parametrize("before", [7, 0])
@pytest.mark.parametrize("language", ["de", "en"])
def test_notices_and_their_appointments(why: Why, before: int, language: str) -> None:
    user = User.objects.create_user("eva", "eva@muster.example")
    reads(user, language)
    one = _noticed(user, why, before, about_list=why is Why.LIST_ENDED)
    assert deliver(one.next_at) == 1
    text = checked(mail.outbox[0], language)
    assert SITE in text
    day = one.ends_on.strftime("%d.%m.%Y") if language == "de" else one.ends_on.isoformat()
    assert day in text or why is Why.DOCUMENT_OLD
    with using(language):
        from schnittstellen.i18n import _

        assert _(CAUSES[why]) in text
    (event,) = Calendar.from_ical(_attached(mail.outbox[0])).walk("VEVENT")
    assert str(event["summary"]) == mail.outbox[0].subject
    assert str(event["description"]) == mail.outbox[0].body
    assert str(event["url"]).startswith(SITE)


def _attached(one: Any) -> str:
    parts: list[Message] = list(one.message().walk())
    payload = parts[-1].get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


@pytest.mark.parametrize("language", ["de", "en"])
def test_invitations_follow_the_receiver_and_not_who_invites(language: str) -> None:
    reads(User.objects.create_user("gast", "gast@muster.example"), language)
    with using("en" if language == "de" else "de"):
        send_invitation(RequestFactory().get("/"), "Musterhaus", "Gast@Muster.example", "geheim")
    assert f"{SITE}/konto/einladung/geheim" in checked(mail.outbox[0], language)


def test_who_has_no_account_yet_is_invited_in_german() -> None:
    with using("en"):
        send_invitation(RequestFactory().get("/"), "Musterhaus", "neu@muster.example", "geheim")
    checked(mail.outbox[0], "de")


@pytest.mark.parametrize("language", ["de", "en"])
def test_mails_of_accounts_follow_the_receiver(language: str) -> None:
    user = User.objects.create_user("ida", "ida@muster.example", "Ein langes Kennwort 1")
    reads(user, language)
    other = Client()
    other.post("/sprache", {"sprache": "en" if language == "de" else "de", "weiter": "/"})
    assert other.post("/konto/password/reset/", {"email": "ida@muster.example"}).status_code == 302
    text = checked(mail.outbox[0], language)
    assert re.search(r"https?://[^/\s]+/konto/", text)


def test_nobody_chooses_for_others_and_only_what_there_is() -> None:
    user = User.objects.create_user("eva", "eva@muster.example")
    assert languages.of_user(user.pk) == languages.of_user(None) == languages.of_address("x@y.example") == "de"
    Client().post("/sprache", {"sprache": "en", "weiter": "/"})
    assert not Preference.objects.exists()
    reads(user, "fr")
    assert not Preference.objects.exists()
    reads(user, "en")
    reads(user, "de")
    assert languages.of_user(user.pk) == "de"
    assert not Subscription.objects.exists()


def test_without_an_address_mails_lead_to_where_it_is_served(settings: Any) -> None:
    settings.ADDRESS, settings.SERVED_AT = "", "http://127.0.0.1:8017"
    assert languages.address("/mein") == "http://127.0.0.1:8017/mein"
    settings.ADDRESS = SITE
    assert languages.address("/mein") == f"{SITE}/mein"
