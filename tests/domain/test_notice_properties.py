"""What holds for every deadline, calendar and rule of the notices."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.deadline import Deadline, DeadlineKind
from domain.notice import Notice, Occasion, last_day, notices, window
from domain.notice_rules import Rules
from domain.roadmap import Item, Threshold, ThresholdKind
from tests.domain.build import YEAR, a_roadmap, an_item

EVERY_DAY = WorkCalendar({date(2021, 1, 1) + timedelta(days=step): True for step in range(3 * 365)})

THRESHOLDS = [None, Threshold(ThresholdKind.MONTHLY, 1), Threshold(ThresholdKind.SHARE, 90, "participants")]

edges = st.tuples(st.dates(date(2021, 11, 1), date(2022, 12, 31)), st.integers(0, 300))
deadlines = st.one_of(
    edges.map(lambda one: Deadline(DeadlineKind.ON, one[0], one[0])),
    edges.map(lambda one: Deadline(DeadlineKind.BY, end=one[0])),
    edges.map(lambda one: Deadline(DeadlineKind.BETWEEN, one[0], one[0] + timedelta(days=one[1]))),
    edges.map(lambda one: Deadline(DeadlineKind.BETWEEN, one[0], one[0] + timedelta(days=one[1]), exact=False)),
    edges.map(lambda one: Deadline(DeadlineKind.AFTER, start=one[0])),
    edges.map(lambda one: Deadline(DeadlineKind.RECURRING, one[0], one[0] + timedelta(days=one[1]), exact=False)),
    st.just(Deadline(DeadlineKind.RECURRING, exact=False)),
)
items = st.builds(
    lambda deadline, threshold: replace(an_item(), deadline=deadline, threshold=threshold),
    deadlines,
    st.sampled_from(THRESHOLDS),
)
specials = st.dictionaries(st.dates(date(2021, 12, 1), date(2022, 12, 31)), st.booleans(), max_size=8)


@given(items, specials)
def test_every_notice_is_on_a_working_day_and_alone_on_it(item: Item, special: dict[date, bool]) -> None:
    calendar = WorkCalendar(special)
    found = notices(item, year=YEAR, calendar=calendar, rules=Rules())
    assert all(calendar.is_working(one.day) for one in found)
    assert all(one.day < other.day for one, other in pairwise(found))


@given(items, specials)
def test_every_notice_is_on_its_side_of_the_deadline(item: Item, special: dict[date, bool]) -> None:
    start, end = item.deadline.start, item.deadline.end
    for one in notices(item, year=YEAR, calendar=WorkCalendar(special), rules=Rules()):
        match one.occasion:
            case Occasion.AHEAD | Occasion.TODAY | Occasion.LAST_DAY:
                assert end is not None
                assert one.day <= end - timedelta(days=one.days)
            case Occasion.STARTS_SOON:
                assert start is not None
                assert one.day <= start - timedelta(days=one.days)
            case Occasion.STARTED | Occasion.ENDS_SOON:
                assert start is not None
                assert end is not None
                assert start <= one.day <= end
            case Occasion.REPEATED:
                first, last = window(item.deadline, YEAR)
                assert first <= one.day <= last
            case Occasion.POSSIBLE:
                assert start is not None
                assert one.day > start
            case Occasion.OVERDUE:
                assert end is not None
                assert one.day >= end + timedelta(days=one.days)


@given(items)
def test_where_every_day_is_working_nothing_is_moved_and_nothing_that_has_an_end_is_silent(item: Item) -> None:
    assume(item.deadline.end is None or item.deadline.end < date(2023, 6, 1))
    found = notices(item, year=YEAR, calendar=EVERY_DAY, rules=Rules())
    if item.deadline.kind not in (DeadlineKind.AFTER, DeadlineKind.RECURRING):
        end = item.deadline.end
        assert end is not None
        assert Notice(end, Occasion.TODAY if item.deadline.kind is DeadlineKind.ON else Occasion.LAST_DAY, 0) in found
    overdue = [one.days for one in found if one.occasion is Occasion.OVERDUE]
    assert overdue == ([] if item.deadline.end is None else [1, 8, 15, 22])


@given(st.lists(items, min_size=1, max_size=3))
def test_a_roadmap_is_not_over_before_everything_but_overdue_was_said(found: list[Item]) -> None:
    end = last_day(a_roadmap(*found))
    assert end is not None
    for item in found:
        for one in notices(item, year=YEAR, calendar=WorkCalendar(), rules=Rules()):
            assert one.day <= end or one.occasion is Occasion.OVERDUE
