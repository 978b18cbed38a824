"""What our page of logging in says, other than the one of django-allauth."""

from django import template

from schnittstellen.i18n import _

register = template.Library()


@register.simple_tag
def log_in() -> str:
    """The heading and the button."""
    return _("Anmelden")


@register.simple_tag
def no_account() -> str:
    """Nobody signs up alone."""
    return _(
        "Zum Lesen brauchen Sie kein Konto. Ein Konto bekommt, wer eingeladen wird: von der eigenen Kommune oder Firma "
        "oder von denen, die den Katalog betreiben."
    )
