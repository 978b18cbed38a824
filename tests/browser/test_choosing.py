"""What is new on a page is seen, and so is what its text alone tells to be wrong."""

import pytest
from lxml import html

from tests.browser.choosing import alike, unsound, worth

PAGE = """<html lang="de"><body><main><h1 id="a">Titel</h1><h2>Teil</h2><p class="b">Ein <b>Wort</b></p>
<label for="f">Feld</label><input id="f" type="text"></main></body></html>"""
WORD = "Straßenreinigungsgebührenbescheid"
NEW = [
    ('class="b"', 'class="c"'),
    ("Wort", WORD),
    ("<b>Wort</b>", "<i>Wort</i>"),
    ("h2>", "h3>"),
    ('<label for="f">', '<label for="g">'),
    ('type="text"', 'type="text" disabled'),
    ('lang="de"', 'lang="en"'),
    (">Teil<", "><"),
]
WRONG = [
    ("<p", '<p id="a"', "id a is there 2 times"),
    ('for="f"', 'for="g"', "nothing is called g"),
    ("h2>", "h3>", "h1 then h3"),
    ("h2>", "h1>", "2 headings of the first level"),
]


@pytest.mark.parametrize(("old", "new"), NEW)
def test_a_page_with_something_new_is_opened(old: str, new: str) -> None:
    seen: set[str] = set()
    assert worth(html.document_fromstring(PAGE), seen)
    assert worth(html.document_fromstring(PAGE.replace(old, new)), seen)


def test_a_page_of_the_same_parts_is_not_opened_again() -> None:
    seen: set[str] = set()
    worth(html.document_fromstring(PAGE), seen)
    assert not worth(html.document_fromstring(PAGE.replace("Wort", "Text")), seen)


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_what_is_wrong_in_the_text_is_found(old: str, new: str, said: str) -> None:
    assert unsound(html.document_fromstring(PAGE)) == []
    assert unsound(html.document_fromstring(PAGE.replace(old, new))) == [said]


def test_two_pages_of_one_title_are_found() -> None:
    titles: dict[str, tuple[str, str]] = {}
    one = PAGE.replace("<body>", "<head><title>Mitglieder</title></head><body>")
    assert alike(html.document_fromstring(one), "/a?on=1", titles) == []
    assert alike(html.document_fromstring(one.replace("Wort", "Text")), "/a", titles) == [], "the same page"
    assert alike(html.document_fromstring(one), "/login", titles) == [], "led to the same"
    assert alike(html.document_fromstring(one.replace("Wort", "Text")), "/b", titles) == ["has the title of /a"]
