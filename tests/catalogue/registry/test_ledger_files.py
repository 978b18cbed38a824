"""The ledger of a registry: into a new server and out again, each byte, each digest, each signed document."""

import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import (
    Case,
    Confirmed,
    Contest,
    Declaration,
    Deployment,
    Entry,
    Evidence,
    SignedCertificate,
    SignedWithdrawals,
)
from schnittstellen.catalogue.registry.checking import check
from schnittstellen.catalogue.registry.loading import load
from schnittstellen.catalogue.registry.names import of_library
from schnittstellen.catalogue.registry.writing import write
from schnittstellen.catalogue.services import confirming, recording
from schnittstellen.catalogue.services.certifying import certificates, signing, withdrawing
from schnittstellen.catalogue.services.disputing import cases, contests
from schnittstellen.catalogue.services.evidence import Attachment, append
from schnittstellen.catalogue.services.facts import known_of
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Decision, Duty, Erratum, Facts, Revocation
from schnittstellen.domain.verdict import Verdict
from tests.attest.making import as_json, good
from tests.catalogue.certificates.making import SIGNER, TODAY, board, day
from tests.catalogue.registry.folders import GOOD
from tests.cli.running import run
from tests.reports.making import report, result, step

pytestmark = pytest.mark.django_db(transaction=True)
AGS = "05999001"
END = date(2027, 12, 31)
TOWN = Viewer(municipalities=frozenset({AGS}))
KINDS = set(Entry.Kind.values)


def registry(folder: Path) -> Path:
    """The small registry, about the standard that the reports of tests are about."""
    for name, text in GOOD.items():
        path = folder / name.replace("xmuster", "muster")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n").replace("xmuster", "muster"), encoding="utf-8")
    return folder


def imported(folder: Path) -> None:
    load(folder, bootstrap.library())


def exported(folder: Path) -> dict[str, bytes]:
    write(folder, bootstrap.library())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def attach(of: Declaration, made: object) -> Evidence:
    kept = as_json(made)  # type: ignore[arg-type]
    said = Attachment(of.pk, kept, made, made.suites[0], datetime.now(UTC), "xml", END)  # type: ignore[attr-defined,arg-type]
    return append([said])[0]


@pytest.fixture
def full(tmp_path: Path) -> Declaration:
    """A catalogue with a record of every kind, certificates signed twice, and a list of withdrawals."""
    imported(registry(tmp_path / "first"))
    of = Declaration.objects.get(role__key="sender")
    Deployment.objects.filter(release=of.release).update(since=TODAY - timedelta(9))
    ran = attach(of, good(started=f"{day(-2)}T12:00:00+00:00"))
    failing = attach(of, report(result("brief.xml", step(Verdict.FAILED)), started=f"{day(-9)}T12:00:00+00:00"))
    for number, duties in (("001", (Duty("Handbuch", day(30)),)), ("002", ())):
        decision = Decision(f"{number}-x", TODAY, True, 3, frozenset({ran.report_sha256}), day(300), duties=duties)
        row = recording.decide(of, decision)
        if duties:
            signing.sign(certificates.serial_of(row), SIGNER, TODAY)
            recording.meet_duty(of, decision.id, 0, TODAY)
            signing.sign(certificates.serial_of(row), SIGNER, TODAY, again=True)
    signing.sign(certificates.serial_of(row), SIGNER, TODAY)
    made = contests.contest(Viewer(vendor="musterhaus"), failing, failing.failing[0], "Geheim.", TODAY)
    recording.decide_objection(of, made.key, upheld=False, on=TODAY, reason="Der Standard sagt es.")
    Contest.objects.update(decided_on=TODAY, upheld=False, answer="Der Standard sagt es.")
    other = attach(of, report(result("brief.xml", step(Verdict.FAILED)), started=f"{day(-8)}T12:00:00+00:00"))
    contests.contest(Viewer(vendor="musterhaus"), other, other.failing[0], "Geheim.", TODAY)
    recording.add_erratum(Erratum("muster@1.0/sender", "X998", TODAY), "Zu streng.")
    recording.retire("muster@1.0/sender", "0.9.0", day(9), "Zu alt.")
    confirming.confirm(TOWN, AGS, of.pk, named=True, day=TODAY)
    case = cases.report(TOWN, AGS, of.pk, cases.Said("Kommt nicht an.", "Geheim."), TODAY)
    cases.plan(Viewer(vendor="musterhaus"), case.key, "Version 2.1", day(60))
    cases.close(TOWN, case.key, "Behoben.", TODAY)
    cases.report(TOWN, AGS, of.pk, cases.Said("Zweite.", named=True), TODAY)
    recording.revoke(of, Revocation("001-x", TODAY, "Irrtum.", "error"))
    withdrawing.publish(SIGNER, TODAY)
    assert set(Entry.objects.values_list("kind", flat=True)) == KINDS
    return of


