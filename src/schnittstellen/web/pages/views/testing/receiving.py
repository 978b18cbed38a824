"""What a visitor hands over: received into a file without a name, and refused before it is read where it is too big."""

import os
import re
import tempfile
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from schnittstellen.catalogue.services.trying.faults import ONE_OF_TWO, TOO_BIG, UNREADABLE
from schnittstellen.catalogue.services.trying.judging import MIB, MOST_BYTES, Handed
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.i18n import _

FRAME_BYTES = 64 * 1024
"""What the other fields and the form itself may take."""
_DECLARED = re.compile(r"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class Nameless(FileUploadHandler):
    """Receives a file that is in no folder, so that nothing stays whatever ends the process."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new file comes."""
        super().new_file(*args, **kwargs)
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """A piece of it."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """All of it has come."""
        return UploadedFile(self.file, self.file_name, self.content_type, file_size)


def receive(request: HttpRequest) -> None:
    """Read the form into `request.POST` and `request.FILES`. Raises `SchnittstellenError` (F430, F438)."""
    too_big = SchnittstellenError(TOO_BIG, limit=str(MOST_BYTES // MIB))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + FRAME_BYTES:
        raise too_big
    request.upload_handlers = [Nameless(request)]
    try:
        request.POST  # noqa: B018
    except RequestDataTooBig:
        raise too_big from None
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError, SuspiciousOperation):
        raise SchnittstellenError(UNREADABLE) from None


def handed(request: HttpRequest) -> Handed:
    """The file or the text that was handed over, open beyond the request.

    Raises `SchnittstellenError` (F436) where it is none or both.
    """
    file, text = request.FILES.get("datei"), request.POST.get("inhalt", "")
    if (file is None) == (not text.strip()):
        raise SchnittstellenError(ONE_OF_TWO)
    if isinstance(file, UploadedFile) and file.file is not None:
        file.file.flush()
        return Handed(file.name or "?", os.fdopen(os.dup(file.file.fileno()), "rb"))
    written = tempfile.TemporaryFile()  # noqa: SIM115
    written.write(encoded(text))
    written.flush()
    return Handed(_("eingefügter Inhalt"), written, text)


def encoded(text: str) -> bytes:
    """The bytes of a pasted message, in the encoding that its own declaration names."""
    declared = _DECLARED.match(text)
    try:
        return text.encode(declared[1] if declared else "utf-8")
    except (LookupError, UnicodeError):
        return text.encode("utf-8", "replace")
