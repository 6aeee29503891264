"""Inside a transaction: who hears for the guests of meetings, and what the morning's messages say of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.meeting_look import MeetingCard, meeting_of
from actions.project import Project
from domain.hours import Hours
from domain.meeting import Coming, Meeting, NamedGuest
from domain.meeting_day import Appointment, appointments, mornings, soon_at, starts
from domain.outbox import Recipient
from storage import group as group_rows
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Transaction

_MOST = 3
"""Meetings of a message of the day; the others stand behind «Встречи»."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who hears what is for a guest: they themselves, or whoever carries their duties today; then ``instead_of`` is how
    the guest is called. ``told_at`` is when (UTC) they last heard when the meeting is."""

    chat: Recipient
    one: NamedGuest
    appointments: tuple[Appointment, ...]
    told_at: datetime
    instead_of: str = ""

    def knew_by(self, each: Appointment, moment: datetime) -> bool:
        """Whether they heard of it before that instant: whoever did later needs no reminder then."""
        return max(self.told_at, each.since or self.told_at) < moment


async def hearers(tx: Transaction, project: Project, card: MeetingCard) -> list[Hearer]:
    """Each chat once, and for its own person rather than for somebody on leave. Who has no duties any more, has not
    agreed or cannot be written to hears nothing."""
    carriers = {
        duty.instead_of or person_id: bearer.recipient
        for person_id, bearer in (await people_rows.bearers(tx, project.today(card.now))).items()
        for duty in bearer.duties
    }
    groups = {one.id: one.recipient for one in await group_rows.all_groups(tx)}
    moved = await outbox_rows.latest_due(tx, f"meeting-moved:{card.one.id}:")
    hours = await project.hours(tx)
    found: dict[str, Hearer] = {}
    for each in card.guests:
        guest = each.guest
        chat = groups.get(guest.group_id or 0) or carriers.get(guest.person_id or 0)
        if chat is None or guest.invited_at is None:
            continue
        own = chat.key == guest.key
        if own or chat.key not in found:
            told = max(hours.awake(guest.invited_at), moved or guest.invited_at)
            theirs = tuple(appointments(card.one, card.slots, each.school_ids))
            found[chat.key] = Hearer(chat, each, theirs, told, "" if own else each.name)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """What a chat hears of a meeting in the morning: ``starts_at`` (UTC) is ``None`` where the school has still to
    choose its time. ``day`` is that of the meeting, ``left`` how many days there are to it."""

    one: Meeting
    starts_at: datetime | None
    day: date
    left: int
    coming: Coming | None = None
    other: str = ""
    instead_of: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Meetings:
    """Recipient's key → the meetings that somebody hears of at that chat."""

    heard: Mapping[str, Sequence[tuple[Meeting, Hearer]]] = field(default_factory=dict)

    def lines(self, key: str, hours: Hours, today: date) -> list[MeetingLine]:
        """What a chat hears of meetings today, the nearest first: not of what they will not come to, nor of what they
        were told of today."""
        found = [
            _line(one, hearer, each, hours, today)
            for one, hearer in self.heard.get(key, ())
            for each in hearer.appointments
            if hearer.one.guest.coming is not Coming.NO and _is_said(one, hearer, each, hours, today)
        ]
        return sorted(found, key=lambda line: (line.starts_at or line.one.starts_at, line.one.id))[:_MOST]


def _is_said(one: Meeting, hearer: Hearer, each: Appointment, hours: Hours, today: date) -> bool:
    at = each.starts_at or one.starts_at
    is_morning = at is not None and today in mornings(hours.today(at), hours.calendar, hours.rules)
    return is_morning and hours.today(max(hearer.told_at, each.since or hearer.told_at)) < today


def _line(one: Meeting, hearer: Hearer, each: Appointment, hours: Hours, today: date) -> MeetingLine:
    guest, at = hearer.one.guest, each.starts_at or one.starts_at
    day = today if at is None else hours.today(at)
    is_group = guest.person_id is None
    left = (day - today).days
    return MeetingLine(one, each.starts_at, day, left, guest.coming, guest.other, hearer.instead_of, is_group)


async def day_meetings(tx: Transaction, project: Project, now: datetime, heard_at: Collection[Hours]) -> Meetings:
    """As it is at ``now``, for whoever hears at these hours; nothing more is looked up of a meeting whose morning it is
    for nobody."""
    heard: dict[str, list[tuple[Meeting, Hearer]]] = defaultdict(list)
    for one in await meeting_rows.called(tx):
        moments = await moments_of(tx, one)
        if any(_is_morning(moment, hours, now) for moment in moments for hours in heard_at):
            for hearer in await hearers(tx, project, await meeting_of(tx, project, one, now)):
                heard[hearer.chat.key].append((one, hearer))
    return Meetings(heard)


def _is_morning(moment: datetime, hours: Hours, now: datetime) -> bool:
    return now < moment and hours.today(now) in mornings(hours.today(moment), hours.calendar, hours.rules)


async def moments_of(tx: Transaction, one: Meeting) -> list[datetime]:
    """When it begins (UTC), for each school that has a time of its own as well."""
    return starts(one, await slot_rows.of_meeting(tx, one.id) if one.is_by_slots else ())


async def meeting_starts(tx: Transaction, now: datetime) -> list[datetime]:
    """Every instant ahead at which a meeting begins for somebody."""
    found = [await moments_of(tx, one) for one in await meeting_rows.called(tx)]
    return sorted({moment for own in found for moment in own if moment > now})


def told_moments(moments: Iterable[datetime], hours: Hours) -> set[datetime]:
    """When the bot may speak of meetings that begin then, to who hears at these hours: in the mornings before, and
    shortly before."""
    found = {moment for one in moments if (moment := soon_at(one, hours)) is not None}
    for one in moments:
        found |= {hours.morning(day, digest=False) for day in mornings(hours.today(one), hours.calendar, hours.rules)}
    return found
