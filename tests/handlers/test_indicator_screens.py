"""«Показатели», «Кто сделал», «Наш результат» as they are seen and pressed."""

import pytest

from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.indicator_count import Told
from domain.people import Account, Duty, Role
from domain.roadmap import OwedBy
from rehearsal.pressing import Answer
from storage import completion as completion_rows
from storage import registry as registry_rows
from storage import told_number as told_rows
from tests.handlers.desk import Desk, enters
from tests.people import MARINA, OLGA, Somebody, enrolled, registered

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
GALINA = Somebody("Галина Юрьева", Account("telegram", 500_000_021))


async def school_ids(desk: Desk) -> dict[str, int]:
    """The roadmap's own eight schools; name → id."""
    async with desk.app.core.database.read() as tx:
        return {one.name: one.id for one in (await registry_rows.registry(tx)).schools}


async def accepts(desk: Desk, item: int, *schools: int, until: Step = Step.ACCEPTED) -> None:
    """The ids of items are their numbers here."""
    now = desk.world.clock()
    async with desk.app.core.database.transaction() as tx:
        for one in schools:
            for step, state in ((Step.SENT, CompletionState.SENT), (Step.ACCEPTED, CompletionState.ACCEPTED)):
                found = await completion_rows.begin(tx, item, Debtor(OwedBy.SCHOOL, one), now)
                await completion_rows.step(tx, found, step, state, 1, now)
                if step is until:
                    break


@pytest.fixture
async def director(desk: Desk) -> Desk:
    """Olga is responsible for the school of Talitsy, Galina for its district."""
    schools = await school_ids(desk)
    now = desk.world.clock()
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, schools["Талицкая СОШ"], responsible=True), now=now)
    async with desk.app.core.database.read() as tx:
        homes = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
    await enrolled(desk.app.core, GALINA, Duty(Role.MUNICIPAL, municipality_id=homes["Южский район"]), now=now)
    enters(desk.world, GALINA).starts()
    await desk.settle()
    return desk


