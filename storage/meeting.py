"""Meetings with their papers and their guests."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from domain.broadcast import BroadcastFile
from domain.meeting import CameBy, Coming, Guest, Meeting, MeetingState, Paper
from storage import tables as t
from storage.database import Transaction, new_id

_c, _g, _f = t.meeting.c, t.meeting_guest.c, t.meeting_file.c
_IS_GUEST = or_(_g.invited_at.is_not(None), _g.came_at.is_not(None))
"""Not whoever has only tried a code."""
_KEPT = (
    *("item_id", "title", "starts_at", "minutes", "place", "link", "agenda", "state", "changes", "slot_minutes"),
    "slot_break",
    *("code", "door_opens", "door_closes", "called_at", "cancelled_at", "cancelled_why", "minutes_text", "held_at"),
)


async def add(tx: Transaction, author_id: int, item_id: int | None, title: str, now: datetime) -> int:
    """A draft; returns its id."""
    values = _values(Meeting(0, author_id, item_id, title)) | {"author_id": author_id, "made_at": now}
    return new_id(await tx.execute(insert(t.meeting).values(**values)))


async def get(tx: Transaction, meeting_id: int) -> Meeting | None:
    """The one of that id."""
    found = await _load(tx, _c.id == meeting_id)
    return found[0] if found else None


async def all_meetings(tx: Transaction) -> list[Meeting]:
    """Every one: those without a time first, then the latest."""
    return await _load(tx)


async def called(tx: Transaction) -> list[Meeting]:
    """Those that people were called to and whose minutes were not sent."""
    return await _load(tx, _c.state == MeetingState.CALLED)


async def of_item(tx: Transaction, item_id: int) -> list[Meeting]:
    """The meetings of an item that were called, cancelled ones as well."""
    return await _load(tx, _c.item_id == item_id, _c.state != MeetingState.DRAFT)


async def of_guest(tx: Transaction, person_id: int, *, cancelled: bool = False) -> list[Meeting]:
    """The meetings that somebody is invited to, or has come to; the ``cancelled`` as well."""
    states = [MeetingState.CALLED, MeetingState.HELD, *((MeetingState.CANCELLED,) if cancelled else ())]
    theirs = _c.id.in_(select(_g.meeting_id).where(_g.person_id == person_id, _IS_GUEST))
    return await _load(tx, theirs, _c.state.in_(states))


async def of_author(tx: Transaction, person_id: int) -> list[Meeting]:
    """The meetings that somebody leads."""
    return await _load(tx, _c.author_id == person_id)


async def save(tx: Transaction, one: Meeting) -> None:
    """This is how it stands now; its files and guests are kept by themselves."""
    await tx.execute(update(t.meeting).where(_c.id == one.id).values(**_values(one)))


async def drop(tx: Transaction, meeting_id: int) -> None:
    """A draft to which nobody was called is not there any more; its invitation is the caller's to drop first."""
    await tx.execute(delete(t.meeting_slot).where(t.meeting_slot.c.meeting_id == meeting_id))
    await tx.execute(delete(t.meeting_file).where(_f.meeting_id == meeting_id))
    await tx.execute(delete(t.meeting).where(_c.id == meeting_id))


# --- Papers -----------------------------------------------------------------------------------------------------------


async def add_file(tx: Transaction, meeting_id: int, paper: Paper, file: BroadcastFile, source: str) -> bool:
    """One more file; false where that message brought one already."""
    rows = (await tx.execute(select(_f.position, _f.source).where(_f.meeting_id == meeting_id))).all()
    if any(row.source == source for row in rows):
        return False
    values = {
        "meeting_id": meeting_id,
        "position": max((row.position for row in rows), default=0) + 1,
        "paper": paper,
        "file_id": file.file_id,
        "name": file.name,
        "messenger": file.messenger,
        "remote_id": file.remote_id,
        "is_photo": file.is_photo,
        "source": source,
    }
    await tx.execute(insert(t.meeting_file).values(**values))
    return True


