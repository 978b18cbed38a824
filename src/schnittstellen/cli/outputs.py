"""Which reports a command writes, and where to: `--report FORMAT[=FILE]`, several times, or with `--output FILE`."""

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from schnittstellen.cli.arguments import STDIN
from schnittstellen.cli.base import NO_COLOR
from schnittstellen.cli.faults import os_reason
from schnittstellen.cli.main import quiet_pipe
from schnittstellen.domain.errors import CANNOT_WRITE, NO_REPORT_FORMAT, TWO_ON_STDOUT, SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.i18n import current
from schnittstellen.reports.telling import Telling

TEXT = "text"
_BY_SUFFIX = {".json": "json", ".html": "html", ".htm": "html", ".xml": "junit", ".txt": "text"}
_WIDTHS = (40, 120)
_PIPE_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Output:
    """One report: its format, and the file that it is written to (None: standard output)."""

    format: str
    file: Path | None = None


def planned(wanted: Sequence[str], output: str | None, formats: Sequence[str]) -> list[Output]:
    """The reports that the options ask for; text to standard output unless another goes there.

    Raises `SchnittstellenError` for an unknown format, two reports on standard output, or a folder that is not there.
    """
    plan = [_output(one, formats) for text in wanted for one in _several(text)]
    if output is not None:
        plan = _with_file(plan, output, formats)
    if all(one.file is not None for one in plan):
        plan.insert(0, Output(TEXT))
    on_stdout = [one.format for one in plan if one.file is None]
    if len(on_stdout) > 1:
        raise SchnittstellenError(TWO_ON_STDOUT, names=", ".join(on_stdout))
    for one in plan:
        _demand_folder(one.file)
    return plan


def write_all(plan: Sequence[Output], report: Report, telling: Telling, writers: Mapping[str, Any]) -> None:
    """Write `report` in every form of `plan`. What keeps one from it is raised after the others."""
    failed: list[Exception] = []
    for one in plan:
        try:
            if one.file is None:
                _write_stdout(one, report, telling, writers)
            else:
                _write_file(one.file, one, report, plain(telling), writers)
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]


def plain_wanted() -> bool:
    """Whether the user wants no control sequences of the terminal (https://no-color.org, --no-color)."""
    return bool(os.environ.get("NO_COLOR")) or bool(click.get_current_context().meta.get(NO_COLOR, False))


def telling(verbosity: int, with_content: bool, codes: Mapping[str, Any]) -> Telling:
    """How reports are told on this terminal."""
    tty = sys.stdout.isatty()
    refused = plain_wanted()
    return Telling(
        codes=codes,
        lang=current(),
        with_content=with_content,
        color=tty and not refused,
        width=_width() if tty else _PIPE_WIDTH,
        verbosity=verbosity,
    )


def plain(telling: Telling) -> Telling:
    """The same for a file: no colours, every detail that the verbosity asks for."""
    return Telling(telling.codes, telling.lang, telling.with_content, verbosity=max(telling.verbosity, 0))


def _several(text: str) -> list[str]:
    """`json,html` is two reports; where a file is named, a comma belongs to its name."""
    return [text] if "=" in text else text.split(",")


def _output(text: str, formats: Sequence[str]) -> Output:
    format, _, file = text.partition("=")
    if format not in formats:
        raise SchnittstellenError(NO_REPORT_FORMAT, name=format, candidates=", ".join(formats))
    return Output(format, Path(file) if file not in ("", STDIN) else None)


def _with_file(plan: list[Output], output: str, formats: Sequence[str]) -> list[Output]:
    """`--output` gives the one report without a file its file; without any report, its ending tells the format."""
    if not plan:
        format = _BY_SUFFIX.get(Path(output).suffix.lower(), Path(output).suffix or output)
        return [_output(f"{format}={output}", formats)]
    homeless = [one for one in plan if one.file is None]
    if len(homeless) != 1:
        raise SchnittstellenError(TWO_ON_STDOUT, names=", ".join(one.format for one in homeless) or output)
    return [Output(one.format, Path(output)) if one is homeless[0] and output != STDIN else one for one in plan]


def _demand_folder(file: Path | None) -> None:
    """Say before a long run, not after it, that its report cannot be kept."""
    if file is None:
        return
    for wrong, number in (
        (not file.parent.is_dir(), errno.ENOENT),
        (file.is_dir(), errno.EISDIR),
        (not os.access(file if file.exists() else file.parent, os.W_OK), errno.EACCES),
    ):
        if wrong:
            raise SchnittstellenError(CANNOT_WRITE, file=str(file), reason=os_reason(OSError(number, "")))


def _write_file(file: Path, one: Output, report: Report, telling: Telling, writers: Mapping[str, Any]) -> None:
    """Write beside the file and put it in its place when it is whole; what is no plain file is written at once."""
    beside = file.with_name(f".{file.name}.{os.getpid()}") if file.is_file() or not file.exists() else file
    try:
        with beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            writers[one.format](report, stream, telling)
        if beside is not file:
            beside.replace(file)
    except OSError as error:
        raise SchnittstellenError(CANNOT_WRITE, file=str(file), reason=os_reason(error)) from None
    finally:
        if beside is not file:
            beside.unlink(missing_ok=True)


def _write_stdout(one: Output, report: Report, telling: Telling, writers: Mapping[str, Any]) -> None:
    """Standard output is UTF-8 for machines, and what the terminal understands for people."""
    encoding = (sys.stdout.encoding or "utf-8") if one.format == TEXT else "utf-8"
    stream = TextIOWrapper(sys.stdout.buffer, encoding, errors="backslashreplace", newline="\n", write_through=True)
    try:
        writers[one.format](report, stream, telling)
        stream.flush()
    except BrokenPipeError:
        quiet_pipe()
    finally:
        with suppress(ValueError, BrokenPipeError):
            stream.detach()


def _width() -> int:
    from shutil import get_terminal_size

    least, most = _WIDTHS
    return min(max(get_terminal_size((_PIPE_WIDTH, 24)).columns, least), most)
