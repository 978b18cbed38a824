"""The crawl: from the entry over all lists to every object, breadth first, each object once, in a fixed order."""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from schnittstellen.checks.hypermedia import list_codes, object_codes, reach_codes
from schnittstellen.checks.hypermedia.forms import is_address
from schnittstellen.checks.hypermedia.lists import Page, Pages, Tally
from schnittstellen.checks.hypermedia.model import ObjectType
from schnittstellen.checks.hypermedia.objects import Objects, Seen
from schnittstellen.checks.hypermedia.records import ListRecord, Record, Reference, differences, fingerprint, record
from schnittstellen.checks.hypermedia.survey import UNREAD, Demand, Exhausted, Survey
from schnittstellen.domain.finding import Place

FILES_KEPT = 100


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a crawl goes: objects of each type asked for under their id, and lists of each kind that only repeat
    what the entry's lists hold."""

    by_id: int = 300
    side_lists: int = 25


@dataclass(slots=True)
class Crawl:
    """Done in two phases, each once: `walk_lists`, then `walk_objects`."""

    survey: Survey
    extent: Extent
    objects: Objects = field(init=False)
    records: dict[str, Record] = field(default_factory=dict)
    lists: dict[str, ListRecord] = field(default_factory=dict)
    references: dict[tuple[str, str], Reference] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    phase: str = "new"
    _files: int = 0
    _stride: int = 1
    started: float = field(default_factory=time.time)
    _pending: deque[tuple[str, str, str, str]] = field(default_factory=deque)
    _side: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.objects = Objects(self.survey)

    def walk_lists(self) -> None:
        """Read the entry, follow every list to its end, judge every object in them."""
        if self.phase != "new":
            return
        self.phase = "lists"
        try:
            self._entry()
            while self._pending:
                self._list(*self._pending.popleft())
        except Exhausted as end:
            self._unfinished(end)

    def walk_objects(self) -> None:
        """Ask for objects under their ids: those of lists, embedded ones, those only referred to."""
        self.walk_lists()
        if self.phase != "lists":
            return
        self.phase = "objects"
        try:
            for url in self._chosen():
                self._by_id(url)
            self._references()
        except Exhausted as end:
            self._unfinished(end)

    def take_deleted(self, one: Seen) -> None:
        """Judge and remember a deleted object that only a filter brought to light; it must be under its id, too."""
        url = one.content.get("id")
        if isinstance(url, str) and url not in self.records:
            self._take(one)

    def _unfinished(self, end: Exhausted) -> None:
        self.survey.report(reach_codes.NOT_FINISHED, Place(url=self.survey.seen.url), problem=end.problem)

    def _entry(self) -> None:
        url = self.survey.seen.url
        answer = self.survey.get(url)
        if answer.status is None:
            self.survey.unanswered(answer)
        elif isinstance(answer.content, dict):
            self._take(Seen(answer.content, url, "", self.survey.model.entry, alone=True))

    def _take(self, one: Seen) -> str | None:
        """Judge an object, record it and what is embedded in it, note where its links lead; returns its id."""
        own: str | None = None
        for inner, known in self.objects.judge(one):
            url = inner.content.get("id")
            if isinstance(url, str) and is_address(url):
                own = url if inner is one else own
                if not (inner.depth and inner.deleted):
                    self._record(url, inner, known)
            if not inner.deleted:
                self._links(inner, known)
        return own

    def _record(self, url: str, one: Seen, known: ObjectType) -> None:
        if not self.survey.local(url):
            if not self.survey.other_scheme(url):
                fields = {"type": known.name, "property": "id"}
                self.survey.report(reach_codes.FOREIGN, one.place("id"), "canonical", **fields)
            return
        if url not in self.records or (not one.depth and self.records[url].fingerprint == b""):
            self.records[url] = record(one.content, known, one.url, one.pointer)
            if known.links("file") and not one.deleted:
                self._keep_file(one.content)

    def _keep_file(self, file: Mapping[str, Any]) -> None:
        """Keep files from all over the stock: each n-th, where n doubles whenever there are too many."""
        self._files += 1
        if self._files % self._stride == 0:
            self.files.append(dict(file))
        if len(self.files) > FILES_KEPT:
            self.files, self._stride = self.files[1::2], self._stride * 2

    def _links(self, one: Seen, known: ObjectType) -> None:
        for own in known.links("list"):
            url = one.content.get(own.name)
            if isinstance(url, str) and is_address(url):
                self._note_list(one, known, own.name, own.target, url)
        for own in known.links("object"):
            value = one.content.get(own.name)
            for url in value if isinstance(value, list) else [value]:
                if isinstance(url, str) and is_address(url):
                    self._note_reference(one, known, own.name, own.target, url)

    def _note_list(self, one: Seen, known: ObjectType, name: str, target: str, url: str) -> None:
        if url in self.lists:
            return
        if not self.survey.local(url):
            if not self.survey.other_scheme(url):
                fields = {"type": known.name, "property": name}
                self.survey.report(reach_codes.FOREIGN, one.place(name), Demand(known.requirement), **fields)
            return
        if not self._main(known.name):
            self._side[known.name, name] = self._side.get((known.name, name), 0) + 1
            if self._side[known.name, name] > self.extent.side_lists:
                return
        self.lists[url] = ListRecord(target, url, f"{known.name}.{name}")
        self._pending.append((url, target, known.name, name))

    def _main(self, name: str) -> bool:
        """Whether lists of this type are the only way to what they hold: the entry's, and those of what it lists."""
        entry = self.survey.model.types[self.survey.model.entry]
        return name in (entry.name, *(own.target for own in entry.links("list")))

    def _note_reference(self, one: Seen, known: ObjectType, name: str, target: str, url: str) -> None:
        if not self.survey.local(url):
            self.survey.foreign += 1
        elif (url, target) not in self.references:
            self.references[url, target] = Reference(target, known.name, name, one.url, f"{one.pointer}/{name}")

    def _list(self, url: str, target: str, owner: str, name: str) -> None:
        kept = self.lists[url]
        pages = Pages(self.survey, target, owner, name)
        tally = Tally(self.survey, target)
        members: set[str] = set()
        clean = True
        for page in pages.follow(url):
            if page.number > 1 and page.objects and members.issuperset(_ids(page)):
                pages.loop(page)
                break
            clean &= self._members(page, kept, members)
            tally.add(page)
            if page.number == 1 and self._first_of_kind(kept):
                self._again(page, pages)
        kept.complete = pages.complete and tally.end(clean=clean)
        kept.clean = clean

    def _members(self, page: Page, kept: ListRecord, members: set[str]) -> bool:
        clean = True
        for one in page.objects:
            own = self._take(one)
            if one.deleted and self.survey.model.hidden_deleted:
                self.survey.report(list_codes.DELETED_LISTED, one.place(), "deleted_hidden", type=kept.kind)
                clean = False
            if own is None:
                continue
            if own in members:
                self.survey.report(list_codes.DUPLICATE, one.place("id"), "once", type=kept.kind)
                clean = False
            else:
                members.add(own)
                kept.members.append(own)
        return clean

    def _first_of_kind(self, kept: ListRecord) -> bool:
        return next(one for one in self.lists.values() if one.kind == kept.kind) is kept

    def _again(self, page: Page, pages: Pages) -> None:
        """Ask for the first page a second time: its order must be the same."""
        second = pages.page(page.url, page.number)
        if second is not None and sorted(_ids(page)) == sorted(_ids(second)) and _ids(page) != _ids(second):
            self.survey.report(list_codes.UNSTABLE, Place(url=page.url), "once", type=pages.kind)

    def _chosen(self) -> list[str]:
        """Which ids to ask for: all of a type, or as many as allowed, chosen by digest: each run takes the same."""
        by_kind: dict[str, list[str]] = {}
        for url, one in self.records.items():
            if url != self.survey.seen.url:
                by_kind.setdefault(one.kind, []).append(url)
        chosen: set[str] = set()
        for kind, urls in by_kind.items():
            few = urls if len(urls) <= self.extent.by_id else sorted(urls, key=_digest)[: self.extent.by_id]
            self.asked[kind] = len(few)
            chosen.update(few)
        return [url for url in self.records if url in chosen]

    def _by_id(self, url: str) -> None:
        before = self.records[url]
        place = Place(url=url)
        answer = self.survey.get(url)
        if answer.status is None:
            self.survey.unanswered(answer)
        elif answer.status != 200:
            status = str(answer.status)
            if before.deleted:
                self.survey.report(list_codes.DELETED_GONE, place, "deleted", type=before.kind, status=status)
            else:
                self.survey.report(object_codes.NOT_UNDER_ID, place, "own_id", type=before.kind, status=status)
        elif isinstance(answer.content, dict):
            self._compare(url, before, answer.content)
        elif answer.content is not UNREAD:
            self.survey.report(object_codes.OTHER_UNDER_ID, place, "canonical", type=before.kind)

    def _compare(self, url: str, before: Record, content: dict[str, Any]) -> None:
        one = Seen(content, url, "", before.kind, alone=True)
        found = content.get("id")
        if isinstance(found, str) and found != url:
            self.survey.report(object_codes.OTHER_UNDER_ID, one.place("id"), "canonical", type=before.kind)
            return
        known = self.survey.model.types[before.kind]
        if before.deleted:
            if not one.deleted:
                place = one.place()
                self.survey.report(list_codes.DELETED_GONE, place, "deleted", type=before.kind, status="200")
            return
        self._take(one)
        after = record(content, known, url, "")
        if after.modified == before.modified and not one.deleted:
            for name in differences(before.fingerprint, fingerprint(content, known), known):
                fields = {"type": before.kind, "property": name, "other": before.url}
                self.survey.report(object_codes.DIFFERS, one.place(name), "own_id", **fields)

    def _references(self) -> None:
        """What is only referred to: once for each address, as many of each type as allowed."""
        asked: dict[str, int] = {}
        for (url, _), mention in list(self.references.items()):
            known = self.records.get(url)
            if known is not None:
                self._kind_of(url, known.kind, mention)
            elif asked.get(mention.target, 0) < self.extent.by_id:
                asked[mention.target] = asked.get(mention.target, 0) + 1
                self._mentioned(url, mention)

    def _kind_of(self, url: str, found: str, mention: Reference) -> None:
        if found != mention.target:
            fields = {"type": found, "expected": mention.target, "property": f"{mention.owner}.{mention.property}"}
            place = Place(url=mention.url, pointer=mention.pointer)
            self.survey.report(object_codes.WRONG_KIND, place, "reference", url=url, **fields)

    def _mentioned(self, url: str, mention: Reference) -> None:
        answer = self.survey.get(url)
        place = Place(url=mention.url, pointer=mention.pointer)
        if answer.status is None:
            self.survey.unanswered(answer)
        elif answer.status != 200:
            fields = {"type": mention.owner, "property": mention.property, "status": str(answer.status), "url": url}
            self.survey.report(reach_codes.DEAD_LINK, place, "reference", **fields)
        elif isinstance(answer.content, dict):
            self._take(Seen(answer.content, url, "", mention.target, alone=True))


def _ids(page: Page) -> list[str]:
    return [str(one.content.get("id")) for one in page.objects]


def _digest(url: str) -> bytes:
    return sha256(url.encode("utf-8", "surrogatepass")).digest()


def members_of(crawl: Crawl, kept: ListRecord) -> Iterator[tuple[str, Record]]:
    """The records of a list's members."""
    return ((url, crawl.records[url]) for url in kept.members if url in crawl.records)
