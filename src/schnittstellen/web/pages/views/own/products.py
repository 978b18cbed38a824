"""What a vendor keeps of a product: what it is, its releases, and which roles of which standards they take."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schnittstellen.catalogue.models import OldKey, Product, Role, Vendor
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.registry.names import messages
from schnittstellen.catalogue.registry.texts import slug
from schnittstellen.catalogue.services import changes, editing
from schnittstellen.catalogue.services.called import Called, version_called
from schnittstellen.catalogue.services.changes import Edit
from schnittstellen.catalogue.services.editing import Data, Refused
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.editing import kinds
from schnittstellen.web.pages.editing.keeping import Entry, Question, State, ask, page, shown
from schnittstellen.web.pages.editing.sheets import Sheet
from schnittstellen.web.pages.missing import missing
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page
from schnittstellen.web.pages.views.own.vendors import steps

LONGEST = 100
THERE_ALREADY = N_("Die Version {name} gibt es schon.")


@own_page
def start(request: HttpRequest, key: str) -> HttpResponse:
    """The product with its releases and declarations, each with its way to change it."""
    of = acting.product(request, key)
    data = editing.kept(forms.PRODUCT, key).data
    return render(request, "own/product.html.j2", {"of": of, "releases": list(reversed(data.get("releases", [])))})


@own_page
def new(request: HttpRequest, key: str) -> HttpResponse:
    """A new product of the vendor; its key follows from its name."""
    of = acting.vendor(request, key)
    made = _free(of, request.POST.get("name", ""))
    entry = Entry(
        title=N_("Neues Programm"),
        sheet=kinds.PRODUCT,
        form=forms.PRODUCT,
        key=made,
        part=lambda _data: None,
        edit=lambda values: changes.product(made, of, values),
        back=reverse("own-product", args=(made,)),
        steps=steps(of),
        new=True,
    )
    return page(request, entry)


def _free(of: Vendor, name: str) -> str:
    """A key that nothing has or had."""
    plain = slug(name)[: LONGEST - 10]
    candidates = [plain, f"{of.key}-{plain}"[: LONGEST - 5]]
    candidates += [f"{candidates[1]}-{number}" for number in range(2, 100)]
    taken = set(Product.objects.filter(key__in=candidates).values_list("key", flat=True))
    taken |= set(OldKey.objects.filter(key__in=candidates).values_list("key", flat=True))
    return next(one for one in candidates if one not in taken)


@own_page
def details(request: HttpRequest, key: str) -> HttpResponse:
    """What is said of the product."""
    of = acting.product(request, key)
    return page(
        request,
        _entry(of, _about(of.name), kinds.PRODUCT, dict, lambda values: changes.product(key, of.vendor, values)),
    )


@own_page
def new_release(request: HttpRequest, key: str) -> HttpResponse:
    """One more version."""
    of = acting.product(request, key)

    return page(
        request,
        _new(
            _entry(
                of,
                _(N_("Neue Version von {name}")).format(name=of.name),
                kinds.NEW_RELEASE,
                lambda _data: None,
                _one_more(key),
            )
        ),
    )


def _one_more(key: str) -> Callable[[Data], Edit]:
    """A release that is there already is not written over."""

    def with_values(values: Data) -> Edit:
        version = values["version"]
        make = changes.release(key, version, {name: one for name, one in values.items() if name != "version"})

        def edit(data: Data) -> Data:
            if _release(version)(data):
                raise Refused([Problem("", None, "version", THERE_ALREADY, {"name": version})])
            return make(data)

        return edit

    return with_values


@own_page
def release(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """What is said of a version."""
    of = acting.product(request, key)
    edit = _release_edit(key, version)
    return page(request, _entry(of, _about(f"{of.name} {version}"), kinds.RELEASE, _release(version), edit))


def _about(name: str) -> str:
    return _(N_("Angaben zu {name}")).format(name=name)


def _release_edit(key: str, version: str) -> Callable[[Data], Edit]:
    return lambda values: changes.release(key, version, values)


@own_page
def remove_release(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Ask, then take the version away."""
    of = acting.product(request, key)
    question = Question(
        title=_(N_("{name} entfernen?")).format(name=f"{of.name} {version}"),
        text=N_(
            "Die Version und was Sie dazu erklärt haben, verschwinden aus dem Katalog. "
            "Wer sie einsetzt, sieht sie weiter in den eigenen Angaben; andere sehen sie nicht mehr."
        ),
        button=N_("Version entfernen"),
        form=forms.PRODUCT,
        key=key,
        part=_release(version),
        edit=lambda _part: changes.release(key, version, None),
        back=reverse("own-product", args=(key,)),
        steps=_steps(of),
    )
    return ask(request, question)


