"""api.filter: do the query parameters of lists do what the standard says of them?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schnittstellen.checks.api_crawl import crawl_of
from schnittstellen.checks.hypermedia import list_codes as lists
from schnittstellen.checks.hypermedia import reach_codes as reach
from schnittstellen.checks.hypermedia.crawl import Crawl
from schnittstellen.checks.hypermedia.filtering import Filtering, lists_of_each_kind, with_parameter
from schnittstellen.checks.hypermedia.lists import Pages
from schnittstellen.checks.hypermedia.model import Omission
from schnittstellen.checks.hypermedia.survey import Exhausted, findings_of
from schnittstellen.domain.finding import Code, Covered, Finding, Item, Note, Place
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.ports import Context, Observation

_ALWAYS = (reach.NO_DESCRIPTION, reach.NOT_FINISHED, reach.NOTHING_SEEN)
_FILTERS = (lists.IGNORED, lists.DROPPED, lists.FILTER_LOST, lists.FILTER_ERROR, lists.UNFLAGGED)


class Filter:
    """Options: `document`; `what`: "filters" (all of them, on a list of each type) or "omit" (leaving out embedded
    lists)."""

    name = "api.filter"
    codes: tuple[Code, ...] = (*_ALWAYS, *_FILTERS, lists.NOT_OMITTED)

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        """Walk the lists, where no earlier step did, and ask. Raises `CannotJudge`."""
        if not isinstance(seen, Endpoint):
            raise TypeError("api.filter judges endpoints")
        crawl = crawl_of(seen, context, options)
        crawl.walk_lists()
        try:
            yield from self._omit(crawl) if options["what"] == "omit" else self._filters(crawl)
        except Exhausted as end:
            yield Finding(reach.NOT_FINISHED.id, Place(url=seen.url), {"problem": end.problem, "curl": ""})

    def _filters(self, crawl: Crawl) -> Iterator[Item]:
        filtering = Filtering(crawl)
        for kept in list(lists_of_each_kind(crawl)):
            filtering.judge(kept)
        yield from findings_of(crawl.survey, frozenset(code.id for code in _FILTERS))
        yield Note("questions", str(filtering.asked))
        rules = crawl.survey.model.rules
        if filtering.asked:
            yield Covered(frozenset({rules["filter"], rules["filter_links"]}))
        else:
            yield _nothing(crawl, "filter", "objects")
        if not crawl.objects.deleted and "deleted_shown" in rules:
            yield _nothing(crawl, "deleted_shown", "deleted")

    def _omit(self, crawl: Crawl) -> Iterator[Item]:
        omission = crawl.survey.model.omit
        asked = 0
        for kept in list(lists_of_each_kind(crawl)):
            embedded = omission.properties.get(kept.kind, ()) if omission else ()
            used = [name for name in embedded if name in crawl.objects.used.get(kept.kind, ())]
            if omission and used:
                asked += 1
                self._ask(crawl, kept.kind, kept.url, omission)
        yield from findings_of(crawl.survey, frozenset({lists.NOT_OMITTED.id}))
        if not asked:
            yield _nothing(crawl, "omit", "embedded lists")

    def _ask(self, crawl: Crawl, kind: str, url: str, omission: Omission) -> None:
        pages = Pages(crawl.survey, kind, "", "")
        page = pages.page(with_parameter(url, omission.parameter, omission.value), 1)
        for one in () if page is None else page.objects:
            same = crawl.survey.model.type_of(one.content.get("type")) == kind
            for name in omission.properties[kind] if same else ():
                if one.content.get(name):
                    fields = {"type": kind, "property": name, "filter": omission.parameter}
                    crawl.survey.report(lists.NOT_OMITTED, one.place(name), "omit", **fields)


def _nothing(crawl: Crawl, rule: str, what: str) -> Finding:
    return Finding(reach.NOTHING_SEEN.id, Place(), {"what": what}, rule=crawl.survey.model.rules.get(rule))
