"""How an indicator stands on a day: what is left, what is to be expected, whether it can still be reached."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.debtor import Debtor
from domain.indicator import Indicator, IndicatorState, forecast, indicator, still_asks
from domain.indicator_count import Count, Facts, Measure, Told, count
from domain.notice import Notice, Occasion
from domain.roadmap import Item, OwedBy, Threshold, ThresholdKind
from tests.domain.build import YEAR, an_item

CALENDAR = WorkCalendar()
SCHOOLS = tuple(Debtor(OwedBy.SCHOOL, number) for number in range(1, 9))
TOWNS = tuple(Debtor(OwedBy.MUNICIPALITY, number) for number in range(1, 5))
EXECUTORS = (Debtor(OwedBy.EXECUTORS),)
PARTIES = {OwedBy.SCHOOL: SCHOOLS, OwedBy.MUNICIPALITY: TOWNS, OwedBy.EXECUTORS: EXECUTORS}

DONE, RUNNING, THREATENED, FAILED = (
    IndicatorState.DONE,
    IndicatorState.RUNNING,
    IndicatorState.THREATENED,
    IndicatorState.FAILED,
)


def the_item(number: int) -> Item:
    """The items whose numbers the order of 2022 sets, and one that a document closes."""
    share, school = ThresholdKind.SHARE, OwedBy.SCHOOL
    deadline, owed_by, threshold = {
        10: ("до 07.02.2022", school, Threshold(share, 100, "teams")),
        11: ("до 07.02.2022", OwedBy.EXECUTORS, None),
        14: ("28.02.2022", OwedBy.EXECUTORS, None),
        15: ("01.03. – 20.10.2022", OwedBy.EXECUTORS, Threshold(ThresholdKind.COUNT, 4)),
        16: ("10.03-24.03.2022", school, Threshold(share, 90, "participants")),
        20: ("до 20.03.2022", school, None),
        22: ("", school, None),
        23: ("20.01 – 20.10.2022", OwedBy.EXECUTORS, Threshold(ThresholdKind.MONTHLY, 1)),
        24: ("01.02. – 01.11.2022", OwedBy.MUNICIPALITY, Threshold(ThresholdKind.PER_MUNICIPALITY, 1)),
        26: ("30.05.2022 – 13.06.2022", school, Threshold(share, None, "participants")),
        27: ("после 30.06.2022", OwedBy.EXECUTORS, None),
        34: ("ноябрь 2022", school, Threshold(share, 70, "schools")),
    }[number]
    return an_item(deadline, number=number, owed_by=owed_by, threshold=threshold)


def on(text: str, number: int, facts: Facts | None = None, *, is_closed: bool = False) -> Indicator:
    """An item on a day «22.03» of 2022."""
    today = day(text)
    made = the_item(number)
    who = PARTIES[made.owed_by]
    found = count(made, facts or Facts(), who, year=YEAR, today=today, teams={n: [n] for n in range(1, 9)})
    return indicator(made, found, year=YEAR, today=today, calendar=CALENDAR, is_closed=is_closed)


def day(text: str) -> date:
    return date(YEAR, int(text[3:5]), int(text[:2]))


def by(number: int, text: str) -> Facts:
    """So many schools' confirmations were accepted on a day."""
    return Facts(dict.fromkeys(SCHOOLS[:number], day(text)))


def held(*days: str) -> Facts:
    return Facts(held=tuple((None, day(one)) for one in days))


def towns(*where: int, text: str = "01.03") -> Facts:
    return Facts(held=tuple((one, day(text)) for one in where))


def told(done: int, of: int, text: str) -> Facts:
    return Facts(told=Told(done, of, day(text)))


CLOSED_BY_A_DOCUMENT = Facts({EXECUTORS[0]: day("01.02")})


