"""notices.md line by line: when the bot speaks about an item, and to whom."""

from datetime import date, timedelta

import pytest

from domain.calendar import WorkCalendar
from domain.notice import Occasion, notices
from domain.notice_rules import Rules
from domain.roadmap import Item, Threshold, ThresholdKind
from tests.domain.build import YEAR, an_item

OFFICIAL = WorkCalendar()
EVERY_DAY = WorkCalendar({date(2021, 1, 1) + timedelta(days=step): True for step in range(3 * 365)})
"""Every day is working, so that nothing is moved."""

AT_LEAST_FOUR = Threshold(ThresholdKind.COUNT, 4)
MONTHLY = Threshold(ThresholdKind.MONTHLY, 1)
EACH_MUNICIPALITY = Threshold(ThresholdKind.PER_MUNICIPALITY, 1)
SHARE = Threshold(ThresholdKind.SHARE, 90, "participants")


def said(item: Item, calendar: WorkCalendar = OFFICIAL, rules: Rules | None = None) -> list[tuple[str, str, int]]:
    """What is said of an item: day, occasion and days; the year is written where it is not the roadmap's."""
    found = notices(item, year=YEAR, calendar=calendar, rules=rules or Rules())
    return [
        (f"{one.day:%d.%m}{'' if one.day.year == YEAR else f'.{one.day.year}'}", one.occasion, one.days)
        for one in found
    ]


def without_overdue(
    item: Item, calendar: WorkCalendar = OFFICIAL, rules: Rules | None = None
) -> list[tuple[str, str, int]]:
    return [one for one in said(item, calendar, rules) if one[1] != "overdue"]


# --- A row of the table each -----------------------------------------------------------------------------------------


def test_a_day_is_announced_a_week_and_a_day_ahead_and_on_itself() -> None:
    assert without_overdue(an_item("17.03.2022")) == [
        ("10.03", "ahead", 7),
        ("16.03", "ahead", 1),
        ("17.03", "today", 0),
    ]


def test_a_day_off_is_announced_on_the_working_day_before() -> None:
    assert without_overdue(an_item("13.03.2022")) == [("05.03", "ahead", 7), ("11.03", "today", 0)]


def test_until_a_day_is_announced_14_7_3_and_1_days_ahead_and_on_the_last_day() -> None:
    assert without_overdue(an_item("до 24.03.2022")) == [
        ("10.03", "ahead", 14),
        ("17.03", "ahead", 7),
        ("21.03", "ahead", 3),
        ("23.03", "ahead", 1),
        ("24.03", "last-day", 0),
    ]


def test_until_a_sunday_is_announced_on_working_days_before() -> None:
    assert without_overdue(an_item("до 20.03.2022")) == [
        ("05.03", "ahead", 14),  # 6 March is a Sunday, 5 March a working Saturday
        ("11.03", "ahead", 7),
        ("17.03", "ahead", 3),
        ("18.03", "last-day", 0),
    ]


def test_a_window_is_announced_at_both_ends() -> None:
    assert without_overdue(an_item("10.03 – 24.03.2022")) == [
        ("03.03", "starts-soon", 7),
        ("09.03", "starts-soon", 1),
        ("10.03", "started", 0),
        ("21.03", "ends-soon", 3),
        ("23.03", "ends-soon", 1),
        ("24.03", "last-day", 0),
    ]


def test_a_window_that_starts_on_a_day_off_is_started_on_the_next_working_day() -> None:
    assert without_overdue(an_item("01.10 – 20.10.2022"))[:3] == [
        ("23.09", "starts-soon", 7),
        ("30.09", "starts-soon", 1),
        ("03.10", "started", 0),
    ]


@pytest.mark.parametrize(
    ("length", "ends_soon"),
    [
        (0, []),
        (1, []),  # the day before the end is the first day
        (2, [1]),
        (6, [1]),
        (7, [3, 1]),
        (20, [3, 1]),
        (21, [7, 3, 1]),
        (90, [7, 3, 1]),
    ],
)
def test_the_end_of_a_window_is_announced_by_its_length(length: int, ends_soon: list[int]) -> None:
    start = date(2022, 2, 1)
    item = an_item(f"{start:%d.%m.%Y} – {start + timedelta(days=length):%d.%m.%Y}")
    found = notices(item, year=YEAR, calendar=EVERY_DAY, rules=Rules())
    assert [one.days for one in found if one.occasion is Occasion.ENDS_SOON] == ends_soon


def test_a_month_starts_on_its_first_working_day_and_ends_on_its_last() -> None:
    assert without_overdue(an_item("июль 2022")) == [
        ("01.07", "started", 0),
        ("22.07", "ends-soon", 7),
        ("28.07", "ends-soon", 3),
        ("29.07", "last-day", 0),  # 31 July is a Sunday
    ]


