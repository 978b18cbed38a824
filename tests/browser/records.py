"""What people do in the example world, so that the pages about it can be visited: applications, objections, runs."""

from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Endpoint, Evidence, Role
from schnittstellen.catalogue.services import accounts, runs, signing_keys
from schnittstellen.catalogue.services.board import deciding, questions
from schnittstellen.catalogue.services.disputing import cases, contests
from schnittstellen.catalogue.services.handing_in import orders
from schnittstellen.catalogue.services.previewing import transition
from schnittstellen.catalogue.services.previewing.previewing import Preview, Turn
from schnittstellen.catalogue.services.trying import keeping, passing
from schnittstellen.catalogue.services.trying.judging import Judged
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.facts import Duty
from schnittstellen.formats.attested import keys_written
from schnittstellen.formats.report_json import read_report
from schnittstellen.web.administration import urls  # noqa: F401 (registers)
from schnittstellen.web.administration.site import site
from tests.browser.addresses import Visit
from tests.catalogue.board.making import BOARD, TODAY, agree, applied, day, declared, member, proposed
from tests.catalogue.certificates import making as certified
from tests.catalogue.handing_in import making as handing
from tests.catalogue.making import declare, release
from tests.catalogue.runs.making import NOW
from tests.web.roles.people import AGS
from tests.worlds import REGISTRY

OWNER = "musterhaus"
"""The vendor in whose name all of it happens."""


CHIEF = "chief"
"""An administrator with a second factor."""


def administration() -> tuple[Client, list[Visit]]:
    """An administrator, and the pages of the administration: each list, its newest record, its forms."""
    chief = User.objects.create_superuser("chefin", "chefin@muster.example")
    Authenticator.objects.create(user=chief, type="totp", data={})
    client = Client()
    client.force_login(chief)
    found = ["/verwaltung/", "/verwaltung/catalogue/vendor/add/", "/verwaltung/catalogue/invitation/add/"]
    for model in site._registry:
        here = f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/"
        newest = model._default_manager.order_by("pk").last()
        found += [here] if newest is None else [here, f"{here}{newest.pk}/change/"]
    return client, [(CHIEF, one) for one in found]


def done() -> list[Visit]:
    """The pages that there are because of it, as `OWNER` or as one of the roles of the table."""
    return [*_procedure(), *_decided(), *_certified(), *_handed_in(), *_disputes(), *_runs(), *_kept()]


def _procedure() -> list[Visit]:
    of = applied(verdict="failed", cause="product", failing=["A204"])
    asked = questions.ask(BOARD, of.key, "", questions.Said("Welche Nachrichten haben Sie geprüft?"), TODAY)
    here = f"/mein/antraege/{of.key}"
    return [
        *[(OWNER, f"{here}{one}") for one in ("", "/nachweise", "/zurueckziehen")],
        *[("board", f"{here}{one}") for one in ("", "/rueckfrage", "/vorschlag")],
        *[(who, f"/mein/rueckfragen/{asked.key}") for who in (OWNER, "board")],
    ]


def _decided() -> list[Visit]:
    votable = proposed(applied(declared("muster-offen@1.0")))
    of = proposed(applied(declared("muster-fertig@1.0")), duties=(Duty("Handbuch ergänzen", day(30)),))
    agree(of, *[member(name) for name in ("anne", "bodo", "carla")])
    deciding.decide(BOARD, of.key, type(of).objects.get(pk=of.pk).basis, TODAY)
    return [
        ("board", f"/mein/antraege/{votable.key}/beschluss"),
        (OWNER, f"/mein/antraege/{of.key}/beschluss"),
        *[(who, f"/mein/antraege/{of.key}/auflagen/0") for who in (OWNER, "board")],
    ]


def _certified() -> list[Visit]:
    used = cases.reportable(AGS, TODAY).latest("pk")
    serials = [certified.decided(certified.declared("muster-bescheinigt@1.0")), certified.decided(used)]
    return [
        *[("visitor", f"/bescheinigungen/{one}") for one in serials],
        *[("board", f"/mein/beirat/bescheinigungen/{serials[0]}/{one}") for one in ("widerruf", "neu")],
        ("town", f"/mein/kommunen/{AGS}/betrieb/{used.release}"),
    ]


def _handed_in() -> list[Visit]:
    declare(handing.RELEASE, "xhundesteuer@2.0", "onlinedienst")
    signing_keys.register(handing.OWN, OWNER, canonical(keys_written((handing.OUR_KEY,))), handing.START)
    kept, _ = handing.hand_in(handing.honest())
    order = orders.issue(BOARD, (handing.RELEASE, handing.SUITE), day(30), bootstrap.library(), TODAY)
    return [
        (OWNER, f"/mein/einreichungen/{kept.key}"),
        *[(who, f"/mein/pruefauftraege/{order.key}") for who in (OWNER, "board")],
    ]


def _disputes() -> list[Visit]:
    ran = Evidence.objects.filter(declaration__release__product__key="muster-hund-app", verdict="failed").latest("pk")
    viewer = Viewer(vendor=ran.declaration.release.product.vendor.key)
    contest = contests.contest(viewer, ran, contests.contestable(ran)[0], "Das Element ist freiwillig.", TODAY)
    in_use = cases.reportable(AGS, TODAY).earliest("pk")
    said = cases.Said("Bescheide kommen ohne Betrag.", "Nur für den Hersteller.")
    case = cases.report(Viewer(municipalities=frozenset({AGS})), AGS, in_use.pk, said, TODAY)
    found = Preview(str(in_use.role), "9.0.0", "0" * 64)
    found.counts[Turn.FALLS] += 1
    preview = transition.keep(found, datetime.now(UTC))
    return [
        *[(who, f"/widersprueche/{contest.key}") for who in ("visitor", "board")],
        *[(who, f"/abweichungen/{case.key}") for who in ("visitor", "town")],
        ("board", f"/mein/beirat/vorschauen/{preview.key}"),
    ]


def _runs() -> list[Visit]:
    server = Role.objects.filter(version__standard__key="oparl", key="server").latest("pk")
    rat = release("muster-rat@2.1").declarations.create(role=server)
    of = Endpoint.objects.create(declaration=rat, url="https://ris.muster.example/", proof_lapses_on=day(30))
    run = runs.ask_for(of, None, NOW)
    return [(OWNER, f"/mein/endpunkte/{of.key}"), (OWNER, f"/mein/laeufe/{run.key}")]


def _kept() -> list[Visit]:
    report = min((REGISTRY / "evidence" / "reports").glob("*.json")).read_bytes()
    key = keeping.keep(report, datetime.now(UTC))
    ended, _run = passing.opened(settings.TESTS_FOLDER)
    passing.ended(settings.TESTS_FOLDER, ended, Judged(read_report(report.decode()), report))
    under_way, _run = passing.opened(settings.TESTS_FOLDER)
    vendor = accounts.acting_as("vendor", OWNER)
    secret = accounts.invite_as(vendor, "neu@muster.example", User.objects.earliest("pk"), TODAY)
    results = [f"/testen/{one}" for one in (f"berichte/{key}", f"ergebnis/{ended}", f"ergebnis/{under_way}")]
    return [("visitor", one) for one in (*results, f"/konto/einladung/{secret}")]