async def drop_files(tx: Transaction, meeting_id: int, paper: Paper) -> None:
    """None of these papers."""
    await tx.execute(delete(t.meeting_file).where(_f.meeting_id == meeting_id, _f.paper == paper))


# --- Guests -----------------------------------------------------------------------------------------------------------


async def invite(tx: Transaction, meeting_id: int, guests: Iterable[Guest], now: datetime) -> None:
    """These are invited; whoever is invited already stays as they are, whoever has come by themselves is so now."""
    known = set(await tx.scalars(select(_g.recipient).where(_g.meeting_id == meeting_id)))
    found = list(guests)
    rows = [_guest_row(meeting_id, one) | {"invited_at": now} for one in found if one.key not in known]
    if rows:
        await tx.execute(insert(t.meeting_guest), rows)
    late = _g.meeting_id == meeting_id, _g.recipient.in_([one.key for one in found]), _g.invited_at.is_(None)
    await tx.execute(update(t.meeting_guest).where(*late).values(invited_at=now))


async def invited(tx: Transaction, meeting_id: int) -> set[str]:
    """The keys of whoever is invited."""
    query = select(_g.recipient).where(_g.meeting_id == meeting_id, _g.invited_at.is_not(None))
    return set(await tx.scalars(query))


async def invited_people(tx: Transaction, since: datetime) -> set[int]:
    """Whoever is invited to a meeting that begins after that instant, for some school at least."""
    ahead = _c.state == MeetingState.CALLED, _begins_after(since)
    query = select(_g.person_id).join(t.meeting, _c.id == _g.meeting_id).where(*ahead)
    return {one for one in await tx.scalars(query.where(_g.invited_at.is_not(None)).distinct()) if one is not None}


async def add_guest(tx: Transaction, meeting_id: int, one: Guest) -> None:
    """Somebody who came without having been invited, or tries to."""
    await tx.execute(insert(t.meeting_guest).values(**_guest_row(meeting_id, one)))


async def guests(tx: Transaction, meeting_id: int) -> list[Guest]:
    """Whoever is invited or came."""
    query = select(t.meeting_guest).where(_g.meeting_id == meeting_id, _IS_GUEST)
    return [_guest(row) for row in await tx.execute(query.order_by(_g.recipient))]


async def guest(tx: Transaction, meeting_id: int, key: str) -> Guest | None:
    """One of them by the key of who it is."""
    found = await known(tx, meeting_id, key)
    return found if found is not None and (found.invited_at or found.came_at) else None


async def known(tx: Transaction, meeting_id: int, key: str) -> Guest | None:
    """The same, also of whoever has only tried a code."""
    query = select(t.meeting_guest).where(_g.meeting_id == meeting_id, _g.recipient == key)
    row = (await tx.execute(query)).first()
    return None if row is None else _guest(row)


async def guests_of(tx: Transaction, meeting_ids: Collection[int]) -> dict[int, list[Guest]]:
    """Meeting id → whoever is invited or came, of several at once."""
    found: dict[int, list[Guest]] = {one: [] for one in meeting_ids}
    query = select(t.meeting_guest).where(_g.meeting_id.in_(meeting_ids), _IS_GUEST).order_by(_g.recipient)
    for row in await tx.execute(query):
        found[row.meeting_id].append(_guest(row))
    return found


async def as_guest(tx: Transaction, person_id: int) -> dict[int, Guest]:
    """Meeting id → what is known of one person as a guest there."""
    rows = await tx.execute(select(t.meeting_guest).where(_g.person_id == person_id))
    return {row.meeting_id: _guest(row) for row in rows}


