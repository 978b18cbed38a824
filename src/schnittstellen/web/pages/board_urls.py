"""Addresses of applications for certification, below `mein/`: nobody reads them without logging in."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views.board import applications, decisions, duplicates, proposals, questions

_ONE = "antraege/<str:key>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("beirat/schreibtisch", decisions.desk, name="own-board-desk"),
    path("beirat/dubletten", duplicates.listed, name="own-duplicates"),
    path("beirat/dubletten/<str:kind>/<str:first>/<str:second>", duplicates.one, name="own-duplicate"),
    path("hersteller/<str:key>/antraege", applications.of_vendor, name="own-vendor-applications"),
    path("hersteller/<str:key>/antraege/neu", applications.new, name="own-application-new"),
    path(_ONE, applications.one, name="own-application"),
    path(f"{_ONE}/nachweise", applications.evidence, name="own-application-evidence"),
    path(f"{_ONE}/zurueckziehen", applications.withdraw, name="own-application-withdraw"),
    path(f"{_ONE}/rueckfrage", questions.new, name="own-question-new"),
    path(f"{_ONE}/vorschlag", proposals.write, name="own-application-proposal"),
    path(f"{_ONE}/beschluss", decisions.decision, name="own-application-decision"),
    path(f"{_ONE}/auflagen/<int:number>", decisions.duty, name="own-duty"),
    path("rueckfragen/<str:key>", questions.one, name="own-question"),
    path("rueckfragen/<str:key>/anlagen/<int:number>", questions.attachment, name="own-question-file"),
]
