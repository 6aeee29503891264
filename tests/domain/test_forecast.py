"""The whole year of the shipped roadmap against a second reading of notices.md, written without the product's rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import WorkCalendar
from domain.deadline import DeadlineKind
from domain.forecast import Forecast, forecast
from domain.hours import Hours
from domain.notice_rules import Rules
from domain.roadmap import Item, Roadmap, ThresholdKind
from domain.roadmap_file import read_roadmap
from tests.domain.build import a_roadmap, an_item, kept

FILE = Path(__file__).parents[2] / "roadmaps" / "ivanovo-2022.toml"
HOURS = Hours(ZoneInfo("Europe/Moscow"), Rules(), WorkCalendar())
FIRST, LAST = date(2021, 11, 1), date(2022, 12, 31)


@pytest.fixture(scope="module")
def roadmap() -> Roadmap:
    return read_roadmap(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def year(roadmap: Roadmap) -> list[Forecast]:
    return forecast([kept(roadmap)], HOURS, FIRST, LAST)


# --- notices.md, read once more --------------------------------------------------------------------------------------

Line = tuple[date, int, str, int, str]
"""Day, item, occasion, days, group."""

OFF = {
    *(date(2021, 11, day) for day in (4, 5)),
    date(2021, 12, 31),
    *(date(2022, 1, day) for day in range(3, 8)),
    date(2022, 2, 23),
    *(date(2022, 3, day) for day in (7, 8)),
    *(date(2022, 5, day) for day in (2, 3, 9, 10)),
    date(2022, 6, 13),
    date(2022, 11, 4),
}
"""Weekdays that the government's decrees for 2021 and 2022 made days off."""
WORKING_SATURDAY = date(2022, 3, 5)

GROUPS = {"500+": "group:500+", "ВУ": "group:ВУ"}
FROM_FAR_TO_NEAR = ["starts-soon", "started", "repeated", "ahead", "ends-soon", "today", "last-day", "overdue"]


def moved(day: date, step: int) -> date:
    while day != WORKING_SATURDAY and (day.weekday() >= 5 or day in OFF):
        day += timedelta(days=step)
    return day


def rows(item: Item) -> Iterator[tuple[date, int, str, int]]:
    """Day before it is moved, direction, occasion and days: the table row by row."""
    start, end = item.deadline.start, item.deadline.end
    is_window = item.deadline.kind is DeadlineKind.BETWEEN
    is_month = is_window and not item.deadline.exact
    if end is None:
        return
    ahead = {DeadlineKind.ON: (7, 1), DeadlineKind.BY: (14, 7, 3, 1)}.get(item.deadline.kind, ())
    yield from ((end - timedelta(days=days), -1, "ahead", days) for days in ahead)
    if is_window and start is not None:
        length = (end - start).days
        soon = (7, 3) if is_month else [7] * (length >= 21) + [3] * (length >= 7) + [1] * (length > 1)
        if not is_month:
            yield from ((start - timedelta(days=days), -1, "starts-soon", days) for days in (7, 1))
        yield start, 1, "started", 0
        yield from ((end - timedelta(days=days), -1, "ends-soon", days) for days in soon)
        if item.threshold and item.threshold.kind is not ThresholdKind.SHARE:
            months = [date(2022, month, 25) for month in range(1, 13)]
            yield from ((day, -1, "repeated", 0) for day in months if start <= day <= end)
    yield end, -1, "today" if item.deadline.kind is DeadlineKind.ON else "last-day", 0
    yield from ((end + timedelta(days=days), 1, "overdue", days) for days in (1, 8, 15, 22))


def second_reading(roadmap: Roadmap) -> set[Line]:
    """What the groups hear of: everything but monthly reminders and the second overdue and those after it."""
    found: set[Line] = set()
    over = max(item.deadline.end for item in roadmap.items if item.deadline.end)
    for item in roadmap.items:
        best: dict[date, tuple[int, int, str]] = {}
        for day, step, occasion, days in rows(item):
            said = moved(day, step)
            best[said] = max(best.get(said, (-1, 0, "")), (FROM_FAR_TO_NEAR.index(occasion), -days, occasion))
        for day, (_, minus_days, occasion) in best.items():
            heard = occasion != "repeated" and (occasion, minus_days) not in [
                ("overdue", -8),
                ("overdue", -15),
                ("overdue", -22),
            ]
            if heard and day <= over:
                found |= {
                    (day, item.number, occasion, -minus_days, GROUPS[one]) for one in item.channels if one in GROUPS
                }
    return found


def test_the_groups_year_is_that_of_the_second_reading(roadmap: Roadmap, year: list[Forecast]) -> None:
    expected = second_reading(roadmap)
    found = [
        (local(line), line.item, line.occasion, line.days, line.to) for line in year if line.to.startswith("group:")
    ]
    assert sorted(found) == sorted(expected)
    assert len(expected) == 140


def local(line: Forecast) -> date:
    return line.at.astimezone(HOURS.zone).date()


# --- The golden list, checked by hand --------------------------------------------------------------------------------