@own_page
def new_declaration(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Choose the standard and role; what of it is supported is asked on the next page."""
    of = acting.product(request, key)
    rows = Role.objects.select_related("version__standard").order_by(
        "version__standard__title", "version__version", "key"
    )
    roles = {f"{one.version}/{one.key}": _named(one) for one in rows}
    sheet = kinds.new_declaration(roles)
    entry = _new(
        _entry(
            of,
            _(N_("{name}: Standard eintragen")).format(name=f"{of.name} {version}"),
            sheet,
            lambda _data: None,
            lambda _values: lambda data: data,
        )
    )
    if request.method != "POST":
        return shown(request, entry, State(sheet.typed({}), 0), 200)
    typed = sheet.read(request.POST)
    values, wrong = sheet.values(typed)
    if wrong:
        return shown(request, entry, State(typed, 0, wrong), 422)
    standard, _slash, role = values["role"].partition("/")
    return redirect("own-declaration", key, version, standard, role)


def _named(one: Role) -> str:
    return f"{version_called(one.version)}: {one.title or one.key}"


@own_page
def declaration(request: HttpRequest, key: str, version: str, standard: str, role: str) -> HttpResponse:
    """Declare a role, or change what of it is supported."""
    of = acting.product(request, key)
    found = _role(standard, role)
    has = messages(found.sends, found.receives)
    entry = _entry(
        of,
        _named(found),
        kinds.declaration(() if "*" in has else sorted(has)),
        _declaration(version, standard, role),
        lambda values: changes.declaration(f"{key}@{version}", (standard, role), values),
    )
    return page(request, _new(entry))


@own_page
def remove_declaration(request: HttpRequest, key: str, version: str, standard: str, role: str) -> HttpResponse:
    """Ask, then take the declaration back."""
    of = acting.product(request, key)
    named = {"name": f"{of.name} {version}", "standard": Called().version(f"{standard}/{role}")}
    question = Question(
        title=_(N_("{name}: {standard} zurücknehmen?")).format(**named),
        text=N_("Sie erklären dann nicht mehr, dass Ihr Programm diese Rolle des Standards unterstützt."),
        button=N_("Erklärung zurücknehmen"),
        form=forms.PRODUCT,
        key=key,
        part=_declaration(version, standard, role),
        edit=lambda _part: changes.declaration(f"{key}@{version}", (standard, role), None),
        back=reverse("own-product", args=(key,)),
        steps=_steps(of),
    )
    return ask(request, question)


def _role(standard: str, role: str) -> Role:
    key, _at, version = standard.partition("@")
    rows = Role.objects.select_related("version__standard")
    found = rows.filter(version__standard__key=key, version__version=version, key=role).first()
    if found is None:
        raise missing(f"{standard} {role}")
    return found


def _release(version: str) -> Callable[[Data], Data | None]:
    def part(data: Data) -> Data | None:
        return next((one for one in data.get("releases", ()) if one["version"] == version), None)

    return part


def _declaration(version: str, standard: str, role: str) -> Callable[[Data], Data | None]:
    def part(data: Data) -> Data | None:
        of = _release(version)(data) or {}
        return next(
            (one for one in of.get("declarations", ()) if (one["standard"], one["role"]) == (standard, role)), None
        )

    return part


def _entry(
    of: Product,
    title: str,
    sheet: Sheet,
    part: Callable[[Data], Data | None],
    edit: Callable[[Data], Edit],
) -> Entry:
    back = reverse("own-product", args=(of.key,))
    return Entry(title, sheet, forms.PRODUCT, of.key, part, edit, back, _steps(of))


def _steps(of: Product) -> tuple[tuple[str, str], ...]:
    return (*steps(of.vendor), (reverse("own-product", args=(of.key,)), of.name))


def _new(entry: Entry) -> Entry:
    return replace(entry, new=True)
