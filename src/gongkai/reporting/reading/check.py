"""Everything in a report that does not agree: in its tables, with last year's, with its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from gongkai.law.annual_report import form_2008
from gongkai.law.annual_report.arithmetic import judge, judgeable
from gongkai.law.annual_report.model import Form, Number, check_sum_of_bodies
from gongkai.law.annual_report.shares import check_classes, share
from gongkai.reporting.reading.model import Reading, Source
from gongkai.reporting.reading.narrative import text_findings
from gongkai.reporting.reading.read import read
from gongkai.reporting.reading.sections import sections, year_of
from gongkai.reporting.reading.statements import remarks, stated_sums
from gongkai.reporting.schema import Noted, Report, addresses, form_of, from_breaks

_TABLES: Final = {"t2": "表二", "t3": "表三", "t4": "表四"}


def report_of(source: Source) -> Report:
    """What a file says, with the cells that stay undecided; nothing is judged."""
    return _report(source, read(source))


def checked(source: Source, last: Source | None = None) -> Report:
    """What a file says and everything in it that does not agree."""
    reading = read(source)
    before = read(last) if last is not None else None
    report = _report(source, reading)
    years = _years_apart(source, last)
    if report.empty:
        return replace(report, remarks=(*report.remarks, "这是一份没有填数字的空白表样。"))
    values = settled(reading)
    found = [
        *_in_tables(reading, values, _last_values(reading, before)),
        *_figures(reading),
        *reading.unsolved,
    ]
    told = [*report.remarks, *years, *_common_cell(reading, found)]
    if reading.edition == "2008":
        found += _classic_shares(values)
        told += remarks(source.text)
    else:
        narrative = sections(source.text).narrative
        found += text_findings(narrative, reading.edition, values, report.year)
        found += stated_sums(narrative)
    return replace(report, findings=tuple(found), remarks=tuple(told))


def sum_of_bodies(report: Report, parts: Iterable[Report]) -> tuple[Noted, ...]:
    """I9: an authority's tables against the sum of its bodies'; cells not read are left out."""
    bodies = list(parts)
    form = form_of(report.edition)
    known = {key: value for key, value in report.cells.items() if value is not None}
    sums = [{k: v for k, v in body.cells.items() if v is not None} for body in bodies]
    whole = {key: value for key, value in known.items() if all(key in body for body in sums)}
    return tuple(
        item
        for item in from_breaks(check_sum_of_bodies(form, whole, _only(sums, whole)))
        if item.found or item.expected
    )


def settled(reading: Reading) -> dict[str, Number]:
    """The cells that are certain; blank ones count as nothing in sums."""
    doubtful = {item.cell for item in reading.undecided}
    address = addresses(reading.edition)
    return {key: value or 0 for key, value in reading.cells.items() if address[key] not in doubtful}


def _only(
    sums: Sequence[Mapping[str, Number]], whole: Mapping[str, Number]
) -> list[dict[str, Number]]:
    return [{key: value for key, value in body.items() if key in whole} for body in sums]


def _report(source: Source, reading: Reading) -> Report:
    told = [*source.warnings]
    told += [f"没有找到{_TABLES[table]}，没有核对。" for table in reading.missing]
    empty = bool(reading.cells) and not reading.undecided
    empty = empty and all(value is None for value in reading.cells.values())
    return Report(
        reading.edition,
        reading.cells,
        year_of(source.text),
        reading.undecided,
        (),
        reading.blanks,
        empty,
        tuple(told),
    )


def _in_tables(
    reading: Reading, values: Mapping[str, Number], last: Mapping[str, Number] | None
) -> Iterator[Noted]:
    form = form_of(reading.edition)
    address = addresses(reading.edition)
    for identity in form.identities:
        if not judgeable(identity, values, last):
            continue
        broken = judge(identity, values, last)
        if broken is not None:
            (item,) = from_breaks((broken,))
            cells = tuple(address[key] for key in (*identity.left, *identity.right))
            yield replace(item, cells=cells)


def _common_cell(reading: Reading, found: Sequence[Noted]) -> Iterator[str]:
    """The one cell that all broken identities speak of, off by the same: look there first."""
    broken = [item for item in found if item.identity in ("I1", "I2", "I3", "I4")]
    off = {abs((item.found or 0) - (item.expected or 0)) for item in broken}
    if len(broken) < 2 or len(off) > 1 or off == {0}:
        return
    common = set.intersection(*(set(item.cells) for item in broken))
    if len(common) != 1:
        return
    address = common.pop()
    labels = form_of(reading.edition).cells
    key = next(key for key, named in addresses(reading.edition).items() if named == address)
    yield (
        f"以上{len(broken)}处不一致都含有“{labels[key].label}”（{reading.cells[key]}）这一格，"
        "相差的数也相同，请先核对这一格。"
    )


def _figures(reading: Reading) -> Iterator[Noted]:
    """I8: counts are whole and not negative."""
    cells, address = form_of(reading.edition).cells, addresses(reading.edition)
    for key, value in reading.cells.items():
        cell = cells[key]
        if value is None:
            continue
        if value < 0 and not cell.signed:
            sentence = f"{cell.label}不能是负数（{value}）。"
        elif not cell.decimal and value != int(value):
            sentence = f"{cell.label}须是整数（{value}）。"
        else:
            continue
        yield Noted("I8", cell.label, max(0, int(value)), value, sentence, cells=(address[key],))


def _last_values(reading: Reading, before: Reading | None) -> dict[str, Number] | None:
    """Last year's cells; of another edition only those both forms have."""
    if before is None:
        return None
    form: Form = form_of(reading.edition)
    return {key: value for key, value in settled(before).items() if key in form.cells}


def _years_apart(source: Source, last: Source | None) -> Iterator[str]:
    if last is None:
        return
    now, before = year_of(source.text), year_of(last.text)
    if now is not None and before is not None and now != before + 1:
        yield f"上一年度报告应是{now - 1}年的，所给的是{before}年的，请核对文件。"


def _classic_shares(values: Mapping[str, Number]) -> Iterator[Noted]:
    """C6: shares of the classes' own sum are told once, any other wrong share by itself."""
    total = int(values.get("proactive.total.count", 0))
    counts = {
        line.key: int(values[f"proactive.{line.key}.count"])
        for line in form_2008.CLASSES
        if f"proactive.{line.key}.count" in values
    }
    if not total or not counts:
        return
    over = check_classes(counts, total)
    of_sum = []
    for line in form_2008.CLASSES:
        printed = values.get(f"proactive.{line.key}.share")
        if printed is None or line.key not in counts:
            continue
        right = share(counts[line.key], total)
        if printed == over.shares[line.key] != right:
            of_sum.append(f"{line.label}{counts[line.key]}件应占{right}%（文中{printed}%）")
        elif printed != right:
            sentence = f"主动公开·{line.label}：占比应为{right}%，文中为{printed}%。"
            yield Noted("C6", f"主动公开·{line.label}", right, printed, sentence)
    if of_sum:
        sums = over.total_of_classes
        sentence = (
            f"所列占比是占各类合计{sums}的比例，不是占主动公开{total}的比例。"
            f"按{total}计算：{'；'.join(of_sum)}。"
        )
        yield Noted("C6", "主动公开·五类占比", total, sums, sentence, soft=True)
