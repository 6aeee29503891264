"""Bringing the database to the version of the code (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.errors import DatabaseUnavailableError

_FOLDER = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["connection"] = connection
    return made


def newest() -> str:
    """The version that the code needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    return head or ""


def _known() -> set[str]:
    return {one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()}


async def current(database: Database) -> str | None:
    """The version of the database; ``None`` for an empty one."""
    async with database.read() as tx:
        return await tx.run_sync(_version)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


async def upgrade(database: Database) -> None:
    """Bring the database to the newest version, in one transaction; a current one is left alone.

    Raises ``DatabaseUnavailableError`` for a database of a newer program.
    """
    found = await current(database)
    if found is not None and found not in _known():
        raise DatabaseUnavailableError("database.newer")
    if found != newest():
        async with database.transaction() as tx:
            await tx.run_sync(lambda connection: command.upgrade(config(connection), "head"))
