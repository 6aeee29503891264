"""What the operator has to mend is a reason of the closed list, and nothing of the failed transaction is kept."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import event, text

from storage import database as module
from storage.database import Database
from storage.errors import DatabaseUnavailableError, database_error
from storage.setting import rules, save_rule
from tests.conftest import database_url
from tests.people import Look


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Database]:
    database = Database(database_url(file))
    try:
        yield database
    finally:
        await database.close()


async def reason_of_reading(database: Database) -> str:
    with pytest.raises(DatabaseUnavailableError) as caught:
        async with database.read() as tx:
            await rules(tx)
    return caught.value.reason


async def save_two(database: Database, value: str) -> None:
    async with database.transaction() as tx:
        await save_rule(tx, "first", "1")
        await save_rule(tx, "second", value)


async def reason_of_writing(database: Database, value: str = "1") -> str:
    with pytest.raises(DatabaseUnavailableError) as caught:
        await save_two(database, value)
    return caught.value.reason


async def test_file_that_is_not_a_database(tmp_path: Path) -> None:
    file = tmp_path / "roadmap.db"
    file.write_text("Это письмо, а не база. " * 100, encoding="utf-8")
    before = file.read_bytes()
    async with opened(file) as database:
        assert await reason_of_reading(database) == "database.damaged"
        assert await reason_of_writing(database) == "database.damaged"
    assert file.read_bytes() == before


def spoil_settings(database_file: Path) -> None:
    """Overwrite the page of one table."""
    with closing(sqlite3.connect(database_file)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_master WHERE name = 'setting'").fetchone()
        (size,) = other.execute("PRAGMA page_size").fetchone()
    data = bytearray(database_file.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    database_file.write_bytes(data)


async def test_database_with_a_damaged_page(database_file: Path) -> None:
    spoil_settings(database_file)
    async with opened(database_file) as database:
        assert await reason_of_reading(database) == "database.damaged"


async def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "roadmap.db"
    folder.mkdir()
    async with opened(folder) as database:
        assert await reason_of_reading(database) == "database.unreadable"


async def test_failed_connection_leaves_no_thread_behind(tmp_path: Path) -> None:
    """It would complain on standard error when the program has ended by then."""
    before = set(threading.enumerate())
    async with opened(tmp_path) as database:
        for _ in range(3):
            await reason_of_reading(database)
            assert [one.name for one in set(threading.enumerate()) - before if "asyncio" not in one.name] == []


@pytest.mark.parametrize("below", ["roadmap.db", "deeper/roadmap.db"])
def test_file_in_place_of_the_folder(tmp_path: Path, below: str) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(DatabaseUnavailableError) as caught:
        Database(database_url(tmp_path / "data" / below))
    assert caught.value.reason == "database.unreadable"


async def test_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    async with opened(tmp_path / "a" / "b" / "roadmap.db") as database, database.read() as tx:
        assert await tx.scalar(text("SELECT 1")) == 1


async def test_empty_database_is_outdated(tmp_path: Path) -> None:
    async with opened(tmp_path / "roadmap.db") as database:
        assert await reason_of_reading(database) == "database.outdated"
        assert await reason_of_writing(database) == "database.outdated"


async def test_locked_by_another_process_for_longer_than_the_patience(
    database_file: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 50)
    async with opened(database_file) as database:
        with closing(sqlite3.connect(database_file)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert await reason_of_writing(database) == "database.locked"
            other.rollback()
        assert look.count("setting") == 0
        async with database.transaction() as tx:
            await save_rule(tx, "first", "1")
    assert look.count("setting") == 1


async def test_lock_of_another_writer_does_not_stop_looking(database_file: Path, look: Look) -> None:
    async with opened(database_file) as database:
        with closing(sqlite3.connect(database_file)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with database.read() as tx:
                assert await rules(tx) == {}
            other.rollback()
        async with database.transaction() as tx:
            await save_rule(tx, "first", "1")
    assert look.count("setting") == 1


async def test_read_only_database(database_file: Path, look: Look) -> None:
    async with opened(database_file) as database:
        engine = database._engine.sync_engine
        event.listen(engine, "connect", lambda connection, _: connection.cursor().execute("PRAGMA query_only=ON"))
        assert await reason_of_writing(database) == "database.readonly"
        async with database.read() as tx:
            assert await rules(tx) == {}
    assert look.count("setting") == 0


async def test_full_disk_keeps_nothing_of_the_transaction(database_file: Path, look: Look) -> None:
    (pages,) = look.rows("PRAGMA page_count")[0]
    async with opened(database_file) as database:
        limit = f"PRAGMA max_page_count={pages + 2}"
        engine = database._engine.sync_engine
        event.listen(engine, "connect", lambda connection, _: connection.cursor().execute(limit))
        assert await reason_of_writing(database, "x" * 100_000) == "database.full"
        assert look.rows("SELECT name FROM setting") == []
        async with database.transaction() as tx:  # what fits goes on
            await save_rule(tx, "third", "1")
    assert look.rows("SELECT name FROM setting") == [("third",)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("database is locked", "database.locked"),
        ("database table is locked: setting", "database.locked"),
        ("file is not a database", "database.damaged"),
        ("database disk image is malformed", "database.damaged"),
        ("unable to open database file", "database.unreadable"),
        ("[Errno 13] Permission denied: '/srv/data'", "database.unreadable"),
        ("attempt to write a readonly database", "database.readonly"),
        ("[Errno 30] Read-only file system: '/srv/data'", "database.readonly"),
        ("database or disk is full", "database.full"),
        ("[Errno 28] No space left on device", "database.full"),
        ("disk I/O error", "database.disk"),
        ("no such table: item", "database.outdated"),
        ("no such column: item.held_on", "database.outdated"),
    ],
)
def test_reason_of_what_sqlite_and_the_system_say(said: str, reason: str) -> None:
    found = database_error(sqlite3.OperationalError(said))
    assert isinstance(found, DatabaseUnavailableError)
    assert found.reason == reason


def test_mistake_of_ours_stays_as_it_was() -> None:
    error = sqlite3.IntegrityError("UNIQUE constraint failed: outbox.key")
    assert database_error(error) is error


async def test_short_lock_of_another_writer_is_waited_out(database_file: Path, look: Look) -> None:
    async with opened(database_file) as database, asyncio.TaskGroup() as tasks:
        with closing(sqlite3.connect(database_file)) as other:
            other.execute("BEGIN IMMEDIATE")
            writing = tasks.create_task(save_two(database, "2"))
            await asyncio.sleep(0.05)
            assert not writing.done()
            other.rollback()
        await writing
    assert look.count("setting") == 2
