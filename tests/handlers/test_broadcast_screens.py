"""«Объявления»: composed, looked at, sent, told of; refused kindly where it cannot be."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.broadcast import Timing, everybody
from domain.people import Duty, Role
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import registry as registry_rows
from tests.actions.reviewed import MIRA
from tests.domain.files import DOCX, PDF, PNG, PROGRAM
from tests.handlers.desk import Desk, enters
from tests.people import IGOR, MARINA, enrolled

TEXT = "Добрый день, {{ имя }}. Совещание в 15:00"
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
BIG = "больше 20 МБ, мессенджер не отдаёт такие боту. Не сохранено: пришлите ссылку на файл или его частями."
COMPOSING = ["Текст", "Файлы", "Кому", "Когда", "Ознакомлен(а): нет", "Без звука", "Удалить черновик"]
BELOW = ["К объявлениям", "В меню"]


def lines(desk: Desk, who: Person | None = None) -> list[str]:
    """The latest message of the bot to somebody (Marina), in words without hard spaces."""
    return desk.said(who or desk.marina).text.replace("\u00a0", " ").split("\n")


async def opens(desk: Desk, *path: str) -> list[str]:
    await desk.opens(desk.marina, "/menu", "Объявления", *path)
    return lines(desk)


async def presses(desk: Desk, *path: str) -> list[str]:
    for button in path:
        await desk.presses(desk.marina, button)
    return lines(desk)


async def composed(desk: Desk, text: str = TEXT, *path: str) -> list[str]:
    """A draft to everybody with this text."""
    await opens(desk, "Новое объявление")
    await desk.says(desk.marina, text)
    return await presses(desk, "Кому", "Все участники", "К объявлению", *path)


async def sent(desk: Desk, text: str = TEXT, *path: str) -> list[str]:
    """Launched and delivered."""
    await composed(desk, text, *path, "Посмотреть", "Отправить")
    await desk.tick()
    return lines(desk)


def buttons(message: Message) -> list[str]:
    return [one.replace("\u00a0", " ") for one in message.buttons]


# --- From nothing to the report


async def test_an_announcement_is_composed_looked_at_and_sent(desk: Desk, seven: int) -> None:
    assert await opens(desk) == ["Объявления", "", "Объявлений пока нет. Нажмите «Новое объявление»."]
    assert await presses(desk, "Новое объявление") == [
        "Текст объявления",
        "Напишите одним сообщением, до 3500 знаков. Жирный, курсив и ссылки сохранятся.",
        "",
        "{{ имя }} — у каждого будет своё имя, {{ школа }} — своя школа (если получатели из школ).",
        "",
        "Файлы и фото присылайте сюда же.",
    ]
    await desk.says(desk.marina, TEXT)
    assert lines(desk) == ["Объявление № 1 — черновик", "", TEXT, "", "Кому: никого", "Когда: сразу"]
    assert buttons(desk.said(desk.marina)) == ["Посмотреть", *COMPOSING, *BELOW]
    assert await presses(desk, "Кому", "Все участники") == [
        "Кому объявление № 1?",
        "Сейчас: все участники — 2 получателя",
    ]
    assert await presses(desk, "Кто получит") == ["Получат: 2", "• Игорь Прохожий", "• Ольга Лебедева, Школа № 7"]
    await presses(desk, "К объявлению", "Ознакомлен(а): нет")
    assert await presses(desk, "Посмотреть") == [
        "Выше — объявление, как его увидит Игорь Прохожий.",
        "",
        "Получат: 2",
        "Когда: сразу",
        "Попросим отметить «Ознакомлен(а)».",
    ]
    shown = desk.marina.messages(desk.marina.private())[-2]
    assert (shown.text, shown.buttons) == ("Добрый день, Игорь Прохожий. Совещание в 15:00", ["Ознакомлен(а)"])
    assert buttons(desk.said(desk.marina)) == ["Отправить: 2 получателя", "Кто получит: 2", "К объявлению"]
    assert await desk.presses(desk.marina, "Отправить") == Answer("Отправляю. Получателей: 2.")
    assert lines(desk) == [
        "Объявление № 1",
        "░░░░░░░░░░░░ 0 %",
        "Доставлено 0 из 2.",
        "Осталось около 1 секунды.",
    ]
    running = desk.said(desk.marina)
    await desk.tick()
    assert running.text.replace("\u00a0", " ").split("\n")[1:] == ["▓▓▓▓▓▓▓▓▓▓▓▓ 100 %", "Доставлено 2 из 2."]
    assert lines(desk) == ["✅ Объявление № 1: доставлено 2 из 2."]
    assert lines(desk, desk.olga) == ["Добрый день, Ольга Лебедева. Совещание в 15:00"]


async def test_the_card_that_is_opened_while_it_runs_stays_open(desk: Desk, seven: int) -> None:
    await composed(desk, TEXT, "Посмотреть", "Отправить")
    progress = desk.said(desk.marina)
    assert (await presses(desk, "Объявление"))[-2:] == ["Доставлено: 0 из 2", "⏳ В пути: 2"]
    card = desk.said(desk.marina)
    await desk.tick()
    assert "100 %" in progress.text
    assert card.text.endswith("⏳ В пути: 2")


async def test_the_report_names_everybody_and_says_who_has_read_it(desk: Desk, seven: int) -> None:
    desk.igor.blocks()
    await desk.settle()
    await sent(desk, TEXT, "Ознакомлен(а): нет")
    assert await presses(desk, "Отчёт о доставке") == [
        "Доставка объявления № 1",
        "Доставлено 1 из 2, не доставлено 1",
        "",
        "⚠️ Игорь Прохожий — заблокировал(а) бота",
        "✅ Ольга Лебедева, 10.03.2022 12:00",
    ]
    assert await desk.presses(desk.olga, "Ознакомлен(а)") == Answer("Отмечено: Вы ознакомились.")
    assert desk.said(desk.olga).buttons == ["Ознакомлен(а)"]
    assert await desk.presses(desk.olga, "Ознакомлен(а)") == Answer("Уже отмечено раньше.")
    assert await presses(desk, "Ознакомились") == [
        "Объявление № 1: ознакомились 1 из 2",
        "",
        "— Игорь Прохожий (не доставлено)",
        "✅ Ольга Лебедева, 10.03.2022 12:00",
    ]
    await presses(desk, "Список для обзвона")
    assert lines(desk)[0] == "Объявление № 1"
    media = desk.said(desk.marina).media
    assert media is not None
    file = desk.world.files.get(media.files[0])
    assert file is not None
    sheet = load_workbook(BytesIO(file.data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[2], row[5]) for row in rows] == [("Игорь Прохожий", "заблокировал(а) бота")]
    audit = desk.look.rows("SELECT deed FROM audit WHERE deed LIKE 'broadcast%' ORDER BY id")
    assert [row[0] for row in audit] == [
        "broadcast-made", "broadcast-launched", "broadcast-acked", "broadcast-exported",
    ]  # fmt: skip


async def test_the_list_and_the_card_say_where_each_is(desk: Desk, seven: int) -> None:
    await sent(desk, "Первое")
    await composed(desk, "Второе")
    assert await opens(desk) == [
        *("Объявления", "", "№ 2 Второе", "черновик", "", "№ 1 Первое", "✅ доставлено 2 из 2"),
    ]
    assert await presses(desk, "№ 1 Первое") == [
        *("Объявление № 1", "", "Первое", "", "Отправлено 10.03.2022 12:00.", "Доставлено: 2 из 2"),
    ]
    assert buttons(desk.said(desk.marina)) == [
        *("Отчёт о доставке", "Исправить", "Удалить у всех", "Повторить как новое", *BELOW),
    ]
    assert (await presses(desk, "Повторить как новое"))[0] == "Объявление № 3 — черновик"
    await presses(desk, "Удалить черновик")
    assert lines(desk) == ["Удалить черновик № 3?", "Текст и файлы пропадут, никто ничего не получал."]
    assert await desk.presses(desk.marina, "Да, удалить") == Answer("Черновик удалён.")
    await desk.opens(desk.pavel, "/menu", "Объявления")
    assert lines(desk, desk.pavel) == [
        *("Объявления", "", "№ 1 Первое", "✅ доставлено 2 из 2 · Марина Королёва"),
    ]
    await desk.presses(desk.pavel, "№ 1 Первое")
    assert buttons(desk.said(desk.pavel)) == ["Отчёт о доставке", "Повторить как новое", *BELOW]


async def test_what_arrived_is_corrected_and_removed(desk: Desk, seven: int) -> None:
    await sent(desk, "Совещание в 15:00")
    await opens(desk, "№ 1", "Исправить")
    await desk.says(desk.marina, "Совещание в 16:00")
    assert lines(desk) == ["Исправить так?", "", "Совещание в 16:00", "", "Изменится у: 2"]
    assert await desk.presses(desk.marina, "Исправить: 2") == Answer("Исправляю: 2.")
    await desk.tick()
    assert lines(desk, desk.olga) == ["Совещание в 16:00"]
    assert await presses(desk, "Удалить у всех") == [
        "Удалить объявление № 1 у получателей?",
        "Доставлено: 2. Мессенджер удаляет не всё: то, что старше двух суток, может остаться.",
    ]
    assert (await desk.presses(desk.marina, "Да, удалить")).text.startswith("Удаляю у получателей: 2")
    await desk.tick()
    assert "Совещание" not in desk.said(desk.olga).text
    assert "Удалено у получателей 10.03.2022 12:00." in lines(desk)
    assert await desk.presses(desk.marina, "Отчёт о доставке") == Answer("")
    assert (await desk.forges(desk.marina, "bcfixgo:1")).alert


async def test_those_who_did_not_get_it_or_have_not_read_it_are_written_to_again(desk: Desk, seven: int) -> None:
    desk.igor.blocks()
    await desk.settle()
    await sent(desk, "Важное", "Ознакомлен(а): нет")
    desk.igor.unblocks()
    await desk.settle()
    await opens(desk, "№ 1")
    assert await desk.presses(desk.marina, "Ещё раз не получившим") == Answer("Отправляю ещё раз: 1.")
    await desk.tick()
    assert lines(desk, desk.igor) == ["Важное"]
    await desk.presses(desk.olga, "Ознакомлен(а)")
    await opens(desk, "№ 1")
    assert await desk.presses(desk.marina, "Напомнить не ознакомившимся") == Answer("Напоминание уйдёт: 1.")
    await desk.tick()
    assert lines(desk, desk.igor) == ["⏳ Напоминание: нажмите «Ознакомлен(а)», когда прочитаете.", "", "Важное"]
    assert sum(one.text == "Важное" for one in desk.olga.messages(desk.olga.private())) == 1


# --- Words and files


async def test_formatting_that_every_messenger_has_is_kept(desk: Desk, seven: int) -> None:
    await opens(desk, "Новое объявление")
    entities = [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "spoiler", "offset": 6, "length": 5},
        {"type": "text_link", "offset": 12, "length": 6, "url": 'https://a.ru/?q="1"&b'},
        {"type": "pre", "offset": 19, "length": 3, "language": "python"},
    ]
    words = "Важно тайна ссылка код < & \u202eобратно\u202c"
    desk.marina._posts(None, text=words, entities=entities)  # a phone that formats
    await desk.settle()
    link = '<a href="https://a.ru/?q=&quot;1&quot;&amp;b">ссылка</a>'
    assert desk.look.rows("SELECT text FROM broadcast") == [
        (f"<b>Важно</b> тайна {link} <code>код</code> &lt; &amp; обратно",)
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("я" * 3501, "Слишком длинно: 3501 знак, нужно до 3500. Сократите или приложите файлом."),
        ("Здравствуйте, {{ отчество }}", "Не знаю «отчество». Можно: {{ имя }}, {{ школа }}."),
        ("Здравствуйте, {{ имя }", "Скобки не сошлись. Пишите так: {{ имя }}."),
        ("\u200b", "Объявление пустое. Напишите текст или приложите файл."),
    ],
)
async def test_words_that_cannot_be_sent_are_refused_and_awaited_again(desk: Desk, typed: str, said: str) -> None:
    await opens(desk, "Новое объявление")
    await desk.says(desk.marina, typed)
    assert lines(desk) == [said]
    await desk.says(desk.marina, "Другое")
    assert lines(desk)[2] == "Другое"


async def test_files_of_mixed_kinds_go_along_with_what_is_written_under_them(desk: Desk, seven: int) -> None:
    await opens(desk, "Новое объявление")
    desk.marina.sends_album([PNG + bytes([place]) for place in range(3)], caption="Фото и приказ")
    desk.marina.sends_document(PDF, "Приказ.pdf")
    desk.marina.sends_document(DOCX, "План.docx")
    desk.marina.sends_document(PROGRAM, "вирус.exe")
    await desk.settle()
    shown = lines(desk)
    assert shown[0] == "⚠️ Получено 5 из 6"
    assert shown[1].startswith("вирус.exe: ")
    assert shown[3:] == [
        *("Объявление № 1 — черновик", "", "Фото и приказ", "", "Файлы: фото, фото, фото, Приказ.pdf, План.docx"),
        *("Кому: никого", "Когда: сразу"),
    ]
    await presses(desk, "Кому", "Все участники", "К объявлению", "Посмотреть", "Отправить")
    await desk.tick()
    came = [one for one in desk.olga.messages(desk.olga.private()) if one.media is not None]
    assert [one.media.kind for one in came if one.media] == ["photo"] * 3 + ["document"] * 2
    await opens(desk, "№ 1", "Повторить как новое", "Файлы")
    assert lines(desk)[3] == "Сейчас приложено: 5"
    assert await desk.presses(desk.marina, "Убрать файлы") == Answer("Файлы убраны.")


async def test_a_voice_goes_as_a_document_and_a_place_is_refused(desk: Desk, seven: int) -> None:
    await opens(desk, "Новое объявление")
    desk.marina.sends_voice(b"OggS\0\x02" + b"\0" * 50, 3)
    await desk.settle()
    assert desk.look.rows("SELECT name, is_photo FROM broadcast_file") == [("голосовое.ogg", 0)]
    desk.marina.sends_location(57.0, 41.0)
    await desk.settle()
    assert lines(desk) == ["Это отправить не могу: подойдут текст, фото и документы. Всё присланное раньше сохранено."]
    await presses(desk, "К объявлению", "Кому", "Все участники", "К объявлению", "Посмотреть", "Отправить")
    await desk.tick()
    media = desk.said(desk.olga).media
    assert media is not None
    assert media.kind == "document"


async def test_a_file_of_60_mb_is_refused_kindly_and_never_fetched(desk: Desk) -> None:
    await opens(desk, "Новое объявление")
    desk.marina.sends_document(b"\0" * 60 * 1024 * 1024, "Запись.pdf")
    await desk.settle()
    assert lines(desk)[:2] == [
        "⚠️ Получено 0 из 1",
        f"Запись.pdf: {BIG}",
    ]
    assert desk.world.calls["getFile"] == 0
    assert desk.look.count("broadcast_file") == 0


async def test_tags_that_are_typed_are_words_and_break_nothing(desk: Desk, seven: int) -> None:
    typed = "<b>Важно & <i>срочно</b> </script> &lt; {имя} </i>"
    await sent(desk, typed)
    assert lines(desk) == ["✅ Объявление № 1: доставлено 2 из 2."]
    assert lines(desk, desk.olga) == [typed]


# --- When


async def test_at_night_the_screen_says_when_it_will_go(desk: Desk, seven: int) -> None:
    await composed(desk)
    await desk.moves("2022-03-10 23:00")
    shown = await opens(desk, "№ 1")
    assert shown[-1] == "Когда: пришло ночью: уйдёт 11 марта, пт, в 08:00"
    await presses(desk, "Посмотреть")
    assert (await desk.presses(desk.marina, "Отправить")).text == "Уйдёт 11.03.2022 08:00. Получателей: 2."
    assert lines(desk) == ["Объявление № 1", "Начнёт уходить 11.03.2022 08:00."]
    await desk.moves("2022-03-11 08:01")
    assert lines(desk, desk.olga) == ["Добрый день, Ольга Лебедева. Совещание в 15:00"]


async def test_a_time_is_typed_and_a_past_one_is_refused(desk: Desk, seven: int) -> None:
    await composed(desk, TEXT, "Когда")
    for typed, said in (
        ("вчера 10:00", "Это время уже прошло. Напишите другое."),
        ("сегодня 9:00", "Это время уже прошло. Напишите другое."),
        ("завтра", "Не вижу времени в «завтра». Напишите день и время, например: завтра 10:00 или 15.03 9:30."),
        ("31.12 9:00", "Слишком далеко: можно не дальше 90 дней."),
    ):
        await desk.says(desk.marina, typed)
        assert lines(desk) == [said]
    await desk.says(desk.marina, "завтра 10:00")
    assert lines(desk)[-1] == "Когда: 11 марта, пт, в 10:00"
    await presses(desk, "Посмотреть", "Отправить")
    assert await opens(desk) == [
        *("Объявления", "", "№ 1 Добрый день, {{ имя }}. Совещание в 15:00"),
        "📅 ждёт своего времени · получателей: 2",
    ]
    await opens(desk, "№ 1", "Отменить остаток")
    assert lines(desk)[1] == "Не уйдёт 2 получателям."
    assert await desk.presses(desk.marina, "Да, отменить") == Answer("Не уйдёт: 2.")
    await desk.moves("2022-03-11 10:01")
    assert "Совещание" not in desk.said(desk.olga).text


# --- To whom


async def test_nobody_is_refused_and_a_group_takes_no_names(desk: Desk, seven: int) -> None:
    await desk.group("Группа 500+", "500+", desk.marina)
    await opens(desk, "Новое объявление")
    await desk.says(desk.marina, TEXT)
    assert (await desk.presses(desk.marina, "Посмотреть")).text == "Некому отправлять. Измените круг получателей."
    await presses(desk, "Кому", "Группы", "Группа 500+", "Кому", "К объявлению")
    assert (await desk.presses(desk.marina, "Посмотреть")).text == (
        "В группу нельзя с именем или школой: уберите {{ … }} или группы."
    )


async def test_who_left_and_who_came_since_the_preview_is_said(desk: Desk, seven: int) -> None:
    await composed(desk)
    await presses(desk, "Посмотреть")
    core, now = desk.app.core, desk.world.clock()
    igor = (await core.people.member(IGOR.account, now=now)).person_id or 0
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, igor, now)
    await enrolled(core, MIRA, Duty(Role.SCHOOL, seven), now=now)
    assert await desk.presses(desk.marina, "Отправить") == Answer("Отправляю. Получателей: 1.")
    assert lines(desk) == [
        "⚠️ Объявление № 1 ушло по списку, который Вы видели.",
        "Выбыли с тех пор и не получат: 1",
        "Появились позже и в список не вошли: 1. Им можно отправить отдельно.",
    ]
    await desk.tick()
    assert lines(desk, desk.olga) == ["Добрый день, Ольга Лебедева. Совещание в 15:00"]
    assert "Совещание" not in desk.said(desk.igor).text


async def test_names_are_typed_as_a_list(desk: Desk, seven: int) -> None:
    await opens(desk, "Новое объявление")
    await desk.says(desk.marina, "Коротко")
    await presses(desk, "Кому", "По именам")
    await desk.says(desk.marina, "Ольга Лебедева\nИгорь Прохожй\nНикто Неизвестный")
    assert lines(desk) == [
        "✅ Добавлено: 1",
        "⚠️ Нет в списке: 1",
        "• Никто Неизвестный",
        "Уточните, кто это: 1",
        "• Игорь Прохожй — похоже на: Игорь Прохожий",
        "",
        "Сейчас: по имени: 1 — 1 получатель",
        "",
        "• Игорь Прохожий — куратор, Школа № 7",
    ]
    assert (await presses(desk, "Игорь Прохожий"))[1] == "Сейчас: по имени: 2 — 2 получателя"


async def test_places_and_those_who_have_not_done_something_are_chosen(desk: Desk, seven: int) -> None:
    await opens(desk, "Новое объявление")
    await presses(desk, "К объявлению", "Кому", "Где")
    while "Южский район" not in desk.said(desk.marina).buttons:
        await presses(desk, "Дальше ›")
    await presses(desk, "Южский район")
    assert lines(desk)[1].endswith("(Южский район) — 2 получателя")
    shown = await presses(desk, "Кому", "Кто не сделал п. …")
    assert shown[0] == "Кто не сделал какой пункт?" or shown[0].startswith("Кто не сделал какой пункт? Страница 1")
    chosen = next(one for one in buttons(desk.said(desk.marina)) if one.startswith("п. "))
    shown = await presses(desk, chosen)
    assert shown[1].startswith(f"Сейчас: кто не сделал {chosen.split()[0]} {chosen.split()[1]} (Южский район) — ")
    assert (await presses(desk, "Кто не ответил на опрос"))[0] == "Кто не ответил на какой опрос?"


async def test_a_coordinator_stops_what_somebody_else_sends(desk: Desk, seven: int) -> None:
    core, now = desk.app.core, desk.world.clock()
    marina = await core.people.member(MARINA.account, now=now)
    home = (await core.registries.whole(by=marina)).municipalities[0].id
    mira = await enrolled(core, MIRA, Duty(Role.MUNICIPAL, municipality_id=home), now=now)
    one = await core.broadcast_keeping.make(by=mira, now=now)
    await core.broadcast_keeping.write(one, "Завтра", by=mira, now=now)
    await core.broadcast_keeping.ask(one, lambda circle, _: everybody(circle), by=mira, now=now)
    await core.broadcast_keeping.time(one, Timing.AT, now + timedelta(days=1), by=mira, now=now)
    await core.broadcast_keeping.preview(one, by=mira, now=now)
    await core.broadcast_launch.launch(one, by=mira, now=now)
    assert (await opens(desk, "№ 1"))[0] == f"Объявление № 1, {MIRA.name}"
    assert buttons(desk.said(desk.marina)) == ["Отчёт о доставке", "Отменить остаток", "Повторить как новое", *BELOW]
    assert (await presses(desk, "Отменить остаток"))[0] == "Отменить остаток объявления № 1?"
    assert "Отменено: никому не ушло." in await presses(desk, "Да, отменить")
    assert buttons(desk.said(desk.marina)) == ["Отчёт о доставке", "Повторить как новое", *BELOW]


async def test_a_municipal_coordinator_sees_only_their_own(desk: Desk, seven: int) -> None:
    core = desk.app.core
    marina = await core.people.member(MARINA.account, now=desk.world.clock())
    registry = await core.registries.whole(by=marina)
    other = next(one for one in registry.municipalities if one.name != "Южский район")
    await enrolled(core, MIRA, Duty(Role.MUNICIPAL, municipality_id=other.id), now=desk.world.clock())
    mira = enters(desk.world, MIRA)
    mira.starts()
    await desk.settle()
    await sent(desk, "Чужое")
    await desk.opens(mira, "/menu", "Объявления", "Новое объявление")
    await desk.presses(mira, "К объявлению")
    await desk.presses(mira, "Кому")
    assert "Группы" not in desk.said(mira).buttons
    assert "Организаторы" not in desk.said(mira).buttons
    assert (await desk.forges(mira, "bcall:2")).text == ""
    assert lines(desk, mira)[1] == "Сейчас: все участники — 1 получатель"
    for forged in ("bc:1", "bcreport:1:0", "bcrm:1:1", "bcgo:1", "bccopy:1"):
        assert (await desk.forges(mira, forged)).text == "Этого объявления больше нет. Откройте меню: /menu"
    assert await desk.forges(mira, "bcgroups:2:0") == REFUSED
    assert await desk.forges(desk.olga, "go:broadcasts") == REFUSED
    assert (await desk.forges(mira, "bcack:2")).text == "Это объявление пришло не Вам."
