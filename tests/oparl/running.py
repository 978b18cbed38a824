"""Running a built-in suite against a miniature, without a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.report import Report, StepResult
from schnittstellen.engine.endpoint import Call, Endpoint, Request, Response
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Context
from schnittstellen.engine.run import Assigned, Run
from tests.miniatures.council import Size
from tests.miniatures.oparl import App

BASE = "http://ris.musterstadt.example/oparl"


@dataclass
class InMemorySender:
    """Hands requests to an app; keeps origin and budget as the gateway does."""

    app: App
    budget: int = 100_000
    calls_made: list[Call] = field(default_factory=list)
    answered: list[Call] = field(default_factory=list)

    def send(self, request: Request) -> Call:
        """The app's answer as a call."""
        number = len(self.calls_made) + 1
        if number > self.budget:
            return Call(number, request, None, "budget")
        if urlsplit(request.url)[:2] != urlsplit(self.app.base)[:2]:
            return Call(number, request, None, "origin")
        parts = urlsplit(request.url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        reply = self.app.respond(request.method, target, request.headers)
        headers = {**reply.headers, "Content-Length": str(len(reply.body))}
        body = b"" if request.method == "HEAD" else reply.body
        call = Call(number, request, Response(reply.status, tuple(headers.items()), body, 0.001))
        self.calls_made.append(Call(number, request))
        self.answered.append(call)
        return call

    @property
    def calls(self) -> Sequence[Call]:
        """All calls so far."""
        return self.calls_made


@cache
def library() -> Library:
    """The built-in standards and suites only."""
    return Library((built_in(),))


def run(app: App, version: str | None = None, path: str = "system", budget: int = 100_000) -> Report:
    """The report of the server suite of `version` (the app's own by default) on an app."""
    suite = library().suites_named(f"oparl@{version or app.version}/server")[0]
    standard = library().standard(f"{suite.standard}@{suite.version}")
    context = Context(standard, library().bundle(standard), suite_folder=library().folder(suite))
    seen = Endpoint(name=app.base, url=f"{app.base}/{path}", sender=InMemorySender(app, budget))
    made = Run(judge(), bootstrap.checks(), {})
    *_, last = made.events((app.base,), [Assigned(seen, suite, context)])
    assert isinstance(last, RunFinished)
    return last.report


def judge() -> Judge:
    """A judge with all checks, that lets crashes through."""
    return Judge(bootstrap.checks(), bootstrap.codes(), debug=True)


def app(version: str = "1.1", *faults: str, size: Size | None = None) -> App:
    """A miniature with these faults."""
    return App(BASE, version, frozenset(faults), size or Size())


def findings(report: Report) -> list[Finding]:
    """All findings but those that say only that nothing was there to judge."""
    return [one for step in steps(report) for one in step.findings if one.code != "A318"]


def steps(report: Report) -> tuple[StepResult, ...]:
    """The results of all steps."""
    return report.results[0].steps


def told(report: Report) -> str:
    """The report in lines, for the eyes of who mends a test."""
    lines = [f"{report.verdict} {report.cause}"]
    for step in steps(report):
        lines.append(f"  {step.step}: {step.verdict} {dict(step.notes)}")
        lines += [
            f"    {one.code} {one.rule} {one.level} x{one.count} {one.place.url} {one.place.pointer} {one.parameters}"
            for one in step.findings
        ]
    return "\n".join(lines)
