"""The public keys of vendors, for `schnittstellen verify --trust`."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.signing_keys import published
from schnittstellen.domain.canonical import canonical
from schnittstellen.formats.attested import keys_written


@require_safe
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """A list of keys (schnittstellen.keys/1); who trusts it trusts this server and its certificate."""
    response = HttpResponse(canonical(keys_written(published())), content_type="application/json")
    response["Cache-Control"] = "no-cache"
    return response
