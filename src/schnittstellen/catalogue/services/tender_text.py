"""The text of a tender about interfaces, in Markdown, to be copied into a Leistungsverzeichnis."""

from collections.abc import Iterator

from schnittstellen.attest.words import LEVELS, day
from schnittstellen.catalogue.services.called import Called
from schnittstellen.catalogue.services.evidence import ALL
from schnittstellen.catalogue.services.needs import Basis
from schnittstellen.catalogue.services.tender import Open, OpenPoint, Option, Requirement, Tender
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current

BASES = {
    Basis.RECORDED: N_("Grundlage: die Verbindungen zwischen Programmen, die {place} im Katalog eingetragen hat."),
    Basis.LEISTUNG: N_("Grundlage: was in {place} derselben Leistung dient; Verbindungen sind nicht eingetragen."),
    Basis.NAMED: N_("Grundlage: die Programme, die Sie genannt haben."),
    Basis.NOTHING: N_("In {place} ist nichts eingetragen, womit das Gesuchte Daten austauschen müsste."),
}
OPEN = {
    Open.NOTHING_DECLARED: N_("{partner}: Der Hersteller erklärt keine Schnittstelle. Fragen Sie ihn danach."),
    Open.NOT_THIS_STANDARD: N_("{partner}: Genutzt wird {values}; der Hersteller erklärt diesen Standard nicht."),
    Open.NO_ROLE: N_("{partner}: Zu {values} ist keine Rolle bekannt, die damit Nachrichten austauscht."),
    Open.NOT_THESE_MESSAGES: N_("{partner}: Gebraucht, aber nicht erklärt: {values}."),
    Open.NOT_CONFIRMED: N_("{partner}: Nur der Hersteller sagt, dass es im Einsatz ist. Bestätigen Sie es."),
    Open.VERSION_ENDED: N_("{partner}: {values} ist nicht mehr in Kraft. Klären Sie, wann der Partner wechselt."),
    Open.NO_SUITE: N_("{partner}: Für {values} gibt es hier noch keine Testsuite; verlangen Sie eine Vorführung."),
}


def text(tender: Tender) -> Iterator[str]:
    """The lines of the text, in the language that is set."""
    called = Called()
    yield _(N_("# Anforderungen an Schnittstellen"))
    yield ""
    for key, title in tender.leistungen:
        yield _(N_("Leistung: {title} ({key})")).format(title=title, key=key) + "  "
    yield _(N_("Stand: {day}")).format(day=day(tender.day, current())) + "  "
    yield _(BASES[tender.basis]).format(place=tender.municipality)
    for number, one in enumerate(tender.requirements, 1):
        yield from ("", *_requirement(number, one, tender.names[one.partner], called))
    if tender.requirements:
        yield from ("", *_proof())
    if tender.open:
        yield from ("", _(N_("# Vor der Veröffentlichung zu klären")), "")
        yield from (f"- {_open(one, tender.names[one.partner], called)}" for one in tender.open)


def _open(one: OpenPoint, partner: str, called: Called) -> str:
    kept = one.open in (Open.NOT_THESE_MESSAGES, Open.NO_SUITE)
    values = [value if kept else called.version(value) for value in one.values]
    return _(OPEN[one.open]).format(partner=partner, values=", ".join(values))


def _requirement(number: int, one: Requirement, partner: str, called: Called) -> Iterator[str]:
    yield _(N_("## {number} Schnittstelle zu {partner}")).format(number=number, partner=partner)
    yield ""
    demand = N_("Das angebotene Programm muss mit {partner} Daten austauschen. Verlangt ist:")
    choice = N_("Das angebotene Programm muss mit {partner} Daten austauschen, auf mindestens einem dieser Wege:")
    yield _(choice if len(one.choices) > 1 else demand).format(partner=partner)
    for letter, option in zip("abcdefghijklmnopqrstuvwxyz", one.choices, strict=False):
        yield from ("", *_option(f"{number}{letter}", option, partner, called))


def _option(number: str, one: Option, partner: str, called: Called) -> Iterator[str]:
    title = one.title if one.version in one.title else f"{one.title} {one.version}"
    role = called.role(one.standard, one.role)
    yield _(N_("### {number} {title}: Rolle „{role}“")).format(number=number, title=title, role=role)
    yield ""
    if one.sends:
        yield "- " + _(N_("Es sendet: {messages}")).format(messages=_messages(one.sends))
    if one.receives:
        yield "- " + _(N_("Es empfängt: {messages}")).format(messages=_messages(one.receives))
    if one.options:
        yield "- " + _(N_("Optionale Teile: {options}")).format(options=", ".join(one.options))
    yield "- " + _(N_("Nachweisstufe: mindestens {number} ({name})")).format(
        number=int(one.level), name=_(LEVELS[one.level])
    )
    yield from _evidence(one, partner)


def _messages(messages: tuple[str, ...]) -> str:
    return _(N_("alle der Rolle")) if ALL in messages else ", ".join(messages)


def _evidence(one: Option, partner: str) -> Iterator[str]:
    if one.edition:
        yield "- " + _(N_("Nachweis: Bericht der Testsuite {suite}, Ausgabe {edition} oder neuer")).format(
            suite=one.suite, edition=one.edition
        )
        target = N_("ADRESSE") if one.kind == "openapi" else N_("NACHRICHTEN")
        yield f"- `schnittstellen test {one.suite} {_(target)} --report json={_(N_('bericht.json'))}`"
    yield "- " + _(N_("{partner} hat dazu Nachweisstufe {number} ({name}).")).format(
        partner=partner, number=int(one.partner_level), name=_(LEVELS[one.partner_level])
    )
    if one.ends:
        yield "- " + _(
            N_("Diese Version des Standards gilt bis {day}; der Wechsel auf die nächste gehört dazu.")
        ).format(day=day(one.ends, current()))
    if one.obligation:
        yield "- " + _(N_("Verbindlichkeit des Standards: {obligation}")).format(obligation=one.obligation)


def _proof() -> Iterator[str]:
    yield _(N_("# Wie der Nachweis geführt wird"))
    yield ""
    yield _(
        N_(
            "Mit dem Angebot ist zu jeder Schnittstelle der Bericht der genannten Testsuite vorzulegen, als JSON und "
            "für die angebotene Version des Programms. Das Urteil muss „bestanden“ lauten; „nicht geprüft“ gilt nicht "
            "als Nachweis. Der Auftraggeber darf die Prüfung vor dem Zuschlag wiederholen."
        )
    )
