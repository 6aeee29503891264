"""What goes wrong around visits: reports of what was to be moved, days that passed, people who are no more."""

from datetime import date
from typing import Any

import pytest

from actions.form_sheet import Ref
from actions.outbox import Outbox
from bot.core import Core
from domain.evidence import SentFile
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy
from domain.visit import ProposalState
from storage import registry as registry_rows
from storage import risk_factor as risk_rows
from tests.actions.visited import ANNA, NATALYA, SVETLANA, Fieldwork, fieldwork
from tests.handlers.visiting import picture
from tests.people import Look, RecordingChannel, SettableClock, a_roadmap, an_item, enrolled

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
    ref, at = Ref("visit", visit), dict[str, Any](by=field.natalya, now=clock())
    await core.forms.press(ref, f"r{field.risks[0]}", "2", **at)
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
    rows = await core.visit_region.matrix(by=field.coordinator, now=clock())
    told = {(row.risk.id, one.school.id) for row in rows for one in row.schools if one.change is not None}
    assert told == {(field.risks[0], field.schools[0])}


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


async def test_of_two_curators_of_a_school_each_is_told_of_their_own_schedule(field: Fieldwork, core: Core) -> None:
    now = field.clock()
    svetlana = await enrolled(core, SVETLANA, Duty(Role.CURATOR, school_id=field.schools[0]), now=now)
    await core.visit_plans.propose(field.schools[0], VISIT_DAY, by=field.natalya, now=now)
    theirs = [await core.visit_plans.schedule(by=who, now=now) for who in (field.natalya, svetlana)]
    assert [(len(one.to_send), len(one.waiting), len(one.visits)) for one in theirs] == [(1, 0, 1), (0, 0, 1)]
    await core.visit_plans.send(by=field.natalya, now=now)
    theirs = [await core.visit_plans.schedule(by=who, now=now) for who in (field.natalya, svetlana)]
    assert [(len(one.to_send), len(one.waiting)) for one in theirs] == [(0, 1), (0, 0)]


async def test_days_are_offered_as_far_as_a_visit_may_be(field: Fieldwork, core: Core) -> None:
    now, visit_id = field.clock(), await field.approved(VISIT_DAY)
    with pytest.raises(Refusal, match=r"visit\.far-day"):
        await core.visit_plans.offers(field.schools[0], start=date.max, by=field.natalya, now=now)
    with pytest.raises(Refusal, match=r"visit\.far-day"):
        await core.visit_hosting.offers(visit_id, date.max, by=field.anna, now=now)
    found = await core.visit_plans.offers(field.schools[0], start=date(1, 1, 1), by=field.natalya, now=now)
    assert found.start == date(2022, 3, 1)


async def test_the_visits_of_last_year_complete_no_item_of_this_one(
    field: Fieldwork, core: Core, clock: SettableClock, look: Look
) -> None:
    clock.set("2022-12-05 12:00")
    for school in (0, 1):
        await field.approved(date(2022, 12, 29 + school), school)
    clock.set("2023-01-10 12:00")
    whose = dict[str, Any](owed_by=OwedBy.CURATOR, executors=("coordinator",), year=2023)
    items = (
        an_item(12, "до 28.02.2023", kind=ItemKind.SCHEDULE, **whose),
        an_item(13, "до 28.02.2023", kind=ItemKind.MONITORING, **whose),
    )
    await core.roadmaps.load(a_roadmap(*items, slug="test-2023", year=2023), now=clock())
    await field.approved(date(2023, 1, 17))
    assert look.rows("SELECT state FROM completion") == []
    await field.approved(date(2023, 1, 18), 1)
    assert look.rows("SELECT state FROM completion") == [("accepted",)]
    seen = {one.visit.when: one.number for one in await core.visit_hosting.mine(by=field.natalya, now=clock())}
    assert seen == {date(2022, 12, 29): 1, date(2022, 12, 30): 1, date(2023, 1, 17): 1, date(2023, 1, 18): 1}


@pytest.mark.parametrize("what", ["cancelled", "held"])
async def test_nobody_hears_in_the_morning_of_another_day_that_is_not_asked_for_any_more(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, outbox: Outbox, look: Look, what: str
) -> None:
    while await outbox.deliver():
        pass
    clock.set("2022-03-14 22:00")
    await core.visit_hosting.wish(visit, date(2022, 3, 17), "контрольные", by=field.anna, now=clock())
    await core.visit_plans.change(visit, date(2022, 3, 16), "дорога", by=field.natalya, now=clock())
    if what == "held":
        await field.reported(visit)
    else:
        await core.visit_approvals.cancel(visit, "карантин", by=field.coordinator, now=clock())
    waiting = "SELECT key FROM outbox WHERE state = 'planned' AND (key LIKE 'visit-wish:%' OR key LIKE 'schedule:%')"
    assert look.rows(waiting) == []


async def test_what_people_did_about_visits_is_among_their_own_data(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    await core.visit_hosting.wish(visit, date(2022, 3, 17), "контрольные", by=field.anna, now=clock())
    await field.reported(visit)
    steps = [(await core.own_data.look(by=who, now=clock())).traces.visits for who in (field.natalya, field.anna)]
    assert steps == [3, 1]
