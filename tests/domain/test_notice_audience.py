"""To whom a notice goes, and when a roadmap has nothing more to say (notices.md, «To whom»)."""

from datetime import date

import pytest

from domain.deadline import Deadline, DeadlineKind
from domain.notice import COORDINATOR, Notice, Occasion, audience, effective, last_day
from domain.notice_rules import Rules
from domain.roadmap import Item, OwedBy
from tests.domain.build import a_roadmap, an_item

ROADMAP = a_roadmap()
AHEAD = Notice(date(2022, 3, 17), Occasion.AHEAD, 7)
POSSIBLE = Notice(date(2022, 3, 17), Occasion.POSSIBLE, 1)
REPEATED = Notice(date(2022, 3, 25), Occasion.REPEATED, 0)
OVERDUE_FIRST = Notice(date(2022, 3, 25), Occasion.OVERDUE, 1)
OVERDUE_AGAIN = Notice(date(2022, 4, 1), Occasion.OVERDUE, 8)


def heard(notice: Notice, rules: Rules | None = None, **item: object) -> set[str]:
    return set(audience(notice, an_item("17.03.2022", **item), ROADMAP, rules or Rules()))


@pytest.mark.parametrize(
    ("channels", "groups"),
    [
        (("site", "500+"), {"group:500+"}),
        (("ВУ", "500+"), {"group:500+", "group:ВУ"}),
        (("site",), set()),
        ((), set()),
        (("gone",), set()),
    ],
)
def test_a_group_gets_the_items_whose_channels_name_it(channels: tuple[str, ...], groups: set[str]) -> None:
    assert heard(AHEAD, channels=channels) == {"organiser:university"} | groups


@pytest.mark.parametrize(
    "occasion",
    [
        Occasion.AHEAD,
        Occasion.TODAY,
        Occasion.STARTS_SOON,
        Occasion.STARTED,
        Occasion.ENDS_SOON,
        Occasion.LAST_DAY,
    ],
)
def test_a_deadline_to_come_is_said_to_the_group_and_to_those_who_carry_it_out(occasion: Occasion) -> None:
    assert heard(Notice(date(2022, 3, 17), occasion, 0)) == {"organiser:university", "group:500+"}


def test_that_a_date_can_be_chosen_is_said_privately_to_the_executors_and_the_coordinator() -> None:
    assert heard(POSSIBLE) == {"organiser:university", COORDINATOR}


def test_a_monthly_reminder_goes_to_the_executors_only() -> None:
    assert heard(REPEATED) == {"organiser:university"}


def test_overdue_goes_to_the_group_once_and_to_the_coordinator_each_time() -> None:
    assert heard(OVERDUE_FIRST) == {"organiser:university", COORDINATOR, "group:500+"}
    assert heard(OVERDUE_AGAIN) == {"organiser:university", COORDINATOR}


def test_the_first_overdue_is_the_first_by_the_rules() -> None:
    assert heard(OVERDUE_AGAIN, Rules(overdue_first=8)) == {"organiser:university", COORDINATOR, "group:500+"}


@pytest.mark.parametrize(
    ("owed_by", "role"),
    [
        (OwedBy.EXECUTORS, set()),
        (OwedBy.SCHOOL, {"role:school"}),
        (OwedBy.MUNICIPALITY, {"role:municipal"}),
        (OwedBy.CURATOR, {"role:curator"}),
    ],
)
def test_those_who_owe_an_item_hear_of_it_with_its_executors(owed_by: OwedBy, role: set[str]) -> None:
    assert heard(AHEAD, owed_by=owed_by, channels=()) == {"organiser:university"} | role


def test_every_executor_has_an_address() -> None:
    everybody = ("coordinator", "department", "university", "municipal", "curators", "schools")
    assert heard(AHEAD, executors=everybody, channels=()) == {
        COORDINATOR,
        "organiser:department",
        "organiser:university",
        "role:municipal",
        "role:curator",
        "role:school",
    }


def test_an_item_without_executors_is_still_said_to_its_group() -> None:
    assert heard(AHEAD, executors=()) == {"group:500+"}


@pytest.mark.parametrize(
    ("items", "last"),
    [
        ([], None),
        ([an_item("")], None),
        ([an_item("17.03.2022"), an_item("до 20.03.2022"), an_item("")], date(2022, 3, 20)),
        ([an_item("10.03 – 24.03.2022"), an_item("20.03.2022")], date(2022, 3, 24)),
        ([an_item("ноябрь 2022")], date(2022, 11, 30)),
        ([an_item("после 17.10.2022", held_on=date(2022, 11, 8))], date(2022, 11, 8)),
        ([an_item("после 29.04.2022")], date(2022, 5, 4)),  # when it is asked to choose a date
        ([an_item("ежемесячно")], date(2022, 12, 31)),
        ([an_item("ежемесячно, начиная с сентября")], date(2022, 12, 31)),
        ([an_item("ежемесячно до 25 ноября")], date(2022, 11, 25)),
    ],
)
def test_a_roadmap_is_over_with_its_last_deadline(items: list[Item], last: date | None) -> None:
    assert last_day(a_roadmap(*items)) == last


def test_the_deadline_that_counts_is_the_chosen_day() -> None:
    chosen = date(2022, 5, 18)
    assert effective(an_item("после 29.04", held_on=chosen)) == Deadline(DeadlineKind.ON, chosen, chosen)
    assert effective(an_item("после 29.04")) == Deadline(DeadlineKind.AFTER, start=date(2022, 4, 29))
