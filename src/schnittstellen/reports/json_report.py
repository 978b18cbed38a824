"""The report for machines (schema `schnittstellen.report/1`); its words are the same in every language."""

from typing import TextIO

from schnittstellen.domain.report import Report
from schnittstellen.formats.report_json import write_report
from schnittstellen.reports.telling import Telling


def write(report: Report, stream: TextIO, telling: Telling) -> None:
    """Write `report` to `stream`."""
    write_report(report, stream, with_content=telling.with_content)
