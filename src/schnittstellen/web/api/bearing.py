"""Who asks: nobody in particular, or the bearer of a token (RFC 6750)."""

from datetime import date

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from schnittstellen.catalogue.services.access import NO_BEARER, Bearer, bearer_of, digest
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.web.api import limits

NO_LOGIN = Fault(
    "F146",
    N_("Das Token fehlt, ist unbekannt oder abgelaufen."),
    N_("Senden Sie Authorization: Bearer mit einem gültigen Token; Sie erzeugen es unter „Mein Bereich“."),
    http=401,
)
NOT_ALLOWED = Fault(
    "F147",
    N_("Ihr Token erlaubt das nicht (nötig ist der Umfang {scope})."),
    N_("Erzeugen Sie unter „Mein Bereich“ ein Token mit diesem Umfang."),
    http=403,
)


class Token(HttpBearer):
    """A token must be there and valid."""

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """Who bears it, None where it is not valid. Each request counts. Raises `SchnittstellenError` (F335)."""
        found = bearer_of(token.strip(), date.today())
        if found:
            limits.spend_token(request, digest(token.strip()))
        else:
            limits.spend_address(request)
        return found


class MaybeToken(Token):
    """Reading needs none; but a token that is not valid is refused, not passed over."""

    def __call__(self, request: HttpRequest) -> Bearer | None:
        if "Authorization" not in request.headers:
            limits.spend_address(request)
            return NO_BEARER
        found: Bearer | None = super().__call__(request)
        if found is None:
            raise AuthenticationError
        return found


TOKEN, MAYBE_TOKEN = Token(), MaybeToken()


def bearer(request: HttpRequest) -> Bearer:
    """Who asks, as the routes' `auth` found out."""
    found = getattr(request, "auth", NO_BEARER)
    return found if isinstance(found, Bearer) else NO_BEARER


def viewer(request: HttpRequest) -> Viewer:
    """As whom the answer is read; a token without the scope `read` reads as everybody does."""
    found = bearer(request)
    return found.viewer if "read" in found.scopes else PUBLIC


def demand(request: HttpRequest, scope: str) -> Bearer:
    """The bearer, who has that scope and sees what he changes. Raises `SchnittstellenError` (F147)."""
    found = bearer(request)
    missing = sorted({scope, "read"} - found.scopes)
    if missing:
        raise SchnittstellenError(NOT_ALLOWED, scope=", ".join(missing))
    return found
