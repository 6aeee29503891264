"""Values for the results of surveys: questions of every kind, answered by nobody, by some, with the longest words."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from actions.survey_results import Compared, SurveyFile, SurveyResult
from domain.form import Form, Option, Place, Question, QuestionKind, Value
from domain.survey import Course
from domain.survey_comparison import compare
from domain.survey_result import QuestionResult, results
from handlers.review_proof import packed
from tests.texts.features.survey_live import seen

if TYPE_CHECKING:
    from tests.texts.values import Mood


_ALIKE = results(Form("", (Question("one", "?", QuestionKind.SCALE),)), [{"one": 1}, {"one": 4}])
_ALONE = compare([_ALIKE, _ALIKE]).questions[0]


def question(mood: "Mood", kind: QuestionKind) -> Question:
    options = tuple(Option(str(place), (mood.line * 2)[:100]) for place in range(30))
    ends = (mood.line[:100], mood.line[:100])
    return Question("one", mood.text[:600], kind, options=options, least=1, most=11, ends=ends)


def said(mood: "Mood", kind: QuestionKind, place: int) -> Value:
    match kind:
        case QuestionKind.ONE:
            return str(place % 30)
        case QuestionKind.SEVERAL:
            return tuple(str(one) for one in range(30))
        case QuestionKind.YES_NO:
            return place % 2 == 0
        case QuestionKind.TEXT:
            return (mood.text * 3)[:4000]
        case QuestionKind.DATE:
            return date(2000 + place % 20, 1 + place % 12, 28)
        case QuestionKind.SCHOOL:
            return str(place % 40)
        case QuestionKind.LOCATION:
            return Place(57.0, 41.0)
        case QuestionKind.FILE:
            return None
    return 1 + place % 11


@cache
def result(mood: "Mood", kind: QuestionKind, count: int) -> QuestionResult:
    asked = question(mood, kind)
    whole = Form("", (asked,))
    everybody = [{"one": None if place % 7 == 6 else said(mood, kind, place)} for place in range(count)]
    return results(whole, everybody, dict.fromkeys(range(20), mood.line))[0]


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every kind of question; on a page two of the same."""
    for kind in QuestionKind:
        for count in (0, 1, 300):
            one = result(mood, kind, count)
            looked = seen(mood, Course.OPEN if count else Course.CLOSED, anonymous=count == 1)
            found = SurveyResult(looked, count, (one, one))
            three = [[one], [result(mood, kind, 21)], [result(mood, kind, 0)]]
            compared = Compared((found,) * 3, compare(three))
            tallies = one.tallies or result(mood, QuestionKind.ONE, 30).tallies
            beside = [line for it in compared.comparison.questions for line in it.lines]
            for tally in (tallies[0], tallies[-1]):
                yield {
                    "found": compared if name in ("compared", "beside") else found,
                    "looked": looked,
                    "survey": looked.survey,
                    "item": looked.item,
                    "shown": (compared.comparison.questions * 2 if name == "compared" else ((39, one), (40, one))),
                    "one": (compared.comparison.questions or (_ALONE,))[0] if name == "beside" else one,
                    "line": beside[0] if beside else _ALONE.lines[0],
                    "number": 40,
                    "question": one.question,
                    "tally": tally,
                    "room": 60,
                    "yes": count == 1,
                    "parts": next(packed(iter([mood.text[:700]] * 9), room=3200)) if count else [],
                    "page": 1,
                    "pages": 20 if count else 1,
                    "total": count,
                    "title": mood.line,
                    "fewest": 5,
                    "closes": date(2022, 3, 24) if count else None,
                    "missing": max(1, count),
                    "place": 30,
                    "pictures": count,
                    "file": SurveyFile(looked, b"", count),
                }
