"""What is kept of how many run a product is what counting them says, on every day to come and after every change."""

import random
from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from schnittstellen.catalogue.models import Deployment, Municipality, Product, Release, Usage
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import editing, usage
from schnittstellen.catalogue.services.merging import merge
from schnittstellen.catalogue.services.neighbours import MOST_NAMED, Used, neighbours
from schnittstellen.catalogue.services.products import users
from schnittstellen.catalogue.services.viewer import PUBLIC
from schnittstellen.domain.counting import SIZES, counting_day, next_counting_day, size_class, told
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY = date.today()
QUARTERS = [counting_day(TODAY)]
for _ in range(3):
    QUARTERS.append(next_counting_day(QUARTERS[-1] + timedelta(1)))
DAYS = [TODAY + timedelta(days) for days in (0, 1, 40, 100, 200)]
NEAR = (-4000, -100, -40, -1, 0, 1, 39, 40, 41, 120)


@pytest.fixture(params=range(2))
def chance(request: pytest.FixtureRequest) -> random.Random:
    """A random catalogue, and the chance that made it."""
    chance = random.Random(request.param)
    for number in range(40):
        people = chance.choice((None, 9_999, 10_000, 20_000, 20_000, 20_000, 20_000, 200_000))
        making.municipality(f"0590{number:04}", population=people, open=chance.random() < 0.4, name=_name(chance))
    for number in range(5):
        making.release(f"p{number}@{number}.1")
        making.release(f"p{number}@{number}.2")
    Deployment.objects.bulk_create(_deployment(chance, number) for number in range(170))
    usage.renew_all()
    return chance


def _deployment(chance: random.Random, number: int) -> Deployment:
    product, _, version = _release(chance).partition("@")
    of, ags = Release.objects.get(product__key=product, version=version), _ags(chance)
    place = Municipality.objects.get(key=ags)
    confirmed = chance.random() < 0.9
    return Deployment(key=f"{ags}-d{number}", municipality=place, release=of, confirmed=confirmed, **_stay(chance))


def _name(chance: random.Random) -> str:
    return f"Muster{chance.choice('aÄzßé')}{chance.randint(1, 30)}"


def _release(chance: random.Random) -> str:
    product = int(5 * chance.random() ** 2)
    return f"p{product}@{product}.{chance.choice((1, 2))}"


def _ags(chance: random.Random) -> str:
    return f"0590{chance.randrange(40):04}"


def _stay(chance: random.Random) -> dict[str, date]:
    days = {name: chance.choice((None, None, *NEAR)) for name in ("since", "until")}
    return {name: TODAY + timedelta(day) for name, day in days.items() if day is not None}


def running(day: date) -> list[Deployment]:
    """Those in use on `day`, by trying all."""
    rows = Deployment.objects.filter(confirmed=True).select_related("municipality", "release__product__merged_into")
    return [one for one in rows if (one.since or day) <= day <= (one.until or day)]


def counted(day: date, is_open: bool) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """By product and class of size those that run it, in the order of their names."""
    found: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for one in running(day):
        if one.municipality.open is is_open:
            product = one.release.product.merged_into or one.release.product
            place = one.municipality
            found[product.key, usage.size_of(place.population)].add((place.name, place.key))
    return {name: sorted(places) for name, places in found.items()}


def kept(day: date, is_open: bool) -> dict[tuple[str, int], tuple[int, list[str]]]:
    names = dict(Municipality.objects.values_list("pk", "key"))
    rows = usage.on(day).filter(open=is_open).values_list("product__key", "size", "places", "first")
    return {
        (product, size): (places, [names[one] for one in usage.read_first(first)])
        for product, size, places, first in rows
    }


def compare() -> None:
    for is_open, days in ((True, DAYS), (False, QUARTERS)):
        for day in days:
            expected = {
                name: (len(places), [ags for _, ags in places[: usage.FIRST]] if is_open else [])
                for name, places in counted(day, is_open).items()
            }
            assert kept(day, is_open) == expected, (day, is_open)


