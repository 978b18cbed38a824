"""What is no duplicate: kept, written, read back, not proposed again, and taken back."""

from pathlib import Path

import pytest

from schnittstellen.catalogue.models import Change
from schnittstellen.catalogue.services import duplicates
from schnittstellen.catalogue.services.merged import Of
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making
from tests.cli.running import run

pytestmark = pytest.mark.django_db
TWO = ("muster-akte", "musterakte")


@pytest.fixture(autouse=True)
def alike() -> None:
    making.standard("xm@1.0", {"a": (["m"], [])})
    making.product(TWO[0], name="Muster-Akte")
    making.product(TWO[1], name="Musterakte")


def _found() -> list[tuple[str, str]]:
    return [(one.first, one.second) for one in duplicates.candidates(Of.PRODUCTS)]


def test_it_is_not_proposed_again_until_somebody_takes_it_back() -> None:
    assert _found() == [TWO]
    said = run("keep-apart", TWO[1], TWO[0])
    assert "gelten als zwei verschiedene Einträge" in said.output
    assert _found() == []
    assert "muster-akte  musterakte" in run("duplicates", "--apart").output
    assert "können wieder" in run("keep-apart", *TWO, "--undo").output
    assert _found() == [TWO]
    assert "war nichts vermerkt" in run("keep-apart", *TWO, "--undo").output
    assert [one.places for one in Change.objects.order_by("pk")] == [
        [{"place": "distinct_from", "before": [], "after": ["musterakte"]}],
        [{"place": "distinct_from", "before": ["musterakte"], "after": []}],
    ]


def test_it_is_in_the_written_registry_and_comes_back_from_it(tmp_path: Path) -> None:
    duplicates.keep_apart(Of.PRODUCTS, *TWO)
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("registry", "export", first).exit_code == 0
    assert 'distinct_from = ["musterakte"]' in (first / "products" / "muster-akte.toml").read_text()
    duplicates.take_back(Of.PRODUCTS, *TWO)
    assert run("registry", "import", first).exit_code == 0
    assert _found() == []
    assert run("registry", "export", second).exit_code == 0
    texts = [{one.name: one.read_bytes() for one in folder.glob("*/*")} for folder in (first, second)]
    assert texts[0] == texts[1]


def test_what_was_merged_since_counts_as_what_it_became() -> None:
    making.product("dritte", name="Muster-Akte 2")
    duplicates.keep_apart(Of.PRODUCTS, *TWO)
    duplicates.merge(Of.PRODUCTS, TWO[1], "dritte")
    assert duplicates.kept_apart(Of.PRODUCTS) == [("dritte", "muster-akte")]
    assert duplicates.take_back(Of.PRODUCTS, "dritte", "muster-akte")
    assert duplicates.kept_apart(Of.PRODUCTS) == []


def test_an_entry_is_not_another_than_itself() -> None:
    with pytest.raises(SchnittstellenError) as refused:
        duplicates.keep_apart(Of.PRODUCTS, TWO[0], TWO[0])
    assert refused.value.fault.code == "F310"


def test_trainings_that_are_not_taken_over_are_named() -> None:
    for task, of in (("Einführung", TWO[0]), ("Einführung", TWO[1]), ("Archiv", TWO[1])):
        making.Product.objects.get(key=of).trainings.create(task=task)
    said = run("merge", TWO[1], TWO[0], "--yes")
    assert "Es wechseln die Schulungen: Archiv" in said.output
    assert "Nicht übernommen werden Schulungen, die es schon gibt: Einführung" in said.output
