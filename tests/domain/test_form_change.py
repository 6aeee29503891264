"""What another form in the place of one changes; and what may be typed for a quick poll."""

from dataclasses import replace

import pytest

from domain.form import Form, Option, Question, QuestionKind
from domain.form_change import FormChangeKind, form_change
from domain.refusal import Refusal
from domain.survey_poll import poll_form, poll_options, title_of

K = FormChangeKind
A, B, C = (Question(one, f"{one}?", QuestionKind.YES_NO) for one in "abc")
ONE = Question("a", "a?", QuestionKind.ONE, options=(Option("x", "Икс"), Option("y", "Игрек")))


@pytest.mark.parametrize(
    ("before", "after", "changes", "keeps"),
    [
        ((A, B), (A, B), [], True),
        ((A, B), (A, replace(B, text="Иначе?", hint="и так")), [(K.REWORDED, 2)], True),
        ((A, B), (B, A), [(K.MOVED, 1), (K.MOVED, 2)], False),
        ((A, B), (A, C, B), [(K.ADDED, 2)], False),
        ((A, B), (B,), [(K.REMOVED, 1)], False),
        ((A,), (ONE,), [(K.CHANGED, 1)], False),
        ((ONE,), (replace(ONE, options=(Option("x", "X"), Option("y", "Y"))),), [(K.REWORDED, 1)], True),
    ],
)
def test_every_question_that_is_not_the_same_is_told(
    before: tuple[Question, ...], after: tuple[Question, ...], changes: list[tuple[K, int]], keeps: bool
) -> None:
    found = form_change(Form("Опрос", before), Form("Опрос", after))
    assert [(one.kind, one.number) for one in found.questions] == changes
    assert (found.is_nothing, found.keeps_answers) == (not changes, keeps)


def test_another_heading_is_a_change() -> None:
    assert not form_change(Form("Опрос", (A,)), Form("Опрос", (A,), thanks="Спасибо")).is_nothing


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Придёте \t завтра?\n\n", "Придёте завтра?"),
        ("Первая строка\n вторая?", "Первая строка\nвторая?"),
        ("\u202eПридёте?", "Придёте?"),
        ("<b>&</b> да? 👨‍👩‍👧", "<b>&</b> да? 👨‍👩‍👧"),
    ],
)
def test_a_question_is_kept_as_everybody_sees_it(typed: str, text: str) -> None:
    assert poll_form(typed).questions[0].text == text


def test_a_title_is_one_line_and_never_too_long() -> None:
    assert title_of("Первая\nвторая") == "Первая вторая"
    assert len(title_of("я" * 600)) == 100


def test_options_keep_their_order_and_signs_that_are_not_seen_are_none() -> None:
    assert poll_options("👍\n\u200b\n Не  знаю ") == (Option("1", "👍"), Option("2", "Не знаю"))
    with pytest.raises(Refusal, match=r"survey_poll\.how-many-options"):
        poll_options("\u200b\n\u2066\n")
