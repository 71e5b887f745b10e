"""Foreign field names to ours, kept as data for each source: no code for a new source.

A mapping is a JSON object::

    {"source": "…", "tables": ["data.list", "catMap.*.listVO"],
     "fields": {"title": ["title"],
                "created_on": {"path": ["ptime"], "date": "ms"},
                "keywords": {"path": "tags", "split": ";", "part": 0}},
     "ignored": ["id"]}

``fields`` maps our names to a list of paths (the first with a value counts) or to a rule with
``path`` (one or several), ``date`` (how days are written, see ``date_units.UNITS``), ``split``
with ``part`` (counted from 0; without it all parts joined by 、), ``values`` (foreign value ->
ours) or ``constant``.
``tables`` are patterns of table names, empty for all; ``ignored`` paths are not reported as
unmapped. A path names nested objects with dots and list items by number; by ``*`` or by nothing
at all it means every item, for a source writes one author as an object and two as a list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final

from gongkai.kit.refusal import Refusal
from gongkai.text.date_units import UNITS, day_in, why_no_day

FIELDS: Final = frozenset(
    {
        "index_number", "document_number", "title", "responsible_unit", "validity", "created_on",
        "published_on", "effective_from", "expires_on", "repealed_on", "abstract", "text", "theme",
        "genre", "keywords", "url", "attribute", "legal_item", "class_name", "section",
        "attachments", "made_by",
    }
)  # fmt: skip
"""Our names a mapping may fill."""

_RULE_KEYS: Final = frozenset({"path", "date", "split", "part", "values", "constant"})
_KEYS: Final = frozenset({"source", "tables", "fields", "ignored"})

Normaliser = Callable[[str], str]
"""Gives the value in our own form; raises ``ValueError`` or ``Refusal`` if it cannot be read."""


class MappingError(ValueError):
    """A mapping that cannot be used; ``str(error)`` is a Chinese sentence naming the entry."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one of our fields is found in a row."""

    paths: tuple[str, ...]
    date: str = ""
    split: str = ""
    part: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    constant: str = ""


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """A mapping that was read and found sound."""

    source: str
    rules: Mapping[str, Rule]
    tables: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def wants(self, table: str) -> bool:
        """Whether rows of the table of this name are records."""
        return not self.tables or any(fnmatchcase(table, pattern) for pattern in self.tables)


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that could not be brought into our form; ``raw`` is kept as it stands."""

    field: str
    raw: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MappedRow:
    """``fields`` in our form, ``raw`` as in the source, ``unmapped`` paths that have values."""

    fields: Mapping[str, str]
    raw: Mapping[str, str]
    problems: tuple[Problem, ...]
    unmapped: tuple[str, ...]


def read_mapping(data: Mapping[str, Any]) -> SourceMapping:
    """Check a mapping; the bare form {our field: rule} is read as ``fields`` alone."""
    whole = data if "fields" in data else {"fields": data}
    for key in whole:
        if key not in _KEYS:
            raise MappingError(f"对照表里不认识“{key}”，可用的有: {'、'.join(sorted(_KEYS))}。")
    rules = {name: _rule(name, rule) for name, rule in whole["fields"].items()}
    if not rules:
        raise MappingError("对照表里没有字段，请至少写一项，例如 title。")
    return SourceMapping(
        source=str(whole.get("source", "")),
        rules=rules,
        tables=tuple(whole.get("tables", ())),
        ignored=tuple(whole.get("ignored", ())),
    )


def _rule(name: str, rule: Any) -> Rule:
    if name not in FIELDS:
        raise MappingError(
            f"对照表里的“{name}”不是本系统的字段，请改用: {'、'.join(sorted(FIELDS))}。"
        )
    if isinstance(rule, str | list | tuple):
        return Rule(_paths(name, rule))
    if not isinstance(rule, Mapping) or not _RULE_KEYS.issuperset(rule):
        raise MappingError(f'“{name}”的写法不对，请写路径列表或 {{"path": …}}。')
    date = str(rule.get("date", ""))
    if date and date not in UNITS:
        raise MappingError(f"“{name}”的 date 只能是 {'、'.join(UNITS)} 之一。")
    constant = str(rule.get("constant", ""))
    paths = _paths(name, rule["path"]) if "path" in rule else ()
    if not paths and not constant:
        raise MappingError(f"“{name}”没有写 path，请写出来源字段的名称。")
    return Rule(
        paths=paths,
        date=date,
        split=str(rule.get("split", "")),
        part=rule.get("part"),
        values={str(k): str(v) for k, v in dict(rule.get("values", {})).items()},
        constant=constant,
    )


def _paths(name: str, given: Any) -> tuple[str, ...]:
    paths = (given,) if isinstance(given, str) else tuple(given)
    if not paths or not all(isinstance(path, str) and path for path in paths):
        raise MappingError(f"“{name}”的路径必须是来源字段的名称。")
    return paths


def apply_mapping(
    mapping: SourceMapping,
    row: Mapping[str, Any],
    normalisers: Mapping[str, Normaliser] | None = None,
    *,
    unmapped: bool = True,
) -> MappedRow:
    """One row in our fields. What cannot be read stays as it stands and is named as a problem.

    `unmapped` False leaves out the look for paths that nothing reads.
    """
    fields: dict[str, str] = {}
    raw: dict[str, str] = {}
    problems: list[Problem] = []
    for name, rule in mapping.rules.items():
        raw[name] = found = _found(rule, row)
        try:
            fields[name] = _in_our_form(name, rule, found, normalisers or {})
        except (ValueError, Refusal) as error:
            fields[name] = found
            sentence = str(error) or f"“{found}”读不出来，请对照原件填写。"
            problems.append(Problem(name, found, sentence))
    left = tuple(_unmapped(mapping, row)) if unmapped else ()
    return MappedRow(fields, raw, tuple(problems), left)


def _found(rule: Rule, row: Mapping[str, Any]) -> str:
    for path in rule.paths:
        texts = [text for value in look_up(row, path) if (text := as_text(value))]
        if texts:
            return "、".join(texts)
    return rule.constant


def _in_our_form(name: str, rule: Rule, found: str, normalisers: Mapping[str, Normaliser]) -> str:
    value = found
    if rule.split:
        parts = [part.strip() for part in found.split(rule.split) if part.strip()]
        if rule.part is None:
            value = "、".join(parts)
        else:
            value = parts[rule.part] if -len(parts) <= rule.part < len(parts) else ""
    value = rule.values.get(value, value)
    if value and rule.date:
        value = _date(rule.date, value)
    if value and name in normalisers:
        value = normalisers[name](value)
    return value


def _date(unit: str, value: str) -> str:
    day = day_in(unit, value)
    if day is None:
        raise ValueError(why_no_day(value, unit))
    return day.isoformat()


def as_text(value: Any) -> str:
    """A leaf as text; ``None``, objects and lists of objects are none."""
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list | tuple):
        return "、".join(text for item in value if (text := as_text(item)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def look_up(value: Any, path: str) -> Iterator[Any]:
    """Every value at a path. A key that holds dots itself is met before it is cut at them."""
    if isinstance(value, Mapping):
        if path in value:
            yield value[path]
            return
        head, dot, rest = path.partition(".")
        while dot:
            for key in value if head == "*" else [head]:
                if key in value:
                    yield from look_up(value[key], rest)
            more, dot, rest = rest.partition(".")
            head = f"{head}.{more}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        head, dot, rest = path.partition(".")
        if head != "*" and not head.isdecimal():
            for item in value:
                yield from look_up(item, path)
            return
        for item in value if head == "*" else value[int(head) : int(head) + 1]:
            if dot:
                yield from look_up(item, rest)
            else:
                yield item


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Paths of all leaves with a value; list items under ``*``."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item, f"{path}.*" if path else "*")
    elif text := as_text(value):
        yield path, text


def plain_path(path: str) -> str:
    """The path without places in lists: ``author.*.name`` and ``author.0.name`` are one field."""
    return ".".join(part for part in path.split(".") if part != "*" and not part.isdecimal())


def is_unmapped(mapping: SourceMapping, path: str) -> bool:
    """Whether nothing reads this leaf and nothing says that it is not wanted."""
    given = [named for rule in mapping.rules.values() for named in rule.paths]
    if path in given or (".*" in path and plain_path(path) in {*given, *map(plain_path, given)}):
        return False
    return not any(fnmatchcase(path, pattern) for pattern in mapping.ignored)


def _unmapped(mapping: SourceMapping, row: Mapping[str, Any]) -> Iterable[str]:
    named = dict.fromkeys(path for path, _ in leaves(row))
    return (path for path in named if is_unmapped(mapping, path))
