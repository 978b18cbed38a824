"""On the way to an identity provider: a page that leads there, in place of the redirection of a form.

Browsers apply `form-action` of the policy of contents to where a form is redirected as well (CSP Level 3, 8.2), so that
with 'self' nobody would get there. A page that leads on needs no exception in the policy (WCAG technique H76).
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html

from schnittstellen.i18n import _
from schnittstellen.web.accounts.framing import framed
from schnittstellen.web.accounts.middleware import Answer

WHERE = "/konto/"


def leaving(get_response: Answer) -> Answer:
    """For forms of accounts that are answered with an address of another server."""

    def respond(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.method != "POST" or not request.path.startswith(WHERE):
            return answer
        return _page(request, answer) if isinstance(answer, HttpResponseRedirect) else answer

    return respond


def _page(request: HttpRequest, answer: HttpResponseRedirect) -> HttpResponse:
    to, title = answer.url, _("Weiter zur Anmeldung")
    if urlsplit(to).netloc in ("", request.get_host()):
        return answer
    head = format_html('<meta http-equiv="refresh" content="0; url={}">', to)
    heading = format_html('<h1 class="kern-heading-large">{}</h1>', title)
    told = format_html(
        '<p class="kern-body">{}</p>', _("Sie melden sich auf einer anderen Seite an und kommen dann zurück.")
    )
    link = format_html('<p><a class="kern-link" href="{}" rel="noreferrer">{}</a></p>', to, urlsplit(to).netloc)
    page = HttpResponse(framed(request, title, head, heading + told + link))
    page.cookies = answer.cookies
    add_never_cache_headers(page)
    return page
