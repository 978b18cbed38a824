"""The whole way: command line's run, gateway, loopback socket, miniature."""

import pytest

from schnittstellen import bootstrap
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.events import RunFinished
from tests.miniatures.oparl import App, serving
from tests.oparl.running import findings, library, steps, told


def probe(app: App, **options: object) -> Report:
    """The report of a real run against a served app."""
    *_, last = bootstrap.run_targets(
        (f"{app.base}/system",), suite=f"oparl@{app.version}/server", library=library(), options=options
    )
    assert isinstance(last, RunFinished)
    return last.report


@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_the_good_one_passes_over_a_socket(version: str) -> None:
    with serving(lambda base: App(base, version)) as app:
        report = probe(app)
    assert report.verdict is Verdict.PASSED, told(report)
    assert findings(report) == []


def test_faults_are_found_over_a_socket() -> None:
    faults = {"head-refused": "A301", "no-304": "A301", "html-page": "A323", "foreign-next": "A313", "no-cors": "A325"}
    with serving(lambda base: App(base, "1.1", frozenset(faults))) as app:
        report = probe(app)
    assert set(faults.values()) <= {one.code for one in findings(report)}, told(report)
    assert all(step.verdict is not Verdict.ERROR for step in steps(report))
