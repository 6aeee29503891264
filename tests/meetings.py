"""Meetings that people were called to, for the tests of every room."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.core import Core
from domain.broadcast import Circle
from domain.meeting import Meeting
from domain.people import Member, Role
from domain.survey import Audience

TITLE, PLACE, LINK = "Семинар по документам", "Иваново, Большая Воробьёвская, 80", "https://meet.example/seminar"


async def drafted(core: Core, by: Member, now: datetime, starts_at: datetime, item_id: int | None = None) -> int:
    """A draft with everything that people must know, nobody chosen; returns its id."""

    def told(one: Meeting) -> Meeting:
        return replace(one, title=TITLE, starts_at=starts_at, minutes=90, place=PLACE, link=LINK, agenda="Документы")

    made = await core.meeting_keeping.make(item_id, by=by, now=now)
    await core.meeting_moves.amend(made, told, by=by, now=now)
    return made


async def choose(core: Core, meeting_id: int, by: Member, now: datetime, people: Iterable[int] = ()) -> None:
    """These are to be called; all school teams where nobody is named."""
    chosen = frozenset(people)
    audience = Audience(roles=frozenset() if chosen else frozenset({Role.SCHOOL}), people=chosen)
    draft = await core.meeting_calling.prepare(meeting_id, by=by, now=now)
    await core.broadcast_keeping.ask(draft, lambda *_: Circle(audience), by=by, now=now)


async def called(
    core: Core,
    by: Member,
    now: datetime,
    starts_at: datetime,
    people: Iterable[int] = (),
    item_id: int | None = None,
) -> int:
    """A meeting to which these were called, all school teams where nobody is named; returns its id. The invitations lie
    in the outbox, or are laid into it by the clock."""
    made = await drafted(core, by, now, starts_at, item_id)
    await choose(core, made, by, now, people)
    await core.meeting_calling.preview(made, by=by, now=now)
    await core.meeting_calling.call(made, by=by, now=now)
    return made
