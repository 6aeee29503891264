"""Answering a survey: each answer is kept at once, goes on anywhere, is sent once, and may be another until the end."""

from datetime import date
from typing import Any

import pytest

from actions.form_sheet import Page, Ref, Said
from bot.core import Core
from domain.form import Form, Question
from domain.people import Member
from domain.refusal import Refusal
from tests.actions.surveyed import COUNT, DAY, FORM, HARD, SHORT, a_survey, a_team, again, change
from tests.actions.team import IRINA, TATYANA
from tests.people import OLGA, Look, SettableClock, Somebody, msk


@pytest.fixture
async def olga(core: Core, clock: SettableClock) -> Member:
    clock.set("2022-03-10 09:00")
    (olga,) = await a_team(core, OLGA)
    return olga


async def opened(core: Core, clock: SettableClock, form: Form = FORM, **more: Any) -> Ref:
    survey = await a_survey(core, form, **more)
    await core.survey_course.run(clock())
    return Ref("survey", survey.id)


async def asks(core: Core, ref: Ref, by: Member, clock: SettableClock) -> str | None:
    page = await core.forms.open(ref, by=by, now=clock())
    return None if page.question is None else page.question.id


def question(found: Page | Said) -> str | None:
    assert isinstance(found, Page)
    return None if found.question is None else found.question.id


async def fills(core: Core, ref: Ref, by: Member, clock: SettableClock) -> Page:
    """Everything but «Отправить»."""
    at: dict[str, Any] = {"by": by, "now": clock()}
    await core.forms.press(ref, "clear", "4", **at)
    await core.forms.press(ref, "help", "seminar", **at)
    await core.forms.finish(ref, "help", **at)
    await core.forms.press(ref, "hard", "no", **at)
    await core.forms.skip(ref, "day", **at)
    await core.forms.type(ref, "12", **at)
    found = await core.forms.confirm(ref, "count", **at)
    assert isinstance(found, Page)
    return found


async def test_questions_come_one_after_another_and_conditions_are_kept(
    core: Core, clock: SettableClock, olga: Member
) -> None:
    ref = await opened(core, clock)
    at: dict[str, Any] = {"by": olga, "now": clock()}
    assert await asks(core, ref, olga, clock) == "clear"
    assert question(await core.forms.press(ref, "clear", "4", **at)) == "help"
    assert question(await core.forms.press(ref, "help", "papers", **at)) == "help"
    assert question(await core.forms.press(ref, "help", "curator", **at)) == "help"
    assert question(await core.forms.finish(ref, "help", **at)) == "hard"
    assert question(await core.forms.press(ref, "hard", "yes", **at)) == "why"
    assert question(await core.forms.type(ref, "Не хватает учителей", **at)) == "day"
    assert question(await core.forms.type(ref, "15.03", **at)) == "day"
    assert question(await core.forms.confirm(ref, "day", **at)) == "count"
    await core.forms.type(ref, "1,5", **at)
    summary = await core.forms.confirm(ref, "count", **at)
    assert isinstance(summary, Page)
    assert summary.question is None
    assert summary.answers == {
        "clear": 4,
        "help": ("curator", "papers"),
        "hard": True,
        "why": "Не хватает учителей",
        "day": date(2022, 3, 15),
        "count": 1.5,
    }


