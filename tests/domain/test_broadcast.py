"""Announcements as tables: what may be said, when it goes, whom a list of names means, why something did not arrive."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from domain.access import Reach
from domain.broadcast import (
    Addressee,
    Circle,
    Delivery,
    Timing,
    checked,
    filled,
    refuse_longest,
    refuse_variables,
    start_of,
    variables,
    words,
)
from domain.broadcast_circle import (
    Named,
    by_audience,
    in_places,
    named,
    who_has_not_answered,
    who_has_not_done,
    with_group,
    within,
)
from domain.broadcast_delivery import Why, to_phone, why
from domain.calendar import WorkCalendar
from domain.contact import Contact, Phonebook
from domain.hours import Hours
from domain.notice_rules import Rules
from domain.outbox import OutboxState
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registered, Registry, School
from domain.survey import PARTICIPANTS, Audience
from domain.survey_count import Silence
from tests.people import MOSCOW, msk

HOURS = Hours(MOSCOW, Rules(), WorkCalendar({}))
OLGA = Registered(1, "Ольга Лебедева", "директор", (Duty(Role.SCHOOL, 1, responsible=True),), True, True)
ANNA = Registered(2, "Анна Орлова", "", (Duty(Role.SCHOOL, 1),), True, True)
OTHER_ANNA = Registered(3, "Анна Орлова", "", (Duty(Role.SCHOOL, 2),), True, True)
KIRA = Registered(4, "Кира Кураторова", "", (Duty(Role.CURATOR, 1),), True, True)
GONE = Registered(5, "Пётр Ушедший")
REGISTRY = Registry(
    (Municipality(1, "Южский район"), Municipality(2, "Шуя")),
    (),
    (School(1, "Школа № 7", 1), School(2, "Школа № 2", 2)),
    (ANNA, OTHER_ANNA, KIRA, OLGA, GONE),
)


# --- What is said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Без переменных", set()),
        ("{{ имя }}, {{школа}} и {{ ИМЯ }}", {"имя", "школа"}),
        ("{ имя }", set()),
    ],
)
def test_variables_are_found_however_they_are_spaced(text: str, found: set[str]) -> None:
    assert variables(text) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ отчество }}", "broadcast.unknown-variable"),
        ("{{ }}", "broadcast.unknown-variable"),
        ("{{ имя }", "broadcast.broken-variable"),
        ("имя }}", "broadcast.broken-variable"),
        ("<b>{{ им</b>я }}", "broadcast.formatted-variable"),
        ("{{ <b>имя</b> }}", "broadcast.formatted-variable"),
        ('<a href="https://e.ru/{{ имя }}">тут</a>', "broadcast.formatted-variable"),
        ("я" * 3501, "broadcast.long-text"),
        ("<b>я</b>" * 600, "broadcast.much-formatting"),
    ],
)
def test_what_cannot_be_sent_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked(text)
    assert refused.value.reason == reason


def test_limits_are_of_the_words_and_values_are_escaped() -> None:
    assert checked("<b>" + "я" * 3500 + "</b>\n") == "<b>" + "я" * 3500 + "</b>"
    assert words("<b>1 &lt; 2 &amp;amp; 3</b>") == "1 < 2 &amp; 3"
    assert filled("{{ имя }} — {{ Школа }}", {"имя": "<Анна>", "школа": "№ 7 & 8"}) == "&lt;Анна&gt; — № 7 &amp; 8"


def test_a_variable_stands_for_something_for_everybody() -> None:
    teacher, curator = Addressee("person:1", "Ольга", 1, school="Школа № 7"), Addressee("person:4", "Кира", 4)
    group = Addressee("group:1", "500+", group_id=1)
    refuse_variables("{{ имя }} {{ школа }}", [teacher])
    refuse_variables("{{ имя }}", [teacher, curator])
    refuse_variables("Без", [teacher, group])
    for text, whom, reason in (
        ("{{ имя }}", [teacher, group], "broadcast.variable-in-group"),
        ("{{ школа }}", [teacher, curator], "broadcast.no-school"),
    ):
        with pytest.raises(Refusal) as refused:
            refuse_variables(text, whom)
        assert refused.value.reason == reason


def test_names_must_not_make_a_message_too_long_for_anybody() -> None:
    text = "я" * 3400 + "{{ школа }}" * 3
    short, long = Addressee("person:1", "Ольга", 1, school="№ 7"), Addressee("person:2", "Анна", 2, school="ш" * 300)
    refuse_longest(text, [short])
    with pytest.raises(Refusal, match=r"broadcast\.long-for"):
        refuse_longest(text, [short, long])


# --- When


@pytest.mark.parametrize(
    ("timing", "now", "start"),
    [
        (Timing.NOW, "2022-03-10 12:00", "2022-03-10 12:00"),
        (Timing.NOW, "2022-03-10 23:00", "2022-03-11 08:00"),
        (Timing.NOW, "2022-03-12 02:00", "2022-03-12 08:00"),
        (Timing.HOURS, "2022-03-10 12:00", "2022-03-10 12:00"),
        (Timing.HOURS, "2022-03-10 08:10", "2022-03-10 09:00"),
        (Timing.HOURS, "2022-03-10 18:00", "2022-03-11 09:00"),
        (Timing.HOURS, "2022-03-11 19:00", "2022-03-14 09:00"),
        (Timing.HOURS, "2022-03-12 12:00", "2022-03-14 09:00"),
        (Timing.HOURS, "2022-03-07 12:00", "2022-03-09 09:00"),
    ],
)
def test_nothing_goes_at_night_and_working_hours_are_of_working_days(timing: Timing, now: str, start: str) -> None:
    assert start_of(timing, None, msk(now), HOURS) == msk(start)


def test_a_time_of_ones_own_is_ahead_not_too_far_and_awake() -> None:
    now = msk("2022-03-10 12:00")
    assert start_of(Timing.AT, msk("2022-03-12 15:00"), now, HOURS) == msk("2022-03-12 15:00")
    assert start_of(Timing.AT, msk("2022-03-12 22:00"), now, HOURS) == msk("2022-03-13 08:00")
    for at, reason in (
        (now - timedelta(seconds=1), "broadcast.past-time"),
        (None, "broadcast.past-time"),
        (now + timedelta(days=91), "broadcast.far-time"),
    ):
        with pytest.raises(Refusal) as refused:
            start_of(Timing.AT, at, now, HOURS)
        assert refused.value.reason == reason
    assert HOURS.rules.quiet_until == time(8)


# --- To whom


def test_somebody_reaches_their_own_municipality_and_nobody_else() -> None:
    own = within(REGISTRY, Reach(municipalities=frozenset({1})))
    assert [one.name for one in own.municipalities] == ["Южский район"]
    assert [one.name for one in own.schools] == ["Школа № 7"]
    assert list(own.people) == [ANNA, KIRA, OLGA]
    assert within(REGISTRY, Reach(everything=True)) == REGISTRY


def test_choices_take_each_others_place_and_places_stay() -> None:
    places = Audience(frozenset(), municipalities=frozenset({1}))
    chosen = in_places(Circle(), places)
    assert chosen.audience == replace(places, roles=PARTICIPANTS)
    undone = who_has_not_done(chosen, 20)
    assert (undone.item_id, undone.survey_id, undone.audience) == (20, None, places)
    unanswered = who_has_not_answered(undone, 3)
    assert (unanswered.item_id, unanswered.survey_id, unanswered.audience) == (None, 3, places)
    assert in_places(unanswered, places) == unanswered
    assert not by_audience(unanswered, Audience()).is_by_state


def test_only_groups_that_are_there_can_be_chosen() -> None:
    chosen = with_group(Circle(), 1, {1}, on=True)
    assert chosen.groups == {1}
    assert with_group(chosen, 1, set(), on=False).groups == frozenset()
    with pytest.raises(Refusal, match=r"broadcast_audience\.gone"):
        with_group(Circle(), 2, {1}, on=True)


def test_a_list_of_names_says_who_is_meant_who_may_be_and_who_is_nobody() -> None:
    found = named("ольга  лебедева;\n\nАнна Орлова\nКира Куратрова\nИван Никто\nОльга Лебедева\nПётр Ушедший", REGISTRY)
    assert found == Named(
        (OLGA,), (("Анна Орлова", (ANNA, OTHER_ANNA)), ("Кира Куратрова", (KIRA,))), ("Иван Никто", "Пётр Ушедший")
    )
    assert named(" \n—\n", REGISTRY) == Named((), (), ())


def test_too_long_a_list_of_names_is_refused() -> None:
    with pytest.raises(Refusal, match=r"broadcast_audience\.long-list"):
        named("\n".join(f"Имя {number}" for number in range(301)), REGISTRY)


# --- What became of it

PERSON, GROUP = Addressee("person:1", "Ольга Лебедева", 1), Addressee("group:1", "500+", group_id=1)


@pytest.mark.parametrize(
    ("delivery", "reason"),
    [
        (Delivery(PERSON, OutboxState.SENT), None),
        (Delivery(PERSON, OutboxState.PLANNED, "later"), None),
        (Delivery(PERSON, OutboxState.SENDING), None),
        (Delivery(PERSON, OutboxState.FAILED, "blocked"), Why.BLOCKED),
        (Delivery(PERSON, OutboxState.FAILED, "ours"), Why.FAULT),
        (Delivery(PERSON, OutboxState.FAILED, "wrong-file"), Why.FILE),
        (Delivery(PERSON, OutboxState.EXPIRED, "later"), Why.LATE),
        (Delivery(PERSON, OutboxState.WITHDRAWN), Why.WITHDRAWN),
        (Delivery(GROUP, OutboxState.FAILED, "gone"), Why.NO_GROUP),
        (Delivery(GROUP, OutboxState.FAILED, "blocked"), Why.NO_GROUP),
        (Delivery(replace(PERSON, silence=Silence.NOT_COME)), Why.NOT_COME),
        (Delivery(replace(PERSON, silence=Silence.NOT_AGREED)), Why.NOT_AGREED),
        (Delivery(replace(PERSON, silence=Silence.BLOCKED)), Why.BLOCKED),
        (Delivery(replace(PERSON, silence=Silence.GONE)), Why.GONE),
        (Delivery(replace(PERSON, silence=Silence.BLOCKED), OutboxState.WITHDRAWN), Why.BLOCKED),
        (Delivery(PERSON), Why.WITHDRAWN),  # cancelled before it was laid
    ],
)
def test_every_outcome_has_its_reason(delivery: Delivery, reason: Why | None) -> None:
    assert why(delivery) is reason


def test_those_to_phone_are_named_with_their_places_and_whom_to_ask() -> None:
    missed = Delivery(Addressee("person:2", "Анна Орлова", 2), OutboxState.FAILED, "blocked")
    unread = Delivery(Addressee("person:1", "Ольга Лебедева", 1), OutboxState.SENT)
    read = Delivery(Addressee("person:4", "Кира", 4), OutboxState.SENT, acked_at=msk("2022-03-10 12:00"))
    book = Phonebook(REGISTRY, {})
    every = [unread, read, missed, Delivery(GROUP, OutboxState.FAILED, "gone")]
    found = to_phone(every, REGISTRY, book, asks_ack=True)
    assert [(one.name, one.home, one.school, one.why) for one in found] == [
        ("Анна Орлова", "Южский район", "Школа № 7", Why.BLOCKED),
        ("Ольга Лебедева", "Южский район", "Школа № 7", None),
    ]
    assert found[0].contacts == (Contact("Ольга Лебедева", "директор"),)
    assert [one.name for one in to_phone(every, REGISTRY, book, asks_ack=False)] == ["Анна Орлова"]
