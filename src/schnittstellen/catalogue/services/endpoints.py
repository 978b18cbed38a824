"""Endpoints that the server tests: registered by their vendor, tested only while control of them is proven.

Control is proven by a token that only the owner can put there: as a file below `/.well-known/`, or in the DNS.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from hmac import compare_digest

import dns.exception
import dns.resolver
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.catalogue.models import Declaration, Endpoint
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.engine.endpoint import Call
from schnittstellen.transports.http.once import fetch, leads_inside, origin_and_host

BAD_ADDRESS = Fault(
    "F210",
    N_("{url} ist keine Adresse, die wir prüfen können."),
    N_("Schreiben Sie die ganze Adresse mit https://, ohne Benutzernamen, Passwort und ohne # am Ende."),
    http=422,
)
NOT_TESTABLE = Fault(
    "F211",
    N_("Für {role} gibt es hier keine Prüfung einer Adresse."),
    N_("Prüfen Sie stattdessen Nachrichten mit `schnittstellen test` und reichen Sie den Bericht ein."),
    http=422,
)
NOT_SHOWN = Fault(
    "F212",
    N_("Der Nachweis steht nicht unter {place}: {reason}"),
    N_("Legen Sie den Nachweis so ab, wie es auf der Seite des Endpunkts steht, und versuchen Sie es noch einmal."),
    http=422,
)
NOT_PROVEN = Fault(
    "F213",
    N_("Für {url} ist nicht oder nicht mehr nachgewiesen, dass sie Ihnen gehört."),
    N_("Erbringen Sie den Nachweis auf der Seite des Endpunkts. Er gilt 90 Tage."),
    http=409,
)
RUNNING_ALREADY = Fault(
    "F214",
    N_("Für {url} wartet oder läuft schon eine Prüfung."),
    N_("Warten Sie, bis sie fertig ist, oder brechen Sie sie ab."),
    http=409,
)
INSIDE = Fault(
    "F216",
    N_("{url} liegt in einem internen Netz und ist von hier aus nicht erreichbar."),
    N_("Prüfen Sie von Ihrem Netz aus mit `schnittstellen test` und reichen Sie den Bericht ein."),
    http=422,
)
TOO_MANY = Fault(
    "F218",
    N_("Für {role} sind schon {most} Endpunkte eingetragen."),
    N_("Entfernen Sie einen, den Sie nicht mehr brauchen."),
    http=409,
)
NO_ENDPOINT = Fault(
    "F219",
    N_("Diesen Endpunkt gibt es nicht oder nicht mehr."),
    N_("Gehen Sie zu „Mein Bereich“ und wählen Sie dort Ihre Firma."),
    http=404,
)
FAULTS = (BAD_ADDRESS, NOT_TESTABLE, NOT_SHOWN, NOT_PROVEN, RUNNING_ALREADY, INSIDE, TOO_MANY, NO_ENDPOINT)
DAYS = 90
MOST = 5
LONGEST = 300
MOST_BYTES = 1024
SECONDS = 10.0
OTHER = N_("dort steht etwas anderes.")
ELSEWHERE = N_("der Server antwortet nicht mit dem Status 200 (Umleitungen zählen nicht).")
REASONS = {
    "dns": N_("der Name ist im DNS nicht bekannt."),
    "address": N_("die Adresse liegt in einem internen Netz."),
    "refused": N_("dort antwortet kein Server."),
    "timeout": N_("der Server antwortet zu langsam."),
    "deadline": N_("der Server antwortet zu langsam."),
    "tls": N_("das TLS-Zertifikat des Servers ist ungültig."),
    "too_large": N_("die Antwort ist zu groß."),
}
UNREADABLE = N_("die Antwort ist nicht lesbar.")
NO_TXT = N_("im DNS gibt es keinen solchen TXT-Eintrag.")
Fetch = Callable[..., Call]
Texts = Callable[[str], Sequence[str]]


def testable(vendor: str, library: Library) -> list[Declaration]:
    """What the vendor declares and a suite for endpoints can judge."""
    rows = Declaration.objects.filter(release__product__vendor__key=vendor, role__version__standard__kind="openapi")
    rows = rows.select_related("release__product", "role__version__standard").order_by("release__product__name", "id")
    return [one for one in rows if _has_suite(str(one.role), library)]


def _has_suite(name: str, library: Library) -> bool:
    """Whether a suite of that name asks an endpoint; those for clients wait for being asked."""
    try:
        suites = library.suites_named(name)
    except NotKnown:
        return False
    return any(not step.check.endswith(".client") for suite in suites for step in suite.steps)


def listed(viewer: Viewer, vendor: str) -> "QuerySet[Endpoint]":
    """The endpoints of the vendor. Raises `SchnittstellenError` (F144)."""
    own_vendor(viewer, vendor)
    return _related().filter(declaration__release__product__vendor__key=vendor)


def endpoint(viewer: Viewer, key: str) -> Endpoint:
    """An own endpoint. Raises `SchnittstellenError` (F219), also where it belongs to somebody else."""
    found = _related().filter(key=key, declaration__release__product__vendor__key=viewer.vendor).first()
    if found is None or viewer.vendor is None:
        raise SchnittstellenError(NO_ENDPOINT)
    return found


def _related() -> "QuerySet[Endpoint]":
    return Endpoint.objects.select_related(
        "declaration__release__product__vendor", "declaration__role__version__standard"
    )


def register(viewer: Viewer, declaration: int, url: str, library: Library) -> Endpoint:
    """Name where an own release answers; the same address again is the same endpoint.

    Raises `SchnittstellenError` (F144, F210, F211, F216, F218).
    """
    of = Declaration.objects.select_related("release__product__vendor").filter(pk=declaration).first()
    own_vendor(viewer, of.release.product.vendor.key if of else "")
    if of is None or not _has_suite(str(of.role), library):
        raise SchnittstellenError(NOT_TESTABLE, role=str(of.role) if of else "–")
    _demand_usable(url)
    found = Endpoint.objects.filter(declaration=of, url=url).first()
    if found is None and Endpoint.objects.filter(declaration=of).count() >= MOST:
        raise SchnittstellenError(TOO_MANY, role=str(of.role), most=str(MOST))
    return found or _made(of, url)


def _made(of: Declaration, url: str) -> Endpoint:
    with transaction.atomic():
        made = Endpoint.objects.create(declaration=of, url=url)
        _note(made, {}, {"url": url})
    return made


def _note(of: Endpoint, before: dict[str, str], after: dict[str, str]) -> None:
    audit.note(
        "products", of.declaration.release.product.key, *({"endpoint": {of.key: one}} for one in (before, after))
    )


def _demand_usable(url: str) -> None:
    try:
        inside = leads_inside(url)
    except ValueError as error:
        raise SchnittstellenError(BAD_ADDRESS, url=url[:LONGEST]) from error
    if len(url) > LONGEST or "#" in url:
        raise SchnittstellenError(BAD_ADDRESS, url=url[:LONGEST])
    if inside and not settings.PRIVATE_ENDPOINTS:
        raise SchnittstellenError(INSIDE, url=url)


def remove(of: Endpoint) -> None:
    """Take it away with its runs; evidence stays. Raises `SchnittstellenError` (F214) while a run is open."""
    with transaction.atomic():
        if of.runs.select_for_update().filter(state__in=("queued", "running")).exists():
            raise SchnittstellenError(RUNNING_ALREADY, url=of.url)
        _note(of, {"url": of.url}, {})
        of.delete()


def file_place(of: Endpoint) -> str:
    """Where the file with the token is asked for."""
    return f"{origin_and_host(of.url)[0]}/.well-known/schnittstellen-{of.key}.txt"


def dns_place(of: Endpoint) -> str:
    """The name whose TXT record is asked for."""
    return f"_schnittstellen.{origin_and_host(of.url)[1]}"


def txt_records(name: str) -> list[str]:
    """The TXT records of a name, none where there are none. Parts of one record are put together."""
    resolver = dns.resolver.Resolver()
    try:
        answer = resolver.resolve(name, "TXT", lifetime=SECONDS)
    except dns.exception.DNSException:
        return []
    return [b"".join(one.strings).decode("utf-8", "replace") for one in answer]


def prove_by_file(of: Endpoint, now: datetime, ask: Fetch = fetch) -> Endpoint:
    """Look whether the file is there. Raises `SchnittstellenError` (F212); an earlier proof then stays as it was."""
    place = file_place(of)
    call = ask(place, private=settings.PRIVATE_ENDPOINTS, most_bytes=MOST_BYTES, seconds=SECONDS)
    reason = _wrong(call, of.token)
    if reason is not None:
        raise SchnittstellenError(NOT_SHOWN, place=place, reason=reason)
    return _proven(of, Endpoint.Way.FILE, now)


def _wrong(call: Call, token: str) -> str | None:
    if call.problem is not None or call.response is None or call.response.truncated:
        return REASONS.get(call.problem or "too_large", UNREADABLE)
    if call.response.status != 200:
        return ELSEWHERE
    return None if compare_digest(call.response.body.strip(), token.encode()) else OTHER


def prove_by_dns(of: Endpoint, now: datetime, ask: Texts = txt_records) -> Endpoint:
    """Look whether the TXT record is there. Raises `SchnittstellenError` (F212)."""
    place = dns_place(of)
    found = ask(place)
    if not any(compare_digest(one.strip().encode(), of.token.encode()) for one in found):
        raise SchnittstellenError(NOT_SHOWN, place=place, reason=OTHER if found else NO_TXT)
    return _proven(of, Endpoint.Way.DNS, now)


def _proven(of: Endpoint, way: Endpoint.Way, now: datetime) -> Endpoint:
    of.proven_at, of.proven_by, of.proof_lapses_on = now, way, now.date() + timedelta(DAYS)
    with transaction.atomic():
        of.save(update_fields=["proven_at", "proven_by", "proof_lapses_on"])
        _note(of, {}, {"proven_by": str(way)})
    return of


def is_proven(of: Endpoint, day: date) -> bool:
    """Whether control is proven on `day`."""
    return of.proof_lapses_on is not None and day < of.proof_lapses_on


def demand_proven(of: Endpoint, day: date) -> None:
    """Raises `SchnittstellenError` (F213) where control is not proven on `day`."""
    if not is_proven(of, day):
        raise SchnittstellenError(NOT_PROVEN, url=of.url)
