"""A small registry on disk, and ways to break one thing in it."""

from pathlib import Path

GOOD = {
    "standards/xmuster.toml": """
schema = "schnittstellen.registry-standard/1"
id = "xmuster"
title = "XMuster"
kind = "xml"
obligation = "Pflicht ab 2027 nach Musterverordnung"

[[versions]]
version = "1.0"
state = "in_force"
in_force_from = 2026-01-01
in_force_until = 2027-12-31
roles = [
    { id = "empfaenger", receives = ["antrag"] },
    { id = "sender", sends = ["antrag", "storno"] },
]
""",
    "services/muster.toml": """
schema = "schnittstellen.services/1"
subject = "Muster"

[[services]]
id = "10001"
title = "Musterbündel"
leistungen = [{ leika = "99000000000001", title = "Musterleistung", chain = ["online-dienst", "fachverfahren"] }]
""",
    "municipalities/musterkreis.toml": """
schema = "schnittstellen.municipalities/1"
kreis = "Musterkreis"

[[municipalities]]
ags = "05999001"
ars = "059990001001"
name = "Musterstadt"
population = 8000
example = true
""",
    "providers/musterzentrum.toml": """
schema = "schnittstellen.provider/1"
id = "musterzentrum"
name = "Musterzentrum"
municipalities = ["05999001"]
example = true
""",
    "vendors/musterhaus.toml": """
schema = "schnittstellen.vendor/1"
id = "musterhaus"
name = "Musterhaus GmbH"
url = "https://musterhaus.example"
example = true
""",
    "products/muster-akte.toml": """
schema = "schnittstellen.product/1"
id = "muster-akte"
vendor = "musterhaus"
name = "Musterakte"
kind = "e-akte"

[[releases]]
version = "1.0"
declarations = [{ standard = "xmuster@1.0", role = "empfaenger" }]
""",
    "products/muster-antrag.toml": """
schema = "schnittstellen.product/1"
id = "muster-antrag"
vendor = "musterhaus"
name = "Musterantrag"
kind = "online-dienst"
purpose = '''
Nimmt Anträge an.
[[releases]]
'''
leistungen = ["99000000000001"]
operation = ["cloud"]
cost_licence = "0 Euro"
costs_seen_by = "public"
licence = "EUPL-1.2"
end_of_support = 2030-12-31
publicly_funded = false
old_ids = ["muster-antraege"]
example = true
trainings = [{ task = "Einführung", form = "online" }]

[[releases]]
version = "1.0"
released = 2025-01-01
end_of_support = 2026-12-31

[[releases]]
version = "2.0"
released = 2026-01-01

[[releases.declarations]]
standard = "xmuster@1.0"
role = "sender"
messages = ["antrag"]
options = ["anlagen"]
documentation = "https://musterhaus.example/schnittstelle"
""",
    "deployments/05999001.toml": """
schema = "schnittstellen.deployments/1"
ags = "05999001"

[[deployments]]
id = "akte"
release = "muster-akte@1.0"
since = 2025-06-01
confirmed = true

[[deployments]]
id = "antrag"
release = "muster-antrag@2.0"
leistungen = ["99000000000001"]
operator = "musterzentrum"
confirmed = true

[[couplings]]
id = "antrag-akte"
first = "antrag"
second = "akte"
standard = "xmuster@1.0"
messages = ["antrag"]
since = 2026-02-01
""",
}


def make(folder: Path) -> Path:
    """The registry below `folder`."""
    for name, text in GOOD.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """The registry with one thing changed; `old` must be there."""
    make(folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
