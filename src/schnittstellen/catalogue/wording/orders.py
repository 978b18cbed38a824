"""Words for mails about test orders: what is wanted and until when; the order itself stands behind the login."""

from datetime import timedelta

from schnittstellen.attest.words import day
from schnittstellen.catalogue.models import OrderLetter
from schnittstellen.catalogue.services.called import short
from schnittstellen.catalogue.services.languages import address
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current

Kind = OrderLetter.Kind
SUBJECTS = {
    Kind.ISSUED: N_("Neuer Prüfauftrag: {release}, bis {day}"),
    Kind.ENDS: N_("Prüfauftrag läuft ab: {release}, bis {day}"),
}
BODY = N_(
    "{subject}\n{standard} {version}, Rolle {role}\n\n"
    "Der IT-Digitalbeirat verlangt von Ihnen einen Prüflauf. Was zu tun ist, lesen Sie im Schnittstellenkatalog nach "
    "der Anmeldung unter dieser Adresse: {address}"
)


def subject(one: OrderLetter) -> str:
    """In one line."""
    last = day(one.order.lapses_on - timedelta(days=1), current())
    return _(SUBJECTS[Kind(one.kind)]).format(release=one.order.declaration.release, day=last)


def body(one: OrderLetter) -> str:
    """What is to be tested, and where to read the rest."""
    role = one.order.declaration.role
    return _(BODY).format(
        subject=subject(one),
        standard=short(role.version.standard.title),
        version=role.version.version,
        role=role.title or role.key,
        address=address(f"/mein/pruefauftraege/{one.order.key}"),
    )
