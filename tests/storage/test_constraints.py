"""What the database itself does not let in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from domain.outbox import ChatAddress, Draft, Recipient
from domain.people import Duty, Role
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import tables as t
from storage.database import Database
from tests.people import MARINA, PROJECT_CHAT, VECTOR_CHAT, Look, a_roadmap, an_item, msk

NOW = msk("2022-03-09 12:00")
HERE = Recipient("person:1", ChatAddress("telegram", 1), frozenset())


def draft(key: str, text: str = "привет") -> Draft:
    return Draft(key, HERE, text, NOW, NOW + timedelta(hours=1))


async def test_same_key_twice_is_one_message_with_the_first_text(database: Database, look: Look) -> None:
    async with database.transaction() as tx:
        assert await outbox_rows.put(tx, draft("day:1"), NOW) is not None
        assert await outbox_rows.put(tx, draft("day:1", "другое"), NOW) is None
    assert look.rows("SELECT key, text FROM outbox") == [("day:1", "привет")]


async def test_database_itself_keeps_outbox_keys_unique(database: Database, look: Look) -> None:
    async with database.transaction() as tx:
        await outbox_rows.put(tx, draft("day:1"), NOW)
        row = (await tx.execute(select(t.outbox))).mappings().one()
        with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: outbox\.key"):
            await tx.execute(insert(t.outbox).values({**row, "id": 77}))
    assert look.count("outbox") == 1


async def test_one_group_per_channel_of_a_messenger(database: Database) -> None:
    values = {"messenger": "telegram", "title": "500+", "channel": "500+"}
    async with database.transaction() as tx:
        await tx.execute(insert(t.group_chat).values(chat_id=PROJECT_CHAT, **values))
        with pytest.raises(IntegrityError, match=r"group_chat\.messenger, group_chat\.channel"):
            await tx.execute(insert(t.group_chat).values(chat_id=VECTOR_CHAT, **values))
        await tx.execute(insert(t.group_chat).values(chat_id=VECTOR_CHAT, **values | {"messenger": "max"}))


async def test_groups_without_a_channel_are_as_many_as_one_likes(database: Database) -> None:
    async with database.transaction() as tx:
        for chat_id in (PROJECT_CHAT, VECTOR_CHAT):
            await group_rows.save_group(tx, "telegram", chat_id, "группа")
        assert [one.channel for one in await group_rows.all_groups(tx)] == [None, None]


async def test_account_belongs_to_one_person(database: Database, look: Look) -> None:
    async with database.transaction() as tx:
        await people_rows.add_account(tx, await people_rows.add_person(tx, MARINA.name, NOW), MARINA.account)
    with pytest.raises(IntegrityError, match="account"):
        async with database.transaction() as tx:
            await people_rows.add_account(tx, await people_rows.add_person(tx, "Двойник", NOW), MARINA.account)
    assert look.rows("SELECT name FROM person") == [(MARINA.name,)]


async def test_duty_is_given_once(database: Database) -> None:
    async with database.transaction() as tx:
        person_id = await people_rows.add_person(tx, MARINA.name, NOW)
        given = [await registry_rows.give_duty(tx, person_id, Duty(Role.COORDINATOR), NOW) for _ in range(2)]
        assert given == [True, False]
        assert await people_rows.duties(tx) == {person_id: [Duty(Role.COORDINATOR)]}


async def test_number_is_unique_within_a_roadmap_only(database: Database, look: Look) -> None:
    async with database.transaction() as tx:
        for slug in ("a-2022", "b-2022"):
            roadmap_id = await roadmap_rows.add_roadmap(tx, a_roadmap(slug=slug), NOW)
            await roadmap_rows.add_items(tx, roadmap_id, [an_item(1, "до 20 марта")])
    with pytest.raises(IntegrityError, match=r"item\.roadmap_id, item\.number"):
        async with database.transaction() as tx:
            await roadmap_rows.add_items(tx, 1, [an_item(1, "до 21 марта")])
    assert look.count("item") == 2


async def test_naive_instant_is_refused(database: Database, look: Look) -> None:
    naive = datetime(2022, 3, 9, 12)  # noqa: DTZ001  the mistake under test
    with pytest.raises(StatementError, match="an instant without a zone"):
        async with database.transaction() as tx:
            await people_rows.add_person(tx, MARINA.name, naive)
    assert look.count("person") == 0


async def test_instant_of_any_zone_is_kept_in_utc(database: Database, look: Look) -> None:
    vladivostok = datetime(2022, 3, 9, 19, tzinfo=timezone(timedelta(hours=10)))
    async with database.transaction() as tx:
        await people_rows.add_person(tx, MARINA.name, vladivostok)
        read = await tx.scalar(select(t.person.c.created_at))
    assert read == vladivostok == datetime(2022, 3, 9, 9, tzinfo=UTC)
    assert read.tzinfo is UTC
    assert look.rows("SELECT created_at FROM person") == [("2022-03-09 09:00:00.000000",)]
