"""«Кто придёт», for whoever leads a meeting: what everybody has answered, and «Напомнить не ответившим»."""

from dataclasses import dataclass
from datetime import datetime

from actions.meeting_asking import Hearer, hearers
from actions.meeting_buttons import answer_buttons
from actions.meeting_look import MeetingCard, led, meeting_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.hours import EVENT_LIFE, Hours
from domain.meeting import MeetingState, NamedGuest
from domain.meeting_day import appointments, begins
from domain.meeting_who import WhoPart, by_part
from domain.outbox import Draft
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class WhoComes:
    """Everybody who is invited and takes part in the project by what they have answered; ``gone`` is how many take part
    no more, ``groups`` are the titles of the invited groups."""

    card: MeetingCard
    parts: dict[WhoPart, list[NamedGuest]]
    gone: int
    groups: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many people there are in all parts."""
        return sum(map(len, self.parts.values()))

    @property
    def may_nudge(self) -> bool:
        """Whether there is somebody to remind, and it is not too late."""
        is_ahead = self.card.one.is_ahead and (self.card.one.is_by_slots or not self.card.has_begun)
        return is_ahead and bool(self.parts[WhoPart.SILENT])


@dataclass(frozen=True, slots=True)
class Nudged:
    """How many are reminded, and when (UTC): at night it waits for the morning."""

    found: WhoComes
    count: int
    due_at: datetime


class MeetingWho:
    """Use cases of whoever leads a meeting."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, meeting_id: int, *, by: Member, now: datetime) -> WhoComes:
        """What everybody has answered. Raises ``Refusal`` for whoever does not lead it, and where nobody is called."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            return await self._who(tx, meeting_id, by, now)

    async def nudge(self, meeting_id: int, *, by: Member, now: datetime) -> Nudged:
        """Those who have not answered are asked again, each once a day at most.

        Raises ``Refusal`` as ``look`` does, where everybody has answered or was asked today, and where it is too late.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            found = await self._who(tx, meeting_id, by, now)
            if not found.card.one.is_ahead:
                raise Refusal("meeting.over")
            hours = await self._project.hours(tx)
            due = hours.awake(now)
            asked = [each for each in await hearers(tx, self._project, found.card) if _is_asked(each)]
            if not asked:
                raise Refusal("meeting_who.nobody-silent")
            drafts = [draft for each in asked if (draft := self._draft(found.card, each, hours, due)) is not None]
            if not drafts:
                raise Refusal("meeting_who.too-late")
            known = await outbox_rows.known(tx, [draft.key for draft in drafts])
            put = await outbox_rows.put_many(tx, [draft for draft in drafts if draft.key not in known], now)
            if not put:
                raise Refusal("meeting_who.nudged-today")
            await audit_rows.record(tx, now, person_id, Deed.MEETING_REMINDED, meeting=meeting_id, count=len(put))
            return Nudged(found, len(put), due)

    async def _who(self, tx: Transaction, meeting_id: int, by: Member, now: datetime) -> WhoComes:
        one = await led(tx, meeting_id, by)
        if one.state is MeetingState.DRAFT:
            raise Refusal("meeting.not-called")
        card = await meeting_of(tx, self._project, one, now)
        invited = [each for each in card.guests if each.guest.invited_at is not None]
        people = [each for each in invited if each.guest.person_id is not None]
        here = [each for each in people if card.registry.person(each.guest.person_id) is not None]
        groups = tuple(each.name for each in invited if each.guest.person_id is None)
        return WhoComes(card, by_part(here), len(people) - len(here), groups)

    def _draft(self, card: MeetingCard, hearer: Hearer, hours: Hours, due: datetime) -> Draft | None:
        """``None`` for whom it begins before anything could be said to them."""
        one = card.one
        until = begins(one, card.slots, appointments(one, card.slots, hearer.one.school_ids)) or due
        if until <= due:
            return None
        text = self._project.texts.html("meeting_who.nudge", card=card, one=one, instead_of=hearer.instead_of)
        key = nudge_key(one.id, hearer.chat.key, hours.today(due).isoformat())
        return Draft(
            key, hearer.chat, text, due, min(due + EVENT_LIFE, until), answer_buttons(self._project.texts, one.id)
        )


def nudge_key(meeting_id: int, recipient: str, day: str = "") -> str:
    """Of what somebody is asked again on a local day; without the day, how the keys of all such days begin."""
    return f"meeting-nudge:{meeting_id}:{recipient}:{day}"


def _is_asked(hearer: Hearer) -> bool:
    guest = hearer.one.guest
    return guest.person_id is not None and guest.coming is None
