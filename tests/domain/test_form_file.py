"""A form's file is read whole, or refused with everything that is wrong in it."""

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.form import FILE_KINDS, Condition, Form, Option, Question, QuestionKind, minutes
from domain.form_file import FormDefect, FormFileError, anonymous_defects, form_data, form_of, read_form
from domain.roadmap_file import read_roadmap
from domain.survey import PARTICIPANTS
from reports.form_words import defect_line
from storage.shipped_form import UnknownFormError, shipped_form, shipped_forms
from tests.domain.forms import forms
from texts import Texts

TEXTS = Texts()
ROOT = Path(__file__).parents[2]

GOOD = """
title = "Опрос <b>первый</b>"
intro = "Две строки:\\nвторая."
thanks = "Спасибо."

[[questions]]
id = "clear"
text = "Насколько понятно?"
kind = "scale"
least = 0
most = 10
ends = ["совсем нет", "полностью"]

[[questions]]
id = "helped"
text = "Что помогло?"
kind = "several"
most = 2
options = [{ id = "visits", text = "Посещения" }, { id = "else", text = "Другое" }]

[[questions]]
id = "hard"
text = "Что трудно?"
kind = "one"
options = ["Время", "Люди"]
when = { question = "clear", any_of = [0, 1, "2"] }

[[questions]]
id = "why"
text = "Почему?"
kind = "text"
required = false
hint = "Своими словами"
length = 500
when = { question = "hard", any_of = ["люди"] }

[[questions]]
id = "ok"
text = "Всё верно?"
kind = "yes-no"

[[questions]]
id = "day"
text = "Когда?"
kind = "date"
when = { question = "ok", any_of = ["Да"] }
"""


def parsed() -> dict[str, Any]:
    return tomllib.loads(GOOD)


def defects(raw: dict[str, Any]) -> tuple[FormDefect, ...]:
    with pytest.raises(FormFileError) as caught:
        form_of(raw)
    return caught.value.defects


def read_if_any(raw: dict[str, Any]) -> tuple[Form | None, tuple[FormDefect, ...]]:
    try:
        return form_of(raw), ()
    except FormFileError as error:
        return None, error.defects


def brief(raw: dict[str, Any]) -> list[tuple[int | None, str, str]]:
    return [(one.number, one.field, one.reason.partition(".")[2]) for one in defects(raw)]


def test_a_good_file_is_read_whole() -> None:
    kinds = QuestionKind
    assert read_form(GOOD) == Form(
        "Опрос <b>первый</b>",
        (
            Question("clear", "Насколько понятно?", kinds.SCALE, least=0, most=10, ends=("совсем нет", "полностью")),
            Question(
                "helped",
                "Что помогло?",
                kinds.SEVERAL,
                options=(Option("visits", "Посещения"), Option("else", "Другое")),
                most=2,
            ),
            Question(
                "hard",
                "Что трудно?",
                kinds.ONE,
                options=(Option("1", "Время"), Option("2", "Люди")),
                when=Condition("clear", ("0", "1", "2")),
            ),
            Question(
                "why",
                "Почему?",
                kinds.TEXT,
                required=False,
                hint="Своими словами",
                length=500,
                when=Condition("hard", ("2",)),
            ),
            Question("ok", "Всё верно?", kinds.YES_NO),
            Question("day", "Когда?", kinds.DATE, when=Condition("ok", ("yes",))),
        ),
        "Две строки:\nвторая.",
        "Спасибо.",
    )


def test_the_mark_of_windows_notepad_is_no_defect() -> None:
    assert read_form("\ufeff" + GOOD) == read_form(GOOD)


