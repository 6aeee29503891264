"""The window of a survey moved: with its item, or its own; who is told, and when it is open again."""

from datetime import date

import pytest

from actions.form_sheet import Ref
from domain.people import Member
from domain.refusal import Refusal
from domain.survey import Course, Window
from tests.actions.keeping import DEEDS, FIELDS, begins, card, draft, running, types
from tests.actions.office import Office
from tests.actions.reviewed import KIRA, TATYANA, Region, a_region
from tests.actions.surveyed import SHORT, a_survey
from tests.people import OLGA, Look

SURVEY_ITEM = 2
"""«до 20 марта» in ``ITEMS``."""
DEADLINE = f"SELECT deadline_text FROM item WHERE id = {SURVEY_ITEM}"  # noqa: S608  a number of ours
OLGAS, KIRAS, TATYANAS = (one.account.account_id for one in (OLGA, KIRA, TATYANA))


@pytest.fixture
async def region(office: Office, marina: Member) -> Region:
    """Five participants; item 2 is a survey «до 20 марта»."""
    return await a_region(office.core, office.clock, marina)


async def of_item(region: Region) -> int:
    """The survey of item 2, open since 9 March."""
    found = await a_survey(region.core, SHORT, opens=date(2022, 3, 9), closes=None, item_id=SURVEY_ITEM)
    await region.core.survey_course.run(region.clock())
    return found.id


async def answers(region: Region, survey: int, by: Member) -> None:
    await begins(region, survey, by)
    ref, now = Ref("survey", survey), region.clock()
    await region.core.forms.press(ref, "hard", "no", by=by, now=now)
    await region.core.forms.send(ref, by=by, now=now)


async def test_whoever_was_invited_and_has_not_answered_is_told_once_of_a_moved_end(
    region: Region, office: Office, look: Look
) -> None:
    survey = await running(region)
    await office.at("2022-03-09 12:01")
    await answers(region, survey, region.olga)
    for _ in range(2):
        found = await types(region, survey, FIELDS.CLOSES, "31 марта")
    assert found.looked.window == Window(date(2022, 3, 9), date(2022, 3, 31))
    said = await office.at("2022-03-09 12:10")
    moved = "📅 <b>Коротко</b>\nПеренесено: с 24 марта на <b>31 марта, чт</b>. Ваш ответ ещё ждём."
    assert (said.get(OLGAS, []), said[KIRAS], said[TATYANAS]) == ([], [moved], [moved])
    extended = f'{{"survey": {survey}, "until": "2022-03-31"}}'
    assert [about for deed, about in look.rows(DEEDS) if deed == "survey-extended"] == [extended]


async def test_who_was_not_invited_yet_hears_of_no_move(region: Region, office: Office) -> None:
    survey = await draft(region)
    await types(region, survey, FIELDS.CLOSES, "24 марта")
    await types(region, survey, FIELDS.CLOSES, "31 марта")
    assert KIRAS not in await office.at("2022-03-09 12:10")


async def test_the_end_of_an_item_s_survey_is_the_item_s_and_moves_it(
    region: Region, office: Office, look: Look
) -> None:
    survey = await of_item(region)
    await office.at("2022-03-10 09:00")
    found = await types(region, survey, FIELDS.CLOSES, "31 марта")
    assert (found.looked.window, found.survey.closes) == (Window(date(2022, 3, 9), date(2022, 3, 31)), None)
    assert look.rows(DEADLINE) == [("до 31.03.2022",)]
    assert look.rows("SELECT deed FROM audit WHERE deed = 'item-corrected'") == [("item-corrected",)]
    said = [text for texts in (await office.at("2022-03-10 09:10")).values() for text in texts]
    assert said
    assert all("Перенесено" in text for text in said)
    region.clock.set("2022-03-10 09:20")
    assert [text for chat, texts in (await office.at("2022-03-10 09:20")).items() for text in texts] == []


async def test_an_end_of_its_own_leaves_the_item_alone_until_it_is_given_back(
    region: Region, office: Office, look: Look
) -> None:
    survey, keeping = await of_item(region), region.core.survey_keeping
    assert (await keeping.own_end(survey, by=region.marina, now=region.clock())).survey.closes == date(2022, 3, 20)
    found = await types(region, survey, FIELDS.CLOSES, "31 марта")
    assert (found.survey.closes, look.rows(DEADLINE)) == (date(2022, 3, 31), [("до 20 марта",)])
    found = await keeping.clear(survey, FIELDS.CLOSES, by=region.marina, now=region.clock())
    assert found.looked.window == Window(date(2022, 3, 9), date(2022, 3, 20))
    region.clock.set("2022-03-21 12:00")
    await keeping.closes(survey, date(2022, 3, 25), by=region.marina, now=region.clock())
    assert look.rows(DEADLINE) == [("до 25.03.2022",)]


async def test_an_item_s_end_that_is_over_is_not_taken_back(region: Region) -> None:
    survey, keeping = await of_item(region), region.core.survey_keeping
    await keeping.own_end(survey, by=region.marina, now=region.clock())
    await types(region, survey, FIELDS.CLOSES, "31 марта")
    region.clock.set("2022-03-22 12:00")
    with pytest.raises(Refusal, match=r"survey_keeping\.past-day"):
        await keeping.clear(survey, FIELDS.CLOSES, by=region.marina, now=region.clock())
    assert (await card(region, survey)).survey.closes == date(2022, 3, 31)


async def test_what_was_closed_is_open_again_with_the_same_or_another_end(region: Region) -> None:
    survey, keeping = await running(region), region.core.survey_keeping
    await keeping.close(survey, by=region.marina, now=region.clock())
    region.clock.set("2022-03-10 12:00")
    await region.core.survey_course.run(region.clock())
    assert (await card(region, survey)).looked.course is Course.CLOSED
    found = await types(region, survey, FIELDS.CLOSES, "24 марта")
    assert (found.looked.course, found.survey.closed_at) == (Course.OPEN, None)
    region.clock.set("2022-03-26 12:00")
    await region.core.survey_course.run(region.clock())
    found = await types(region, survey, FIELDS.CLOSES, "завтра")
    assert (found.looked.course, found.looked.window) == (
        Course.OPEN,
        Window(date(2022, 3, 9), date(2022, 3, 27)),
    )


async def test_an_end_before_the_beginning_is_refused_and_the_other_way_round(region: Region) -> None:
    survey = await draft(region)
    await types(region, survey, FIELDS.OPENS, "20 марта")
    with pytest.raises(Refusal, match=r"survey_keeping\.reversed"):
        await types(region, survey, FIELDS.CLOSES, "19 марта")
    await types(region, survey, FIELDS.CLOSES, "25 марта")
    with pytest.raises(Refusal, match=r"survey_keeping\.reversed"):
        await types(region, survey, FIELDS.OPENS, "26 марта")
    found = await card(region, survey)
    assert found.looked.window == Window(date(2022, 3, 20), date(2022, 3, 25))
