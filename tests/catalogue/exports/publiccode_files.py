"""A plain publiccode.yml to bend in tests."""

GOOD = """\
publiccodeYmlVersion: "0.7"
name: Musterregister
url: https://git.example.org/musterhaus/register.git
softwareVersion: "2.10"
releaseDate: 2026-03-01
platforms:
  - web
developmentStatus: stable
softwareType: standalone/web
organisation:
  name: Musterhaus GmbH
  uri: https://musterhaus.example.org
supports:
  - id: urn:xoev-de:example:standard:xhundesteuer_2.0
  - id: alias:gdpr
description:
  de:
    shortDescription: Ein Register.
    longDescription: >
      Das Register führt alles, was eine Kommune führen muss, und gibt es weiter, sobald jemand danach fragt. Es ist
      erfunden und dient nur dazu, dass eine Prüfung etwas zu lesen hat, das lang genug ist.
    features:
      - Auskunft
legal:
  license: EUPL-1.2
maintenance:
  type: internal
  contacts:
    - name: Frau Muster
localisation:
  localisationReady: false
  availableLanguages:
    - de
"""


def bent(old: str, new: str) -> bytes:
    """The good file with one text replaced; it must occur."""
    assert old in GOOD
    return GOOD.replace(old, new).encode()
