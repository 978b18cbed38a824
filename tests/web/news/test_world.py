"""The news of the example world."""

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Entry
from schnittstellen.catalogue.services.news.items import Wanted, What
from schnittstellen.catalogue.services.news.reading import news

pytestmark = pytest.mark.django_db


def test_all_evidence_of_the_world_is_told_and_what_it_began_with_is_not(world: None) -> None:
    items = news(Wanted(), size=200).items
    assert sum(one.what is What.EVIDENCE for one in items) == Entry.objects.filter(kind="evidence").count()
    assert {What.PRODUCT, What.STANDARD}.isdisjoint(one.what for one in items)
    assert [one.at for one in items] == sorted((one.at for one in items), reverse=True)


def test_every_piece_of_news_leads_somewhere(client: Client, world: None) -> None:
    from schnittstellen.web.pages.views.news import target

    addresses = {target(one) for one in news(Wanted(), size=200).items}
    assert {client.get(one).status_code for one in addresses} == {200}
