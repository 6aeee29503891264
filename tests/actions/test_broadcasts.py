"""Announcements at work: who gets them and when, what is cut short, corrected, deleted, repeated and acknowledged."""

from dataclasses import replace

import pytest

from actions.broadcast_keeping import CircleChange
from domain.broadcast import Timing
from domain.broadcast_circle import (
    by_audience,
    in_places,
    named,
    who_has_not_answered,
    who_has_not_done,
    with_group,
    with_people,
)
from domain.broadcast_delivery import Removal, Why
from domain.evidence import SentFile
from domain.outbox import Failure, FailureKind, OutFile, Outgoing, Refused
from domain.people import Duty, Member, Role
from domain.survey_change import with_municipality, with_person, with_role, with_school
from storage import registry as registry_rows
from tests.actions.announcing import BLOCKED, Press, a_press, everybody
from tests.actions.completing import Handing
from tests.actions.keeping import running
from tests.actions.office import Office
from tests.actions.reviewed import BORIS, KIRA, MIRA, TATYANA, refusal
from tests.domain.files import PDF, PROGRAM
from tests.people import (
    OLGA,
    PAVEL,
    PROJECT_CHAT,
    STRANGER,
    Look,
    Somebody,
    bound,
    comes_in,
    enrolled,
    registered,
)

NINA = Somebody("Нина Новая", replace(OLGA.account, account_id=500_000_077))


@pytest.fixture
async def desk(office: Office, marina: Member) -> Press:
    return await a_press(office, marina)


# --- Whom it goes to


async def test_every_kind_of_audience_reaches_exactly_those_whom_it_names(desk: Press) -> None:
    core, region = desk.region.core, desk.region
    people = [BORIS.name, KIRA.name, MIRA.name, OLGA.name, TATYANA.name]
    assert await desk.reached(lambda circle, _: circle) == []
    assert await desk.reached(everybody) == people
    role: CircleChange = lambda circle, _: by_audience(circle, with_role(circle.audience, Role.ORGANISER, on=True))  # noqa: E731
    assert await desk.reached(role) == [region.darya.name]
    home: CircleChange = lambda circle, card: in_places(  # noqa: E731
        circle, with_municipality(circle.audience, card.registry, 1, on=True)
    )
    assert await desk.reached(home) == [KIRA.name, MIRA.name, OLGA.name, TATYANA.name]
    school: CircleChange = lambda circle, card: in_places(  # noqa: E731
        circle, with_school(circle.audience, card.registry, 2, on=True)
    )
    assert await desk.reached(school) == [BORIS.name]
    names: CircleChange = lambda circle, card: with_people(  # noqa: E731
        circle, named("Ольга Лебедева\nКира Кураторова", card.registry).found
    )
    assert await desk.reached(names) == [KIRA.name, OLGA.name]
    await desk.region.sends(1, region.olga)
    undone: CircleChange = lambda circle, _: who_has_not_done(circle, 1)  # noqa: E731
    assert BORIS.name in await desk.reached(undone)
    survey = await running(region)
    unanswered: CircleChange = lambda circle, _: who_has_not_answered(circle, survey)  # noqa: E731
    assert await desk.reached(unanswered) == people
    group = await bound(core, desk.by, region.clock())
    assert await desk.reached(
        lambda circle, card: with_group(circle, group.id, {one.id for one in card.groups}, on=True)
    ) == ["Группа «500+»"]


async def test_items_and_surveys_to_choose_from_say_how_many_are_left(desk: Press) -> None:
    one, core, now = await desk.drafts(), desk.region.core, desk.region.clock()
    survey = await running(desk.region)
    _, items = await core.broadcast_choices.items(one, by=desk.by, now=now)
    assert {each.kept.item.number: each.count for each in items}[1] == 3
    _, surveys = await core.broadcast_choices.surveys(one, by=desk.by, now=now)
    assert [(each.survey.id, each.count) for each in surveys] == [(survey, 5)]


