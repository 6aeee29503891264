"""The real dispatcher at work in a world: what a person does, and what they see then."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from actions.roadmap import Card
from bot.app import App
from rehearsal.chats import Chat, Group
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.pressing import Answer, Press
from rehearsal.stage import Stage
from rehearsal.world import World
from tests.people import MARINA, Look, Somebody, msk

STEP = timedelta(seconds=1)
"""What a person takes to press a button."""
WHILE = timedelta(seconds=10)
"""Longer than the pauses that the limits ask for."""


def enters(world: World, who: Somebody) -> Person:
    """Somebody of the cast, with a phone in this world."""
    first, last = who.name.split()
    person = Person(id=who.account.account_id, first_name=first, last_name=last, world=world)
    world.people[person.id] = person
    return person


@dataclass
class Desk:
    """Every update of the world is fed to the dispatcher, several at once as polling does."""

    world: World
    app: App
    look: Look
    marina: Person
    pavel: Person
    olga: Person
    igor: Person

    async def settle(self) -> None:
        """Until every update is handled."""
        queue = self.world.bot.queue
        while pending := queue.pending():
            queue.clear()
            async with asyncio.TaskGroup() as handling:
                for update in pending:
                    handling.create_task(self.app.dispatcher.feed_raw_update(self.app.bot, update.wire()))

    async def says(self, who: Person, text: str, chat: Chat | None = None, *, topic: int | None = None) -> Message:
        """Somebody writes; the latest message of that chat afterwards."""
        who.says(text, chat, topic=topic)
        await self.settle()
        self.world.clock.advance(STEP)
        return who.last(chat or who.private())

    async def presses(
        self, who: Person, button: str, chat: Chat | None = None, *, message: Message | None = None
    ) -> Answer:
        """Somebody presses a button; what they are told. A press is answered once, never left spinning."""
        return await self._answered(who.presses(button, message, chat or who.private()))

    async def forges(self, who: Person, data: str, message: Message | None = None) -> Answer:
        """Somebody presses what no screen offers them."""
        return await self._answered(who.presses_data(message or self.said(who), data))

    async def _answered(self, press: Press) -> Answer:
        await self.settle()
        self.world.clock.advance(STEP)
        (answer,) = press.answers
        return answer

    async def opens(self, who: Person, *path: str) -> Message:
        """A command and then buttons one after another; the screen they end on."""
        command, *buttons = path
        await self.says(who, command)
        for button in buttons:
            await self.presses(who, button)
        return who.last(who.private())

    def said(self, who: Person) -> Message:
        """The bot's latest message to somebody in private."""
        return [one for one in who.messages(who.private()) if one.sender.is_bot][-1]

    def screen(self, who: Person) -> str:
        """The words of the latest message in somebody's private chat."""
        return who.last(who.private()).text

    async def tick(self) -> None:
        """The bot says what it has to say by now."""
        await Stage(self.world, self.app).jump_by(WHILE)
        await self.settle()

    async def moves(self, text: str) -> None:
        """The clock comes to a Moscow time, everything due on the way is said."""
        await Stage(self.world, self.app).jump_to(msk(text))
        await self.settle()

    async def sleeps(self, text: str) -> None:
        """The bot was off until a Moscow time; what is due then is said."""
        self.world.clock.set(msk(text))
        await self.tick()

    async def group(
        self, title: str, channel: str | None = None, *members: Person, kind: str = "supergroup", forum: bool = False
    ) -> Group:
        """A group with the bot in it, bound by Marina where a channel is named."""
        group = self.world.add_group(title, [self.marina, *members], kind=kind, forum=forum)
        self.marina.adds_bot(group)
        await self.settle()
        if channel is not None:
            marina = await self.app.core.people.member(MARINA.account, now=self.world.clock())
            known = next(one for one in await self.app.core.groups.known() if one.chat.chat_id == group.id)
            await self.app.core.groups.bind(known.id, channel, by=marina, now=self.world.clock())
        return group

    async def card(self, number: int) -> Card:
        """An item as it is kept; ids are numbers in a fresh database."""
        marina = await self.app.core.people.member(MARINA.account, now=self.world.clock())
        return await self.app.core.roadmaps.card(number, by=marina, now=self.world.clock())