async def test_the_dashboard_begins_with_the_items_by_state(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Регион", "Показатели")
    assert shown.text == (
        "Показатели, 10 марта, чт\n"
        "⚠️ Не выполнено (15): п. 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 23\n"
        "⏳ Идёт (6): п. 15, 16, 19, 20, 24, 31\n"
        "📅 Впереди (11): п. 18, 21, 25, 26, 27, 28, 29, 30, 32, 33, 34\n"
        "📅 Без срока (2): п. 17, 22"
    )
    assert shown.buttons == ["В числах", "Кто опаздывает", "Регион", "В меню"]
    marina = await desk.app.core.people.member(MARINA.account, now=desk.world.clock())
    await desk.app.core.roadmaps.close(1, "", by=marina, now=desk.world.clock())
    await desk.presses(desk.marina, "Регион")
    await desk.presses(desk.marina, "Показатели")
    assert desk.screen(desk.marina).endswith("✅ Выполнено (1): п. 1")


async def test_the_numbers_are_turned_page_by_page_and_lead_to_who_did(desk: Desk) -> None:
    schools = await school_ids(desk)
    await accepts(desk, 10, *list(schools.values())[:6])
    shown = await desk.opens(desk.marina, "/menu", "Регион", "Показатели", "В числах")
    assert shown.text.replace("\u00a0", " ") == (
        "Показатели, 10 марта, чт, страница 1 из 2\n"
        "⚠️ п. 10 Семинар-совещание по работе с документами — выполнено: 6 из 8 школ, не хватает 2 школ, "
        "срок был 7 февраля, пн; при нынешнем темпе 100 % будет 11 марта, пт\n"
        "⏳ п. 15 Семинары по преодолению рисков — проведено: 0 из 4, не хватает 4 мероприятий, "
        "осталось 155 рабочих дней\n"
        "📅 п. 17 Курсы повышения квалификации (8 школ) — выполнено: 0 из 8 школ, не хватает 8 школ\n"
        "⏳ п. 20 Концептуальные документы и антирисковые программы — выполнено: 0 из 8 школ, не хватает 8 школ, "
        "осталось 6 рабочих дней\n"
        "📅 п. 22 Анализ подтверждающих документов — выполнено: 0 из 8 школ, не хватает 8 школ\n"
        "⚠️ п. 23 Сопровождение проекта «Вектор успеха» — сделано: 0 из 10 месяцев, не было: январь 2022 и ещё 2 месяца"
    )
    assert shown.buttons[:7] == ["п. 10", "п. 15", "п. 17", "п. 20", "п. 22", "п. 23", "Дальше ›"]
    await desk.presses(desk.marina, "Дальше ›")
    assert desk.screen(desk.marina).startswith("Показатели, 10 марта, чт, страница 2 из 2\n⏳ п. 24 ")
    await desk.presses(desk.marina, "‹ Назад")
    await desk.presses(desk.marina, "п. 10")
    assert desk.screen(desk.marina).splitlines()[0] == "п. 10 Семинар-совещание по работе с документами"
    await desk.presses(desk.marina, "К пункту")
    assert "Сейчас: ⚠️ выполнено: 6 из 8\u00a0школ" in desk.screen(desk.marina)


async def test_who_is_late_stands_by_name_and_only_in_private(director: Desk) -> None:
    schools = await school_ids(director)
    await accepts(director, 10, *[one for name, one in schools.items() if name != "Талицкая СОШ"])
    await director.moves("2022-03-21 12:00")
    shown = await director.opens(director.marina, "/menu", "Регион", "Показатели", "Кто опаздывает")
    lines = shown.text.splitlines()
    assert lines[0] == "Кто опаздывает: 12, страница 1 из 2"
    assert "⚠️ Региональный координатор — п. 1, 3, 4, 6, 7, 8, 9, 11" in lines
    assert "⚠️ Талицкая СОШ — п. 10, 20" in lines
    assert shown.buttons == ["Дальше ›", "По состоянию", "В числах", "Регион", "В меню"]


async def test_when_nobody_is_late_it_says_so(director: Desk) -> None:
    galina = director.world.people[GALINA.account.account_id]
    schools = await school_ids(director)
    await accepts(director, 10, *schools.values())
    shown = await director.opens(galina, "/menu", "Регион", "Показатели", "Кто опаздывает")
    assert shown.text == "✅ Никто не опаздывает."


async def test_a_municipal_coordinator_sees_their_district(director: Desk) -> None:
    galina = director.world.people[GALINA.account.account_id]
    shown = await director.opens(galina, "/menu", "Регион", "Показатели")
    assert shown.text.splitlines()[0] == "Показатели: Южский район, 10 марта, чт"
    await director.presses(galina, "Кто опаздывает")
    assert shown.text.splitlines() == [
        "Кто опаздывает: 2",
        "⚠️ МКСОШ с. Мугреево-Дмитриевское — п. 10",
        "⚠️ Талицкая СОШ — п. 10",
    ]


async def test_who_did_names_who_has_not_with_whom_to_phone(director: Desk) -> None:
    schools = await school_ids(director)
    others = [one for name, one in schools.items() if name != "Талицкая СОШ"]
    await accepts(director, 20, *others[:5])
    await accepts(director, 20, *others[5:], until=Step.SENT)
    card = await director.opens(director.marina, "/roadmap", "Дальше", "Дальше", "п. 20")
    assert "Кто сделал" in card.buttons
    await director.presses(director.marina, "Кто сделал")
    pace = "при нынешнем темпе всё будет сделано 11 марта, пт"
    assert director.screen(director.marina).replace("\u00a0", " ").splitlines()[:6] == [
        "п. 20 Концептуальные документы и антирисковые программы",
        f"⏳ выполнено: 5 из 8 школ, не хватает 3 школ, осталось 6 рабочих дней; {pace}",
        "",
        "Ещё нет: 1",
        "• Талицкая СОШ — Ольга Лебедева",
        "",
    ]
    assert "На проверке: 2" in director.screen(director.marina)
    assert "Сделано: 5" in director.screen(director.marina)
    assert director.said(director.marina).buttons == ["К пункту", "В меню"]


async def test_a_long_list_of_who_has_not_is_turned(desk: Desk) -> None:
    for number in range(12):
        async with desk.app.core.database.transaction() as tx:
            home = (await registry_rows.registry(tx)).municipalities[0].id
            await registry_rows.add_school(tx, f"<i>Школа {number:02}</i>", home)
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, "whodid:20")
    assert "Ещё нет: 20, страница 1 из 2" in desk.screen(desk.marina)
    await desk.presses(desk.marina, "Дальше ›")
    assert "Ещё нет: 20, страница 2 из 2" in desk.screen(desk.marina)
    await desk.forges(desk.marina, "whopage:20:99")
    assert "страница 2 из 2" in desk.screen(desk.marina)
    await desk.forges(desk.marina, "board:late:-5")
    assert "страница 1 из" in desk.screen(desk.marina)


