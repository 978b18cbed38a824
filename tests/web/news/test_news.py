"""What is new, as page and as feed: everything that is public happens there, in order, and nothing else does."""

import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from schnittstellen.catalogue.models import Declaration, Product, Release, StandardVersion
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import changes, editing, ledger, recording
from schnittstellen.catalogue.services.news.items import Wanted, What
from schnittstellen.catalogue.services.news.reading import history, news
from schnittstellen.domain.facts import Confirmation, Decision, Deviation, Erratum, Objection, Revocation
from tests.catalogue.making import declare, product, prove, standard, vendor

pytestmark = pytest.mark.django_db
TODAY = date.today()
ALL = Wanted()
ATOM = "{http://www.w3.org/2005/Atom}"


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


@pytest.fixture
def declared(db: None) -> Declaration:
    standard("xm@1.0", {"sender": (["a"], []), "reader": ([], ["a"])})
    product("mein", name="Mein & <Programm>", leistungen=("99115005060000",))
    return declare("mein@1", "xm@1.0", "sender")


def whats(wanted: Wanted = ALL) -> list[What]:
    return [one.what for one in news(wanted).items]


def feed(client: Client, query: str = "") -> ET.Element:
    answer = client.get(f"/neues.atom{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def test_each_kind_of_record_is_news_in_words(client: Client, declared: Declaration) -> None:
    ran = prove(declared)
    recording.decide(declared, Decision("d", TODAY, True, 3, frozenset({ran.report_sha256})))
    recording.meet_duty(declared, "d", 0, TODAY)
    recording.object_to(declared, Objection("w", ran.report_sha256, "X102", TODAY))
    recording.decide_objection(declared, "w", upheld=False, on=TODAY, reason="Weil <b>.")
    recording.add_erratum(Erratum("xm@1.0/sender", "X103", TODAY), "Die Prüfung irrt.")
    recording.retire("xm@1.0/sender", "1.0.0", day(20), "Neue Ausgabe.")
    recording.confirm(declared, Confirmation("c", "", TODAY))
    recording.report_deviation(declared, Deviation("a", "", TODAY))
    recording.close_deviation(declared, "a", TODAY)
    recording.revoke(declared, Revocation("d", TODAY, "Irrtum."))
    expected = {What(str(kind)) for kind in ledger.Kind} - {What.EVIDENCE}
    assert set(whats()) >= expected
    text = client.get("/neues").content.decode()
    for told in ("vom Beirat bestätigt", "Bestätigung des Beirats widerrufen", "Weil &lt;b&gt;.", "zählt ab dem"):
        assert told in text
    assert "Mein &amp; &lt;Programm&gt;" in text


def test_a_level_is_told_where_a_record_changed_it(declared: Declaration) -> None:
    ran = prove(declared)
    recording.decide(declared, Decision("d", TODAY, True, 3, frozenset({ran.report_sha256})))
    decided = next(one for one in news(Wanted()).items if one.what is What.DECISION)
    assert decided.levels == (1, 4)


def test_a_level_that_fell_by_itself_is_told_once(declared: Declaration) -> None:
    prove(declared, days_ago=30, lapses_in=-3)
    fell = [one for one in news(Wanted()).items if one.what is What.LEVEL]
    assert [(one.levels, one.at.date()) for one in fell] == [((1, 0), day(-3))]


def test_what_is_still_to_come_is_no_news(declared: Declaration) -> None:
    prove(declared, lapses_in=3)
    Release.objects.create(product=declared.release.product, version="2", released=day(9))
    Release.objects.filter(version="2").update(added=None)
    assert What.LEVEL not in whats()
    assert "2" not in {one.about.release for one in news(Wanted()).items}


def test_products_and_releases_are_news_unless_they_were_there_from_the_beginning(declared: Declaration) -> None:
    assert {What.PRODUCT, What.RELEASE} <= set(whats())
    Product.objects.update(added=None)
    Release.objects.update(added=None, released=day(-400))
    assert What.PRODUCT not in whats()
    assert next(one for one in news(Wanted()).items if one.what is What.RELEASE).at.date() == day(-400)


def test_versions_are_told_before_they_begin_and_end(db: None) -> None:
    standard("xa@1", {}, in_force_from=day(30), in_force_until=day(500))
    standard("xb@1", {}, in_force_from=day(-900), in_force_until=day(60))
    standard("xc@1", {}, in_force_from=day(30), state="withdrawn")
    StandardVersion.objects.update(added=now() - timedelta(200))
    told = [(one.what, one.about.standard, one.at.date()) for one in news(Wanted()).items]
    assert (What.BEGINS, "xa", day(-60)) in told
    assert (What.ENDS, "xb", day(-30)) in told
    assert [one for one in told if one[0] in (What.BEGINS, What.ENDS)] == told[:2]


def test_filters_leave_only_what_they_name(client: Client, declared: Declaration) -> None:
    standard("xo@1.0", {"r": (["a"], [])})
    recording.confirm(declared, Confirmation("c", "", TODAY))
    recording.add_erratum(Erratum("xm@1.0/sender", "X103", TODAY), "Die Prüfung irrt.")
    recording.confirm(declare("fremd@1", "xo@1.0", "r"), Confirmation("f", "", TODAY))
    assert {one.about.product for one in news(Wanted(product="mein")).items} == {"mein"}
    assert {one.about.product for one in news(Wanted(leistung="99115005060000")).items} == {"mein"}
    assert {one.about.standard for one in news(Wanted(standard="xm")).items} <= {"xm", ""}
    assert What.ERRATUM in whats(Wanted(standard="xm"))
    page = client.get("/neues?art=betrieb").content.decode()
    assert "im Betrieb bestätigt" in page
    assert "Ein Befund zählt nicht mehr" not in page
    for unknown in ("standard=x", "programm=x", "leistung=1"):
        assert client.get(f"/neues?{unknown}").status_code == 404
        assert client.get(f"/neues.atom?{unknown}").status_code == 404
    assert client.get("/neues?art=unsinn&seite=-1").status_code == 200


def test_pages_continue_each_other(client: Client, declared: Declaration) -> None:
    for number in range(7):
        recording.confirm(declared, Confirmation(f"c{number}", "", TODAY))
    whole = news(Wanted(), size=100).items
    parts = [news(Wanted(), page, size=4) for page in (1, 2, 3, 4, 5)]
    assert [one for part in parts for one in part.items] == list(whole)
    assert [part.more for part in parts] == [len(whole) > 4 * number for number in (1, 2, 3, 4, 5)]
    assert len({one.id for one in whole}) == len(whole)


def test_the_feed_is_atom_with_stable_ids_and_absolute_links(client: Client, declared: Declaration) -> None:
    recording.confirm(declared, Confirmation("c", "", TODAY))
    first, second = feed(client, "?programm=mein"), feed(client, "?programm=mein")
    ids = [one.findtext(f"{ATOM}id") or "" for one in first.iter(f"{ATOM}entry")]
    assert ids == [one.findtext(f"{ATOM}id") for one in second.iter(f"{ATOM}entry")]
    assert ids
    assert all(one.startswith("urn:schnittstellen:neues:") for one in ids)
    assert all(str(one.get("href")).startswith("http://testserver/") for one in first.iter(f"{ATOM}link"))
    assert first.findtext(f"{ATOM}id") == "http://testserver/neues.atom?programm=mein"
    assert first.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    for place in ("title", "updated", "author/name"):
        assert first.findtext("/".join(ATOM + one for one in place.split("/")))
    for entry in first.iter(f"{ATOM}entry"):
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").tzinfo
        assert entry.findtext(f"{ATOM}title")
        assert "<" not in (entry.findtext(f"{ATOM}summary") or "")


def test_the_feed_speaks_english_where_it_is_asked_to(client: Client, declared: Declaration) -> None:
    recording.confirm(declared, Confirmation("c", "", TODAY))
    client.cookies["sprache"] = "en"
    page = client.get("/programme/mein").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert "/neues.atom?programm=mein&amp;sprache=en" in page
    told = feed(client, "?programm=mein&sprache=en")
    assert told.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert any("confirmed in operation" in (one.text or "") for one in told.iter(f"{ATOM}title"))
    assert feed(client, "?sprache=xx").get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_whoever_has_the_feed_already_gets_nothing(client: Client, declared: Declaration) -> None:
    answer = client.get("/neues.atom")
    assert client.get("/neues.atom", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get("/neues.atom", headers={"if-modified-since": answer["Last-Modified"]}).status_code == 304
    recording.confirm(declared, Confirmation("c", "", TODAY))
    assert client.get("/neues.atom", headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_an_empty_catalogue_has_an_empty_feed(client: Client) -> None:
    assert feed(client).findtext(f"{ATOM}updated", "").startswith("1970")
    assert "noch nichts Neues" in client.get("/neues").content.decode()
    assert client.get("/neues/abonnieren").status_code == 200


def test_the_feed_is_limited(client: Client, declared: Declaration) -> None:
    for number in range(55):
        recording.confirm(declared, Confirmation(f"c{number}", "", TODAY))
    assert len(list(feed(client).iter(f"{ATOM}entry"))) == 50


def test_history_tells_what_a_vendor_declared_and_nothing_private(client: Client, db: None) -> None:
    standard("xm@1.0", {"sender": (["a"], []), "reader": ([], ["a"])})
    product("mein", name="Mein", cost_licence="4711 Euro")
    owner = vendor()

    def edit(change: changes.Edit) -> None:
        kept = editing.kept(forms.PRODUCT, "mein")
        editing.keep(forms.PRODUCT, "mein", change(kept.data), kept.revision)

    edit(changes.release("mein", "1", {}))
    edit(changes.declaration("mein@1", ("xm@1.0", "sender"), {}))
    edit(changes.declaration("mein@1", ("xm@1.0", "sender"), {"messages": ["a"]}))
    edit(changes.declaration("mein@1", ("xm@1.0", "reader"), {}))
    edit(changes.declaration("mein@1", ("xm@1.0", "reader"), None))
    edit(changes.product("mein", owner, {"name": "Mein", "kind": "fachverfahren", "cost_licence": "0815 Euro"}))
    told = [(one.what, one.about.role) for one in history("mein").items if one.id.startswith("angabe")]
    assert told == [
        (What.UNDECLARED, "reader"),
        (What.DECLARED, "reader"),
        (What.REDECLARED, "sender"),
        (What.DECLARED, "sender"),
    ]
    text = client.get("/programme/mein/verlauf").content.decode()
    assert "Schnittstelle nicht mehr angegeben" in text
    assert "Euro" not in text
    assert "Befehlszeile" not in text


def test_history_of_an_old_address_leads_to_the_present_one(client: Client, db: None) -> None:
    product("neu")
    product("alt", merged_into=Product.objects.get(key="neu"))
    assert client.get("/programme/alt/verlauf").status_code == 301
    assert client.get("/programme/keins/verlauf").status_code == 404
