"""The year on the page: every item with its deadline, what was said of it and what will be."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.people import Account
from rehearsal.page.page import Page
from rehearsal.person import Person
from rehearsal.region import Post
from tests.people import MOSCOW, msk
from tests.rehearsal.browser import Browser, heard, opened


async def year_of(browser: Browser) -> Any:
    async with browser.session.get(f"{browser.base}/page/timeline") as response:
        assert response.status == 200
        return await response.json()


async def item_of(browser: Browser, number: int) -> Any:
    return next(item for item in (await year_of(browser))["items"] if item["number"] == number)


def days(item: Any, *, said: bool) -> list[tuple[str, list[str]]]:
    """When and where, Moscow time."""
    return [
        (local(day["at"]), sorted(chat["title"] for chat in day["chats"]))
        for day in item["days"]
        if day["said"] is said
    ]


def local(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(MOSCOW):%Y-%m-%d %H:%M}"


async def settled(browser: Browser) -> None:
    """The bot has written down what it sent."""
    await browser.page.world.settle()
    await browser.stage.app.outbox.idle()


DIRECTORS = [
    *("Анна Соболева", "Валентина Чижова", "Людмила Журавлёва", "Николай Щукин"),
    *("Ольга Лебедева", "Сергей Тихонов", "Юлия Мухина"),
]
"""Of the schools that have come in."""
ALL = ["500+", *sorted([*DIRECTORS, "Марина Королёва"])]


def asked(browser: Browser) -> list[Person]:
    """Whom the first survey reaches."""
    posts = (Post.MUNICIPAL, Post.CURATOR, Post.HEAD, Post.DEPUTY, Post.TEACHER)
    return [one for one in browser.cast.of(*posts) if one not in browser.cast.newcomers]


async def test_items_stand_by_their_deadlines_on_a_scale_of_whole_months(browser: Browser) -> None:
    year = await year_of(browser)
    assert (year["first"], year["last"]) == ("2021-11-01", "2022-12-31")
    assert len(year["items"]) == 34
    assert [item["number"] for item in year["items"]][:5] == [1, 2, 3, 4, 7]
    assert [item["number"] for item in year["items"]][-2:] == [17, 22]
    ends = [item["to"] or item["from"] for item in year["items"] if item["to"] or item["from"]]
    assert ends == sorted(ends)


async def test_periods_are_as_the_order_names_them(browser: Browser) -> None:
    items = {item["number"]: item for item in (await year_of(browser))["items"]}
    assert [(items[n]["from"], items[n]["to"]) for n in (1, 20, 16, 21, 25, 17)] == [
        ("2021-11-25", "2021-11-25"),
        (None, "2022-03-20"),
        ("2022-03-10", "2022-03-24"),
        ("2022-04-30", None),
        ("2022-06-01", "2022-06-30"),
        (None, None),
    ]
    assert (items[16]["deadline"], items[16]["when"]) == ("10.03-24.03.2022", "10–24 марта")
    assert (items[17]["deadline"], items[17]["stands"], items[17]["days"]) == ("не указан", "без срока", [])


async def test_first_survey_around_the_tenth_of_march(browser: Browser) -> None:
    await browser.stage.jump_to(msk("2022-03-09 20:00"))
    await settled(browser)
    item = await item_of(browser, 16)
    assert item["status"] == "coming"
    assert days(item, said=True) == [("2022-03-03 09:00", ALL), ("2022-03-09 08:30", ALL)]
    coming = days(item, said=False)
    assert coming[:4] == [
        ("2022-03-10 09:00", ALL),
        ("2022-03-21 08:30", ALL),
        ("2022-03-23 09:00", ["500+"]),  # four reminders stay unanswered: she gets no more of them
        ("2022-03-24 09:00", ["500+"]),
    ]
    assert coming[4:] == [("2022-03-25 09:00", ["500+"])]
    await browser.stage.jump_to(msk("2022-03-10 12:00"))
    await settled(browser)
    item = await item_of(browser, 16)
    assert item["status"] == "running"
    reached = sorted({*ALL, *(one.name for one in asked(browser))})
    assert days(item, said=True)[-1] == ("2022-03-10 09:00", reached)
    assert days(item, said=False) == coming[1:]


async def test_what_was_said_leads_to_its_message(browser: Browser) -> None:
    await browser.stage.jump_to(msk("2022-03-10 12:00"))
    await settled(browser)
    said = [chat for day in (await item_of(browser, 16))["days"] if day["said"] for chat in day["chats"]]
    readers = {browser.cast.project.id: browser.cast.coordinator}
    readers |= {one.id: one for one in (browser.cast.coordinator, *asked(browser))}
    assert {chat["id"] for chat in said} == set(readers)
    for chat in said:
        around = await browser.messages(readers[chat["id"]], chat["id"], around=chat["order"], limit=5)
        (message,) = [one for one in around if one["order"] == chat["order"]]
        assert message["id"] == chat["message"]
        assert "п. 16" in message["html"]


async def test_each_chat_has_its_own_hour_where_they_differ(browser: Browser) -> None:
    await browser.stage.jump_to(msk("2021-12-07 12:00"))
    await settled(browser)
    first = [day for item in (await year_of(browser))["items"] for day in item["days"] if len(day["chats"]) > 1]
    hours = {(chat["title"], local(chat["at"])[11:]) for day in first for chat in day["chats"]}
    assert {("500+", "09:00"), ("Марина Королёва", "08:30"), ("Марина Королёва", "09:00")} <= hours
    assert all(day["at"] == min(chat["at"] for chat in day["chats"]) for day in first)


def in_group(item: Any, *, said: bool, since: str, until: str) -> list[str]:
    """The mornings on which «500+» hears of the item."""
    return [at for at, where in days(item, said=said) if "500+" in where and since < at < until]


async def test_what_is_coming_is_what_is_said_then(browser: Browser) -> None:
    span = {"since": "2022-01-10 07:00", "until": "2022-02-01 21:00"}
    await browser.stage.jump_to(msk(span["since"]))
    await settled(browser)
    promised = {item["number"]: in_group(item, said=False, **span) for item in (await year_of(browser))["items"]}
    await browser.stage.jump_to(msk(span["until"]))
    await settled(browser)
    told = {item["number"]: in_group(item, said=True, **span) for item in (await year_of(browser))["items"]}
    assert [at[:10] for at in promised[5]] == ["2022-01-18", "2022-01-25", "2022-01-28", "2022-01-31", "2022-02-01"]
    assert {number: [at[:10] for at in days] for number, days in told.items()} == {
        number: [at[:10] for at in days] for number, days in promised.items()
    }


async def close(browser: Browser, item_id: int) -> None:
    stage = browser.stage
    by = await stage.app.core.people.member(
        Account("telegram", browser.cast.coordinator.id), now=browser.stage.world.clock()
    )
    await stage.app.core.roadmaps.close(item_id, "", by=by, now=stage.world.clock())


async def test_closed_item_keeps_what_was_said_and_has_nothing_to_come(browser: Browser) -> None:
    await browser.stage.jump_to(msk("2022-03-09 20:00"))
    await settled(browser)
    item = await item_of(browser, 16)
    await close(browser, item["id"])
    after = await item_of(browser, 16)
    assert (after["status"], after["stands"]) == ("closed", "закрыт")
    assert days(after, said=True) == days(item, said=True)
    assert days(after, said=False) == []


async def test_group_that_became_a_supergroup_is_still_found(browser: Browser) -> None:
    await browser.stage.jump_to(msk("2022-01-13 12:00"))
    await settled(browser)
    heir = browser.page.world.migrate(browser.cast.vector)
    await browser.page.world.settle()
    said = [
        chat
        for item in (await year_of(browser))["items"]
        for day in item["days"]
        if day["said"]
        for chat in day["chats"]
    ]
    vector = [chat for chat in said if chat["title"] == "Вектор успеха"]
    assert vector
    assert {(chat["id"], chat["order"]) for chat in vector} == {(heir.id, None)}


async def test_page_is_told_to_ask_again_after_a_jump_and_after_a_press(browser: Browser) -> None:
    news = browser.news()
    await heard(news, "timeline")
    await browser.post("jump", step="notice")
    await heard(news, "timeline")
    await asyncio.sleep(0.5)
    marina = browser.cast.coordinator
    await browser.post("say", person=marina.id, chat=marina.id, text="/now")
    await heard(news, "timeline")
    await news.aclose()  # type: ignore[attr-defined]


@pytest.fixture
async def over(folder: Path) -> AsyncIterator[Browser]:
    """The page when the year is over: its autumn was lived through, the whole of it would take twenty seconds."""
    async with opened(folder, msk("2022-10-03 12:00")) as browser:
        await browser.stage.jump_to(msk("2022-12-01 12:00"))
        yield browser


async def test_year_that_was_carried_over_takes_the_place_of_the_old_one(over: Browser) -> None:
    browser = over
    core, stage = browser.stage.app.core, browser.stage
    by = await core.people.member(Account("telegram", browser.cast.coordinator.id), now=browser.stage.world.clock())
    (old,) = await core.roadmaps.all()
    await core.roadmaps.carry_over(old.id, 2023, by=by, now=stage.world.clock())
    year = await year_of(browser)
    assert (year["first"], year["last"]) == ("2022-11-01", "2023-12-31")
    assert {item["year"] for item in year["items"]} == {2023}


async def test_before_the_opening_there_is_no_year(closed: tuple[Page, str], browser: Browser) -> None:
    for what in ("timeline", "troubles"):
        async with browser.session.get(f"{closed[1]}/page/{what}") as response:
            assert response.status == 503