MARCH = """
01.03  14 overdue 1
03.03  16 starts-soon 7
05.03  20 ahead 14
09.03  16 starts-soon 1
10.03  16 started 0
11.03  20 ahead 7
15.03  18 starts-soon 7
17.03  20 ahead 3
18.03  20 last-day 0
21.03  16 ends-soon 3
21.03  18 starts-soon 1
21.03  20 overdue 1
22.03  18 started 0
23.03  16 ends-soon 1
23.03  18 last-day 0
24.03  16 last-day 0
24.03  18 overdue 1
25.03  16 overdue 1
"""


def test_the_group_500_in_march(year: list[Forecast]) -> None:
    march = [line for line in year if line.to == "group:500+" and local(line).month == 3]
    assert [f"{local(line):%d.%m}  {line.item} {line.occasion} {line.days}" for line in march] == MARCH.split("\n")[
        1:-1
    ]


def test_the_example_of_the_document(year: list[Forecast]) -> None:
    nine = datetime(2022, 3, 9, 6, tzinfo=UTC)
    found = [line for line in year if (line.at, line.to) == (nine, "group:500+")]
    assert found == [
        Forecast(nine, "group:500+", "ivanovo-2022", 16, "Первый опрос участников", "starts-soon", 1),
    ]


# --- People ----------------------------------------------------------------------------------------------------------


def heard(year: list[Forecast], item: int, to: str) -> list[tuple[str, str, int]]:
    return [(f"{local(line):%d.%m}", line.occasion, line.days) for line in year if (line.item, line.to) == (item, to)]


def test_who_hears_of_a_meeting_whose_day_is_to_be_chosen(year: list[Forecast]) -> None:
    found = [(f"{local(line):%d.%m}", line.to, line.occasion) for line in year if line.item == 21]
    assert found == [("04.05", "role:coordinator", "possible"), ("04.05", "organiser:department", "possible")]


def test_the_university_is_reminded_monthly_and_nobody_else_is(year: list[Forecast]) -> None:
    repeated = [(f"{local(line):%d.%m}", line.to) for line in year if (line.item, line.occasion) == (15, "repeated")]
    days = ["25.03", "25.04", "25.05", "24.06", "25.07", "25.08", "23.09"]
    assert repeated == [(day, "organiser:university") for day in days]


def test_the_coordinator_hears_of_each_overdue_item_and_of_their_own(year: list[Forecast]) -> None:
    assert heard(year, 20, "role:coordinator") == [
        ("21.03", "overdue", 1), ("28.03", "overdue", 8), ("04.04", "overdue", 15), ("11.04", "overdue", 22),
    ]  # fmt: skip
    assert heard(year, 16, "role:coordinator")[:2] == [("03.03", "starts-soon", 7), ("09.03", "starts-soon", 1)]


def test_nothing_is_said_of_items_without_a_deadline(year: list[Forecast]) -> None:
    assert {line.item for line in year} == set(range(1, 35)) - {17, 22}


def test_nothing_is_said_after_the_last_deadline(year: list[Forecast]) -> None:
    assert (local(year[0]), local(year[-1])) == (date(2021, 11, 18), date(2022, 11, 30))
    assert forecast([kept(a_roadmap(an_item("до 24.03.2022")))], HOURS, date(2022, 3, 25), LAST) == []


# --- The list itself -------------------------------------------------------------------------------------------------


def test_the_list_is_sorted_by_time_address_and_item(year: list[Forecast]) -> None:
    keys = [(line.at, line.to, line.item) for line in year]
    assert keys == sorted(set(keys))


def test_everything_is_at_nine_except_the_coordinators_digest_day(year: list[Forecast]) -> None:
    early = {local(line) for line in year if line.at.astimezone(HOURS.zone).strftime("%H:%M") == "08:30"}
    theirs = {local(line) for line in year if line.to == "role:coordinator"}
    assert {line.to for line in year if line.at.hour == 5} == {"role:coordinator"}
    assert early == {day for day in theirs if HOURS.is_digest_day(day)}
    assert {line.at.astimezone(HOURS.zone).strftime("%H:%M") for line in year} == {"08:30", "09:00"}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2022, 3, 9), date(2022, 3, 9)),
        (date(2022, 3, 5), date(2022, 3, 24)),
        (date(2022, 3, 6), date(2022, 3, 8)),
        (date(2022, 12, 1), date(2023, 1, 1)),
    ],
)
def test_a_stretch_is_a_part_of_the_year(roadmap: Roadmap, year: list[Forecast], first: date, last: date) -> None:
    assert forecast([kept(roadmap)], HOURS, first, last) == [line for line in year if first <= local(line) <= last]


def test_nothing_is_said_of_closed_items(roadmap: Roadmap, year: list[Forecast]) -> None:
    found = forecast([kept(roadmap, closed=[16, 20])], HOURS, FIRST, LAST)
    assert found == [line for line in year if line.item not in (16, 20)]


def test_several_roadmaps_stand_side_by_side() -> None:
    one, other = a_roadmap(an_item("17.03.2022")), a_roadmap(an_item("17.03.2022"), year=2021)
    found = forecast([kept(one), kept(other)], HOURS, date(2022, 3, 17), date(2022, 3, 17))
    assert [(line.to, line.roadmap) for line in found] == [
        ("group:500+", "region-2021"),
        ("group:500+", "region-2022"),
        ("organiser:university", "region-2021"),
        ("organiser:university", "region-2022"),
    ]
