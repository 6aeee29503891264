"""``python -m storage.migrations.new "what changes"``: a migration from what the tables say now."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.database import Database
from storage.migrate import config, upgrade

_VERSIONS = Path(__file__).parent / "versions"


async def write(message: str) -> None:
    """Bring an empty database to the newest version and compare it with ``storage/tables.py``."""
    number = f"{len(list(_VERSIONS.glob('[0-9]*.py'))) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/new.db")
        await upgrade(database)
        async with database.transaction() as tx:
            await tx.run_sync(
                lambda connection: command.revision(config(connection), message, autogenerate=True, rev_id=number)
            )
        await database.close()


if __name__ == "__main__":
    asyncio.run(write(" ".join(sys.argv[1:])))
