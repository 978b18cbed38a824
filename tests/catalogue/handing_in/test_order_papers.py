"""What goes with test orders: mails to the vendor, each once, and signatures made elsewhere."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import make_aware

from schnittstellen.attest import documents, keys
from schnittstellen.catalogue.models import IssuedOrder, Member, Vendor
from schnittstellen.catalogue.services.handing_in import order_letters, order_signing, orders
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.trust import Purpose
from schnittstellen.formats.attested import keys_written
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import TODAY, hand_in
from tests.catalogue.handing_in.test_orders import by, issue
from tests.cli.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()
    for name, of in (("firma", "musterhaus"), ("andere", "musterwerk")):
        user = User.objects.create_user(name, f"{name}@muster.example")
        Member.objects.create(user=user, role="vendor", vendor=Vendor.objects.get(key=of))


def noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))


def round_on(day: date) -> int:
    order_letters.collect(day)
    return order_letters.deliver(noon(day))


def test_the_vendor_is_told_when_it_is_issued_and_once_before_it_ends(mailoutbox: Any) -> None:
    order = issue()
    assert order_letters.deliver(noon(TODAY + timedelta(1))) == 1
    assert [one.to for one in mailoutbox] == [["firma@muster.example"]]
    assert "Neuer Prüfauftrag: muster-hund@1.0" in mailoutbox[0].subject
    assert f"/mein/pruefauftraege/{order.key}" in mailoutbox[0].body
    assert order.seed not in mailoutbox[0].body
    days = [TODAY + timedelta(days) for days in range(2, 40)]
    assert sum(round_on(day) for day in days) == 1
    assert "läuft ab" in mailoutbox[1].subject
    last = order.lapses_on - timedelta(1)
    assert last.strftime("%d.%m.%Y") in mailoutbox[1].subject


def test_what_is_fulfilled_or_over_is_told_of_no_more(mailoutbox: Any) -> None:
    order = issue()
    hand_in(by(order))
    assert sum(round_on(TODAY + timedelta(days)) for days in range(1, 40)) == 0
    issue(last=TODAY)
    assert order_letters.deliver(noon(TODAY + timedelta(1))) == 0
    assert mailoutbox == []


@pytest.fixture
def board(tmp_path: Path, settings: Any) -> Path:
    private, public = keys.create("beirat", Purpose.BOARD, making.START)
    keys.write_private(tmp_path / "beirat.key", private)
    (tmp_path / "beirat.pub").write_bytes(making.canonical(keys_written((public,))))
    settings.BOARD_KEYS = str(tmp_path / "beirat.pub")
    return tmp_path


def test_the_board_signs_in_the_catalogue_by_command(board: Path) -> None:
    order = issue()
    assert not order_signing.is_signed(order)
    assert "nicht unterschrieben" in run("orders", "list").output
    done = run("orders", "sign", order.key, "--key", board / "beirat.key")
    assert done.exit_code == 0, done.output
    signed = IssuedOrder.objects.get()
    assert order_signing.is_signed(signed)
    assert (signed.sha256, orders.order_of(signed)) == (order.sha256, orders.order_of(order))
    (told,) = json.loads(run("orders", "list", "--json").output)
    assert (told["id"], told["signed"], told["hand_in"]) == (order.key, True, None)
    assert hand_in(by(order))[1]


def test_the_board_signs_elsewhere_and_what_was_changed_is_not_taken(board: Path) -> None:
    order = issue()
    (board / "auftrag.json").write_bytes(bytes(order.document))
    signed = board / "unterschrieben.json"
    done = run("orders", "sign", board / "auftrag.json", "--key", board / "beirat.key", "--to", signed)
    assert done.exit_code == 0, done.output
    assert run("orders", "import", signed).exit_code == 0
    assert order_signing.is_signed(IssuedOrder.objects.get())
    private = keys.read_private(board / "beirat.key", lambda: None)
    other = replace(orders.order_of(order), seed=7)
    with pytest.raises(SchnittstellenError) as caught:
        order_signing.take(documents.sign_order(other, keys.signer(private)), TODAY)
    assert caught.value.fault.code == "F490"
    with pytest.raises(Refused):
        order_signing.take(documents.sign_order(orders.order_of(order), keys.signer(making.OURS)), TODAY)
    assert bytes(IssuedOrder.objects.get().document) == signed.read_bytes()
