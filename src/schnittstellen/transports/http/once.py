"""One request to an address that somebody else named, under all rules of the gateway."""

from collections.abc import Mapping

from schnittstellen.engine.endpoint import Call, Request
from schnittstellen.transports.http import tls
from schnittstellen.transports.http.address import BadAddress, Reach, literal, reach, read
from schnittstellen.transports.http.gateway import Gateway, Rules
from schnittstellen.transports.http.limits import Budget, Limits
from schnittstellen.transports.http.pins import Pins, Resolver, system_resolver
from schnittstellen.transports.http.wire import LiveWire

MOST_OF_ANSWER = 16 * 1024


def origin_and_host(url: str) -> tuple[str, str]:
    """The origin of an http(s) URL, such as "https://ris.example.de", and its host. Raises `ValueError`."""
    origin = read(url).origin
    return str(origin), origin.host


def leads_inside(url: str) -> bool:
    """Whether the URL names an IP address that is not of the public internet; a name is looked up later."""
    own = literal(read(url).origin.host)
    return own is not None and reach(own) is not Reach.PUBLIC


def fetch(url: str, *, private: bool, most_bytes: int, seconds: float, resolver: Resolver = system_resolver) -> Call:
    """Get `url` once, without following redirects. Never raises for what the other side does: see `Call.problem`.

    Unless `private`, only addresses of the public internet are asked. `seconds` hold for everything together.
    """
    request = Request("GET", url, purpose="proof", follow=False)
    return _once(request, private=private, most_bytes=most_bytes, seconds=seconds, resolver=resolver)


def post(  # noqa: PLR0913
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    private: bool,
    seconds: float,
    resolver: Resolver = system_resolver,
) -> Call:
    """Post `body` once, without following redirects, under the same rules as `fetch`. The answer is not kept whole."""
    request = Request("POST", url, headers, body, purpose="notice", follow=False)
    return _once(request, private=private, most_bytes=MOST_OF_ANSWER, seconds=seconds, resolver=resolver)


def _once(request: Request, *, private: bool, most_bytes: int, seconds: float, resolver: Resolver) -> Call:
    try:
        origin = read(request.url).origin
    except BadAddress as error:
        return Call(0, request, problem="request", detail=str(error))
    limits = Limits(
        max_requests=1, max_seconds=seconds, connect=seconds, total=seconds, max_bytes=most_bytes, max_retries=0
    )
    context = tls.context(tls.TlsFiles())
    wire = LiveWire(Pins(private=private, resolver=resolver, timeout=seconds), limits, lambda: context)
    try:
        rules = Rules(origins=frozenset({origin}), may_write=request.method == "POST")
        return Gateway(wire, rules, Budget(limits)).send(request)
    finally:
        wire.close()
