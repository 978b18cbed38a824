"""People of each kind, and a release with evidence that failed."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Declaration, Evidence, Member
from tests.catalogue.making import declare, municipality, prove, standard, vendor

FINDING = "X102 R-001"


def person(name: str, **acts_for: Any) -> Client:
    """Somebody who acts for a vendor, a municipality or (role="board") the board."""
    user = User.objects.create_user(name, f"{name}@muster.example")
    if acts_for:
        role = acts_for.pop("role", next(iter(acts_for)))
        Member.objects.create(user=user, role=role, **acts_for)
    client = Client()
    client.force_login(user)
    return client


def everybody() -> dict[str, Client]:
    """One of each kind; the vendor `musterhaus` and the municipality 05999001 are the owners in these tests."""
    return {
        "public": Client(),
        "vendor": person("firma", vendor=vendor()),
        "other vendor": person("fremd", vendor=vendor("fremd")),
        "municipality": person("kommune", municipality=municipality("05999001")),
        "other municipality": person("nachbar", municipality=municipality("05999002")),
        "board": person("beirat", role="board"),
    }


def declared(release: str = "musterneu@1.0") -> Declaration:
    """A declaration of the standard of these tests."""
    from schnittstellen.catalogue.models import Standard

    if not Standard.objects.filter(key="xmuster").exists():
        standard("xmuster@1.0", {"a": (["*"], [])})
    return declare(release, "xmuster@1.0", "a")


def failed(of: Declaration, *findings: str, **more: Any) -> Evidence:
    """A run that failed because of `findings`."""
    return prove(of, verdict="failed", cause="product", failing=list(findings) or [FINDING], **more)
