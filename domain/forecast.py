"""What the rules would say over a stretch of days if nothing changed, and what was said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.hours import Hours
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
    """One line that will reach a chat if nothing changes, and everybody answers their reminders; ``at`` is UTC."""

    at: datetime
    chat: ChatAddress
    roadmap: str
    item: int
    occasion: str


def coming(lines: Iterable[Forecast], recipients: Collection[Recipient], now: datetime) -> list[ComingLine]:
    """The lines later than ``now``, in their order, to the chats behind their addresses; to each chat once."""
    found = [
        ComingLine(line.at, one.chat, line.roadmap, line.item, line.occasion)
        for line in lines
        if line.at > now
        for one in recipients
        if line.to in one.addresses
    ]
    return list(dict.fromkeys(found))


def forecast(roadmaps: Iterable[KeptRoadmap], hours: Hours, first: date, last: date) -> list[Forecast]:
    """From ``first`` to ``last``, sorted by time, address and item.

    It speaks of addresses, not of chats: groups need not be bound, people need not have come yet, and everybody is
    taken to answer their reminders.
    """
    found = [line for kept in roadmaps for line in _of_roadmap(kept, hours, first, last)]
    return sorted(found, key=lambda one: (one.at, one.to, one.roadmap, one.item))


def _of_roadmap(kept: KeptRoadmap, hours: Hours, first: date, last: date) -> Iterable[Forecast]:
    roadmap = kept.roadmap
    end = last_day(roadmap)
    if end is None:
        return
    for one in kept.items:
        found = notices(one.item, year=roadmap.year, calendar=hours.calendar, rules=hours.rules) if one.is_open else []
        for notice in found:
            if first <= notice.day <= min(last, end):
                yield from _to_everybody(notice, one.item, roadmap, hours)


def _to_everybody(notice: Notice, item: Item, roadmap: Roadmap, hours: Hours) -> Iterable[Forecast]:
    for to in audience(notice, item, roadmap, hours.rules):
        at = hours.morning(notice.day, digest=to == COORDINATOR and hours.is_digest_day(notice.day))
        yield Forecast(at, to, roadmap.slug, item.number, item.short_title, notice.occasion, notice.days)
