"""Reports for tests: one that holds something of everything, and a strategy for any."""

from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper

from hypothesis import strategies as st

from schnittstellen.domain.finding import NOWHERE, Code, Finding, Place
from schnittstellen.domain.report import Pin, Report, RequirementResult, Result, StepResult, SuiteUse
from schnittstellen.domain.verdict import Cause, Level, Verdict, gravest
from schnittstellen.engine.codes import CODES
from schnittstellen.engine.coverage import NO_STEP
from schnittstellen.reports.telling import Telling

FAULT = Code(
    "X999",
    "Wert fehlt",
    "In {element} fehlt ein Wert.",
    "Der Standard verlangt hier einen Wert.",
    "Ohne ihn rechnet der Empfänger falsch.",
    "Tragen Sie den Wert in {element} ein.",
)
BOOK = {code.id: code for code in (*CODES, FAULT)}
HOSTILE = "<script>alert('x')</script>\x1b[31m&\u202e\x00]]>"


def told(**changes: object) -> Telling:
    return replace(Telling(codes=BOOK), **changes)  # type: ignore[arg-type]


def finding(line: int = 7, **changes: object) -> Finding:
    made = Finding(
        "X999",
        Place(line, 3, "/a:brief/a:wert"),
        {"element": "a:wert"},
        {"wert": "geheimer Inhalt", "element": "a:geheim"},
        rule="R-1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def step(verdict: Verdict = Verdict.FAILED, *findings: Finding, name: str = "schema") -> StepResult:
    found = findings or ((finding(),) if verdict not in (Verdict.PASSED, Verdict.NOT_APPLICABLE) else ())
    cause = Cause.PRODUCT if found else None
    return StepResult(
        name, "xml.schema", Level.MUST, verdict, cause, found, (verdict,) * len(found), {"engine": "libxml2"}
    )


def result(name: str = "brief.xml", *steps: StepResult) -> Result:
    steps = steps or (step(),)
    verdict = gravest(one.verdict for one in steps)
    cause = next((one.cause for one in steps if one.verdict is verdict), None)
    return Result(name, "muster@1.0/sender", verdict, cause, steps, "brief", "ab" * 32, 120, 0.25)


def report(*results: Result, **changes: object) -> Report:
    results = results or (result(), result("gut.xml", step(Verdict.PASSED)))
    requirements = (
        RequirementResult("R-1", Verdict.FAILED, "Der Wert ist anzugeben.", "Kapitel 1", None, 2, 1),
        RequirementResult("R-2", Verdict.PASSED, "Der Name ist anzugeben.", "Kapitel 2", None, 2, 0),
        RequirementResult("R-3", Verdict.NOT_TESTED, "Der Empfänger antwortet.", "", NO_STEP),
    )
    pins = (Pin("schema/brief.xsd", "cd" * 32), Pin("regeln.xslt", "ef" * 32, "muster-paket", "7.8"))
    suite = SuiteUse("muster@1.0/sender", "1.2.0", "12" * 32, pins, requirements, 2)
    verdict = gravest(one.verdict for one in results)
    cause = next((one.cause for one in results if one.verdict is verdict), None)
    made = Report(
        ("eingang",), verdict, cause, (suite,), results, {"schnittstellen": "0.1.0"}, "2026-11-01T12:00:00+00:00", 1.5
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def everything() -> Report:
    """All verdicts, many equal findings, hostile names."""
    return report(
        result(),
        result("viele.xml", step(Verdict.FAILED, *(finding(line) for line in range(1, 40)))),
        result("warnung.xml", step(Verdict.PASSED_WITH_WARNINGS)),
        result("offen.xml", step(Verdict.NOT_TESTED, Finding("E002", parameters={"step": "schema"}))),
        result("absturz.xml", step(Verdict.ERROR, Finding("E001", parameters={"check": "c", "error": "E"}))),
        result(HOSTILE, step(Verdict.FAILED, finding(parameters={"element": HOSTILE}, content={"wert": HOSTILE}))),
        result("gut.xml", step(Verdict.PASSED), step(Verdict.NOT_APPLICABLE, name="anderes")),
    )


def as_text(write: object, shown: Report, telling: Telling) -> str:
    stream = StringIO()
    write(shown, stream, telling)  # type: ignore[operator]
    return stream.getvalue()


def as_bytes(write: object, shown: Report, telling: Telling) -> bytes:
    raw = BytesIO()
    stream = TextIOWrapper(raw, "utf-8", errors="backslashreplace", newline="\n")
    write(shown, stream, telling)  # type: ignore[operator]
    stream.flush()
    return raw.getvalue()


_words = st.text(min_size=1, max_size=8)
_texts = st.dictionaries(_words, _words, max_size=3)
_counts = st.integers(0, 10**6)
_places = st.builds(
    Place,
    line=st.none() | st.integers(1, 10**6),
    column=st.none() | st.integers(1, 10**6),
    xpath=st.none() | _words,
    pointer=st.none() | _words,
    url=st.none() | _words,
)
_findings = st.builds(
    Finding,
    code=_words,
    place=st.just(NOWHERE) | _places,
    parameters=_texts,
    content=_texts,
    rule=st.none() | _words,
    level=st.none() | st.sampled_from(Level),
    count=st.integers(1, 99),
    examples=st.lists(_places, max_size=2).map(tuple),
)


@st.composite
def _steps(draw: st.DrawFn) -> StepResult:
    findings = draw(st.lists(_findings, max_size=3))
    verdicts = tuple(draw(st.sampled_from(Verdict)) for _ in findings)
    covered = draw(st.none() | st.frozensets(_words, max_size=3))
    cause = draw(st.none() | st.sampled_from(Cause))
    level, verdict = draw(st.sampled_from(Level)), draw(st.sampled_from(Verdict))
    return StepResult(
        draw(_words), draw(_words), level, verdict, cause, tuple(findings), verdicts, draw(_texts), covered
    )


_digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
_results = st.builds(
    Result,
    name=_words,
    suite=st.none() | _words,
    verdict=st.sampled_from(Verdict),
    cause=st.none() | st.sampled_from(Cause),
    steps=st.lists(_steps(), max_size=3).map(tuple),
    message=st.none() | _words,
    sha256=st.none() | _digests,
    size=st.none() | _counts,
    seconds=st.floats(0, 1e6),
)
_suites = st.builds(
    SuiteUse,
    name=_words,
    edition=_words,
    sha256=_digests,
    pins=st.lists(st.builds(Pin, _words, _digests, st.none() | _words, st.none() | _words), max_size=2).map(tuple),
    requirements=st.lists(
        st.builds(
            RequirementResult,
            id=_words,
            verdict=st.sampled_from(Verdict),
            text=st.just("") | _words,
            reference=st.just("") | _words,
            reason=st.none() | _words,
            tested=_counts,
            broken=_counts,
        ),
        max_size=2,
    ).map(tuple),
    ceiling=_counts,
)
REPORTS = st.builds(
    Report,
    targets=st.lists(_words, max_size=3).map(tuple),
    verdict=st.sampled_from(Verdict),
    cause=st.none() | st.sampled_from(Cause),
    suites=st.lists(_suites, max_size=2).map(tuple),
    results=st.lists(_results, max_size=3).map(tuple),
    tool=_texts,
    started=_words,
    seconds=st.floats(0, 1e6),
    interrupted=st.booleans(),
    notes=_texts,
)