@pytest.mark.parametrize(
    ("text", "reason", "details"),
    [
        ("title = 'а'\nintro = ", "form_file.broken", {"line": "2", "column": "9"}),
        ("questions = [", "form_file.broken", {"line": "1", "column": "14"}),
        ("a = " + "9" * 5000, "form_file.unreadable", {}),
        ("a = " + "[" * 5000, "form_file.unreadable", {}),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(text: str, reason: str, details: dict[str, str]) -> None:
    with pytest.raises(FormFileError) as caught:
        read_form(text)
    assert caught.value.defects == (FormDefect(None, "", "", reason, details),)


GONE = object()
LONG = "а" * 601


def case(where: str, put: Any, number: int | None, field: str, reason: str, /, **details: str) -> Any:
    return pytest.param(where, put, number, field, f"form_file.{reason}", details, id=f"{where}-{reason}")


CASES = [
    case("title", GONE, None, "title", "missing"),
    case("title", "", None, "title", "empty"),
    case("title", "а" * 101, None, "title", "too-long", max="100", length="101"),
    case("title", "а\nб", None, "title", "control-character"),
    case("title", 5, None, "title", "not-text"),
    case("intro", "а" * 1001, None, "intro", "too-long", max="1000", length="1001"),
    case("thanks", "а\u202eб", None, "thanks", "hidden-sign"),
    case("author", "Анна", None, "author", "unknown-field"),
    case("questions", GONE, None, "questions", "no-questions"),
    case("questions", [], None, "questions", "no-questions"),
    case("questions", "нет", None, "questions", "not-list"),
    case("questions.6", "Почему?", 7, "", "not-table"),
    case("questions.0.id", GONE, 1, "id", "missing"),
    case("questions.4.id", "Да", 5, "id", "bad-id"),
    case("questions.4.id", "a" * 17, 5, "id", "bad-id"),
    case("questions.5.id", "ok", 6, "id", "duplicate", value="ok"),
    case("questions.1.text", LONG, 2, "text", "too-long", max="600", length="601"),
    case("questions.1.text", "а\x07", 2, "text", "hidden-sign"),
    case("questions.1.hint", "а" * 301, 2, "hint", "too-long", max="300", length="301"),
    case("questions.1.kind", "many", 2, "kind", "bad-choice", allowed=", ".join(FILE_KINDS)),
    case("questions.1.kind", "lines", 2, "kind", "bad-choice", allowed=", ".join(FILE_KINDS)),
    case("questions.1.required", "да", 2, "required", "not-yes-or-no"),
    case("questions.1.color", "red", 2, "color", "unknown-field"),
    case("questions.1.options", GONE, 2, "options", "no-options"),
    case("questions.2.options", ["Время"], 3, "options", "one-option"),
    case("questions.2.options", "Время", 3, "options", "not-list"),
    case("questions.1.options", [str(one) for one in range(31)], 2, "options", "too-many", max="30", count="31"),
    case("questions.1.options.1", {"id": "visits", "text": "Б"}, 2, "options", "duplicate", value="visits"),
    case("questions.1.options.1", "«посещения»", 2, "options", "duplicate", value="«посещения»"),
    case("questions.1.options.1.id", "Ё", 2, "options[2].id", "bad-option-id"),
    case("questions.1.options.1.id", "a" * 13, 2, "options[2].id", "bad-option-id"),
    case("questions.1.options.1.text", "а" * 101, 2, "options[2].text", "too-long", max="100", length="101"),
    case("questions.1.options.1.text", "", 2, "options[2].text", "empty"),
    case("questions.3.options", ["Да", "Нет"], 4, "options", "needless"),
    case("questions.1.most", 3, 2, "most", "out-of-range", min="1", max="2"),
    case("questions.1.most", 0, 2, "most", "out-of-range", min="1", max="2"),
    case("questions.1.most", "2", 2, "most", "not-number"),
    case("questions.1.most", 1.5, 2, "most", "not-number"),
    case("questions.1.least", 3, 2, "least", "out-of-range", min="1", max="2"),
    case("questions.4.least", 1, 5, "least", "needless"),
    case("questions.4.most", 1, 5, "most", "needless"),
    case("questions.0.most", 11, 1, "most", "wide-scale", max="11", count="12"),
    case("questions.0.least", 10, 1, "most", "narrow-scale", least="10", most="10"),
    case("questions.0.most", 101, 1, "most", "out-of-range", min="-100", max="100"),
    case("questions.0.ends", ["нет"], 1, "ends", "two-ends"),
    case("questions.0.ends", ["нет", "да", "ещё"], 1, "ends", "two-ends"),
    case("questions.0.ends", ["нет", ""], 1, "ends[2]", "empty"),
    case("questions.3.ends", ["нет", "да"], 4, "ends", "needless"),
    case("questions.4.length", 10, 5, "length", "needless"),
    case("questions.3.length", 4001, 4, "length", "out-of-range", min="1", max="4000"),
    case("questions.3.length", 0, 4, "length", "out-of-range", min="1", max="4000"),
    case("questions.3.when", "hard", 4, "when", "not-table"),
    case("questions.3.when.question", "hrad", 4, "when.question", "unknown-question", id="hrad"),
    case("questions.3.when.question", "why", 4, "when.question", "on-itself", id="why"),
    case("questions.5.when.question", "why", 6, "when.question", "no-condition", id="why"),
    case("questions.3.when.any_of", [], 4, "when.any_of", "empty"),
    case("questions.3.when.any_of", ["3"], 4, "when.any_of[1]", "unknown-answer", id="hard", value="3"),
    case("questions.3.when.any_of", ["1", "Время"], 4, "when.any_of[2]", "duplicate", value="Время"),
    case("questions.2.when.any_of", [11], 3, "when.any_of[1]", "unknown-answer", id="clear", value="11"),
    case("questions.5.when.any_of", [True, "может быть"], 6, "when.any_of[2]", "unknown-answer", id="ok",
         value="может быть"),
    case("questions.2.when", {"question": "ok", "any_of": ["yes"]}, 3, "when.question", "on-later", id="ok"),
]  # fmt: skip


def changed(where: str, value: Any) -> dict[str, Any]:
    raw = copy.deepcopy(parsed())
    *way, last = (int(part) if part.isdigit() else part for part in where.split("."))
    target: Any = raw
    for part in way:
        target = target[part]
    if value is GONE:
        del target[last]
    elif isinstance(target, list) and last == len(target):
        target.append(value)
    else:
        target[last] = value
    return raw


_ALSO = {
    "questions.0.id": {"unknown-question"},
    "questions.4.id": {"unknown-question"},
    "questions.5.id": set(),
    "questions.2.options": {"unknown-answer", "duplicate"},
    "questions.0.least": {"unknown-answer"},
    "questions.2.when": set(),
}
"""What else is wrong by the same change, as others refer to it."""


@pytest.mark.parametrize(("where", "value", "number", "field", "reason", "details"), CASES)
def test_one_wrong_field_is_one_defect(
    where: str, value: Any, number: int | None, field: str, reason: str, details: dict[str, str]
) -> None:
    found = defects(changed(where, value))
    (told,) = [one for one in found if one.reason == reason]
    assert (told.number, told.field, told.details) == (number, field, details)
    others = {one.reason.partition(".")[2] for one in found if one is not told}
    assert others <= _ALSO.get(where, set())
    assert defect_line(told, TEXTS)


def test_a_defect_is_said_with_its_question_and_field() -> None:
    (told,) = defects(changed("questions.1.options.1.text", ""))
    assert told.question == "helped"
    assert defect_line(told, TEXTS) == "Вопрос 2 (helped), options[2].text: Поле пустое. Заполните его."
    (told,) = defects(changed("title", ""))
    assert defect_line(told, TEXTS) == "title: Поле пустое. Заполните его."


def test_everything_wrong_is_told_at_once_in_the_order_of_the_form() -> None:
    raw = parsed()
    raw["title"] = ""
    raw["questions"][0]["kind"] = "шкала"
    raw["questions"][1]["options"][1]["id"] = "Б"
    raw["questions"][3]["id"] = "hard"
    raw["questions"][3]["text"] = ""
    raw["questions"][5]["when"]["question"] = "okk"
    assert brief(raw) == [
        (None, "title", "empty"),
        (1, "kind", "bad-choice"),
        (2, "options[2].id", "bad-option-id"),
        (4, "text", "empty"),
        (4, "id", "duplicate"),
        (6, "when.question", "unknown-question"),
    ]


def asks(question_id: str, on: str | None = None) -> dict[str, Any]:
    when = {} if on is None else {"when": {"question": on, "any_of": ["yes"]}}
    return {"id": question_id, "text": "Да?", "kind": "yes-no", **when}


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ([asks("a", "b"), asks("b", "a")], [(1, "loop", "a → b → a")]),
        ([asks("x"), asks("a", "c"), asks("b", "a"), asks("c", "b")], [(2, "loop", "a → c → b → a")]),
        ([asks("a", "b"), asks("b", "a"), asks("c", "d"), asks("d", "c")],
         [(1, "loop", "a → b → a"), (3, "loop", "c → d → c")]),
        ([asks("z", "a"), asks("a", "b"), asks("b", "a")], [(1, "on-later", "a"), (2, "loop", "a → b → a")]),
        ([asks("a", "a")], [(1, "on-itself", "a")]),
        ([asks("a", "b"), asks("b")], [(1, "on-later", "b")]),
    ],
)  # fmt: skip
def test_a_loop_is_named_once_as_a_loop(questions: list[dict[str, Any]], told: list[tuple[int, str, str]]) -> None:
    found = defects({"title": "Круг", "questions": questions})
    assert [(one.number, one.reason.partition(".")[2], *one.details.values()) for one in found] == told


