"""The named cast, builders of what it works with, and hand-written doubles: the same in every test."""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import Core
from domain.clock import Clock
from domain.deadline import parse_deadline
from domain.guard import refuse_inside_transaction
from domain.outbox import Failure, Outgoing, Sent
from domain.people import Account, Duty, Member, Role
from domain.roadmap import Channel, Executor, Item, ItemKind, Roadmap
from domain.roadmap_file import read_roadmap
from storage import consent as consent_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.group import Group

MOSCOW = ZoneInfo("Europe/Moscow")
IVANOVO_FILE = Path(__file__).parent.parent / "roadmaps" / "ivanovo-2022.toml"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with a phone."""

    name: str
    account: Account


MARINA = Somebody("Марина Королёва", Account("telegram", 6_000_000_001))
"""The regional coordinator; her id does not fit into 32 bits."""
PAVEL = Somebody("Павел Зимин", Account("telegram", 500_000_002))
"""Her deputy: the second coordinator."""
OLGA = Somebody("Ольга Лебедева", Account("telegram", 500_000_003))
"""A director, with no role of the coordinator's."""
IGOR = Somebody("Игорь Прохожий", Account("telegram", 500_000_004))
"""Nobody of the project."""

PROJECT_CHAT = -1_001_500_000_500
"""The supergroup «500+»."""
VECTOR_CHAT = -4_500_000_077
"""The group «Вектор успеха»."""

STRANGER = Member(IGOR.account)
SCHOOL = Member(OLGA.account, 999, OLGA.name, frozenset({Duty(Role.SCHOOL, school_id=1)}), has_agreed=True)


def msk(text: str) -> datetime:
    """The instant of a Moscow time: ``msk("2022-03-09 09:00")``."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW).astimezone(UTC)


class SettableClock:
    """Stands still until it is set; may go back."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant it was set to."""
        return self.now

    def set(self, text: str) -> datetime:
        """Set to a Moscow time."""
        self.now = msk(text)
        return self.now

    def advance(self, **step: float) -> datetime:
        """Go on by ``timedelta(**step)``."""
        self.now += timedelta(**step)
        return self.now


Answer = Failure | Exception | Callable[[Outgoing], Awaitable[Failure | None]]


@dataclass
class RecordingChannel:
    """A messenger in memory: takes every message unless told how the next ones to a chat end.

    ``tried`` are all attempts in order with their instants, ``sent`` those that were taken.
    """

    clock: Clock
    tried: list[tuple[datetime, Outgoing]] = field(default_factory=list)
    sent: list[Outgoing] = field(default_factory=list)
    _planned: dict[int, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))

    def will(self, chat_id: int, *answers: Answer) -> None:
        """The next attempts to that chat end so: a failure, an exception, or whatever an async function gives."""
        self._planned[chat_id].extend(answers)

    async def send(self, message: Outgoing) -> Sent | Failure:
        """Try once."""
        refuse_inside_transaction()
        self.tried.append((self.clock(), message))
        planned = self._planned[message.chat.chat_id]
        answer = planned.popleft() if planned else None
        if isinstance(answer, Exception):
            raise answer
        outcome = await answer(message) if callable(answer) else answer
        if outcome is not None:
            return outcome
        self.sent.append(message)
        return Sent(str(len(self.sent)))

    def texts(self, chat_id: int) -> list[str]:
        """What arrived in a chat."""
        return [message.text for message in self.sent if message.chat.chat_id == chat_id]


@dataclass
class Look:
    """Committed rows, read through a connection of its own."""

    path: Path

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with closing(sqlite3.connect(self.path)) as connection:
            return [tuple(row) for row in connection.execute(sql, values)]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  a table's name of ours

    def outbox(self, where: str = "1") -> list[tuple[str, str]]:
        """(key, state) of the messages in the order they were put."""
        return [(key, state) for key, state in self.rows(f"SELECT key, state FROM outbox WHERE {where} ORDER BY id")]  # noqa: S608


