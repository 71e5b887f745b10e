"""Pages under ``docs/reference/`` that are written from the code, so that they cannot be wrong."""

import argparse
from collections.abc import Iterator

from gongkai.project.cli import build_parser
from gongkai.project.config import FILE_VARIABLE, Setting, settings_table

_HEAD = "<!-- Written by `make docs`; change the code, not this page. -->\n"


def pages() -> dict[str, str]:
    """File name → Markdown. The events need Django set up."""
    from gongkai.disclosure.register_page import register_page

    return {
        "request-register.md": f"{_HEAD}{register_page()}",
        "settings.md": settings_page(),
        "commands.md": commands_page(),
        "events.md": events_page(),
        "api.md": api_page(),
        "requests-api.md": requests_api_page(),
    }


def settings_page() -> str:
    """Every setting with its variable, default and meaning."""
    rows = "\n".join(
        f"| `{s.variable}` | `{s.name}` | {_default(s)} "
        f"| {_cell(s.meaning)}{' Secret.' if s.secret else ''} |"
        for s in settings_table()
    )
    return (
        f"{_HEAD}# Settings 设置\n\n"
        "A value is taken from the environment variable, else from the TOML file named by "
        f"`{FILE_VARIABLE}` (the key in the second column), else the default holds. "
        "Lists: commas in the environment, an array in TOML. `gongkai doctor --settings` shows "
        "what is in force.\n\n"
        "| environment | TOML key | default | meaning |\n|---|---|---|---|\n"
        f"{rows}\n"
    )


def commands_page() -> str:
    """Every command with its arguments."""
    return (
        f"{_HEAD}# Commands 命令\n\n"
        "Exit code: 0 done, 1 refused or failed (one sentence on stderr), 2 written wrongly. "
        "With `--json` the answer is one JSON value on stdout; a refusal is "
        '`{"error": {"code": …, "sentence": …}}`.\n' + "".join(_commands(build_parser()))
    )


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, child in action.choices.items():
            yield f"\n## `{child.prog}`\n\n{_cell(helps.get(name, ''))}\n"
            yield from _arguments(child)
            yield from _commands(child)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    shown = [
        a
        for a in parser._actions
        if not isinstance(a, argparse._HelpAction | argparse._SubParsersAction)
        and a.help != argparse.SUPPRESS
    ]
    if shown:
        yield "\n| argument | meaning |\n|---|---|\n"
    for action in shown:
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        if action.option_strings and action.nargs != 0:
            name += f" {action.metavar or action.dest.upper()}"
        yield f"| `{name}` | {_cell(action.help or '')} |\n"


def events_page() -> str:
    """Every event the journal may hold, with the sentence it is read as."""
    from gongkai.journal import events

    rows = "\n".join(f"| `{n}` | {_cell(s)} |" for n, s in events.sentences().items())
    return (
        f"{_HEAD}# Journal events 留痕事项\n\n"
        "One line of the journal per act. Words in braces are filled from the line.\n\n"
        f"| event | read as |\n|---|---|\n{rows}\n"
    )


def api_page() -> str:
    """Every question of the public API."""
    from gongkai.api.page import page

    return f"{_HEAD}{page()}"


def requests_api_page() -> str:
    """Every address of the staff API."""
    from gongkai.api.requests.page import page

    return f"{_HEAD}{page()}"


def _default(setting: Setting) -> str:
    plain = setting.default in {"empty", "see meaning"}
    return setting.default if plain else f"`{setting.default}`"


def _cell(text: str) -> str:
    return text.replace("%%", "%").replace("|", "\\|").replace("\n", " ")
