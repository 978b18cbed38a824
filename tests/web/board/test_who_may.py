"""Who may do what with applications, threads, attachments, votes and deviations: every role, every deed, as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from schnittstellen.catalogue.models import (
    Application,
    ApplicationVote,
    Case,
    Entry,
    Evidence,
    Member,
    Motion,
    MotionVote,
    Question,
    QuestionPost,
)
from schnittstellen.catalogue.services.board import applying, proposing, questions
from schnittstellen.catalogue.services.board.applying import Asked
from schnittstellen.catalogue.services.disputing import cases, closing
from schnittstellen.catalogue.services.files import Attachment
from schnittstellen.catalogue.services.viewer import Viewer
from tests.catalogue.making import deploy, prove, vendor
from tests.web.after.making import FINDING, declared, everybody, failed, person

pytestmark = pytest.mark.django_db
TODAY, AGS = date.today(), "05999001"
SECRET = "Das geht nur wenige an."
TEXT = Attachment("beleg.txt", SECRET.encode())
VENDOR, BOARD, TOWN = Viewer(vendor="musterhaus"), Viewer(board=True), Viewer(municipalities=frozenset({AGS}))


@dataclass(frozen=True)
class World:
    """An open application with a thread and a proposal, a deviation with a motion to close it."""

    people: dict[str, Client]
    application: Application
    question: Question
    case: Case


@pytest.fixture
def world(db: None) -> World:
    people = {**everybody(), "board and vendor": _both(), "administrator": _chief()}
    of = declared()
    deploy("musterneu@1.0", AGS)
    deploy("musterneu@2.0", AGS)
    failed(declared("musterneu@0.9"))
    prove(declared("musterneu@2.0"))
    asked = Asked(of.pk, frozenset({prove(of).report_sha256}), 1, SECRET)
    made = applying.apply(VENDOR, "musterhaus", asked, TODAY)
    question = questions.ask(BOARD, made.key, "", questions.Said(SECRET, TEXT), TODAY)
    proposing.propose(BOARD, made.key, proposing.Draft(False, reason=SECRET))
    case = cases.report(TOWN, AGS, of.pk, cases.Said("Öffentlich.", SECRET, attachment=TEXT), TODAY)
    bea = User.objects.create_user("bea", "bea@muster.example")
    Member.objects.create(user=bea, role="board")
    closing.propose(BOARD, bea, case.key, "Behoben.", TODAY)
    proposing.vote(BOARD, bea, made.key, Application.objects.get().basis, (True, "Nur unter uns."))
    return World(people, made, question, case)


def _both() -> Client:
    client = person("beides", vendor=vendor())
    Member.objects.create(user=User.objects.get(username="beides"), role="board")
    return client


def _chief() -> Client:
    """Whoever runs the catalogue, with a second factor."""
    chief = User.objects.create_superuser("chefin", "chefin@muster.example")
    Authenticator.objects.create(user=chief, type="totp", data={})
    client = Client()
    client.force_login(chief)
    return client


Deed = Callable[[Client, World], Any]


def reads(path: str, what: str = SECRET) -> Deed:
    def done(client: Client, world: World) -> bool:
        answer = client.get(_filled(path, world))
        return answer.status_code == 200 and what in answer.content.decode()

    return done


def sends(path: str, **sent: object) -> Deed:
    def done(client: Client, world: World) -> None:
        basis = {"basis": Application.objects.get().basis} if path.endswith("beschluss") else {}
        filled = {name: _filled(str(value), world) for name, value in sent.items()}
        client.post(_filled(path, world), {**filled, **basis})

    return done


def attaches(path: str, field: str, **sent: object) -> Deed:
    def done(client: Client, world: World) -> None:
        filled = {name: _filled(str(value), world) for name, value in sent.items()}
        client.post(_filled(path, world), {**filled, field: SimpleUploadedFile("beleg.txt", b"Ein Beleg.")})

    return done


def _filled(path: str, world: World) -> str:
    post = world.question.posts.earliest("pk")
    names = {"of": world.application.key, "question": world.question.key, "post": post.pk, "case": world.case.key}
    failed, other = Evidence.objects.get(verdict="failed"), Evidence.objects.get(declaration__release__version="2.0")
    names |= {"failed": failed.pk, "other": other.declaration_id, "digest": other.report_sha256}
    return path.format(**names, number=world.application.declaration_id, ags=AGS)


ONE, THREAD, CASE = "/mein/antraege/{of}", "/mein/rueckfragen/{question}", "/abweichungen/{case}"
BOTH, CHIEF, MEMBERS = "board and vendor", "administrator", {"board"}
SIDES = {"vendor", "board", BOTH}
"""Whoever is of the vendor and of the board acts for the vendor, and never votes."""
FIRM = {"vendor", BOTH}
MAY: dict[str, tuple[Deed, set[str]]] = {
    "read the application": (reads(ONE), {*SIDES, CHIEF}),
    "read a thread": (reads(THREAD), {*SIDES, CHIEF}),
    "save an attachment of a thread": (reads(f"{THREAD}/anlagen/{{post}}"), {*SIDES, CHIEF}),
    "answer with a file": (attaches(THREAD, "attachment", text="Ja."), SIDES),
    "ask": (sends(f"{ONE}/rueckfrage", finding="", text="Warum?"), MEMBERS),
    "settle a question": (sends(THREAD, tun="erledigt", sure="ja"), MEMBERS),
    "withdraw the application": (sends(f"{ONE}/zurueckziehen", sure="ja"), FIRM),
    "write a proposal": (sends(f"{ONE}/vorschlag", was="ablehnen", reason="Nein."), MEMBERS),
    "read who voted how": (reads(f"{ONE}/beschluss", "Nur unter uns."), MEMBERS),
    "vote on the application": (sends(f"{ONE}/beschluss", tun="dafuer", remark=""), MEMBERS),
    "read the detail of a deviation": (reads(CASE), {*SIDES, "municipality", CHIEF}),
    "save an attachment of a deviation": (reads(f"{CASE}/anlage"), {*SIDES, "municipality", CHIEF}),
    "report a deviation": (
        attaches("/mein/kommunen/{ags}/abweichung", "attachment", declaration="{number}", summary="Neu."),
        {"municipality"},
    ),
    "confirm in operation": (
        sends("/mein/kommunen/{ags}/betrieb/musterneu@2.0", declaration="{other}", sure="ja"),
        {"municipality"},
    ),
    "object": (sends("/mein/nachweise/{failed}/widerspruch", finding=FINDING, reason="Doch."), FIRM),
    "apply": (
        sends("/mein/hersteller/musterhaus/antraege/neu", erklaerung="{other}", nachweis="{digest}", level="1"),
        FIRM,
    ),
    "plan": (sends(CASE, tun="plan", plan="Version 2.", due="2027-01-31"), FIRM),
    "close": (sends(CASE, tun="abschliessen", closing="Vorbei."), {"municipality"}),
    "vote on closing": (sends(CASE, tun="dagegen", remark="Nein.", sure="ja"), MEMBERS),
    "withdraw the motion": (sends(CASE, tun="verwerfen", remark="Zu früh."), MEMBERS),
}


def _state() -> list[Any]:
    """Everything that such a deed may change."""
    fields = ("state", "basis", "proposed", "reason")
    return [
        list(Application.objects.order_by("pk").values_list(*fields)),
        list(Question.objects.order_by("pk").values_list("state")),
        QuestionPost.objects.count(),
        list(ApplicationVote.objects.order_by("pk").values_list("user", "agrees", "remark")),
        list(Case.objects.order_by("pk").values_list("summary", "plan", "closed_on")),
        list(Motion.objects.order_by("pk").values_list("state", "dropped_why")),
        list(MotionVote.objects.order_by("pk").values_list("user", "agrees", "remark")),
        Entry.objects.count(),
    ]


def _does(deed: Deed, client: Client, world: World) -> bool:
    """Whether it was read, or something changed; all of it is undone."""
    with transaction.atomic():
        before = _state()
        read = deed(client, world)
        changed = _state() != before
        transaction.set_rollback(True)
    return bool(read) or changed


@pytest.mark.parametrize("what", MAY)
def test_each_deed_is_for_some_roles_and_for_no_others(world: World, what: str) -> None:
    deed, allowed = MAY[what]
    assert {role for role, client in world.people.items() if _does(deed, client, world)} == allowed


def test_what_is_public_of_a_deviation_is_for_everybody(world: World) -> None:
    assert all(_does(reads(CASE, "Öffentlich."), client, world) for client in world.people.values())
