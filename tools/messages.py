"""Compiles the message catalogues and says which texts of the source lack an English translation.

python tools/messages.py            compile, list what is missing or obsolete; exit status 1 where something is
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "schnittstellen"
LOCALE = PACKAGE / "locale"
MARKS = ("N_", "_", "gettext", "say", "ngettext", "Line")


def extracted() -> dict[str, str]:
    """Every text of the source that is marked for translation, with the place where it first stands."""
    found: dict[str, str] = {}
    for text, place in (*_from_python(), *_from_templates()):
        found.setdefault(text, place)
    return found


def translated() -> dict[str, str]:
    """Every English translation by its German text."""
    from schnittstellen.catalogues import catalogues, read_po

    sources = dict(catalogues(LOCALE))[LOCALE / "en" / "LC_MESSAGES" / "schnittstellen.mo"]
    return {key: value for po in sources for key, value in read_po(po.read_text(encoding="utf-8")).items()}


def _from_python() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in MARKS:
                text = _text(node)
                if text:
                    yield text, f"{file.relative_to(ROOT)}:{node.lineno}"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        return "" if owner == "gettext" else function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(call: ast.Call) -> str:
    count = 2 if _name(call.func) == "ngettext" else 1
    constants = [one.value for one in call.args[:count] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return "\0".join(constants) if len(constants) == count else ""


def _from_templates() -> Iterator[tuple[str, str]]:
    from jinja2 import Environment

    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for file in sorted(PACKAGE.rglob("*.j2")):
        for line, _, text in environment.extract_translations(file.read_text(encoding="utf-8")):
            first = text[0] if isinstance(text, tuple) else text  # a call with parameters
            if isinstance(first, str):
                yield first, f"{file.relative_to(ROOT)}:{line}"


def main() -> int:
    """Compile, compare, tell."""
    from schnittstellen.catalogues import compile_all

    for file in compile_all(LOCALE):
        print(f"written: {file.relative_to(ROOT)}")
    wanted, there = extracted(), translated()
    missing = [text for text in wanted if text not in there]
    obsolete = [text for text in there if text not in wanted]
    for text in missing:
        print(f"missing: {wanted[text]}: {text!r}")
    for text in obsolete:
        print(f"obsolete: {text!r}")
    return 1 if missing or obsolete else 0


if __name__ == "__main__":
    sys.path.insert(0, str(PACKAGE.parent))
    sys.exit(main())
