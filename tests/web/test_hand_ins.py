"""The pages on which a vendor hands in reports, and those of the board's test orders."""

import zipfile
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.models import Declaration, HandIn, IssuedOrder, Member, Vendor
from schnittstellen.catalogue.services.handing_in.known import library
from schnittstellen.catalogue.services.handing_in.queueing import ask
from schnittstellen.catalogue.services.handing_in.sent import MOST_FILES, Keep, Sent
from tests.catalogue.handing_in import making, meetings
from tests.catalogue.handing_in.making import (
    GOOD,
    NOW,
    OWN,
    TODAY,
    files,
    hand_in,
    honest,
    run_of,
    sent,
    settle,
)
from tests.catalogue.handing_in.test_forgeries import (
    FORGERIES,
    not_declared,
    other_product,
    other_release,
    other_role,
)
from tests.catalogue.handing_in.test_orders import issue

pytestmark = pytest.mark.django_db
NOT_CLAIMED = (other_product, other_release, other_role, not_declared)
PAGE, BOARD = "/mein/hersteller/musterhaus/einreichungen", "/mein/beirat/pruefauftraege"


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def client(role: str = "vendor", vendor: str = "musterhaus") -> Client:
    user = User.objects.create_user(f"{role}{vendor}", f"{role}{vendor}@muster.example")
    of = Vendor.objects.get(key=vendor) if role == "vendor" else None
    Member.objects.create(user=user, role=role, vendor=of)
    made = Client()
    made.force_login(user)
    return made


def uploaded(one: Sent, **more: Any) -> dict[str, Any]:
    payloads = [SimpleUploadedFile(it.name, it.data) for it in one.inputs if not it.recording]
    return {
        "bericht": SimpleUploadedFile("bericht.json", one.report),
        "unterschrift": SimpleUploadedFile("bericht.json.dsse", one.envelope),
        "dateien": payloads,
        "keep": "private",
        **more,
    }


def zipped(**members: bytes) -> SimpleUploadedFile:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.xml", data)
    return SimpleUploadedFile("lauf.zip", made.getvalue())


def test_a_zip_is_unpacked_and_what_was_not_tested_is_left_out() -> None:
    one, vendor = honest(), client()
    answer = vendor.post(PAGE, uploaded(one, dateien=[zipped(gut=one.inputs[0].data, gehalt=b"<geheim/>")]))
    assert answer.status_code == 302
    settle()
    made = HandIn.objects.get()
    assert (made.judged, [it.name for it in made.inputs.all()]) == (1, ["lauf.zip/gut.xml"])


def test_what_a_zip_holds_counts_for_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    one, vendor = honest(), client()
    archive = zipped(**{f"m{number}": one.inputs[0].data for number in range(40)})
    travels = len(one.report) + len(one.envelope) + (archive.size or 0)
    assert travels < 39 * len(one.inputs[0].data)
    monkeypatch.setattr("schnittstellen.web.pages.views.own.hand_ins.MOST_BYTES", travels)
    refused = vendor.post(PAGE, uploaded(one, dateien=[archive]))
    assert (refused.status_code, "F411" in refused.text, HandIn.objects.exists()) == (422, True, False)


def test_more_files_than_one_may_hand_in_are_refused_in_words() -> None:
    many = [SimpleUploadedFile(f"{number}.xml", b"<a/>") for number in range(MOST_FILES)]
    refused = client().post(PAGE, uploaded(honest(), dateien=many))
    assert refused.status_code == 422
    assert "erlaubt sind 500 Dateien und zusammen 7 MB" in refused.text


def test_a_report_is_handed_in_and_shown_with_what_counts() -> None:
    vendor = client()
    answer = vendor.post(PAGE, uploaded(honest()))
    waits = vendor.get(answer.headers["Location"]).text
    assert "Wartet darauf" in waits
    assert "data-open" in waits
    assert answer.headers["Location"] in vendor.get(PAGE).text
    settle()
    made = HandIn.objects.get()
    assert answer.headers["Location"] == f"/mein/einreichungen/{made.key}"
    shown = vendor.get(answer.headers["Location"]).text
    assert "Wir haben alles selbst noch einmal bewertet" in shown
    assert "1 von 1 Ergebnissen" in shown
    assert made.key in vendor.get(PAGE).text
    assert "noch einmal bewertet" in vendor.get(f"/nachweise/{made.evidence.report_sha256}").text


def test_what_was_not_judged_again_is_said_in_the_first_line() -> None:
    vendor = client()
    place = vendor.post(PAGE, uploaded(sent(run_of(GOOD)))).headers["Location"]
    assert "nichts davon konnten wir noch einmal bewerten" in vendor.get(place).text


@pytest.mark.parametrize(("forge", "code"), FORGERIES.items(), ids=lambda one: getattr(one, "__name__", one))
def test_a_forgery_is_refused_with_its_own_code(forge: Any, code: str) -> None:
    if forge in NOT_CLAIMED:
        pytest.skip("the page takes release and suite from the documents themselves")
    vendor = client()
    answer = vendor.post(PAGE, uploaded(forge()))
    if answer.status_code == 302:
        settle()
        answer = vendor.get(answer.headers["Location"])
        assert "data-open" not in answer.text
    else:
        assert answer.status_code == 422
    assert f"({code})" in answer.text
    assert "Abgelehnt" in answer.text
    assert not HandIn.objects.exists()


@pytest.mark.parametrize("missing", ["bericht", "unterschrift"])
def test_a_missing_file_is_no_fault_of_ours(missing: str) -> None:
    content = uploaded(honest())
    del content[missing]
    assert client().post(PAGE, content).status_code == 422


