"""``gongkai intake``: take files and folders in, as drafts with findings."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.kit.dates import civil_day
from gongkai.project import intake_preview, intake_runs
from gongkai.project.command import JSON_HELP, Failure, Namespace, Subparsers, answer
from gongkai.project.lookup import body_named, now

if TYPE_CHECKING:
    from gongkai.inventory.models import InventoryRun
    from gongkai.orgs.models import Body

BATCH = 50


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "intake",
        help="导入文件、文件夹或压缩包 (网页、文本、表格、JSON、XML、ZIP), 生成草稿和待核对的发现",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="路径",
        help="文件、文件夹或 ZIP; 或 start 文件夹、status、stop 编号、resume 编号、report 编号",
    )
    parser.add_argument("--body", default="", metavar="代码", help="机关 (只有一个机关时可省略)")
    parser.add_argument("--mapping", default="", metavar="名称", help="字段对照: 名称或 JSON 文件")
    parser.add_argument("--place", default="", metavar="地名", help="本地地名, 用来提出改法")
    parser.add_argument("--platform", default="", metavar="名称", help="原发布平台")
    parser.add_argument(
        "--format", default="", metavar="格式", help="report 的格式: pdf、xlsx、html、json"
    )
    parser.add_argument("-o", "--output", default="", metavar="文件", help="report 写入的文件")
    parser.add_argument("--dry-run", action="store_true", help="只读不存: 列出会生成什么")
    parser.add_argument(
        "--preview", action="store_true", help="只看表格的前十行会怎样读、哪些字段没有对照; 不存"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Read everything, say what came of it; 1 when something was rejected."""
    verb = str(args.paths[0])
    if verb in intake_runs.VERBS:
        return _of_runs(args, verb)
    if args.preview:
        return intake_preview.show(args, list(_files(args.paths)), _mapping_data(args))
    data: dict[str, Any] = {"records": [], "rejected": [], "duplicates": []}
    for mapping, files in _by_mapping(args, list(_files(args.paths))).items():
        given = Namespace(**{**vars(args), "mapping": mapping})
        found = _dry_run(given, files) if args.dry_run else _take_in(given, files)
        for part, rows in found.items():
            data[part] = data[part] + rows
    shown = {part: rows for part, rows in data.items() if rows or part != "duplicates"}
    answer(args, shown, _lines(data))
    return 1 if data["rejected"] else 0


def _of_runs(args: Namespace, verb: str) -> int:
    """A run that the workers carry out; a folder called `start` is written `./start`."""
    rest = args.paths[1:]
    if verb != "start":
        return intake_runs.run_verb(args, verb, [str(word) for word in rest])
    if not rest:
        raise Failure("请写明要导入的文件夹或 ZIP, 如 gongkai intake start 旧网站/。")
    if args.dry_run or args.preview or _mapping_data(args) is not None:
        raise Failure("start 直接存入; 试读请用 gongkai intake 文件夹 --dry-run。")
    return intake_runs.start(args, _body(args), _files(rest), rest[0].resolve().name[:120])


def _by_mapping(
    args: Namespace, files: list[tuple[str, Path]]
) -> dict[str, list[tuple[str, Path]]]:
    """Files by the mapping to read them with: the one given, else for each the one that fits.

    What has pages stays together, for their attachments; the run finds mappings by itself then.
    """
    from gongkai.inventory.filenames import kind_of
    from gongkai.inventory.fitting import fitting
    from gongkai.inventory.models import FileKind
    from gongkai.inventory.reading import holds_rows

    has_pages = any(kind_of(name) != FileKind.PAPER for name, _ in files) and not args.dry_run
    if args.mapping or not files or has_pages:
        return {args.mapping: files}
    groups: dict[str, list[tuple[str, Path]]] = {}
    for name, path in files:
        fits = fitting(name, path.read_bytes()) if holds_rows(name) else ""
        groups.setdefault(fits, []).append((name, path))
    for mapping, chosen in groups.items():
        if mapping:
            names = "、".join(name for name, _ in chosen[:5])
            sys.stderr.write(f"{names}: 按字段对照“{mapping}”读取 (要用别的, 请加 --mapping)。\n")
    return groups


