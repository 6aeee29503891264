"""Reports of visits reviewed: by whom, of what was seen, once; what of them reaches the school and МЭДК."""

from datetime import date
from typing import Any

import pytest

from actions.form_sheet import Ref
from actions.outbox import Outbox
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy, ReviewedBy
from domain.visit import ReportState
from reports.medk import medk_text
from storage import registry as registry_rows
from tests.actions.reviewed import DARYA
from tests.actions.visited import ANNA, NATALYA, SVETLANA, Fieldwork, fieldwork
from tests.people import PAVEL, STRANGER, Look, RecordingChannel, SettableClock, a_roadmap, an_item, comes_in, enrolled

VISIT_DAY = date(2022, 3, 14)
REACHED = "SELECT (SELECT count(*) FROM remark), (SELECT count(*) FROM agreed_action)"


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    clock.set("2022-03-01 12:00")
    return await fieldwork(core, clock, marina)


@pytest.fixture
async def visit(field: Fieldwork, clock: SettableClock) -> int:
    """A visit of which Natalya has sent a report; it is the afternoon of that day."""
    visit_id = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    await field.reported(visit_id)
    return visit_id


async def edits(field: Fieldwork, visit: int) -> None:
    """The report was sent and is another now."""
    await field.core.forms.ask(Ref("visit", visit), "docs", by=field.natalya, now=field.clock())
    await field.core.forms.press(Ref("visit", visit), f"r{field.risks[0]}", "4", by=field.natalya, now=field.clock())


async def refused(core: Core, visit: int, by: Member, clock: SettableClock, seen: int = 1) -> set[str]:
    """Why neither can be accepted nor returned."""
    reviews, why = core.visit_reviews, set()
    for decision in (
        reviews.accept(visit, seen, by=by, now=clock()),
        reviews.may_give_back(visit, seen, by=by, now=clock()),
        reviews.give_back(visit, seen, "Допишите", by=by, now=clock()),
    ):
        with pytest.raises(Refusal) as found:
            await decision
        why.add(found.value.reason)
    return why


