"""Middleware: messenger account → ``member``. The only place that does it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User

from actions.people import People
from channels.telegram import TELEGRAM
from domain.clock import Clock
from domain.people import Account


class Actor(BaseMiddleware):
    """Gives every handler the acting person; updates without one (a channel's post) are dropped."""

    def __init__(self, people: People, clock: Clock) -> None:
        self._people = people
        self._clock = clock

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Look the account up and go on."""
        user: User | None = data.get("event_from_user")
        if user is None:
            return None
        data["member"] = await self._people.member(Account(TELEGRAM, user.id), now=self._clock())
        return await handler(event, data)