def test_a_chain_of_forty_conditions_is_fine_and_41_questions_are_too_many() -> None:
    chain = [asks("q0"), *(asks(f"q{one}", f"q{one - 1}") for one in range(1, 41))]
    assert len(form_of({"title": "Цепь", "questions": chain[:40]}).questions) == 40
    (told,) = defects({"title": "Цепь", "questions": chain})
    assert (told.field, told.reason, told.details) == ("questions", "form_file.too-many", {"max": "40", "count": "41"})


def test_what_is_asked_of_nobody_anonymously_is_named() -> None:
    kinds = ("file", "location", "school", "text")
    raw = [{"id": one, "text": "?", "kind": one} for one in kinds]
    found = anonymous_defects(form_of({"title": "Т", "questions": raw}))
    assert [(one.number, one.question, one.reason) for one in found] == [
        (number, one, "form_file.tells-who") for number, one in enumerate(kinds[:3], 1)
    ]
    assert anonymous_defects(read_form(GOOD)) == ()


def test_every_reason_has_its_sentence() -> None:
    reasons = {one.values[4] for one in CASES} | {
        f"form_file.{one}" for one in ("loop", "tells-who", "broken", "unreadable", "not-valid")
    }
    assert {one for one in reasons if not TEXTS.has(one)} == set()


