"""Values for a form that is filled in: every kind of question, nothing answered and the longest answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from actions.form_sheet import Page, Ref, Sheet
from domain.form import ALL_FILES, TEXT_LIMIT, Form, FormFile, Option, Place, Question, QuestionKind, Value
from handlers.batch import Batch
from tests.texts.features.survey_keeping import a_form, looks
from texts import Texts

if TYPE_CHECKING:
    from tests.texts.values import Mood

_TEXTS = Texts()
TODAY = date(2022, 3, 17)
_ROOMS = (40, 100, 200)
_PLAIN: dict[QuestionKind, tuple[Value, ...]] = {
    QuestionKind.YES_NO: (None, True, False),
    QuestionKind.SCALE: (None, 0, 10),
    QuestionKind.NUMBER: (None, 0, -999_999_999_999_999.5),
    QuestionKind.DATE: (None, TODAY, date(2023, 11, 30)),
    QuestionKind.LOCATION: (None, Place(0.0, 0.0), Place(-56.99999, 140.99999)),
}


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every question with every answer it may have, first and last, sent and not, with files that just came."""
    form = _form(mood)
    shown = [one for one in form.questions if not name.startswith("how-") or one.kind == name.removeprefix("how-")]
    for number, question in enumerate(shown or form.questions):
        for place, value in enumerate(answers(question, mood)):
            page = a_page(mood, sent=number % 4 == 3, answered=place % 3)
            page = replace(page, saved=(question, value) if place == 2 and value is not None else None)
            yield {
                "page": page, "question": question, "number": 1 if number % 2 == 0 else 40, "count": 40, "value": value,
                "files": value if question.kind is QuestionKind.FILE and value else (), "batch": _batch(mood, place),
                "typed": answers(question, mood)[-1], "room": _ROOMS[place % 3],
                "rows": _rows(_answered(mood), number, name), "more": 20, "pages": 7, "chosen": place == 0,
                "text": mood.line[:40], "least": number % 3 - 1 or None, "most": 999_999_999, "limit": TEXT_LIMIT,
                "length": 4096, "lines": _lines(mood, 30 if place else 1), "day": TODAY,
            }  # fmt: skip


def answers(question: Question, mood: "Mood") -> tuple[Value, ...]:
    """None, «skipped» as one sees it, and the longest."""
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SCHOOL:
            return None, "gone", question.options[-1].id
        case QuestionKind.SEVERAL:
            return None, ("1",), tuple(one.id for one in question.options)
        case QuestionKind.TEXT:
            return None, mood.line, (mood.text * 4)[:TEXT_LIMIT]
        case QuestionKind.FILE:
            files = tuple(FormFile(one, mood.line, f"1:{one}") for one in range(ALL_FILES))
            return None, files[:1], files
        case QuestionKind.LINES:
            return None, _lines(mood, 1), _lines(mood, 30)
    return _PLAIN[question.kind]


def _lines(mood: "Mood", count: int) -> tuple[str, ...]:
    return ((mood.line * 3)[:300],) * count


@cache
def _form(mood: "Mood") -> Form:
    return _with_lines(_with_schools(a_form(mood), mood), mood)


@cache
def _answered(mood: "Mood") -> tuple[tuple[Question, Value], ...]:
    """Every question with its longest answer."""
    return tuple((one, answers(one, mood)[-1]) for one in _form(mood).questions)


@cache
def a_page(mood: "Mood", *, sent: bool, answered: int) -> Page:
    """Of a survey with the longest heading and note; nothing, something or everything is answered."""
    looked = next(one for one in looks(mood) if one.survey.anonymous and one.window is not None)
    heading = _TEXTS.html("survey.heading", survey=looked.survey, item=mood.items[0].item)
    note = _TEXTS.html("survey.note", looked=looked, is_grace=sent)
    warned = _TEXTS.html("happening.outside", span=(TODAY, TODAY))
    warning = None if answered == 1 else lambda _: warned
    form = _form(mood)
    sheet = Sheet(form, "survey:7:person:7", heading, note, sent_note=note if answered == 2 else "", warning=warning)
    count = (0, 1, len(form.questions))[answered]
    said = {one.id: value for one, value in _answered(mood)[:count]}
    return Page(Ref("survey", 7), sheet, TODAY, said, is_sent=sent)


def _rows(every: tuple[tuple[Question, Value], ...], start: int, name: str) -> list[Any]:
    """As the summary shows them, or the list of answers with their numbers."""
    if name == "answers":
        numbered = [(place, question, value) for place, (question, value) in enumerate(every, 1)]
        return [numbered[(start + place) % len(numbered)] for place in range(6)] if start else []
    return [every[(start + place) % len(every)] for place in range(20)] if start else []


def _batch(mood: "Mood", place: int) -> Batch | None:
    """Ten files of which five were refused, or none."""
    return Batch(10, 5, 3, 2, ((mood.line, mood.text[:190]),) * 5) if place == 1 else None


def _with_schools(form: Form, mood: "Mood") -> Form:
    """Nothing depends on another answer here, and every question about a school has what to choose from."""
    schools = tuple(Option(str(one), mood.line) for one in range(60))
    return replace(form, questions=tuple(_alone(one, schools) for one in form.questions))


def _with_lines(form: Form, mood: "Mood") -> Form:
    """Two of the texts are lines instead, one of them never asked in its turn."""
    lines = Question("l1", mood.text[:600], QuestionKind.LINES, hint=mood.text[:300], length=300, echoed=True)
    aside = replace(lines, id="l2", required=False, most=30, unasked=True)
    return replace(form, questions=(*form.questions[:19], lines, aside, *form.questions[21:]))


def _alone(question: Question, schools: tuple[Option, ...]) -> Question:
    return replace(question, when=None, options=schools if question.kind is QuestionKind.SCHOOL else question.options)
