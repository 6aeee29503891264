"""Coming to the meeting of item 10 is what the item asks of a school; a mark taken away asks it of the school again."""

from typing import Any

import pytest

from bot.core import Core
from domain.completion import CompletionState, Step
from domain.meeting_door import DoorBy, DoorFor
from domain.people import Duty, Member, Role
from domain.roadmap import ItemKind, OwedBy, Threshold, ThresholdKind
from storage import completion as completion_rows
from tests.actions.met import START, Met, met
from tests.meetings import called
from tests.people import IGOR, Look, SettableClock, enrolled

STEPS = "SELECT step, comment FROM completion_step ORDER BY id"
STATES = "SELECT debtor_id, state FROM completion ORDER BY debtor_id"
PROOF = "SELECT text FROM evidence WHERE removed_at IS NULL ORDER BY id"
WAS_THERE = "Команда была на встрече «Семинар по документам» 10 марта"
TAKEN_BACK = "Отметка о присутствии на встрече «Семинар по документам» снята. Если Вы там были, скажите ведущему."


@pytest.fixture
async def meeting(core: Core, clock: SettableClock, marina: Member) -> Met:
    return await met(core, clock, marina)


async def tasks(meeting: Met, who: Member) -> list[int]:
    """The numbers of the items that somebody still has to do."""
    found = await meeting.core.tasks.mine(by=who, now=meeting.clock())
    return [one.kept.item.number for one in found.tasks]


