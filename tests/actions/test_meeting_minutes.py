"""The minutes of a meeting: to whom they go, once, corrected; what becomes of the meeting's item."""

import asyncio

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.evidence import SentFile
from domain.meeting import MeetingState, Paper
from domain.meeting_door import DoorBy
from domain.meeting_ending import Close, Ending
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy, Threshold, ThresholdKind
from tests.actions.completing import Phone
from tests.actions.met import START, Met, met
from tests.meetings import called
from tests.people import IGOR, Look, RecordingChannel, SettableClock, Somebody, bound, enrolled

DECIDED = "Решили:\n1. Документы до 20 марта.\n2. <Куратору> проверить & прислать."
SENT = "key LIKE 'meeting-minutes:%'"
NOTE = "Протокол встречи «Семинар по документам» 10 марта 2022, чт"
DARYA = Somebody("Дарья Орлова", Account("telegram", 500_000_301))


@pytest.fixture
async def meeting(core: Core, clock: SettableClock, marina: Member) -> Met:
    """It is over."""
    found = await met(core, clock, marina)
    clock.set("2022-03-10 12:00")
    return found


async def of_executors(core: Core, clock: SettableClock, marina: Member, **item: object) -> Met:
    """A meeting that its executors owe; it is over."""
    found = await met(core, clock, marina, **{"owed_by": OwedBy.EXECUTORS, "threshold": None, "reviewed_by": ()} | item)
    clock.set("2022-03-10 12:00")
    return found


async def sends(meeting: Met, close: Close = Close.FITTING, by: Member | None = None, seen: int | None = None) -> int:
    """To how many the minutes went; -1 where they had gone already."""
    by, now = by or meeting.marina, meeting.clock()
    view = await meeting.core.meeting_minutes.look(meeting.meeting, by=by, now=now)
    seen = view.seen if seen is None else seen
    told = (await meeting.core.meeting_minutes.send(meeting.meeting, seen, close, by=by, now=now)).told
    return -1 if told is None else told


async def writes(meeting: Met, text: str = DECIDED, by: Member | None = None) -> None:
    await meeting.core.meeting_minutes.write(meeting.meeting, text, by=by or meeting.marina, now=meeting.clock())


async def attaches(meeting: Met, name: str, content: bytes, source: str) -> None:
    """A document that came through the messenger."""
    sent = SentFile("telegram", f"remote-{name}", source, name, len(content))
    await meeting.core.meeting_keeping.attach(
        meeting.meeting, Paper.MINUTES, sent, Phone({sent.remote_id: content}), by=meeting.marina, now=meeting.clock()
    )
