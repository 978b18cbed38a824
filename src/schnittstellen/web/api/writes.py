"""What may be sent for writing. The registry's rules judge it in full; here are the types and sizes."""

from datetime import date
from typing import Annotated, Any, ClassVar

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from schnittstellen.domain.plain_text import first_control
from schnittstellen.web.api.parameters import without_default, written_day
from schnittstellen.web.api.shapes import CostsSeenBy, Operation, ProductKind

Line = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Url = Annotated[str, Field(max_length=300, pattern=r'^https?://[^\s<>"@/?#\[\]\\]+([/?#][^\s<>"]*)?$')]
Day = Annotated[date, BeforeValidator(written_day)]
Ids = Annotated[list[Line], Field(max_length=2_000)]
Leika = Annotated[str, Field(pattern=r"^[0-9]{14}$")]
Leistungen = Annotated[list[Leika], Field(max_length=5_000)]
Released = Annotated[str, Field(max_length=200, pattern=r"^[^@\s/]+@[^@\s/]+$")]


def unsaid() -> Any:
    """The default of what need not be said."""
    return Field(None, json_schema_extra=without_default)


class Write(Schema):
    """Whatever is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")
    as_sent: ClassVar[frozenset[str]] = frozenset()
    """Fields whose content is judged elsewhere, byte by byte."""

    @field_validator("*")
    @classmethod
    def plain(cls, value: Any, info: ValidationInfo) -> Any:
        """Texts hold no control characters."""
        texts = value if isinstance(value, list) else [value]
        for text in texts if info.field_name not in cls.as_sent else ():
            if isinstance(text, str) and (sign := first_control(text)):
                raise PydanticCustomError("control", "control character", {"sign": sign})
        return value

    def said(self) -> dict[str, Any]:
        """What was said, as the registry writes it."""
        return self.model_dump(mode="json", exclude_unset=True)


class VendorWrite(Write):
    name: Line
    url: Url = unsaid()
    contact: Line = unsaid()


class TrainingWrite(Write):
    task: Line
    form: Line = unsaid()
    url: Url = unsaid()


class ProductWrite(Write):
    name: Line
    kind: ProductKind
    purpose: Text = unsaid()
    leistungen: Leistungen = []
    prerequisites: Text = unsaid()
    operation: Annotated[list[Operation], Field(max_length=3)] = []
    cost_licence: Line = unsaid()
    cost_introduction: Line = unsaid()
    cost_running: Line = unsaid()
    costs_seen_by: CostsSeenBy = "nobody"
    licence: Line = unsaid()
    source_code: Url = unsaid()
    documentation: Url = unsaid()
    end_of_support: Day = unsaid()
    accessibility: Url = unsaid()
    contact: Line = unsaid()
    publicly_funded: bool = unsaid()
    funding: Line = unsaid()
    trainings: Annotated[list[TrainingWrite], Field(max_length=200)] = []


class ReleaseWrite(Write):
    released: Day = unsaid()
    end_of_support: Day = unsaid()


class DeclarationWrite(Write):
    """Empty `messages` are all that the role has."""

    messages: Ids = []
    options: Ids = []
    documentation: Url = unsaid()


class MunicipalityWrite(Write):
    """Whether everybody may see what the municipality runs."""

    open: bool


class DeploymentWrite(Write):
    """What a municipality says itself is confirmed."""

    release: Released
    leistungen: Leistungen = []
    operator: Line = unsaid()
    since: Day = unsaid()
    until: Day = unsaid()
    experience: Text = unsaid()
    replacement: Line = unsaid()
    replacement_on: Day = unsaid()
    in_charge: Line = unsaid()


class ClaimWrite(Write):
    """A vendor says that a municipality runs a release of its own; it counts once the municipality confirmed it."""

    municipality: Annotated[str, Field(pattern=r"^[0-9]{8}$")]
    release: Released
    leistungen: Leistungen = []
    since: Day = unsaid()
    until: Day = unsaid()


class CouplingWrite(Write):
    """`first` and `second` are ids of deployments of the same municipality."""

    first: Line
    second: Line
    standard: Line = unsaid()
    messages: Ids = []
    since: Day = unsaid()
