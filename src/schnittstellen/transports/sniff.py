"""What a file is, by its first bytes and its name: a message to judge, an archive, or something that lies beside."""

from enum import Enum
from pathlib import PurePosixPath

HEAD = 512
"""How many first bytes `sniff` wants to see."""


class Sort(Enum):
    """What a file is to a run."""

    MESSAGE = "message"
    ZIP = "zip"
    ARCHIVE = "archive"
    BESIDE = "beside"


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
}
_TAR_AT = 257
"""Where a tar file of POSIX and of GNU says what it is."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")
_EBCDIC_DECLARATION = b"\x4c\x6f\xa7\x94"
_MESSAGES = (".xml",)
_ZIPS = (".zip", ".xdomea")
_OFFICE = (
    *(".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".odt", ".ods", ".odp", ".odg", ".odf"),
    *(".epub", ".jar", ".vsdx", ".kmz", ".asice", ".asics"),
)
_OFFICE_STARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"mimetype", b"META-INF/", b"customXml/", b"word/")
_OTHER_MARKUP = (".htm", ".html", ".xhtml", ".svg", ".xsd", ".xsl", ".xslt", ".sch", ".dtd", ".wsdl", ".rng")


def sniff(name: str, head: bytes) -> Sort:
    """What the file `name` is that begins with `head`. Content outweighs the name, but a name can ask for judgement."""
    suffix = PurePosixPath(name.lower()).suffix
    if head.startswith(_ZIP):
        return Sort.BESIDE if _is_office(suffix, head) else Sort.ZIP
    if suffix in _ZIPS and not looks_like_xml(head):
        return Sort.ZIP
    if suffix in _MESSAGES:
        return Sort.MESSAGE
    if archive_kind(head) is not None:
        return Sort.ARCHIVE
    return Sort.MESSAGE if looks_like_xml(head) and suffix not in _OTHER_MARKUP else Sort.BESIDE


def is_message_name(name: str) -> bool:
    """Whether the name alone asks for judgement, whatever the content is."""
    return name[-4:].lower() in _MESSAGES


def archive_kind(head: bytes) -> str | None:
    """Name of the archive or packing format other than ZIP, or None."""
    if head[_TAR_AT:].startswith(b"ustar"):
        return "tar"
    return next((kind for magic, kind in _ARCHIVES.items() if head.startswith(magic)), None)


def is_zip(head: bytes) -> bool:
    """Whether the bytes begin a ZIP file."""
    return head.startswith(_ZIP)


def looks_like_xml(head: bytes) -> bool:
    """Whether the first character that is not white space is `<`, in any encoding that XML may have."""
    if head.startswith(_EBCDIC_DECLARATION):
        return True
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    return head[len(mark) :].lstrip(b"\x00 \t\r\n").startswith(b"<")


def _is_office(suffix: str, head: bytes) -> bool:
    return suffix in _OFFICE or head[30:].startswith(_OFFICE_STARTS)
