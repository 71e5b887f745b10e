"""The bar of tasks: flat while it is short, folded into groups when it grows, the page marked."""

from __future__ import annotations

import pytest

from gongkai.desk import navigation
from gongkai.desk.navigation import Fold, Link
from gongkai.desk.seat import take_seat
from gongkai.orgs.models import Role
from tests import factories
from tests.factories import Office


def test_the_office_finds_everything_in_one_line(office: Office) -> None:
    bar = navigation.links(take_seat(office.officer), "statistics")
    assert len(bar) <= navigation.FLAT
    folds = [each for each in bar if isinstance(each, Fold)]
    assert [each.label for each in folds] == [navigation.FIGURES, navigation.UPKEEP]
    assert [each.current for each in folds] == [True, False]
    inside = {link.label: link for link in folds[0].links}
    assert {"年度报告", "统计", "考核", "年报核对"} <= inside.keys()
    assert inside["统计"].current and not inside["考核"].current
    # Daily work is never behind a fold.
    assert {"待办", "政府信息", "审查", "公开申请", "发布"} <= {each.label for each in bar}


def test_a_short_bar_stays_flat(office: Office) -> None:
    keeper = factories.person("管理员", Role.SYSTEM_ADMIN, office.body)
    assert all(isinstance(each, Link) for each in navigation.links(take_seat(keeper), "home"))


@pytest.mark.parametrize("count", [navigation.FLAT, navigation.FLAT + 1])
def test_nothing_is_lost_and_a_group_of_one_is_its_link(count: int) -> None:
    found = [("", Link(f"项{n}", f"/{n}/", False)) for n in range(count - 1)]
    bar = navigation.folded([*found, (navigation.UPKEEP, Link("末", "/z/", True))])
    assert [each.label for each in bar] == [*(f"项{n}" for n in range(count - 1)), "末"]
