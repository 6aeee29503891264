"""What a chat is expected to type next outlives a restart."""

from collections.abc import AsyncIterator

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from storage import fsm
from storage import people as people_rows
from storage.database import Database
from storage.fsm import ConversationStorage
from tests.people import IGOR, MARINA, Look


class Asked(StatesGroup):
    note = State()
    reason = State()


MINE = StorageKey(bot_id=42, chat_id=MARINA.account.account_id, user_id=MARINA.account.account_id)
HIS = StorageKey(bot_id=42, chat_id=IGOR.account.account_id, user_id=IGOR.account.account_id)


@pytest.fixture
async def storage(database: Database) -> AsyncIterator[ConversationStorage]:
    storage = ConversationStorage(database)
    yield storage
    await storage.close()


async def test_nothing_is_expected_at_first(storage: ConversationStorage, look: Look) -> None:
    assert (await storage.get_state(MINE), await storage.get_data(MINE)) == (None, {})
    assert look.count("conversation") == 0


async def test_state_and_data_survive_a_new_instance_on_the_same_file(
    storage: ConversationStorage, database: Database
) -> None:
    await storage.set_state(MINE, Asked.note)
    await storage.set_data(MINE, {"item": 16, "text": "до 20 марта"})
    again = ConversationStorage(database)
    assert await again.get_state(MINE) == "Asked:note"
    assert await again.get_data(MINE) == {"item": 16, "text": "до 20 марта"}
    assert await again.get_state(HIS) is None


async def test_changed_state_keeps_its_data(storage: ConversationStorage, database: Database) -> None:
    await storage.set_data(MINE, {"item": 16})
    await storage.set_state(MINE, Asked.note)
    await storage.set_state(MINE, "Asked:reason")
    again = ConversationStorage(database)
    assert (await again.get_state(MINE), await again.get_data(MINE)) == ("Asked:reason", {"item": 16})


async def test_nothing_more_expected_leaves_no_row(storage: ConversationStorage, look: Look) -> None:
    await storage.set_state(MINE, Asked.note)
    await storage.set_data(MINE, {"item": 16})
    assert look.count("conversation") == 1
    await storage.set_state(MINE, None)
    await storage.set_data(MINE, {})
    assert look.count("conversation") == 0


async def test_given_data_is_a_copy(storage: ConversationStorage) -> None:
    given = {"item": 16}
    await storage.set_data(MINE, given)
    given["item"] = 17
    (await storage.get_data(MINE))["item"] = 18
    assert await storage.get_data(MINE) == {"item": 16}


async def test_topics_and_chats_are_told_apart(storage: ConversationStorage) -> None:
    in_topic = StorageKey(bot_id=42, chat_id=-100, user_id=1, thread_id=7)
    outside = StorageKey(bot_id=42, chat_id=-100, user_id=1)
    await storage.set_state(in_topic, Asked.note)
    assert await storage.get_state(outside) is None


async def test_known_chat_is_answered_without_the_database(
    storage: ConversationStorage, database: Database, look: Look
) -> None:
    await storage.set_state(MINE, Asked.note)
    async with database.transaction() as tx:
        await tx.exec_driver_sql("DELETE FROM conversation")
    assert await storage.get_state(MINE) == "Asked:note"


async def test_chat_silent_for_longest_is_forgotten_first_and_read_again(
    storage: ConversationStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fsm, "_REMEMBERED", 2)
    keys = [StorageKey(bot_id=42, chat_id=number, user_id=number) for number in range(3)]
    await storage.set_state(keys[0], Asked.note)
    await storage.set_state(keys[1], Asked.note)
    await storage.get_state(keys[0])  # spoken to again: now the second is the oldest
    await storage.set_state(keys[2], Asked.note)
    assert [key.split(":")[1] for key in storage._known] == ["0", "2"]
    assert [await storage.get_state(key) for key in keys] == ["Asked:note"] * 3


async def test_what_somebody_else_took_away_is_expected_no_more(
    storage: ConversationStorage, database: Database
) -> None:
    await storage.set_state(MINE, Asked.note)
    await storage.set_state(HIS, Asked.reason)
    async with database.transaction() as tx:
        await people_rows.forget_conversations(tx, [IGOR.account])
    assert (await storage.get_state(HIS), await storage.get_state(MINE)) == (None, "Asked:note")
