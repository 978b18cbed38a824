"""publiccode.yml, the description that public software carries in its repository (publiccode.net, 0.2 to 0.7)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schnittstellen.domain.texts import Line
from schnittstellen.formats.publiccode.files import judge_files
from schnittstellen.formats.publiccode.shapes import Remark
from schnittstellen.formats.publiccode.standard import PUBLICCODE
from schnittstellen.formats.yaml_tree import Node, UnreadableYaml, read_yaml

__all__ = ["Publiccode", "Remark", "read_publiccode"]


@dataclass(frozen=True, slots=True)
class Publiccode:
    """What a file says and what is to be said of it. `content` is empty where the file could not be read at all.

    Texts stay as written (version "1.10" is "1.10"); truth values are True and False; what is empty is left out.
    """

    content: dict[str, Any]
    remarks: tuple[Remark, ...]

    @property
    def accepted(self) -> bool:
        """Whether the standard is kept."""
        return not any(remark.grave for remark in self.remarks)


def read_publiccode(raw: bytes, folder: Path | None = None) -> Publiccode:
    """The file `raw`, judged. With `folder`, files that it names must lie there. Nothing is asked over the network."""
    try:
        document = read_yaml(raw)
    except UnreadableYaml as error:
        told = Line(error.template, **error.parameters)
        return Publiccode({}, (Remark("", error.line, error.column, told),))
    remarks = [*PUBLICCODE.judge(document, "")]
    if document.kind == "map":
        remarks += judge_files(document, folder)
    content = _plain(document)
    ordered = sorted(remarks, key=lambda one: (one.line, one.column, one.key))
    return Publiccode(content if isinstance(content, dict) else {}, tuple(ordered))


def _plain(node: Node) -> Any:
    if node.kind == "map":
        return {name: _plain(value) for name, value in node.entries if value.kind != "nothing"}
    if node.kind == "list":
        return [_plain(item) for item in node.items if item.kind != "nothing"]
    return node.text if node.truth is None else node.truth