def test_published_files_are_there_for_everybody_and_private_ones_for_nobody() -> None:
    hidden, _ = hand_in(honest())
    place = "/nachweise/{}/dateien/{}"
    digest = files(GOOD)[0].sha256
    for reader in (Client(), client(), client("board")):
        assert reader.get(place.format(hidden.evidence.report_sha256, digest)).status_code == 404
    shown, _ = hand_in(replace(sent(replace(run_of(GOOD), seconds=9.0), files(GOOD)), keep=Keep.PUBLISH))
    answer = Client().get(place.format(shown.evidence.report_sha256, digest))
    assert answer.content == files(GOOD)[0].data
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{digest[:16]}.xml"'
    assert GOOD in Client().get(f"/nachweise/{shown.evidence.report_sha256}").text


def test_others_see_neither_receipts_nor_orders() -> None:
    made, order = hand_in(honest())[0], issue()
    waiting, _ = ask(OWN, sent(replace(run_of(GOOD), seconds=9.0), files(GOOD)), library(), NOW)
    stranger = client("vendor", "musterwerk")
    keys = (f"einreichungen/{made.key}", f"einreichungen/{waiting.key}", f"pruefauftraege/{order.key}")
    for place in (f"/mein/{one}" for one in keys):
        assert stranger.get(place).status_code == 404
        assert client("board", "musterhaus").get(place).status_code == 200
        User.objects.filter(username__startswith="board").delete()
    assert stranger.get(PAGE).status_code == 403
    assert stranger.post(PAGE, uploaded(honest())).status_code == 403


def test_the_board_orders_and_the_vendor_fetches() -> None:
    board, vendor = client("board"), client()
    wanted = Declaration.objects.get(role__key="onlinedienst")
    typed = {"declaration": wanted.pk, "last_day": (TODAY + timedelta(14)).isoformat()}
    assert f'<option value="{wanted.pk}">' in board.get(f"{BOARD}?suche=muster").text
    assert "nichts, was sich prüfen lässt" in board.get(f"{BOARD}?suche=gibtesnicht").text
    place = board.post(BOARD, typed).headers["Location"]
    order = IssuedOrder.objects.get()
    assert order.key in board.get(BOARD).text
    assert order.seed in vendor.get(place).text
    assert "nicht vom Beirat unterschrieben" in vendor.get(place).text
    assert f"/mein/pruefauftraege/{order.key}" in vendor.get(PAGE).text
    fetched = vendor.get(f"{place}/auftrag.json")
    assert (fetched.content, fetched.headers["Content-Type"]) == (bytes(order.document), "application/json")
    assert board.post(BOARD, {**typed, "declaration": "7" * 30}).status_code == 422
    assert board.post(BOARD, {**typed, "last_day": "bald"}).status_code == 422
    assert vendor.post(BOARD, typed).status_code == 403
    assert IssuedOrder.objects.count() == 1


def test_who_also_acts_for_the_vendor_orders_nothing_of_it() -> None:
    board = client("board")
    Member.objects.create(user=User.objects.get(), role="vendor", vendor=Vendor.objects.get(key="musterhaus"))
    typed = {"declaration": Declaration.objects.first().pk, "last_day": TODAY.isoformat()}  # type: ignore[union-attr]
    assert board.post(BOARD, typed).status_code == 403
    assert not IssuedOrder.objects.exists()


def test_queries_do_not_grow_with_rows() -> None:
    readers = {PAGE: client(), BOARD: client("board")}

    def asked() -> list[int]:
        counts = []
        for place, reader in readers.items():
            with CaptureQueriesContext(connection) as queries:
                assert reader.get(place).status_code == 200
            counts.append(len(queries))
        return counts

    hand_in(honest())
    issue()
    before = asked()
    for number in range(3):
        hand_in(sent(replace(run_of(GOOD), seconds=10.0 + number), files(GOOD)))
        issue()
    assert asked() == before


def test_two_products_that_were_tested_together_are_handed_in_on_one_page() -> None:
    meetings.declares()
    one = meetings.both(meetings.plain())
    assert one.partner is not None
    partner = {
        "partner": SimpleUploadedFile("server.json", one.partner.report),
        "partner_unterschrift": SimpleUploadedFile("server.json.dsse", one.partner.envelope),
    }
    recordings = [SimpleUploadedFile(it.name, it.data) for it in one.inputs]
    page = client()
    answer = page.post(PAGE, uploaded(one, aufzeichnungen=recordings, **partner))
    settle()
    shown = page.get(answer["Location"], follow=True).content.decode()
    assert meetings.SERVER in shown
    assert HandIn.objects.count() == 2
    own = page.post(PAGE, uploaded(one, aufzeichnungen=recordings[:1]))
    assert "V082" in own.content.decode()


def test_an_order_tells_how_it_is_fulfilled_with_a_partner() -> None:
    """For either side; the order names one of them. A standard of messages has no such run."""
    meetings.declares()
    for release, owner in ((meetings.CLIENT, "musterhaus"), (meetings.SERVER, "musterwerk")):
        side = meetings.SUITES[release].rpartition("/")[2]
        order = issue(meetings.SUITES[release], release=release)
        shown = unescape(client("vendor", owner).get(f"/mein/pruefauftraege/{order.key}").text)
        other = {"client": "server", "server": "client"}[side]
        named = f"--{side} {release} --{other} PARTNER@VERSION --order {order.key}.json"
        assert f"schnittstellen pair oparl@1.1 ADRESSE {named}" in shown
    order = issue()
    User.objects.all().delete()
    assert "schnittstellen pair" not in client().get(f"/mein/pruefauftraege/{order.key}").text
