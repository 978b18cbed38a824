"""What is new: a page, a feed, and a page of all that one can subscribe to."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.models import Product, Standard
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.news.items import Group, Item, Wanted, What
from schnittstellen.catalogue.services.news.reading import news
from schnittstellen.catalogue.wording.news import GROUPS, sentences, title
from schnittstellen.domain.errors import NO_STANDARD, SchnittstellenError
from schnittstellen.i18n import DEFAULT, LANGUAGES, _, current, using
from schnittstellen.web.pages import feed
from schnittstellen.web.pages.asked import number_of
from schnittstellen.web.pages.jinja import day

MOST_NAMES = 100


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The news, of one kind, standard, product or Leistung where the address names it."""
    wanted, about = _wanted(request)
    shown = {
        "page": news(wanted, number_of(request, "seite")),
        "wanted": wanted,
        "about": about,
        "groups": GROUPS,
        "feed": feed_of(wanted),
    }
    return render(request, "news/news.html.j2", {**shown, **WORDS})


@require_safe
def as_atom(request: HttpRequest) -> HttpResponse:
    """The same as a feed (RFC 4287), in the language of `?sprache=`."""
    asked = request.GET.get("sprache", DEFAULT)
    with using(asked if asked in LANGUAGES else DEFAULT):
        wanted, about = _wanted(request)
        parts = (_("Schnittstellenkatalog"), about, _(GROUPS[wanted.group]) if wanted.group else "")
        page = reverse("news") + _query(wanted)
        of = feed.Feed(": ".join(one for one in parts if one), page, request.get_full_path())
        return feed.sent(request, of, [_entry(one) for one in news(wanted, size=feed.MOST).items])


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """All feeds and calendars on one page, each for everything or for one standard, product or Leistung."""
    names = {
        "standard": list(Standard.objects.order_by("title", "key").values_list("key", "title")[:MOST_NAMES]),
        "programm": list(
            Product.objects.filter(merged_into=None).order_by("name", "key").values_list("key", "name")[:MOST_NAMES]
        ),
    }
    feeds = [(text, feed_of(Wanted(group=group))) for group, text in GROUPS.items()]
    return render(request, "news/subscribe.html.j2", {"feeds": feeds, "feed": feed_of(Wanted()), "names": names})


def feed_of(wanted: Wanted) -> str:
    """The address of the feed of some news, in the language of the reader."""
    return reverse("news-feed") + _query(wanted, {} if current() == DEFAULT else {"sprache": current()})


def target(one: Item) -> str:
    """The page where more is to be read."""
    told, about = one.told, one.about
    if one.what is What.EVIDENCE:
        return reverse("evidence", args=(told["report"],))
    if one.what in (What.DEVIATION, What.DEVIATION_CLOSED):
        return reverse("case-one", args=(told.get("deviation") or told["id"],))
    if one.what in (What.OBJECTION, What.OBJECTION_DECIDED):
        return reverse("contest-one", args=(told.get("objection") or told["id"],))
    if not about.product:
        return reverse("standard-one", args=(about.standard,))
    version = f"?{urlencode({'version': about.release})}" if about.release else ""
    return reverse("product-one", args=(about.product,)) + version


WORDS = {
    "title_of": lambda one: title(one, day),
    "sentences": lambda one: list(sentences(one, day)),
    "target": target,
}
"""What templates need to show news."""


def _entry(one: Item) -> feed.Entry:
    return feed.Entry(one.id, one.at, title(one, day), " ".join(sentences(one, day)), target(one), str(one.what))


def _wanted(request: HttpRequest) -> tuple[Wanted, str]:
    """What the address asks for, and the name of whom it is about. Raises `SchnittstellenError` (F002, F120, F122)."""
    asked = request.GET
    group = Group(asked["art"]) if asked.get("art") in set(Group) else None
    if key := asked.get("programm", ""):
        product = finding.product(key)
        return Wanted(group, product=product.key), product.name
    if key := asked.get("leistung", ""):
        return Wanted(group, leistung=key), finding.leistung(key).title
    if key := asked.get("standard", ""):
        name = Standard.objects.filter(key=key).values_list("title", flat=True).first()
        if name is None:
            raise SchnittstellenError(NO_STANDARD, name=key, candidates="–")
        return Wanted(group, standard=key), name
    return Wanted(group), ""


def _query(wanted: Wanted, more: Mapping[str, str] | None = None) -> str:
    asked = {"art": wanted.group, "programm": wanted.product, "leistung": wanted.leistung, "standard": wanted.standard}
    written = urlencode({name: value for name, value in {**asked, **(more or {})}.items() if value})
    return f"?{written}" if written else ""
