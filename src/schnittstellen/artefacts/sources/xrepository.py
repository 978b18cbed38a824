"""The XRepository as a source, over the forms of its REST interface that public programs use.

The forms are a hypothesis: they were read from other programs and tried against a local server, never live. They stand
in this module only, so that a difference is mended here.
"""

import json
import os
import re
from urllib.parse import quote

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.archive import is_zip, read_zip
from schnittstellen.artefacts.sources.files import Tree
from schnittstellen.artefacts.sources.web import STATUS, Answer, fetch, refused, tree_of
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.formats.safe_xml import XmlProblem, parse

BASE = "https://www.xrepository.de"
BASE_VARIABLE = "SCHNITTSTELLEN_XREPOSITORY"

RESOURCE = "/api/xrepository/{kennung}"
CURRENT_LIST = "/api/codeliste/{kennung}/gueltigeVersion"
LIST = "/api/version_codeliste/{kennung}/genericode"
LISTS_OF_STANDARD = "/api/version_standard/{kennung}/genutzteAktuelleCodelisten"
SCHEMA_PART = ":xmlschema"

_VERSIONED = re.compile(r"_[^_:]*\d[^_:]*$")
_WITH_PART = re.compile(r":(xmlschema|schematron|dokument:[^:]+|technischerBestandteil\w+)$")


def read_xrepository(urn: str) -> tuple[Tree, ...]:
    """The files that a URN names: schemas and code lists of a version of a standard, one code list, or one resource.

    Raises `SchnittstellenError`.
    """
    if _WITH_PART.search(urn):
        return (_tree(RESOURCE, urn, urn),)
    if ":codeliste:" in urn:
        version = urn if _VERSIONED.search(urn) else _version_in_force(urn)
        return (_tree(LIST, version, urn),)
    if not _VERSIONED.search(urn):
        raise SchnittstellenError(faults.URN_WITHOUT_VERSION, source=urn)
    schemas = _tree(RESOURCE, urn + SCHEMA_PART, urn)
    lists = _get(LISTS_OF_STANDARD, urn)
    if lists.status == 404:
        return (schemas,)
    return schemas, _as_tree(lists, urn, f"{_short(urn)}-codelisten")


def _tree(form: str, kennung: str, urn: str) -> Tree:
    answer = _get(form, kennung)
    if answer.status == 404:
        raise SchnittstellenError(faults.NOT_IN_XREPOSITORY, _message(answer), source=urn)
    return _as_tree(answer, urn, _short(kennung))


def _as_tree(answer: Answer, urn: str, name: str) -> Tree:
    if answer.status != 200:
        raise refused(urn, STATUS, status=str(answer.status))
    if is_zip(answer.body):
        return read_zip(answer.body, name, urn)
    tree = tree_of(answer, urn)
    file = f"{name}.xml"
    return Tree(name, urn, {file: next(iter(tree.files.values()))}, addresses={file: urn})


def _version_in_force(urn: str) -> str:
    answer = _get(CURRENT_LIST, urn)
    if answer.status == 404:
        raise SchnittstellenError(faults.NOT_IN_XREPOSITORY, _message(answer), source=urn)
    found = _kennung(answer.body)
    if answer.status != 200 or not found:
        raise refused(urn, STATUS, status=str(answer.status))
    return found


def _kennung(body: bytes) -> str | None:
    """The URN of a version, from the metadata as XML or as JSON."""
    try:
        if body.lstrip().startswith(b"{"):
            value = json.loads(body).get("kennung")
            return value if isinstance(value, str) else None
        named = parse(body).getroot().iter("{*}kennung")
    except (ValueError, XmlProblem):
        return None
    return next((one.text.strip() for one in named if one.text and _VERSIONED.search(one.text.strip())), None)


def _get(form: str, kennung: str) -> Answer:
    base = os.environ.get(BASE_VARIABLE, BASE).rstrip("/")
    return fetch(base + form.format(kennung=quote(kennung, safe=":")))


def _message(answer: Answer) -> str:
    """What the XRepository says about a 404: JSON with `meldung`."""
    try:
        said = json.loads(answer.body).get("meldung", "")
    except (ValueError, AttributeError):
        return ""
    return str(said)[:200]


def _short(urn: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", urn.removesuffix(SCHEMA_PART).rpartition(":")[2])
