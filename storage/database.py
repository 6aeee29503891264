"""One database, two ways in: ``transaction()`` writes, ``read()`` looks. The only place that knows it is SQLite."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Select, event
from sqlalchemy.engine import Connection, CursorResult, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from domain.guard import inside_transaction
from storage.errors import DatabaseUnavailableError, database_error

Transaction = AsyncConnection
"""What actions hand to the functions of this room; they call nothing on it themselves."""

BUSY_TIMEOUT_MS = 5000
BATCH = 500
"""Rows that are written at once."""
_CHANGED = "changed tables"

Row = TypeVar("Row")
Made = TypeVar("Made")


class Database:
    """Opens connections lazily; raises ``DatabaseUnavailableError`` for what the operator has to mend."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._make_folder()
        self._engine = create_async_engine(self.url)
        self._writing = self._engine.execution_options(immediate=True)
        self._write_turn = asyncio.Lock()
        self.written: Counter[str] = Counter()
        """Table → how many transactions have changed it: what was read before is then known to be old."""
        event.listen(self._engine.sync_engine, "after_execute", _note_change)
        if self.url.get_backend_name() == "sqlite":
            event.listen(self._engine.sync_engine, "do_connect", _connect_by_ourselves)
            event.listen(self._engine.sync_engine, "connect", _prepare_connection)
            event.listen(self._engine.sync_engine, "begin", _begin)

    def _make_folder(self) -> None:
        if self.url.get_backend_name() != "sqlite" or not self.url.database:
            return
        try:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise database_error(error) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Read, decide, write: committed on leaving, undone by an exception. Writers take turns, first come first."""
        async with self._write_turn, self._open(immediate=True) as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A consistent look that writes nothing and never waits for writers."""
        async with self._open(immediate=False) as connection:
            yield connection

    @asynccontextmanager
    async def _open(self, *, immediate: bool) -> AsyncIterator[Transaction]:
        token = inside_transaction.set(True)
        changed: set[str] = set()
        try:
            async with (self._writing if immediate else self._engine).begin() as connection:
                (await connection.get_raw_connection()).info[_CHANGED] = changed
                yield connection
            self.written.update(changed)
        except DBAPIError as error:
            raise database_error(error) from error
        finally:
            inside_transaction.reset(token)

    async def fold(self) -> None:
        """Fold the write-ahead log into the file and empty it: what was deleted then stays in neither.

        Where somebody is in the way for too long, this is left to the next time.
        """
        if self.url.get_backend_name() != "sqlite":
            return
        async with self._write_turn, self._engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            with suppress(sqlite3.Error):
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)"):
                    pass

    async def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        await self._engine.dispose()


def _note_change(connection: Connection, statement: Any, *_: Any) -> None:
    if getattr(statement, "is_dml", False):
        connection.info[_CHANGED].add(statement.table.name)


def copied(source: Path, target: Path) -> None:
    """Copy a database as of one instant, while others write to it, and look the copy through.

    Blocks. Raises ``DatabaseUnavailableError`` for one that is not there, cannot be read or is damaged.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(target)) as here,
        ):
            there.backup(here)
            here.execute("PRAGMA journal_mode=DELETE")  # one file alone
            (verdict,) = here.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise database_error(error) from error
    if verdict != "ok":
        raise DatabaseUnavailableError("database.damaged")


def batches(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """The rows a batch at a time: the driver's work on one does not keep the event loop for long."""
    waiting = iter(rows)
    while batch := list(islice(waiting, size)):
        yield batch


async def read_many(tx: Transaction, query: Select[Any], made: Callable[[Any], Made]) -> list[Made]:
    """What is ``made`` of each row of a query, a batch at a time: ten thousand do not keep the event loop for long."""
    found: list[Made] = []
    result = await tx.stream(query)
    try:
        async for batch in result.partitions(BATCH):
            found += map(made, batch)
    finally:
        await result.close()
    return found


def new_id(result: CursorResult[Any]) -> int:
    """The id of the row that was just inserted."""
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101  every table here has one
    return int(key[0])


def _connect_by_ourselves(_dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
    parameters["async_creator_fn"] = _connect


async def _connect(*arguments: Any, **parameters: Any) -> aiosqlite.Connection:
    """As SQLAlchemy would. The driver's thread of a failed attempt is waited for: it speaks to the loop once more,
    and where the program ends with that failure it would find the loop closed and print a trace of its own."""
    connection = aiosqlite.connect(*arguments, **parameters)
    connection._thread.daemon = True  # noqa: SLF001  there is no other way to it
    try:
        return await connection
    except BaseException:
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001
        raise


def _prepare_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: it would begin deferred
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten in the file: an erased person does not stay in its gaps
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin on the driver itself: a cursor of SQLAlchemy's would cost two more trips to the connection's thread."""
    statement = "BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN"
    adapted: Any = connection.connection.dbapi_connection
    try:
        adapted.run_async(lambda driver: driver.execute(statement))
    except sqlite3.Error as error:
        raise DBAPIError(statement, None, error) from error
    except BaseException:  # cancelled: the driver's thread begins all the same, and nobody else would undo that
        adapted.rollback()
        raise
