"""The built-in OParl suites prove themselves by recordings of the miniatures, offline."""

import pytest

from schnittstellen import bootstrap
from schnittstellen.engine.prove import prove
from tests.oparl.record import RECORDINGS, folder, recording
from tests.oparl.running import judge, library

VERSIONS = ("1.1", "1.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_suite_proves_itself(version: str) -> None:
    (suite,) = library().suites_named(f"oparl@{version}/server")
    proof = prove(suite, library(), judge(), bootstrap.codes(), replay=bootstrap.transports()["http"])
    assert [(one.text, dict(one.parameters)) for one in proof.flaws] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", RECORDINGS)
def test_recordings_are_those_of_the_miniatures(version: str, name: str) -> None:
    written = (folder(version) / f"{name}.har.json").read_text(encoding="utf-8")
    assert written == recording(version, RECORDINGS[name]), "run: python -m tests.oparl.record"
