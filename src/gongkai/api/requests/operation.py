"""What an entry of the table of deeds holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.api.fields import Field
from gongkai.api.requests.call import Deed, Made
from gongkai.disclosure import deeds

Act = Callable[[Deed], Made]
# What stands below a case, each with its own part of the address.
BELOW = {
    "letter": "letters/<uuid:letter>",
    "consultation": "consultations/<int:consultation>",
    "remedy": "remedies/<int:remedy>",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One deed of the API.

    `key` names it for programs, `path` is its part of the address, `below` the row it is done to
    ("" for the case itself), `deed` the row of the desk's own table that says who may and when.
    """

    key: str
    path: str
    label: str
    act: Act
    fields: tuple[Field, ...] = ()
    deed: deeds.Deed | None = None
    below: str = ""
    basis: str = ""
    note: str = ""

    @property
    def route(self) -> str:
        """The address for Django, after `v1/requests/`."""
        middle = f"{BELOW[self.below]}/" if self.below else ""
        return f"<uuid:uuid>/{middle}{self.path}"

    @property
    def address(self) -> str:
        """The address for people and OpenAPI, after `/requests/`."""
        plain = self.route.replace("<uuid:", "{").replace("<int:", "{")
        return plain.replace(">", "}")


def on_desk(name: str) -> deeds.Deed:
    """A row of the table behind the desk's buttons."""
    return deeds.BY_NAME[f"request_{name}"]
