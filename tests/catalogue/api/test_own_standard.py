"""Our own interface is a standard like any other: the document is that of the routes, our engine tests our server."""

import importlib.util
import json
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.prove import prove
from tests.catalogue.api.serving import PATIENT, ROOT, command, serving

SUITE = "referenzkatalog@1.0/server"
NOT_SEEN = {"RK-CLIENT-01", "RK-SCHREIBEN-01"}
"""What the suite says that it cannot see."""

NOT_THERE = {"get_certificate"}
"""What the example world has none of: no file of the registry can hold a decision of the board."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("served")
    with serving(home) as address:
        done = command(home, "test", SUITE, f"{address}api/v1", *PATIENT, "--report", "json")
    return {"exit": done.returncode, "said": done.stderr, **json.loads(done.stdout)}


def test_the_document_is_that_of_the_routes() -> None:
    spec = importlib.util.spec_from_file_location("make_openapi", ROOT / "tools" / "make_openapi.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = ROOT / "standards" / "referenzkatalog" / "1.0" / "openapi.json"
    assert tool.document() == kept.read_bytes(), "run: python tools/make_openapi.py"


def test_the_suite_proves_itself() -> None:
    """After a change of the document: PYTHONPATH=src:. python -m tests.catalogue.api.record."""
    library = Library((built_in(),))
    (suite,) = library.suites_named(SUITE)
    judge = Judge(bootstrap.checks(), bootstrap.codes())
    proof = prove(suite, library, judge, bootstrap.codes(), replay=bootstrap.transports()["http"])
    assert [(one.text, dict(one.parameters)) for one in proof.flaws] == []


def test_server_and_engine_agree(report: dict[str, Any]) -> None:
    told = [one for result in report["results"] for step in result["steps"] for one in step.get("findings", ())]
    assert [one for one in told if one["rule"] not in NOT_THERE] == []
    assert {one["verdict"] for one in told} <= {"not_tested"}
    assert report["exit"] == 0, report["said"]


def test_everything_that_can_be_seen_was_tested(report: dict[str, Any]) -> None:
    (suite,) = report["suites"]
    tested = {one["id"] for one in suite["requirements"] if one["verdict"] == "passed"}
    rules = {one["id"] for one in suite["requirements"] if one["id"].startswith("RK-")}
    assert rules - tested == NOT_SEEN
    assert {one for one in tested if one.startswith("get_")} >= {"get_products", "get_declarations", "get_roles"}
