"""Everybody the bot speaks to by itself on a day, each with the hours they hear at."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from domain.hours import Hours
from domain.outbox import Recipient
from domain.own_reminders import Reminders, own_hours
from storage import group as group_rows
from storage import leave as leave_rows
from storage import meeting as meeting_rows
from storage import own_reminders as own_rows
from storage import people as people_rows
from storage import survey as survey_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Listening:
    """A chat, its days and hours, and until when (local date) a person wants nothing."""

    recipient: Recipient
    hours: Hours
    paused_until: date | None = None


async def listening(tx: Transaction, common: Hours, today: date) -> list[Listening]:
    """The bound groups at the common hours, then the people at their own."""
    groups = [Listening(group.recipient, common) for group in await group_rows.all_groups(tx) if group.channel]
    own = await own_rows.all_reminders(tx)
    hours = {reminders: own_hours(common, reminders) for reminders in own.values()}
    people = []
    known = await people_rows.recipients(tx, today)
    for recipient in [*known, *await _asked(tx, today, {one.person_id for one in known})]:
        reminders = own.get(recipient.person_id or 0, Reminders())
        people.append(Listening(recipient, hours.get(reminders, common), reminders.paused_until))
    return [*groups, *people]


async def _asked(tx: Transaction, today: date, known: Collection[int | None]) -> list[Recipient]:
    """Whoever else hears, because a survey waits for them or they are invited to a meeting: a school's team beside the
    one responsible."""
    answering = await survey_rows.people_waited_for(tx)
    invited = await meeting_rows.invited_people(tx, datetime.combine(today, time(), UTC))
    bearers = await people_rows.bearers(tx, today) if (answering | invited) - {*known} else {}
    carriers = {duty.instead_of or who: who for who, bearer in bearers.items() for duty in bearer.duties}
    heard = (answering & bearers.keys()) | {carriers[one] for one in invited & carriers.keys()}
    return [replace(bearers[one].recipient, addresses=frozenset()) for one in sorted(heard - {*known})]


async def hearing(tx: Transaction, common: Hours, today: date) -> dict[Hours, frozenset[str]]:
    """Hours → the addresses that somebody may hear at them, today and later.

    While a leave is ahead duties change hands on its first day and after its last: then anybody may hear anything.
    """
    found: dict[Hours, frozenset[str]] = {}
    for one in await listening(tx, common, today):
        found[one.hours] = found.get(one.hours, frozenset()) | one.recipient.addresses
    if await leave_rows.ahead(tx, today):
        everything = frozenset().union(*found.values())
        own = await own_rows.all_reminders(tx)
        found = dict.fromkeys([common, *(own_hours(common, reminders) for reminders in own.values())], everything)
    return found
