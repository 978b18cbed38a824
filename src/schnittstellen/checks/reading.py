"""How checks of XML get at the message: parsed once, safely, and *not tested* where it cannot be read."""

from lxml import etree

from schnittstellen.checks import reading_codes as codes
from schnittstellen.domain.finding import CannotJudge, Finding, Place
from schnittstellen.engine.ports import Observation, Payload
from schnittstellen.formats.safe_xml import XmlProblem, document

CODES = (codes.NOT_READABLE, codes.NOT_A_PAYLOAD)
"""Codes that every user of this module can give."""


def payload_of(seen: Observation, check: str) -> Payload:
    """`seen` as a payload. Raises `CannotJudge`."""
    if isinstance(seen, Payload):
        return seen
    raise CannotJudge(Finding(codes.NOT_A_PAYLOAD.id, parameters={"check": check, "name": seen.name}))


def tree_of(payload: Payload) -> etree._ElementTree:
    """The parsed message, shared by all checks: copy it before you change it. Raises `CannotJudge`."""
    try:
        return document(payload)
    except XmlProblem as problem:
        raise unreadable(problem) from None


def finding_of(problem: XmlProblem) -> Finding:
    """What `xml.wellformed` says of text that is refused or not well-formed."""
    place = Place(problem.line, problem.column)
    return Finding(codes.BY_REASON[problem.reason].id, place, {"detail": problem.detail or problem.reason})


def unreadable(problem: XmlProblem) -> CannotJudge:
    """What every other check says of it."""
    code = codes.BY_REASON[problem.reason].id
    return CannotJudge(Finding(codes.NOT_READABLE.id, Place(problem.line, problem.column), {"code": code}))
