"""«Провели семинар», «Обновили раздел», «Провели мероприятие» as people press and type them."""

import pytest

from domain.people import Account, Duty, Role
from handlers.batch import TOGETHER
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import registry as registry_rows
from tests.handlers.conftest import Reopen
from tests.handlers.desk import STEP, Desk, enters
from tests.people import Somebody, enrolled

UNA = Somebody("Уна Университетова", Account("telegram", 500_000_021))
MIRA = Somebody("Мира Муниципальнова", Account("telegram", 500_000_012))
WEEK = {1: "вт", 2: "ср", 3: "чт", 4: "пт", 5: "сб", 6: "вс", 7: "пн"}
PDF = b"%PDF-1.4 programme"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100
HELD = "SELECT item_id, municipality_id, day, title, link FROM happening WHERE removed_at IS NULL ORDER BY id"
PROOF = "SELECT happening_id, name, is_photo FROM evidence WHERE removed_at IS NULL ORDER BY id"
GONE = Answer("Эта запись уже сохранена. Чтобы отметить ещё раз, откройте карточку пункта.", alert=True)
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
SEMINARS = "п. 15 Семинары по преодолению рисков"
READY = "⏳ Проверьте и нажмите «Отправить»: пока ответы не отправлены."
ORDERED = "Программы, материалы семинаров; проведено не менее 4 семинаров в течение года."
DAYS = "Выберите день или напишите другой, например: 15 марта, 15.03, вчера, пятница."


async def comes(desk: Desk, who: Somebody, duty: Duty) -> Person:
    await enrolled(desk.app.core, who, duty, now=desk.world.clock())
    person = enters(desk.world, who)
    person.starts()
    await desk.settle()
    return person


@pytest.fixture
async def una(desk: Desk) -> Person:
    """Of the University, which holds the seminars (15) and keeps the section (23)."""
    async with desk.app.core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "university", "Университет")
    return await comes(desk, UNA, Duty(Role.ORGANISER, organisation="university"))


@pytest.fixture
async def mira(desk: Desk) -> Person:
    ((place, name),) = desk.look.rows("SELECT id, name FROM municipality WHERE name = 'Южский район'")
    assert name
    return await comes(desk, MIRA, Duty(Role.MUNICIPAL, municipality_id=int(place)))


async def begins(desk: Desk, who: Person, item: int = 15) -> None:
    await desk.opens(who, "/menu")
    await desk.forges(who, f"item:{item}")
    await desk.presses(who, {15: "Провели семинар", 23: "Обновили раздел", 24: "Провели мероприятие"}[item])


def seen(desk: Desk, who: Person) -> str:
    return desk.said(who).text.replace("\u00a0", " ")


async def tells(desk: Desk, who: Person, title: str = "Семинар", day: str = "Сегодня", item: int = 15) -> None:
    """All of it, without a link and files; the summary is shown."""
    await begins(desk, who, item)
    if day in desk.said(who).buttons:
        await desk.presses(who, day)
    else:
        await desk.says(who, day)
        await desk.presses(who, "Верно")
    await desk.says(who, title)
    await desk.presses(who, "Пропустить")
    await desk.presses(who, "Пропустить")


async def changes(desk: Desk, who: Person, answer: str) -> None:
    """Another answer to a question, from the summary on."""
    await desk.presses(who, "Изменить ответ")
    await desk.presses(who, answer)


