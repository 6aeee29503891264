"""The region's workbook of visits, read back."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from domain.visit_paper import CountRow, MatrixCell, MatrixPaper, MatrixRow, VisitRow
from reports.visits_xlsx import visits_xlsx
from tests.reports.visit_papers import HOSTILE, midnight
from texts import Texts

TEXTS = Texts()
DAY = date(2022, 3, 21)
VISIT = VisitRow(
    "Южский район", "Школа № 7", "Инна Зимина", 1, DAY, "отчёт принят", None, DAY, DAY, date(2022, 3, 24), 2, 1
)
PLANNED = VisitRow("Южский район", "Школа № 8", "Инна Зимина", 1, date(2022, 4, 4), "назначен", DAY)
COUNT = CountRow("Инна Зимина", 8, 5, 4, 1, 3)
MATRIX = MatrixPaper(
    ("Низкая мотивация", "Нехватка кадров"),
    (
        MatrixRow("Южский район", "Школа № 7", (MatrixCell(2, 1), MatrixCell(0, 1))),
        MatrixRow("Южский район", "Школа № 8", (MatrixCell(3, 3), None)),
        MatrixRow("Южский район", "Школа № 9", (None, MatrixCell(1))),
    ),
)


def made(**more: Any) -> bytes:
    given: dict[str, Any] = {"visits": (VISIT, PLANNED), "curators": (COUNT,), "municipalities": (), "matrix": MATRIX}
    return visits_xlsx(**(given | more), texts=TEXTS)


def book(**more: Any) -> Any:
    return load_workbook(BytesIO(made(**more)))


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.values if any(one is not None for one in row)]


def test_the_register_has_a_row_a_visit_with_real_days() -> None:
    seen = book()
    assert seen.sheetnames == ["Визиты", "По кураторам", "По муниципалитетам", "Риски"]
    sheet, at = seen["Визиты"], midnight(DAY)
    assert rows_of(sheet) == [
        (
            *("№", "Муниципалитет", "Школа", "Куратор", "Визит", "Дата посещения", "Перенесён с", "Состояние"),
            *("Состоялся", "Отчёт отправлен", "Отчёт принят", "Замечаний и предложений", "Договорённостей"),
        ),
        (
            *(1, "Южский район", "Школа № 7", "Инна Зимина", 1, at, None, "отчёт принят", at, at),
            *(midnight(date(2022, 3, 24)), 2, 1),
        ),
        (
            *(2, "Южский район", "Школа № 8", "Инна Зимина", 1, midnight(date(2022, 4, 4)), at, "назначен"),
            *(None, None, None, 0, 0),
        ),
    ]
    assert (sheet["F2"].number_format, sheet["E2"].number_format) == ("dd.mm.yyyy", "General")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:M3")


def test_counts_have_a_total_apart_from_what_is_filtered() -> None:
    sheet = book(curators=(COUNT, CountRow("Олег Белов", 6, 6, 6, 0, 6)))["По кураторам"]
    assert rows_of(sheet) == [
        ("Куратор", "Запланировано", "Состоялось", "Отчётов", "Просрочено", "Принято"),
        ("Инна Зимина", 8, 5, 4, 1, 3),
        ("Олег Белов", 6, 6, 6, 0, 6),
        ("Всего", 14, 11, 10, 1, 9),
    ]
    assert (sheet.auto_filter.ref, sheet["A5"].value, sheet["A5"].font.bold) == ("A1:F3", "Всего", True)
    homes = book()["По муниципалитетам"]
    assert rows_of(homes)[0][0] == "Муниципалитет"
    assert rows_of(homes)[1] == ("Всего", 0, 0, 0, 0, 0)


def test_the_matrix_says_the_level_and_how_it_moved() -> None:
    sheet = book()["Риски"]
    assert rows_of(sheet)[:4] == [
        ("Муниципалитет", "Школа", "Низкая мотивация", "Нехватка кадров"),
        ("Южский район", "Школа № 7", "работа идёт ↑", "работа не начата ↓"),
        ("Южский район", "Школа № 8", "есть результат =", None),
        ("Южский район", "Школа № 9", None, "есть план"),
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:D4")


def test_colours_are_explained_below_the_matrix() -> None:
    sheet = book()["Риски"]
    legend = {sheet.cell(row, 2).value: sheet.cell(row, 1).fill.fgColor.rgb for row in range(7, 15)}
    assert list(legend) == [
        *("работа не начата", "есть план", "работа идёт", "есть результат"),
        "пусто — такого риска у школы нет или его ещё не смотрели",
        *("↑ стало лучше, чем в прошлый визит", "↓ стало хуже, чем в прошлый визит", "= как в прошлый визит"),
    ]
    painted = {
        words: sheet[cell].fill.fgColor.rgb for words, cell in (("работа идёт", "C2"), ("работа не начата", "D2"))
    }
    painted |= {"есть результат": sheet["C3"].fill.fgColor.rgb, "есть план": sheet["D4"].fill.fgColor.rgb}
    assert painted == {words: legend[words] for words in painted}
    assert len({*list(legend.values())[:5]}) == 5
    assert sheet["D3"].fill.fgColor.rgb == legend["пусто — такого риска у школы нет или его ещё не смотрели"]


def test_a_workbook_of_nothing_opens() -> None:
    seen = book(visits=(), curators=(), matrix=MatrixPaper())
    assert [len(rows_of(seen[name])) for name in seen.sheetnames] == [1, 2, 2, 10]
    assert seen["Визиты"].auto_filter.ref == "A1:M1"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+7", "-1", *HOSTILE])
def test_what_people_wrote_stays_text(text: str) -> None:
    visit = VisitRow(text, text, text, 1, None, text)
    count = CountRow(text, 1, 1, 1, 1, 1)
    matrix = MatrixPaper((text,), (MatrixRow(text, text, (MatrixCell(1),)),))
    content = made(visits=(visit,), curators=(count,), municipalities=(count,), matrix=matrix)
    with ZipFile(BytesIO(content)) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist() if "worksheets" in name)
    seen = load_workbook(BytesIO(content))
    places = (("Визиты", "C2"), ("По кураторам", "A2"), ("По муниципалитетам", "A2"), ("Риски", "B2"), ("Риски", "C1"))
    assert {seen[sheet][cell].data_type for sheet, cell in places} == {"s"}
    assert {seen[sheet][cell].quotePrefix for sheet, cell in places} == {text[0] in "=+-@"}
