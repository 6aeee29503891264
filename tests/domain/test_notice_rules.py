"""The numbers of the notices: what may be typed, what is refused, and how they are kept."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notice_rules import RuleError, Rules

TYPED: dict[str, tuple[str, Any]] = {
    "morning": ("10:15", time(10, 15)),
    "digest": ("8.45", time(8, 45)),
    "quiet_from": (" 21:00 ", time(21)),
    "quiet_until": ("7:00", time(7)),
    "day_ahead": ("5, 2, 1", (5, 2, 1)),
    "by_ahead": ("1,7", (7, 1)),
    "starts_soon": ("3", (3,)),
    "ends_soon_long": ("10", 10),
    "long_window": ("30", 30),
    "ends_soon_middle": ("2", 2),
    "middle_window": ("5", 5),
    "ends_soon_short": ("2", 2),
    "vague_ends_soon": ("7; 5; 7", (7, 5)),
    "repeated_on": ("20", 20),
    "overdue_first": ("2", 2),
    "overdue_every": ("5", 5),
    "overdue_times": ("60", 60),
    "unanswered_cap": ("1", 1),
    "escalate_municipal": ("5", 5),
    "escalate_regional": ("9", 9),
    "visit_ahead": ("5, 1", (5, 1)),
    "visit_evening": ("17:30", time(17, 30)),
    "visit_asks": ("2", 2),
    "meeting_ahead": ("5, 1", (5, 1)),
    "meeting_before": ("45", 45),
}


def test_the_defaults_are_those_of_the_design() -> None:
    rules = Rules()
    assert {name: rules.text_of(name) for name in Rules.names()} == {
        "morning": "09:00",
        "digest": "08:30",
        "quiet_from": "20:00",
        "quiet_until": "08:00",
        "day_ahead": "7, 1",
        "by_ahead": "14, 7, 3, 1",
        "starts_soon": "7, 1",
        "ends_soon_long": "7",
        "long_window": "21",
        "ends_soon_middle": "3",
        "middle_window": "7",
        "ends_soon_short": "1",
        "vague_ends_soon": "7, 3",
        "repeated_on": "25",
        "overdue_first": "1",
        "overdue_every": "7",
        "overdue_times": "4",
        "unanswered_cap": "4",
        "escalate_municipal": "3",
        "escalate_regional": "7",
        "visit_ahead": "3, 1",
        "visit_evening": "18:00",
        "visit_asks": "4",
        "meeting_ahead": "7, 1",
        "meeting_before": "60",
    }


def test_there_is_a_case_for_every_rule() -> None:
    assert tuple(TYPED) == Rules.names()


@pytest.mark.parametrize("name", Rules.names())
def test_a_rule_is_changed_and_the_others_stay(name: str) -> None:
    text, value = TYPED[name]
    assert Rules().changed(name, text) == replace(Rules(), **{name: value})


@pytest.mark.parametrize(
    "text", ["", "9", "25:00", "9:60", "утром", "09:00:00", "-1:00", "9:00 12:00", "1_0:00", "9:5", "٩:00"]
)
def test_what_is_not_a_time_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rules().changed("morning", text)
    assert refused.value.reason == "rules.time"


@pytest.mark.parametrize("text", ["", "0", "61", "-1", "1.5", "семь", "1,,2", "1,", "²", "٣", "1 2"])
@pytest.mark.parametrize("name", ["by_ahead", "repeated_on"])
def test_what_is_not_a_number_from_1_to_60_is_refused(name: str, text: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rules().changed(name, text)
    assert refused.value.reason == "rules.number"


def test_several_numbers_are_refused_where_one_is_asked_for() -> None:
    with pytest.raises(RuleError) as refused:
        Rules().changed("repeated_on", "25, 26")
    assert refused.value.reason == "rules.number"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("morning", "20:00"),
        ("morning", "08:29"),
        ("digest", "07:59"),
        ("digest", "09:01"),
        ("quiet_from", "09:00"),
        ("quiet_until", "08:31"),
    ],
)
def test_hours_that_contradict_each_other_are_refused(name: str, text: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rules().changed(name, text)
    assert refused.value.reason == "rules.hours"


@pytest.mark.parametrize(
    ("name", "text"),
    [("morning", "18:01"), ("quiet_from", "18:00"), ("visit_evening", "20:00"), ("visit_evening", "08:59")],
)
def test_the_evening_question_is_between_the_morning_and_the_silence(name: str, text: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rules().changed(name, text)
    assert refused.value.reason == "rules.evening"


@pytest.mark.parametrize(
    ("name", "text"), [("morning", "08:30"), ("morning", "18:00"), ("quiet_until", "08:30"), ("visit_evening", "09:00")]
)
def test_hours_may_meet(name: str, text: str) -> None:
    assert Rules().changed(name, text).text_of(name) == text


@pytest.mark.parametrize("name", Rules.names())
def test_what_was_saved_is_read_back(name: str) -> None:
    changed = Rules().changed(name, TYPED[name][0])
    assert Rules.stored({name: changed.text_of(name)}) == changed


@pytest.mark.parametrize(("quiet", "evening"), [("17:00", time(16)), ("18:00", time(17)), ("18:30", time(18))])
def test_the_evening_question_comes_before_a_silence_saved_without_it(quiet: str, evening: time) -> None:
    rules = Rules.stored({"quiet_from": quiet})
    rules.check()
    assert rules.visit_evening == evening


def test_a_name_that_is_no_longer_known_is_left_out() -> None:
    assert Rules.stored({"gone": "5", "repeated_on": "20"}) == Rules(repeated_on=20)


numbers = st.integers(1, 60)
several = st.sets(numbers, min_size=1).map(lambda found: tuple(sorted(found, reverse=True)))


@given(
    st.builds(
        Rules,
        day_ahead=several,
        by_ahead=several,
        starts_soon=several,
        vague_ends_soon=several,
        repeated_on=numbers,
        overdue_every=numbers,
        morning=st.times(time(8, 30), time(19, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    )
)
def test_any_rules_survive_being_stored(rules: Rules) -> None:
    assert Rules.stored({name: rules.text_of(name) for name in Rules.names()}) == rules
