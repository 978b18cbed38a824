"""Names that people write for releases and for what a suite tests: taken apart, given a digest, meant by a typo."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schnittstellen.domain.canonical import digest

_LIKE = 0.6


class NotAName(ValueError):
    """A text is not the name that was expected."""


@dataclass(frozen=True, slots=True)
class ReleaseName:
    """A release of a product as the catalogue names it: `product@version`."""

    product: str
    version: str

    @classmethod
    def of(cls, text: str) -> "ReleaseName":
        """Take `product@version` apart. Raises `NotAName`."""
        product, at, version = text.rpartition("@")
        if not at or not product.strip() or not version.strip() or text != text.strip():
            raise NotAName(text)
        return cls(product, version)

    @property
    def sha256(self) -> str:
        """Digest of the name itself: a report is about this release, whatever files the product consists of."""
        return digest({"schema": "schnittstellen.release/1", "product": self.product, "version": self.version})

    def __str__(self) -> str:
        return f"{self.product}@{self.version}"


@dataclass(frozen=True, slots=True)
class SuiteName:
    """What a suite tests, as it is named in reports: `standard@version/role`."""

    standard: str
    version: str
    role: str

    @classmethod
    def of(cls, text: str) -> "SuiteName":
        """Take `standard@version/role` apart. Raises `NotAName`."""
        standard, _, rest = text.partition("@")
        version, _, role = rest.rpartition("/")
        if not (standard and version and role):
            raise NotAName(text)
        return cls(standard, version, role)

    def __str__(self) -> str:
        return f"{self.standard}@{self.version}/{self.role}"


def edition_of(text: str) -> tuple[int, ...]:
    """The numbers of a suite's edition, such as (1, 10, 0); editions compare by them. Raises `NotAName`."""
    try:
        return tuple(int(part) for part in text.split("."))
    except ValueError:
        raise NotAName(text) from None


def near_names(name: str, names: Sequence[str], *, otherwise: bool = True) -> tuple[str, ...]:
    """Those of `names` that look like `name`, the nearest first; where none does, all of them or none (`otherwise`)."""
    from difflib import SequenceMatcher

    def likeness(one: str) -> float:
        wanted, other = name.lower(), one.lower()
        return max(SequenceMatcher(None, wanted, part).ratio() for part in (other, re.split("[@/]", other)[0]))

    near = sorted((one for one in names if likeness(one) >= _LIKE), key=likeness, reverse=True)
    return tuple(near) or (tuple(names) if otherwise else ())
