"""Known answers: entries that are one product, and look-alikes that are two."""

import random
from itertools import combinations

import pytest

from schnittstellen.catalogue.services import alike
from schnittstellen.catalogue.services.alike import Entry, Sign, pairs

L, M = frozenset({"99115005060000"}), frozenset({"99115005060001"})


def entry(name: str, vendor: str = "Musterhaus GmbH", **more: object) -> tuple[str, str, dict[str, object]]:
    return name, vendor, more


ONE = [
    (entry("Muster-Akte"), entry("Muster Akte")),
    (entry("Musterakte"), entry("Muster-Akte")),
    (entry("MUSTERMELDER"), entry("Mustermelder")),
    (entry("Müster-Bürgerbüro"), entry("Muester Buergerbuero")),
    (entry("Muster-Gewerbe", "Musterhaus GmbH"), entry("Muster-Gewerbe", "Musterhaus")),
    (entry("Muster-Gewerbe", "Musterhaus GmbH & Co. KG"), entry("Mustergewerbe", "Musterhaus AG")),
    (entry("Muster-Einwohnerwesen"), entry("Muster-Einwohnrwesen")),
    (entry("Muster Hund"), entry("Hund Muster")),
    (entry("Muster-Wohngeld", "Musterhaus"), entry("Muster Wohngeld", "Musterkontor")),
    (entry("Muster-Wohngeld 7"), entry("Muster Wohngeld 7")),
    (
        entry("Antrag digital", source_code="https://git.example/muster/antrag"),
        entry("Muster-Formular", source_code="https://git.example/Muster/antrag.git/"),
    ),
    (entry("Muster-Kasse (neu)"), entry("Muster-Kasse neu")),
]
TWO = [
    (entry("Muster-Akte 2"), entry("Muster-Akte 3")),
    (entry("Muster-Akte"), entry("Muster-Akte 2")),
    (entry("Muster-Akte II"), entry("Muster-Akte III")),
    (entry("Muster-Akte"), entry("Muster-Kasse")),
    (entry("Muster-Akte", kind="e-akte"), entry("Muster-Akte", kind="transport")),
    (entry("Muster-Wohngeld", "Musterhaus", leistungen=L), entry("Muster-Wohngeld", "Musterkontor", leistungen=M)),
    (entry("Muster-Bauantrag"), entry("Muster-Bauakte")),
    (entry("Muster-Hund"), entry("Muster-Hundesteuer")),
    (entry("Melderegister"), entry("Personenstandsregister")),
    (entry("A", source_code=""), entry("B", source_code="")),
    (entry("Muster-Schule"), entry("Muster-Hochschule")),
]  # fmt: skip


def found(two: tuple[tuple[str, str, dict[str, object]], ...]) -> list[tuple[Sign, ...]]:
    plain = {"kind": "fachverfahren", "leistungen": L}
    entries = [
        Entry(f"p{number}", name, vendor, **{**plain, **more}) for number, (name, vendor, more) in enumerate(two)
    ]  # type: ignore[arg-type]
    return [one.grounds for one in pairs(entries)]


@pytest.mark.parametrize("two", ONE, ids=lambda two: f"{two[0][0]}~{two[1][0]}")
def test_one_product_entered_twice_is_found(two: tuple[tuple[str, str, dict[str, object]], ...]) -> None:
    assert len(found(two)) == 1


@pytest.mark.parametrize("two", TWO, ids=lambda two: f"{two[0][0]}~{two[1][0]}")
def test_two_products_with_like_names_are_not(two: tuple[tuple[str, str, dict[str, object]], ...]) -> None:
    assert found(two) == []


def test_the_grounds_are_told() -> None:
    assert found(ONE[0]) == [(Sign.SAME_NAME, Sign.SAME_VENDOR, Sign.SAME_KIND, Sign.SAME_LEISTUNG)]
    assert Sign.SAME_SOURCE in found(ONE[10])[0]


def test_the_same_name_and_the_same_source_are_found_however_many_words_are_shared() -> None:
    many = [Entry(f"n{number:03}", f"Muster-Formular {number}", "Musterhaus", "transport", L) for number in range(230)]
    same = [Entry("x1", "Muster-Formular 7", "Musterhaus", "transport", L)]
    source = [
        Entry(f"s{number:03}", f"Muster-Formular X{number}Y", f"Muster{number}", "e-akte", L, "https://git.example/m")
        for number in range(205)
    ]
    assert [(one.first, one.second) for one in pairs([*many, *same])] == [("n007", "x1")]
    assert len(pairs(source)) == 205 * 204 // 2


def test_blocks_leave_out_no_pair_that_trying_all_would_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of names that share a word, whatever their kinds, numbers and source code are."""
    chance = random.Random(5)
    words = ("Müster", "Akte", "Aktte", "Melde", "Register", "Hund", "2", "3", "II", "GmbH")
    entries = [
        Entry(
            f"p{number:03}",
            " ".join(("Muster", *chance.choices(words, k=chance.randint(0, 3)))),
            chance.choice(("Musterhaus", "Musterhaus AG", "Kontor")),
            chance.choice(("e-akte", "transport")),
            chance.choice((L, M, L | M, frozenset())),
            chance.choice(("", "", "https://git.example/a", "https://git.example/a.git", "https://git.example/b")),
        )
        for number in range(150)
    ]
    by_blocks = pairs(entries)
    monkeypatch.setattr(alike, "_met", lambda there, _words: combinations(there, 2))
    assert by_blocks == pairs(entries)
    assert len(by_blocks) > 300
