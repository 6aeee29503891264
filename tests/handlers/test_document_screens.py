"""«Документы» as they are seen and pressed: a school's own, a curator's, everybody's."""

import pytest

from domain.evidence import LINK_LIMIT
from domain.people import Duty, Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from storage import registry as registry_rows
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
GONE = Answer("Этой школы в проекте больше нет. Откройте список школ в меню: /menu", alert=True)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
STATES = "SELECT kind, state FROM school_document ORDER BY id"
CHECKLIST = ["Концепция развития", "Среднесрочная программа развития"]
STAGES = ["Подтверждающие документы, этап 1", "Подтверждающие документы, этап 2"]
LAST = ["Замечания", "Рисковый профиль", "К школе", "В меню"]
PLEASE = (
    "Жду ссылку текстом или документ файлом, не фотографией и не голосом. "
    "Если передумали — нажмите «Отмена» под вопросом или откройте /menu."
)


async def concept(desk: Desk, who: Person) -> str:
    """The card of the concept, whatever stands before its name."""
    shown = await desk.opens(who, "/menu", "Документы")
    await desk.presses(who, next(one for one in shown.buttons if one.endswith("Концепция развития")))
    return desk.screen(who)


async def sends_file(desk: Desk, who: Person, content: bytes, name: str) -> None:
    who.sends_document(content, name)
    await desk.settle()


# --- The school's own -------------------------------------------------------------------------------------------------


async def test_a_school_opens_its_checklist_at_once(desk: Desk, seven: int) -> None:
    shown = await desk.opens(desk.olga, "/menu", "Документы")
    assert shown.text == (
        "Школа № 7\nДокументы\n\nКонцепция развития — нет\nСреднесрочная программа развития — нет\n"
        "Подтверждающие документы, этап 1 — нет\nПодтверждающие документы, этап 2 — нет\n\n"
        "Рисковый профиль ещё не отмечен: после этого здесь появятся антирисковые программы."
    )
    assert shown.buttons == [*CHECKLIST, *STAGES, *LAST]
    by_card = await desk.opens(desk.olga, "/menu", "Моя школа", "Документы")
    assert (by_card.text, by_card.buttons) == (shown.text, shown.buttons)


async def test_a_link_is_added_and_the_document_is_placed(desk: Desk, seven: int) -> None:
    assert await concept(desk, desk.olga) == "Концепция развития\nШкола № 7\n\nСостояние: нет"
    await desk.presses(desk.olga, "Файл или ссылка")
    asked = desk.said(desk.olga)
    assert asked.text == "Концепция развития\nПришлите ссылку на страницу сайта школы или файл до 20 МБ."
    assert asked.buttons == ["К документу", "Отмена"]
    for typed in ("javascript:alert.x(1)", "нет ссылки"):
        assert (await desk.says(desk.olga, typed)).text.startswith("Это не похоже на ссылку.")
    shown = await desk.says(desk.olga, 'школа.рф/"><b>&x')
    assert shown.text.startswith("✅ Ссылка сохранена.\n\nКонцепция развития\nШкола № 7\n\nСостояние: черновик\n")
    assert 'На сайте: https://школа.рф/"><b>&x\n' in shown.text
    assert shown.buttons == ["Файл или ссылка", "Размещён", "Убрать ссылку", "К документам школы", "В меню"]
    said = await desk.presses(desk.olga, "Размещён")
    assert said == Answer("Отмечено: размещён. Документ увидят проверяющие.")
    await desk.presses(desk.olga, "К документам школы")
    assert desk.screen(desk.olga).splitlines()[3] == "⏳ Концепция развития — размещена"
    assert desk.look.rows(STATES) == [("concept", "placed")]


async def test_a_link_at_its_limit_fits_the_screen(desk: Desk, seven: int) -> None:
    await concept(desk, desk.olga)
    await desk.presses(desk.olga, "Файл или ссылка")
    await desk.says(desk.olga, "https://a.ru/" + "&" * (LINK_LIMIT - 13))
    assert desk.screen(desk.olga).startswith("✅ Ссылка сохранена.")


