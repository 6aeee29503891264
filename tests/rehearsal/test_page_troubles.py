"""Troubles under switches: each kind on its own, several at once, and what people got all the same."""

import asyncio
import time
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from tests.people import msk
from tests.rehearsal.browser import Browser, buttons, heard

DAY = "2021-12-06"
"""«500+», the coordinator and the organiser of item 2 get their message on it."""
TOLD = 4


async def troubles_of(browser: Browser) -> Any:
    async with browser.session.get(f"{browser.base}/page/troubles") as response:
        assert response.status == 200
        return await response.json()


async def switch(browser: Browser, **asked: Any) -> None:
    assert await browser.post("trouble", **asked) == (200, {})


@pytest.fixture
async def eve(browser: Browser) -> Browser:
    """Just before the morning of the day."""
    await browser.stage.jump_to(msk(f"{DAY} 08:00"))
    await browser.page.world.settle()
    return browser


def got(browser: Browser) -> Counter[str]:
    """How many messages of the day came to the group and to the coordinator."""
    chats = {"500+": browser.cast.project, "Марина": browser.cast.coordinator.private()}
    return Counter(
        {name: sum(one.text.startswith("📅 Сегодня, 6 декабря") for one in chat.live()) for name, chat in chats.items()}
    )


async def live_through(browser: Browser, until: str = "12:00") -> None:
    await browser.stage.jump_to(msk(f"{DAY} {until}"))
    await browser.page.world.settle()
    await browser.stage.app.outbox.idle()


