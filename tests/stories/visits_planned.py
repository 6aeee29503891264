"""From risks to a schedule that everybody knows: proposed, returned, approved, moved; as a file and as a calendar."""

import io

import vobject
from docx import Document

from tests.stories.conftest import goes
from tests.stories.item_20 import comes_in, looks, menu, names, told
from tests.stories.visits import (
    METHOD,
    MOTIVATION,
    MUGREEVO,
    NO_37,
    RODNIKI,
    SHEKSHOVO,
    STAFF,
    TALITSY,
    TEYKOVO,
    VICHUGA,
    VOSKRESENSK,
    Road,
    approves,
    opens,
    presses_day,
    proposes,
    says,
    sends_schedule,
)

COMMENT = "Не ставьте два визита на один день."


async def risks_are_ticked(road: Road) -> None:
    """Natalya ticks three of a school herself."""
    await looks(road.natalya, "Мои школы", NO_37, "Документы", "Рисковый профиль", STAFF, METHOD, MOTIVATION)
    assert told(road.natalya).splitlines()[3:6] == [
        "• Дефицит педагогических кадров",
        "• Недостаточная предметная и методическая компетентность педагогических работников",
        "• Низкая учебная мотивация обучающихся",
    ]
    others = (TEYKOVO, TALITSY, MUGREEVO, VICHUGA, SHEKSHOVO, VOSKRESENSK, RODNIKI)
    await road.ticks(others, "Дефицит педагогических кадров", "Низкая учебная мотивация")


async def days_are_proposed(road: Road) -> None:
    """What speaks against a day is said before it is chosen and after; nothing is forbidden."""
    natalya, pavel, svetlana = road.natalya, road.pavel, road.svetlana
    await presses_day(natalya, NO_37, "вт 15.02")
    await proposes(natalya, TEYKOVO, "16 февраля")
    await opens(natalya, TALITSY, "Предложить день")
    assert menu(natalya)[3:5] == ["⚠️ вт 15.02", "⚠️ ср 16.02"]
    await goes(natalya, "ср 16.02")
    assert told(natalya).splitlines()[:3] == [
        "✅ Предложен день: 16 февраля, ср",
        "№ 1 · Талицкая СОШ",
        "⚠️ в этот день визит: МСОШ № 2",
    ]
    assert "Визитов: 3, ⚠️ что-то мешает: 2" in await sends_schedule(natalya, "3 визита")
    await presses_day(pavel, MUGREEVO, "чт 17.02")
    assert "⚠️ выходной день" in await proposes(pavel, VICHUGA, "23 февраля")
    await goes(pavel, "Другой день", "Позже ›", "пт 18.02")
    await proposes(pavel, SHEKSHOVO, "в понедельник")
    await goes(pavel, "Другой день")
    await says(pavel, "21.02")
    await sends_schedule(pavel, "3 визита")
    await proposes(svetlana, VOSKRESENSK, "в среду")
    seen = await presses_day(svetlana, RODNIKI, "Позже ›", "⚠️ пн 28.02")
    assert "⚠️ п. 14 Совещание с командами школ; срок п. 13 — 25 февраля, пт" in seen
    await goes(svetlana, "Другой день", "чт 17.02")
    await sends_schedule(svetlana, "2 визита")


async def one_schedule_is_returned_and_changed(road: Road) -> None:
    marina, natalya = road.marina, road.natalya
    await looks(marina, "Визиты", "Графики на утверждение", natalya.name, "Вернуть")
    road.read()
    await says(marina, COMMENT)
    await road.waits()
    assert road.hears("Поменяйте дни") == {
        natalya.name: (
            f"⚠️ График визитов возвращён: {COMMENT}\n15 февраля, вт — № 1 · Средняя школа № 37\n"
            "16 февраля, ср — № 1 · МСОШ № 2\n16 февраля, ср — № 1 · Талицкая СОШ\n\n"
            "Поменяйте дни и отправьте график снова."
        )
    }
    await goes(natalya, "Визиты", TALITSY, "ср 16.02", "Другой день")
    await says(natalya, "22 февраля")
    read_back = await sends_schedule(natalya, "3 визита")
    assert "мешает" not in read_back
    await road.waits()
    assert road.hears("ждёт утверждения\n")[marina.name].endswith("Наталья Ершова — 3 визита")