async def test_each_answer_is_kept_at_once_and_gone_on_with(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    ref = await opened(core, clock)
    await core.forms.press(ref, "clear", "4", by=olga, now=clock())
    assert look.rows("SELECT mark, answers, is_sent FROM form_run") == [
        (f"survey:{ref.id}:person:{olga.person_id}", '{"clear": 4}', 0)
    ]
    assert await asks(core, ref, olga, clock) == "help"


async def test_what_is_typed_as_a_date_counts_only_when_it_is_confirmed(
    core: Core, clock: SettableClock, olga: Member
) -> None:
    ref = await opened(core, clock, Form("Один день и число", (DAY, COUNT)))
    at: dict[str, Any] = {"by": olga, "now": clock()}
    page = await core.forms.type(ref, "пятница", **at)
    assert isinstance(page, Page)
    assert page.pending is not None
    assert (page.pending.value, page.answers) == (date(2022, 3, 11), {})
    await core.forms.ask(ref, "day", **at)
    page = await core.forms.open(ref, **at)
    assert page.pending is None
    await core.forms.type(ref, "завтра", **at)
    found = await core.forms.confirm(ref, "day", **at)
    assert isinstance(found, Page)
    assert found.answers == {"day": date(2022, 3, 11)}


async def test_answers_are_sent_once_and_counted(core: Core, clock: SettableClock, olga: Member, look: Look) -> None:
    ref = await opened(core, clock)
    assert question(await fills(core, ref, olga, clock)) is None
    first = await core.forms.send(ref, by=olga, now=clock())
    second = await core.forms.send(ref, by=olga, now=clock())
    assert isinstance(first, Said)
    assert isinstance(second, Said)
    assert first.toast != second.toast
    assert look.rows("SELECT respondent_id, answered_on FROM survey_part") == [(olga.person_id, "2022-03-10")]
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'survey-answered'") == [(1,)]


async def test_what_is_missing_is_asked_instead_of_sent(core: Core, clock: SettableClock, olga: Member) -> None:
    ref = await opened(core, clock)
    await core.forms.press(ref, "clear", "4", by=olga, now=clock())
    assert question(await core.forms.send(ref, by=olga, now=clock())) == "help"


async def test_another_answer_brings_the_question_that_follows_from_it(
    core: Core, clock: SettableClock, olga: Member
) -> None:
    ref = await opened(core, clock)
    await fills(core, ref, olga, clock)
    at: dict[str, Any] = {"by": olga, "now": clock()}
    await core.forms.ask(ref, "hard", **at)
    assert await asks(core, ref, olga, clock) == "hard"
    assert question(await core.forms.press(ref, "hard", "yes", **at)) == "why"
    assert question(await core.forms.type(ref, "Всё", **at)) is None


async def test_back_leads_through_the_questions_that_apply(core: Core, clock: SettableClock, olga: Member) -> None:
    ref = await opened(core, clock)
    await fills(core, ref, olga, clock)
    at: dict[str, Any] = {"by": olga, "now": clock()}
    seen: list[str | None] = [None]
    for _ in range(5):
        seen.append(question(await core.forms.back(ref, seen[-1], **at)))
    assert seen == [None, "count", "day", "hard", "help", "clear"]


async def test_a_sent_answer_is_changed_until_the_end(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    ref = await opened(core, clock, SHORT)
    at: dict[str, Any] = {"by": olga, "now": clock()}
    await core.forms.press(ref, "clear", "4", **at)
    await core.forms.press(ref, "hard", "no", **at)
    await core.forms.send(ref, **at)
    await core.forms.ask(ref, "clear", **at)
    page = await core.forms.press(ref, "clear", "2", **at)
    assert isinstance(page, Page)
    assert (page.is_sent, page.question, page.answers["clear"]) == (True, None, 2)
    assert look.rows("SELECT is_sent, answers FROM form_run") == [(1, '{"clear": 2, "hard": false}')]
    clock.set("2022-03-25 00:15")
    with pytest.raises(Refusal, match=r"survey\.closed"):
        await core.forms.press(ref, "clear", "5", by=olga, now=clock())


async def test_old_button_of_a_question_that_does_not_apply_shows_what_is_asked(
    core: Core, clock: SettableClock, olga: Member
) -> None:
    ref = await opened(core, clock)
    assert question(await core.forms.press(ref, "no-such", "4", by=olga, now=clock())) == "clear"
    with pytest.raises(Refusal, match=r"form\.no-option"):
        await core.forms.press(ref, "clear", "9", by=olga, now=clock())


async def test_grace_is_for_whoever_was_answering(core: Core, clock: SettableClock) -> None:
    olga, irina = await a_team(core, OLGA, IRINA)
    clock.set("2022-03-24 23:55")
    ref = await opened(core, clock, SHORT)
    await core.forms.press(ref, "clear", "4", by=olga, now=clock())
    clock.set("2022-03-25 00:10")
    page = await core.forms.press(ref, "hard", "no", by=olga, now=clock())
    assert isinstance(page, Page)
    assert "15 минут" in page.sheet.heading
    with pytest.raises(Refusal, match=r"survey\.closed"):
        await core.forms.press(ref, "clear", "4", by=irina, now=clock())
    await core.forms.send(ref, by=olga, now=clock())
    clock.set("2022-03-25 00:15")
    with pytest.raises(Refusal, match=r"survey\.closed"):
        await core.forms.press(ref, "clear", "5", by=olga, now=clock())


async def test_late_answers_count_only_where_they_are_allowed(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    ref = await opened(core, clock, SHORT)
    clock.set("2022-03-28 12:00")
    await core.survey_course.run(clock())
    with pytest.raises(Refusal, match=r"survey\.closed"):
        await core.forms.press(ref, "clear", "4", by=olga, now=clock())
    survey = await a_survey(core, SHORT)
    await change(core, survey, takes_late=True, opened_at=msk("2022-03-10 09:00"))
    late = Ref("survey", survey.id)
    await core.forms.press(late, "clear", "4", by=olga, now=clock())
    await core.forms.press(late, "hard", "no", by=olga, now=clock())
    await core.forms.send(late, by=olga, now=clock())
    assert look.rows("SELECT answered_on FROM survey_part WHERE survey_id = ?", survey.id) == [("2022-03-28",)]


async def test_nobody_answers_who_is_not_asked(core: Core, clock: SettableClock, olga: Member, marina: Member) -> None:
    ref = await opened(core, clock, SHORT)
    for by in (marina,):
        with pytest.raises(Refusal, match=r"survey\.not-asked"):
            await core.forms.open(ref, by=by, now=clock())
    with pytest.raises(Refusal, match=r"survey\.gone"):
        await core.forms.open(Ref("survey", 999), by=olga, now=clock())
    with pytest.raises(Refusal, match=r"form\.gone"):
        await core.forms.open(Ref("nothing", 1), by=olga, now=clock())


async def test_a_school_answers_once_whoever_of_its_team_does(core: Core, clock: SettableClock, look: Look) -> None:
    clock.set("2022-03-10 09:00")
    olga, tatyana = await a_team(core, OLGA, TATYANA)
    ref = await opened(core, clock, SHORT, per_school=True)
    (school,) = [duty.school_id for duty in olga.duties]
    theirs = Ref("survey", ref.id, school or 0)
    await core.forms.press(theirs, "clear", "4", by=olga, now=clock())
    assert await asks(core, theirs, tatyana, clock) == "hard"
    await core.forms.press(theirs, "hard", "no", by=tatyana, now=clock())
    await core.forms.send(theirs, by=tatyana, now=clock())
    assert look.rows("SELECT party, respondent_id, answered_on FROM survey_part") == [("school", school, "2022-03-10")]
    with pytest.raises(Refusal, match=r"survey\.not-asked"):
        await core.forms.open(Ref("survey", ref.id, 999), by=olga, now=clock())


async def test_answers_that_are_not_sent_can_be_taken_back(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    ref = await opened(core, clock, SHORT)
    await core.forms.press(ref, "clear", "4", by=olga, now=clock())
    await core.forms.drop(ref, by=olga, now=clock())
    assert look.count("form_run") == 0
    await core.forms.press(ref, "clear", "4", by=olga, now=clock())
    await core.forms.press(ref, "hard", "no", by=olga, now=clock())
    await core.forms.send(ref, by=olga, now=clock())
    with pytest.raises(Refusal, match=r"form\.sent-already"):
        await core.forms.drop(ref, by=olga, now=clock())


async def test_one_question_is_sent_with_its_answer(core: Core, clock: SettableClock, olga: Member, look: Look) -> None:
    ref = await opened(core, clock, Form("Один вопрос", (HARD,)), is_poll=True)
    found = await core.forms.press(ref, "hard", "yes", by=olga, now=clock())
    assert isinstance(found, Said)
    assert look.rows("SELECT answers, is_sent FROM form_run") == [('{"hard": true}', 1)]


async def test_external_survey_is_passed_by_a_word_and_its_code(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    ref = await opened(core, clock, SHORT, link="https://example.ru/opros", code="Берёза-7")
    at: dict[str, Any] = {"by": olga, "now": clock()}
    with pytest.raises(Refusal, match=r"survey\.is-external"):
        await core.forms.open(ref, **at)
    with pytest.raises(Refusal, match=r"survey\.wrong-code"):
        await core.survey_answers.passed(ref.id, 0, "дуб", **at)
    door = await core.survey_answers.passed(ref.id, 0, " береза-7 ", **at)
    assert door.answered
    await core.survey_answers.passed(ref.id, 0, "Берёза-7", **at)
    assert look.rows("SELECT answered_on FROM survey_part") == [("2022-03-10",)]
    assert (await core.survey_answers.enter(ref.id, 0, **at)).answered


async def test_survey_waits_for_a_person_until_they_have_answered(
    core: Core, clock: SettableClock, olga: Member
) -> None:
    ref = await opened(core, clock, SHORT)
    at: dict[str, Any] = {"by": olga, "now": clock()}
    assert [one.survey.id for one in await core.survey_answers.waiting(**at)] == [ref.id]
    await core.forms.press(ref, "clear", "4", **at)
    await core.forms.press(ref, "hard", "no", **at)
    assert [one.survey.id for one in await core.survey_answers.waiting(**at)] == [ref.id]
    await core.forms.send(ref, **at)
    assert await core.survey_answers.waiting(**at) == []


@pytest.mark.parametrize(
    ("text", "reason"), [("", r"form\.no-text"), ("я" * 201, r"form\.long-text"), ("\u202e \u200b", r"form\.no-text")]
)
async def test_text_that_is_no_answer_is_refused(
    core: Core, clock: SettableClock, olga: Member, text: str, reason: str
) -> None:
    question = Question("why", "Почему?", kind=FORM.questions[3].kind, length=200)
    ref = await opened(core, clock, Form("Текст", (question, HARD)))
    with pytest.raises(Refusal, match=reason):
        await core.forms.type(ref, text, by=olga, now=clock())


async def test_survey_that_was_not_begun_is_told_of(core: Core, clock: SettableClock, olga: Member) -> None:
    survey = await a_survey(core, SHORT, opens=date(2022, 3, 11))
    with pytest.raises(Refusal, match=r"survey\.not-open-yet"):
        await core.forms.open(Ref("survey", survey.id), by=olga, now=clock())
    assert (await again(core, survey)).opened_at is None


async def test_whoever_came_just_now_answers_before_the_clock_asks_them(
    core: Core, clock: SettableClock, olga: Member, look: Look
) -> None:
    ref = await opened(core, clock, SHORT)
    new = Somebody("Вера Новикова", IRINA.account)
    (vera,) = await a_team(core, new, school="Школа № 8")
    await core.forms.press(ref, "clear", "4", by=vera, now=clock())
    await core.forms.press(ref, "hard", "no", by=vera, now=clock())
    await core.forms.send(ref, by=vera, now=clock())
    answered = look.rows("SELECT respondent_id FROM survey_part WHERE answered_on IS NOT NULL")
    assert answered == [(vera.person_id,)]
