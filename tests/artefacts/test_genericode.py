"""Reading code lists in genericode."""

from datetime import date

import pytest

from schnittstellen.formats.genericode import GenericodeProblem, read_codelist

IDENTITY = """<Identification><ShortName>farben</ShortName><LongName>Farben</LongName><Version>2</Version>
<CanonicalUri>urn:de:muster:codeliste:farben</CanonicalUri>
<CanonicalVersionUri>urn:de:muster:codeliste:farben_2</CanonicalVersionUri>
<Agency><LongName>Musteramt</LongName></Agency></Identification>"""
COLUMNS = """<ColumnSet><Column Id="nr"/><Column Id="code"/><Column Id="name"/>
<Column Id="gueltigAb"/><Column Id="gueltig-bis"/>
<Key Id="k1"><ColumnRef Ref="nr"/></Key>
<Key Id="k2"><Annotation><AppInfo><x:recommendedKeyColumn xmlns:x="http://xoev.de/schemata/genericode/4"/></AppInfo>
</Annotation><ColumnRef Ref="code"/></Key></ColumnSet>"""


def row(**values: str) -> str:
    cells = (
        f'<Value ColumnRef="{name.replace("_", "-")}"><SimpleValue>{value}</SimpleValue></Value>'
        for name, value in values.items()
    )
    return f"<Row>{''.join(cells)}</Row>"


def text(rows: str, columns: str = COLUMNS, identity: str = IDENTITY, about: str = "", version: str = "1.0") -> bytes:
    return f"""<?xml version="1.0"?><gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/{version}/">
{about}{identity}{columns}<SimpleCodeList>{rows}</SimpleCodeList></gc:CodeList>""".encode()


def test_the_recommended_key_column_holds_the_codes() -> None:
    found = read_codelist(text(row(nr="1", code="rot", name="Rot") + row(nr="2", code="blau", name="Blau")))
    assert (found.uri, found.version, found.name) == (
        "urn:de:muster:codeliste:farben",
        "2",
        "urn:de:muster:codeliste:farben_2",
    )
    assert (found.title, found.publisher, found.column) == ("Farben", "Musteramt", "code")
    assert found.codes == {"rot", "blau"}
    assert [entry.name for entry in found.find("rot")] == ["Rot"]
    assert [entry.code for entry in found.find("2", "nr")] == ["2"]
    assert list(found.columns()) == ["code", "nr"]


def test_a_code_may_hold_on_some_days_only_and_come_back() -> None:
    rows = row(code="rot", gueltigAb="2020-01-01", gueltig_bis="31.12.2021") + row(code="rot", gueltigAb="2024-01-01")
    entries = read_codelist(text(rows)).find("rot")
    holding = {
        day: any(entry.holds_on(day) for entry in entries)
        for day in (date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2024, 1, 1))
    }
    assert list(holding.values()) == [False, True, True, False, True]


def test_a_day_that_is_none_is_a_problem_not_a_bound() -> None:
    found = read_codelist(text(row(code="rot", gueltigAb="bald")))
    assert found.find("rot")[0].valid_from is None
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    "about",
    [
        '<Annotation><Description><x:validFrom xmlns:x="urn:x">2021-01-01</x:validFrom></Description></Annotation>',
        '<Annotation><Description><x:datumGueltigkeitAb xmlns:x="urn:x">2021-01-01</x:datumGueltigkeitAb>'
        "</Description></Annotation>",
    ],
)
def test_a_list_says_from_when_it_is_in_force(about: str) -> None:
    found = read_codelist(text(row(code="rot"), about=about))
    assert not found.holds_on(date(2020, 12, 31))
    assert found.holds_on(date(2021, 1, 1))


def test_values_without_column_stand_in_the_next_one() -> None:
    cells = "".join(f"<Value><SimpleValue>{value}</SimpleValue></Value>" for value in ("1", "rot", "Rot"))
    found = read_codelist(text(f"<Row>{cells}</Row>"))
    assert found.find("rot")[0].name == "Rot"


def test_a_row_without_a_code_is_a_problem() -> None:
    assert read_codelist(text(row(nr="1"))).problems


def test_older_drafts_and_lists_without_key_are_read() -> None:
    columns = '<ColumnSet><Column Id="name"/><Column Id="Schlüssel"/></ColumnSet>'
    rows = '<Row><Value ColumnRef="Schlüssel"><SimpleValue> 7 </SimpleValue></Value></Row>'
    assert read_codelist(text(rows, columns, version="0.4")).codes == {"7"}


def test_the_uri_follows_from_the_version_uri_where_it_is_not_given() -> None:
    identity = (
        "<Identification><Version>2.1</Version>"
        "<CanonicalVersionUri>urn:x:codeliste:a_2.1</CanonicalVersionUri></Identification>"
    )
    found = read_codelist(text(row(code="x"), identity=identity))
    assert (found.uri, found.version) == ("urn:x:codeliste:a", "2.1")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "xml"),
        (b"<a", "xml"),
        (b"<a/>", "no_list"),
        (b"<CodeList/>", "no_identity"),
        (text("", columns=""), "no_columns"),
        (text("").replace(b"SimpleCodeList", b"Nichts"), "no_rows"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CodeList>&b;</CodeList>', "xml"),
    ],
)
def test_what_is_no_list_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(GenericodeProblem) as caught:
        read_codelist(data)
    assert caught.value.reason == reason
