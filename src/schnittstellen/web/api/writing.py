"""Writing with tokens. A change names with If-Match the state that it is made from, so that nobody is overwritten."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path
from pydantic import Field

from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import changes, editing
from schnittstellen.catalogue.services.records.kinds import KEY, NAMED, WORD
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.web.api import records, writes
from schnittstellen.web.api.bearing import TOKEN, demand
from schnittstellen.web.api.matching import Target, changed, removed
from schnittstellen.web.api.shapes import SHAPES, Problem

router = records.router
"""Reading and writing share their paths, and a path belongs to one router."""
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 412, 413, 422, 428), Problem)
Key = Annotated[str, Field(pattern=f"^{KEY}$")]
Named = Annotated[str, Field(pattern=f"^{NAMED}$")]
Word = Annotated[str, Field(pattern=f"^{WORD}$")]
Ags = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
Local = Annotated[str, Field(pattern=r"^[0-9]{8}-[A-Za-z0-9][A-Za-z0-9._+-]{0,59}$")]


def _route(method: str, path: str, kind: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A route that answers with the record as it is afterwards, or with nothing where it was removed."""
    shape = SHAPES[kind]
    done: dict[int, Any] = {204: None} if method == "DELETE" else {200: shape, 201: shape}
    return router.api_operation([method], path, response={**done, **PROBLEMS}, auth=TOKEN, tags=["writing"], **more)


@_route("PUT", "/vendors/{id}", "vendors", operation_id="put_vendor")
def put_vendor(request: HttpRequest, id: Path[Key], body: writes.VendorWrite) -> HttpResponse:
    """Change what is said of the own company."""
    viewer = demand(request, "products").viewer
    if moved := records.moved(request, id, "vendors"):
        return moved
    changes.own_vendor(viewer, id)
    return changed(request, Target("vendors", (id,), forms.VENDOR, id), viewer, changes.vendor(id, body.said()))


@_route("PUT", "/products/{id}", "products", operation_id="put_product")
def put_product(request: HttpRequest, id: Path[Key], body: writes.ProductWrite) -> HttpResponse:
    """Make or change an own product; its releases stay."""
    viewer = demand(request, "products").viewer
    if moved := records.moved(request, id):
        return moved
    owner = changes.own_product(viewer, id)
    return changed(request, _product("products", (id,), id), viewer, changes.product(id, owner, body.said()))


@_route("PUT", "/releases/{id}", "releases", operation_id="put_release")
def put_release(request: HttpRequest, id: Path[Named], body: writes.ReleaseWrite) -> HttpResponse:
    """Make or change a release of an own product; its declarations stay."""
    viewer, product, version = _own_release(request, id)
    return changed(
        request, _product("releases", (id,), product), viewer, changes.release(product, version, body.said())
    )


@_route("DELETE", "/releases/{id}", "releases", operation_id="delete_release")
def delete_release(request: HttpRequest, id: Path[Named]) -> HttpResponse:
    """Take a release that nothing proves out of the catalogue; whoever runs it still sees it."""
    viewer, product, version = _own_release(request, id)
    return removed(request, _product("releases", (id,), product), viewer, changes.release(product, version, None))


@_route("PUT", "/declarations/{release}/{standard}/{role}", "declarations", operation_id="put_declaration")
def put_declaration(
    request: HttpRequest, release: Path[Named], standard: Path[Named], role: Path[Word], body: writes.DeclarationWrite
) -> HttpResponse:
    """Declare that a release takes a role. How well it is proven follows from evidence and cannot be set."""
    viewer, product, _version = _own_release(request, release)
    edit = changes.declaration(release, (standard, role), body.said())
    return changed(request, _product("declarations", (release, standard, role), product), viewer, edit)


