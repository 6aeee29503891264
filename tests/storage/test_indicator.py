"""What the indicators are counted from, as the database gives it."""

from datetime import date

import pytest
from sqlalchemy import event, insert

from actions.indicator import measured
from bot.core import Core
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.happening import NewHappening
from domain.indicator_count import Facts, Told
from domain.people import Duty, Member, Role
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import happening as happening_rows
from storage import indicator as indicator_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import tables as t
from storage import told_number as told_rows
from tests.people import MOSCOW, SettableClock, a_school, ivanovo, msk, registered


@pytest.fixture
async def roadmap(core: Core, clock: SettableClock, marina: Member) -> Core:
    """The shipped roadmap with its eight schools; ids of items are their numbers."""
    await core.roadmaps.load(ivanovo(), now=clock())
    return core


async def says(core: Core, item: int, debtor: Debtor, clock: SettableClock, *steps: Step) -> None:
    states = {
        Step.SENT: CompletionState.SENT,
        Step.ACCEPTED: CompletionState.ACCEPTED,
        Step.RETURNED: CompletionState.RETURNED,
    }
    async with core.database.transaction() as tx:
        found = await completion_rows.begin(tx, item, debtor, clock())
        for step in steps:
            assert await completion_rows.step(tx, found, step, states[step], 1, clock())
            found = await completion_rows.begin(tx, item, debtor, clock())


async def facts(core: Core, *items: int) -> dict[int, Facts]:
    async with core.database.read() as tx:
        return await indicator_rows.facts(tx, items, MOSCOW)


def school(number: int) -> Debtor:
    return Debtor(OwedBy.SCHOOL, number)


async def test_what_was_accepted_and_what_waits_are_told_apart(roadmap: Core, clock: SettableClock) -> None:
    await says(roadmap, 20, school(1), clock, Step.SENT, Step.ACCEPTED)
    await says(roadmap, 20, school(2), clock, Step.SENT)
    await says(roadmap, 20, school(3), clock, Step.SENT, Step.RETURNED)
    await says(roadmap, 20, school(4), clock)
    found = await facts(roadmap, 20, 22)
    assert found[20] == Facts({school(1): date(2022, 3, 9)}, frozenset({school(2)}), frozenset())
    assert found[22] == Facts()


async def test_the_day_of_acceptance_is_the_project_s_own(roadmap: Core, clock: SettableClock) -> None:
    clock.set("2022-03-20 23:59")
    await says(roadmap, 20, school(1), clock, Step.SENT, Step.ACCEPTED)
    clock.set("2022-03-21 00:00")
    await says(roadmap, 20, school(2), clock, Step.SENT, Step.ACCEPTED)
    assert (await facts(roadmap, 20))[20].accepted == {school(1): date(2022, 3, 20), school(2): date(2022, 3, 21)}


async def test_what_was_held_is_there_until_it_is_taken_away(roadmap: Core, clock: SettableClock) -> None:
    async with roadmap.database.transaction() as tx:
        days = (date(2022, 3, 8), date(2022, 3, 7))
        ids = [await happening_rows.add(tx, NewHappening(15, None, day, "Семинар"), 1, clock()) for day in days]
        await happening_rows.add(tx, NewHappening(24, 2, date(2022, 3, 5), "Совещание"), 1, clock())
    found = await facts(roadmap, 15, 24)
    assert found[15].held == ((None, date(2022, 3, 7)), (None, date(2022, 3, 8)))
    assert found[24].held == ((2, date(2022, 3, 5)),)
    async with roadmap.database.transaction() as tx:
        await happening_rows.take_away(tx, ids[0], clock())
    assert (await facts(roadmap, 15))[15].held == ((None, date(2022, 3, 7)),)


