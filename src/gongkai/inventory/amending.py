"""A mapping changed field by field of the source: this one goes there, that one is not wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from gongkai.inventory.labels import DATES, FIELD_LABELS
from gongkai.kit.refusal import Refusal
from gongkai.text.date_units import UNITS
from gongkai.text.mapping import plain_path

# Chosen for a field of the source that is known and not wanted.
NOT_WANTED = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one field of the source: ours, `NOT_WANTED` or "" for not said yet."""

    ours: str = ""
    unit: str = ""


def choice_of(content: Mapping[str, Any], path: str) -> Choice:
    """What a mapping says of this field."""
    for name, rule in dict(content.get("fields", {})).items():
        if plain_path(path) in map(plain_path, _paths(rule)):
            unit = str(rule.get("date", "")) if isinstance(rule, Mapping) else ""
            return Choice(name, unit)
    ignored = content.get("ignored", ())
    return Choice(NOT_WANTED if any(fnmatchcase(path, p) for p in ignored) else "")


def amended(content: Mapping[str, Any], choices: Mapping[str, Choice]) -> dict[str, Any]:
    """The mapping with these choices; what was not asked about stays, rules keep what they had.

    Several fields of the source for one of ours: the first with a value counts, in the order the
    mapping has them, new ones behind. Refused where two of them write their days differently.
    """
    rules = {name: _without(rule, choices) for name, rule in _fields(content).items()}
    ignored = [path for path in content.get("ignored", ()) if path not in choices]
    for path, choice in choices.items():
        if choice.ours == NOT_WANTED:
            if choice_of({"ignored": ignored}, path).ours != NOT_WANTED:
                ignored.append(path)
        elif choice.ours:
            before = _fields(content).get(choice.ours)
            rules[choice.ours] = _with(rules.get(choice.ours), path, choice, before)
    made = {name: rule for name, rule in rules.items() if _is_filled(rule)}
    kept = {name: value for name, value in content.items() if name not in ("fields", "ignored")}
    return {**kept, "fields": made, **({"ignored": ignored} if ignored else {})}


def _fields(content: Mapping[str, Any]) -> dict[str, Any]:
    return dict(content.get("fields", {}))


def _paths(rule: Any) -> list[str]:
    given = rule.get("path", ()) if isinstance(rule, Mapping) else rule
    return [given] if isinstance(given, str) else list(given)


def _without(rule: Any, choices: Mapping[str, Choice]) -> Any:
    """The rule without the paths that are chosen anew."""
    paths = [path for path in _paths(rule) if plain_path(path) not in choices]
    if not isinstance(rule, Mapping):
        return paths
    kept = {name: value for name, value in rule.items() if name != "path"}
    return {**kept, "path": paths} if paths else kept


def _with(rule: Any, path: str, choice: Choice, before: Any) -> Any:
    plain = dict(rule) if isinstance(rule, Mapping) else {}
    plain["path"] = _paths(rule or [])
    # A path that the mapping had already keeps its place and its spelling.
    had = [p for p in _paths(before or []) if plain_path(p) == path]
    order = [p for p in _paths(before or []) if p in plain["path"] or p in had]
    new = [p for p in plain["path"] if p not in order]
    plain["path"] = [*order, *new] if had else [*order, *new, path]
    if choice.ours in DATES:
        unit, known = choice.unit or "text", plain.get("date", "")
        if known and known != unit and len(plain["path"]) > 1:
            others = "、".join(p for p in plain["path"] if p != path)
            sentence = (
                f"{FIELD_LABELS[choice.ours]}已从“{others}”按{UNITS[known]}读，"
                f"“{path}”却是{UNITS[unit]}。请只留一个；这里没有列出的，在“改写法和代码”里删去。"
            )
            raise Refusal("mapping.two_units", sentence, fields={path: sentence})
        plain["date"] = unit
    return plain if set(plain) - {"path"} else plain["path"]


def _is_filled(rule: Any) -> bool:
    return bool(_paths(rule)) or (isinstance(rule, Mapping) and bool(rule.get("constant")))
