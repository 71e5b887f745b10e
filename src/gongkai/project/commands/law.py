"""``gongkai law``: ask the law for due dates, fees, remedies and the numbers of papers."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from gongkai.kit.refusal import Refusal
from gongkai.law.questions import QUESTIONS, Field, Question, Told
from gongkai.law.workdays import Calendar
from gongkai.project.command import Failure, Namespace, Subparsers, answer, print_json
from gongkai.project.lookup import family, verb

_CHINA = ZoneInfo("Asia/Shanghai")


def register(subparsers: Subparsers) -> None:
    """One verb per question, with an option per field."""
    verbs = family(subparsers, "law", "问法律: 期限、收到日、费用、救济、索引号、文号、工作日")
    for question in QUESTIONS.values():
        parser = verb(verbs, question.key, partial(run, question), question.label)
        parser.set_defaults(django=question.dated)
        _arguments(parser, question)


def _arguments(parser: ArgumentParser, question: Question) -> None:
    names = "、".join(field.key for field in question.fields)
    for field in question.fields:
        if field.positional:
            parser.add_argument(field.key, nargs="?", help=_help(field))
        else:
            option = "--" + field.key.replace("_", "-")
            parser.add_argument(option, dest=field.key, metavar="值", help=_help(field))
    parser.add_argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help=f"一次问多件: CSV 文件或 -, 列名 {names}",
    )
    if question.dated:
        parser.add_argument("--ics", action="store_true", help="以日历文件 (ICS) 输出")


def _help(field: Field) -> str:
    choices = "; ".join(f"{value} {label}" for value, label in field.choices)
    text = ", ".join(part for part in (field.label, field.hint, choices) if part)
    return text.replace("%", "%%")


def run(question: Question, args: Namespace) -> int:
    """Answer one question, or every line of a CSV file."""
    if args.csv is not None:
        return _many(question, args)
    values = {field.key: getattr(args, field.key) or "" for field in question.fields}
    told = _ask(question, values)
    if getattr(args, "ics", False):
        sys.stdout.write(_entries(question, values, told))
        return 0
    answer(args, told.data, told.lines)
    return 0


def _ask(question: Question, values: Mapping[str, str]) -> Told:
    today = datetime.now(_CHINA).date()
    return question.ask(values, today=today, calendar=_calendar)


def _entries(question: Question, values: Mapping[str, str], told: Told) -> str:
    from gongkai.law.ics import calendar_file

    if not told.entries:
        raise Failure("这个问题没有可以写进日历的日期。")
    return calendar_file(told.entries, case=question.case(values), stamp=datetime.now(UTC))


@cache
def _calendar() -> Calendar:
    """The office's calendar with its loaded notices; the package's years where there is none."""
    from django.db import Error

    from gongkai.orgs.calendar import calendar, package_years

    try:
        return calendar()
    except Error:
        sys.stderr.write("没有数据库, 只按程序自带的各年放假安排计算。\n")
        return Calendar.build(package_years())


def _many(question: Question, args: Namespace) -> int:
    """Each line answered for itself; a refused line says why, and makes the exit code 1."""
    results = list(_rows(question, args.csv))
    if args.json:
        print_json(results)
    else:
        _print_csv(results)
    refused = sum("error" in row for row in results)
    if refused:
        sys.stderr.write(f"{len(results)}行中有{refused}行未能回答, 原因见 error 一列。\n")
    return 1 if refused else 0


def _rows(question: Question, path: Path) -> Iterator[dict[str, object]]:
    known = {field.key for field in question.fields}
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Failure(f"读不到 {path}: {error.strerror}。") from None
    except UnicodeDecodeError:
        raise Failure(f"{path} 不是 UTF-8 编码, 请另存为 UTF-8 的 CSV。") from None
    reader = csv.DictReader(text.splitlines())
    columns = [name.strip().replace("-", "_") for name in reader.fieldnames or []]
    unknown = [name for name in columns if name not in known]
    if unknown or not columns:
        wanted = "、".join(sorted(known))
        raise Failure(f"CSV 的列名不对 ({'、'.join(unknown) or '空文件'}), 可用的列: {wanted}。")
    reader.fieldnames = columns
    for row in reader:
        values = {key: row.get(key) or "" for key in columns}
        try:
            yield {**values, **_ask(question, values).data}
        except Refusal as refusal:
            yield {**values, "error": refusal.sentence}


def _print_csv(results: list[dict[str, object]]) -> None:
    """Plain columns only: lists of days are for ``--json``."""
    flat = [{k: v for k, v in row.items() if not isinstance(v, list | dict)} for row in results]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
