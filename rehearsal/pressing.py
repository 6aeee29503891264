"""Presses of inline buttons and the bots' answers to them."""

import asyncio
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.clock import Clock
from rehearsal.accounts import Account
from rehearsal.bell import Bell
from rehearsal.messages import Message
from rehearsal.refusals import QUERY_TOO_OLD, bad_request

if TYPE_CHECKING:
    from rehearsal.person import Person

PATIENCE = 5.0
"""Real seconds an awaited press waits for its answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees after a press: a toast, or an alert to be closed by hand; possibly an address opened."""

    text: str
    alert: bool = False
    url: str | None = None


class UnansweredError(TimeoutError):
    """The bot left the person looking at a spinning button."""


@dataclass(eq=False)
class Press:
    """A press. ``await press`` gives the bot's first answer when the bots have settled, or ``UnansweredError``."""

    id: str
    person: "Person"
    message: Message
    data: str
    at: datetime
    answers: list[Answer] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)

    def __await__(self) -> Generator[object, None, Answer]:
        return self._lived_through().__await__()

    async def _lived_through(self) -> Answer:
        answer = await self.answered()
        await self.person.world.settle()
        return answer

    async def answered(self, within: float = PATIENCE) -> Answer:
        """The first answer as soon as it comes; waits at most ``within`` real seconds."""
        try:
            async with asyncio.timeout(within):
                while not self.answers:
                    await self.bell.heard()
        except TimeoutError:
            raise UnansweredError(f"nobody answered the press of {self.data!r} in {within} s") from None
        return self.answers[0]


class Presses:
    """All presses by the id of their callback query. An answer after ``life`` by the world's clock is refused."""

    def __init__(self, clock: Clock, life: timedelta = timedelta(seconds=15)) -> None:
        self._clock = clock
        self._made: dict[str, Press] = {}
        self._count = 0
        self.life = life

    def make(self, person: "Person", message: Message, data: str) -> Press:
        self._count += 1
        query_id = str(person.id * 2**20 + self._count)
        press = Press(query_id, person, message, data, self._clock())
        self._made[query_id] = press
        return press

    def all(self) -> list[Press]:
        return list(self._made.values())

    def clear(self) -> None:
        self._made.clear()

    def answer(self, query_id: str, answer: Answer, by: Account) -> Press:
        press = self._made.get(query_id)
        if press is None or press.message.sender is not by or self._clock() - press.at > self.life:
            raise bad_request(QUERY_TOO_OLD)
        press.answers.append(answer)
        press.bell.ring()
        return press
