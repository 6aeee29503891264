"""Live numbers, who has not answered, results and files of surveys: every figure right, nobody shown more than is
theirs."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.core import Core
from domain.contact import Contact
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.survey import Audience
from domain.survey_count import Silence, Split
from storage import people as people_rows
from storage import registry as registry_rows
from tests.actions.answering_field import GALINA, Field
from tests.actions.surveyed import FORM, SHORT, a_survey, change
from tests.people import OLGA, SCHOOL, Look, SettableClock, Somebody, enrolled, msk

VERA = Somebody("Вера Орлова", Account("telegram", 500_000_022))
EXPORTED = "SELECT about FROM audit WHERE deed = 'survey-exported'"


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Field:
    found = Field(core, clock, marina)
    await found.lay()
    return found


def sheet_of(content: bytes, name: str) -> Any:
    return load_workbook(BytesIO(content))[name]


async def refused(awaited: Any) -> str:
    with pytest.raises(Refusal) as caught:
        await awaited
    return caught.value.reason


async def test_the_share_is_of_everybody_who_should_answer(field: Field) -> None:
    survey = await field.survey(target=90)
    for number in range(4):
        await field.answers(survey, number, {"clear": 4, "hard": False})
    await field.answers(survey, 4, {"clear": 4}, is_sent=False)
    live = await field.core.survey_results.live(survey.id, by=field.marina, now=field.clock())
    count = live.number.count
    assert (count.done, count.of, count.percent, count.needed, count.lacking) == (4, 9, 44, 9, 5)
    assert (live.began, live.silent, live.homes, live.sees_results) == (1, 8, (), True)
    schools = {one.group.name: (one.count.done, one.count.of) for one in live.portions[Split.SCHOOL]}
    assert schools == {"Школа № 9": (0, 3), "Школа № 7": (4, 7)}
    homes = {one.group.name: (one.count.done, one.count.of) for one in live.portions[Split.HOME]}
    assert homes == {"Тейково": (0, 3), "Южский район": (4, 7)}
    roles = {one.group.role: (one.count.done, one.count.of) for one in live.portions[Split.ROLE]}
    assert roles == {Role.CURATOR: (0, 1), Role.SCHOOL: (4, 8)}


async def test_who_left_is_in_neither_number(field: Field) -> None:
    survey = await field.survey()
    await field.answers(survey, 1, {"clear": 4})
    async with field.core.database.transaction() as tx:
        await registry_rows.remove_person(tx, field.people[1], field.clock())
    await field.core.survey_course.run(field.clock.advance(minutes=1))
    count = (await field.core.survey_results.live(survey.id, by=field.marina, now=field.clock())).number.count
    assert (count.done, count.of) == (0, 8)


async def test_before_it_opens_those_are_counted_whom_it_would_ask(field: Field) -> None:
    survey = await a_survey(field.core, SHORT)
    live = await field.core.survey_results.live(survey.id, by=field.marina, now=field.clock())
    assert (live.number.count.done, live.number.count.of, live.number.forecast) == (0, 9, None)


async def test_of_an_anonymous_survey_nobody_knows_who_began(field: Field) -> None:
    survey = await field.survey(anonymous=True)
    await field.answers(survey, 4, {"clear": 4}, is_sent=False)
    live = await field.core.survey_results.live(survey.id, by=field.marina, now=field.clock())
    missing = await field.core.survey_results.missing(survey.id, by=field.marina, now=field.clock())
    assert (live.began, {one.began for one in missing.people}) == (None, {None})


async def test_a_municipal_coordinator_sees_their_own_and_never_results(field: Field) -> None:
    galina = await field.municipal()
    survey = await field.survey()
    for number in (0, 6):
        await field.answers(survey, number, {"clear": 4})
    results, now = field.core.survey_results, field.clock()
    live = await results.live(survey.id, by=galina, now=now)
    assert (live.number.count.done, live.number.count.of) == (1, 8)
    assert (live.homes, live.sees_results, Split.HOME in live.portions) == (("Южский район",), False, False)
    assert {one.group.name for one in live.portions[Split.SCHOOL]} == {"Школа № 7", "Южский район"}
    missing = await results.missing(survey.id, by=galina, now=now)
    assert {one.name for one in missing.people} == {*(f"Учитель {n}" for n in range(5)), "Куратор Юрий", GALINA.name}
    assert await refused(results.results(survey.id, by=galina, now=now)) == "access.refused"
    assert await refused(results.workbook(survey.id, by=galina, now=now)) == "access.refused"
    assert await refused(results.charts(survey.id, by=galina, now=now)) == "access.refused"
    assert await refused(results.compare([survey.id], by=galina, now=now)) == "access.refused"
    assert await refused(results.comparable(survey.id, by=galina, now=now)) == "access.refused"


async def test_nothing_of_it_is_for_others(field: Field) -> None:
    survey = await field.survey()
    results, now = field.core.survey_results, field.clock()
    for asked in (results.live, results.missing, results.phone_list, results.results, results.workbook):
        assert await refused(asked(survey.id, by=SCHOOL, now=now)) == "access.refused"
    assert await refused(results.live(99, by=field.marina, now=now)) == "survey.gone"


async def test_a_survey_of_another_municipality_is_none(field: Field) -> None:
    galina = await field.municipal("Тейково")
    narrow = Audience(frozenset({Role.SCHOOL}), frozenset({field.seven}))
    survey = await field.survey()
    await change(field.core, survey, audience=narrow)
    await field.core.survey_course.run(field.clock.advance(minutes=1))
    reason = await refused(field.core.survey_results.live(survey.id, by=galina, now=field.clock()))
    assert reason == "survey.gone"


async def test_a_draft_is_its_keepers_alone(field: Field) -> None:
    survey = await a_survey(field.core, SHORT, is_draft=True)
    organiser = await enrolled(field.core, VERA, Duty(Role.ORGANISER, organisation="university"), now=field.clock())
    reason = await refused(field.core.survey_results.live(survey.id, by=organiser, now=field.clock()))
    assert reason == "survey.gone"
    assert (await field.core.survey_results.live(survey.id, by=field.marina, now=field.clock())).number.count.of == 9


async def test_who_has_not_answered_with_whom_to_phone(field: Field, look: Look) -> None:
    survey = await field.survey()
    for number in range(1, 8):
        await field.answers(survey, number, {"clear": 4})
    missing = await field.core.survey_results.missing(survey.id, by=field.marina, now=field.clock())
    assert [(one.name, one.silence, one.contacts) for one in missing.people] == [
        ("Куратор Юрий", Silence.NOT_COME, ()),
        (OLGA.name, None, ()),
    ]
    file = await field.core.survey_results.phone_list(survey.id, by=field.marina, now=field.clock())
    rows = list(sheet_of(file.content, "Кто не ответил").values)
    assert rows[1][:5] == ("Тейково; Южский район", "Школа № 9; Школа № 7", "Куратор Юрий", None, "куратор")
    assert rows[2][:3] == ("Южский район", "Школа № 7", OLGA.name)
    assert look.rows(EXPORTED) == [(f'{{"survey": {survey.id}, "count": 2}}',)]
    for number in (0, 8):
        await field.answers(survey, number, {"clear": 4})
    reason = await refused(field.core.survey_results.phone_list(survey.id, by=field.marina, now=field.clock()))
    assert reason == "survey_live.nobody"


async def test_of_a_team_the_responsible_one_is_phoned(field: Field) -> None:
    survey = await field.survey()
    missing = await field.core.survey_results.missing(survey.id, by=field.marina, now=field.clock())
    contacts = {one.name: one.contacts for one in missing.people}
    assert contacts["Учитель 1"] == (Contact(OLGA.name),)


async def test_results_of_a_survey_with_names(field: Field) -> None:
    survey = await field.survey(FORM)
    await field.answers(
        survey, 0, {"clear": 5, "help": ("curator", "papers"), "hard": True, "why": "отчёты", "day": None}
    )
    await field.answers(
        survey, 1, {"clear": 2, "help": ("curator",), "hard": False, "day": date(2022, 3, 1), "count": 7}
    )
    await field.answers(survey, 2, {"clear": 4, "hard": True, "why": "сроки"})
    await field.answers(survey, 3, {"clear": 1}, is_sent=False)
    found = await field.core.survey_results.results(survey.id, by=field.marina, now=field.clock())
    clear, helped, hard, why, day, count = found.questions
    assert (found.count, clear.answered, round(clear.mean or 0, 2), clear.median) == (3, 3, 3.67, 4)
    assert [(one.id, one.count, one.percent) for one in helped.tallies] == [
        ("curator", 2, 100),
        ("seminar", 0, 0),
        ("papers", 1, 50),
    ]
    assert [(one.id, one.percent) for one in hard.tallies] == [("yes", 67), ("no", 33)]
    assert (why.texts, why.unasked) == (("сроки", "отчёты"), 1)
    assert (day.first, day.skipped, count.mean) == (date(2022, 3, 1), 2, 7)


async def test_anonymous_answers_are_shown_after_the_end_from_five_on_in_no_order(field: Field) -> None:
    survey = await field.survey(FORM, anonymous=True)
    results, now = field.core.survey_results, field.clock()
    words = ["яблоко", "арбуз", "вишня", "груша", "дыня"]
    for number, word in enumerate(words):
        assert await refused(results.results(survey.id, by=field.marina, now=now)) == "survey_results.after-end"
        await field.answers(survey, number, {"clear": 4, "hard": True, "why": word})
    await change(field.core, survey, ended_at=now)
    found = await results.results(survey.id, by=field.marina, now=now)
    assert found.questions[3].texts == ("арбуз", "вишня", "груша", "дыня", "яблоко")
    file = await results.workbook(survey.id, by=field.marina, now=now)
    heading, *rows = sheet_of(file.content, "Ответы").values
    assert heading[:3] == ("№", "1. Понятно ли, что делать школе?", "2. Что помогло?")
    assert sorted(row[4] for row in rows) == sorted(words)
    everything = str([list(sheet_of(file.content, name).values) for name in ("Ответы", "Сводка")])
    assert [one for one in ("Учитель", "Лебедева", "Школа № 7", "Южский") if one in everything] == []


async def test_too_few_says_how_many_are_missing(field: Field) -> None:
    survey = await field.survey(anonymous=True)
    for number in range(3):
        await field.answers(survey, number, {"clear": 4})
    await change(field.core, survey, ended_at=field.clock())
    with pytest.raises(Refusal) as caught:
        await field.core.survey_results.workbook(survey.id, by=field.marina, now=field.clock())
    assert (caught.value.reason, caught.value.details["missing"]) == ("survey_results.too-few", 2)


async def test_the_workbook_has_a_row_for_each_and_is_written_down(field: Field, look: Look) -> None:
    survey = await field.survey(FORM)
    await field.answers(survey, 0, {"clear": 5, "help": ("curator", "papers"), "hard": True, "why": "=1+1"})
    await field.answers(survey, 6, {"clear": 2, "day": date(2022, 3, 1), "count": 1.5})
    async with field.core.database.transaction() as tx:
        await registry_rows.remove_person(tx, field.people[6], field.clock())
        await registry_rows.rename_person(tx, field.people[6], "")
    file = await field.core.survey_results.workbook(survey.id, by=field.marina, now=field.clock())
    _, erased, olga = sheet_of(file.content, "Ответы").values
    assert olga[1:5] == ("Южский район", "Школа № 7", "команда школы", OLGA.name)
    assert olga[6:10] == (5, "Куратор; Методички", "да", "=1+1")
    assert erased[4] == f"участник № {field.people[6]}"
    assert (erased[6], erased[10].date(), erased[11]) == (2, date(2022, 3, 1), 1.5)
    assert look.rows(EXPORTED) == [(f'{{"survey": {survey.id}, "count": 2}}',)]


async def test_what_is_filled_in_elsewhere_has_no_results_here(field: Field) -> None:
    survey = await field.survey(link="https://example.org")
    reason = await refused(field.core.survey_results.results(survey.id, by=field.marina, now=field.clock()))
    assert reason == "survey_results.external"
    assert (await field.core.survey_results.live(survey.id, by=field.marina, now=field.clock())).began is None


async def test_surveys_are_compared_the_earlier_first(field: Field) -> None:
    first = await field.survey()
    second = await field.survey(FORM, opens=date(2022, 3, 1))
    alone = await field.survey(FORM)
    await field.answers(first, 0, {"clear": 5, "hard": True})
    await field.answers(second, 0, {"clear": 3, "hard": False})
    results, now = field.core.survey_results, field.clock()
    _, others = await results.comparable(first.id, by=field.marina, now=now)
    assert [one.survey.id for one in others] == [second.id]
    found = await results.compare([first.id, second.id], by=field.marina, now=now)
    assert [one.looked.survey.id for one in found.sides] == [second.id, first.id]
    assert [(one.question.id, one.lines[0].values) for one in found.comparison.questions] == [
        ("clear", (3, 5)),
        ("hard", (0, 100)),
    ]
    assert await refused(results.compare([first.id], by=field.marina, now=now)) == "survey_results.not-comparable"
    assert await refused(results.compare([first.id, alone.id], by=field.marina, now=now)) == "survey_results.nothing"


async def test_reminders_and_silence_are_told_of_each(field: Field) -> None:
    survey = await field.survey()
    async with field.core.database.transaction() as tx:
        await people_rows.set_blocked(tx, OLGA.account, msk("2022-03-09 12:00"))
    missing = await field.core.survey_results.missing(survey.id, by=field.marina, now=field.clock())
    assert {one.name: one.silence for one in missing.people}[OLGA.name] is Silence.BLOCKED
    assert missing.silent == 9
