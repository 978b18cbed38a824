"""Pages that are kept are those that would be computed, and for those readers only who are like all others."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from schnittstellen.catalogue.models import Member, Product
from schnittstellen.web import kept
from tests.catalogue import making
from tests.homes import empty_home

PAGE = "/programme/p1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')
written = pytest.mark.django_db(transaction=True)


def shown(answer: Any) -> str:
    """The page without what is each reader's own."""
    return TOKEN.sub("", answer.content.decode())


def asked(client: Client, address: str = PAGE, **more: Any) -> tuple[Any, int]:
    """The answer, and how many queries about the catalogue it took (PostgreSQL does not show the prepared ones)."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address, **more)
    return answer, sum("catalogue_" in (one["sql"] or "catalogue_") for one in seen)


def again(client: Client) -> Client:
    """Another reader of the same process."""
    other = Client()
    other.handler = client.handler
    return other


@pytest.fixture
def unwritten(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written but by tests in their transaction, within which nothing would be kept."""
    monkeypatch.setattr(kept, "_seen", lambda: (1,))


@pytest.fixture
def product() -> Product:
    return making.product("p1", name="Erster Name", leistungen=("99115005060000",))


@written
def test_what_was_read_is_not_asked_for_again(product: Product, client: Client) -> None:
    first, queries = asked(client)
    second, none = asked(again(client))
    assert queries > 5
    assert none == 0
    assert shown(first) == shown(second)
    assert first.headers == second.headers
    assert first.cookies.keys() == second.cookies.keys() == {"csrftoken"}


def test_each_reader_has_tokens_of_their_own(unwritten: None, product: Product) -> None:
    one = Client(enforce_csrf_checks=True)
    two = again(one)
    tokens = [TOKEN.findall(reader.get(PAGE).text)[0] for reader in (one, two, one)]
    assert len(set(tokens)) == 3
    switching = {"sprache": "en", "weiter": PAGE}
    assert two.post("/sprache", {**switching, "csrfmiddlewaretoken": tokens[1]}).status_code == 302
    assert one.post("/sprache", {**switching, "csrfmiddlewaretoken": tokens[1]}).status_code == 403
    assert one.post("/sprache", {**switching, "csrfmiddlewaretoken": tokens[2]}).status_code == 302
    assert '<html lang="en"' in one.get(PAGE).text


@written
def test_after_a_write_the_next_page_is_new(product: Product, client: Client) -> None:
    for name in ("Zweiter Name", "Dritter Name"):
        asked(client)
        assert asked(client)[1] == 0
        Product.objects.update(name=name)
        assert name in asked(client)[0].text
    Product.objects.all().delete()
    assert asked(client)[0].status_code == 404
    assert asked(client)[1] > 0, "what is not found is asked for again"


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@written
def test_after_another_connection_wrote_the_next_page_is_new(product: Product, client: Client) -> None:
    asked(client)
    with psycopg.connect(dbname=connection.settings_dict["NAME"]) as other:
        other.execute("UPDATE catalogue_product SET name = 'Zweiter Name'")
        assert "Erster Name" in asked(client)[0].text
        other.commit()
        assert "Zweiter Name" in asked(client)[0].text


def test_who_is_logged_in_neither_sees_nor_fills_it(unwritten: None, product: Product, client: Client) -> None:
    place = making.municipality("05000001", open=False)
    user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role="municipality", municipality=place)
    making.deploy("p1@1", "05000001")
    address = "/kommunen/05000001"
    public = asked(client, address)[0]
    client.force_login(user)
    own, queries = asked(client, address)
    assert queries
    assert "Erster Name" in own.text
    assert asked(client, address)[1] > 0
    client.logout()
    for _ in range(2):
        assert shown(asked(client, address)[0]) == shown(public)
    assert "Erster Name" not in public.text


def test_a_session_without_a_person_goes_the_usual_way(unwritten: None, product: Product, client: Client) -> None:
    asked(client)
    client.cookies["sessionid"] = "gibt-es-nicht"
    assert asked(client)[1] > 0


def test_messages_are_for_one_reader(unwritten: None, product: Product, client: Client) -> None:
    asked(client)
    for name in ("messages", "unbekannt"):
        other = again(client)
        other.cookies[name] = "x"
        assert asked(other)[1] > 0


@pytest.mark.parametrize("header", ["authorization", "hx-request"])
def test_keys_and_pieces_of_pages_go_the_usual_way(
    unwritten: None, product: Product, client: Client, header: str
) -> None:
    asked(client)
    assert asked(client, headers={header: "true"})[1] > 0


