"""Keys with which a vendor signs its reports: kept and withdrawn by its members. No token may: see decision 0025."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import SigningKey, Vendor
from schnittstellen.catalogue.services import signing_keys
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Why
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import number, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

MOST_BYTES = 16 * 1024
"""A list with one key has less than 1 kB."""
REASONS = {
    Why.SUPERSEDED: N_("Es gibt einen neuen Schlüssel."),
    Why.CEASED: N_("Er wird nicht mehr gebraucht."),
    Why.ERROR: N_("Er ist durch ein Versehen hinterlegt."),
    Why.COMPROMISED: N_("Er ist in fremde Hände gekommen. Dann zählt nichts mehr, was er je unterschrieben hat."),
}
NO_FILE = Fault(
    "F461",
    N_("Es fehlt die Datei mit dem öffentlichen Schlüssel, oder sie ist größer als 16 kB."),
    N_("Wählen Sie die Datei mit der Endung .pub. Den privaten Schlüssel geben Sie niemandem."),
)
NO_REASON = Fault("F462", N_("Es fehlt, warum der Schlüssel nicht mehr zählen soll."), N_("Wählen Sie einen Grund."))


@never_cache
@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """The keys of a vendor, one form for the next, and one for the end of each."""
    of = acting.vendor(request, key)
    done = request.POST.get("tun") if request.method == "POST" else None
    if done in {"fragen", "widerrufen"}:
        return _ended(request, of, sure=done == "widerrufen")
    wrong = tried(lambda: _registered(request, of)) if done == "hinterlegen" else ""
    if done == "hinterlegen" and not wrong:
        return redirect(request.path)
    shown = {"of": of, "keys": of.signing_keys.all(), "wrong": wrong, "today": date.today()}
    return render(request, "own/signatures.html.j2", shown, status=422 if wrong else 200)


def _registered(request: HttpRequest, of: Vendor) -> None:
    sent = request.FILES.get("datei")
    if sent is None or (sent.size or 0) > MOST_BYTES:
        raise SchnittstellenError(NO_FILE)
    row = signing_keys.register(acting.viewer(of), of.key, sent.read(), date.today())
    messages.success(request, _("Der Schlüssel %(key)s ist hinterlegt.") % {"key": row.key_id[:16]})


def _ended(request: HttpRequest, of: Vendor, *, sure: bool) -> HttpResponse:
    row = of.signing_keys.filter(pk=number(request, "schluessel")).first()
    if row is None:
        return redirect(request.path)
    typed = {"why": request.POST.get("why", ""), "text": request.POST.get("text", "")[:300]}
    wrong = tried(lambda: _withdrawn(of, row, typed)) if sure else ""
    if sure and not wrong:
        messages.success(request, _("Der Schlüssel %(key)s ist widerrufen.") % {"key": row.key_id[:16]})
        return redirect(reverse("own-vendor-signatures", args=(of.key,)))
    choices = {why.value: text for why, text in REASONS.items()}
    shown = {"of": of, "key": row, "choices": choices, "typed": typed, "wrong": wrong}
    return render(request, "own/end_signature.html.j2", shown, status=422 if wrong else 200)


def _withdrawn(of: Vendor, row: SigningKey, typed: dict[str, str]) -> None:
    if typed["why"] not in {one.value for one in REASONS}:
        raise SchnittstellenError(NO_REASON)
    entry = (date.today(), Why(typed["why"]), typed["text"])
    signing_keys.withdraw(acting.viewer(of), row.key_id, entry, date.today())
