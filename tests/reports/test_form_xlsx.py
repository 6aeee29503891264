"""A form as a table: made, read back the same, and read when it is bad."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from domain.form import Condition, Form, Option, Question, QuestionKind
from domain.form_file import FormFileError
from domain.refusal import Refusal
from domain.registry_file import FILE_LIMIT
from reports.form_read import read_form_workbook
from reports.form_words import FormWords, defect_line
from reports.form_xlsx import form_workbook
from storage.shipped_form import shipped_form, shipped_forms
from tests.domain.forms import forms
from texts import Texts

TEXTS = Texts()
WORDS = FormWords(TEXTS)
KINDS = QuestionKind
COLUMNS = ("Код", "Вопрос", "Вид", "Обязательный", "Варианты", "От", "До", "Пояснение", "Если")
GOOD = (
    ("clear", "Понятно?", "шкала", "да", "нет\nда", 0, 10, "Честно", ""),
    ("load", "Объём?", "один вариант", "", "ok: посильный\nheavy: чрезмерный, увы", "", "", "", "clear = 0, 1"),
    ("why", "Почему?", "текст", "нет", "", "", 500, "", "load = чрезмерный, увы"),
    ("agree", "Согласны?", "да/нет", "да", "", "", "", "", ""),
    ("when", "Когда?", "дата", "да", "", "", "", "", "agree = Да"),
)
FORM = Form(
    "Опрос",
    (
        Question("clear", "Понятно?", KINDS.SCALE, hint="Честно", least=0, most=10, ends=("нет", "да")),
        Question(
            "load",
            "Объём?",
            KINDS.ONE,
            options=(Option("ok", "посильный"), Option("heavy", "чрезмерный, увы")),
            when=Condition("clear", ("0", "1")),
        ),
        Question("why", "Почему?", KINDS.TEXT, required=False, length=500, when=Condition("load", ("heavy",))),
        Question("agree", "Согласны?", KINDS.YES_NO),
        Question("when", "Когда?", KINDS.DATE, when=Condition("agree", ("yes",))),
    ),
)


def a_table(
    *rows: Sequence[Any],
    columns: Sequence[Any] = COLUMNS,
    heading: Sequence[Sequence[Any]] = (("Название", "Опрос"),),
    above: int = 0,
    sheet: str = "Вопросы",
) -> bytes:
    """As a coordinator makes it by hand."""
    book = Workbook()
    book.remove(book.worksheets[0])
    table = book.create_sheet(sheet)
    for row in ([("",)] * above) + [columns, *rows]:
        table.append([one or None if isinstance(one, str) else one for one in row])
    whole = book.create_sheet("Заголовок")
    for row in heading:
        whole.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes) -> Form:
    return read_form_workbook(content, WORDS)


def told(content: bytes) -> list[str]:
    with pytest.raises(FormFileError) as caught:
        read(content)
    return [defect_line(one, TEXTS) for one in caught.value.defects]


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read(content)
    return caught.value.reason


# --- Made


def test_a_row_a_question_in_russian_with_choices_and_rules() -> None:
    book = load_workbook(BytesIO(form_workbook(FORM, WORDS)))
    assert book.sheetnames == ["Вопросы", "Заголовок", "Как заполнять"]
    rows = list(book["Вопросы"].iter_rows(values_only=True))
    assert rows == [
        COLUMNS,
        ("clear", "Понятно?", "шкала", "да", "нет\nда", "0", "10", "Честно", None),
        ("load", "Объём?", "один вариант", "да", "ok: посильный\nheavy: чрезмерный, увы", *[None] * 3, "clear = 0, 1"),
        ("why", "Почему?", "текст", "нет", None, None, "500", None, "load = heavy"),
        ("agree", "Согласны?", "да/нет", "да", *[None] * 5),
        ("when", "Когда?", "дата", "да", *[None] * 4, "agree = да"),
    ]
    assert list(book["Заголовок"].iter_rows(values_only=True)) == [
        ("Название", "Опрос"),
        ("Вступление", None),
        ("Благодарность", None),
    ]
    chosen = {str(one.sqref): one.formula1 for one in book["Вопросы"].data_validations.dataValidation}
    kinds = "один вариант,несколько,шкала,да/нет,число,текст,дата,файл,место,школа"
    assert chosen == {"C2:C41": f'"{kinds}"', "D2:D41": '"да,нет"'}


@pytest.mark.parametrize("words", ['=HYPERLINK("http://x","да")', "=1+1", "+7", "-1", "@СУММ(A1)"])
def test_what_people_typed_is_never_a_formula(words: str) -> None:
    form = Form(words, (Question("q", words, KINDS.TEXT, hint=words),), words, words)
    content = form_workbook(form, WORDS)
    cell = load_workbook(BytesIO(content))["Вопросы"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (words, "s", True)
    with ZipFile(BytesIO(content)) as file:
        assert all(b"<f>" not in file.read(one) for one in file.namelist())
    assert read(content) == form


# --- Read back


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(forms())
def test_any_form_is_the_same_after_a_table(form: Form) -> None:
    assert read(form_workbook(form, WORDS)) == form


@pytest.mark.parametrize("slug", shipped_forms())
def test_a_shipped_form_is_the_same_after_a_table(slug: str) -> None:
    assert read(form_workbook(shipped_form(slug), WORDS)) == shipped_form(slug)


def test_a_table_made_by_hand_is_read() -> None:
    assert read(a_table(*GOOD)) == FORM
    assert read(a_table(*GOOD, above=3)) == FORM
    assert read(a_table(*GOOD[:2], ("",) * 9, *GOOD[2:], sheet="Лист1")) == FORM


def test_options_without_codes_get_their_numbers() -> None:
    (asked,) = read(a_table(("q", "Что?", "Несколько", "", "\nДа: всегда\n\n b: нет \n7\n"))).questions
    assert asked.options == (Option("1", "Да: всегда"), Option("b", "нет"), Option("3", "7"))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        (" ОДИН  ВАРИАНТ ", KINDS.ONE),
        ("один", KINDS.ONE),
        ("Несколько вариантов", KINDS.SEVERAL),
        ("Да / Нет", KINDS.YES_NO),
        ("да / нет ", KINDS.YES_NO),
        ("yes-no", KINDS.YES_NO),
        ("Дата", KINDS.DATE),
        ("школа", KINDS.SCHOOL),
        ("шк", None),
        ("да", None),
        ("картинка", None),
        ("", None),
    ],
)
def test_a_kind_is_known_whatever_its_case_and_spaces(word: str, kind: QuestionKind | None) -> None:
    assert WORDS.kind(word) is kind


def test_codes_in_capitals_numbers_as_numbers_and_ticks_are_taken() -> None:
    form = read(a_table(("Q1", "Сколько?", "число", True, "", "−5", 7.0), ("q2", "?", "ДА/НЕТ", False)))
    assert [(one.id, one.required, one.least, one.most) for one in form.questions] == [
        ("q1", True, -5, 7),
        ("q2", False, None, None),
    ]


# --- Read when it is bad


def test_everything_wrong_is_told_at_once_with_its_row() -> None:
    content = a_table(
        ("clear", "Понятно?", "шкала", "может быть", "нет", 0, 20),
        (),
        ("load", "Объём?", "выбор", "", "а\nб", "", "", "", "clear 1"),
        ("load", "", "один вариант", "", "а", "много", "", "", "claer = 1"),
        ("=1+1", "?", "текст", "", "а", 1, date(2022, 3, 1)),
        heading=(("Вступление", "Здравствуйте"),),
    )
    assert told(content) == [
        "Название: Обязательного поля нет. Добавьте его.",
        "Строка 2 (clear), «Обязательный»: Здесь нужно «да» или «нет».",
        "Строка 2 (clear), «До»: В шкале 21\u00a0ступень, а можно не больше 11. Сузьте её или спросите числом.",
        (
            "Строка 2 (clear), «Варианты»: "
            "Подписей у шкалы две: что значит её начало и что — конец. Впишите обе или удалите."
        ),
        (
            "Строка 4 (load), «Вид»: Такого значения нет. Выберите одно из: "
            "один вариант, несколько, шкала, да/нет, число, текст, дата, файл, место, школа."
        ),
        "Строка 4 (load), «Если»: Условие пишется так: код = вариант1, вариант2. Исправьте или очистите ячейку.",
        "Строка 5 (load), «От»: Здесь нужно целое число, без кавычек и других знаков.",
        "Строка 5 (load), «Вопрос»: Обязательного поля нет. Добавьте его.",
        (
            "Строка 5 (load), «Варианты»: Вариант только один: выбирать не из чего. Добавьте ещё или сделайте вопрос "
            "другого вида."
        ),
        "Строка 5 (load), «Код»: Значение «load» уже встречалось выше. Исправьте повтор или удалите его.",
        "Строка 5 (load), «Если»: Условие ссылается на вопрос «claer», а его в форме нет. Исправьте код.",
        "Строка 6, «Код»: В ячейке формула, дата или ошибка Excel, а нужен текст. Вставьте его как значение.",
        "Строка 6, «До»: В ячейке формула, дата или ошибка Excel, а нужен текст. Вставьте его как значение.",
        "Строка 6, «Варианты»: У вопроса такого вида этого поля не бывает. Удалите его или исправьте вид.",
        "Строка 6, «От»: У вопроса такого вида этого поля не бывает. Удалите его или исправьте вид.",
    ]


def test_a_loop_a_long_text_and_a_long_cell_are_told() -> None:
    rows = [("a", "?", "да/нет", "", "", "", "", "", "b = да"), ("b", "?", "да/нет", "", "", "", "", "", "a = нет")]
    assert told(a_table(*rows)) == [
        (
            "Строка 2 (a), «Если»: Условия замкнулись в круг: a → b → a. Эти вопросы никто не увидит; "
            "уберите одно из условий."
        )
    ]
    assert told(a_table(("a", "я" * 20_000, "текст"))) == [
        "Строка 2 (a), «Вопрос»: Слишком длинно: знаков 5000, а можно не больше 600. Сократите."
    ]


def test_no_questions_and_too_many_are_told() -> None:
    assert told(a_table()) == ["Вопросы: В форме нет ни одного вопроса. Добавьте хотя бы один."]
    many = [(f"q{one}", "?", "да/нет") for one in range(41)]
    assert told(a_table(*many)) == ["Вопросы: Слишком много: 41, а можно не больше 40. Оставьте нужные."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "workbook.not-xlsx"),
        (a_table(*GOOD)[:900], "workbook.not-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "workbook.old-format"),
        (bytes(FILE_LIMIT + 1), "workbook.too-big"),
        (a_table(*GOOD, columns=("Код", "Вопрос", "Код", "Вид")), "form_file.twin-columns"),
        (a_table(*GOOD, columns=("Код", "Вопрос", "Тип")), "form_file.no-columns"),
        (a_table(columns=()), "form_file.no-columns"),
        (a_table(*[()] * 1100, GOOD[0]), "workbook.too-long"),
    ],
)
def test_what_is_no_table_of_questions_is_refused(content: bytes, reason: str) -> None:
    assert refused(content) == reason
    assert TEXTS.has(reason)
