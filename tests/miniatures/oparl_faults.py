"""Every switch of the faulty OParl miniature, each one defect that a real product has shown or could show.

Five families, by where the defect is made: in the stock (`BODY_FAULTS`), in an object as it is put out
(`OBJECT_FAULTS`), in a query before it is answered (`LIST_FAULTS`), in a list page (`PAGE_FAULTS`), in the finished
answer (`REPLY_FAULTS`).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.miniatures.council import Council, Object
    from tests.miniatures.oparl import App


@dataclass(slots=True)
class Reply:
    """An answer before it is sent; `kind` is object, list or file."""

    status: int
    headers: dict[str, str]
    body: bytes
    kind: str = "object"


ObjectFault = Callable[["Object", str, bool, "Council"], "Object"]
PageFault = Callable[[dict[str, Any], str, dict[str, str], "App"], dict[str, Any]]
ListFault = Callable[[dict[str, str], str], dict[str, str]]
ReplyFault = Callable[[Reply, str, str, dict[str, str]], Reply]


def _of(path: str, kind: str) -> bool:
    return path.startswith(kind + "/") and "deleted" not in path


def _set(kind: str, **values: Any) -> ObjectFault:
    """Give every object of a kind these values."""
    return lambda one, path, alone, council: {**one, **values} if _of(path, kind) else one


def _without(kind: str, *names: str) -> ObjectFault:
    def fault(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
        return {name: value for name, value in one.items() if name not in names} if _of(path, kind) else one

    return fault


def _renamed(kind: str, old: str, new: str) -> ObjectFault:
    def fault(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
        return {new if name == old else name: value for name, value in one.items()} if _of(path, kind) else one

    return fault


def _changed(kind: str, name: str, change: Callable[[Any], Any]) -> ObjectFault:
    def fault(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
        return {**one, name: change(one[name])} if _of(path, kind) and name in one else one

    return fault


def _in_embedded(kind: str, name: str, change: Callable[["Object"], "Object"]) -> ObjectFault:
    def fault(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
        if not (_of(path, kind) and name in one):
            return one
        value = one[name]
        return {**one, name: [change(inner) for inner in value] if isinstance(value, list) else change(value)}

    return fault


def _alone_only(path: str, **values: Any) -> ObjectFault:
    return lambda one, here, alone, council: {**one, **values} if alone and here == path else one


def _wrong_object(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return council.objects["paper/0-3"] if alone and path == "paper/0-2" else one


def _dead_link(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return {**one, "originatorPerson": [council.url("person/unknown")]} if _of(path, "paper") else one


def _wrong_target(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return {**one, "body": council.url("organization/0-0")} if _of(path, "person") else one


def _mixed_schemes(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    other = (
        one["id"].replace("http://", "https://", 1)
        if "https" not in one["id"]
        else one["id"].replace("https", "http", 1)
    )
    return {**one, "id": other} if _of(path, "organization") else one


def _relative(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return {**one, "body": f"/{path}"} if _of(path, "paper") else one


def _type_of(version: str) -> ObjectFault:
    def fault(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
        other = {"1.1": "1.0", "1.0": "1.1"}[council.version] if version == "other" else version
        return {**one, "type": re.sub(r"/1\.[01]/", f"/{other}/", one["type"])} if _of(path, "paper") else one

    return fault


def _deleted_embedded(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return _in_embedded("meeting", "invitation", lambda inner: {**inner, "deleted": True})(one, path, alone, council)


def _no_flag(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return {name: value for name, value in one.items() if name != "deleted"}


def _bare(one: "Object", path: str, alone: bool, council: "Council") -> "Object":
    return {name: one[name] for name in ("id", "type", "modified", "deleted")} if one.get("deleted") else one


TEXTS = {
    "term": "name",
    "organization": "shortName",
    "membership": "role",
    "agendaitem": "name",
    "consultation": "role",
    "location": "room",
}
OBJECT_FAULTS: dict[str, ObjectFault] = {
    "wrong-property-name": _renamed("body", "name", "bodyName"),
    "null-mandatory": _set("body", name=None),
    "null-optional": _set("paper", reference=None),
    "naive-date-time": _set("meeting", start="2024-03-01T17:00:00"),
    "zulu-date-time": _set("meeting", start="2024-03-01T16:00:00Z"),
    "date-with-time": _set("paper", date="2024-02-01T00:00:00+01:00"),
    "german-date": _set("paper", date="01.02.2024"),
    "array-as-string": _set("person", title="Dr."),
    "number-as-string": _in_embedded("paper", "mainFile", lambda inner: {**inner, "size": str(inner["size"])}),
    "boolean-as-string": _set("meeting", cancelled="false"),
    "reference-as-object": _changed("paper", "body", lambda url: {"id": url}),
    "embedded-as-reference": _changed("meeting", "invitation", lambda inner: inner["id"]),
    "empty-text": _set("paper", reference=""),
    "empty-array": _set("person", phone=[]),
    "unknown-property": _set("person", faxnummer="0"),
    "relative-url": _relative,
    "html-escaped": _set("paper", name="Vorlage &uuml;ber Gr&uuml;n &amp; Blau"),
    "other-version-types": _type_of("other"),
    "unknown-type": lambda one, path, alone, council: (
        {**one, "type": council.kind("Drucksache")} if _of(path, "paper") else one
    ),
    "no-type": _without("paper", "type"),
    "no-id": _without("paper", "id"),
    "no-created": _without("paper", "created"),
    "no-modified-embedded": _in_embedded(
        "person", "membership", lambda inner: {name: inner[name] for name in inner if name != "modified"}
    ),
    "no-list-link": _without("body", "membership"),
    "no-paper-list": _without("body", "paper"),
    "no-access-url": _in_embedded(
        "paper", "mainFile", lambda inner: {name: inner[name] for name in inner if name != "accessUrl"}
    ),
    "no-order": _without("agendaitem", "order"),
    "no-back-reference": _without("agendaitem", "meeting"),
    "wrong-order": _in_embedded("meeting", "agendaItem", lambda inner: {**inner, "order": 7}),
    "bare-geometry": _in_embedded("body", "location", lambda inner: {**inner, "geojson": inner["geojson"]["geometry"]}),
    "no-download-url": _in_embedded(
        "paper", "mainFile", lambda inner: {name: inner[name] for name in inner if name != "downloadUrl"}
    ),
    **{f"number-in-{kind}": _set(kind, **{name: 7}) for kind, name in TEXTS.items()},
    "wrong-object-under-id": _wrong_object,
    "differs-under-id": _alone_only("paper/0-2", name="Ein anderer Titel"),
    "dead-link": _dead_link,
    "wrong-target": _wrong_target,
    "mixed-schemes": _mixed_schemes,
    "deleted-embedded": _deleted_embedded,
    "no-deleted-flag": _no_flag,
    "deleted-bare": _bare,
}


def _system(**changes: Any) -> Callable[["Council"], None]:
    return lambda council: council.objects["system"].update(changes)


def _no_version(council: "Council") -> None:
    del council.objects["system"]["oparlVersion"]


def _other_version(council: "Council") -> None:
    other = {"1.1": "1.0", "1.0": "1.1"}[council.version]
    council.objects["system"].update(
        oparlVersion=f"https://schema.oparl.org/{other}/", type=f"https://schema.oparl.org/{other}/System"
    )


def _foreign_list(council: "Council") -> None:
    council.objects["body/0"]["paper"] = "http://169.254.169.254/papers"


def _wrong_size(council: "Council") -> None:
    council.objects["file/0-0-main"]["size"] += 5


def _mixed_list(council: "Council") -> None:
    council.members["body/0/paper"].insert(2, "meeting/0-0")


def _lost_file(council: "Council") -> None:
    del council.files["file/0-0-main"]


def _broken_links(council: "Council") -> None:
    council.objects["system"]["body"] = "bodies"


def _no_list_of_terms(council: "Council") -> None:
    council.objects["system"]["name"] = ["Musterstadt"]


BODY_FAULTS: dict[str, Callable[["Council"], None]] = {
    "no-oparl-version": _no_version,
    "unknown-oparl-version": _system(oparlVersion="https://schema.oparl.org/9.9/"),
    "other-version": _other_version,
    "array-in-system": _no_list_of_terms,
    "foreign-list": _foreign_list,
    "wrong-file-size": _wrong_size,
    "wrong-type-in-list": _mixed_list,
    "file-missing": _lost_file,
    "relative-body-list": _broken_links,
}


def _dropping(*names: str) -> ListFault:
    return lambda query, path: {name: value for name, value in query.items() if name not in names}


LIST_FAULTS: dict[str, ListFault] = {
    "filters-ignored": _dropping("created_since", "created_until", "modified_since", "modified_until"),
    "created-until-ignored": _dropping("created_until"),
    "omit-ignored": _dropping("omit_internal"),
    "filter-drops-all": lambda query, path: (
        {**query, "modified_since": "2999-01-01T00:00:00+00:00"} if "modified_since" in query else query
    ),
}


def _links(change: Callable[[dict[str, str], str], dict[str, str]]) -> PageFault:
    def fault(content: dict[str, Any], path: str, query: dict[str, str], app: "App") -> dict[str, Any]:
        return {**content, "links": change(dict(content["links"]), path)}

    return fault


def _loop(links: dict[str, str], path: str) -> dict[str, str]:
    return {**links, "next": links["first"]} if "next" not in links and "prev" in links else links


def _foreign_next(links: dict[str, str], path: str) -> dict[str, str]:
    return {**links, "next": "http://10.0.0.1/list?page=2"} if "next" in links else links


def _lost_filter(links: dict[str, str], path: str) -> dict[str, str]:
    return {name: re.sub(r"(created|modified)_(since|until)=[^&]*&", "", url) for name, url in links.items()}


def _drop_link(links: dict[str, str], path: str) -> dict[str, str]:
    return {name: url for name, url in links.items() if name != "next"}


def _null_next(links: dict[str, str], path: str) -> dict[str, Any]:
    return {"next": None, **links}


def _duplicate(content: dict[str, Any], path: str, query: dict[str, str], app: "App") -> dict[str, Any]:
    if query.get("page") == "2" and content["data"]:
        again = app.render(app.council.members[path][0], alone=False)
        return {**content, "data": [again, *content["data"][1:]]}
    return content


def _figures(**values: Any) -> PageFault:
    return lambda content, path, query, app: {**content, "pagination": {**content["pagination"], **values}}


def _uneven(content: dict[str, Any], path: str, query: dict[str, str], app: "App") -> dict[str, Any]:
    if query.get("page", "1") == "1":
        return content
    return {**content, "pagination": {**content["pagination"], "elementsPerPage": 2}}


def _unstable(content: dict[str, Any], path: str, query: dict[str, str], app: "App") -> dict[str, Any]:
    return {**content, "data": content["data"][::-1]} if len(app.requests) % 2 else content


def _deleted_shown(content: dict[str, Any], path: str, query: dict[str, str], app: "App") -> dict[str, Any]:
    if path == "body/0/paper" and "page" not in query and "modified_since" not in query:
        gone = app.render("paper/0-deleted", alone=False)
        return {**content, "data": [*content["data"], gone]}
    return content


PAGE_FAULTS: dict[str, PageFault] = {
    "page-loop": _links(_loop),
    "foreign-next": _links(_foreign_next),
    "filter-lost-in-links": _links(_lost_filter),
    "no-next": _links(_drop_link),
    "null-next": _links(_null_next),
    "duplicate-element": _duplicate,
    "wrong-total": _figures(totalElements=999),
    "wrong-page-number": _figures(currentPage=0),
    "uneven-pages": _uneven,
    "unstable-order": _unstable,
    "deleted-in-list": _deleted_shown,
    "no-pagination": lambda content, path, query, app: {"data": content["data"], "links": content["links"]},
    "data-as-object": lambda content, path, query, app: {**content, "data": {"items": content["data"]}},
    "list-without-envelope": lambda content, path, query, app: content["data"],  # type: ignore[return-value]
}


def _reply(fits: Callable[[Reply, str, dict[str, str]], bool], change: Callable[[Reply], Reply]) -> ReplyFault:
    return lambda reply, method, path, query: change(reply) if fits(reply, path, query) else reply


def _json_replies(reply: Reply, path: str, query: dict[str, str]) -> bool:
    return reply.kind != "file" and reply.status == 200


def _at(*paths: str) -> Callable[[Reply, str, dict[str, str]], bool]:
    return lambda reply, path, query: path in paths


def _errors(reply: Reply, path: str, query: dict[str, str]) -> bool:
    return reply.status == 404


def _header(name: str, value: str | None) -> Callable[[Reply], Reply]:
    def change(reply: Reply) -> Reply:
        reply.headers = {key: one for key, one in reply.headers.items() if key != name}
        if value is not None:
            reply.headers[name] = value
        return reply

    return change


def _replaced(status: int, body: bytes, media: str = "text/html") -> Callable[[Reply], Reply]:
    return lambda reply: Reply(status, {**reply.headers, "Content-Type": media}, body, reply.kind)


def _body(change: Callable[[bytes], bytes]) -> Callable[[Reply], Reply]:
    return lambda reply: Reply(reply.status, reply.headers, change(reply.body), reply.kind)


def _refuse_head(reply: Reply, method: str, path: str, query: dict[str, str]) -> Reply:
    return Reply(405, {}, b"", reply.kind) if method == "HEAD" else reply


def _no_304(reply: Reply, method: str, path: str, query: dict[str, str]) -> Reply:
    return Reply(200, reply.headers, b"%PDF-1.4", reply.kind) if reply.status == 304 and reply.kind == "file" else reply


def _error_ok(reply: Reply) -> Reply:
    return Reply(200, reply.headers, reply.body, reply.kind)


def _filter_error(reply: Reply, path: str, query: dict[str, str]) -> bool:
    return "created_since" in query


HTML = b"<!DOCTYPE html><html><body>Fehler</body></html>"
REPLY_FAULTS: dict[str, ReplyFault] = {
    "error-500": _reply(_at("body/0/meeting"), _replaced(500, HTML)),
    "deleted-404": _reply(_at("paper/0-deleted"), _replaced(404, b"{}", "application/json")),
    "not-under-own-id": _reply(_at("paper/0-4"), _replaced(404, b"{}", "application/json")),
    "html-media-type": _reply(_json_replies, _header("Content-Type", "text/html")),
    "latin-1": _reply(_json_replies, _header("Content-Type", "application/json; charset=iso-8859-1")),
    "no-cors": _reply(_json_replies, _header("Access-Control-Allow-Origin", None)),
    "cors-for-one": _reply(_json_replies, _header("Access-Control-Allow-Origin", "https://www.musterstadt.example")),
    "cors-without-get": _reply(_json_replies, _header("Access-Control-Allow-Methods", "POST, PUT")),
    "html-page": _reply(_at("organization/0-2"), _replaced(200, HTML)),
    "byte-order-mark": _reply(_json_replies, _body(lambda body: b"\xef\xbb\xbf" + body)),
    "trailing-garbage": _reply(_at("person/0-2"), _body(lambda body: body + b"<!-- 3 ms -->")),
    "invalid-utf-8": _reply(_at("person/0-2"), _body(lambda body: body.replace(b"Muster", b"M\xfcller"))),
    "not-a-number": _reply(_at("file/0-0-main"), _body(lambda body: re.sub(rb'"size": \d+', b'"size": NaN', body))),
    "html-errors": _reply(_errors, _replaced(404, HTML)),
    "errors-are-200": _reply(_errors, _error_ok),
    "bare-errors": _reply(_errors, _replaced(404, json.dumps({"error": "nope"}).encode(), "application/json")),
    "head-refused": _refuse_head,
    "no-304": _no_304,
    "no-validators": lambda reply, method, path, query: (
        Reply(
            reply.status,
            {name: value for name, value in reply.headers.items() if name not in ("ETag", "Last-Modified")},
            reply.body,
            reply.kind,
        )
        if reply.kind == "file"
        else reply
    ),
    "access-as-attachment": _reply(
        lambda reply, path, query: path.startswith("access/"), _header("Content-Disposition", "attachment")
    ),
    "download-inline": _reply(
        lambda reply, path, query: path.startswith("download/"), _header("Content-Disposition", None)
    ),
    "wrong-file-type": _reply(
        lambda reply, path, query: path.startswith("access/"), _header("Content-Type", "text/plain")
    ),
    "filter-error": _reply(_filter_error, _replaced(500, HTML)),
}
FAULTS = tuple(sorted({*BODY_FAULTS, *OBJECT_FAULTS, *LIST_FAULTS, *PAGE_FAULTS, *REPLY_FAULTS}))
