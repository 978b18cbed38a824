"""`schnittstellen preview` over the example world: what turns, why, and that nothing is changed."""

from pathlib import Path
from typing import Any

import pytest

from schnittstellen.catalogue.models import Current, Evidence, Standing, StoredReport
from tests.catalogue.previews.making import SUITE, asked, draft, preview
from tests.web.conftest import loaded, world  # noqa: F401


def kept() -> tuple[Any, ...]:
    return tuple(list(model.objects.order_by("pk").values()) for model in (Evidence, StoredReport, Current, Standing))


@pytest.mark.usefixtures("world")
def test_a_draft_without_a_change_keeps_everything_and_touches_nothing(tmp_path: Path) -> None:
    before = kept()
    found = asked("--suite", draft(tmp_path))
    count = Evidence.objects.filter(suite=SUITE).count()
    assert count > 1
    assert found["counts"] == {"falls": 0, "rises": 0, "unknown": 0, "shifts": 0, "keeps": count}
    assert (found["rows"], found["causes"]) == ([], [])
    assert kept() == before


@pytest.mark.usefixtures("world")
def test_a_new_binding_step_is_not_known_and_never_green(tmp_path: Path) -> None:
    step = '[[steps]]\nid = "neu"\ncheck = "xml.schema"\n\n[[fixtures]]'
    result = preview("--suite", draft(tmp_path, ("[[fixtures]]", step)))
    assert result.exit_code == 3
    assert "der Schritt ist neu" in result.output
    assert "bestanden → nicht bekannt" in result.output


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--suite", "referenzkatalog@1.0/server"), "F390"),
        (("--suite", "xhundesteuer@1.1"), "F392"),
        (("--suite", "nirgends"), "F001"),
    ],
)
def test_what_cannot_be_asked_says_why(arguments: tuple[str, ...], code: str) -> None:
    result = preview(*arguments)
    assert result.exit_code == 2
    assert code in result.stderr
