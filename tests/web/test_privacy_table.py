"""The page on data protection names everything that the database keeps; a new kind of row needs a line there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from schnittstellen.catalogue.models import Application, HandedInput, Invitation, Letter, Notice, RunEvent
from schnittstellen.catalogue.services import accounts
from schnittstellen.catalogue.services.handing_in import queueing
from schnittstellen.catalogue.services.trying import keeping, passing
from tests.catalogue.board.making import applied

pytestmark = pytest.mark.django_db
CONTENT = "Angaben zu Programmen, Firmen und zum Einsatz"
ACCOUNT, KEPT_FOR_SPEED = "E-Mail-Adresse, Prüfsumme des Passworts", ""
TOLD = {
    "Vendor Product Training Release Declaration OldKey Municipality Provider Deployment Coupling": CONTENT,
    "OzgService Leistung Standard StandardVersion Role Meeting": KEPT_FOR_SPEED,
    "Current Standing Look Outline Usage SearchEntry SearchWord KeptPreview DBTaskResult Upkeep": KEPT_FOR_SPEED,
    "Permission Group ContentType SocialApp": KEPT_FOR_SPEED,
    "User Member EmailAddress EmailConfirmation": ACCOUNT,
    "Preference": "Sprache, in der Sie E-Mails bekommen",
    "Session": "Cookie „sessionid“",
    "Authenticator": "Zweiter Faktor",
    "SocialAccount SocialToken": "Kennung bei einem Identitätsanbieter",
    "Token": "Schlüssel für Programme",
    "Invitation": "Einladungen mit E-Mail-Adresse",
    "Change LogEntry": "Wer wann was geändert hat",
    "Evidence StoredReport": "Prüfberichte",
    "HandIn": "Einreichungen: Unterschrift",
    "QueuedHandIn QueuedInput": "Einreichungen, die noch warten",
    "OrderLetter": "Mails zu Prüfaufträgen",
    "HandedInput": "Eingereichte Nachrichten und Mitschnitte",
    "SigningKey": "Öffentliche Schlüssel der Hersteller",
    "IssuedOrder": "Prüfaufträge des Beirats",
    "Application Question QuestionPost ApplicationDuty": "Anträge auf Zertifizierung",
    "ApplicationVote Motion MotionVote": "Stimmen des Beirats",
    "Entry": "Die Kette der Nachweise",
    "SignedCertificate SignedWithdrawals": "Zertifikate und Widerrufe",
    "Confirmed": "Bestätigungen aus dem Betrieb",
    "Contest Case": "Widersprüche und Meldungen aus dem Betrieb",
    "Endpoint Run RunEvent": "Adressen von Endpunkten",
    "Subscription Notice": "Benachrichtigungen",
    "Letter": "Mails zu Anträgen",
    "CaseLetter": "Mails zu Abweichungen im Betrieb",
    "KeptReport": "Derselbe Bericht, wenn Sie ihn aufbewahren lassen",
}
"""Models, and how the row begins that tells of them; those that hold nothing of people or are computed tell nothing."""


def test_every_kind_of_row_is_told(client: Client) -> None:
    page = client.get("/datenschutz").text
    assert {name for names in TOLD for name in names.split()} == {one.__name__ for one in apps.get_models()}
    assert [text for text in TOLD.values() if text and text not in page] == []


def test_the_times_are_those_of_the_code(client: Client) -> None:
    page = client.get("/datenschutz").text
    for time in (
        f"{passing.MINUTES} Minuten oder bis Sie ihn löschen",
        f"{keeping.DAYS} Tage oder bis Sie ihn löschen",
        f"höchstens {accounts.DAYS} Tage",
        f"höchstens {settings.SESSION_COOKIE_AGE // 3600} Stunden",
        f"das Ergebnis danach {queueing.KEPT.days} Tage",
        f"{settings.HAND_IN_DAYS} Tage; veröffentlichte auf Dauer",
    ):
        assert time in page, time


def test_what_is_over_is_deleted() -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
    for days in (0, 1):
        accounts.invite_as({"role": "board"}, "neu@muster.example", user, now.date() - timedelta(accounts.DAYS - days))
        Session.objects.create(session_key=f"s{days}", session_data="", expire_date=now + timedelta(days))
    accounts.tidy(now)
    assert Invitation.objects.count() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["s1"]


def test_letters_go_with_the_account() -> None:
    user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
    of, now = applied(), datetime(2026, 11, 30, 12, tzinfo=UTC)
    Letter.objects.create(key="k", kind="asked", application=of, user=user, made_at=now, next_at=now)
    user.delete()
    assert not Letter.objects.exists()
    assert Application.objects.exists()


def test_what_belongs_to_something_goes_with_it() -> None:
    for model, field in ((RunEvent, "run"), (Notice, "subscription"), (HandedInput, "hand_in")):
        assert model._meta.get_field(field).remote_field.on_delete.__name__ == "CASCADE"