@pytest.mark.parametrize(
    ("deadline", "started", "week_before", "three_days_before", "last_day"),
    [
        ("январь 2022", "10.01", "24.01", "28.01", "31.01"),
        ("II квартал 2022", "01.04", "23.06", "27.06", "30.06"),
        ("март – апрель 2022", "01.03", "22.04", "27.04", "29.04"),
        ("2022 год", "10.01", "23.12", "28.12", "30.12"),
    ],
)
def test_a_window_named_without_days_has_no_starts_soon(
    deadline: str, started: str, week_before: str, three_days_before: str, last_day: str
) -> None:
    assert without_overdue(an_item(deadline)) == [
        (started, "started", 0),
        (week_before, "ends-soon", 7),
        (three_days_before, "ends-soon", 3),
        (last_day, "last-day", 0),
    ]


def test_after_a_day_it_becomes_possible_on_the_next_working_day_and_is_never_overdue() -> None:
    assert said(an_item("после 29.04.2022")) == [("04.05", "possible", 1)]
    assert said(an_item("после 16.03.2022")) == [("17.03", "possible", 1)]


def test_after_a_day_with_a_chosen_date_it_is_an_item_of_that_day() -> None:
    assert said(an_item("после 29.04.2022", held_on=date(2022, 5, 18))) == said(an_item("18.05.2022"))


def test_a_chosen_date_counts_only_for_an_item_that_needs_one() -> None:
    assert said(an_item("17.03.2022", held_on=date(2022, 5, 18))) == said(an_item("17.03.2022"))


@pytest.mark.parametrize("deadline", ["", "не определён", "по отдельному графику"])
def test_nothing_is_said_of_an_item_without_a_deadline(deadline: str) -> None:
    assert said(an_item(deadline)) == []


@pytest.mark.parametrize("threshold", [AT_LEAST_FOUR, MONTHLY, EACH_MUNICIPALITY])
def test_a_repeated_item_is_reminded_of_on_the_25th_of_each_month_of_its_window(threshold: Threshold) -> None:
    found = said(an_item("01.03 – 20.10.2022", threshold=threshold))
    assert [one for one in found if one[1] == "repeated"] == [
        ("25.03", "repeated", 0),
        ("25.04", "repeated", 0),
        ("25.05", "repeated", 0),
        ("24.06", "repeated", 0),  # Saturday
        ("25.07", "repeated", 0),
        ("25.08", "repeated", 0),
        ("23.09", "repeated", 0),  # Sunday
    ]


def test_a_repeated_item_has_the_occasions_of_its_window_too() -> None:
    once, repeated = an_item("01.03 – 20.10.2022"), an_item("01.03 – 20.10.2022", threshold=MONTHLY)
    assert [one for one in said(repeated) if one[1] != "repeated"] == said(once)


@pytest.mark.parametrize(("deadline", "threshold"), [("10.03 – 24.03.2022", SHARE), ("до 20.03.2022", AT_LEAST_FOUR)])
def test_a_share_or_a_single_day_is_not_repeated(deadline: str, threshold: Threshold) -> None:
    assert said(an_item(deadline, threshold=threshold)) == said(an_item(deadline))


def test_what_is_not_closed_is_overdue_the_next_day_and_weekly_four_times() -> None:
    assert [one for one in said(an_item("до 24.03.2022")) if one[1] == "overdue"] == [
        ("25.03", "overdue", 1),
        ("01.04", "overdue", 8),
        ("08.04", "overdue", 15),
        ("15.04", "overdue", 22),
    ]


def test_overdue_is_moved_forward() -> None:
    assert [one for one in said(an_item("22.04.2022")) if one[1] == "overdue"] == [
        ("25.04", "overdue", 1),  # Saturday the 23rd
        ("04.05", "overdue", 8),  # 30 April
        ("11.05", "overdue", 15),  # 7 May
        ("16.05", "overdue", 22),  # 14 May
    ]


@pytest.mark.parametrize(
    "deadline", ["17.03.2022", "до 17.03.2022", "10.03 – 17.03.2022", "март 2022", "ежемесячно до 17.03.2022"]
)
def test_everything_with_an_end_becomes_overdue(deadline: str) -> None:
    assert [one[2] for one in said(an_item(deadline)) if one[1] == "overdue"] == [1, 8, 15, 22]


