"""The course of a survey: it opens and ends by itself, whoever has not answered is reminded, and nobody else."""

from datetime import date
from typing import Any

import pytest

from actions.form_sheet import Ref
from actions.notices import Later
from domain.debtor import Debtor
from domain.item_field import ItemField
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy, Threshold, ThresholdKind
from domain.survey import Survey
from tests.actions.office import Office
from tests.actions.surveyed import SHORT, a_survey, a_team, again, change
from tests.actions.team import IRINA, TATYANA
from tests.people import (
    MARINA,
    OLGA,
    PROJECT_CHAT,
    Look,
    Somebody,
    a_school,
    an_item,
    bound,
    enrolled,
    msk,
)

OLGAS, TATYANAS, IRINAS, MARINAS = (one.account.account_id for one in (OLGA, TATYANA, IRINA, MARINA))
SURVEY_ITEM: dict[str, Any] = {
    "kind": ItemKind.SURVEY,
    "owed_by": OwedBy.SCHOOL,
    "threshold": Threshold(ThresholdKind.SHARE, 90, "participants"),
}
DEEDS = "SELECT deed, about FROM audit WHERE deed LIKE 'survey-%' ORDER BY id"


@pytest.fixture
async def run(office: Office, marina: Member) -> Office:
    """Item 1 is a survey from 10 to 24 March; its group is bound. Olga leads the school, Tatyana teaches there."""
    office.clock.set("2022-03-01 12:00")
    await office.load(an_item(1, "10.03-24.03.2022", **SURVEY_ITEM))
    await bound(office.core, marina, office.clock())
    await a_team(office.core, OLGA, TATYANA)
    return office


async def of_item(office: Office, **more: Any) -> Survey:
    return await a_survey(office.core, SHORT, opens=None, closes=None, item_id=await office.item_id(), **more)


async def at(office: Office, moment: str) -> dict[int, list[str]]:
    """What arrives then: chat → texts, in words without hard spaces."""
    office.clock.set(moment)
    await office.core.survey_course.run(office.clock())
    said = await office.at(moment)
    return {chat: [one.replace("\u00a0", " ") for one in texts] for chat, texts in said.items()}


async def answers(office: Office, survey: Survey, by: Member) -> None:
    ref, now = Ref("survey", survey.id), office.clock()
    await office.core.forms.press(ref, "clear", "4", by=by, now=now)
    await office.core.forms.press(ref, "hard", "no", by=by, now=now)
    await office.core.forms.send(ref, by=by, now=now)


async def member(office: Office, who: Somebody) -> Member:
    return await office.core.people.member(who.account, now=office.clock())


async def test_everybody_who_is_asked_is_invited_on_the_first_morning(run: Office) -> None:
    await of_item(run)
    assert OLGAS not in await at(run, "2022-03-10 08:59")
    said = await at(run, "2022-03-10 09:00")
    line = "⏳ п. 1 Коротко — пройдите до 24 марта, чт"
    assert said[OLGAS] == said[TATYANAS] == [f"📅 <b>Сегодня, 10 марта, чт</b>\n{line}"]
    assert [button.text for row in run.channel.sent[-1].buttons for button in row][:1] == ["Пройти опрос"]
    assert "началось: 10–24 марта" in said[PROJECT_CHAT][0]
    (group,) = [one for one in run.channel.sent if one.chat.chat_id == PROJECT_CHAT]
    assert [button.text for row in group.buttons for button in row] == ["Пройти опрос", "Подробнее", "Мои задачи"]


async def test_reminders_come_on_their_days_to_whoever_has_not_answered(run: Office) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    await answers(run, survey, await member(run, OLGA))
    heard: dict[int, list[int]] = {OLGAS: [], TATYANAS: []}
    for day in range(11, 31):
        said = await at(run, f"2022-03-{day} 09:00")
        for chat, days in heard.items():
            if any("Коротко" in text for text in said.get(chat, [])):
                days.append(day)
    assert heard == {OLGAS: [], TATYANAS: [21, 23, 24]}


async def test_whoever_stopped_half_way_is_told_so(run: Office) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    await run.core.forms.press(Ref("survey", survey.id), "clear", "4", by=await member(run, TATYANA), now=run.clock())
    said = await at(run, "2022-03-21 09:00")
    assert "⏳ п. 1 Коротко — Вы начали и не отправили: до 24 марта, чт (осталось 3 дня)" in said[TATYANAS][0]
    assert "⏳ п. 1 Коротко — ждём Ваш ответ до 24 марта, чт (осталось 3 дня)" in said[OLGAS][0]
    (message,) = [one for one in run.channel.sent if one.chat.chat_id == TATYANAS][-1:]
    assert message.buttons[0][0].text == "Продолжить опрос"


