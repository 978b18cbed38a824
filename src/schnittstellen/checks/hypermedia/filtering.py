"""Do filters filter? Each is called with a value taken from what was seen, so that it must divide the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import floor
from urllib.parse import parse_qsl, urlencode, urlunsplit

from schnittstellen.checks.hypermedia import list_codes
from schnittstellen.checks.hypermedia.crawl import Crawl, members_of
from schnittstellen.checks.hypermedia.forms import is_address, moment
from schnittstellen.checks.hypermedia.lists import Page, Pages
from schnittstellen.checks.hypermedia.objects import Seen
from schnittstellen.checks.hypermedia.records import ListRecord
from schnittstellen.checks.hypermedia.survey import Answer
from schnittstellen.domain.finding import Place
from schnittstellen.domain.web_address import parts_of

PAGES = 20
WANTED = 4
MARGIN = 86_400.0


@dataclass(frozen=True, slots=True)
class Question:
    """One filter on one list: only what has `attribute` later (or earlier) than `limit` may come."""

    filter: str
    attribute: str
    later: bool
    limit: float

    def allows(self, value: float | None) -> bool:
        """Whether a point in time fits; unknown ones are not judged here."""
        return value is None or (value >= self.limit if self.later else value <= self.limit)

    def demands(self, value: float | None) -> bool:
        """Whether a point in time fits beyond doubt: the limit itself may be read either way."""
        return value is not None and (value > self.limit if self.later else value < self.limit)

    @property
    def text(self) -> str:
        """The value of the parameter."""
        return datetime.fromtimestamp(self.limit, UTC).isoformat(timespec="seconds")


def with_parameter(url: str, name: str, value: str) -> str:
    """`url` with one more (or changed) query parameter."""
    parts = parts_of(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return urlunsplit(parts._replace(query=urlencode([*kept, (name, value)])))


def lists_of_each_kind(crawl: Crawl) -> Iterator[ListRecord]:
    """The longest complete list of each type, in the order in which the types were met."""
    longest: dict[str, ListRecord] = {}
    for kept in crawl.lists.values():
        if kept.complete and len(kept.members) > len(longest.get(kept.kind, ListRecord("", "", "")).members):
            longest[kept.kind] = kept
    return iter(longest.values())


class Filtering:
    """Asks the questions and reports through the survey."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._survey = crawl.survey
        self.asked = 0
        self._known: dict[str, set[str]] = {}

    def judge(self, kept: ListRecord) -> None:
        """All filters on one list. Raises `Exhausted`."""
        for name, (attribute, later) in self._survey.model.filters.items():
            question = self._question(kept, name, attribute, later)
            if question is not None:
                self.asked += 1
                self._ask(kept, question)

    def _question(self, kept: ListRecord, name: str, attribute: str, later: bool) -> Question | None:
        times = sorted(
            time for _, one in members_of(self._crawl, kept) if (time := getattr(one, attribute)) is not None
        )
        if not times:
            return None
        return Question(name, attribute, later, _limit(times, later))

    def _ask(self, kept: ListRecord, question: Question) -> None:
        pages = self._pages(kept)
        returned: set[str] = set()
        broken = False
        first: Page | None = None
        for page in pages.follow(with_parameter(kept.url, question.filter, question.text), PAGES):
            first = first or page
            broken = self._judge_page(kept, question, page, returned) or broken
            if broken:
                break
        if first is None:
            self._refused(kept, question, pages.refused)
            return
        if not broken and pages.complete:
            self._missing(kept, question, returned, first)
            self._first_link(kept, question, first)

    def _members(self, kept: ListRecord) -> set[str]:
        if kept.url not in self._known:
            self._known = {kept.url: set(kept.members)}
        return self._known[kept.url]

    def _pages(self, kept: ListRecord) -> "_Quiet":
        owner, _, name = kept.owner.partition(".")
        return _Quiet(self._survey, kept.kind, owner, name)

    def _refused(self, kept: ListRecord, question: Question, answer: Answer | None) -> None:
        if answer is None or answer.status is None:
            return
        fields = {"type": kept.kind, "filter": question.filter, "status": str(answer.status)}
        self._survey.report(list_codes.FILTER_ERROR, Place(url=answer.url), "filter", **fields)

    def _judge_page(self, kept: ListRecord, question: Question, page: Page, returned: set[str]) -> bool:
        """Note what came; True once something came that the filter excludes."""
        for one in page.objects:
            url = one.content.get("id")
            if isinstance(url, str):
                returned.add(url)
                self._only_filtered(kept, question, one, url)
            if not question.allows(moment(one.content.get(question.attribute))):
                lost = page.number > 1 and not _carries(page.url, question)
                self._excluded(kept, question, one, "next" if lost else None)
                return True
        return False

    def _excluded(self, kept: ListRecord, question: Question, one: Seen, link: str | None) -> None:
        place = one.place(question.attribute)
        fields = {"type": kept.kind, "filter": question.filter}
        if link is None:
            self._survey.report(list_codes.IGNORED, place, "filter", **fields)
        else:
            self._survey.report(list_codes.FILTER_LOST, place, "filter_links", link=link, **fields)

    def _only_filtered(self, kept: ListRecord, question: Question, one: Seen, url: str) -> None:
        """What only a filter on changes brings to light is deleted: remember it, or report that it does not say so."""
        if url in self._members(kept) or question.attribute != "modified" or not question.later:
            return
        if one.deleted:
            self._crawl.take_deleted(one)
        elif (
            self._survey.model.hidden_deleted
            and kept.clean
            and (moment(one.content.get("modified")) or self._crawl.started) < self._crawl.started
        ):
            self._survey.report(list_codes.UNFLAGGED, one.place(), "deleted_shown", type=kept.kind)

    def _missing(self, kept: ListRecord, question: Question, returned: set[str], page: Page) -> None:
        members = members_of(self._crawl, kept)
        for url, one in members:
            if question.demands(getattr(one, question.attribute)) and url not in returned and not one.deleted:
                fields = {"type": kept.kind, "filter": question.filter, "url": url}
                self._survey.report(list_codes.DROPPED, Place(url=page.url), "filter", **fields)

    def _first_link(self, kept: ListRecord, question: Question, page: Page) -> None:
        """links.first must lead to the first page of the filtered list, not of the whole."""
        url = page.links.get("first")
        if not isinstance(url, str) or not is_address(url) or url == page.url or not self._survey.local(url):
            return
        if _carries(url, question):
            return
        pages = self._pages(kept)
        again = pages.page(url, 1)
        for one in () if again is None else again.objects:
            if not question.allows(moment(one.content.get(question.attribute))):
                self._excluded(kept, question, one, "first")
                return


class _Quiet(Pages):
    """Pages of a filtered list: that they cannot be had is the filter's finding, not the list's."""

    refused: Answer | None = None

    def page(self, url: str, number: int) -> Page | None:
        answer = self.survey.get(url)
        if answer.status is None:
            self.survey.unanswered(answer)
            return None
        if answer.status != 200 or not isinstance(answer.content, dict):
            self.refused = answer
            return None
        return self._enveloped(url, number, answer.content)


def _carries(url: str, question: Question) -> bool:
    """Whether an address still names the filter."""
    return question.filter in dict(parse_qsl(parts_of(url).query))


def _limit(times: list[float], later: bool) -> float:
    """A point in time that divides the list: some fit, some do not; beyond all where none would divide it."""
    wanted = min(WANTED, max(1, len(times) // 2))
    if times[0] == times[-1]:
        return floor(times[-1] + MARGIN if later else times[0] - MARGIN)
    return floor(times[-wanted] if later else times[wanted - 1])
