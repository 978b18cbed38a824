"""`schnittstellen standards`: which standards are known, what is known of one, and adding another."""

from collections.abc import Iterator

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.cli.base import Argument, Command, Group, print_text
from schnittstellen.cli.days import written
from schnittstellen.cli.faults import listed
from schnittstellen.cli.listing import columns, json_option, print_json, record
from schnittstellen.domain.errors import NO_STANDARD, SchnittstellenError
from schnittstellen.domain.naming import near_names
from schnittstellen.domain.standard import Role, Standard, State, Unresolved
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

STATES = {
    State.DRAFT: N_("Entwurf"),
    State.IN_FORCE: N_("in Kraft"),
    State.SUPERSEDED: N_("abgelöst"),
    State.WITHDRAWN: N_("zurückgezogen"),
}


def list_standards(as_json: bool) -> None:
    """All standards."""
    standards = list(bootstrap.library().standards())
    if as_json:
        print_json([_summary(standard) for standard in standards])
        return
    rows = [(standard.name, _(STATES[standard.state]), standard.title) for standard in standards]
    for line in columns(rows):
        print_text(line)


def show(name: str, as_json: bool) -> None:
    """Everything known of one standard."""
    library = bootstrap.library()
    try:
        standard = library.standard(name)
    except NotKnown:
        near = near_names(name, [one.name for one in library.standards()])
        raise SchnittstellenError(NO_STANDARD, name=name, candidates=listed(near)) from None
    if as_json:
        print_json(standard)
        return
    for line in _described(standard, library):
        print_text(line)


def _summary(standard: Standard) -> dict[str, str]:
    return {
        "name": standard.name,
        "id": standard.id,
        "version": standard.version,
        "title": standard.title,
        "kind": standard.kind,
        "state": standard.state,
        "publisher": standard.publisher,
    }


def _described(standard: Standard, library: Library) -> Iterator[str]:
    suites = ", ".join(suite.name for suite in library.suites() if (suite.standard, suite.version) == _key(standard))
    yield from record(
        [
            (N_("Standard"), standard.name),
            (N_("Titel"), standard.title),
            (N_("Herausgeber"), standard.publisher),
            (N_("Stand"), _(STATES[standard.state])),
            (N_("In Kraft seit"), written(standard.in_force_from) if standard.in_force_from else ""),
            (N_("In Kraft bis"), written(standard.in_force_until) if standard.in_force_until else ""),
            (N_("Lizenz"), standard.licence),
            (N_("Quelle"), standard.source),
            (N_("Rollen"), ", ".join(map(_role, standard.roles))),
            (N_("Suiten"), suites),
            (N_("Anforderungen"), str(len(standard.requirements))),
        ]
    )
    yield from _section(N_("Nachrichten"), [(one.id, one.root) for one in standard.messages])
    yield from _section(N_("Dateien"), [(one.kind, one.sha256[:12], one.path) for one in standard.artefacts])
    yield from _section(N_("Nicht auflösbare Verweise"), [(_unresolved(one),) for one in standard.unresolved])


def _key(standard: Standard) -> tuple[str, str]:
    return standard.id, standard.version


def _section(title: str, rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"{_(title)} ({len(rows)})"
        yield from ("  " + line for line in columns(rows))


def _role(role: Role) -> str:
    return f"{role.id} ({role.title})" if role.title else role.id


def _unresolved(one: Unresolved) -> str:
    needed = ", ".join(one.needed_by)
    place = _(N_("{location} (in {referrer})")).format(location=one.location, referrer=one.referrer)
    return place + (_(N_("; nötig für {messages}")).format(messages=needed) if needed else "")


group = Group(
    "standards",
    help=N_("Zeigt Standards und fügt neue hinzu."),
    commands_at={
        "list": ("schnittstellen.cli.standards:list_command", N_("Zeigt alle bekannten Standards.")),
        "show": ("schnittstellen.cli.standards:show_command", N_("Zeigt, was über einen Standard bekannt ist.")),
        "add": ("schnittstellen.cli.standards_add:command", N_("Fügt einen Standard hinzu, mit einer ersten Suite.")),
    },
)
list_command = Command(
    "list", callback=list_standards, help=N_("Zeigt alle bekannten Standards."), params=[json_option()]
)
show_command = Command(
    "show",
    callback=show,
    help=N_("Zeigt, was über einen Standard bekannt ist.\n\nBeispiel: schnittstellen standards show en16931"),
    params=[Argument(["name"], metavar=N_("ID[@VERSION]")), json_option()],
)