async def test_a_told_number_and_an_exemption_are_of_their_item_alone(roadmap: Core, clock: SettableClock) -> None:
    async with roadmap.database.transaction() as tx:
        await told_rows.tell(tx, 16, Told(200, 240, date(2022, 3, 9)), 1, clock())
        await completion_rows.exempt(tx, 20, school(5), "не по профилю", 1, clock())
    found = await facts(roadmap, 16, 20, 26)
    assert (found[16].told, found[26].told) == (Told(200, 240, date(2022, 3, 9)), None)
    assert (found[16].exempt, found[20].exempt) == (frozenset(), frozenset({school(5)}))


async def test_the_registry_of_those_who_owe_names_no_people_but_curators(roadmap: Core, clock: SettableClock) -> None:
    teacher = Duty(Role.SCHOOL, school_id=1)
    await registered(roadmap, "Учитель", teacher, now=clock())
    curator = await registered(
        roadmap, "Куратор", Duty(Role.CURATOR, school_id=2), Duty(Role.CURATOR, school_id=1), teacher, now=clock()
    )
    async with roadmap.database.transaction() as tx:
        await registry_rows.school_left(tx, 8, clock())
        found = await indicator_rows.owing(tx, {OwedBy.SCHOOL, OwedBy.CURATOR, OwedBy.MUNICIPALITY})
        whole = await registry_rows.registry(tx)
    assert (found.schools, found.municipalities) == (whole.schools, whole.municipalities)
    assert [(one.id, one.name) for one in found.people] == [(curator, "Куратор")]
    assert found.people[0].duties == (Duty(Role.CURATOR, school_id=2), Duty(Role.CURATOR, school_id=1))


async def test_nothing_is_read_for_parties_that_owe_nothing(roadmap: Core) -> None:
    async with roadmap.database.read() as tx:
        found = await indicator_rows.owing(tx, {OwedBy.EXECUTORS})
    assert (found.schools, found.municipalities, found.people) == ((), (), ())


async def test_a_team_is_whoever_is_in_it_now(roadmap: Core, clock: SettableClock) -> None:
    duty, other = Duty(Role.SCHOOL, school_id=1), Duty(Role.SCHOOL, school_id=2)
    both = await registered(roadmap, "Директор двух школ", duty, other, now=clock())
    gone = await registered(roadmap, "Ушедший", duty, now=clock())
    await registered(roadmap, "Куратор", Duty(Role.CURATOR, school_id=1), now=clock())
    async with roadmap.database.transaction() as tx:
        await registry_rows.end_duty(tx, gone, duty, clock())
        assert await indicator_rows.teams(tx) == {1: [both], 2: [both]}


async def test_a_school_s_own_states_are_its_own(roadmap: Core, clock: SettableClock) -> None:
    await says(roadmap, 20, school(1), clock, Step.SENT)
    await says(roadmap, 22, school(1), clock)
    await says(roadmap, 10, school(2), clock, Step.SENT, Step.ACCEPTED)
    async with roadmap.database.read() as tx:
        found = await indicator_rows.states(tx, range(1, 35), school(1))
    assert found == {20: CompletionState.SENT, 22: CompletionState.DRAFT}


async def test_the_number_of_queries_does_not_grow_with_items_and_schools(roadmap: Core, clock: SettableClock) -> None:
    asked: list[str] = []

    async def queries() -> int:
        asked.clear()
        async with roadmap.database.read() as tx:
            known = await roadmap_rows.all_roadmaps(tx)
            asked.clear()
            event.listen(tx.sync_engine, "before_cursor_execute", _noted)
            await measured(tx, roadmap.project, known, date(2022, 3, 9))
            event.remove(tx.sync_engine, "before_cursor_execute", _noted)
        return len(asked)

    def _noted(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    few = await queries()
    for number in range(30):
        await a_school(roadmap, f"Школа № {number}", f"Район № {number}")
    async with roadmap.database.transaction() as tx:
        rows = [
            {"item_id": item, "party": "school", "debtor_id": number, "state": "accepted", "started_at": clock()}
            | {"decided_at": msk("2022-03-09 12:00")}
            for item in (10, 20)
            for number in range(1, 30)
        ]
        await tx.execute(insert(t.completion), rows)
    assert await queries() == few == 6
