"""«Провели семинар», «Обновили раздел», «Провели мероприятие» as people press and type them."""

import pytest

from domain.people import Account, Duty, Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import registry as registry_rows
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk, enters
from tests.people import Somebody, enrolled

UNA = Somebody("Уна Университетова", Account("telegram", 500_000_021))
MIRA = Somebody("Мира Муниципальнова", Account("telegram", 500_000_012))
WEEK = {1: "вт", 2: "ср", 3: "чт", 4: "пт", 5: "сб", 6: "вс", 7: "пн"}
PDF = b"%PDF-1.4 programme"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100
HELD = "SELECT item_id, municipality_id, day, title, link FROM happening WHERE removed_at IS NULL ORDER BY id"
PROOF = "SELECT happening_id, name, is_photo FROM evidence WHERE removed_at IS NULL ORDER BY id"
GONE = Answer("Эта запись уже сохранена или отменена. Чтобы отметить ещё раз, откройте карточку пункта.", alert=True)
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
SEMINARS = "п. 15 Семинары по преодолению рисков"
SUMMARY = "Есть фото или документ — пришлите сюда, можно несколько. Всё верно — нажмите «Сохранить»."


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


async def test_a_seminar_is_told_of_step_by_step_and_counted(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    shown = desk.said(una)
    assert shown.text == f"{SEMINARS}\nКогда провели? Выберите день или напишите, например: 9 марта."
    assert shown.buttons == ["Сегодня", "Вчера", "Отмена"]
    await desk.presses(una, "Вчера")
    assert shown.text == f"{SEMINARS}\nКак называлось? Напишите одной строкой, до 200 знаков."
    asked = await desk.says(una, "Учимся  преодолевать <риски>")
    assert asked.text == (
        f"{SEMINARS}\nПришлите ссылку на страницу с материалами или анонсом. В приказе: "
        "Программы, материалы семинаров; проведено не менее 4 семинаров в течение года."
    )
    ready = await desk.says(una, "pedsovet37.ru/risk")
    assert ready.text == (
        f"{SEMINARS}\n9 марта, ср\nУчимся преодолевать <риски>\nhttps://pedsovet37.ru/risk\n\n{SUMMARY}"
    )
    assert [[one["text"] for one in row] for row in ready.keyboard] == [
        ["Сохранить"],
        ["Дата", "Название", "Ссылка"],
        ["Отмена"],
    ]
    assert await desk.presses(una, "Сохранить") == Answer("Сохранено.")
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
        await begins(desk, una)
        await desk.presses(una, "Сегодня")
        await desk.says(una, "Семинар")
        await desk.presses(una, "Без ссылки")
        said = await desk.presses(una, "Сохранить")
    assert said == Answer("Это уже отмечено.")
    assert await desk.forges(una, "heldsave:15") == GONE
    assert desk.look.rows(HELD) == [(15, None, "2022-03-10", "Семинар", "")]


async def test_nothing_of_it_is_lost_when_the_bot_starts_again(desk: Desk, reopen: Reopen, una: Person) -> None:
    await begins(desk, una)
    await desk.presses(una, "Сегодня")
    await desk.says(una, "Семинар")
    una.sends_document(PDF, "Программа.pdf", mime="application/pdf")
    await desk.settle()
    again = await reopen()
    await again.says(una, "pedsovet37.ru")
    await again.presses(una, "Сохранить")
    assert desk.look.rows(HELD) == [(15, None, "2022-03-10", "Семинар", "https://pedsovet37.ru")]
    assert desk.look.rows(PROOF) == [(1, "Программа.pdf", 0)]


async def test_photos_and_documents_come_at_any_step_and_are_shown_whole(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    una.sends_document(PDF, "Программа.pdf", mime="application/pdf")
    await desk.settle()
    assert desk.said(una).text.startswith(f"✅ Получено 1 из 1\n\n{SEMINARS}\nКогда провели?")
    await desk.presses(una, "Сегодня")
    await desk.says(una, "Семинар")
    await desk.presses(una, "Без ссылки")
    una.sends_album([PICTURE, PICTURE + b"2"])
    await desk.settle()
    una.sends_document(b"MZ" + b"0" * 80, "Программа.exe", mime="application/octet-stream")
    await desk.settle()
    ready = desk.said(una)
    assert ready.text.splitlines()[0] == "⚠️ Получено 2 из 3"
    assert "Файлов: 3" in ready.text.splitlines()
    await desk.presses(una, "Сохранить")
    assert desk.look.rows(PROOF) == [(1, "Программа.pdf", 0), (1, "", 1), (1, "", 1)]
    before = len(una.messages(una.private()))
    assert await desk.presses(una, "Показать файлы") == Answer("Всё присланное — ниже.")
    sent = una.messages(una.private())[before:]
    assert [one.media is not None for one in sent] == [True, True, True, False]
    assert sent[-1].text == ready.text


async def test_an_answer_can_be_another_and_a_day_outside_the_window_is_warned_of(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    await desk.says(una, "15 февраля")
    await desk.says(una, "Семинар")
    await desk.presses(una, "Без ссылки")
    shown = desk.said(una)
    warned = "⚠️ В показатель не войдёт: считается с 1 марта 2022, вт по 20 октября 2022, чт. Проверьте дату."
    assert warned in shown.text.splitlines()
    await desk.presses(una, "Дата")
    shown = await desk.says(una, "9 марта")
    assert "⚠️" not in shown.text
    await desk.presses(una, "Название")
    await desk.says(una, "Другой семинар")
    await desk.presses(una, "Ссылка")
    await desk.says(una, "example.ru")
    await desk.presses(una, "Сохранить")
    assert desk.look.rows(HELD) == [(15, None, "2022-03-09", "Другой семинар", "https://example.ru")]


async def test_what_cannot_be_is_refused_and_asked_again(desk: Desk, una: Person) -> None:
    await begins(desk, una)
    assert (await desk.says(una, "завтра")).text.startswith("11 марта 2022, пт ещё не наступило.")
    assert (await desk.says(una, "недавно")).text.startswith("Нужен один день")
    ahead = "31 декабря 2099, чт ещё не наступило. Отметьте, когда проведёте, или проверьте дату."
    assert await desk.forges(una, "heldday:15:20991231") == Answer(ahead, alert=True)
    await desk.presses(una, "Сегодня", message=una.finds("Сегодня"))
    assert (await desk.says(una, "…")).text == "Нужно название словами. Напишите ещё раз."
    await desk.says(una, "Семинар")
    assert (await desk.says(una, "нет ссылки")).text.startswith("Это не похоже на ссылку.")
    await desk.says(una, "example.ru")
    said = await desk.says(una, "готово")
    assert said.text == "Выберите кнопкой под предыдущим сообщением. Фото и документы можно прислать сюда."
    await desk.presses(una, "Сохранить", message=una.finds("Сохранить"))
    assert len(desk.look.rows(HELD)) == 1


async def test_a_button_of_another_form_does_nothing(desk: Desk, una: Person) -> None:
    await begins(desk, una, 23)
    assert desk.said(una).text.startswith("п. 23 ")
    for data in ("heldday:15:20220309", "heldnolink:15", "heldask:15:day", "heldsave:15", "heldplace:15:1"):
        assert await desk.forges(una, data) == GONE
    await desk.presses(una, "Отмена")
    assert await desk.forges(una, "heldday:23:20220309") == GONE
    assert desk.look.rows(HELD) == []


async def test_a_municipality_tells_for_itself_and_the_order_asks_for_the_announcement(
    desk: Desk, mira: Person
) -> None:
    await begins(desk, mira, 24)
    assert desk.said(mira).text.startswith("п. 24 Муниципальные мероприятия: Южский район\nКогда провели мероприятие?")
    await desk.presses(mira, "Сегодня")
    asked = await desk.says(mira, "Слёт школ")
    assert "анонс в Календаре образовательных событий на портале «Педсовет37.ру»" in asked.text
    await desk.presses(mira, "Без ссылки")
    await desk.presses(mira, "Сохранить")
    assert "п. 24 Муниципальные мероприятия — выполнено: 1 из" in desk.screen(mira)
    assert [row[2:] for row in desk.look.rows(HELD)] == [("2022-03-10", "Слёт школ", "")]


async def test_the_coordinator_chooses_the_municipality(desk: Desk) -> None:
    await begins(desk, desk.marina, 24)
    shown = desk.said(desk.marina)
    assert shown.text == "п. 24 Муниципальные мероприятия\nЗа какой муниципалитет отмечаете?"
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Южский район")
    assert shown.text.startswith("п. 24 Муниципальные мероприятия: Южский район\n")
    await desk.presses(desk.marina, "Вчера")
    await desk.says(desk.marina, "Слёт")
    await desk.presses(desk.marina, "Без ссылки")
    assert "Муниципалитет" in desk.said(desk.marina).buttons
    await desk.presses(desk.marina, "Сохранить")
    assert len(desk.look.rows(HELD)) == 1


async def test_the_list_turns_its_pages_and_what_is_not_meant_is_taken_away(desk: Desk, una: Person) -> None:
    for number in range(1, 8):
        await begins(desk, una)
        await desk.says(una, f"{number} марта")
        await desk.says(una, f"Семинар {number}")
        await desk.presses(una, "Без ссылки")
        await desk.presses(una, "Сохранить")
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
    assert desk.said(una).text.startswith(f"{SEMINARS}\nКогда провели?")


async def test_nobody_else_is_offered_it_or_gets_it_by_a_forged_press(desk: Desk, una: Person, mira: Person) -> None:
    await begins(desk, una)
    await desk.presses(una, "Сегодня")
    await desk.says(una, "Семинар")
    await desk.presses(una, "Без ссылки")
    await desk.presses(una, "Сохранить")
    await desk.opens(mira, "/menu")
    await desk.forges(mira, "item:15")
    assert not {"Провели семинар", "Что проведено"} & set(desk.said(mira).buttons)
    for data in ("held:15", "heldlist:15:0", "happening:1", "heldfiles:1", "unheld:1"):
        assert await desk.forges(mira, data) == REFUSED
    assert len(desk.look.rows(HELD)) == 1
