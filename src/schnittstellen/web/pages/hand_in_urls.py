"""Addresses of the pages about hand-ins and test orders."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views.own import hand_ins, orders

urlpatterns: list[URLPattern | URLResolver] = [
    path("hersteller/<str:key>/einreichungen", hand_ins.of_vendor, name="own-hand-ins"),
    path("einreichungen/<str:key>", hand_ins.one, name="own-hand-in"),
    path("beirat/pruefauftraege", orders.of_board, name="own-board-orders"),
    path("pruefauftraege/<str:key>", orders.one, name="own-order"),
    path("pruefauftraege/<str:key>/auftrag.json", orders.document, name="own-order-file"),
]
