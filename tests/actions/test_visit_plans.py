"""The schedule of visits: proposing, every kind of clash, sending, deciding, moving, missing, the school's wish."""

from collections.abc import Awaitable, Callable
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from actions.outbox import Outbox
from actions.visit_files import ScheduleFile
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.visit import Clash, ClashKind, ProposalState, Standing, VisitStep
from storage import registry as registry_rows
from tests.actions.visited import ANNA, NATALYA, SVETLANA, Fieldwork, fieldwork
from tests.people import MARINA, Look, RecordingChannel, SettableClock, a_roadmap, an_item, enrolled

VISIT_DAY, NEXT, LATER = date(2022, 3, 14), date(2022, 3, 15), date(2022, 3, 22)


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    clock.set("2022-03-01 12:00")
    return await fieldwork(core, clock, marina)


async def proposed(field: Fieldwork, day: date = VISIT_DAY, school: int = 0) -> int:
    plans = field.core.visit_plans
    return (await plans.propose(field.schools[school], day, by=field.natalya, now=field.clock())).id


async def refused(doing: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as why:
        await doing
    return why.value.reason


def steps(look: Look) -> list[str]:
    return [step for (step,) in look.rows("SELECT step FROM visit_step ORDER BY id")]


# --- Proposing


async def test_the_same_day_proposed_twice_is_one_visit(field: Fieldwork, look: Look) -> None:
    assert await proposed(field) == await proposed(field)
    assert steps(look) == ["proposed"]
    assert look.rows("SELECT deed FROM audit WHERE deed LIKE 'visit%'") == [("visit-proposed",)]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2022, 2, 28), "visit.past-day"),
        (date(2023, 3, 3), "visit.far-day"),
        (NEXT, "visit.twice"),
    ],
)
async def test_a_day_that_cannot_be(field: Fieldwork, day: date, reason: str) -> None:
    await field.approved(NEXT)
    proposing = field.core.visit_plans.propose(field.schools[0], day, by=field.natalya, now=field.clock())
    assert await refused(proposing) == reason


async def test_today_and_a_year_ahead_can_be(field: Fieldwork) -> None:
    assert await proposed(field, date(2022, 3, 1))
    assert await proposed(field, date(2023, 3, 2))


async def test_a_draft_is_changed_without_a_reason_and_the_same_day_again_changes_nothing(
    field: Fieldwork, core: Core, look: Look
) -> None:
    visit = await proposed(field)
    for _ in range(2):
        await core.visit_plans.change(visit, NEXT, by=field.natalya, now=field.clock())
    assert (await field.visit(visit)).when == NEXT
    assert steps(look) == ["proposed", "proposed"]


async def test_a_draft_that_is_dropped_is_gone_and_twice_is_once(field: Fieldwork, core: Core, look: Look) -> None:
    visit = await proposed(field)
    await core.visit_plans.drop(visit, by=field.natalya, now=field.clock())
    assert (look.count("visit"), look.count("visit_step")) == (0, 0)
    assert await refused(core.visit_plans.drop(visit, by=field.natalya, now=field.clock())) == "access.refused"


# --- What speaks against a day


async def clashing(field: Fieldwork, day: date) -> list[ClashKind]:
    found = await field.core.visit_plans.consider(field.schools[0], 0, day, by=field.natalya, now=field.clock())
    return [one.kind for one in found.clashes]


async def test_every_kind_of_clash_is_said_and_forbids_nothing(field: Fieldwork, core: Core) -> None:
    marina, now = field.coordinator, field.clock()
    items = (
        an_item(5, "15.03.2022", short_title="Семинар"),
        an_item(13, "до 21.03.2022", kind="monitoring", owed_by="curator", executors=("coordinator",)),
    )
    await core.roadmaps.load(a_roadmap(*items), now=now)
    await field.approved(date(2022, 3, 16), school=1)
    svetlana = await enrolled(core, SVETLANA, Duty(Role.CURATOR, field.schools[1]), now=now)
    assert field.natalya.person_id is not None
    assert svetlana.person_id is not None
    days = date(2022, 3, 17), date(2022, 3, 18)
    await core.leaves.arrange(field.natalya.person_id, *days, svetlana.person_id, by=marina, now=now)
    assert await clashing(field, VISIT_DAY) == []
    assert await clashing(field, date(2022, 3, 12)) == [ClashKind.DAY_OFF]
    assert await clashing(field, NEXT) == [ClashKind.MEETING]
    assert await clashing(field, date(2022, 3, 16)) == [ClashKind.VISIT]
    assert await clashing(field, date(2022, 3, 18)) == [ClashKind.LEAVE]
    assert await clashing(field, LATER) == [ClashKind.LATE]
    one = await core.visit_plans.propose(field.schools[0], date(2022, 3, 16), by=field.natalya, now=now)
    assert one.clashes == (Clash(ClashKind.VISIT, "Школа № 8"),)


