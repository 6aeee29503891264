"""Long polling as the server does it: it waits, it wakes, it confirms, it lets only one in."""

import asyncio
import time
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from rehearsal.person import Person
from rehearsal.world import World


async def test_an_empty_poll_waits_its_time(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == []
    assert 0.9 < time.monotonic() - began < 2.0


async def test_a_waiting_poll_wakes_at_once(bot: Bot, anna: Person) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        anna.starts()
        updates = await poll
    assert time.monotonic() - began < 0.5
    assert [update.message and update.message.text for update in updates] == ["/start"]


async def test_offset_confirms_and_limit_limits(bot: Bot, anna: Person, world: World) -> None:
    for word in ("раз", "два", "три"):
        anna.says(word)
    first, second = await bot.get_updates(limit=2)
    assert (second.update_id, len(world.bot.queue)) == (first.update_id + 1, 3)
    (third,) = await bot.get_updates(offset=second.update_id + 1)
    assert (third.message and third.message.text, len(world.bot.queue)) == ("три", 1)
    assert await bot.get_updates(offset=third.update_id + 1) == []
    assert len(world.bot.queue) == 0


async def test_negative_offset_keeps_only_the_last(bot: Bot, anna: Person, world: World) -> None:
    for word in ("раз", "два", "три"):
        anna.says(word)
    (last,) = await bot.get_updates(offset=-1)
    assert (last.message and last.message.text, len(world.bot.queue)) == ("три", 1)


async def test_updates_are_kept_24_hours(bot: Bot, anna: Person, world: World) -> None:
    anna.says("вчера")
    world.clock.advance(timedelta(hours=23))
    anna.says("сегодня")
    world.clock.advance(timedelta(hours=1))
    assert [u.message and u.message.text for u in await bot.get_updates()] == ["сегодня"]


async def test_allowed_updates_are_remembered(bot: Bot, anna: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    anna.says("не услышат")
    assert await bot.get_updates() == []


async def test_a_second_poller_ends_the_first_with_409(bot: Bot) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(_conflict(bot))
        await asyncio.sleep(0.1)
        assert await bot.get_updates() == []
    reason = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert reason in first.result()


async def test_setting_a_webhook_ends_the_poll_and_forbids_the_next(bot: Bot) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(_conflict(bot))
        await asyncio.sleep(0.1)
        await bot.set_webhook("https://bot.example.ru/hook")
    assert "Conflict: terminated by setWebhook request" in first.result()
    assert "Conflict: can't use getUpdates method while webhook is active" in await _conflict(bot)
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def _conflict(bot: Bot) -> str:
    with pytest.raises(TelegramConflictError) as caught:
        await bot.get_updates(timeout=20)
    return str(caught.value)
