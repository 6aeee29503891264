"""A form as a TOML file: read whole, or refused with everything that is wrong in it at once.

The same layout, as JSON, is how the database keeps a form; ``reports/form_read.py`` makes it of an XLSX.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.form import USUAL_LENGTH, Condition, Form, Option, Question
from domain.form_outline import Outline
from domain.form_schema import ConditionEntry, FormEntry, QuestionEntry
from domain.toml_file import NotTomlError, details_of, parsed, path, reason_of, shown

_GENERIC: Final = "form_file.not-valid"
_NO_QUESTIONS: Final = frozenset({"missing", "too_short"})
_REASONS: Final = {
    "missing": "form_file.missing",
    "extra_forbidden": "form_file.unknown-field",
    "string_type": "form_file.not-text",
    "int_type": "form_file.not-number",
    "bool_type": "form_file.not-yes-or-no",
    "list_type": "form_file.not-list",
    "model_type": "form_file.not-table",
    "string_too_short": "form_file.empty",
    "too_short": "form_file.empty",
    "string_too_long": "form_file.too-long",
    "too_long": "form_file.too-many",
    "enum": "form_file.bad-choice",
}
"""Pydantic's own types of error; the checks of ours carry their reason as the type."""


@dataclass(frozen=True, slots=True)
class FormDefect:
    """One thing to correct in a form.

    ``number`` is the question's place from 1, ``None`` for the heading; ``question`` is its id, empty where that cannot
    be read. ``field`` is named as in the file: ``options[2].text``, counted from 1. ``reason`` is a text id,
    ``details`` are the variables of its text. In a table ``row`` is the question's row, ``field`` its column's title.
    """

    number: int | None
    question: str
    field: str
    reason: str
    details: Mapping[str, str]
    row: int | None = None


class FormFileError(ValueError):
    """The form is not taken; ``defects`` are all that is wrong in it."""

    def __init__(self, defects: tuple[FormDefect, ...]) -> None:
        super().__init__(", ".join(f"{defect.number or ''}/{defect.field}: {defect.reason}" for defect in defects))
        self.defects = defects


def read_form(text: str) -> Form:
    """The form that a TOML text describes. Raises ``FormFileError``."""
    try:
        data = parsed(text)
    except NotTomlError as error:
        details = {"line": str(error.line), "column": str(error.column)} if error.line else {}
        reason = "form_file.broken" if error.line else "form_file.unreadable"
        raise FormFileError((FormDefect(None, "", "", reason, details),)) from error
    return form_of(data)


def form_of(data: Mapping[str, Any]) -> Form:
    """The form of a document already parsed. Raises ``FormFileError``."""
    outline = Outline(data)
    defects = [
        FormDefect(one.number, _id(data, one.number), one.field, one.reason, _short(one.details))
        for one in outline.faults()
    ]
    try:
        entry = FormEntry.model_validate(data)
    except ValidationError as error:
        defects = [*(_defect(one, data) for one in error.errors(include_url=False)), *defects]
        raise FormFileError(_in_order(defects)) from None
    if defects:
        raise FormFileError(_in_order(defects))
    return _form(entry, outline)


def form_data(form: Form) -> dict[str, Any]:
    """The document of a form: what ``form_of`` makes the same form of. What is as usual is left out."""
    return {
        "title": form.title,
        **_said(intro=form.intro, thanks=form.thanks),
        "questions": [_question_data(one) for one in form.questions],
    }


def anonymous_defects(form: Form) -> tuple[FormDefect, ...]:
    """The questions that nobody can be asked anonymously: their answers tell whose they are."""
    return tuple(
        FormDefect(number, one.id, "kind", "form_file.tells-who", {})
        for number, one in enumerate(form.questions, 1)
        if one.kind.tells_who
    )


def _in_order(defects: list[FormDefect]) -> tuple[FormDefect, ...]:
    """The heading, then question by question."""
    return tuple(sorted(defects, key=lambda one: one.number or 0))


def _defect(error: ErrorDetails, data: Mapping[str, Any]) -> FormDefect:
    loc = error["loc"]
    if loc == ("questions",) and error["type"] in _NO_QUESTIONS:
        return FormDefect(None, "", "questions", "form_file.no-questions", {})
    reason, details = reason_of(error, _REASONS, _GENERIC), details_of(error)
    if loc[0] == "questions" and len(loc) > 1 and isinstance(loc[1], int):
        number = loc[1] + 1
        return FormDefect(number, _id(data, number), path(loc[2:]), reason, details)
    return FormDefect(None, "", path(loc), reason, details)


def _id(data: Mapping[str, Any], number: int) -> str:
    entry = data["questions"][number - 1]
    found = entry.get("id") if isinstance(entry, dict) else None
    return shown(found.strip()) if isinstance(found, str) else ""


def _short(details: Mapping[str, str]) -> dict[str, str]:
    return {name: shown(value) for name, value in details.items()}


def _form(entry: FormEntry, outline: Outline) -> Form:
    questions = tuple(_question(one, outline) for one in entry.questions)
    return Form(entry.title, questions, entry.intro, entry.thanks)


def _question(entry: QuestionEntry, outline: Outline) -> Question:
    return Question(
        id=entry.id,
        text=entry.text,
        kind=entry.kind,
        required=entry.required,
        hint=entry.hint,
        options=tuple(Option(one.id, one.text) for one in entry.options),
        least=entry.least,
        most=entry.most,
        length=USUAL_LENGTH if entry.length is None else entry.length,
        ends=(entry.ends[0], entry.ends[1]) if entry.ends else ("", ""),
        when=_condition(entry.when, outline),
    )


def _condition(entry: ConditionEntry | None, outline: Outline) -> Condition | None:
    """Its answers by their ids, whichever way they were named."""
    other = outline.question(entry.question) if entry is not None else None
    if entry is None or other is None:
        return None
    return Condition(other.id, tuple(found for one in entry.any_of if (found := other.answer(one)) is not None))


def _question_data(question: Question) -> dict[str, Any]:
    when = question.when
    return {
        "id": question.id,
        "kind": str(question.kind),
        "text": question.text,
        **({} if question.required else {"required": False}),
        **_said(
            hint=question.hint,
            options=[{"id": one.id, "text": one.text} for one in question.options],
            ends=[*question.ends] if any(question.ends) else [],
            when={"question": when.question, "any_of": [*when.any_of]} if when is not None else {},
        ),
        **_bounds(question),
    }


def _bounds(question: Question) -> dict[str, int]:
    length = None if question.length == USUAL_LENGTH else question.length
    said = {"least": question.least, "most": question.most, "length": length}
    return {name: value for name, value in said.items() if value is not None}


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
