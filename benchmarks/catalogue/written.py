"""A registry of the size of a country, as files: made up from a seed, then imported with the memory it takes.

PYTHONPATH=. python -m benchmarks.catalogue.written FOLDER [--scale F]     writes FOLDER/home and FOLDER/registry
SCHNITTSTELLEN_HOME=FOLDER/home python -m schnittstellen registry import FOLDER/registry
"""

import argparse
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from schnittstellen.artefacts.library import built_in

DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
ROLES = ("sender", "empfaenger")
KINDS = ("fachverfahren", "online-dienst", "e-akte")


def standards(home: Path, number: int) -> None:
    """`number` standards of one message that a sender sends to a receiver."""
    for n in range(number):
        folder = home / "standards" / f"xgross-{n:02}" / "1.0"
        folder.mkdir(parents=True)
        (folder / "standard.toml").write_text(
            f'schema = "schnittstellen.standard/1"\nid = "xgross-{n:02}"\nversion = "1.0"\n'
            f'title = "XGross {n}"\nkind = "xml"\npublisher = "Muster"\nstate = "in_force"\n'
            'in_force_from = 2025-01-01\nsource = "Muster"\nlicence = "EUPL-1.2"\n\n'
            '[[roles]]\nid = "sender"\ntitle = "Sender"\nsends = ["a.0101"]\n\n'
            '[[roles]]\nid = "empfaenger"\ntitle = "Empfaenger"\nreceives = ["a.0101"]\n\n'
            f'[[messages]]\nid = "a.0101"\ntitle = "A"\nroot = "{{urn:muster:{n}}}a"\nschemas = ["schema/a.xsd"]\n',
            encoding="utf-8",
        )
        (folder / "schema").mkdir()
        (folder / "schema" / "a.xsd").write_text(
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
            f'targetNamespace="urn:muster:{n}"><xs:element name="a" type="xs:string"/></xs:schema>',
            encoding="utf-8",
        )


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def places(folder: Path, number: int) -> list[str]:
    """Municipalities, a file for each of 400 districts."""
    keys = [f"{n // 1000 + 70:02}{n % 1000:03}{n % 997:03}" for n in range(number)]
    by_kreis: dict[int, list[str]] = {}
    for n, key in enumerate(keys):
        by_kreis.setdefault(n % 400, []).append(key)
    for kreis, own in by_kreis.items():
        rows = "".join(
            f'\n[[municipalities]]\nags = "{key}"\nname = "Musterort {key}"\nform = "Stadt"\npopulation = 9000\n'
            "example = true\n"
            for key in own
        )
        head = f'schema = "schnittstellen.municipalities/1"\nkreis = "Musterkreis {kreis}"\n'
        _put(folder / "municipalities" / f"musterkreis-{kreis}.toml", head + rows)
    return keys


def products(folder: Path, number: int, count: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Products of two releases each; gives (release, standard, role) of every declaration."""
    _put(
        folder / "vendors" / "mustergross.toml",
        'schema = "schnittstellen.vendor/1"\nid = "mustergross"\nname = "Mustergross"\nexample = true\n',
    )
    declared = []
    for n in range(number):
        key = f"muster-gross-{n}"
        text = (
            f'schema = "schnittstellen.product/1"\nid = "{key}"\nvendor = "mustergross"\nname = "Gross {n}"\n'
            f'kind = "{chance.choice(KINDS)}"\npurpose = "Muster"\nexample = true\n'
        )
        for version in ("1.0", "2.0"):
            pairs = {(f"xgross-{chance.randrange(count):02}@1.0", chance.choice(ROLES)) for _ in range(3)}
            rows = ",\n".join(f'    {{ standard = "{one}", role = "{role}" }}' for one, role in sorted(pairs))
            text += f'\n[[releases]]\nversion = "{version}"\nreleased = 2025-01-01\ndeclarations = [\n{rows},\n]\n'
            declared += [(f"{key}@{version}", one, role) for one, role in sorted(pairs)]
        _put(folder / "products" / f"{key}.toml", text)
    return declared


def deployments(folder: Path, keys: list[str], releases: list[str], number: int, chance: random.Random) -> None:
    """`number` deployments, spread evenly over the municipalities."""
    each = max(1, number // len(keys))
    for key in keys:
        rows = "".join(
            f'\n[[deployments]]\nid = "{release.replace("@", "-")}"\nrelease = "{release}"\nsince = 2025-05-01\n'
            "confirmed = true\n"
            for release in sorted(set(chance.choices(releases, k=each)))
        )
        _put(folder / "deployments" / f"{key}.toml", f'schema = "schnittstellen.deployments/1"\nags = "{key}"\n' + rows)


def evidence(folder: Path, declared: list[tuple[str, str, str]], number: int) -> None:
    """`number` reports, each a real one of the shipped registry with another suite and another day."""
    pattern = _pattern()
    by_release: dict[str, list[str]] = {}
    for n in range(number):
        release, standard, role = declared[n % len(declared)]
        at = DAY - timedelta(minutes=n)
        document = _report(pattern, f"{standard}/{role}", at)
        digest = sha256(document).hexdigest()
        path = folder / "evidence" / "reports" / f"{digest}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document)
        by_release.setdefault(release, []).append(
            f'\n[[evidence]]\nreport = "{digest}"\nstandard = "{standard}"\nrole = "{role}"\n'
            f"attached = {at.isoformat(sep=' ')}\n"
        )
    for release, rows in by_release.items():
        head = f'schema = "schnittstellen.evidence/1"\nrelease = "{release}"\n'
        _put(folder / "evidence" / f"{release}.toml", head + "".join(rows))


def _pattern() -> dict[str, object]:
    """The smallest report of a passed run in the shipped registry."""
    reports = (built_in() / "registry" / "evidence" / "reports").glob("*.json")
    read: Iterator[tuple[int, dict[str, object]]] = (
        (path.stat().st_size, json.loads(path.read_text("utf-8"))) for path in sorted(reports)
    )
    return min((one for one in read if one[1]["verdict"] == "passed"), key=lambda one: one[0])[1]


def _report(pattern: dict[str, object], suite: str, at: datetime) -> bytes:
    report = json.loads(json.dumps(pattern))
    report["timing"]["started"] = at.isoformat()
    report["suites"][0]["name"] = suite
    for result in report["results"]:
        result["suite"] = suite
    return json.dumps(report).encode()


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    chance, scale = random.Random(1), options.scale
    folder = options.folder / "registry"
    standards(options.folder / "home", 60)
    keys = places(folder, int(11_000 * scale))
    declared = products(folder, int(5_000 * scale), 60, chance)
    deployments(folder, keys, sorted({one[0] for one in declared}), int(200_000 * scale), chance)
    evidence(folder, declared, int(300_000 * scale))


if __name__ == "__main__":
    main()
