"""Records clients in miniature at our mock as the fixtures by which the suites for clients prove themselves.

    PYTHONPATH=src:. python -m tests.oparl.record_clients

Writes conformance_suites/oparl/<version>/client/fixtures/*.heard.json: what came in, without names and secrets.
"""

import json
from pathlib import Path

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import built_in
from schnittstellen.engine.recording import written_down
from tests.miniatures.council_client import CouncilClient

VERSIONS = ("1.1", "1.0")
SESSIONS: dict[str, tuple[str, ...]] = {
    "good": (),
    "OPARL-URL-07--parameter-sortiert": ("sorts-parameters",),
    "OPARL-URL-08--seiten-selbst-gebildet": ("builds-pages",),
    "OPARL-JSON-04--verlangt-yaml": ("only-yaml",),
    "OPARL-LIST-07--nur-erste-seite": ("first-page-only",),
    "OPARL-FILTER-06--vertraut-auf-limit": ("relies-on-limit",),
    "OPARL-FILTER-07--ortszeit": ("local-time",),
    "OPARL-FILTER-07--doppelpunkt-unkodiert": ("raw-colon",),
    "OPARL-FILTER-08--filter-an-folgeseite": ("filter-on-page",),
    "OPARL-OBJ-11--scheitert-an-erweiterung": ("drops-extensions",),
    "OPARL-DEL-06--scheitert-an-geloeschtem": ("drops-deleted",),
    "OPARL-ERR-04--gibt-nach-fehler-auf": ("gives-up",),
    "nur-gelesen--nie-aktualisiert": ("never-updates",),
    "unvollstaendig--nur-einstieg": ("entry-only",),
    "many-faults": ("writes", "local-time", "builds-pages", "only-yaml"),
}


def session(version: str, faults: tuple[str, ...]) -> str:
    """What our mock heard of the miniature, one request a line."""
    with bootstrap.mock(f"oparl@{version}") as running:
        CouncilClient(*faults).run(running.url)
        heard = running.recording.heard
    return "[\n" + ",\n".join(json.dumps(written_down(one), ensure_ascii=False) for one in heard) + "\n]\n"


def folder(version: str) -> Path:
    """Where the fixtures of a version lie."""
    return built_in() / "conformance_suites" / "oparl" / version / "client" / "fixtures"


def main() -> None:
    """Write all recordings."""
    for version in VERSIONS:
        for name, faults in SESSIONS.items():
            (folder(version) / f"{name}.heard.json").write_text(session(version, faults), encoding="utf-8")


if __name__ == "__main__":
    main()
