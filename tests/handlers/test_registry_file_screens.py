"""«Список в Excel» as it is seen, pressed and sent."""

import pytest

from domain.people import Duty, Role
from domain.registry_file import FILE_LIMIT
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from tests.handlers.conftest import Reopen
from tests.handlers.desk import STEP, Desk
from tests.people import OLGA, a_school, enrolled
from tests.workbook import XLSX, a_workbook, cells_of

SHIPPED = 8
"""Schools of item 17, in the registry from the first day."""
HOME = (("Новый район", "МБОУ СОШ № 7"),)
ANNA = ("Соколова Анна Петровна", "директор", "команда школы", "Новый район", "МБОУ СОШ № 7", "да")
PYOTR = ("Ильин Пётр Олегович", "методист", "куратор", "Новый район", "МБОУ СОШ № 7")


async def sends(desk: Desk, who: Person, content: bytes, name: str = "Список.xlsx") -> Message:
    """Somebody sends a file; the bot's answer."""
    who.sends_document(content, name, mime=XLSX)
    await desk.settle()
    return desk.said(who)


async def section(desk: Desk) -> Desk:
    await desk.forges(desk.marina, "go:registry-file")
    return desk


def the_file(desk: Desk, who: Person) -> bytes:
    """The latest document that the bot sent."""
    media = next(one.media for one in reversed(who.messages(who.private())) if one.media is not None)
    found = desk.world.files.get(media.files[0])
    assert found is not None
    return found.data