@pytest.mark.parametrize(
    ("number", "facts", "today", "state"),
    [
        (10, by(8, "07.02"), "07.02", DONE),
        (10, by(7, "07.02"), "08.02", FAILED),
        (10, by(8, "07.02"), "31.12", DONE),
        (11, None, "01.02", RUNNING),
        (11, None, "02.02", THREATENED),
        (11, None, "07.02", THREATENED),
        (11, None, "08.02", FAILED),
        (11, CLOSED_BY_A_DOCUMENT, "08.02", DONE),
        (14, None, "25.02", RUNNING),
        (14, None, "28.02", THREATENED),
        (14, None, "01.03", FAILED),
        (15, None, "01.02", RUNNING),
        (15, held("01.03", "25.03"), "25.03", RUNNING),
        (15, held("01.03"), "10.09", THREATENED),
        (15, None, "17.10", THREATENED),
        (15, held("01.03", "02.03", "03.03", "04.03"), "05.03", DONE),
        (15, held("01.03", "02.03", "03.03", "21.10"), "21.10", FAILED),
        (15, held("01.03", "02.03", "03.03", "20.10"), "20.10", DONE),
        (16, None, "09.03", RUNNING),
        (16, told(200, 240, "22.03"), "22.03", RUNNING),
        (16, told(100, 240, "22.03"), "22.03", THREATENED),
        (16, None, "21.03", THREATENED),
        (16, told(216, 240, "24.03"), "24.03", DONE),
        (16, told(215, 240, "24.03"), "25.03", FAILED),
        (20, by(5, "01.03"), "10.03", RUNNING),
        (20, by(1, "01.03"), "10.03", THREATENED),
        (20, by(7, "20.03"), "20.03", THREATENED),
        (20, by(7, "20.03"), "21.03", FAILED),
        (22, None, "01.12", RUNNING),
        (22, by(8, "01.03"), "01.12", DONE),
        (23, None, "19.01", RUNNING),
        (23, None, "25.01", RUNNING),
        (23, None, "26.01", THREATENED),
        (23, held("31.01"), "31.01", RUNNING),
        (23, None, "01.02", FAILED),
        (23, held("31.01"), "01.02", RUNNING),
        (23, held("31.01", "01.03"), "01.03", FAILED),
        (23, held(*(f"20.{month:02}" for month in range(1, 11))), "20.10", DONE),
        (24, towns(1, 2, 3), "10.03", RUNNING),
        (24, towns(1, 2, 3, 4), "10.03", DONE),
        (24, towns(1, 2, 3), "02.11", FAILED),
        (26, None, "14.06", RUNNING),
        (26, told(240, 240, "10.06"), "10.06", DONE),
        (26, told(10, 240, "10.06"), "10.06", RUNNING),
        (27, None, "01.12", RUNNING),
        (34, by(5, "01.11"), "10.11", RUNNING),
        (34, by(6, "01.11"), "10.11", DONE),
        (34, by(5, "01.11"), "01.12", FAILED),
    ],
)
def test_how_an_item_of_the_order_stands(number: int, facts: Facts | None, today: str, state: IndicatorState) -> None:
    assert on(today, number, facts).state is state


@pytest.mark.parametrize("number", [10, 15, 16, 20, 23, 24, 26, 34])
def test_what_the_coordinator_closed_is_done_whatever_the_number(number: int) -> None:
    found = on("31.12", number, is_closed=True)
    assert (found.state, found.forecast, found.count.done) == (DONE, None, 0)


@pytest.mark.parametrize(("today", "state"), [("10.03", RUNNING), ("18.03", THREATENED), ("21.03", FAILED)])
def test_what_nobody_is_there_to_do_is_not_done(today: str, state: IndicatorState) -> None:
    item = the_item(20)
    nothing = count(item, Facts(), (), year=YEAR, today=day(today))
    assert nothing.applies
    assert indicator(item, nothing, year=YEAR, today=day(today), calendar=CALENDAR, is_closed=False).state is state


