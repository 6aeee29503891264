"""A walk: people do whatever comes to mind, the clock jumps; and what must hold whatever they do."""

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from rehearsal.chats import Chat, Group
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.stage import Stage
from tests.handlers.desk import Desk
from tests.people import MOSCOW

SECRETS = re.compile(r"п\. \d+|Королёв|Зимин", re.IGNORECASE)
"""What a stranger is never told: the items, and who takes part; besides the order's published lines in the group they
belong to."""


@dataclass(frozen=True)
class Presses:
    """Somebody presses one of the buttons they see or once saw; 0 is the first under the newest message."""

    who: str
    pick: int


@dataclass(frozen=True)
class Forges:
    """An old phone, or a cunning one, presses what no screen shows: under the newest message of the bot."""

    who: str
    data: str


@dataclass(frozen=True)
class Says:
    """Somebody writes, in private or in the group."""

    who: str
    text: str
    in_group: bool = False


@dataclass(frozen=True)
class Moves:
    """The coordinator moves the deadline of an item, by the usual buttons as far as they are there."""

    item: int
    to: str


@dataclass(frozen=True)
class Waits:
    """The clock jumps; whatever is due on the way is said."""

    minutes: int


Step = Presses | Forges | Says | Moves | Waits


class Loud(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep."""
        self.heard.append(logging.Formatter().format(record))


@contextmanager
def errors_heard() -> Iterator[list[str]]:
    """What was logged as an error inside."""
    loud = Loud()
    logging.getLogger().addHandler(loud)
    try:
        yield loud.heard
    finally:
        logging.getLogger().removeHandler(loud)


@dataclass
class Walk:
    """Steps are taken one by one; ``check`` says at the end whether everything held."""

    desk: Desk
    group: Group
    strangers: list[Person]
    by_itself: list[Message] = field(default_factory=list)
    read: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    async def take(self, step: Step) -> None:
        """One step, and what can be seen right after it."""
        strangers = self._strangers()
        await self._take(step)
        for person in self.strangers:
            new = {text for message in self._said(person.private()) for text in ever(message)} - self.read[person.id]
            self.read[person.id] |= new
            if person in strangers and person in self._strangers():
                assert [text for text in new if SECRETS.search(text)] == []

    def _strangers(self) -> list[Person]:
        """Those who began as nobody of the project and are so now: a coordinator may let them in."""
        known = {account_id for (account_id,) in self.desk.look.rows("SELECT account_id FROM account")}
        return [person for person in self.strangers if person.id not in known]

    async def _take(self, step: Step) -> None:
        match step:
            case Presses(who, pick):
                await self._presses(getattr(self.desk, who), pick)
            case Forges(who, data):
                person = getattr(self.desk, who)
                await self._told(person, data, next(one for one in reversed(person.messages()) if one.sender.is_bot))
            case Says(who, text, in_group):
                person = getattr(self.desk, who)
                await self.desk.says(person, text, self.group if in_group else person.private())
            case Moves(item, to):
                await self._moves(item, to)
            case Waits(minutes):
                await self._waits(timedelta(minutes=minutes))

    async def _presses(self, who: Person, pick: int) -> None:
        seen = [
            (message, button["callback_data"])
            for message in reversed(who.messages())
            for keyboard in (message.keyboard, *(edit.keyboard for edit in reversed(message.edits)))
            for row in keyboard
            for button in row
            if "callback_data" in button
        ]
        if not seen:
            return
        message, data = seen[pick % len(seen)]
        await self._told(who, data, message)

    async def _told(self, who: Person, data: str, message: Message) -> None:
        """A press has one answer; a stranger's tells nothing."""
        strangers = self._strangers()
        answer = await self.desk.forges(who, data, message)
        if who in strangers and message.chat is not self.group:
            assert SECRETS.search(answer.text) is None, answer

    async def _moves(self, item: int, to: str) -> None:
        marina = self.desk.marina
        shown = await self.desk.says(marina, "/roadmap")
        for button in ("Дальше ›", f"п. {item}", "Исправить", "Срок"):
            if shown.button(button) is not None:
                await self.desk.presses(marina, button, message=shown)
        if (await self.desk.says(marina, to)).button("Без основания") is not None:
            await self.desk.presses(marina, "Без основания")

    async def _waits(self, step: timedelta) -> None:
        """At night the bot says nothing by itself."""
        async with self.desk.app.core.database.read() as tx:
            rules = (await self.desk.app.core.project.hours(tx)).rules
        known = set(self.desk.world.messages())
        await Stage(self.desk.world, self.desk.app).jump_by(step)
        said = [message for message in self.desk.world.messages() if message not in known]
        times = [message.at.astimezone(MOSCOW).time() for message in said]
        assert [time for time in times if not rules.quiet_until <= time < rules.quiet_from] == []
        self.by_itself += said

    def check(self) -> None:
        """What must hold after any walk."""
        self._nothing_twice()
        self._screens_stay_private()
        assert [press for press in self.desk.world.presses.all() if len(press.answers) != 1] == []
        assert self.desk.world.complaints == []

    def _nothing_twice(self) -> None:
        """Each row of the outbox that was sent is one message, and there are no others."""
        sent = self.desk.look.rows("SELECT chat_id, CAST(message_id AS INTEGER) FROM outbox WHERE state = 'sent'")
        came = Counter((message.chat.id, message.id) for message in self.by_itself)
        assert Counter(sent) == came, (Counter(sent) - came, came - Counter(sent))
        assert self.desk.look.rows("SELECT count(*) FROM outbox WHERE maybe_twice") == [(0,)]
        days = Counter(
            (message.chat.id, message.at.astimezone(MOSCOW).date())
            for message in self.by_itself
            if message.text.startswith("📅 Сегодня, ")
        )
        assert set(days.values()) <= {1}

    def _screens_stay_private(self) -> None:
        """No text of a screen that anybody had in private is ever read in the group."""
        told = set(self.by_itself)
        screens = {
            text
            for person in self.desk.world.people.values()
            for message in self._said(person.private())
            if message not in told
            for text in ever(message)
        }
        public = {text for message in self._said(self.group) for text in ever(message)}
        assert screens & public == set()

    def _said(self, chat: Chat) -> list[Message]:
        return [message for message in chat.messages.values() if message.sender.is_bot and message.service is None]


def ever(message: Message) -> list[str]:
    """Everything the message has ever read."""
    return [message.text, *(edit.text for edit in message.edits)]
