"""What the minutes of a meeting do to its item, and who may close it."""

from typing import Any

import pytest

from domain.indicator import Indicator, IndicatorState
from domain.indicator_count import Count
from domain.meeting import Meeting
from domain.meeting_ending import Ending, ending, may_close, minutes_of, refuse_empty
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.roadmap import Closing, KeptItem, OwedBy, Threshold, ThresholdKind
from tests.domain.build import an_item
from tests.people import msk

LEADS = (Duty(Role.COORDINATOR),)
TEAMS = Threshold(ThresholdKind.SHARE, 100, "teams")


def number(done: int) -> Indicator:
    return Indicator(Count(done, 8, 8), IndicatorState.RUNNING)


def kept(**item: Any) -> KeptItem:
    return KeptItem(1, 1, an_item("до 20.03.2022", executors=("department",), **item))


@pytest.mark.parametrize(
    ("item", "done", "how"),
    [
        ({"owed_by": OwedBy.EXECUTORS, "threshold": None}, 0, Ending.CLOSES),
        ({"owed_by": OwedBy.SCHOOL, "threshold": TEAMS}, 8, Ending.CLOSES),
        ({"owed_by": OwedBy.SCHOOL, "threshold": TEAMS}, 7, Ending.LACKS),
        ({"owed_by": OwedBy.SCHOOL, "threshold": None}, 8, Ending.CLOSES),
        ({"owed_by": OwedBy.EXECUTORS, "threshold": Threshold(ThresholdKind.COUNT, 4)}, 3, Ending.COUNTED),
        ({"owed_by": OwedBy.EXECUTORS, "threshold": Threshold(ThresholdKind.MONTHLY, 1)}, 3, Ending.COUNTED),
        (
            {"owed_by": OwedBy.MUNICIPALITY, "threshold": Threshold(ThresholdKind.PER_MUNICIPALITY, 1)},
            3,
            Ending.NOTHING,
        ),
    ],
)
def test_by_the_item_and_its_number(item: dict[str, Any], done: int, how: Ending) -> None:
    assert ending(kept(**item), number(done), LEADS, by_survey=False) is how


def test_nothing_without_an_item_or_where_it_is_closed() -> None:
    closed = KeptItem(1, 1, an_item("до 20.03.2022"), Closing(msk("2022-03-10 12:00"), ""))
    assert ending(None, None, LEADS, by_survey=False) is ending(closed, number(8), LEADS, by_survey=False)


def test_what_a_survey_does_is_not_done_by_minutes() -> None:
    item = kept(owed_by=OwedBy.EXECUTORS, threshold=None)
    assert ending(item, number(7), LEADS, by_survey=True) is Ending.LACKS


@pytest.mark.parametrize(
    ("duty", "may"),
    [
        (Duty(Role.COORDINATOR), True),
        (Duty(Role.ORGANISER, organisation="department"), True),
        (Duty(Role.ORGANISER, organisation="university"), False),
        (Duty(Role.MUNICIPAL, municipality_id=1), False),
        (Duty(Role.CURATOR, school_id=1), False),
    ],
)
def test_coordinators_and_the_item_s_own_organisers_close_it(duty: Duty, may: bool) -> None:
    item = kept(owed_by=OwedBy.EXECUTORS, threshold=None)
    assert may_close(item.item, [duty]) is may
    assert ending(item, number(8), [duty], by_survey=False) is (Ending.CLOSES if may else Ending.NOT_YOURS)


def test_lines_of_what_was_decided_stay_lines() -> None:
    assert minutes_of("  Решили:\n\n1.  Документы \x07\n") == "Решили:\n1. Документы"


def test_something_must_be_said_or_attached() -> None:
    with pytest.raises(Refusal, match=r"meeting_minutes\.nothing"):
        refuse_empty(Meeting(1, 1))
    refuse_empty(Meeting(1, 1, minutes_text="Решили"))
