"""Which rows are looked at, and how they read today."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.audit import ABOUT, Deed, Entry
from domain.audit_look import Labels, Narrowing, Span, Told, told, typed_person
from domain.audit_topic import Topic
from tests.people import MOSCOW, msk

AT = datetime(2022, 3, 9, 9, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
"""Its clocks go forward on 13 March 2022, at two in the night."""


@pytest.mark.parametrize(
    ("span", "since"),
    [
        (Span.TODAY, msk("2022-03-09 00:00")),
        (Span.WEEK, msk("2022-03-03 00:00")),
        (Span.MONTH, msk("2022-02-08 00:00")),
        (Span.EVER, None),
    ],
)
def test_a_span_is_of_whole_local_days_with_today(span: Span, since: datetime | None) -> None:
    assert span.since(date(2022, 3, 9), MOSCOW) == since


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2022, 3, 13), datetime(2022, 3, 13, 5, tzinfo=UTC)),
        (date(2022, 3, 14), datetime(2022, 3, 14, 4, tzinfo=UTC)),
    ],
)
def test_a_local_day_begins_at_its_own_midnight_when_clocks_are_changed(today: date, since: datetime) -> None:
    assert Span.TODAY.since(today, NEW_YORK) == since


@pytest.mark.parametrize(
    ("narrowing", "everything"),
    [
        (Narrowing(), True),
        (Narrowing(7), False),
        (Narrowing(by_operator=True), False),
        (Narrowing(topic=Topic.PEOPLE), False),
        (Narrowing(span=Span.TODAY), False),
    ],
)
def test_a_narrowing_leaves_rows_out_or_does_not(narrowing: Narrowing, everything: bool) -> None:
    assert narrowing.is_everything is everything


LABELS = Labels(
    people={1: "Марина Королёва", 7: ""},
    items={16: (20, 2022)},
    roadmaps={1: 2022},
    schools={3: "Школа № 7"},
    municipalities={4: "Южский район"},
    groups={5: "Группа «500+»"},
    channels={"ВУ": "Вектор успеха"},
    organisations={"department": "Департамент образования"},
)


def row(deed: Deed = Deed.ITEM_CLOSED, by: int | None = 1, labels: Labels = LABELS, **about: int | str | None) -> Told:
    return told(Entry(9, AT, by, deed, about), labels)


def test_a_row_that_tells_nothing_has_every_key_empty() -> None:
    assert row() == Told(9, AT, "Марина Королёва", Deed.ITEM_CLOSED, dict.fromkeys(ABOUT, ""))
    assert row(school=None).about == dict.fromkeys(ABOUT, "")


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("person", 1, "Марина Королёва"),
        ("former", 7, "участник № 7"),
        ("deputy", 999, "участник № 999"),
        ("item", 16, 20),
        ("roadmap", 1, 2022),
        ("school", 3, "Школа № 7"),
        ("municipality", 4, "Южский район"),
        ("group", 5, "Группа «500+»"),
        ("channel", "ВУ", "Вектор успеха"),
        ("channel", "500+", "500+"),
        ("organisation", "department", "Департамент образования"),
        ("role", "curator", "curator"),
        ("count", 0, 0),
        ("year", 2023, 2023),
        ("day", "2022-03-16", date(2022, 3, 16)),
        *((key, 999, "") for key in ("item", "roadmap", "school", "municipality", "group")),
        ("organisation", "centre", ""),
        ("role", "director", ""),
        ("field", "gone", ""),
        ("rule", "gone", ""),
        ("word-of-another-version", "gone", ""),
    ],
)
def test_ids_and_codes_are_shown_as_they_are_called_today(key: str, value: int | str, shown: object) -> None:
    assert told(Entry(9, AT, 1, Deed.ITEM_CLOSED, {key: value}), LABELS).about == dict.fromkeys(ABOUT, "") | {
        key: shown
    }


def test_an_item_names_its_year_where_there_are_several_roadmaps() -> None:
    several = Labels(items={16: (20, 2022)}, roadmaps={1: 2022, 2: 2023})
    assert (row(item=16).about["year"], row(item=16, labels=several).about["year"]) == ("", 2022)
    assert row(item=999, labels=several).about["year"] == ""


@pytest.mark.parametrize("deed", [Deed.SURVEY_OPENED, Deed.SURVEY_CLOSED, Deed.SURVEY_ASKED, Deed.SURVEY_LEFT])
def test_what_the_bot_does_itself_is_the_bots_unless_somebody_did_it_by_hand(deed: Deed) -> None:
    clock, hand, erased = row(deed, None), row(deed, 1), row(deed, 7)
    assert (clock.who, clock.by_clock, clock.by_stranger) == ("", True, False)
    assert (hand.who, hand.by_clock) == ("Марина Королёва", False)
    assert (erased.who, erased.by_clock) == ("участник № 7", False)
    assert [row(Deed.ROADMAP_LOADED, None).by_clock, row(Deed.REQUEST_MADE, None).by_clock] == [False, False]


def test_erased_people_the_operator_and_strangers_have_no_name() -> None:
    erased, operator, stranger = row(by=7), row(Deed.ROADMAP_LOADED, None), row(Deed.REQUEST_MADE, None)
    assert (erased.who, erased.by_stranger) == ("участник № 7", False)
    assert (operator.who, operator.by_stranger) == ("", False)
    assert (stranger.who, stranger.by_stranger) == ("", True)
    assert stranger.topic is Topic.COMING_IN


@pytest.mark.parametrize(
    ("text", "part", "number"),
    [
        ("Королёва", "королева", None),
        ("  марина   КОРОЛЁВА ", "марина королева", None),
        ("7", "7", 7),
        ("№ 7", "№ 7", 7),
        ("Участник №7", "участник №7", 7),
        ("участник 7", "участник 7", 7),
        ("7 школа", "7 школа", None),
        ("9" * 19, "9" * 19, None),
        ("-7", "-7", None),
        ("«»", "", None),
    ],
)
def test_a_typed_person_is_a_part_of_a_name_or_a_number(text: str, part: str, number: int | None) -> None:
    assert typed_person(text) == (part, number)
