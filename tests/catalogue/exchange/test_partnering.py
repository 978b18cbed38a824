"""Partners are the same as by trying every pair with all evidence, whatever was changed before, and on every day."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from schnittstellen.catalogue.models import Declaration, Outline, Product, Release
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import editing, outlining, recording
from schnittstellen.catalogue.services.merging import merge
from schnittstellen.catalogue.services.partners import Wanted, partners
from schnittstellen.catalogue.services.words import said
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.exchange import Status, Word, encounter, greenness
from schnittstellen.domain.facts import Decision
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY = date.today()
DAYS = [TODAY + timedelta(days) for days in (-3, 0, 2, 40)]
ROLES = {
    "sender": (["a", "b"], []),
    "empfaenger": ([], ["a", "b"]),
    "beides": (["b"], ["a"]),
    "alles": (["*"], ["*"]),
    "unbekannt": ([], []),
}
VERSIONS = ("xm@1.0", "xm@2.0", "xn@1.0", "xo@1.0")


@pytest.fixture(params=range(3))
def chance(request: pytest.FixtureRequest) -> random.Random:
    """A random catalogue, and the chance that made it."""
    chance = random.Random(request.param)
    making.standard("xm@1.0", ROLES, in_force_until=TODAY + timedelta(chance.choice((-5, 1, 90))))
    making.standard("xm@2.0", ROLES)
    making.standard("xn@1.0", ROLES, state=chance.choice(("in_force", "withdrawn")))
    making.standard("xo@1.0", ROLES)
    for number in range(7):
        _release(chance, f"p{number}@1")
        _release(chance, f"p{number}@2")
    for _ in range(40):
        _prove(chance)
    return chance


def _release(chance: random.Random, name: str) -> None:
    making.release(name, released=TODAY - timedelta(chance.randint(1, 300)))
    for version, role in chance.sample([(one, role) for one in VERSIONS for role in ROLES], chance.randint(0, 4)):
        making.declare(name, version, role, messages=chance.choice(([], [], ["a"], ["b"], ["*"])))


def _prove(chance: random.Random) -> None:
    reach = chance.choice((1, 1, 2, 3))
    verdict = chance.choice(("passed", "passed", "passed_with_warnings", "failed", "not_tested"))
    making.prove(
        chance.choice(Declaration.objects.order_by("pk")),
        reach=reach,
        verdict=verdict,
        cause=chance.choice(("product", "tool")) if verdict == "failed" else "",
        days_ago=chance.randint(0, 6),
        lapses_in=chance.choice((None, -1, 1, 2, 30)),
        messages=chance.choice(([], ["a"], ["a", "b"], ["*"])),
        counterpart=chance.choice(Release.objects.order_by("pk")) if reach == 3 else None,
    )


def naively(name: str, day: date) -> list[tuple[str, Status]]:
    """Partners by trying every pair: products that speak of a common standard, the best proven first."""
    words: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for one in said(Declaration.objects.filter(release__product__merged_into=None), day):
        words[one.product, one.release].append(one.word)
    key, _, version = name.partition("@")
    own = words[key, version]
    standards = {one.part.standard for one in own}
    best: dict[str, tuple[int, int, int]] = {}
    for (other, _), theirs in words.items():
        if other != key and standards & {one.part.standard for one in theirs}:
            met = encounter(own, theirs, day)
            low, high = sorted(met.exchanges[0].levels)
            best[other] = max((greenness(met.status), int(low), int(high)), best.get(other, (-99, 0, 0)))
    order = sorted(best.items(), key=lambda one: ([-value for value in one[1]], one[0]))
    return [(other, next(one for one in Status if greenness(one) == rank[0])) for other, rank in order]


def compare() -> None:
    for day in DAYS:
        for release in Release.objects.filter(product__merged_into=None).select_related("product"):
            expected = naively(str(release), day)
            found = partners(str(release), day)
            assert [(one.product.key, one.status) for one in found.partners] == expected
            assert found.counts == Counter(str(status) for _, status in expected)


def stored() -> list[tuple[object, ...]]:
    fields = ("declaration_id", "since", "until", "role_id", "product_id", "key", "look__text")
    return sorted(Outline.objects.values_list(*fields))


def derived_anew() -> list[tuple[object, ...]]:
    Outline.objects.all().delete()
    outlining.renew_all()
    return stored()


def test_by_looks_and_by_trying_all_pairs_are_the_same(chance: random.Random) -> None:
    compare()
    two = chance.sample(list(Declaration.objects.order_by("pk")), 2)
    for number, about in enumerate(two):
        one = Decision(f"e-{number}", TODAY - timedelta(2), True, 3, _evidence(about), TODAY + timedelta(2))
        recording.decide(about, one)
    compare()


def _evidence(about: Declaration) -> frozenset[str]:
    return frozenset(about.evidence.values_list("report_sha256", flat=True))


def test_whatever_changes_outlines_follow(chance: random.Random) -> None:
    for change in (_edit, _edit, _prove, _merge, _prove, _edit):
        change(chance)
        kept = stored()
        assert kept == derived_anew()
    compare()


def _edit(chance: random.Random) -> None:
    """A vendor declares something else; what is proven cannot be taken back."""
    key = chance.choice(Product.objects.filter(merged_into=None).order_by("key")).key
    kept = editing.kept(forms.PRODUCT, key)
    releases = [
        {**one, "declarations": [_said_well(chance, each) for each in one.get("declarations", ())]}
        for one in kept.data["releases"]
    ]
    new = {"standard": chance.choice(VERSIONS), "role": chance.choice(list(ROLES))}
    if all((one["standard"], one["role"]) != tuple(new.values()) for one in releases[0]["declarations"]):
        releases[0]["declarations"].append(new)
    editing.keep(forms.PRODUCT, key, {**kept.data, "releases": releases}, kept.revision)


def _said_well(chance: random.Random, entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with other messages, which the role has."""
    known = [message for side in ROLES[entry["role"]] for message in side if message != "*"]
    return {**entry, "messages": chance.sample(known, chance.randint(0, len(known)))}


def _merge(chance: random.Random) -> None:
    goes, stays = chance.sample(list(Product.objects.filter(merged_into=None).order_by("key")), 2)
    with pytest.raises(SchnittstellenError, match="F311"):
        merge(goes.key, stays.key)
    for number, one in enumerate(goes.releases.order_by("pk")):
        Release.objects.filter(pk=one.pk).update(version=f"{goes.key}-{number}")
    merge(goes.key, stays.key)


def test_pages_follow_each_other(chance: random.Random) -> None:
    name = str(chance.choice(Release.objects.order_by("pk")))
    whole = partners(name, TODAY).partners
    pages = [partners(name, TODAY, Wanted(offset=offset, limit=3)) for offset in range(0, len(whole), 3)]
    assert [one for page in pages for one in page.partners] == list(whole)
    assert [page.next for page in pages] == [3 * number for number in range(1, len(pages))] + [None] * bool(pages)
