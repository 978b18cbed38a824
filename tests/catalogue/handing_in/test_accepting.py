"""What an accepted hand-in is worth, that it counts once, and what becomes of its inputs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Change, Entry, Evidence, HandedInput, HandIn
from schnittstellen.catalogue.registry.loading import load
from schnittstellen.catalogue.registry.writing import write
from schnittstellen.catalogue.services import attaching
from schnittstellen.catalogue.services.handing_in import accepting, keeping, receipts, rejudging
from schnittstellen.catalogue.services.handing_in.sent import MOST_BYTES, Input, Keep
from schnittstellen.catalogue.services.previewing.previewing import _evidence
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.verdict import Verdict
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import BAD, BOARD, GOOD, OWN, RELEASE, TODAY, files, hand_in, honest, sent

pytestmark = pytest.mark.django_db
SECOND = "gueltig--abmeldung.xml"
RECEIPT = ("key", "key_id", "claimed", "judged", "total", "evidence__report_sha256")
PERSON = b"<brief><familienname>Petersen</familienname><geburtsdatum>1970-02-03</geburtsdatum></brief>"


@pytest.fixture(autouse=True)
def declaration() -> Any:
    return making.world()


def code(call: Callable[[], object]) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        call()
    return caught.value.fault.code


def level(of: Any) -> int:
    return int(levels([of.pk], TODAY)[of.pk])


def test_what_we_judged_again_proves_a_level(declaration: Any) -> None:
    made, _ = hand_in(honest())
    assert (made.evidence.verdict, made.evidence.messages) == ("passed", ["hundesteuer.anmeldung.0101"])
    assert level(declaration) == 1


def test_a_pass_that_nobody_judged_again_proves_nothing(declaration: Any) -> None:
    made, _ = hand_in(sent(making.run_of(GOOD)))
    assert (made.judged, made.total, made.claimed) == (0, 1, "passed")
    assert (made.evidence.verdict, made.evidence.messages, level(declaration)) == ("not_tested", [], 0)


def test_of_several_only_what_we_judged_again_speaks_for_the_product(declaration: Any) -> None:
    made, _ = hand_in(sent(making.run_of(GOOD, SECOND), files(GOOD)))
    assert (made.judged, made.total, made.evidence.judged) == (1, 2, [0])
    assert (made.evidence.verdict, made.evidence.messages) == ("passed", ["hundesteuer.anmeldung.0101"])
    body = bytes(Entry.objects.get(kind="evidence").body)
    assert b'"judged_again":1' in body


def test_a_failure_counts_without_its_payload(declaration: Any) -> None:
    made, _ = hand_in(sent(making.run_of(GOOD, BAD), files(GOOD)))
    assert (made.judged, made.evidence.verdict, level(declaration)) == (1, "failed", 0)


def test_the_written_catalogue_says_the_same(tmp_path: Path, declaration: Any) -> None:
    hand_in(sent(making.run_of(GOOD)))
    hand_in(sent(making.run_of(GOOD, SECOND), files(SECOND)))
    before = list(Evidence.objects.order_by("report_sha256").values_list("verdict", "judged", "messages"))
    receipts = list(HandIn.objects.order_by("key").values_list(*RECEIPT))
    write(tmp_path, bootstrap.library())
    HandIn.objects.all().delete()
    Evidence.objects.all()._raw_delete("default")
    load(tmp_path, bootstrap.library())
    after = list(Evidence.objects.order_by("report_sha256").values_list("verdict", "judged", "messages"))
    assert before == after
    assert list(HandIn.objects.order_by("key").values_list(*RECEIPT)) == receipts
    assert set(HandIn.objects.values_list("by", flat=True)) == {""}
    again, new = hand_in(sent(making.run_of(GOOD)))
    assert (new, again.key in {one[0] for one in receipts}) == (False, True)
    load(tmp_path, bootstrap.library())
    assert HandIn.objects.count() == 2


def test_a_receipt_without_its_signature_is_not_read(tmp_path: Path) -> None:
    hand_in(honest())
    write(tmp_path, bootstrap.library())
    next(tmp_path.glob("evidence/reports/*.dsse")).unlink()
    with pytest.raises(SchnittstellenError) as caught:
        load(tmp_path, bootstrap.library())
    assert "Die Unterschrift zum Bericht" in str(caught.value.details)


def test_the_same_report_again_is_the_same_receipt() -> None:
    first, new = hand_in(honest())
    again, second = hand_in(honest(), days=1)
    assert (new, second, again) == (True, False, first)
    assert (Evidence.objects.count(), HandIn.objects.count()) == (1, 1)
    assert Change.objects.filter(kind="products").count() == 1


def test_a_forged_envelope_does_not_even_get_the_receipt_again() -> None:
    hand_in(honest())
    assert making.refused(replace(honest(), envelope=making.changed(honest().envelope, signatures=[]))) == ("V003",)


def test_a_report_that_is_evidence_already_is_refused() -> None:
    attaching.attach(attaching.Handed("r", honest().report), RELEASE, bootstrap.library(), making.NOW)
    assert making.refused(honest()) == ("V029",)


def test_of_two_at_the_same_moment_one_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one comes in between looking and accepting."""
    alone, other = accepting._alone, list[Any]()

    def late(looked: Any, sha256: str) -> Any:
        monkeypatch.setattr(accepting, "_alone", alone)
        other.append(hand_in(honest()))
        return alone(looked, sha256)

    monkeypatch.setattr(accepting, "_alone", late)
    found, new = hand_in(honest())
    assert (new, other) == (False, [(found, True)])
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="has one writer at a time")
def test_of_many_threads_one_is_new() -> None:
    found, at_once = list[bool](), Barrier(3)
    one = honest()

    def run() -> None:
        at_once.wait()
        found.append(hand_in(one)[1])
        connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False, False, True]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("viewer", [PUBLIC, BOARD, OPERATOR, Viewer(vendor="musterwerk")])
