"""Pages of others (allauth, Django's admin) in the frame of ours."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


def framed(request: HttpRequest, title: str, head: str, content: str) -> SafeString:
    """Our page around HTML that a template of theirs made and escaped."""
    shown: dict[str, Any] = {"title": title, "extra_head": mark_safe(head), "inner": mark_safe(content)}  # noqa: S308
    return mark_safe(render_to_string("framed.html.j2", shown, request))  # noqa: S308
