"""Never mixed: no German words of ours on English pages, no English ones on German pages.

What people wrote (the registry, the standards, what is in the database) is in one language and may stand on any page;
all else must come from the catalogues of messages. Each page of the role table is asked for in both languages.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from lxml import html

from schnittstellen import bootstrap
from schnittstellen.i18n import translations
from tests.browser.addresses import MORE, pages
from tests.browser.records import OWNER, done
from tests.catalogue.certificates.making import board
from tests.web.after.making import person
from tests.web.roles.people import client_of, known_names
from tests.web.roles.table import ROLES

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
SPOKEN = ("aria-label", "placeholder", "alt", "title")
Grams = frozenset[tuple[str, str]]


def words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.lower())


GERMAN = frozenset(
    words("der die das und ist nicht für mit wird sind ein eine einen auf von zum zur dem den des sich oder")
)
ENGLISH = frozenset(words("the and of is are not with this that for to be by from which has it its"))
STRANGE = {"de": ENGLISH, "en": GERMAN}


def grams(texts: Iterator[str]) -> Grams:
    """All pairs of neighbouring words."""
    return frozenset(pair for text in texts for pair in pairwise(words(text)))


def written_by_people() -> Iterator[str]:
    """What is in the database, and what standards and suites say."""
    for model in apps.get_models():
        fields = [one.name for one in model._meta.fields if isinstance(one, CharField | TextField | JSONField)]
        for row in model._default_manager.values_list(*fields) if fields else ():
            yield from map(str, row)
    for folder in ("standards", "conformance_suites", "registry"):
        files = ((ROOT / folder).rglob(f"*.{end}") for end in ("toml", "sch"))
        yield from (one.read_text("utf-8") for found in files for one in found)
    rules = bootstrap.rules()
    yield from (one.text for id in rules.ids for one in rules.named(id).values())


def texts(page: str, lang: str) -> Iterator[str]:
    """What is read on the page in its own language; marked parts of another (`lang`) and code are left out."""
    root = html.fromstring(page)
    for off in root.xpath("//script|//style|//code|//pre|//textarea|//*[@lang and @lang != $own]", own=lang):
        off.drop_tree()
    for node in root.iter():
        if isinstance(node.tag, str):
            yield from (one for one in (node.text, node.tail) if one and one.strip())
            yield from (node.get(name, "") for name in SPOKEN)


def strangers(text: str, lang: str, known: Grams) -> list[str]:
    """Words of the other language that no person wrote next to each other like that."""
    said = ["", *words(text), ""]
    around = zip(said, said[1:], said[2:], strict=False)
    return [w for before, w, after in around if w in STRANGE[lang] and not {(before, w), (w, after)} & known]


def untranslated(text: str, lang: str, known: Grams) -> bool:
    """Whether the text is a German message of ours that has another wording in English."""
    if lang == "de" or " " not in text.strip() or set(pairwise(words(text))) <= known:
        return False
    said = " ".join(text.split())
    return translations("en").gettext(said) != said


@pytest.fixture(scope="module")
def visits(loaded: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, dict[str, str]]]:
    """Each page by role, address and language."""
    with django_db_blocker.unblock(), board(tmp_path_factory.mktemp("board"), server_signs=True):
        people = {role: client_of(role, role.replace(" ", "-")) for role in ROLES}
        found = [*pages(known_names()), *MORE, *done()]
        people[OWNER] = person("eigner", vendor=_owner())
        asked = {f"{role} {address}": _both(people[role], address) for role, address in dict.fromkeys(found)}
        yield {name: both for name, both in asked.items() if both}


def _owner() -> Any:
    from schnittstellen.catalogue.models import Vendor

    return Vendor.objects.get(key=OWNER)


def _both(client: Client, address: str) -> dict[str, str]:
    answers = {}
    for lang in ("de", "en"):
        client.cookies["sprache"] = lang
        answer = client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming and answer.content:
            answers[lang] = answer.text
    return answers


@pytest.fixture(scope="module")
def known(visits: dict[str, dict[str, str]], django_db_blocker: Any) -> Grams:
    with django_db_blocker.unblock():
        return grams(written_by_people())


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_page_mixes_languages(visits: dict[str, dict[str, str]], known: Grams, lang: str) -> None:
    wrong: dict[str, str] = {}
    for name, both in visits.items():
        for text in texts(both[lang], lang):
            if strangers(text, lang, known) or untranslated(text, lang, known):
                wrong.setdefault(" ".join(text.split())[:160], name)
    assert len(visits) > 120
    assert not wrong, "\n".join(f"{name}: {text}" for text, name in sorted(wrong.items()))


def test_the_test_sees_a_mixed_page() -> None:
    nothing: Grams = frozenset()
    assert strangers("3 programmes, davon ist eins geprüft", "en", nothing)
    assert strangers("Dieses Programm is not tested", "de", nothing)
    assert not strangers("Der Text der Firma", "en", grams(iter(["der text der firma"])))
    assert untranslated("Was ist neu?", "en", nothing)
    assert not untranslated("Was ist neu?", "de", nothing)
    page = '<html lang="en"><p aria-label="Das ist so">a <b lang="de">der</b> c</p></html>'
    assert list(filter(None, texts(page, "en"))) == ["a  c", "Das ist so"]
