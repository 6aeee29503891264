"""What those above hear of the work of others: the municipal digest, escalation (design: notices.md, «To whom»)."""

from datetime import date

import pytest

from domain.people import Member
from domain.roadmap import OwedBy, Threshold, ThresholdKind
from storage import registry as registry_rows
from tests.actions.office import Office
from tests.actions.test_numbers_in_notices import FAR, HERS, accepts, documents, municipal
from tests.people import MARINA, PROJECT_CHAT, a_school, an_item, bound

SOUTH, NORTH = 500_000_021, 500_000_022


def lines(text: str) -> list[str]:
    return text.replace("\u00a0", " ").splitlines()


@pytest.fixture
async def schools(office: Office, marina: Member) -> list[int]:
    """Three schools, two in the south with their coordinator; item 20 is due on Sunday, 20 March."""
    homes = ("Южный район", "Южный район", "Северный район")
    found = [await a_school(office.core, f"Школа № {number}", home) for number, home in enumerate(homes, 1)]
    await office.load(documents("до 20 марта"), FAR)
    await bound(office.core, marina, office.clock())
    await municipal(office)
    await office.at("2022-03-10 12:00")
    return found


# --- A municipality --------------------------------------------------------------------------------------------------


async def test_on_monday_a_municipality_hears_what_ends_this_week(office: Office, schools: list[int]) -> None:
    await accepts(office, 20, schools[0])
    said = await office.at("2022-03-14 09:00")
    assert lines(said[SOUTH][0]) == [
        "📅 <b>Сегодня, 14 марта, пн</b>",
        "",
        "<b>Ваши школы</b>",
        "⏳ п. 20 Мероприятие 20 — до 20 марта, вс; ещё нет: 1 из 2 школ",
    ]
    assert lines(said[NORTH][0])[-1] == "⏳ п. 20 Мероприятие 20 — до 20 марта, вс; ещё нет: 1 из 1 школы"
    assert (await office.at("2022-03-14 12:00")) == {}


async def test_it_hears_nothing_when_its_schools_have_done_everything(office: Office, schools: list[int]) -> None:
    await accepts(office, 20, *schools[:2])
    assert SOUTH not in await office.at("2022-03-14 09:00")
    assert await office.days(SOUTH, "2022-03-15", "2022-04-30") == []


async def test_who_is_late_is_named_on_the_third_working_day_and_on_mondays(office: Office, schools: list[int]) -> None:
    await accepts(office, 20, schools[0])
    assert await office.days(SOUTH, "2022-03-15", "2022-03-22") == []
    said = await office.at("2022-03-23 09:00")
    assert lines(said[SOUTH][0])[1:] == [
        "",
        "<b>Ваши школы</b>",
        "⚠️ Школа № 2 опаздывает: п. 20 (3 рабочих дня)",
    ]
    assert "Школа" not in "".join(said.get(PROJECT_CHAT, []))
    assert await office.days(SOUTH, "2022-03-24", "2022-04-05") == [28, 4]


async def test_a_school_that_confirms_is_no_longer_named(office: Office, schools: list[int]) -> None:
    await accepts(office, 20, schools[0])
    assert SOUTH in await office.at("2022-03-23 09:00")
    await accepts(office, 20, schools[1])
    assert await office.days(SOUTH, "2022-03-24", "2022-04-05") == []


async def test_what_waits_for_its_review_is_not_late(office: Office, marina: Member, schools: list[int]) -> None:
    await accepts(office, 20, *schools[:2], is_reviewed=False)
    assert SOUTH not in await office.at("2022-03-23 09:00")


async def test_the_days_are_a_setting(office: Office, marina: Member, schools: list[int]) -> None:
    await office.core.rules.change_rule("escalate_municipal", "1", by=marina, now=office.clock())
    assert await office.days(SOUTH, "2022-03-15", "2022-03-25") == [21]


