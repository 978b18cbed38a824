"""Keys and withdrawals, for `schnittstellen verify`."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.certifying import board_key, withdrawing
from schnittstellen.catalogue.services.signing_keys import published
from schnittstellen.domain.canonical import canonical
from schnittstellen.formats.attested import keys_written


@require_safe
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The public keys of vendors and of the board (schnittstellen.keys/1).

    Who trusts this list trusts this server and its certificate.
    """
    found = (*board_key.public(), *published())
    return _sent(canonical(keys_written(found)))


@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The board's list of what was withdrawn, signed (schnittstellen.withdrawals/1 in DSSE); 404 where none was."""
    row = withdrawing.current(date.today())
    if row is None:
        raise Http404
    return _sent(bytes(row.document))


def _sent(document: bytes) -> HttpResponse:
    response = HttpResponse(document, content_type="application/json")
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
