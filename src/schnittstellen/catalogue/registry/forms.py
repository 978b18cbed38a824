"""The kinds of files of a registry: their folder, their schema, and the order in which they are loaded."""

from dataclasses import dataclass

MOST_BYTES = 20 * 1024 * 1024
"""Of one file; a Kreis with its municipalities takes 10 kB, all evidence of a release a few MB at most."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind. `folder` is its folder; `named_by` the field that gives the name of the file, where one must."""

    name: str
    folder: str
    named_by: str | None = None

    @property
    def schema(self) -> str:
        """As the first line of each file says."""
        return f"schnittstellen.{self.name}/1"


STANDARD = Form("registry-standard", "standards", "id")
SERVICES = Form("services", "services")
MUNICIPALITIES = Form("municipalities", "municipalities")
PROVIDER = Form("provider", "providers", "id")
VENDOR = Form("vendor", "vendors", "id")
PRODUCT = Form("product", "products", "id")
DEPLOYMENTS = Form("deployments", "deployments", "ags")
EVIDENCE = Form("evidence", "evidence", "release")
FORMS = (STANDARD, SERVICES, MUNICIPALITIES, PROVIDER, VENDOR, PRODUCT, DEPLOYMENTS, EVIDENCE)
"""In the order in which they are loaded: each refers to earlier ones only (products may refer to each other)."""

REPORTS = "reports"
"""Below the folder of evidence: each report under its digest, byte for byte as it came."""
