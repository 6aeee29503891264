"""The report of a visit: one page whatever was written, photos that open, nothing of where they were taken."""

from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from PIL import Image, ImageFont

from domain.visit_paper import AnswerLine, ReportPaper
from reports.fitting import fitted, lines, width
from reports.photo import shrunk
from reports.visit_docx import visit_docx
from reports.visit_sheet import sheet_of
from tests.reports.visit_papers import HOSTILE, REPORT, a_photo, crowded
from texts import Texts

TEXTS = Texts()
NBSP = "\xa0"
PHOTO = a_photo()


def page_of(paper: ReportPaper) -> Any:
    return Document(BytesIO(visit_docx(paper, TEXTS)))


def said(page: Any) -> list[str]:
    return [one.text.replace(NBSP, " ") for one in page.paragraphs]


def rows_of(page: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.tables[0].rows]


def test_a_report_says_who_where_when_what_and_what_was_agreed_on() -> None:
    page = page_of(REPORT)
    assert said(page) == [
        "Отчёт о посещении школы, визит 2",
        "Школа № 7, Южский район",
        "Адрес: ул. Мира, 5",
        "Куратор: Инна Зимина, методист",
        "Состоялся 11 апреля 2022, пн. Отчёт отправлен 12 апреля 2022, вт, принят.",
        "Замечания",
        "1. Нет плана на май",
        "Предложения",
        "1. Показать уроки соседям",
        "О чём договорились",
        "1. 29 апреля 2022, пт (завуч): Составить план",
        "Приложено: 5 файлов.",
        TEXTS.plain("visit_paper.report-signature"),
    ]
    assert rows_of(page) == [
        ["Что смотрели", "Ответ", "В прошлый раз"],
        ["С кем встречались", "директор", ""],
        ["Низкая мотивация", "идёт работа", "есть план"],
    ]


def test_a_first_visit_has_no_column_of_the_one_before() -> None:
    page = page_of(replace(REPORT, lines=(AnswerLine("С кем встречались", "директор"),)))
    assert rows_of(page) == [["Что смотрели", "Ответ"], ["С кем встречались", "директор"]]


def test_what_there_is_nothing_of_takes_no_room() -> None:
    page = page_of(
        replace(REPORT, address="", curator="", lines=(), remarks=(), proposals=(), actions=(), attachments=0)
    )
    assert page.tables == []
    assert said(page)[1:-1] == [
        "Школа № 7, Южский район",
        "Состоялся 11 апреля 2022, пн. Отчёт отправлен 12 апреля 2022, вт, принят.",
    ]


@pytest.mark.parametrize(
    ("text", "count"), [*product(HOSTILE, (1, 12)), ("Щ" * 4000, 60), ("Да", 60), ("слово " * 12, 14)]
)
def test_it_stays_one_page(text: str, count: int) -> None:
    assert sheet_of(crowded(text, count), TEXTS, photos=True).fits
    assert lines(TEXTS.plain("visit_paper.report-signature"), 186 / 25.4 * 72, 10) == 1


def test_what_was_reckoned_is_what_is_on_the_page() -> None:
    """Every line is exactly as high as it was counted, every column as wide, nothing else is there."""
    paper = crowded("слово " * 40, 12, (PHOTO,) * 5)
    page, sheet = page_of(paper), sheet_of(paper, TEXTS, photos=True)
    lists = [entry for heading, entries in sheet.lists for entry in (heading, *entries)]
    written = [one.text for one in page.paragraphs if one.text.strip()]
    assert written == [sheet.title, *sheet.facts, *lists, *sheet.notes, TEXTS.plain("visit_paper.report-signature")]
    assert rows_of(page) == [list(row) for row in sheet.rows]
    in_cells = [cell.paragraphs[0] for row in page.tables[0].rows for cell in row.cells]
    looks = [one.paragraph_format for one in (*page.paragraphs, *in_cells) if one.text.strip()]
    assert {one.line_spacing_rule for one in looks} == {WD_LINE_SPACING.EXACTLY}
    assert {one.line_spacing for one in looks} == {Pt(11.5), Pt(16)}
    assert [round(cell.width.mm) for cell in page.tables[0].rows[5].cells] == [*sheet.widths]
    assert sum(sheet.widths) == 186


def test_an_ordinary_report_is_not_cut() -> None:
    """A dozen answers of two lines, three remarks, three photos."""
    answers = tuple(AnswerLine(f"Вопрос {n}", "есть план, но " * 6 + "всё", "есть план") for n in range(12))
    paper = replace(REPORT, lines=answers, remarks=("Нужно " * 20 + "всё",) * 3)
    sheet = sheet_of(paper, TEXTS, photos=True)
    assert not any("…" in cell for row in sheet.rows for cell in row)
    assert not any("…" in entry for _, entries in sheet.lists for entry in entries)