async def test_six_working_days_are_offered_and_then_the_next(field: Fieldwork, core: Core) -> None:
    first = await core.visit_plans.offers(field.schools[0], by=field.natalya, now=field.clock())
    assert [one.day.day for one in first.days] == [2, 3, 4, 5, 9, 10]  # Saturday the 5th is worked for Monday
    after = await core.visit_plans.offers(field.schools[0], 0, first.after, by=field.natalya, now=field.clock())
    assert after.days[0].day == date(2022, 3, 11)


# --- Sending and deciding


async def test_a_schedule_is_sent_withdrawn_and_sent_again(
    field: Fieldwork, core: Core, look: Look, outbox: Outbox, channel: RecordingChannel
) -> None:
    """The coordinator who has not heard of what was withdrawn does not hear of it."""
    await proposed(field)
    plans, now = core.visit_plans, field.clock()
    assert await plans.send(by=field.natalya, now=now) == 1
    assert await refused(plans.send(by=field.natalya, now=now)) == "visit.nothing-to-send"
    assert await plans.withdraw(by=field.natalya, now=now) == 1
    assert await refused(plans.withdraw(by=field.natalya, now=now)) == "visit.nothing-to-withdraw"
    while await outbox.deliver():
        pass
    assert channel.texts(MARINA.account.account_id) == []
    assert await plans.send(by=field.natalya, now=now) == 1
    assert steps(look) == ["proposed", "sent", "withdrawn", "sent"]


async def test_what_waits_is_not_changed_and_not_dropped(field: Fieldwork, core: Core) -> None:
    visit = await proposed(field)
    plans, now = core.visit_plans, field.clock()
    await plans.send(by=field.natalya, now=now)
    doings: list[Callable[[], Awaitable[object]]] = [
        lambda: plans.change(visit, NEXT, by=field.natalya, now=now),
        lambda: plans.offers(field.schools[0], visit, by=field.natalya, now=now),
        lambda: plans.consider(field.schools[0], visit, NEXT, by=field.natalya, now=now),
        lambda: plans.drop(visit, by=field.natalya, now=now),
    ]
    assert {await refused(doing()) for doing in doings} == {"visit.waits-for-coordinator"}


async def test_a_day_that_passed_meanwhile_is_not_sent(field: Fieldwork, core: Core, clock: SettableClock) -> None:
    visit = await proposed(field)
    clock.set("2022-03-15 12:00")
    assert await refused(core.visit_plans.send(by=field.natalya, now=clock())) == "visit.passed-day"
    assert (await field.visit(visit)).is_to_send


async def test_what_was_sent_since_is_not_approved_unseen(field: Fieldwork, core: Core, clock: SettableClock) -> None:
    visit = await proposed(field)
    plans, approvals = core.visit_plans, core.visit_approvals
    await plans.send(by=field.natalya, now=clock())
    (seen,) = await approvals.queue(by=field.coordinator, now=clock())
    clock.advance(minutes=1)
    await proposed(field, NEXT, school=1)
    await plans.send(by=field.natalya, now=clock())
    for doing in (
        approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=clock()),
        approvals.give_back(seen.curator_id, seen.seen, "Поменяйте дни", by=field.coordinator, now=clock()),
    ):
        assert await refused(doing) == "visit.sent-since"
    assert (await field.visit(visit)).waits
    (seen,) = await approvals.queue(by=field.coordinator, now=clock())
    assert await approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=clock()) == 2
    again = approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=clock())
    assert await refused(again) == "visit.nothing-waits"


async def test_what_was_returned_is_sent_again(field: Fieldwork, core: Core) -> None:
    visit = await proposed(field)
    plans, approvals, now = core.visit_plans, core.visit_approvals, field.clock()
    await plans.send(by=field.natalya, now=now)
    (seen,) = await approvals.queue(by=field.coordinator, now=now)
    assert await refused(approvals.give_back(seen.curator_id, seen.seen, " ", by=field.coordinator, now=now))
    await approvals.give_back(seen.curator_id, seen.seen, "Раньше", by=field.coordinator, now=now)
    asked = (await field.visit(visit)).proposal
    assert asked is not None
    assert (asked.state, asked.comment) == (ProposalState.RETURNED, "Раньше")
    await plans.change(visit, date(2022, 3, 10), by=field.natalya, now=now)
    await plans.send(by=field.natalya, now=now)
    (seen,) = await approvals.queue(by=field.coordinator, now=now)
    await approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=now)
    assert ((await field.visit(visit)).day, (await field.visit(visit)).proposal) == (date(2022, 3, 10), None)


# --- Moving, missing, cancelling


