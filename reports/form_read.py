"""An XLSX of a form read back: the same document as of a TOML file, refused with everything that is wrong at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final

from domain.form import Form, QuestionKind
from domain.form_file import FormDefect, FormFileError, form_of
from domain.form_outline import Outline
from domain.refusal import Refusal
from domain.registry import name_key
from reports.form_words import NEEDED, FormColumn, FormHeading, FormSheet, FormWords
from reports.workbook import opened

_HEADING_WITHIN: Final = 10
"""Rows in which the headings are looked for: a title may stand above them."""
_MOST_ROWS: Final = 1000
"""Far more than questions are asked."""
_LAST_ROW: Final = 1_048_576
"""Of a sheet of Excel."""
_WIDTH: Final = 50
"""Columns that are looked at."""
_CELL: Final = 5000
"""Characters of a cell that are kept: longer than anything that is taken."""
_SAYS_NOTHING: Final = frozenset({"f", "e", "d"})
"""openpyxl's kinds of cells that are no text: formulas, errors, dates."""
_OPTION: Final = re.compile(r"([a-z0-9_-]{1,12})\s*:(?!//)\s*(.+)")
_CONDITION: Final = re.compile(r"([^=:]+?)\s*[=:]\s*(.+)", re.DOTALL)
_COLUMN_OF: Final = {
    "ends": FormColumn.OPTIONS,
    "length": FormColumn.MOST,
    **{column.value: column for column in FormColumn},
}
"""Field of the document → the column that says it."""

_Cells = Mapping[FormColumn, str]


def read_form_workbook(content: bytes, words: FormWords) -> Form:
    """The form of the sheets «Вопросы» and «Заголовок». A thread's work.

    Raises ``Refusal`` for a file that is no such workbook, ``FormFileError`` for a form with defects.
    """
    with opened(content) as file:
        sheets = file.book.worksheets
        titles = {name_key(sheet.title): sheet for sheet in sheets}
        found = {sheet: titles.get(name_key(title)) for sheet, title in words.sheets.items()}
        if not sheets:
            raise Refusal("workbook.not-xlsx")
        reading = _Reading(words)
        reading.questions(found[FormSheet.QUESTIONS] or sheets[0])
        if found[FormSheet.HEADING] is not None:
            reading.heading(found[FormSheet.HEADING])
    return reading.form()


