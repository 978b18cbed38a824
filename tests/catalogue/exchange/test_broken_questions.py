"""What cannot be answered is refused in commands, REST and pages: with the place and the reason, never a crash."""

from datetime import date

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.partners import Wanted, partners
from schnittstellen.catalogue.services.procurement import Wishes, can_procure
from schnittstellen.catalogue.services.viewer import OPERATOR
from schnittstellen.cli.main import main
from schnittstellen.domain.days import asked_day
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making

pytestmark = pytest.mark.django_db
AGS, LEIKA = "05111000", "99115005060000"
UNKNOWN_LEIKA = "99999999999999"
OUTSIDE = ("0001-01-01", "1989-12-31", "2200-01-01", "9999-12-31")
NO_DAYS = (*OUTSIDE, "2026-13-01", "20260101", "2026-W01-1", "gestern", "9" * 50)


@pytest.fixture(autouse=True)
def world() -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    making.product("akte", leistungen=(LEIKA,))
    making.declare("akte@1.0", "xmuster@1.0", "a")
    making.municipality(AGS, open=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_or_out_of_reach(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        asked_day(text)


def test_the_first_and_the_last_day() -> None:
    assert (asked_day("1990-01-01"), asked_day("2199-12-31")) == (date(1990, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize("on", OUTSIDE)
@pytest.mark.parametrize(
    ("command", "path", "page"),
    [
        (("ending",), "ending", "/termine"),
        (("partners", "akte"), "products/akte/partners", "/programme/akte/partner"),
        (("neighbours", "--for", AGS), f"municipalities/{AGS}/neighbours", f"/kommunen/{AGS}"),
    ],
)
def test_days_out_of_reach_are_refused_everywhere(
    command: tuple[str, ...], path: str, page: str, on: str, client: Client
) -> None:
    told = run(*command, "--on", on)
    assert (told.exit_code, on in told.stderr, "1990" in told.stderr) == (2, True, True)
    assert f"“{on}” is no day" in run("--lang", "en", *command, "--on", on).stderr
    refused = client.get(f"/api/v1/{path}?on={on}")
    (place,) = refused.json()["errors"]
    assert (refused.status_code, place["pointer"], "1990" in place["detail"]) == (422, "on", True)
    assert client.get(f"{page}?on={on}").status_code == 400


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(standard="xmister"), "F002"),
        (Wanted(standard="xmuster@9"), "F002"),
        (Wanted(standard=""), "F002"),
        (Wanted(standard="x\0"), "F002"),
        (Wanted(leistung="9\0"), "F122"),
        (Wanted(leistung=UNKNOWN_LEIKA), "F122"),
        (Wanted(leistung="12"), "F122"),
    ],
)
def test_a_slip_in_a_filter_is_not_nobody(wanted: Wanted, code: str) -> None:
    with pytest.raises(SchnittstellenError) as refused:
        partners("akte", date.today(), wanted)
    assert refused.value.fault.code == code


def test_what_comes_near_is_named_and_what_is_known_is_answered(client: Client) -> None:
    assert "xmuster@1.0" in run("partners", "akte", "--standard", "xmuster@9").stderr
    assert run("partners", "akte", "--standard", "xmuster@1.0", "--leistung", LEIKA).exit_code == 0
    assert client.get("/api/v1/products/akte/partners?standard=xmister").json()["code"] == "F002"
    assert client.get(f"/api/v1/products/akte/partners?leistung={UNKNOWN_LEIKA}").status_code == 404
    assert client.get("/programme/akte/partner?standard=xmister").status_code == 404


def test_what_is_bought_for_an_unknown_leistung_is_refused(client: Client) -> None:
    with pytest.raises(SchnittstellenError) as refused:
        can_procure("akte", AGS, OPERATOR, date.today(), Wishes(None, frozenset({LEIKA, UNKNOWN_LEIKA})))
    assert (refused.value.fault.code, refused.value.parameters["name"]) == ("F122", UNKNOWN_LEIKA)
    path = f"/api/v1/municipalities/{AGS}/can-procure?product=akte&leistung="
    assert client.get(path + UNKNOWN_LEIKA).json()["code"] == "F122"
    assert client.get(path + LEIKA).status_code == 200
    assert run("can-procure", "akte", "--for", AGS, "--leistung", "12").exit_code == 2
    with pytest.raises(SchnittstellenError, match="F122"):
        can_procure("akte", AGS, OPERATOR, date.today(), Wishes(None, frozenset({"9\0"})))


@pytest.mark.parametrize(
    ("name", "shown"), [("", "„“"), ("x" * 5_000, f"{'x' * 60}…"), ("a\0b", "a\N{REPLACEMENT CHARACTER}b")]
)
def test_messages_repeat_names_so_that_one_sees_them(name: str, shown: str) -> None:
    with pytest.raises(SchnittstellenError) as refused:
        finding.product(name)
    assert refused.value.parameters["name"] == shown


def test_a_parameter_said_twice_is_refused_and_lists_may_repeat(client: Client) -> None:
    refused = client.get("/api/v1/products/akte/partners?limit=1&limit=2")
    (place,) = refused.json()["errors"]
    assert (refused.status_code, place["pointer"], "nur einmal" in place["detail"]) == (422, "limit", True)
    assert client.get("/api/v1/products/akte/partners?status=proven&status=declared").status_code == 200


def test_reasons_are_in_one_language(client: Client) -> None:
    (place,) = client.get("/api/v1/products/akte/partners?status=gruen").json()["errors"]
    assert place["detail"].startswith("Möglich ist nur: 'proven', ")
    assert " or " not in place["detail"]


@pytest.mark.parametrize(
    ("language", "size"), [("de", "25.000 bis unter 50.000"), ("en", "25,000 to fewer than 50,000")]
)
def test_numbers_are_written_as_in_the_language(language: str, size: str) -> None:
    making.municipality("05999002", population=30_000)
    assert size in run("--lang", language, "neighbours", "--for", "05999002").output