async def test_an_approved_day_stands_until_the_move_is_approved(
    field: Fieldwork, core: Core, look: Look, outbox: Outbox, channel: RecordingChannel
) -> None:
    visit = await field.approved(VISIT_DAY)
    plans, now = core.visit_plans, field.clock()
    assert await refused(plans.change(visit, NEXT, by=field.natalya, now=now)) == "visit.no-reason"
    assert await refused(plans.change(visit, VISIT_DAY, "дорога", by=field.natalya, now=now)) == "visit.same-day"
    await plans.change(visit, NEXT, "дорога", by=field.natalya, now=now)
    assert (await field.visit(visit)).day == VISIT_DAY
    (seen,) = await core.visit_approvals.queue(by=field.coordinator, now=now)
    await core.visit_approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=now)
    assert (await field.visit(visit)).day == NEXT
    assert steps(look)[-2:] == ["proposed", "moved"]
    while await outbox.deliver():
        pass
    assert "14 марта, пн → <b>15 марта, вт</b>. Основание: дорога" in channel.texts(ANNA.account.account_id)[-1]


async def test_a_move_that_is_dropped_leaves_the_day_and_its_line_in_the_history(
    field: Fieldwork, core: Core, look: Look
) -> None:
    visit = await field.approved(VISIT_DAY)
    await core.visit_plans.change(visit, NEXT, "дорога", by=field.natalya, now=field.clock())
    await core.visit_plans.drop(visit, by=field.natalya, now=field.clock())
    kept = await field.visit(visit)
    assert (kept.day, kept.proposal, steps(look)[-1]) == (VISIT_DAY, None, "withdrawn")
    assert look.rows("SELECT key FROM outbox WHERE key LIKE 'schedule:%' AND state = 'planned'") == []


async def test_a_missed_visit_is_moved_with_the_reason_it_was_missed_for(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    visit = await field.approved(VISIT_DAY)
    plans = core.visit_plans
    assert await refused(plans.miss(visit, "болезнь", by=field.natalya, now=clock())) == "visit.not-yet"
    clock.set("2022-03-15 12:00")
    for _ in range(2):
        one = await plans.miss(visit, "болезнь", by=field.natalya, now=clock())
    assert (one.standing, one.visit.day, one.visit.missed_on) == (Standing.MISSED, None, VISIT_DAY)
    moved = await plans.change(visit, LATER, by=field.natalya, now=clock())
    assert moved.visit.proposal is not None
    assert (moved.visit.proposal.why, moved.visit.waits) == ("болезнь", True)
    (seen,) = await core.visit_approvals.queue(by=field.coordinator, now=clock())
    await core.visit_approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=clock())
    kept = await field.visit(visit)
    assert (kept.day, kept.missed_on, kept.missed_why) == (LATER, None, "")


