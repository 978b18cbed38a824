"""The pages on which a vendor has an endpoint tested."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Endpoint, Member, Run, Vendor
from schnittstellen.catalogue.services import endpoints, leases, runs
from schnittstellen.web.pages.views.own import runs as page
from schnittstellen.web.pages.views.own.places import Places
from tests.catalogue.runs.making import NOW, declaration, endpoint

pytestmark = pytest.mark.django_db


def _client(name: str, vendor: Vendor | None) -> Client:
    user = User.objects.create_user(name, f"{name}@muster.example", "ein langes Kennwort 7")
    if vendor is not None:
        Member.objects.create(user=user, role="vendor", vendor=vendor)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def of() -> Endpoint:
    return endpoint()


@pytest.fixture
def vendor(of: Endpoint) -> Client:
    return _client("firma", of.declaration.release.product.vendor)


@pytest.fixture
def run(of: Endpoint) -> Run:
    return runs.ask_for(of, None, NOW)


def test_an_endpoint_is_entered_proven_and_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = _client("firma", declaration().release.product.vendor)
    sent = {"declaration": str(declaration().pk), "url": "https://ris.muster.example/oparl"}
    entered = vendor.post("/mein/hersteller/musterhaus/endpunkte", sent)
    address = entered.headers["Location"]
    made = Endpoint.objects.get()
    shown = vendor.get(address).text
    assert made.token in shown
    assert f"https://ris.muster.example/.well-known/schnittstellen-{made.key}.txt" in shown
    assert "_schnittstellen.ris.muster.example" in shown
    assert 'value="pruefen"' not in shown
    refused = vendor.post(address, {"tun": "pruefen"}, follow=True)
    assert "F213" not in refused.text
    assert "nicht mehr nachgewiesen" in refused.text
    monkeypatch.setattr(endpoints.prove_by_dns, "__defaults__", (lambda _name: [made.token],))
    vendor.post(address, {"tun": "dns"})
    started = vendor.post(address, {"tun": "pruefen"})
    assert started.headers["Location"] == f"/mein/laeufe/{Run.objects.get().key}"


def test_a_wrong_address_is_told_and_what_was_typed_is_kept(vendor: Client, of: Endpoint) -> None:
    sent = {"declaration": str(of.declaration.pk), "url": "http://10.0.0.1/oparl"}
    answer = vendor.post("/mein/hersteller/musterhaus/endpunkte", sent)
    assert answer.status_code == 422
    assert 'value="http://10.0.0.1/oparl"' in answer.text
    assert "internen Netz" in answer.text


@pytest.mark.parametrize("declaration", ["", "x", "²", "-1", "9" * 30])
def test_a_forged_choice_is_refused(vendor: Client, of: Endpoint, declaration: str) -> None:
    sent = {"declaration": declaration, "url": "https://ris.muster.example/neu"}
    assert vendor.post("/mein/hersteller/musterhaus/endpunkte", sent).status_code in (403, 422)
    assert Endpoint.objects.count() == 1


def test_an_open_run_is_shown_without_scripts_too(vendor: Client, run: Run) -> None:
    text = vendor.get(f"/mein/laeufe/{run.key}").text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    assert "app/run.js" in text
    assert "wartet, bis ein Prüfprogramm frei ist" in text
    assert str(run.seed) in text


def test_a_run_that_ended_is_not_reloaded(vendor: Client, run: Run) -> None:
    runs.cancel(run, NOW)
    text = vendor.get(f"/mein/laeufe/{run.key}").text
    assert "http-equiv" not in text
    assert "run.js" not in text
    assert "Es wurde nichts eingetragen" in text


def test_a_failed_run_says_why(vendor: Client, run: Run) -> None:
    taken = leases.take(run.key, NOW)
    assert taken is not None
    leases.fail(taken, "F213", NOW, {"url": run.endpoint.url})
    assert "nicht mehr nachgewiesen" in vendor.get(f"/mein/laeufe/{run.key}").text


def _streamed(client: Client, run: Run) -> str:
    answer = client.get(f"/mein/laeufe/{run.key}/ereignisse")
    assert answer.headers["Content-Type"] == "text/event-stream"
    return b"".join(answer.streaming_content).decode()


def test_the_stream_tells_what_happens_until_the_end(vendor: Client, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(_seconds: float) -> None:
        if Run.objects.get().state == "queued":
            leases.take(run.key, NOW)
        else:
            Run.objects.update(state="done", requests=41)

    monkeypatch.setattr(page.time, "sleep", meanwhile)
    text = _streamed(vendor, run)
    assert re.findall(r"^event: (.*)$", text, re.M) == ["stand", "anfragen"] * 3 + ["ende"]
    assert "data: 41" in text
    assert "wird gerade geprüft" in text
    assert text.endswith("event: ende\ndata: done\n\n")


def test_no_event_waits_to_be_packed(vendor: Client, run: Run) -> None:
    runs.cancel(run, NOW)
    answer = vendor.get(f"/mein/laeufe/{run.key}/ereignisse", headers={"accept-encoding": "gzip"})
    assert next(iter(answer.streaming_content)) == b"retry: 3000\n\n"


def test_a_stream_ends_in_time_and_lets_others_in(vendor: Client, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "STREAM_SECONDS", 0)
    for _ in range(page.MOST_STREAMS + 2):
        assert "event: ende" not in _streamed(vendor, run)


def test_further_streams_are_told_the_state_and_ask_again(
    vendor: Client, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "_free", Places(0, 1.0))
    text = _streamed(vendor, run)
    assert text.startswith("retry: 3000\n\n")
    assert text.count("event: stand") == 1


def test_the_stream_is_in_the_language_of_the_page(vendor: Client, run: Run) -> None:
    runs.cancel(run, NOW)
    vendor.cookies["sprache"] = "en"
    assert "Cancelled. Nothing was entered." in _streamed(vendor, run)


def test_cancelling_asks_and_ends(vendor: Client, run: Run) -> None:
    assert "Ja, abbrechen" in vendor.get(f"/mein/laeufe/{run.key}").text
    vendor.post(f"/mein/laeufe/{run.key}")
    run.refresh_from_db()
    assert run.state == "cancelled"
    again = vendor.post(f"/mein/laeufe/{run.key}", follow=True)
    assert "schon zu Ende" in again.text


def test_removing_waits_for_open_runs(vendor: Client, of: Endpoint, run: Run) -> None:
    assert "wartet oder läuft" in vendor.post(f"/mein/endpunkte/{of.key}", {"tun": "entfernen"}, follow=True).text
    runs.cancel(run, NOW)
    vendor.post(f"/mein/endpunkte/{of.key}", {"tun": "entfernen"})
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "stranger", "other vendor"])
def test_others_see_nothing_and_do_nothing(of: Endpoint, run: Run, who: str) -> None:
    other = Vendor.objects.create(key="fremd", name="Fremd") if who == "other vendor" else None
    client = Client() if who == "nobody" else _client("fremd", other)
    own = [f"/mein/endpunkte/{of.key}", f"/mein/laeufe/{run.key}", f"/mein/laeufe/{run.key}/ereignisse"]
    for address in (*own, "/mein/hersteller/musterhaus/endpunkte"):
        answer = client.get(address)
        assert answer.status_code == (302 if who == "nobody" else 403 if "hersteller" in address else 404), address
        assert of.token not in getattr(answer, "text", "")
    client.post(f"/mein/laeufe/{run.key}")
    client.post(f"/mein/endpunkte/{of.key}", {"tun": "pruefen"})
    run.refresh_from_db()
    assert (run.state, Run.objects.count()) == ("queued", 1)


def test_pages_of_a_lapsed_endpoint_ask_for_a_new_proof(vendor: Client, of: Endpoint) -> None:
    of.proof_lapses_on = NOW.date() - timedelta(1)
    of.save()
    text = vendor.get(f"/mein/endpunkte/{of.key}").text
    assert "nicht nachgewiesen" in text
    assert 'value="pruefen"' not in text


def test_the_list_needs_few_queries(vendor: Client, of: Endpoint, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        endpoint(f"https://ris.muster.example/{number}")
    with django_assert_max_num_queries(12):
        assert vendor.get("/mein/hersteller/musterhaus/endpunkte").text.count("/mein/endpunkte/") == 5
