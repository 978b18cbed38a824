"""What the pages for reading say: right, explained, and no more than may be shown."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Municipality, OldKey, Product
from tests.catalogue import making

pytestmark = pytest.mark.django_db


def words(client: Client, address: str, status: int = 200) -> str:
    """The text of a page without its markup."""
    page = client.get(address)
    assert page.status_code == status, page.text
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_pages_call_counterparts_and_roles_by_their_names(client: Client, world: None) -> None:
    page = words(client, "/programme/muster-hundesteuer")
    assert "mit Muster-Hund-Online 3.0" in page
    assert "Zusammen mit Muster-Hund-Online 3.0." in page
    assert "muster-hund-online@3.0" not in page
    page = words(client, "/programme/muster-hundesteuer/alternativen")
    assert "XHundesteuer 2.0, Fachverfahren Steuer" in page
    assert "xhundesteuer@2.0/fachverfahren" not in page


def test_search_finds_despite_a_typing_error_and_leads_to_the_page(client: Client, world: None) -> None:
    page = client.get("/suche?q=Hundesteur").text
    assert 'href="/programme/muster-hundesteuer"' in page
    assert 'href="/standards/xhundesteuer"' in page
    narrowed = client.get("/suche?q=Hundesteuer&art=standard").text
    assert 'href="/programme/' not in narrowed.split('id="treffer"')[1]


def test_what_is_typed_is_never_markup(client: Client) -> None:
    bad = "<script>alert(1)</script>"
    for address in ("/suche?q=", "/beschaffen?kommune=05999001&programm=", "/beschaffen/ausschreibung?leistung="):
        page = client.get(address + bad).text
        assert bad not in page
        assert "&lt;script&gt;" in page


def test_a_product_tells_levels_and_when_evidence_ends(client: Client, world: None) -> None:
    page = words(client, "/programme/muster-hundesteuer?on=2026-11-24")
    assert "mit einem anderen Programm geprüft Stufe 3" in page
    assert "gilt bis 15.11.2027" in page


def test_before_the_first_test_nothing_is_proven(client: Client, world: None) -> None:
    page = words(client, "/programme/muster-hundesteuer?on=2026-01-01")
    assert "noch nie geprüft" in page
    assert "Stufe 0" in page
    assert "mit einem anderen Programm geprüft Stufe 3" not in page


def test_a_day_that_is_none_is_told(client: Client, world: None) -> None:
    assert "ist kein Tag" in words(client, "/programme/muster-hundesteuer?on=gestern", 400)


def test_links_keep_the_day(client: Client, world: None) -> None:
    page = client.get("/leistungen/99102013002000?on=2026-06-01").text
    assert 'href="/programme/muster-hundesteuer?on=2026-06-01"' in page


def test_costs_are_shown_as_the_vendor_wishes(client: Client) -> None:
    for seen in Product.Seen:
        making.product(f"p-{seen}", cost_licence="99 Euro", costs_seen_by=seen)
    shown = {seen: "99 Euro" in words(client, f"/programme/p-{seen}") for seen in Product.Seen}
    assert shown == {"public": True, "municipalities": False, "nobody": False}


def test_old_addresses_and_duplicates_lead_to_the_product(client: Client) -> None:
    stands = making.product("neu")
    making.product("doppelt", merged_into=stands)
    OldKey.objects.create(key="alt", product=stands)
    for key in ("alt", "doppelt"):
        moved = client.get(f"/programme/{key}?on=2026-01-02")
        assert (moved.status_code, moved["Location"]) == (301, "/programme/neu?on=2026-01-02")
        assert client.get(f"/programme/{key}/partner")["Location"] == "/programme/neu/partner"


def test_what_is_not_there_is_told_as_a_page(client: Client) -> None:
    for address in ("/programme/x", "/standards/x", "/leistungen/x", "/kommunen/x", "/hersteller/x", "/nachweise/x"):
        page = words(client, address, 404)
        assert "Zur Startseite" in page
        assert "Suchen Sie danach" in page
        assert "schnittstellen s" not in page


def test_a_version_that_is_not_there_names_those_that_are(client: Client) -> None:
    making.release("p@1")
    assert "Vorhanden sind: 1." in words(client, "/programme/p?version=9", 404)


def test_users_are_named_if_they_wish_and_counted_in_steps_of_five(client: Client) -> None:
    making.release("p@1")
    for number in range(20):
        making.municipality(f"050001{number:02}")
    for number in range(5):
        making.deploy("p@1", f"0500000{number}")
    making.municipality("05000009", name="Musteroffen", open=True)
    making.deploy("p@1", "05000009")
    few = words(client, "/programme/p")
    assert "Musteroffen" in few
    assert "Musterstadt" not in few
    assert "Weitere Kommunen" not in few
    making.deploy("p@1", "05000005")
    assert "veröffentlichen: mindestens 5" in words(client, "/programme/p")


def test_a_claim_of_the_vendor_alone_is_no_user(client: Client) -> None:
    making.release("p@1")
    making.municipality("05000009", name="Musteroffen", open=True)
    making.deploy("p@1", "05000009", confirmed=False)
    assert "Musteroffen" not in words(client, "/programme/p")


def test_a_landscape_is_shown_where_it_is_open_only(client: Client, world: None) -> None:
    assert "Muster-Gewerbe 7.1" in words(client, "/kommunen/05999001")
    Municipality.objects.filter(key="05999001").update(open=False)
    hidden = words(client, "/kommunen/05999001")
    assert "Muster-Gewerbe 7.1" not in hidden
    assert "ist nicht öffentlich" in hidden
    assert "ist nicht öffentlich" in words(client, "/beschaffen?programm=muster-hundesteuer&kommune=05999001", 403)
    tender = "/beschaffen/ausschreibung?leistung=99102013002000&kommune=05999001"
    assert "ist nicht öffentlich" in words(client, tender, 403)


def test_the_graph_has_links_and_no_style_of_its_own(client: Client, world: None) -> None:
    page = client.get("/kommunen/05999001").text
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert 'xlink:href="/programme/muster-gewerbe"' in picture
    assert "style=" not in picture
    assert "<script" not in picture


def test_names_cannot_break_out_of_the_graph(client: Client) -> None:
    making.municipality("05000001", open=True)
    making.product("p", name='"]; x [label="<script>alert(1)</script>\\N')
    making.release("p@1")
    making.deploy("p@1", "05000001")
    page = client.get("/kommunen/05000001")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_can_i_buy_it_yes_no_and_not_known(client: Client, world: None) -> None:
    ask = "/beschaffen?kommune={}&programm={}"
    assert "Ja: Muster-Hundesteuer passt" in words(client, ask.format("05999001", "Muster-Hundesteuer"))
    assert "Nein: Muster-Hundekasse" in words(client, ask.format("05999001", "muster-hundekasse"))
    assert "Nicht bekannt: Ob Muster-Steueramt" in words(client, ask.format("05999001", "muster-steueramt"))
    assert "ist nicht eindeutig" in words(client, ask.format("05999001", "Hundesteuer"))
    assert "haben wir nicht gefunden" in words(client, ask.format("05999001", "qqqqqq"))


def test_a_form_keeps_what_was_typed(client: Client, world: None) -> None:
    page = client.get("/beschaffen?kommune=Musterdorf&programm=Hundesteuer&ersetzt=abc").text
    for value in ("Musterdorf", "Hundesteuer", "abc"):
        assert f'value="{value}"' in page


def test_the_tender_can_be_kept_as_a_file(client: Client, world: None) -> None:
    address = "/beschaffen/ausschreibung?leistung=99102013002000&kommune=05999001"
    assert "# Anforderungen an Schnittstellen" in client.get(address).text
    file = client.get(address + "&form=md")
    assert file["Content-Type"] == "text/markdown; charset=utf-8"
    assert file.text.startswith("# Anforderungen an Schnittstellen")


def test_the_matrix_says_the_same_from_both_ends(client: Client, world: None) -> None:
    page = client.get("/leistungen/99102013002000").text
    row = page[page.index("Wer mit wem Daten austauschen kann</caption>") :]
    proven = re.findall(r'cell--proven"><a href="/programme/([^/"]+)/mit/([^/"]+)"', row)
    assert sorted(proven) == [
        ("muster-hund-online", "muster-hundesteuer"),
        ("muster-hundesteuer", "muster-hund-online"),
    ]


def test_evidence_for_everybody_is_what_it_proves(client: Client, world: None) -> None:
    address = re.findall(r'href="(/nachweise/[0-9a-f]{64})"', client.get("/programme/muster-hundesteuer").text)[0]
    page = words(client, address)
    assert "Ergebnis bestanden" in page
    assert "Den ganzen Bericht" in page
    assert "Prüfsummen der Eingaben" not in page


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_operator_reads_the_whole_report(admin_client: Client, admin_user: User, world: None, lang: str) -> None:
    Authenticator.objects.create(user=admin_user, type="totp", data={})
    admin_client.cookies["sprache"] = lang
    address = re.findall(r'href="(/nachweise/[0-9a-f]{64})"', admin_client.get("/programme/muster-hundesteuer").text)[0]
    page = words(admin_client, address)
    assert {"de": "Prüfsummen der Eingaben", "en": "Digests of the inputs"}[lang] in page
    assert "Den ganzen Bericht" not in page


@pytest.mark.parametrize("name", ["katalog.json", "katalog.csv", "katalog.jsonld", "katalog.ttl"])
def test_open_data_is_there_and_holds_no_closed_landscape(client: Client, world: None, name: str) -> None:
    file = client.get(f"/export/{name}")
    assert file.status_code == 200
    assert "muster-hundesteuer" in file.text
    assert "05999003" not in file.text
    assert client.get("/export/anderes.json").status_code == 404


def test_names_that_open_data_gives_lead_to_pages(client: Client, world: None) -> None:
    assert client.get("/products/muster-hundesteuer", follow=True).status_code == 200
    assert client.get("/standards/xhundesteuer@1.1").status_code == 200


def test_the_end_of_support_is_told_on_the_day_it_comes(client: Client) -> None:
    making.product("p", end_of_support=date.today() + timedelta(3))
    assert "pflegt dieses Programm seit" not in words(client, "/programme/p")
    later = date.today() + timedelta(3)
    assert "pflegt dieses Programm seit" in words(client, f"/programme/p?on={later}")


def test_switching_the_language_keeps_the_page(client: Client, world: None) -> None:
    page = client.get("/programme/muster-hundesteuer?version=4.8")
    assert 'name="weiter" value="/programme/muster-hundesteuer?version=4.8"' in page.text


def test_two_products_message_by_message_and_the_same_from_both_ends(client: Client, world: None) -> None:
    one = words(client, "/programme/muster-hundesteuer@5.0/mit/muster-hund-online@3.0")
    other = words(client, "/programme/muster-hund-online@3.0/mit/muster-hundesteuer@5.0")
    for page in (one, other):
        assert "geprüft Beide haben in Prüfungen gezeigt" in page
        assert "hundesteuer.anmeldung.0101 Muster-Hund-Online ja" in page
        assert "hundesteuer.bescheid.0201 Muster-Hundesteuer ja" in page


def test_nothing_known_is_not_called_possible(client: Client, world: None) -> None:
    page = words(client, "/programme/muster-bewohner/mit/muster-akte@9.0")
    assert "nicht bekannt Dazu fehlen Angaben" in page
    assert "Zu Muster-Bewohner ist keine Schnittstelle erklärt." in page


def test_products_side_by_side(client: Client) -> None:
    making.standard("xtest@1.0", {"a": (["m"], [])})
    making.prove(making.declare("p1@1", "xtest@1.0", "a"))
    making.release("p2@1")
    page = words(client, "/vergleich?programm=p1&programm=p2")
    assert "xtest 1.0, a Nachrichten geprüft Stufe 1 nein" in page


def test_no_more_than_four_side_by_side(client: Client) -> None:
    for number in range(6):
        making.product(f"p{number}")
    page = words(client, "/vergleich?" + "&".join(f"programm=p{number}" for number in range(6)))
    assert "Gezeigt werden die ersten vier" in page
    assert "p3" in page
    assert "p4" not in page


def test_what_ends_is_told_and_can_be_kept_as_a_calendar(client: Client, world: None) -> None:
    page = words(client, "/kommunen/05999001?on=2026-11-24")
    assert "31.10.2027 Ende eines Standards" in page
    file = client.get("/kommunen/05999001/termine.ics?on=2026-11-24")
    assert file["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20271031" in file.text
    assert "Schon zu Ende" in words(client, "/kommunen/05999001?on=2027-11-01")


def test_the_calendar_of_a_closed_landscape_is_not_given(client: Client, world: None) -> None:
    assert client.get("/kommunen/05999004/termine.ics").status_code == 403
    assert "Was bis zum" not in words(client, "/kommunen/05999004")


def test_days_that_no_calendar_can_follow_are_refused(client: Client, world: None) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        assert "ist kein Tag" in words(client, f"/kommunen/05999001?on={day}", 400)


def test_a_leistung_with_more_products_than_a_matrix_holds_leads_to_all(client: Client) -> None:
    for number in range(62):
        making.product(f"p{number:02}", leistungen=("99115005060000",))
    page = client.get("/leistungen/99115005060000")
    assert "Hier stehen die ersten 60." in page.text
    assert 'href="/programme?leistung=99115005060000"' in page.text
    assert "Programme: 62" in words(client, "/programme?leistung=99115005060000")


@pytest.mark.usefixtures("world")
def test_a_landscape_that_is_closed_leaves_the_open_data_at_once(client: Client) -> None:
    ags = "05999001"
    assert f'"municipality": "{ags}"' in client.get("/export/katalog.json").content.decode()
    Municipality.objects.filter(key=ags).update(open=False)
    assert f'"municipality": "{ags}"' not in client.get("/export/katalog.json").content.decode()
