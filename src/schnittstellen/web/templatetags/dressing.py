"""`{{ field|dressed }}`: the fields of Django's forms in our look."""

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The widget with our classes, without a placeholder that repeats the label and goes when one types."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    names = {CheckboxInput: "kern-form-check__checkbox", Select: "kern-form-input__select"}
    name = next((name for kind, name in names.items() if isinstance(widget, kind)), "kern-form-input__input")
    return field.as_widget(attrs={"class": name})
