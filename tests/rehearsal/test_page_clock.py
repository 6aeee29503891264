"""The clock on the page: play, pause, a chosen day, and people who act while it goes."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearsal.chats import Chat
from tests.people import MOSCOW, msk
from tests.rehearsal.browser import Browser, buttons, heard, opened

MORNING = "📅 Сегодня, "


def mornings(chat: Chat) -> list[str]:
    """When the messages of the day came, Moscow time."""
    said = [one for one in chat.live() if one.sender.is_bot and one.text.startswith(MORNING)]
    return [f"{one.at.astimezone(MOSCOW):%Y-%m-%d %H:%M}" for one in said]


async def reached(browser: Browser, moment: datetime) -> None:
    async with asyncio.timeout(20):
        while browser.page.world.clock() < moment:  # noqa: ASYNC110  the clock rings no bell
            await asyncio.sleep(0.02)


async def clock_of(browser: Browser) -> Any:
    return (await browser.state())["clock"]


@pytest.fixture
async def late(folder: Path) -> AsyncIterator[Browser]:
    """The page the day before the last deadline: living through the year before it takes twenty seconds."""
    async with opened(folder, msk("2022-11-29 12:00")) as browser:
        yield browser


@asynccontextmanager
async def jumping(browser: Browser, **asked: Any) -> AsyncIterator[asyncio.Task[tuple[int, Any]]]:
    """A jump is under way inside."""
    async with asyncio.TaskGroup() as tasks:
        jump = tasks.create_task(browser.post("jump", **asked))
        while not browser.page.mover.moving:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        yield jump


async def test_play_says_every_day_once_at_its_own_time_and_stands_still_when_paused(browser: Browser) -> None:
    assert await browser.post("play", speed="week") == (200, {})
    await reached(browser, msk("2021-12-18 09:00"))
    await browser.post("play", speed=None)
    async with browser.stage._turn:
        stopped = browser.page.world.clock()
    await asyncio.sleep(0.3)
    assert browser.page.world.clock() == stopped
    found = [day for day in mornings(browser.cast.project) if day < "2021-12-18"]
    assert found == ["2021-12-06 09:00", "2021-12-13 09:00", "2021-12-16 09:00", "2021-12-17 09:00"]
    own = mornings(browser.cast.coordinator.private())
    assert own[:4] == ["2021-11-24 09:00", "2021-11-25 09:00", "2021-11-26 09:00", "2021-11-29 08:30"]
    assert len({day[:10] for day in own}) == len(own)


async def test_play_keeps_its_pace(browser: Browser) -> None:
    began = time.monotonic()
    await browser.post("play", speed="hour")
    await reached(browser, browser.began + timedelta(hours=1))
    assert 0.8 < time.monotonic() - began < 3
    await browser.post("play", speed="day")
    await reached(browser, browser.began + timedelta(days=1))
    assert time.monotonic() - began < 6


async def test_play_is_shown_to_whoever_opens_the_page_and_its_pause_to_everybody(browser: Browser) -> None:
    news = browser.news()
    await anext(news)
    await browser.post("play", speed="six-hours")
    assert (await clock_of(browser))["speed"] == "six-hours"
    async with asyncio.timeout(5):
        while (await heard(news, "clock"))[1]["speed"] != "six-hours":
            pass
    await browser.post("play", speed=None)
    assert (await clock_of(browser))["speed"] is None
    async with asyncio.timeout(5):
        while (await heard(news, "clock"))[1]["speed"] is not None:
            pass
    await news.aclose()  # type: ignore[attr-defined]


async def test_play_stops_by_itself_when_the_year_is_over(late: Browser) -> None:
    browser = late
    await browser.post("play", speed="week")
    await reached(browser, msk("2022-12-01 12:00"))
    async with asyncio.timeout(5):
        while (clock := await clock_of(browser))["speed"] is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert (clock["over"], clock["moving"]) == (True, False)
    assert browser.page.world.clock() == msk("2022-12-01 12:00")
    assert "завершена" in [one for one in browser.cast.coordinator.private().live() if one.sender.is_bot][-1].text
    assert await browser.post("jump", step="hour") == (200, {"said": False})
    assert not (await clock_of(browser))["over"]


async def pressed_often(browser: Browser, times: int) -> list[Any]:
    """The coordinator walks the menu there and back; what was answered to each press."""
    marina = browser.cast.coordinator.id
    answers = []
    for number in range(times):
        await asyncio.sleep(0.15)
        where = "Помощь" if number % 2 == 0 else "В меню"
        message, data = await shown_button(browser, where)
        answers.append((await browser.post("press", person=marina, chat=marina, message=message, data=data))[1])
    return answers


async def shown_button(browser: Browser, text: str) -> tuple[int, str]:
    """The latest message with such a button, and the button's data."""
    for message in reversed(await browser.messages(browser.cast.coordinator, limit=200)):
        for button in buttons(message):
            if text in button["text"]:
                return message["id"], button["data"]
    raise AssertionError(text)