def test_only_the_vendor_hands_in(viewer: Viewer) -> None:
    assert code(lambda: hand_in(honest(), viewer=viewer)) == "F144"


def test_who_reads_a_receipt() -> None:
    made, _ = hand_in(honest())
    for viewer in (OWN, BOARD, OPERATOR):
        assert receipts.receipt(viewer, made.key) == made
    for viewer in (PUBLIC, Viewer(vendor="musterwerk")):
        assert code(lambda viewer=viewer: receipts.receipt(viewer, made.key)) == "F410"
        assert code(lambda viewer=viewer: receipts.listed(viewer, making.VENDOR)) == "F144"
    assert list(receipts.listed(OWN, making.VENDOR)) == [made]


# --- inputs


def test_inputs_are_kept_until_their_day() -> None:
    made, _ = hand_in(honest())
    (kept,) = made.inputs.all()
    assert (kept.deleted_on, bytes(kept.document)) == (TODAY + timedelta(30), files(GOOD)[0].data)
    assert keeping.delete_due(TODAY + timedelta(29)) == 0
    assert keeping.delete_due(TODAY + timedelta(30)) == 1
    assert HandIn.objects.get().evidence.verdict == "passed"


def test_the_days_are_a_setting(settings: Any) -> None:
    settings.HAND_IN_DAYS = 3
    made, _ = hand_in(honest())
    assert made.inputs.get().deleted_on == TODAY + timedelta(3)


def test_inputs_are_not_kept_where_the_vendor_asks() -> None:
    made, _ = hand_in(replace(honest(), keep=Keep.DISCARD))
    assert (made.judged, HandedInput.objects.count()) == (1, 0)


def test_inputs_without_real_persons_are_published() -> None:
    made, _ = hand_in(replace(honest(), keep=Keep.PUBLISH))
    assert made.inputs.get().deleted_on is None
    assert keeping.delete_due(TODAY + timedelta(9999)) == 0


def test_real_persons_stop_what_is_to_be_published_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "brief.xml").write_bytes(PERSON)
    report = making.ended(bootstrap.run_targets((str(tmp_path / "brief.xml"),), suite=making.SUITE, jobs=1))
    one = sent(report, (Input("brief.xml", PERSON),))
    with pytest.raises(making.Refused) as caught:
        hand_in(replace(one, keep=Keep.PUBLISH))
    (reason,) = caught.value.refusals
    assert reason.fault.code == "V066"
    assert "/brief/geburtsdatum" in reason.parameters["places"]
    assert "1970" not in str(reason.parameters)
    assert hand_in(one)[1]


def test_too_much_at_once_is_refused() -> None:
    large = replace(honest(), inputs=(Input("a", b"x" * MOST_BYTES),))
    assert code(lambda: hand_in(large)) == "F411"


def test_a_preview_does_not_see_what_was_not_judged_again() -> None:
    hand_in(sent(making.run_of(GOOD)))
    assert not _evidence(making.SUITE).exists()
    hand_in(sent(making.run_of(GOOD, SECOND), files(GOOD)))
    assert _evidence(making.SUITE).count() == 1


def test_what_takes_too_long_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejudging, "SECONDS", -1)
    assert making.refused(honest()) == ("V063",)


def test_of_thousands_of_reasons_the_first_are_told() -> None:
    (one,) = making.run_of(GOOD).results
    many = replace(making.run_of(GOOD), results=(replace(one, verdict=Verdict.FAILED),) * 1000)
    with pytest.raises(making.Refused) as caught:
        hand_in(sent(many))
    assert len([one for one in caught.value.refusals if one.fault.code == "V021"]) == 20
