"""Surveys as XLSX: every answer with a summary, and whom to phone. What people typed stays text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from domain.form import Answers, FormFile, Place, Question, QuestionKind, Value, given
from domain.survey import Survey
from domain.survey_count import Group
from domain.survey_result import QuestionResult, Tally
from domain.survey_waiting import Waiting
from reports.cells import headings, put, saved
from texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WHOSE: Final = {"home": 26, "school": 40, "role": 26, "name": 34, "day": 14}
"""Column of a respondent → its width in characters."""
_PHONING: Final = {
    "home": 26,
    "school": 40,
    "name": 34,
    "position": 26,
    "role": 26,
    "began": 22,
    "reminded": 14,
    "silence": 30,
    "contact": 60,
}
_SUMMARY: Final = {"question": 60, "answer": 50, "count": 14, "share": 10}
_ANSWER, _NUMBER = 34, 9
_OLDEST: Final = date(1900, 3, 1)
"""Excel counts its days from there on as everybody does."""
_DAY, _SHARE, _PLAIN = "dd.mm.yyyy", "0%", "General"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What somebody answered, and who; nothing of who where it is anonymous."""

    answers: Answers
    name: str = ""
    roles: Sequence[str] = ()
    day: date | None = None
    homes: str = ""
    schools: str = ""

    def at(self, groups: Iterable[Group]) -> Self:
        """The same with the places: schools with their municipalities, or municipalities alone."""
        homes, schools = places_of(groups)
        return replace(self, homes=homes, schools=schools)


def places_of(groups: Iterable[Group]) -> tuple[str, str]:
    """The names of municipalities and of schools."""
    placed = sorted((one for one in groups if one.id), key=lambda one: (one.home, one.name))
    homes = dict.fromkeys(one.home or one.name for one in placed)
    return "; ".join(homes), "; ".join(one.name for one in placed if one.home)


