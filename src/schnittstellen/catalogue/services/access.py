"""Keys for programmes: what a token may do, and for whom. The secret is shown once; its SHA-256 is kept."""

import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Municipality, Token, Vendor
from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.plain_text import first_control
from schnittstellen.domain.texts import N_

SCOPES = {
    "read": N_("liest, was der Inhaber sehen darf"),
    "products": N_("schreibt eigene Programme, ihre Versionen und was sie unterstützen"),
    "evidence": N_("reicht unterschriebene Prüfberichte eigener Programme ein"),
    "orders": N_("gibt Prüfaufträge aus"),
    "deployments": N_("meldet den Einsatz eigener Programme"),
    "landscape": N_("schreibt die eigene Landschaft und ob sie offen ist"),
    "applications": N_("liest und stellt Anträge auf Zertifizierung, fragt und antwortet dazu"),
    "duplicates": N_("findet doppelte Einträge und führt sie zusammen"),
}
SCOPES_OF = {
    Token.Role.VENDOR: ("read", "products", "deployments", "evidence", "applications"),
    Token.Role.MUNICIPALITY: ("read", "landscape"),
    Token.Role.BOARD: ("read", "orders", "applications", "duplicates"),
}
PREFIX = "sst_"
NO_SCOPE = Fault(
    "F141",
    N_("Den Umfang {name} gibt es für {role} nicht."),
    N_("Möglich sind: {options}."),
)
NOBODY = Fault(
    "F142",
    N_("{name} ist nicht bekannt."),
    N_("Erwartet wird vendor:KENNUNG, municipality:AGS oder board; die Kennung muss im Katalog stehen."),
    http=404,
)
NO_TOKEN = Fault(
    "F143",
    N_("Das Token {name} ist nicht bekannt."),
    N_("Alle zeigt `schnittstellen token list`."),
    http=404,
)
NAMELESS = Fault(
    "F483",
    N_("Ein Schlüssel braucht einen Namen von höchstens {most} Zeichen, ohne Steuerzeichen."),
    N_("Nennen Sie kurz, wofür er ist."),
)
FAULTS = (NAMELESS, NO_SCOPE, NOBODY, NO_TOKEN)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who acts through a token; `name` is that of the token."""

    viewer: Viewer = PUBLIC
    scopes: frozenset[str] = frozenset()
    name: str = ""


NO_BEARER = Bearer()


@dataclass(frozen=True, slots=True)
class Known:
    """A token without its secret."""

    name: str
    role: str
    acts_for: str
    scopes: tuple[str, ...]
    expires_on: date | None


def create(name: str, acts_for: str, scopes: tuple[str, ...], expires_on: date | None = None) -> str:
    """Make a token and give its secret, which nobody can read again.

    `acts_for` is `vendor:KEY`, `municipality:AGS` or `board`. Raises `SchnittstellenError` (F141, F142, F483).
    """
    if not name.strip() or len(name) > NAME or first_control(name):
        raise SchnittstellenError(NAMELESS, most=str(NAME))
    kind, _colon, key = acts_for.partition(":")
    role = Token.Role(kind) if kind in SCOPES_OF else None
    if role is None:
        raise SchnittstellenError(NOBODY, name=acts_for)
    _demand_scopes(role, scopes)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        row = Token.objects.create(
            name=name,
            role=role,
            digest=digest(secret),
            scopes=sorted(set(scopes)),
            expires_on=expires_on,
            vendor=_vendor(key, acts_for) if role == Token.Role.VENDOR else None,
            municipality=_municipality(key, acts_for) if role == Token.Role.MUNICIPALITY else None,
        )
        _note(row, made=True)
    return secret


def listed() -> list[Known]:
    """All tokens by name."""
    rows = Token.objects.select_related("vendor", "municipality").order_by("name", "id")
    return [_known(row) for row in rows]


def revoke(name: str) -> int:
    """Remove all tokens of this name and give their number. Raises `SchnittstellenError` (F143) where there is none."""
    rows = list(Token.objects.select_related("vendor", "municipality").filter(name=name))
    if not rows:
        raise SchnittstellenError(NO_TOKEN, name=name)
    for row in rows:
        end(row)
    return len(rows)


def issued(acts_for: str) -> list[Token]:
    """The tokens of `vendor:KEY`, `municipality:AGS` or `board`, the newest first."""
    return list(_of(acts_for).order_by("-created", "-id"))


def token(acts_for: str, token_id: int) -> Token:
    """One of them. Raises `SchnittstellenError` (F143)."""
    found = _of(acts_for).filter(pk=token_id).first()
    if found is None:
        raise SchnittstellenError(NO_TOKEN, name=str(token_id))
    return found


def end(row: Token) -> None:
    """Refused from now on."""
    with transaction.atomic():
        _note(row, made=False)
        row.delete()


def _of(acts_for: str) -> QuerySet[Token]:
    role, _colon, key = acts_for.partition(":")
    rows = Token.objects.select_related("vendor", "municipality").filter(role=role)
    return rows.filter(**{f"{role}__key": key}) if key else rows


def _note(row: Token, *, made: bool) -> None:
    of = row.vendor or row.municipality
    kind = "vendors" if row.vendor else "municipalities" if row.municipality else row.role
    until = row.expires_on.isoformat() if row.expires_on else None
    said = {"token": {row.name: {"scopes": list(row.scopes), "expires_on": until}}}
    before, after = ({"token": {}}, said) if made else (said, {"token": {}})
    audit.note(kind, of.key if of else row.role, before, after)


def bearer_of(secret: str, day: date) -> Bearer | None:
    """Who acts through `secret` on `day`; None where no valid token has it."""
    row = Token.objects.select_related("vendor", "municipality").filter(digest=digest(secret)).first()
    if row is None or (row.expires_on is not None and day >= row.expires_on):
        return None
    viewer = Viewer(
        vendor=row.vendor.key if row.vendor else None,
        municipalities=frozenset({row.municipality.key}) if row.municipality else frozenset(),
        board=row.role == Token.Role.BOARD,
    )
    return Bearer(viewer, frozenset(row.scopes) & frozenset(SCOPES), row.name)


def digest(secret: str) -> str:
    """As it is stored. The secret has 256 random bits, so that one round of SHA-256 is enough."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _demand_scopes(role: Token.Role, scopes: tuple[str, ...]) -> None:
    for scope in scopes:
        if scope not in SCOPES_OF[role]:
            raise SchnittstellenError(NO_SCOPE, name=scope, role=role.label, options=", ".join(SCOPES_OF[role]))


def _vendor(key: str, told: str) -> Vendor:
    found = Vendor.objects.filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NOBODY, name=told)
    return found


def _municipality(key: str, told: str) -> Municipality:
    found = Municipality.objects.filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NOBODY, name=told)
    return found


def _known(row: Token) -> Known:
    of = row.vendor or row.municipality
    return Known(row.name, row.role, f"{row.role}:{of.key}" if of else row.role, tuple(row.scopes), row.expires_on)