async def test_a_file_is_added_opened_and_taken_away(desk: Desk, seven: int) -> None:
    await concept(desk, desk.olga)
    await desk.presses(desk.olga, "Файл или ссылка")
    await sends_file(desk, desk.olga, PDF, "Концепция <7>.pdf")
    shown = desk.said(desk.olga)
    assert shown.text.startswith("✅ Файл «Концепция 7.pdf» сохранён.\n\nКонцепция развития\n")
    await desk.presses(desk.olga, "Размещён")
    await concept(desk, desk.igor)
    assert await desk.presses(desk.igor, "Открыть файл") == Answer("Файл ниже.")
    sent = desk.said(desk.igor)
    assert sent.text == "Концепция развития\nШкола № 7"
    assert desk.look.count("stored_file") == 1
    await concept(desk, desk.olga)
    assert await desk.presses(desk.olga, "Убрать файл") == Answer("Файл убран.")
    assert desk.look.rows(STATES) == [("concept", "draft")]
    no_file = Answer("Файла у этого документа больше нет. Откройте документ ещё раз.", alert=True)
    assert await desk.forges(desk.igor, f"docfile:{seven}:concept:0", message=shown) == no_file


async def test_what_is_neither_is_asked_for_again(desk: Desk, seven: int) -> None:
    await concept(desk, desk.olga)
    await desk.presses(desk.olga, "Файл или ссылка")
    desk.olga.sends_photo(PICTURE)
    await desk.settle()
    assert desk.screen(desk.olga) == PLEASE
    await sends_file(desk, desk.olga, b"MZ" + b"\0" * 200, "Концепция.pdf")
    assert desk.screen(desk.olga).startswith("«Концепция.pdf»: ")
    await sends_file(desk, desk.olga, PDF, "Концепция.pdf")
    assert desk.look.rows(STATES) == [("concept", "draft")]


async def test_a_question_survives_a_restart(desk: Desk, seven: int, reopen: Reopen) -> None:
    await concept(desk, desk.olga)
    await desk.presses(desk.olga, "Файл или ссылка")
    again = await reopen()
    assert (await again.says(again.olga, "школа.рф")).text.startswith("✅ Ссылка сохранена.")


async def test_a_command_ends_the_question(desk: Desk, seven: int) -> None:
    await concept(desk, desk.olga)
    await desk.presses(desk.olga, "Файл или ссылка")
    await desk.says(desk.olga, "/menu")
    await desk.says(desk.olga, "школа.рф")
    assert desk.look.count("school_document") == 0


# --- A reviewer's -----------------------------------------------------------------------------------------------------


async def test_a_curator_accepts_what_they_have_seen(desk: Desk, seven: int) -> None:
    await desk.says(desk.olga, "/menu")
    for data in (f"docset:{seven}:concept:0:draft", f"docadd:{seven}:concept:0"):
        await desk.forges(desk.olga, data)
    await desk.says(desk.olga, "школа.рф/1")
    await desk.presses(desk.olga, "Размещён")
    assert await concept(desk, desk.igor)
    seen = desk.said(desk.igor)
    assert seen.buttons == ["Принять", "Замечание", "Предложение", "К документам школы", "В меню"]
    await desk.presses(desk.olga, "Файл или ссылка")
    await desk.says(desk.olga, "школа.рф/2")
    changed = Answer(
        "Документ изменился, пока Вы смотрели. Откройте его ещё раз и посмотрите новый вариант.", alert=True
    )
    assert await desk.presses(desk.igor, "Принять", message=seen) == changed
    await concept(desk, desk.igor)
    assert await desk.presses(desk.igor, "Принять") == Answer("Принято.")
    assert "\nСостояние: ✅ принята\n" in desk.screen(desk.igor)
    assert "\n\nПринятый документ не меняют." in await concept(desk, desk.olga)
    assert desk.said(desk.olga).buttons == ["К документам школы", "В меню"]
    refused = await desk.forges(desk.olga, f"docset:{seven}:concept:0:draft")
    assert refused.text.startswith("Документ уже принят")
    await concept(desk, desk.igor)
    assert await desk.presses(desk.igor, "Отменить приём") == Answer(
        "Приём отменён, школа снова может менять документ."
    )
    assert desk.look.rows(STATES) == [("concept", "placed")]