async def test_presses_during_play_are_answered(browser: Browser) -> None:
    await browser.post("play", speed="week")
    answers = await pressed_often(browser, 10)
    await browser.post("play", speed=None)
    assert [one["answered"] for one in answers] == [True] * 10
    assert browser.page.world.clock() > browser.began + timedelta(days=1)
    assert browser.page.world.complaints == []


async def test_presses_during_a_long_jump_are_answered(browser: Browser) -> None:
    async with jumping(browser, to="2022-03-21T12:00:00+03:00") as jump:
        answers = await pressed_often(browser, 6)
        assert not jump.done()
    assert [one["answered"] for one in answers] == [True] * 6
    assert jump.result() == (200, {"said": True})
    assert browser.page.world.clock() == msk("2022-03-21 12:00")


async def test_clock_stands_still_while_somebody_is_being_answered(browser: Browser) -> None:
    world, marina = browser.page.world, browser.cast.coordinator
    answered: list[datetime] = []
    world.on_call.append(lambda name: answered.append(world.clock()) if name == "answercallbackquery" else None)
    message, data = await shown_button(browser, "Помощь")
    async with jumping(browser, to="2022-03-01T12:00:00+03:00"):
        world.faults.hang("answerCallbackQuery", seconds=0.4)
        press = marina.presses_data(marina.private().messages[message], data)
        await press.answered()
    assert answered == [press.at]


async def test_bot_that_does_not_answer_holds_the_clock_up_only_once(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearsal.stage._PATIENCE_S", 1.5)
    browser.page.world.busy.append(lambda: True)
    browser.cast.coordinator.says("/help")
    began = time.monotonic()
    assert await browser.stage.jump_by(timedelta(days=20)) == browser.began + timedelta(days=20)
    assert time.monotonic() - began < 20  # each of twenty mornings would hold it up otherwise


async def test_pause_stops_a_jump_and_a_jump_stops_play(browser: Browser) -> None:
    async with jumping(browser, to="2022-11-01T12:00:00+03:00") as jump:
        assert "refused" in (await browser.post("play", speed="day"))[1]
        await browser.post("play", speed=None)
    assert jump.result()[0] == 200
    assert browser.page.world.clock() < msk("2022-11-01 12:00")
    await browser.post("play", speed="hour")
    before = browser.page.world.clock()
    assert (await browser.post("jump", step="day"))[0] == 200
    clock = await clock_of(browser)
    assert (clock["speed"], clock["moving"]) == (None, False)
    assert timedelta(days=1) <= browser.page.world.clock() - before < timedelta(days=1, hours=6)


async def test_jump_to_a_day_says_what_is_due_at_that_instant(browser: Browser) -> None:
    assert await browser.post("jump", to=msk("2021-12-06 09:00").isoformat()) == (200, {"said": True})
    assert browser.page.world.clock() == msk("2021-12-06 09:00")
    assert mornings(browser.cast.project) == ["2021-12-06 09:00"]


async def test_jump_to_nonsense_is_refused(browser: Browser) -> None:
    nonsense = ("2021-11-01T00:00:00+03:00", "2099-01-01T00:00:00+03:00", "2022-01-01T00:00:00", "soon", 5)
    assert {to: (await browser.post("jump", to=to))[0] for to in nonsense} == dict.fromkeys(nonsense, 400)
    assert (await browser.post("play", speed="year"))[0] == 400
    assert browser.page.world.clock() == browser.began


@pytest.mark.parametrize("asked", [("jump", {"to": "2022-11-01T12:00:00+03:00"}), ("play", {"speed": "week"})])
async def test_closing_in_the_middle_is_quiet(
    folder: Path, asked: tuple[str, dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with asyncio.TaskGroup() as tasks, opened(folder) as browser:
            action, values = asked
            asking = tasks.create_task(browser.post(action, **values))
            await reached(browser, browser.began + timedelta(days=3))
            asking.cancel()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert browser.page.world.clock() < msk("2022-11-01 12:00")
