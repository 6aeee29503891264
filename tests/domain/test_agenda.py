"""What there is to do on a day: states, the lines of a message, «Что сейчас» and the month."""

from datetime import date

import pytest

from domain.agenda import Line, Silence, Status, agenda, heard, in_month, lines_of_day, status, woken
from domain.calendar import WorkCalendar
from domain.notice import Notice, Occasion
from domain.notice_rules import Rules
from domain.roadmap import Flag, FlagState, Item, KeptRoadmap
from tests.domain.build import YEAR, a_roadmap, an_item, kept, kept_item

CALENDAR, RULES = WorkCalendar(), Rules()
THURSDAY = date(2022, 3, 17)
UNCLEAR = Flag("title", FlagState.UNREADABLE)


@pytest.mark.parametrize(
    ("deadline", "before", "first", "last", "after"),
    [
        ("17.03.2022", "coming", "running", "running", "overdue"),
        ("до 17.03.2022", "running", "running", "running", "overdue"),
        ("17.03 – 18.03.2022", "coming", "running", "running", "overdue"),
        ("ежемесячно с 17.03.2022", "coming", "running", "running", "running"),
        ("ежемесячно до 18.03.2022", "running", "running", "running", "overdue"),
        ("ежемесячно", "running", "running", "running", "running"),
        ("после 17.03.2022", "coming", "waiting", "waiting", "waiting"),
        ("", "unplanned", "unplanned", "unplanned", "unplanned"),
    ],
)
def test_how_an_item_stands(deadline: str, before: str, first: str, last: str, after: str) -> None:
    one = kept_item(an_item(deadline))
    end = one.item.deadline.end or date(2022, 3, 18)
    found = [status(one, day) for day in (date(2022, 3, 16), THURSDAY, end, date(2022, 3, 19))]
    assert found == [before, first, last, after]


@pytest.mark.parametrize("deadline", ["17.03.2022", "после 17.03.2022", "", "ежемесячно"])
def test_a_closed_item_is_closed_on_any_day(deadline: str) -> None:
    one = kept_item(an_item(deadline), closed=True)
    assert {status(one, date(2022, month, 1)) for month in range(1, 13)} == {Status.CLOSED}


def test_an_item_with_a_chosen_day_stands_as_of_that_day() -> None:
    one = kept_item(an_item("после 29.04", held_on=date(2022, 5, 18)))
    found = [status(one, date(2022, 5, day)) for day in (17, 18, 19)]
    assert found == [Status.COMING, Status.RUNNING, Status.OVERDUE]


# --- The lines of one chat's message ---------------------------------------------------------------------------------


def said(roadmap: KeptRoadmap, day: date, *addresses: str) -> list[tuple[int, str]]:
    lines = lines_of_day(roadmap, frozenset(addresses), day, CALENDAR, RULES)
    return [(line.kept.item.number, line.notice.occasion) for line in lines]


MARCH = a_roadmap(
    an_item("17.03.2022", number=1),
    an_item("до 20.03.2022", number=2, channels=("ВУ",), executors=("department",)),
    an_item("до 17.03.2022", number=3, channels=("500+", "ВУ")),
    an_item("20.04.2022", number=4),
)


def test_a_chat_is_told_what_concerns_it_on_that_day() -> None:
    roadmap = kept(MARCH)
    assert said(roadmap, THURSDAY, "group:500+") == [(1, "today"), (3, "last-day")]
    assert said(roadmap, THURSDAY, "group:ВУ") == [(2, "ahead"), (3, "last-day")]
    assert said(roadmap, THURSDAY, "organiser:department", "role:curator") == [(2, "ahead")]
    assert said(roadmap, THURSDAY, "role:school") == []
    assert said(roadmap, date(2022, 3, 15), "group:500+", "group:ВУ") == []


def test_nothing_is_said_of_a_closed_item() -> None:
    assert said(kept(MARCH, closed=[1]), THURSDAY, "group:500+") == [(3, "last-day")]


def test_a_roadmap_whose_last_deadline_has_passed_is_silent() -> None:
    late = an_item("17.03.2022", number=1)
    alone, beside = a_roadmap(late), a_roadmap(late, an_item("18.03.2022", number=2))
    assert said(kept(beside), date(2022, 3, 18), "group:500+") == [(1, "overdue"), (2, "today")]
    assert said(kept(alone), date(2022, 3, 18), "group:500+") == []


def test_a_roadmap_without_deadlines_is_silent() -> None:
    assert said(kept(a_roadmap(an_item(""))), THURSDAY, "group:500+", "organiser:university") == []


@pytest.mark.parametrize("deadline", ["ежемесячно", "ежемесячно, начиная с января", "ежемесячно до 25 марта"])
def test_a_roadmap_of_recurring_items_is_not_silent(deadline: str) -> None:
    roadmap = kept(a_roadmap(an_item(deadline)))
    assert said(roadmap, date(2022, 3, 25), "organiser:university") == [(1, "repeated")]


def test_the_question_for_a_date_is_asked_even_by_the_last_item() -> None:
    roadmap = kept(a_roadmap(an_item("после 29.04.2022")))
    assert said(roadmap, date(2022, 5, 4), "role:coordinator") == [(1, "possible")]


def test_a_line_knows_its_item_and_the_deadline_that_counts() -> None:
    item = an_item("после 29.04", held_on=THURSDAY)
    line = Line(kept_item(item), Notice(THURSDAY, Occasion.TODAY, 0), YEAR)
    assert (line.item_id, line.deadline.start, line.deadline.end) == (101, THURSDAY, THURSDAY)