@pytest.fixture(autouse=True)
def keys(tmp_path: Path) -> object:
    with board(tmp_path):
        yield


def new_server() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()


def facts() -> Facts:
    of = Declaration.objects.get(role__key="sender")
    return known_of([of.pk])[of.pk].facts


def without_order(one: Facts) -> object:
    return sorted((it.id, it.verdict, it.failing, it.on) for it in one.evidence), one.decisions, one.revocations, (
        one.objections, one.errata, one.confirmations, one.deviations, dict(one.retired),
    )  # fmt: skip


def test_everything_comes_out_as_it_went_in(tmp_path: Path, full: Declaration) -> None:
    first, known = exported(tmp_path / "out"), without_order(facts())
    pages = {one: Client().get(one).content for one in _public()}
    chain = list(Entry.objects.values_list("number", "digest", "previous", "kind", "suite", "on"))
    new_server()
    imported(tmp_path / "out")
    assert exported(tmp_path / "again") == first
    assert list(Entry.objects.values_list("number", "digest", "previous", "kind", "suite", "on")) == chain
    assert without_order(facts()) == known
    again = {one: Client().get(one).content for one in _public()}
    assert again.keys() == pages.keys()
    for one, page in pages.items():
        assert _said(again[one]) == _said(page), one


def _said(page: bytes) -> str:
    """Without the token of forms, which is another each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode(errors="replace"))


def _public() -> list[str]:
    serials = [certificates.serial_of(one) for one in certificates.granted(Entry.objects.order_by("number"))]
    certified = [f"/bescheinigungen/{one}{end}" for one in serials for end in ("", "/zertifikat.json", "/plakette.svg")]
    objections = [f"/widersprueche/{one}" for one in Contest.objects.values_list("key", flat=True)]
    deviations = [f"/abweichungen/{one}" for one in Case.objects.values_list("key", flat=True)]
    api = ["/api/v1/certificates", "/api/v1/objections", "/api/v1/deviations", "/api/v1/evidence"]
    return [*certified, *objections, *deviations, *api, "/.well-known/schnittstellen-withdrawals.json"]


def test_the_chain_of_the_new_server_is_verified_by_the_old_head(tmp_path: Path, full: Declaration) -> None:
    exported(tmp_path / "out")
    last = Entry.objects.latest("number")
    new_server()
    imported(tmp_path / "out")
    assert run("audit", "export", tmp_path / "kette.jsonl").exit_code == 0
    verified = run("audit", "verify", tmp_path / "kette.jsonl", "--head", f"{last.number}:{last.digest}")
    assert verified.exit_code == 0, verified.output
    assert (tmp_path / "kette.jsonl").read_bytes() == (tmp_path / "out/ledger/chain.jsonl").read_bytes()


def test_every_kind_survives(tmp_path: Path, full: Declaration) -> None:
    exported(tmp_path / "out")
    counts = [model.objects.count() for model in (SignedCertificate, SignedWithdrawals, Confirmed, Case, Evidence)]
    new_server()
    imported(tmp_path / "out")
    assert counts == [
        model.objects.count() for model in (SignedCertificate, SignedWithdrawals, Confirmed, Case, Evidence)
    ]
    assert set(Entry.objects.values_list("kind", flat=True)) == KINDS
    assert Contest.objects.get(answer="Der Standard sagt es.").upheld is False
    closed, still = Case.objects.get(summary="Kommt nicht an."), Case.objects.get(summary="Zweite.")
    assert (closed.plan, closed.due, closed.closing, closed.closed_on) == ("Version 2.1", day(60), "Behoben.", TODAY)
    assert (still.closed_on, still.municipality and still.municipality.key) == (None, AGS)


def test_what_was_said_beside_the_chain_survives_and_the_chain_names_nobody(tmp_path: Path, full: Declaration) -> None:
    files = exported(tmp_path / "out")
    case = Case.objects.get(summary="Kommt nicht an.")
    assert b"Geheim" not in files["ledger/chain.jsonl"]
    new_server()
    imported(tmp_path / "out")
    again = Case.objects.get(key=case.key)
    assert (again.municipality and again.municipality.key, again.named, again.detail) == (AGS, False, "Geheim.")
    assert Contest.objects.filter(reason="Geheim.").count() == 2
    shown = Client().get(f"/abweichungen/{case.key}").text
    assert "einer Kommune, die nicht genannt werden möchte" in shown
    assert "Geheim" not in shown


def test_from_the_chain_alone_nobody_is_named(tmp_path: Path, full: Declaration) -> None:
    exported(tmp_path / "out")
    case = Case.objects.get(summary="Kommt nicht an.")
    new_server()
    shutil.rmtree(tmp_path / "out" / "ledger" / "said")
    imported(tmp_path / "out")
    assert Case.objects.get(key=case.key).municipality is None
    assert Client().get(f"/abweichungen/{case.key}").status_code == 200


def test_twice_and_an_older_one_change_nothing(tmp_path: Path, full: Declaration) -> None:
    first = exported(tmp_path / "out")
    imported(tmp_path / "out")
    assert exported(tmp_path / "again") == first
    recording.retire("muster@1.0/sender", "0.8.0", day(9), "Noch älter.")
    newer = exported(tmp_path / "newer")
    imported(tmp_path / "out")
    assert exported(tmp_path / "again") == newer


def test_a_server_that_is_behind_catches_up(tmp_path: Path, full: Declaration) -> None:
    exported(tmp_path / "out")
    recording.retire("muster@1.0/sender", "0.8.0", day(9), "Noch älter.")
    newer = exported(tmp_path / "newer")
    new_server()
    imported(tmp_path / "out")
    imported(tmp_path / "newer")
    assert exported(tmp_path / "again") == newer


def test_a_server_with_other_records_takes_nothing(tmp_path: Path, full: Declaration) -> None:
    exported(tmp_path / "out")
    new_server()
    imported(registry(tmp_path / "other"))
    recording.retire("muster@1.0/sender", "0.1.0", TODAY, "Etwas anderes.")
    with pytest.raises(SchnittstellenError) as caught:
        imported(tmp_path / "out")
    assert (caught.value.fault.code, Entry.objects.count()) == ("F499", 1)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("old", [b'"granted":true', b'"votes":3', b'"reason":"Irrtum."'])
def test_a_changed_record_is_found_before_anything_is_taken(tmp_path: Path, full: Declaration, old: bytes) -> None:
    exported(tmp_path / "out")
    path = tmp_path / "out" / "ledger" / "chain.jsonl"
    new = {b'"granted":true': b'"granted":false', b'"votes":3': b'"votes":9'}.get(old, b'"reason":"."')
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    found = check(tmp_path / "out", of_library(bootstrap.library())).problems
    assert [one.file for one in found] == ["ledger/chain.jsonl"]
    new_server()
    with pytest.raises(SchnittstellenError) as caught:
        imported(tmp_path / "out")
    assert (caught.value.fault.code, Entry.objects.exists()) == ("F100", False)


def test_a_document_that_nobody_of_the_board_signed_is_refused(tmp_path: Path, full: Declaration) -> None:
    exported(tmp_path / "out")
    path = next((tmp_path / "out" / "ledger" / "certificates").glob("*.json"))
    outer = json.loads(path.read_bytes())
    outer["signatures"][0]["sig"] = outer["signatures"][0]["sig"][::-1]
    path.write_text(json.dumps(outer), encoding="utf-8")
    new_server()
    with pytest.raises(SchnittstellenError):
        imported(tmp_path / "out")
    assert not SignedCertificate.objects.exists()
    assert not Entry.objects.exists()
