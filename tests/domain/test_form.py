"""What is asked, what comes next, what is missing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import form as engine
from domain.form import (
    Answers,
    Condition,
    Form,
    Option,
    Place,
    Question,
    QuestionKind,
    Value,
    asked,
    before,
    is_begun,
    listed,
    minutes,
    missing,
    next_question,
    position,
    same_shape,
    taking,
)
from tests.domain.forms import a_form, a_question, forms, options

KINDS = QuestionKind
CHAIN = a_form(
    a_question("work", KINDS.YES_NO),
    a_question("how", KINDS.SCALE, when=Condition("work", ("yes",))),
    a_question("help", KINDS.SEVERAL, options=options("A", "B", "C"), when=Condition("how", ("1", "2"))),
    a_question("why", required=False, when=Condition("help", ("a", "c"))),
    a_question("load", KINDS.ONE, options=options("Ok", "Hard")),
    a_question("rest", when=Condition("load", ("hard",))),
)


def ids(questions: list[Question]) -> list[str]:
    return [one.id for one in questions]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ["work", "load"]),
        ({"work": True}, ["work", "how", "load"]),
        ({"work": False}, ["work", "load"]),
        ({"work": None}, ["work", "load"]),
        ({"work": True, "how": 2}, ["work", "how", "help", "load"]),
        ({"work": True, "how": 3}, ["work", "how", "load"]),
        ({"work": True, "how": 1, "help": ("b",)}, ["work", "how", "help", "load"]),
        ({"work": True, "how": 1, "help": ("b", "c")}, ["work", "how", "help", "why", "load"]),
        ({"work": True, "how": 1, "help": ()}, ["work", "how", "help", "load"]),
        # answers that were given before the first one was changed hold nothing open
        ({"work": False, "how": 1, "help": ("a",), "why": "так"}, ["work", "load"]),
        ({"how": 1, "help": ("a",)}, ["work", "load"]),
        ({"load": "hard"}, ["work", "load", "rest"]),
        ({"load": "ok"}, ["work", "load"]),
        ({"strange": "hard"}, ["work", "load"]),
    ],
)
def test_a_condition_on_a_hidden_question_does_not_hold(answers: Answers, expected: list[str]) -> None:
    assert ids(asked(CHAIN, answers)) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "work"),
        ({"work": True}, "how"),
        ({"work": False}, "load"),
        ({"load": "ok"}, "work"),
        ({"work": False, "load": "hard"}, "rest"),
        ({"work": False, "load": "ok"}, None),
        ({"work": None, "load": "ok"}, None),
        ({"work": True, "how": 1, "help": ("a",), "why": None}, "load"),
    ],
)
def test_the_next_is_the_first_without_an_answer_and_a_skipped_one_has_one(
    answers: Answers, expected: str | None
) -> None:
    found = next_question(CHAIN, answers)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("at", "answers", "expected"),
    [
        ("work", {}, None),
        ("load", {}, "work"),
        ("load", {"work": True}, "how"),
        (None, {"work": False}, "load"),
        (None, {"work": False, "load": "hard"}, "rest"),
        ("rest", {"load": "ok"}, None),
        ("gone", {}, None),
    ],
)
def test_back_goes_to_what_was_asked_before(at: str | None, answers: Answers, expected: str | None) -> None:
    found = before(CHAIN, answers, at)
    assert (found.id if found else None) == expected


def test_nothing_is_before_the_summary_of_nothing() -> None:
    assert before(Form("Пусто", ()), {}, None) is None


def test_a_place_is_counted_among_what_applies_now() -> None:
    how, load, rest = (CHAIN.question(one) for one in ("how", "load", "rest"))
    assert how
    assert load
    assert rest
    assert position(CHAIN, {}, load) == (2, 2)
    assert position(CHAIN, {"work": True}, how) == (2, 3)
    assert position(CHAIN, {"work": True, "how": 1}, load) == (4, 4)
    assert position(CHAIN, {}, rest) == (1, 2)


@pytest.mark.parametrize(
    ("answers", "lacks", "counts"),
    [
        ({}, ["work", "load"], []),
        ({"work": None, "load": "ok"}, ["work"], ["load"]),
        ({"work": True, "how": 1, "help": ("a",), "load": "ok"}, [], ["work", "how", "help", "load"]),
        ({"work": True, "how": 1, "help": ("a",), "why": None, "load": "ok"}, [], ["work", "how", "help", "load"]),
        ({"work": False, "how": 1, "why": "так", "load": "ok"}, [], ["work", "load"]),
        ({"work": False, "load": "hard"}, ["rest"], ["work", "load"]),
    ],
)
def test_what_is_missing_and_what_counts(answers: Answers, lacks: list[str], counts: list[str]) -> None:
    assert ids(missing(CHAIN, answers)) == lacks
    assert engine.given(CHAIN, answers) == {one: answers[one] for one in counts}


def test_skipping_alone_begins_nothing_and_no_counts() -> None:
    assert not is_begun({})
    assert not is_begun({"work": None})
    assert is_begun({"work": False})
    assert is_begun({"n": 0})


def test_how_long_it_takes_leaves_out_what_depends() -> None:
    assert minutes(a_form(a_question("a", KINDS.YES_NO))) == 1
    assert minutes(Form("Пусто", ())) == 1
    five = [a_question(f"q{one}", KINDS.SCALE) for one in range(5)]
    assert minutes(a_form(*five)) == 1
    assert minutes(a_form(*five, a_question("t"))) == 2
    assert minutes(a_form(*five, a_question("t", when=Condition("q0", ("1",))))) == 1


WITH_ASIDES = a_form(
    a_question("a", KINDS.YES_NO),
    a_question("place", KINDS.LOCATION, anywhere=True, unasked=True),
    a_question("b"),
    a_question("files", KINDS.FILE, anywhere=True, required=False),
    a_question("deep", KINDS.FILE, when=Condition("a", ("yes",))),
)
HERE = Place(57.0, 41.0)


def test_what_is_not_asked_in_its_turn_is_passed_over_and_not_counted() -> None:
    a, place, b = WITH_ASIDES.questions[:3]
    assert next_question(WITH_ASIDES, {"a": False}) == b
    assert before(WITH_ASIDES, {"a": False}, "b") == a
    assert before(WITH_ASIDES, {"a": False, "place": HERE}, "place") == a
    assert (position(WITH_ASIDES, {}, b), position(WITH_ASIDES, {}, place)) == ((2, 3), (0, 3))
    assert ids(missing(WITH_ASIDES, {})) == ["a", "b"]


def test_what_is_not_asked_is_listed_where_it_was_answered() -> None:
    assert ids(listed(WITH_ASIDES, {"a": True})) == ["a", "b", "files", "deep"]
    assert ids(listed(WITH_ASIDES, {"place": None})) == ["a", "b", "files"]
    assert ids(listed(WITH_ASIDES, {"place": HERE})) == ["a", "place", "b", "files"]
    assert engine.given(WITH_ASIDES, {"place": HERE}) == {"place": HERE}


@pytest.mark.parametrize(
    ("at", "kind", "expected"),
    [
        ("b", KINDS.FILE, "files"),
        ("deep", KINDS.FILE, "deep"),
        (None, KINDS.FILE, "files"),
        ("a", KINDS.LOCATION, "place"),
        ("a", KINDS.TEXT, None),
    ],
)
def test_what_is_sent_answers_what_is_asked_or_what_takes_it_anywhere(
    at: str | None, kind: QuestionKind, expected: str | None
) -> None:
    question = None if at is None else WITH_ASIDES.question(at)
    found = taking(WITH_ASIDES, {"a": True}, question, kind)
    assert (found.id if found else None) == expected


BASE = a_form(
    a_question("a", KINDS.ONE, options=options("X", "Y")),
    a_question("b", KINDS.NUMBER, least=0, most=10, when=Condition("a", ("x",))),
)


def changed(place: int, **more: Any) -> Form:
    questions = list(BASE.questions)
    questions[place] = replace(questions[place], **more)
    return replace(BASE, questions=tuple(questions))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(BASE, title="Иначе", intro="Да", thanks="Нет"), True),
        (changed(0, text="Иначе?", hint="Смотрите"), True),
        (changed(0, options=(Option("y", "Игрек"), Option("x", "Икс"))), True),
        (changed(1, required=False), True),
        (changed(0, id="c"), False),
        (changed(0, kind=KINDS.SEVERAL), False),
        (changed(0, options=options("X", "Z")), False),
        (changed(0, options=options("X", "Y", "Z")), False),
        (changed(1, least=1), False),
        (changed(1, most=None), False),
        (changed(1, when=None), False),
        (changed(1, when=Condition("a", ("y",))), False),
        (replace(BASE, questions=BASE.questions[:1]), False),
        (replace(BASE, questions=BASE.questions[::-1]), False),
    ],
)
def test_another_wording_is_the_same_shape_and_another_question_is_not(other: Form, *, same: bool) -> None:
    assert same_shape(BASE, other) is same
    assert same_shape(other, BASE) is same


values: st.SearchStrategy[Value] = st.sampled_from([None, True, False, 1, 5, "a", ("a",), (), "1"])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(forms(), st.lists(values, min_size=5, max_size=5), st.integers(0, 5))
def test_going_on_ends_and_back_is_the_way_that_was_gone(form: Form, said: list[Value], first: int) -> None:
    answers: dict[str, Value] = {}
    way: list[str] = []
    while (question := next_question(form, answers)) is not None:
        way.append(question.id)
        answers[question.id] = said[(first + len(way)) % len(said)]
    assert way == ids(asked(form, answers))
    at: str | None = None
    for one in reversed(way):
        found = before(form, answers, at)
        assert found is not None
        assert found.id == one
        at = one
    assert before(form, answers, at) is None
    assert {*engine.given(form, answers)} == {one for one, value in answers.items() if value is not None}
    assert {one.id for one in missing(form, answers)} <= {*way}
