"""A form as data: its questions, which of them are asked, what comes next, what is missing. Pure.

Used wherever the product asks step by step. What an answer may be is in ``domain/form_value.py``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    SCALE = "scale"
    YES_NO = "yes-no"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    FILE = "file"
    LOCATION = "location"
    SCHOOL = "school"
    LINES = "lines"

    @property
    def is_chosen(self) -> bool:
        """Whether it is answered by a button alone, and that button goes on at once."""
        return self in (QuestionKind.ONE, QuestionKind.SCALE, QuestionKind.YES_NO, QuestionKind.SCHOOL)

    @property
    def tells_who(self) -> bool:
        """Whether its answer gives its author away: nothing of the kind is asked anonymously."""
        return self in (QuestionKind.FILE, QuestionKind.LOCATION, QuestionKind.SCHOOL)


TEXT_LIMIT = 4000
"""Characters of an answer at most; a question may want fewer."""
USUAL_LENGTH = 1000
MOST_FILES, ALL_FILES = 10, 30
"""Files of an answer where the question does not say how many, and where it does, at most."""
MOST_LINES = 10
FILE_KINDS: tuple[QuestionKind, ...] = tuple(one for one in QuestionKind if one is not QuestionKind.LINES)
"""The kinds that a form's file may name; the others are asked by features alone."""
YES, NO = "yes", "no"
"""How the answers to «да/нет» are called in conditions, presses and results."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from. ``id`` is what is kept; in a form's file it never changes."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only where an earlier ``question`` was answered with one of ``any_of``: ids of options, ``yes`` or ``no``,
    whole numbers of a scale."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """``least`` and ``most`` are the bounds of a scale or a number, and of how many options, files or lines are taken.

    ``length`` is of a text, or of each line, in characters; ``ends`` says what the two ends of a scale mean. Options of
    a day are the days offered as buttons, their ids are ``YYYYMMDD``; ``past`` is a day that was.

    What is typed for an ``echoed`` one is confirmed before it counts. An ``anywhere`` one (a file, a place) takes what
    is sent while something else is asked; an ``unasked`` one is never asked in its turn.
    """

    id: str
    text: str
    kind: QuestionKind
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    length: int = USUAL_LENGTH
    ends: tuple[str, str] = ("", "")
    when: Condition | None = None
    echoed: bool = False
    past: bool = False
    anywhere: bool = False
    unasked: bool = False

    def option(self, option_id: str) -> Option | None:
        """The option of that id."""
        return next((one for one in self.options if one.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in the order in which they are asked."""

    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    thanks: str = ""

    def question(self, question_id: str) -> Question | None:
        """The question of that id."""
        return next((one for one in self.questions if one.id == question_id), None)


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file among the answers: ``id`` is of the kept file, ``source`` the message it came with, ``caption`` what was
    written under it."""

    id: int
    name: str
    source: str
    is_photo: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees."""

    latitude: float
    longitude: float


Value = str | int | float | bool | date | Place | tuple[str, ...] | tuple[FormFile, ...] | None
"""Of one option its id, of several their ids in the form's order; of a school its id as text; of lines each one.
``None`` is «skipped»."""
Answers = Mapping[str, Value]
"""Question id → what was answered; a question nobody came to is not in it."""


def asked(form: Form, answers: Answers) -> list[Question]:
    """The questions that apply by what was answered, also those that nobody is asked. A condition on a question that
    does not apply does not hold."""
    found: dict[str, Question] = {}
    for question in form.questions:
        when = question.when
        if when is None or (when.question in found and _said(answers.get(when.question)) & {*when.any_of}):
            found[question.id] = question
    return list(found.values())


def _said(value: Value) -> set[str]:
    """An answer as conditions name it."""
    match value:
        case None:
            return set()
        case bool():
            return {YES if value else NO}
        case tuple():
            return {one for one in value if isinstance(one, str)}
    return {str(value)}


def _in_turn(form: Form, answers: Answers) -> list[Question]:
    return [one for one in asked(form, answers) if not one.unasked]


def listed(form: Form, answers: Answers) -> list[Question]:
    """The questions whose answers are shown: those that apply, and of what nobody is asked only what was answered."""
    return [one for one in asked(form, answers) if not one.unasked or answers.get(one.id) is not None]


def next_question(form: Form, answers: Answers) -> Question | None:
    """The first question that applies and has no answer yet; ``None`` where all have."""
    return next((one for one in _in_turn(form, answers) if one.id not in answers), None)


def before(form: Form, answers: Answers, question_id: str | None) -> Question | None:
    """The question that was asked before that one; before the summary (``None``) it is the last."""
    found = asked(form, answers)
    ids = [one.id for one in found]
    if question_id is not None:
        found = found[: ids.index(question_id)] if question_id in ids else []
    return next((one for one in reversed(found) if not one.unasked), None)


def position(form: Form, answers: Answers, question: Question) -> tuple[int, int]:
    """Which of how many a question is, as it stands now: the number from 1, and how many apply. 0 of what is not asked
    in its turn."""
    ids = [one.id for one in _in_turn(form, answers)]
    if question.unasked:
        return 0, len(ids)
    return (ids.index(question.id) + 1 if question.id in ids else 1), len(ids)


def taking(form: Form, answers: Answers, at: Question | None, kind: QuestionKind) -> Question | None:
    """The question that a file or a place sent now answers: the one that is asked (``at``), otherwise the one that
    takes it whatever is asked."""
    if at is not None and at.kind is kind:
        return at
    return next((one for one in asked(form, answers) if one.anywhere and one.kind is kind), None)


def missing(form: Form, answers: Answers) -> list[Question]:
    """The required questions without an answer."""
    return [one for one in _in_turn(form, answers) if one.required and answers.get(one.id) is None]


def given(form: Form, answers: Answers) -> dict[str, Value]:
    """What counts: the answers to questions that apply, without skipped ones."""
    return {one.id: answers[one.id] for one in asked(form, answers) if answers.get(one.id) is not None}


def is_begun(answers: Answers) -> bool:
    """Whether anything was answered at all."""
    return any(value is not None for value in answers.values())


_SECONDS = {QuestionKind.TEXT: 45, QuestionKind.LINES: 45, QuestionKind.FILE: 40, QuestionKind.SEVERAL: 20}
_A_PRESS_S = 12


def minutes(form: Form) -> int:
    """About how long it takes, in whole minutes, rounded up."""
    seconds = sum(_SECONDS.get(one.kind, _A_PRESS_S) for one in form.questions if one.when is None and not one.unasked)
    return max(1, -(-seconds // 60))


def same_shape(one: Form, other: Form) -> bool:
    """Whether two forms ask the same and only say it otherwise: then answers to one are answers to the other."""
    return [_shape(question) for question in one.questions] == [_shape(question) for question in other.questions]


def _shape(question: Question) -> tuple[object, ...]:
    return question.id, question.kind, _ids(question.options), question.least, question.most, question.when


def _ids(options: Iterable[Option]) -> Collection[str]:
    return frozenset(one.id for one in options)
