"""Services, municipalities and providers."""

from collections.abc import Iterator

from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.registry.loading import Loading
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.rows import Data, keyed, known, picked
from schnittstellen.catalogue.registry.sync import link


def load_services(batch: list[Filed], loading: Loading) -> None:
    """OZG services and Leistungen."""
    bundles = [
        tables.OzgService(
            key=one["id"], title=one["title"], situation=one.get("situation", ""), subject=filed.data["subject"]
        )
        for filed in batch
        for one in filed.data.get("services", [])
    ]
    keys = keyed(loading, tables.OzgService, bundles, "services")
    rows = [
        tables.Leistung(
            key=one["leika"],
            title=one["title"],
            chain=one.get("chain", []),
            ozg_id=keys[service] if service else None,
            subject=subject,
        )
        for service, subject, one in _leistungen(batch)
    ]
    for start in range(0, len(rows), 2000):
        keyed(loading, tables.Leistung, rows[start : start + 2000], "leistungen")


def _leistungen(batch: list[Filed]) -> Iterator[tuple[str | None, str, Data]]:
    for filed in batch:
        subject = filed.data["subject"]
        for service in filed.data.get("services", []):
            yield from ((service["id"], subject, one) for one in service.get("leistungen", []))
        yield from ((None, subject, one) for one in filed.data.get("leistungen", []))


def load_municipalities(batch: list[Filed], loading: Loading) -> None:
    """Municipalities, by Kreis."""
    rows = [
        tables.Municipality(
            key=one["ags"],
            kreis=filed.data["kreis"],
            **picked(one, "ars", "name", "form", "population", "area", "postcode", "open", "example"),
        )
        for filed in batch
        for one in filed.data["municipalities"]
    ]
    for start in range(0, len(rows), 2000):
        keyed(loading, tables.Municipality, rows[start : start + 2000], "municipalities")


def load_providers(batch: list[Filed], loading: Loading) -> None:
    """Providers and whom they serve."""
    rows = [tables.Provider(key=one.data["id"], **picked(one.data, "name", "url", "example")) for one in batch]
    keys = keyed(loading, tables.Provider, rows, "providers")
    places = known(loading, tables.Municipality, "municipalities")
    wanted = {keys[one.data["id"]]: [places[ags] for ags in one.data.get("municipalities", [])] for one in batch}
    link(tables.Provider.municipalities.through, wanted, "provider_id", "municipality_id")