def _files(paths: list[Path]) -> Iterator[tuple[str, Path]]:
    """(name as kept, path): folders with all that is in them, sorted, hidden files left out."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            for found in inside:
                inner = found.relative_to(path)
                if not any(part.startswith(".") for part in inner.parts):
                    yield _readable(f"{path.name}/{inner.as_posix()}"), found
        elif path.is_file():
            yield _readable(path.name), path
        else:
            raise Failure(f"没有文件或文件夹 {path}, 请核对路径。")


def _readable(name: str) -> str:
    """Names from a disk of another system may be in GBK, each part for itself."""
    from gongkai.inventory.site import name_of_bytes

    return "/".join(name_of_bytes(os.fsencode(part)) for part in name.split("/"))


def _mapping_data(args: Namespace) -> Any:
    """A mapping kept in a JSON file may be tried before it is saved."""
    import json

    path = Path(args.mapping)
    if path.suffix != ".json":
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"读不到字段对照 {path}: {error.strerror}。") from None
    except ValueError as error:
        raise Failure(f"字段对照 {path} 不是有效的 JSON: {error}。") from None


def _dry_run(args: Namespace, files: list[tuple[str, Path]]) -> dict[str, Any]:
    """Nothing is stored; without --body not even the database is opened."""
    from gongkai.inventory import preview, readers, sources
    from gongkai.inventory.unpacked import files_of
    from gongkai.text.foreign_names import Own

    data = _mapping_data(args)
    own = Own(place=args.place)
    if args.body:
        own = readers.own_of(body_named(args.body))
        own = replace(own, place=args.place or own.place)
    if data is None and args.mapping:
        data = sources.built_in_or_saved(args.mapping)
    mapping = sources.check(data) if data is not None else None
    trial = preview.Trial(mapping, civil_day(now()), own=own)
    for number, (name, path) in enumerate(files, 1):
        for one in files_of(name, path):
            if one.refusal:
                trial.refuse(one.name, one.refusal)
            else:
                trial.read(one.name, one.path.read_bytes())
        _progress(number, len(files))
    return trial.answer()


def _take_in(args: Namespace, files: list[tuple[str, Path]]) -> dict[str, Any]:
    """The same through the real actions, carried out here and now."""
    from gongkai.inventory import actions, preview
    from gongkai.inventory.values import NewInput, RunOrder

    if _mapping_data(args) is not None:
        raise Failure("字段对照文件只能与 --dry-run 一起试用; 试好后先存入系统再导入。")
    body = _body(args)
    label = args.paths[0].name if len(args.paths) == 1 else f"{args.paths[0].name}等"
    order = RunOrder(label=label[:120], mapping=args.mapping, platform=args.platform)
    taken = actions.open_run(body=body, order=order, by=None, now=now())
    for begin in range(0, len(files), BATCH):
        batch = [NewInput(name, path=path) for name, path in files[begin : begin + BATCH]]
        actions.add_files(run=taken, files=batch, by=None, now=now())
    actions.start(run=taken, by=None, now=now())
    _carry_out(taken)
    return preview.of_run(taken)


def _carry_out(taken: "InventoryRun") -> None:
    """Piece by piece; Ctrl-C stops between two pieces and the rest can be gone on with."""
    from gongkai.inventory import actions

    try:
        actions.work_through(run=taken, clock=now, told=_told)
        after = 0
        while after := actions.compare(run=taken, now=now(), after=after):
            pass
    except KeyboardInterrupt:
        actions.stop(run=taken, by=None, now=now())
        sys.stderr.write("\n已暂停; 再次导入同样的文件会接着做, 已录入的不会重复。\n")
        raise


def _told(taken: "InventoryRun") -> None:
    from gongkai.inventory import queries

    done = queries.progress(taken)
    _progress(done.done, done.total)


def _body(args: Namespace) -> "Body":
    from gongkai.orgs.models import Body

    if args.body:
        return body_named(args.body)
    bodies = list(Body.objects.filter(is_active=True))
    # Bodies above that only supervise have no sections; papers come to one that works.
    at_work = [body for body in bodies if body.sections.filter(is_active=True).exists()]
    for those in (bodies, at_work):
        if len(those) == 1:
            return those[0]
    if not bodies:
        raise Failure("还没有登记机关, 请先用 gongkai bodies add 登记, 或加 --dry-run 试读。")
    known = "、".join(Body.objects.filter(is_active=True).values_list("code", flat=True)[:20])
    raise Failure(f"有几个机关, 请用 --body 指明导入到哪一个 (现有: {known})。")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and total > 1:
        sys.stderr.write(f"\r已读 {done}/{total}")
        if done >= total:
            sys.stderr.write("\n")
        sys.stderr.flush()


def _lines(data: dict[str, Any]) -> Iterator[str]:
    for record in data["records"]:
        number = record["document_number"] or record["index_number"] or "无文号"
        yield f"{record['title']}  {number}  {len(record['findings'])}处待核对"
        for finding in record["findings"]:
            proposal = f" -> {finding['proposal']}" if finding["proposal"] is not None else ""
            yield f"    [{finding['kind']}] {finding['evidence'][:40]}{proposal}"
    for row in data["rejected"]:
        yield f"未录入  {row['source']}  {row['reason']}"
    for row in data["duplicates"]:
        yield f"重复  {row['source']}  与{row['of'] or '已录入的'}内容相同"
    repeats = len(data["duplicates"])
    yield (
        f"共 {len(data['records']) + len(data['rejected']) + repeats} 条: "
        f"{len(data['records'])} 条可录入, {repeats} 条重复, {len(data['rejected'])} 条未录入。"
    )
