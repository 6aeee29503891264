"""Reports of visits as they are read, reviewed and answered, and what a school promised."""

from datetime import date

import pytest

from domain.people import Duty, Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.handlers.visiting import SVETLANA, Trip, a_trip, picture
from tests.people import MARINA

TODAY = date(2022, 3, 10)
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
ANSWERS = [
    "С кем встретились? — Директор",
    "Низкая учебная мотивация — есть план",
    "Дефицит кадров — работа идёт",
    "Низкое качество адаптации мигрантов — работа не начата",
]
PART = [
    "",
    "Замечания",
    "1. Нет плана работы с родителями",
    "2. Сайт не обновлён",
    "",
    "Предложения",
    "1. Провести педсовет",
    "",
    "Договорённости",
]


@pytest.fixture
async def trip(desk: Desk) -> Trip:
    return await a_trip(desk)


@pytest.fixture
async def visit(desk: Desk, trip: Trip) -> int:
    """Natalya has sent a report with three photos."""
    found = await trip.approved(TODAY)
    await trip.begins(found)
    await trip.fills()
    trip.natalya.sends_album([picture(number) for number in range(3)])
    await desk.settle()
    await trip.sends()
    await desk.opens(desk.marina, "/menu")
    return found


def lines(desk: Desk, who: Person | None = None) -> list[str]:
    return desk.said(who or desk.marina).text.replace("\u00a0", " ").splitlines()


async def test_report_is_accepted_and_its_part_reaches_the_school(desk: Desk, trip: Trip, visit: int) -> None:
    await desk.forges(desk.marina, "go:visit-reviews")
    assert lines(desk) == [
        "Отчёты на проверку",
        "⏳ Ждут решения: 1",
        "",
        "№ 1 · Школа № 7",
        "Визит был 10 марта, чт, отчёт: Наталья Ершова",
    ]
    assert desk.said(desk.marina).buttons == ["№ 1 · Школа № 7", "Визиты", "В меню"]
    await desk.presses(desk.marina, "№ 1 · Школа № 7")
    assert lines(desk)[:9] == [
        "1 из 1 на проверке",
        "📋 Визит № 1, 10 марта 2022, чт",
        "Школа № 7, Южский район",
        "Отчёт: Наталья Ершова, 10.03.2022 12:00",
        "⏳ На проверке",
        "",
        *ANSWERS[:3],
    ]
    assert lines(desk)[-10:] == [*PART, "1. Обновить сайт — до 15 апреля, пт, завуч"]
    assert desk.said(desk.marina).buttons == [
        "Принять",
        "Вернуть",
        "Фото и файлы: 3",
        "Отчёт в Word",
        "Отчёты на проверку",
        "В меню",
    ]
    card = desk.said(desk.marina)
    assert await desk.presses(desk.marina, "Принять") == Answer("Принято, школе сообщено.")
    assert lines(desk) == [
        "✅ Отчёт принят: визит № 1, Школа № 7",
        "",
        "Школа получила:",
        "замечания — 2",
        "предложения — 1",
        "договорённости — 1",
        "",
        "Все отчёты проверены.",
    ]
    assert desk.said(desk.marina).buttons == ["К отчёту", "Текст для МЭДК", "Отчёты на проверку", "В меню"]
    await desk.forges(desk.marina, f"vacc:{visit}:1", message=card)
    assert desk.look.rows("SELECT count(*) FROM remark") == [(3,)]


async def test_school_answers_its_part(desk: Desk, trip: Trip, visit: int) -> None:
    assert await desk.forges(trip.anna, f"vrep:{visit}") == Answer("Отчёта об этом визите ещё нет.", alert=True)
    await desk.forges(desk.marina, f"vacc:{visit}:1")
    await desk.tick()
    await desk.presses(trip.anna, "Посмотреть")
    assert lines(desk, trip.anna) == [
        "📋 Визит № 1, 10 марта 2022, чт",
        "Школа № 7, Южский район",
        "Куратор: Наталья Ершова",
        *PART,
        "1. ⏳ Обновить сайт — до 15 апреля, пт, завуч",
    ]
    assert desk.said(trip.anna).buttons == [
        "Сделано: 1",
        "Ответить на замечания",
        "Договорённости",
        "К визиту",
        "В меню",
    ]
    for data in ("vfiles", "vdocx", "vedits", "vrev", "vacc"):
        told = await desk.forges(trip.anna, f"{data}:{visit}" + (":1" if data == "vacc" else ""))
        assert (data, told) == (data, REFUSED)
    await desk.forges(trip.anna, f"vrep:{visit}")
    await desk.presses(trip.anna, "Ответить на замечания")
    assert lines(desk, trip.anna)[0] == "Школа № 7"
    await desk.forges(trip.anna, f"vrep:{visit}")
    assert await desk.presses(trip.anna, "Сделано: 1") == Answer("Отмечено, куратору сообщено.")
    assert lines(desk, trip.anna)[0] == "✅ Договорённость"