def answers_workbook(
    survey: Survey,
    rows: Sequence[AnswerRow],
    summary: Sequence[QuestionResult],
    schools: Mapping[int, str],
    texts: Texts,
) -> bytes:
    """A row a respondent, a column a question; and the summary. May take seconds."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheet: Worksheet = book.create_sheet(texts.plain("survey_results.sheet-answers"))
    whose = {} if survey.anonymous else _WHOSE
    if survey.per_school:
        whose = {name: width for name, width in whose.items() if name not in ("name", "role")}
    questions = survey.form.questions
    columns = [
        ("number", _NUMBER),
        *whose.items(),
        *((f"{n}. {one.text}", _ANSWER) for n, one in enumerate(questions, 1)),
    ]
    known = len(whose) + 1
    titles = [(_column(texts, name) if place < known else name, width) for place, (name, width) in enumerate(columns)]
    _head(sheet, titles)
    for number, row in enumerate(rows, 1):
        answers = given(survey.form, row.answers)
        values = [_worded(one, answers.get(one.id), schools, texts) for one in questions]
        _fill(sheet, number + 1, [number, *(_whose(name, row, texts) for name in whose), *values])
    _finish(sheet, len(rows), len(columns))
    _summary(book.create_sheet(texts.plain("survey_results.sheet-summary")), summary, len(rows), texts)
    book.remove(book.worksheets[0])
    return saved(book)


def _whose(name: str, row: AnswerRow, texts: Texts) -> Any:
    match name:
        case "home":
            return row.homes
        case "school":
            return row.schools
        case "role":
            return _roles(row.roles, texts)
        case "day":
            return row.day
    return row.name


def _roles(roles: Iterable[str], texts: Texts) -> str:
    return "; ".join(texts.plain(f"people.role-{one}") for one in roles)


def _worded(question: Question, value: Value, schools: Mapping[int, str], texts: Texts) -> Any:
    """An answer as a cell: numbers and days as such, everything else in words."""
    match value:
        case bool():
            return texts.plain("survey_results.yes-no", yes=value)
        case Place():
            return f"{value.latitude}, {value.longitude}"
        case tuple():
            return "; ".join(one.name if isinstance(one, FormFile) else _option(question, one) for one in value)
        case str() if question.kind is QuestionKind.SCHOOL:
            return schools.get(int(value), value) if value.isdecimal() else value
        case str() if question.kind is not QuestionKind.TEXT:
            return _option(question, value)
    return value


def _option(question: Question, option_id: str) -> str:
    found = question.option(option_id)
    return option_id if found is None else found.text


def _summary(sheet: "Worksheet", summary: Sequence[QuestionResult], count: int, texts: Texts) -> None:
    """Of each question the numbers, then its options."""
    _head(sheet, [(_column(texts, one), width) for one, width in _SUMMARY.items()])
    rows: list[list[Any]] = [["", texts.plain("survey_results.cell-count"), count, None]]
    for number, one in enumerate(summary, 1):
        title = f"{number}. {one.question.text}"
        rows += [[title, words, value, None] for words, value in _numbers(one, texts) if value is not None]
        rows += [[title, tally_words(one.question, tally, texts), tally.count, tally] for tally in one.tallies]
    for place, (title, words, value, tally) in enumerate(rows, 2):
        _fill(sheet, place, [title, words, value])
        if isinstance(tally, Tally):
            cell = sheet.cell(place, 4, tally.percent / 100)
            cell.number_format = _SHARE
    _finish(sheet, len(rows), len(_SUMMARY))


def _numbers(one: QuestionResult, texts: Texts) -> list[tuple[str, Any]]:
    named = {
        "answered": one.answered,
        "skipped": one.skipped or None,
        "unasked": one.unasked or None,
        "mean": None if one.mean is None else round(one.mean, 2),
        "median": one.median,
        "first": one.first,
        "last": one.last,
        "files": one.files or None,
    }
    return [(texts.plain(f"survey_results.cell-{name}"), value) for name, value in named.items()]


def tally_words(question: Question, tally: Tally, texts: Texts, room: int = 300) -> str:
    """How an answer is called."""
    return texts.plain("survey_results.tally", question=question, tally=tally, room=room)


def phone_workbook(people: Sequence[Waiting], texts: Texts) -> bytes:
    """Whom to phone, a row each."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheet: Worksheet = book.create_sheet(texts.plain("survey_live.sheet"))
    _head(sheet, [(texts.plain(f"survey_live.column-{name}"), width) for name, width in _PHONING.items()])
    for place, one in enumerate(people, 2):
        homes, schools = places_of(one.places)
        _fill(sheet, place, [homes, schools, *_to_phone(one, texts)])
    _finish(sheet, len(people), len(_PHONING))
    book.remove(book.worksheets[0])
    return saved(book)


def _to_phone(one: Waiting, texts: Texts) -> list[Any]:
    silence = "" if one.silence is None else texts.plain(f"survey_live.silence-{one.silence}")
    contacts = [texts.plain("survey_live.contact", contact=contact, room=200) for contact in one.contacts]
    began = "" if one.began is None else texts.plain("survey_live.began", began=one.began)
    return [one.name, one.position, _roles(one.roles, texts), began, one.reminded, silence, "; ".join(contacts)]


def _column(texts: Texts, name: str) -> str:
    return texts.plain(f"survey_results.column-{name}")


def _head(sheet: "Worksheet", columns: Sequence[tuple[str, int]]) -> None:
    """Titles may be questions that somebody wrote: they are put as texts, never as what Excel would make of them."""
    from openpyxl.styles import Alignment  # noqa: PLC0415  heavy

    headings(sheet, [("", width) for _, width in columns])
    put(sheet, 1, [title for title, _ in columns])
    for place in range(1, len(columns) + 1):
        sheet.cell(1, place).alignment = Alignment(wrap_text=True, vertical="top")


def _fill(sheet: "Worksheet", row: int, values: Sequence[Any]) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415  heavy

    put(sheet, row, [one if isinstance(one, str) else "" for one in values])
    for place, value in enumerate(values, 1):
        cell = sheet.cell(row, place)
        if isinstance(value, date) and value < _OLDEST:
            cell.value = f"{value:%d.%m.}{value.year}"
        elif value is not None and not isinstance(value, str):
            cell.value = value
            cell.number_format = _DAY if isinstance(value, date) else _PLAIN
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _finish(sheet: "Worksheet", rows: int, columns: int) -> None:
    """The filter is over everything."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  heavy

    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"