async def test_a_seminar_is_told_of_step_by_step_and_counted(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    shown = desk.said(una)
    assert shown.text == f"{SEMINARS}\n\n1 из 4. Когда провели?\n{DAYS}"
    assert shown.buttons == ["Сегодня", "Вчера", "Продолжу позже"]
    await desk.presses(una, "Вчера")
    assert seen(desk, una) == (
        f"✅ Записано: Когда провели? — 9 марта 2022, ср\n\n{SEMINARS}\n\n"
        "2 из 4. Как называлось?\nНапишите одним сообщением, до 200 знаков."
    )
    await desk.says(una, "Учимся  преодолевать <риски>")
    assert seen(desk, una) == (
        f"✅ Записано: Как называлось? — Учимся преодолевать <риски>\n\n{SEMINARS}\n\n"
        f"3 из 4. Ссылка на материалы или анонс (можно пропустить)\nВ приказе: {ORDERED}\n"
        "Напишите одним сообщением, до 500 знаков."
    )
    await desk.says(una, "pedsovet37.ru/risk")
    assert seen(desk, una) == (
        f"✅ Записано: Ссылка на материалы или анонс — https://pedsovet37.ru/risk\n\n{SEMINARS}\n\n"
        "4 из 4. Фото и документы (можно пропустить)\nПришлите фото или документ сюда, можно несколько."
    )
    await desk.presses(una, "Пропустить")
    ready = desk.said(una)
    assert ready.text == (
        f"{SEMINARS}\n{READY}\n\n1. Когда провели? — 9 марта 2022, ср\n"
        "2. Как называлось? — Учимся преодолевать <риски>\n"
        "3. Ссылка на материалы или анонс — https://pedsovet37.ru/risk\n4. Фото и документы — нет ответа"
    )
    assert [[one["text"] for one in row] for row in ready.keyboard] == [
        ["Отправить"],
        ["Изменить ответ", "‹ Назад"],
        ["Удалить ответы"],
        ["Продолжу позже"],
    ]
    assert await desk.presses(una, "Отправить") == Answer("Сохранено.")
    assert ready.text.splitlines()[:4] == [
        "✅ Учимся преодолевать <риски>",
        "9 марта, ср",
        "https://pedsovet37.ru/risk",
        "Отметил: Уна Университетова",
    ]
    assert f"{SEMINARS} — проведено: 1 из 4, не хватает 3\u00a0мероприятий" in ready.text
    assert ready.buttons == ["Убрать", "Что проведено", "К пункту", "В меню"]
    assert desk.look.rows(HELD) == [
        (15, None, "2022-03-09", "Учимся преодолевать <риски>", "https://pedsovet37.ru/risk")
    ]


async def test_saved_twice_is_saved_once(desk: Desk, una: Person) -> None:
    for _ in range(2):
        await tells(desk, una)
        said = await desk.presses(una, "Отправить")
    assert said == Answer("Это уже отмечено.")
    assert desk.said(una).text.startswith("✅ Семинар\n10 марта, чт\n")
    assert await desk.forges(una, "fw:held:15:0:send") == GONE
    assert desk.look.rows(HELD) == [(15, None, "2022-03-10", "Семинар", "")]


async def test_sent_five_times_it_is_told_once_and_the_card_stays(desk: Desk, una: Person) -> None:
    await tells(desk, una)
    presses = [una.presses("Отправить", desk.said(una), una.private()) for _ in range(5)]
    await desk.settle()
    answers = [one.answers for one in presses]
    assert sorted(answers, key=str) == sorted([[Answer("Сохранено.")], *[[GONE]] * 4], key=str)
    assert desk.said(una).text.startswith("✅ Семинар\n")
    assert len(desk.look.rows(HELD)) == 1


async def test_the_next_one_begins_anew_and_old_buttons_change_nothing(desk: Desk, una: Person) -> None:
    await tells(desk, una)
    old = una.finds("‹ Назад")
    await desk.presses(una, "Отправить")
    for data in ("fa:held:15:0:day:20220309", "fs:held:15:0:back:title", "fs:held:15:0:skip:link", "fl:held:15:0:0"):
        assert await desk.forges(una, data, old) == GONE
    await begins(desk, una)
    assert desk.said(una).text == f"{SEMINARS}\n\n1 из 4. Когда провели?\n{DAYS}"
    assert desk.look.rows(HELD) == [(15, None, "2022-03-10", "Семинар", "")]


async def test_it_is_left_gone_on_with_from_any_button_and_given_up(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    card = una.finds("Провели семинар")
    await desk.presses(una, "Вчера")
    said = await desk.presses(una, "Продолжу позже")
    assert said == Answer("Сохранено. Можно продолжить с этого места в любой день.")
    await desk.presses(una, "Провели семинар", message=card)
    assert "2 из 4. Как называлось?" in desk.said(una).text
    assert card.buttons[0] == "Провели семинар"
    await desk.says(una, "Семинар")
    await desk.presses(una, "Пропустить")
    await desk.presses(una, "Пропустить")
    await desk.presses(una, "Удалить ответы")
    assert await desk.presses(una, "Да, удалить") == Answer("Ответы удалены.")
    await begins(desk, una)
    assert "1 из 4. Когда провели?" in desk.said(una).text
    assert desk.look.rows(HELD) == []


async def test_two_items_are_two_forms(desk: Desk, una: Person) -> None:
    await begins(desk, una, 23)
    assert desk.said(una).text.startswith("п. 23 ")
    await desk.presses(una, "Вчера")
    assert "2 из 4. Что обновили?" in desk.said(una).text
    await begins(desk, una)
    assert desk.said(una).text == f"{SEMINARS}\n\n1 из 4. Когда провели?\n{DAYS}"
    marks = [mark for (mark,) in desk.look.rows("SELECT mark FROM form_run")]
    assert [mark.split(":")[:3] for mark in marks] == [["held", "23", "person"]]


async def test_nothing_of_it_is_lost_when_the_bot_starts_again(desk: Desk, reopen: Reopen, una: Person) -> None:
    await begins(desk, una)
    await desk.presses(una, "Сегодня")
    await desk.says(una, "Семинар")
    una.sends_document(PDF, "Программа.pdf", mime="application/pdf")
    await desk.settle()
    again = await reopen()
    await again.says(una, "pedsovet37.ru")
    await again.presses(una, "Отправить")
    assert desk.look.rows(HELD) == [(15, None, "2022-03-10", "Семинар", "https://pedsovet37.ru")]
    assert desk.look.rows(PROOF) == [(1, "Программа.pdf", 0)]


async def test_photos_and_documents_come_at_any_step_and_are_shown_whole(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    for _ in range(2):
        una.sends_document(PDF, "Программа.pdf", mime="application/pdf")
        await desk.settle()
    assert desk.said(una).text == (
        "✅ Получено 2 из 2\nПрограмма.pdf: уже есть, второй раз не приложено.\n\n"
        f"{SEMINARS}\n\n1 из 4. Когда провели?\n{DAYS}"
    )
    await desk.presses(una, "Сегодня")
    await desk.says(una, "Семинар")
    await desk.presses(una, "Пропустить")
    desk.world.clock.advance(TOGETHER + STEP)
    una.sends_album([PICTURE, PICTURE + b"2"], caption="Открытие")
    await desk.settle()
    una.sends_document(b"MZ" + b"0" * 80, "Программа.exe", mime="application/octet-stream")
    await desk.settle()
    assert desk.said(una).text.splitlines()[0] == "⚠️ Получено 2 из 3"
    assert "4. Фото и документы — 3\u00a0файла" in desk.said(una).text.splitlines()
    await desk.presses(una, "Отправить")
    ready = desk.said(una)
    assert "Файлов: 3" in ready.text.splitlines()
    assert desk.look.rows(PROOF) == [(1, "Программа.pdf", 0), (1, "", 1), (1, "", 1)]
    before = len(una.messages(una.private()))
    assert await desk.presses(una, "Показать файлы") == Answer("Всё присланное — ниже.")
    sent = una.messages(una.private())[before:]
    assert [(one.media.kind, one.text) if one.media else None for one in sent] == [
        ("photo", "Открытие"),
        ("photo", ""),
        ("document", ""),
        None,
    ]
    assert sent[0].album == sent[1].album is not None
    assert sent[-1].text == ready.text


async def test_a_file_that_the_messenger_does_not_hand_over_is_asked_for_again(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    desk.world.faults.fail("getfile")
    una.sends_photo(PICTURE)
    await desk.settle()
    assert desk.said(una).text.splitlines()[:2] == [
        "⚠️ Получено 0 из 1",
        "Фото: не удалось скачать, не сохранено. Пришлите ещё раз.",
    ]
    assert desk.look.rows("SELECT answers FROM form_run") == []


async def test_an_answer_can_be_another_and_a_day_outside_the_window_is_warned_of(desk: Desk, una: Person) -> None:
    await tells(desk, una, day="15 февраля")
    warned = "⚠️ В показатель не войдёт: считается с 1 марта 2022, вт по 20 октября 2022, чт. Проверьте дату."
    assert desk.said(una).text.splitlines()[:4] == [SEMINARS, READY, warned, ""]
    await changes(desk, una, "1. Когда провели?")
    await desk.says(una, "9 марта")
    await desk.presses(una, "Верно")
    assert "⚠️" not in desk.said(una).text
    await changes(desk, una, "2. Как называлось?")
    await desk.says(una, "Другой семинар")
    await changes(desk, una, "3. Ссылка на материалы или анонс")
    await desk.says(una, "example.ru")
    await desk.presses(una, "Отправить")
    assert desk.look.rows(HELD) == [(15, None, "2022-03-09", "Другой семинар", "https://example.ru")]


async def test_what_cannot_be_is_refused_and_asked_again(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    assert (await desk.says(una, "завтра")).text.startswith("Этот день ещё не наступил: 11 марта 2022, пт.")
    assert (await desk.says(una, "недавно")).text.startswith("Нужен один день")
    gone = Answer("Этого варианта больше нет. Выберите из тех, что под вопросом.", alert=True)
    assert await desk.forges(una, "fa:held:15:0:day:20991231") == gone
    await desk.presses(una, "Сегодня", message=una.finds("Сегодня"))
    assert (await desk.says(una, "…")).text == "Нужно название словами. Напишите ещё раз."
    assert (await desk.says(una, "я" * 201)).text.startswith("Слишком длинно: 201 знаков, нужно до 200.")
    await desk.says(una, "Семинар")
    assert (await desk.says(una, "нет ссылки")).text.startswith("Это не похоже на ссылку.")
    await desk.says(una, "example.ru")
    assert (await desk.says(una, "готово")).text == "Здесь нужен файл или фото. Пришлите его сюда."
    await desk.presses(una, "Пропустить", message=una.finds("Пропустить"))
    said = await desk.says(una, "готово")
    assert said.text == "Выберите ответ кнопкой под вопросом. Напечатать его здесь нельзя."
    await desk.presses(una, "Отправить", message=una.finds("Отправить"))
    assert len(desk.look.rows(HELD)) == 1


async def test_a_municipality_tells_for_itself_and_the_order_asks_for_the_announcement(
    desk: Desk, mira: Person
) -> None:
    await begins(desk, mira, 24)
    assert seen(desk, mira).splitlines()[:3] == [
        "п. 24 Муниципальные мероприятия: Южский район",
        "",
        "2 из 5. Когда провели мероприятие?",
    ]
    await desk.presses(mira, "Сегодня")
    await desk.says(mira, "Слёт школ")
    assert "анонс в Календаре образовательных событий на портале «Педсовет37.ру»" in desk.said(mira).text
    await desk.presses(mira, "Пропустить")
    await desk.presses(mira, "Пропустить")
    assert "1. За какой муниципалитет отмечаете? — Южский район" in desk.said(mira).text.splitlines()
    await desk.presses(mira, "Отправить")
    assert "п. 24 Муниципальные мероприятия — выполнено: 1 из" in desk.screen(mira)
    assert [row[2:] for row in desk.look.rows(HELD)] == [("2022-03-10", "Слёт школ", "")]


async def test_the_coordinator_chooses_the_municipality(desk: Desk) -> None:
    await begins(desk, desk.marina, 24)
    shown = desk.said(desk.marina)
    assert shown.text.startswith("п. 24 Муниципальные мероприятия\n\n1 из 5. За какой муниципалитет отмечаете?\n")
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Южский район")
    assert shown.text.startswith("✅ Записано: За какой муниципалитет отмечаете? — Южский район\n\n")
    await desk.presses(desk.marina, "Вчера")
    await desk.says(desk.marina, "Слёт")
    await desk.presses(desk.marina, "Пропустить")
    await desk.presses(desk.marina, "Пропустить")
    await changes(desk, desk.marina, "1. За какой муниципалитет отмечаете?")
    await desk.says(desk.marina, "Лежневский")
    await desk.presses(desk.marina, "Отправить")
    places = "SELECT name FROM municipality JOIN happening ON municipality_id = municipality.id"
    assert desk.look.rows(places) == [("Лежневский район",)]


async def test_the_list_turns_its_pages_and_what_is_not_meant_is_taken_away(desk: Desk, una: Person) -> None:
    for number in range(1, 8):
        await tells(desk, una, f"Семинар {number}", f"{number} марта")
        await desk.presses(una, "Отправить")
    await desk.presses(una, "Что проведено")
    shown = desk.said(una)
    assert shown.text.splitlines()[-6:] == [
        f"{8 - day}. {day} марта, {WEEK[day]} — Семинар {day}" for day in range(7, 1, -1)
    ]
    assert shown.buttons == ["Провели семинар", *map(str, range(1, 7)), "Дальше ›", "К пункту", "В меню"]
    await desk.presses(una, "Дальше ›")
    assert shown.text.splitlines()[-1] == "7. 1 марта, вт — Семинар 1"
    await desk.presses(una, "7")
    assert await desk.presses(una, "Убрать") == Answer("Убрано.")
    assert (len(desk.look.rows(HELD)), "Семинар 1\n" in shown.text) == (6, False)


async def test_my_tasks_offer_to_tell_of_it(desk: Desk, una: Person) -> None:
    await desk.opens(una, "/tasks", "Отметить проведённое")
    shown = desk.said(una)
    assert (shown.text, shown.buttons) == (
        "Что провели или обновили?",
        ["п. 15 Семинары по преодолению рисков", "п. 23 Сопровождение проекта «Вектор успеха»", "В меню"],
    )
    await desk.presses(una, "п. 15 Семинары по преодолению рисков")
    assert desk.said(una).text.startswith(f"{SEMINARS}\n\n1 из 4. Когда провели?")


async def test_nobody_else_is_offered_it_or_gets_it_by_a_forged_press(desk: Desk, una: Person, mira: Person) -> None:
    await tells(desk, una)
    await desk.presses(una, "Отправить")
    await desk.opens(mira, "/menu")
    await desk.forges(mira, "item:15")
    assert not {"Провели семинар", "Что проведено"} & set(desk.said(mira).buttons)
    forms = ("fw:held:15:0:go-on", "fw:held:15:0:send", "fa:held:15:0:day:20220310", "fs:held:15:0:change:day")
    for data in ("held:15", *forms, "heldlist:15:0", "happening:1", "heldfiles:1", "unheld:1"):
        assert await desk.forges(mira, data) == REFUSED
    assert len(desk.look.rows(HELD)) == 1
