"""Gateways for tests: real wire, short limits."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from schnittstellen.transports.http import tls
from schnittstellen.transports.http.address import read
from schnittstellen.transports.http.evidence import Listener
from schnittstellen.transports.http.gateway import Gateway, Rules
from schnittstellen.transports.http.limits import Budget, Limits
from schnittstellen.transports.http.pins import Pins, Resolver, system_resolver
from schnittstellen.transports.http.redaction import Redactor, Secret
from schnittstellen.transports.http.wire import LiveWire

SHORT = Limits(
    max_requests=50,
    max_seconds=20,
    connect=1.0,
    read=0.4,
    total=1.0,
    max_bytes=4_000_000,
    max_wait=0.1,
    max_redirects=3,
)


def gateway(
    base: str,
    *,
    origins: Sequence[str] = (),
    may_write: bool = False,
    headers: Mapping[str, str] | None = None,
    secrets: Sequence[Secret] = (),
    listeners: Sequence[Listener] = (),
    resolver: Resolver = system_resolver,
    files: tls.TlsFiles | None = None,
    server: bool = False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    **limits: float,
) -> Gateway:
    """A gateway to `base`; `clock` and `sleep` are those of its budget, the wire keeps real time."""
    chosen = replace(SHORT, **limits)
    wire = LiveWire(
        Pins(private=not server, resolver=resolver, timeout=1.0), chosen, lambda: tls.context(files or tls.TlsFiles())
    )
    named = frozenset(read(one).origin for one in (base, *origins))
    rules = Rules(origins=named, may_write=may_write, headers=headers or {})
    return Gateway(wire, rules, Budget(chosen, clock, sleep), Redactor(secrets), listeners=listeners)
