"""Writes registry/municipalities and registry/services from the facts in ../shared/corpus/nrw.

    python tools/make_registry_facts.py

Left out: services without a LeiKa key of 14 digits. What several OZG services share stands in the first of them.
"""

import csv
import re
import tempfile
from pathlib import Path

from schnittstellen import bootstrap
from schnittstellen.catalogue.registry.csv_records import convert

ROOT = Path(__file__).parent.parent
FACTS = ROOT.parent / "shared" / "corpus" / "nrw"
REGISTRY = ROOT / "registry"
NO_SUBJECT = "Ohne Themenfeld"


def rows(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_id(name: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows(name)}


def leistungen() -> list[dict[str, str]]:
    systems, situations, subjects = by_id("ozg_service_system"), by_id("ozg_situation"), by_id("ozg_subject")
    found: dict[str, dict[str, str]] = {}
    for row in rows("ozg_service"):
        if not re.fullmatch(r"\d{14}", row["service_key"]):
            continue
        system = systems.get(row["service_system_id"], {})
        situation = situations.get(system.get("situation_id", ""), {})
        subject = subjects.get(situation.get("subject_id", ""), {}).get("name", NO_SUBJECT)
        bundle = {"ozg": system["service_key"], "ozg_title": system["name"]} if system.get("service_key") else {}
        entry = {"leika": row["service_key"], "title": row["name"], "subject": subject, **bundle}
        found.setdefault(row["service_key"], {**entry, "situation": situation.get("name", "")})
    return list(found.values())


def main() -> None:
    convert(FACTS / "nrw_gemeinden.csv", "municipalities", REGISTRY, bootstrap.library(), force=True)
    columns = ("leika", "title", "subject", "ozg", "ozg_title", "situation")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "leistungen.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(leistungen())
        convert(table, "leistungen", REGISTRY, bootstrap.library(), force=True)


if __name__ == "__main__":
    main()
