"""A move to a new server loses nothing that is owed without saying so: duties, motions; the rest is named."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from schnittstellen.catalogue.models import (
    Application,
    ApplicationDuty,
    Case,
    Declaration,
    Entry,
    Member,
    Motion,
    Vendor,
)
from schnittstellen.catalogue.registry.procedures import left, left_in
from schnittstellen.catalogue.services.board import applying, deciding, duties, proposing, questions
from schnittstellen.catalogue.services.board.applying import Asked
from schnittstellen.catalogue.services.board.proposing import Draft
from schnittstellen.catalogue.services.board.questions import Said
from schnittstellen.catalogue.services.certifying import certificates, recalling, signing
from schnittstellen.catalogue.services.disputing import cases, closing, contests
from schnittstellen.catalogue.services.disputing import deciding as objections
from schnittstellen.catalogue.services.files import Attachment
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.facts import Duty
from schnittstellen.domain.trust import Why
from schnittstellen.domain.verdict import Verdict
from tests.attest.making import good
from tests.catalogue.board.making import BOARD, member
from tests.catalogue.certificates.making import SIGNER, TODAY, board, day
from tests.catalogue.registry.test_ledger_files import AGS, TOWN, attach, exported, imported, registry
from tests.cli.running import run
from tests.reports.making import report, result, step

pytestmark = pytest.mark.django_db(transaction=True)
FIRM = Viewer(vendor="musterhaus")
TEXT = Attachment("beleg.txt", b"Ein Beleg.")


@pytest.fixture(autouse=True)
def keys(tmp_path: Path) -> object:
    with board(tmp_path):
        yield


def certified(of: Declaration, *texts: str) -> Application:
    """By two members, with duties, by the way that people go."""
    ran = attach(of, good(started=f"{day(-2)}T12:00:00+00:00"))
    made = applying.apply(FIRM, "musterhaus", Asked(of.pk, frozenset({ran.report_sha256}), 1, "Geheim."), TODAY)
    draft = Draft(True, day(300), duties=tuple(Duty(one, day(30)) for one in texts))
    basis = proposing.propose(BOARD, made.key, draft).basis
    for one in User.objects.filter(username__in=("ada", "bea")):
        proposing.vote(BOARD, one, made.key, basis, (True, ""))
    return deciding.decide(BOARD, made.key, basis, TODAY)


@pytest.fixture
def owed(tmp_path: Path) -> Declaration:
    """A duty that is met, one that the vendor says is met, one that is open; a motion of each kind."""
    imported(registry(tmp_path / "first"))
    of, ada = Declaration.objects.get(role__key="sender"), member("ada")
    member("bea")
    made = certified(of, "Handbuch", "Schulung", "Hotline")
    for number in (0, 1):
        duties.say_met(FIRM, made.key, number, "Liegt bei.", TODAY)
    duties.confirm(BOARD, made.key, 0, TODAY)
    failing = attach(of, report(result("brief.xml", step(Verdict.FAILED)), started=f"{day(-9)}T12:00:00+00:00"))
    contest = contests.contest(FIRM, failing, failing.failing[0], "Geheim.", TODAY)
    objections.propose(BOARD, ada, contest.key, upheld=True, answer="Zu streng.", day=TODAY)
    type(of.release.deployments.get()).objects.update(since=TODAY - timedelta(9))
    case = cases.report(TOWN, AGS, of.pk, cases.Said("Kommt nicht an."), TODAY)
    closing.propose(BOARD, ada, case.key, "Behoben.", TODAY)
    serial = certificates.serial_of(Entry.objects.get(kind="decision"))
    signing.sign(serial, SIGNER, TODAY)
    recalling.propose(BOARD, ada, serial, recalling.Said(Why.ERROR, day(9), "Irrtum."), TODAY)
    return of


def moved(folder: Path) -> dict[str, bytes]:
    """Everything on a new server, whose accounts are new; gives what the old one wrote."""
    files = exported(folder)
    call_command("flush", interactive=False, verbosity=0)
    imported(folder)
    for name in ("ada", "bea"):
        member(name)
    firma = User.objects.create_user("firma", "firma@muster.example")
    Member.objects.create(user=firma, role="vendor", vendor=Vendor.objects.get(key="musterhaus"))
    return files


def test_duties_can_be_met_on_the_new_server(tmp_path: Path, owed: Declaration) -> None:
    key = Application.objects.get().key
    moved(tmp_path / "out")
    assert Application.objects.get().key == key
    met, said, still = ApplicationDuty.objects.order_by("number")
    assert (met.text, met.met_on) == ("Handbuch", TODAY)
    assert (said.text, said.said, said.said_on, said.rounds) == ("Schulung", "Liegt bei.", TODAY, 1)
    assert (still.text, still.due, still.said_on) == ("Hotline", day(30), None)
    assert [one.number for one in duties.waiting(TODAY)] == [1, 2]
    duties.confirm(BOARD, key, 1, TODAY)
    duties.say_met(FIRM, key, 2, "Auch.", TODAY)
    duties.confirm(BOARD, key, 2, TODAY)
    assert duties.waiting(TODAY) == []
    assert Entry.objects.filter(kind="duty_met").count() == 3


def test_from_the_chain_alone_duties_are_open(tmp_path: Path, owed: Declaration) -> None:
    exported(tmp_path / "out")
    (tmp_path / "out/ledger/said/duties.jsonl").unlink()
    call_command("flush", interactive=False, verbosity=0)
    imported(tmp_path / "out")
    assert [(one.number, one.said_on) for one in duties.waiting(TODAY)] == [(1, None), (2, None)]


def test_motions_are_voted_on_anew(tmp_path: Path, owed: Declaration) -> None:
    moved(tmp_path / "out")
    ada, bea = User.objects.order_by("username").filter(username__in=("ada", "bea"))
    assert Motion.objects.filter(state="open").count() == 3
    assert not any(one.votes.exists() for one in Motion.objects.all())
    case, contest = Case.objects.get(), Motion.objects.get(subject="objections").about
    serial = certificates.serial_of(Entry.objects.get(kind="decision"))
    for one in (ada, bea):
        closing.vote(BOARD, one, case.key, (True, ""), TODAY)
        objections.vote(BOARD, one, contest, (True, ""), TODAY)
        recalling.vote(BOARD, one, serial, (True, ""), TODAY)
    assert set(Motion.objects.values_list("state", flat=True)) == {"done"}
    assert certificates.one(serial, day(9)).revocation is not None


def test_no_text_of_an_application_and_no_vote_is_in_the_registry(tmp_path: Path, owed: Declaration) -> None:
    files = moved(tmp_path / "out")
    assert not any(b'"ada"' in data or b'"bea"' in data for name, data in files.items() if name.startswith("ledger/"))
    assert b"Geheim" not in files["ledger/said/duties.jsonl"]
    again = exported(tmp_path / "again")
    assert {name for name in files if files[name] != again.get(name)} == set()


def test_what_stays_behind_is_said_on_both_sides(tmp_path: Path, owed: Declaration) -> None:
    Application.objects.update(state="withdrawn")
    ran = attach(owed, good(started=f"{day(-1)}T12:00:00+00:00"))
    made = applying.apply(FIRM, "musterhaus", Asked(owed.pk, frozenset({ran.report_sha256}), 1), TODAY)
    questions.ask(BOARD, made.key, "", Said("Warum?", TEXT), TODAY)
    assert left() == {"applications": 1, "questions": 1, "files": 1}
    wrote = " ".join(run("registry", "export", tmp_path / "out").output.split())
    assert "offene Anträge 1, offene Rückfragen 1, Anlagen 1" in wrote
    assert left_in(tmp_path / "out" / "ledger") == left()
    call_command("flush", interactive=False, verbosity=0)
    took = " ".join(run("registry", "import", tmp_path / "out").output.split())
    assert "Der frühere Server hatte auch: offene Anträge 1, offene Rückfragen 1, Anlagen 1" in took


def test_nothing_is_said_where_nothing_stays_behind(tmp_path: Path, owed: Declaration) -> None:
    assert "Nur in der Datenbank" not in run("registry", "export", tmp_path / "out").output
    assert not (tmp_path / "out" / "ledger" / "left.json").exists()
