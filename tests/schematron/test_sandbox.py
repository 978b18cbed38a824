"""Rules that misbehave: they see no file, no network, no environment, and nothing of them reaches the terminal."""

import socket
import threading

import pytest

from tests.schematron.bench import broken, codes, context, covered, findings, judge, rule, schema

XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
SVRL = 'xmlns:svrl="http://purl.oclc.org/dsdl/svrl"'


def stylesheet(body: str, top: str = "") -> str:
    return f"""<xsl:stylesheet version="3.0" {XSL} {SVRL}>{top}<xsl:template match="/"><svrl:schematron-output>
      <svrl:fired-rule context="/"/>{body}</svrl:schematron-output></xsl:template></xsl:stylesheet>"""


def choose(expression: str, id: str = "R") -> str:
    return f"""<xsl:choose><xsl:when test="{expression}"/><xsl:otherwise><svrl:failed-assert id="{id}" location="/"
      test=""><svrl:text>nein</svrl:text></svrl:failed-assert></xsl:otherwise></xsl:choose>"""


@pytest.mark.parametrize(
    "reach",
    [
        "doc('{file}')",
        "document('{file}')",
        "unparsed-text('{file}')",
        "unparsed-text-lines('{file}')",
        "collection('{folder}')",
        "uri-collection('{folder}')",
        "json-doc('{file}')",
        "transform(map{{'stylesheet-location':'{file}','source-node':/}})?output",
    ],
)
def test_local_files_are_out_of_reach(tmp_path, reach):
    secret = tmp_path / "secret" / "s.xml"
    secret.parent.mkdir()
    secret.write_text("<a/>")
    expression = reach.format(file=secret.as_uri(), folder=secret.parent.as_uri())
    where = context(tmp_path / "rules", {"a.xsl": stylesheet(choose(f"exists({expression})") + choose("/hund", "S"))})
    said = judge("<hund/>", where)
    assert codes(said) == ["X205"]
    assert (broken(said), covered(said)) == ({"R"}, {"S"})


