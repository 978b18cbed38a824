"""The catalogue as one JSON document of the schema "schnittstellen.catalogue/1"."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from schnittstellen.catalogue.exchange_forms.selection import Offer

SCHEMA = "schnittstellen.catalogue/1"


def as_json(offer: Offer) -> bytes:
    """UTF-8, one value a line. Ids are the keys of the records; of releases, `product@version`.

    The same catalogue gives the same bytes on the same day.
    """
    document = {"schema": SCHEMA, **_plain(offer)}
    for product in document["products"]:
        for release in product["releases"]:
            release["id"] = f"{product['key']}@{release['version']}"
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
