"""Markdown of the operator as HTML: no HTML of theirs, no pictures, no addresses that run scripts."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TOP = 2
"""The page has its own first heading."""


def as_html(text: str) -> Markup:
    """Safe HTML; its headings begin at the second level and skip none."""
    reader = _reader()
    tokens = reader.parse(text)
    _shift(tokens)
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704


@cache
def _reader() -> MarkdownIt:
    """`javascript:`, `vbscript:`, `file:` and `data:` are no links for markdown-it; what is HTML is shown as text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _shift(tokens: list[Token]) -> None:
    written: list[int] = []
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        if token.type == "heading_open":
            level = int(token.tag[1:])
            written = [one for one in written if one < level] + [level]
        token.tag = f"h{min(TOP + len(written) - 1, 6)}"
