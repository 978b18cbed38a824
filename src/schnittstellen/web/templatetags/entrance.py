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


@register.simple_tag
def keep_codes() -> str:
    """What to do with the codes."""
    return _(
        "Drucken Sie diese Codes aus oder schreiben Sie sie ab, und bewahren Sie sie getrennt vom Telefon auf. "
        "Jeder gilt einmal. Hier stehen sie nur dieses eine Mal."
    )


@register.simple_tag
def codes_kept() -> str:
    """The way on."""
    return _("Ich habe die Codes, weiter")
