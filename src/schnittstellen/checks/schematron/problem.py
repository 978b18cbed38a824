"""Why rules could not be made ready for use. It is never the message's fault."""


class RulesProblem(Exception):
    """A Schematron or a validation stylesheet that cannot be used.

    `reason` is one of: missing, changed, syntax, not_rules, unresolved, recursion, misplaced, attribute, abstract,
    variable_twice, parameter, query_binding, phase, compile, forbidden. `detail` names the construct and holds no
    message content.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
