"""A form as an XLSX: a row a question. What is written can be read again and is the same form."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.form import NO, YES, Condition, Form, Question, QuestionKind
from domain.form_schema import MOST_QUESTIONS
from reports.cells import explain, headings, put, saved
from reports.form_words import FormColumn, FormHeading, FormSheet, FormWords

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    FormColumn.ID: 14,
    FormColumn.TEXT: 60,
    FormColumn.KIND: 16,
    FormColumn.REQUIRED: 16,
    FormColumn.OPTIONS: 50,
    FormColumn.LEAST: 8,
    FormColumn.MOST: 8,
    FormColumn.HINT: 40,
    FormColumn.WHEN: 30,
}
_LAST_ROW = 1 + MOST_QUESTIONS


def form_workbook(form: Form, words: FormWords) -> bytes:
    """The questions, what is said of the whole, and the rules."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    table: Worksheet = book.create_sheet(words.sheets[FormSheet.QUESTIONS])
    headings(table, [(words.columns[column], _WIDTHS[column]) for column in FormColumn])
    rows = [[_cell(question, form, column, words) for column in FormColumn] for question in form.questions]
    _fill(table, rows, first=2)
    _choice(table, FormColumn.KIND, words.kinds.values(), words)
    _choice(table, FormColumn.REQUIRED, (words.yes, words.no), words)
    whole: Worksheet = book.create_sheet(words.sheets[FormSheet.HEADING])
    whole.column_dimensions["A"].width, whole.column_dimensions["B"].width = 20, 100
    _fill(whole, [[words.headings[one], getattr(form, one)] for one in FormHeading], first=1)
    explain(book, words.texts.plain("form_file.sheet-help"), words.texts.plain("form_file.how-to", words=words))
    book.remove(book.worksheets[0])
    return saved(book)


def _fill(sheet: "Worksheet", rows: Iterable[list[str]], first: int) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415  heavy

    for number, row in enumerate(rows, start=first):
        put(sheet, number, row)
        for place in range(1, len(row) + 1):
            sheet.cell(number, place).alignment = Alignment(wrap_text=True, vertical="top")


def _cell(question: Question, form: Form, column: FormColumn, words: FormWords) -> str:
    match column:
        case FormColumn.ID | FormColumn.TEXT | FormColumn.HINT:
            return str(getattr(question, column))
        case FormColumn.KIND:
            return words.kinds[question.kind]
        case FormColumn.REQUIRED:
            return words.yes if question.required else words.no
        case FormColumn.OPTIONS:
            listed = [f"{one.id}: {one.text}" for one in question.options]
            return "\n".join(listed or [one for one in question.ends if one])
        case FormColumn.WHEN:
            return _condition(question.when, form, words) if question.when is not None else ""
    return _bound(question, column)


def _bound(question: Question, column: FormColumn) -> str:
    if column is FormColumn.MOST and question.kind is QuestionKind.TEXT:
        return str(question.length)
    found = question.least if column is FormColumn.LEAST else question.most
    return "" if found is None else str(found)


def _condition(when: Condition, form: Form, words: FormWords) -> str:
    """Answers by their ids: those stay when somebody rewords them."""
    other = form.question(when.question)
    names = {YES: words.yes, NO: words.no} if other is not None and other.kind is QuestionKind.YES_NO else {}
    return f"{when.question} = {', '.join(names.get(one, one) for one in when.any_of)}"


def _choice(table: "Worksheet", column: FormColumn, allowed: Iterable[str], words: FormWords) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  heavy
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    letter = get_column_letter(list(FormColumn).index(column) + 1)
    rule = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=True)
    rule.error = words.texts.plain("form_file.choose-from-list")
    rule.add(f"{letter}2:{letter}{_LAST_ROW}")
    table.add_data_validation(rule)
