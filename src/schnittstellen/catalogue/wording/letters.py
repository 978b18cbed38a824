"""Words for mails about applications: they say that something happened; what it is stands behind the login."""

from schnittstellen.catalogue.models import Letter
from schnittstellen.catalogue.services.called import short
from schnittstellen.catalogue.services.languages import address
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

Kind = Letter.Kind
SUBJECTS = {
    Kind.APPLIED: N_("Neuer Antrag auf Zertifizierung: {release}"),
    Kind.ASKED: N_("Rückfrage des IT-Digitalbeirats: {release}"),
    Kind.ANSWERED: N_("Antwort auf eine Rückfrage: {release}"),
    Kind.DECIDED: N_("Der IT-Digitalbeirat hat entschieden: {release}"),
    Kind.DUTY_SAID: N_("Auflage als erfüllt gemeldet: {release}"),
    Kind.DUTY_ANSWERED: N_("Auflage geprüft: {release}"),
}
BODY = N_(
    "{subject}\n{standard} {version}, Rolle {role}\n\n"
    "Was es ist, lesen Sie im Schnittstellenkatalog nach der Anmeldung unter dieser Adresse: {address}"
)


def subject(one: Letter) -> str:
    """In one line."""
    return _(SUBJECTS[Kind(one.kind)]).format(release=one.application.declaration.release)


def body(one: Letter) -> str:
    """About which application, and where to read it."""
    role = one.application.declaration.role
    return _(BODY).format(
        subject=subject(one),
        standard=short(role.version.standard.title),
        version=role.version.version,
        role=role.title or role.key,
        address=address(f"/mein/antraege/{one.application.key}"),
    )
