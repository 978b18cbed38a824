"""What a draft would say is told from a stored report, and is never other than what judging anew says."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.domain.finding import Item
from schnittstellen.domain.report import Pin, Result
from schnittstellen.domain.standard import Artefact, ArtefactKind, Message, Standard, StandardKind
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.verdict import Level, Verdict, gravity
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Check, Context, Observation, Payload
from schnittstellen.engine.preview import Draft, Span, Why, compared, touched
from tests.engine.minis import BAD, KNOWN, Obedient

NOTHING: frozenset[ArtefactKind] = frozenset()
MESSAGES = ("a", "b")


class Told(Obedient):
    """Does what the options of its step say."""

    name = "told"

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        for word in options.get("does", ()):
            yield from self.obey(word)


class Deaf(Told):
    """Depends on no file of the standard."""

    name = "deaf"
    reads: frozenset[ArtefactKind] = frozenset()


CHECKS: dict[str, Check] = {"told": Told(), "deaf": Deaf()}
JUDGE = Judge(CHECKS, KNOWN)
STANDARD = Standard("mini", "1.0", "Muster", StandardKind.XML, messages=(Message("a", "a"), Message("b", "b")))


def suite(*steps: Step) -> Suite:
    return Suite("mini", "1.0", "alle", "1.0.0", steps)


def judged(by: Suite, message: str = "a") -> Result:
    seen = Payload(name="p", open=lambda: cast(Any, BytesIO(b"<a/>")), size=4)
    kind = next(one for one in STANDARD.messages if one.id == message)
    return JUDGE.judge(seen, by, Context(STANDARD, Bundle(STANDARD, Path()), kind))


def told(old: Suite | None, new: Suite, result: Result, kinds: frozenset[ArtefactKind] = NOTHING) -> Span:
    return Draft(old, new, kinds, CHECKS, KNOWN).span(result)


def step(id: str = "s", *does: str, level: Level = Level.MUST, **more: Any) -> Step:
    return Step(id, more.pop("check", "told"), level, options={"does": list(does)}, **more)


STEPS = st.builds(
    lambda at, check, level, does, messages, needs: Step(
        f"s{at}", check, level, (), messages, {"does": does}, tuple(f"s{one}" for one in needs if one < at)
    ),
    st.integers(0, 3),
    st.sampled_from(["told", "deaf"]),
    st.sampled_from(Level),
    st.lists(st.sampled_from(["bad", "soft", "unknown", "beside", "cover", "note"]), max_size=2),
    st.sampled_from([(), ("a",), MESSAGES]),
    st.sets(st.integers(0, 2), max_size=1),
)
SUITES = st.lists(STEPS, min_size=1, max_size=4, unique_by=lambda one: one.id).map(
    lambda steps: suite(*sorted(steps, key=lambda one: one.id))
)


@settings(max_examples=100, deadline=None)
@given(SUITES, SUITES, st.data())
def test_what_is_told_holds_when_the_draft_really_judges(old: Suite, other: Suite, data: Any) -> None:
    kept = {one.id: one for one in old.steps}
    mixed = [
        replace(kept[one.id], level=one.level) if one.id in kept and data.draw(st.booleans()) else one
        for one in other.steps
    ]
    new = suite(*mixed)
    span = told(old, new, judged(old))
    really = judged(new)
    assert gravity(span.low) <= gravity(really.verdict) <= gravity(span.high)
    if span.green is not None:
        assert span.green is (really.verdict in (Verdict.PASSED, Verdict.PASSED_WITH_WARNINGS))


@settings(max_examples=60, deadline=None)
@given(SUITES, st.sampled_from(MESSAGES))
def test_a_draft_that_changes_nothing_is_certain_and_tells_no_reason(old: Suite, message: str) -> None:
    result = judged(old, message)
    assert told(old, old, result) == Span(result.verdict, result.verdict)


@settings(max_examples=60, deadline=None)
@given(SUITES, st.lists(st.sampled_from(Level), min_size=4, max_size=4))
def test_where_only_weights_change_the_answer_is_exact(old: Suite, levels: list[Level]) -> None:
    without = suite(*(replace(one, needs=()) for one in old.steps))
    new = suite(*(replace(one, level=level) for one, level in zip(without.steps, levels, strict=False)))
    assert told(without, new, judged(without)).verdict is judged(new).verdict


def test_a_heavier_step_names_the_finding_that_makes_it_fall() -> None:
    old, new = suite(step("s", "bad", level=Level.SHOULD)), suite(step("s", "bad"))
    span = told(old, new, judged(old))
    assert (span.verdict, span.green) == (Verdict.FAILED, False)
    (reason,) = span.reasons
    assert (reason.step, reason.why, reason.was, reason.now) == ("s", Why.LEVEL, "passed_with_warnings", "failed")
    assert reason.findings == ("Z001 R1",)


@pytest.mark.parametrize(("level", "green"), [(Level.MUST, None), (Level.SHOULD, True), (Level.MAY, True)])
def test_a_new_step_that_never_ran_is_not_known_where_it_binds(level: Level, green: bool | None) -> None:
    old = suite(step("s"))
    span = told(old, suite(step("s"), step("new", level=level)), judged(old))
    assert span.green is green
    assert [one.why for one in span.reasons] == [Why.ADDED]


def test_what_fails_anyway_is_known_to_fail_whatever_a_new_step_says() -> None:
    old = suite(step("s", "bad"))
    assert told(old, suite(step("s", "bad"), step("new")), judged(old)).verdict is Verdict.FAILED


def test_a_step_that_did_not_run_then_is_not_known_once_its_condition_is_met() -> None:
    old = suite(step("first", "bad"), step("then", needs=("first",)))
    new = suite(step("first", "bad", level=Level.SHOULD), step("then", needs=("first",)))
    assert told(old, new, judged(old)).green is None


def test_a_removed_step_is_told_with_what_it_found() -> None:
    old = suite(step("s"), step("gone", "bad"))
    span = told(old, suite(step("s")), judged(old))
    assert span.verdict is Verdict.PASSED
    assert [(one.step, one.why, one.findings) for one in span.reasons] == [("gone", Why.REMOVED, ("Z001 R1",))]


def test_without_the_edition_of_then_nothing_is_known() -> None:
    old = suite(step("s"))
    span = told(None, old, judged(old))
    assert (span.green, [one.why for one in span.reasons]) == (None, [Why.EDITION])


def test_changed_files_touch_only_checks_that_read_them() -> None:
    old = suite(step("told"), step("deaf", check="deaf"))
    span = told(old, old, judged(old), frozenset({ArtefactKind.SCHEMA}))
    assert (span.green, [(one.step, one.why) for one in span.reasons]) == (None, [("told", Why.FILES)])


def test_which_files_differ() -> None:
    with_file = replace(STANDARD, artefacts=(Artefact("a.xsd", "1", ArtefactKind.SCHEMA),))
    assert touched([Pin("a.xsd", "1")], with_file, with_file) == NOTHING
    assert touched([Pin("a.xsd", "2")], with_file, with_file) == {ArtefactKind.SCHEMA}
    assert touched([Pin("a.xsd", "1"), Pin("b", "1")], with_file, with_file) == {ArtefactKind.OTHER}
    assert touched([Pin("a.xsd", "1")], None, with_file) == frozenset(ArtefactKind)
    renamed = replace(with_file, messages=(Message("c", "a"),))
    assert touched([Pin("a.xsd", "1")], with_file, renamed) == frozenset(ArtefactKind)
    assert touched([Pin("a.xsd", "1")], with_file, replace(with_file, title="anders")) == NOTHING


def test_judged_anew_names_the_steps_that_differ() -> None:
    was, now = judged(suite(step("a"), step("b"))), judged(suite(step("a"), step("b", "bad")))
    span = compared(was, now)
    assert (span.verdict, [(one.step, one.findings) for one in span.reasons]) == (
        Verdict.FAILED,
        [("b", (f"{BAD.id} R1",))],
    )