@pytest.mark.parametrize("kind", ["flood", "error", "drop", "silence"])
async def test_after_a_trouble_everybody_has_the_message_once(
    eve: Browser, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearsal.page.troubles.SILENCE_S", 0.1)
    await switch(eve, kind=kind, times=3)
    assert (await troubles_of(eve))["on"] == {kind: 3}
    await live_through(eve)
    assert got(eve) == {"500+": 1, "Марина": 1}
    told = await troubles_of(eve)
    assert (told["on"], told["waiting"], told["failed"], told["unsent"]) == ({}, 0, 0, [])
    assert sum(trouble["times"] for one in told["met"] for trouble in one["met"]) == 3
    assert {trouble["kind"] for one in told["met"] for trouble in one["met"]} == {kind}
    assert {one["end"] for one in told["met"]} == {"came"}


async def test_message_whose_answer_is_lost_comes_twice_and_no_other_does(eve: Browser) -> None:
    await switch(eve, kind="drop_after", times=1)
    await live_through(eve)
    assert sorted(got(eve).values()) == [1, 2]
    (story,) = (await troubles_of(eve))["met"]
    assert (story["end"], story["met"]) == ("twice", [{"kind": "drop_after", "times": 1}])
    assert got(eve)["500+" if story["to"] == "500+" else "Марина"] == 2


async def test_several_troubles_at_once_are_all_met_and_nothing_is_lost(eve: Browser) -> None:
    for kind in ("flood", "error", "drop"):
        await switch(eve, kind=kind, times=2)
    assert (await eve.state())["troubles"] == {"on": 3}
    await live_through(eve)
    assert got(eve) == {"500+": 1, "Марина": 1}
    met = (await troubles_of(eve))["met"]
    assert Counter({t["kind"]: 0 for t in met[0]["met"]}).keys() <= {"flood", "error", "drop"}
    assert sum(trouble["times"] for one in met for trouble in one["met"]) == 6


async def test_trouble_stays_until_it_is_switched_off(eve: Browser) -> None:
    await switch(eve, kind="error", times=None)
    assert await eve.post("jump", step="notice") == (200, {"said": False})
    assert eve.page.world.clock() >= msk(f"{DAY} 08:30")
    await live_through(eve, "10:00")
    assert got(eve) == {"500+": 0, "Марина": 0}
    told = await troubles_of(eve)
    assert (told["on"], told["waiting"]) == ({"error": None}, TOLD)
    assert {(one["to"], one["why"], one["over"]) for one in told["unsent"]} == {
        ("500+", "нет связи", False),
        ("Марина Королёва", "нет связи", False),
        ("Ирина Белова", "нет связи", False),
        ("Андрей Климов", "нет связи", False),
    }
    assert all(one["attempts"] > 3 for one in told["unsent"])
    assert {one["end"] for one in told["met"]} == {"waits"}
    nine, earlier = msk(f"{DAY} 09:00"), msk(f"{DAY} 08:30")
    due = {"500+": nine, "Ирина Белова": nine, "Андрей Климов": nine, "Марина Королёва": earlier}
    for rows in (told["unsent"], told["met"]):
        assert {one["to"]: datetime.fromisoformat(one["at"]) for one in rows} == due
    await switch(eve, kind="error", times=0)
    await live_through(eve, "11:00")
    assert got(eve) == {"500+": 1, "Марина": 1}
    assert (await eve.state())["troubles"] == {"on": 0}


async def test_what_could_not_be_sent_by_evening_is_counted_as_not_delivered(eve: Browser) -> None:
    await switch(eve, kind="drop", times=None)
    eve.page.world.clock.set(msk(f"{DAY} 19:40"))  # the bot was down till then
    await live_through(eve, "20:30")
    told = await troubles_of(eve)
    assert (told["waiting"], told["failed"]) == (0, TOLD)
    assert {(one["why"], one["over"]) for one in told["unsent"]} == {("время вышло", True)}
    assert {one["end"] for one in told["met"]} == {"never"}
    assert told["unsent"][0]["text"].startswith("📅 Сегодня, 6 декабря")


async def test_clearing_ends_everything_the_blocking_too(eve: Browser) -> None:
    await switch(eve, kind="error", times=None)
    await switch(eve, kind="slow", ms=500)
    olga = eve.cast.directors[0]
    olga.starts()
    await switch(eve, kind="block", people=[eve.cast.coordinator.id])
    await eve.post("block", person=olga.id)
    assert (await eve.state())["troubles"] == {"on": 3}
    await switch(eve, kind="clear")
    told = await troubles_of(eve)
    assert (told["on"], told["slow"]) == ({}, 0)
    blocked = {one["id"]: one["blocked"] for one in told["people"]}
    assert (blocked[eve.cast.coordinator.id], blocked[olga.id], any(blocked.values())) == (False, False, False)


async def test_slow_network_is_late_with_every_answer_and_nothing_is_lost(browser: Browser) -> None:
    marina = browser.cast.coordinator
    shown = [(one["id"], button) for one in await browser.messages(marina) for button in buttons(one)]
    message, button = next(one for one in shown if one[1]["text"] == "Помощь")
    await switch(browser, kind="slow", ms=300)
    began = time.monotonic()
    _, answer = await browser.post("press", person=marina.id, chat=marina.id, message=message, data=button["data"])
    assert answer["answered"]
    assert time.monotonic() - began > 0.3
    await live_through(browser)
    assert got(browser) == {"500+": 1, "Марина": 1}
    assert (await troubles_of(browser))["slow"] == 300


async def test_people_block_the_bot_and_take_it_back(eve: Browser) -> None:
    olga, stranger = eve.cast.directors[0], eve.cast.stranger
    for person in (olga, stranger):
        person.starts()
    await eve.page.world.settle()
    await switch(eve, kind="block", count=2)
    blocked = [person["id"] for person in (await troubles_of(eve))["people"] if person["blocked"]]
    assert len(blocked) == 2
    await switch(eve, kind="unblock", people=blocked)
    assert not any(person["blocked"] for person in (await troubles_of(eve))["people"])
    await switch(eve, kind="block", count=50)
    assert all(person["blocked"] for person in (await troubles_of(eve))["people"])
    await live_through(eve)
    assert got(eve) == {"500+": 1, "Марина": 0}


async def test_news_say_that_troubles_have_changed(browser: Browser) -> None:
    news = browser.news()
    await heard(news, "troubles")
    await switch(browser, kind="flood", times=None)
    async with asyncio.timeout(5):
        while (await heard(news, "troubles"))[1] != {"on": 1}:
            pass
    await news.aclose()  # type: ignore[attr-defined]


NONSENSE: list[dict[str, Any]] = [
    {},
    {"kind": "storm", "times": 1},
    {"kind": "error"},
    {"kind": "error", "times": -1},
    {"kind": "error", "times": "many"},
    {"kind": "hang", "times": 1},
    {"kind": "slow", "ms": 100_000},
    {"kind": "block", "people": [1]},
    {"kind": "block", "count": 0},
]


@pytest.mark.parametrize("asked", NONSENSE)
async def test_nonsense_is_refused_and_changes_nothing(browser: Browser, asked: dict[str, Any]) -> None:
    assert (await browser.post("trouble", **asked))[0] == 400
    assert (await browser.state())["troubles"] == {"on": 0}
