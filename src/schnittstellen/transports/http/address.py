"""Addresses: one strict reading of URLs (RFC 3986) for checking and for sending, and which IP addresses may be reached.

A URL is read once. What is checked is what is sent, so that no second parser can see another host in it.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import quote, urljoin, urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/?#@\\\[\]:%]+)(?::(?P<port>\d{1,5}))?(?P<target>[/?].*)?\Z",
    re.IGNORECASE | re.ASCII,
)
_HOST = re.compile(r"(?!-)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_KEPT = "!$%&'()*+,-./:;=?@[]_~|"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")


class BadAddress(ValueError):
    """A URL that cannot be read in one way only; the message says why and contains no part of the URL."""


class Reach(IntEnum):
    """Where an IP address leads: the whole internet, somewhere inside, or nowhere a request belongs."""

    PUBLIC = 0
    PRIVATE = 1
    NEVER = 2


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host (ASCII, lower case) and port (RFC 6454)."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class Address:
    """A URL as it will be sent: `target` is the ASCII request target (path and query, no fragment)."""

    origin: Origin
    target: str

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def read(url: str) -> Address:
    """Read an absolute http(s) URL. Raises `BadAddress`."""
    if _CONTROL.search(url):
        raise BadAddress("control characters")
    found = _URL.match(url.partition("#")[0])
    if found is None:
        raise BadAddress(_why(url))
    scheme = found["scheme"].lower()
    port = int(found["port"]) if found["port"] else _DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise BadAddress("port out of range")
    target = found["target"] or "/"
    target = quote(target if target.startswith("/") else f"/{target}", safe=_KEPT)
    return Address(Origin(scheme, _host(found["host"]), port), target)


def scheme_of(url: str) -> str:
    """The scheme of an absolute URL in lower case, or an empty text."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", url)
    return found[1].lower() if found else ""


def joined(base: str, location: str) -> str:
    """Resolve a reference such as a `Location` header against the URL it came from. Raises `BadAddress`."""
    if scheme_of(location):
        return location
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise BadAddress("not a URL") from error


def literal(host: str) -> IPAddress | None:
    """The IP address that `host` is in its usual notation, or None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def reach(address: IPAddress) -> Reach:
    """Where `address` leads, also looking at an IPv4 address hidden inside an IPv6 one."""
    hidden = _hidden(address)
    own = _reach(address) if hidden is None or not _translated(address) else Reach.PUBLIC
    return max(own, _reach(hidden)) if hidden is not None else own


def _reach(address: IPAddress) -> Reach:
    if address.is_unspecified or address.is_multicast or int(address) == 0xFFFFFFFF:
        return Reach.NEVER
    if address.is_loopback:
        return Reach.PRIVATE
    if (address.is_reserved and address.version == 4) or (int(address) >> 24 == 0 and address.version == 4):
        return Reach.NEVER
    return Reach.PUBLIC if address.is_global else Reach.PRIVATE


def _translated(address: IPAddress) -> bool:
    return address in _NAT64 or address in _COMPATIBLE or (address.version == 6 and address.ipv4_mapped is not None)


def _hidden(address: IPAddress) -> ipaddress.IPv4Address | None:
    if address.version == 4:
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    compatible = address in _COMPATIBLE and int(address) > 0xFFFF
    if address in _NAT64 or address in _NAT64_LOCAL or compatible:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return ipaddress.IPv6Address(text[1:-1]).compressed
        except ValueError as error:
            raise BadAddress("not an IPv6 address") from error
    host = _ascii(text)
    if _HOST.match(host) is None or len(host) > 253:
        raise BadAddress("not a host name")
    if literal(host) is None and _looks_numeric(host):
        raise BadAddress("unusual notation of an IP address")
    return host


def _ascii(text: str) -> str:
    if text.isascii():
        return text.lower()
    import idna

    try:
        return idna.encode(text, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress("not an internationalised host name") from error


def _looks_numeric(host: str) -> bool:
    """Whether resolvers would read the name as a number: decimal, octal or hexadecimal (inet_aton)."""
    last = host.rstrip(".").rpartition(".")[2]
    return re.fullmatch(r"\d+|0x[0-9a-f]*", last) is not None


def _why(url: str) -> str:
    if scheme_of(url) not in _DEFAULT_PORTS:
        return "scheme is neither http nor https"
    authority = urlsplit(url.replace("[", "").replace("]", "")).netloc
    return "user name or password in the URL" if "@" in authority else "not a URL"
