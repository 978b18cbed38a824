"""schnittstellen: a registry of documented interfaces and a conformance engine that tells the truth about them."""

__version__ = "0.1.0"
