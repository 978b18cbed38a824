"""Kann ich beschaffen? A form, and its answer with all reasons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.models import Product
from schnittstellen.catalogue.services.naming import Meant, municipality_meant, product_meant
from schnittstellen.catalogue.services.procurement import Procurement, Wishes, can_procure
from schnittstellen.catalogue.wording import procurement
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.viewer import viewer_of

MOST_TEXT = 200
NOTHING = Meant("")


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and what is meant by it."""

    product: Meant
    place: Meant
    replaced: Meant

    @property
    def clear(self) -> bool:
        """Whether it can be answered."""
        return bool(self.product.key and self.place.key and (self.replaced.key or not self.replaced.text))


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The form with what was typed; below it the answer once product and municipality are clear."""
    question = Question(
        typed(request, "programm", product_meant),
        typed(request, "kommune", municipality_meant),
        typed(request, "ersetzt", product_meant),
    )
    found, error = _answer(request, question) if question.clear else (None, None)
    names = _names(question, found.replaced if found else ())
    shown = {
        "question": question,
        "found": found,
        "error": error,
        "name": names[question.product.key or ""],
        "replaced": [names[one] for one in found.replaced] if found else [],
        "words": procurement,
        "day": day_of(request),
    }
    return render(request, "procurement.html.j2", shown, status=error.fault.http if error else 200)


def _answer(request: HttpRequest, asked: Question) -> tuple[Procurement | None, SchnittstellenError | None]:
    product, place = asked.product.key or "", asked.place.key or ""
    try:
        return can_procure(product, place, viewer_of(request), day_of(request), Wishes(asked.replaced.key)), None
    except SchnittstellenError as error:
        return None, error


def typed(request: HttpRequest, name: str, meaning: Callable[[str], Meant]) -> Meant:
    """What a field holds, and what is meant by it."""
    text = request.GET.get(name, "").strip()[:MOST_TEXT]
    return meaning(text) if text else NOTHING


def _names(asked: Question, replaced: Iterable[str]) -> dict[str, str]:
    """The names of the product asked for and of each release that is replaced, by what the service calls them."""
    parts = {one: one.partition("@") for one in (asked.product.key or "", *replaced)}
    known = dict(Product.objects.filter(key__in=[key for key, _, _ in parts.values()]).values_list("key", "name"))
    return {one: f"{known.get(key, key)} {version}".strip() for one, (key, _, version) in parts.items()}
