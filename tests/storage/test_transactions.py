"""Writers take turns and lose nothing, readers never wait, and nobody talks to the network in between."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from aiogram import Bot
from sqlalchemy import insert, select, text, update

from channels.telegram import TelegramChannel
from domain.guard import NetworkInsideTransactionError
from domain.outbox import ChatAddress, Outgoing
from storage import tables as t
from storage.database import Database
from storage.setting import rules, save_rule
from tests.conftest import database_url
from tests.people import Look


async def add_one(database: Database) -> None:
    """Read, give the others their chance, write."""
    async with database.transaction() as tx:
        before = int((await rules(tx)).get("count", "0"))
        await asyncio.sleep(0.005)
        await save_rule(tx, "count", str(before + 1))


async def count(database: Database) -> str:
    async with database.read() as tx:
        return (await rules(tx))["count"]


async def test_five_concurrent_transactions_lose_no_update_and_none_fails(database: Database) -> None:
    await asyncio.gather(*(add_one(database) for _ in range(5)))
    assert await count(database) == "5"


async def test_transactions_of_two_instances_lose_no_update_and_none_fails(
    database: Database, database_file: Path
) -> None:
    second = Database(database_url(database_file))
    try:
        await asyncio.gather(*(add_one(one) for one in (database, second) * 5))
        assert await count(second) == "10"
    finally:
        await second.close()


async def test_reader_does_not_wait_for_a_writer_and_sees_the_state_before(database: Database) -> None:
    await add_one(database)
    async with asyncio.timeout(1), database.transaction() as tx:
        await save_rule(tx, "count", "100")
        assert await count(database) == "1"
    assert await count(database) == "100"


async def test_reader_keeps_one_state_while_a_writer_commits(database: Database) -> None:
    await add_one(database)
    async with database.read() as tx:
        assert (await rules(tx))["count"] == "1"
        await asyncio.create_task(add_one(database))  # noqa: TID251  awaited on the spot
        assert (await rules(tx))["count"] == "1"
    assert await count(database) == "2"


async def test_exception_undoes_the_whole_transaction(database: Database, look: Look) -> None:
    async def fails_after_writing() -> None:
        async with database.transaction() as tx:
            await save_rule(tx, "a", "1")
            raise KeyError

    with pytest.raises(KeyError):
        await fails_after_writing()
    assert look.rows("SELECT name FROM setting") == []
    await add_one(database)
    assert look.rows("SELECT name, value FROM setting") == [("count", '"1"')]


async def test_cancelled_transaction_is_undone_and_frees_its_turn(database: Database, look: Look) -> None:
    begun = asyncio.Event()

    async def writes_forever() -> None:
        async with database.transaction() as tx:
            await save_rule(tx, "a", "1")
            begun.set()
            await asyncio.sleep(60)

    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(writes_forever())
        await begun.wait()
        task.cancel()
    await add_one(database)
    assert look.rows("SELECT name FROM setting") == [("count",)]


async def test_second_connection_sees_only_what_is_committed(database: Database, look: Look) -> None:
    async with database.transaction() as tx:
        await save_rule(tx, "a", "1")
        assert look.rows("SELECT name FROM setting") == []
    assert look.rows("SELECT name FROM setting") == [("a",)]


@pytest.mark.parametrize("way", ["transaction", "read"])
async def test_telegram_refuses_to_send_inside_a_transaction(database: Database, way: str) -> None:
    channel = TelegramChannel(cast("Bot", None))  # it must refuse before it asks the bot
    message = Outgoing(ChatAddress("telegram", 1), "привет")
    async with getattr(database, way)():
        with pytest.raises(NetworkInsideTransactionError):
            await channel.send(message)
    with pytest.raises(TypeError):  # outside it goes on to the bot
        await channel.send(message)


async def test_connections_keep_foreign_keys_and_the_write_ahead_log(database: Database, database_file: Path) -> None:
    async with database.read() as tx:
        pragmas = [await tx.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "journal_mode", "busy_timeout")]
    assert pragmas == [1, "wal", 5000]
    await add_one(database)
    await database.close()
    assert not database_file.with_name(database_file.name + "-wal").exists()
    with closing(sqlite3.connect(database_file)) as other:
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_foreign_key_is_enforced(database: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        async with database.transaction() as tx:
            await tx.execute(insert(t.own_reminders).values(person_id=12345, days=[]))


async def test_state_is_read_back_by_whoever_comes_next(database: Database) -> None:
    async with database.transaction() as tx:
        await save_rule(tx, "morning", "10:00")
        await tx.execute(update(t.setting).values(value="11:00"))
    async with database.read() as tx:
        assert list(await tx.scalars(select(t.setting.c.value))) == ["11:00"]