@pytest.mark.parametrize(
    "data",
    [
        *("docs:1", "docspage:1:0", "doc:1:concept:0", "docadd:1:concept:0", "docset:1:concept:0:draft"),
        *("docdrop:1:concept:0:file", "docfile:1:concept:0", "docok:1:concept:0:0", "docundo:1:concept:0"),
        f"docs:{2**63 - 1}",
    ],
)
async def test_another_school_is_closed(desk: Desk, seven: int, data: str) -> None:
    for who in (desk.olga, desk.igor):
        await desk.says(who, "/menu")
        assert await desk.forges(who, data) == REFUSED
    assert desk.look.count("school_document") == 0


@pytest.mark.parametrize(
    "data",
    [
        *("docs:0", "docs:x", "doc:9:nonsense:0", "doc:9:concept:-1", "docset:9:concept:0:nonsense"),
        *("docdrop:9:concept:0:all", "docok:9:concept:0:x", "doclack:nonsense:0", "docwait:x"),
    ],
)
async def test_forged_buttons_are_dead(desk: Desk, seven: int, data: str) -> None:
    await desk.says(desk.olga, "/menu")
    assert await desk.forges(desk.olga, data) == DEAD


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("docset:9:concept:0:accepted", "Так отметить документ нельзя."),
        ("docset:9:concept:0:placed", "Сначала добавьте ссылку или файл"),
        ("doc:9:concept:5", "Такого документа в списке школы нет."),
        ("doc:9:antirisk:1", "Такого документа в списке школы нет."),
        ("docok:9:concept:0:0", "Это доступно не всем"),
    ],
)
async def test_what_a_school_cannot_do_says_why(desk: Desk, seven: int, data: str, said: str) -> None:
    assert seven == 9
    await desk.says(desk.olga, "/menu")
    answer = await desk.forges(desk.olga, data)
    assert (answer.text.startswith(said), answer.alert) == (True, True)


async def test_a_school_that_left_is_closed_to_everybody(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"schoolgone:{seven}")
    for data in (f"docs:{seven}", f"doc:{seven}:concept:0", f"docok:{seven}:concept:0:0", f"profile:{seven}:0"):
        assert await desk.forges(desk.marina, data) == GONE


# --- All schools ------------------------------------------------------------------------------------------------------


