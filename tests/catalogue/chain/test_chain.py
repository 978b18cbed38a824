"""The weakest link counts: proven, broken and not known, of what is offered and of what is in use."""

import json
from datetime import date

import pytest
from django.test import Client

from schnittstellen.catalogue.services.chain import Chain, chain
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.exchange import Status
from schnittstellen.domain.process_chain import USUAL, Station, Whole, neighbours
from tests.catalogue.exchange.test_commands import DAY, run, world  # noqa: F401
from tests.catalogue.making import declare, deploy, leistung, product, prove, standard

pytestmark = pytest.mark.django_db
TODAY = date.today()
AGS, TAX, USUAL_TAX = "05999099", "99102013002000", "99102012000000"
ROLES = {"online-dienst": "sender", "fachverfahren": "mitte", "e-akte": "akte"}


@pytest.fixture(autouse=True)
def services() -> None:
    standard("xv@1.0", {"sender": (["antrag"], []), "mitte": (["ablage"], ["antrag"]), "akte": ([], ["ablage"])})
    leistung(TAX, chain=list(ROLES))


def put(name: str, kind: str, *, proven: bool = True, failed: bool = False) -> None:
    product(name, kind=kind, leistungen=(TAX,))
    made = declare(f"{name}@1", "xv@1.0", ROLES[kind])
    if failed:
        prove(made, verdict="failed", cause="product")
    elif proven:
        prove(made, messages=["antrag", "ablage"])


def ask(ags: str | None = None) -> Chain:
    return chain(TAX, OPERATOR, TODAY, ags)


def test_the_usual_stations_meet_at_the_fachverfahren() -> None:
    pairs = [(str(one), str(other)) for one, other in neighbours(USUAL)]
    assert pairs == [
        ("online-dienst", "transport"),
        ("transport", "fachverfahren"),
        ("fachverfahren", "e-akte"),
        ("fachverfahren", "bezahlung"),
        ("fachverfahren", "bescheid"),
    ]
    assert list(neighbours([Station.ONLINE_DIENST, Station.FACHVERFAHREN])) == [
        (Station.ONLINE_DIENST, Station.FACHVERFAHREN)
    ]


def test_all_links_are_proven() -> None:
    for kind in ROLES:
        put(kind, kind)
    found = ask()
    assert found.whole is Whole.YES
    assert [one.status for one in found.links] == [Status.PROVEN, Status.PROVEN]


def test_one_link_is_only_declared() -> None:
    put("online", "online-dienst")
    put("fach", "fachverfahren")
    put("akte", "e-akte", proven=False)
    assert ask().whole is Whole.UNKNOWN


def test_one_link_is_refuted() -> None:
    put("online", "online-dienst")
    put("fach", "fachverfahren")
    put("akte", "e-akte", failed=True)
    found = ask()
    assert (found.whole, found.links[1].status) == (Whole.NO, Status.REFUTED)


def test_a_station_without_products_is_not_known() -> None:
    put("online", "online-dienst")
    put("fach", "fachverfahren")
    found = ask()
    assert (found.whole, found.links[1].missing) == (Whole.UNKNOWN, (Station.E_AKTE,))


def test_what_is_there_is_told_also_where_its_neighbours_are_missing(client: Client) -> None:
    leistung(USUAL_TAX, chain=[])
    for name, kind in (("antrag", "online-dienst"), ("formular", "online-dienst"), ("fach", "fachverfahren")):
        product(name, kind=kind, leistungen=(USUAL_TAX,))
        declare(f"{name}@1", "xv@1.0", ROLES[kind])
    found = chain(USUAL_TAX, OPERATOR, TODAY)
    assert found.there == {Station.ONLINE_DIENST: ("antrag@1", "formular@1"), Station.FACHVERFAHREN: ("fach@1",)}
    assert client.get(f"/api/v1/leistungen/{USUAL_TAX}/chain").json()["there"]["fachverfahren"] == ["fach@1"]
    picture = client.get(f"/leistungen/{USUAL_TAX}/kette").text.partition("<svg")[2].partition("</svg>")[0]
    assert picture.count("nichts eingetragen") == 4
    assert "Programme: 2" in picture
    assert "fach 1" in picture


def test_the_best_chain_goes_through_one_fachverfahren() -> None:
    put("online", "online-dienst")
    put("akte", "e-akte")
    put("anderes", "fachverfahren", failed=True)
    put("fach", "fachverfahren")
    found = ask()
    assert found.whole is Whole.YES
    assert {release for one in found.links for joint in one.joints for release in joint.releases} == {
        "online@1",
        "fach@1",
        "akte@1",
    }


def test_in_use_everything_must_work_with_everything() -> None:
    for kind in ROLES:
        put(kind, kind)
        deploy(f"{kind}@1", AGS, leistungen=(TAX,))
    assert ask(AGS).whole is Whole.YES
    put("zweite-akte", "e-akte", failed=True)
    deploy("zweite-akte@1", AGS, leistungen=(TAX,))
    found = ask(AGS)
    assert found.whole is Whole.NO
    assert found.links[1].joints[0].releases == ("fachverfahren@1", "zweite-akte@1")
    assert ask().whole is Whole.YES


def test_what_only_the_vendor_says_is_not_known() -> None:
    for kind in ROLES:
        put(kind, kind)
        deploy(f"{kind}@1", AGS, leistungen=(TAX,), confirmed=kind != "e-akte")
    found = ask(AGS)
    assert (found.whole, found.links[1].status) == (Whole.UNKNOWN, Status.UNKNOWN)
    assert found.links[0].status is Status.PROVEN


def test_only_what_is_used_for_the_leistung_counts() -> None:
    put("online", "online-dienst")
    deploy("online@1", AGS, leistungen=("99999999999999",))
    assert Station.ONLINE_DIENST in ask(AGS).links[0].missing


def test_others_do_not_see_it() -> None:
    deploy("fremd@1", AGS)
    with pytest.raises(SchnittstellenError) as caught:
        chain(TAX, PUBLIC, TODAY, AGS)
    assert caught.value.fault.code == "F130"


def test_queries_do_not_grow(django_assert_max_num_queries: object) -> None:
    for number in range(8):
        for kind in ROLES:
            put(f"{kind}-{number}", kind)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert ask().whole is Whole.YES


@pytest.mark.usefixtures("world")
def test_the_command() -> None:
    german = run("chain", "99050012104000", "--for", "05999001", *DAY)
    assert german.exit_code in (0, 1, 3), german.output
    assert "Fachverfahren → E-Akte" in german.output
    english = run("--lang", "en", "chain", "99050012104000", "--for", "05999001", *DAY).output
    assert "process chain" in english
    told = json.loads(run("chain", "99050012104000", "--json", *DAY).output)
    assert told["links"]
    assert run("chain", "1").exit_code == 2
