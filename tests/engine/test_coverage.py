"""What a run says of each requirement."""

from pathlib import Path

import pytest

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.coverage import NO_STEP, NOT_SEEN
from tests.engine.minis import SUITE, add_standard, add_suite, report_of, run

CASES = [
    # words of the payloads, (verdict, tested, broken) of R1 (named by the step) and R2 (only ever covered by words)
    (["good"], ("passed", 1, 0), ("not_tested", 0, 0)),
    (["good", "good"], ("passed", 2, 0), ("not_tested", 0, 0)),
    (["cover"], ("passed", 1, 0), ("passed", 1, 0)),
    (["bad"], ("failed", 1, 1), ("not_tested", 0, 0)),
    (["good", "bad"], ("failed", 2, 1), ("not_tested", 0, 0)),
    (["unknown"], ("passed", 1, 0), ("not_tested", 0, 0)),
    (["cannot"], ("not_tested", 0, 0), ("not_tested", 0, 0)),
    (["crash"], ("error", 0, 0), ("not_tested", 0, 0)),
    (["cover crash"], ("error", 0, 0), ("passed", 1, 0)),
    (["cover bad"], ("failed", 1, 1), ("passed", 1, 0)),
]


@pytest.mark.parametrize("jobs", [1])
@pytest.mark.parametrize(("payloads", "first", "second"), CASES)
def test_requirements(
    tmp_path: Path, payloads: list[str], first: tuple[str, int, int], second: tuple[str, int, int], jobs: int
) -> None:
    one, two = _requirements(tmp_path, payloads, SUITE)
    assert (str(one.verdict), one.tested, one.broken) == first
    assert (str(two.verdict), two.tested, two.broken) == second


def test_untested_rules_stay_untested_where_they_weigh_little(tmp_path: Path) -> None:
    suite = SUITE + 'level = "should"\n[[steps]]\nid = "zwei"\ncheck = "generous"\n'
    _, two = _requirements(tmp_path, ["unknown"], suite)
    assert (two.verdict, two.tested, two.broken) == (Verdict.NOT_TESTED, 0, 0)


def test_reasons(tmp_path: Path) -> None:
    one, two = _requirements(tmp_path, [], SUITE)
    assert (one.reason, two.reason) == (NOT_SEEN, NO_STEP)


def _requirements(tmp_path: Path, payloads: list[str], suite: str):  # type: ignore[no-untyped-def]
    add_standard(tmp_path / "house")
    add_suite(tmp_path / "house", text=suite)
    (tmp_path / "in").mkdir()
    for number, words in enumerate(payloads):
        (tmp_path / "in" / f"{number}.xml").write_text(f"<m>{words}</m>")
    report = report_of(run(Library((tmp_path / "house",)), tmp_path / "in", suite="mini"))
    return report.suites[0].requirements
