"""What was held: who may tell of it, for which municipality, on which day, and what is asked next."""

from dataclasses import replace
from datetime import date

import pytest

from domain.debtor import Debtor
from domain.evidence import FileContent, SentFile
from domain.happening import HeldDraft, HeldFile, Question, held_day, may_report, places, title_of
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registry, School
from domain.roadmap import Item, OwedBy, Threshold, ThresholdKind
from tests.domain.build import a_roadmap, an_item

ROADMAP = a_roadmap()
TODAY = date(2022, 3, 10)
SEMINARS = an_item("01.03 – 20.10.2022", threshold=Threshold(ThresholdKind.COUNT, 4))
UPDATES = an_item("20.01 – 20.10.2022", threshold=Threshold(ThresholdKind.MONTHLY, 1))
EVENTS = an_item(
    "01.02 – 01.11.2022",
    threshold=Threshold(ThresholdKind.PER_MUNICIPALITY, 1),
    executors=("department",),
    owed_by=OwedBy.MUNICIPALITY,
)
SURVEY = an_item("10–24 марта", threshold=Threshold(ThresholdKind.SHARE, 90, "participants"))
MARINA, MIRA = Duty(Role.COORDINATOR), Duty(Role.MUNICIPAL, municipality_id=1)
UNIVERSITY, DEPARTMENT = (Duty(Role.ORGANISER, organisation=code) for code in ("university", "department"))
CURATOR, SCHOOL = Duty(Role.CURATOR, school_id=1), Duty(Role.SCHOOL, school_id=1)
REGISTRY = Registry(
    municipalities=(Municipality(1, "Южский район"), Municipality(2, "г. Кохма"), Municipality(3, "Без школ")),
    schools=(School(1, "Школа № 7", 1), School(2, "Школа № 8", 2)),
)


@pytest.mark.parametrize(
    ("item", "who"),
    [
        (SEMINARS, {MARINA, UNIVERSITY}),
        (UPDATES, {MARINA, UNIVERSITY}),
        (EVENTS, {MARINA, DEPARTMENT, MIRA}),
        (SURVEY, set()),
    ],
)
def test_whoever_carries_it_out_tells_of_it(item: Item, who: set[Duty]) -> None:
    everybody = (MARINA, MIRA, UNIVERSITY, DEPARTMENT, CURATOR, SCHOOL)
    assert {one for one in everybody if may_report([one], item, ROADMAP)} == who


@pytest.mark.parametrize(
    ("duty", "names"),
    [
        (MARINA, ["Южский район", "г. Кохма"]),
        (DEPARTMENT, ["Южский район", "г. Кохма"]),
        (MIRA, ["Южский район"]),
        (UNIVERSITY, []),
        (SCHOOL, []),
    ],
)
def test_each_tells_for_the_municipalities_that_their_right_reaches(duty: Duty, names: list[str]) -> None:
    assert [one.name for one in places([duty], EVENTS, ROADMAP, REGISTRY)] == names


def test_nobody_tells_for_whom_it_does_not_apply_to() -> None:
    exempt = [Debtor(OwedBy.MUNICIPALITY, 1)]
    assert [one.id for one in places([MARINA, MIRA], EVENTS, ROADMAP, REGISTRY, exempt)] == [2]
    assert places([MIRA], EVENTS, ROADMAP, REGISTRY, exempt) == []
    assert places([MARINA], SEMINARS, ROADMAP, REGISTRY) == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("сегодня", TODAY),
        (" Вчера. ", date(2022, 3, 9)),
        ("позавчера", date(2022, 3, 8)),
        ("9 марта", date(2022, 3, 9)),
        ("09.03", date(2022, 3, 9)),
        ("9.03.2022", date(2022, 3, 9)),
        ("15 января", date(2022, 1, 15)),
        ("15 декабря", date(2021, 12, 15)),
        ("20 апреля", date(2021, 4, 20)),
        ("9 марта 2021", date(2021, 3, 9)),
        ("понедельник", date(2022, 3, 7)),
        ("в четверг", TODAY),
        ("пятница", date(2022, 3, 4)),
    ],
)
def test_a_day_that_was_is_understood(typed: str, day: date) -> None:
    assert held_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("завтра", "happening.ahead"),
        ("11 марта", "happening.ahead"),
        ("15.12.2022", "happening.ahead"),
        ("31 июня", "typed_day.impossible"),
        ("10–24 марта", "typed_day.not-a-day"),
        ("недавно", "typed_day.not-a-day"),
        ("", "typed_day.not-a-day"),
    ],
)
def test_what_is_no_day_or_still_to_come_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        held_day(typed, TODAY)
    assert refused.value.reason == reason


def test_a_title_is_one_line_with_a_word_in_it() -> None:
    assert title_of(" Семинар\n «Риски»  ") == "Семинар «Риски»"
    for typed, reason in ((" — ", "happening.no-title"), ("я" * 201, "happening.long-title")):
        with pytest.raises(Refusal) as refused:
            title_of(typed)
        assert refused.value.reason == reason


def test_questions_come_one_after_another() -> None:
    draft, asked = HeldDraft(1), []
    for answer in ({"place": 1}, {"day": TODAY}, {"title": "Семинар"}, {"link": ""}):
        asked.append((draft.question(EVENTS), draft.question(SEMINARS)))
        draft = replace(draft, **answer)
    assert asked == [
        (Question.PLACE, Question.DAY),
        (Question.DAY, Question.DAY),
        (Question.TITLE, Question.TITLE),
        (Question.LINK, Question.LINK),
    ]
    assert (draft.question(EVENTS), draft.question(SEMINARS)) == (None, None)


def test_the_same_message_or_content_is_one_file() -> None:
    first = HeldFile(SentFile("telegram", "a", "1:1", "Фото"), FileContent("s1", 1, "image/png", "p"))
    draft = HeldDraft(1, files=(first,))
    assert draft.has(HeldFile(SentFile("telegram", "b", "1:1", "Фото")))
    assert draft.has(HeldFile(SentFile("telegram", "b", "1:2", "Другое"), first.content))
    assert not draft.has(HeldFile(SentFile("telegram", "b", "1:2", "Фото")))
