"""429 by the world's clock: nobody waits in real time."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from rehearsal.flood import Flood
from rehearsal.person import Person
from rehearsal.world import World


async def test_flood_to_one_chat_by_the_clock(bot: Bot, school: Person, world: World) -> None:
    world.flood = Flood(chat_burst=3)
    for _ in range(3):
        await bot.send_message(school.id, "x")
    with pytest.raises(TelegramRetryAfter, match="Too Many Requests: retry after 1") as caught:
        await bot.send_message(school.id, "x")
    assert caught.value.retry_after == 1
    world.clock.advance(timedelta(seconds=1))
    await bot.send_message(school.id, "x")


async def test_flood_to_a_group_is_20_a_minute(bot: Bot, world: World, anna: Person) -> None:
    group = world.add_group("Школа № 5", [anna, world.bot])
    for _ in range(20):
        await bot.send_message(group.id, "x")
        world.clock.advance(timedelta(seconds=1))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.retry_after == 40
    world.clock.advance(timedelta(seconds=40))
    await bot.send_message(group.id, "x")


async def test_flood_overall_is_30_a_second_and_can_be_switched_off(bot: Bot, world: World) -> None:
    people = [world.add_person(f"Школа {number}") for number in range(31)]
    for person in people:
        person.starts()
    for person in people[:30]:
        await bot.send_message(person.id, "x")
    with pytest.raises(TelegramRetryAfter, match="retry after 1"):
        await bot.send_message(people[30].id, "x")
    world.flood = None
    await bot.send_message(people[30].id, "x")