async def test_the_first_of_a_team_does_it_for_the_school(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    olga, inna = meeting.teams[0]
    assert (await meeting.number(), await tasks(meeting, inna)) == ((0, 2), [10])
    code = await meeting.opens()
    for who in (olga, inna):
        await core.meeting_arrivals.unasked(code, by=who, now=clock())
    assert (await meeting.number(), await tasks(meeting, inna), await tasks(meeting, meeting.teams[1][0])) == (
        (1, 2),
        [],
        [10],
    )
    assert look.rows(STATES) == [(meeting.schools[0], "accepted")]
    assert look.rows(STEPS) == [("sent", ""), ("accepted", "")]
    assert look.rows(PROOF) == [(WAS_THERE,)]
    audit = "SELECT person_id, about FROM audit WHERE deed = 'confirmation-accepted'"
    about = f'{{"item": 1, "meeting": {meeting.meeting}, "school": {meeting.schools[0]}}}'
    assert look.rows(audit) == [(olga.person_id, about)]


async def test_what_was_to_be_said_today_is_not_said_any_more(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    meeting = await met(core, clock, marina)
    clock.set("2022-03-17 09:00")
    await core.notices.plan(now=clock())
    waiting = "SELECT person_id FROM outbox WHERE key LIKE 'day:%' AND state = 'planned' AND person_id IS NOT NULL"
    before = {row[0] for row in look.rows(waiting)}
    team = {one.person_id for one in meeting.teams[0]}
    assert meeting.teams[0][0].person_id in before
    await meeting.marks(meeting.teams[0][0])
    assert {row[0] for row in look.rows(waiting)} == before - team


async def test_the_last_mark_taken_away_asks_the_school_again(meeting: Met, look: Look) -> None:
    olga, inna = meeting.teams[0]
    await meeting.marks(olga, inna)
    await meeting.marks(olga, came=False)
    assert await meeting.number() == (1, 2)
    await meeting.marks(inna, came=False)
    assert (await meeting.number(), await tasks(meeting, inna)) == ((0, 2), [10])
    assert look.rows(STATES) == [(meeting.schools[0], "returned")]
    assert look.rows(STEPS)[-1] == ("reopened", TAKEN_BACK)
    assert look.rows(PROOF) == []
    assert look.outbox("key LIKE 'review:%'") == []  # they had heard of no mark either
    await meeting.marks(inna)
    assert (await meeting.number(), look.rows(PROOF)) == ((1, 2), [(WAS_THERE,)])
    await meeting.marks(inna, came=False)
    assert await meeting.number() == (0, 2)


async def test_whoever_checked_in_hears_that_it_was_taken_away(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    olga = meeting.teams[0][0]
    await core.meeting_arrivals.unasked(await meeting.opens(), by=olga, now=clock())
    clock.advance(minutes=1)
    await meeting.marks(olga, came=False)
    ((told, text),) = look.rows("SELECT person_id, text FROM outbox WHERE key LIKE 'review:%'")
    assert (told, TAKEN_BACK in text) == (olga.person_id, True)


async def test_nobody_hears_of_it_where_nothing_is_asked_of_them_any_more(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    (olga, _), (gleb, _) = meeting.teams
    code = await meeting.opens()
    for who in (olga, gleb):
        await core.meeting_arrivals.unasked(code, by=who, now=clock())
    clock.advance(minutes=1)
    await core.exemptions.exempt(1, meeting.schools[0], "Школа закрыта на ремонт", by=meeting.marina, now=clock())
    await meeting.marks(olga, came=False)
    await core.roadmaps.close(1, "Закрыт", by=meeting.marina, now=clock())
    await meeting.marks(gleb, came=False)
    assert look.rows("SELECT person_id, text FROM outbox WHERE key LIKE 'review:%'") == []
    assert look.rows(STATES) == [(meeting.schools[0], "returned"), (meeting.schools[1], "returned")]


async def test_what_was_confirmed_otherwise_stays(meeting: Met, core: Core, clock: SettableClock, look: Look) -> None:
    olga = meeting.teams[0][0]
    await core.completions.begin(1, by=olga, now=clock())
    await core.completions.add_text(1, "Были все", by=olga, now=clock())
    await core.completions.send(1, by=olga, now=clock())
    await core.reviews.accept(1, 1, by=meeting.marina, now=clock())
    clock.advance(minutes=1)
    await meeting.marks(olga)
    await meeting.marks(olga, came=False)
    assert look.rows(STATES) == [(meeting.schools[0], "accepted")]
    assert look.rows(STEPS) == [("sent", ""), ("accepted", "")]


async def test_what_was_accepted_again_by_a_reviewer_stays(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    olga = meeting.teams[0][0]
    await meeting.marks(olga)
    clock.advance(minutes=1)
    await core.reviews.reopen(1, "Пришлите скан", by=meeting.marina, now=clock())
    await core.completions.send(1, by=olga, now=clock())
    await core.reviews.accept(1, 2, by=meeting.marina, now=clock())
    clock.advance(minutes=1)
    await meeting.marks(olga, came=False)
    assert look.rows(STATES) == [(meeting.schools[0], "accepted")]


async def test_what_waited_for_its_review_waits_again(meeting: Met, core: Core, clock: SettableClock) -> None:
    olga = meeting.teams[0][0]
    await core.completions.begin(1, by=olga, now=clock())
    await core.completions.add_text(1, "Были все", by=olga, now=clock())
    await core.completions.send(1, by=olga, now=clock())
    clock.advance(minutes=1)
    await meeting.marks(olga)
    assert (await core.reviews.queue(by=meeting.marina, now=clock())).total == 0
    clock.advance(minutes=1)
    await meeting.marks(olga, came=False)
    assert (await core.reviews.queue(by=meeting.marina, now=clock())).total == 1
    async with core.database.read() as tx:
        found = await completion_rows.get(tx, 1)
    assert found is not None
    assert (found.state, [one.step for one in found.rounds]) == (
        CompletionState.SENT,
        [Step.SENT, Step.ACCEPTED, Step.REOPENED],
    )
    assert [one.text for one in found.evidence] == ["Были все"]


async def test_another_meeting_of_the_item_where_they_were_is_enough(
    meeting: Met, core: Core, clock: SettableClock
) -> None:
    clock.set("2022-03-10 08:00")
    second = await called(core, meeting.marina, clock(), START, item_id=1)
    clock.set("2022-03-10 09:55")
    olga, inna = meeting.teams[0]
    await meeting.marks(olga)
    ids = [inna.person_id or 0]
    await core.meeting_door.mark(second, ids, came=True, by=meeting.marina, now=clock())
    await meeting.marks(olga, came=False)
    assert await meeting.number() == (1, 2)
    await core.meeting_door.mark(second, ids, came=False, by=meeting.marina, now=clock())
    assert await meeting.number() == (0, 2)


async def test_to_whom_it_does_not_apply_and_what_is_closed_stays_as_it_is(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    await core.exemptions.exempt(1, meeting.schools[0], "Школа закрыта на ремонт", by=meeting.marina, now=clock())
    await meeting.marks(meeting.teams[0][0])
    await core.roadmaps.close(1, "Закрыт", by=meeting.marina, now=clock())
    await meeting.marks(meeting.teams[1][0])
    assert look.rows(STATES) == []


@pytest.mark.parametrize(
    "item",
    [
        {"owed_by": OwedBy.EXECUTORS, "threshold": None},
        {"threshold": None, "kind": ItemKind.MONITORING},
        {"threshold": None, "kind": ItemKind.TRAINING},
        {"threshold": Threshold(ThresholdKind.SHARE, 90, "participants")},
        {"owed_by": OwedBy.EXECUTORS, "threshold": Threshold(ThresholdKind.COUNT, 4), "kind": ItemKind.TRAINING},
    ],
)
async def test_documents_surveys_and_seminars_are_not_done_by_coming(
    core: Core, clock: SettableClock, marina: Member, look: Look, item: dict[str, Any]
) -> None:
    meeting = await met(core, clock, marina, **item)
    await meeting.marks(meeting.teams[0][0])
    assert look.rows(STATES) == []


@pytest.mark.parametrize(("party", "role"), [(OwedBy.MUNICIPALITY, Role.MUNICIPAL), (OwedBy.CURATOR, Role.CURATOR)])
async def test_a_municipal_coordinator_and_a_curator_come_for_themselves(
    core: Core, clock: SettableClock, marina: Member, look: Look, party: OwedBy, role: Role
) -> None:
    meeting = await met(core, clock, marina, owed_by=party, threshold=None, reviewed_by=())
    school = (await core.registries.whole(by=marina)).schools[0]
    duty = Duty(role, None, school.municipality_id) if role is Role.MUNICIPAL else Duty(role, school.id)
    igor = await enrolled(core, IGOR, duty, now=clock())
    view = await core.meeting_door.open(meeting.meeting, DoorBy.CODE, DoorFor.TEN, by=marina, now=clock())
    await core.meeting_arrivals.unasked(view.card.one.code, by=igor, now=clock())
    expected = school.municipality_id if role is Role.MUNICIPAL else igor.person_id
    assert look.rows("SELECT party, debtor_id, state FROM completion") == [(party, expected, "accepted")]
    assert look.rows(PROOF) == [("Участие на встрече «Семинар по документам» 10 марта",)]


async def test_what_does_not_take_place_does_nothing(meeting: Met, core: Core, clock: SettableClock) -> None:
    await meeting.marks(meeting.teams[0][0])
    await core.meeting_moves.cancel(meeting.meeting, "Нет света", by=meeting.marina, now=clock())
    assert await meeting.number() == (0, 2)


async def test_erasing_somebody_keeps_what_their_school_did(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    olga, inna = meeting.teams[0]
    await core.meeting_arrivals.unasked(await meeting.opens(), by=olga, now=clock())
    await meeting.marks(inna)
    await core.own_data.erase(by=olga, now=clock())
    assert (await meeting.number(), look.rows(PROOF)) == ((1, 2), [(WAS_THERE,)])
    await meeting.marks(inna, came=False)
    assert await meeting.number() == (0, 2)
