"""The form of a visit's report, composed for its school (item 13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import WorkCalendar
from domain.document import Line
from domain.form import ALL_FILES, NO, Answers, Condition, Form, Option, Question, QuestionKind
from domain.risk_factor import RiskFactor
from domain.visit_form import (
    ACTIONS,
    DAY,
    DOCS,
    FILES,
    LEVELS,
    MET,
    NEXT,
    OVERALL,
    PEOPLE,
    PLACE,
    PROPOSALS,
    REMARKS,
    SEEN,
    Seen,
    document_question,
    risk_question,
    seen_state,
)
from texts import Texts

_NEXT_IN = (timedelta(weeks=4), timedelta(weeks=6), timedelta(weeks=8))
_WORDS, _LINE = 1500, 500
"""Characters of what was seen, and of a line."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the form is composed of. ``before`` are the answers of the visit before; ``planned`` is the day that was
    approved; ``asks_next`` is whether no later visit is planned yet."""

    number: int
    planned: date | None
    today: date
    calendar: WorkCalendar
    risks: Sequence[RiskFactor]
    documents: Sequence[Line]
    before: Answers | None = None
    asks_next: bool = True


def composed(texts: Texts, ground: Ground) -> Form:
    """Its questions: when, whom, each risk of the school, documents, what was seen, what follows."""
    title = texts.plain("visit_form.title", number=ground.number)
    return Form(title, tuple(_questions(texts, ground)))


def _questions(texts: Texts, ground: Ground) -> Iterator[Question]:
    yield Question(DAY, texts.plain("visit_form.day"), QuestionKind.DATE, options=_days(texts, ground), past=True)
    met = tuple(Option(one, texts.plain(f"visit_form.met-{one}")) for one in PEOPLE)
    yield Question(MET, texts.plain("visit_form.met"), QuestionKind.SEVERAL, options=met)
    yield from _risks(texts, ground)
    yield from _documents(texts, ground)
    hint = texts.plain("visit_form.seen-hint")
    yield Question(SEEN, texts.plain("visit_form.seen"), QuestionKind.TEXT, required=False, hint=hint, length=_WORDS)
    for name in (REMARKS, PROPOSALS):
        yield _lines(texts, name)
    yield _lines(texts, ACTIONS, echoed=True)
    yield Question(
        FILES,
        texts.plain("visit_form.files"),
        QuestionKind.FILE,
        required=False,
        hint=texts.plain("visit_form.files-hint"),
        most=ALL_FILES,
        anywhere=True,
    )
    place = texts.plain("visit_form.place")
    yield Question(PLACE, place, QuestionKind.LOCATION, required=False, anywhere=True, unasked=True)
    if ground.asks_next:
        following = texts.plain("visit_form.next")
        yield Question(NEXT, following, QuestionKind.DATE, required=False, options=_following(texts, ground))


def _lines(texts: Texts, name: str, *, echoed: bool = False) -> Question:
    text, hint = texts.plain(f"visit_form.{name}"), texts.plain(f"visit_form.{name}-hint")
    return Question(name, text, QuestionKind.LINES, required=False, hint=hint, length=_LINE, echoed=echoed)


def _risks(texts: Texts, ground: Ground) -> Iterator[Question]:
    asked = [(risk_question(one.id), one.name) for one in ground.risks]
    for question, name in asked or [(OVERALL, "")]:
        was = ground.before.get(question) if ground.before is not None else None
        before = int(was) if isinstance(was, str) and was.isdigit() else None
        yield Question(
            question,
            texts.plain("visit_form.risk", name=name, before=before),
            QuestionKind.ONE,
            hint=texts.plain("visit_form.risk-before", before=before) if before else "",
            options=tuple(_level(texts, level, before) for level in reversed(LEVELS) if before) or _first_levels(texts),
        )


def _first_levels(texts: Texts) -> tuple[Option, ...]:
    return tuple(_level(texts, level, None) for level in LEVELS)


def _level(texts: Texts, level: int, before: int | None) -> Option:
    return Option(str(level), texts.plain("visit_form.level", level=level, before=before))


def _documents(texts: Texts, ground: Ground) -> Iterator[Question]:
    own = [one for one in ground.documents if one.is_own]
    known = texts.plain("visit_form.docs-known", lines=[(one, seen_state(one.state)) for one in own])
    yield Question(DOCS, texts.plain("visit_form.docs"), QuestionKind.YES_NO, hint=known)
    states = tuple(Option(str(one), texts.plain(f"visit_form.doc-{one}")) for one in Seen)
    for line in own:
        text = texts.plain("visit_form.doc", line=line)
        yield Question(document_question(line), text, QuestionKind.ONE, options=states, when=Condition(DOCS, (NO,)))


def _days(texts: Texts, ground: Ground) -> tuple[Option, ...]:
    """The planned day, today and yesterday, the latest first."""
    lately = {ground.today, ground.today - timedelta(days=1)}
    planned = {ground.planned} if ground.planned and ground.planned <= ground.today else set()
    return tuple(_day(texts, one) for one in sorted(lately | planned, reverse=True))


def _following(texts: Texts, ground: Ground) -> tuple[Option, ...]:
    return tuple(_day(texts, ground.calendar.forward(ground.today + step)) for step in _NEXT_IN)


def _day(texts: Texts, day: date) -> Option:
    return Option(f"{day:%Y%m%d}", texts.plain("visit_form.day-button", day=day))
