"""The times of interviews: what the database itself does not let in, and two schools that change theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from domain.meeting_slot import Slot
from storage import meeting as meeting_rows
from storage import meeting_slot as slot_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import tables as t
from storage.database import Database, Transaction
from tests.people import Look, msk

NOW, NINE, TEN = msk("2022-03-09 12:00"), msk("2022-03-22 09:00"), msk("2022-03-22 10:00")


async def made(tx: Transaction) -> tuple[int, list[Slot]]:
    """Two schools, a meeting with two times, each of a school; whose the choice is."""
    home = await registry_rows.add_municipality(tx, "Район")
    schools = [await registry_rows.add_school(tx, name, home) for name in ("Школа № 7", "Школа № 8")]
    who = await people_rows.add_person(tx, "Анна", NOW)
    meeting = await meeting_rows.add(tx, who, None, "Собеседования", NOW)
    await slot_rows.add(tx, meeting, [NINE, TEN])
    for slot, school in zip(await slot_rows.of_meeting(tx, meeting), schools, strict=True):
        assert await slot_rows.take(tx, slot.id, school, who, NOW)
    return who, await slot_rows.of_meeting(tx, meeting)


async def test_a_time_is_there_once_and_a_school_has_one(database: Database) -> None:
    async with database.transaction() as tx:
        _, (one, other) = await made(tx)
        free = {"meeting_id": one.meeting_id, "starts_at": TEN + timedelta(hours=1)}
        with pytest.raises(IntegrityError, match=r"meeting_slot\.meeting_id, meeting_slot\.starts_at"):
            await tx.execute(insert(t.meeting_slot).values(free | {"starts_at": NINE}))
        with pytest.raises(IntegrityError, match=r"meeting_slot\.meeting_id, meeting_slot\.school_id"):
            await tx.execute(insert(t.meeting_slot).values(free | {"school_id": one.school_id}))
        naive = update(t.meeting_slot).where(t.meeting_slot.c.id == one.id).values(school_id=other.school_id)
        with pytest.raises(IntegrityError, match=r"meeting_slot\.meeting_id, meeting_slot\.school_id"):
            await tx.execute(naive)
        await slot_rows.add(tx, one.meeting_id, [])


async def test_a_taken_time_is_not_taken(database: Database, look: Look) -> None:
    async with database.transaction() as tx:
        who, (one, other) = await made(tx)
        await slot_rows.release(tx, other.id)
        assert not await slot_rows.take(tx, one.id, other.school_id or 0, who, NOW)
        assert not await slot_rows.take(tx, 999, other.school_id or 0, who, NOW)
    assert look.rows("SELECT school_id FROM meeting_slot ORDER BY id") == [(one.school_id,), (None,)]


async def test_two_schools_change_and_nobody_wishes_any_more(database: Database) -> None:
    async with database.transaction() as tx:
        who, (one, other) = await made(tx)
        later = NOW + timedelta(minutes=5)
        await slot_rows.swap(tx, one, other, who, later)
        swapped = await slot_rows.of_meeting(tx, one.meeting_id)
    assert swapped == [one.held(other.school_id, who, later), other.held(one.school_id, None, later)]


async def test_a_time_that_is_wished_for_is_taken_away(database: Database) -> None:
    async with database.transaction() as tx:
        who, (one, other) = await made(tx)
        wishing = update(t.meeting_slot).where(t.meeting_slot.c.id == one.id)
        await tx.execute(wishing.values(wants_id=other.id, wanted_by=who, wanted_at=NOW))
        await slot_rows.drop(tx, [other.id])
        assert await slot_rows.of_meeting(tx, one.meeting_id) == [one]
