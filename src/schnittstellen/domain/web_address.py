"""The parts of addresses that others wrote: servers, clients, documents. Nothing here raises."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit

_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)


def parts_of(address: str) -> SplitResult:
    """The five parts of an address (RFC 3986, 3); what is no address is cut at the same signs (appendix B)."""
    try:
        return urlsplit(address)
    except ValueError:
        found = _PARTS.fullmatch(address)
        return SplitResult(*(part or "" for part in found.groups()) if found else ("", "", address, "", ""))


def joined(base: str, reference: str) -> str:
    """`reference` as seen from `base` (RFC 3986, 5.2); where it is no address, as it is written."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
