"""What the bot says of visits by itself: in the morning before and on the day, in the evening until it is told."""

from datetime import date

import pytest

from bot.core import Core
from domain.people import Member
from domain.roadmap import Executor, ItemKind, OwedBy
from tests.actions.office import Office
from tests.actions.visited import ANNA, NATALYA, Fieldwork, fieldwork
from tests.people import SettableClock, a_roadmap, an_item

VISIT_DAY = date(2022, 3, 14)
"""A Monday: the day before is a Sunday, the third day before a Friday."""
CURATOR, DIRECTOR = NATALYA.account.account_id, ANNA.account.account_id


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    clock.set("2022-03-01 12:00")
    return await fieldwork(core, clock, marina)


async def evening(office: Office, moment: str) -> dict[int, list[str]]:
    """What arrives at that moment of an evening."""
    office.clock.set(moment)
    await office.core.visit_course.run(office.clock())
    return await office.at(moment)


async def test_both_hear_before_and_on_the_day(field: Fieldwork, office: Office) -> None:
    await field.approved(VISIT_DAY)
    await office.at("2022-03-01 13:00")
    heard = {day: set(await office.at(f"2022-03-{day:02} 09:00")) for day in range(2, 21)}
    assert [day for day, chats in heard.items() if chats] == [11, 14]
    assert heard[11] == heard[14] == {CURATOR, DIRECTOR}


async def test_the_morning_of_the_day_brings_the_schools_card_to_who_goes(field: Fieldwork, office: Office) -> None:
    await field.approved(VISIT_DAY)
    await office.at("2022-03-01 13:00")
    said = await office.at("2022-03-14 09:00")
    (guest,), (host,) = said[CURATOR], said[DIRECTOR]
    assert guest.splitlines() == [
        "📅 <b>Сегодня, 14 марта, пн</b>",
        "📅 <b>Сегодня визит</b>: Школа № 7, Южский район",
        "Встречает: Анна Соболева",
        "Это первый визит",
        "Риски: Низкая учебная мотивация; Дефицит кадров",
        "Документы: есть 0, черновик 0, нет 6",
    ]
    assert host.splitlines() == [
        "📅 <b>Сегодня, 14 марта, пн</b>",
        "📅 <b>Сегодня визит</b>: приедет Наталья Ершова",
    ]


async def test_in_the_evening_it_is_asked_until_it_is_told_with_a_cap(field: Fieldwork, office: Office) -> None:
    await field.approved(VISIT_DAY)
    await office.at("2022-03-01 13:00")
    asked = []
    for day in range(11, 25):
        for hour in ("17:59", "18:00", "18:01"):
            said = await evening(office, f"2022-03-{day} {hour}")
            asked += [(day, hour, one.splitlines()[0]) for one in said.get(CURATOR, []) if "Как прошёл" in one]
    words = "📋 <b>Как прошёл визит?</b> № 1 · Школа № 7"
    assert asked == [(day, "18:00", words) for day in (14, 15, 16, 17)]


async def test_who_told_is_not_asked(field: Fieldwork, office: Office) -> None:
    visit_id = await field.approved(VISIT_DAY)
    await office.at("2022-03-01 13:00")
    office.clock.set("2022-03-14 15:00")
    await field.reported(visit_id)
    assert CURATOR not in await evening(office, "2022-03-14 18:00")


async def test_who_asks_to_move_it_is_not_asked_meanwhile(field: Fieldwork, office: Office) -> None:
    visit_id = await field.approved(VISIT_DAY)
    office.clock.set("2022-03-14 12:00")
    await office.core.visit_plans.change(visit_id, date(2022, 3, 21), "метель", by=field.natalya, now=office.clock())
    await office.at("2022-03-14 13:00")
    assert CURATOR not in await evening(office, "2022-03-14 18:00")


async def test_a_question_that_could_not_be_sent_by_night_expires(field: Fieldwork, office: Office) -> None:
    await field.approved(VISIT_DAY)
    await office.at("2022-03-01 13:00")
    office.clock.set("2022-03-14 18:00")
    await office.core.visit_course.run(office.clock())
    said = await office.at("2022-03-14 20:00")
    assert CURATOR not in said


async def test_what_was_agreed_is_remembered_by_the_school_until_done(field: Fieldwork, office: Office) -> None:
    visit_id = await field.approved(VISIT_DAY)
    office.clock.set("2022-03-14 15:00")
    await field.reported(visit_id)
    await office.core.visit_reviews.accept(visit_id, 1, by=field.coordinator, now=office.clock())
    await office.at("2022-03-14 16:00")
    assert await office.days(DIRECTOR, "2022-04-01", "2022-04-20") == [12, 14, 15, 18]
    (late,) = (await office.at("2022-04-25 09:00"))[DIRECTOR]
    assert late.splitlines()[1] == (
        "⚠️ Договорились с куратором: Обновить сайт — до 15 апреля, пт (просрочено на 10\u00a0дней), завуч"
    )
    (card,) = await office.core.agreed_actions.of_school(field.schools[0], by=field.anna, now=office.clock())
    await office.core.agreed_actions.done(card.agreed.id, by=field.anna, now=office.clock())
    assert await office.days(DIRECTOR, "2022-04-26", "2022-05-20") == []


async def test_who_has_told_of_every_school_is_not_reminded_of_the_item(field: Fieldwork, office: Office) -> None:
    monitoring = an_item(
        13, "до 16.03.2022", executors=("curators",), kind=ItemKind.MONITORING, owed_by=OwedBy.CURATOR, channels=()
    )
    roadmap = a_roadmap(monitoring, executors=(Executor("curators", "Кураторы", "curator"),))
    await office.core.roadmaps.load(roadmap, now=office.clock())
    visits = [await field.approved(VISIT_DAY, school) for school in (0, 1)]
    await office.at("2022-03-01 13:00")
    office.clock.set("2022-03-14 15:00")
    await field.reported(visits[0])
    (said,) = (await office.at("2022-03-15 09:00"))[CURATOR]
    assert "п. 13" in said
    office.clock.set("2022-03-15 15:00")
    await field.reported(visits[1])
    assert CURATOR not in await office.at("2022-03-16 09:00")
