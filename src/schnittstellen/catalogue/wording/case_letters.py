"""Words for mails about deviations in operation: the same to everybody, and nothing that is not public."""

from schnittstellen.catalogue.models import CaseLetter
from schnittstellen.catalogue.services.called import short
from schnittstellen.catalogue.services.languages import address
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

Kind = CaseLetter.Kind
SUBJECTS = {
    Kind.OPENED: N_("Abweichung im Betrieb gemeldet: {release}"),
    Kind.PLANNED: N_("Abweichung im Betrieb, der Hersteller nennt einen Plan: {release}"),
    Kind.OVERDUE: N_("Abweichung im Betrieb nicht wie geplant behoben: {release}"),
    Kind.CLOSED: N_("Abweichung im Betrieb abgeschlossen: {release}"),
}
BODY = N_(
    "{subject}\n{standard} {version}, Rolle {role}\n\nWas dazu öffentlich ist, steht unter dieser Adresse: {address}"
)


def subject(one: CaseLetter) -> str:
    """In one line."""
    return _(SUBJECTS[Kind(one.kind)]).format(release=one.case.declaration.release)


def body(one: CaseLetter) -> str:
    """About which product and role, and where to read it."""
    role = one.case.declaration.role
    return _(BODY).format(
        subject=subject(one),
        standard=short(role.version.standard.title),
        version=role.version.version,
        role=role.title or role.key,
        address=address(f"/abweichungen/{one.case.key}"),
    )
