"""What the day's messages say of the numbers, and how the numbers silence them (design: notices.md, «repeated»)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.happening import NewHappening
from domain.indicator_count import Told
from domain.people import Account, Duty, Member, Role
from domain.roadmap import Item, OwedBy, Threshold, ThresholdKind
from storage import completion as completion_rows
from storage import happening as happening_rows
from storage import registry as registry_rows
from storage import told_number as told_rows
from tests.actions.office import Office
from tests.people import MARINA, PROJECT_CHAT, Somebody, a_school, an_item, bound, enrolled

HERS = MARINA.account.account_id
SOUTH = Somebody("Галина Юрьева", Account("telegram", 500_000_021))
NORTH = Somebody("Светлана Белова", Account("telegram", 500_000_022))
FAR = an_item(99, "до 30 ноября")
"""Keeps a roadmap alive."""


def documents(deadline: str = "до 30 марта") -> Item:
    return an_item(20, deadline, owed_by=OwedBy.SCHOOL)


def repeated(number: int, kind: ThresholdKind, target: int, **more: Any) -> Item:
    return an_item(number, "01.02. – 20.10.2022", threshold=Threshold(kind, target), **more)


@pytest.fixture
async def schools(office: Office, marina: Member) -> list[int]:
    """Three schools, two in the south; the items are loaded by the tests."""
    homes = ("Южный район", "Южный район", "Северный район")
    return [await a_school(office.core, f"Школа № {number}", home) for number, home in enumerate(homes, 1)]


async def load(office: Office, marina: Member, *items: Item) -> None:
    await office.load(*items, FAR)
    await bound(office.core, marina, office.clock())
    await office.at("2022-03-10 12:00")


async def accepts(
    office: Office, number: int, *debtors: int, party: OwedBy = OwedBy.SCHOOL, is_reviewed: bool = True
) -> None:
    item_id = await office.item_id(number)
    steps = ((Step.SENT, CompletionState.SENT), (Step.ACCEPTED, CompletionState.ACCEPTED))
    async with office.core.database.transaction() as tx:
        for one in debtors:
            for step, state in steps if is_reviewed else steps[:1]:
                found = await completion_rows.begin(tx, item_id, Debtor(party, one), office.clock())
                await completion_rows.step(tx, found, step, state, 1, office.clock())


async def holds(office: Office, number: int, day: date, place: int | None = None) -> None:
    item_id = await office.item_id(number)
    async with office.core.database.transaction() as tx:
        await happening_rows.add(tx, NewHappening(item_id, place, day, f"Семинар {day}"), 1, office.clock())


async def spoken(office: Office, number: int, first: str, last: str, chat_id: int = HERS) -> list[date]:
    """The days on which a chat hears of an item."""
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        said = [text for hour in ("08:30", "09:00") for text in (await office.at(f"{day} {hour}")).get(chat_id, [])]
        found += [day for text in said if f"⏳ п. {number} " in text]
        day += timedelta(days=1)
    return found


async def municipal(office: Office) -> dict[str, int]:
    """A coordinator in each municipality; name → id."""
    async with office.core.database.read() as tx:
        homes = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
    for who, home in ((SOUTH, "Южный район"), (NORTH, "Северный район")):
        await enrolled(office.core, who, Duty(Role.MUNICIPAL, municipality_id=homes[home]), now=office.clock())
    return homes


# --- The number under a line -----------------------------------------------------------------------------------------


async def test_the_group_hears_the_total_and_no_names(office: Office, marina: Member, schools: list[int]) -> None:
    await load(office, marina, documents())
    await accepts(office, 20, schools[0])
    said = await office.at("2022-03-16 09:00")
    line = "⏳ п. 20 Мероприятие 20 — до 30 марта, ср (осталось 14\u00a0дней)"
    expected = f"📅 <b>Сегодня, 16 марта, ср</b>\n{line}\n\u00a0\u00a0\u00a0выполнено: 1 из 3\u00a0школ"
    assert said[PROJECT_CHAT] == said[HERS] == [expected]
    assert "Школа" not in said[PROJECT_CHAT][0]


async def test_one_document_of_executors_has_no_number(office: Office, marina: Member) -> None:
    await load(office, marina, an_item(1, "до 30 марта"))
    (text,) = (await office.at("2022-03-16 09:00"))[PROJECT_CHAT]
    assert text.splitlines()[1:] == ["⏳ п. 1 Мероприятие 1 — до 30 марта, ср (осталось 14\u00a0дней)"]


async def test_what_has_not_begun_or_begins_with_nothing_has_no_number(
    office: Office, marina: Member, schools: list[int]
) -> None:
    await load(office, marina, an_item(16, "24.03 – 30.03.2022", owed_by=OwedBy.SCHOOL))
    (before,) = (await office.at("2022-03-17 09:00"))[PROJECT_CHAT]
    (begun,) = (await office.at("2022-03-24 09:00"))[PROJECT_CHAT]
    (ending,) = (await office.at("2022-03-29 09:00"))[PROJECT_CHAT]
    assert [len(said.splitlines()) for said in (before, begun)] == [2, 2]
    assert ending.splitlines()[-1] == "\u00a0\u00a0\u00a0выполнено: 0 из 3\u00a0школ"


async def test_a_told_number_is_said_in_percent(office: Office, marina: Member, schools: list[int]) -> None:
    survey = Threshold(ThresholdKind.SHARE, 90, "participants")
    await load(office, marina, an_item(16, "10.03-24.03.2022", owed_by=OwedBy.SCHOOL, threshold=survey))
    item_id = await office.item_id(16)
    async with office.core.database.transaction() as tx:
        await told_rows.tell(tx, item_id, Told(200, 240, date(2022, 3, 20)), 1, office.clock())
    (text,) = (await office.at("2022-03-21 09:00"))[PROJECT_CHAT]
    assert text.splitlines()[-1] == "\u00a0\u00a0\u00a0ответили: 83 % из 90 %"


# --- Silence ---------------------------------------------------------------------------------------------------------


async def test_what_everybody_has_done_is_not_spoken_of_any_more(
    office: Office, marina: Member, schools: list[int]
) -> None:
    await load(office, marina, documents())
    await accepts(office, 20, *schools[:2])
    assert set(await office.at("2022-03-16 09:00")) == {PROJECT_CHAT, HERS}
    await accepts(office, 20, schools[2])
    assert await office.days(PROJECT_CHAT, "2022-03-17", "2022-04-08") == []


async def test_a_school_that_joins_owes_it_and_is_spoken_of(office: Office, marina: Member, schools: list[int]) -> None:
    await load(office, marina, documents())
    await accepts(office, 20, *schools)
    assert PROJECT_CHAT not in await office.at("2022-03-16 09:00")
    await a_school(office.core, "Школа № 4")
    (text,) = (await office.at("2022-03-23 09:00"))[PROJECT_CHAT]
    assert text.splitlines()[-1] == "\u00a0\u00a0\u00a0выполнено: 3 из 4\u00a0школ"


async def test_the_repeated_reminder_stops_when_the_count_is_reached(office: Office, marina: Member) -> None:
    await load(office, marina, repeated(15, ThresholdKind.COUNT, 2))
    await holds(office, 15, date(2022, 3, 5))
    (text,) = (await office.at("2022-03-25 09:00"))[HERS]
    assert text.splitlines()[1:] == [
        "⏳ п. 15 Мероприятие 15 — не менее 2 за период, 1 февраля – 20 октября",
        "\u00a0\u00a0\u00a0проведено: 1 из 2",
    ]
    assert await spoken(office, 15, "2022-04-22", "2022-04-27") == [date(2022, 4, 25)]
    await holds(office, 15, date(2022, 4, 5))
    assert await spoken(office, 15, "2022-05-23", "2022-05-27") == []


async def test_the_monthly_reminder_is_silent_in_a_month_that_has_it(office: Office, marina: Member) -> None:
    await load(office, marina, repeated(23, ThresholdKind.MONTHLY, 1))
    await holds(office, 23, date(2022, 3, 5))
    assert await spoken(office, 23, "2022-03-22", "2022-03-28") == []
    (text,) = (await office.at("2022-04-25 08:30"))[HERS]
    assert "⏳ п. 23 Мероприятие 23 — не реже 1\u00a0раза в месяц, 1 февраля – 20 октября" in text
    assert "сделано: 1 из 9\u00a0месяцев, не было: февраль 2022 и ещё 1\u00a0месяц" in text


async def test_a_municipality_that_held_its_event_is_not_reminded_while_others_are(
    office: Office, marina: Member, schools: list[int]
) -> None:
    event = repeated(24, ThresholdKind.PER_MUNICIPALITY, 1, owed_by=OwedBy.MUNICIPALITY, executors=("department",))
    homes = await municipal(office)
    await load(office, marina, event)
    await holds(office, 24, date(2022, 3, 5), homes["Южный район"])
    said = await office.at("2022-03-25 09:00")
    assert set(said) == {NORTH.account.account_id}
    assert (
        said[NORTH.account.account_id][0].splitlines()[-1] == "\u00a0\u00a0\u00a0выполнено: 1 из 2\u00a0муниципалитетов"
    )
    await holds(office, 24, date(2022, 4, 5), homes["Северный район"])
    assert await office.days(NORTH.account.account_id, "2022-04-22", "2022-04-27") == []


# --- What is ahead ---------------------------------------------------------------------------------------------------


async def test_what_is_done_is_not_coming(office: Office, marina: Member, schools: list[int]) -> None:
    await load(office, marina, documents(), repeated(23, ThresholdKind.MONTHLY, 1))
    await accepts(office, 20, *schools)
    await holds(office, 23, date(2022, 3, 5))
    coming = await office.core.outlook.coming(office.clock(), date(2022, 5, 1))
    assert [(line.item, line.at.date()) for line in coming if line.chat.chat_id == HERS] == [(23, date(2022, 4, 25))]
    moments = await office.core.outlook.moments(office.clock(), office.clock.set("2022-03-31 12:00"))
    assert [moment.date() for moment in moments] == [date(2022, 3, day) for day in (14, 21, 28)]


async def test_the_plan_takes_nobody_to_have_done_anything(office: Office, marina: Member, schools: list[int]) -> None:
    await load(office, marina, documents(), repeated(15, ThresholdKind.COUNT, 1))
    span = date(2022, 3, 1), date(2022, 5, 1)
    before = await office.core.outlook.forecast(*span)
    await accepts(office, 20, *schools)
    await holds(office, 15, date(2022, 3, 5))
    assert await office.core.outlook.forecast(*span) == before != []


# --- The coordinator's digest ----------------------------------------------------------------------------------------


async def test_the_digest_tells_what_is_threatened_late_and_to_be_closed(
    office: Office, marina: Member, schools: list[int]
) -> None:
    survey = Threshold(ThresholdKind.SHARE, 90, "participants")
    late, done = documents("до 3 марта"), an_item(10, "до 3 марта", owed_by=OwedBy.SCHOOL)
    asked = an_item(16, "10.03-24.03.2022", owed_by=OwedBy.SCHOOL, threshold=survey)
    await load(office, marina, late, done, asked)
    await accepts(office, 20, schools[0])
    await accepts(office, 10, *schools)
    item_id = await office.item_id(16)
    async with office.core.database.transaction() as tx:
        await told_rows.tell(tx, item_id, Told(60, 240, date(2022, 3, 14)), 1, office.clock())
    (text,) = (await office.at("2022-03-14 08:30"))[HERS]
    threatened = (
        "ответили: 25 % из 90 %, не хватает 156 ответов, осталось 8 рабочих дней; "
        "при нынешнем темпе 90 % будет 27 марта, вс — после срока"
    )
    assert text.replace("\u00a0", " ").splitlines()[1:] == [
        "",
        "<b>Неделя</b>",
        "Новых сроков нет.",
        "",
        "<b>Под угрозой</b>",
        f"⚠️ п. 16 Мероприятие 16 — {threatened}",
        "",
        "<b>Просрочено</b>",
        "⚠️ п. 20 Мероприятие 20 — 6 рабочих дней; выполнено: 1 из 3 школ",
        "",
        "✅ Можно закрыть: п. 10",
    ]
