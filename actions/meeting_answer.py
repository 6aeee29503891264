"""A meeting as one of its guests sees it: «Приду», «Не смогу», «Придёт другой», and «Мои встречи»."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.meeting_course import soon_key
from actions.meeting_look import guests_for
from actions.meeting_who import nudge_key
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.meeting import Coming, Guest, Meeting, MeetingState, Paper, name_of, schools_of, why_of
from domain.meeting_day import Appointment, appointments, begins
from domain.meeting_slot import Slot
from domain.outbox import OutFile
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import Registry, called
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import outbox as outbox_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A meeting at ``now`` for one of its guests, or (``instead_of`` is the guest's name) for whoever carries their
    duties today. ``times`` are those of their schools at an interview, each with the school's name; ``begins_at`` (UTC)
    is until when they may answer, ``number`` that of its item."""

    one: Meeting
    guest: Guest
    zone: ZoneInfo
    now: datetime
    times: tuple[tuple[str, Appointment], ...] = ()
    begins_at: datetime | None = None
    instead_of: str = ""
    number: int | None = None

    @property
    def may_answer(self) -> bool:
        """Whether they are asked, and it has not begun for them."""
        return self.guest.invited_at is not None and self.one.is_ahead and not self.has_begun

    @property
    def has_begun(self) -> bool:
        """Whether its time has come for them."""
        return self.begins_at is not None and self.begins_at <= self.now

    @property
    def is_past(self) -> bool:
        """Whether nothing of it is ahead."""
        lasts = timedelta(minutes=self.one.slot_minutes or self.one.minutes)
        is_over = self.begins_at is not None and self.begins_at + lasts <= self.now
        return is_over or self.one.state is MeetingState.HELD

    @property
    def lacks_time(self) -> bool:
        """Whether a school of theirs has still to choose its time."""
        return self.one.is_ahead and any(each.starts_at is None for _, each in self.times)

    @property
    def chooses_time(self) -> bool:
        """Whether the times are theirs to choose."""
        return self.one.is_ahead and self.one.is_by_slots and bool(self.times)


class MeetingAnswers:
    """Use cases of everybody about the meetings they are invited to; whoever carries somebody's duties today answers
    for them."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def mine(self, *, by: Member, now: datetime) -> list[OwnMeeting]:
        """Those ahead, the nearest first, then those that were, the latest first."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
            found: dict[int, OwnMeeting] = {}
            for person_id in guests_for(by):
                for one in await meeting_rows.of_guest(tx, person_id, cancelled=True):
                    guest = await meeting_rows.guest(tx, one.id, f"person:{person_id}")
                    if one.id not in found and guest is not None:
                        found[one.id] = await self._seen(tx, one, guest, registry, by, now)
        every = [own for own in found.values() if not (own.one.state is MeetingState.CANCELLED and own.has_begun)]
        ahead = sorted((own for own in every if not own.is_past), key=_when)
        return [*ahead, *sorted((own for own in every if own.is_past), key=_when, reverse=True)]

    async def card(self, meeting_id: int, *, by: Member, now: datetime) -> OwnMeeting:
        """One of them. Raises ``Refusal`` for whoever is not invited."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            return await self._own(tx, meeting_id, by, now)

    async def asked(self, meeting_id: int, *, by: Member, now: datetime) -> OwnMeeting:
        """One that may be answered. Raises ``Refusal`` as ``answer`` does."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            return _answerable(await self._own(tx, meeting_id, by, now))

    async def answer(
        self, meeting_id: int, coming: Coming, words: str = "", *, by: Member, now: datetime
    ) -> tuple[OwnMeeting, bool]:
        """What they say now; false where they have said the same. ``words`` are why not, or who comes instead.

        Raises ``Refusal`` for whoever is not invited, where it has begun or does not take place, and without the words.
        """
        person_id = require(by, Right.ATTEND)
        why = why_of(words) if coming is Coming.NO else ""
        other = name_of(words) if coming is Coming.OTHER else ""
        async with self._database.transaction() as tx:
            found = _answerable(await self._own(tx, meeting_id, by, now))
            guest = found.guest
            if (guest.coming, guest.why, guest.other) == (coming, why, other):
                return found, False
            said = replace(guest, coming=coming, why=why, other=other, answered_at=now)
            await meeting_rows.save_guest(tx, meeting_id, said)
            about = {} if guest.person_id == person_id else {"person": guest.person_id}
            await audit_rows.record(tx, now, person_id, Deed.MEETING_ANSWERED, meeting=meeting_id, **about)
            for key in {guest.key, by.recipient}:
                await outbox_rows.take_back(tx, nudge_key(meeting_id, key))
                await outbox_rows.take_back(tx, soon_key(meeting_id, key))
            await outbox_rows.withdraw_days(tx, person_id)
            return replace(found, guest=said), True

    async def papers(self, meeting_id: int, paper: Paper, *, by: Member, now: datetime) -> list[OutFile]:
        """The files as their messenger knows them. Raises ``Refusal`` for whoever is not invited, and where there are
        none."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            one = (await self._own(tx, meeting_id, by, now)).one
        files = one.materials if paper is Paper.MATERIAL else one.papers if one.state is MeetingState.HELD else ()
        own = [each for each in files if each.messenger == by.account.messenger]
        if not own:
            raise Refusal("meeting_guest.no-files")
        return [OutFile(each.remote_id, each.name, each.is_photo) for each in own]

    async def _own(self, tx: Transaction, meeting_id: int, by: Member, now: datetime) -> OwnMeeting:
        one = await meeting_rows.get(tx, meeting_id)
        if one is not None and one.state is not MeetingState.DRAFT:
            for person_id in guests_for(by):
                guest = await meeting_rows.guest(tx, meeting_id, f"person:{person_id}")
                if guest is not None:
                    return await self._seen(tx, one, guest, await registry_rows.registry(tx), by, now)
        raise Refusal("meeting_guest.not-yours")

    async def _seen(
        self, tx: Transaction, one: Meeting, guest: Guest, registry: Registry, by: Member, now: datetime
    ) -> OwnMeeting:
        slots: Sequence[Slot] = await slot_rows.of_meeting(tx, one.id) if one.is_by_slots else ()
        who = guest.person_id or 0
        theirs = appointments(one, slots, schools_of(who, registry))
        names: Mapping[int, str] = {school.id: school.name for school in registry.schools}
        found = None if one.item_id is None else await roadmap_rows.get_item_of_roadmap(tx, one.item_id)
        person = registry.person(who)
        return OwnMeeting(
            one,
            guest,
            self._project.zone,
            now,
            tuple((names.get(each.school_id, ""), each) for each in theirs if each.school_id is not None),
            begins(one, slots, theirs),
            "" if who == by.person_id else called(person.name if person else "", who),
            found[0].item.number if found else None,
        )


def _answerable(found: OwnMeeting) -> OwnMeeting:
    if found.guest.invited_at is None:
        raise Refusal("meeting_guest.not-yours")
    if found.one.state is MeetingState.CANCELLED:
        raise Refusal("meeting_guest.cancelled")
    if not found.may_answer:
        raise Refusal("meeting_guest.begun")
    return found


def _when(own: OwnMeeting) -> tuple[datetime, int]:
    """Of a school that has a time of its own, when it comes."""
    own_times = [each.starts_at for _, each in own.times if each.starts_at is not None]
    return min(own_times, default=own.one.starts_at or own.now), own.one.id
