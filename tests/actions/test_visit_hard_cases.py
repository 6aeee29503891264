"""What goes wrong around visits: reports of what was to be moved, days that passed, people who are no more."""

from datetime import date

import pytest

from actions.form_sheet import Ref
from actions.outbox import Outbox
from bot.core import Core
from domain.evidence import SentFile
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.visit import ProposalState
from storage import registry as registry_rows
from storage import risk_factor as risk_rows
from tests.actions.visited import ANNA, NATALYA, SVETLANA, Fieldwork, fieldwork
from tests.handlers.visiting import picture
from tests.people import Look, RecordingChannel, SettableClock, enrolled

VISIT_DAY = date(2022, 3, 14)
HOW = "SELECT count(*) FROM outbox WHERE key LIKE 'visit-how:%'"


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    clock.set("2022-03-01 12:00")
    return await fieldwork(core, clock, marina)


@pytest.fixture
async def visit(field: Fieldwork, clock: SettableClock) -> int:
    """An approved visit; it is the afternoon of its day."""
    visit_id = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    return visit_id


async def test_a_visit_that_was_held_is_moved_no_more(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, outbox: Outbox, channel: RecordingChannel
) -> None:
    await core.visit_hosting.wish(visit, date(2022, 3, 17), "контрольные", by=field.anna, now=clock())
    await core.visit_plans.change(visit, date(2022, 3, 16), "дорога", by=field.natalya, now=clock())
    (waiting,) = await core.visit_approvals.queue(by=field.coordinator, now=clock())
    await field.reported(visit)
    kept = await field.visit(visit)
    assert (kept.day, kept.proposal, kept.wish) == (VISIT_DAY, None, None)
    assert await core.visit_approvals.queue(by=field.coordinator, now=clock()) == []
    with pytest.raises(Refusal, match=r"visit\.nothing-waits"):
        await core.visit_approvals.approve(waiting.curator_id, waiting.seen, by=field.coordinator, now=clock())
    while await outbox.deliver():
        pass
    assert not any("перенесён" in text for text in channel.texts(ANNA.account.account_id))


