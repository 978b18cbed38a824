"""The own account: for whom somebody acts, what changed there, and joining by invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schnittstellen.catalogue.services import accounts, audit
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.i18n import _
from schnittstellen.web.accounts.adapter import INVITATION
from schnittstellen.web.pages.views.own.changed import KINDS
from schnittstellen.web.viewer import ACTS_FOR, viewer_of

MOST_CHANGES = 10


@require_GET
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """For whom the visitor acts, and the newest changes that concern them."""
    viewer = viewer_of(request)
    organisations = accounts.organisations(request.user.pk or 0)
    newest = list(audit.readable(viewer)[:MOST_CHANGES])
    shown = {
        "organisations": organisations,
        "acts_for": request.session.get(ACTS_FOR) or (organisations[0].name if organisations else ""),
        "viewer": viewer,
        "changes": newest,
        "names": audit.names(newest),
        "kinds": KINDS,
    }
    return render(request, "account.html.j2", shown)


@require_POST
@login_required
def act(request: HttpRequest) -> HttpResponse:
    """Choose for which of several organisations one reads. Raises F180."""
    wanted = request.POST.get("fuer", "")
    if wanted not in {one.name for one in accounts.organisations(request.user.pk or 0)}:
        raise SchnittstellenError(accounts.NOT_MEMBER, name=wanted)
    request.session[ACTS_FOR] = wanted
    return redirect("account-start")


@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """What one is invited to; joining takes a login and a press of the button. Raises F181."""
    found = accounts.invitation(secret)
    if found is None:
        raise SchnittstellenError(accounts.NO_INVITATION)
    title = accounts.title_of({"role": found.role, "vendor": found.vendor, "municipality": found.municipality})
    if request.method == "POST" and request.user.is_authenticated:
        accounts.join(request.user, secret)
        messages.success(request, _("Sie handeln jetzt für %(name)s.") % {"name": title})
        return redirect("account-start")
    request.session[INVITATION] = secret
    return render(request, "invitation.html.j2", {"name": title})
