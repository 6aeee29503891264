"""What an answer may be."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.form import FormFile, Option, Place, Question, QuestionKind, Value
from domain.form_value import (
    answers_from,
    answers_kept,
    as_kept,
    chosen,
    files_of,
    from_kept,
    is_confirmed_first,
    placed,
    pressed,
    scale,
    skipped,
    toggled,
    typed,
    with_file,
)
from domain.refusal import Refusal
from tests.domain.forms import a_question, options

KINDS = QuestionKind
TODAY = date(2022, 3, 10)  # Thursday
ONE = a_question("one", KINDS.ONE, options=options("Да", "Нет", "Не знаю"))
SEVERAL = a_question("several", KINDS.SEVERAL, options=options("A", "B", "C"), most=2)
SCHOOLS = a_question(
    "school",
    KINDS.SCHOOL,
    options=(Option("7", "МБОУ «СОШ № 1» г. Шуя"), Option("8", "МБОУ СОШ № 12 г. Шуя"), Option("9", "Лицей")),
)
TEN = a_question("ten", KINDS.SCALE, least=0, most=10)
YES_NO = a_question("yes", KINDS.YES_NO)
TEXT = a_question("text", KINDS.TEXT)
LONG = a_question("long", KINDS.TEXT, length=4000)
NUMBER = a_question("number", KINDS.NUMBER)
DAY = a_question("day", KINDS.DATE)
FILES = a_question("files", KINDS.FILE, most=2)
PLACE = a_question("place", KINDS.LOCATION)
LINES = a_question("lines", KINDS.LINES, most=3, length=40)
FREE = a_question("free", KINDS.LINES, required=False)
QUICK = a_question(
    "quick", KINDS.DATE, options=(Option("20220309", "9 марта, ср"), Option("20220314", "14 марта, пн")), past=True
)
PHOTO = FormFile(1, "Снимок.jpg", "m:1", is_photo=True)


def refused(act: Any, *args: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refusal) as caught:
        act(*args)
    return caught.value.reason.removeprefix("form."), caught.value.details


# --- Pressed


@pytest.mark.parametrize(
    ("question", "option", "value"),
    [(ONE, "нет", "нет"), (SCHOOLS, "8", "8"), (YES_NO, "yes", True), (YES_NO, "no", False), (TEN, "0", 0),
     (TEN, "10", 10), (QUICK, "20220314", date(2022, 3, 14)), (a_question("s", KINDS.SCALE), "5", 5),
     (a_question("s", KINDS.SCALE, least=-2), "-2", -2)],
)  # fmt: skip
def test_a_button_s_answer(question: Question, option: str, value: Value) -> None:
    found = pressed(question, option)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("question", "option"),
    [(ONE, "gone"), (ONE, ""), (SCHOOLS, "10"), (YES_NO, "да"), (YES_NO, "1"), (TEN, "11"), (TEN, "-1"), (TEN, "01"),
     (TEN, "+1"), (TEN, "1.0"), (TEN, "nan"), (TEXT, "yes"), (SEVERAL, "a"), (NUMBER, "1"), (FILES, "1"),
     (DAY, "20220314"), (QUICK, "20220315"), (QUICK, "2022-03-14"), (LINES, "a")],
)  # fmt: skip
def test_a_forged_or_old_button_is_refused(question: Question, option: str) -> None:
    assert refused(pressed, question, option) == ("no-option", {})


def test_a_scale_is_from_1_to_5_unless_it_says_otherwise() -> None:
    assert list(scale(a_question("s", KINDS.SCALE))) == [1, 2, 3, 4, 5]
    assert list(scale(a_question("s", KINDS.SCALE, least=0))) == [0, 1, 2, 3, 4, 5]
    assert list(scale(a_question("s", KINDS.SCALE, most=3))) == [1, 2, 3]


def test_several_are_kept_in_the_order_of_the_form_and_taken_back() -> None:
    value = toggled(SEVERAL, None, "c")
    value = toggled(SEVERAL, value, "a")
    assert value == ("a", "c")
    assert refused(toggled, SEVERAL, value, "b") == ("too-many-options", {"limit": 2})
    assert toggled(SEVERAL, value, "a") == ("c",)
    assert refused(toggled, SEVERAL, value, "gone") == ("no-option", {})
    assert refused(toggled, ONE, None, "да") == ("no-option", {})


def test_one_too_many_from_another_form_can_be_taken_back() -> None:
    assert toggled(SEVERAL, ("a", "b", "c"), "b") == ("a", "c")


def test_several_are_finished_where_they_are_enough() -> None:
    least = a_question("s", KINDS.SEVERAL, options=options("A", "B", "C"), least=2)
    free = a_question("s", KINDS.SEVERAL, options=options("A", "B"), required=False)
    assert chosen(SEVERAL, ("a",)) == ("a",)
    assert refused(chosen, SEVERAL, ()) == ("too-few-options", {"limit": 1})
    assert refused(chosen, SEVERAL, None) == ("too-few-options", {"limit": 1})
    assert refused(chosen, least, ("a",)) == ("too-few-options", {"limit": 2})
    assert chosen(free, ()) is None


# --- Typed


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (TEN, " 7 ", 7),
        (YES_NO, "Да.", True),
        (YES_NO, "ДА", True),
        (YES_NO, "+", True),
        (YES_NO, "нет", False),
        (YES_NO, "—", False),
        (ONE, "нет", "нет"),
        (ONE, "НЕ ЗНАЮ", "не знаю"),
        (ONE, "не з", "не знаю"),
        (SCHOOLS, "лицей", "9"),
        (SCHOOLS, "лиц", "9"),
        (SCHOOLS, "СОШ № 1", "7"),
        (SCHOOLS, "№ 12", "8"),
        (SCHOOLS, "мбоу сош № 12 г. шуя", "8"),
        (NUMBER, "12", 12),
        (NUMBER, "1,5", 1.5),
        (NUMBER, "1.50", 1.5),
        (NUMBER, "-3", -3),
        (NUMBER, "−3", -3),
        (NUMBER, "+3", 3),
        (NUMBER, "12 345", 12345),
        (NUMBER, "1\u00a0234\u202f567,5", 1234567.5),
        (NUMBER, "007", 7),
        (NUMBER, "999999999999999", 999999999999999),
        (DAY, "15.03", date(2022, 3, 15)),
        (DAY, "завтра", date(2022, 3, 11)),
        (QUICK, "вчера", date(2022, 3, 9)),
        (QUICK, "11.05", date(2021, 5, 11)),
        (LINES, "Ремонт", ("Ремонт",)),
        (LINES, "1. Ремонт\n\n2) Кадры \r\n- Питание", ("Ремонт", "Кадры", "Питание")),
        (LINES, "• Ремонт\n — Кадры", ("Ремонт", "Кадры")),
        (LINES, "12.03 педсовет\n-5 в классе\n1,5 ставки", ("12.03 педсовет", "-5 в классе", "1,5 ставки")),
        (LINES, "1.Ремонт\n10. Кадры\n2022 год", ("Ремонт", "Кадры", "2022 год")),
        (LINES, "нет спортзала", ("нет спортзала",)),
        (LINES, "<b>а</b>\nб\u202eв", ("<b>а</b>", "бв")),
        (LINES, "я" * 40, ("я" * 40,)),
        (DAY, "пятница", date(2022, 3, 11)),
        (DAY, "15 марта 2023", date(2023, 3, 15)),
        (TEXT, "  две\r\nстроки \n", "две\nстроки"),
        (TEXT, "<b>жирно</b> & {{ x }}", "<b>жирно</b> & {{ x }}"),
        (TEXT, "👨‍👩‍👧 🎉", "👨‍👩‍👧 🎉"),
        (TEXT, "а\u202eб\u200bв\ufeff", "абв"),
        (TEXT, "со\u00adтрудник", "сотрудник"),
        (TEXT, "а\x00б\tв\u2028г", "а б в г"),
        (TEXT, "مرحبا", "مرحبا"),
        (TEXT, "я" * 1000, "я" * 1000),
        (LONG, "🎉" * 4000, "🎉" * 4000),
    ],
)
def test_what_is_typed_is_understood(question: Question, text: str, value: Value) -> None:
    found = typed(question, text, TODAY)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        (TEN, "11", "press-please"),
        (TEN, "семь", "press-please"),
        (YES_NO, "не знаю", "press-please"),
        (YES_NO, "", "press-please"),
        (ONE, "н", "press-please"),
        (ONE, "знаю", "press-please"),
        (ONE, "", "press-please"),
        (ONE, "«»", "press-please"),
        (SCHOOLS, "сош", "press-please"),
        (SCHOOLS, "ицей", "press-please"),
        (SCHOOLS, "№ 2", "press-please"),
        (SEVERAL, "A", "press-please"),
        (FILES, "вот", "file-please"),
        (PLACE, "Шуя", "location-please"),
        (NUMBER, "", "no-number"),
        (NUMBER, "много", "no-number"),
        (NUMBER, "nan", "no-number"),
        (NUMBER, "inf", "no-number"),
        (NUMBER, "-Infinity", "no-number"),
        (NUMBER, "1e400", "no-number"),
        (NUMBER, "9" * 16, "no-number"),
        (NUMBER, "9" * 5000, "no-number"),
        (NUMBER, "0x10", "no-number"),
        (NUMBER, "١٢", "no-number"),
        (NUMBER, "1 2", "no-number"),
        (NUMBER, "12\n345", "no-number"),
        (NUMBER, "1,2,3", "no-number"),
        (NUMBER, "5%", "no-number"),
        (TEXT, " \n ", "no-text"),
        (TEXT, "\u200b\u200d\u2060", "no-text"),
        (TEXT, "я" * 1001, "long-text"),
        (LONG, "я" * 4001, "long-text"),
        (LINES, " \n- \n1.\n\u200b", "no-text"),
        (LINES, "", "no-text"),
        (LINES, "нет", "required"),
        (LINES, "-", "required"),
        (LINES, "а\nб\nв\nг", "too-many-lines"),
        (LINES, "а\n" + "я" * 41, "long-line"),
        (QUICK, "завтра", "not-yet"),
        (QUICK, "11.03.2022", "not-yet"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(question: Question, text: str, reason: str) -> None:
    assert refused(typed, question, text, TODAY)[0] == reason


def test_no_day_of_the_calendar_is_refused_in_the_words_of_days() -> None:
    assert refused(typed, DAY, "31.02", TODAY)[0] == "typed_day.impossible"
    assert refused(typed, DAY, "когда-нибудь", TODAY)[0] == "typed_day.not-a-day"


@pytest.mark.parametrize(
    "text", ["нет", " Нет. ", "НЕ ИМЕЕТСЯ", "-", "—", "Замечаний нет", "нет предложений", "Договорённостей не имеется"]
)
def test_no_lines_in_a_word_are_skipped(text: str) -> None:
    assert typed(FREE, text, TODAY) is None


def test_what_is_wrong_with_lines_is_said_with_numbers() -> None:
    assert refused(typed, LINES, "а\nб\nв\nг", TODAY)[1] == {"limit": 3, "count": 4}
    assert refused(typed, LINES, "а\n" + "я" * 41, TODAY)[1] == {"number": 2, "limit": 40, "length": 41}
    assert refused(typed, FREE, "а\n" * 11, TODAY)[1] == {"limit": 10, "count": 11}


def test_the_bounds_of_a_number_are_said() -> None:
    bounded = a_question("n", KINDS.NUMBER, least=0, most=100)
    assert (typed(bounded, "0", TODAY), typed(bounded, "100", TODAY)) == (0, 100)
    assert refused(typed, bounded, "100,5", TODAY) == ("number-outside", {"least": 0, "most": 100})
    assert refused(typed, a_question("n", KINDS.NUMBER, least=1), "0", TODAY)[1] == {"least": 1, "most": None}


def test_a_long_text_is_refused_with_both_lengths() -> None:
    assert refused(typed, TEXT, "я" * 1001, TODAY) == ("long-text", {"limit": 1000, "length": 1001})
    huge = a_question("t", KINDS.TEXT, length=9000)
    assert refused(typed, huge, "я" * 4001, TODAY) == ("long-text", {"limit": 4000, "length": 4001})


@given(
    st.text(max_size=60),
    st.sampled_from([TEN, YES_NO, ONE, SCHOOLS, NUMBER, DAY, QUICK, TEXT, FILES, PLACE, SEVERAL, LINES]),
)
def test_anything_typed_is_an_answer_that_is_kept_or_a_refusal(text: str, question: Question) -> None:
    try:
        value = typed(question, text, TODAY)
    except Refusal:
        return
    assert value is not None
    assert from_kept(json.loads(json.dumps(as_kept(value)))) == value


# --- Files, places, skipping


def test_the_same_file_again_adds_nothing_and_one_too_many_is_refused() -> None:
    value = with_file(FILES, None, PHOTO)
    assert value == (PHOTO,)
    assert with_file(FILES, value, FormFile(2, "b", "m:1")) == value
    assert with_file(FILES, value, FormFile(1, "b", "m:9")) == value
    value = with_file(FILES, value, FormFile(2, "b", "m:2"))
    assert refused(with_file, FILES, value, FormFile(3, "c", "m:3")) == ("too-many-files", {"limit": 2})
    assert refused(with_file, TEXT, None, PHOTO) == ("no-file-please", {})


@pytest.mark.parametrize(("most", "limit"), [(None, 10), (9, 9), (30, 30), (50, 30)])
def test_ten_files_at_most_or_as_many_as_the_form_says_up_to_thirty(most: int | None, limit: int) -> None:
    many: Value = tuple(FormFile(one, "a", f"m:{one}") for one in range(limit))
    free = a_question("f", KINDS.FILE, most=most)
    assert refused(with_file, free, many, FormFile(99, "a", "m:99")) == ("too-many-files", {"limit": limit})


@pytest.mark.parametrize(("value", "files"), [((PHOTO,), (PHOTO,)), (("a",), ()), (None, ()), ("a", ()), (5, ())])
def test_the_files_of_an_answer(value: Value, files: tuple[FormFile, ...]) -> None:
    assert files_of(value) == files


def test_a_place_is_taken_where_one_is_asked() -> None:
    assert placed(PLACE, 57.0000049, 40.987654321) == Place(57.0, 40.98765)
    assert refused(placed, TEXT, 57, 40) == ("no-location-please", {})


def test_what_must_be_answered_is_not_skipped() -> None:
    assert refused(skipped, TEXT) == ("required", {})
    assert skipped(a_question("t", required=False)) is None


def test_days_and_numbers_and_what_is_echoed_are_confirmed_first() -> None:
    assert all(is_confirmed_first(a_question("q", one, echoed=True)) for one in KINDS)
    assert {one for one in KINDS if is_confirmed_first(a_question("q", one))} == {KINDS.DATE, KINDS.NUMBER}


# --- Kept

numbers = st.floats(allow_nan=False, allow_infinity=False)
kept_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    numbers,
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.builds(Place, numbers, numbers),
    st.lists(st.text("abc1-_", min_size=1)).map(tuple),
    st.lists(st.builds(FormFile, st.integers(), st.text("я.a"), st.text("m:1"), st.booleans()), min_size=1).map(tuple),
)


@given(st.dictionaries(st.text("abc", min_size=1), kept_values, max_size=6))
def test_answers_are_the_same_after_the_database(answers: dict[str, Value]) -> None:
    found = answers_from(json.loads(json.dumps(answers_kept(answers))))
    assert found == answers
    assert {one: type(value) for one, value in found.items()} == {one: type(value) for one, value in answers.items()}


@pytest.mark.parametrize("raw", [{}, {"day": 5}, {"place": [1]}, {"strange": "a"}])
def test_what_no_answer_is_kept_as_is_an_error(raw: Any) -> None:
    with pytest.raises(ValueError, match="no answer is kept as dict"):
        from_kept(raw)
