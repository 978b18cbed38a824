"""What templates ask for again and again is the same as what Django and Jinja give, only sooner."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix
from jinja2 import Environment
from markupsafe import Markup, escape

from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.i18n import using
from schnittstellen.web.pages.jinja import _query, _several, environment, escaped, path_of, say, text

PARTS = ("muster-1", "1.0_2~x", "a b", "ä{0}ö", "{}", "50%", "blank0blank", "..", "x?y#z")
ROUTES = (("product-one", 1), ("product-pair", 2), ("home", 0), ("evidence-input", 2), ("standard-one", 1))


@pytest.mark.parametrize(("route", "count"), ROUTES)
def test_addresses_are_those_of_django(route: str, count: int) -> None:
    for first in PARTS:
        for second in PARTS:
            parts = (first, second)[:count]
            assert path_of(route, *parts) == reverse(route, args=parts)


def test_what_is_no_address_is_refused() -> None:
    for part in ("", "a/b"):
        with pytest.raises(NoReverseMatch):
            path_of("product-one", part)
    with pytest.raises(NoReverseMatch):
        path_of("nowhere", "a")


class Drawn:
    """What says itself how it stands in a page."""

    def __html__(self) -> str:
        return "<i>"


VALUES = (*PARTS, "<&>", "'", '"', Markup("<b>"), Drawn(), 7, 2.5, None, True, Nachweisstufe.PAIR, date.min)


def test_what_templates_write_is_escaped_as_markupsafe_does() -> None:
    made = environment(autoescape=True)
    page = made.from_string(
        "{{ one }}|{% macro m(x) %}{{ x }}{% endmacro %}{{ m(one) }}|{% set s %}{{ one }}{% endset %}{{ s }}"
    )
    for one in VALUES:
        assert str(escaped(one)) == str(escape(one))
        assert page.render(one=one) == "|".join([str(escape(one))] * 3)
        assert str(text("%(x)s", x=one)) == str(Markup("%(x)s") % {"x": one})


def test_queries_are_those_of_urlencode() -> None:
    for one in (*PARTS, "ü", "", date.min, 7, ["a", "b c"]):
        assert _query({"a": one}) == urlencode({"a": one}, doseq=True)
        assert _query({"on": "2026-01-01", "b": one}) == urlencode({"on": "2026-01-01", "b": one}, doseq=True)


def test_a_page_below_another_path_leads_there() -> None:
    before = get_script_prefix()
    page = environment(autoescape=True).from_string(
        "{{ url('product-one', 'a') }} {{ links('product-one', [('a', 'A')]) }}"
    )
    try:
        set_script_prefix("/katalog/")
        below = [page.render(on=None, **more) for more in ({}, {"root": "/katalog/"})]
    finally:
        set_script_prefix(before)
    assert below == ['/katalog/programme/a <a class="kern-link" href="/katalog/programme/a">A</a>'] * 2
    assert page.render(on=None).startswith("/programme/a ")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_texts_are_those_of_jinja(lang: str) -> None:
    plain = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    from schnittstellen.i18n import _

    plain.install_gettext_callables(_, _several, newstyle=True)  # type: ignore[attr-defined]
    with using(lang):
        for _time in range(2):
            for message, values in (("Hilfe", {}), ("Version %(version)s", {"version": "<1>"}), ("100 %%", {})):
                told = plain.from_string("{{ _(message, **values) }}").render(message=message, values=values)
                assert str(text(message, **values)) == told
        assert text("Version %(version)s", version=Markup("<b>")) == "Version <b>"


def test_each_language_and_level_is_drawn_for_itself() -> None:
    made = environment(autoescape=True, loader=_loader())
    seen = set()
    for lang in ("de", "en", "de", "en"):
        with using(lang):
            for level in Nachweisstufe:
                once = made.globals["once"]("level_drawn", level)
                written = made.get_template("macros.html.j2").module.level_drawn(level)
                assert str(once) == str(written)
                seen.add(str(once))
    assert len(seen) == 2 * len(Nachweisstufe)


def test_links_escape_what_others_wrote_and_keep_the_day() -> None:
    made = environment(autoescape=True)
    page = made.from_string("{{ links('municipality-one', named) }}")
    named = [("05000001", "A & <b>"), ('0"5', "B")]
    first, second = page.render(named=named, on=None).split(", ")
    assert first == '<a class="kern-link" href="/kommunen/05000001">A &amp; &lt;b&gt;</a>'
    assert second == '<a class="kern-link" href="/kommunen/0%225">B</a>'
    dated = page.render(named=named[:1], on=date(2027, 3, 1))
    assert 'href="/kommunen/05000001?on=2027-03-01"' in dated
    assert page.render(named=[], on=None) == ""


def test_a_text_that_came_as_data_in_both_languages() -> None:
    for lang, told in (("de", "Hilfe"), ("en", "Help"), ("de", "Hilfe")):
        with using(lang):
            assert say("Hilfe") == told
            assert say("{name}", {"name": "x"}) == "x"


def _loader() -> object:
    from django.template import engines

    return engines["jinja2"].env.loader