async def test_the_coordinator_sees_all_schools_and_who_lacks_what(desk: Desk, seven: int) -> None:
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, f"docadd:{seven}:concept:0")
    await desk.says(desk.olga, "школа.рф/1")
    await desk.presses(desk.olga, "Размещён")
    shown = await desk.opens(desk.marina, "/menu", "Документы")
    assert shown.text.startswith("Документы, школ: 9\n\nКонцепция развития\nразмещено: 1 · нет: 8\n\n")
    assert "\n\nАнтирисковая программа\nпрофиль не отмечен: 9\n\n" in shown.text
    assert shown.buttons == [
        *("Концепция развития: нет у 8", "Программа развития: нет у 9", "Антирисковые программы: нет у 9"),
        *("Подтверждающие, этап 1: нет у 9", "Подтверждающие, этап 2: нет у 9"),
        *("Ждут проверки: 1", "Факторы риска", "В меню"),
    ]
    await desk.presses(desk.marina, "Концепция развития: нет у 8")
    lacking = desk.screen(desk.marina)
    assert lacking.startswith("Концепция развития\nНе размещено у 8\u00a0школ, страница 1 из 2\n\n• ")
    assert "Школа № 7" not in lacking
    await desk.presses(desk.marina, "Дальше ›")
    assert desk.said(desk.marina).buttons[-3:] == ["‹ Назад", "Ко всем школам", "В меню"]
    await desk.presses(desk.marina, desk.said(desk.marina).buttons[0])
    assert desk.screen(desk.marina).splitlines()[1] == "Документы"
    await desk.opens(desk.marina, "/menu", "Документы", "Ждут проверки: 1", "Школа № 7: Концепция развития")
    assert desk.screen(desk.marina).startswith("Концепция развития\nШкола № 7\n")
    await desk.presses(desk.marina, "Принять")
    await desk.forges(desk.marina, "docwait:0")
    assert desk.screen(desk.marina).startswith("Документы, школ: 9\n\nКонцепция развития\nпринято: 1 · нет: 8\n")


async def test_a_municipality_sees_its_own_schools_and_keeps_no_list(desk: Desk) -> None:
    for name in ("Школа № 7", "Школа № 8"):
        school = await a_school(desk.app.core, name, "Дальний район")
    async with desk.app.core.database.read() as tx:
        found = (await registry_rows.registry(tx)).school(school)
    assert found is not None
    duty = Duty(Role.MUNICIPAL, municipality_id=found.municipality_id)
    await enrolled(desk.app.core, OLGA, duty, now=desk.world.clock())
    shown = await desk.opens(desk.olga, "/menu", "Документы")
    assert shown.text.startswith("Документы, школ: 2\n")
    assert (shown.buttons[0], shown.buttons[-1]) == ("Концепция развития: нет у 2", "В меню")
    assert "Факторы риска" not in shown.buttons


async def test_sixty_schools_with_long_names_fit(desk: Desk) -> None:
    for number in range(60):
        await a_school(
            desk.app.core, f"<b>Муниципальное бюджетное общеобразовательное учреждение № {number:02}</b> " + "&" * 200
        )
    shown = await desk.opens(desk.marina, "/menu", "Документы", "Концепция развития: нет у 68")
    assert "страница 1 из 12" in shown.text
    await desk.forges(desk.marina, "doclack:concept:99")
    assert "страница 12 из 12" in desk.screen(desk.marina)


# --- Whoever accepts --------------------------------------------------------------------------------------------------


async def test_whoever_accepts_finds_what_is_placed_and_the_school_hears_of_it(desk: Desk, seven: int) -> None:
    await desk.opens(desk.olga, "/menu", "Документы", "Концепция развития", "Файл или ссылка")
    await desk.says(desk.olga, "школа.рф/1")
    assert "Документов" not in (await desk.opens(desk.igor, "/menu")).text
    await desk.presses(desk.olga, "Размещён")
    for who in (desk.igor, desk.marina):
        for shown in (await desk.opens(who, "/menu"), await desk.opens(who, "/tasks")):
            assert "\nДокументов школ на проверку: 1" in shown.text
            assert "Проверить документы" in shown.buttons
    for who in (desk.olga, desk.pavel):
        shown = await desk.opens(who, "/menu")
        assert ("Документов" in shown.text) is (who is desk.pavel)
    await desk.opens(desk.igor, "/menu", "Проверить документы")
    await desk.presses(desk.igor, "Школа № 7: Концепция развития")
    await desk.presses(desk.igor, "Принять")
    await desk.tick()
    told = desk.said(desk.olga)
    assert told.text == "✅ Принято\nКонцепция развития\nШкола № 7"
    await desk.presses(desk.olga, "К документу")
    assert "\nСостояние: ✅ принята\n" in desk.screen(desk.olga)
    assert "Документов" not in (await desk.opens(desk.igor, "/menu")).text
