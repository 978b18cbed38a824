"""What municipalities of like size run: by name where they show it, counted where they are enough, else nothing."""

from datetime import date, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.services.neighbours import neighbours
from schnittstellen.catalogue.services.products import users
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.domain.counting import counting_day
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making
from tests.cli.running import run

pytestmark = pytest.mark.django_db
TODAY = date.today()
LEIKA = "99115005060000"
ME = "05900000"


def places(count: int, first: int = 0, population: int = 20_000, **more: object) -> list[str]:
    found = [f"0590{number:04}" for number in range(first, first + count)]
    for ags in found:
        making.municipality(ags, population=population, **more)
    return found


@pytest.fixture(autouse=True)
def group() -> list[str]:
    """Thirty municipalities of one size."""
    making.product("fach", leistungen=(LEIKA,))
    making.release("fach@1")
    return places(30)


def test_those_who_keep_it_to_themselves_are_counted_in_steps(group: list[str]) -> None:
    for ags in group[1:6]:
        making.deploy("fach@1", ags)
    assert neighbours(ME, TODAY).products == ()
    assert users("fach", PUBLIC, TODAY).others is None
    making.deploy("fach@1", group[6])
    (used,) = neighbours(ME, TODAY).products
    assert (used.key, used.others, used.named) == ("fach", 5, ())
    assert users("fach", PUBLIC, TODAY).others == 5
    for ags in group[7:13]:
        making.deploy("fach@1", ags)
    assert neighbours(ME, TODAY).products[0].others == 10


def test_one_who_shows_it_is_named_and_not_counted(group: list[str]) -> None:
    for ags in group[1:7]:
        making.deploy("fach@1", ags)
    (open_one,) = places(1, 40, open=True)
    making.deploy("fach@1", open_one)
    (used,) = neighbours(ME, TODAY).products
    assert ([ags for ags, _name in used.named], used.others) == ([open_one], 5)


def test_a_municipality_of_another_size_is_no_neighbour(group: list[str]) -> None:
    for ags in places(8, 60, population=200_000):
        making.deploy("fach@1", ags)
    assert neighbours(ME, TODAY).products == ()
    assert neighbours(ME, TODAY).like == 29


def test_what_is_only_claimed_or_over_or_newer_than_the_quarter_is_not_counted(group: list[str]) -> None:
    for ags in group[1:5]:
        making.deploy("fach@1", ags)
    making.deploy("fach@1", group[5], confirmed=False)
    making.deploy("fach@1", group[6], until=counting_day(TODAY) - timedelta(1))
    making.deploy("fach@1", group[7], since=counting_day(TODAY) + timedelta(1))
    assert neighbours(ME, TODAY).products == ()


def test_for_a_leistung_those_count_who_use_it_for_that(group: list[str]) -> None:
    other = making.leistung("99115005060001")
    for number, ags in enumerate(group[1:13]):
        making.deploy("fach@1", ags, leistungen=(other.key,) if number < 6 else ())
    assert [one.others for one in neighbours(ME, TODAY).products] == [10]
    assert [one.others for one in neighbours(ME, TODAY, LEIKA).products] == [5]
    assert [one.others for one in neighbours(ME, TODAY, other.key).products] == [5]


def test_the_total_is_the_sum_of_what_is_told_of_each_class_of_size(group: list[str]) -> None:
    """Else "10 in all, 5 of them here" would say that one to three of the three large ones use it."""
    for ags in group[:10]:
        making.deploy("fach@1", ags)
    for ags in places(3, 60, population=200_000)[:1]:
        making.deploy("fach@1", ags)
    assert (neighbours(ME, TODAY).products[0].others, users("fach", PUBLIC, TODAY).others) == (5, 5)
    for ags in places(20, 80, population=30_000)[:12]:
        making.deploy("fach@1", ags)
    assert users("fach", PUBLIC, TODAY).others == 15


def test_counts_are_those_of_today_whatever_day_is_asked_for(group: list[str]) -> None:
    """Else the quarters of many years would be as many filters."""
    for ags in group[1:8]:
        making.deploy("fach@1", ags, since=counting_day(TODAY) - timedelta(1))
    asked = neighbours(ME, date(2020, 1, 1))
    assert (asked.counted_on, asked.products[0].others) == (counting_day(TODAY), 5)


def test_every_viewer_gets_the_same_counts(group: list[str]) -> None:
    for ags in group[:7]:
        making.deploy("fach@1", ags)
    seen = users("fach", Viewer(municipalities=frozenset({ME})), TODAY)
    assert ([ags for ags, _name in seen.named], seen.others) == ([ME], users("fach", PUBLIC, TODAY).others)


def test_without_inhabitants_nobody_is_alike() -> None:
    making.municipality("05999990", population=None)
    with pytest.raises(SchnittstellenError) as refused:
        neighbours("05999990", TODAY)
    assert refused.value.fault.code == "F300"


def test_on_every_way_the_same(group: list[str], client: Client) -> None:
    making.standard("xm@1.0", {"a": (["m"], [])})
    for ags in group[1:8]:
        making.deploy("fach@1", ags)
    content = client.get(f"/api/v1/municipalities/{ME}/neighbours").json()
    assert (content["like"], content["products"][0]["others"]) == (29, 5)
    assert "mindestens 5 weitere, die nicht genannt werden" in client.get(f"/kommunen/{ME}").content.decode()
    said = run("neighbours", "--for", ME)
    assert said.exit_code == 0
    assert "mindestens 5 weitere" in said.output
    assert "10.000 bis unter 25.000 Einwohnern, außer dieser: 29" in said.output


def test_queries_do_not_grow(group: list[str], django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        neighbours(ME, TODAY, LEIKA)
    for ags in group[1:20]:
        making.deploy("fach@1", ags)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        neighbours(ME, TODAY, LEIKA)
