"""The world of a rehearsal: people, chats, bots and what they said, with no network in it."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from rehearsal import membership
from rehearsal.accounts import Account, BotAccount
from rehearsal.bell import Bell
from rehearsal.chats import Chat, Group, Membership, PrivateChat, Topic
from rehearsal.clock import MovableClock
from rehearsal.events import Event, Events, Subscription
from rehearsal.faults import Faults
from rehearsal.files import Files
from rehearsal.flood import Flood
from rehearsal.messages import Message
from rehearsal.migration import migrate
from rehearsal.person import Person
from rehearsal.posting import post
from rehearsal.pressing import Presses
from rehearsal.refusals import Json
from rehearsal.settling import settle
from rehearsal.updates import UpdateQueue
from rehearsal.view import snapshot

Audit = Callable[[str, Json, object], None]
"""Called with the method's name, the parameters as received and the result, after each call that succeeded."""

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


class World:
    """Everything a messenger's server knows. The same seed and the same steps give the same ids.

    ``flood = None`` switches the limits off. ``complaints`` collects requests the real server would have let pass but
    which are surely mistakes (an unknown parameter). ``busy`` holds probes that ``settle`` asks besides its own signs.
    ``on_call`` are told the name of each method of the Bot API when its answer, or none, goes out.
    """

    def __init__(self, clock: MovableClock | None = None, seed: int = 0) -> None:
        self.clock = clock or MovableClock(START)
        self.random = Random(seed)  # noqa: S311 - a world to be repeated, not secrets
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.privates: dict[tuple[int, int], PrivateChat] = {}
        self.files = Files(self.random)
        self.flood: Flood | None = Flood()
        self.faults = Faults()
        self.events = Events()
        self.presses = Presses(self.clock)
        self.complaints: list[str] = []
        self.audit: Audit | None = None
        self.busy: list[Callable[[], bool]] = []
        self.calls: Counter[str] = Counter()
        self.on_call: list[Callable[[str], None]] = []
        self.in_flight = 0
        self.webhooks_changed = Bell()
        self.webhook_backoff = (0.05, 0.1, 0.2, 0.5, 1.0)
        self._orders = 0
        self._used_ids: set[int] = set()
        self.clock.on_move.append(self._clock_moved)

    def add_bot(
        self, token: str, username: str = "rehearsal_bot", name: str = "Rehearsal", *, privacy: bool = True
    ) -> BotAccount:
        """A bot known by ``token``; the number before the colon is its id. Privacy mode is on unless told."""
        queue = UpdateQueue(self.clock, self.random.randrange(100_000_000, 900_000_000))
        bot_id = int(token.split(":", maxsplit=1)[0])
        bot = BotAccount(id=bot_id, first_name=name, username=username, token=token, queue=queue, privacy=privacy)
        self.bots[token] = bot
        return bot

    def add_person(self, first_name: str, last_name: str = "", username: str | None = None) -> Person:
        """A person nobody has talked to yet. About half of the ids do not fit into 32 bits."""
        old_style = len(self.people) % 2 == 1
        person_id = self.fresh_id(100_000_000, 2**31 - 1) if old_style else self.fresh_id(2**32 + 1, 8_500_000_000)
        person = Person(id=person_id, first_name=first_name, last_name=last_name, username=username, world=self)
        self.people[person_id] = person
        return person

    def add_group(self, title: str, members: list[Account], kind: str = "group", *, forum: bool = False) -> Group:
        """A group made by the first of ``members``; bots among them are added as if by that person."""
        if kind not in {"group", "supergroup"}:
            raise ValueError(f"a group is «group» or «supergroup», not {kind!r}")
        group = Group(id=self.group_id(kind), kind=kind, name=title, forum=forum)
        self.groups[group.id] = group
        for member in members:
            if not member.is_bot:
                status = "member" if group.members else "creator"
                group.members[member.id] = Membership(member, status)
        self.events.publish(Event("chat", group))
        for member in members:
            if member.is_bot:
                membership.enter(self, group, member, by=members[0])
        return group

    def add_topic(self, group: Group, title: str, by: Account | None = None) -> Topic:
        """A topic of a forum; its id is the id of the service message that opened it."""
        author = by or next(iter(group.members.values())).account
        service = {"forum_topic_created": {"name": title, "icon_color": 7322096}}
        opened = post(self, group, author, service=service, thread=group.next_message_id, in_topic=True)
        group.topics[opened.id] = Topic(opened.id, title)
        return group.topics[opened.id]

    def migrate(self, group: Group) -> Group:
        """Upgrade a group to a supergroup with another id; the old id refuses from now on."""
        return migrate(self, group)

    def group_id(self, kind: str) -> int:
        if kind == "group":
            return -self.fresh_id(4_000_000_000, 5_300_000_000)
        return -1_000_000_000_000 - self.fresh_id(1_500_000_000, 2_900_000_000)

    def fresh_id(self, low: int, high: int) -> int:
        while (found := self.random.randrange(low, high)) in self._used_ids:
            continue
        self._used_ids.add(found)
        return found

    def next_order(self) -> int:
        self._orders += 1
        return self._orders

    @property
    def last_order(self) -> int:
        """The order of the latest message."""
        return self._orders

    def _clock_moved(self, now: datetime) -> None:
        self.events.publish(Event("clock", detail=now.isoformat()))

    def date(self) -> int:
        """The present instant as Telegram writes it: whole Unix seconds."""
        return int(self.clock().timestamp())

    def account(self, user_id: int) -> Account | None:
        bots = (bot for bot in self.bots.values() if bot.id == user_id)
        return self.people.get(user_id) or next(bots, None)

    @property
    def bot(self) -> BotAccount:
        """The only bot of the world, or the first one."""
        return next(iter(self.bots.values()))

    def chats(self) -> Iterator[Chat]:
        yield from self.privates.values()
        yield from self.groups.values()

    def messages(self) -> list[Message]:
        """Every message that is not deleted, in the order they were sent."""
        found = [message for chat in self.chats() for message in chat.live()]
        return sorted(found, key=lambda message: message.order)

    def snapshot(self, person: Person) -> Json:
        """The person's chats and messages as plain data, see ``view``."""
        return snapshot(person)

    def subscribe(self) -> Subscription:
        """News from now on: ``with world.subscribe() as events: async for event in events: ...``."""
        return Subscription(self.events)

    async def settle(self, within: float = 5.0, quiet: float | None = None) -> None:
        """Wait until the bots have taken every update and gone silent; see ``settling.settle``."""
        await settle(self, within, quiet)

    async def advance(self, step: timedelta, within: float = 5.0) -> None:
        """Move the clock and wait until the bots have settled."""
        self.clock.advance(step)
        await self.settle(within)
