"""What was confirmed is accepted or returned: whose turn it is, what a decision does, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from actions.deciding import Decision, decide
from bot.core import Core
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.evidence import EvidenceKind
from domain.leave import Period
from domain.people import Duty, Member, Role
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import leave as leave_rows
from storage import registry as registry_rows
from tests.actions.reviewed import DARYA, KIRA, MIRA, Region, a_region, refusal, sends
from tests.people import MARINA, PAVEL, STRANGER, Look, SettableClock, comes_in

DECISIONS = "SELECT state, decided_by FROM completion ORDER BY id"
DEEDS = "SELECT person_id, deed, about FROM audit WHERE deed LIKE 'confirmation-%' ORDER BY id"


@pytest.fixture
async def region(core: Core, clock: SettableClock, marina: Member) -> Region:
    return await a_region(core, clock, marina)


# --- Whose turn it is


async def test_each_sees_what_the_data_gives_them(region: Region) -> None:
    document = await region.sends(1, region.olga)
    survey = await region.sends(2, region.olga)
    order = await region.sends(3, region.darya)
    visit = await region.sends(4, region.olga)
    far = await region.sends(4, region.boris)
    schedule = await region.sends(5, region.kira)
    assert await region.waits_for(region.darya) == [document, schedule]
    assert await region.waits_for(region.mira) == [visit]
    assert await region.waits_for(region.kira) == [visit]
    assert await region.waits_for(region.marina) == [survey, order, far, schedule]  # nobody else reviews school 2


async def test_what_waits_longest_comes_first_and_the_neighbours_are_named(region: Region) -> None:
    first = await region.sends(2, region.boris)
    region.clock.advance(hours=1)
    second = await region.sends(2, region.olga)
    found = await region.core.reviews.queue(by=region.marina, now=region.clock())
    assert (found.total, found.place, found.before, found.after, found.alike) == (2, 1, None, second, 2)
    found = await region.core.reviews.queue(second, by=region.marina, now=region.clock())
    assert (found.place, found.before, found.after) == (2, first, None)
    assert found.card is not None
    assert (found.card.who, found.card.home, found.card.times, found.card.late) == ("Школа № 7", "Южский район", 1, 0)
    assert found.card.called(region.olga.person_id) == region.olga.name


async def test_after_a_decision_the_next_one_in_the_order_of_sending_is_shown(region: Region) -> None:
    ids = []
    for item, who in ((2, region.boris), (2, region.olga), (3, region.darya)):
        ids.append(await region.sends(item, who))
        region.clock.advance(hours=1)
    await region.accepts(ids[1], region.marina)
    found = await region.core.reviews.queue(ids[1], by=region.marina, now=region.clock())
    assert found.card is not None
    assert found.card.completion.id == ids[2]
    await region.accepts(ids[2], region.marina)
    found = await region.core.reviews.queue(ids[2], by=region.marina, now=region.clock())
    assert found.card is not None
    assert found.card.completion.id == ids[0]


@pytest.mark.parametrize("name", ["olga", "tatyana", "boris"])
async def test_schools_review_nothing(region: Region, look: Look, name: str) -> None:
    sent, by = await region.sends(1, region.olga), getattr(region, name)
    before = look.rows("SELECT * FROM completion")
    for answer in every_use(region, sent, by):
        assert await refusal(answer) == "access.refused"
    assert look.rows("SELECT * FROM completion") == before


async def test_nobody_else_learns_anything(region: Region) -> None:
    sent = await region.sends(1, region.olga)
    for answer in every_use(region, sent, STRANGER):
        assert await refusal(answer) == "access.refused"
    for by in (STRANGER, region.boris):
        assert await refusal(region.core.reviews.history(sent, by=by, now=region.clock())) == "access.refused"


def every_use(region: Region, completion_id: int, by: Member) -> list[Any]:
    reviews = region.core.reviews
    about: dict[str, Any] = {"by": by, "now": region.clock()}
    return [
        reviews.queue(**about),
        reviews.look(completion_id, **about),
        reviews.decided(**about),
        reviews.alike(1, **about),
        reviews.accept(completion_id, 1, **about),
        reviews.accept_many(1, 2**62, **about),
        reviews.may_give_back(completion_id, 1, **about),
        reviews.give_back(completion_id, 1, "Нет печати", **about),
        reviews.may_reopen(completion_id, **about),
        reviews.reopen(completion_id, "Нет печати", **about),
    ]


async def test_reviewers_of_another_municipality_school_and_organisation_see_and_decide_nothing(
    region: Region, look: Look
) -> None:
    far = await region.sends(4, region.boris)
    document = await region.sends(1, region.olga)
    for sent, by in ((far, region.mira), (far, region.kira), (document, region.mira), (far, region.darya)):
        assert await refusal(region.core.reviews.look(sent, by=by, now=region.clock())) == "access.refused"
        assert await refusal(region.accepts(sent, by)) == "access.refused"
        assert await refusal(region.returns(sent, by)) == "access.refused"
        assert await refusal(region.core.reviews.history(sent, by=by, now=region.clock())) == "access.refused"
    nothing = region.core.reviews.accept_many(4, 2**62, by=region.darya, now=region.clock())
    assert await refusal(nothing) == "review.nothing-left"
    assert look.rows(DECISIONS) == [("sent", None), ("sent", None)]


async def test_the_coordinator_may_help_where_it_is_the_departments_turn(region: Region, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    assert await region.waits_for(region.marina) == []
    card = await region.core.reviews.look(sent, by=region.marina, now=region.clock())
    assert (card.waits, card.looks, card.reopens) == (True, True, False)
    await region.accepts(sent, region.marina)
    assert look.rows(DECISIONS) == [("accepted", region.marina.person_id)]


async def test_nobody_decides_on_what_they_sent_themselves_while_somebody_else_can(region: Region, look: Look) -> None:
    pavel = await comes_in(region.core, PAVEL, region.clock())
    own = await sends(region.core, 3, Debtor(OwedBy.EXECUTORS), region.marina.person_id or 0, region.clock())
    assert await region.waits_for(region.marina) == []
    assert await region.waits_for(pavel) == [own]
    card = await region.core.reviews.look(own, by=region.marina, now=region.clock())
    assert not card.waits
    for answer in (region.accepts(own, region.marina), region.returns(own, region.marina)):
        assert await refusal(answer) == "review.own"
    await region.accepts(own, pavel)
    assert look.rows(DECISIONS) == [("accepted", pavel.person_id)]


async def test_the_only_coordinator_decides_on_their_own(region: Region, look: Look) -> None:
    own = await sends(region.core, 3, Debtor(OwedBy.EXECUTORS), region.marina.person_id or 0, region.clock())
    assert await region.waits_for(region.marina) == [own]
    await region.accepts(own, region.marina)
    assert look.rows(DECISIONS) == [("accepted", region.marina.person_id)]


async def test_where_nobody_of_the_department_can_act_it_is_the_coordinators_turn(region: Region) -> None:
    sent = await region.sends(1, region.olga)
    async with region.core.database.transaction() as tx:
        await registry_rows.end_duty(
            tx, region.darya.person_id or 0, Duty(Role.ORGANISER, organisation="department"), region.clock()
        )
    assert await region.waits_for(region.marina) == [sent]


# --- Accepting


async def test_accepted_is_accepted_with_who_and_when_and_pressed_twice_it_is_once(region: Region, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    await region.accepts(sent, region.darya)
    await region.accepts(sent, region.darya)
    found = await region.kept(sent)
    assert (found.state, found.decided_by, found.decided_at) == (
        CompletionState.ACCEPTED,
        region.darya.person_id,
        region.clock(),
    )
    assert [one.step for one in found.rounds] == [Step.SENT, Step.ACCEPTED]
    assert look.rows(DEEDS) == [(region.darya.person_id, "confirmation-accepted", '{"item": 1, "school": 1}')]
    assert await region.waits_for(region.darya) == []


async def test_the_second_of_two_reviewers_is_told_who_decided_and_changes_nothing(region: Region) -> None:
    sent = await region.sends(4, region.olga)
    await region.accepts(sent, region.mira)
    for answer in (region.accepts(sent, region.kira), region.returns(sent, region.kira)):
        assert await refusal(answer) == "review.decided"
    other = await region.sends(4, region.boris)
    await region.returns(other, region.marina)
    assert await refusal(region.accepts(other, region.marina)) == "review.decided"
    found = await region.kept(sent)
    assert (found.state, found.decided_by) == (CompletionState.ACCEPTED, region.mira.person_id)


async def test_a_decision_on_what_is_not_as_it_was_any_more_is_refused(region: Region) -> None:
    sent = await region.sends(1, region.olga)
    before = await region.kept(sent)
    await region.accepts(sent, region.darya)

    async def late() -> None:
        async with region.core.database.transaction() as tx:
            await decide(tx, Decision(before, Step.RETURNED, region.marina.person_id or 0, region.clock(), "Нет"))

    assert await refusal(late()) == "review.sent-anew"
    assert [one.step for one in (await region.kept(sent)).rounds] == [Step.SENT, Step.ACCEPTED]


async def test_what_was_sent_anew_since_it_was_looked_at_is_looked_at_again(region: Region) -> None:
    sent = await region.sends(1, region.olga)
    await region.withdraws(sent, region.olga)
    assert await refusal(region.accepts(sent, region.darya)) == "review.withdrawn"
    assert await region.waits_for(region.darya) == []
    await region.sends(1, region.olga, "Другой отчёт")
    for answer in (region.accepts(sent, region.darya), region.returns(sent, region.darya)):
        assert await refusal(answer) == "review.sent-anew"
    await region.accepts(sent, region.darya, seen=2)


async def test_accepted_after_the_deadline_it_is_late_by_its_first_sending(region: Region) -> None:
    region.clock.set("2022-03-20 23:59")
    in_time = await region.sends(1, region.olga)
    late = await region.sends(4, region.olga)
    region.clock.set("2022-03-21 00:00")
    later = await region.sends(1, region.boris)
    region.clock.set("2022-04-05 12:00")
    await region.returns(late, region.kira)
    await region.sends(4, region.olga)
    look_at, ids = region.core.reviews.look, (in_time, late, later)
    cards = [await look_at(one, by=region.marina, now=region.clock()) for one in ids]
    assert [(card.late, card.times) for card in cards] == [(0, 1), (0, 2), (1, 1)]
    for sent, by, seen in ((in_time, region.darya, 1), (late, region.mira, 2), (later, region.darya, 1)):
        await region.accepts(sent, by, seen)
    assert {(await region.kept(one)).state for one in ids} == {CompletionState.ACCEPTED}


async def test_what_executors_confirmed_closes_the_item_with_a_note_of_the_evidence(region: Region, look: Look) -> None:
    sent = await region.sends(3, region.darya, "15-О", kind=EvidenceKind.ORDER, day=region.clock().date())
    await sends_more(region, sent, EvidenceKind.LINK, text="https://iv-edu.ru/order")
    await sends_more(region, sent, EvidenceKind.FILE, name="Приказ.pdf")
    await region.accepts(sent, region.marina)
    closed = "SELECT closed_by, closing_note FROM item WHERE closed_at IS NOT NULL"
    note = "Приказ № 15-О от 09.03.2022; https://iv-edu.ru/order; файлов: 1"
    assert look.rows(closed) == [(region.marina.person_id, note)]
    assert look.rows("SELECT field, before, after, note FROM item_change") == [("state", "open", "closed", note)]
    assert [deed for _, deed, _ in look.rows(DEEDS)] == ["confirmation-accepted"]
    await region.core.reviews.reopen(sent, "Не тот приказ", by=region.marina, now=region.clock())
    assert look.rows(closed) == []
    assert look.rows("SELECT before, after, note FROM item_change ORDER BY id DESC LIMIT 1") == [
        ("closed", "open", "Не тот приказ")
    ]


async def sends_more(region: Region, completion_id: int, kind: EvidenceKind, **more: Any) -> None:
    async with region.core.database.transaction() as tx:
        await evidence_rows.add(
            tx, kind, region.darya.person_id or 0, region.clock(), completion_id=completion_id, **more
        )


async def test_what_schools_confirmed_leaves_the_item_open(region: Region, look: Look) -> None:
    for who in (region.olga, region.boris):
        await region.accepts(await region.sends(1, who), region.darya)
    assert look.rows("SELECT number FROM item WHERE closed_at IS NOT NULL") == []


# --- Returning


async def test_returned_with_a_comment_and_fixed_twice_every_round_is_kept(region: Region, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    for seen, comment in ((1, "Нет печати"), (2, "Нет <b>даты</b> & подписи")):
        await region.returns(sent, region.darya, comment, seen)
        found = await region.kept(sent)
        assert (found.state, found.is_open, found.comment) == (CompletionState.RETURNED, True, comment)
        region.clock.advance(days=1)
        await region.sends(1, region.olga, "Исправили")
    await region.accepts(sent, region.darya, seen=3)
    card = await region.core.reviews.history(sent, by=region.olga, now=region.clock())
    assert [(one.step, one.comment) for one in card.completion.rounds] == [
        (Step.SENT, ""),
        (Step.RETURNED, "Нет печати"),
        (Step.SENT, ""),
        (Step.RETURNED, "Нет <b>даты</b> & подписи"),
        (Step.SENT, ""),
        (Step.ACCEPTED, ""),
    ]
    assert card.looks is False
    assert [deed for _, deed, _ in look.rows(DEEDS)] == [
        "confirmation-returned",
        "confirmation-returned",
        "confirmation-accepted",
    ]
    assert all("печати" not in about for *_, about in look.rows(DEEDS))


@pytest.mark.parametrize(
    ("comment", "reason"),
    [("", "review.no-comment"), (" .. ", "review.no-comment"), ("<b>" * 1400, "review.long-comment")],
)
async def test_without_a_comment_that_says_something_nothing_is_returned(
    region: Region, look: Look, comment: str, reason: str
) -> None:
    sent = await region.sends(1, region.olga)
    assert await refusal(region.returns(sent, region.darya, comment)) == reason
    assert look.rows(DECISIONS) == [("sent", None)]
    assert look.rows(DEEDS) == []


async def test_unknown_ones_are_refused(region: Region) -> None:
    now, by = region.clock(), region.marina
    for answer in (region.accepts(404, by), region.returns(404, by), region.core.reviews.look(404, by=by, now=now)):
        assert await refusal(answer) == "review.gone"
    assert await refusal(region.core.reviews.alike(404, by=by, now=now)) == "roadmap.unknown-item"
    assert await refusal(region.core.reviews.history(404, by=region.olga, now=now)) == "access.refused"


async def test_a_draft_is_nobodys_but_its_authors(region: Region) -> None:
    async with region.core.database.transaction() as tx:
        draft = await completion_rows.begin(tx, 2, Debtor(OwedBy.SCHOOL, 1), region.clock())
    for answer in (
        region.core.reviews.look(draft.id, by=region.marina, now=region.clock()),
        region.accepts(draft.id, region.marina, seen=0),
    ):
        assert await refusal(answer) == "review.withdrawn"
    assert (await region.core.reviews.history(draft.id, by=region.olga, now=region.clock())).completion.rounds == ()


# --- Opening again


async def test_accepted_by_mistake_is_opened_again_by_the_coordinator_alone(region: Region, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    reopen = region.core.reviews.reopen
    assert await refusal(reopen(sent, "Не то", by=region.marina, now=region.clock())) == "review.not-accepted"
    await region.accepts(sent, region.darya)
    assert await refusal(reopen(sent, "Не то", by=region.darya, now=region.clock())) == "access.refused"
    assert await refusal(reopen(sent, "но", by=region.marina, now=region.clock())) == "review.no-comment"
    card = await reopen(sent, "Не тот файл", by=region.marina, now=region.clock())
    found = await region.kept(sent)
    assert (found.state, found.comment, found.decided_by, card.reopens) == (
        CompletionState.RETURNED,
        "Не тот файл",
        None,
        False,
    )
    assert look.rows(DEEDS)[-1] == (region.marina.person_id, "confirmation-reopened", '{"item": 1, "school": 1}')


async def test_decisions_are_looked_back_at_by_those_who_may_see_them(region: Region) -> None:
    first = await region.sends(4, region.olga)
    second = await region.sends(4, region.boris)
    await region.accepts(first, region.kira)
    region.clock.advance(minutes=5)
    await region.returns(second, region.marina)

    async def decided(by: Member) -> list[int]:
        return [one.completion.id for one in await region.core.reviews.decided(by=by, now=region.clock())]

    assert await decided(region.marina) == [second, first]
    assert await decided(region.mira) == await decided(region.kira) == [first]
    assert await decided(region.darya) == []


# --- What is obviously fine


async def test_surveys_of_several_schools_are_accepted_at_once(region: Region, look: Look) -> None:
    for who in (region.olga, region.boris):
        await region.sends(2, who, "")
    found = await region.core.reviews.alike(2, by=region.marina, now=region.clock())
    assert [one.who for one in found.cards] == ["Школа № 7", "Школа № 8"]
    count = await region.core.reviews.accept_many(2, found.until, by=region.marina, now=region.clock())
    assert (count, look.rows(DECISIONS)) == (2, [("accepted", 1), ("accepted", 1)])
    again = region.core.reviews.accept_many(2, found.until, by=region.marina, now=region.clock())
    assert await refusal(again) == "review.nothing-left"


async def test_what_came_returned_or_changed_after_the_list_was_shown_is_not_accepted_with_it(
    region: Region, look: Look
) -> None:
    ids = [await region.sends(1, who) for who in (region.olga, region.boris)]
    found = await region.core.reviews.alike(1, by=region.darya, now=region.clock())
    region.clock.advance(seconds=1)
    await region.withdraws(ids[0], region.olga)
    await region.sends(1, region.olga, "Ещё один отчёт")
    assert await region.core.reviews.accept_many(1, found.until, by=region.darya, now=region.clock()) == 1
    assert look.rows("SELECT state FROM completion ORDER BY id") == [("sent",), ("accepted",)]
    await region.returns(ids[0], region.darya, seen=2)
    await region.sends(1, region.olga, "Исправили")
    assert (await region.core.reviews.alike(1, by=region.darya, now=region.clock())).cards == ()


# --- What changes meanwhile


async def test_of_a_school_that_left_nothing_waits_and_nothing_is_decided(region: Region, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    other = await region.sends(4, region.olga)
    await region.core.registries.school_left(1, by=region.marina, now=region.clock())
    for who in (region.marina, region.darya, region.mira, region.kira):
        if who is not region.kira:
            assert await region.waits_for(who) == []
    assert await refusal(region.accepts(sent, region.darya)) == "review.not-owed"
    assert await refusal(region.accepts(sent, region.marina)) == "review.not-owed"
    assert await refusal(region.returns(other, region.mira)) == "access.refused"
    assert {state for state, _ in look.rows(DECISIONS)} == {"sent"}


async def test_to_whom_the_item_does_not_apply_any_more_nothing_is_decided(region: Region) -> None:
    sent = await region.sends(1, region.olga)
    async with region.core.database.transaction() as tx:
        await completion_rows.exempt(tx, 1, Debtor(OwedBy.SCHOOL, 1), "Не нужно", 1, region.clock())
    assert await region.waits_for(region.darya) == []
    assert await refusal(region.accepts(sent, region.darya)) == "review.not-owed"


async def test_a_reviewer_who_lost_the_role_meanwhile_is_refused(region: Region, look: Look) -> None:
    sent = await region.sends(4, region.olga)
    await region.waits_for(region.kira)
    async with region.core.database.transaction() as tx:
        await registry_rows.end_duty(tx, region.kira.person_id or 0, Duty(Role.CURATOR, 1), region.clock())
    kira = await region.again(KIRA)
    assert await refusal(region.accepts(sent, kira)) == "access.refused"
    assert look.rows(DECISIONS) == [("sent", None)]
    assert await region.waits_for(region.mira) == [sent]


async def test_whoever_stands_in_reviews_instead(region: Region, look: Look) -> None:
    sent = await region.sends(1, region.olga)
    today = region.clock().date()
    darya, mira = region.darya.person_id or 0, region.mira.person_id or 0
    async with region.core.database.transaction() as tx:
        await leave_rows.add(tx, darya, mira, Period(today, today + timedelta(days=5)), region.clock())
    mira_now = await region.again(MIRA)
    assert await region.waits_for(mira_now) == [sent]
    assert await region.waits_for(await region.again(DARYA)) == [sent]  # nobody on leave is locked out
    await region.accepts(sent, mira_now)
    assert look.rows(DECISIONS) == [("accepted", mira)]


async def test_a_coordinator_whose_own_phone_blocked_the_bot_still_decides(region: Region) -> None:
    sent = await region.sends(2, region.olga)
    await region.core.people.blocked(MARINA.account, now=region.clock())
    assert await region.waits_for(region.marina) == [sent]