# --- Two on one day --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "day", "stays"),
    [
        ("13.03.2022", "11.03", ("today", 0)),  # over «ahead 1» of Saturday
        ("до 20.03.2022", "18.03", ("last-day", 0)),  # over «ahead 1»
        ("до 09.05.2022", "06.05", ("last-day", 0)),  # over «ahead 3» and «ahead 1»
        ("10.05 – 20.05.2022", "06.05", ("starts-soon", 1)),
        ("30.05 – 13.06.2022", "10.06", ("last-day", 0)),  # over «ends-soon 3» and «ends-soon 1»
        ("12.03 – 14.03.2022", "14.03", ("last-day", 0)),  # over «started»
        ("11.03 – 14.03.2022", "11.03", ("ends-soon", 1)),  # over «started»
        ("05.02 – 06.02.2022", "04.02", ("last-day", 0)),  # over «starts-soon 1»
    ],
)
def test_of_two_on_one_day_the_one_nearest_to_the_deadline_stays(
    deadline: str, day: str, stays: tuple[str, int]
) -> None:
    assert [one[1:] for one in said(an_item(deadline)) if one[0] == day] == [stays]


def test_the_end_of_a_window_is_nearer_than_a_monthly_reminder() -> None:
    found = said(an_item("01.02 – 01.11.2022", threshold=EACH_MUNICIPALITY))
    assert [one for one in found if one[0] == "25.10"] == [("25.10", "ends-soon", 7)]


def test_a_monthly_reminder_does_not_hide_from_the_group_that_a_window_has_started() -> None:
    found = said(an_item("25.03 – 20.10.2022", threshold=MONTHLY))
    assert [one for one in found if one[0] in ("25.03", "25.04")] == [("25.03", "started", 0), ("25.04", "repeated", 0)]


def test_of_two_overdue_on_one_day_the_first_stays_so_that_the_group_hears_it() -> None:
    found = [one for one in said(an_item("до 31.12.2021")) if one[1] == "overdue"]
    assert found == [("10.01", "overdue", 1), ("17.01", "overdue", 15), ("24.01", "overdue", 22)]


# --- Never before, never after ---------------------------------------------------------------------------------------


def test_ends_soon_is_not_moved_to_before_the_window() -> None:
    found = without_overdue(an_item("12.03 – 14.03.2022"))
    assert found == [("05.03", "starts-soon", 7), ("11.03", "starts-soon", 1), ("14.03", "last-day", 0)]


def test_a_rule_longer_than_the_window_says_nothing_before_it() -> None:
    rules = Rules(ends_soon_middle=30, vague_ends_soon=(60, 3))
    found = [*said(an_item("10.03 – 24.03.2022"), rules=rules), *said(an_item("июль 2022"), rules=rules)]
    assert [one for one in found if one[1] == "ends-soon"] == [("23.03", "ends-soon", 1), ("28.07", "ends-soon", 3)]


def test_a_month_without_working_days_is_not_started_after_its_end() -> None:
    calendar = WorkCalendar({date(2022, 7, day): False for day in range(1, 32)})
    found = without_overdue(an_item("июль 2022"), calendar, Rules(overdue_first=5))
    assert found == [("30.06", "last-day", 0)]


def test_the_numbers_of_the_rules_are_used() -> None:
    rules = Rules(
        day_ahead=(5,), by_ahead=(10, 2), starts_soon=(4,), ends_soon_long=10, ends_soon_middle=6, ends_soon_short=2,
        vague_ends_soon=(5,), repeated_on=15, overdue_first=2, overdue_every=3, overdue_times=2,
    )  # fmt: skip
    assert said(an_item("17.03.2022"), EVERY_DAY, rules) == [
        ("12.03", "ahead", 5), ("17.03", "today", 0), ("19.03", "overdue", 2), ("22.03", "overdue", 5),
    ]  # fmt: skip
    assert without_overdue(an_item("до 24.03.2022"), EVERY_DAY, rules) == [
        ("14.03", "ahead", 10), ("22.03", "ahead", 2), ("24.03", "last-day", 0),
    ]  # fmt: skip
    assert without_overdue(an_item("01.03 – 31.03.2022", threshold=MONTHLY), EVERY_DAY, rules) == [
        ("25.02", "starts-soon", 4), ("01.03", "started", 0), ("15.03", "repeated", 0), ("21.03", "ends-soon", 10),
        ("25.03", "ends-soon", 6), ("29.03", "ends-soon", 2), ("31.03", "last-day", 0),
    ]  # fmt: skip
    assert without_overdue(an_item("июнь 2022"), EVERY_DAY, rules) == [
        ("01.06", "started", 0), ("25.06", "ends-soon", 5), ("30.06", "last-day", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "last_of_february"), [(28, "28.02"), (30, "28.02"), (60, "28.02")])
def test_a_month_shorter_than_the_number_is_reminded_on_its_last_day(number: int, last_of_february: str) -> None:
    item = an_item("01.02 – 31.03.2022", threshold=MONTHLY)
    found = [one[0] for one in said(item, EVERY_DAY, Rules(repeated_on=number)) if one[1] == "repeated"]
    assert found[0] == last_of_february
