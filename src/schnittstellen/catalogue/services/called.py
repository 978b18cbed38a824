"""What standards and roles are called, for texts that know them by their keys."""

import re
from collections.abc import Callable
from functools import cached_property, partial

from schnittstellen.catalogue.models import Role, Standard, StandardVersion
from schnittstellen.catalogue.services.unchanged import while_unchanged

_ENDS_WITH_VERSION = re.compile(r"\s+\d+(\.\d+)+$")


def short(title: str) -> str:
    """The name at the front of a title, without a version: `XHundesteuer` of `XHundesteuer 2.0 – An- und Abmeldung`."""
    return _ENDS_WITH_VERSION.sub("", title.partition(" – ")[0])


def version_called(version: StandardVersion) -> str:
    """`XHundesteuer 1.1`: the short name of the standard and the version, which its title may name otherwise."""
    return f"{short(version.standard.title)} {version.version}"


def role_called(role: Role) -> str:
    """`XHundesteuer 1.1, Online-Dienst`."""
    return f"{version_called(role.version)}, {role.title or role.key}"


class Called:
    """Asks the database once for all standards and once for all roles, when the first of them is named."""

    def standard(self, key: str) -> str:
        """The short name of the standard; its key where nobody knows it."""
        return self._standards.get(key, key)

    def role(self, standard: str, key: str) -> str:
        """The title of a role of the standard; its key where it has none."""
        return self._roles.get((standard, key)) or key

    def naming(self, standard: str) -> Callable[[str], str]:
        """What calls the roles of that standard by their titles."""
        return partial(self.role, standard)

    def roles(self, standard: str, keys: tuple[str, ...]) -> str:
        """The two roles of an exchange."""
        return " – ".join(self.role(standard, one) for one in keys)

    def version(self, name: str) -> str:
        """A version of a standard, or a role of one, with names: of `standard 1.0` or `standard@1.0/role`."""
        of, _, role = name.partition("/")
        standard, _, version = of.replace("@", " ").partition(" ")
        called = f"{self.standard(standard)} {version}".strip()
        return f"{called}, {self.role(standard, role)}" if role else called

    @cached_property
    def _standards(self) -> dict[str, str]:
        return _standards()

    @cached_property
    def _roles(self) -> dict[tuple[str, str], str]:
        return _roles()


@while_unchanged
def _standards() -> dict[str, str]:
    return {key: short(title) for key, title in Standard.objects.values_list("key", "title")}


@while_unchanged
def _roles() -> dict[tuple[str, str], str]:
    rows = Role.objects.order_by("pk").values_list("version__standard__key", "key", "title")
    return {(standard, key): title for standard, key, title in rows}
