"""`{% framed %}…{% title %}…{% head %}…{% endframed %}`: what a template of others shows, in the frame of our pages."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import strip_tags

from schnittstellen.web.accounts.framing import framed

register = template.Library()


class Framed(template.Node):
    """Content, title and what goes into the head, each rendered by Django's templates."""

    def __init__(self, content: NodeList, title: NodeList, head: NodeList) -> None:
        self.content, self.title, self.head = content, title, head

    def render(self, context: Context) -> str:
        """The whole page."""
        title = strip_tags(self.title.render(context)).strip()
        return framed(context["request"], title, self.head.render(context), self.content.render(context))


@register.tag(name="framed")
def make_framed(parser: Parser, _token: Token) -> Framed:
    """The three parts, in the order content, title, head."""
    parts = []
    for end in ("title", "head", "endframed"):
        parts.append(parser.parse((end,)))
        parser.delete_first_token()
    return Framed(*parts)
