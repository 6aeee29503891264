"""A visit from the schedule to the reviewed report, step by step."""

from datetime import date

import pytest

from actions.form_sheet import Page, Ref
from actions.outbox import Outbox
from bot.core import Core
from domain.people import Member
from domain.refusal import Refusal
from domain.visit import ReportState, Standing
from tests.actions.visited import ANNA, NATALYA, Fieldwork, fieldwork
from tests.people import MARINA, Look, RecordingChannel, SettableClock

VISIT_DAY = date(2022, 3, 14)


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    clock.set("2022-03-01 12:00")
    return await fieldwork(core, clock, marina)


async def test_a_visit_goes_from_schedule_to_the_school(
    field: Fieldwork, core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel, look: Look
) -> None:
    visit_id = await field.approved(VISIT_DAY)
    while await outbox.deliver():
        pass
    assert (await field.visit(visit_id)).day == VISIT_DAY
    assert channel.texts(ANNA.account.account_id)[-1].startswith("📅 Визит куратора 14 марта, пн: Школа № 7")
    assert "График визитов утверждён" in channel.texts(NATALYA.account.account_id)[-1]
    clock.set("2022-03-14 15:00")
    await field.reported(visit_id)
    (waiting,) = await core.visit_reviews.queue(by=field.coordinator, now=clock())
    assert (waiting.id, waiting.standing) == (visit_id, Standing.SENT)
    while await outbox.deliver():
        pass
    view = await core.visit_reviews.accept(visit_id, 1, by=field.coordinator, now=clock())
    assert view.report.state is ReportState.ACCEPTED
    while await outbox.deliver():
        pass
    assert "Отчёт о визите ждёт проверки" in " ".join(channel.texts(MARINA.account.account_id))
    assert channel.texts(ANNA.account.account_id)[-1].splitlines() == [
        "📋 Визит № 1, 14 марта, пн: Школа № 7",
        "⚠️ Замечания: 2",
        "1. Нет плана работы с родителями",
        "2. Сайт не обновлён",
        "Предложения: 1",
        "1. Провести педсовет",
        "⏳ Договорённости: 1",
        "1. Обновить сайт — до 15 апреля, пт, завуч",
    ]
    assert look.rows("SELECT kind, text, visit_id FROM remark ORDER BY id") == [
        ("remark", "Нет плана работы с родителями", visit_id),
        ("remark", "Сайт не обновлён", visit_id),
        ("proposal", "Провести педсовет", visit_id),
    ]
    assert look.rows("SELECT text, owner, until FROM agreed_action") == [("Обновить сайт", "завуч", "2022-04-15")]


async def test_the_second_visit_shows_the_first_ones_answer_and_asks_for_the_change(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    first = await field.approved(VISIT_DAY)
    second = await field.approved(date(2022, 4, 11))
    clock.set("2022-03-14 15:00")
    await field.reported(first)
    clock.set("2022-04-11 15:00")
    ref = Ref("visit", second)
    await core.forms.press(ref, "met", "head", by=field.natalya, now=clock())
    page = await core.forms.finish(ref, "met", by=field.natalya, now=clock())
    assert isinstance(page, Page)
    question = page.question
    assert question is not None
    assert question.hint == "В прошлый раз: есть план."
    assert [one.text for one in question.options] == [
        "↑ есть результат",
        "↑ работа идёт",
        "= есть план",
        "↓ работа не начата",
    ]


async def test_a_returned_report_is_sent_again_and_its_history_is_kept(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    visit_id = await field.approved(VISIT_DAY)
    clock.set("2022-03-14 15:00")
    await field.reported(visit_id)
    await core.visit_reviews.give_back(visit_id, 1, "Напишите, кого видели", by=field.coordinator, now=clock())
    ref = Ref("visit", visit_id)
    await core.forms.ask(ref, "met", by=field.natalya, now=clock())
    await core.forms.press(ref, "met", "teachers", by=field.natalya, now=clock())
    await core.forms.finish(ref, "met", by=field.natalya, now=clock())
    await core.forms.send(ref, by=field.natalya, now=clock())
    view = await core.visit_reviews.look(visit_id, by=field.coordinator, now=clock())
    assert (view.report.state, view.report.times) == (ReportState.SENT, 2)
    assert [(edit.question.id, edit.before) for edit in view.edits] == [("met", ("head",))]
    with pytest.raises(Refusal, match=r"visit\.report-changed"):
        await core.visit_reviews.accept(visit_id, 1, by=field.coordinator, now=clock())
