"""The schedule as an annex and as a table, read back."""

import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import load_workbook

from domain.visit_paper import SchedulePaper
from reports.schedule_docx import schedule_docx
from reports.schedule_xlsx import schedule_xlsx
from tests.reports.visit_papers import HOSTILE, SCHEDULE, VISIT, many, midnight
from tests.workbook import cells_of
from texts import Texts

TEXTS = Texts()


def page_of(paper: SchedulePaper) -> Any:
    return Document(BytesIO(schedule_docx(paper, TEXTS)))


def rows_of(page: Any) -> list[list[str]]:
    """A row across the table says itself once."""
    rows = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in page.tables[0].rows]
    return [row[:1] if len(set(row)) == 1 else row for row in rows]


def test_the_annex_names_its_order_its_region_and_every_visit() -> None:
    page = page_of(SCHEDULE)
    assert [one.text.replace("\xa0", " ") for one in page.paragraphs] == [
        "Приложение к приказу\n№ 15 от 12.03.2022",
        "\nГрафик посещения кураторами школ — участниц проекта «500+»",
        "Ивановская область, 2022 год\n",
        "\nВсего: 1 посещение, 1 школа. Составлено 12 марта 2022, сб.",
    ]
    assert rows_of(page) == [
        ["№", "Муниципалитет", "Школа, адрес", "Куратор, должность", "Дата посещения"],
        ["Март 2022"],
        ["1", "Южский район", "Школа № 7\nул. Мира, 5", "Инна Зимина\nметодист", "21 марта 2022, пн\nвизит 1"],
    ]


def test_an_order_nobody_knows_yet_has_blanks_to_fill_in() -> None:
    page = page_of(replace(SCHEDULE, order="", region=""))
    assert page.paragraphs[0].text == "Приложение к приказу\nот «____» ______________ 20____ г. № ________"
    assert page.paragraphs[2].text == "2022 год\n"


def test_what_is_not_known_takes_no_line() -> None:
    page = page_of(replace(SCHEDULE, visits=(replace(VISIT, address="", position="", curator="", municipality=""),)))
    assert rows_of(page)[2] == ["1", "—", "Школа № 7", "—", "21 марта 2022, пн\nвизит 1"]


def test_a_schedule_of_nothing_is_still_a_paper() -> None:
    page = page_of(replace(SCHEDULE, visits=()))
    assert len(page.tables[0].rows) == 1
    assert page.paragraphs[-1].text.replace("\xa0", " ").startswith("\nВсего: 0 посещений, 0 школ.")


def test_sixty_schools_come_by_their_days_under_months_in_a_moment() -> None:
    paper = many()
    began = time.perf_counter()
    page = page_of(paper)
    assert time.perf_counter() - began < 5
    rows = rows_of(page)
    assert [int(row[0]) for row in rows[1:] if len(row) > 1] == [*range(1, 181)]
    assert [row[0] for row in rows if len(row) == 1][:2] == ["Март 2022", "Апрель 2022"]
    days = [one.day for one in paper.in_order]
    assert days == sorted(days)


def test_the_page_is_a4_in_times_with_headings_on_every_page_and_numbers() -> None:
    page = page_of(many(8))
    section, table = page.sections[0], page.tables[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(cell.width for cell in table.rows[0].cells) == pytest.approx(room, abs=Mm(0.1))
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows[:3]] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    fonts = page.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert page.styles["Normal"].font.size.pt == 12
    assert {one.get(qn("w:val")) for one in page.styles.element.iter(qn("w:lang"))} == {"ru-RU"}
    (field,) = section.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert (page.core_properties.author, page.core_properties.comments) == ("", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(text: str) -> None:
    planned = replace(VISIT, municipality=text, school=text, address=text, curator=text, position=text)
    paper = replace(SCHEDULE, region=text, order=text, visits=(planned,))
    kept = " ".join(text.replace("\x00", " ").replace("\x07", " ").split())
    assert " ".join(rows_of(page_of(paper))[2][1].split()) == kept
    sheet = load_workbook(BytesIO(schedule_xlsx(paper, TEXTS)))["График"]
    assert (sheet["D2"].data_type, sheet["B2"].value) == ("s", midnight(date(2022, 3, 21)))


def test_the_table_has_real_days_a_filter_and_headings_that_stay() -> None:
    content = schedule_xlsx(replace(SCHEDULE, visits=(replace(VISIT, school="=1+1"), *many(1, 1).visits)), TEXTS)
    sheet = load_workbook(BytesIO(content))["График"]
    assert cells_of(content, "График") == [
        ("№", "Дата посещения", "Муниципалитет", "Школа", "Адрес", "Куратор", "Должность", "Визит"),
        *[
            (1, midnight(date(2022, 3, 21)), "Южский район", "=1+1", "ул. Мира, 5", "Инна Зимина", "методист", 1),
            (
                *(2, midnight(date(2022, 4, 14)), "Район 0", "МБОУ «Средняя общеобразовательная школа № 0»"),
                *("ул. Мира, 5", "Инна Зимина", "методист", 1),
            ),
        ],
    ]
    assert (sheet["B2"].number_format, sheet["A2"].number_format) == ("dd.mm.yyyy", "General")
    assert (sheet["D2"].data_type, sheet["D2"].quotePrefix) == ("s", True)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H3")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    about = [str(line).replace("\xa0", " ") for (line,) in cells_of(content, "О графике")]
    assert about == [
        "График посещения кураторами школ — участниц проекта «500+»",
        "Ивановская область, 2022 год",
        "Приложение к приказу",
        "№ 15 от 12.03.2022",
        "Всего: 2 посещения, 2 школы. Составлено 12 марта 2022, сб.",
    ]


def test_the_same_visits_give_the_same_days_in_both_files() -> None:
    paper = many(9)
    days = [row[1].date() for row in cells_of(schedule_xlsx(paper, TEXTS), "График")[1:]]
    assert days == [one.day for one in paper.in_order]
    assert min(days) >= date(2022, 3, 14)
