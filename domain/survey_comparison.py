"""Surveys side by side by the ids of their questions. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.form import YES, Form, Question, QuestionKind
from domain.form_value import scale
from domain.survey_result import QuestionResult

_MEANS = (QuestionKind.SCALE, QuestionKind.NUMBER)
_SHARES = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.YES_NO)


@dataclass(frozen=True, slots=True)
class Beside:
    """A value in each of the surveys, in their order; ``None`` where one has none."""

    text: str
    values: tuple[float | None, ...]

    @property
    def change(self) -> float | None:
        """From the first to the last that there are; nothing where there is only one."""
        there = [one for one in self.values if one is not None]
        return there[-1] - there[0] if len(there) > 1 else None


@dataclass(frozen=True, slots=True)
class Compared:
    """A question in several surveys: its means, or the shares of its options in percent."""

    question: Question
    lines: tuple[Beside, ...]

    @property
    def has_means(self) -> bool:
        """Whether the values are means."""
        return self.question.kind in _MEANS


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that at least two of the surveys ask alike; ``left_out`` is how many others there are."""

    questions: tuple[Compared, ...]
    left_out: int


def shared(one: Form, other: Form) -> int:
    """How many questions of two forms can be compared."""
    theirs = {_shape(question) for question in other.questions}
    return sum(_is_comparable(question) and _shape(question) in theirs for question in one.questions)


def compare(surveys: Sequence[Sequence[QuestionResult]]) -> Comparison:
    """By the ids of questions, in the order of the first survey that has them; a question that is of another kind or
    scale elsewhere is another one."""
    shapes = dict.fromkeys(_shape(one.question) for results in surveys for one in results)
    found = []
    for shape in shapes:
        there = [next((one for one in results if _shape(one.question) == shape), None) for results in surveys]
        known = [one for one in there if one is not None]
        if len(known) > 1 and _is_comparable(known[0].question):
            found.append(Compared(known[-1].question, tuple(_lines(known[-1].question, there))))
    return Comparison(tuple(found), len(shapes) - len(found))


def _shape(question: Question) -> tuple[object, ...]:
    bounds = scale(question) if question.kind is QuestionKind.SCALE else None
    return question.id, question.kind, bounds


def _is_comparable(question: Question) -> bool:
    return question.kind in (*_MEANS, *_SHARES)


def _lines(question: Question, there: Sequence[QuestionResult | None]) -> Iterable[Beside]:
    if question.kind in _MEANS:
        return [Beside("", tuple(None if one is None else one.mean for one in there))]
    if question.kind is QuestionKind.YES_NO:
        return [Beside("", tuple(_share(one, YES) for one in there))]
    texts = {tally.id: tally.text for one in there if one is not None for tally in one.tallies}
    return [Beside(text, tuple(_share(one, option) for one in there)) for option, text in texts.items()]


def _share(one: QuestionResult | None, option: str) -> float | None:
    tally = None if one is None or not one.answered else one.tally(option)
    return None if tally is None else tally.percent
