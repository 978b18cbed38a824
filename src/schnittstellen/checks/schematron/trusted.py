"""Reading rules: pinned files of a standard, parsed by lxml alone, never reaching beyond themselves."""

from typing import Any

from lxml import etree

from schnittstellen.artefacts.bundle import ArtefactProblem, Bundle
from schnittstellen.checks.schematron.problem import RulesProblem


def read_xml(bundle: Bundle, path: str) -> etree._Element:
    """Root element of a pinned file; entities that the file itself declares are replaced, nothing else is loaded.

    Raises `RulesProblem`.
    """
    try:
        data = bundle.read(path)
    except ArtefactProblem as problem:
        raise RulesProblem(problem.reason, problem.path) from None
    settings: dict[str, Any] = {"resolve_entities": "internal", "no_network": True, "load_dtd": False}
    try:
        return etree.fromstring(data, etree.XMLParser(**settings))
    except etree.XMLSyntaxError as error:
        raise RulesProblem("syntax", f"{path}:{error.position[0]}: {error.msg}") from None
