"""The rehearsal's page: what it shows, what its buttons do, whom it lets in."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.settings import Settings
from channels.telegram import TELEGRAM
from domain.people import Account
from rehearsal.page.page import Page
from rehearsal.region import Post, cast_of
from rehearsal.run import _with_calendars
from rehearsal.stage import TOKEN
from tests.rehearsal.browser import START, Browser, buttons

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script> & </article>'


async def test_the_snapshot_has_people_groups_clock_and_commands(browser: Browser) -> None:
    state = await browser.state()
    assert state["ready"]
    assert state["clock"] | {"now": browser.began.isoformat(), "running": False, "moving": False} == state["clock"]
    assert [chat["title"] for chat in state["chats"]][:3] == ["500+", "Вектор успеха", "Марина Королёва"]
    people = state["people"]
    assert (people[0]["post"], people[0]["part"]) == ("coordinator", "координатор")
    assert (people[-1]["post"], people[-1]["part"]) == ("stranger", "посторонний")
    heads = [person for person in people if person["post"] == "head"]
    assert (len(heads), heads[0]["place"]) == (8, "Средняя школа № 37")
    assert state["commands"]["private"][0] == {"command": "menu", "description": "Меню"}
    assert state["commands"]["group"] == []
    group = state["chats"][0]
    assert group["last"]["preview"] == "Теперь в группе: Дорожная карта"
    assert (group["unread"], group["read"]) == (0, group["newest"])
    assert (len(group["members"]), group["away"], group["owner"]) == (26, [], people[0]["id"])


async def test_a_press_reaches_the_bot_and_its_answer_comes_as_news(browser: Browser) -> None:
    marina = browser.cast.coordinator.id
    first = (await browser.messages(browser.cast.coordinator))[0]
    assert first["preview"].startswith("/start")
    news = browser.news()
    assert (await anext(news))[0] == "state"
    await browser.post("say", person=marina, chat=marina, text="/menu")
    menu = await _message(news, "Что сейчас")
    help_button = next(one for one in buttons(menu) if "Помощь" in one["text"])
    press = {"person": marina, "chat": marina, "message": menu["id"], "data": help_button["data"]}
    status, answer = await browser.post("press", **press)
    assert (status, answer["answered"]) == (200, True)
    assert "Как это работает" in (await _message(news, "Как это работает"))["html"]
    await news.aclose()  # type: ignore[attr-defined]


async def _message(news: AsyncIterator[tuple[str, Any]], words: str) -> Any:
    async with asyncio.timeout(5):
        async for name, said in news:
            if name == "message" and (
                words in said["html"] or words in json.dumps(said["buttons"], ensure_ascii=False)
            ):
                return said
    raise AssertionError(words)


async def test_the_clock_moves_by_an_hour_and_a_day(browser: Browser) -> None:
    assert (await browser.post("jump", step="hour"))[0] == 200
    assert browser.page.world.clock() == browser.began + timedelta(hours=1)
    assert (await browser.post("jump", step="day"))[0] == 200
    assert (await browser.state())["clock"]["now"] == (browser.began + timedelta(days=1, hours=1)).isoformat()


async def test_the_next_notice_comes_to_the_coordinator(browser: Browser) -> None:
    marina = browser.cast.coordinator.id
    assert await browser.post("jump", step="notice") == (200, {"said": True})
    chat = await browser.chat(marina)
    notice = (await browser.messages(browser.cast.coordinator))[-1]
    assert "п. 1" in notice["html"]
    assert (chat["unread"], chat["newest"] > chat["read"]) == (1, True)
    assert await browser.post("read", chat=marina, order=notice["order"]) == (200, {"unread": 0})
    assert (await browser.chat(marina))["read"] == notice["order"]


async def test_only_one_jump_at_a_time_and_news_say_so(browser: Browser) -> None:
    news = browser.news()
    await anext(news)
    async with asyncio.TaskGroup() as both:
        jumps = [both.create_task(browser.post("jump", step="day")) for _ in range(2)]
    answers = sorted(jump.result()[1].get("refused", "") for jump in jumps)
    assert answers == ["", "Часы уже переводятся, подождите немного."]
    clocks = [said["moving"] async for name, said in _until_still(news) if name == "clock"]
    assert clocks[0]
    assert not clocks[-1]
    await news.aclose()  # type: ignore[attr-defined]


async def _until_still(news: AsyncIterator[tuple[str, Any]]) -> AsyncIterator[tuple[str, Any]]:
    async with asyncio.timeout(5):
        async for name, said in news:
            yield name, said
            if name == "clock" and not said["moving"]:
                return


async def test_a_jump_outlives_the_request_that_asked_for_it(browser: Browser) -> None:
    news = browser.news()
    await anext(news)
    async with asyncio.TaskGroup() as reader:
        asking = reader.create_task(browser.post("jump", step="day"))
        assert (await anext(news))[1]["moving"]
        asking.cancel()
    assert [name async for name, _ in _until_still(news)]
    await news.aclose()  # type: ignore[attr-defined]
    assert browser.page.world.clock() == browser.began + timedelta(days=1)
    assert (await browser.post("jump", step="hour"))[0] == 200


async def test_a_jump_that_breaks_off_frees_the_clock(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_step: timedelta) -> None:
        raise OSError("disk")

    monkeypatch.setattr(browser.stage, "jump_by", broken)
    assert (await browser.post("jump", step="day"))[0] == 500
    assert "a jump of the clock broke off" in caplog.text
    assert not browser.page.mover.moving


async def test_hostile_text_is_escaped(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    await browser.post("say", person=olga.id, chat=group.id, text=HOSTILE)
    said = (await browser.messages(olga, group.id))[-1]
    assert said["from"]["name"] == olga.name
    assert said["html"] == HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


async def test_the_page_is_filled_with_words_and_loads_nothing_from_elsewhere(browser: Browser) -> None:
    async with browser.session.get(f"{browser.base}/") as response:
        html, headers = await response.text(), response.headers
    assert "До следующего уведомления" in html
    assert "{{" not in html
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    for name in ("app.js", "chat.css", "icon.svg"):
        async with browser.session.get(f"{browser.base}/page/static/{name}") as response:
            assert response.status == 200


async def test_a_reply_a_start_and_a_bot_brought_back(browser: Browser) -> None:
    marina, stranger, group = browser.cast.coordinator, browser.cast.stranger, browser.cast.project
    first = (await browser.messages(marina, group.id))[0]["id"]
    await browser.post("say", person=marina.id, chat=group.id, text="Готово", reply_to=first)
    assert (await browser.messages(marina, group.id))[-1]["reply"]["name"] == marina.name
    await browser.post("follow", person=stranger.id, url="https://t.me/roadmap_500_bot?start=none")
    assert (await browser.messages(stranger))[0]["preview"] == "/start none"
    marina.removes_bot(group)
    assert not (await browser.chat(group.id))["bot"]
    await browser.post("add-bot", person=marina.id, chat=group.id)
    assert (await browser.chat(group.id))["bot"]
    await browser.page.world.settle()


NONSENSE: list[tuple[str, dict[str, Any]]] = [
    ("say", {"person": 1, "chat": 1, "text": "?"}),
    ("say", {}),
    ("say", {"text": "  "}),
    ("say", {"text": "x" * 4097}),
    ("say", {"text": ["list"]}),
    ("press", {"message": 99, "data": "x"}),
    ("jump", {"step": "year"}),
    ("read", {"order": "x"}),
    ("follow", {"url": "https://t.me/other?start=1"}),
]


async def test_nonsense_is_refused(browser: Browser) -> None:
    marina = browser.cast.coordinator.id
    said = len(browser.page.world.messages())
    for action, asked in NONSENSE:
        status, _ = await browser.post(action, **({"person": marina, "chat": marina} | asked))
        assert (action, asked, status) == (action, asked, 400)
    assert len(browser.page.world.messages()) == said


async def test_a_stranger_does_not_press_in_a_group(browser: Browser) -> None:
    asked = {"person": browser.cast.stranger.id, "chat": browser.cast.project.id, "message": 1, "data": "x"}
    status, told = await browser.post("press", **asked)
    assert (status, "не в этой группе" in told["refused"]) == (200, True)
    assert (await browser.post("nothing"))[0] == 404


FOREIGN = [
    {"Host": "rebound.example:80"},
    {"Host": "127.0.0.1:1"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("path", ["/", "/page/state", "/page/events", "/page/static/app.js", f"/bot{TOKEN}/getMe"])
async def test_a_foreign_host_or_origin_is_refused(closed: tuple[Page, str], path: str) -> None:
    async with ClientSession() as session:
        for headers in FOREIGN:
            async with session.get(closed[1] + path, headers=headers) as response:
                assert (headers, response.status) == (headers, 403)
        async with session.get(closed[1].replace("127.0.0.1", "localhost") + path) as response:
            assert response.status == 200


async def test_only_json_is_taken(browser: Browser) -> None:
    own = {"Origin": browser.base}
    async with browser.session.post(f"{browser.base}/page/jump", data='{"step": "hour"}', headers=own) as response:
        assert response.status == 415
    async with browser.session.post(f"{browser.base}/page/jump", json={"step": "hour"}, headers=own) as response:
        assert response.status == 200
    assert browser.page.world.clock() == browser.began + timedelta(hours=1)


async def test_before_the_opening_there_is_nothing_to_do(browser: Browser, closed: tuple[Page, str]) -> None:
    page, base = closed
    early = Browser(browser.session, base, page, browser.stage, browser.cast, START)
    news = early.news()
    assert (await anext(news))[1]["ready"] is False
    assert (await early.post("jump", step="hour"))[0] == 503
    page.open(browser.stage, cast_of(page.world))
    name, state = await anext(news)
    assert (name, state["ready"], len(state["chats"])) == ("state", True, 29)
    await news.aclose()  # type: ignore[attr-defined]


async def test_calendars_lie_beside_the_page(browser: Browser) -> None:
    core, clock = browser.stage.app.core, browser.page.world.clock
    head = next(person for person, part in browser.cast.parts.items() if part.post is Post.HEAD)
    by = await core.people.member(Account(TELEGRAM, head.id), now=clock())
    core.calendar_feeds._public_url = browser.base
    link = await core.calendar_feeds.make(by=by, now=clock())
    for address, status in ((link, 200), (f"{browser.base}/calendar/region.ics", 200), (f"{link[:-5]}.ics", 404)):
        async with browser.session.get(address) as answer:
            assert answer.status == status
            assert answer.content_type == ("text/calendar" if status == 200 else "application/octet-stream")


async def test_a_rehearsal_gives_links_to_its_own_address() -> None:
    settings = Settings(_env_file=None, public_url="https://road.example.org")
    assert _with_calendars(settings, "http://127.0.0.1:8500").public_url == "http://127.0.0.1:8500"