async def test_an_item_that_closes_meanwhile_leaves_a_card_that_can_be_changed(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    survey = await running(desk.region)
    one = await desk.drafts(change=lambda circle, _: who_has_not_answered(circle, survey))
    await core.survey_keeping.cancel(survey, by=desk.by, now=now)
    card = await desk.card(one)
    assert (card.reached, card.lost) == ([], "survey.not-running")
    assert await refusal(core.broadcast_keeping.preview(one, by=desk.by, now=now)) == "survey.not-running"
    assert (await core.broadcast_keeping.ask(one, everybody, by=desk.by, now=now)).lost == ""


async def test_forged_items_surveys_and_groups_are_refused(desk: Press) -> None:
    one, core, now = await desk.drafts(), desk.region.core, desk.region.clock()
    for change, reason in (
        (lambda circle, _: who_has_not_done(circle, 999), "broadcast.no-item"),
        (lambda circle, _: who_has_not_answered(circle, 999), "survey.not-running"),
        (
            lambda circle, card: with_group(circle, 9, {each.id for each in card.groups}, on=True),
            "broadcast_audience.gone",
        ),
    ):
        assert await refusal(core.broadcast_keeping.ask(one, change, by=desk.by, now=now)) == reason
    assert len((await desk.card(one)).reached) == 5


async def test_a_municipal_coordinator_reaches_their_municipality_and_no_further(desk: Press) -> None:
    core, mira, now = desk.region.core, desk.region.mira, desk.region.clock()
    await bound(core, desk.by, now)
    assert await desk.reached(everybody, by=mira) == [KIRA.name, MIRA.name, OLGA.name, TATYANA.name]
    one = await desk.drafts(by=mira)
    boris = desk.region.boris.person_id or 0
    forged: list[CircleChange] = [
        lambda circle, card: in_places(circle, with_municipality(circle.audience, card.registry, 2, on=True)),
        lambda circle, card: in_places(circle, with_school(circle.audience, card.registry, 2, on=True)),
        lambda circle, card: by_audience(circle, with_person(circle.audience, card.registry, boris, on=True)),
        lambda circle, card: with_group(circle, 1, {each.id for each in card.groups}, on=True),
    ]
    for change in forged:
        reason = await refusal(core.broadcast_keeping.ask(one, change, by=mira, now=now))
        assert reason in ("survey_audience.gone", "broadcast_audience.gone")
    sly: CircleChange = lambda circle, _: replace(circle, groups=frozenset({1}))  # noqa: E731
    card = await core.broadcast_keeping.ask(one, sly, by=mira, now=now)
    assert [each.name for each in card.reached] == [KIRA.name, MIRA.name, OLGA.name, TATYANA.name]
    assert BORIS.name not in [each.name for each in card.registry.people]


async def test_organisers_reach_everybody_but_no_groups(desk: Press) -> None:
    core, darya, now = desk.region.core, desk.region.darya, desk.region.clock()
    await bound(core, desk.by, now)
    one = await desk.drafts(by=darya)
    card = await core.broadcast_keeping.ask(
        one, lambda circle, _: replace(circle, groups=frozenset({1})), by=darya, now=now
    )
    assert (len(card.reached), card.groups) == (5, ())
    assert await refusal(core.broadcast_keeping.groups(one, by=darya, now=now)) == "access.refused"


# --- What goes, and when


async def test_each_gets_it_with_their_own_name_and_school(desk: Press) -> None:
    teams: CircleChange = lambda circle, _: by_audience(circle, with_role(circle.audience, Role.SCHOOL, on=True))  # noqa: E731
    one = await desk.drafts("{{ имя }}, <b>{{ школа }}</b>", teams)
    await desk.launches(one)
    assert sorted(text for _, text in await desk.delivered()) == [
        f"{BORIS.name}, <b>Школа № 8</b>",
        f"{OLGA.name}, <b>Школа № 7</b>",
        f"{TATYANA.name}, <b>Школа № 7</b>",
    ]


async def test_the_list_that_was_seen_is_what_it_goes_to_and_changes_are_said(desk: Press) -> None:
    core, region, now = desk.region.core, desk.region, desk.region.clock()
    one = await desk.drafts()
    await core.broadcast_keeping.preview(one, by=desk.by, now=now)
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, region.boris.person_id or 0, now)
        await registry_rows.end_duties(tx, region.kira.person_id or 0, now)
    await enrolled(core, NINA, Duty(Role.SCHOOL, 1), now=now)
    launched = await core.broadcast_launch.launch(one, by=desk.by, now=now)
    assert (launched.count, launched.left, launched.came) == (4, 1, 1)
    sent = {chat for chat, _ in await desk.delivered()}
    assert KIRA.account.account_id in sent  # was in the list that was seen
    assert NINA.account.account_id not in sent
    assert (await desk.outcomes(one))[f"участник № {region.boris.person_id}"] == Why.GONE


