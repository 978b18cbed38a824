"""All codes of the HTTP transport: A00 to A03 before anything is judged, A04 where limits cut a run short."""

from schnittstellen.transports.http import answer_codes, limit_codes, reach_codes

CODES = (*reach_codes.CODES, *answer_codes.CODES, *limit_codes.CODES)
