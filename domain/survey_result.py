"""What was answered to a form: of each question counts, shares, mean and median, words; and surveys side by side. Pure.

Answers to questions that did not apply to somebody do not count (``domain/form.given``).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from statistics import fmean, median
from typing import Self

from domain.form import NO, YES, Answers, Form, FormFile, Question, QuestionKind, Value, asked, given
from domain.form_value import scale

_SINGLE = 10
"""Different numbers that are counted one by one; of more, ranges are."""
_RANGES = 6


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave an answer, and which share that is of those who answered the question, in whole percent.

    ``id`` is of an option, ``yes`` or ``no``, a number; ``text`` is its wording, empty where the id says it. A range
    goes from ``low`` to ``high``, both in it where all numbers are whole, otherwise to just below ``high``; a month
    begins on ``month``.
    """

    id: str
    text: str
    count: int
    percent: int
    low: float | None = None
    high: float | None = None
    month: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What was answered to a question: by how many, skipped by how many, and of how many it was not asked.

    ``mean`` and ``median`` are of scales and numbers, ``first`` and ``last`` of numbers and days; ``texts`` are in
    the order of the answers, ``files`` is how many files came.
    """

    question: Question
    answered: int
    skipped: int
    unasked: int
    tallies: tuple[Tally, ...] = ()
    mean: float | None = None
    median: float | None = None
    first: int | float | date | None = None
    last: int | float | date | None = None
    texts: tuple[str, ...] = ()
    files: int = 0

    @property
    def most(self) -> tuple[Tally, ...]:
        """What was given at all, the most frequent first."""
        return tuple(sorted((one for one in self.tallies if one.count), key=lambda one: -one.count))

    def sorted_texts(self) -> Self:
        """The same with the texts in the order of the alphabet: it tells nothing of their authors."""
        return replace(self, texts=tuple(sorted(self.texts, key=str.casefold)))

    def tally(self, option: str) -> Tally | None:
        """That of an option."""
        return next((one for one in self.tallies if one.id == option), None)


def results(form: Form, everybody: Sequence[Answers], schools: Mapping[int, str] | None = None) -> list[QuestionResult]:
    """Of every question in the form's order. ``everybody`` holds the answers of each, in the order in which texts are
    shown; ``schools`` are names by ids."""
    counted = [(given(form, one), {question.id for question in asked(form, one)}) for one in everybody]
    found = []
    for question in form.questions:
        values = [answers[question.id] for answers, _ in counted if question.id in answers]
        applies = sum(question.id in ids for _, ids in counted)
        found.append(_result(question, values, applies, len(counted), schools or {}))
    return found


def _result(
    question: Question, values: Sequence[Value], applies: int, everybody: int, schools: Mapping[int, str]
) -> QuestionResult:
    answered, skipped, unasked = len(values), applies - len(values), everybody - applies
    common = (question, answered, skipped, unasked)
    match question.kind:
        case QuestionKind.SCALE | QuestionKind.NUMBER:
            return _of_numbers(question, values, skipped, unasked)
        case QuestionKind.DATE:
            days = sorted(one for one in values if isinstance(one, date))
            return QuestionResult(*common, _months(days), first=min(days, default=None), last=max(days, default=None))
        case QuestionKind.TEXT:
            return QuestionResult(*common, texts=tuple(str(one) for one in values))
        case QuestionKind.FILE:
            return QuestionResult(*common, files=sum(len(one) for one in values if isinstance(one, tuple)))
        case QuestionKind.LOCATION:
            return QuestionResult(*common)
    return QuestionResult(*common, _of_options(_options(question, values, schools), values))


def _options(question: Question, values: Iterable[Value], schools: Mapping[int, str]) -> dict[str, str]:
    """Id → wording of everything that can be chosen; of schools those that were, the most frequent first."""
    match question.kind:
        case QuestionKind.YES_NO:
            return {YES: "", NO: ""}
        case QuestionKind.SCHOOL:
            chosen = Counter(str(one) for one in values)
            return {one: schools.get(int(one), "") for one, _ in chosen.most_common() if one.isdecimal()}
    return {one.id: one.text for one in question.options}


def _of_options(options: Mapping[str, str], values: Sequence[Value]) -> tuple[Tally, ...]:
    counts = Counter(option for value in values for option in _chosen(value))
    return tuple(Tally(one, text, counts[one], _percent(counts[one], len(values))) for one, text in options.items())


def _chosen(value: Value) -> list[str]:
    if isinstance(value, bool):
        return [YES if value else NO]
    if isinstance(value, tuple):
        return [one for one in value if not isinstance(one, FormFile)]
    return [str(value)]


def _percent(count: int, of: int) -> int:
    """A share in whole percent, halves rounded up: what is shown together should come near a hundred."""
    return (200 * count + of) // (2 * of) if of else 0


def _of_numbers(question: Question, values: Sequence[Value], skipped: int, unasked: int) -> QuestionResult:
    numbers = sorted(one for one in values if isinstance(one, int | float))
    common = (question, len(numbers), skipped, unasked)
    if question.kind is QuestionKind.SCALE:
        tallies = _of_options(dict.fromkeys(map(str, scale(question)), ""), numbers)
    else:
        tallies = _distribution(numbers)
    if not numbers:
        return QuestionResult(*common, tallies)
    return QuestionResult(*common, tallies, fmean(numbers), median(numbers), first=numbers[0], last=numbers[-1])


def _distribution(numbers: Sequence[int | float]) -> tuple[Tally, ...]:
    """One by one where few are different, otherwise by ranges of a round width."""
    different = sorted(set(numbers))
    if len(different) <= _SINGLE:
        return tuple(
            Tally(str(one), "", count, _percent(count, len(numbers)), one, one)
            for one in different
            for count in [numbers.count(one)]
        )
    exact = [Fraction(str(one)) for one in numbers]
    step = _round_up((exact[-1] - exact[0]) / _RANGES)
    start = exact[0] // step * step
    counts = Counter(int((one - start) // step) for one in exact)
    are_whole = all(one.denominator == 1 for one in exact)
    return tuple(
        Tally(str(place), "", counts[place], _percent(counts[place], len(numbers)), float(low), float(high))
        for place in range(max(counts) + 1)
        for low in [start + step * place]
        for high in [low + step - are_whole]
    )


def _round_up(width: Fraction) -> Fraction:
    """The nearest of 1, 2, 5, 10, 20 … (and of 0,1, 0,2 …) that is not less."""
    power = Fraction(10) ** math.floor(math.log10(width))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= width)


def _months(days: Sequence[date]) -> tuple[Tally, ...]:
    counts = Counter(one.replace(day=1) for one in days)
    return tuple(
        Tally(f"{month:%Y%m}", "", count, _percent(count, len(days)), month=month)
        for month, count in sorted(counts.items())
    )
