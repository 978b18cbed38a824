"""Words for notices before an end."""

from schnittstellen.catalogue.models import Notice
from schnittstellen.domain.reasons import Why
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

CAUSES = {
    Why.AGE: N_("Der Nachweis ist dann zu alt."),
    Why.SUITE_RETIRED: N_("Die Ausgabe der Testsuite zählt dann nicht mehr."),
    Why.VERSION_ENDED: N_("Die Version des Standards ist dann nicht mehr in Kraft."),
    Why.NEW_RELEASE: N_("Es gibt eine neue Version des Produkts; das Zertifikat der alten endet."),
    Why.DECISION_ENDED: N_("Die Entscheidung des Beirats ist befristet."),
    Why.DUTY_MISSED: N_("Eine Auflage ist bis dahin nicht als erfüllt eingetragen."),
    Why.REVOKED: N_("Der Beirat hat das Zertifikat widerrufen."),
    Why.CONFIRMATION_OLD: N_("Die Bestätigung aus dem Betrieb ist dann zu alt."),
    Why.DEVIATION_OPEN: N_("Eine Abweichung im Betrieb ist gemeldet."),
    Why.FAILED: N_("Ein Lauf ist nicht bestanden."),
    Why.CONTESTED: N_("Gegen einen Befund läuft ein Widerspruch."),
    Why.NOT_GRANTED: N_("Der Beirat hat nicht zertifiziert."),
}
STATES = {
    Notice.State.WAITING: N_("wartet"),
    Notice.State.SENT: N_("gesendet"),
    Notice.State.GIVEN_UP: N_("nicht zustellbar"),
}


def subject(one: Notice) -> str:
    """In one line."""
    of = one.declaration
    text = N_("Nachweisstufe sinkt am {day}: {release}, {role}") if one.before else N_("Seit {day}: {release}, {role}")
    return _(text).format(day=one.ends_on, release=of.release, role=of.role)


def body(one: Notice) -> str:
    """What ends, why, and what is left."""
    of = one.declaration
    lines = [
        _(N_("{product} {version}: {standard} {standard_version}, Rolle {role}")).format(
            product=of.release.product.name,
            version=of.release.version,
            standard=of.role.version.standard.title,
            standard_version=of.role.version.version,
            role=of.role.key,
        ),
        _(N_("Vom {day} an gilt Nachweisstufe {level}, wenn nichts erneuert wird.")).format(
            day=one.ends_on, level=one.level
        ),
        *causes(one),
    ]
    return "\n".join(lines)


def causes(one: Notice) -> list[str]:
    """Why, a sentence each."""
    known = [Why(it["why"]) for it in one.causes]
    return [_(CAUSES[why]) for why in dict.fromkeys(known) if why in CAUSES]
