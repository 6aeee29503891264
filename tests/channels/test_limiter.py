"""The messenger's limits are kept by counting, judged by the clock that was given."""

from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import limiter as module
from channels.limiter import Limit, Limiter, Limits
from domain.outbox import ChatAddress
from tests.people import PROJECT_CHAT, SettableClock, msk

START = msk("2022-03-09 12:00")
SECOND = timedelta(seconds=1)


def person(number: int = 1) -> ChatAddress:
    return ChatAddress("telegram", number)


def group(number: int = PROJECT_CHAT) -> ChatAddress:
    return ChatAddress("telegram", number, is_group=True)


def ready_at(limiter: Limiter, chat: ChatAddress, count: int = 1) -> datetime:
    """The earliest instant at which so many messages may go to that chat."""
    return max(limiter.full_until(count), limiter.chat_ready_at(chat, count))


def ready_in(limiter: Limiter, chat: ChatAddress) -> float:
    """Seconds from the start until a message may go; 0 where it may go at once."""
    return max((ready_at(limiter, chat) - START).total_seconds(), 0)


@pytest.mark.parametrize(
    ("taken_at", "free_at"),
    [
        ([], 0),
        ([0, 0], 0),
        ([0, 0, 0], 3),
        ([0, 1, 2], 3),
        ([0, 1, 2, 3], 4),
        ([0, 0, 0, 3], 3),
        ([0, 0, 0, 3, 3, 3], 6),
        ([0, 0, 10], 3),
    ],
)
def test_chat_takes_three_messages_in_three_seconds(taken_at: list[int], free_at: int) -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock)
    for second in taken_at:
        clock.now = START + SECOND * second
        limiter.take(person())
    assert ready_in(limiter, person()) == free_at
    assert ready_in(limiter, person(2)) == 0


def test_group_takes_twenty_messages_in_a_minute() -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock)
    for _ in range(20):
        assert ready_at(limiter, group()) <= clock()
        limiter.take(group())
        clock.advance(seconds=1)
    assert ready_in(limiter, group()) == 60
    assert limiter.busy() == {("telegram", PROJECT_CHAT): START + 60 * SECOND}
    clock.now = START + 60 * SECOND
    assert limiter.busy() == {}


def test_all_chats_together_take_thirty_messages_in_a_second() -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock)
    for number in range(30):
        assert limiter.full_until() <= clock()
        limiter.take(person(number))
    assert limiter.full_until() == START + SECOND
    assert ready_in(limiter, person(777)) == 1
    assert limiter.busy() == {}  # no single chat is to blame
    clock.advance(seconds=1)
    assert limiter.full_until() <= clock()


def test_messengers_with_equal_ids_are_different_chats() -> None:
    limiter = Limiter(SettableClock(START))
    for _ in range(3):
        limiter.take(person())
    assert ready_in(limiter, ChatAddress("max", 1)) == 0


def test_topics_of_a_group_share_its_limit() -> None:
    limiter = Limiter(SettableClock(START))
    for thread_id in (None, 7, 8):
        limiter.take(ChatAddress("telegram", PROJECT_CHAT, thread_id, is_group=True))
    assert ready_in(limiter, group()) == 3


def test_held_chat_waits_and_the_others_do_not() -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock)
    limiter.hold(group(), 40 * SECOND)
    assert (ready_in(limiter, group()), ready_in(limiter, person())) == (40, 0)
    assert limiter.busy() == {("telegram", PROJECT_CHAT): START + 40 * SECOND}
    limiter.hold(group(), 10 * SECOND)  # a shorter pause does not end a longer one
    assert ready_in(limiter, group()) == 40
    clock.advance(seconds=40)
    assert limiter.busy() == {}


def test_messages_beyond_the_limit_push_the_next_one_away() -> None:
    limiter = Limiter(SettableClock(START), Limits(chat=Limit(2, 10 * SECOND)))
    for _ in range(5):  # what handlers answer is counted and never held back
        limiter.take(person())
    assert ready_in(limiter, person()) == 10


def test_idle_chats_are_forgotten_and_busy_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SWEEP_AT", 3)
    clock = SettableClock(START)
    limiter = Limiter(clock)
    for number in range(5):
        limiter.take(person(number))
    limiter.hold(person(6), 20 * SECOND)
    clock.advance(seconds=5)
    limiter.take(person(4))
    assert limiter.busy() == {("telegram", 6): START + 20 * SECOND}
    assert set(limiter._chats) == {("telegram", 4), ("telegram", 6)}


