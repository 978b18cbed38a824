"""What the Schematron check costs beside a bare saxonche loop that does the same transformation.

    python benchmarks/schematron.py [--corpus FOLDER] [--rounds N]

Medians of wall-clock milliseconds within one run on one core, as a Markdown table; compare the ratios, not the figures.
The bare loop parses the text of the message with Saxon and writes SVRL as text: it neither reads safely, nor finds
lines, nor knows which rules were covered. Cold means a new Python process until the first message is judged.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.expand import expand
from schnittstellen.checks.schematron.include import load
from schnittstellen.checks.schematron.transpile import transpile
from schnittstellen.checks.xml_profile import Profile
from schnittstellen.checks.xml_schematron import Schematron
from schnittstellen.domain.standard import Artefact, Message, Standard, StandardKind
from schnittstellen.engine.ports import Check, Context, Payload

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
EN16931 = "en16931/xslt/EN16931-UBL-validation.xslt"
XSCHULE = "xschule/sch/xschule-schematron.sch"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CONDITIONS = [
    {"id": f"R{n}", "context": "//cac:InvoiceLine", "test": "cbc:LineExtensionAmount castable as xs:decimal"}
    for n in range(10)
]


def main() -> None:
    """Measure and print."""
    options = _options()
    if options.cold:
        _cold(options.cold, options.corpus)
        return
    invoices = _messages(options.corpus, "en16931/examples/ubl*.xml", "kosit-bis/test-files/good/ubl/*.xml")
    reports = _messages(options.corpus, "xschule/xml/**/*.xml")
    print("| what | bare saxonche | schnittstellen | ratio |\n|---|--:|--:|--:|")
    for name, rules, messages in (("EN 16931", EN16931, invoices), ("XSchule (.sch)", XSCHULE, reports)):
        pair = _bare(options.corpus, rules), _checked(options.corpus, rules)
        _row(f"{name}, warm, per message", pair, messages, options.rounds)
    profile = _run(Profile(), _context(options.corpus, EN16931), _profile_options())
    print(f"| ten XPath conditions, warm, per message | – | {_median(profile, invoices, options.rounds):.2f} | – |")
    bare, ours = (_cold_time(kind, options) for kind in ("bare", "ours"))
    print(f"| EN 16931, cold process, first message | {bare:.0f} | {ours:.0f} | {ours / bare:.2f} |")
    size = statistics.mean(map(len, invoices)) / 1024
    print(f"\n{len(invoices)} invoices of {size:.0f} KB, {len(reports)} school messages, {options.rounds} rounds.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cold", choices=("bare", "ours"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _messages(corpus: Path, *patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(corpus.glob(pattern))]


Judge = Callable[[bytes], object]


def _row(name: str, pair: tuple[Judge, Judge], messages: Sequence[bytes], rounds: int) -> None:
    for judge in pair:
        judge(messages[0])
    times = [[_round(judge, messages) for judge in pair] for _ in range(rounds)]
    one, two = map(statistics.median, zip(*times, strict=True))
    print(f"| {name} | {one:.2f} | {two:.2f} | {two / one:.2f} |")


def _median(judge: Judge, messages: Sequence[bytes], rounds: int) -> float:
    judge(messages[0])
    return statistics.median(_round(judge, messages) for _ in range(rounds))


def _round(judge: Judge, messages: Sequence[bytes]) -> float:
    started = time.perf_counter()
    for message in messages:
        judge(message)
    return (time.perf_counter() - started) / len(messages) * 1000


def _bare(corpus: Path, rules: str) -> Judge:
    import saxonche

    saxon = saxonche.PySaxonProcessor(license=False)
    stylesheet = saxon.new_xslt30_processor().compile_stylesheet(
        stylesheet_text=_stylesheet(corpus, rules), encoding="UTF-8"
    )

    def judge(message: bytes) -> object:
        node = saxon.parse_xml(xml_text=message.decode("utf-8-sig"), encoding="UTF-8")
        return stylesheet.transform_to_string(xdm_node=node)

    return judge


def _stylesheet(corpus: Path, rules: str) -> str:
    if rules.endswith(".sch"):
        schema, prefixes = load(_context(corpus, rules).bundle, rules)
        return etree.tostring(transpile(expand(schema), prefixes), encoding="unicode")
    return (corpus / rules).read_text(encoding="utf-8")


def _checked(corpus: Path, rules: str) -> Judge:
    return _run(Schematron(), _context(corpus, rules), {})


def _run(check: Check, context: Context, options: dict[str, object]) -> Judge:
    def judge(message: bytes) -> object:
        seen = Payload(name="m", open=lambda: BytesIO(message), size=len(message))
        return list(check.run(seen, options, context))

    return judge


def _context(corpus: Path, rules: str) -> Context:
    artefact = Artefact(rules, sha256((corpus / rules).read_bytes()).hexdigest())
    message = Message("m", "m", schematron=(rules,))
    standard = Standard("s", "1", "s", StandardKind.XML, artefacts=(artefact,), messages=(message,))
    return Context(standard, Bundle(standard, corpus), message)


def _profile_options() -> dict[str, object]:
    namespaces = {"cac": f"{UBL}CommonAggregateComponents-2", "cbc": f"{UBL}CommonBasicComponents-2"}
    return {"rules": CONDITIONS, "namespaces": namespaces}


def _cold(kind: str, corpus: Path) -> None:
    made = _bare(corpus, EN16931) if kind == "bare" else _checked(corpus, EN16931)
    made(_messages(corpus, "en16931/examples/ubl*.xml")[0])


def _cold_time(kind: str, options: argparse.Namespace) -> float:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        command = [sys.executable, __file__, "--cold", kind, "--corpus", str(options.corpus)]
        subprocess.run(command, check=True)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