async def test_what_was_told_of_is_neither_moved_missed_nor_cancelled(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    visit = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    await field.reported(visit)
    now = clock()
    for doing in (
        core.visit_plans.change(visit, LATER, "дорога", by=field.natalya, now=now),
        core.visit_plans.offers(field.schools[0], visit, by=field.natalya, now=now),
        core.visit_plans.miss(visit, "дорога", by=field.natalya, now=now),
        core.visit_plans.may_miss(visit, by=field.natalya, now=now),
        core.visit_approvals.may_cancel(visit, by=field.coordinator, now=now),
        core.visit_approvals.cancel(visit, "карантин", by=field.coordinator, now=now),
        core.visit_hosting.wish(visit, LATER, "контрольные", by=field.anna, now=now),
    ):
        assert await refused(doing) == "visit.reported-already"


# --- The school


async def test_a_wish_is_answered_by_another_day_or_declined(field: Fieldwork, core: Core, look: Look) -> None:
    visit = await field.approved(VISIT_DAY)
    hosting, plans, now = core.visit_hosting, core.visit_plans, field.clock()
    for _ in range(2):
        await hosting.wish(visit, NEXT, "контрольные", by=field.anna, now=now)
    await plans.decline(visit, by=field.natalya, now=now)
    assert (await field.visit(visit)).wish is None
    await hosting.wish(visit, LATER, "контрольные", by=field.anna, now=now)
    one = await plans.agree(visit, by=field.natalya, now=now)
    assert (one.visit.wish, one.visit.waits, one.visit.when) == (None, True, VISIT_DAY)
    assert one.visit.proposal is not None
    assert (one.visit.proposal.day, one.visit.proposal.why) == (LATER, "просьба школы: контрольные")
    assert await refused(plans.agree(visit, by=field.natalya, now=now)) == "visit.no-wish"
    assert await refused(hosting.wish(visit, NEXT, "дорога", by=field.anna, now=now)) == "visit.being-moved"
    assert steps(look)[3:] == ["wished", "wish-declined", "wished", "proposed"]


async def test_a_school_sees_what_was_decided_and_not_how(field: Fieldwork, core: Core) -> None:
    visit = await field.approved(VISIT_DAY)
    await core.visit_plans.change(visit, NEXT, "дорога", by=field.natalya, now=field.clock())
    await field.approved(NEXT, school=1)
    draft = await proposed(field, LATER)
    card = await core.visit_hosting.card(visit, by=field.anna, now=field.clock())
    assert [one.step for one in card.rounds] == [VisitStep.APPROVED, VisitStep.MOVED]
    assert (card.inside, card.one.clashes, card.reviews) == (False, (), False)
    assert await refused(core.visit_hosting.card(draft, by=field.anna, now=field.clock())) == "access.refused"
    hosted = await core.visit_hosting.hosted(by=field.anna, now=field.clock())
    assert [one.id for one in hosted] == [visit]
    inside = await core.visit_hosting.card(visit, by=field.coordinator, now=field.clock())
    assert len(inside.rounds) == 5


async def test_the_visits_of_a_school_begin_with_those_ahead(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    held = await field.approved(VISIT_DAY)
    ahead = [await field.approved(day) for day in (date(2022, 4, 11), date(2022, 5, 11))]
    clock.set("2022-03-14 15:00")
    await field.reported(held)
    found = await core.visit_hosting.of_school(field.schools[0], by=field.natalya, now=clock())
    assert ([one.id for one in found.visits], found.plans) == ([*ahead, held], True)
    assert await refused(core.visit_hosting.of_school(field.schools[1], by=field.anna, now=clock())) == "access.refused"


# --- Another curator


async def test_a_curator_who_has_the_school_no_more_does_nothing_there(field: Fieldwork, core: Core) -> None:
    visit = await field.approved(VISIT_DAY)
    now = field.clock()
    svetlana = await enrolled(core, SVETLANA, Duty(Role.CURATOR, field.schools[0]), now=now)
    async with core.database.transaction() as tx:
        await registry_rows.end_duty(tx, field.natalya.person_id or 0, Duty(Role.CURATOR, field.schools[0]), now)
    natalya = await core.people.member(NATALYA.account, now=now)
    assert await refused(core.visit_plans.change(visit, NEXT, "дорога", by=natalya, now=now)) == "access.refused"
    one = await core.visit_plans.change(visit, NEXT, "дорога", by=svetlana, now=now)
    assert one.curators == "Светлана Орлова"


# --- Files


async def test_the_approved_schedule_is_an_annex_and_a_table(field: Fieldwork, core: Core, look: Look) -> None:
    none = core.visit_files.schedule(ScheduleFile.DOCX, by=field.coordinator, now=field.clock())
    assert await refused(none) == "visit_approval.no-file"
    await field.approved(VISIT_DAY)
    await field.approved(NEXT, school=1)
    await proposed(field, LATER)
    docx = await core.visit_files.schedule(ScheduleFile.DOCX, by=field.coordinator, now=field.clock())
    words = [cell.text for row in Document(BytesIO(docx.content)).tables[0].rows for cell in row.cells]
    assert docx.visits == 2
    assert any("Школа № 7" in one for one in words)
    assert not any("22 марта" in one for one in words)
    xlsx = await core.visit_files.schedule(ScheduleFile.XLSX, by=field.coordinator, now=field.clock())
    sheet = load_workbook(BytesIO(xlsx.content)).worksheets[0]
    assert [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Школа № 7", "Школа № 8"]
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'visits-exported'") == [(2,)]
    assert await refused(core.visit_files.schedule(ScheduleFile.DOCX, by=field.anna, now=field.clock()))


async def test_a_calendar_forgets_what_was_cancelled(field: Fieldwork, core: Core) -> None:
    now = field.clock()
    assert await refused(core.visit_files.calendar(by=field.anna, now=now)) == "visit_plan.no-calendar"
    visit = await field.approved(VISIT_DAY)
    await field.approved(NEXT, school=1)
    assert (await core.visit_files.calendar(by=field.natalya, now=now)).visits == 2
    await core.visit_plans.change(visit, LATER, "дорога", by=field.natalya, now=now)
    (seen,) = await core.visit_approvals.queue(by=field.coordinator, now=now)
    await core.visit_approvals.approve(seen.curator_id, seen.seen, by=field.coordinator, now=now)
    moved = (await core.visit_files.calendar(by=field.anna, now=now)).content
    assert (b"SEQUENCE:1" in moved, b"DTSTART;VALUE=DATE:20220322" in moved) == (True, True)
    await core.visit_approvals.cancel(visit, "карантин", by=field.coordinator, now=now)
    made = await core.visit_files.calendar(by=field.anna, now=now)
    assert (made.visits, b"STATUS:CANCELLED" in made.content, b"SEQUENCE:2" in made.content) == (0, True, True)
    assert await refused(core.visit_files.calendar(by=field.coordinator, now=now)) == "access.refused"
