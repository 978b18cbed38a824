"""Marking of texts that people read: German is written in the source, English comes from the gettext catalogue."""


def N_(text: str) -> str:
    """Mark `text` for the message catalogue; it is translated where it is shown."""
    return text


class Line(str):
    """A line for people: itself in German, with the template and the parameters that it was made of."""

    __slots__ = ("parameters", "template")
    template: str
    parameters: dict[str, str]

    def __new__(cls, template: str, /, **parameters: str) -> "Line":
        """`template` (marked with `N_`) filled with `parameters`."""
        line = super().__new__(cls, template.format(**parameters))
        line.template = template
        line.parameters = parameters
        return line
