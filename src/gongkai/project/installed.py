"""Which parts of the product are there, in the order of the layers, lowest first."""

from pathlib import Path

PARTS = (
    "queue", "journal", "orgs", "records", "review", "catalog", "inventory",
    "disclosure", "clarification", "transfer", "assessment", "reporting", "exchange",
    "portal", "desk", "api",
)  # fmt: skip
SOURCE = Path(__file__).resolve().parents[1]


def has_part(name: str) -> bool:
    """True when the part is a Django app (has an ``apps.py``)."""
    return (SOURCE / name / "apps.py").is_file()


def has_module(path: str) -> bool:
    """True when ``portal/urls.py`` and the like exist, looked up without importing them."""
    return (SOURCE / path).is_file()


def apps() -> list[str]:
    """Dotted names for INSTALLED_APPS."""
    return [f"gongkai.{name}" for name in PARTS if has_part(name)]