async def test_what_was_changed_since_is_looked_at_again(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    await edits(field, visit)
    assert await refused(core, visit, field.coordinator, clock) == {"visit.report-changed"}
    assert look.rows(REACHED) == [(0, 0)]
    view = await core.visit_reviews.accept(visit, 2, by=field.coordinator, now=clock())
    assert (view.report.state, view.rows[2].value) == (ReportState.ACCEPTED, "4")


async def test_accepted_by_two_at_once_it_reaches_the_school_once(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    for who in (field.coordinator, pavel, field.coordinator):
        view = await core.visit_reviews.accept(visit, 1, by=who, now=clock())
        assert view.decider == "Марина Королёва"
    assert look.rows(REACHED) == [(3, 1)]
    assert len(look.outbox("key LIKE 'visit-part:%'")) == 1
    assert len(look.outbox("key LIKE 'visits-report-accepted:%'")) == 1
    assert look.rows("SELECT count(*) FROM visit_step WHERE step = 'report-accepted'") == [(1,)]
    with pytest.raises(Refusal, match=r"visit_review\.accepted-already"):
        await core.visit_reviews.give_back(visit, 1, "Допишите", by=pavel, now=clock())


async def test_returned_by_one_it_is_not_accepted_by_the_other(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    await core.visit_reviews.give_back(visit, 1, "Кого видели?", by=field.coordinator, now=clock())
    with pytest.raises(Refusal, match=r"visit_review\.returned-already"):
        await core.visit_reviews.accept(visit, 1, by=pavel, now=clock())
    view = await core.visit_reviews.give_back(visit, 1, "А фото?", by=pavel, now=clock())
    assert (view.report.comment, view.decider) == ("Кого видели?", "Марина Королёва")
    assert len(look.outbox("key LIKE 'visits-report-returned:%'")) == 1
    assert await core.visit_reviews.queue(by=pavel, now=clock()) == []


async def test_nothing_is_returned_without_a_word(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    for comment, why in (("  ", "review.no-comment"), ("я" * 1001, "review.long-comment")):
        with pytest.raises(Refusal, match=why):
            await core.visit_reviews.give_back(visit, 1, comment, by=field.coordinator, now=clock())


async def test_nobody_reviews_their_own_report_while_there_is_somebody_else(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    visit = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    async with core.database.transaction() as tx:
        assert field.coordinator.person_id is not None
        duty = Duty(Role.CURATOR, school_id=field.schools[0])
        await registry_rows.give_duty(tx, field.coordinator.person_id, duty, clock())
    marina = await core.people.member(field.coordinator.account, now=clock())
    await field.reported(visit, by=marina)
    pavel = await comes_in(core, PAVEL, clock())
    assert await refused(core, visit, marina, clock) == {"visit.own-report"}
    await core.visit_reviews.give_back(visit, 1, "Допишите", by=pavel, now=clock())


async def test_the_only_reviewer_there_is_reviews_their_own(field: Fieldwork, core: Core, clock: SettableClock) -> None:
    visit = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    async with core.database.transaction() as tx:
        assert field.coordinator.person_id is not None
        duty = Duty(Role.CURATOR, school_id=field.schools[0])
        await registry_rows.give_duty(tx, field.coordinator.person_id, duty, clock())
    marina = await core.people.member(field.coordinator.account, now=clock())
    await field.reported(visit, by=marina)
    view = await core.visit_reviews.accept(visit, 1, by=marina, now=clock())
    assert view.report.state is ReportState.ACCEPTED


@pytest.mark.parametrize(("reviewed_by", "may"), [(ReviewedBy.ORGANISER, True), (ReviewedBy.COORDINATOR, False)])
async def test_organiser_reviews_where_the_data_names_them(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, reviewed_by: ReviewedBy, may: bool
) -> None:
    more: dict[str, Any] = {"owed_by": OwedBy.CURATOR, "reviewed_by": (reviewed_by,), "executors": ("department",)}
    await core.roadmaps.load(a_roadmap(an_item(13, "до 25 марта", kind=ItemKind.MONITORING, **more)), now=clock())
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "department", "Департамент")
    darya = await enrolled(core, DARYA, Duty(Role.ORGANISER, organisation="department"), now=clock())
    if not may:
        assert await refused(core, visit, darya, clock) == {"access.refused"}
        with pytest.raises(Refusal, match=r"access\.refused"):
            await core.visit_reviews.queue(by=darya, now=clock())
        assert not (await core.visit_reports.read(visit, by=darya, now=clock())).reviews
        return
    assert [one.id for one in await core.visit_reviews.queue(by=darya, now=clock())] == [visit]
    view = await core.visit_reviews.accept(visit, 1, by=darya, now=clock())
    assert view.decider == DARYA.name


async def test_nobody_else_reviews(field: Fieldwork, core: Core, clock: SettableClock, visit: int) -> None:
    for who in (STRANGER, field.natalya, field.anna):
        assert await refused(core, visit, who, clock) == {"access.refused"}
        for use in (core.visit_reviews.queue(by=who, now=clock()), core.visit_reviews.look(visit, by=who, now=clock())):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await use


async def test_school_reads_its_part_when_it_is_accepted_and_no_other_school_does(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    svetlana = await enrolled(core, SVETLANA, Duty(Role.SCHOOL, field.schools[1]), now=clock())
    with pytest.raises(Refusal, match=r"visit\.no-report"):
        await core.visit_reports.read(visit, by=field.anna, now=clock())
    await core.visit_reviews.accept(visit, 1, by=field.coordinator, now=clock())
    view = await core.visit_reports.read(visit, by=field.anna, now=clock())
    assert (view.is_part, view.rows, view.files, view.edits, view.may_edit) == (True, (), (), (), False)
    assert (view.remarks, view.proposals) == (
        ("Нет плана работы с родителями", "Сайт не обновлён"),
        ("Провести педсовет",),
    )
    for use in (core.visit_reports.whole, core.visit_papers.report):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await use(visit, by=field.anna, now=clock())
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.visit_reports.read(visit, by=svetlana, now=clock())


async def test_acceptance_is_told_to_the_school_and_to_the_curator(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int, outbox: Outbox, channel: RecordingChannel
) -> None:
    await core.visit_reviews.accept(visit, 1, by=field.coordinator, now=clock())
    while await outbox.deliver():
        pass
    assert channel.texts(ANNA.account.account_id)[-1].startswith("📋 Визит № 1, 14 марта, пн: Школа № 7")
    assert channel.texts(NATALYA.account.account_id)[-1].splitlines() == [
        "✅ Отчёт принят: визит № 1 · Школа № 7",
        "Школа получила свою часть отчёта.",
    ]


async def test_remarks_of_a_visit_stand_in_the_text_for_medk_and_are_marked(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    await core.visit_reviews.accept(visit, 1, by=field.coordinator, now=clock())
    found = await core.medk.text(field.schools[0], by=field.coordinator, now=clock.advance(minutes=1))
    lines = medk_text("Школа № 7", "", found.chapters, core.texts).splitlines()
    assert lines[0] == "Школа № 7"
    assert [line for line in lines[1:] if line] == [
        "Посещение № 1 куратором, 14 марта 2022, пн",
        "1. Замечание: Нет плана работы с родителями",
        "2. Замечание: Сайт не обновлён",
        "3. Предложение: Провести педсовет",
    ]
    count, after = await core.medk.place(field.schools[0], found.seen, by=field.coordinator, now=clock())
    assert (count, after.waiting, after.total) == (3, 0, 3)


async def test_report_of_a_school_that_left_is_not_decided_on(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    await core.registries.school_left(field.schools[0], by=field.coordinator, now=clock())
    assert await core.visit_reviews.queue(by=field.coordinator, now=clock()) == []
    assert await refused(core, visit, field.coordinator, clock) == {"visit.gone"}


async def test_documents_said_to_be_as_they_are_stand_in_the_report_with_their_states(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    view = await core.visit_reports.read(visit, by=field.natalya, now=clock())
    states = [row.value for row in view.rows if row.question.id.startswith("d-")]
    assert states
    assert set(states) == {"none"}


async def test_paper_is_one_file_for_those_who_read_it_whole(
    field: Fieldwork, core: Core, clock: SettableClock, visit: int
) -> None:
    name, content = await core.visit_papers.report(visit, by=field.natalya, now=clock())
    assert name == "Визит 1, Школа № 7.docx"
    assert content.startswith(b"PK")
