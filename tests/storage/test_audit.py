"""The audit's rows: added, read and never changed, whoever tries."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command

from domain.audit import Deed, Entry
from domain.audit_look import Labels
from storage import audit as audit_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.audit import Wanted
from storage.database import Database, Transaction
from storage.migrate import config, upgrade
from tests.people import CHANNELS, Look, a_roadmap, an_item, msk

NOON = msk("2022-03-09 12:00")
HOUR = timedelta(hours=1)
TRIES = {
    "UPDATE audit SET person_id = NULL": "audit_is_not_changed",
    "UPDATE audit SET about = '{}' WHERE id = 1": "audit_is_not_changed",
    "DELETE FROM audit WHERE id = 1": "audit_is_not_deleted",
    "DELETE FROM audit": "audit_is_not_deleted",
    "REPLACE INTO audit VALUES (1, '2022-03-09', NULL, 'left', '{}')": "audit_is_not_replaced",
    "INSERT INTO audit VALUES (1, '2022-03-09', NULL, 'left', '{}') ON CONFLICT DO UPDATE SET deed = 'left'": (
        "audit_is_not_replaced"
    ),
}


@pytest.fixture
async def written(database: Database) -> Database:
    """Three people; five rows, an hour apart."""
    async with database.transaction() as tx:
        for name in ("Марина Королёва", "Павел Зимин", ""):
            await people_rows.add_person(tx, name, NOON)
        await audit_rows.record(tx, NOON, 1, Deed.PERSON_REPLACED, former=2, person=3)
        await audit_rows.record(tx, NOON + HOUR, 2, Deed.ITEM_CLOSED, item=16)
        await audit_rows.record(tx, NOON + 2 * HOUR, None, Deed.ROADMAP_LOADED, roadmap=1, count=34)
        await audit_rows.record(tx, NOON + 3 * HOUR, None, Deed.REQUEST_MADE, request=1, school=3)
        await audit_rows.record(tx, NOON + 4 * HOUR, 1, Deed.LEAVE_BEGAN, person=1, deputy=2)
    return database


@pytest.mark.parametrize(("statement", "refused"), TRIES.items())
def test_the_database_refuses_to_change_or_lose_a_row(
    written: Database, database_file: Path, look: Look, statement: str, refused: str
) -> None:
    before = look.rows("SELECT * FROM audit")
    with closing(sqlite3.connect(database_file)) as other, pytest.raises(sqlite3.IntegrityError, match=refused):
        other.execute(statement)
    assert look.rows("SELECT * FROM audit") == before
    assert len(before) == 5


async def test_the_audit_is_closed_after_a_walk_down_and_up_again(written: Database, database_file: Path) -> None:
    async with written.transaction() as tx:
        await tx.run_sync(lambda connection: command.downgrade(config(connection), "base"))
    await upgrade(written)
    with closing(sqlite3.connect(database_file)) as other:
        names = [name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")]
    assert names == ["audit_is_not_changed", "audit_is_not_deleted", "audit_is_not_replaced"]


@pytest.mark.parametrize("about", [{"name": "Марина Королёва"}, {"person": "Марина Королёва"}, {"place": 3}])
async def test_what_could_be_a_name_undoes_the_whole_press(
    written: Database, look: Look, about: dict[str, int | str | None]
) -> None:
    async def press() -> None:
        async with written.transaction() as tx:
            await registry_rows.rename_person(tx, 1, "Другая")
            await audit_rows.record(tx, NOON, 1, Deed.PERSON_RENAMED, **about)

    with pytest.raises(ValueError, match="the audit keeps nothing of that kind"):
        await press()
    assert look.rows("SELECT name FROM person WHERE id = 1") == [("Марина Королёва",)]
    assert look.count("audit") == 5


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), [5, 4, 3, 2, 1]),
        (Wanted(by=1), [5, 1]),
        (Wanted(by_operator=True), [3]),
        (Wanted(with_person=1), [5, 1]),
        (Wanted(with_person=2), [5, 2, 1]),
        (Wanted(with_person=3), [1]),
        (Wanted(with_person=16), []),
        (Wanted(deeds=[Deed.ITEM_CLOSED, Deed.LEAVE_BEGAN]), [5, 2]),
        (Wanted(deeds=()), [5, 4, 3, 2, 1]),
        (Wanted(since=NOON + 2 * HOUR), [5, 4, 3]),
        (Wanted(since=NOON + HOUR, with_person=2, before=5), [2]),
        (Wanted(before=3), [2, 1]),
        (Wanted(by=None, with_person=None, since=None, before=None), [5, 4, 3, 2, 1]),
    ],
)
async def test_rows_are_narrowed_and_counted(written: Database, wanted: Wanted, ids: list[int]) -> None:
    async with written.read() as tx:
        found = await audit_rows.entries(tx, **wanted)
        assert [entry.id for entry in found] == ids
        assert await audit_rows.count(tx, **wanted) == len(ids)


async def test_what_the_clock_did_is_not_the_operator_s(written: Database) -> None:
    async with written.transaction() as tx:
        for deed in (Deed.SURVEY_OPENED, Deed.SURVEY_ASKED, Deed.SURVEY_LEFT, Deed.SURVEY_CLOSED):
            await audit_rows.record(tx, NOON + 5 * HOUR, None, deed, survey=1)
    async with written.read() as tx:
        assert [entry.id for entry in await audit_rows.entries(tx, by_operator=True)] == [3]
        assert await audit_rows.count(tx) == 9


async def test_a_part_of_the_rows_is_read(written: Database) -> None:
    async with written.read() as tx:
        assert [entry.id for entry in await audit_rows.entries(tx, limit=2, offset=1)] == [4, 3]


async def test_a_row_is_read_as_it_was_written(written: Database) -> None:
    async with written.read() as tx:
        assert await audit_rows.entry(tx, 2) == Entry(2, NOON + HOUR, 2, Deed.ITEM_CLOSED, {"item": 16})
        assert await audit_rows.entry(tx, 99) is None


@pytest.mark.parametrize(
    ("part", "number", "found"),
    [
        ("королева", None, {1: "Марина Королёва"}),
        ("королева марина", None, {1: "Марина Королёва"}),
        ("ин", None, {1: "Марина Королёва", 2: "Павел Зимин"}),
        ("участник № 3", 3, {3: ""}),
        ("2", 2, {2: "Павел Зимин"}),
        ("99", 99, {}),
        ("%", None, {}),
        ("_", None, {}),
    ],
)
async def test_people_of_the_audit_are_found(
    written: Database, part: str, number: int | None, found: dict[int, str]
) -> None:
    async with written.transaction() as tx:
        await people_rows.add_person(tx, "Ольга Королёва", NOON)  # of whom nothing was written down
    async with written.read() as tx:
        assert list((await audit_rows.doers(tx, part, number)).items()) == list(found.items())


async def _furnished(tx: Transaction) -> None:
    home = await registry_rows.add_municipality(tx, "Южский район")
    await registry_rows.add_school(tx, "Школа № 7", home)
    await registry_rows.add_organisation(tx, "department", "Департамент")
    await roadmap_rows.add_items(tx, await roadmap_rows.add_roadmap(tx, a_roadmap(), NOON), [an_item(20, "до 1 мая")])


async def test_rows_are_labelled_as_everything_is_called_now(written: Database) -> None:
    about = {"person": 2, "deputy": 3, "item": 1, "school": 1, "municipality": 1, "group": 1, "count": 1}
    entries = [Entry(6, NOON, 1, Deed.LEFT, about), Entry(7, NOON, None, Deed.ROADMAP_LOADED, {"roadmap": 1})]
    async with written.transaction() as tx:
        await _furnished(tx)
        labels = await audit_rows.labels(tx, entries)
    assert labels == Labels(
        people={1: "Марина Королёва", 2: "Павел Зимин", 3: ""},
        items={1: (20, 2022)},
        roadmaps={1: 2022},
        schools={1: "Школа № 7"},
        municipalities={1: "Южский район"},
        channels={one.id: one.title for one in CHANNELS},
        organisations={"department": "Департамент"},
    )


async def test_nothing_to_label_asks_for_nobody(written: Database) -> None:
    async with written.read() as tx:
        assert await audit_rows.labels(tx, []) == Labels()
