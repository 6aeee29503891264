"""How a person wants to be reminded: what they change about it themselves.

Only what the bot says by the schedule moves: what happens (a moved deadline, a leave to stand in for) is told at any
hour of the day, and during a pause as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.hours import Hours
from domain.own_reminders import Reminders, hours_offered, own_hours
from domain.people import Member, Role
from domain.typed_day import read_day
from storage import audit as audit_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import own_reminders as own_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class ReminderSheet:
    """A person's settings on a local day.

    ``morning`` is when they hear, ``common`` when everybody does; ``digest`` the hour of the week's digest, of who gets
    one. ``offered`` are the hours to choose from. ``resumes`` is the day of the first reminder after a pause.
    """

    own: Reminders
    today: date
    morning: time
    common: time
    digest: time | None
    offered: tuple[int, ...]
    resumes: date | None


class OwnReminders:
    """Use cases of one's own settings. A change touches only what is not sent yet."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, *, by: Member, now: datetime) -> ReminderSheet:
        """Everything that can be set."""
        person_id = require(by, Right.SET_REMINDERS)
        async with self._database.read() as tx:
            own, common = await own_rows.of(tx, person_id), await self._project.hours(tx)
        return _sheet(own, common, by, now)

    async def set_hour(self, hour: int | None, *, by: Member, now: datetime) -> ReminderSheet:
        """Another hour, or with ``None`` the common one. Raises ``Refusal`` for one that cannot be chosen."""
        return await self._change(lambda own: own.with_hour(hour), by, now)

    async def set_day(self, day: int, *, heard: bool, by: Member, now: datetime) -> ReminderSheet:
        """One weekday more or less. Raises ``Refusal`` for the last one."""
        return await self._change(lambda own: own.with_day(day, heard=heard), by, now)

    async def pause(self, until: date | str, *, by: Member, now: datetime) -> ReminderSheet:
        """Nothing by the schedule before a day, chosen or typed; what was put off until then comes on that day.

        Raises ``Refusal`` for a day that is not ahead, or too far.
        """
        today = self._project.today(now)
        day = read_day(until, near=today, today=today) if isinstance(until, str) else until
        return await self._change(lambda own: own.paused(day, today), by, now)

    async def wake(self, *, by: Member, now: datetime) -> ReminderSheet:
        """The pause is over."""
        return await self._change(Reminders.awake, by, now)

    async def _change(self, change: Callable[[Reminders], Reminders], by: Member, now: datetime) -> ReminderSheet:
        person_id = require(by, Right.SET_REMINDERS)
        async with self._database.transaction() as tx:
            common, before = await self._project.hours(tx), await own_rows.of(tx, person_id)
            after = change(before)
            if after != before:
                await own_rows.save(tx, person_id, after)
                if (resumes := _resumes(after, common, now)) is not None:
                    await notice_rows.put_off_further(tx, person_id, common.today(now), resumes)
                await audit_rows.record(tx, now, person_id, Deed.REMINDERS_CHANGED, **_about(before, after))
                await outbox_rows.withdraw_days(tx, person_id)
        return _sheet(after, common, by, now)


def _about(before: Reminders, after: Reminders) -> dict[str, str]:
    """What was changed, as the audit keeps it: the hour or the weekdays, or until when the pause is; nothing where the
    common hour holds again or the pause is over."""
    if after.paused_until != before.paused_until:
        return {"until": after.paused_until.isoformat()} if after.paused_until else {}
    if after.hour != before.hour:
        return {"value": f"{after.hour}:00"} if after.hour else {}
    return {"value": ", ".join(map(str, sorted(after.chosen)))}


def _resumes(own: Reminders, common: Hours, now: datetime) -> date | None:
    """The first day after a pause on which the person hears something."""
    if own.paused_until is None or not own.is_paused(common.today(now)):
        return None
    return own_hours(common, own).calendar.forward(own.paused_until)


def _sheet(own: Reminders, common: Hours, by: Member, now: datetime) -> ReminderSheet:
    mine = own_hours(common, own).own_morning
    return ReminderSheet(
        own=own,
        today=common.today(now),
        morning=mine or common.rules.morning,
        common=common.rules.morning,
        digest=(mine or common.rules.digest) if Role.COORDINATOR in by.roles else None,
        offered=tuple(hours_offered(common)),
        resumes=_resumes(own, common, now),
    )
