"""The text report: verdict first, 80 columns, nothing that steers the terminal, short where much was tested."""

import re
from dataclasses import replace

import pytest

from schnittstellen.domain.verdict import Verdict
from schnittstellen.reports.text import MOST_GROUPS, MOST_RESULTS, broken, write
from tests.reports.making import as_text, everything, finding, report, result, step, told

ANSI = re.compile("\x1b\\[")


def test_verdict_comes_first_then_cause() -> None:
    lines = as_text(write, report(), told()).splitlines()
    assert lines[0] == "NICHT BESTANDEN"
    assert lines[2] == "Ursache: das geprüfte Programm."


def test_finding_names_rule_place_and_remedy() -> None:
    text = as_text(write, report(result()), told())
    for part in (
        "X999 · R-1  Wert fehlt",
        "Zeile 7, Spalte 3",
        "/a:brief/a:wert",
        "Abhilfe: Tragen Sie den Wert in a:wert",
    ):
        assert part in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    text = as_text(write, everything(), told(width=width, verbosity=1))
    assert max(map(len, text.splitlines())) <= width


def test_no_line_ends_in_blanks() -> None:
    assert not re.search("[ \t]+$", as_text(write, everything(), told(verbosity=1)), re.MULTILINE)


def test_colours_only_on_request_and_words_the_same() -> None:
    plain, coloured = (as_text(write, everything(), told(color=color)) for color in (False, True))
    assert not ANSI.search(plain)
    assert ANSI.search(coloured)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


def test_names_cannot_steer_the_terminal() -> None:
    text = as_text(write, everything(), told(verbosity=1, with_content=True))
    assert not re.search("[\x00\x1b\u202e]", text)


def test_ten_thousand_inputs_show_only_what_matters() -> None:
    good = [result(f"{number}.xml", step(Verdict.PASSED)) for number in range(9997)]
    text = as_text(write, report(*good, *(result(f"schlecht-{number}.xml") for number in range(3))), told())
    assert "3 nicht bestanden · 9.997 bestanden" in text
    assert text.count("schlecht-") == 3
    assert len(text.splitlines()) < 50


def test_many_broken_inputs_are_counted_not_listed() -> None:
    text = as_text(write, report(*(result(f"{number}.xml") for number in range(500))), told())
    assert f"und {500 - MOST_RESULTS} weitere Eingaben" in text
    assert "in 500 Eingaben" in text


def test_equal_findings_are_one_with_a_count() -> None:
    text = as_text(write, report(result("a.xml", step(Verdict.FAILED, *map(finding, range(1, 30))))), told())
    assert "(29-mal)" in text
    assert text.count("In a:wert fehlt ein Wert.") == 1
    assert "Zeile 3," in text
    assert "Zeile 4," not in text


def test_many_kinds_of_findings_are_cut_short_unless_verbose() -> None:
    kinds = [finding(parameters={"element": f"e{number}"}) for number in range(40)]
    shown = report(result("a.xml", step(Verdict.FAILED, *kinds)))
    assert f"und {40 - MOST_GROUPS} weitere Befunde" in as_text(write, shown, told())
    assert "In e39 fehlt" in as_text(write, shown, told(verbosity=1))


def test_quiet_says_the_verdict_only() -> None:
    assert as_text(write, report(), told(verbosity=-1)).splitlines() == [
        "NICHT BESTANDEN",
        "Mindestens eine verbindliche Vorgabe des Standards ist verletzt.",
        "Ursache: das geprüfte Programm.",
    ]


def test_content_only_on_request() -> None:
    plain = as_text(write, report(), told(verbosity=1))
    assert "geheim" not in plain
    assert "In a:wert fehlt ein Wert." in plain
    assert "geheimer Inhalt" in as_text(write, report(), told(with_content=True))


def test_requirements_show_two_figures_and_reasons() -> None:
    text = as_text(write, report(), told(verbosity=1))
    assert "Die Suite kann 2 von 3 Anforderungen prüfen." in text
    assert "In diesem Lauf geprüft: 2, davon eingehalten: 1." in text
    assert "R-3  nicht geprüft: Kein Schritt der Suite prüft diese Anforderung." in text


def test_interrupted_run_says_so() -> None:
    assert "Der Lauf wurde abgebrochen." in as_text(write, report(interrupted=True), told())


def test_code_of_another_version_is_shown_all_the_same() -> None:
    shown = report(result("a.xml", step(Verdict.FAILED, finding(code="Z001"))))
    assert "Z001 · R-1  Befund ohne Erklärung" in as_text(write, shown, told())


def test_paths_break_at_slashes() -> None:
    assert broken("/aaa/bbb/ccc", 8) == ["/aaa/bbb", "/ccc"]
    assert broken("/" + "a" * 20, 8) == ["/" + "a" * 20]
    assert "".join(broken("/a/b/c" * 30, 20)) == "/a/b/c" * 30


def _warned(*verdicts: Verdict) -> str:
    one = replace(step(Verdict.PASSED_WITH_WARNINGS), findings=tuple(finding() for _ in verdicts), verdicts=verdicts)
    made = replace(report(result("a.xml", one)), verdict=Verdict.PASSED_WITH_WARNINGS)
    return " ".join(as_text(write, made, told()).split())


def test_what_could_not_be_tested_is_not_told_as_advice_not_taken() -> None:
    advice, gap = "nicht alle Empfehlungen", "Einzelnes konnte nicht geprüft werden"
    texts = [
        _warned(Verdict.PASSED_WITH_WARNINGS),
        _warned(Verdict.NOT_TESTED),
        _warned(Verdict.PASSED_WITH_WARNINGS, Verdict.NOT_TESTED),
    ]
    assert [(advice in text, gap in text) for text in texts] == [(True, False), (False, True), (True, True)]