async def test_of_an_anonymous_survey_nobody_tells_who_began(run: Office) -> None:
    survey = await of_item(run, anonymous=True)
    await at(run, "2022-03-10 09:00")
    await run.core.forms.press(Ref("survey", survey.id), "clear", "4", by=await member(run, TATYANA), now=run.clock())
    said = await at(run, "2022-03-21 09:00")
    assert said[TATYANAS] == said[OLGAS]


async def test_reminders_stop_at_the_cap(run: Office) -> None:
    await of_item(run, reminders=1)
    await at(run, "2022-03-10 09:00")
    days = [day for day in range(11, 25) if TATYANAS in await at(run, f"2022-03-{day} 09:00")]
    assert days == [21]


async def test_whoever_comes_meanwhile_is_invited_and_whoever_leaves_is_not_counted(
    run: Office, marina: Member, look: Look
) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    school = 1
    irina = await enrolled(run.core, IRINA, Duty(Role.SCHOOL, school), now=run.clock())
    said = await at(run, "2022-03-11 10:00")
    assert "пройдите до 24 марта" in said[IRINAS][0]
    tatyana = (await member(run, TATYANA)).person_id
    await run.core.persons.remove(tatyana or 0, by=marina, now=run.clock())
    await at(run, "2022-03-11 11:00")
    parts = look.rows("SELECT respondent_id, left_on FROM survey_part WHERE survey_id = ?", survey.id)
    assert (tatyana, "2022-03-11") in parts
    assert (irina.person_id, None) in parts
    assert [deed for deed, _ in look.rows(DEEDS)] == ["survey-opened", "survey-asked", "survey-left"]


async def test_the_end_is_told_to_the_coordinators(run: Office) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    await answers(run, survey, await member(run, OLGA))
    await at(run, "2022-03-25 00:14")
    assert (await again(run.core, survey)).ended_at is None
    assert await at(run, "2022-03-25 00:15") == {}
    assert (await again(run.core, survey)).ended_at == msk("2022-03-25 00:15")
    said = await at(run, "2022-03-25 08:00")
    assert said[MARINAS] == ["✅ <b>п. 1 Коротко</b>: опрос закрыт 24 марта, чт.\nОтветили 1 из 2 — 50 % (нужно 90 %)."]
    assert PROJECT_CHAT not in said  # the next message of the day says that it is overdue
    assert OLGAS not in said


async def test_group_hears_the_total_of_what_was_reached(run: Office) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    for who in (OLGA, TATYANA):
        await answers(run, survey, await member(run, who))
    await at(run, "2022-03-25 00:15")
    said = await at(run, "2022-03-25 08:00")
    assert said[PROJECT_CHAT] == ["✅ <b>п. 1 Коротко</b>: опрос закрыт.\nОтветили 2 из 2 — 100 % (нужно 90 %)."]


async def test_reminder_that_is_put_off_waits_for_its_day(run: Office) -> None:
    await of_item(run)
    await at(run, "2022-03-10 09:00")
    tatyana = await member(run, TATYANA)
    await run.core.notices.snooze(date(2022, 3, 10), Later.THREE_DAYS, by=tatyana, now=run.clock())
    days = [day for day in range(11, 20) if TATYANAS in await at(run, f"2022-03-{day} 09:00")]
    assert days == [14]


async def test_item_counts_its_survey_against_everybody_who_should_answer(run: Office, marina: Member) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    await answers(run, survey, await member(run, OLGA))
    number = (await run.core.roadmaps.card(await run.item_id(), by=marina, now=run.clock())).number
    assert number is not None
    assert (number.count.done, number.count.of, number.count.needed, number.count.percent) == (1, 2, 2, 50)
    said = await at(run, "2022-03-21 09:00")
    assert "ответили: 50 % из 90 %" in said[PROJECT_CHAT][0].replace("\u00a0", " ")


async def test_window_that_is_moved_on_is_told_to_whoever_was_asked(run: Office, marina: Member) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    item = await run.item_id()
    await run.core.roadmaps.correct(
        item, ItemField.DEADLINE, "10.03-28.03.2022", why="Письмо № 5", by=marina, now=run.clock()
    )
    said = await at(run, "2022-03-10 10:00")
    for chat in (OLGAS, TATYANAS, PROJECT_CHAT):
        assert "Перенесено: 10–24 марта → <b>10–28 марта</b>" in said[chat][0]
    await at(run, "2022-03-26 09:00")
    assert (await again(run.core, survey)).ended_at is None


