"""The files of a survey: what opens in Excel, whatever people wrote."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from domain.contact import Contact
from domain.form import Answers, Form, FormFile, Option, Place, Question, QuestionKind
from domain.people import Role
from domain.survey import Party, Respondent, Survey
from domain.survey_count import Group, Silence
from domain.survey_result import results
from domain.survey_waiting import Waiting
from reports.survey_xlsx import AnswerRow, answers_workbook, phone_workbook
from texts import Texts

TEXTS = Texts()
HELP = Question("help", "Что помогло?", QuestionKind.SEVERAL, options=(Option("a", "Куратор"), Option("b", "Семинары")))
FORM = Form(
    "Опрос",
    (
        HELP,
        Question("day", "Когда?", QuestionKind.DATE),
        Question("n", "Сколько?", QuestionKind.NUMBER),
        Question("hard", "Трудно?", QuestionKind.YES_NO),
        Question("file", "Фото", QuestionKind.FILE),
        Question("place", "Где?", QuestionKind.LOCATION),
        Question("school", "Школа", QuestionKind.SCHOOL),
        Question("why", "Почему?", QuestionKind.TEXT),
    ),
)
WHOLE: Answers = {
    "help": ("a", "b"),
    "day": date(2022, 3, 15),
    "n": 1.5,
    "hard": True,
    "file": (FormFile(1, "план.pdf", "m1"), FormFile(2, "фото.jpg", "m2")),
    "place": Place(57.0, 41.0),
    "school": "7",
    "why": "много отчётов",
}
SCHOOLS = {7: "Школа № 7"}


def made(rows: list[AnswerRow], form: Form = FORM, *, anonymous: bool = False, per_school: bool = False) -> bytes:
    survey = Survey(1, "Опрос", form, anonymous=anonymous, per_school=per_school)
    summary = results(form, [one.answers for one in rows], SCHOOLS)
    return answers_workbook(survey, rows, summary, SCHOOLS, TEXTS)


def book(*rows: AnswerRow, **more: Any) -> Any:
    return load_workbook(BytesIO(made(list(rows), **more)))


def text_form(title: str = "Почему?") -> Form:
    return Form("", (Question("why", title, QuestionKind.TEXT),))


ROW = AnswerRow(WHOLE, "Ольга Лебедева", (Role.SCHOOL,), date(2022, 3, 10)).at([Group(7, "Школа № 7", "Южский район")])


def test_a_row_a_respondent_and_a_column_a_question() -> None:
    sheet = book(ROW)["Ответы"]
    heading, row = sheet.values
    assert heading[:6] == ("№", "Муниципалитет", "Школа", "Роль", "Кто", "День ответа")
    assert heading[6:8] == ("1. Что помогло?", "2. Когда?")
    assert row[:5] == (1, "Южский район", "Школа № 7", "команда школы", "Ольга Лебедева")
    assert (row[6], row[8], row[9], row[10]) == ("Куратор; Семинары", 1.5, "да", "план.pdf; фото.jpg")
    assert row[11:] == ("57.0, 41.0", "Школа № 7", "много отчётов")
    assert [(sheet[cell].is_date, sheet[cell].number_format) for cell in ("F2", "H2")] == [(True, "dd.mm.yyyy")] * 2
    assert (sheet["I2"].data_type, sheet["I2"].number_format) == ("n", "General")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:N2")


def test_an_anonymous_one_has_a_number_and_nothing_of_who() -> None:
    heading, row = book(AnswerRow(WHOLE), anonymous=True)["Ответы"].values
    assert (heading[:2], row[:2]) == (("№", "1. Что помогло?"), (1, "Куратор; Семинары"))


def test_of_schools_there_are_no_people() -> None:
    heading, *_ = book(ROW, per_school=True)["Ответы"].values
    assert heading[:4] == ("№", "Муниципалитет", "Школа", "День ответа")


def test_the_summary_has_counts_shares_mean_and_median() -> None:
    rows = list(book(ROW, AnswerRow({"n": 3, "hard": False}))["Сводка"].values)
    assert rows[0] == ("Вопрос", "Ответ", "Сколько", "Доля")
    assert rows[1] == (None, "Всего ответов", 2, None)
    assert ("1. Что помогло?", "Куратор", 1, 1) in rows
    assert ("1. Что помогло?", "Пропустили", 1, None) in rows
    assert ("3. Сколько?", "Среднее", 2.25, None) in rows
    assert ("3. Сколько?", "Медиана", 2.25, None) in rows
    assert ("4. Трудно?", "да", 1, 0.5) in rows
    assert ("5. Фото", "Файлов", 2, None) in rows


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        "+7 999",
        "-1",
        '=HYPERLINK("http://x","да")',
        "😀 праздник 🎉",
        "строка\nдругая",
        "Ж" * 4000,
        "<b>&amp;</b>",
        "\u202eнаоборот",
        "звонок\x07 и\x00 ноль",
    ],
)
def test_what_people_wrote_stays_text(text: str) -> None:
    content = made([AnswerRow({"why": text}, text)], text_form(text))
    with ZipFile(BytesIO(content)) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist() if "worksheets" in name)
    sheet = load_workbook(BytesIO(content))["Ответы"]
    kept = text.replace("\x07", " ").replace("\x00", " ")
    for cell in (sheet["E2"], sheet["G2"]):
        assert (cell.value, cell.data_type) == (kept, "s")
        assert cell.quotePrefix is (text[0] in "=+-@")
    assert sheet["G1"].value == f"1. {kept}"


def test_a_question_and_an_option_are_no_formula_either() -> None:
    asked = Question("q", "=1+1", QuestionKind.ONE, options=(Option("a", "=2+2"),))
    content = made([AnswerRow({"q": "a"})], Form("", (asked,)))
    with ZipFile(BytesIO(content)) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist() if "worksheets" in name)


def test_a_day_that_excel_cannot_count_is_written_out() -> None:
    form = Form("", (Question("day", "Когда?", QuestionKind.DATE),))
    sheet = book(AnswerRow({"day": date(1861, 2, 19)}), form=form, anonymous=True)["Ответы"]
    assert sheet["B2"].value == "19.02.1861"


def test_an_option_that_is_not_there_any_more_and_a_school_that_left() -> None:
    sheet = book(AnswerRow({"help": ("a", "gone"), "school": "99"}), anonymous=True)["Ответы"]
    assert (sheet["B2"].value, sheet["H2"].value) == ("Куратор; gone", "99")


def test_whom_to_phone() -> None:
    contact = Contact("Марина Королёва", "директор", "Ольга Лебедева")
    groups = (Group(7, "Школа № 7", "Южский район"),)
    waits = Waiting(
        Respondent(Party.PERSON, 1),
        "=Имя()",
        "учитель",
        (Role.SCHOOL, Role.CURATOR),
        groups,
        True,
        Silence.BLOCKED,
        2,
        (contact,),
    )
    sheet = load_workbook(BytesIO(phone_workbook([waits], TEXTS)))["Кто не ответил"]
    heading, row = sheet.values
    assert heading[0] == "Муниципалитет"
    assert row == (
        "Южский район",
        "Школа № 7",
        "=Имя()",
        "учитель",
        "команда школы; куратор",
        "начато, не отправлено",
        2,
        "бот заблокирован",
        "Марина Королёва, директор (вместо: Ольга Лебедева)",
    )
    assert (sheet["C2"].data_type, sheet.auto_filter.ref) == ("s", "A1:I2")
