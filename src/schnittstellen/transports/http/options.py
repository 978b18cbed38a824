"""What a user may say about probing an endpoint, read from a mapping of plain values; secrets never stand in it."""

import base64
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from schnittstellen.transports.http.limits import Limits
from schnittstellen.transports.http.redaction import SHORTEST, Secret, mark_of
from schnittstellen.transports.http.tls import TlsFiles

READS_WITHOUT_PROOF = 60
"""Requests that may go from a server to an endpoint whose owner has proven nothing."""


class Consent(StrEnum):
    """What the owner of an endpoint has proven: nothing, control of it, control of a declared test system.

    On the command line the user is the vendor, and nothing is asked.
    """

    NONE = "none"
    CONTROL = "control"
    TEST_SYSTEM = "test_system"


class Unusable(ValueError):
    """Something the user named that cannot be used: `name` is a variable or a file, `reason` says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpOptions:
    """Options of the transport `http`. `HttpOptions.of` names the keys of the mapping it is read from.

    `headers` are all headers to add, with marks for secrets; `plain` those that were written out on the command line.
    """

    limits: Limits = field(default_factory=Limits)
    allow_write: bool = False
    allow_fuzz: bool = True
    server: bool = False
    entry: bool = True
    seed: int = 0
    origins: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    plain: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[Secret, ...] = ()
    tls: TlsFiles = field(default_factory=TlsFiles)
    har: Path | None = None
    replay: Path | None = None
    with_content: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> "HttpOptions":
        """Read `options`; keys that are not there, or None, keep their default. Raises `Unusable`.

        - `allow_write`, `allow_fuzz`, `server`, `entry`, `with_content`: truth values
        - `consent`: what the endpoint's owner has proven, where we run on a server (see `consented`)
        - `seed`, `max_requests`, `max_bytes`, `max_redirects`: whole numbers
        - `max_seconds`, `timeout` (seconds for one exchange), `rate` (requests per second)
        - `origins`: further origins that requests may go to
        - `headers`: lines such as "Accept-Language: de", for what is not secret
        - `token_env`, `token_file`: where a bearer token is; `basic_env`: a variable that holds "name:password"
        - `header_env`: lines "X-Api-Key=VARIABLE"
        - `ca_file`, `client_cert`, `client_key`: files in PEM form; `client_key_password_env`: a variable
        - `har`, `replay`: files
        """
        given = {name: value for name, value in options.items() if value is not None}
        simple = {name: given[name] for name in _PLAIN if name in given}
        headers = dict(_header_line(line) for line in _list(given.get("headers", ())))
        secrets, secret_headers = _credentials(given, environment)
        password, more = _key_password(given, environment)
        chosen = cls(
            limits=_limits(given),
            origins=tuple(_list(given.get("origins", ()))),
            headers={**headers, **secret_headers},
            plain=headers,
            secrets=(*secrets, *more),
            tls=TlsFiles(
                ca=_path(given, "ca_file"),
                certificate=_path(given, "client_cert"),
                key=_path(given, "client_key"),
                password=password,
            ),
            har=_path(given, "har", must_exist=False),
            replay=_path(given, "replay"),
            **simple,
        )
        return consented(chosen, Consent(given.get("consent", Consent.NONE))) if chosen.server else chosen


def consented(options: HttpOptions, consent: Consent) -> HttpOptions:
    """What may be done to an endpoint that is not our own: some reads; all reads and invalid input; writes too."""
    if consent is Consent.NONE:
        limits = replace(options.limits, max_requests=min(options.limits.max_requests, READS_WITHOUT_PROOF))
        return replace(options, limits=limits, allow_fuzz=False, allow_write=False)
    return options if consent is Consent.TEST_SYSTEM else replace(options, allow_write=False)


_PLAIN = ("allow_write", "allow_fuzz", "server", "entry", "seed", "with_content")
_LIMITS = ("max_requests", "max_seconds", "max_bytes", "max_redirects", "rate")


def _limits(given: Mapping[str, Any]) -> Limits:
    limits = replace(Limits(), **{name: given[name] for name in _LIMITS if name in given})
    if "timeout" not in given:
        return limits
    total = float(given["timeout"])
    return replace(limits, total=total, read=min(limits.read, total), connect=min(limits.connect, total))


def _credentials(given: Mapping[str, Any], environment: Mapping[str, str]) -> tuple[list[Secret], dict[str, str]]:
    secrets: list[Secret] = []
    headers: dict[str, str] = {}

    def keep(value: str, variable: str | None, name: str) -> str:
        if len(value) < SHORTEST:
            raise Unusable(name, "zu kurz")
        secret = Secret(value, variable)
        if secret not in secrets:
            secrets.append(secret)
        return mark_of(secrets.index(secret) + 1, variable)

    for option, source in (("token_env", "variable"), ("token_file", "file")):
        if option in given:
            name = str(given[option])
            token = _variable(name, environment) if source == "variable" else _file(name)
            headers["Authorization"] = f"Bearer {keep(token, name if source == 'variable' else None, name)}"
    if "basic_env" in given:
        name = str(given["basic_env"])
        headers["Authorization"] = _basic(_variable(name, environment), name, keep)
    for line in _list(given.get("header_env", ())):
        header, _, name = (part.strip() for part in line.partition("="))
        headers[header] = keep(_variable(name, environment), name, name)
    return secrets, headers


def _basic(pair: str, name: str, keep: Callable[[str, str | None, str], str]) -> str:
    _, colon, password = pair.partition(":")
    if not colon:
        raise Unusable(name, "kein Name:Passwort")
    keep(password, None, name)
    return f"Basic {keep(base64.b64encode(pair.encode()).decode(), None, name)}"


def _key_password(given: Mapping[str, Any], environment: Mapping[str, str]) -> tuple[str | None, list[Secret]]:
    if "client_key_password_env" not in given:
        return None, []
    name = str(given["client_key_password_env"])
    password = _variable(name, environment)
    return password, [Secret(password, name)]


def _variable(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise Unusable(name, "nicht gesetzt")
    return value


def _file(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Unusable(name, "nicht lesbar") from None


def _path(given: Mapping[str, Any], option: str, *, must_exist: bool = True) -> Path | None:
    if option not in given:
        return None
    path = Path(given[option])
    if must_exist and not path.is_file():
        raise Unusable(str(path), "nicht lesbar")
    return path


def _header_line(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        raise Unusable(line.partition(":")[0], "keine Kopfzeile")
    return name.strip(), value.strip()


def _list(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value
