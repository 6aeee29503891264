"""Which answer a chat is expected to type next, for aiogram's FSM: in the database, never only in memory."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import delete, insert, select

from storage import tables as t
from storage.database import Database

_REMEMBERED = 5000
"""Chats whose state is kept at hand: aiogram asks for it with every update."""


class ConversationStorage(BaseStorage):
    """Writes through to the database; what was read once is answered from memory, until somebody else changes it
    there. One process owns the bot."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, tuple[str | None, dict[str, Any]]] = OrderedDict()
        self._written = self._times_written()

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Expect another answer, or nothing with ``None``."""
        named = state.state if isinstance(state, State) else state
        _, data = await self._load(_key(key))
        await self._save(_key(key), named, data)

    async def get_state(self, key: StorageKey) -> str | None:
        """What is expected now."""
        return (await self._load(_key(key)))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the values that belong to what is expected."""
        state, _ = await self._load(_key(key))
        await self._save(_key(key), state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """A copy of the kept values."""
        return dict((await self._load(_key(key)))[1])

    async def close(self) -> None:
        """The database is closed by who opened it."""

    def _times_written(self) -> int:
        return self._database.written[t.conversation.name]

    async def _load(self, key: str) -> tuple[str | None, dict[str, Any]]:
        if self._written != self._times_written():
            self._known.clear()
            self._written = self._times_written()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        query = select(t.conversation.c.state, t.conversation.c.data).where(t.conversation.c.key == key)
        async with self._database.read() as tx:
            row = (await tx.execute(query)).first()
        return self._remember(key, (row.state, dict(row.data)) if row else (None, {}))

    async def _save(self, key: str, state: str | None, data: dict[str, Any]) -> None:
        if self._known.get(key) == (state, data):
            return
        async with self._database.transaction() as tx:
            await tx.execute(delete(t.conversation).where(t.conversation.c.key == key))
            if state is not None or data:
                await tx.execute(insert(t.conversation).values(key=key, state=state, data=data))
        if self._times_written() == self._written + 1:  # nobody but us: what is known is as new as before
            self._written += 1
        self._remember(key, (state, data))

    def _remember(self, key: str, value: tuple[str | None, dict[str, Any]]) -> tuple[str | None, dict[str, Any]]:
        self._known[key] = value
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return value


def _key(key: StorageKey) -> str:
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}:{key.thread_id or 0}:{key.destiny}"
