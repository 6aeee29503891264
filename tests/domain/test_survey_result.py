"""What was answered: counts, shares, mean and median, words; and surveys side by side."""

from collections import Counter
from datetime import date
from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.form import Answers, Condition, Form, FormFile, Option, Place, Question, QuestionKind, Value
from domain.survey_comparison import Beside, compare, shared
from domain.survey_result import QuestionResult, results

OPTIONS = (Option("a", "Куратор"), Option("b", "Семинары"), Option("c", "Методички"))
ONE = Question("q", "Что помогло?", QuestionKind.ONE, options=OPTIONS)
SEVERAL = Question("q", "Что помогло?", QuestionKind.SEVERAL, options=OPTIONS)
SCALE = Question("q", "Понятно?", QuestionKind.SCALE)
NUMBER = Question("q", "Сколько?", QuestionKind.NUMBER)


def of(question: Question, *values: Value, schools: dict[int, str] | None = None) -> QuestionResult:
    return results(Form("", (question,)), [{question.id: one} for one in values], schools)[0]


def tallied(found: QuestionResult) -> list[tuple[str, int, int]]:
    return [(one.id, one.count, one.percent) for one in found.tallies]


def test_options_are_counted_with_their_shares_of_those_who_answered() -> None:
    found = of(ONE, "a", "a", "b", None)
    assert (found.answered, found.skipped, found.unasked) == (3, 1, 0)
    assert tallied(found) == [("a", 2, 67), ("b", 1, 33), ("c", 0, 0)]
    assert [one.id for one in found.most] == ["a", "b"]


def test_of_several_the_shares_are_of_respondents() -> None:
    assert tallied(of(SEVERAL, ("a", "b"), ("a",), ("a", "c"), ("b",))) == [("a", 3, 75), ("b", 2, 50), ("c", 1, 25)]


def test_a_scale_has_every_step_mean_and_median() -> None:
    found = of(SCALE, 5, 4, 4, 1)
    assert tallied(found) == [("1", 1, 25), ("2", 0, 0), ("3", 0, 0), ("4", 2, 50), ("5", 1, 25)]
    assert (found.mean, found.median) == (3.5, 4)


def test_yes_and_no() -> None:
    asked = Question("q", "Трудно?", QuestionKind.YES_NO)
    assert tallied(of(asked, True, True, False)) == [("yes", 2, 67), ("no", 1, 33)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([3, 1, 3], [(1, 1, 1), (3, 3, 2)]),
        ([1.5, 1, 1.0], [(1, 1, 2), (1.5, 1.5, 1)]),
        (list(range(60)), [(0, 9, 10), (10, 19, 10), (20, 29, 10), (30, 39, 10), (40, 49, 10), (50, 59, 10)]),
        (
            [one / 10 for one in range(-5, 7)],
            [(-0.6, -0.4, 1), (-0.4, -0.2, 2), (-0.2, 0, 2), (0, 0.2, 2), (0.2, 0.4, 2)],
        ),
    ],
)
def test_few_numbers_are_counted_one_by_one_and_many_by_ranges(
    numbers: list[float], expected: list[tuple[float, float, int]]
) -> None:
    found = of(NUMBER, *numbers)
    assert [(one.low, one.high, one.count) for one in found.tallies][: len(expected)] == expected
    assert (found.mean, found.median) == (fmean(numbers), median(numbers))
    assert (found.first, found.last) == (min(numbers), max(numbers))


@given(
    st.lists(st.integers(-(10**15), 10**15) | st.decimals(-1000, 1000, places=6).map(float), min_size=1, max_size=60)
)
def test_every_number_is_in_exactly_one_range(numbers: list[float]) -> None:
    found = of(NUMBER, *numbers)
    assert sum(one.count for one in found.tallies) == len(numbers)
    assert len(found.tallies) <= max(10, 8)


def test_days_have_a_first_a_last_and_months() -> None:
    asked = Question("q", "Когда?", QuestionKind.DATE)
    found = of(asked, date(2022, 3, 15), date(2022, 1, 31), date(2022, 3, 1))
    assert (found.first, found.last) == (date(2022, 1, 31), date(2022, 3, 15))
    assert [(one.month, one.count) for one in found.tallies] == [(date(2022, 1, 1), 1), (date(2022, 3, 1), 2)]
    assert of(asked).first is None


