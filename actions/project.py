"""What every feature needs at hand inside a transaction: the rules, the calendar, the live roadmaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.button import Keyboard
from domain.calendar import WorkCalendar
from domain.hours import EVENT_LIFE, Hours
from domain.notice import last_day
from domain.notice_rules import Rules
from domain.outbox import Draft, Recipient
from domain.people import Role
from domain.roadmap import KeptRoadmap
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import setting as setting_rows
from storage.database import Transaction
from texts import Texts


@dataclass(frozen=True, slots=True)
class Project:
    """The texts and the zone, shared by all actions."""

    texts: Texts
    zone: ZoneInfo

    def today(self, now: datetime) -> date:
        """The local date of an instant."""
        return now.astimezone(self.zone).date()

    async def hours(self, tx: Transaction) -> Hours:
        """The rules and the calendar as they are set now."""
        rules = Rules.stored(await setting_rows.rules(tx))
        return Hours(self.zone, rules, await self.calendar(tx))

    async def calendar(self, tx: Transaction) -> WorkCalendar:
        """The calendar as it is set now."""
        return WorkCalendar({one.day: one.working for one in await setting_rows.special_days(tx)})

    async def tell(
        self,
        tx: Transaction,
        recipients: Iterable[Recipient],
        key: str,
        text_id: str,
        now: datetime,
        buttons: Keyboard = (),
        **values: Any,
    ) -> int:
        """Put a message about an event into the outbox, once per recipient and key; at night it waits."""
        due = (await self.hours(tx)).awake(now)
        text = self.texts.html(text_id, **values)
        drafts = [
            Draft(f"{key}:{recipient.key}", recipient, text, due, due + EVENT_LIFE, buttons) for recipient in recipients
        ]
        return sum([await outbox_rows.put(tx, draft, now) is not None for draft in drafts])

    async def tell_coordinators(
        self, tx: Transaction, key: str, text_id: str, now: datetime, buttons: Keyboard = (), **values: Any
    ) -> int:
        """The same to every coordinator in private."""
        coordinators = await people_rows.recipients_with(tx, Role.COORDINATOR, self.today(now))
        return await self.tell(tx, coordinators, key, text_id, now, buttons, **values)


def live(roadmaps: Iterable[KeptRoadmap], today: date) -> list[KeptRoadmap]:
    """The roadmaps whose last deadline has not passed."""
    ends = [(roadmap, last_day(roadmap.roadmap)) for roadmap in roadmaps]
    return [roadmap for roadmap, end in ends if end is not None and end >= today]
