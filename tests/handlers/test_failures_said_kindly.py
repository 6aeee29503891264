"""Something went wrong inside: the person is told that nothing is lost, and the next press works."""

import asyncio
import logging
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rehearsal.pressing import Answer
from storage import database as database_module
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk

NOT_SAVED = "Сейчас не получается сохранить. Ничего не потеряно: повторите через минуту."
FAILED = "Не получилось. Сбой замечен, ничего не потеряно. Нажмите ещё раз через минуту."
CLOSED = "SELECT count(*) FROM item WHERE closed_at IS NOT NULL"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds for a lock."""
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 20)


@pytest.mark.usefixtures("impatient")
async def test_locked_database_is_said_to_lose_nothing_and_the_next_press_works(
    desk: Desk, database_file: Path
) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await desk.presses(desk.marina, "Без примечания") == Answer(NOT_SAVED, alert=True)
        assert (await desk.says(desk.marina, "приказ № 7")).text == NOT_SAVED
    assert await desk.presses(desk.marina, "Без примечания", message=shown) == Answer("Пункт закрыт.")
    assert desk.look.rows(CLOSED) == [(1,)]


@pytest.mark.usefixtures("impatient")
async def test_answer_typed_into_a_locked_database_is_still_awaited(desk: Desk, database_file: Path) -> None:
    await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert (await desk.says(desk.marina, "приказ № 7")).text == NOT_SAVED
    await desk.says(desk.marina, "приказ № 7")
    assert desk.look.rows("SELECT closing_note FROM item WHERE closed_at IS NOT NULL") == [("приказ № 7",)]


async def test_database_that_is_unavailable_from_the_first_press_is_said_too(
    desk: Desk, reopen: Reopen, database_file: Path
) -> None:
    """A bot that has just started knows nobody by heart: not even who presses can be looked up."""
    away = database_file.with_suffix(".away")
    await desk.app.core.database.close()
    again = await reopen()
    shutil.move(database_file, away)
    os.mkdir(database_file)  # noqa: PTH102  nothing waits on this folder
    assert await again.forges(again.marina, "go:now") == Answer(NOT_SAVED, alert=True)
    assert (await again.says(again.marina, "/now")).text == NOT_SAVED
    os.rmdir(database_file)  # noqa: PTH106
    shutil.move(away, database_file)
    assert (await again.says(again.marina, "/now")).text.startswith("📅 Сегодня, 10 марта, чт\n")


async def test_handler_that_fails_is_said_to_be_noticed_and_the_next_press_works(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    ((indicator,),) = desk.look.rows("SELECT threshold FROM item WHERE number = 16")
    broken = "UPDATE item SET threshold = ? WHERE number = 16"
    with closing(sqlite3.connect(desk.look.path)) as other, other:
        other.execute(broken, ('{"kind": "nonsense"}',))
    assert await desk.forges(desk.marina, "item:16") == Answer(FAILED, alert=True)
    assert (await desk.says(desk.marina, "/now")).text == FAILED
    assert {record.levelno for record in caplog.records} == {logging.ERROR}
    with closing(sqlite3.connect(desk.look.path)) as other, other:
        other.execute(broken, (indicator,))
    await desk.forges(desk.marina, "item:16")
    assert desk.screen(desk.marina).startswith("⏳ п. 16 ")


async def test_nothing_technical_reaches_the_person(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.look.path)) as other, other:
        other.execute("UPDATE item SET kind = 'nonsense'")
    for command in ("/now", "/month", "/roadmap", "/unclear"):
        assert (await desk.says(desk.marina, command)).text == FAILED


@pytest.mark.parametrize("code", [500, 502])
async def test_press_whose_screen_the_server_did_not_take_is_told_to_try_again(desk: Desk, code: int) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    desk.world.faults.fail("editMessageText", code=code)
    assert await desk.presses(desk.marina, "Без примечания") == Answer(FAILED, alert=True)
    assert await desk.presses(desk.marina, "Без примечания", message=shown) == Answer("Пункт уже закрыт.")
    assert desk.look.rows(CLOSED) == [(1,)]


async def test_press_whose_connection_was_cut_is_told_to_try_again(desk: Desk) -> None:
    await desk.says(desk.marina, "/roadmap")
    desk.world.faults.drop("editMessageText")
    assert await desk.presses(desk.marina, "п. 2") == Answer(FAILED, alert=True)
    await desk.presses(desk.marina, "п. 2")
    assert desk.screen(desk.marina).startswith("⚠️ п. 2 ")


async def test_answer_the_messenger_asked_to_wait_with_comes_after_the_pause(desk: Desk) -> None:
    desk.world.faults.flood("sendMessage", retry_after=1)
    assert (await desk.says(desk.marina, "/now")).text.startswith("📅 Сегодня, 10 марта, чт\n")


async def test_person_who_blocked_the_bot_meanwhile_breaks_nothing(desk: Desk) -> None:
    desk.marina.says("/now")
    desk.marina.private().blocked = True
    await desk.settle()
    desk.marina.private().blocked = False
    assert (await desk.says(desk.marina, "/now")).text.startswith("📅 Сегодня, 10 марта, чт\n")


async def test_failure_for_one_does_not_stop_another(desk: Desk) -> None:
    desk.world.faults.drop("sendMessage")
    desk.marina.says("/now")
    desk.pavel.says("/now")
    await desk.settle()
    shown = [desk.screen(one).startswith("📅 Сегодня") for one in (desk.marina, desk.pavel)]
    assert sorted(shown) == [False, True]


async def test_update_is_in_flight_from_its_first_step_to_the_last_word_about_its_refusal(
    desk: Desk, reopen: Reopen
) -> None:
    """A stop waits for what is in flight: what it does not see is cut off and handled again after the restart."""
    again = await reopen()  # what is awaited from the person is to be read first
    again.olga.says("AAAA-BBBB-CCCC")
    (update,) = again.world.bot.queue.pending()
    seen = []
    async with asyncio.TaskGroup() as handling:
        task = handling.create_task(again.app.dispatcher.feed_raw_update(again.app.bot, update.wire()))
        await asyncio.sleep(0)
        while not task.done():
            seen.append(again.app.in_flight.is_busy)
            await asyncio.sleep(0)
    assert (len(seen) > 5, set(seen[:-2])) == (True, {True})
    assert again.app.in_flight.is_busy is False
    assert again.screen(again.olga).startswith("Такого кода нет.")
    assert again.app.in_flight.last_update_id == update.id
