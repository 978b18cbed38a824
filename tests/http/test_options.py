"""What a user may say, and what may be done on whose word."""

import pytest

from schnittstellen.transports.http.options import HttpOptions, Unusable

ALL = {"allow_write": True, "allow_fuzz": True, "max_requests": 5000}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (5000, True, True)),
        ({"server": True}, (60, False, False)),
        ({"server": True, "max_requests": 10}, (10, False, False)),
        ({"server": True, "consent": "control"}, (5000, False, True)),
        ({"server": True, "consent": "test_system"}, (5000, True, True)),
    ],
)
def test_consent_is_asked_for_on_a_server_only(given: dict[str, object], expected: tuple[int, bool, bool]) -> None:
    seen = HttpOptions.of({**ALL, **given}, {})
    assert (seen.limits.max_requests, seen.allow_write, seen.allow_fuzz) == expected


def test_nothing_said_is_reading_with_documented_limits() -> None:
    seen = HttpOptions.of({}, {})
    assert (seen.allow_write, seen.allow_fuzz, seen.server) == (False, True, False)
    assert (seen.limits.max_requests, seen.limits.max_seconds, seen.limits.max_bytes) == (10_000, 900, 32 * 1024 * 1024)


def test_timeout_shortens_all_waiting() -> None:
    limits = HttpOptions.of({"timeout": 3}, {}).limits
    assert (limits.total, limits.read, limits.connect) == (3, 3, 3)


def test_secrets_get_into_no_text_of_the_options() -> None:
    environment = {"A": "wert-aus-a", "B": "name:wert-aus-b", "C": "wert-aus-c"}
    seen = HttpOptions.of(
        {"token_env": "A", "header_env": ["X-Key=C"], "headers": ["X-Token: offen1234"], "basic_env": "B"}, environment
    )
    assert "wert" not in repr(seen)
    assert "offen1234" not in repr(seen)
    assert {secret.variable for secret in seen.secrets} == {"A", "C", None}


@pytest.mark.parametrize("options", [{"headers": ["ohne Doppelpunkt"]}, {"token_env": "A"}, {"header_env": ["X=Y"]}])
def test_what_cannot_be_used_is_told(options: dict[str, object]) -> None:
    with pytest.raises(Unusable):
        HttpOptions.of(options, {"A": ""})