@pytest.mark.parametrize("number", [11, 15, 16, 20, 23, 24, 26])
def test_what_applies_to_nobody_is_done(number: int) -> None:
    item, today = the_item(number), day("31.12")
    facts = Facts(exempt=frozenset(PARTIES[item.owed_by]))
    nothing = count(item, facts, (), year=YEAR, today=today)
    found = indicator(item, nothing, year=YEAR, today=today, calendar=CALENDAR, is_closed=False)
    assert (found.state, nothing.missing, nothing.is_whole) == (DONE, (), True)
    assert not still_asks(notice("25.03", Occasion.OVERDUE), found, today)


@pytest.mark.parametrize(
    ("today", "left"),
    [("21.03", 3), ("22.03", 2), ("23.03", 1), ("24.03", 0), ("25.03", 0), ("04.03", 13)],
)
def test_working_days_left_to_the_end_without_today(today: str, left: int) -> None:
    assert on(today, 16).working_days_left == left


def test_working_days_left_know_the_region_s_own_days() -> None:
    item, today = the_item(16), day("22.03")
    nothing = count(item, Facts(), SCHOOLS, year=YEAR, today=today)
    own = WorkCalendar({day("23.03"): False})
    assert indicator(item, nothing, year=YEAR, today=today, calendar=own, is_closed=False).working_days_left == 1


def test_item_without_a_deadline_has_nothing_left_to_count() -> None:
    found = on("22.03", 22)
    assert (found.start, found.end, found.working_days_left, found.forecast) == (None, None, None, None)


def test_a_chosen_day_is_the_end_of_an_after_item() -> None:
    item = an_item("после 29.04", held_on=date(2022, 5, 18))
    found = indicator(
        item,
        count(item, Facts(), EXECUTORS, year=YEAR, today=day("19.05")),
        year=YEAR,
        today=day("19.05"),
        calendar=CALENDAR,
        is_closed=False,
    )
    assert (found.end, found.state) == (day("18.05"), FAILED)


def test_the_year_s_end_is_the_end_of_what_recurs_without_one() -> None:
    item = an_item("ежемесячно", threshold=Threshold(ThresholdKind.MONTHLY, 1))
    nothing = count(item, Facts(), EXECUTORS, year=YEAR, today=day("31.12"))
    found = indicator(item, nothing, year=YEAR, today=day("31.12"), calendar=CALENDAR, is_closed=False)
    assert (found.start, found.end, found.working_days_left) == (day("01.01"), day("31.12"), 0)


# --- Forecast --------------------------------------------------------------------------------------------------------


def test_ninety_percent_comes_after_the_end_at_today_s_pace() -> None:
    found = on("22.03", 16, told(162, 240, "22.03"))
    assert (found.forecast, found.comes_late, found.state) == (day("27.03"), True, THREATENED)


def test_ninety_percent_comes_in_time_at_today_s_pace() -> None:
    found = on("22.03", 16, told(200, 240, "22.03"))
    assert (found.forecast, found.comes_late) == (day("24.03"), False)


@pytest.mark.parametrize(
    ("number", "facts", "today"),
    [
        (16, None, "22.03"),
        (16, told(216, 240, "20.03"), "22.03"),
        (26, told(9, 240, "01.06"), "02.06"),
        (22, None, "02.06"),
    ],
)
def test_nothing_to_go_by_enough_or_no_target_has_no_forecast(number: int, facts: Facts | None, today: str) -> None:
    assert on(today, number, facts).forecast is None


def test_months_cannot_be_done_ahead_so_they_have_no_forecast() -> None:
    assert on("31.01", 23, held("20.01")).forecast is None


def test_without_a_beginning_the_pace_runs_from_the_first_that_was_done() -> None:
    found = on("10.03", 20, by(4, "07.03"))
    assert found.forecast == day("14.03")


def test_what_was_done_before_the_window_begins_sets_the_beginning() -> None:
    counted = Count(1, 3, 3, (day("05.03"),))
    assert forecast(counted, day("10.03"), day("06.03")) == day("10.03")


def test_a_pace_of_centuries_is_still_a_day() -> None:
    counted = Count(1, 10**9, 10**9, (day("01.01"),))
    assert forecast(counted, None, day("31.12")) == date.max


