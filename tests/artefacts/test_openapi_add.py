"""OpenAPI documents as standards."""

import json
from pathlib import Path

import pytest

from schnittstellen.artefacts.add import add
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.standard import StandardKind
from schnittstellen.formats.standards import read_standard
from schnittstellen.formats.suites import read_suite
from tests.artefacts.releases import write
from tests.artefacts.running import added

YAML = """openapi: 3.1.0
info: {title: Muster-Schnittstelle, version: "2.10", contact: {name: Musterverlag}, license: {name: EUPL-1.2}}
paths:
  /dinge:
    get:
      operationId: dinge
      responses:
        "200":
          description: gut
          content:
            application/json:
              schema: {$ref: "teile/ding.yaml#/Ding"}
"""
PART = "Ding: {type: object, properties: {farbe: {$ref: 'farbe.json'}, form: {$ref: 'https://muster.example/f.json'}}}"


def test_a_document_brings_its_parts_and_a_suite_for_servers(tmp_path: Path) -> None:
    files = {"openapi.yaml": YAML, "teile/ding.yaml": PART, "teile/farbe.json": json.dumps({"type": "string"})}
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert one.standard == read_standard(one.folder / "standard.toml")
    assert (one.standard.name, one.standard.kind) == ("muster-schnittstelle@2.10", StandardKind.OPENAPI)
    assert (one.standard.publisher, one.standard.licence) == ("Musterverlag", "EUPL-1.2")
    assert {each.path for each in one.standard.artefacts} == set(files)
    assert [(gap.location, gap.referrer) for gap in one.unresolved] == [
        ("https://muster.example/f.json", "teile/ding.yaml")
    ]
    suite = read_suite(one.suite_folder / "suite.toml")  # type: ignore[operator]
    assert [step.check for step in suite.steps] == ["openapi.offer", "openapi.responses", "openapi.probe"]
    assert all(step.options == {"document": "openapi.yaml"} for step in suite.steps)
    assert one.command == "schnittstellen test muster-schnittstelle@2.10/server https://schnittstelle.example"


def test_a_single_document_may_be_named(tmp_path: Path) -> None:
    write(tmp_path / "q", {"api.yaml": YAML, "teile/ding.yaml": PART, "anderes.txt": "x"})
    one = added(tmp_path / "q" / "api.yaml", tmp_path / "lib", version="3")
    assert one.standard.version == "3"
    assert {each.path for each in one.standard.artefacts} == {"api.yaml", "teile/ding.yaml"}


@pytest.mark.parametrize("version", ["3.9.0", "1.2"])
def test_an_unknown_version_of_openapi_is_refused(tmp_path: Path, version: str) -> None:
    source = write(tmp_path / "q", {"a.json": json.dumps({"openapi": version, "info": {}, "paths": {}})})
    with pytest.raises(SchnittstellenError) as caught:
        add(str(source), into=tmp_path / "lib")
    assert caught.value.fault.code == "S015"


def test_json_that_only_mentions_openapi_is_no_document(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.json": json.dumps({"text": "openapi", "x": {"openapi": "3.0.0"}})})
    with pytest.raises(SchnittstellenError) as caught:
        add(str(source), into=tmp_path / "lib")
    assert caught.value.fault.code == "S002"
