"""The records as the document of the interface describes them. What is not known is left out, never null."""

from datetime import date, datetime
from typing import Any, Generic, Literal, NotRequired, TypeVar

from typing_extensions import TypedDict

T = TypeVar("T")


class Page(TypedDict, Generic[T]):
    """Some records; `next_cursor` continues the list, `next` is the address to do so; both are missing at its end."""

    items: list[T]
    next_cursor: NotRequired[str]
    next: NotRequired[str]


def paged(shape: Any) -> Any:
    """The shape of a list of `shape`."""
    generic: Any = Page
    return generic[shape]


class Linked(TypedDict):
    """`id` is stable; `self` is the address of the record."""

    id: str
    self: str


class Kept(Linked):
    """`revision` counts the changes of a record, `changed` is the time of the last one."""

    revision: int
    changed: datetime


class Standard(Kept):
    title: str
    kind: NotRequired[str]
    publisher: NotRequired[str]
    url: NotRequired[str]
    obligation: NotRequired[str]
    obligation_source: NotRequired[str]
    versions: list[str]


class Version(Linked):
    standard: str
    version: str
    title: NotRequired[str]
    state: str
    in_force_from: NotRequired[date]
    in_force_until: NotRequired[date]
    roles: list[str]


class Role(TypedDict):
    """`sends` and `receives` are ids of messages or operations; "*" stands for all."""

    id: str
    version: str
    role: str
    title: NotRequired[str]
    sends: list[str]
    receives: list[str]


class Vendor(Kept):
    name: str
    url: NotRequired[str]
    contact: NotRequired[str]
    example: bool


class Training(TypedDict):
    task: str
    form: NotRequired[str]
    url: NotRequired[str]


ProductKind = Literal[
    "fachverfahren", "online-dienst", "basiskomponente", "transport", "e-akte", "bezahlung", "bescheid"
]
Operation = Literal["eigenbetrieb", "rechenzentrum", "cloud"]
CostsSeenBy = Literal["public", "municipalities", "nobody"]


class Product(Kept):
    """Costs are shown to those whom the vendor chose; `publicly_funded` is missing where it is not known."""

    vendor: str
    name: str
    kind: ProductKind
    purpose: NotRequired[str]
    prerequisites: NotRequired[str]
    operation: list[Operation]
    licence: NotRequired[str]
    source_code: NotRequired[str]
    documentation: NotRequired[str]
    end_of_support: NotRequired[date]
    accessibility: NotRequired[str]
    publicly_funded: NotRequired[bool]
    funding: NotRequired[str]
    example: bool
    cost_licence: NotRequired[str]
    cost_introduction: NotRequired[str]
    cost_running: NotRequired[str]
    costs_seen_by: NotRequired[CostsSeenBy]
    contact: NotRequired[str]
    leistungen: list[str]
    trainings: list[Training]
    releases: list[str]


class Release(Linked):
    product: str
    version: str
    released: NotRequired[date]
    end_of_support: NotRequired[date]
    declarations: list[str]


class Declaration(Linked):
    """`level` is the Nachweisstufe (0–5), computed from the evidence. Empty `messages` are all that the role has.

    `certificate` is the number of the newest one, whether it still holds or not.
    """

    release: str
    standard: str
    role: str
    messages: list[str]
    options: list[str]
    documentation: NotRequired[str]
    level: Literal[0, 1, 2, 3, 4, 5]
    certificate: NotRequired[str]


class Evidence(TypedDict):
    """One suite of one report; `self` tells all that the report proves, `lapses_on` the first day without it.

    `judged_again` is there where the vendor handed in the report: how many results our own engine judged again. What
    it did not judge again does not count for the product. `order` is the test order by which such a run was made;
    exchanges that were recorded without one do not count for the product either.
    """

    self: str
    declaration: str
    reach: Literal[1, 2, 3]
    verdict: str
    cause: NotRequired[str]
    suite: str
    edition: str
    suite_sha256: str
    report_sha256: str
    messages: list[str]
    run_at: datetime
    attached_at: datetime
    lapses_on: NotRequired[date]
    counterpart: NotRequired[str]
    judged_again: NotRequired[int]
    order: NotRequired[str]


class OzgService(TypedDict):
    id: str
    title: NotRequired[str]


class Leistung(Kept):
    title: str
    chain: list[str]
    ozg: NotRequired[OzgService]


class Municipality(Linked):
    """`area` is in hectares; `open` says that it shows its landscape to everybody.

    `revision` and `changed` tell when it changed what it runs, so they are shown to those only who may see that.
    """

    revision: NotRequired[int]
    changed: NotRequired[datetime]
    ars: NotRequired[str]
    name: str
    form: NotRequired[str]
    kreis: NotRequired[str]
    population: NotRequired[int]
    area: NotRequired[int]
    postcode: NotRequired[str]
    open: bool
    example: bool


class Provider(Kept):
    name: str
    url: NotRequired[str]
    example: bool
    municipalities: list[str]


class Deployment(Kept):
    """Who runs which release. Without `confirmed` nobody but the vendor says so."""

    municipality: str
    release: str
    leistungen: list[str]
    since: NotRequired[date]
    until: NotRequired[date]
    experience: NotRequired[str]
    replacement: NotRequired[str]
    replacement_on: NotRequired[date]
    operator: NotRequired[str]
    in_charge: NotRequired[str]
    confirmed: bool


class CoupledDeployments(Kept):
    first: str
    second: str
    standard: NotRequired[str]
    messages: list[str]
    since: NotRequired[date]


class Place(TypedDict):
    """`pointer` is a JSON Pointer into the request, or the name of a parameter; `code` is of one of several reasons."""

    pointer: NotRequired[str]
    detail: str
    code: NotRequired[str]
    hint: NotRequired[str]


class Problem(TypedDict):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: NotRequired[str]
    errors: NotRequired[list[Place]]


SHAPES: dict[str, Any] = {
    "standards": Standard,
    "versions": Version,
    "roles": Role,
    "vendors": Vendor,
    "products": Product,
    "releases": Release,
    "declarations": Declaration,
    "evidence": Evidence,
    "leistungen": Leistung,
    "municipalities": Municipality,
    "providers": Provider,
    "deployments": Deployment,
    "couplings": CoupledDeployments,
}