def test_languages_hosts_and_schemes_have_their_own(
    unwritten: None, product: Product, client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    german = asked(client)[0]
    client.cookies["sprache"] = "en"
    english, queries = asked(client)
    assert queries
    assert '<html lang="en"' in english.text
    assert english["Content-Language"] == "en"
    assert shown(asked(client)[0]) == shown(english)
    client.cookies["sprache"] = "de"
    assert shown(asked(client)[0]) == shown(german)
    assert asked(client, headers={"host": "localhost"})[1] > 0
    assert asked(client, secure=True)[1] > 0
    assert asked(client, headers={"host": "boese.example"})[0].status_code == 400


def test_queries_and_days_have_their_own(unwritten: None, product: Product, client: Client) -> None:
    asked(client)
    for query in ("?on=2026-01-01", "?on=2026-01-02", "?x=1"):
        page, queries = asked(client, PAGE + query)
        assert queries
        assert f'value="{PAGE}{query}"' in page.text
        assert asked(client, PAGE + query)[1] == 0


def test_after_midnight_it_is_another_day(
    unwritten: None, product: Product, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date.today()

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return today + timedelta(1)

    asked(client)
    monkeypatch.setattr(kept, "date", Tomorrow)
    assert asked(client)[1] > 0
    assert asked(client)[1] == 0


def test_what_midnight_interrupts_is_not_kept(
    unwritten: None, product: Product, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter(date(2026, 1, 1) + timedelta(number) for number in range(9))

    class Passing(date):
        @classmethod
        def today(cls) -> date:
            return next(days)

    monkeypatch.setattr(kept, "date", Passing)
    for _ in range(3):
        assert asked(client)[1] > 0


@pytest.mark.parametrize(("ahead", "times"), [(timedelta(hours=1), 2), (timedelta(hours=-1), 1)])
def test_while_news_lie_ahead_nothing_is_kept(
    unwritten: None, product: Product, client: Client, ahead: timedelta, times: int
) -> None:
    """As it happens where another machine's clock is ahead of ours, and wrote last."""
    Product.objects.update(added=now() + ahead)
    queries = [asked(client, f"{PAGE}/verlauf")[1] for _ in range(2)]
    assert sum(count > 4 for count in queries) == times


def test_who_takes_no_gzip_gets_none(unwritten: None, product: Product, client: Client) -> None:
    plain = asked(client)[0]
    packed = [again(client).get(PAGE, headers={"accept-encoding": "gzip"}) for _ in range(2)]
    assert [one["Content-Encoding"] for one in packed] == ["gzip", "gzip"]
    after = asked(client)[0]
    assert "Content-Encoding" not in after
    assert shown(after) == shown(plain)


def test_head_and_post_are_as_before(unwritten: None, product: Product, client: Client) -> None:
    page = asked(client)[0]
    head, queries = client.head(PAGE), asked(client)[1]
    assert queries == 0
    assert head.content == b""
    assert head["Content-Length"] == page["Content-Length"]
    assert client.post(PAGE).status_code == 405
    assert client.get(PAGE, headers={"content-length": str(11 * 1024 * 1024)}).status_code == 413


@pytest.mark.parametrize(
    "address", ["/testen", "/konto/login/", "/impressum", "/beschaffen/ausschreibung", "/neues.atom"]
)
def test_what_depends_on_more_is_not_kept(
    unwritten: None, address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept._Pages, "keep", lambda *_: pytest.fail("kept"))
    assert client.get(address).status_code == 200


@written
def test_where_the_database_is_out_of_reach_nothing_kept_is_shown(
    product: Product, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(client)
    failing: Any = lambda *_: (_ for _ in ()).throw(OperationalError("away"))  # noqa: E731
    monkeypatch.setattr(kept, "state", failing)
    assert asked(client)[1] > 0
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", failing)
    assert client.get(PAGE).status_code == 503


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 100)
    pages, page = kept._Pages(), kept._Page((b"x" * 40,), {})
    for name in range(3):
        pages.found((1,), (name,))
        pages.keep((name,), page)
        pages.found((1,), (0,))
    assert [pages.found((1,), (name,)) for name in range(3)] == [page, None, page]
    pages.keep((3,), kept._Page((b"x" * 101,), {}))
    assert pages.found((1,), (3,)) is None
    assert pages._bytes == 0


_OTHERS_WRITE = """
import sqlite3, subprocess, sys
from schnittstellen.catalogue.start import set_up
set_up()
from django.conf import settings
from django.test import Client
from schnittstellen.catalogue.models import Standard
from schnittstellen.web import kept

client, computed = Client(HTTP_HOST="localhost"), []
keep = kept._Pages.keep
kept._Pages.keep = lambda *given: (computed.append(1), keep(*given))

def other(sql):
    name = settings.DATABASES["default"]["NAME"]
    code = f"import sqlite3; one = sqlite3.connect({name!r}); one.execute({sql!r}); one.commit()"
    subprocess.run([sys.executable, "-c", code], check=True)

def read(word, times):
    for _ in range(2):
        assert word in client.get("/standards").text
    assert len(computed) == times, computed

Standard.objects.create(key="a", title="Erster Titel", kind="xml")
read("Erster Titel", 1)
other("UPDATE catalogue_standard SET title = 'Zweiter Titel'")
read("Zweiter Titel", 2)
other("UPDATE catalogue_standard SET title = 'Dritter Titel'")
read("Dritter Titel", 3)
print("well")
"""


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_after_another_process_wrote_the_next_page_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHNITTSTELLEN_HOME", str(empty_home(tmp_path / "home")))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    ran = subprocess.run(
        [sys.executable, "-c", _OTHERS_WRITE], check=False, capture_output=True, text=True, timeout=120
    )
    assert ran.stdout == "well\n", ran.stderr