async def hand_over(tx: Transaction, former_id: int, heir_id: int, now: datetime, *, stays: bool = False) -> int:
    """To the meetings to come that somebody was invited to another is invited instead, or beside them who ``stays``;
    returns to how many."""
    ahead = select(_c.id).where(_c.state == MeetingState.CALLED, _begins_after(now))
    theirs = _g.person_id == former_id, _g.meeting_id.in_(ahead), _g.invited_at.is_not(None), _g.came_at.is_(None)
    meetings = list(await tx.scalars(select(_g.meeting_id).where(*theirs)))
    if not stays:
        await tx.execute(delete(t.meeting_guest).where(_g.person_id == former_id, _g.meeting_id.in_(meetings)))
    for one in meetings:
        await invite(tx, one, [Guest(f"person:{heir_id}", heir_id)], now)
    return len(meetings)


async def lead_instead(tx: Transaction, former_id: int, heir_id: int) -> None:
    """What somebody prepares or has called people to is led by another, with its invitations."""
    open_ones = _c.state.in_((MeetingState.DRAFT, MeetingState.CALLED))
    theirs = list(await tx.scalars(select(_c.id).where(_c.author_id == former_id, open_ones)))
    await tx.execute(update(t.meeting).where(_c.id.in_(theirs)).values(author_id=heir_id))
    sent = t.broadcast.c.meeting_id.in_(theirs), t.broadcast.c.author_id == former_id
    await tx.execute(update(t.broadcast).where(*sent).values(author_id=heir_id))


async def save_guest(tx: Transaction, meeting_id: int, one: Guest) -> None:
    """This is what is known of a guest now."""
    query = update(t.meeting_guest).where(_g.meeting_id == meeting_id, _g.recipient == one.key)
    await tx.execute(query.values(**_guest_row(meeting_id, one)))


def _begins_after(since: datetime) -> ColumnElement[bool]:
    """For some school at least."""
    slot = t.meeting_slot.c
    return or_(_c.starts_at >= since, _c.id.in_(select(slot.meeting_id).where(slot.starts_at >= since)))


# --- From rows and to them --------------------------------------------------------------------------------------------


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Meeting]:
    order = _c.starts_at.is_not(None), _c.starts_at.desc(), _c.id.desc()
    rows = (await tx.execute(select(t.meeting).where(*which).order_by(*order))).all()
    files: dict[tuple[int, str], list[BroadcastFile]] = {}
    query = select(t.meeting_file).where(_f.meeting_id.in_([row.id for row in rows])).order_by(_f.position)
    for row in await tx.execute(query):
        one = BroadcastFile(row.file_id, row.name, row.messenger, row.remote_id, row.is_photo)
        files.setdefault((row.meeting_id, row.paper), []).append(one)
    return [_meeting(row, files) for row in rows]


def _values(one: Meeting) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _KEPT}


def _meeting(row: Any, files: dict[tuple[int, str], list[BroadcastFile]]) -> Meeting:
    kept = {name: getattr(row, name) for name in _KEPT} | {"state": MeetingState(row.state)}
    materials, papers = (tuple(files.get((row.id, which), ())) for which in (Paper.MATERIAL, Paper.MINUTES))
    return Meeting(id=row.id, author_id=row.author_id, materials=materials, papers=papers, **kept)


def _guest_row(meeting_id: int, one: Guest) -> dict[str, Any]:
    return {
        "meeting_id": meeting_id,
        "recipient": one.key,
        "person_id": one.person_id,
        "group_id": one.group_id,
        "invited_at": one.invited_at,
        "coming": one.coming,
        "why": one.why,
        "other": one.other,
        "answered_at": one.answered_at,
        "came_at": one.came_at,
        "came_by": one.came_by,
        "tries": one.tries,
    }


def _guest(row: Any) -> Guest:
    return Guest(
        row.recipient,
        row.person_id,
        row.group_id,
        row.invited_at,
        Coming(row.coming) if row.coming else None,
        row.why,
        row.other,
        row.answered_at,
        row.came_at,
        CameBy(row.came_by) if row.came_by else None,
        row.tries,
    )