async def every_head_hears_the_day(road: Road) -> None:
    """The head of the last school has come in by then."""
    await comes_in(road.marina, road.nadezhda, RODNIKI)
    heard: dict[str, str] = {}
    for curator, count in ((road.natalya, "3 визита"), (road.pavel, "3 визита"), (road.svetlana, "2 визита")):
        await approves(road, curator, count)
        heard |= road.hears("Визит куратора")
        assert set(road.hears("График визитов утверждён")) == {curator.name}
    assert {name: text.splitlines()[0] for name, text in heard.items()} == {
        road.head(school).name: f"📅 Визит куратора {day}: {school}"
        for school, day in {
            NO_37: "15 февраля, вт",
            TEYKOVO: "16 февраля, ср",
            TALITSY: "22 февраля, вт",
            MUGREEVO: "17 февраля, чт",
            VICHUGA: "18 февраля, пт",
            SHEKSHOVO: "21 февраля, пн",
            VOSKRESENSK: "16 февраля, ср",
            RODNIKI: "17 февраля, чт",
        }.items()
    }
    assert done(road, 12) == names(road.natalya, road.pavel, road.svetlana)


def done(road: Road, item: int) -> list[str]:
    """The curators of whom an item is accepted, in the order in which it was."""
    return [
        name
        for (name,) in road.play.look.rows(
            "SELECT p.name FROM completion c JOIN item i ON i.id = c.item_id JOIN person p ON p.id = c.debtor_id "
            "WHERE i.number = ? AND c.party = 'curator' AND c.state = 'accepted' ORDER BY c.decided_at, c.id",
            item,
        )
    ]


async def the_schedule_is_downloaded(road: Road) -> None:
    """For the order in Word, and for Natalya's own calendar."""
    await looks(road.marina, "Визиты", "График в Word")
    (table,) = Document(io.BytesIO(road.file(road.marina, "График визитов 09.02.2022.docx"))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows] == ["№", "Февраль 2022", *map(str, range(1, 9))]
    assert rows[2] == [
        "1",
        "г. о. Иваново",
        "Средняя школа № 37\nг. Иваново, ул. Окуловой, д. 1",
        "Наталья Ершова\nкуратор",
        "15 февраля 2022, вт\nвизит 1",
    ]
    await looks(road.natalya, "Визиты", "В календарь")
    calendar = vobject.readOne(road.file(road.natalya, "Визиты 09.02.2022.ics").decode())
    assert [(one.summary.value, f"{one.dtstart.value:%d.%m}") for one in calendar.vevent_list] == [
        ("Визит 1: Средняя школа № 37", "15.02"),
        ("Визит 1: МСОШ № 2", "16.02"),
        ("Визит 1: Талицкая СОШ", "22.02"),
    ]


async def one_is_moved_by_the_school(road: Road) -> None:
    """The curator agrees, the coordinator approves; the old day stands until then."""
    await road.lives_to("2022-02-10 10:00")
    lyudmila, pavel = road.head(VICHUGA), road.pavel
    await goes(lyudmila, "Попросить другой день")
    await says(lyudmila, "24 февраля")
    road.read()
    await goes(lyudmila, "Контрольные")
    await road.waits()
    (wish,) = road.hears("Школа просит другой день").items()
    assert wish[0] == pavel.name
    assert wish[1].splitlines()[1:] == [
        "Сейчас 18 февраля, пт, просят 24 февраля, чт.",
        "Почему: контрольные работы",
    ]
    await goes(pavel, "Перенести")
    assert told(pavel).splitlines()[-1] == "До решения остаётся 18 февраля, пт."
    seen = await approves(road, pavel, "1 визит")
    why = "просьба школы: контрольные работы"
    assert seen.splitlines()[-1] == f"• 18 февраля, пт → 24 февраля, чт — № 1 · ООШ № 6. {why}"
    assert road.hears("перенесён") == {
        lyudmila.name: (
            f"📅 Визит куратора перенесён: ООШ № 6\n18 февраля, пт → 24 февраля, чт. Основание: {why}\n"
            "Приедет Павел Зимин."
        )
    }
