"""Which token may call which writing operation of /api/v1: one line each; test_sent.py says which is missing."""

from typing import Any

WRITER = ("read", "products", "deployments", "evidence", "applications")
BEARERS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "vendor": ("vendor:{vendor}", WRITER, ""),
    "vendor, reading": ("vendor:{vendor}", ("read",), ""),
    "vendor, expired": ("vendor:{vendor}", WRITER, "2020-01-01"),
    "other vendor": ("vendor:{other_vendor}", WRITER, ""),
    "town": ("municipality:{ags}", ("read", "landscape"), ""),
    "town, reading": ("municipality:{ags}", ("read",), ""),
    "other town": ("municipality:05999002", ("read", "landscape"), ""),
    "board": ("board", ("read", "orders", "applications", "duplicates"), ""),
}
"""Whom it acts for, its scopes, and the day from which it is refused."""
VENDOR, TOWN, BOARD = ("vendor",), ("town",), ("board",)
NO_KEY = "0123456789abcdef01234567"
_PRODUCT: dict[str, Any] = {"name": "Muster-Akte", "kind": "e-akte"}

OPERATIONS: dict[str, tuple[tuple[str, ...], dict[str, str], Any]] = {
    "put_vendor": (VENDOR, {"id": "{vendor}"}, {"name": "Musterhaus"}),
    "put_product": (VENDOR, {"id": "{programme}"}, _PRODUCT),
    "put_release": (VENDOR, {"id": "{release}"}, {}),
    "delete_release": (VENDOR, {"id": "{release}"}, None),
    "put_declaration": (VENDOR, {"release": "{release}", "standard": "{standard_version}", "role": "{role}"}, {}),
    "delete_declaration": (VENDOR, {"release": "{release}", "standard": "{standard_version}", "role": "{role}"}, None),
    "patch_municipality": (TOWN, {"id": "{ags}"}, {"open": True}),
    "claim_deployment": (VENDOR, {}, {"municipality": "$ags", "release": "$release"}),
    "put_deployment": (TOWN, {"id": "{deployment}"}, {"release": "$release"}),
    "delete_deployment": (TOWN, {"id": "{deployment}"}, None),
    "put_coupling": (TOWN, {"id": "{coupling}"}, {"first": "$deployment", "second": "$deployment"}),
    "delete_coupling": (TOWN, {"id": "{coupling}"}, None),
    "merge": (BOARD, {}, {"kind": "products", "id": "$programme", "into": "muster-akte"}),
    "distinguish": (BOARD, {"kind": "products", "first": "{programme}", "second": "muster-akte"}, None),
    "take_back_distinction": (BOARD, {"kind": "products", "first": "{programme}", "second": "muster-akte"}, None),
    "object": (VENDOR, {}, {"report": "$sha256", "suite": "x", "finding": "X001", "reason": "Muster"}),
    "apply": (
        VENDOR,
        {},
        {"release": "$release", "standard": "$standard_version", "role": "$role", "evidence": ["$sha256"]},
    ),
    "withdraw": (VENDOR, {"id": NO_KEY}, None),
    "ask": (BOARD, {"id": NO_KEY}, {"text": "Muster"}),
    "reply": (("vendor", "board"), {"id": NO_KEY}, {"text": "Muster"}),
    "hand_in": (VENDOR, {}, {"release": "$release", "suite": "x", "report": "{}", "envelope": "{}"}),
    "issue_order": (BOARD, {}, {"release": "$release", "suite": "x", "last_day": "2026-12-31"}),
    "report_deviation": (
        TOWN,
        {},
        {
            "municipality": "$ags",
            "release": "$release",
            "standard": "$standard_version",
            "role": "$role",
            "summary": "x",
        },
    ),
    "confirm_operation": (
        TOWN,
        {},
        {"municipality": "$ags", "release": "$release", "standard": "$standard_version", "role": "$role"},
    ),
}
"""Who may, what the path names, and a body that the types of the operation take."""
HIDDEN = {"object": (403, 422), **dict.fromkeys(("apply", "withdraw", "ask", "reply"), (403, 404))}
"""Operations that do not tell whoever may not whether there is such a thing: other statuses than 403."""
