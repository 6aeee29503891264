"""What the rules would say over a stretch of days if nothing changed, and what was said."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from domain.hours import Hours
from domain.indicator import Indicator, still_asks
from domain.notice import COORDINATOR, Notice, audience, last_day, notices
from domain.outbox import ChatAddress, Recipient
from domain.roadmap import Item, KeptRoadmap, Roadmap


@dataclass(frozen=True, slots=True)
class Forecast:
    """One line of ``python -m bot plan``: ``at`` is UTC, ``to`` an address, ``item`` the number in its roadmap."""

    at: datetime
    to: str
    roadmap: str
    item: int
    short_title: str
    occasion: str
    days: int


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line that reached a chat: ``at`` is when it was sent (UTC), ``item`` the number in its roadmap."""

    at: datetime
    chat: ChatAddress
    message_id: str
    roadmap: str
    item: int
    occasion: str


@dataclass(frozen=True, slots=True)
class ComingLine:
    """One line that will reach a chat if nobody does anything; ``at`` is UTC."""

    at: datetime
    chat: ChatAddress
    roadmap: str
    item: int
    occasion: str


@dataclass(frozen=True, slots=True)
class Listener:
    """A recipient and, of a person, how they treat items by (roadmap, number): how many reminders are unanswered and
    until when others were put off. ``cap`` unanswered ones are the last (notices.md, «How much»). Before
    ``paused_until`` they want none.
    """

    recipient: Recipient
    cap: int
    unanswered: Mapping[tuple[str, int], int] = field(default_factory=dict)
    snoozed: Mapping[tuple[str, int], date] = field(default_factory=dict)
    paused_until: date = date.min


def coming(lines: Iterable[Forecast], listeners: Iterable[Listener], now: datetime, zone: ZoneInfo) -> list[ComingLine]:
    """The lines later than ``now`` that will be said to the chats behind their addresses, the earliest first.

    What is put off is said on its day by the rules of the day itself, which are not looked into here.
    """
    later = [line for line in lines if line.at > now]
    found = [
        ComingLine(line.at, one.recipient.chat, line.roadmap, line.item, line.occasion)
        for one in listeners
        for line in _wanted(later, one, zone)
    ]
    return sorted(found, key=lambda one: (one.at, one.item))


def _wanted(lines: Iterable[Forecast], listener: Listener, zone: ZoneInfo) -> Iterator[Forecast]:
    """Each item of a day once; to a person no more than the cap of what nobody answers."""
    told = Counter(listener.unanswered)
    said: set[tuple[str, int, datetime]] = set()
    for line in lines:
        item = line.roadmap, line.item
        if line.to not in listener.recipient.addresses or (*item, line.at) in said:
            continue
        said.add((*item, line.at))
        if listener.recipient.person_id is not None:
            silent_until = max(listener.snoozed.get(item, date.min), listener.paused_until)
            if told[item] >= listener.cap or line.at.astimezone(zone).date() < silent_until:
                continue
            told[item] += 1
        yield line


def forecast(
    roadmaps: Iterable[KeptRoadmap],
    hours: Hours,
    first: date,
    last: date,
    numbers: Mapping[int, Indicator] = MappingProxyType({}),
) -> list[Forecast]:
    """From ``first`` to ``last``, sorted by time, address and item.

    It speaks of addresses, not of chats: groups need not be bound, people need not have come yet, and everybody is
    taken to answer their reminders. ``numbers`` are the indicators of ``first`` by item: what they say is done is not
    spoken of; without them nobody is taken to have done anything.
    """
    found = [line for kept in roadmaps for line in _of_roadmap(kept, hours, first, last, numbers)]
    return sorted(found, key=lambda one: (one.at, one.to, one.roadmap, one.item))


def _of_roadmap(
    kept: KeptRoadmap, hours: Hours, first: date, last: date, numbers: Mapping[int, Indicator]
) -> Iterable[Forecast]:
    roadmap = kept.roadmap
    end = last_day(roadmap)
    if end is None:
        return
    for one in kept.items:
        found = notices(one.item, year=roadmap.year, calendar=hours.calendar, rules=hours.rules) if one.is_open else []
        for notice in found:
            if first <= notice.day <= min(last, end) and still_asks(notice, numbers.get(one.id), first):
                yield from _to_everybody(notice, one.item, roadmap, hours)


def _to_everybody(notice: Notice, item: Item, roadmap: Roadmap, hours: Hours) -> Iterable[Forecast]:
    for to in audience(notice, item, roadmap, hours.rules):
        at = hours.morning(notice.day, digest=to == COORDINATOR and hours.is_digest_day(notice.day))
        yield Forecast(at, to, roadmap.slug, item.number, item.short_title, notice.occasion, notice.days)
