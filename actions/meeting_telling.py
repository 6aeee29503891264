"""Inside a transaction: what the guests of a meeting are told by itself, and with which buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions.broadcast_launch import UNTIL_CORRECTED
from actions.meeting_look import MeetingCard
from actions.project import Project
from domain.broadcast import BroadcastState
from domain.button import Keyboard
from domain.meeting import MeetingState, NamedGuest
from domain.outbox import Recipient
from storage import broadcast as broadcast_rows
from storage import broadcast_owed as owed_rows
from storage import group as group_rows
from storage import people as people_rows
from storage.database import Transaction

_VARIABLES = str.maketrans({"{": "(", "}": ")"})
"""An invitation has none: what somebody typed must not be taken for one."""


def invitation(project: Project, card: MeetingCard) -> str:
    """The words (HTML) of the invitation as the meeting stands."""
    return project.texts.html("meeting.invitation", card=card, one=card.one).translate(_VARIABLES)


async def reword(tx: Transaction, project: Project, card: MeetingCard, now: datetime) -> None:
    """The invitations say how the meeting stands: in place where they have come, and in what is still to go. What is
    cancelled is not sent to whoever has not got it; what was looked at and not sent is to be looked at anew."""
    words = invitation(project, card)
    for one in await broadcast_rows.of_meeting(tx, card.one.id):
        if one.state is BroadcastState.DRAFT:
            await broadcast_rows.freeze(tx, one.id, ())
        elif one.state is BroadcastState.LAUNCHED:
            is_off = card.one.state is MeetingState.CANCELLED
            state = BroadcastState.CANCELLED if is_off else one.state
            changed = replace(one, text=words, corrected_at=now, rounds=one.rounds + 1, state=state)
            await broadcast_rows.save(tx, changed)
            await owed_rows.correct(tx, one.id, now + UNTIL_CORRECTED)
            if is_off:
                await owed_rows.cancel(tx, one.id)


async def listeners(tx: Transaction, project: Project, guests: Iterable[NamedGuest], now: datetime) -> list[Recipient]:
    """Those of the guests who can be written to and are still somebody of the project, and whoever carries the duties
    of one on leave; each once."""
    people = await people_rows.reachable(tx)
    groups = {one.id: one.recipient for one in await group_rows.all_groups(tx)}
    carriers = {
        duty.instead_of or who: bearer.recipient
        for who, bearer in (await people_rows.bearers(tx, project.today(now))).items()
        for duty in bearer.duties
    }
    found: dict[str, Recipient] = {}
    for each in guests:
        who = each.guest.person_id or 0
        chats = [groups.get(each.guest.group_id or 0), *([people.get(who), carriers[who]] if who in carriers else [])]
        if each.guest.invited_at is not None:
            found |= {chat.key: chat for chat in chats if chat is not None}
    return list(found.values())


async def tell_guests(
    tx: Transaction,
    project: Project,
    card: MeetingCard,
    what: str,
    now: datetime,
    *,
    buttons: Keyboard = (),
    guests: Sequence[NamedGuest] | None = None,
    **values: Any,
) -> int:
    """Those invited (or only some ``guests``) whom the invitation has reached hear ``meeting.told-…`` once; the text
    gets the ``card``. Whoever took over from a guest was told of the meeting without one."""
    told, listed = await broadcast_rows.told_of(tx, card.one.id), set[str]()
    for one in await broadcast_rows.of_meeting(tx, card.one.id):
        listed |= await broadcast_rows.keys_of(tx, one.id)
    key = f"meeting-{what}:{card.one.id}:{now.isoformat()}"
    every = card.guests if guests is None else guests
    whom = [each for each in every if each.guest.key in told or each.guest.key not in listed]
    found = await listeners(tx, project, whom, now)
    people = [one for one in found if one.person_id is not None]
    groups = [one for one in found if one.person_id is None]
    return sum(
        [
            await project.tell(tx, some, key, f"meeting.told-{what}", now, shown, card=card, one=card.one, **values)
            for some, shown in ((people, buttons), (groups, ()))
        ]
    )
