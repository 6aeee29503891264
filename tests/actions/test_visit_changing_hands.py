"""Visits when something changes under them: the curator, the day, the school."""

from datetime import date

import pytest

from actions.form_sheet import Page, Ref
from actions.outbox import Outbox
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.visit_form import DAY
from storage import registry as registry_rows
from tests.actions.visited import ANNA, SVETLANA, Fieldwork, fieldwork
from tests.people import RecordingChannel, SettableClock, enrolled

VISIT_DAY = date(2022, 3, 14)


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    clock.set("2022-03-01 12:00")
    return await fieldwork(core, clock, marina)


async def taken_over(field: Fieldwork) -> Member:
    """Svetlana curates the first school in place of Natalya, who keeps the second."""
    core, now, school = field.core, field.clock(), field.schools[0]
    svetlana = await enrolled(core, SVETLANA, Duty(Role.CURATOR, school_id=school), now=now)
    async with core.database.transaction() as tx:
        await registry_rows.end_duty(tx, field.natalya.person_id or 0, Duty(Role.CURATOR, school_id=school), now)
    field.natalya = await core.people.member(field.natalya.account, now=now)
    return svetlana


async def test_a_new_curator_sends_what_the_former_had_proposed(field: Fieldwork, core: Core) -> None:
    now = field.clock()
    one = await core.visit_plans.propose(field.schools[0], VISIT_DAY, by=field.natalya, now=now)
    svetlana = await taken_over(field)
    await core.visit_plans.send(by=svetlana, now=now)
    (waiting,) = await core.visit_approvals.queue(by=field.coordinator, now=now)
    assert (waiting.curator_id, waiting.name, [each.id for each in waiting.visits]) == (
        svetlana.person_id,
        SVETLANA.name,
        [one.id],
    )


async def test_what_the_former_had_sent_stands_under_who_curates_now(field: Fieldwork, core: Core) -> None:
    now = field.clock()
    await core.visit_plans.propose(field.schools[0], VISIT_DAY, by=field.natalya, now=now)
    await core.visit_plans.send(by=field.natalya, now=now)
    svetlana = await taken_over(field)
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, field.natalya.person_id or 0, now)
    (waiting,) = await core.visit_approvals.queue(by=field.coordinator, now=now)
    assert waiting.name == SVETLANA.name
    await core.visit_approvals.approve(waiting.curator_id, waiting.seen, by=field.coordinator, now=now)
    schedule = await core.visit_plans.schedule(by=svetlana, now=now)
    assert [one.visit.day for one in schedule.visits] == [VISIT_DAY]


async def test_the_other_curator_of_a_school_sends_only_their_own(field: Fieldwork, core: Core) -> None:
    now = field.clock()
    svetlana = await enrolled(core, SVETLANA, Duty(Role.CURATOR, school_id=field.schools[0]), now=now)
    await core.visit_plans.propose(field.schools[0], VISIT_DAY, by=field.natalya, now=now)
    with pytest.raises(Refusal, match=r"visit\.nothing-to-send"):
        await core.visit_plans.send(by=svetlana, now=now)


async def test_a_draft_begun_for_a_day_that_moved_asks_for_the_day(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    visit_id, ref = await field.approved(VISIT_DAY), Ref("visit", 1)
    clock.set("2022-03-14 12:00")
    await core.forms.press(ref, "met", "head", by=field.natalya, now=clock())
    await core.forms.finish(ref, "met", by=field.natalya, now=clock())
    await core.visit_plans.change(visit_id, date(2022, 3, 21), "метель", by=field.natalya, now=clock())
    (waiting,) = await core.visit_approvals.queue(by=field.coordinator, now=clock())
    await core.visit_approvals.approve(waiting.curator_id, waiting.seen, by=field.coordinator, now=clock())
    page = await core.forms.open(ref, by=field.natalya, now=clock())
    assert isinstance(page, Page)
    assert page.question is not None
    assert (page.question.id, DAY in page.answers, page.answers["met"]) == ("day", False, ("head",))


async def test_a_school_hears_nothing_of_a_day_that_passed_while_it_waited(
    field: Fieldwork, core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel
) -> None:
    await core.visit_plans.propose(field.schools[0], date(2022, 3, 2), by=field.natalya, now=clock())
    await core.visit_plans.send(by=field.natalya, now=clock())
    clock.set("2022-03-03 12:00")
    (waiting,) = await core.visit_approvals.queue(by=field.coordinator, now=clock())
    await core.visit_approvals.approve(waiting.curator_id, waiting.seen, by=field.coordinator, now=clock())
    while await outbox.deliver():
        pass
    assert channel.texts(ANNA.account.account_id) == []


async def test_the_report_of_a_school_that_left_is_not_counted_as_waiting(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    visit_id = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    await field.reported(visit_id)
    assert (await core.tasks.mine(by=field.coordinator, now=clock())).reports == 1
    await core.registries.school_left(field.schools[0], by=field.coordinator, now=clock())
    assert (await core.tasks.mine(by=field.coordinator, now=clock())).reports == 0
    natalya = await core.people.member(field.natalya.account, now=clock())
    with pytest.raises(Refusal, match=r"visit\.school-left"):
        await core.forms.open(Ref("visit", visit_id), by=natalya, now=clock())
