"""What most tests stand on: a real SQLite file, a clock to set, a messenger in memory."""

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import LRUCache

import storage.database
from actions.outbox import Outbox
from bot.core import Core, build_core
from bot.settings import Settings
from channels.limiter import Limiter
from domain.people import Member
from storage.database import Database
from storage.migrate import upgrade
from tests.people import MARINA, Look, RecordingChannel, SettableClock, comes_in, msk

hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")  # how long an example takes is the machine's business

FOLDER = Path(__file__).parent
LONG = (
    *("texts/test_messages.py", "rehearsal/test_page_timeline.py", "stories/test_year_by_the_spec.py"),
    "stories/test_broadcast_crash.py",
    *("stories/test_crash.py", "bot/test_rehearse_command.py", "handlers/access/test_access_of_answers.py"),
    *("handlers/access/test_access_of_buttons.py", "browser/test_keeping.py", "stories/test_random_walks.py"),
    *("actions/test_speaking_by_itself.py", "actions/test_audits.py", "rehearsal/test_page_clock.py"),
    *("handlers/test_person_screens.py", "handlers/test_consent_screens.py", "stories/test_year.py"),
    *("rehearsal/test_page_troubles.py", "rehearsal/test_year.py", "browser/test_belonging.py"),
    *("browser/test_notices.py", "browser/test_files.py", "actions/test_indicator_recount.py"),
)
"""Files that take the longest, the longest first: one that is begun last keeps the other processes waiting."""


def _compiled_once() -> None:
    """Every test opens a database of its own, and SQLAlchemy would compile each statement anew in each: a seventh of
    the suite. The dialects are all alike, so what one has compiled serves the others."""
    alike: Any = SQLiteDialect_aiosqlite
    alike.__eq__, alike.__hash__ = (lambda one, other: type(one) is type(other)), (lambda one: hash(type(one)))
    shared: Any = {"compiled_cache": LRUCache(3000)}
    vars(storage.database)["create_async_engine"] = partial(create_async_engine, execution_options=shared)


_compiled_once()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files come first; the order within a file stays."""
    place = {FOLDER / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(LONG)))


def pytest_collection_finish() -> None:
    """What was imported stays for ever: as in the bot, the collector does not look through it again and again."""
    gc.collect()
    gc.freeze()


def database_url(path: Path) -> str:
    """The setting for a file."""
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest version, made once and copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"

    async def make() -> None:
        database = Database(database_url(path))
        await upgrade(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def database_file(tmp_path: Path, migrated_file: Path) -> Path:
    """A database of the newest version, empty, of this test alone."""
    return Path(shutil.copy(migrated_file, tmp_path / "roadmap.db"))


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    """The way the product opens it."""
    database = Database(database_url(database_file))
    yield database
    await database.close()


@pytest.fixture
def look(database_file: Path) -> Look:
    """The committed rows of that file."""
    return Look(database_file)


@pytest.fixture
def settings(database_file: Path) -> Settings:
    """The settings of a deployment without a token."""
    return Settings(_env_file=None, bot_token=None, telegram_api="", database_url=database_url(database_file))


@pytest.fixture
async def core(settings: Settings) -> AsyncIterator[Core]:
    """Every action over that file."""
    core = build_core(settings)
    yield core
    await core.database.close()


@pytest.fixture
def clock() -> SettableClock:
    """A Wednesday noon in the roadmap's year."""
    return SettableClock(msk("2022-03-09 12:00"))


@pytest.fixture
def channel(clock: SettableClock) -> RecordingChannel:
    """A messenger in memory."""
    return RecordingChannel(clock)


@pytest.fixture
def outbox(core: Core, channel: RecordingChannel, clock: SettableClock) -> Outbox:
    """Delivery through that messenger, within its limits."""
    return Outbox(core.database, core.project, {"telegram": channel}, Limiter(clock), clock)


@pytest.fixture
async def marina(core: Core, clock: SettableClock) -> Member:
    """The regional coordinator, already in."""
    return await comes_in(core, MARINA, clock())
