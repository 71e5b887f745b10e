"""``gongkai inspect``: look over the own site by the rules for government sites."""

from typing import TYPE_CHECKING, Any

from gongkai.project.command import JSON_HELP, Namespace, Subparsers, answer
from gongkai.project.lookup import body_named, now

if TYPE_CHECKING:
    from gongkai.assessment.models import Inspection


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("inspect", help="自查本机关的网站 (国办秘函〔2019〕19号)")
    parser.add_argument("--body", required=True, metavar="代码", help="机关")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Inspect to the end, or go on with one that was broken off; 1 at a one-vote failure."""
    from gongkai.assessment.actions import inspecting
    from gongkai.assessment.models import Inspection

    body = body_named(args.body)
    inspection = Inspection.objects.filter(body=body, state="running").first()
    if inspection is None:
        inspection = inspecting.begin_inspection(body=body, by=None, now=now())
    while inspecting.work(inspection=inspection, now=now()):
        continue
    inspection.refresh_from_db()
    data = _told(inspection)
    found = data["findings"]
    lines = [f"{f['label']}  {f['place']}  {f['sentence']}" for f in found]
    counts = f"抽查 {data['pages']} 个页面, 发现 {len(found)} 处"
    lines.append(f"{counts}, 单项否决 {inspection.failures} 项。")
    answer(args, data, lines)
    return 1 if inspection.failures else 0


def _told(inspection: "Inspection") -> dict[str, Any]:
    """The result as plain values, one-vote failures first."""
    from gongkai.law.assessment.site_rules import BY_KEY, CHECKS

    counts = inspection.result
    order = {c.key: n for n, c in enumerate(CHECKS)}
    rows = sorted(
        inspection.findings.all(),
        key=lambda f: (
            not BY_KEY[f.check_key].vetoes(counts.get(f.check_key, 0)),
            order[f.check_key],
            f.pk,
        ),
    )
    return {
        "body": inspection.body.code,
        "started_at": inspection.started_at,
        "finished_at": inspection.finished_at,
        "pages": len(inspection.pages),
        "checks": [
            {
                "check": c.key,
                "label": c.label,
                "basis": c.basis,
                "told": c.key in counts,
                "findings": counts.get(c.key, 0),
                "failure": c.vetoes(counts.get(c.key, 0)),
            }
            for c in CHECKS
        ],
        "findings": [
            {"check": f.check_key, "label": BY_KEY[f.check_key].label, "place": f.place,
             "sentence": f.sentence}
            for f in rows
        ],
    }  # fmt: skip
