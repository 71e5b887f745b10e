"""What a page of figures is asked: period, body, measure, narrowing, all from the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from gongkai.desk.navigation import AT_WORK
from gongkai.desk.seat import Seat
from gongkai.desk.statistics.forms import PeriodForm
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body, Role
from gongkai.reporting.statistics import period as periods
from gongkai.reporting.statistics.counting import Question
from gongkai.reporting.statistics.measures import BY_KEY, MEASURES, Measure
from gongkai.reporting.statistics.period import Period
from gongkai.reporting.statistics.scope import Scope, bodies_of, scope_of

ALL = "all"
AT_WORK_HERE = tuple(role for role in AT_WORK if role != Role.SUPERVISOR)
LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """Something the figures are narrowed to, with the address that lifts it."""

    label: str
    value: str
    url: str


class Asked:
    """A question as the address puts it. Nonsense falls back on this year, the own body."""

    def __init__(self, request: HttpRequest, seat: Seat) -> None:
        self.get, self.seat = request.GET, seat

    @cached_property
    def form(self) -> PeriodForm:
        """The typed period; a wrong one is shown with its sentence."""
        given = self.get if "from" in self.get or "until" in self.get else None
        return PeriodForm(data=given, initial=self._of_year.query)

    @cached_property
    def _of_year(self) -> Period:
        return periods.whole_year(self.seat.today.year)

    @cached_property
    def period(self) -> Period:
        """The period asked for; this year when none, or none that can be read."""
        if not self.form.is_bound or not self.form.is_valid():
            return self._of_year
        first, last = self.form.cleaned_data["from"], self.form.cleaned_data["until"]
        if last < first:
            self.form.add_error("until", "“至”早于“自”，请改正。下面先列今年的。")
            return self._of_year
        return Period(first, last)

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies the person may count."""
        return bodies_of(self.seat.person, self.seat.today)

    @cached_property
    def body(self) -> Body | None:
        """The body asked for, the person's own at first; None for all of them together.

        Who only supervises has nothing of his own: he begins with all bodies.
        """
        works_here = self.seat.holds(*AT_WORK_HERE)
        code = self.get.get("body", "" if works_here else ALL)
        if code == ALL and len(self.bodies) > 1:
            return None
        if not self.bodies:
            raise Refusal("statistics.no_body", "您还没有可以统计的机关，请联系安全管理员。")
        return next((body for body in self.bodies if body.code == code), self.bodies[0])

    @cached_property
    def scope(self) -> Scope:
        """The rows that may be counted."""
        return scope_of(self.seat.person, self.seat.today, self.bodies, self.body)

    @cached_property
    def measure(self) -> Measure:
        """The measure asked for, the first when none."""
        key = self.get.get("m", MEASURES[0].key)
        if key not in BY_KEY:
            raise Http404("没有这一项统计。")
        return BY_KEY[key]

    @cached_property
    def narrow(self) -> tuple[tuple[str, str], ...]:
        """Pairs of dimension and value, in the order of the measure's dimensions."""
        given = ((d.key, self.get.get(d.key, "")) for d in self.measure.dimensions)
        return tuple((key, value) for key, value in given if 0 < len(value) <= LONGEST_VALUE)

    @cached_property
    def question(self) -> Question:
        """The question."""
        return Question(self.measure, self.period, self.scope, self.seat.today, self.narrow)

    @property
    def base(self) -> dict[str, str]:
        """Parameters of every address of this page: body and period."""
        return {"body": self.body.code if self.body else ALL, **self.period.query}

    def query(self, *, without: str = "", **more: str) -> str:
        """An address's parameters: this question with more, or without one of its conditions."""
        pairs = {k: v for k, v in self.narrow if k != without}
        return urlencode({"m": self.measure.key, **self.base, **pairs, **more})

    def chips(self) -> list[Chip]:
        """What the figures are narrowed to."""
        found = []
        for key, value in self.narrow:
            dimension = self.measure.dimension(key)
            assert dimension is not None
            url = "?" + self.query(without=key)
            found.append(Chip(dimension.label, dimension.word(value), url))
        return found

    def presets(self) -> list[tuple[str, str, bool]]:
        """The usual periods with their addresses; the one shown is marked."""
        return [
            (label, "?" + self.query(**period.query), period == self.period)
            for label, period in periods.presets(self.seat.today)
        ]
