"""The stand-in of Telegram's server over HTTP, the stock bot in front of it, and the channel over that bot."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from channels.telegram import TelegramChannel
from rehearsal.person import Person
from rehearsal.stock import stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer


@pytest.fixture
def world() -> World:
    world = World()
    world.add_bot("42:TEST", username="road_bot")
    return world


@pytest.fixture
def anna(world: World) -> Person:
    anna = world.add_person("Анна", "Соболева")
    anna.starts()
    return anna


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with WorldServer(world) as server, stock_bot(server.base, "42:TEST") as bot:
        yield bot


@pytest.fixture
def telegram(bot: Bot) -> TelegramChannel:
    return TelegramChannel(bot)
