"""Addresses of pages. A name starts with its area, which the navigation marks.

`products/` and `export/` are those that the open data name (see `catalogue.exchange_forms.as_dcat`).
"""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from schnittstellen.web.pages.views import (
    comparing,
    endings,
    evidence,
    home,
    judging,
    leistungen,
    municipalities,
    news,
    open_data,
    organisations,
    procurement,
    products,
    search,
    standards,
    tenders,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.start, name="home"),
    path("sprache", home.switch, name="language"),
    path("mein", RedirectView.as_view(pattern_name="account-start")),
    path("mein/", include("schnittstellen.web.pages.own_urls")),
    path("mein/", include("schnittstellen.web.pages.run_urls")),
    path("mein/", include("schnittstellen.web.pages.access_urls")),
    path("mein/", include("schnittstellen.web.pages.board_urls")),
    path("", include("schnittstellen.web.pages.after_urls")),
    path("", include("schnittstellen.web.pages.test_urls")),
    path("suche", search.found, name="search"),
    path("programme", products.listed, name="product"),
    path("programme/<str:key>", products.one, name="product-one"),
    path("programme/<str:key>/partner", products.met, name="product-partners"),
    path("programme/<str:first>/mit/<str:second>", comparing.two, name="product-pair"),
    path("programme/<str:key>/alternativen", judging.same, name="product-alternatives"),
    path("programme/<str:key>/foerderung", judging.deserved, name="product-funding"),
    path("programme/<str:key>/verlauf", products.past, name="product-history"),
    path("vergleich", comparing.side_by_side, name="compare"),
    path("products/<str:key>", RedirectView.as_view(pattern_name="product-one", permanent=True)),
    path("standards", standards.listed, name="standard"),
    path("standards/<str:key>", standards.one, name="standard-one"),
    path("leistungen", leistungen.listed, name="leistung"),
    path("leistungen/<str:key>", leistungen.one, name="leistung-one"),
    path("leistungen/<str:key>/kette", judging.whole, name="leistung-chain"),
    path("kommunen", municipalities.listed, name="municipality"),
    path("kommunen/<str:ags>", municipalities.one, name="municipality-one"),
    path("kommunen/<str:ags>/termine.ics", endings.as_calendar, name="municipality-calendar"),
    path("neues", news.listed, name="news"),
    path("neues.atom", news.as_atom, name="news-feed"),
    path("neues/abonnieren", news.subscribe, name="news-subscribe"),
    path("termine", endings.listed, name="endings"),
    path("termine.ics", endings.as_calendar, name="endings-calendar"),
    path("hersteller/<str:key>", organisations.vendor, name="vendor-one"),
    path("dienstleister/<str:key>", organisations.provider, name="provider-one"),
    path("beschaffen", procurement.ask, name="procure"),
    path("beschaffen/ausschreibung", tenders.write, name="procure-tender"),
    path("daten", open_data.about, name="data"),
    path(f"export/{open_data.CHAIN}", open_data.chain, name="data-chain"),
    path("export/<str:name>", open_data.download, name="data-file"),
    path("nachweise/<str:sha256>", evidence.one, name="evidence"),
    path("nachweise/<str:sha256>/bericht.json", evidence.whole, name="evidence-report"),
]
