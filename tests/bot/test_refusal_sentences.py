"""A refusal or a failure becomes one sentence for the person, and never a silence."""

import logging
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.types import ErrorEvent, InlineKeyboardButton, InlineKeyboardMarkup

from bot.refusals import answer_failure
from domain.correction import corrected
from domain.item_field import ItemField
from domain.refusal import Refusal
from rehearsal.person import Person
from rehearsal.stock import stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from storage.errors import DatabaseUnavailableError
from tests.people import a_roadmap, an_item
from texts import Texts


@pytest.fixture
def world() -> World:
    world = World()
    world.add_bot("42:TEST")
    return world


@pytest.fixture
def anna(world: World) -> Person:
    anna = world.add_person("Анна")
    anna.starts()
    return anna


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with WorldServer(world) as server, stock_bot(server.base, "42:TEST") as bot:
        yield bot


async def says(bot: Bot, anna: Person, error: Exception) -> str:
    """What the person sees when the handler of their message ends so."""
    anna.says("привет")
    *_, update = await bot.get_updates()
    await answer_failure(ErrorEvent(update=update.as_(bot), exception=error), Texts())
    return anna.last().text


async def test_refusal_is_its_sentence(bot: Bot, anna: Person) -> None:
    assert await says(bot, anna, Refusal("access.refused")) == Texts().plain("access.refused")


async def test_mistyped_deadline_is_explained(bot: Bot, anna: Person) -> None:
    item = an_item(1, "до 20 марта")
    with pytest.raises(Refusal) as caught:
        corrected(item, ItemField.DEADLINE, "31 февраля", a_roadmap(item))
    assert "31 февраля" in await says(bot, anna, caught.value)


async def test_unavailable_database_is_told_and_logged_by_its_reason(
    bot: Bot, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    said = await says(bot, anna, DatabaseUnavailableError("database.full"))
    assert said == Texts().plain("menu.not-saved")
    assert [record.getMessage() for record in caplog.records] == ["the database is unavailable: database.full"]


async def test_mistake_of_ours_is_told_and_logged_with_its_trace(
    bot: Bot, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    said = await says(bot, anna, ZeroDivisionError("внутри"))
    assert (said, "внутри" in said) == (Texts().plain("menu.failed"), False)
    assert [(record.levelno, record.exc_info is not None) for record in caplog.records] == [(logging.ERROR, True)]


async def test_refusal_of_a_press_is_an_alert(bot: Bot, world: World, anna: Person) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])
    await bot.send_message(anna.id, "вопрос", reply_markup=keyboard)
    press = anna.presses("Да")
    *_, update = await bot.get_updates()
    await answer_failure(ErrorEvent(update=update.as_(bot), exception=Refusal("roadmap.unknown-item")), Texts())
    answer = await press.answered()
    assert (answer.text, answer.alert) == (Texts().plain("roadmap.unknown-item"), True)
