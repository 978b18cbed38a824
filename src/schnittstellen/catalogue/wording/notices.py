"""Words for notices before an end, in the language of whoever reads them."""

from schnittstellen.attest import words
from schnittstellen.catalogue.models import Declaration, Notice
from schnittstellen.catalogue.services.called import short
from schnittstellen.catalogue.services.languages import address
from schnittstellen.domain.reasons import Why
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current

CAUSES = {
    Why.AGE: N_("Der Nachweis ist dann zu alt."),
    Why.SUITE_RETIRED: N_("Die Ausgabe der Testsuite zählt dann nicht mehr."),
    Why.VERSION_ENDED: N_("Die Version des Standards ist dann nicht mehr in Kraft."),
    Why.NEW_RELEASE: N_("Es gibt eine neue Version des Programms; das Zertifikat der alten endet."),
    Why.DECISION_ENDED: N_("Die Entscheidung des Beirats ist befristet."),
    Why.DUTY_MISSED: N_("Eine Auflage ist bis dahin nicht als erfüllt eingetragen."),
    Why.REVOKED: N_("Der Beirat hat das Zertifikat widerrufen."),
    Why.CONFIRMATION_OLD: N_("Die Bestätigung aus dem Betrieb ist dann zu alt."),
    Why.DEVIATION_OPEN: N_("Eine Abweichung im Betrieb ist gemeldet."),
    Why.FAILED: N_("Ein Lauf ist nicht bestanden."),
    Why.CONTESTED: N_("Gegen einen Befund läuft ein Widerspruch."),
    Why.NOT_GRANTED: N_("Der Beirat hat nicht zertifiziert."),
    Why.DOCUMENT_ENDED: N_(
        "Die unterzeichnete Urkunde endet dann, obwohl die Entscheidung weiter gilt. "
        "Der Beirat kann sie neu ausstellen."
    ),
    Why.DOCUMENT_OLD: N_(
        "Nachweise sind erneuert oder Auflagen erfüllt. Das Zertifikat lässt sich neu ausstellen und gilt dann länger."
    ),
    Why.LIST_ENDED: N_(
        "Danach lässt sich nicht mehr sagen, ob ein Zertifikat widerrufen ist. Der Beirat unterschreibt die Liste neu "
        "mit: schnittstellen certificates withdrawals --key board.key"
    ),
}
STATES = {
    Notice.State.WAITING: N_("wartet"),
    Notice.State.SENT: N_("gesendet"),
    Notice.State.GIVEN_UP: N_("nicht zustellbar"),
}
SINKS, SANK = N_("Nachweisstufe sinkt am {day}: {release}, {role}"), N_("Seit {day}: {release}, {role}")
SUBJECTS = {
    Why.DOCUMENT_ENDED: (N_("Urkunde endet am {day}: {release}, {role}"), SANK),
    Why.DOCUMENT_OLD: (N_("Zertifikat lässt sich neu ausstellen: {release}, {role}"),) * 2,
}
LIST_SUBJECTS = (N_("Widerrufsliste veraltet am {day}"), N_("Widerrufsliste veraltet seit {day}"))
"""What is said ahead, and from the day itself on."""
OF_DOCUMENTS = (Why.DOCUMENT_ENDED, Why.DOCUMENT_OLD)


def subject(one: Notice) -> str:
    """In one line."""
    day, of = words.day(one.ends_on, current()), one.declaration
    if of is None:
        return _(LIST_SUBJECTS[0 if one.before else 1]).format(day=day)
    ahead, then = SUBJECTS.get(_first(one) or Why.AGE, (SINKS, SANK))
    return _(ahead if one.before else then).format(day=day, release=of.release, role=of.role)


def body(one: Notice) -> str:
    """What ends, why, what is left, and where to read more."""
    lines = [*_about(one, one.declaration), *causes(one), "", _(N_("Mehr dazu: {address}")).format(address=page(one))]
    return "\n".join(lines)


def page(one: Notice) -> str:
    """The address of the page that it is about: a certificate, a product, or the list of withdrawals."""
    if one.declaration is None:
        return address("/.well-known/schnittstellen-withdrawals.json")
    if _first(one) in OF_DOCUMENTS:
        return address(f"/bescheinigungen/{one.causes[0]['about']}")
    release = one.declaration.release
    return address(f"/programme/{release.product.key}?version={release.version}")


def about(one: Notice) -> str:
    """What ends, in short."""
    of = one.declaration
    return _(N_("Widerrufsliste")) if of is None else f"{of.release}, {of.role}"


def causes(one: Notice) -> list[str]:
    """Why, a sentence each."""
    known = [Why(it["why"]) for it in one.causes]
    return [_(CAUSES[why]) for why in dict.fromkeys(known) if why in CAUSES]


def _about(one: Notice, of: Declaration | None) -> list[str]:
    if of is None:
        return []
    about = _(N_("{product} {version}: {standard} {standard_version}, Rolle {role}")).format(
        product=of.release.product.name,
        version=of.release.version,
        standard=short(of.role.version.standard.title),
        standard_version=of.role.version.version,
        role=of.role.title or of.role.key,
    )
    if _first(one) in OF_DOCUMENTS:
        return [about]
    left = _(N_("Vom {day} an gilt Nachweisstufe {level}, wenn nichts erneuert wird."))
    return [about, left.format(day=words.day(one.ends_on, current()), level=one.level)]


def _first(one: Notice) -> Why | None:
    return Why(one.causes[0]["why"]) if one.causes else None