# --- What a person does not want to hear -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("silence", "numbers"),
    [
        (Silence(), [1, 3]),
        (Silence(tired_of=frozenset({101})), [3]),
        (Silence(snoozed={103: date(2022, 3, 18)}), [1]),
        (Silence(snoozed={103: THURSDAY}), [1, 3]),
        (Silence(snoozed={103: date(2022, 3, 16)}), [1, 3]),
        (Silence(frozenset({101}), {103: date(2022, 3, 21)}), []),
    ],
)
def test_a_person_hears_what_is_not_put_off_and_not_answered_with_silence(silence: Silence, numbers: list[int]) -> None:
    lines = lines_of_day(kept(MARCH), frozenset({"organiser:university"}), THURSDAY, CALENDAR, RULES)
    assert [line.kept.item.number for line in heard(lines, silence, THURSDAY)] == numbers


@pytest.mark.parametrize(
    ("item", "day", "occasion"),
    [
        (an_item("10.03 – 24.03.2022"), date(2022, 3, 14), "started"),
        (an_item("до 24.03.2022"), date(2022, 3, 14), "ahead"),
        (an_item("11.03.2022"), date(2022, 3, 14), "overdue"),
    ],
)
def test_what_was_put_off_comes_back_with_the_latest_it_covered(item: Item, day: date, occasion: str) -> None:
    lines = woken(kept(a_roadmap(item)), Silence(snoozed={101: day}), day, CALENDAR, RULES)
    assert [(line.item_id, line.notice.occasion) for line in lines] == [(101, occasion)]


def test_nothing_comes_back_on_another_day_or_about_a_closed_item() -> None:
    silence, day = Silence(snoozed={101: THURSDAY}), date(2022, 3, 18)
    assert woken(kept(MARCH), silence, day, CALENDAR, RULES) == []
    assert woken(kept(MARCH, closed=[1]), silence, THURSDAY, CALENDAR, RULES) == []


def test_nothing_comes_back_of_which_nothing_was_said_yet() -> None:
    silence, day = Silence(snoozed={104: THURSDAY}), THURSDAY
    assert woken(kept(MARCH), silence, day, CALENDAR, RULES) == []


# --- «Что сейчас» ----------------------------------------------------------------------------------------------------


def test_what_is_pressing_by_how_pressing_it_is() -> None:
    roadmap = a_roadmap(
        an_item("до 16.03.2022", number=1),
        an_item("до 17.03.2022", number=2),
        an_item("17.03 – 20.04.2022", number=3),
        an_item("до 20.03.2022", number=4, flags=(UNCLEAR, UNCLEAR)),
        an_item("21.03.2022", number=5),
        an_item("после 01.03.2022", number=6, flags=(UNCLEAR,)),
        an_item("", number=7, flags=(UNCLEAR,)),
        an_item("март 2022", number=8),
        an_item("18.03.2022", number=9, flags=(UNCLEAR,)),
        an_item("ежемесячно до 18 марта", number=10),
        an_item("ежемесячно", number=11),
    )
    found = agenda([kept(roadmap, closed=[9])], THURSDAY)
    numbers = {
        name: [one.item.number for one in getattr(found, name)] for name in ("overdue", "today", "week", "waiting")
    }
    assert numbers == {"overdue": [1], "today": [2, 3], "week": [4, 10], "waiting": [6]}
    assert found.unclear == 3


def test_the_week_ends_on_sunday() -> None:
    roadmap = kept(a_roadmap(an_item("до 20.03.2022", number=1), an_item("до 21.03.2022", number=2)))
    assert [one.item.number for one in agenda([roadmap], THURSDAY).week] == [1]
    assert [one.item.number for one in agenda([roadmap], date(2022, 3, 20)).today] == [1]
    assert agenda([roadmap], date(2022, 3, 20)).week == ()


def test_no_roadmap_is_an_empty_agenda() -> None:
    found = agenda([], THURSDAY)
    assert (found.overdue, found.today, found.week, found.waiting, found.unclear) == ((), (), (), (), 0)


# --- The month -------------------------------------------------------------------------------------------------------

YEARLONG = kept(
    a_roadmap(
        an_item("до 20.03.2022", number=1),
        an_item("28.02.2022", number=2),
        an_item("01.02 – 10.03.2022", number=3),
        an_item("20.01 – 20.10.2022", number=4),
        an_item("март 2022", number=5),
        an_item("после 31.03.2022", number=6),
        an_item("", number=7),
        an_item("ежемесячно", number=8),
        an_item("ежемесячно, начиная с марта", number=9),
        an_item("ежемесячно до 20 февраля", number=10),
        an_item("после 29.04", number=11, held_on=date(2022, 5, 18)),
    )
)


@pytest.mark.parametrize(
    ("month", "numbers"),
    [
        (2, [3, 10, 2, 4, 8]),
        (3, [5, 9, 3, 1, 6, 4, 8]),
        (4, [4, 8, 9]),
        (5, [11, 4, 8, 9]),
        (11, [8, 9]),
        (12, [8, 9]),
    ],
)
def test_the_items_of_a_month_by_their_nearest_edge(month: int, numbers: list[int]) -> None:
    assert [one.item.number for one in in_month([YEARLONG], date(2022, month, 1))] == numbers


def test_another_year_has_none_of_them() -> None:
    assert in_month([YEARLONG], date(2023, 1, 1)) == []
    assert in_month([YEARLONG], date(2021, 12, 1)) == []
