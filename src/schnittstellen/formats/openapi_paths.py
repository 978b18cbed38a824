"""Path templates of OpenAPI: which of them an address means (OpenAPI 3.1.1, 4.8.8.2: concrete before templated)."""

import re
from collections.abc import Mapping

from schnittstellen.formats.openapi import Document, Operation

_PARAMETER = re.compile(r"\{([^{}]+)\}")


class Routes:
    """The operations of a document by the paths that lead to them, concrete paths first."""

    def __init__(self, document: Document) -> None:
        ranked = sorted(document.operations(), key=lambda one: _rank(one.path))
        self._routes = [(_pattern(one.path), one) for one in ranked]

    def find(self, method: str, path: str) -> tuple[Operation, Mapping[str, str]] | None:
        """The operation for a method and a path (percent-encoded), and the raw texts of its path parameters."""
        for pattern, operation in self._routes:
            found = pattern.fullmatch(path) if operation.method == method.lower() else None
            if found:
                return operation, dict(zip(_PARAMETER.findall(operation.path), found.groups(), strict=True))
        return None

    def knows(self, path: str) -> bool:
        """Whether any operation has this path."""
        return any(pattern.fullmatch(path) for pattern, _ in self._routes)


def _rank(path: str) -> tuple[int, ...]:
    """Compares segment by segment: without a parameter, with a parameter and text, a parameter alone."""
    return tuple(_openness(segment) for segment in path.split("/"))


def _openness(segment: str) -> int:
    if not _PARAMETER.search(segment):
        return 0
    return 2 if _PARAMETER.fullmatch(segment) else 1


def _pattern(path: str) -> re.Pattern[str]:
    parts = _PARAMETER.split(path)
    return re.compile("".join("([^/]+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))
