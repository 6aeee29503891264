"""The list of participants, read back with python-docx."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document

from domain.meeting import CameBy, Coming, Turnout
from domain.meeting_paper import AttendancePaper, CameLine, MissedLine
from reports.attendance_docx import attendance_docx
from tests.people import MOSCOW, msk
from texts import Texts

TEXTS = Texts()
AT = msk("2022-03-10 10:05")
PAPER = AttendancePaper(
    "Семинар по документам",
    msk("2022-03-10 10:00"),
    msk("2022-03-10 11:30"),
    "Иваново, Большая Воробьёвская, 80",
    Turnout(4, 2, 1, 1, 3, 2, 3),
    (
        CameLine("Ольга Лебедева", "директор", "Школа № 7", CameBy.CODE, AT),
        CameLine("Вера Сизова, завуч", "", "Школа № 8", CameBy.BUTTON, AT, "Инна Белова"),
        CameLine("Игорь Прохожий", "", "", CameBy.LIST, AT, is_invited=False),
    ),
    (
        MissedLine("Глеб Серов", "директор", "Школа № 9", Coming.NO, "болен"),
        MissedLine("участник № 7", "", "Школа № 9", None),
    ),
    date(2022, 3, 11),
    MOSCOW,
    10,
    "Семинар-совещание",
)


def read(paper: AttendancePaper) -> Any:
    return Document(BytesIO(attendance_docx(paper, TEXTS)))


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def said(page: Any) -> str:
    return "\n".join(one.text for one in page.paragraphs)


def test_who_came_and_how_then_who_did_not_and_why() -> None:
    page = read(PAPER)
    came, missed = (rows(table) for table in page.tables)
    assert came == [
        ["№", "ФИО", "Должность", "Организация", "Отметка"],
        ["1", "Ольга Лебедева", "директор", "Школа № 7", "по коду, 10:05"],
        ["2", "Вера Сизова, завуч", "", "Школа № 8", "по кнопке, 10:05, вместо: Инна Белова"],
        ["3", "Игорь Прохожий", "", "", "по списку, 10:05, без приглашения"],
    ]
    assert missed == [
        ["№", "ФИО", "Должность", "Организация", "Причина"],
        ["1", "Глеб Серов", "директор", "Школа № 9", "не сможет: болен"],
        ["2", "участник № 7", "", "Школа № 9", "ответа не было"],
    ]
    words = said(page)
    assert words.startswith("Список участников встречи\nСеминар по документам\nПункт 10 дорожной карты: ")
    assert "Дата и время: 10 марта 2022, чт, 10:00–11:30\nМесто: Иваново, Большая Воробьёвская, 80" in words
    assert words.endswith("Приглашено: 4. Присутствовали: 3. Команд школ: 2 из 3 (66 %).")


def test_it_fits_the_width_of_the_page() -> None:
    page = read(PAPER)
    section = page.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert round(section.page_width.mm) == 210
    for table in page.tables:
        assert sum(cell.width for cell in table.rows[1].cells) <= room
        assert table.autofit is False


def test_nobody_came() -> None:
    page = read(replace(PAPER, came=(), item=None, where="", turnout=Turnout(2, 0, 0, 2, 0, 0, 0)))
    assert len(page.tables) == 1
    assert "Никто не отметился." in said(page)
    assert said(page).endswith("Приглашено: 2. Присутствовали: 0.")


def test_names_that_hurt() -> None:
    evil = "=CMD()\x00<b>&\"' \u202e" + "ё" * 400
    line = CameLine(evil, evil, evil, CameBy.CODE, AT, evil)
    paper = replace(
        PAPER,
        title=evil,
        where=evil,
        came=(line,) * 60,
        missed=(MissedLine(evil, evil, evil, Coming.NO, evil),) * 60,
    )
    page = read(paper)
    assert [len(table.rows) for table in page.tables] == [61, 61]
    name = page.tables[0].rows[1].cells[1].text
    assert (len(name), name[:10], "\x00" in name) == (300, "=CMD() <b>", False)