async def test_whoever_reaches_less_than_when_they_looked_looks_again(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    group = await bound(core, desk.by, clock())
    await enrolled(core, NINA, Duty(Role.SCHOOL, 2), now=clock())
    one = await desk.drafts()
    await core.broadcast_keeping.preview(one, by=desk.by, now=clock())
    as_municipal = replace(desk.by, duties=frozenset({Duty(Role.MUNICIPAL, municipality_id=1)}))
    assert await refusal(core.broadcast_launch.launch(one, by=as_municipal, now=clock())) == "broadcast.look-first"
    told: CircleChange = lambda circle, card: with_group(circle, group.id, {each.id for each in card.groups}, on=True)  # noqa: E731
    in_group = await desk.drafts(change=told)
    await core.broadcast_keeping.preview(in_group, by=desk.by, now=clock())
    as_organiser = replace(desk.by, duties=frozenset({Duty(Role.ORGANISER, organisation="department")}))
    refused = await refusal(core.broadcast_launch.launch(in_group, by=as_organiser, now=clock()))
    assert refused == "broadcast.look-first"
    await core.broadcast_keeping.preview(one, by=as_municipal, now=clock())
    assert (await core.broadcast_launch.launch(one, by=as_municipal, now=clock())).count == 4


async def test_what_was_changed_after_looking_is_looked_at_again(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts()
    assert await refusal(core.broadcast_launch.launch(one, by=desk.by, now=now)) == "broadcast.look-first"
    await core.broadcast_keeping.preview(one, by=desk.by, now=now)
    await core.broadcast_keeping.write(one, "Другое", by=desk.by, now=now)
    assert await refusal(core.broadcast_launch.launch(one, by=desk.by, now=now)) == "broadcast.look-first"


async def test_launched_twice_it_goes_once(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts()
    await desk.launches(one)
    again = await core.broadcast_launch.launch(one, by=desk.by, now=now)
    assert again.count == 5
    assert len(await desk.delivered()) == 5
    assert (
        await refusal(core.broadcast_keeping.write(one, "Поздно", by=desk.by, now=now)) == "broadcast.launched-already"
    )


async def test_nothing_goes_at_night(desk: Press) -> None:
    desk.region.clock.set("2022-03-09 23:00")
    one = await desk.drafts()
    await desk.launches(one)
    assert await desk.delivered() == []
    desk.region.clock.set("2022-03-10 07:59")
    assert await desk.delivered() == []
    desk.region.clock.set("2022-03-10 08:01")
    assert len(await desk.delivered()) == 5


async def test_working_hours_wait_for_monday_and_a_time_of_its_own_comes(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    clock.set("2022-03-12 12:00")
    working, timed = await desk.drafts("В понедельник"), await desk.drafts("В субботу вечером")
    await core.broadcast_keeping.time(working, Timing.HOURS, by=desk.by, now=clock())
    at = clock.now.replace(hour=14)
    await core.broadcast_keeping.time(timed, Timing.AT, at, by=desk.by, now=clock())
    past = core.broadcast_keeping.time(timed, Timing.AT, clock.now.replace(hour=1), by=desk.by, now=clock())
    assert await refusal(past) == "broadcast.past-time"
    for one in (working, timed):
        await desk.launches(one)
    assert await core.outlook.moments(clock(), clock.now.replace(hour=15)) == [at]
    clock.now = at.replace(minute=1)
    assert {text for _, text in await desk.delivered()} == {"В субботу вечером"}
    clock.set("2022-03-14 09:01")
    assert {text for _, text in await desk.delivered()} == {"В понедельник"}


async def test_a_time_that_passed_while_it_was_a_draft_is_refused_at_the_launch(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    await core.broadcast_keeping.time(one, Timing.AT, clock.now.replace(hour=10), by=desk.by, now=clock())
    clock.advance(hours=3)
    assert (await desk.card(one)).start is None
    assert await refusal(core.broadcast_keeping.preview(one, by=desk.by, now=clock())) == "broadcast.past-time"


async def test_files_go_along_once_each_and_wrong_ones_are_refused(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    one = await desk.drafts()
    source = Handing({"a": PDF, "b": PROGRAM})
    sent = SentFile("telegram", "a", "1:1", "Приказ.pdf", 100)
    for _ in range(2):
        await core.broadcast_keeping.attach(one, sent, source, by=desk.by, now=now)
    program = replace(sent, remote_id="b", source="1:2", name="вирус.exe")
    assert await refusal(core.broadcast_keeping.attach(one, program, source, by=desk.by, now=now)) == "evidence.program"
    big = replace(sent, source="1:3", size=60 * 1024 * 1024)
    assert await refusal(core.broadcast_keeping.attach(one, big, source, by=desk.by, now=now)) == "evidence.big-file"
    for number in range(4, 13):
        await core.broadcast_keeping.attach(one, replace(sent, source=f"1:{number}"), source, by=desk.by, now=now)
    many = replace(sent, source="1:13")
    assert await refusal(core.broadcast_keeping.attach(one, many, source, by=desk.by, now=now)) == "form.too-many-files"
    await desk.launches(one)
    await desk.delivered()
    assert desk.channel.sent[-1].files == (OutFile("a", "Приказ.pdf"),) * 10


async def test_nobody_and_nothing_are_refused(desk: Press) -> None:
    core, now = desk.region.core, desk.region.clock()
    empty = await core.broadcast_keeping.make(by=desk.by, now=now)
    assert await refusal(core.broadcast_keeping.preview(empty, by=desk.by, now=now)) == "broadcast.no-text"
    nobody = await desk.drafts(change=lambda circle, _: circle)
    assert await refusal(core.broadcast_keeping.preview(nobody, by=desk.by, now=now)) == "broadcast.nobody"
    assert await refusal(core.broadcast_keeping.write(nobody, "я" * 3501, by=desk.by, now=now)) == "broadcast.long-text"


async def test_the_report_has_a_reason_for_everybody_who_did_not_get_it(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    await registered(core, "Анна Невошедшая", Duty(Role.SCHOOL, 2), now=clock())
    one = await desk.drafts()
    desk.channel.will(BORIS.account.account_id, BLOCKED)
    desk.channel.will(KIRA.account.account_id, Failure(FailureKind.OURS, "?"))
    await desk.launches(one)
    await desk.delivered()
    assert await desk.outcomes(one) == {
        "Анна Невошедшая": Why.NOT_COME,
        BORIS.name: Why.BLOCKED,
        KIRA.name: Why.FAULT,
        MIRA.name: "ok",
        OLGA.name: "ok",
        TATYANA.name: "ok",
    }
    file = await core.broadcast_reports.phone_list(one, by=desk.by, now=clock())
    assert file.count == 3


# --- Afterwards


async def test_what_has_not_gone_is_cancelled_and_what_has_stays(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    desk.channel.will(OLGA.account.account_id, Failure(FailureKind.LATER))
    await desk.launches(one)
    await desk.delivered()
    card, count = await core.broadcast_launch.cancel(one, by=desk.by, now=clock())
    assert (count, card.tally.arrived, card.tally.failed) == (1, 4, 1)
    assert await desk.later(minutes=10) == []
    assert (await desk.outcomes(one))[OLGA.name] == Why.WITHDRAWN
    _, again = await core.broadcast_launch.cancel(one, by=desk.by, now=clock())
    assert again == 0
    _, count = await core.broadcast_launch.resend(one, by=desk.by, now=clock())
    assert (count, await desk.later(seconds=1)) == (1, [(OLGA.account.account_id, "Завтра совещание")])


async def test_a_correction_edits_what_arrived_and_changes_what_is_to_go(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts("Совещание в 15")
    desk.channel.will(OLGA.account.account_id, Failure(FailureKind.LATER))
    await desk.launches(one)
    await desk.delivered()
    _, count = await core.broadcast_launch.correct(one, "{{ имя }}, в 16", by=desk.by, now=clock())
    assert count == 5
    before = len(desk.channel.sent)
    await desk.later(minutes=1)
    after = desk.channel.sent[before:]
    assert {(message.text, bool(message.edits)) for message in after} == {
        (f"{OLGA.name}, в 16", False),
        *((f"{who.name}, в 16", True) for who in (BORIS, KIRA, MIRA, TATYANA)),
    }
    assert set((await desk.outcomes(one)).values()) == {"ok"}


async def test_it_is_deleted_with_its_reminders_where_it_arrived(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    await core.broadcast_keeping.switch(one, ack=True, by=desk.by, now=clock())
    await desk.launches(one)
    await desk.delivered()
    await core.broadcast_launch.nudge(one, by=desk.by, now=clock())
    await desk.later(seconds=5)
    card, count = await core.broadcast_launch.remove(one, by=desk.by, now=clock())
    assert (count, card.one.removed_at) == (5, clock())
    before = len(desk.channel.sent)
    await desk.later(seconds=5)
    assert sorted(len(message.removes) for message in desk.channel.sent[before:]) == [2] * 5
    for action in (core.broadcast_launch.remove, core.broadcast_launch.nudge, core.broadcast_launch.resend):
        assert await refusal(action(one, by=desk.by, now=clock())) == "broadcast.removed-already"


async def test_what_the_messenger_does_not_delete_is_told_by_name(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    await desk.launches(one)
    await desk.delivered()
    desk.channel.will(KIRA.account.account_id, Failure(FailureKind.OURS, Refused.NOT_REMOVED))
    card, _ = await core.broadcast_launch.remove(one, by=desk.by, now=clock())
    assert card.removal == Removal(going=5)
    await desk.later(seconds=5)
    assert (await desk.card(one)).removal == Removal(stayed=1)
    page = await core.broadcast_reports.report(one, by=desk.by, now=clock())
    assert [each.addressee.name for each in page.found if each.has_stayed] == [KIRA.name]


async def test_once_more_is_offered_only_where_somebody_could_get_it(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    await registered(core, "Анна Невошедшая", Duty(Role.SCHOOL, 2), now=clock())
    one = await desk.drafts()
    for who, failed in ((BORIS, BLOCKED), (KIRA, Failure(FailureKind.OURS, "?"))):
        desk.channel.will(who.account.account_id, failed)
    await desk.launches(one)
    await desk.delivered()
    card = await desk.card(one)
    assert (card.tally.failed, card.missed) == (3, 1)
    assert (await core.broadcast_launch.resend(one, by=desk.by, now=clock()))[1] == 1
    assert await refusal(core.broadcast_launch.resend(one, by=desk.by, now=clock())) == "broadcast.nobody-left"
    assert await refusal(core.broadcast_launch.nudge(one, by=desk.by, now=clock())) == "broadcast.asks-no-ack"


async def test_only_those_who_have_not_acknowledged_are_reminded_and_it_stays_delivered(desk: Press) -> None:
    core, region, clock = desk.region.core, desk.region, desk.region.clock
    one = await desk.drafts()
    await core.broadcast_keeping.switch(one, ack=True, by=desk.by, now=clock())
    await desk.launches(one)
    await desk.delivered()
    assert desk.channel.sent[-1].buttons[0][0].data == f"bcack:{one}"
    for said in (True, False):
        assert await core.broadcast_acks.acknowledge(one, by=region.olga, now=clock()) is said
    _, count = await core.broadcast_launch.nudge(one, by=desk.by, now=clock())
    assert count == 4
    assert await refusal(core.broadcast_launch.nudge(one, by=desk.by, now=clock())) == "broadcast.nobody-left"
    await core.broadcast_acks.acknowledge(one, by=region.kira, now=clock())  # before the reminder has gone
    desk.channel.will(BORIS.account.account_id, BLOCKED)
    reminded = {chat for chat, _ in await desk.later(seconds=5)}
    assert reminded - {desk.by.account.account_id} == {MIRA.account.account_id, TATYANA.account.account_id}
    assert set((await desk.outcomes(one)).values()) == {"ok"}
    assert (await desk.card(one)).tally.acked == 2
    page = await core.broadcast_reports.acks(one, by=desk.by, now=clock())
    assert [each.addressee.name for each in page.found][-2:] == [KIRA.name, OLGA.name]


async def test_whoever_it_did_not_go_to_cannot_acknowledge(desk: Press) -> None:
    core, region, clock = desk.region.core, desk.region, desk.region.clock
    one = await desk.drafts()
    await core.broadcast_keeping.preview(one, by=desk.by, now=clock())
    for who in (region.olga, region.darya):  # a draft goes to nobody
        assert await refusal(core.broadcast_acks.acknowledge(one, by=who, now=clock())) == "broadcast.not-yours"
    assert await refusal(core.broadcast_acks.acknowledge(one, by=STRANGER, now=clock())) == "access.refused"


async def test_another_coordinator_stops_what_its_author_cannot(desk: Press, look: Look) -> None:
    core, clock, darya = desk.region.core, desk.region.clock, desk.region.darya
    one = await desk.drafts(by=darya)
    assert await refusal(core.broadcast_launch.may_cancel(one, by=darya, now=clock())) == "broadcast.not-launched"
    assert await refusal(core.broadcast_launch.cancel(one, by=desk.by, now=clock())) == "broadcast.gone"
    await core.broadcast_keeping.time(one, Timing.AT, clock.now.replace(hour=15), by=darya, now=clock())
    await desk.launches(one, by=darya)
    for action in (core.broadcast_launch.may_cancel, core.broadcast_launch.cancel):
        assert await refusal(action(one, by=desk.region.mira, now=clock())) == "broadcast.gone"
    assert (await core.broadcast_launch.may_cancel(one, by=desk.by, now=clock())).tally.on_the_way == 5
    card, count = await core.broadcast_launch.cancel(one, by=desk.by, now=clock())
    assert (card.is_own, card.tally.on_the_way, count) == (False, 0, 5)
    told = look.rows("SELECT person_id FROM audit WHERE deed = 'broadcast-cancelled'")
    assert told == [(desk.by.person_id,)]
    assert await desk.later(hours=12) == []


async def test_another_coordinator_sees_and_repeats_but_does_not_change_it(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    pavel = await comes_in(core, PAVEL, clock())
    one, draft = await desk.drafts(), await desk.drafts("Черновик")
    await desk.launches(one)
    assert [each.one.id for each in await core.broadcast_keeping.all(by=pavel)] == [one]
    card = await core.broadcast_keeping.card(one, by=pavel, now=clock())
    assert (card.is_own, card.author) == (False, desk.by.name)
    for action in (core.broadcast_launch.remove, core.broadcast_launch.resend, core.broadcast_launch.nudge):
        assert await refusal(action(one, by=pavel, now=clock())) == "broadcast.gone"
    assert await refusal(core.broadcast_keeping.card(draft, by=pavel, now=clock())) == "broadcast.gone"
    copied = await core.broadcast_keeping.copy(one, by=pavel, now=clock())
    mine = await core.broadcast_keeping.card(copied, by=pavel, now=clock())
    assert (mine.one.text, len(mine.reached), mine.one.launched_at) == ("Завтра совещание", 5, None)
    assert await core.broadcast_keeping.all(by=desk.region.mira) == []


# --- While it runs


async def test_the_authors_message_follows_it_and_the_end_is_told_once(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    await desk.launches(one)
    await core.broadcast_launch.watch(one, "77", by=desk.by)
    assert await desk.course.run(clock()) == 0
    assert await desk.course.run(clock()) == 0
    shown = [message for message in desk.channel.sent if message.edits]
    assert [message.edits for message in shown] == ["77"]
    assert "Доставлено 0 из 5" in shown[0].text
    await desk.delivered()
    assert [await desk.course.run(clock()) for _ in range(2)] == [1, 0]
    assert (desk.by.account.account_id, "✅ <b>Объявление № 1</b>: доставлено 5 из 5.") in await desk.delivered()


async def test_the_authors_message_says_that_it_was_cancelled(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    await core.broadcast_keeping.time(one, Timing.AT, clock.now.replace(hour=15), by=desk.by, now=clock())
    await desk.launches(one)
    await core.broadcast_launch.watch(one, "77", by=desk.by)
    await core.broadcast_launch.cancel(one, by=desk.by, now=clock())
    assert await desk.course.run(clock()) == 1
    shown = [message.text for message in desk.channel.sent if message.edits == "77"]
    assert shown == ["<b>Объявление № 1</b>\nОтменено. Доставлено 0 из 5."]
    assert [text for _, text in await desk.delivered()] == ["<b>Объявление № 1</b>: отменено, доставлено 0 из 5."]


async def test_what_is_sent_once_more_while_its_end_is_shown_has_not_ended(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    one = await desk.drafts()
    desk.channel.will(KIRA.account.account_id, Failure(FailureKind.OURS, "?"))
    await desk.launches(one)
    await core.broadcast_launch.watch(one, "77", by=desk.by)
    await desk.delivered()

    async def meanwhile(_: Outgoing) -> None:
        await core.broadcast_launch.resend(one, by=desk.by, now=clock())

    desk.channel.will(desk.by.account.account_id, meanwhile)
    assert await desk.course.run(clock()) == 0
    await desk.delivered()
    assert await desk.course.run(clock()) == 1
    assert "доставлено 5 из 5" in (await desk.delivered())[0][1]


async def test_a_group_gets_it_without_a_button(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    group = await bound(core, desk.by, clock())
    await desk.delivered()
    one = await desk.drafts(
        change=lambda circle, card: with_group(circle, group.id, {each.id for each in card.groups}, on=True)
    )
    await core.broadcast_keeping.switch(one, ack=True, by=desk.by, now=clock())
    await desk.launches(one)
    assert await desk.delivered() == [(PROJECT_CHAT, "Завтра совещание")]
    assert desk.channel.sent[-1].buttons == ()


async def test_a_group_that_becomes_a_supergroup_stays_in_the_report(desk: Press) -> None:
    core, clock = desk.region.core, desk.region.clock
    group = await bound(core, desk.by, clock())
    one = await desk.drafts(
        change=lambda circle, card: with_group(circle, group.id, {each.id for each in card.groups}, on=True)
    )
    await desk.launches(one)
    await desk.delivered()
    upgraded = await bound(core, desk.by, clock(), chat_id=-1_009_000_000_001)  # bound before the news came
    both = await desk.drafts(change=lambda circle, _: replace(circle, groups=frozenset({group.id, upgraded.id})))
    await core.groups.bind(group.id, "ВУ", by=desk.by, now=clock())
    await desk.launches(both)
    await core.groups.migrated("telegram", PROJECT_CHAT, -1_009_000_000_001)
    assert [(await desk.card(each)).tally.of for each in (one, both)] == [1, 1]
    assert await desk.outcomes(one) == {"Группа «500+»": "ok"}
