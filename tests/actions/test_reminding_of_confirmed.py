"""Whoever has confirmed is not reminded; others are, and what waited to be said is composed anew."""

from typing import Any

import pytest

from domain.completion import CompletionState, Step
from domain.people import Account, Duty, Member, Role
from domain.roadmap import ItemKind, OwedBy
from storage import completion as completion_rows
from tests.actions.completing import Confirming
from tests.actions.office import Office
from tests.people import OLGA, Somebody, a_school, an_item, bound, enrolled

ANNA = Somebody("Анна Соседова", Account("telegram", 500_000_055))
OLGA_ID, ANNA_ID, MARINA_ID = OLGA.account.account_id, ANNA.account.account_id, 6_000_000_001
CONFIRM = ["Подтвердить", "Подробнее", "Мои задачи", "Отложить"]


@pytest.fixture
async def olga(office: Office, marina: Member) -> Confirming:
    """Two directors; item 1 is owed by schools and carried out by the coordinator, item 2 is owed by schools alone."""
    more: dict[str, Any] = {"owed_by": OwedBy.SCHOOL, "kind": ItemKind.SURVEY}
    await office.load(
        an_item(1, "до 17 марта", **more),
        an_item(2, "до 17 марта", executors=(), **more),
        an_item(99, "до 30 ноября"),
    )
    members = [
        await enrolled(office.core, who, Duty(Role.SCHOOL, await a_school(office.core, name)), now=office.clock())
        for who, name in ((OLGA, "Школа № 7"), (ANNA, "Школа № 8"))
    ]
    return Confirming(office.core, office.clock, members[0])


async def confirms(olga: Confirming, item_id: int) -> int:
    one = (await olga.begins(item_id)).completion.id
    await olga.sends(one)
    return one


def buttons(office: Office, chat_id: int) -> list[str]:
    """Under the latest message to a chat."""
    message = [one for one in office.channel.sent if one.chat.chat_id == chat_id][-1]
    return [button.text for row in message.buttons for button in row]


def numbers(texts: list[str]) -> list[str]:
    """The items that messages are about."""
    return [line.split()[2] for text in texts for line in text.splitlines() if " п. " in line]


async def test_confirmed_is_left_out_for_whoever_confirmed_alone(office: Office, olga: Confirming) -> None:
    await confirms(olga, 2)
    said = await office.at("2022-03-10 09:00")
    assert {chat: numbers(texts) for chat, texts in said.items()} == {
        OLGA_ID: ["1"], ANNA_ID: ["1", "2"], MARINA_ID: ["1"],
    }  # fmt: skip


async def test_who_confirmed_everything_hears_nothing_that_day(office: Office, olga: Confirming) -> None:
    for item in (1, 2):
        await confirms(olga, item)
    assert OLGA_ID not in await office.at("2022-03-10 09:00")


async def test_returned_is_reminded_of_again(office: Office, olga: Confirming) -> None:
    one = await confirms(olga, 2)
    async with office.core.database.transaction() as tx:
        completion = await completion_rows.get(tx, one)
        assert completion is not None
        await completion_rows.step(
            tx, completion, Step.RETURNED, CompletionState.RETURNED, 1, office.clock(), "Нет подписи"
        )
    said = await office.at("2022-03-10 09:00")
    assert numbers(said[OLGA_ID]) == ["1", "2"]


async def test_button_is_for_whoever_owes_it(office: Office, olga: Confirming, marina: Member) -> None:
    await bound(office.core, marina, office.clock(), "500+", chat_id=-77)
    await confirms(olga, 1)
    await office.at("2022-03-10 09:00")
    assert buttons(office, OLGA_ID) == CONFIRM
    assert buttons(office, ANNA_ID) == [
        "Подтвердить п. 1", "Подтвердить п. 2", "п. 1", "п. 2", "Мои задачи", "Отложить",
    ]  # fmt: skip
    assert buttons(office, MARINA_ID) == ["Подробнее", "Мои задачи", "Отложить"]
    assert buttons(office, -77) == ["Подтвердить п. 1", "Подтвердить п. 2", "п. 1", "п. 2", "Мои задачи"]


async def test_what_waited_to_be_said_is_composed_anew(office: Office, olga: Confirming) -> None:
    office.clock.set("2022-03-10 09:00")
    await office.core.notices.plan(office.clock())
    await confirms(olga, 2)
    said = await office.at("2022-03-10 09:01")
    assert (numbers(said[OLGA_ID]), numbers(said[ANNA_ID])) == (["1"], ["1", "2"])
