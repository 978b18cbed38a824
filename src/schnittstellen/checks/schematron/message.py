"""The message that is judged, as lxml and Saxon see it; made once and shared by all checks of a payload."""

from typing import Any

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.saxon import processor
from schnittstellen.checks.schematron.svrl import Outcome
from schnittstellen.checks.schematron.validator import validator
from schnittstellen.engine.ports import Payload
from schnittstellen.formats.safe_xml import document as tree_of


def document_of(payload: Payload) -> Any:
    """The XDM document made of the tree that lxml parsed safely. Raises `XmlProblem`, `SaxonError`."""
    if "xdm" not in payload.memo:
        payload.memo["xdm"] = processor().document(tree_of(payload))
    return payload.memo["xdm"]


def outcome_of(payload: Payload, bundle: Bundle, path: str, phase: str | None) -> Outcome:
    """What the rules at `path` say of the payload. Raises what `Validator.judge` raises, and `XmlProblem`."""
    kept: dict[tuple[str, str | None], Outcome] = payload.memo.setdefault("schematron", {})
    if (path, phase) not in kept:
        kept[path, phase] = validator(bundle, path, phase).judge(document_of(payload))
    return kept[path, phase]