async def test_during_a_leave_the_deputy_hears_it(office: Office, marina: Member, schools: list[int]) -> None:
    async with office.core.database.read() as tx:
        ids = {one.name: one.id for one in (await registry_rows.registry(tx)).people}
    south, days = ids["Галина Юрьева"], (date(2022, 3, 22), date(2022, 3, 25))
    await office.core.leaves.arrange(south, *days, ids[MARINA.name], by=marina, now=office.clock())
    said = await office.at("2022-03-23 09:00")
    assert (SOUTH in said, lines(said[HERS][0])[2:]) == (
        False,
        ["<b>Ваши школы</b>", *(f"⚠️ Школа № {one} опаздывает: п. 20 (3 рабочих дня)" for one in (1, 2))],
    )
    await office.at("2022-03-26 12:00")
    assert lines((await office.at("2022-03-28 09:00"))[SOUTH][0])[2:] == [
        "<b>Ваши школы</b>",
        *(f"⚠️ Школа № {one} опаздывает: п. 20 (6 рабочих дней)" for one in (1, 2)),
    ]


async def test_its_message_leads_to_the_dashboard(office: Office, schools: list[int]) -> None:
    await office.at("2022-03-14 09:00")
    (sent,) = [one for one in office.channel.sent if one.chat.chat_id == SOUTH]
    assert [[(button.text, button.data) for button in row] for row in sent.buttons] == [
        [("Показатели", "go:board")],
        [("Мои задачи", "tasks")],
    ]


# --- The region ------------------------------------------------------------------------------------------------------


async def test_the_region_is_told_who_is_late_and_called_on_the_seventh_working_day(
    office: Office, marina: Member, schools: list[int]
) -> None:
    await accepts(office, 20, schools[0])
    said = await office.at("2022-03-21 08:30")
    assert lines(said[HERS][0])[1:3] == [
        "⚠️ п. 20 Мероприятие 20 — срок был 20 марта, вс (просрочено на 1 день)",
        "   выполнено: 1 из 3 школ; не сделали: Школа № 2, Школа № 3",
    ]
    group = (await office.at("2022-03-21 09:00"))[PROJECT_CHAT]
    assert lines(group[0])[-1] == "   выполнено: 1 из 3 школ"
    said = await office.at("2022-03-29 09:00")
    assert lines(said[HERS][0])[1:] == [
        "",
        "<b>Пора вмешаться</b>",
        "⚠️ п. 20 Мероприятие 20 — 7 рабочих дней после срока; не сделали: Школа № 2, Школа № 3",
    ]
    assert (await office.at("2022-03-29 12:00")) == {}


async def test_afterwards_the_week_names_them(office: Office, marina: Member, schools: list[int]) -> None:
    await accepts(office, 20, schools[0])
    await office.at("2022-03-30 12:00")
    (text,) = (await office.at("2022-04-18 08:30"))[HERS]
    assert lines(text)[-1] == (
        "⚠️ п. 20 Мероприятие 20 — 21 рабочий день; выполнено: 1 из 3 школ, пора вмешаться; "
        "не сделали: Школа № 2, Школа № 3"
    )


async def test_the_moments_of_escalation_are_known_ahead(office: Office, marina: Member, schools: list[int]) -> None:
    now = office.clock.set("2022-03-20 12:00")
    moments = await office.core.outlook.moments(now, office.clock.set("2022-03-30 12:00"))
    assert {date(2022, 3, 23), date(2022, 3, 29)} <= {one.date() for one in moments}


async def test_enough_by_the_end_is_nobody_s_debt(office: Office, marina: Member, schools: list[int]) -> None:
    share = an_item(34, "до 20 марта", owed_by=OwedBy.SCHOOL, threshold=Threshold(ThresholdKind.SHARE, 60, "schools"))
    await office.load(documents("до 20 марта"), share, FAR)
    await accepts(office, 20, *schools)
    await accepts(office, 34, schools[0], schools[2])
    assert PROJECT_CHAT not in await office.at("2022-03-21 09:00")
    assert await office.days(SOUTH, "2022-03-22", "2022-04-05") == []
    (text,) = (await office.at("2022-04-11 08:30"))[HERS]
    assert lines(text)[-1] == "✅ Можно закрыть: п. 20, 34"