def test_the_network_is_out_of_reach(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.xml"
        calls: list[object] = []
        watcher = threading.Thread(target=lambda: calls.append(_accept(server)), daemon=True)
        watcher.start()
        tests = choose(f"exists(doc('{address}'))") + choose(f"exists(unparsed-text('{address}'))", "S")
        assert codes(judge("<hund/>", context(tmp_path, {"a.xsl": stylesheet(tests)}))) == ["X205", "X205"]
        watcher.join(timeout=0.5)
        assert calls in ([], [None])


def _accept(server: socket.socket) -> object:
    server.settimeout(0.3)
    try:
        return server.accept()
    except TimeoutError:
        return None


def test_the_environment_and_files_to_write_are_out_of_reach(tmp_path, monkeypatch):
    monkeypatch.setenv("GEHEIM", "ja")
    body = f"""<xsl:result-document href="{(tmp_path / "out.xml").as_uri()}"><a/></xsl:result-document>"""
    tests = choose("empty(environment-variable('GEHEIM'))")
    assert codes(judge("<hund/>", context(tmp_path, {"a.xsl": stylesheet(tests + body)}))) == []
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize("reference", ["import", "include"])
def test_modules_come_from_the_pinned_files_only(tmp_path, reference):
    (tmp_path / "elsewhere.xsl").write_text(stylesheet(""))
    main = stylesheet(choose("true()"), f'<xsl:{reference} href="../elsewhere.xsl"/>')
    (found,) = findings(judge("<hund/>", context(tmp_path / "rules", {"a.xsl": main})))
    assert (found.code, found.parameters["reason"]) == ("X206", "unresolved")


def test_pinned_modules_and_documents_are_found(tmp_path):
    helper = (
        f'<xsl:stylesheet version="3.0" {XSL}><xsl:variable name="codes" select="doc(\'codes.xml\')"/></xsl:stylesheet>'
    )
    main = stylesheet(
        choose("$codes//c = /hund") + choose("doc-available('codes.xml')", "S") + choose("doc-available('x')", "T"),
        '<xsl:import href="lib/helper.xsl"/>',
    )
    files = {"a.xsl": main, "lib/helper.xsl": helper, "codes.xml": "<l><c>ja</c></l>"}
    assert broken(judge("<hund>ja</hund>", context(tmp_path, files, "a.xsl"))) == {"T"}
    assert broken(judge("<hund>nein</hund>", context(tmp_path, files, "a.xsl"))) == {"R", "T"}


def test_endless_recursion_passes_nothing(tmp_path):
    """Saxon ends the whole run then, so that no rule is judged; the process lives on."""
    top = """<xsl:function name="f:f" xmlns:f="f"><xsl:param name="n"/>
      <xsl:sequence select="1 + f:f($n + 1)"/></xsl:function>"""
    tests = choose("f:f(1) = 2").replace("<xsl:choose>", '<xsl:choose xmlns:f="f">') + choose("/hund", "S")
    said = judge(
        "<hund/>", context(tmp_path, {"a.xsl": stylesheet(tests, top), "b.xsl": stylesheet(choose("/hund", "T"))})
    )
    assert codes(said) == ["X211"]
    assert covered(said) == {"T"}


def test_huge_output_is_judged_all_the_same(tmp_path):
    many = '<xsl:for-each select="1 to 50000"><svrl:text>xxxxxxxxxxxxxxxxxxxx</svrl:text></xsl:for-each>'
    assert codes(judge("<hund/>", context(tmp_path, {"a.xsl": stylesheet(many + choose("/katze"))}))) == ["X201"]


def test_messages_and_errors_stay_off_the_terminal(tmp_path, capfd):
    body = "<xsl:message>laut</xsl:message>" + choose("1 div 0 = 1")
    judge("<hund/>", context(tmp_path, {"a.xsl": stylesheet(body), "b.xsl": stylesheet(choose("1 +"))}))
    assert capfd.readouterr() == ("", "")


def test_a_stylesheet_that_ends_itself_never_passes(tmp_path):
    body = '<xsl:if test="/hund"><xsl:message terminate="yes">Schluss</xsl:message></xsl:if>' + choose("true()")
    where = context(tmp_path, {"a.xsl": stylesheet(body)})
    assert codes(judge("<hund/>", where)) == ["X209"]
    assert codes(judge("<katze/>", where)) == []


def test_an_error_outside_every_rule_leaves_all_untested(tmp_path):
    body = '<xsl:value-of select="xs:integer(/hund)" xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'
    text = stylesheet("").replace("<svrl:fired-rule", body + "<svrl:fired-rule")
    where = context(tmp_path, {"a.xsl": text})
    assert codes(judge("<hund>wau</hund>", where)) == ["X211"]
    assert codes(judge("<hund>1</hund>", where)) == ["X203"]


def test_umlauts_and_other_encodings_survive(tmp_path):
    latin = schema(rule("straße", "<assert id='Ä' test=\". = 'grün'\">Straße … ẞ <value-of select='.'/></assert>"))
    text = ('<?xml version="1.0" encoding="ISO-8859-15"?>' + latin.replace("ẞ", "ß").replace("…", ".")).encode(
        "iso-8859-15"
    )
    where = context(tmp_path, {"a.sch": text})
    assert codes(judge("<straße>grün</straße>".encode(), where)) == []
    message = '<?xml version="1.0" encoding="UTF-16"?><straße>ŕő𝄞</straße>'.encode("utf-16")
    (found,) = findings(judge(message, where))
    assert (found.rule, found.content["text"]) == ("Ä", "Straße . ß ŕő𝄞")


def test_an_entity_bomb_in_rules_is_a_broken_file(tmp_path):
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE schema [<!ENTITY l0 "lol">{lol}]>' + schema(rule("*", "<assert test='1'>&l9;</assert>"))
    (found,) = findings(judge("<hund/>", context(tmp_path, {"a.sch": text})))
    assert (found.code, found.parameters["reason"]) == ("X206", "syntax")


def test_an_external_entity_in_rules_is_not_loaded(tmp_path):
    (tmp_path / "geheim.txt").write_text("geheim")
    text = f"<!DOCTYPE schema [<!ENTITY e SYSTEM '{(tmp_path / 'geheim.txt').as_uri()}'>]>"
    text += schema(rule("*", "<assert id='R' test='false()'>&e;</assert>"))
    said = findings(judge("<hund/>", context(tmp_path, {"a.sch": text})))
    assert "geheim" not in str(said).replace("geheim.txt", "")