def test_what_is_left_out_is_counted() -> None:
    sheet = sheet_of(crowded("слово " * 50, 60), TEXTS, photos=True)
    assert sheet.notes[0] == f"и ещё {60 - len(sheet.rows) + 1} — в карточке визита"
    assert {entries[-1] for _, entries in sheet.lists} == {f"и ещё {61 - len(sheet.lists[0][1])} — в карточке визита"}


def test_the_day_of_an_action_is_never_cut_off() -> None:
    sheet = sheet_of(crowded("слово " * 50, 60), TEXTS, photos=True)
    assert all("31 декабря 2022, сб" in entry for entry in sheet.lists[2][1][:-1])


def test_photos_are_small_and_side_by_side_and_broken_ones_are_left_out() -> None:
    tall = a_photo((900, 3000), "PNG")
    page = page_of(replace(REPORT, photos=(b"", PHOTO[:500], b"GIF89a", tall, PHOTO, b"%PDF-1.7", PHOTO, PHOTO, PHOTO)))
    sizes = [(one.width / Mm(1), one.height / Mm(1)) for one in page.inline_shapes]
    assert len(sizes) == 4
    assert sizes[0] == (pytest.approx(10.5, abs=0.1), 35)
    assert sizes[1] == (43, pytest.approx(32.25, abs=0.1))
    assert sum(wide for wide, _ in sizes) < 186
    strips = [one for one in page.paragraphs if one._p.xpath(".//w:drawing")]
    assert len(strips) == 1
    described = [shape._inline.docPr.get("descr") for shape in page.inline_shapes]
    assert described == [f"Фото с визита, {number}" for number in (1, 2, 3, 4)]


def test_a_report_whose_photos_are_all_broken_has_none() -> None:
    assert len(page_of(replace(REPORT, photos=(b"\xff\xd8\xff\xe0" + b"\x00" * 50,) * 30)).inline_shapes) == 0


def test_a_photo_is_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825)[1] = "N"
    small = shrunk(a_photo((4000, 3000), exif=exif))
    assert small is not None
    with Image.open(BytesIO(small)) as seen:
        assert seen.size == (675, 900)
        assert dict(seen.getexif()) == {}
    assert len(small) < 40_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_picture_becomes_a_photo(mode: str) -> None:
    target = BytesIO()
    Image.new(mode, (50, 40)).save(target, "JPEG" if mode == "CMYK" else "PNG")
    assert shrunk(target.getvalue()) is not None


@pytest.mark.parametrize("size", [(8000, 6000), (13500, 13500)])
def test_a_picture_that_would_take_all_memory_is_left_out(size: tuple[int, int]) -> None:
    target = BytesIO()
    Image.new("1", size).save(target, "PNG")
    assert shrunk(target.getvalue()) is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_make_a_file_that_opens(text: str) -> None:
    page = page_of(crowded(text, 3, (text.encode(),)))
    assert len(page.tables[0].rows) == 4
    assert len(page.inline_shapes) == 0


LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0x410, 0x450)))) + "Ёё«»–—№…“”„"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@pytest.mark.parametrize(("file", "bold"), [("STIXGeneral.ttf", False), ("STIXGeneralBol.ttf", True)])
def test_texts_are_reckoned_no_narrower_than_they_are(file: str, bold: bool) -> None:
    """By a font with the measures of Times; of single letters, where some of its Cyrillic is its own, nearly so."""
    font = ImageFont.truetype(FONTS / file, 1000)
    for letter in LETTERS:
        assert width(letter, 1000, bold=bold) > font.getlength(letter) * 0.93, letter
    told = "Составить план работы с родителями на апрель и май, показать его куратору; Школа № 7, Южский район"
    assert 1 < width(told, 1000, bold=bold) / font.getlength(told) < 1.2


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("most", [1, 2, 7])
def test_a_text_is_cut_to_its_lines(text: str, most: int) -> None:
    cut = fitted(text, 200, 10, most)
    assert lines(cut, 200, 10) <= most
    assert cut.endswith("…")
    assert " ".join(text.replace("\x00", " ").replace("\x07", " ").split()).startswith(cut[:-1])


def test_a_text_that_fits_stays_whole_and_a_cut_one_uses_its_lines() -> None:
    assert fitted("Нет плана на май", 200, 10, 1) == "Нет плана на май"
    assert fitted("", 200, 10, 1) == ""
    cut = fitted("слово " * 50, 200, 10, 3)
    assert lines(cut, 200, 10) == 3
    assert cut.endswith("слово…")