async def test_report_is_returned_with_a_comment(desk: Desk, trip: Trip, visit: int) -> None:
    await desk.forges(desk.marina, f"vrev:{visit}")
    await desk.presses(desk.marina, "Вернуть")
    assert lines(desk) == [
        "Что дополнить или исправить?",
        "Визит № 1, Школа № 7",
        "",
        "Напишите одним сообщением, до 1000 знаков. Куратор получит это сразу.",
    ]
    await desk.says(desk.marina, "!")
    assert lines(desk) == ["Напишите, что исправить: без этого автор не поймёт, почему вернули."]
    await desk.says(desk.marina, "Кого видели <на уроках>?")
    assert lines(desk) == [
        "Отчёт возвращён, куратору сообщено: визит № 1, Школа № 7",
        "",
        "Отчёты на проверку",
        "✅ Все отчёты проверены.",
    ]
    await desk.forges(trip.natalya, f"vrep:{visit}")
    assert lines(desk, trip.natalya)[3:5] == [
        "⚠️ Возвращён: Марина Королёва, 10.03.2022 12:00",
        "Кого видели <на уроках>?",
    ]
    assert desk.said(trip.natalya).buttons[0] == "Изменить отчёт"
    assert await desk.forges(desk.marina, f"vacc:{visit}:1") == Answer(
        "Отчёт уже возвращён куратору. Когда куратор отправит его снова, он появится в списке.", alert=True
    )


async def test_second_comment_is_said_not_to_be_sent(desk: Desk, trip: Trip, visit: int) -> None:
    for who in (desk.marina, desk.pavel):
        await desk.opens(who, "/menu")
        await desk.forges(who, f"vret:{visit}:1")
    await desk.says(desk.marina, "Кого видели?")
    await desk.says(desk.pavel, "А где фото?")
    assert lines(desk, desk.pavel)[:2] == [
        "⚠️ Отчёт уже возвращён, Ваш комментарий не отправлен: визит № 1, Школа № 7",
        "Куратору написали: Кого видели?",
    ]


async def test_what_was_changed_since_is_not_accepted(desk: Desk, trip: Trip, visit: int) -> None:
    await desk.forges(desk.marina, f"vrev:{visit}")
    await desk.forges(trip.natalya, f"fa:visit:{visit}:0:r{trip.risks[0]}:4")
    why = "Куратор изменил отчёт, пока Вы смотрели. Откройте его ещё раз."
    assert await desk.presses(desk.marina, "Принять") == Answer(why, alert=True)
    assert await desk.presses(desk.marina, "Вернуть") == Answer(why, alert=True)
    await desk.forges(desk.marina, f"vrev:{visit}")
    assert "Что меняли" in desk.said(desk.marina).buttons
    assert await desk.presses(desk.marina, "Принять") == Answer("Принято, школе сообщено.")


async def test_queue_is_walked_and_goes_on_after_a_decision(desk: Desk, trip: Trip, visit: int) -> None:
    other = await trip.approved(TODAY, 1)
    await trip.reported(other)
    await desk.forges(desk.marina, f"vrev:{visit}")
    await desk.presses(desk.marina, "Следующий ›")
    assert lines(desk)[:3] == ["2 из 2 на проверке", "📋 Визит № 1, 10 марта 2022, чт", "Школа № 8, Южский район"]
    await desk.presses(desk.marina, "‹ Предыдущий")
    assert lines(desk)[2] == "Школа № 7, Южский район"
    await desk.presses(desk.marina, "Принять")
    assert lines(desk)[-1] == "⏳ На проверке ещё 1 отчёт."
    await desk.presses(desk.marina, "Следующий ›")
    assert lines(desk)[2] == "Школа № 8, Южский район"


async def test_photos_come_in_an_album_and_the_paper_as_a_file(desk: Desk, trip: Trip, visit: int) -> None:
    await desk.forges(desk.marina, f"vrev:{visit}")
    await desk.presses(desk.marina, "Отчёт в Word")
    paper = desk.said(desk.marina)
    assert paper.media is not None
    assert isinstance(paper.media.content, dict)
    assert paper.media.content["file_name"] == "Визит 1, Школа № 7.docx"
    assert await desk.presses(desk.marina, "Фото и файлы: 3") == Answer("Отправляю файлы ниже.")
    sent = [one for one in desk.marina.messages(desk.marina.private()) if one.media and one.media.kind == "photo"]
    assert [one.text for one in sent] == ["Визит № 1, Школа № 7", "", ""]
    for (path,) in desk.look.rows("SELECT path FROM stored_file"):
        (desk.app.core.settings.files / path).unlink()
    await desk.presses(desk.marina, "Фото и файлы: 3")
    assert lines(desk) == ["Не нашлось 3 файлов: копии больше нет. Попросите куратора прислать снова."]


