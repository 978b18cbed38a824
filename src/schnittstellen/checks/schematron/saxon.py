"""The one Saxon of this process: no network, no files, no DTD, nothing on the terminal.

saxonche is imported when the first stylesheet is compiled. It is given only text that lxml parsed safely and wrote
itself. It holds the GIL while it runs, and does not survive a fork: a child process that needs it must be started anew
(spawn or forkserver), or fork before the first use here.
"""

import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

_FEATURE = "http://saxon.sf.net/feature/"
_SETTINGS = {
    "allowedProtocols": "data",
    "parserFeature?uri=http%3A//apache.org/xml/features/disallow-doctype-decl": "true",
}
_terminal = threading.RLock()
_NO_MATCH = re.compile(
    r"Warning [^\n]*\bon\s+line\s+(\d+)\b[^:]*:[^:]*:\s+(\w+)\s+An\s+error\s+occurred\s+matching\s+pattern", re.DOTALL
)
_WHERE = re.compile(r" of file:/\S*/(?=[:\s]|\Z)")


class SaxonError(Exception):
    """Saxon could not compile or run a stylesheet; the text may quote message content."""


class Processor:
    """Compiles and parses. Use `processor()`, which makes one for each process."""

    def __init__(self) -> None:
        import saxonche  # type: ignore[import-not-found]

        self.error: type[Exception] = saxonche.PySaxonApiError
        self._saxon = saxonche.PySaxonProcessor(license=False)
        for name, value in _SETTINGS.items():
            self._saxon.set_configuration_property(_FEATURE + name, value)
        self.version: str = str(self._saxon.version)
        self._xslt = self._saxon.new_xslt30_processor()

    def compile(self, stylesheet: etree._Element) -> "Stylesheet":
        """An executable stylesheet. Raises `SaxonError`."""
        text = etree.tostring(stylesheet, encoding="unicode")
        with silent_terminal():
            try:
                executable = self._xslt.compile_stylesheet(stylesheet_text=text, encoding="UTF-8")
            except self.error as error:
                raise SaxonError(_one_line(error)) from None
        return Stylesheet(self, executable)

    def document(self, tree: etree._Element | etree._ElementTree) -> Any:
        """The XDM document of a tree that lxml parsed. Raises `SaxonError`."""
        with silent_terminal():
            try:
                return self._saxon.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"), encoding="UTF-8")
            except self.error as error:
                raise SaxonError(_one_line(error)) from None

    def documents(self, nodes: Mapping[str, Any]) -> Any:
        """An XDM map from text to documents."""
        return self._saxon.make_map2(dict(nodes))

    def holds(self, condition: str, document: Any, namespaces: Mapping[str, str]) -> bool:
        """Effective boolean value of an XPath 3.1 condition on a document. Raises `SaxonError`."""
        xpath = self._saxon.new_xpath_processor()
        with silent_terminal():
            try:
                for prefix, uri in namespaces.items():
                    xpath.declare_namespace(prefix, uri)
                xpath.set_context(xdm_item=document)
                return bool(xpath.effective_boolean_value(condition))
            except self.error as error:
                raise SaxonError(_one_line(error)) from None

    def nothing(self) -> Any:
        """The empty sequence."""
        return self._saxon.empty_sequence()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A match pattern that could not be evaluated: XSLT says that it then matches nothing, which would hide a rule.

    `line` is that of its template in the stylesheet as compiled, `code` the error.
    """

    line: int
    code: str


class Stylesheet:
    """A compiled stylesheet; used by one thread at a time. `unmatched` tells of the last run."""

    def __init__(self, made_by: Processor, executable: Any) -> None:
        self.unmatched: tuple[Unmatched, ...] = ()
        self._processor = made_by
        self._executable = executable
        executable.set_capture_result_documents(True)
        executable.set_save_xsl_message(True)

    def set(self, name: str, value: Any) -> None:
        """Set a stylesheet parameter, named in Clark notation, to an XDM value."""
        self._executable.set_parameter(name, value)

    def run(self, document: Any) -> str:
        """The serialised result for a document of `Processor.document`. Raises `SaxonError`."""
        with silent_terminal():
            _printed()
            try:
                output = str(self._executable.transform_to_string(xdm_node=document) or "")
            except self._processor.error as error:
                raise SaxonError(_one_line(error)) from None
            self.unmatched = tuple(Unmatched(int(one[1]), one[2]) for one in _NO_MATCH.finditer(_printed()))
        return output

    def messages(self) -> str:
        """What xsl:message said in the last run."""
        said = self._executable.get_xsl_messages()
        return "" if said is None else str(said)


def processor() -> Processor:
    """The processor of this process, made at first use."""
    return _processor_of(os.getpid())


@cache
def _processor_of(pid: int) -> Processor:  # noqa: ARG001
    return Processor()


@contextmanager
def silent_terminal() -> Iterator[None]:
    """Catch what native code writes to standard error: Saxon prints every error and warning there itself."""
    with _terminal:
        try:
            kept = os.dup(2)
        except OSError:
            yield
            return
        try:
            os.dup2(_caught(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@cache
def _caught() -> int:
    """Descriptor of the file, in no folder, that catches what Saxon prints."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _printed() -> str:
    """What was caught since this was last asked."""
    size = os.fstat(_caught()).st_size
    if not size:
        return ""
    text = os.pread(_caught(), size, 0).decode(errors="replace")
    os.ftruncate(_caught(), 0)
    os.lseek(_caught(), 0, os.SEEK_SET)
    return text


def _one_line(error: Exception) -> str:
    """The error's text without the working folder, which Saxon takes for the address of a stylesheet without one."""
    return _WHERE.sub("", " ".join(str(error).split()))