async def test_where_the_coordinator_keeps_the_day_it_is_asked_how_it_was(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    await core.visit_plans.change(visit, date(2022, 3, 16), "дорога", by=field.natalya, now=clock())
    (waiting,) = await core.visit_approvals.queue(by=field.coordinator, now=clock())
    clock.set("2022-03-14 18:01")
    assert await core.visit_course.run(clock()) == 0
    await core.visit_approvals.give_back(
        waiting.curator_id, waiting.seen, "Поезжайте сегодня", by=field.coordinator, now=clock()
    )
    assert await core.visit_course.run(clock()) == 1
    assert look.rows(HOW) == [(1,)]


async def test_a_wish_of_a_visit_that_did_not_take_place_is_answered_either_way(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    await core.visit_hosting.wish(visit, date(2022, 3, 17), "контрольные", by=field.anna, now=clock())
    await core.visit_plans.miss(visit, "просьба школы", by=field.natalya, now=clock())
    await core.visit_plans.decline(visit, by=field.natalya, now=clock())
    kept = await field.visit(visit)
    assert (kept.wish, kept.missed_on) == (None, VISIT_DAY)


async def test_a_school_does_not_see_the_new_day_before_it_is_approved(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    await core.visit_plans.miss(visit, "болезнь", by=field.natalya, now=clock())
    await core.visit_plans.change(visit, date(2022, 3, 17), by=field.natalya, now=clock())
    card = await core.visit_hosting.card(visit, by=field.anna, now=clock())
    (hosted,) = await core.visit_hosting.hosted(by=field.anna, now=clock())
    assert (card.one.visit.proposal, card.one.visit.when, hosted.visit.when) == (None, VISIT_DAY, VISIT_DAY)
    inside = await core.visit_hosting.card(visit, by=field.natalya, now=clock())
    assert inside.one.visit.proposal is not None
    assert inside.one.visit.proposal.state is ProposalState.SENT


async def test_a_report_is_read_and_accepted_when_the_day_was_moved_past_what_was_agreed(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    ref = Ref("visit", visit)
    await core.forms.press(ref, "met", "head", by=field.natalya, now=clock())
    await core.forms.finish(ref, "met", by=field.natalya, now=clock())
    for risk in field.risks:
        await core.forms.press(ref, f"r{risk}", "2", by=field.natalya, now=clock())
    await core.forms.press(ref, "docs", "yes", by=field.natalya, now=clock())
    for question in ("seen", "remarks", "proposals"):
        await core.forms.skip(ref, question, by=field.natalya, now=clock())
    await core.forms.type(ref, "прислать план до 14.03", by=field.natalya, now=clock())
    await core.forms.confirm(ref, "actions", by=field.natalya, now=clock())
    clock.set("2022-03-16 10:00")
    await core.forms.press(ref, "day", "20220316", by=field.natalya, now=clock())
    await field.skipped(ref, field.natalya)
    await core.forms.send(ref, by=field.natalya, now=clock())
    await core.visit_reports.read(visit, by=field.natalya, now=clock())
    await core.visit_reviews.accept(visit, 1, by=field.coordinator, now=clock())
    assert look.rows("SELECT text, until FROM agreed_action") == [("Прислать план", "2022-03-14")]


async def test_a_day_that_passed_while_the_draft_lay_stops_no_other_answer(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    ref, natalya = Ref("visit", visit), field.natalya
    await core.forms.press(ref, "met", "head", by=natalya, now=clock())
    await core.forms.press(ref, "next", "20220411", by=natalya, now=clock())
    clock.set("2022-05-20 10:00")
    await core.forms.press(ref, f"r{field.risks[0]}", "2", by=natalya, now=clock())
    await core.forms.press(ref, "met", "teachers", by=natalya, now=clock())
    await core.forms.finish(ref, "met", by=natalya, now=clock())
    await core.forms.press(ref, f"r{field.risks[1]}", "2", by=natalya, now=clock())
    await core.forms.press(ref, "docs", "yes", by=natalya, now=clock())
    await field.skipped(ref, natalya)
    with pytest.raises(Refusal, match=r"visit\.past-next"):
        await core.forms.send(ref, by=natalya, now=clock())
    await core.forms.ask(ref, "next", by=natalya, now=clock())
    await core.forms.skip(ref, "next", by=natalya, now=clock())
    await core.forms.send(ref, by=natalya, now=clock())


async def test_the_next_visit_is_after_this_one_and_proposed_once(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    ref, at = Ref("visit", visit), {"by": field.natalya, "now": clock()}
    await core.forms.ask(ref, "met", **at)
    await core.forms.press(ref, "met", "head", **at)
    await core.forms.ask(ref, "next", **at)
    await core.forms.type(ref, "сегодня", **at)
    with pytest.raises(Refusal, match=r"visit\.next-not-later"):
        await core.forms.confirm(ref, "next", **at)
    await core.forms.skip(ref, "next", **at)
    await field.reported(visit)
    await core.forms.ask(ref, "next", **at)
    await core.forms.type(ref, "15 апреля", **at)
    with pytest.raises(Refusal, match=r"visit\.next-elsewhere"):
        await core.forms.confirm(ref, "next", **at)
    assert look.rows("SELECT count(*) FROM visit") == [(1,)]


async def test_a_risk_that_is_none_of_the_school_any_more_is_not_told_of(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    ref, natalya = Ref("visit", visit), field.natalya
    await core.forms.press(ref, "met", "head", by=natalya, now=clock())
    await core.forms.press(ref, f"r{field.risks[1]}", "3", by=natalya, now=clock())
    async with core.database.transaction() as tx:
        await risk_rows.untick(tx, field.schools[0], field.risks[1])
    await core.forms.finish(ref, "met", by=natalya, now=clock())
    await core.forms.press(ref, f"r{field.risks[0]}", "2", by=natalya, now=clock())
    await core.forms.press(ref, "docs", "yes", by=natalya, now=clock())
    await field.skipped(ref, natalya)
    await core.forms.send(ref, by=natalya, now=clock())
    (row,) = await core.visit_region.matrix(by=field.coordinator, now=clock())
    assert (row.risk.id, row.schools[0].change is not None) == (field.risks[0], True)


@pytest.mark.parametrize("is_erased", [False, True])
async def test_whoever_wrote_a_report_is_named_when_they_are_gone(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, *, is_erased: bool
) -> None:
    await field.reported(visit)
    natalya = field.natalya.person_id or 0
    if is_erased:
        await core.own_data.erase(by=field.natalya, now=clock())
    else:
        async with core.database.transaction() as tx:
            await registry_rows.remove_person(tx, natalya, clock())
    await enrolled(core, SVETLANA, Duty(Role.CURATOR, school_id=field.schools[0]), now=clock())
    view = await core.visit_reports.read(visit, by=field.coordinator, now=clock())
    name = f"участник № {natalya}" if is_erased else NATALYA.name
    assert (view.author, view.one.curators) == (name, SVETLANA.name)
    card = await core.visit_hosting.card(visit, by=field.coordinator, now=clock())
    assert card.names[natalya] == name


async def test_numbers_of_reports_stay_when_a_missed_visit_is_held_later(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    await core.visit_plans.miss(visit, "болезнь", by=field.natalya, now=clock())
    second = await field.approved(date(2022, 4, 11))
    clock.set("2022-04-11 15:00")
    await field.reported(second)
    await core.visit_plans.change(visit, date(2022, 4, 25), by=field.natalya, now=clock())
    seen = await core.visit_hosting.mine(by=field.natalya, now=clock())
    assert {one.id: one.number for one in seen} == {second: 2, visit: 3}


class Photos:
    """Hands over a picture, whatever is asked for."""

    async def fetch(self, remote_id: str) -> bytes | None:
        return picture(len(remote_id))


async def test_erased_curators_leave_no_account_behind_in_drafts_that_others_took_over(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    account = NATALYA.account.account_id
    photo = SentFile("telegram", "photo", f"{account}:17", "", 100, is_photo=True)
    await core.forms.add_file(Ref("visit", visit), photo, Photos(), by=field.natalya, now=clock())
    svetlana = await enrolled(core, SVETLANA, Duty(Role.CURATOR, school_id=field.schools[0]), now=clock())
    await core.forms.press(Ref("visit", visit), "met", "head", by=svetlana, now=clock())
    await core.own_data.erase(by=field.natalya, now=clock())
    ((answers, person),) = look.rows("SELECT answers, person_id FROM form_run")
    assert (str(account) in answers, person) == (False, svetlana.person_id)
