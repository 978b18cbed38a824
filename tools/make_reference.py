"""Writes docs/reference/ from the code: findings, commands, written forms.

python tools/make_reference.py            write the pages
python tools/make_reference.py --check    exit status 1 where a page is not up to date
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTICE = "<!-- Erzeugt von tools/make_reference.py; Änderungen gehören in die Quelltexte. -->"
FAMILIES = {
    "A": "Programmierschnittstellen",
    "C": "Codelisten",
    "E": "Ablauf der Prüfung",
    "M": "Erkennen der Nachricht",
    "S": "Standards und ihre Dateien",
    "T": "Lesen der Eingaben",
    "X": "XML-Nachrichten",
}


def pages() -> dict[str, str]:
    """Each page by its file name."""
    return {"befunde.md": _page(_findings()), "befehle.md": _page(_commands()), "formate.md": _page(_formats())}


def main() -> int:
    """Write or check; say what differs."""
    status = 0
    for name, text in pages().items():
        file = FOLDER / name
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv:
            print(f"not up to date: {file.relative_to(ROOT)}")
            status = 1
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print(f"written: {file.relative_to(ROOT)}")
    return status


def _page(lines: Iterator[str]) -> str:
    return "\n".join([NOTICE, "", *lines]).rstrip() + "\n"


def _findings() -> Iterator[str]:
    from schnittstellen import bootstrap
    from schnittstellen.cli.fault_list import catalogue_faults, faults
    from schnittstellen.reports.explaining import KINDS
    from schnittstellen.reports.telling import CAUSES

    codes = sorted(bootstrap.codes().items())
    yield from ("# Befunde und Fehler", "", "Dieselben Texte zeigt `schnittstellen explain CODE`.", "")
    family = ""
    for id, code in codes:
        if id[0] != family:
            family = id[0]
            yield from (f"## {family}: {FAMILIES.get(family, family)}", "")
        yield from (f"### {id} {_plain(code.title)}", "", f"> {_plain(code.message)}", "")
        yield from (f"- **Bedeutung:** {_plain(code.meaning)}", f"- **Warum es zählt:** {_plain(code.why)}")
        yield from (f"- **Abhilfe:** {_plain(code.remedy)}", f"- **Art:** {KINDS[code.kind]}")
        yield from (f"- **Ursache:** {CAUSES[code.cause]}", "")
    yield from ("## Fehler beim Aufruf und in schnittstellen", "", "Sie sagen nichts über das geprüfte Programm.", "")
    yield from ("| Code | Fehler | Abhilfe | Rückgabewert |", "| --- | --- | --- | --- |")
    for id, fault in sorted((faults() | catalogue_faults()).items()):
        yield f"| {id} | {_plain(fault.title)} | {_plain(fault.hint)} | {fault.exit} |"


def _commands() -> Iterator[str]:
    from schnittstellen.cli.main import main as root
    from schnittstellen.i18n import speaking

    yield from ("# Befehle", "", "Dieselben Texte zeigt `schnittstellen BEFEHL --help`.", "")
    with speaking("de"):
        for path, text in _helps(root, "schnittstellen"):
            yield from (f"## {path}", "", "```text", text, "```", "")


def _helps(command: Any, path: str, parent: Any = None) -> Iterator[tuple[str, str]]:
    import click

    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent, terminal_width=80)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            yield from _helps(command.get_command(context, name), f"{path} {name}", context)


def _formats() -> Iterator[str]:
    yield from ("# Written forms", "", "The JSON Schemas ship with the package; these tables follow them.", "")
    for file in sorted((ROOT / "src" / "schnittstellen" / "formats" / "schemas").glob("*.json")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        name = "schnittstellen." + file.stem.replace("-", "/")
        yield from (f"## {name}", "", f"`{file.relative_to(ROOT)}`", "")
        yield from ("| field | type | required | meaning |", "| --- | --- | --- | --- |")
        yield from _fields(schema, schema, "")
        yield ""


def _fields(node: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> Iterator[str]:
    node = _resolved(node, schema)
    for name, field in node.get("properties", {}).items():
        place, target = f"{path}{name}", _resolved(field, schema)
        required = "yes" if name in node.get("required", ()) else ""
        said = field.get("description") or target.get("description", "")
        yield f"| `{place}` | {_kind(target, schema)} | {required} | {_plain(said)} |"
        inner = _resolved(target.get("items", target), schema)
        if "properties" in inner and place.count(".") < 4:
            yield from _fields(inner, schema, f"{place}[]." if "items" in target else f"{place}.")
        more = target.get("additionalProperties")
        if isinstance(more, dict) and "properties" in _resolved(more, schema):
            yield from _fields(more, schema, f"{place}.*.")


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        found: Any = schema
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def _kind(node: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return ", ".join(f"`{one}`" for one in node["enum"])
    if "oneOf" in node or "anyOf" in node:
        kinds = (_kind(_resolved(one, schema), schema) for one in node.get("oneOf") or node["anyOf"])
        return " or ".join(dict.fromkeys(kinds))
    kind = node.get("type", "")
    if kind == "array":
        return f"list of {_kind(_resolved(node.get('items', {}), schema), schema)}"
    return " or ".join(kind) if isinstance(kind, list) else kind


def _plain(text: str) -> str:
    """One line that means the same in Markdown and in a cell of a table."""
    line = " ".join(text.split()).replace("|", "\\|")
    return line.replace("<", "&lt;").replace("*", "\\*") if "`" not in line else line


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