async def test_survey_whose_window_is_moved_after_its_end_runs_again(run: Office, marina: Member) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    await at(run, "2022-03-25 09:00")
    assert (await again(run.core, survey)).ended_at is not None
    await run.core.roadmaps.correct(
        await run.item_id(), ItemField.DEADLINE, "10.03-30.03.2022", by=marina, now=run.clock()
    )
    await at(run, "2022-03-25 10:00")
    assert (await again(run.core, survey)).ended_at is None
    await answers(run, survey, await member(run, OLGA))


async def test_one_survey_that_goes_wrong_never_stops_the_others(
    run: Office, look: Look, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await a_survey(run.core, SHORT)
    good = await a_survey(run.core, SHORT)
    async with run.core.database.transaction() as tx:
        await tx.exec_driver_sql('UPDATE survey SET audience = \'{"roles": ["nobody"]}\' WHERE id = ?', (broken.id,))
    caplog.clear()
    await at(run, "2022-03-10 09:00")
    assert (await again(run.core, good)).opened_at is not None
    assert f"survey {broken.id} cannot be read" in caplog.text


async def test_reminder_shows_how_often_people_were_reminded_and_reaches_those_who_have_not_answered(
    run: Office, marina: Member
) -> None:
    survey = await of_item(run)
    await enrolled(run.core, IRINA, Duty(Role.SCHOOL, 1), now=run.clock(), has_agreed=False)
    await at(run, "2022-03-10 09:00")
    await answers(run, survey, await member(run, OLGA))
    await at(run, "2022-03-21 09:00")
    sheet = await run.core.survey_reminders.look(survey.id, by=marina, now=run.clock())
    assert (sheet.waiting, sheet.times, sheet.silent, sheet.capped, sheet.reached) == (2, ((1, 1),), 1, 0, 1)
    assert (await run.core.survey_reminders.remind(survey.id, 5, by=marina, now=run.clock()))[1] == 0
    assert (await run.core.survey_reminders.remind(survey.id, 1, by=marina, now=run.clock()))[1] == 1
    said = await at(run, "2022-03-21 12:00")
    assert list(said) == [TATYANAS]
    assert said[TATYANAS] == ["⏳ п. 1 <b>Коротко</b> — ждём Ваш ответ до 24 марта, чт (осталось 3 дня)"]
    sheet = await run.core.survey_reminders.look(survey.id, by=marina, now=run.clock())
    assert sheet.times == ((2, 1),)
    with pytest.raises(Refusal, match=r"access\.refused"):
        await run.core.survey_reminders.look(survey.id, by=await member(run, OLGA), now=run.clock())


async def test_person_who_has_had_all_reminders_is_left_alone(run: Office, marina: Member) -> None:
    survey = await of_item(run, reminders=0)
    await at(run, "2022-03-10 09:00")
    sheet = await run.core.survey_reminders.look(survey.id, by=marina, now=run.clock())
    assert (sheet.times, sheet.capped, sheet.reached) == (((0, 2),), 2, 0)


async def test_school_asked_once_is_heard_by_the_one_responsible(run: Office) -> None:
    await of_item(run, per_school=True)
    said = await at(run, "2022-03-10 09:00")
    assert "пройдите до 24 марта" in said[OLGAS][0]
    assert TATYANAS not in said


async def test_cancelled_survey_asks_nobody(run: Office) -> None:
    survey = await of_item(run)
    await change(run.core, survey, cancelled_at=msk("2022-03-02 12:00"))
    said = await at(run, "2022-03-10 09:00")
    assert TATYANAS not in said
    assert "началось" in said[OLGAS][0]


async def test_school_to_which_the_item_does_not_apply_is_not_asked(run: Office, marina: Member, look: Look) -> None:
    survey = await of_item(run)
    other = await a_school(run.core, "Школа № 8")
    irina = await enrolled(run.core, IRINA, Duty(Role.SCHOOL, other), now=run.clock())
    await at(run, "2022-03-10 09:00")
    exempt = Debtor(OwedBy.SCHOOL, 1)
    await run.core.exemptions.exempt(await run.item_id(), exempt.id, "Малокомплектная", by=marina, now=run.clock())
    await at(run, "2022-03-10 10:00")
    there = look.rows("SELECT respondent_id FROM survey_part WHERE survey_id = ? AND left_on IS NULL", survey.id)
    assert there == [(irina.person_id,)]


async def test_nobody_is_reminded_once_the_item_is_closed_and_answers_are_still_taken(
    run: Office, marina: Member, look: Look
) -> None:
    survey = await of_item(run)
    await at(run, "2022-03-10 09:00")
    await run.core.roadmaps.close(await run.item_id(), "", by=marina, now=run.clock())
    assert TATYANAS not in await at(run, "2022-03-21 09:00")
    await answers(run, survey, await member(run, TATYANA))
    assert look.rows("SELECT count(*) FROM survey_part WHERE answered_on IS NOT NULL") == [(1,)]
