"""One person tries everything: what reaches them, what they change, whether each try is answered."""

import io
import json
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from aiogram.fsm.storage.base import StorageKey

from rehearsal.chats import Chat, Group
from rehearsal.person import Person
from rehearsal.posting import post
from rehearsal.pressing import Press
from rehearsal.world import World
from storage.tables import metadata
from tests.handlers.access.region import VIEWERS, Region, gathered
from tests.handlers.desk import Desk
from tests.handlers.opening import a_world, opened, settings_of

Rows = dict[str, Counter[tuple[Any, ...]]]
"""Table → its rows, each as a tuple."""
COLUMNS = {table.name: [f'"{column.name}"' for column in table.columns] for table in metadata.sorted_tables}


@dataclass(frozen=True)
class Change:
    """A row that came (or was changed to) or went (or was changed from), by the names of its columns."""

    table: str
    row: dict[str, Any]
    came: bool


@dataclass
class Tried:
    """What came of one try. ``said`` is (chat, everything of a message that can be read), 0 for a toast."""

    said: list[tuple[int, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    answers: int = 1


def rows_of(connection: sqlite3.Connection) -> Rows:
    """Everything that is committed."""
    return {
        table: Counter(connection.execute(f"SELECT {', '.join(columns)} FROM {table}"))  # noqa: S608  tables of ours
        for table, columns in COLUMNS.items()
    }


def changes(before: Rows, after: Rows) -> Iterator[Change]:
    """What is different."""
    for table, columns in COLUMNS.items():
        for came, rows in ((False, before[table] - after[table]), (True, after[table] - before[table])):
            for row in rows:
                yield Change(table, dict(zip((name.strip('"') for name in columns), row, strict=True)), came)


@dataclass
class Watch:
    """A world with one application in it over a copy of the region, which is the same again before each try."""

    desk: Desk
    group: Group
    person: Person
    committed: sqlite3.Connection
    before: Rows
    said: list[tuple[int, str]] = field(default_factory=list)
    _version: tuple[int] | None = None
    _changed: list[Change] = field(default_factory=list)

    async def presses(self, data: str, chat: Chat) -> Tried:
        """A button with this data, under a message of the bot."""
        self._undo()
        message = post(self.desk.world, chat, self.desk.world.bot, text="…")
        press = self.person.presses_data(message, data)
        return await self._tried(press)

    async def types(self, text: str, chat: Chat) -> Tried:
        """A command or an answer."""
        self._undo()
        self.person.says(text, chat)
        return await self._tried(None)

    async def remembers(self, state: str | None, data: dict[str, Any]) -> None:
        """What the bot is waiting for from this person, and what it knows beside."""
        storage, bot = self.desk.app.dispatcher.fsm.storage, self.desk.world.bot.id
        key = StorageKey(bot, self.person.id, self.person.id)
        await storage.set_state(key, state)
        await storage.set_data(key, data)

    async def _tried(self, press: Press | None) -> Tried:
        self.said.clear()
        await self.desk.settle()
        self._changed = list(self._changes())
        answers = [] if press is None else press.answers
        toasts = [(0, answer.text) for answer in answers]
        return Tried([*self.said, *toasts], self._changed, 1 if press is None else len(answers))

    def _changes(self) -> Iterator[Change]:
        """All but what the bot remembers of the conversation with this very person."""
        version = self.committed.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        self._version = version
        own = f":{self.person.id}:{self.person.id}:"
        for change in changes(self.before, rows_of(self.committed)):
            if change.table != "conversation" or own not in change.row["key"]:
                yield change

    def _undo(self) -> None:
        """Rows are as they were before the latest try, and whoever remembers them learns of it; the bot is back."""
        for change in sorted(self._changed, key=lambda one: not one.came):
            if change.came:
                where = " AND ".join(f'"{name}" IS ?' for name in change.row)
                self.committed.execute(f"DELETE FROM {change.table} WHERE {where}", [*change.row.values()])  # noqa: S608
            else:
                marks = ", ".join("?" * len(change.row))
                columns = ", ".join(f'"{name}"' for name in change.row)
                insert = f"INSERT INTO {change.table} ({columns}) VALUES ({marks})"  # noqa: S608  tables of ours
                self.committed.execute(insert, [*change.row.values()])
        self.committed.commit()
        self.desk.app.core.database.written.update({change.table for change in self._changed})
        self._changed = []
        if not self.group.has(self.desk.world.bot):
            self.desk.marina.adds_bot(self.group)
            self.desk.world.bot.queue.clear()


def _let_undo(file: Path) -> None:
    """The audit lets nobody take rows away, nor these tests."""
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")


@asynccontextmanager
async def watching(region: Region, viewer: str, folder: Path, before: Rows) -> AsyncIterator[Watch]:
    """The person has pressed «Start» long ago and is in the group."""
    world = a_world(None)
    group = gathered(world)
    person = world.people[VIEWERS[viewer].account.account_id]
    post(world, person.private(), world.bot, text="…")
    file = Path(shutil.copy(region.file, folder / "roadmap.db"))
    shutil.copy(settings_of(region.file).anonymity_file, settings_of(file).anonymity_file)
    _let_undo(file)
    async with opened(world, file) as desk:
        with closing(sqlite3.connect(file)) as committed:
            watch = Watch(desk, group, person, committed, before)
            world.audit = _listening(world, watch.said)
            yield watch


def _listening(world: World, said: list[tuple[int, str]]) -> Any:
    def listen(method: str, raw: dict[str, Any], result: object) -> None:
        if "chat_id" in raw:
            said.append((int(raw["chat_id"]), json.dumps(raw, ensure_ascii=False) + _file(world, result)))

    return listen


def _file(world: World, result: object) -> str:
    """The words of a file that was sent, and its name."""
    document = result.get("document") if isinstance(result, dict) else None
    if document is None:
        return ""
    file = world.files.get(document["file_id"])
    assert file is not None
    return f"{file.name} {readable(file.data)}"


def readable(data: bytes) -> str:
    """Whatever of a file somebody could read: of every part of a spreadsheet, which is an archive of XML."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(unescape(archive.read(name).decode(errors="replace")) for name in archive.namelist())
