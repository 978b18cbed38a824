"""Addresses of the pages about what happens after a verdict."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views.after import cases, confirming, contests, notices, previews, recalling, renewing

urlpatterns: list[URLPattern | URLResolver] = [
    path("widersprueche", contests.listed, name="contest"),
    path("widersprueche/<str:key>", contests.one, name="contest-one"),
    path("mein/nachweise/<int:number>/widerspruch", contests.new, name="own-contest"),
    path("abweichungen", cases.listed, name="case"),
    path("abweichungen/<str:key>", cases.one, name="case-one"),
    path("abweichungen/<str:key>/anlage", cases.attachment, name="case-attachment"),
    path("mein/kommunen/<str:ags>/abweichung", cases.new, name="own-case"),
    path("mein/kommunen/<str:ags>/betrieb/<str:release>", confirming.confirm, name="own-confirm"),
    path("mein/hersteller/<str:key>/benachrichtigungen", notices.of_vendor, name="own-vendor-notices"),
    path("mein/kommunen/<str:ags>/benachrichtigungen", notices.of_place, name="own-place-notices"),
    path("mein/beirat/benachrichtigungen", notices.of_board, name="own-board-notices"),
    path("mein/beirat/bescheinigungen/<str:serial>/widerruf", recalling.recall, name="own-board-recall"),
    path("mein/beirat/bescheinigungen/<str:serial>/neu", renewing.renew, name="own-board-renew"),
    path("mein/beirat/vorschauen", previews.listed, name="own-board-previews"),
    path("mein/beirat/vorschauen/<str:key>", previews.one, name="own-board-preview"),
]
