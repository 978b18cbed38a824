"""Handing in signed reports, their receipts, and the board's test orders: for programmes with a token."""

import json
from base64 import b64decode
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from schnittstellen.catalogue.models import HandIn, IssuedOrder, QueuedHandIn
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.catalogue.services.handing_in import order_signing, orders, queueing, receipts
from schnittstellen.catalogue.services.handing_in.known import library
from schnittstellen.catalogue.services.handing_in.sent import MOST_FILES, Input, Keep, Sent
from schnittstellen.domain.days import day_of
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import Key
from schnittstellen.web.api.bearing import TOKEN, bearer, demand
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.problems import ProblemPart, parts
from schnittstellen.web.api.shapes import Problem
from schnittstellen.web.api.writes import Day, Line, Released, Write

router = Router(auth=TOKEN, tags=["hand-in"])
LARGE = 10_000_000
AGAIN_SECONDS = "2"
"""After these a client may ask again what became of a hand-in."""
READ: dict[int, Any] = {304: None, **dict.fromkeys((401, 403, 404, 422), Problem)}
MADE: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 413, 422, 503), Problem)


def _base64(text: str) -> str:
    """Raises `PydanticCustomError`."""
    try:
        b64decode(text, validate=True)
    except ValueError:
        raise PydanticCustomError("base64", "base64") from None
    return text


Base64 = Annotated[str, Field(max_length=LARGE, pattern=r"^[A-Za-z0-9+/=]*$"), AfterValidator(_base64)]


class InputWrite(Write):
    """A file that was tested, or a recording (HAR 1.2 with contents) of the exchanges with an endpoint; base64."""

    as_sent = frozenset({"name"})

    name: Line
    content: Base64
    recording: bool = False


class PartnerWrite(Write):
    """The report about the other product, where two were tested together, and the envelope of its own vendor."""

    as_sent = frozenset({"report", "envelope"})

    release: Released
    suite: Line
    report: str = Field(min_length=2, max_length=LARGE)
    envelope: str = Field(min_length=2, max_length=LARGE)

    def sent(self) -> Sent:
        """The same for the service."""
        return Sent(self.envelope.encode(), self.report.encode(), self.release, self.suite)


class HandInWrite(Write):
    """`envelope` (DSSE) signs the very bytes of `report`. `suite` is `standard@version/role`.

    `order` is the id of the test order that the run fulfils. `keep` says what becomes of the inputs once they are
    judged: deleted at once, kept privately for a time, or published. `partner` comes with reports of two products that
    were tested together: both are judged, and both become evidence, or neither.
    """

    as_sent = frozenset({"report", "envelope"})

    release: Released
    suite: Line
    report: str = Field(min_length=2, max_length=LARGE)
    envelope: str = Field(min_length=2, max_length=LARGE)
    inputs: list[InputWrite] = Field([], max_length=MOST_FILES)
    order: str = Field("", max_length=100)
    keep: Keep = Keep.PRIVATE
    partner: PartnerWrite | None = None

    def sent(self) -> Sent:
        """The same for the service."""
        inputs = tuple(Input(one.name, b64decode(one.content), one.recording) for one in self.inputs)
        signed = (self.envelope.encode(), self.report.encode())
        partner = self.partner.sent() if self.partner else None
        return Sent(*signed, self.release, self.suite, inputs, self.order, self.keep, partner)


class Receipt(TypedDict):
    """What was handed in, and what became of it.

    `state`: it waits, is being judged, was accepted or refused, or we failed. `done` of `inputs` have been judged so
    far. `reasons` say why it was not accepted. What follows from judging is null until it was accepted: `claimed` is
    the verdict of the report, `verdict` the one that counts; `judged_again` of `results` results were judged again by
    our own engine. `inputs_until` is the day on which the last inputs are deleted; null where none are kept, or they
    are published. `partner` is the release with which it was tested together.
    """

    id: str
    state: Literal["waiting", "judging", "accepted", "refused", "failed"]
    release: str
    suite: str
    partner: str | None
    report: str
    key: str | None
    by: str
    at: datetime
    claimed: str | None
    verdict: str | None
    judged_again: int | None
    results: int | None
    order: str | None
    inputs: int
    done: int
    inputs_until: date | None
    inputs_published: bool
    reasons: list[ProblemPart]


class Receipts(TypedDict):
    """The newest first; `more` says that there are others. `open` are those that wait or were not accepted."""

    items: list[Receipt]
    more: bool
    open: list[Receipt]


class IssuedOrderShown(TypedDict):
    """A test order. `document` is the envelope for `schnittstellen test --order`; `hand_in` the one that fulfilled it.

    `lapses_on` is the first day on which a run by it is refused. `signed`: the board signed the document; where it did
    not, the order still counts in this catalogue, but the file alone does not prove whose it is.
    """

    id: str
    release: str
    suite: str
    issued: date
    lapses_on: date
    hand_in: str | None
    signed: bool
    document: dict[str, Any]


class IssuedOrders(TypedDict):
    """The newest first; `more` says that there are others."""

    items: list[IssuedOrderShown]
    more: bool


class Newest(Schema):
    """How many."""

    limit: int = Field(50, ge=1, le=200)


class OrderWrite(Write):
    """The board orders a run of a release in a suite (`standard@version/role`), until `last_day` inclusive."""

    release: Released
    suite: Line
    last_day: Day


