"""The only code that changes bodies, sections, people, roles, groups, duties and notices.

Everything is keyword-only; `by` is the person who acts, or None for the operator at the console
of the machine (first set-up, recovery); `now` is an aware moment. Raises `Refusal`.
"""

from gongkai.orgs.actions.accounts import (
    issue_password,
    note_password_changed,
    reset_second_factor,
    set_password,
    unlock,
)
from gongkai.orgs.actions.bodies import (
    create_body,
    create_section,
    deactivate_body,
    deactivate_section,
    edit_body,
    edit_section,
)
from gongkai.orgs.actions.groups import assign_duty, drop_duty, edit_duty, seat, unseat
from gongkai.orgs.actions.notices import load_notice
from gongkai.orgs.actions.people import create_person, deactivate, edit_person, reactivate
from gongkai.orgs.actions.roles import grant, revoke
from gongkai.orgs.actions.tokens import (
    create_token,
    revoke_token,
    revoke_tokens,
    take_token,
)

__all__ = [
    "assign_duty", "create_body", "create_person", "create_section", "create_token", "deactivate",
    "deactivate_body", "deactivate_section", "drop_duty", "edit_body", "edit_duty", "edit_person",
    "edit_section", "grant", "issue_password", "load_notice", "note_password_changed",
    "reactivate", "reset_second_factor", "revoke", "revoke_token", "revoke_tokens", "seat",
    "set_password", "take_token", "unlock", "unseat",
]  # fmt: skip
