"""What each finding means: all codes of findings, and the rules of the standards by their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen import bootstrap
from schnittstellen.domain import recording_refusals
from schnittstellen.domain.finding import Code
from schnittstellen.domain.naming import near_names
from schnittstellen.domain.refusals import FAULTS
from schnittstellen.i18n import _
from schnittstellen.reports import explaining
from schnittstellen.reports.explaining import GROUPS, Pairs

MOST_RULES = 50
MOST_NEAR = 8
MOST_NAME = 200
MOST_LIKENED = 40
REFUSALS = {one.code: one for one in (*FAULTS, *recording_refusals.FAULTS)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A code in a list, in the language of the page."""

    id: str
    title: str
    meaning: str

    def speaks_of(self, words: list[str]) -> bool:
        """Whether all of `words` are in it."""
        text = f"{self.id} {self.title} {self.meaning}".lower()
        return all(word in text for word in words)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All codes by groups, or those with the words of `?q=`; rules only where words are named."""
    text, group = request.GET.get("q", "").strip()[:MOST_NAME], request.GET.get("bereich", "")
    chosen = group if group and group in GROUPS else None
    words = text.lower().split()
    groups = _groups(words, chosen)
    rules = [id for id in bootstrap.rules().ids if all(word in id.lower() for word in words)] if words else []
    shown = {
        "text": text,
        "group": chosen,
        "all_groups": {key: title for key, title in GROUPS.items() if key},
        "groups": groups,
        "count": sum(map(len, groups.values())),
        "rules": rules[:MOST_RULES],
        "more_rules": max(0, len(rules) - MOST_RULES),
    }
    return render(request, "codes/list.html.j2", shown)


def _groups(words: list[str], only: str | None) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = {key: [] for key in GROUPS}
    for one in _entries():
        if one.speaks_of(words):
            found[explaining.group_of(one.id)].append(one)
    return {key: entries for key, entries in found.items() if entries and only in (None, key)}


def _entries() -> Iterator[Entry]:
    for id, code in sorted(bootstrap.codes().items()):
        yield Entry(id, _(code.title), _(code.meaning))
    for id, fault in sorted(REFUSALS.items()):
        yield Entry(id, explaining.without_blanks(_(fault.title)), _(fault.hint))


@require_safe
def one(request: HttpRequest, name: str) -> HttpResponse:
    """What is to be said of a code, or of the rules that standards know by that name."""
    upper = name.upper()
    if upper in bootstrap.codes():
        return _code(request, bootstrap.codes()[upper])
    if upper in REFUSALS:
        title = explaining.without_blanks(_(REFUSALS[upper].title))
        return _page(request, upper, title, [("", explaining.of_fault(REFUSALS[upper])[:1])])
    rules = bootstrap.rules().named(name)
    if not rules:
        return _unknown(request, name[:MOST_NAME])
    told = [(_titled(standard), explaining.of_rule(rule)) for standard, rule in rules.items()]
    return _page(request, next(iter(rules.values())).id, "", told)


def _titled(standard: str) -> str:
    found = bootstrap.library().standard(standard)
    return f"{found.title} {found.version}"


def _code(request: HttpRequest, code: Code) -> HttpResponse:
    pairs = [(name, explaining.without_blanks(text)) for name, text in explaining.of_code(code)]
    return _page(request, code.id, _(code.title), [("", pairs)])


def _page(request: HttpRequest, id: str, title: str, told: list[tuple[str, Pairs]]) -> HttpResponse:
    """`told` are names of standards (none for codes) with what they say."""
    group = explaining.group_of(id) if title else None
    shown = {"id": id, "title": title, "told": told, "group": group, "groups": GROUPS}
    return render(request, "codes/one.html.j2", shown)


def _unknown(request: HttpRequest, name: str) -> HttpResponse:
    names = [*sorted(bootstrap.codes()), *REFUSALS, *bootstrap.rules().ids]
    near = near_names(name[:MOST_LIKENED], names, otherwise=False)[:MOST_NEAR]
    return render(request, "codes/unknown.html.j2", {"name": name, "near": near}, status=404)
