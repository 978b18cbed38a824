"""What is said where a validator gives up. Knows the version of xmlschema without importing it, which takes long."""

from importlib.metadata import version

from schnittstellen.checks.xsd import codes
from schnittstellen.domain.finding import CannotJudge, Finding

XMLSCHEMA = f"xmlschema {version('xmlschema')}"


def failed(reason: str, validator: str = XMLSCHEMA) -> CannotJudge:
    """To be raised: the message could not be judged by `validator`."""
    return CannotJudge(Finding(codes.VALIDATOR_FAILED.id, parameters={"validator": validator, "reason": reason}))