def test_texts_files_places_and_schools() -> None:
    assert of(Question("q", "?", QuestionKind.TEXT), "второй", "первый").texts == ("второй", "первый")
    assert of(Question("q", "?", QuestionKind.TEXT), "б", "А").sorted_texts().texts == ("А", "б")
    files = (FormFile(1, "план.pdf", "m1"), FormFile(2, "фото.jpg", "m2"))
    assert of(Question("q", "?", QuestionKind.FILE), files).files == 2
    assert of(Question("q", "?", QuestionKind.LOCATION), Place(57.0, 41.0)).answered == 1
    found = of(Question("q", "?", QuestionKind.SCHOOL), "7", "9", "7", schools={7: "Школа № 7"})
    assert [(one.text, one.count) for one in found.tallies] == [("Школа № 7", 2), ("", 1)]


def test_what_was_not_asked_is_not_skipped_and_a_hidden_answer_does_not_count() -> None:
    hard = Question("hard", "Трудно?", QuestionKind.YES_NO)
    why = Question("why", "Что?", QuestionKind.TEXT, required=False, when=Condition("hard", ("yes",)))
    everybody: list[Answers] = [
        {"hard": True, "why": "отчёты"},
        {"hard": True, "why": None},
        {"hard": False, "why": "осталось от прежнего ответа"},
    ]
    found = results(Form("", (hard, why)), everybody)[1]
    assert (found.answered, found.skipped, found.unasked, found.texts) == (1, 1, 1, ("отчёты",))


@pytest.mark.parametrize("kind", QuestionKind)
def test_nobody_answered(kind: QuestionKind) -> None:
    found = of(Question("q", "?", kind, options=OPTIONS))
    assert (found.answered, found.mean, found.texts, sum(one.count for one in found.tallies)) == (0, None, (), 0)


@given(st.lists(st.sets(st.sampled_from("abc"), min_size=1), max_size=40))
def test_shares_equal_a_slow_recount(chosen: list[set[str]]) -> None:
    found = of(SEVERAL, *(tuple(sorted(one)) for one in chosen))
    counts = Counter(option for one in chosen for option in one)
    for tally in found.tallies:
        assert tally.count == counts[tally.id]
        assert abs(tally.percent - 100 * tally.count / max(1, len(chosen))) <= 0.5


def test_means_and_shares_stand_side_by_side_with_their_change() -> None:
    first = results(Form("", (_named("s", SCALE), _named("o", ONE))), [{"s": 2, "o": "a"}, {"s": 4, "o": "b"}])
    second = results(Form("", (_named("o", ONE), _named("s", SCALE))), [{"s": 5, "o": "a"}, {"s": 4, "o": "a"}])
    found = compare([first, second])
    assert [one.question.id for one in found.questions] == ["s", "o"]
    assert found.questions[0].lines == (Beside("", (3, 4.5)),)
    assert found.questions[0].lines[0].change == 1.5
    assert [(one.text, one.values, one.change) for one in found.questions[1].lines] == [
        ("Куратор", (50, 100), 50),
        ("Семинары", (50, 0), -50),
        ("Методички", (0, 0), 0),
    ]
    assert found.left_out == 0


def test_what_only_one_survey_asks_or_asks_otherwise_is_left_out() -> None:
    wide = Question("s", "Понятно?", QuestionKind.SCALE, least=1, most=10)
    text = Question("t", "?", QuestionKind.TEXT)
    first = results(Form("", (_named("s", SCALE), _named("o", ONE), text)), [])
    second = results(Form("", (wide, text, _named("y", Question("", "?", QuestionKind.YES_NO)))), [])
    assert (compare([first, second]).questions, compare([first, second]).left_out) == ((), 5)
    assert shared(Form("", (_named("s", SCALE), text)), Form("", (wide, text))) == 0
    assert shared(Form("", (_named("s", SCALE),)), Form("", (_named("s", SCALE),))) == 1


def test_of_three_the_change_is_from_the_first_to_the_last_that_there_are() -> None:
    yes_no = Form("", (Question("y", "?", QuestionKind.YES_NO),))
    sides = [results(yes_no, answers) for answers in ([{"y": True}, {"y": False}], [], [{"y": True}])]
    (line,) = compare(sides).questions[0].lines
    assert (line.values, line.change) == ((50, None, 100), 50)


def _named(name: str, question: Question) -> Question:
    return Question(name, question.text, question.kind, options=question.options)