CHATS = (person(1), person(2), group(-1), group(-2))
SMALL = Limits(overall=Limit(4, SECOND), group=Limit(5, 20 * SECOND), chat=Limit(2, 3 * SECOND))


@given(st.lists(st.tuples(st.sampled_from(CHATS), st.integers(0, 2500)), max_size=80))
def test_no_window_ever_holds_more_than_its_limit(wishes: list[tuple[ChatAddress, int]]) -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock, SMALL)
    sent = defaultdict(list)
    for chat, milliseconds in wishes:
        clock.advance(milliseconds=milliseconds)
        if ready_at(limiter, chat) <= clock():
            limiter.take(chat)
            sent[chat].append(clock())
    everything = sorted(moment for moments in sent.values() for moment in moments)
    assert not _over(everything, SMALL.overall)
    for chat, moments in sent.items():
        assert not _over(moments, SMALL.chat)
        assert not (chat.is_group and _over(moments, SMALL.group))


@given(st.lists(st.tuples(st.sampled_from(CHATS), st.integers(0, 2500)), max_size=80))
def test_message_may_always_go_at_the_instant_that_was_promised(wishes: list[tuple[ChatAddress, int]]) -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock, SMALL)
    for chat, milliseconds in wishes:
        clock.advance(milliseconds=milliseconds)
        clock.now = max(clock.now, ready_at(limiter, chat))
        assert limiter.full_until() <= clock()
        assert (chat.messenger, chat.chat_id) not in limiter.busy()
        limiter.take(chat)


def _over(moments: list[datetime], limit: Limit) -> bool:
    """Whether any half-open window of the period holds more than the limit."""
    return any(later - first < limit.period for first, later in zip(moments, moments[limit.count :], strict=False))


# --- Several messages at once; what goes to many


@pytest.mark.parametrize(
    ("taken", "count", "free_in"),
    [
        ([], 1, 0),
        ([], 11, 0),  # an album fits nowhere as a whole: it goes where the chat has rested
        ([1], 2, 0),
        ([1], 3, 3),
        ([1], 11, 3),
        ([2], 2, 3),
        ([3], 1, 3),
        ([5], 1, 5),
        ([11], 1, 11),
    ],
)
def test_album_waits_for_a_chat_that_has_rested_and_the_chat_rests_after_it(
    taken: list[int], count: int, free_in: int
) -> None:
    limiter = Limiter(SettableClock(START))
    for number in taken:
        limiter.take(person(), number)
    assert max((ready_at(limiter, person(), count) - START).total_seconds(), 0) == free_in


def test_each_message_of_an_album_takes_a_place_of_the_second() -> None:
    limiter = Limiter(SettableClock(START))
    limiter.take(person(1), 11)
    limiter.take(person(2), 11)
    assert limiter.room() == 8
    assert limiter.full_until(8) <= START
    assert limiter.full_until(9) == START + SECOND


@pytest.mark.parametrize(("answers", "gone"), [(0, 30), (1, 28), (4, 22), (9, 12), (12, 8), (30, 0)])
def test_what_goes_to_many_leaves_as_many_places_as_handlers_have_just_used(answers: int, gone: int) -> None:
    """A third at most."""
    clock = SettableClock(START)
    limiter = Limiter(clock)
    for number in range(answers):
        limiter.take(person(number), is_answer=True)
    assert for_many(limiter, clock) == gone
    assert (limiter.full_until() <= START) == (answers + gone < 30)  # a notice still goes


def for_many(limiter: Limiter, clock: SettableClock) -> int:
    """How many messages of an announcement go now."""
    gone = 0
    while limiter.full_until(is_bulk=True) <= clock():
        limiter.take(person(100 + gone))
        gone += 1
    return gone


def test_places_are_kept_only_while_people_press() -> None:
    clock = SettableClock(START)
    limiter = Limiter(clock)
    for number in range(10):
        limiter.take(person(number), is_answer=True)
    clock.advance(seconds=1)
    assert for_many(limiter, clock) == 29  # the last press was not long ago
    clock.advance(minutes=1)
    assert for_many(limiter, clock) == 30
