"""Chained records: each way of tampering is found and named, in random chains."""

import json
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.domain.canonical import NotCanonical, canonical, digest
from schnittstellen.domain.chain import GENESIS, Break, Head, Kind, Record, appended, breaks, digest_of


def chain(length: int) -> list[Record]:
    records: list[Record] = []
    for number in range(length):
        records.append(appended(records[-1] if records else None, {"nr": number, "wer": "Müster"}))
    return records


def forged(number: int, previous: str, text: str = "gefälscht") -> Record:
    body = canonical({"text": text})
    return Record(number, previous, body, digest_of(number, previous, body))


def found(records: list[Record], heads: tuple[Head, ...] = ()) -> list[tuple[Kind, int, int]]:
    return [(one.kind, one.number, one.until) for one in breaks(iter(records), heads)]


lengths = st.integers(2, 40)


@given(st.integers(0, 40))
def test_a_whole_chain_has_no_breaks(length: int) -> None:
    records = chain(length)
    assert found(records) == []
    assert found(records, tuple(Head(one.number, one.digest) for one in records)) == []


@given(lengths, st.data())
def test_a_changed_body_is_found(length: int, data: st.DataObject) -> None:
    records = chain(length)
    at = data.draw(st.integers(0, length - 1))
    records[at] = replace(records[at], body=canonical({"nr": -1}))
    assert found(records) == [(Kind.CHANGED, at + 1, at + 1)]


@given(st.integers(3, 40), st.data())
def test_a_record_that_was_replaced_with_its_digest_is_found_by_the_next(length: int, data: st.DataObject) -> None:
    records = chain(length)
    at = data.draw(st.integers(0, length - 2))
    records[at] = forged(at + 1, records[at].previous)
    assert found(records) == [(Kind.CHANGED, at + 1, at + 1)]


@given(st.integers(3, 40), st.data())
def test_removed_records_are_found(length: int, data: st.DataObject) -> None:
    records = chain(length)
    first = data.draw(st.integers(0, length - 2))
    last = data.draw(st.integers(first, length - 2))
    assert found(records[:first] + records[last + 1 :]) == [(Kind.REMOVED, first + 1, last + 1)]


@given(lengths, st.data())
def test_an_inserted_record_is_told_from_the_right_one(length: int, data: st.DataObject) -> None:
    """Whether the forged one stands before or after the record whose number it bears."""
    records = chain(length)
    at = data.draw(st.integers(0, length - 2))
    after = data.draw(st.booleans())
    records.insert(at + after, forged(at + 1, records[at].previous))
    assert [*breaks(iter(records))] == [Break(Kind.INSERTED, at + 1, at + 1, at + 1 + after)]


@given(lengths, st.data())
def test_a_copy_is_found(length: int, data: st.DataObject) -> None:
    records = chain(length)
    at = data.draw(st.integers(0, length - 1))
    to = data.draw(st.integers(at, length - 1))
    records.insert(to + 1, records[at])
    assert found(records) == [(Kind.INSERTED, at + 1, at + 1)]


@given(lengths, st.data())
def test_a_moved_record_is_found(length: int, data: st.DataObject) -> None:
    records = chain(length)
    old, new = data.draw(st.integers(0, length - 1)), data.draw(st.integers(0, length - 1))
    moved = records.pop(old)
    records.insert(new, moved)
    kinds = found(records)
    if old == new:
        assert kinds == []
    elif abs(old - new) == 1:
        assert kinds == [(Kind.MOVED, max(old, new) + 1, max(old, new) + 1)], "of two neighbours, the one that is early"
    else:
        assert kinds == [(Kind.MOVED, old + 1, old + 1)]


@given(st.integers(4, 40), st.randoms(use_true_random=False))
def test_a_shuffled_chain_is_never_whole(length: int, random: object) -> None:
    records = chain(length)
    mixed = list(records)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    kinds = {kind for kind, _, _ in found(mixed)}
    assert kinds <= {Kind.MOVED, Kind.CHANGED, Kind.REMOVED, Kind.INSERTED}
    assert bool(kinds) == (mixed != records)


@given(st.integers(1, 40), st.data())
def test_only_a_published_head_finds_a_missing_end(length: int, data: st.DataObject) -> None:
    records = chain(length)
    kept = data.draw(st.integers(0, length - 1))
    head = Head(length, records[-1].digest)
    assert found(records[:kept]) == []
    assert found(records[:kept], (head,)) == [(Kind.REMOVED, kept + 1, length)]


@given(st.integers(2, 40), st.data())
def test_only_a_published_head_finds_a_rewritten_chain(length: int, data: st.DataObject) -> None:
    records = chain(length)
    at = data.draw(st.integers(0, length - 1))
    again = records[:at]
    for number in range(at, length):
        again.append(appended(again[-1] if again else None, {"nr": number, "wer": "jemand anders"}))
    assert found(again) == []
    assert found(again, (Head(length, records[-1].digest),)) == [(Kind.REWRITTEN, 1, length)]


@given(st.integers(3, 20), st.data())
def test_several_breaks_are_all_found(length: int, data: st.DataObject) -> None:
    records = chain(length * 3)
    records[1] = replace(records[1], body=b"{}")
    gone = data.draw(st.integers(4, length * 3 - 2))
    del records[gone]
    assert found(records) == [(Kind.CHANGED, 2, 2), (Kind.REMOVED, gone + 1, gone + 1)]


def test_the_first_record_refers_to_nothing() -> None:
    assert chain(1)[0].previous == GENESIS
    assert found([forged(1, "ab" * 32), *chain(3)[1:]])[0] == (Kind.CHANGED, 1, 1)


def test_a_chain_without_any_order_is_given_up() -> None:
    records = chain(30_002)[::2]
    kinds = [one.kind for one in islice(breaks(iter(records)), 20_000)]
    assert kinds[-1] is Kind.HOPELESS


# --- canonical form

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_canonical_form_is_read_as_what_it_was(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers(0, 9), min_size=2, max_size=6))
def test_the_order_of_names_does_not_matter(value: dict[str, int]) -> None:
    assert digest(dict(reversed(value.items()))) == digest(value)


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, {1: 2}, "\ud800", {"a": [{"b": b""}]}, {"\udfff": 1}])
def test_what_means_different_things_has_no_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)