async def test_a_school_sees_its_own_result_beside_the_region(director: Desk) -> None:
    schools = await school_ids(director)
    await accepts(director, 10, *list(schools.values())[:4], schools["Талицкая СОШ"])
    await accepts(director, 20, schools["Талицкая СОШ"], until=Step.SENT)
    shown = await director.opens(director.olga, "/menu", "Моя школа", "Наш результат")
    lines = shown.text.replace("\u00a0", " ").splitlines()
    assert lines[:3] == [
        "Талицкая СОШ, 10 марта, чт",
        "Выполнено: 1 из 9 пунктов — 11 %. В среднем по региону — 6 %.",
        "",
    ]
    assert lines[3] == "✅ п. 10 Семинар-совещание по работе с документами — сделано; по региону 62 %"
    assert lines[6] == "⏳ п. 20 Концептуальные документы и антирисковые программы — на проверке; по региону 0 %"
    assert not any(name in shown.text for name in schools if name != "Талицкая СОШ")
    assert shown.buttons == ["К карточке школы", "В меню"]


async def test_what_is_not_theirs_is_refused(director: Desk) -> None:
    schools = await school_ids(director)
    await director.says(director.olga, "/menu")
    for data in ("go:board", "board:late:0", f"result:{schools['МСОШ № 2']}", f"respage:{schools['МСОШ № 2']}:0"):
        assert await director.forges(director.olga, data) == REFUSED
    await director.forges(director.olga, "whodid:20")
    assert director.screen(director.olga).splitlines()[3:] == ["Ещё нет: 1", "• Талицкая СОШ — Ольга Лебедева"]
    gone = Answer("Такого пункта больше нет. Откройте дорожную карту: /roadmap", alert=True)
    assert await director.forges(director.olga, "whodid:999") == gone


async def test_a_stranger_learns_nothing(desk: Desk) -> None:
    await desk.says(desk.igor, "/start")
    for data in ("go:board", "whodid:20", "result:1"):
        answer = await desk.forges(desk.igor, data)
        assert "школ" not in (answer.text or "").replace("школы", "")
        assert "выполнено" not in desk.screen(desk.igor)


@pytest.mark.parametrize("data", ["board:no-such:0", "board:late:x", "whodid:0", "result:-1"])
async def test_what_is_no_button_is_a_dead_one(desk: Desk, data: str) -> None:
    await desk.says(desk.marina, "/menu")
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    assert await desk.forges(desk.marina, data) == dead


async def test_the_card_tells_the_survey_with_what_is_lacking_and_the_pace(desk: Desk) -> None:
    async with desk.app.core.database.transaction() as tx:
        await told_rows.tell(tx, 16, Told(150, 240, desk.world.clock().date()), 1, desk.world.clock())
    await desk.moves("2022-03-22 12:00")
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, "item:16")
    assert (
        "\nСейчас: ⚠️ ответили: 62 % из 90 %, не хватает 66\u00a0ответов, осталось 2\u00a0рабочих дня; "
        "при нынешнем темпе 90 % будет 28 марта, пн — после срока\n"
    ) in desk.screen(desk.marina)


async def test_somebody_registered_without_a_name_is_called_by_a_number(desk: Desk) -> None:
    schools = await school_ids(desk)
    duty = Duty(Role.SCHOOL, schools["Талицкая СОШ"], responsible=True)
    person = await registered(desk.app.core, "", duty, now=desk.world.clock())
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, "whodid:20")
    assert f"• Талицкая СОШ — участник № {person}" in desk.screen(desk.marina)
