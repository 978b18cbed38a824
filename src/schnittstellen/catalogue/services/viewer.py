"""Who asks. What services show depends on it and on nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """`vendor` and `municipalities` are the keys of those for whom somebody acts.

    The operator (whoever runs commands on the machine of the catalogue) sees all; the board sees what vendors and the
    public see, and costs as municipalities do. Landscapes of single municipalities are seen by themselves only.
    """

    vendor: str | None = None
    municipalities: frozenset[str] = frozenset()
    board: bool = False
    operator: bool = False

    def may_see_landscape(self, ags: str, *, is_open: bool) -> bool:
        """Whether the landscape of the municipality `ags` may be shown to this viewer."""
        return is_open or self.operator or ags in self.municipalities


PUBLIC = Viewer()
OPERATOR = Viewer(operator=True)
