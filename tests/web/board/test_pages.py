"""The whole procedure on its pages: vendor and board, and nobody else."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schnittstellen.catalogue.models import Application, Change, Declaration, Entry, Member, Question, QuestionPost
from schnittstellen.catalogue.services.words import levels
from tests.catalogue.making import prove, vendor
from tests.web.after.making import declared, everybody, person

pytestmark = pytest.mark.django_db
TODAY = date.today()
WAIVABLE = "A204"
SECRET = "Das geht nur Sie und uns an."


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return {**everybody(), "bea": person("bea", role="board"), "cem": person("cem", role="board")}


def apply(people: dict[str, Client], of: Declaration | None = None, **run: Any) -> Application:
    of = of or declared()
    found = prove(of, **run)
    sent = {"erklaerung": of.pk, "nachweis": [found.report_sha256], "level": "1", "statement": SECRET}
    answer = people["vendor"].post("/mein/hersteller/musterhaus/antraege/neu", sent)
    made: Application = Application.objects.get(declaration=of, state="open")
    assert answer.headers["Location"] == f"/mein/antraege/{made.key}"
    return made


def propose(people: dict[str, Client], of: Application, **sent: str) -> None:
    values = {"was": "zertifizieren", "until": (TODAY + timedelta(300)).isoformat(), **sent}
    assert people["board"].post(f"/mein/antraege/{of.key}/vorschlag", values).status_code == 302


def vote(people: dict[str, Client], of: Application, *who: str, what: str = "dafuer") -> None:
    basis = Application.objects.get(pk=of.pk).basis
    for one in who:
        sent = {"tun": what, "basis": basis, "remark": "Geprüft."}
        assert people[one].post(f"/mein/antraege/{of.key}/beschluss", sent).status_code == 302


def decide(people: dict[str, Client], of: Application, status: int = 302, **sent: str) -> str:
    basis = Application.objects.get(pk=of.pk).basis
    values = {"tun": "entscheiden", "basis": basis, "sure": "ja", **sent}
    answer = people["board"].post(f"/mein/antraege/{of.key}/beschluss", values)
    assert answer.status_code == status
    return answer.text


def test_from_the_application_to_the_certificate_and_its_duty(people: dict[str, Client]) -> None:
    of = apply(people, verdict="failed", cause="product", failing=[WAIVABLE])
    shown = people["vendor"].get(f"/mein/antraege/{of.key}").text
    assert SECRET in shown
    assert "weder behoben noch hingenommen" in shown
    assert "musterneu" in people["board"].get("/mein/beirat/schreibtisch").text
    due = (TODAY + timedelta(30)).isoformat()
    waived = {"hinnehmen-0": "ja", "grund-0": "Kein Verfahren sendet das.", "auflage-0": "Handbuch", "frist-0": due}
    propose(people, of, **waived, **{"auflage-1": "", "frist-1": ""})
    vote(people, of, "board", "bea")
    assert "nötig: 3" in people["cem"].get(f"/mein/antraege/{of.key}/beschluss").text
    assert "nötig: 3" in decide(people, of, 422)
    vote(people, of, "cem")
    assert "zur Bestätigung" in decide(people, of, 422, sure="")
    decide(people, of)
    assert int(levels([of.declaration_id], TODAY)[of.declaration_id]) == 4
    page = f"/mein/antraege/{of.key}/beschluss"
    for one, names in (("vendor", False), ("board", True)):
        shown = people[one].get(page).text
        assert "Kein Verfahren sendet das." in shown
        assert "Zum öffentlichen Zertifikat" in shown
        assert ("Wer wie gestimmt hat" in shown) is names
        assert ("Geprüft." in shown) is names
    duty = f"/mein/antraege/{of.key}/auflagen/0"
    assert people["vendor"].post(duty, {"tun": "melden", "text": "Kapitel 3."}).status_code == 302
    assert "als erfüllt gemeldet" in people["board"].get("/mein/beirat/schreibtisch").text
    assert people["board"].post(duty, {"tun": "bestaetigen"}).status_code == 422
    assert people["board"].post(duty, {"tun": "bestaetigen", "sure": "ja"}).status_code == 302
    assert [one.kind for one in Entry.objects.exclude(kind="evidence")] == ["decision", "duty_met"]
    assert SECRET not in "".join(bytes(one.body).decode() for one in Entry.objects.all())
    assert "zertifiziert" in people["vendor"].get("/mein/hersteller/musterhaus/antraege").text


def test_a_refusal_tells_every_reason(people: dict[str, Client]) -> None:
    of = apply(people, verdict="failed", cause="product", failing=["X102", WAIVABLE])
    propose(people, of, was="ablehnen", reason="Beides bleibt.")
    vote(people, of, "board", "bea")
    decide(people, of)
    shown = people["vendor"].get(f"/mein/antraege/{of.key}/beschluss").text
    for text in ("abgelehnt", "Beides bleibt.", "X102", WAIVABLE, "Durch Läufe belegt ist Stufe 0"):
        assert text in shown
    assert people["vendor"].get("/programme/musterneu").status_code == 200
    assert "Beides bleibt." not in people["public"].get("/programme/musterneu").text


def test_withdrawing_asks_first_and_ends_it(people: dict[str, Client]) -> None:
    of = apply(people)
    page = f"/mein/antraege/{of.key}/zurueckziehen"
    assert "Antrag zurückziehen?" in people["vendor"].get(page).text
    people["vendor"].post(page, {})
    assert Application.objects.get().state == "open"
    assert people["board"].post(page, {"sure": "ja"}).status_code == 403
    assert people["vendor"].post(page, {"sure": "ja"}).status_code == 302
    assert Application.objects.get().state == "withdrawn"
    assert people["vendor"].post(page, {"sure": "ja"}).status_code == 422
    assert people["board"].get(f"/mein/antraege/{of.key}/beschluss").status_code == 302


def test_what_is_wrong_with_an_application_is_said_above_the_form(people: dict[str, Client]) -> None:
    of = declared()
    new = "/mein/hersteller/musterhaus/antraege/neu"
    assert "musterneu" in people["vendor"].get(new).text
    prove(of)
    assert people["vendor"].get(f"{new}?erklaerung={of.pk}").status_code == 200
    answer = people["vendor"].post(new, {"erklaerung": of.pk, "level": "1"})
    assert (answer.status_code, "keinen Nachweis" in answer.text) == (422, True)
    assert people["vendor"].get(f"{new}?erklaerung=999999").status_code == 404
    assert people["vendor"].get(f"{new}?erklaerung=²").status_code == 200


def test_evidence_may_be_named_anew(people: dict[str, Client]) -> None:
    of = apply(people)
    more = prove(of.declaration)
    page = f"/mein/antraege/{of.key}/nachweise"
    assert people["vendor"].get(page).status_code == 200
    assert people["vendor"].post(page, {}).status_code == 422
    assert people["vendor"].post(page, {"nachweis": [more.report_sha256]}).status_code == 302
    assert [one.pk for one in of.evidence.all()] == [more.pk]


# --- questions


def ask(people: dict[str, Client], of: Application, **sent: Any) -> Question:
    answer = people["board"].post(f"/mein/antraege/{of.key}/rueckfrage", {"finding": "", "text": SECRET, **sent})
    assert answer.status_code == 302
    return Question.objects.latest("pk")


def test_a_question_goes_back_and_forth_and_both_see_where_it_stands(people: dict[str, Client]) -> None:
    of = apply(people, verdict="failed", cause="product", failing=["X102 R-001"])
    found = ask(people, of, finding="X102 R-001")
    thread, page = f"/mein/rueckfragen/{found.key}", f"/mein/antraege/{of.key}"
    for one in ("vendor", "board"):
        assert "wartet auf den Hersteller" in people[one].get(page).text
        assert SECRET in people[one].get(thread).text
    assert people["vendor"].post(thread, {"text": "<script>alert(1)</script> **fett**"}).status_code == 302
    shown = people["board"].get(thread).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **fett**" in shown
    assert "<script>alert" not in shown
    assert "hat geantwortet" in people["board"].get(page).text
    assert people["vendor"].post(thread, {"tun": "erledigt", "sure": "ja"}).status_code == 403
    assert people["board"].post(thread, {"tun": "erledigt"}).status_code == 422
    assert people["board"].post(thread, {"tun": "erledigt", "sure": "ja"}).status_code == 302
    assert people["vendor"].post(thread, {"text": "Noch etwas."}).status_code == 422
    assert "beirat" not in people["vendor"].get(thread).text.replace("IT-Digitalbeirat", "").lower().split("<main")[0]


def test_what_a_question_needs(people: dict[str, Client]) -> None:
    of = apply(people)
    page = f"/mein/antraege/{of.key}/rueckfrage"
    for sent in ({"finding": "", "text": " "}, {"finding": "X999", "text": "Warum?"}, {"text": "x" * 5001}):
        assert people["board"].post(page, sent).status_code == 422
    assert people["vendor"].get(page).status_code == 403
    assert people["vendor"].post(page, {"finding": "", "text": "Warum?"}).status_code == 403
    assert not Question.objects.exists()


PDF = b"%PDF-1.7 Muster"
EVIL = {
    "page.html": b"<script>alert(1)</script>",
    "bild.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "bild.png": b"<svg onload='alert(1)'/>",
    "leer.pdf": b"",
    "falsch.pdf": b"<html>",
    "gross.pdf": PDF + b"0" * 5 * 1024 * 1024,
    "programm.exe": b"MZ",
    "ohne": PDF,
    ".pdf": b"<html>",
    "text.pdf.html": PDF,
}


@pytest.mark.parametrize("name", EVIL)
def test_evil_files_are_refused(people: dict[str, Client], name: str) -> None:
    of = apply(people)
    sent = {"finding": "", "text": "Warum?", "attachment": SimpleUploadedFile(name, EVIL[name])}
    answer = people["board"].post(f"/mein/antraege/{of.key}/rueckfrage", sent)
    assert answer.status_code == 422
    assert not QuestionPost.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\boot.pdf", "<b>fett<b>.pdf", "x.PDF"])
def test_a_file_is_only_ever_saved_under_a_name_of_ours(people: dict[str, Client], name: str) -> None:
    of = apply(people)
    found = ask(people, of)
    thread = f"/mein/rueckfragen/{found.key}"
    file = SimpleUploadedFile("x.pdf", PDF, "text/html")
    file._name = name
    assert people["vendor"].post(thread, {"text": "Hier.", "attachment": file}).status_code == 302
    post = found.posts.latest("pk")
    assert not set("/\\\r\n") & set(post.attachment_name)
    answer = people["board"].get(f"{thread}/anlagen/{post.pk}")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="rueckfrage-{found.key}-{post.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "<b>" not in people["board"].get(thread).text


# --- who sees what

OUTSIDE = ("other vendor", "municipality", "other municipality")


def addresses(of: Application, question: Question, post: QuestionPost) -> list[str]:
    one = f"/mein/antraege/{of.key}"
    parts = ("", "/nachweise", "/zurueckziehen", "/rueckfrage", "/vorschlag", "/beschluss", "/auflagen/0")
    thread = f"/mein/rueckfragen/{question.key}"
    return [*(one + part for part in parts), thread, f"{thread}/anlagen/{post.pk}"]


def plain(page: str, address: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*', "", page.replace(address, ""))


def test_nobody_else_learns_that_it_is_there(people: dict[str, Client]) -> None:
    of = apply(people)
    asked = ask(people, of, attachment=SimpleUploadedFile("a.pdf", PDF))
    for address in addresses(of, asked, asked.posts.get()):
        unknown = address.replace(of.key, "f" * 24).replace(asked.key, "f" * 24)
        for one in OUTSIDE:
            for method in ("get", "post"):
                real = getattr(people[one], method)(address)
                other = getattr(people[one], method)(unknown)
                assert real.status_code == other.status_code == 404, (one, address)
                assert plain(real.text, address) == plain(other.text, unknown)
        assert people["public"].get(address).status_code == 302
    for one in ("vendor", "board"):
        assert people[one].get(addresses(of, asked, asked.posts.get())[-1]).status_code == 200
    assert of.key not in people["public"].get("/programme/musterneu").text
    assert not Change.objects.filter(places__icontains=SECRET).exists()


def test_posts_of_other_threads_are_not_found(people: dict[str, Client]) -> None:
    first = ask(people, apply(people), attachment=SimpleUploadedFile("a.pdf", PDF))
    second = ask(people, apply(people, declared("zweites@1.0")))
    post = first.posts.get()
    assert people["vendor"].get(f"/mein/rueckfragen/{second.key}/anlagen/{post.pk}").status_code == 404


def test_board_pages_are_for_the_board(people: dict[str, Client]) -> None:
    of = apply(people)
    for one in ("vendor", *OUTSIDE):
        assert people[one].get("/mein/beirat/schreibtisch").status_code == 403
    assert people["vendor"].get(f"/mein/antraege/{of.key}/vorschlag").status_code == 403
    assert people["vendor"].post(f"/mein/antraege/{of.key}/beschluss", {"tun": "dafuer"}).status_code == 302
    assert not of.votes.exists()
    assert people["other vendor"].get("/mein/hersteller/musterhaus/antraege").status_code == 403


def test_whoever_is_of_the_vendor_and_the_board_acts_for_the_vendor(people: dict[str, Client]) -> None:
    of = apply(people)
    propose(people, of)
    both = person("beides", vendor=vendor())
    Member.objects.create(user=User.objects.get(username="beides"), role="board")
    session = both.session
    session["handelt_fuer"] = "board"
    session.save()
    both.post(f"/mein/antraege/{of.key}/beschluss", {"tun": "dafuer", "basis": Application.objects.get().basis})
    assert not of.votes.exists()
    assert both.get(f"/mein/antraege/{of.key}/vorschlag").status_code == 403


def test_a_superuser_without_second_factor_reads_nothing(people: dict[str, Client]) -> None:
    of = apply(people)
    User.objects.create_superuser("chef", "chef@muster.example", "x")
    client = Client()
    client.force_login(User.objects.get(username="chef"))
    assert client.get(f"/mein/antraege/{of.key}").status_code == 404


def test_the_form_keeps_what_was_typed(people: dict[str, Client]) -> None:
    of = apply(people)
    sent = {"was": "zertifizieren", "until": "", "auflage-0": "Handbuch", "frist-0": "", "reason": "Weil."}
    answer = people["board"].post(f"/mein/antraege/{of.key}/vorschlag", sent)
    assert answer.status_code == 422
    assert "Handbuch" in answer.text
    assert "Weil." in answer.text
    propose(people, of, reason="Neu.", **{"auflage-0": "Handbuch", "frist-0": TODAY.isoformat()})
    kept = people["board"].get(f"/mein/antraege/{of.key}/vorschlag").text
    assert "Handbuch" in kept
    assert "Neu." in kept


def test_a_vote_about_an_older_proposal_is_told_so(people: dict[str, Client]) -> None:
    of = apply(people)
    propose(people, of)
    vote(people, of, "bea")
    propose(people, of, reason="Anders.")
    assert "die nicht mehr zählen" in people["board"].get(f"/mein/antraege/{of.key}/beschluss").text
    answer = people["bea"].post(f"/mein/antraege/{of.key}/beschluss", {"tun": "dafuer", "basis": "2"})
    assert (answer.status_code, "geändert" in answer.text) == (422, True)


def test_the_desk_costs_as_many_queries_for_many_as_for_few(
    people: dict[str, Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(2):
        ask(people, apply(people, declared(f"wenig{number}@1.0")))
    with django_assert_max_num_queries(40) as few:
        people["board"].get("/mein/beirat/schreibtisch")
    allowed = len(few)
    for number in range(6):
        apply(people, declared(f"viel{number}@1.0"))
    with django_assert_max_num_queries(allowed):
        people["board"].get("/mein/beirat/schreibtisch")


def test_the_remark_of_a_vote_does_not_go_over_to_another_vote(people: dict[str, Client]) -> None:
    """What was said against is told with that vote; the field is empty, so it is not said for as well."""
    of, why = apply(people), "Mir fehlt der Nachweis der Antworten."
    propose(people, of)
    page = f"/mein/antraege/{of.key}/beschluss"
    basis = Application.objects.get(pk=of.pk).basis
    people["board"].post(page, {"tun": "dagegen", "basis": basis, "remark": why})
    shown = people["board"].get(page).text
    assert why in shown
    assert f'value="{why}"' not in shown
    people["board"].post(page, {"tun": "dafuer", "basis": basis, "remark": ""})
    assert list(of.votes.values_list("agrees", "remark")) == [(True, "")]
    assert f'value="{why}"' in people["board"].post(page, {"tun": "dafuer", "basis": "0", "remark": why}).text
