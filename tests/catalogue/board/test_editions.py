"""The editions of the rules that ship: none is left out, none is changed after its day, each begins after the last."""

import json
import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path

from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.services import board_terms

FOLDER = built_in() / "registry" / "rules"
NEWEST = "zertifizierung.toml"
SHIPPED = {
    "1.0.0": (date(2026, 11, 1), "9d41f9e8e8ecb683c6982fef53e377367b68dd3f623009d85fbd54e09c009a88"),
    "1.1.0": (date(2026, 11, 30), "64c1739768b7f554c36fa29e4b749d3ac23329e97a33257c8f226acb310f9784"),
}
"""By the edition: its day, and the digest of what it says. Decisions rest on it, so it is followed, never edited."""


def said(file: Path) -> str:
    """The digest of an edition without its comments."""
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return sha256(json.dumps(written, sort_keys=True, default=str).encode()).hexdigest()


def files() -> dict[str, Path]:
    found = FOLDER.glob("zertifizierung*.toml")
    return {tomllib.loads(one.read_text(encoding="utf-8"))["edition"]: one for one in found}


def test_no_edition_is_left_out_and_none_is_changed() -> None:
    assert {edition: said(file) for edition, file in files().items()} == {
        edition: digest for edition, (_day, digest) in SHIPPED.items()
    }


def test_files_are_named_by_their_edition_and_the_newest_is_without() -> None:
    *older, newest = sorted(SHIPPED, key=lambda one: SHIPPED[one][0])
    assert files()[newest].name == NEWEST
    assert {files()[one].name for one in older} == {f"zertifizierung-{one}.toml" for one in older}


def test_each_edition_is_in_force_from_its_day_until_the_next() -> None:
    for edition, (day, _digest) in SHIPPED.items():
        assert board_terms.rules(day).edition == edition
    assert board_terms.rules(date(2026, 11, 29)).edition == "1.0.0"
    assert board_terms.rules(date(2026, 10, 1)).edition == "1.0.0"
    assert board_terms.rules(date(2030, 1, 1)).edition == max(SHIPPED, key=lambda one: SHIPPED[one][0])
    assert len({day for day, _digest in SHIPPED.values()}) == len(SHIPPED)
