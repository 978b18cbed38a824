"""TLS: always verified, and a failed handshake is told by its cause."""

import ssl
from dataclasses import dataclass
from pathlib import Path

_REASONS = {
    "CERTIFICATE_HAS_EXPIRED": "expired",
    "UNSUPPORTED_PROTOCOL": "too_old",
    "TLSV1_ALERT_PROTOCOL_VERSION": "too_old",
    "NO_PROTOCOLS_AVAILABLE": "too_old",
    "NO_SHARED_CIPHER": "too_old",
    "DH_KEY_TOO_SMALL": "too_old",
    "WRONG_VERSION_NUMBER": "no_tls",
    "HTTP_REQUEST": "no_tls",
    "RECORD_LAYER_FAILURE": "no_tls",
    "PACKET_LENGTH_TOO_LONG": "no_tls",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "client_certificate",
    "SSLV3_ALERT_BAD_CERTIFICATE": "client_certificate",
    "TLSV1_ALERT_UNKNOWN_CA": "client_certificate",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": "client_certificate",
}
_VERIFY_CODES = {10: "expired", 9: "not_yet_valid", 62: "wrong_host", 64: "wrong_host"}


class BadTls(ValueError):
    """A certificate file of the user's that cannot be used; `what` is `ca` or `client_certificate`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """Files in PEM form. `ca` replaces the trusted authorities, `key` is that of `certificate`."""

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    password: str | None = None


def context(files: TlsFiles) -> ssl.SSLContext:
    """A verifying client context: TLS 1.2 or newer, host name checked. Raises `BadTls`."""
    made = _trusting(files.ca)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if files.certificate is not None:
        try:
            made.load_cert_chain(files.certificate, files.key, files.password or "")
        except (OSError, ValueError) as error:
            raise BadTls("client_certificate") from error
    return made


def cause(error: BaseException) -> str:
    """One of: expired, not_yet_valid, wrong_host, unknown_ca, too_old, no_tls, client_certificate, other."""
    found = _ssl_error(error)
    if found is None:
        return "other"
    if isinstance(found, ssl.SSLCertVerificationError):
        return _verification(found)
    return _REASONS.get(found.reason or "", "other")


def _trusting(ca: Path | None) -> ssl.SSLContext:
    if ca is None:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ValueError) as error:
        raise BadTls("ca") from error


def _verification(error: ssl.SSLCertVerificationError) -> str:
    known = _VERIFY_CODES.get(getattr(error, "verify_code", 0))
    if known is not None:
        return known
    words = str(error).lower()
    if "expired" in words:
        return "expired"
    return "wrong_host" if "hostname" in words or "ip address mismatch" in words else "unknown_ca"


def _ssl_error(error: BaseException | None) -> ssl.SSLError | None:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error
