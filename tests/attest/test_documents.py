"""Certificates, orders and withdrawals: what holds is accepted, everything else refused with its own code."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from schnittstellen.attest import documents
from schnittstellen.attest.envelope import CERTIFICATE, sealed
from schnittstellen.attest.keys import create, signer
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.certificate import Condition, exceeds
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.trust import Purpose, Trust, Why, Withdrawal, WithdrawalList
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.attested import certificate_from, certificate_written
from tests.attest import making
from tests.attest.making import BOARD, TODAY, TRUST, certificate, order, support, unwrapped, wrapped

SIGNED = documents.sign_certificate(certificate(), BOARD)


def refused(run: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        run()
    return caught.value.codes


def verify(data: bytes = SIGNED, trust: Trust = TRUST, day: date = TODAY, **more: Any) -> documents.Verified:
    return documents.verify_certificate(data, trust, day, **more)


def unchecked(**changes: Any) -> bytes:
    """A certificate that the board signed although it says more than was tested."""
    return sealed(canonical(certificate_written(certificate(**changes))), CERTIFICATE, BOARD)


def withdrawals(*withdrawn: Withdrawal, **changes: Any) -> WithdrawalList:
    made = WithdrawalList("muster-beirat", 3, TODAY, TODAY + timedelta(days=30), withdrawn)
    return replace(made, **changes)


def test_a_certificate_that_holds() -> None:
    found = verify(withdrawals=withdrawals(), release=making.RELEASE)
    assert found.certificate == certificate()
    assert found.key == making.BOARD_KEY


def test_written_and_read_again() -> None:
    rich = certificate(
        level=Nachweisstufe.OPERATION,
        confirmations=("ef" * 32,),
        conditions=(Condition("Fehlertexte übersetzen", date(2027, 3, 1)), Condition("Handbuch ergänzen")),
        deviations=("A101",),
    )
    assert certificate_from(json.loads(canonical(certificate_written(rich)))) == rich


def test_it_holds_from_its_first_to_its_last_day() -> None:
    assert verify(day=date(2026, 11, 20)).certificate.last_day == date(2027, 11, 19)
    verify(day=date(2027, 11, 19))
    assert refused(lambda: verify(day=date(2026, 11, 19))) == ("V040",)
    assert refused(lambda: verify(day=date(2027, 11, 20))) == ("V041",)


def test_a_changed_certificate_is_refused() -> None:
    outer, payload = unwrapped(SIGNED)
    for change in ({"level": 5}, {"lapses_on": "2037-01-01"}, {"role": "empfaenger"}, {"edition": "9.0.0"}):
        changed = wrapped(outer, {**payload, **change})
        assert refused(lambda changed=changed: verify(changed)) == ("V004",)
    assert refused(lambda: verify(wrapped(outer, payload, signatures=[]))) == ("V003",)


def test_only_the_board_certifies() -> None:
    for private, code in ((making.OURS, "V015"), (making.STRANGER, "V010")):
        forged = sealed(canonical(certificate_written(certificate())), CERTIFICATE, signer(private))
        assert refused(lambda forged=forged: verify(forged)) == (code,)


def test_a_signed_order_is_no_certificate() -> None:
    assert refused(lambda: verify(documents.sign_order(order(), BOARD))) == ("V002",)


def test_the_certificate_of_another_release_is_refused() -> None:
    assert refused(lambda: verify(release=ReleaseName("muster-ris", "5.0"))) == ("V044",)


def test_a_withdrawn_certificate_is_refused_from_that_day_on() -> None:
    listed = withdrawals(Withdrawal("2026-0017", date(2026, 12, 1), Why.RULES_BROKEN, "Abweichung im Betrieb"))
    verify(day=date(2026, 11, 30), withdrawals=listed)
    assert refused(lambda: verify(day=date(2026, 12, 1), withdrawals=listed)) == ("V042",)


@pytest.mark.parametrize(
    ("why", "since", "code"),
    [
        (Why.COMPROMISED, TODAY, "V013"),
        (Why.SUPERSEDED, TODAY, None),
        (Why.SUPERSEDED, date(2026, 11, 1), "V013"),
        (Why.COMPROMISED, TODAY + timedelta(days=1), None),
    ],
)
def test_only_a_compromised_key_loses_what_it_signed_before(why: Why, since: date, code: str | None) -> None:
    listed = withdrawals(Withdrawal(making.BOARD_KEY.id, since, why))
    if code is None:
        verify(withdrawals=listed)
    else:
        assert refused(lambda: verify(withdrawals=listed)) == (code,)


def test_a_certificate_outlives_the_time_of_its_key() -> None:
    private, key = create("muster-beirat", Purpose.BOARD, date(2026, 1, 1), date(2026, 11, 21))
    data = documents.sign_certificate(certificate(), signer(private))
    verify(data, Trust((key,)), date(2027, 6, 1))
    late = documents.sign_certificate(certificate(issued=date(2026, 11, 21)), signer(private))
    assert refused(lambda: verify(late, Trust((key,)), date(2027, 6, 1))) == ("V012",)


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"evidence": (support(verdict=Verdict.FAILED),)}, 3),
        ({"evidence": ()}, 3),
        ({"level": Nachweisstufe.PAIR}, 1),
        ({"level": Nachweisstufe.OPERATION}, 1),
        ({"edition": "1.10.0"}, 1),
        ({"role": "empfaenger"}, 1),
        ({"version": "2.0"}, 1),
        ({"messages": ("brief", "mahnung")}, 1),
        ({"evidence": (support(run_on=date(2026, 11, 21)),)}, 1),
        ({"lapses_on": date(2026, 11, 20)}, 1),
    ],
)
def test_never_more_than_was_tested(changes: dict[str, Any], count: int) -> None:
    over = certificate(**changes)
    assert [one.fault.code for one in exceeds(over)] == ["V043"] * count
    assert refused(lambda: documents.sign_certificate(over, BOARD)) == ("V043",)


def test_even_a_signed_certificate_is_held_to_its_evidence() -> None:
    assert refused(lambda: verify(unchecked(messages=("mahnung",)))) == ("V043",)
    assert refused(lambda: verify(unchecked(level=Nachweisstufe.OPERATION))) == ("V043",)


def test_less_than_was_tested_may_be_certified() -> None:
    assert [*exceeds(certificate(level=Nachweisstufe.MESSAGES, messages=()))] == []


@pytest.mark.parametrize(
    "change",
    [
        {"level": 6},
        {"level": "4"},
        {"more": 1},
        {"issued": "2026-02-30"},
        {"tested": 3},
        {"evidence": []},
        {"role": ""},
    ],
)
def test_what_is_not_of_the_schema_is_refused(change: dict[str, Any]) -> None:
    data = sealed(canonical({**certificate_written(certificate()), **change}), CERTIFICATE, BOARD)
    assert refused(lambda: verify(data)) == ("V005",)


def test_a_name_twice_is_refused() -> None:
    """One reader would see the first value, another the last."""
    text = canonical(certificate_written(certificate())).replace(b'"level":4', b'"level":4,"level":5')
    assert refused(lambda: verify(sealed(text, CERTIFICATE, BOARD))) == ("V005",)


# --- withdrawals


def test_a_list_of_withdrawals_grows_only() -> None:
    first = documents.withdraw(None, [Withdrawal("a", TODAY, Why.ERROR)], "muster-beirat", TODAY, date(2027, 1, 1))
    second = documents.withdraw(first, [Withdrawal("b", TODAY, Why.CEASED)], "muster-beirat", TODAY, date(2027, 1, 1))
    assert second.number == 2
    assert [one.what for one in second.withdrawn] == ["a", "b"]
    assert documents.read_withdrawals(documents.sign_withdrawals(second, BOARD), TRUST, TODAY) == second


def test_a_list_that_cannot_be_trusted_leaves_open_what_was_withdrawn() -> None:
    data = documents.sign_withdrawals(withdrawals(), BOARD)
    outer, payload = unwrapped(data)
    changed = wrapped(outer, {**payload, "number": 9})
    by_vendor = documents.sign_withdrawals(withdrawals(), signer(making.OURS))
    cases = {
        ("V052", "V004"): lambda: documents.read_withdrawals(changed, TRUST, TODAY),
        ("V052", "V015"): lambda: documents.read_withdrawals(by_vendor, TRUST, TODAY),
        ("V051",): lambda: documents.read_withdrawals(data, TRUST, TODAY, least=4),
        ("V050",): lambda: documents.read_withdrawals(data, TRUST, TODAY + timedelta(days=30)),
    }
    for codes, run in cases.items():
        with pytest.raises(Refused) as caught:
            run()
        assert caught.value.codes == codes
        assert caught.value.fault.exit == 3


def test_a_list_does_not_vouch_for_the_key_that_it_withdraws() -> None:
    own = withdrawals(Withdrawal(making.BOARD_KEY.id, TODAY, Why.COMPROMISED))
    data = documents.sign_withdrawals(own, BOARD)
    assert refused(lambda: documents.read_withdrawals(data, TRUST, TODAY)) == ("V052", "V013")


# --- orders


def test_an_order_names_the_digest_of_what_was_signed() -> None:
    found = documents.read_order(documents.sign_order(order(), BOARD), TRUST, TODAY)
    assert replace(found, sha256="ab" * 32) == order()
    assert len(found.sha256) == 64
    other = documents.read_order(documents.sign_order(order(seed=1), BOARD), TRUST, TODAY)
    assert other.sha256 != found.sha256


def test_an_order_of_somebody_else_is_refused() -> None:
    data = documents.sign_order(order(), signer(making.OURS))
    assert refused(lambda: documents.read_order(data, TRUST, TODAY)) == ("V015",)
