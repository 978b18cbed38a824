"""The builders of the tests build what they say, and evidence stays as it was written."""

import pytest

from schnittstellen.catalogue.models import AppendOnly, Meeting
from tests.catalogue import making

pytestmark = pytest.mark.django_db


def test_a_small_world() -> None:
    version = making.standard("xmuster@1.0", {"sender": (["a", "b"], []), "empfaenger": ([], ["b"])})
    first = making.declare("meldewesen@2.0", "xmuster@1.0", "sender")
    making.couple(making.deploy("meldewesen@2.0"), making.deploy("akte@1.0"), version)
    assert Meeting.objects.get().messages == ["b"]
    assert making.prove(first, reach=2).declaration == first


def test_evidence_is_never_changed_or_removed() -> None:
    making.standard("xmuster@1.0", {"sender": (["a"], [])})
    evidence = making.prove(making.declare("meldewesen@2.0", "xmuster@1.0", "sender"), verdict="failed")
    evidence.verdict = "passed"
    with pytest.raises(AppendOnly):
        evidence.save()
    with pytest.raises(AppendOnly):
        evidence.delete()