async def test_others_of_the_region_look_and_strangers_do_not(desk: Desk, trip: Trip, visit: int) -> None:
    svetlana = await trip.joins(SVETLANA, Duty(Role.CURATOR, school_id=trip.schools[1]))
    for data in (f"vrep:{visit}", f"vlast:{visit}", f"vfiles:{visit}", f"vdocx:{visit}", f"vrev:{visit}"):
        assert (data, await desk.forges(svetlana, data)) == (data, REFUSED)
    assert await desk.forges(desk.marina, f"vlast:{visit}") == Answer("До этого визита отчётов не было.", alert=True)
    assert await desk.forges(desk.marina, "vrep:999999") == Answer(
        "Этого визита больше нет. Откройте «Визиты»: /menu", alert=True
    )


async def test_long_report_is_read_page_by_page(desk: Desk, trip: Trip) -> None:
    visit = await trip.approved(TODAY)
    await trip.begins(visit)
    await trip.fills()
    for question, text in (("seen", "слово <&> " * 150), ("remarks", "\n".join(f"{n} " + "щ" * 480 for n in range(9)))):
        await desk.forges(trip.natalya, f"fs:visit:{visit}:0:change:{question}")
        await desk.says(trip.natalya, text)
    await trip.sends()
    await desk.presses(trip.natalya, "Посмотреть отчёт")
    assert desk.said(trip.natalya).buttons[0] == "Дальше ›"
    read = [lines(desk, trip.natalya)]
    while "Дальше ›" in desk.said(trip.natalya).buttons:
        await desk.presses(trip.natalya, "Дальше ›")
        read.append(lines(desk, trip.natalya))
    words = " ".join(line for page in read for line in page)
    assert [f"{number}. {number - 1} щщщ" in words for number in range(1, 10)] == [True] * 9
    assert words.count("слово") == 150
    await desk.forges(desk.marina, f"vrevpg:{visit}:99")
    assert f"страница {len(read)} из {len(read)}" in lines(desk)[1]


async def test_promise_is_done_opened_again_and_taken_back(desk: Desk, trip: Trip, visit: int) -> None:
    core = desk.app.core
    await core.visit_reviews.accept(visit, 1, by=await trip.member(MARINA), now=desk.world.clock())
    school = trip.schools[0]
    await desk.forges(trip.anna, f"agreeds:{school}")
    assert lines(desk, trip.anna) == [
        "Договорённости",
        "Школа № 7",
        "⏳ Не сделано: 1 из 1",
        "",
        "1. ⏳ Обновить сайт — до 15 апреля, пт, завуч",
    ]
    assert desk.said(trip.anna).buttons == ["1", "К визитам", "В меню"]
    await desk.presses(trip.anna, "1")
    assert lines(desk, trip.anna) == [
        "⏳ Договорённость",
        "Школа № 7",
        "",
        "Обновить сайт",
        "Срок: до 15 апреля 2022, пт (осталось 36 дней)",
        "Кто: завуч",
        "",
        "Ещё не сделано",
    ]
    assert desk.said(trip.anna).buttons == ["Сделано", "Отчёт о визите", "К договорённостям", "В меню"]
    await desk.presses(trip.anna, "Сделано")
    await desk.forges(trip.natalya, "agreed:1")
    assert desk.said(trip.natalya).buttons[0] == "Не сделано"
    assert await desk.presses(trip.natalya, "Не сделано") == Answer("Отмечено, школе сообщено.")
    await desk.presses(trip.natalya, "Снять")
    assert lines(desk, trip.natalya)[0] == "Снять договорённость?"
    await desk.presses(trip.natalya, "Назад")
    await desk.presses(trip.natalya, "Снять")
    assert await desk.presses(trip.natalya, "Да, снять") == Answer("Снято, школе сообщено.")
    assert lines(desk, trip.natalya)[-1] == "Снята куратором, делать её не нужно."
    assert desk.said(trip.natalya).buttons == ["Отчёт о визите", "К договорённостям", "В меню"]
    told = await desk.forges(trip.anna, "agdone:1")
    assert told == Answer("Куратор снял эту договорённость, делать её не нужно.")
    for data in ("agopen:1", "agdrop:1", "agdropok:1"):
        assert await desk.forges(trip.anna, data) == REFUSED
    assert await desk.forges(trip.natalya, "agdone:1") == REFUSED
