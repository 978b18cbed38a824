"""A signed report: the honest one is accepted, each forgery is refused with its own code."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from schnittstellen.attest.envelope import STATEMENT, sealed
from schnittstellen.attest.keys import create, signer
from schnittstellen.attest.verifying import verify_report
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.trust import Purpose, Trust, Why, Withdrawal
from schnittstellen.domain.verdict import Verdict
from tests.attest import making
from tests.attest.making import CLAIM, DEMANDS, RELEASE, TODAY, TRUST, good, order, signed, unwrapped, wrapped
from tests.reports.making import report, result, step

Forgery = Callable[[bytes, bytes], tuple[bytes, bytes]]


def refused(envelope: bytes, data: bytes, claim: Any = CLAIM, demands: Any = DEMANDS, trust: Trust = TRUST) -> Any:
    with pytest.raises(Refused) as caught:
        verify_report(envelope, data, claim, demands, trust)
    return caught.value.codes


def test_an_honest_report_is_accepted() -> None:
    envelope, data = signed(good())
    found = verify_report(envelope, data, CLAIM, DEMANDS, TRUST)
    assert found.report == good()
    assert found.key == making.OUR_KEY
    assert found.run_on == date(2026, 11, 1)


def test_a_failed_report_is_accepted_as_what_it_is() -> None:
    """What is refused are forgeries, not failures."""
    failed = report()
    envelope, data = signed(failed)
    assert unwrapped(envelope)[1]["predicate"]["result"] == "FAILED"
    assert unwrapped(envelope)[1]["predicate"]["failedTests"] == ["muster@1.0/sender#R-1"]
    assert verify_report(envelope, data, CLAIM, DEMANDS, TRUST).report.verdict is Verdict.FAILED


@pytest.mark.parametrize("verdict", [Verdict.NOT_TESTED, Verdict.ERROR, Verdict.NOT_APPLICABLE])
def test_what_was_not_tested_is_never_signed_as_a_pass(verdict: Verdict) -> None:
    envelope, _ = signed(replace(good(), verdict=verdict))
    assert unwrapped(envelope)[1]["predicate"]["result"] == "FAILED"


def changed_statement(envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    outer, payload = unwrapped(envelope)
    payload["predicate"]["result"] = "WARNED"
    return wrapped(outer, payload), data


def changed_report(envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    return envelope, data.replace(b'"name": "gut.xml"', b'"name": "bad.xml"')


def stripped(envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    outer, payload = unwrapped(envelope)
    return wrapped(outer, payload, signatures=[]), data


def other_type(envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    outer, payload = unwrapped(envelope)
    return wrapped(outer, payload, payloadType="application/json"), data


def signature_of_another_document(envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    outer, _ = unwrapped(signed(replace(good(), seconds=9.0))[0])
    return json.dumps({**json.loads(envelope), "signatures": outer["signatures"]}).encode(), data


def another_known_key_named(envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    outer, payload = unwrapped(envelope)
    outer["signatures"][0]["keyid"] = making.THEIR_KEY.id
    return wrapped(outer, payload), data


def by_a_stranger(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(), private=making.STRANGER)


def by_a_competitor(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(), private=making.THEIRS)


def by_the_board(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(), private=making.BOARDS)


def changed_verdict(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    """The vendor itself writes "passed" over a failed run and signs that."""
    return signed(replace(report(), verdict=Verdict.PASSED, cause=None))


def changed_result(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    """All the way down to the step, but its findings still say what happened."""
    bad = result("brief.xml", replace(step(), verdict=Verdict.PASSED, cause=None))
    return signed(replace(good(), results=(bad,)))


def other_product(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(), release=ReleaseName("muster-ris-anderes", "4.2"))


def other_release(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(), release=ReleaseName("muster-ris", "4.1"))


def other_role(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    other = replace(result("gut.xml", step(Verdict.PASSED)), suite="muster@1.0/empfaenger")
    return signed(good(suites=(making.suite_use(name="muster@1.0/empfaenger"),), results=(other,)))


def older_suite(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(suites=(making.suite_use(edition="1.1.9", sha256="34" * 32),)))


def altered_suite(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(suites=(making.suite_use(sha256="34" * 32),)))


def newer_suite_than_published(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(suites=(making.suite_use(edition="1.10.0"),)))


def from_the_future(_envelope: bytes, _data: bytes) -> tuple[bytes, bytes]:
    return signed(good(started="2026-11-25T00:30:00+00:00"))


def no_envelope(_envelope: bytes, data: bytes) -> tuple[bytes, bytes]:
    return data, data


FORGERIES: dict[Forgery, str] = {
    no_envelope: "V001",
    other_type: "V002",
    stripped: "V003",
    changed_statement: "V004",
    signature_of_another_document: "V004",
    another_known_key_named: "V004",
    by_a_stranger: "V010",
    by_a_competitor: "V014",
    changed_report: "V020",
    changed_verdict: "V021",
    changed_result: "V021",
    other_product: "V023",
    other_release: "V023",
    other_role: "V024",
    older_suite: "V025",
    altered_suite: "V026",
    newer_suite_than_published: "V026",
    from_the_future: "V027",
}


@pytest.mark.parametrize(("forge", "code"), FORGERIES.items(), ids=lambda one: getattr(one, "__name__", one))
def test_each_forgery_is_refused_with_its_own_code(forge: Forgery, code: str) -> None:
    assert refused(*forge(*signed(good()))) == (code,)


def test_a_key_of_the_board_signs_no_runs() -> None:
    assert refused(*by_the_board(b"", b"")) == ("V015", "V014")


def test_a_payload_that_was_not_tested_is_refused() -> None:
    claim = replace(CLAIM, payloads={"gut.xml": "ab" * 32, "schlecht.xml": "ef" * 32})
    assert refused(*signed(good()), claim=claim) == ("V022",)
    verify_report(*signed(good()), replace(CLAIM, payloads={"anders.xml": "ab" * 32}), DEMANDS, TRUST)


def test_a_report_counts_once_and_not_for_ever() -> None:
    envelope, data = signed(good())
    sha256 = verify_report(envelope, data, CLAIM, DEMANDS, TRUST).sha256
    assert refused(envelope, data, demands=replace(DEMANDS, seen={sha256})) == ("V029",)
    assert refused(envelope, data, demands=replace(DEMANDS, most_days=22)) == ("V028",)
    verify_report(envelope, data, CLAIM, replace(DEMANDS, most_days=23), TRUST)


@pytest.mark.parametrize(
    ("times", "code"),
    [((date(2026, 1, 1), TODAY), "V012"), ((TODAY + timedelta(days=1), None), "V011")],
)
def test_a_key_counts_in_its_time_only(times: tuple[date, date | None], code: str) -> None:
    private, key = create(making.VENDOR, Purpose.ORGANISATION, *times)
    assert refused(*signed(good(), private=private), trust=Trust((key,))) == (code,)


@pytest.mark.parametrize("why", Why)
def test_a_withdrawn_key_is_refused(why: Why) -> None:
    trust = TRUST.without([Withdrawal(making.OUR_KEY.id, TODAY, why, "Laptop gestohlen")])
    assert refused(*signed(good()), trust=trust) == ("V013",)
    later = TRUST.without([Withdrawal(making.OUR_KEY.id, TODAY + timedelta(days=1), why)])
    verify_report(*signed(good()), CLAIM, DEMANDS, later)


def test_all_reasons_are_told_at_once() -> None:
    used = making.suite_use(edition="1.0.0")
    envelope, data = signed(good(suites=(used,), started="2027-01-01T00:00:00+00:00"), ReleaseName("x", "1"))
    assert set(refused(envelope, data)) == {"V023", "V025", "V027"}


def _passed() -> list[str]:
    return list(unwrapped(signed(good())[0])[1]["predicate"]["passedTests"])


def _resigned(**changes: Any) -> tuple[str, ...]:
    """The reason that is told where the vendor signs a statement with other things in its predicate."""
    envelope, data = signed(good())
    _, payload = unwrapped(envelope)
    payload["predicate"].update(changes)
    written = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(Refused) as caught:
        verify_report(sealed(written, STATEMENT, signer(making.OURS)), data, CLAIM, DEMANDS, TRUST)
    (one,) = caught.value.refusals
    return one.fault.code, *(one.parameters[name] for name in ("claimed", "found", "place"))


def test_a_changed_verdict_is_told_once_and_by_name() -> None:
    told = _resigned(result="FAILED", warnedTests=["x#1"], failedTests=["x#2"])
    assert told == ("V021", "FAILED", "PASSED", "predicate/result, predicate/warnedTests, predicate/failedTests")
    assert _resigned(passedTests=["x#1", *_passed()]) == ("V021", "x#1", "–", "predicate/passedTests")
    assert _resigned(configuration=[])[2].startswith("muster@1.0/sender ")
    assert _resigned(warnedTests="alles") == ("V021", "alles", "–", "predicate/warnedTests")
    many = [f"x#{number}" for number in range(9)]
    assert _resigned(warnedTests=many)[1] == "x#0, x#1, x#2, x#3, x#4, …"


# --- test orders


def ordered(seed: int | None = None, **notes: str) -> tuple[bytes, bytes]:
    probing = replace(step(Verdict.PASSED), notes={"seed": str(order().seed if seed is None else seed)})
    one = result("http://127.0.0.1", probing)
    return signed(good(results=(one,), notes={**order().notes(), **notes}))


def test_a_run_by_order_is_accepted() -> None:
    verify_report(*ordered(), replace(CLAIM, order=order()), DEMANDS, TRUST)


@pytest.mark.parametrize(
    ("handed_in", "ordered_as", "used", "code"),
    [
        (signed(good()), order(), (), "V030"),
        (ordered(), order(id="PA-2026-8"), (), "V031"),
        (ordered(), order(sha256="cd" * 32), (), "V031"),
        (ordered(), order(lapses_on=TODAY), (), "V032"),
        (ordered(), order(), ("PA-2026-7",), "V033"),
        (ordered(seed=4), order(), (), "V034"),
        (ordered(order_seed="4"), order(), (), "V034"),
        (ordered(), order(issued=TODAY + timedelta(days=1)), (), "V035"),
    ],
)
def test_a_run_that_does_not_fulfil_its_order_is_refused(
    handed_in: tuple[bytes, bytes], ordered_as: Any, used: tuple[str, ...], code: str
) -> None:
    demands = replace(DEMANDS, orders=used)
    assert refused(*handed_in, claim=replace(CLAIM, order=ordered_as), demands=demands) == (code,)


# --- hostile forms


@pytest.mark.parametrize(
    "envelope",
    [
        b"",
        b"[]",
        b"null",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"payload": "", "payloadType": 3, "signatures": []}',
        b'{"payload": "%%%", "payloadType": "x", "signatures": [{"keyid": "a", "sig": "=="}]}',
        b'{"payload": "", "payload": "", "payloadType": "x", "signatures": []}',
        b'{"payload": "", "payloadType": "x", "signatures": {"a": 1}}',
        b'{"payload": "", "payloadType": "x", "signatures": [1]}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_envelope_is_refused_as_such(envelope: bytes) -> None:
    assert refused(envelope, b"") == ("V001",)


@pytest.mark.parametrize("payload", [[], {}, {"_type": 1}, "x", {"predicateType": ["x"]}])
def test_a_signed_payload_of_another_kind_is_refused(payload: Any) -> None:
    from schnittstellen.attest.envelope import STATEMENT, sealed

    envelope = sealed(json.dumps(payload).encode(), STATEMENT, signer(making.OURS))
    assert refused(envelope, b"")[0] == "V002"


def test_a_signed_statement_without_its_parts_is_refused() -> None:
    from schnittstellen.attest.envelope import STATEMENT, sealed

    _, payload = unwrapped(signed(good())[0])
    for broken in (
        {**payload, "subject": []},
        {**payload, "predicate": {}},
        {**payload, "predicate": {"result": "OK"}},
    ):
        envelope = sealed(json.dumps(broken).encode(), STATEMENT, signer(making.OURS))
        assert refused(envelope, b"") == ("V005",)


def test_a_signed_file_that_is_no_report_is_refused() -> None:
    envelope, _ = signed(good())
    assert refused(envelope, b"{}") == ("V020", "V005")


def test_the_name_of_a_release_is_part_of_its_digest() -> None:
    assert RELEASE.sha256 != ReleaseName("muster", "ris@4.2").sha256
    assert ReleaseName.of("a@b@c") == ReleaseName("a@b", "c")


def test_the_payload_is_readable_base64() -> None:
    outer = json.loads(signed(good())[0])
    assert outer["payloadType"] == "application/vnd.in-toto+json"
    assert json.loads(base64.b64decode(outer["payload"]))["_type"] == "https://in-toto.io/Statement/v1"