@given(st.integers(1, 500), st.integers(0, 500), st.dates(date(2022, 1, 1), date(2022, 6, 1)), st.integers(0, 200))
def test_a_forecast_is_a_later_day_on_which_the_pace_reaches_the_target(
    done: int, lacking: int, begun: date, elapsed: int
) -> None:
    today = begun + timedelta(days=elapsed)
    counted = Count(done, done + lacking, done + lacking, (begun,) * done)
    found = forecast(counted, begun, today)
    if lacking == 0:
        assert found is None
        return
    assert found is not None
    more = (found - today).days
    assert more > 0
    assert done * (more - 1) < lacking * (elapsed + 1) <= done * more


@given(st.integers(0, 8), st.dates(date(2022, 1, 1), date(2022, 12, 31)))
def test_more_done_is_never_worse(done: int, today: date) -> None:
    order = [FAILED, THREATENED, RUNNING, DONE]
    item, first = the_item(20), date(2022, 1, 1)

    def state(number: int) -> int:
        facts = Facts(dict.fromkeys(SCHOOLS[:number], first))
        counted = count(item, facts, SCHOOLS, year=YEAR, today=today)
        found = indicator(item, counted, year=YEAR, today=today, calendar=CALENDAR, is_closed=False)
        return order.index(found.state)

    if 1 <= done < len(SCHOOLS):  # with nothing done at all nothing is known of the pace
        assert state(done) <= state(done + 1)


# --- What is still to be said ----------------------------------------------------------------------------------------


def notice(text: str, occasion: Occasion) -> Notice:
    return Notice(day(text), occasion, 0)


@pytest.mark.parametrize(
    ("number", "facts", "occasion", "says"),
    [
        (20, by(8, "01.03"), Occasion.AHEAD, False),
        (20, by(7, "01.03"), Occasion.AHEAD, True),
        (20, by(8, "01.03"), Occasion.OVERDUE, False),
        (34, by(7, "01.03"), Occasion.STARTED, True),
        (11, CLOSED_BY_A_DOCUMENT, Occasion.OVERDUE, False),
        (15, held("01.03", "02.03", "03.03"), Occasion.REPEATED, True),
        (15, held("01.03", "02.03", "03.03", "04.03"), Occasion.REPEATED, False),
        (15, held("01.03", "02.03", "03.03", "04.03"), Occasion.LAST_DAY, False),
        (24, towns(1, 2, 3), Occasion.REPEATED, True),
        (24, towns(1, 2, 3, 4), Occasion.REPEATED, False),
        (16, told(220, 240, "20.03"), Occasion.ENDS_SOON, True),
        (16, told(240, 240, "20.03"), Occasion.ENDS_SOON, False),
    ],
)
def test_what_everybody_has_done_is_not_spoken_of(number: int, facts: Facts, occasion: Occasion, says: bool) -> None:
    assert still_asks(notice("25.03", occasion), on("25.03", number, facts), day("25.03")) is says


@pytest.mark.parametrize(
    ("days", "said_on", "says"),
    [
        (("31.01", "01.03"), "25.03", False),
        (("31.01",), "25.03", True),
        (("31.01", "01.03"), "25.04", True),
        (("31.01", "01.03"), "25.02", True),
    ],
)
def test_the_monthly_reminder_is_of_its_own_month(days: tuple[str, ...], said_on: str, says: bool) -> None:
    found = on("20.03", 23, held(*days))
    assert still_asks(notice(said_on, Occasion.REPEATED), found, day("20.03")) is says


def test_of_what_was_not_counted_everything_is_said() -> None:
    assert still_asks(notice("25.03", Occasion.REPEATED), None, day("25.03"))


def test_item_that_nobody_owes_yet_is_still_spoken_of() -> None:
    item = the_item(20)
    nothing = count(item, Facts(), (), year=YEAR, today=day("10.03"))
    found = indicator(item, nothing, year=YEAR, today=day("10.03"), calendar=CALENDAR, is_closed=False)
    assert found.count.measure is Measure.SCHOOLS
    assert still_asks(notice("18.03", Occasion.LAST_DAY), found, day("10.03"))
