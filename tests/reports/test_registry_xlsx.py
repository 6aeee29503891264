"""The registry's XLSX: made, read back, and read when it is bad."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Organisation, Registered, Registry, School
from domain.registry_file import FILE_LIMIT, Column, FileRow, Sheet, Unread
from domain.registry_file_planning import plan
from reports import registry_read
from reports.registry_read import read_registry
from reports.registry_report import registry_report
from reports.registry_words import RegistryWords
from reports.registry_xlsx import template, workbook
from tests.workbook import PEOPLE, a_workbook, cells_of, with_part
from texts import Texts

WORDS = RegistryWords(Texts())
HOSTILE = '=HYPERLINK("http://x";"Анна")'
ORGANISATIONS = (Organisation(1, "department", "Департамент «образования»"),)
REGISTRY = Registry(
    (Municipality(1, "Южский район"), Municipality(2, "@Пустой район"), Municipality(3, "Шуйский район")),
    ORGANISATIONS,
    (School(1, "МБОУ «СОШ № 7» им. Ёлкина", 1, "-Южа, ул. <b>Ёлочная</b>, 5"), School(2, "+7 школа", 3)),
    (
        Registered(1, HOSTILE, "-директор", (Duty(Role.SCHOOL, 1, responsible=True), Duty(Role.CURATOR, 2))),
        Registered(2, "Соловьёва <b>Анна</b>", "", (Duty(Role.COORDINATOR),)),
        Registered(3, "Кузнецова Елена", "учитель", (Duty(Role.SCHOOL, 1),)),
        Registered(4, "Кузнецова Елена", "директор", (Duty(Role.SCHOOL, 2),)),
        Registered(5, "Без Обязанностей", ""),
        Registered(6, ""),
        Registered(7, "О’Коннор Жан-Поль", "@", (Duty(Role.ORGANISER, organisation="department"),)),
        Registered(8, "1-2", "", (Duty(Role.MUNICIPAL, municipality_id=2),)),
    ),
)


def read(content: bytes) -> tuple[FileRow, ...]:
    return read_registry(content, WORDS).rows


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read(content)
    return caught.value.reason.partition(".")[2]


def people(*rows: Any, **more: Any) -> list[FileRow]:
    """What is read of the sheet of people."""
    return [row for row in read(a_workbook(rows, **more)) if row.sheet is Sheet.PEOPLE]


# --- Made ------------------------------------------------------------------------------------------------------------


def test_the_template_has_headings_choices_and_the_rules() -> None:
    book = load_workbook(BytesIO(template(ORGANISATIONS, WORDS)))
    assert book.sheetnames == ["Люди", "Школы", "Как заполнять"]
    form = book["Люди"]
    assert [cell.value for cell in form[1]] == list(PEOPLE)
    assert (form.freeze_panes, form.auto_filter.ref, form.column_dimensions["A"].number_format) == ("A2", "A1:G1", "@")
    chosen = {str(rule.sqref): rule.formula1 for rule in form.data_validations.dataValidation}
    roles = '"региональный координатор,организатор,муниципальный координатор,куратор,команда школы"'
    assert chosen == {
        "C2:C10000": roles,
        "F2:F10000": '"да,нет"',
        "D2:D10000": "'Школы'!$A$2:$A$10000",
        "E2:E10000": "'Школы'!$B$2:$B$10000",
    }
    said = [row[0] for row in book["Как заполнять"].iter_rows(values_only=True)]
    assert said[0] == "Как заполнять список школ и людей"
    assert "Департамент «образования»" in said


def test_the_export_is_a_row_for_each_duty() -> None:
    content = workbook(REGISTRY, ORGANISATIONS, WORDS)
    assert cells_of(content, "Школы")[1:] == [
        ("Южский район", "МБОУ «СОШ № 7» им. Ёлкина", "-Южа, ул. <b>Ёлочная</b>, 5"),
        ("@Пустой район", None, None),
        ("Шуйский район", "+7 школа", None),
    ]
    assert cells_of(content, "Люди")[1:4] == [
        (HOSTILE, "-директор", "команда школы", "Южский район", "МБОУ «СОШ № 7» им. Ёлкина", "да", "1"),
        (HOSTILE, "-директор", "куратор", "Шуйский район", "+7 школа", None, "1"),
        ("Соловьёва <b>Анна</b>", None, "региональный координатор", None, None, None, "2"),
    ]


def test_nothing_that_people_typed_is_a_formula() -> None:
    book = load_workbook(BytesIO(workbook(REGISTRY, ORGANISATIONS, WORDS)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    quoted = {cell.value for cell in cells if cell.quotePrefix}
    assert quoted == {HOSTILE, "-директор", "@Пустой район", "+7 школа", "-Южа, ул. <b>Ёлочная</b>, 5", "@"}


def test_what_was_exported_changes_nothing_when_it_is_loaded() -> None:
    rows = read(workbook(REGISTRY, ORGANISATIONS, WORDS))
    found = plan(rows, REGISTRY, ORGANISATIONS, WORDS.lexicon, {})
    assert (found.is_ready, found.work.is_nothing, found.absent, found.left) == (True, True, (), ())


def test_the_report_is_no_formula_either() -> None:
    rows = [FileRow(Sheet.PEOPLE, 2, {Column.NAME: HOSTILE, Column.ROLE: "=роль"})]
    found = plan(rows, REGISTRY, ORGANISATIONS, WORDS.lexicon, {})
    book = load_workbook(BytesIO(registry_report(found, REGISTRY, WORDS)))
    assert {cell.data_type for row in book["Отчёт"].iter_rows() for cell in row} == {"s"}
    assert [row[2] for row in book["Отчёт"].iter_rows(values_only=True)] == ["Кто или что", HOSTILE]


# --- Read ------------------------------------------------------------------------------------------------------------


def test_rows_are_read_with_their_numbers_and_empty_ones_are_none() -> None:
    found = people(("Анна", "директор"), (), (None, "  "), ("Ольга", None, "куратор"))
    assert found == [
        FileRow(Sheet.PEOPLE, 2, {Column.NAME: "Анна", Column.POSITION: "директор"}),
        FileRow(Sheet.PEOPLE, 5, {Column.NAME: "Ольга", Column.ROLE: "куратор"}),
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", Unread.FORMULA),
        (ArrayFormula("A2", "=B2:B3"), Unread.FORMULA),
        (date(2022, 3, 9), Unread.DATE),
        (datetime(2022, 3, 9, 12), Unread.DATE),  # noqa: DTZ001  Excel knows no zones
        ("#N/A", Unread.ERROR),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "да"),
        ("  Анна\n Петровна ", "Анна\n Петровна"),
        ("<b>Анна</b>", "<b>Анна</b>"),
        ("А" * 5000, "А" * 1000),
    ],
)
def test_a_cell(cell: Any, said: str) -> None:
    (row,) = people((cell, "директор"))
    assert row.unread.get(Column.NAME, row[Column.NAME]) == said


@pytest.mark.filterwarnings("ignore:Cell A2 is marked as a date:UserWarning")
def test_a_date_that_is_none_is_an_error_of_the_sheet() -> None:
    def broken(book: Workbook) -> None:
        book["Люди"]["A2"] = 10**12
        book["Люди"]["A2"].number_format = "dd.mm.yyyy"

    (row,) = people(("", "директор"), touch=broken)
    assert row.unread == {Column.NAME: Unread.ERROR}


def test_columns_may_stand_in_another_order_under_a_title_and_in_other_letters() -> None:
    columns = (
        "№ п/п",
        "РОЛЬ",
        "муниципалитет",
        " Школа /  организация",
        "ответственный",
        "Телефон",
        "фио",
        "должность",
    )
    found = people((1, "куратор", "Южский район", "Школа", "", "+7", "Анна", "методист"), columns=columns)
    assert [(row[Column.NAME], row[Column.ROLE], row[Column.POSITION]) for row in found] == [
        ("Анна", "куратор", "методист")
    ]
    titled = people(PEOPLE, ("Анна", "директор"), columns=("Список участников проекта",))
    assert [(row.number, row[Column.NAME]) for row in titled] == [(3, "Анна")]


def test_joined_cells_are_read_downwards_and_not_sideways() -> None:
    def joined(book: Workbook) -> None:
        book["Школы"].merge_cells("A2:A4")
        book["Люди"].merge_cells("A2:B2")

    content = a_workbook(
        [("Анна", None, "куратор")],
        [("Южский район", "Школа № 1"), (None, "Школа № 2"), (None, "Школа № 3")],
        touch=joined,
    )
    found = read_registry(content, WORDS)
    assert found.merged
    assert [row[Column.MUNICIPALITY] for row in found.rows if row.sheet is Sheet.SCHOOLS] == ["Южский район"] * 3
    assert [row[Column.POSITION] for row in found.rows if row.sheet is Sheet.PEOPLE] == [""]


def test_hidden_rows_are_rows() -> None:
    def hidden(book: Workbook) -> None:
        book["Люди"].row_dimensions[2].hidden = True
        book["Школы"].sheet_state = "hidden"

    assert [row[Column.NAME] for row in people(("Анна",), ("Ольга",), touch=hidden)] == ["Анна", "Ольга"]


def test_macros_are_left_alone() -> None:
    content = with_part(a_workbook([("Анна", "директор")]), "xl/vbaProject.bin", b"Sub AutoOpen()")
    found = read_registry(content, WORDS)
    assert (found.macros, [row[Column.NAME] for row in found.rows]) == (True, ["Анна"])


def test_the_size_a_sheet_claims_is_not_believed() -> None:
    content = a_workbook([("Анна",), ("Ольга",)])
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    lying = with_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:G3"', b'ref="A1:A1"'))
    assert [row[Column.NAME] for row in read(lying)] == ["Анна", "Ольга"]


def test_one_of_the_sheets_is_enough() -> None:
    content = a_workbook([("Анна",)], touch=lambda book: book.remove(book["Школы"]))
    assert [row[Column.NAME] for row in read(content)] == ["Анна"]


# --- Refused ---------------------------------------------------------------------------------------------------------


def _without(*titles: str) -> bytes:
    return a_workbook([("Анна",)], columns=[title for title in PEOPLE if title not in titles])


def _emptied(part: str) -> bytes:
    return with_part(a_workbook([("Анна",)]), part, b"<worksheet>")


def _locked_zip() -> bytes:
    content = bytearray(a_workbook([("Анна",)]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES = b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _bomb() -> bytes:
    """A cell of the sheet is an entity of entities."""
    content = a_workbook([("Анна",)])
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    return with_part(content, "xl/worksheets/sheet1.xml", _ENTITIES + sheet.replace("Анна".encode(), b"&b;"))


def _endless() -> bytes:
    """A row with a number that no sheet has; openpyxl would give the empty ones before it one by one."""
    content = a_workbook([("Анна",)])
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    far = b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'
    return with_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", far))


def _renamed() -> bytes:
    def rename(book: Workbook) -> None:
        for sheet in book:
            sheet.title = f"Мои {sheet.title}"

    return a_workbook([("Анна",)], touch=rename)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "not-xlsx"),
        (lambda: "ФИО;Роль\nАнна;куратор".encode("cp1251"), "not-xlsx"),
        (lambda: a_workbook([("Анна",)])[:900], "not-xlsx"),
        (lambda: _OLE + bytes(500), "old-format"),
        (lambda: _OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (_locked_zip, "locked"),
        (lambda: bytes(FILE_LIMIT + 1), "too-big"),
        (lambda: with_part(a_workbook(), "xl/media/image1.png", bytes(31 * 1024**2)), "too-long"),
        (lambda: with_part(a_workbook([("Анна",)]), "xl/styles.xml", b"<s/>" * 1024**2 * 2), "too-long"),
        (_bomb, "not-xlsx"),
        (_endless, "too-long"),
        (lambda: _emptied("xl/worksheets/sheet1.xml"), "not-xlsx"),
        (lambda: _emptied("xl/workbook.xml"), "not-xlsx"),
        (lambda: _emptied("[Content_Types].xml"), "not-xlsx"),
        (a_workbook, "empty"),
        (lambda: a_workbook([()] * 50), "empty"),
        (lambda: _without("ФИО"), "no-columns"),
        (lambda: a_workbook(columns=()), "no-columns"),
        (lambda: a_workbook([("Анна",)] * 20, columns=("Кто",)), "no-columns"),
        (lambda: a_workbook([("Анна",)], columns=(*PEOPLE, "Фио")), "twin-columns"),
        (lambda: a_workbook([("Анна",)] * 10_001), "too-many-rows"),
        (lambda: a_workbook([], [("Южский район", "Школа")] * 1001), "too-many-rows"),
        (_renamed, "no-sheets"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do(make: Callable[[], bytes], reason: str) -> None:
    assert refused(make()) == reason


def test_missing_columns_are_named() -> None:
    with pytest.raises(Refusal) as caught:
        read(_without("Роль", "Ответственный", "№"))
    assert caught.value.details == {"sheet": "Люди", "columns": ["Роль", "Ответственный"]}


def test_a_file_without_the_number_is_fine() -> None:
    assert [row[Column.NAME] for row in read(_without("№"))] == ["Анна"]


def test_a_file_without_addresses_is_fine() -> None:
    old = a_workbook([], [("Южский район", "Школа № 7")], places=("Муниципалитет", "Школа"))
    assert [row.cells for row in read(old)] == [{Column.MUNICIPALITY: "Южский район", Column.SCHOOL: "Школа № 7"}]


def test_addresses_are_read_wherever_their_column_stands() -> None:
    rows = read(a_workbook([], [("Южа, 5", "Школа № 7", "Южский район")], places=("АДРЕС", "Школа", "Муниципалитет")))
    assert [row[Column.ADDRESS] for row in rows] == ["Южа, 5"]


def test_ten_thousand_rows_are_read() -> None:
    """Each sheet is counted by itself."""
    people = [(f"Анна {one}",) for one in range(10_000)]
    assert len(read(a_workbook(people, [("Южский район", "Школа № 7")]))) == 10_001


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_read, "SECONDS", -1)
    assert refused(a_workbook([("Анна",)])) == "too-long"
