"""Values for the report of a visit as it is read: short and at its longest, its part, in every state."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.visit_form import Ground, composed
from actions.visit_report import Edit, ReportView, Row
from actions.visit_sight import SeenVisit
from domain.agreed import Agreed
from domain.calendar import WorkCalendar
from domain.form import Answers, Form, FormFile, Place, QuestionKind, Value
from domain.registry import School
from domain.risk_factor import RiskFactor
from domain.visit import ReportState, Standing, Visit, VisitReport
from domain.visit_form import Change
from handlers.visit_report_screen import report_pages
from tests.texts.features.agreed import promises
from tests.texts.features.document import lines
from texts import Texts

if TYPE_CHECKING:
    from tests.texts.values import Mood

_TEXTS = Texts()
TODAY = date(2022, 3, 17)
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")


@cache
def a_form(mood: "Mood") -> Form:
    """Of a second visit to a school with every document and three risks."""
    risks = [RiskFactor(one, mood.line) for one in (1, 2, 3)]
    before: Answers = {"r1": "2", "r2": "3"}
    ground = Ground(21, TODAY, TODAY, WorkCalendar(), risks, lines(mood)[::4], before)
    return composed(_TEXTS, ground)


def an_answer(mood: "Mood", kind: QuestionKind, options: tuple[str, ...]) -> Value:
    """The longest one of a kind."""
    match kind:
        case QuestionKind.ONE:
            return options[-1]
        case QuestionKind.SEVERAL:
            return options
        case QuestionKind.YES_NO:
            return False
        case QuestionKind.DATE:
            return TODAY
        case QuestionKind.FILE:
            return tuple(FormFile(one, mood.line, f"1:{one}") for one in range(30))
        case QuestionKind.LOCATION:
            return Place(-57.0004, -168.97391)
        case QuestionKind.LINES:
            return (mood.text[:500],) * 10
    return mood.text[:1500]


@cache
def rows(mood: "Mood") -> tuple[Row, ...]:
    """Every question answered, now and in the visit before."""
    form = a_form(mood)
    said = [(one, an_answer(mood, one.kind, tuple(option.id for option in one.options))) for one in form.questions]
    return tuple(Row(question, value, value) for question, value in said)


def views(mood: "Mood") -> Iterator[ReportView]:
    """In every state: with nothing in it, whole and at its longest, and the school's part."""
    for state in ReportState:
        comment = mood.text[:1000] if state is ReportState.RETURNED else ""
        decided = None if state is ReportState.SENT else AT
        report = VisitReport(7, state, 21, TODAY, a_form(mood), AT, AT, 5, 3, decided, 3, comment)
        visit = Visit(7, 1, 5, day=TODAY)
        school = School(1, mood.line, 1)
        one = SeenVisit(visit, school, mood.line, 21, Standing(state), mood.line, TODAY, report)
        words, told = (mood.text[:500],) * 10, tuple(promises(mood)[:3])
        agreed = (Agreed(mood.text[:500], TODAY, mood.line[:100]),) * 10
        edits = tuple(
            Edit(row.question, row.before if place else None, AT, mood.line) for place, row in enumerate(rows(mood))
        )
        files = tuple(FormFile(one, mood.line, f"1:{one}") for one in range(30))
        yield ReportView(one, report, (), (), (), (), (), (), (), "", "", ZONE)
        yield ReportView(one, report, rows(mood), edits, files, words, words, agreed, (), mood.line, mood.line, ZONE)
        yield ReportView(one, report, (), (), (), words, (), (), told, mood.line, mood.line, ZONE, is_part=True)
        yield ReportView(one, report, (), (), (), (), (), (), (), mood.line, mood.line, ZONE, is_part=True)


@cache
def _paged(mood: "Mood") -> tuple[tuple[ReportView, list[str]], ...]:
    return tuple((view, report_pages(_TEXTS, view)) for view in views(mood))


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every page of every report, every answer, every change."""
    every = rows(mood)
    for number, (view, pages) in enumerate(_paged(mood)):
        for page, body in enumerate(pages, 1):
            row = every[(number + page) % len(every)]
            edit = view.edits[page % len(view.edits)] if view.edits else Edit(row.question, None, AT, "")
            yield {
                "view": view,
                "body": body,
                "number": page,
                "pages": len(pages),
                "question": row.question,
                "value": Place(57.0004, 40.9739) if name == "place" else row.value,
                "before": row.before if page % 2 else None,
                "change": Change(3, (None, 2, 3, 4)[page % 4]),
                "name": mood.line,
                "piece": mood.text[:300],
                "first": page == 1,
                "line": mood.text[:500],
                "said": "…",
                "one": (*view.agreed, *view.proposed, *promises(mood))[page % 4],
                "edit": edit,
                "count": (1, 2, 5, 21)[page % 4],
            }
