"""Hand-ins that wait: taken by one worker at a time, ended once, nothing of a refused one kept, none lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from schnittstellen.catalogue import queue
from schnittstellen.catalogue.models import Evidence, HandIn, QueuedHandIn, QueuedInput
from schnittstellen.catalogue.services import signing_keys
from schnittstellen.catalogue.services.handing_in import known, queueing, working
from schnittstellen.catalogue.services.handing_in.judging import Stopped
from schnittstellen.catalogue.services.leases import MOST_ATTEMPTS, Taken
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.trust import Why
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, NOW, OUR_KEY, OWN, TODAY, files, honest, run_of, sent, settle

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def ask(one: Any = None) -> Any:
    return queueing.ask(OWN, one or honest(), known.library(), NOW)[0]


def now(row: QueuedHandIn) -> QueuedHandIn:
    return QueuedHandIn.objects.get(pk=row.pk)


def taken(row: QueuedHandIn) -> Taken:
    found = queueing.take(row.key, NOW)
    assert found is not None
    return found


def test_what_has_nothing_to_be_judged_does_not_wait() -> None:
    assert isinstance(ask(sent(run_of(GOOD))), HandIn)
    assert not QueuedHandIn.objects.exists()


def test_one_job_for_one_hand_in_and_the_same_again_is_the_same() -> None:
    row = ask()
    assert ask() == row
    assert queue.waiting() == {row.key}
    settle()
    made = ask()
    assert (made.key, made.at, made.by) == (row.key, NOW, row.by)
    assert queueing.found(OWN, row.key) == made


def test_what_was_sent_goes_with_the_answer() -> None:
    row = ask()
    settle()
    assert not QueuedInput.objects.exists()
    assert (bytes(now(row).report), bytes(now(row).envelope), now(row).state) == (b"", b"", "accepted")


def test_a_key_that_is_revoked_meanwhile_counts_no_longer() -> None:
    row = ask()
    signing_keys.withdraw(OWN, OUR_KEY.id, (TODAY, Why.COMPROMISED, "Laptop gestohlen"), TODAY)
    settle()
    assert [one.fault.code for one in queueing.reasons(now(row))] == ["V013"]
    assert not Evidence.objects.exists()


def test_of_two_workers_one_gets_it_and_only_the_holder_ends_it() -> None:
    row = ask()
    first = taken(row)
    assert queueing.take(row.key, NOW) is None
    assert queueing.look_after(LATER) == 1
    second = taken(row)
    assert not queueing.refused(first, [], NOW)
    assert not queueing.renew(first, NOW, 1).ours
    assert queueing.renew(second, NOW, 1).ours
    assert (now(row).state, now(row).done, now(row).attempts) == ("judging", 1, 2)


def test_who_was_thought_dead_records_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lease ends while it judges, and another worker has the hand-in when it wants to accept it."""
    row, here = ask(), making.Here.__call__

    def late(*given: Any) -> Any:
        QueuedHandIn.objects.update(lease="another")
        return here(*given)

    monkeypatch.setattr(making.Here, "__call__", late)
    settle()
    assert (now(row).state, now(row).lease) == ("judging", "another")
    assert (Evidence.objects.count(), HandIn.objects.count()) == (0, 0)


def test_after_three_deaths_it_is_given_up() -> None:
    row = ask()
    for _ in range(MOST_ATTEMPTS):
        taken(row)
        queueing.look_after(LATER)
    assert (now(row).state, [one.fault.code for one in queueing.reasons(now(row))]) == ("failed", ["V072"])
    assert not QueuedInput.objects.exists()


def test_a_worker_that_ends_gives_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> Any:
        raise Stopped

    row = ask()
    monkeypatch.setattr(making.Here, "__call__", stopped)
    settle()
    assert (now(row).state, now(row).attempts) == ("waiting", 0)
    monkeypatch.undo()
    settle()
    assert now(row).state == "accepted"


def test_a_job_that_was_lost_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(queue, "enqueue_hand_in", lambda _key: None)
        row = ask()
    assert queue.waiting() == set()
    queueing.look_after(NOW)
    assert queue.waiting() == {row.key}


def test_a_job_too_many_does_nothing() -> None:
    row = ask()
    settle()
    working.carry_out(row.key)
    working.carry_out("gibt-es-nicht")
    assert Evidence.objects.count() == 1


def test_a_fault_of_ours_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    row = ask()
    monkeypatch.setattr(making.Here, "__call__", lambda *_: 1 / 0)
    settle()
    assert (now(row).state, [one.fault.code for one in queueing.reasons(now(row))]) == ("failed", ["V073"])


def test_a_vendor_may_have_so_many_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "MOST_WAITING", 1)
    ask()
    with pytest.raises(Refused) as caught:
        ask(sent(replace(run_of(GOOD), seconds=9.0), files(GOOD)))
    assert caught.value.codes == ("V070",)
    settle()
    ask(sent(replace(run_of(GOOD), seconds=9.0), files(GOOD)))


def test_others_see_nothing_of_it() -> None:
    row = ask()
    for viewer in (PUBLIC, Viewer(vendor="musterwerk")):
        with pytest.raises(SchnittstellenError) as caught:
            queueing.found(viewer, row.key)
        assert caught.value.fault.code == "F410"
    assert [queueing.found(one, row.key) for one in (OWN, making.BOARD)] == [row, row]


def test_what_became_of_it_is_forgotten_after_a_month() -> None:
    row = ask()
    settle()
    ended = now(row).ended_at
    assert ended is not None
    queueing.look_after(ended + timedelta(29))
    assert QueuedHandIn.objects.exists()
    queueing.look_after(ended + timedelta(31))
    assert not QueuedHandIn.objects.exists()
    assert queueing.found(OWN, row.key) == HandIn.objects.get()