@_route("DELETE", "/declarations/{release}/{standard}/{role}", "declarations", operation_id="delete_declaration")
def delete_declaration(
    request: HttpRequest, release: Path[Named], standard: Path[Named], role: Path[Word]
) -> HttpResponse:
    """Take back a declaration that nothing was tested of yet."""
    viewer, product, _version = _own_release(request, release)
    edit = changes.declaration(release, (standard, role), None)
    return removed(request, _product("declarations", (release, standard, role), product), viewer, edit)


@_route("PATCH", "/municipalities/{id}", "municipalities", operation_id="patch_municipality")
def patch_municipality(request: HttpRequest, id: Path[Ags], body: writes.MunicipalityWrite) -> HttpResponse:
    """Say whether everybody may see what the own municipality runs."""
    viewer = demand(request, "landscape").viewer
    changes.own_place(viewer, id)

    def keep(_data: editing.Data, revision: int) -> None:
        editing.show_landscape(id, body.open, revision)

    return changed(request, _landscape("municipalities", id, id), viewer, lambda data: data, keep)


@_route("POST", "/deployments", "deployments", operation_id="claim_deployment")
def claim_deployment(request: HttpRequest, body: writes.ClaimWrite) -> HttpResponse:
    """Say as a vendor that a municipality runs an own release; it counts once the municipality has confirmed it."""
    viewer = demand(request, "deployments").viewer
    said = body.said()
    local, ags = changes.new_claim(), said.pop("municipality")
    edit = changes.deployment(local, changes.claim(viewer, ags, said))
    return changed(request, _landscape("deployments", f"{ags}-{local}", ags), viewer, edit)


@_route("PUT", "/deployments/{id}", "deployments", operation_id="put_deployment")
def put_deployment(request: HttpRequest, id: Path[Local], body: writes.DeploymentWrite) -> HttpResponse:
    """Say what the own municipality runs, or confirm what a vendor said."""
    viewer, ags, local = _own_place(request, id)
    edit = changes.deployment(local, {**body.said(), "confirmed": True})
    return changed(request, _landscape("deployments", id, ags), viewer, edit)


@_route("DELETE", "/deployments/{id}", "deployments", operation_id="delete_deployment")
def delete_deployment(request: HttpRequest, id: Path[Local]) -> HttpResponse:
    """Remove what the own municipality does not run, with its couplings."""
    viewer, ags, local = _own_place(request, id)
    return removed(request, _landscape("deployments", id, ags), viewer, changes.deployment(local, None))


@_route("PUT", "/couplings/{id}", "couplings", operation_id="put_coupling")
def put_coupling(request: HttpRequest, id: Path[Local], body: writes.CouplingWrite) -> HttpResponse:
    """Say that two of the own deployments exchange messages."""
    viewer, ags, local = _own_place(request, id)
    said = body.said()
    ends = {end: said[end].removeprefix(f"{ags}-") for end in ("first", "second")}
    return changed(request, _landscape("couplings", id, ags), viewer, changes.coupling(local, {**said, **ends}))


@_route("DELETE", "/couplings/{id}", "couplings", operation_id="delete_coupling")
def delete_coupling(request: HttpRequest, id: Path[Local]) -> HttpResponse:
    """Two of the own deployments exchange nothing any more."""
    viewer, ags, local = _own_place(request, id)
    return removed(request, _landscape("couplings", id, ags), viewer, changes.coupling(local, None))


def _own_release(request: HttpRequest, name: str) -> tuple[Viewer, str, str]:
    viewer = demand(request, "products").viewer
    product, _, version = name.partition("@")
    changes.own_product(viewer, product)
    return viewer, product, version


def _own_place(request: HttpRequest, id: str) -> tuple[Viewer, str, str]:
    viewer = demand(request, "landscape").viewer
    ags, _, local = id.partition("-")
    changes.own_place(viewer, ags)
    return viewer, ags, local


def _product(kind: str, name: tuple[str, ...], key: str) -> Target:
    return Target(kind, name, forms.PRODUCT, key)


def _landscape(kind: str, name: str, ags: str) -> Target:
    return Target(kind, (name,), forms.DEPLOYMENTS, ags)
