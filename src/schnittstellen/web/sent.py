"""What people send with forms, as plain text."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from schnittstellen.domain.plain_text import CONTROL, without_control
from schnittstellen.web.middleware import OWN_BOUNDS

Answer = Callable[[HttpRequest], HttpResponse]


class PlainForms:
    """Takes out of forms what comes from pasting and no text may hold; what is to be tested comes as it was sent."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Once it is known that the sender may send at all (CSRF)."""
        if request.method == "POST" and not request.path.startswith(OWN_BOUNDS) and _has_control(request.POST):
            request.POST = _plain(request.POST)  # type: ignore[assignment]


def _has_control(sent: QueryDict) -> bool:
    return any(CONTROL.search(text) for _, texts in sent.lists() for text in texts)


def _plain(sent: QueryDict) -> QueryDict:
    plain = QueryDict(mutable=True)
    for name, texts in sent.lists():
        plain.setlist(name, [without_control(text) for text in texts])
    return plain
