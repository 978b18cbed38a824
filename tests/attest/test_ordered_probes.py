"""What a run asks depends on the seed of its order: no recording can be prepared before."""

from schnittstellen.checks.openapi_probe import probed
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Endpoint
from tests.openapi.miniature import Miniature, serving
from tests.openapi.senders import PlainSender
from tests.openapi.test_responses import contract

OTHERS = [one.name for one in contract().operations()][1:]


def asked(miniature: Miniature, seed: int) -> list[str]:
    sender = PlainSender()
    endpoint = Endpoint(name="miniature", url=miniature.url, sender=sender, seed=seed)
    assert {finding.level for finding in probed(contract(), endpoint, {"skip": OTHERS})} <= {Level.MAY}
    return [call.request.url for call in sender.calls]


def test_requests_depend_on_the_seed_and_on_nothing_else() -> None:
    with serving() as miniature:
        first, again, other = (asked(miniature, seed) for seed in (2**62 + 11, 2**62 + 11, 2**62 + 12))
    assert first == again
    assert set(other) - set(first)
    assert set(first) - set(other)
