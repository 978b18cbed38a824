"""Reports that a visitor asked to keep: under an address that nobody can guess, for a few days, then deleted."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from schnittstellen.catalogue.models import KeptReport
from schnittstellen.catalogue.services.trying.faults import GONE
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.formats.report_json import read_report

DAYS = 7
BITS = 192


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that is still there, and until when."""

    report: Report
    document: bytes
    ends_at: datetime


def keep(document: bytes, now: datetime) -> str:
    """Keep a report; returns the key of its address. What is over goes at the same time."""
    tidy(now)
    key = secrets.token_urlsafe(BITS // 8)
    KeptReport.objects.create(key_sha256=_digest(key), ends_at=now + timedelta(days=DAYS), document=document)
    return key


def kept(key: str, now: datetime) -> Kept:
    """The report of that key. Raises `SchnittstellenError` (F437) where there is none, or none any more."""
    found = KeptReport.objects.filter(key_sha256=_digest(key), ends_at__gt=now).first()
    if found is None:
        raise SchnittstellenError(GONE, days=str(DAYS))
    document = bytes(found.document)
    return Kept(read_report(document.decode()), document, found.ends_at)


def forget(key: str) -> None:
    """Delete the report of that key, where there is one."""
    KeptReport.objects.filter(key_sha256=_digest(key)).delete()


def tidy(now: datetime) -> None:
    """Delete what is over."""
    KeptReport.objects.filter(ends_at__lte=now).delete()


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
