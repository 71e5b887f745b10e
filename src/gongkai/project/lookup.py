"""Things named on the command line, found in the database; the operator acts as the system."""

from argparse import ArgumentParser
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gongkai.project.command import JSON_HELP, Failure, Subparsers

if TYPE_CHECKING:
    from gongkai.orgs.models import Body, Person, Section


def family(subparsers: Subparsers, name: str, text: str) -> Any:
    """A command with verbs of its own: `gongkai people list`."""
    parser = subparsers.add_parser(name, help=text)
    return parser.add_subparsers(metavar="动作", required=True)


def verb(verbs: Any, name: str, run: Any, text: str) -> ArgumentParser:
    """One verb, with `--json`."""
    parser: ArgumentParser = verbs.add_parser(name, help=text)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)
    return parser


def body_named(code: str) -> "Body":
    """The body with this code; else a `Failure` that lists the codes."""
    from gongkai.orgs.models import Body

    found = Body.objects.filter(code=code).first()
    if found is None:
        known = "、".join(Body.objects.values_list("code", flat=True)[:20]) or "还没有登记机关"
        raise Failure(f"没有代码为 {code} 的机关 (现有: {known})。")
    return found


def section_named(body: "Body", code: str) -> "Section | None":
    """The section of the body; None for an empty code."""
    if not code:
        return None
    found = body.sections.filter(code=code).first()
    if found is None:
        known = "、".join(body.sections.values_list("code", flat=True)) or "没有科室"
        raise Failure(f"{body.name}没有代码为 {code} 的科室 (现有: {known})。")
    return found


def person_named(username: str) -> "Person":
    """The account with this sign-in name."""
    from gongkai.orgs.models import Person

    found = Person.objects.filter(username=username).first()
    if found is None:
        raise Failure(f"没有账号 {username}, 用 gongkai people list 查看。")
    return found


def now() -> datetime:
    """The moment of the command."""
    from django.utils import timezone

    return timezone.now()
