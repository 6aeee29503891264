"""Messages go one by one, evenly, by a clock that really goes; slow ones keep their place for longer."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from channels.limiter import Limit, Limiter, Limits
from channels.metronome import Metronome
from domain.clock import Clock
from domain.outbox import ChatAddress

LIMIT = Limit(20, timedelta(milliseconds=200))
STEP_S = 0.01


def running() -> datetime:
    return datetime.fromtimestamp(time.monotonic(), UTC)


def a_metronome(clock: Clock = running) -> Metronome:
    """Twenty messages in a fifth of a second."""
    return Metronome(Limiter(clock, Limits(LIMIT)), clock)


async def turns(metronome: Metronome, *counts: int, answer: bool = True) -> list[float]:
    """When each of these messages had its turn, in steps from the first."""
    moments = []
    for key, count in enumerate(counts):
        await metronome.turn(key, count)
        moments.append(time.monotonic())
        if answer:
            metronome.answered(key)
    return [(moment - moments[0]) / STEP_S for moment in moments]


async def test_each_message_waits_a_step_after_the_one_before() -> None:
    found = await turns(a_metronome(), *[1] * 10)
    assert found[-1] >= 8.5
    assert all(later >= first for first, later in pairwise(found))


async def test_no_period_holds_more_than_the_limit() -> None:
    found = await turns(a_metronome(), *[1] * 50)
    assert max(sum(first <= each < first + 20 for each in found) for first in found) <= 20


async def test_album_takes_a_step_for_each_of_its_messages() -> None:
    found = await turns(a_metronome(), 11, 1)
    assert found[1] >= 10.5


async def test_album_that_is_more_than_fits_goes_alone() -> None:
    found = await turns(a_metronome(), 30, 30)
    assert found[1] >= 19.9


async def sent(metronome: Metronome, ways_s: list[float]) -> float:
    """Twenty messages that take so long there and back, and one more: how many steps after the first that one goes."""
    moments = []
    async with asyncio.TaskGroup() as answers:
        for key, way in enumerate(ways_s):
            await metronome.turn(key, 1)
            moments.append(time.monotonic())
            answers.create_task(answered(metronome, key, way))
        await metronome.turn(len(ways_s), 1)
        moments.append(time.monotonic())
    return (moments[-1] - moments[0]) / STEP_S


async def answered(metronome: Metronome, key: int, way_s: float) -> None:
    await asyncio.sleep(way_s)
    metronome.answered(key)


async def test_message_that_was_slow_keeps_its_place_for_longer() -> None:
    metronome = a_metronome()
    await sent(metronome, [0.001])
    await asyncio.sleep(0.25)
    assert await sent(metronome, [0.1] * 20) >= 28.5


async def test_distant_messenger_makes_nothing_slower() -> None:
    metronome = a_metronome()
    await sent(metronome, [0.1])
    await asyncio.sleep(0.5)
    assert await sent(metronome, [0.1] * 20) < 27


async def test_chat_that_hangs_keeps_its_place_for_a_second_and_no_longer() -> None:
    found = await turns(a_metronome(), *[1] * 21, answer=False)
    assert 119 <= found[-1] < 150


async def test_places_that_handlers_use_are_not_used_again() -> None:
    limiter = Limiter(running, Limits(LIMIT))
    metronome = Metronome(limiter, running)
    for number in range(5):
        limiter.take(ChatAddress("telegram", number), is_answer=True)
    taken = [await turns(metronome, *[1] * 16)][0]
    assert taken[14] < 19 <= taken[15]


async def test_who_was_idle_does_not_come_in_a_burst() -> None:
    metronome = a_metronome()
    await metronome.turn(99, 1)
    await asyncio.sleep(0.3)
    found = await turns(metronome, *[1] * 8)
    assert found[-1] >= 6.5


async def test_who_was_held_up_for_a_moment_makes_up_for_it_in_half_steps() -> None:
    metronome = a_metronome()
    await metronome.turn(99, 1)
    await asyncio.sleep(0.15)
    found = await turns(metronome, *[1] * 8)
    assert 3.4 <= found[-1] < 7


async def test_clock_that_was_set_back_holds_nobody_up() -> None:
    moments = [datetime(2022, 3, 9, 12, tzinfo=UTC), datetime(2022, 3, 9, 11, tzinfo=UTC)]
    metronome = a_metronome(lambda: moments[0])
    for key in range(20):
        await metronome.turn(key, 1)
        metronome.answered(key)
        moments[0] += timedelta(milliseconds=10)
    moments.pop(0)
    began = time.monotonic()
    await metronome.turn(20, 1)
    assert time.monotonic() - began < 1.5