def ivanovo() -> Roadmap:
    """The roadmap of 2022 that is shipped."""
    return read_roadmap(IVANOVO_FILE.read_text(encoding="utf-8"))


CHANNELS = (Channel("500+", "500+", group=True), Channel("ВУ", "Вектор успеха", group=True), Channel("site", "Сайт"))
EXECUTORS = (
    Executor("coordinator", "Региональный координатор", "coordinator"),
    Executor("department", "Департамент", "organiser"),
)


def an_item(number: int, deadline: str, *, year: int = 2022, **more: Any) -> Item:
    """An item that the coordinator carries out and «500+» hears of, unless told."""
    values: dict[str, Any] = {
        "number": number,
        "title": f"Мероприятие {number}, название полностью",
        "short_title": f"Мероприятие {number}",
        "deadline_text": deadline,
        "deadline": parse_deadline(deadline, year=year),
        "executors": ("coordinator",),
        "indicator": "Приказ",
        "channels": ("500+",),
        "kind": ItemKind.MEETING,
    }
    return Item(**values | more)


def a_roadmap(*items: Item, slug: str = "test-2022", year: int = 2022, **more: Any) -> Roadmap:
    """A roadmap with two groups and two executors."""
    values: dict[str, Any] = {
        "slug": slug,
        "title": "Дорожная карта",
        "year": year,
        "region": "Ивановская область",
        "order_number": "1222-О",
        "order_date": date(year - 1, 12, 4),
        "channels": CHANNELS,
        "executors": EXECUTORS,
        "items": items,
    }
    return Roadmap(**values | more)


async def comes_in(core: Core, who: Somebody, now: datetime, role: Role = Role.COORDINATOR) -> Member:
    """The person takes an invitation, enters with it and agrees to the consent."""
    invitation = await core.invites.invite(role, now=now)
    member = await core.invites.accept(invitation.code, who.account, now=now)
    return await core.consents.agree(who.name, by=member, now=now)


async def a_school(core: Core, name: str = "Школа № 7", municipality: str = "Южский район") -> int:
    """A school of the registry, its municipality made where it was not there; returns its id."""
    async with core.database.transaction() as tx:
        known = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
        home = known.get(municipality) or await registry_rows.add_municipality(tx, municipality)
        return await registry_rows.add_school(tx, name, home)


async def registered(core: Core, name: str, *duties: Duty, now: datetime) -> int:
    """Somebody of the registry with duties, who has not come in; returns the id."""
    async with core.database.transaction() as tx:
        person_id = await people_rows.add_person(tx, name, now)
        for duty in duties:
            await registry_rows.give_duty(tx, person_id, duty, now)
    return person_id


async def enrolled(core: Core, who: Somebody, *duties: Duty, now: datetime, has_agreed: bool = True) -> Member:
    """A person of the registry with duties, who has come in with an account and agreed unless told."""
    async with core.database.transaction() as tx:
        person_id = await people_rows.add_person(tx, who.name, now)
        for duty in duties:
            await registry_rows.give_duty(tx, person_id, duty, now)
        await people_rows.add_account(tx, person_id, who.account)
        if has_agreed:
            await consent_rows.answer(tx, person_id, now, given=True)
    return await core.people.member(who.account, now=now)


async def bound(
    core: Core,
    by: Member,
    now: datetime,
    channel: str = "500+",
    *,
    chat_id: int = PROJECT_CHAT,
    thread_id: int | None = None,
) -> Group:
    """A group with the bot in it, bound as a channel. The roadmap that names the channel must be loaded."""
    await core.groups.added("telegram", chat_id, f"Группа «{channel}»", by=STRANGER, now=now)
    known = await core.groups.known()
    group = next(one for one in known if one.chat.chat_id == chat_id)
    return (await core.groups.bind(group.id, channel, from_inside=True, thread_id=thread_id, by=by, now=now))[0]
