"""Forgeries: each is refused with its own code, and nothing is kept of it; its honest twin is accepted."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schnittstellen.attest import keys
from schnittstellen.catalogue.models import Evidence, HandIn
from schnittstellen.catalogue.services import recording, signing_keys
from schnittstellen.catalogue.services.handing_in.sent import Input, Sent
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.finding import Place
from schnittstellen.domain.trust import Purpose, Why
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.attested import keys_written
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import BAD, GOOD, OUR_KEY, OWN, START, SUITE, TODAY, files, honest, run_of, sent

pytestmark = pytest.mark.django_db
OTHER_ROLE = "xhundesteuer@2.0/fachverfahren"


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def changed_verdict() -> Sent:
    """Written over the failed run, and signed so."""
    return sent(replace(run_of(BAD), verdict=Verdict.PASSED, cause=None), files(BAD))


def changed_throughout() -> Sent:
    """The report agrees with itself: all that was found is taken out of it. Only our run sees that."""
    bad, good = run_of(BAD), run_of(GOOD)
    (was,), (passed,) = bad.results, good.results
    forged = replace(was, verdict=Verdict.PASSED, cause=None, steps=passed.steps)
    return sent(replace(good, results=(forged,), targets=bad.targets), files(BAD))


def moved_finding() -> Sent:
    """The verdict stays, but a finding is said to be somewhere else."""
    (was,) = run_of(BAD).results
    step = next(one for one in was.steps if one.findings)
    moved = replace(step, findings=tuple(replace(one, place=Place(line=1)) for one in step.findings))
    steps = tuple(moved if one is step else one for one in was.steps)
    return sent(replace(run_of(BAD), results=(replace(was, steps=steps),)), files(BAD))


def swapped_payloads() -> Sent:
    """The digests of two files change places, and so do their verdicts."""
    honest_one = run_of(GOOD, BAD)
    first, second = honest_one.results
    swapped = (
        replace(first, sha256=second.sha256, size=second.size),
        replace(second, sha256=first.sha256, size=first.size),
    )
    return sent(replace(honest_one, results=swapped), files(GOOD, BAD))


def changed_payload() -> Sent:
    (one,) = files(GOOD)
    return sent(run_of(GOOD), (Input(one.name, one.data.replace(b"Muster", b"Anders")),))


def changed_report() -> Sent:
    made = honest()
    return replace(made, report=made.report.replace(b'"seconds"', b' "seconds"', 1))


def other_product() -> Sent:
    return sent(run_of(GOOD), files(GOOD), release="muster-katze@1.0")


def other_release() -> Sent:
    return sent(run_of(GOOD), files(GOOD), release="muster-hund@0.9")


def other_role() -> Sent:
    return replace(honest(), suite=OTHER_ROLE)


def not_declared() -> Sent:
    return replace(honest(), suite="xhundesteuer@1.1/onlinedienst")


def older_suite() -> Sent:
    return sent(making.use(run_of(GOOD), edition="0.0.9", sha256="0" * 64), files(GOOD))


def altered_suite() -> Sent:
    return sent(making.use(run_of(GOOD), sha256="0" * 64), files(GOOD))


def retired_suite() -> Sent:
    (used,) = run_of(GOOD).suites
    recording.retire(SUITE, used.edition, TODAY, "fehlerhaft")
    return honest()


def other_artefacts() -> Sent:
    (used,) = run_of(GOOD).suites
    pins = (replace(used.pins[0], sha256="0" * 64), *used.pins[1:])
    return sent(making.use(run_of(GOOD), pins=pins), files(GOOD))


def expired_key() -> Sent:
    private, key = keys.create(making.VENDOR, Purpose.ORGANISATION, START, date(2026, 2, 1))
    signing_keys.register(OWN, making.VENDOR, canonical(keys_written((key,))), START)
    return sent(run_of(GOOD), files(GOOD), private=private)


def revoked_key() -> Sent:
    signing_keys.withdraw(OWN, OUR_KEY.id, (TODAY, Why.COMPROMISED, "Laptop gestohlen"), TODAY)
    return honest()


def anothers_key() -> Sent:
    return sent(run_of(GOOD), files(GOOD), private=making.THEIRS)


def unknown_key() -> Sent:
    return sent(run_of(GOOD), files(GOOD), private=making.STRANGER)


def stripped() -> Sent:
    return replace(honest(), envelope=making.changed(honest().envelope, signatures=[]))


def another_signature() -> Sent:
    other = json.loads(sent(replace(run_of(GOOD), seconds=9.0)).envelope)
    return replace(honest(), envelope=making.changed(honest().envelope, signatures=other["signatures"]))


def other_message() -> Sent:
    """Everything is as it was found, but for which message it is."""
    (was,) = run_of(GOOD).results
    return sent(replace(run_of(GOOD), results=(replace(was, message="hundesteuer.abmeldung.0102"),)), files(GOOD))


def further_passes() -> Sent:
    """The report says of requirements that they were tested and kept, of which no result tells."""
    (used,) = run_of(GOOD).suites
    told = tuple(replace(one, verdict=Verdict.PASSED, tested=9, reason=None) for one in used.requirements)
    return sent(making.use(run_of(GOOD), requirements=told), files(GOOD))


def later_today() -> Sent:
    """The clock of the machine is wrong, or it is to count for longer."""
    later = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    return sent(replace(run_of(GOOD), started=later), files(GOOD))


def from_the_future() -> Sent:
    later = (making.NOW + timedelta(days=2)).isoformat()
    return sent(replace(run_of(GOOD), started=later), files(GOOD))


FORGERIES: dict[Callable[[], Sent], str] = {
    stripped: "V003",
    another_signature: "V004",
    unknown_key: "V010",
    expired_key: "V012",
    revoked_key: "V013",
    anothers_key: "V014",
    changed_report: "V020",
    changed_verdict: "V021",
    changed_payload: "V022",
    other_product: "V023",
    other_release: "V023",
    other_role: "V024",
    older_suite: "V025",
    altered_suite: "V026",
    from_the_future: "V027",
    later_today: "V027",
    retired_suite: "V060",
    changed_throughout: "V061",
    swapped_payloads: "V061",
    moved_finding: "V062",
    other_artefacts: "V065",
    other_message: "V074",
    further_passes: "V076",
    not_declared: "V067",
}


@pytest.mark.parametrize(("forge", "code"), FORGERIES.items(), ids=lambda one: getattr(one, "__name__", one))
def test_each_forgery_is_refused_with_its_own_code(forge: Callable[[], Sent], code: str) -> None:
    assert making.refused(forge()) == (code,)
    assert (HandIn.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", [GOOD, BAD])
def test_the_honest_twin_is_accepted_as_what_it_is(name: str) -> None:
    made, new = making.hand_in(sent(run_of(name), files(name)))
    assert (new, made.judged, made.total) == (True, 1, 1)
    assert made.evidence.verdict == run_of(name).verdict == made.claimed
    assert made.key_id == OUR_KEY.id


def test_all_reasons_are_told_at_once() -> None:
    wrong = sent(making.use(run_of(GOOD), edition="0.0.9"), files(BAD), private=making.THEIRS, release="anderes@1")
    assert making.refused(wrong) == ("V014", "V023", "V025", "V022")


def test_the_difference_is_shown() -> None:
    with pytest.raises(making.Refused) as caught:
        making.hand_in(changed_throughout())
    (reason,) = caught.value.refusals
    said = reason.parameters
    assert (said["claimed"], said["found"]) == ("bestanden", "nicht bestanden")
    assert said["findings"].startswith("+ X")
