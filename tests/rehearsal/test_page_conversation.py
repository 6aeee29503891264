"""Conversations on the page: a part at a time, what is new, how much is told, however much was said."""

import json
import time
from pathlib import Path

import pytest

from rehearsal.page.paging import part_of
from rehearsal.posting import post
from tests.rehearsal.browser import Browser, heard, opened_large


def talk(browser: Browser, count: int) -> None:
    """So many messages of one person in the first group, nobody else's business."""
    olga, group = browser.cast.directors[0], browser.cast.project
    for number in range(count):
        post(browser.page.world, group, olga, text=f"№ {number}")


async def test_a_conversation_is_given_from_its_end_and_then_backwards(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    talk(browser, 150)
    _, last = await browser.part(olga, group.id)
    assert [one["preview"] for one in last["messages"]] == [f"№ {number}" for number in range(90, 150)]
    assert (last["more"], last["newer"]) == (True, False)
    _, before = await browser.part(olga, group.id, before=last["messages"][0]["order"], limit=100)
    assert [one["preview"] for one in before["messages"]][-90:] == [f"№ {number}" for number in range(90)]
    assert (before["more"], before["newer"]) == (False, True)


async def test_a_conversation_is_given_around_a_message_and_forwards(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    talk(browser, 100)
    order = next(one.order for one in group.live() if one.text == "№ 50")
    _, around = await browser.part(olga, group.id, around=order, limit=10)
    assert [one["preview"] for one in around["messages"]] == [f"№ {number}" for number in range(45, 55)]
    assert (around["more"], around["newer"]) == (True, True)
    _, after = await browser.part(olga, group.id, after=around["messages"][-1]["order"])
    assert [one["preview"] for one in after["messages"]] == [f"№ {number}" for number in range(55, 100)]
    assert (after["more"], after["newer"]) == (True, False)


def test_a_short_conversation_around_any_message_is_all_of_it() -> None:
    assert part_of([], 60, around=5).messages == []
    assert part_of([], 60) == part_of([], 60, after=3)


@pytest.mark.parametrize("where", [{"chat": 1}, {"person": 1}, {"before": "x"}, {"limit": "many"}])
async def test_a_part_of_nothing_is_refused(browser: Browser, where: dict[str, int]) -> None:
    asked = {"chat": browser.cast.project.id, "person": browser.cast.coordinator.id} | where
    async with browser.session.get(f"{browser.base}/page/messages", params=asked) as response:
        assert response.status == 400


async def test_the_private_chat_of_another_person_and_a_strangers_group_are_not_shown(browser: Browser) -> None:
    cast = browser.cast
    assert (await browser.part(cast.directors[0], cast.coordinator.id))[0] == 400
    status, told = await browser.part(cast.stranger, cast.project.id)
    assert (status, "Игорь Прохожий сейчас не в этой группе" in told["refused"]) == (200, True)


async def test_whoever_has_left_sees_what_was_said_before(browser: Browser) -> None:
    olga, marina, group = browser.cast.directors[0], browser.cast.coordinator, browser.cast.project
    marina.says("до", group)
    olga.leaves(group)
    marina.says("после", group)
    seen = [one["preview"] for one in await browser.messages(olga, group.id)]
    assert seen[-2:] == ["до", f"Больше не в группе: {olga.name}"]
    olga.joins(group)
    assert (await browser.messages(olga, group.id))[-2]["preview"] == "после"


async def test_new_is_what_the_bot_said_after_what_was_read(browser: Browser) -> None:
    marina, world = browser.cast.coordinator, browser.page.world
    private, bot = marina.private(), world.bot
    for number in range(3):
        post(world, private, bot, text=f"№ {number}")
    assert (await browser.chat(marina.id))["unread"] == 3
    middle = list(private.live())[-2]
    assert await browser.post("read", chat=marina.id, order=middle.order) == (200, {"unread": 1})
    marina.deletes(list(private.live())[-1])
    chat = await browser.chat(marina.id)
    assert (chat["unread"], chat["last"]["preview"], chat["newest"]) == (0, "№ 1", middle.order)


async def test_what_is_read_in_a_chat_that_is_not_there_is_nothing(browser: Browser) -> None:
    assert await browser.post("read", chat=browser.cast.stranger.id, order=9) == (200, {"unread": 0})


async def test_news_bring_the_message_with_the_summary_of_its_chat(browser: Browser) -> None:
    marina, world = browser.cast.coordinator, browser.page.world
    news = browser.news()
    await anext(news)
    said = post(world, marina.private(), world.bot, text="здравствуйте")
    name, told = await heard(news, "message", "deleted")
    assert (name, told["html"], told["chat"]) == ("message", "здравствуйте", marina.id)
    assert told["summary"] == {
        "read": told["summary"]["read"],
        "unread": 1,
        "newest": said.order,
        "last": {"preview": "здравствуйте", "at": said.at.isoformat(), "author": ""},
    }
    marina.deletes(said)
    name, told = await heard(news, "message", "deleted")
    assert (name, told["id"], told["summary"]["unread"]) == ("deleted", said.id, 0)
    await news.aclose()  # type: ignore[attr-defined]


async def test_what_happens_at_once_is_told_at_once(browser: Browser) -> None:
    cast, news = browser.cast, browser.news()
    await anext(news)
    for person in cast.directors:
        person.leaves(cast.project)
        person.joins(cast.project)
    cast.coordinator.edits(cast.coordinator.says("ошипка", cast.project), "ошибка")
    names = [(await heard(news, "state", "message"))[0] for _ in range(18)]
    assert (names[0], names.count("state"), names.count("message")) == ("state", 1, 17)
    await news.aclose()  # type: ignore[attr-defined]


async def test_topics_quotes_and_forwards_are_named(browser: Browser) -> None:
    marina, world = browser.cast.coordinator, browser.page.world
    forum = world.add_group("Форум", [marina, browser.cast.stranger], "supergroup", forum=True)
    first = marina.says("в теме", forum, topic=world.add_topic(forum, "Отчёты").id)
    here = {"person": marina.id, "chat": forum.id}
    await browser.post("say", **here, text="ответ", reply_to=first.id)
    marina.deletes(first)
    origin = {"type": "user", "date": 0, "sender_user": browser.cast.stranger.wire()}
    post(world, forum, marina, text="чужое", forwarded=origin)
    opened, answer, foreign = await browser.messages(marina, forum.id)
    assert opened["service"] == "Новая тема: «Отчёты»"
    assert (answer["topic"], answer["reply"]["text"], answer["reply"]["gone"]) == ("Отчёты", "Сообщение удалено", True)
    assert (foreign["topic"], foreign["forwarded"], foreign["reply"]) == (None, browser.cast.stranger.name, None)
    assert (await browser.post("say", **here, text="в никуда", reply_to=first.id))[0] == 200
    assert (await browser.messages(marina, forum.id))[-1]["reply"] is None


async def test_a_photo_that_no_browser_shows_is_offered_as_a_file(browser: Browser) -> None:
    marina = browser.cast.coordinator
    photo = marina.sends_photo(b"BM" + bytes(60), browser.cast.project)
    assert photo.media
    shown = (await browser.messages(marina, browser.cast.project.id))[-1]["media"]
    assert (shown["kind"], shown["label"], shown["size"]) == ("document", "Фотография", 62)


async def test_half_a_letter_breaks_nothing(browser: Browser) -> None:
    marina = browser.cast.coordinator
    news = browser.news()
    await anext(news)
    post(browser.page.world, marina.private(), marina, text="\ud83d и дальше")
    assert (await heard(news, "message"))[1]["html"] == "? и дальше"
    assert "? и дальше" in [one["html"] for one in await browser.messages(marina)]
    await news.aclose()  # type: ignore[attr-defined]


async def test_a_large_region_that_talks_a_lot_is_told_in_little(tmp_path: Path) -> None:
    async with opened_large(tmp_path, people=300, schools=60) as browser:
        talk(browser, 5000)
        world = browser.page.world
        for person in world.people.values():
            post(world, person.private(), world.bot, text="Очень длинное уведомление о сроках. " * 30)
        state = await browser.state()
        assert len(state["people"]) == 300
        assert len(json.dumps(state, ensure_ascii=False).encode()) < 300_000
        began = time.perf_counter()
        _, part = await browser.part(browser.cast.coordinator, browser.cast.project.id)
        took = time.perf_counter() - began
        assert (len(part["messages"]), part["messages"][-1]["preview"]) == (60, "№ 4999")
        assert took < 0.2
