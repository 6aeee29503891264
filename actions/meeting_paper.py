"""«Список участников (Word)» for the minutes of a meeting, and its code for a screen."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.meeting_look import MeetingCard, led, meeting_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.evidence import file_name
from domain.meeting import Meeting
from domain.meeting_paper import AttendancePaper, lines_of
from domain.people import Member
from domain.refusal import Refusal
from reports.attendance_docx import attendance_docx
from reports.code_picture import code_picture
from storage import audit as audit_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class AttendanceFile:
    """The file by its name."""

    paper: AttendancePaper
    name: str
    content: bytes


class MeetingPapers:
    """Use cases of whoever leads a meeting and needs something of it to show. Made in a thread."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def attendance(self, meeting_id: int, *, by: Member, now: datetime) -> AttendanceFile:
        """Who came and who did not. Raises ``Refusal`` for whoever does not lead it, and before people were called."""
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            card = await meeting_of(tx, self._project, await led(tx, meeting_id, by), now)
            paper = paper_of(card)
            await audit_rows.record(tx, now, person_id, Deed.MEETING_EXPORTED, meeting=meeting_id)
        texts = self._project.texts
        content = await asyncio.to_thread(attendance_docx, paper, texts)
        name = file_name(texts.plain("meeting_door.paper-file", paper=paper) + ".docx")
        return AttendanceFile(paper, name, content)

    async def code(self, meeting_id: int, *, by: Member, now: datetime) -> tuple[Meeting, bytes]:
        """The code of an open door as a picture, for a screen. Raises ``Refusal`` where no code is shown."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            one = await led(tx, meeting_id, by)
        if not one.code or not one.is_door_open(now):
            raise Refusal("meeting_door.no-door")
        return one, await asyncio.to_thread(code_picture, one.code)

    @property
    def zone(self) -> ZoneInfo:
        """The project's."""
        return self._project.zone


def paper_of(card: MeetingCard) -> AttendancePaper:
    """The list as it stands. Raises ``Refusal`` where nobody was called."""
    one, item = card.one, card.kept.item if card.kept else None
    if one.starts_at is None or one.ends_at is None or one.called_at is None:
        raise Refusal("meeting.not-called")
    came, missed = lines_of(card.guests, card.registry)
    return AttendancePaper(
        one.title,
        one.starts_at,
        one.ends_at,
        ", ".join(each for each in (one.place, one.link) if each),
        card.turnout,
        came,
        missed,
        card.now.astimezone(card.zone).date(),
        card.zone,
        item.number if item else None,
        item.short_title if item else "",
    )