async def test_the_section_is_opened_from_people(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Люди и школы", "Список в Excel")
    assert shown.text == (
        "Список в Excel\n"
        "Пришлите сюда файл .xlsx до 5 МБ. Сначала я покажу, что изменится, "
        "и ничего не загружу без Вашего «Загрузить».\n"
        "\n"
        "Нет файла — скачайте шаблон. Чтобы исправить многое сразу, скачайте список, поправьте и пришлите."
    )
    assert shown.buttons == ["Скачать шаблон", "Скачать список", "К людям и школам"]


async def test_a_filled_template_is_looked_at_and_then_loaded(desk: Desk) -> None:
    await section(desk)
    shown = await sends(desk, desk.marina, a_workbook([ANNA, PYOTR], HOME))
    assert shown.text == (
        "Файл проверен, можно загружать\n"
        "Строк: 3.\n"
        "Новых муниципалитетов: 1\n"
        "Новых школ: 1\n"
        "Новых людей: 2\n"
        "\n"
        "В файле нет: 2\u00a0человека из списка. Они останутся, как были."
    )
    assert shown.buttons == ["Загрузить", "Скачать отчёт", "Не загружать", "К людям и школам"]
    assert desk.look.count("school") == SHIPPED
    await desk.presses(desk.marina, "Загрузить")
    assert desk.screen(desk.marina).splitlines()[0] == "✅ Загружено"
    assert "Они остались в списке." in desk.screen(desk.marina)
    assert desk.said(desk.marina).buttons == ["Карточки с кодами", "К людям и школам"]
    people = desk.look.rows("SELECT name, position FROM person WHERE id > 2 ORDER BY id")
    assert people == [("Соколова Анна Петровна", "директор"), ("Ильин Пётр Олегович", "методист")]
    assert desk.look.rows("SELECT role, responsible FROM duty WHERE person_id > 2 ORDER BY id") == [
        ("school", 1),
        ("curator", 0),
    ]


async def test_what_is_wrong_is_told_row_by_row_and_nothing_is_loaded(desk: Desk) -> None:
    await section(desk)
    wrong = [("", "", "куратор", "Новый район", "МБОУ СОШ № 7"), ("<b>Иван</b> Петров", "", "директор", "", "", "")]
    shown = await sends(desk, desk.marina, a_workbook([ANNA, *wrong], HOME))
    assert shown.text == (
        "⚠️ С ошибками: 2\u00a0строки\n"
        "Ничего не загружено. Исправьте файл и пришлите его сюда снова.\n"
        "\n"
        "• Люди, строка 3: нет ФИО\n"
        "• Люди, строка 4 (<b>Иван</b> Петров): роли «директор» нет, выберите из списка в ячейке"
    )
    assert shown.buttons == ["Скачать отчёт", "Не загружать", "К людям и школам"]
    assert desk.look.count("school") == SHIPPED
    assert (await sends(desk, desk.marina, a_workbook([ANNA], HOME))).buttons[0] == "Загрузить"


async def test_many_wrong_rows_are_turned_page_by_page(desk: Desk) -> None:
    await section(desk)
    shown = await sends(desk, desk.marina, a_workbook([(f"Человек {one}", "", "никто") for one in range(8)]))
    assert shown.text.splitlines()[0] == "⚠️ С ошибками: 8\u00a0строк, страница 1 из 2"
    await desk.presses(desk.marina, "Дальше ›")
    assert desk.screen(desk.marina).splitlines()[0] == "⚠️ С ошибками: 8\u00a0строк, страница 2 из 2"
    assert desk.screen(desk.marina).count("\n• ") == 2


async def _with_anna(desk: Desk) -> None:
    """The registry has one director."""
    await section(desk)
    await sends(desk, desk.marina, a_workbook([ANNA], HOME))
    await desk.presses(desk.marina, "Загрузить")
    await section(desk)


async def test_a_doubtful_person_is_asked_about_and_is_the_same(desk: Desk) -> None:
    await _with_anna(desk)
    twin = ("Соколова Анна Петрвна", "завуч", *ANNA[2:5])
    shown = await sends(desk, desk.marina, a_workbook([twin]))
    assert shown.text == (
        "⏳ Вопросов: 1\n"
        "Строка 2: Соколова Анна Петрвна, завуч — МБОУ СОШ № 7\n"
        "\n"
        "Похоже на: Соколова Анна Петровна, директор — команда школы, МБОУ СОШ № 7 (уже в списке).\n"
        "\n"
        "Это тот же человек?"
    )
    assert shown.buttons == [
        "Это тот же человек",
        "Это другой человек",
        "Скачать отчёт",
        "Не загружать",
        "К людям и школам",
    ]
    await desk.presses(desk.marina, "Это тот же человек")
    assert "Изменится: 1" in desk.screen(desk.marina)
    await desk.presses(desk.marina, "Загрузить")
    assert desk.look.rows("SELECT name, position FROM person WHERE id > 2") == [("Соколова Анна Петрвна", "завуч")]


async def test_a_doubtful_person_may_be_another(desk: Desk) -> None:
    await _with_anna(desk)
    await sends(desk, desk.marina, a_workbook([("Соколова Анна Петрвна", "завуч", *ANNA[2:5])]))
    await desk.presses(desk.marina, "Это другой человек")
    await desk.presses(desk.marina, "Загрузить")
    assert desk.look.rows("SELECT count(*) FROM person WHERE id > 2") == [(2,)]


async def test_a_second_press_does_not_answer_the_next_question(desk: Desk) -> None:
    await _with_anna(desk)
    likely = [("Соколова Анна Петрвна", "", *ANNA[2:5]), ("Соколова А. П.", "", *ANNA[2:5])]
    shown = await sends(desk, desk.marina, a_workbook(likely))
    button = next(one["callback_data"] for row in shown.keyboard for one in row if one["text"] == "Это другой человек")
    await desk.forges(desk.marina, button)
    second = desk.screen(desk.marina)
    await desk.forges(desk.marina, button)
    assert desk.screen(desk.marina) == second


async def test_the_report_tells_every_row(desk: Desk) -> None:
    await section(desk)
    await sends(desk, desk.marina, a_workbook([ANNA, ("Кто-то Новый", "", "никто")], HOME))
    await desk.presses(desk.marina, "Скачать отчёт")
    assert cells_of(the_file(desk, desk.marina), "Отчёт") == [
        ("Лист", "Строка", "Кто или что", "Итог", "Подробно"),
        ("Школы", "2", "МБОУ СОШ № 7", "добавлено", "новый муниципалитет; новая школа"),
        ("Люди", "2", "Соколова Анна Петровна", "добавлено", _ADDED),
        ("Люди", "3", "Кто-то Новый", "ошибка", "роли «никто» нет, выберите из списка в ячейке"),
    ]
    absent = cells_of(the_file(desk, desk.marina), "Нет в файле")
    assert absent[1:] == [("Марина Королёва", "региональный координатор"), ("Павел Зимин", "региональный координатор")]


_ADDED = "новый человек; команда школы: МБОУ СОШ № 7; ответственный в школе"


async def test_template_and_list_are_sent(desk: Desk) -> None:
    await _with_anna(desk)
    await desk.presses(desk.marina, "Скачать шаблон")
    assert len(cells_of(the_file(desk, desk.marina), "Люди")) == 1
    await desk.presses(desk.marina, "Скачать список")
    assert desk.screen(desk.marina).startswith("Список на 10 марта 2022, чт: 9\u00a0школ, 3\u00a0человека.")
    listed = cells_of(the_file(desk, desk.marina), "Люди")
    assert [row[0] for row in listed[1:]] == ["Марина Королёва", "Павел Зимин", "Соколова Анна Петровна"]
    shown = await sends(desk, desk.marina, the_file(desk, desk.marina))
    assert shown.text == "✅ В файле всё как в списке: загружать нечего."


async def test_a_workbook_sent_unasked_is_offered_to_be_looked_at(desk: Desk) -> None:
    shown = await sends(desk, desk.marina, a_workbook([ANNA], HOME))
    assert shown.text == "Список.xlsx: это список школ и людей? Проверка ничего не меняет."
    assert desk.look.count("registry_draft") == 0
    await desk.presses(desk.marina, "Проверить как список")
    assert desk.screen(desk.marina).splitlines()[0] == "Файл проверен, можно загружать"


async def test_a_forgotten_offer_says_to_send_the_file_again(desk: Desk) -> None:
    await sends(desk, desk.marina, a_workbook([ANNA], HOME))
    await desk.opens(desk.marina, "/menu")
    gone = Answer("Этого файла здесь уже нет: он загружен или забыт. Если нужно, пришлите его снова.", alert=True)
    assert await desk.forges(desk.marina, "reglook") == gone


async def test_a_file_of_another_is_nothing_to_a_school(desk: Desk) -> None:
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    shown = await sends(desk, desk.olga, a_workbook([ANNA], HOME))
    assert shown.text.startswith("Получил файл, но не знаю, к какому он пункту")
    refused = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
    version, question = 1_646_816_400_000_000, "0123456789ab"
    for data in (
        *("go:registry-file", "regfile:template", "regfile:list", "regfile:report", "regpage:0", "regdrop"),
        *(f"regload:{version}", f"regsame:{version}:{question}:1"),
    ):
        assert await desk.forges(desk.olga, data) == refused
    assert desk.look.count("registry_draft") == 0


@pytest.mark.parametrize("data", ["regpage:0", "regfile:report", "regload:5", "regsame:5:0123456789ab:1"])
async def test_without_a_file_the_buttons_say_to_send_it(desk: Desk, data: str) -> None:
    await section(desk)
    gone = Answer("Этого файла здесь уже нет: он загружен или забыт. Если нужно, пришлите его снова.", alert=True)
    assert await desk.forges(desk.marina, data) == gone


@pytest.mark.parametrize(
    "data", ["regfile:everything", "regsame:5:<b>:1", "regsame:5:0123456789AB:1", "regload:-1", "regload:x"]
)
async def test_forged_buttons_are_dead(desk: Desk, data: str) -> None:
    await section(desk)
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    assert await desk.forges(desk.marina, data) == dead


async def test_loading_an_older_file_shows_the_newer_one(desk: Desk) -> None:
    await section(desk)
    first = await sends(desk, desk.marina, a_workbook([ANNA], HOME))
    desk.world.clock.advance(STEP)
    await sends(desk, desk.marina, a_workbook([PYOTR], HOME))
    await desk.presses(desk.marina, "Загрузить", message=first)
    assert desk.look.count("school") == SHIPPED
    assert "Новых людей: 1" in first.text
    await desk.presses(desk.marina, "Загрузить", message=first)
    assert desk.look.rows("SELECT name FROM person WHERE id > 2") == [("Ильин Пётр Олегович",)]


async def test_a_file_waits_until_it_is_decided_on_even_over_a_restart(desk: Desk, reopen: Reopen) -> None:
    await section(desk)
    await sends(desk, desk.marina, a_workbook([ANNA], HOME))
    again = await reopen()
    await again.forges(again.marina, "go:registry-file")
    assert "⏳ Файл от 10.03.2022 12:00 ждёт Вашего решения." in again.screen(again.marina)
    await again.presses(again.marina, "Вернуться к файлу")
    await again.presses(again.marina, "Не загружать")
    assert again.screen(again.marina).startswith("Список в Excel")
    assert again.look.count("registry_draft") == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK", "Это не книга Excel (.xlsx), или она повреждена. Сохраните файл как .xlsx и пришлите снова."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Это старый формат .xls."),
        (PICTURE, "Это не книга Excel"),
        (bytes(FILE_LIMIT + 1), "Файл больше 5 МБ."),
    ],
)
async def test_what_is_no_list_is_refused_and_the_file_is_still_waited_for(
    desk: Desk, content: bytes, said: str
) -> None:
    await section(desk)
    assert (await sends(desk, desk.marina, content)).text.startswith(said)
    assert (await sends(desk, desk.marina, a_workbook([ANNA], HOME))).buttons[0] == "Загрузить"


async def test_a_text_where_the_file_is_waited_for(desk: Desk) -> None:
    await section(desk)
    shown = await desk.says(desk.marina, "Вот список")
    assert shown.text == "Жду файл .xlsx. Если передумали — откройте /menu."
    desk.marina.sends_photo(PICTURE)
    await desk.settle()
    assert desk.screen(desk.marina) == shown.text


async def test_a_file_that_the_messenger_does_not_give_is_asked_for_again(desk: Desk) -> None:
    await section(desk)
    desk.marina.sends_document(a_workbook([ANNA], HOME), "Список.xlsx", mime=XLSX)
    desk.world.files._by_path.clear()
    await desk.settle()
    assert desk.screen(desk.marina) == "Не получилось скачать файл. Пришлите его ещё раз через минуту."


async def test_joined_cells_and_macros_are_told(desk: Desk) -> None:
    await section(desk)
    content = a_workbook([ANNA], HOME, touch=lambda book: book["Люди"].merge_cells("A2:A3"))
    shown = await sends(desk, desk.marina, content)
    assert shown.text.endswith("Объединённые ячейки прочитаны: значение взято для каждой их строки.")