def naively(of: Municipality, day: date) -> list[Used]:
    """What others of its size run, by trying all."""
    size = usage.size_of(of.population)
    alike = [one for one in Municipality.objects.all() if usage.size_of(one.population) == size]
    named = {
        key: [ags for _, ags in places if ags != of.key]
        for (key, its), places in counted(day, True).items()
        if its == size
    }
    closed = sum(not one.open for one in alike)
    others = {
        key: told(len(places), closed) for (key, its), places in counted(QUARTERS[0], False).items() if its == size
    }
    names = {one.key: one.name for one in alike}
    found = []
    for product in Product.objects.all():
        shown, other = named.get(product.key, []), others.get(product.key)
        if shown or other:
            first = tuple((ags, names[ags]) for ags in shown[:MOST_NAMED])
            found.append(Used(product.key, product.name, product.kind, first, max(len(shown) - MOST_NAMED, 0), other))
    return sorted(found, key=lambda one: (-(len(one.named) + one.more_named + (one.others or 0)), one.name, one.key))


def compare_answers() -> None:
    for of in Municipality.objects.exclude(population=None)[:8]:
        for day in (*DAYS[:3], TODAY - timedelta(50)):
            assert list(neighbours(of.key, day).products) == naively(of, day), (of.key, day)
    counts = counted(QUARTERS[0], False)
    closed = [usage.size_of(one.population) for one in Municipality.objects.filter(open=False)]
    for product in Product.objects.filter(merged_into=None):
        each = [told(len(places), closed.count(size)) for (key, size), places in counts.items() if key == product.key]
        assert users(product.key, PUBLIC, TODAY).others == (sum(one or 0 for one in each) or None)


def stored() -> list[tuple[Any, ...]]:
    fields = ("product__key", "size", "open", "since", "until", "places", "first")
    return sorted(Usage.objects.values_list(*fields))


def test_kept_counts_and_counting_are_the_same_now_and_on_days_to_come(chance: random.Random) -> None:
    compare()
    compare_answers()


def _change(chance: random.Random) -> None:
    ags = _ags(chance)
    revision = Municipality.objects.get(key=ags).revision
    step = chance.choice(("open", "run", "run", "run", "none", "merge"))
    if step == "open":
        editing.show_landscape(ags, chance.random() < 0.5, revision)
    elif step == "merge":
        one, other = chance.sample(range(5), 2)
        with suppress(SchnittstellenError):
            merge(f"p{one}", f"p{other}")
    else:
        runs = [_running(chance, number) for number in range(chance.randint(1, 4))] if step == "run" else []
        editing.keep(forms.DEPLOYMENTS, ags, {"ags": ags, "deployments": runs}, revision)


def _running(chance: random.Random, number: int) -> dict[str, Any]:
    release = chance.choice(list(Release.objects.order_by("pk")))
    days = {name: day.isoformat() for name, day in _stay(chance).items()}
    if days.get("since", "") > days.get("until", "9"):
        del days["until"]
    return {"id": f"n{number}", "release": str(release), "confirmed": chance.random() < 0.9, **days}


def test_after_changes_of_every_kind_the_counts_are_those_that_follow(chance: random.Random) -> None:
    for _ in range(8):
        _change(chance)
        compare()
    compare_answers()
    before = stored()
    usage.renew_all()
    assert stored() == before


def test_deriving_writes_what_differs_only(chance: random.Random) -> None:
    before = set(Usage.objects.values_list("pk", flat=True))
    usage.renew_all()
    assert set(Usage.objects.values_list("pk", flat=True)) == before


def test_a_catalogue_of_the_version_before_gets_the_same_counts(chance: random.Random) -> None:
    expected = stored()
    Usage.objects.all().delete()
    import_module("schnittstellen.catalogue.migrations.0013_kept_counts").derive(apps, None)
    assert stored() == expected


def test_each_number_of_inhabitants_has_its_class() -> None:
    assert usage.size_of(None) == usage.UNKNOWN_SIZE
    for people in (0, 9_999, 10_000, 24_999, 25_000, 50_000, 99_999, 100_000, 10**7):
        assert SIZES[usage.size_of(people)] == size_class(people)
