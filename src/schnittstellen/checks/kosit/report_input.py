"""What the KoSIT validator hands to a report stylesheet: createReportInput, framework version 1.

Built as for a message that is well-formed and valid against the schemas: for any other KoSIT asks neither rules nor
acceptMatch but rejects.
"""

import base64
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime

from lxml import etree

from schnittstellen import __version__
from schnittstellen.checks.kosit.scenario import Scenario, tag

_NAMESPACE = "http://www.xoev.de/de/validator/framework/1/createreportinput"


def report_input(
    scenario: Scenario, outputs: Sequence[etree._Element], name: str, sha256: str, now: datetime
) -> etree._Element:
    """`outputs` are the SVRL documents of the scenario's rules in their order, `sha256` is in hexadecimal digits."""
    root = etree.Element(_in("createReportInput"), nsmap={"in": _NAMESPACE}, frameworkVersion="1.0.0")
    _add(_add(root, "engine"), "name", f"schnittstellen {__version__}")
    _add(root, "timestamp", now.isoformat(timespec="seconds"))
    _add_identification(root, name, sha256)
    root.append(deepcopy(scenario.element))
    _add(root, "validationResultsWellformedness")
    schema = _add(root, "validationResultsXmlSchema")
    schema.extend(map(deepcopy, scenario.element.findall(f"{tag('validateWithXmlSchema')}/{tag('resource')}")))
    resources = scenario.element.findall(f"{tag('validateWithSchematron')}/{tag('resource')}")
    for resource, output in zip(resources, outputs, strict=True):
        result = _add(root, "validationResultsSchematron")
        result.append(deepcopy(resource))
        _add(result, "results").append(output)
    return root


def _add_identification(root: etree._Element, name: str, sha256: str) -> None:
    identification = _add(root, "documentIdentification")
    digest = _add(identification, "documentHash")
    _add(digest, "hashAlgorithm", "SHA-256")
    _add(digest, "hashValue", base64.b64encode(bytes.fromhex(sha256)).decode())
    _add(identification, "documentReference", name)


def _in(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, _in(name))
    made.text = text
    return made
