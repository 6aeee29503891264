"""The audit's file: what opens in Excel, whatever people are called."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from domain.audit import ABOUT, Deed
from domain.audit_look import Told
from reports.audit_xlsx import as_workbook
from tests.people import MOSCOW
from texts import Texts

AT = datetime(2022, 3, 9, 21, 30, 15, 999, tzinfo=UTC)
LOCAL = datetime.fromisoformat("2022-03-10 00:30:15")
HEADING = ("Когда", "Кто", "О чём", "Что сделано")


def row(deed: Deed = Deed.ITEM_CLOSED, who: str = "Марина Королёва", **about: str | int) -> Told:
    return Told(7, AT, who, deed, {**dict.fromkeys(ABOUT, ""), **about})


def sheet(*rows: Told) -> Any:
    content = as_workbook(rows, MOSCOW, Texts())
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["Журнал"]
    return book["Журнал"]


def cells(*rows: Told) -> list[tuple[Any, ...]]:
    return list(sheet(*rows).values)


def test_a_row_a_deed_under_a_russian_heading_in_local_time() -> None:
    assert cells(row(item=16), row(Deed.ROADMAP_LOADED, "", roadmap=2022, count=34)) == [
        HEADING,
        (LOCAL, "Марина Королёва", "Дорожная карта", "закрыт п. 16"),
        (
            LOCAL,
            "оператор",
            "Дорожная карта",
            "загружена дорожная карта 2022 года, изменено: 34\u00a0пункта",
        ),
    ]


def test_the_operator_a_stranger_and_the_bot_itself_are_told_apart() -> None:
    nameless = [row(one, "") for one in (Deed.ROADMAP_LOADED, Deed.REQUEST_MADE, Deed.SURVEY_OPENED, Deed.SURVEY_ASKED)]
    found = [line[1] for line in cells(*nameless, row(Deed.SURVEY_CLOSED))[1:]]
    assert found == ["оператор", "новый человек", "бот", "бот", "Марина Королёва"]


def test_nothing_at_all_is_a_heading() -> None:
    assert cells() == [HEADING]
    assert sheet().auto_filter.ref == "A1:D1"


def test_the_heading_stays_in_sight_and_filters() -> None:
    found = sheet(row(), row())
    assert (found.freeze_panes, found.auto_filter.ref, found["A1"].font.bold) == ("A2", "A1:D3", True)
    assert (found["A2"].number_format, found["A2"].is_date) == ("dd.mm.yyyy hh:mm", True)
    assert [found.column_dimensions[letter].width for letter in "ABCD"] == [17, 34, 24, 90]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","да")', "=1+1", "+7", "-1", "@СУММ(A1)", "#REF!", "=", "'="])
def test_what_people_typed_is_never_a_formula(name: str) -> None:
    found = sheet(row(who=name))
    assert (found["B2"].value, found["B2"].data_type) == (name, "s")
    assert found["B2"].quotePrefix is (name[0] in "=+-@")
    with ZipFile(BytesIO(as_workbook([row(who=name)], MOSCOW, Texts()))) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def test_signs_that_no_file_can_hold_become_spaces() -> None:
    who = sheet(row(Deed.GROUP_BOUND, "a\x00b", group="<b>\x1f\ud800\ufffeГруппа & «500+» 🎉"))
    assert (who["B2"].value, who["D2"].value) == ("a b", "группа «<b>   Группа & «500+» 🎉» привязана")


def test_the_longest_names_are_written_whole() -> None:
    school = ("Муниципальное бюджетное общеобразовательное учреждение " * 6)[:292] + " № 12345"
    found = sheet(row(Deed.SCHOOL_ADDED, "я" * 200, school=school))
    assert (found["B2"].value, found["D2"].value) == ("я" * 200, f"добавлена школа: {school}")
