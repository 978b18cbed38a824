"""A report becomes evidence: only what is whole, known here, and about what the release declares."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.models import Evidence, StoredReport
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.attaching import Attached, Handed, attach
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.verdict import Verdict
from tests.catalogue.exchange.test_commands import run, world  # noqa: F401
from tests.catalogue.making import declare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
NOW = datetime.now(UTC)
REPORTS = built_in() / "registry" / "evidence" / "reports"


def a_report(verdict: str = "passed", suite: str = "xhundesteuer@2.0/") -> Path:
    """A report of the example world with that verdict and one suite."""
    for path in sorted(REPORTS.glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        names = [one["name"] for one in report["suites"]]
        if report["verdict"] == verdict and len(names) == 1 and names[0].startswith(suite):
            return path
    raise LookupError(verdict)


def role_of(path: Path) -> str:
    return json.loads(path.read_text("utf-8"))["suites"][0]["name"].rpartition("/")[2]  # type: ignore[no-any-return]


def put(path: Path, release: str = "musterneu@1.0", against: str | None = None, **changes: Any) -> Attached:
    document = path.read_bytes()
    if changes:
        document = json.dumps(json.loads(document) | changes).encode()
    return attach(Handed("bericht.json", document), release, bootstrap.library(), NOW, against)


def refused(path: Path, code: str, **more: Any) -> SchnittstellenError:
    before = Evidence.objects.count(), StoredReport.objects.count()
    with pytest.raises(SchnittstellenError) as caught:
        put(path, **more)
    assert caught.value.fault.code == code
    assert (Evidence.objects.count(), StoredReport.objects.count()) == before
    return caught.value


@pytest.fixture
def passing() -> Path:
    path = a_report()
    declare("musterneu@1.0", "xhundesteuer@2.0", role_of(path))
    return path


def test_a_passed_run_raises_the_level_and_counts_once(passing: Path) -> None:
    (first,) = put(passing).declarations
    assert (first.before, first.after, first.new) == (Nachweisstufe.DECLARED, Nachweisstufe.MESSAGES, True)
    assert first.verdict is Verdict.PASSED
    (again,) = put(passing).declarations
    assert (again.before, again.after, again.new) == (Nachweisstufe.MESSAGES, Nachweisstufe.MESSAGES, False)


def test_a_failed_run_is_kept_and_raises_nothing() -> None:
    path = a_report("failed")
    declare("musterneu@1.0", "xhundesteuer@2.0", role_of(path))
    (found,) = put(path).declarations
    assert (found.verdict, found.after, found.new) == (Verdict.FAILED, Nachweisstufe.DECLARED, True)


def test_a_changed_verdict_is_refused() -> None:
    path = a_report("failed")
    declare("musterneu@1.0", "xhundesteuer@2.0", role_of(path))
    assert "/verdict" in refused(path, "F133", verdict="passed").parameters["places"]


def test_a_report_of_tomorrow_is_refused(passing: Path) -> None:
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    run_at = json.loads(passing.read_text("utf-8"))["timing"] | {"started": tomorrow}
    assert refused(passing, "F134", timing=run_at).parameters["started"] == tomorrow


@pytest.mark.parametrize(
    ("change", "code"),
    [({"edition": "99.0.0"}, "F135"), ({"sha256": "0" * 64}, "F480"), ({"name": "xhundesteuer@9.9/x"}, "F479")],
)
def test_a_suite_that_is_not_known_here_is_refused(passing: Path, change: dict[str, str], code: str) -> None:
    suites = json.loads(passing.read_text("utf-8"))["suites"]
    refused(passing, code, suites=[suites[0] | change])


def test_the_known_editions_are_named(passing: Path) -> None:
    (suite,) = json.loads(passing.read_text("utf-8"))["suites"]
    known = bootstrap.library().suites_named(suite["name"])
    told = refused(passing, "F135", suites=[suite | {"edition": "99.0.0"}]).parameters["known"]
    assert told.split(", ") == sorted(one.edition for one in known)
    told = refused(passing, "F480", suites=[suite | {"sha256": "0" * 64}]).parameters
    assert (told["found"], told["expected"]) == ("0" * 12, suite["sha256"][:12])


def suite_of(path: Path) -> tuple[str, str]:
    (use,) = json.loads(path.read_text("utf-8"))["suites"]
    return use["name"], use["edition"]


def test_a_retired_edition_is_refused_with_its_day_and_what_it_showed_before_counts_no_longer(passing: Path) -> None:
    (before,) = put(passing).declarations
    recording.retire(*suite_of(passing), NOW.date(), "Fehler in einer Regel")
    assert before.after == Nachweisstufe(1)
    declared = Evidence.objects.get(declaration__release__product__key="musterneu").declaration_id
    assert levels([declared], NOW.date())[declared] == 0
    error = refused(passing, "F450")
    assert error.parameters["day"] == NOW.date().isoformat()


def test_an_edition_that_is_retired_later_counts_until_then(passing: Path) -> None:
    recording.retire(*suite_of(passing), NOW.date() + timedelta(1), "Es gibt eine neue Ausgabe")
    (now,) = put(passing).declarations
    assert now.after == Nachweisstufe(1)
    declared = Evidence.objects.get(declaration__release__product__key="musterneu").declaration_id
    assert levels([declared], NOW.date() + timedelta(1))[declared] == 0


def test_a_report_of_something_else_is_refused() -> None:
    declare("musterneu@1.0", "oparl@1.1", "server")
    assert refused(a_report(), "F136").parameters["declared"] == "oparl@1.1/server"


def test_what_is_no_report_is_refused(passing: Path, tmp_path: Path) -> None:
    other = tmp_path / "x.json"
    other.write_bytes(b"\xff\xfe[]")
    with pytest.raises(SchnittstellenError):
        put(other)


def test_a_pair_needs_a_partner_that_plays_the_other_role(passing: Path) -> None:
    declare("musterstumm@1.0", "xhundesteuer@2.0", role_of(passing))
    refused(passing, "F137", against="musterstumm@1.0")
    refused(passing, "F120", against="gibtsnicht@1.0")


def test_a_pair_gives_level_three(passing: Path) -> None:
    own = role_of(passing)
    other = {"onlinedienst": "fachverfahren", "fachverfahren": "onlinedienst"}[own]
    declare("musterpartner@1.0", "xhundesteuer@2.0", other)
    found = put(passing, against="musterpartner@1.0")
    assert (found.against, found.declarations[0].after) == ("musterpartner@1.0", Nachweisstufe.PAIR)


def test_the_command_says_what_follows(passing: Path) -> None:
    first = run("attach", str(passing), "--product", "musterneu@1.0")
    assert first.exit_code == 0, first.output
    assert "bestanden; Nachweisstufe 0 → 1" in first.output
    english = run("--lang", "en", "attach", str(passing), "--product", "musterneu@1.0").output
    assert "was attached already" in english
    told = json.loads(run("attach", str(passing), "--product", "musterneu@1.0", "--json").output)
    assert told["declarations"][0]["after"] == 1


def test_the_command_refuses_with_the_reason(passing: Path) -> None:
    result = run("attach", str(passing), "--product", "muster-ratsblick@1.0")
    assert result.exit_code == 2
    assert "F136" in result.stderr
