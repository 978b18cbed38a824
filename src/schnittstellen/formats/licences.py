"""Licence expressions (SPDX 2.3, annex D)."""

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression


def is_licence(text: str) -> bool:
    """Whether a text is an SPDX licence expression; identifiers count in any case."""
    try:
        canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return False
    return True
