"""api.crawl: follows every link from the entry and judges, for one aspect at a time, what was seen on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schnittstellen.checks.hypermedia import list_codes as lists
from schnittstellen.checks.hypermedia import object_codes as objects
from schnittstellen.checks.hypermedia import reach_codes as reach
from schnittstellen.checks.hypermedia.crawl import Crawl, Extent
from schnittstellen.checks.hypermedia.survey import cannot, findings_of, survey_of
from schnittstellen.domain.finding import Code, Covered, Finding, Item, Note, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.ports import Context, Observation

MEMO = "hypermedia.crawl"
ASPECTS: Mapping[str, tuple[Code, ...]] = {
    "reach": (reach.FOREIGN, reach.DEAD_LINK, reach.NO_ANSWER, reach.NO_LIST),
    "json": (reach.MEDIA_TYPE, reach.CHARSET, reach.ENCODING, reach.NO_JSON, reach.ESCAPED),
    "cors": (reach.CORS, reach.CORS_METHODS),
    "types": (objects.OTHER_TYPES, objects.UNKNOWN_TYPE, objects.WRONG_KIND),
    "properties": (objects.MISSING, objects.TYPE, objects.VALUE, objects.POSITION, objects.UNKNOWN),
    "forms": (objects.FORMAT, objects.NOTATION, objects.SCHEME),
    "nulls": (objects.NULL, objects.NULL_OPTIONAL, objects.EMPTY),
    "identity": (objects.NOT_UNDER_ID, objects.OTHER_UNDER_ID, objects.DIFFERS, objects.NO_BACK),
    "usage": (objects.NEVER_USED,),
    "lists": (
        lists.ENVELOPE,
        lists.LOOP,
        lists.DUPLICATE,
        lists.FIGURES,
        lists.NO_NEXT,
        lists.UNPAGED,
        lists.PAGE_SIZE,
        lists.UNSTABLE,
    ),
    "deleted": (lists.DELETED_BARE, lists.DELETED_GONE, lists.DELETED_EMBEDDED, lists.DELETED_LISTED),
}
_ALWAYS = (reach.NO_DESCRIPTION, reach.NO_ENTRY, reach.NOT_FINISHED, reach.NOTHING_SEEN)


class CrawlCheck:
    """Options: `document`; `aspect`, one of `ASPECTS`; and, in the first step that crawls, `by_id` and `side_lists`
    (see `Extent`)."""

    name = "api.crawl"
    codes: tuple[Code, ...] = (*_ALWAYS, *(code for group in ASPECTS.values() for code in group))

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        """Crawl, where no earlier step did, and yield the findings of the aspect. Raises `CannotJudge`."""
        if not isinstance(seen, Endpoint):
            raise TypeError("api.crawl judges endpoints")
        crawl = crawl_of(seen, context, options)
        crawl.walk_objects()
        aspect = options["aspect"]
        if not crawl.records:
            cannot(reach.NO_ENTRY, Place(url=seen.url), entry=crawl.survey.model.entry, found="–")
        if aspect == "usage":
            yield from _never_used(crawl)
        yield from findings_of(crawl.survey, frozenset(code.id for code in ASPECTS[aspect]))
        yield from findings_of(crawl.survey, frozenset({reach.NOT_FINISHED.id}))
        yield from _unseen(crawl, aspect)
        yield from _judged(crawl, aspect)
        if aspect == "reach":
            yield from _notes(crawl)


def crawl_of(seen: Endpoint, context: Context, options: Mapping[str, Any]) -> Crawl:
    """The crawl of this run, not yet begun where nobody asked for it. Raises `CannotJudge`."""
    kept: Crawl | None = seen.memo.get(MEMO)
    if kept is None:
        given = {name: int(options[name]) for name in ("by_id", "side_lists") if name in options}
        kept = seen.memo[MEMO] = Crawl(survey_of(seen, context, options["document"]), Extent(**given))
    return kept


def _never_used(crawl: Crawl) -> Iterator[Finding]:
    model = crawl.survey.model
    for name, known in model.types.items():
        if not crawl.objects.counts.get(name):
            continue
        wanted = [one.name for one in known.properties.values() if not one.quiet and one.name not in known.required]
        unused = [one for one in wanted if one not in crawl.objects.used[name]]
        if unused:
            fields = {"type": name, "property": ", ".join(unused)}
            yield Finding(objects.NEVER_USED.id, Place(), fields, rule=model.rules.get("recommended"), level=Level.MAY)


def _unseen(crawl: Crawl, aspect: str) -> Iterator[Finding]:
    rules = crawl.survey.model.rules
    if aspect == "properties":
        for name, known in crawl.survey.model.types.items():
            if known.requirement and not crawl.objects.counts.get(name):
                yield _nothing(known.requirement, name)
    if aspect == "deleted" and not crawl.objects.deleted:
        for rule in ("deleted", "deleted_kept"):
            if rule in rules:
                yield _nothing(rules[rule], "deleted")


def _judged(crawl: Crawl, aspect: str) -> Iterator[Covered]:
    """What was there to be judged, though some of the aspect was not."""
    model = crawl.survey.model
    if aspect == "properties":
        seen = (known.requirement for name, known in model.types.items() if crawl.objects.counts.get(name))
        yield Covered(frozenset(one for one in seen if one))
    if aspect == "deleted":
        rules = ("internal_deleted", "deleted_hidden", *(("deleted", "deleted_kept") if crawl.objects.deleted else ()))
        yield Covered(frozenset(model.rules[rule] for rule in rules if rule in model.rules))


def _nothing(rule: str, what: str) -> Finding:
    return Finding(reach.NOTHING_SEEN.id, Place(), {"what": what}, rule=rule)


def _notes(crawl: Crawl) -> Iterator[Note]:
    counts = Counter(one.kind for one in crawl.records.values())
    yield Note("objects", ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))
    yield Note("by_id", ", ".join(f"{name} {number}" for name, number in sorted(crawl.asked.items())))
    yield Note("lists", str(len(crawl.lists)))
    yield Note("foreign_references", str(crawl.survey.foreign))
