"""Charts: readable on a phone, right numbers on the bars, whatever is written in the options."""

import struct
import subprocess
import sys

import pytest

from domain.form import Form, Option, Question, QuestionKind, Value
from domain.survey_result import QuestionResult, results
from reports.survey_chart import HIGHEST, WIDTH, charts
from texts import Texts

TEXTS = Texts()


def of(question: Question, *values: Value) -> QuestionResult:
    return results(Form("", (question,)), [{question.id: one} for one in values])[0]


def one_of(*texts: str, title: str = "Что помогло?") -> QuestionResult:
    options = tuple(Option(str(place), text) for place, text in enumerate(texts))
    return of(Question("q", title, QuestionKind.ONE, options=options), *(one.id for one in options))


def sizes(pictures: list[bytes]) -> list[tuple[int, int]]:
    """(width, height) of each PNG."""
    assert all(one.startswith(b"\x89PNG") for one in pictures)
    return [struct.unpack(">II", one[16:24]) for one in pictures]


def is_fit(pictures: list[bytes]) -> bool:
    fits = all(wide == WIDTH and high <= HIGHEST for wide, high in sizes(pictures))
    return fits and all(len(one) < 300_000 for one in pictures)


def test_a_few_questions_share_a_picture_and_many_take_several() -> None:
    scale = of(Question("q", "Понятно?", QuestionKind.SCALE), 5, 4, 4)
    yes = of(Question("q", "Трудно?", QuestionKind.YES_NO), True, False)
    assert len(charts("Опрос", [scale, yes], TEXTS)) == 1
    pictures = charts("Опрос", [scale, yes] * 3, TEXTS)
    assert (len(pictures), is_fit(pictures)) == (3, True)


def test_a_question_with_thirty_options_goes_on_in_the_next_picture() -> None:
    long = "Вариант ответа, который занимает на экране телефона больше одной строки, и даже больше двух строк, номер"
    pictures = charts("Опрос", [one_of(*(f"{long} {place}" for place in range(30)))], TEXTS)
    assert len(pictures) > 3
    assert is_fit(pictures)


@pytest.mark.parametrize(
    "text",
    [
        "😀🎉 Праздник 🎉",
        "🎉",
        "👨‍👩‍👧",
        "$x^2$ и \\frac{1}{2} за $5",
        "$",
        "שלום עולם",
        "مرحبا بالعالم",
        "\u202eнаоборот\u202c",
        "<b>жирно</b> & «кавычки»",
        "Ж" * 4000,
        "é и й",
        "日本語",
        "строка\nдругая\tтретья",
        "½ ⅓ № ₽ — …",
    ],
)
def test_whatever_is_written_is_drawn_without_a_warning(text: str) -> None:
    pictures = charts(text, [one_of(text, "Куратор", title=text)], TEXTS)
    assert (len(pictures), is_fit(pictures)) == (1, True)


def test_what_nobody_answered_and_words_are_not_drawn() -> None:
    text = of(Question("q", "Что именно?", QuestionKind.TEXT), "отчёты")
    nobody = of(Question("q", "Понятно?", QuestionKind.SCALE))
    assert charts("Опрос", [text, nobody], TEXTS) == []


def test_the_same_answers_give_the_same_picture_and_others_another() -> None:
    scale = Question("q", "Понятно?", QuestionKind.SCALE)
    same = [charts("Опрос", [of(scale, 5, 4)], TEXTS) for _ in range(2)]
    assert same[0] == same[1] != charts("Опрос", [of(scale, 5, 3)], TEXTS)


def test_matplotlib_is_not_imported_before_something_is_drawn() -> None:
    code = "import sys, bot.core; print('matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
