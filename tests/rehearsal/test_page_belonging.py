"""The page's menus: blocking, names, coming into groups and leaving them, supergroups — and who may not."""

from typing import Any

import pytest

from tests.rehearsal.browser import Browser


async def test_a_blocked_bot_is_shown_and_let_in_again(browser: Browser) -> None:
    marina = browser.cast.coordinator
    await browser.post("block", person=marina.id)
    assert (await browser.chat(marina.id))["blocked"]
    assert marina.private().blocked
    await browser.post("unblock", person=marina.id)
    assert not (await browser.chat(marina.id))["blocked"]
    await browser.page.world.settle()


async def test_buttons_are_not_pressed_while_the_bot_is_blocked(browser: Browser) -> None:
    marina = browser.cast.coordinator
    message = next(one for one in await browser.messages(marina) if one["buttons"])
    asked = {"person": marina.id, "chat": marina.id, "message": message["id"], "data": message["buttons"][0][0]["data"]}
    await browser.post("block", person=marina.id)
    refused = {"refused": "Бот заблокирован. Разблокируйте его, чтобы нажимать кнопки."}
    assert await browser.post("press", **asked) == (200, refused)
    await browser.post("unblock", person=marina.id)
    assert (await browser.post("press", **asked))[1]["answered"]
    await browser.page.world.settle()


async def test_name_that_turns_the_writing_round_turns_only_itself(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    await browser.post("rename-self", person=olga.id, name="Ольга \u202eавелО\u2069")
    await browser.post("leave", person=olga.id, chat=group.id)
    _, told = await browser.post("say", person=olga.id, chat=group.id, text="?")
    assert told["refused"].startswith("\u2068Ольга авелО\u2069 сейчас не в этой группе")
    left = (await browser.messages(browser.cast.coordinator, group.id))[-1]["service"]
    assert left == "Больше не в группе: \u2068Ольга авелО\u2069"
    await browser.page.world.settle()


async def test_a_new_name_is_everywhere(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    olga.says("до", group)
    assert (await browser.post("rename-self", person=olga.id, name="  Ольга  Снегирёва-Лебедева "))[0] == 200
    assert (olga.first_name, olga.last_name) == ("Ольга", "Снегирёва-Лебедева")
    assert (await browser.chat(olga.id))["title"] == "Ольга Снегирёва-Лебедева"
    assert (await browser.messages(olga, group.id))[-1]["from"]["name"] == "Ольга Снегирёва-Лебедева"


async def test_a_group_gets_another_title(browser: Browser) -> None:
    marina, group = browser.cast.coordinator, browser.cast.project
    assert (await browser.post("rename-group", person=marina.id, chat=group.id, title="500+ Иваново"))[0] == 200
    assert (await browser.chat(group.id))["title"] == "500+ Иваново"
    assert (await browser.messages(marina, group.id))[-1]["service"] == "Новое название группы: «500+ Иваново»"
    await browser.page.world.settle()


async def test_whoever_leaves_cannot_write_until_coming_back(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    here = {"person": olga.id, "chat": group.id}
    assert (await browser.post("leave", **here))[0] == 200
    chat = await browser.chat(group.id)
    assert (olga.id in chat["members"], chat["away"]) == (False, [olga.id])
    status, told = await browser.post("say", **here, text="?")
    assert (status, told["refused"].split(".")[0]) == (200, f"{olga.name} сейчас не в этой группе")
    assert (await browser.post("come-back", **here))[0] == 200
    assert (await browser.post("say", **here, text="!"))[0] == 200
    assert (await browser.chat(group.id))["away"] == []


async def test_the_bot_is_removed_and_added(browser: Browser) -> None:
    marina, group = browser.cast.coordinator, browser.cast.project
    await browser.post("remove-bot", person=marina.id, chat=group.id)
    assert not (await browser.chat(group.id))["bot"]
    await browser.page.world.settle()
    await browser.post("add-bot", person=marina.id, chat=group.id)
    assert (await browser.chat(group.id))["bot"]
    await browser.page.world.settle()


async def test_a_plain_group_becomes_a_supergroup_and_its_old_address_leads_there(browser: Browser) -> None:
    marina, group = browser.cast.coordinator, browser.cast.vector
    assert (await browser.chat(group.id))["plain"]
    status, told = await browser.post("upgrade", person=marina.id, chat=group.id)
    assert (status, told["chat"]) == (200, group.now.id)
    state = await browser.state()
    assert state["moved"] == {str(group.id): told["chat"]}
    assert group.id not in {chat["id"] for chat in state["chats"]}
    assert (await browser.post("say", person=marina.id, chat=group.id, text="уже здесь"))[0] == 200
    assert (await browser.messages(marina, told["chat"]))[-1]["preview"] == "уже здесь"
    status, told = await browser.post("upgrade", person=marina.id, chat=group.id)
    assert (status, told) == (200, {"refused": "Это уже супергруппа."})
    await browser.page.world.settle()


IN_A_GROUP: list[tuple[str, dict[str, Any]]] = [
    ("say", {"text": "?"}),
    ("press", {"message": 1, "data": "x"}),
    ("place", {"latitude": 57, "longitude": 41}),
    ("voice", {}),
    ("leave", {}),
    ("come-back", {}),
    ("add-bot", {}),
    ("remove-bot", {}),
    ("rename-group", {"title": "моя"}),
    ("upgrade", {}),
]


@pytest.mark.parametrize("kind", ["project", "vector"])
async def test_a_stranger_does_nothing_in_a_group(browser: Browser, kind: str) -> None:
    stranger, group, world = browser.cast.stranger, getattr(browser.cast, kind), browser.page.world
    said = len(world.messages())
    for action, asked in IN_A_GROUP:
        status, told = await browser.post(action, person=stranger.id, chat=group.id, **asked)
        assert (action, status, "не в этой группе" in told["refused"]) == (action, 200, True)
    status, _ = await browser.upload([("x.txt", b"x")], person=stranger.id, chat=group.id, kind="document")
    assert (status, len(world.messages()), group.migrated_to) == (200, said, None)


@pytest.mark.parametrize("action", ["block", "rename-self", "rename-group", "leave", "upgrade"])
async def test_nobody_and_nothing_is_refused(browser: Browser, action: str) -> None:
    marina = browser.cast.coordinator.id
    for asked in ({}, {"person": 1, "chat": 1}, {"person": marina, "chat": 1, "name": " ", "title": "x" * 129}):
        if action == "block" and asked.get("person") == marina:
            continue
        assert (await browser.post(action, **asked))[0] == 400