class _Reading:
    """One file: its document as far as it can be made, what is wrong besides, and the rows of the questions."""

    def __init__(self, words: FormWords) -> None:
        self._words = words
        self._cells: list[_Cells] = []
        self._rows: list[int] = []
        self._whole: dict[str, Any] = {}
        self._defects: list[FormDefect] = []

    def questions(self, sheet: Any) -> None:
        """Every row with something in it below the headings."""
        columns: dict[FormColumn, int] = {}
        for number, cells in _rows(sheet):
            if not columns:
                columns = self._headings(cells, last=number >= _HEADING_WITHIN)
            elif any(cell.value is not None for cell in cells):
                self._question(number, cells, columns)
        if not columns:
            self._refuse_without({})

    def heading(self, sheet: Any) -> None:
        """What is said of the whole, beside its label."""
        labels = {name_key(label): one for one, label in self._words.headings.items()}
        for _, cells in _rows(sheet):
            label = labels.get(name_key(str(cells[0].value))) if len(cells) > 1 else None
            if label is not None and (said := self._text(cells[1], label, None)):
                self._whole[label] = said

    def form(self) -> Form:
        """Raises ``FormFileError``."""
        questions = [self._document(place) for place in range(len(self._cells))]
        outline = Outline({"questions": questions})
        for place, cells in enumerate(self._cells):
            if FormColumn.WHEN in cells and (when := self._condition(place, cells[FormColumn.WHEN], outline)):
                questions[place]["when"] = when
        try:
            form = form_of({**self._whole, "questions": questions})
        except FormFileError as error:
            known = {(one.row, one.field) for one in self._defects}
            self._defects += [one for one in map(self._placed, error.defects) if (one.row, one.field) not in known]
        if self._defects:
            raise FormFileError(tuple(sorted(self._defects, key=lambda one: one.row or 0)))
        return form

    def _question(self, number: int, cells: Sequence[Any], columns: Mapping[FormColumn, int]) -> None:
        self._rows.append(number)
        within = {column: cells[place] for column, place in columns.items() if place < len(cells)}
        said = {column: self._text(cell, column, number) for column, cell in within.items()}
        said = {column: text for column, text in said.items() if text}
        if said or any(one.row == number for one in self._defects):
            self._cells.append(said)
        else:
            self._rows.pop()

    def _document(self, place: int) -> dict[str, Any]:
        """A question as in a file; what cannot be read is a defect and left out."""
        cells = self._cells[place]
        found: dict[str, Any] = {one.value: cells[one] for one in (FormColumn.TEXT, FormColumn.HINT) if one in cells}
        if FormColumn.ID in cells:
            found["id"] = cells[FormColumn.ID].lower()
        kind = self._kind(place, cells.get(FormColumn.KIND, ""))
        if kind is not None:
            found["kind"] = kind.value
        found |= self._required(place, cells.get(FormColumn.REQUIRED, ""))
        lines = [one for line in cells.get(FormColumn.OPTIONS, "").splitlines() if (one := line.strip())]
        if lines:
            found |= {"ends": lines} if kind is QuestionKind.SCALE else {"options": [_option(one) for one in lines]}
        for column in (FormColumn.LEAST, FormColumn.MOST):
            is_length = column is FormColumn.MOST and kind is QuestionKind.TEXT
            found |= self._number(place, column, "length" if is_length else column.value)
        return found

    def _kind(self, place: int, word: str) -> QuestionKind | None:
        kind = self._words.kind(word) if word else None
        if word and kind is None:
            allowed = ", ".join(self._words.kinds.values())
            self._wrong(place, FormColumn.KIND, "form_file.bad-choice", allowed=allowed)
        return kind

    def _required(self, place: int, word: str) -> dict[str, bool]:
        known = {name_key(self._words.yes): True, name_key(self._words.no): False}
        if not word:
            return {}
        if name_key(word) not in known:
            self._wrong(place, FormColumn.REQUIRED, "form_file.yes-or-no")
            return {}
        return {"required": known[name_key(word)]}

    def _number(self, place: int, column: FormColumn, field: str) -> dict[str, int]:
        word = re.sub(
            r"[\s\u2212]", lambda sign: "-" if sign[0] == "\u2212" else "", self._cells[place].get(column, "")
        )
        if not word:
            return {}
        if not re.fullmatch(r"[+-]?[0-9]{1,15}", word):
            self._wrong(place, column, "form_file.not-number")
            return {}
        return {field: int(word)}

    def _condition(self, place: int, words: str, outline: Outline) -> dict[str, Any] | None:
        """«код = вариант1, вариант2»; a comma within the words of an only answer divides nothing."""
        said = _CONDITION.fullmatch(words)
        if said is None:
            self._wrong(place, FormColumn.WHEN, "form_file.bad-condition")
            return None
        code, answers = said[1].strip().lower(), said[2].strip()
        other = outline.question(code)
        whole = other is not None and other.answer(answers) is not None
        any_of = [answers] if whole else [one for part in re.split(r"[,;\n]", answers) if (one := part.strip())]
        return {"question": code, "any_of": any_of}

    def _text(self, cell: Any, of: FormColumn | FormHeading, row: int | None) -> str:
        match cell.value:
            case None:
                return ""
            case bool() as mark:
                return self._words.yes if mark else self._words.no
            case _ if cell.data_type in _SAYS_NOTHING or isinstance(cell.value, date | time | timedelta):
                self._defects.append(FormDefect(None, "", self._name(of), "form_file.no-text", {}, row))
                return ""
            case float() as number if number.is_integer():
                return str(int(number))
        lines = str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
        return lines.strip()[:_CELL]

    def _name(self, of: FormColumn | FormHeading) -> str:
        return self._words.columns[of] if isinstance(of, FormColumn) else self._words.headings[of]

    def _wrong(self, place: int, column: FormColumn, reason: str, **details: str) -> None:
        code = self._cells[place].get(FormColumn.ID, "")
        self._defects.append(FormDefect(place + 1, code, self._name(column), reason, details, self._rows[place]))

    def _placed(self, defect: FormDefect) -> FormDefect:
        """A defect of the document, where it stands in the table."""
        field = re.split(r"[.\[]", defect.field, maxsplit=1)[0]
        if defect.number is None:
            known = {one.value: self._words.headings[one] for one in FormHeading}
            sheet = self._words.sheets[FormSheet.QUESTIONS]
            return replace(defect, field=known.get(field, sheet))
        return replace(defect, field=self._name(_COLUMN_OF[field]), row=self._rows[defect.number - 1])

    def _headings(self, cells: Sequence[Any], *, last: bool) -> dict[FormColumn, int]:
        """Column → its place; empty while the row is not the one of the headings."""
        known = {name_key(title): column for column, title in self._words.columns.items()}
        places = [(name_key(str(cell.value)), place) for place, cell in enumerate(cells) if cell.value is not None]
        met = [(known[title], place) for title, place in places if title in known]
        columns = dict(met)
        if len(met) > len(columns):
            raise Refusal("form_file.twin-columns")
        if len(columns) < 2 and not last:
            return {}
        self._refuse_without(columns)
        return columns

    def _refuse_without(self, columns: Mapping[FormColumn, int]) -> None:
        missing = [self._words.columns[one] for one in NEEDED if one not in columns]
        if missing:
            raise Refusal("form_file.no-columns", columns=missing)


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Row by row; what the file says of its own size may be wrong."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=_WIDTH), start=1):
        if number > _LAST_ROW or (number > _MOST_ROWS and any(cell.value is not None for cell in cells)):
            raise Refusal("workbook.too-long")
        yield number, cells


def _option(line: str) -> Any:
    """«id: текст», or the words alone."""
    said = _OPTION.fullmatch(line)
    return {"id": said[1], "text": said[2]} if said else line
