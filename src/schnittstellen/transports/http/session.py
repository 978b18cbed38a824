"""One run against one endpoint: gateway, evidence and pre-flight put together, and what to say when it is over."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from schnittstellen.domain.finding import CannotJudge, Code, Finding, Place
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.ports import Unreadable
from schnittstellen.transports.http import answer_codes, limit_codes, reach_codes, sensitive, tls
from schnittstellen.transports.http.address import Address, BadAddress, read
from schnittstellen.transports.http.evidence import Listener
from schnittstellen.transports.http.gateway import Gateway, Rules
from schnittstellen.transports.http.har import BadHar, HarWriter
from schnittstellen.transports.http.limits import Budget
from schnittstellen.transports.http.options import HttpOptions, Unusable
from schnittstellen.transports.http.pins import Pins, Resolver, system_resolver
from schnittstellen.transports.http.preflight import obstacle, request_for
from schnittstellen.transports.http.recorded import RecordedWire
from schnittstellen.transports.http.redaction import Redactor
from schnittstellen.transports.http.wire import LiveWire, Wire

_LOST_AFTER = 3
_CUTS = {
    "budget": limit_codes.OUT_OF_BUDGET,
    "deadline": limit_codes.OUT_OF_TIME,
    "rate": limit_codes.THROTTLED,
    "unrecorded": limit_codes.NOT_RECORDED,
}


class Session:
    """An endpoint that may be judged, with the gateway that it is judged through."""

    def __init__(
        self, endpoint: Endpoint, gateway: Gateway, facts: Mapping[str, str], writer: HarWriter | None
    ) -> None:
        self.endpoint = endpoint
        self._gateway = gateway
        self._facts = facts
        self._writer = writer

    def remains(self) -> Iterator[Unreadable]:
        """Once all is closed: what kept parts of the run from being tested, each as an observation of its own."""
        for cut, code in _CUTS.items():
            if cut in self._gateway.cut:
                yield self._untested(code, limit=self._facts.get(cut, ""), file=self._facts["file"])
        if self._gateway.unreachable >= _LOST_AFTER:
            done = str(self._gateway.budget.used - self._gateway.unreachable)
            yield self._untested(limit_codes.LOST, done=done, origin=self._facts["origin"])
        if self._writer is not None and self._writer.failed:
            yield self._untested(limit_codes.NO_EVIDENCE, file=str(self._writer.path))

    def _untested(self, code: Code, **parameters: str) -> Unreadable:
        used = {name: value for name, value in parameters.items() if f"{{{name}}}" in code.message}
        return Unreadable(name=self.endpoint.name, finding=Finding(code.id, Place(url=self.endpoint.url), used))


@contextmanager
def opened(target: str, options: Mapping[str, Any], resolver: Resolver = system_resolver) -> Iterator[Session]:
    """A session with the endpoint at `target`, after its pre-flight. Raises `CannotJudge`."""
    chosen = _chosen(options, target)
    address = _address(target)
    redactor = Redactor([*chosen.secrets, *sensitive.in_headers(chosen.plain), *sensitive.in_url(target)])
    wire = _wire(chosen, redactor, resolver)
    with ExitStack() as stack:
        stack.callback(wire.close)
        writer = _writer(chosen, stack)
        gateway = _gateway(chosen, address, wire, redactor, writer)
        facts = _facts(chosen, address)
        call = gateway.send(request_for(target))
        known = bool(redactor.marks or chosen.tls.certificate)
        found = obstacle(call, with_secret=known, entry=chosen.entry, parameters=facts)
        if found is not None:
            raise CannotJudge(found)
        endpoint = _endpoint(redactor.text(target), gateway, chosen)
        endpoint.memo["preflight"] = call
        yield Session(endpoint, gateway, facts, writer)


def _facts(chosen: HttpOptions, address: Address) -> dict[str, str]:
    return {
        "origin": str(address.origin),
        "host": address.origin.host,
        "file": str(chosen.replay or chosen.har or ""),
        "budget": str(chosen.limits.max_requests),
        "deadline": f"{chosen.limits.max_seconds:g}",
    }


def _endpoint(url: str, gateway: Gateway, chosen: HttpOptions) -> Endpoint:
    return Endpoint(
        name=url,
        url=url,
        sender=gateway,
        seed=chosen.seed,
        may_write=chosen.allow_write,
        may_fuzz=chosen.allow_fuzz,
        max_requests=chosen.limits.max_requests,
        stop=gateway.stop,
        headers={name: gateway.redactor.text(value) for name, value in chosen.headers.items()},
    )


def _gateway(
    chosen: HttpOptions, address: Address, wire: Wire, redactor: Redactor, writer: HarWriter | None
) -> Gateway:
    origins = frozenset({address.origin, *(_address(origin).origin for origin in chosen.origins)})
    rules = Rules(origins=origins, may_write=chosen.allow_write, headers=chosen.headers)
    budget = Budget(chosen.limits) if chosen.replay is None else Budget(chosen.limits, sleep=lambda _: None)
    listeners: list[Listener] = [] if writer is None else [writer]
    return Gateway(wire, rules, budget, redactor, listeners=listeners)


def _wire(chosen: HttpOptions, redactor: Redactor, resolver: Resolver) -> Wire:
    if chosen.replay is not None:
        try:
            return RecordedWire(chosen.replay, redactor)
        except BadHar as error:
            raise _cannot(limit_codes.NO_EVIDENCE, file=str(chosen.replay), reason=str(error)) from error
    try:
        context = tls.context(chosen.tls)
    except tls.BadTls as error:
        name = chosen.tls.ca if error.what == "ca" else chosen.tls.certificate
        raise _cannot(answer_codes.MISSING_SECRET, name=str(name), reason=error.what) from error
    pins = Pins(private=not chosen.server, resolver=resolver, timeout=chosen.limits.connect)
    return LiveWire(pins, chosen.limits, lambda: context)


def _writer(chosen: HttpOptions, stack: ExitStack) -> HarWriter | None:
    """The evidence; a file that cannot be written is told before anything is sent."""
    if chosen.har is None:
        return None
    try:
        return stack.enter_context(HarWriter(chosen.har, with_content=chosen.with_content))
    except OSError as error:
        raise _cannot(limit_codes.NO_EVIDENCE, file=str(chosen.har)) from error


def _chosen(options: Mapping[str, Any], target: str) -> HttpOptions:
    try:
        chosen = HttpOptions.of(options)
    except Unusable as error:
        raise _cannot(answer_codes.MISSING_SECRET, name=error.name, reason=error.reason) from error
    if chosen.har is None or "prefix" not in options:
        return chosen
    return replace(chosen, har=chosen.har.with_stem(f"{chosen.har.stem}-{_slug(target)}"))


def _slug(target: str) -> str:
    """A part of a file name that tells one of several targets from the others."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", sensitive.hidden(target).partition("://")[2]).strip("-")[:100]


def _address(target: str) -> Address:
    try:
        return read(target)
    except BadAddress as error:
        raise _cannot(reach_codes.BAD_URL, reason=str(error)) from error


def _cannot(code: Code, **parameters: str) -> CannotJudge:
    return CannotJudge(Finding(code.id, parameters=parameters))
