"""Reasons in words name only whom they are about."""

from datetime import date

import pytest

from schnittstellen.catalogue.wording.exchanges import reason
from schnittstellen.domain.exchange import Reason, Who, Why
from schnittstellen.web.pages import messages

NAMES = ("Muster-Eins", "Muster-Zwei")


def told(of: Reason) -> str:
    """What the command says; pages say the same."""
    text = reason(of, NAMES)
    assert messages.reason(of, NAMES, written=date.isoformat) == text
    return text


def test_who_does_not_support_a_message_is_named() -> None:
    assert told(Reason(Why.MESSAGE_NOT_SUPPORTED, Who.FIRST, ("m",))) == "Muster-Eins unterstützt nicht: m."
    assert told(Reason(Why.MESSAGE_NOT_SUPPORTED, Who.SECOND, ("m",))) == "Muster-Zwei unterstützt nicht: m."


OF_BOTH = (
    Why.NO_COMMON_STANDARD,
    Why.SAME_ROLE,
    Why.NO_ROLE_PAIR,
    Why.MESSAGE_NOT_SUPPORTED,
    Why.VERSION_WITHDRAWN,
    Why.VERSION_ENDED,
)


@pytest.mark.parametrize("why", OF_BOTH)
def test_nobody_is_named_where_it_is_about_nobody(why: Why) -> None:
    assert not any(name in told(Reason(why, None, ("m",))) for name in NAMES)
