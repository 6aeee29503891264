"""Migrations go up, down and up again, and give exactly the tables of the code."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.migrate import config, current, newest, upgrade
from storage.tables import metadata
from tests.conftest import database_url

TABLES = sorted(metadata.tables)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "roadmap.db"


@pytest.fixture
async def empty(file: Path) -> AsyncIterator[Database]:
    database = Database(database_url(file))
    yield database
    await database.close()


def tables_in(file: Path) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    with closing(sqlite3.connect(file)) as connection:
        return [name for (name,) in connection.execute(query)]


async def test_upgrade_of_an_empty_file_makes_every_table(empty: Database, file: Path) -> None:
    assert await current(empty) is None
    await upgrade(empty)
    assert await current(empty) == newest()
    assert tables_in(file) == sorted(["alembic_version", *TABLES])


async def test_migrations_go_up_down_and_up_again(empty: Database, file: Path) -> None:
    await upgrade(empty)
    async with empty.transaction() as tx:
        await tx.run_sync(lambda connection: command.downgrade(config(connection), "base"))
    assert tables_in(file) == ["alembic_version"]
    await upgrade(empty)
    assert tables_in(file) == sorted(["alembic_version", *TABLES])


async def test_upgrade_of_a_current_database_writes_nothing(database: Database, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("BEGIN IMMEDIATE")  # a writer elsewhere would make any write wait
        await upgrade(database)
        other.rollback()


async def test_tables_of_the_code_equal_the_migrations(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, metadata))

    async with database.read() as tx:
        assert await tx.run_sync(differences) == []


async def test_failed_upgrade_leaves_an_empty_database(empty: Database, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE attention (x)")  # one of the last tables that the migration makes
    with pytest.raises(Exception, match="already exists"):
        await upgrade(empty)
    assert tables_in(file) == ["attention"]


async def test_database_of_a_newer_version_is_refused_and_left_alone(database: Database, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    with pytest.raises(DatabaseUnavailableError) as caught:
        await upgrade(database)
    assert caught.value.reason == "database.newer"
    assert await current(database) == "9999"
