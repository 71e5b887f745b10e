"""The tables of the law, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from tests.law.plain import fresh, line

MODULES = {
    "receipt": ("_RULES", "_LABELS", "_ALWAYS_OPEN"),
    "clock_events": ("_RULES", "_LABELS"),
    "replies": ("OUTCOMES", "LEAVES"),
    "remedies": ("_REVIEWERS", "FIRST_DAY_OF_PRECEDENCE"),
    "letters": ("LETTERS",),
    "applications": ("_FIELDS",),
    "grounds": ("_GROUNDS", "REVIEW_MARKS"),
    "guide": ("_COMMON", "_LAST", "_ADVISED"),
    "catalog": ("FIVE_CLASSES", "GENRES", "ENTRY_FIELDS"),
    "legal_items": ("_ITEMS",),
    "fees": ("TARIFFS", "COST_SPAN", "NOTICE_PARTS"),
    "metadata": ("CORE_ELEMENTS", "PAGE_TAGS"),
    "validity": ("WORDS", "_LABELS", "_CAUSES"),
    "service": ("_LABELS",),
    "index_number": ("GRAMMARS", "LABELS"),
    "cite": ("INSTRUMENTS",),
    "statutory": ("_MOVING",),
    "beijing": ("DISTRICTS", "ORGANS"),
    "questions.dates": ("TERMS", "DUE", "RECEIPT", "REMEDY", "CALENDAR"),
    "questions.numbers": ("FEE", "INDEX_NUMBER", "DOCUMENT_NUMBER"),
    "questions.progress": ("PROGRESS",),
}
FORMS = ("form_2008", "form_2019", "form_2021")
VERSIONS = (
    "decree_492_2007",
    "decree_711_2019",
    "beijing_257_2014",
    "beijing_transfer_2008",
    "fees_2021",
    "reconsideration",
    "litigation",
)


def tables() -> Iterator[str]:
    """Every table, one line per entry."""
    for module, names in MODULES.items():
        built = fresh(f"gongkai.law.{module}")
        for name in names:
            yield from entries(f"{module}.{name}", getattr(built, name))
    for module in VERSIONS:
        built = fresh(f"gongkai.law.versions.{module}")
        found = getattr(built, "VERSIONS", None) or (built.VERSION,)
        for version in found:
            yield from entries(f"versions.{module}", version.terms)
            yield line(
                f"versions.{version.key}",
                [version.title, version.number, version.span, version.region, version.based_on],
            )


def forms() -> Iterator[str]:
    """The report forms: cells and identities."""
    for module in FORMS:
        form = fresh(f"gongkai.law.annual_report.{module}").FORM
        yield line(form.key, [form.title, form.basis, form.span])
        for table in form.tables:
            yield line(f"{form.key}.{table.key}", [table.title, table.rows, table.columns])
            yield from entries(f"{form.key}.{table.key}", table.cells)
        yield from entries(f"{form.key}.identities", form.identities)
        yield line(f"{form.key}.carry", form.carry)


def entries(name: str, value: object) -> Iterator[str]:
    """A mapping or a sequence entry by entry; anything else as one line."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from entries(f"{name}.{key}", entry)
    elif isinstance(value, tuple) and len(value) > 2:
        for entry in value:
            yield line(name, entry)
    else:
        yield line(name, value)
