"""The invented year handled step by step: the tables come out as put in, as from an import."""

from __future__ import annotations

import pytest

from bench.request_year import made
from bench.request_year.counted import counted, differences
from bench.request_year.live import handle, truth_of
from gongkai.disclosure.models import DisclosureRequest, Step
from tests import factories

pytestmark = pytest.mark.usefixtures("no_paper")


def test_a_year_handled_day_by_day_is_counted_as_put_in(office: factories.Office) -> None:
    year = made(5, rows=24)
    done = handle(year, office)
    assert done["requests"] == len(year.rows) == DisclosureRequest.objects.count()
    assert done["deeds"] > 2 * done["requests"] and done["letters"] > done["requests"] / 2
    assert Step.objects.filter(kind="replied").count() > 10
    assert differences(truth_of(year), counted(office.body.pk, year.year)) == []
