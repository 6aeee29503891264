"""Values for a form as a file: the words of its table, and every place that a defect may be at."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from domain.form import QuestionKind
from domain.form_file import FormDefect
from reports.form_words import FormColumn, FormSheet

if TYPE_CHECKING:
    from tests.texts.values import Mood

WORDS = SimpleNamespace(
    sheets=dict.fromkeys(FormSheet, "Вопросы"),
    columns=dict.fromkeys(FormColumn, "Обязательный"),
    kinds=dict.fromkeys(QuestionKind, "один вариант"),
    yes="да",
    no="нет",
)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of a defect its place: nowhere, in the heading, in a question, in a row of a table."""
    line = mood.line[:80]
    common = {
        "words": WORDS, "line": "21", "column": "5", "length": "601", "count": "41", "max": "600", "min": "1",
        "allowed": ", ".join(["один вариант"] * 10), "value": line, "id": line, "questions": line, "least": "5",
        "most": "1", "columns": ["Код", "Вопрос", "Вид"], "why": mood.text[:300],
    }  # fmt: skip
    if name == "defect":
        yield from (common | {"defect": one} for one in _defects(line))
    else:
        yield common


def _defects(line: str) -> Iterator[FormDefect]:
    for field in ("", line):
        yield FormDefect(None, "", field, "any", {})
        for question in ("", line):
            yield FormDefect(40, question, field, "any", {})
            yield FormDefect(40, question, field, "any", {}, row=41)
