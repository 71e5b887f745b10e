"""The only code that changes runs, their items and the saved mappings."""

from gongkai.inventory.actions.answering import Answered, answer_alike
from gongkai.inventory.actions.choosing import choose_mapping
from gongkai.inventory.actions.classing import accept_proposal
from gongkai.inventory.actions.comparing import compare
from gongkai.inventory.actions.items import take_in
from gongkai.inventory.actions.mappings import drop_mapping, save_mapping
from gongkai.inventory.actions.opening import open_file
from gongkai.inventory.actions.runs import add_files, open_run, start, stop
from gongkai.inventory.actions.working import work, work_through

__all__ = [
    "Answered", "accept_proposal", "add_files", "answer_alike", "choose_mapping", "compare",
    "drop_mapping", "open_file", "open_run", "save_mapping", "start", "stop",
    "take_in", "work", "work_through",
]  # fmt: skip
