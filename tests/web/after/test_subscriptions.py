"""The pages of notices: whoever acts for an organisation chooses, nobody else."""

from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Subscription
from tests.web.after.making import everybody

pytestmark = pytest.mark.django_db
PAGES = {
    "/mein/hersteller/musterhaus/benachrichtigungen": "vendor",
    "/mein/kommunen/05999001/benachrichtigungen": "municipality",
    "/mein/beirat/benachrichtigungen": "board",
}


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return everybody()


@pytest.mark.parametrize("page", PAGES)
def test_only_the_organisation_itself(people: dict[str, Client], page: str) -> None:
    for who, client in people.items():
        wanted = 200 if who == PAGES[page] else 302 if who == "public" else 403
        assert client.get(page).status_code == wanted, who
        client.post(page, {"tun": "mail"})
    assert Subscription.objects.count() == 1
    assert people[PAGES[page]].get(page).status_code == 200


def test_by_mail_once_by_webhook_and_ended(people: dict[str, Client], settings: Any) -> None:
    page, vendor = next(iter(PAGES)), people["vendor"]
    for _ in range(2):
        assert vendor.post(page, {"tun": "mail"}).status_code == 302
    assert vendor.post(page, {"tun": "webhook", "url": "https://muster.example/hook"}).status_code == 302
    hook = Subscription.objects.get(way="webhook")
    assert hook.secret in vendor.get(page).text
    assert Subscription.objects.count() == 2
    wrong = vendor.post(page, {"tun": "webhook", "url": "http://muster.example/hook"})
    assert wrong.status_code == 422
    assert 'value="http://muster.example/hook"' in wrong.text
    foreign = people["municipality"].post(
        "/mein/kommunen/05999001/benachrichtigungen", {"tun": "beenden", "key": hook.key}
    )
    assert foreign.status_code == 404
    assert vendor.post(page, {"tun": "beenden", "key": hook.key}).status_code == 302
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(("page", "who"), PAGES.items())
def test_the_page_says_where_it_belongs(people: dict[str, Client], page: str, who: str) -> None:
    above = people[who].get(page).text.partition("<h1")[0]
    back = page.replace("benachrichtigungen", "schreibtisch" if who == "board" else "").rstrip("/")
    assert f'href="{back}">' in above
