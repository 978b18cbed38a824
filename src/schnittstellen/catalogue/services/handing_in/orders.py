"""Test orders (Prüfaufträge): issued by the board with a random seed, fetched by the vendor, fulfilled once."""

import secrets
from datetime import date, timedelta
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Q, QuerySet

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.attest import documents, keys
from schnittstellen.catalogue.models import Declaration, IssuedOrder, Release
from schnittstellen.catalogue.models.base import undated_last
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.certifying import board_key
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.handing_in import order_letters
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import SEED_BITS, Order
from schnittstellen.domain.texts import N_

MOST_DAYS = 366
MOST_OFFERED = 30
NO_ORDER = Fault(
    "F412",
    N_("Diesen Prüfauftrag gibt es nicht."),
    N_("Ihre Prüfaufträge stehen unter „Mein Bereich“."),
    http=404,
)
NOT_TESTABLE = Fault(
    "F413",
    N_("{release} erklärt {suite} nicht, oder dafür gibt es hier keine Testsuite."),
    N_("Nennen Sie eine Version und eine Rolle, die der Hersteller erklärt hat und für die es eine Testsuite gibt."),
    http=422,
)
BAD_DAY = Fault(
    "F414",
    N_("Der letzte Tag {day} ist nicht möglich."),
    N_("Nennen Sie einen Tag von heute an, höchstens ein Jahr voraus."),
    http=422,
)
ONLY_BOARD = Fault(
    "F415",
    N_("Prüfaufträge gibt der IT-Digitalbeirat aus, und niemand aus dem Unternehmen des Herstellers."),
    N_("Melden Sie sich mit einem Konto des Beirats an, das nicht für diesen Hersteller handelt."),
    http=403,
)


def issue(viewer: Viewer, name: tuple[str, str], last_day: date, library: Library, today: date) -> IssuedOrder:
    """Order a run of a release in a suite (`name`), until `last_day` inclusive.

    Raises `SchnittstellenError` (F413 to F415).
    """
    of = _declared(*name, library)
    demand_board(viewer, of.release.product.vendor.key)
    if not today <= last_day <= today + timedelta(days=MOST_DAYS):
        raise SchnittstellenError(BAD_DAY, day=last_day.isoformat())
    made = Order(
        id=f"PA-{today.year}-{secrets.token_hex(6)}",
        issuer=board_key.issuer(),
        release=ReleaseName.of(str(of.release)),
        suite=str(of.role),
        seed=secrets.randbits(SEED_BITS),
        issued=today,
        lapses_on=last_day + timedelta(days=1),
    )
    return _kept(of, made)


def demand_board(viewer: Viewer, vendor: str) -> None:
    """Raises `SchnittstellenError` (F415) for everybody but the board, and for those of it who act for the vendor."""
    if not viewer.board or viewer.vendor == vendor:
        raise SchnittstellenError(ONLY_BOARD)


def _kept(of: Declaration, made: Order) -> IssuedOrder:
    document = documents.sign_order(made, keys.signer(private)) if (private := _key()) else documents.open_order(made)
    with transaction.atomic():
        row = IssuedOrder.objects.create(
            key=made.id,
            declaration=of,
            seed=str(made.seed),
            issued=made.issued,
            issued_by=audit.actor(),
            lapses_on=made.lapses_on,
            sha256=documents.unverified_order(document).sha256,
            document=document,
        )
        audit.note("products", of.release.product.key, {"order": {}}, {"order": {made.id: made.suite}})
        order_letters.issued(row)
    return row


def offered(text: str, library: Library) -> list[Declaration]:
    """What a run can be ordered of: declarations with a suite whose product, vendor or standard is called like `text`.

    Of each product the newest releases first, at most `MOST_OFFERED`.
    """
    suites = {(one.standard, one.version, one.role) for one in library.suites()}
    rows = Declaration.objects.select_related("release__product__vendor", "role__version__standard")
    for word in text.replace("\0", "").split():
        named = Q(release__product__name__icontains=word) | Q(release__product__vendor__name__icontains=word)
        called = Q(release__version=word) | Q(role__version__standard__title__icontains=word)
        rows = rows.filter(named | called | Q(role__title__icontains=word))
    known = Q(role__version__standard__key__in={standard for standard, _, _ in suites})
    rows = rows.filter(known, release__product__merged_into=None)
    ordered = rows.order_by("release__product__name", undated_last("release__released"), "-release_id", "role_id")
    fitting = (one for one in ordered.iterator(chunk_size=200) if _named(one) in suites)
    return list(islice(fitting, MOST_OFFERED))


def _named(one: Declaration) -> tuple[str, str, str]:
    return one.role.version.standard.key, one.role.version.version, one.role.key


def _key() -> Ed25519PrivateKey | None:
    """The key of the board, where this server has one."""
    return board_key.private()


def _declared(release: str, suite: str, library: Library) -> Declaration:
    found = declared(release, suite)
    try:
        known = bool(library.suites_named(suite))
    except NotKnown:
        known = False
    if found is None or not known:
        raise SchnittstellenError(NOT_TESTABLE, release=release, suite=suite)
    return found


def declared(release: str, suite: str) -> Declaration | None:
    """What `product@version` declares as `standard@version/role`."""
    if "\0" in release + suite:
        return None
    product, _, version = release.rpartition("@")
    standard, _, rest = suite.partition("@")
    of_standard, _, role = rest.rpartition("/")
    rows = Declaration.objects.select_related("release__product__vendor", "role__version__standard")
    return rows.filter(
        release__product__key=product,
        release__version=version,
        role__key=role,
        role__version__version=of_standard,
        role__version__standard__key=standard,
    ).first()


def order_of(row: IssuedOrder) -> Order:
    """What its document says."""
    return documents.unverified_order(bytes(row.document))


def listed(viewer: Viewer, vendor: str = "") -> "QuerySet[IssuedOrder]":
    """The orders for a vendor's products; of all vendors for the board. Raises `SchnittstellenError` (F144, F415)."""
    if viewer.board or viewer.operator:
        rows = _related()
        return rows.filter(declaration__release__product__vendor__key=vendor) if vendor else rows
    if not vendor:
        raise SchnittstellenError(ONLY_BOARD)
    return _related().filter(declaration__release__product__vendor__key=own_vendor(viewer, vendor))


def one(viewer: Viewer, key: str) -> IssuedOrder:
    """An order for an own product; the board and the operator find all. Raises `SchnittstellenError` (F412)."""
    rows = _related().filter(key=key)
    if not (viewer.board or viewer.operator):
        rows = rows.filter(declaration__release__product__vendor__key=viewer.vendor or "")
    found = rows.first()
    if found is None:
        raise SchnittstellenError(NO_ORDER)
    return found


def of_release(release: Release, key: str) -> IssuedOrder | None:
    """The order of that id, if it is for the release."""
    return _related().filter(key=key, declaration__release=release).first()


def _related() -> "QuerySet[IssuedOrder]":
    return IssuedOrder.objects.select_related(
        "declaration__release__product__vendor", "declaration__role__version__standard", "hand_in"
    )