# --- Round trips and anything at all


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=80)
@given(forms())
def test_any_form_is_the_same_after_the_database(form: Form) -> None:
    assert form_of(json.loads(json.dumps(form_data(form), ensure_ascii=False))) == form


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(
    ["one", "scale", "yes-no", "several", "a", "b", "yes", "1"]
)  # fmt: skip
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
fields = st.sampled_from(
    ["id", "text", "kind", "required", "hint", "options", "least", "most", "length", "ends", "when", "question"]
)
documents = st.fixed_dictionaries(
    {
        "title": anything,
        "questions": st.lists(
            st.dictionaries(fields, anything | st.dictionaries(st.sampled_from(["question", "any_of"]), anything))
            | anything,
            max_size=4,
        )
        | anything,
    }
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(documents)
def test_whatever_stands_in_the_document_is_a_form_or_defects_that_can_be_said(raw: dict[str, Any]) -> None:
    found, told = read_if_any(raw)
    assert (found is None) == bool(told)
    assert all(defect_line(one, TEXTS) for one in told)
    assert found is None or form_of(form_data(found)) == found


# --- The shipped forms

SHARED = {"clear", "curator", "support", "load", "ready", "helped", "hardest", "opinion"}


def test_the_three_forms_of_the_year_are_there() -> None:
    assert shipped_forms() == ["first-survey", "second-survey", "third-survey"]
    with pytest.raises(UnknownFormError):
        shipped_form("../roadmaps/ivanovo-2022")


@pytest.mark.parametrize("slug", ["first-survey", "second-survey", "third-survey"])
def test_a_shipped_form_is_short_and_can_be_compared_and_be_anonymous(slug: str) -> None:
    form = shipped_form(slug)
    assert {one.id for one in form.questions} >= SHARED
    assert 8 <= len(form.questions) <= 10
    assert minutes(form) <= 4
    assert sum(one.when is not None for one in form.questions) == 1
    assert anonymous_defects(form) == ()
    assert form.intro
    assert form.thanks


def test_the_shared_questions_have_the_same_shape_in_all_three() -> None:
    found = [shipped_form(slug) for slug in shipped_forms()]
    for one in SHARED:
        asked = [form.question(one) for form in found]
        assert (
            len({(each.kind, each.least, each.most, tuple(o.id for o in each.options)) for each in asked if each}) == 1
        )


def test_the_surveys_of_the_order_name_forms_that_are_there() -> None:
    roadmap = read_roadmap((ROOT / "roadmaps" / "ivanovo-2022.toml").read_text(encoding="utf-8"))
    assert [(one.item, one.form, one.anonymous) for one in roadmap.surveys] == [
        (16, "first-survey", False),
        (26, "second-survey", False),
        (30, "third-survey", False),
    ]
    assert [one.audience == PARTICIPANTS for one in roadmap.surveys] == [True, False, True]