@router.post(
    "/hand-ins",
    response={200: Receipt, 201: Receipt, 202: Receipt, **MADE},
    operation_id="hand_in",
    tags=["writing"],
)
def hand_in(request: HttpRequest, body: HandInWrite) -> HttpResponse:
    """Hand in a signed report of an own product; the same report again gives the same receipt (200).

    What has inputs to be judged waits for that (202): ask at the address in `Location` what became of it.
    """
    viewer = demand(request, "evidence").viewer
    with acting(f"Token {bearer(request).name}"):
        made, new = queueing.ask(viewer, body.sent(), library(), datetime.now(UTC))
    if isinstance(made, QueuedHandIn):
        response = answer(request, _queued(made), status=202)
        response["Location"] = f"{request.path}/{made.key}"
        response["Retry-After"] = AGAIN_SECONDS
        return response
    return answer(request, _receipt(made), status=201 if new else 200)


@router.get("/hand-ins", response={200: Receipts, **READ}, operation_id="hand_ins")
def hand_ins(request: HttpRequest, asked: Query[Newest]) -> HttpResponse:
    """What the own organisation handed in."""
    demand_known(request, asked)
    viewer = demand(request, "read").viewer
    found = list(receipts.listed(viewer, viewer.vendor or "").prefetch_related("inputs")[: asked.limit + 1])
    items = [_receipt(one) for one in found[: asked.limit]]
    waiting = [_queued(one) for one in queueing.listed(viewer, viewer.vendor or "")[: asked.limit]]
    return answer(request, Receipts(items=items, more=len(found) > asked.limit, open=waiting))


@router.get("/hand-ins/{id}", response={200: Receipt, **READ}, operation_id="receipt")
def receipt(request: HttpRequest, id: Key) -> HttpResponse:
    """One receipt, or what waits or was refused under that id: of the own organisation; the board reads all."""
    demand_known(request)
    found = queueing.found(demand(request, "read").viewer, id)
    if isinstance(found, HandIn):
        return answer(request, _receipt(found))
    response = answer(request, _queued(found))
    if found.state in queueing.OPEN:
        response["Retry-After"] = AGAIN_SECONDS
    return response


@router.post("/orders", response={201: IssuedOrderShown, **MADE}, operation_id="issue_order", tags=["writing"])
def issue(request: HttpRequest, body: OrderWrite) -> HttpResponse:
    """The board issues a test order with a random seed."""
    viewer = demand(request, "orders").viewer
    named = (body.release, body.suite)
    with acting(f"Token {bearer(request).name}"):
        made = orders.issue(viewer, named, body.last_day, library(), day_of(datetime.now(UTC)))
    return answer(request, _order(made), status=201)


@router.get("/orders", response={200: IssuedOrders, **READ}, operation_id="orders")
def issued(request: HttpRequest, asked: Query[Newest]) -> HttpResponse:
    """The orders for own products; the board reads all."""
    demand_known(request, asked)
    viewer = demand(request, "read").viewer
    found = list(orders.listed(viewer, viewer.vendor or "")[: asked.limit + 1])
    items = [_order(one) for one in found[: asked.limit]]
    return answer(request, IssuedOrders(items=items, more=len(found) > asked.limit))


@router.get("/orders/{id}", response={200: IssuedOrderShown, **READ}, operation_id="order")
def order(request: HttpRequest, id: Key) -> HttpResponse:
    """One order."""
    demand_known(request)
    return answer(request, _order(orders.one(demand(request, "read").viewer, id)))


def _receipt(one: HandIn) -> Receipt:
    row, inputs = one.evidence, list(one.inputs.all())
    return Receipt(
        id=one.key,
        state="accepted",
        release=str(row.declaration.release),
        suite=row.suite,
        partner=str(row.counterpart) if row.counterpart else None,
        report=row.report_sha256,
        key=one.key_id,
        by=one.by,
        at=one.at,
        claimed=one.claimed,
        verdict=row.verdict,
        judged_again=one.judged,
        results=one.total,
        order=row.order or None,
        inputs=len(inputs),
        done=len(inputs),
        inputs_until=max((it.deleted_on for it in inputs if it.deleted_on), default=None),
        inputs_published=any(it.deleted_on is None for it in inputs),
        reasons=[],
    )


def _queued(one: QueuedHandIn) -> Receipt:
    states: Any = one.state
    return Receipt(
        id=one.key,
        state=states,
        release=one.release,
        suite=one.suite,
        partner=None,
        report=one.report_sha256,
        key=None,
        by=one.by,
        at=one.at,
        claimed=None,
        verdict=None,
        judged_again=None,
        results=None,
        order=one.order or None,
        inputs=one.total,
        done=one.done,
        inputs_until=None,
        inputs_published=False,
        reasons=list(parts(queueing.reasons(one))),
    )


def _order(one: IssuedOrder) -> IssuedOrderShown:
    return IssuedOrderShown(
        id=one.key,
        release=str(one.declaration.release),
        suite=str(one.declaration.role),
        issued=one.issued,
        lapses_on=one.lapses_on,
        hand_in=one.hand_in.key if hasattr(one, "hand_in") else None,
        signed=order_signing.is_signed(one),
        document=json.loads(bytes(one.document)),
    )
