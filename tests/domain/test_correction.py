"""Correcting an item by hand: what may be typed for each field, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from domain.correction import corrected
from domain.deadline import parse_deadline
from domain.item_field import ItemField, text_of
from domain.refusal import Refusal
from domain.roadmap import Flag, FlagState, OwedBy, Threshold, ThresholdKind
from tests.domain.build import YEAR, a_roadmap, an_item

ROADMAP = a_roadmap()
TITLE = Flag("title", FlagState.UNREADABLE)
DEADLINE = Flag("deadline", FlagState.MISSING)
EXECUTORS = Flag("executors", FlagState.RESTORED)
ITEM = an_item("до 20.03.2022", flags=(TITLE, DEADLINE, EXECUTORS))
LATER = an_item("после 29.04.2022")


def refusal(field: ItemField, text: str, item: object = ITEM) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as refused:
        corrected(item, field, text, ROADMAP)  # type: ignore[arg-type]
    return refused.value.reason, refused.value.details


@pytest.mark.parametrize(
    ("field", "text", "changed"),
    [
        (ItemField.TITLE, " Второй\n  опрос ", replace(ITEM, title="Второй опрос", flags=(DEADLINE, EXECUTORS))),
        (ItemField.TITLE, "я" * 1500, replace(ITEM, title="я" * 1500, flags=(DEADLINE, EXECUTORS))),
        (ItemField.SHORT, "я" * 60, replace(ITEM, short_title="я" * 60)),
        (ItemField.INDICATOR, "Приказ", replace(ITEM, indicator="Приказ")),
        (
            ItemField.EXECUTORS,
            "department,schools",
            replace(ITEM, executors=("department", "schools"), flags=(TITLE, DEADLINE)),
        ),
        (ItemField.EXECUTORS, "gone,schools", replace(ITEM, executors=("schools",), flags=(TITLE, DEADLINE))),
        (
            ItemField.DEADLINE,
            "10–24 марта",
            replace(
                ITEM,
                deadline=parse_deadline("10–24 марта", year=YEAR),
                deadline_text="10–24 марта",
                flags=(TITLE, EXECUTORS),
            ),
        ),
    ],
)
def test_a_field_is_changed_and_no_longer_flagged(field: ItemField, text: str, changed: object) -> None:
    assert corrected(ITEM, field, text, ROADMAP) == changed


def test_a_day_is_chosen_for_an_item_that_waits_for_one() -> None:
    assert corrected(LATER, ItemField.HELD_ON, "16 мая", ROADMAP) == replace(LATER, held_on=date(2022, 5, 16))


def test_a_new_deadline_forgets_the_chosen_day() -> None:
    chosen = replace(LATER, held_on=date(2022, 5, 16))
    assert corrected(chosen, ItemField.DEADLINE, "после 30 апреля", ROADMAP).held_on is None


@pytest.mark.parametrize(
    ("field", "limit"), [(ItemField.TITLE, 1500), (ItemField.SHORT, 60), (ItemField.INDICATOR, 1500)]
)
def test_a_text_that_is_empty_or_too_long_is_refused(field: ItemField, limit: int) -> None:
    for text in ("", " \n ", "я" * (limit + 1)):
        assert refusal(field, text) == ("roadmap.bad-length", {"limit": limit})


@pytest.mark.parametrize("text", ["", ",", "gone", "Университет"])
def test_an_item_keeps_at_least_one_executor(text: str) -> None:
    assert refusal(ItemField.EXECUTORS, text) == ("roadmap.no-executor", {})


@pytest.mark.parametrize(
    ("text", "reason", "fragment"),
    [
        ("до 30.02.2022", "deadline.impossible-date", "30.02.2022"),
        ("скоро", "deadline.not-understood", "скоро"),
        ("24 – 10 марта", "deadline.reversed", "24 – 10 марта"),
    ],
)
def test_a_deadline_that_is_not_understood_is_refused_with_its_fragment(text: str, reason: str, fragment: str) -> None:
    assert refusal(ItemField.DEADLINE, text) == (reason, {"fragment": fragment})
    assert refusal(ItemField.HELD_ON, text, LATER) == (reason, {"fragment": fragment})


@pytest.mark.parametrize("text", ["до 20.03.2028", "20.03.2016"])
def test_a_year_far_from_the_roadmaps_own_is_refused(text: str) -> None:
    assert refusal(ItemField.DEADLINE, text) == ("roadmap_file.deadline-far", {"year": YEAR})


@pytest.mark.parametrize("text", ["до 20.03.2027", "20.03.2017"])
def test_five_years_away_is_not_far(text: str) -> None:
    assert corrected(ITEM, ItemField.DEADLINE, text, ROADMAP).deadline_text == text


def test_a_day_far_from_the_roadmaps_year_is_refused_too() -> None:
    assert refusal(ItemField.HELD_ON, "16.05.2032", LATER) == ("roadmap_file.deadline-far", {"year": YEAR})


@pytest.mark.parametrize("text", ["до 16 мая", "май", "16–17 мая", "после 16 мая", "ежемесячно"])
def test_a_day_to_choose_is_one_day(text: str) -> None:
    assert refusal(ItemField.HELD_ON, text, LATER) == ("roadmap.one-day-please", {})


@pytest.mark.parametrize("text", ["29 апреля", "28.04.2022"])
def test_a_chosen_day_is_after_the_day_of_the_order(text: str) -> None:
    assert refusal(ItemField.HELD_ON, text, LATER) == ("roadmap.too-early", {"start": date(2022, 4, 29)})


@pytest.mark.parametrize("deadline", ["до 20.03.2022", "20.03.2022", "март", ""])
def test_a_day_is_chosen_only_where_the_order_leaves_it_open(deadline: str) -> None:
    assert refusal(ItemField.HELD_ON, "16 мая", an_item(deadline)) == ("roadmap.no-date-to-choose", {})


def test_a_field_as_people_read_it() -> None:
    item = replace(LATER, held_on=date(2022, 5, 16), executors=("department", "schools"))
    assert {field: text_of(item, field) for field in ItemField} == {
        "title": item.title,
        "short": item.short_title,
        "deadline": "после 29.04.2022",
        "executors": "department, schools",
        "indicator": item.indicator,
        "channels": ", ".join(item.channels),
        "threshold": "",
        "kind": item.kind,
        "owed_by": item.owed_by,
        "reviewed_by": "",
        "held_on": "16.05.2022",
    }


def test_what_is_empty_reads_as_nothing() -> None:
    item = an_item("", indicator="", executors=())
    assert [
        text_of(item, field)
        for field in ("deadline", "indicator", "executors", "held_on")
        for field in [ItemField(field)]
    ] == [""] * 4


@pytest.mark.parametrize("field", ItemField)
def test_a_field_is_copied_with_its_flag_and_nothing_else(field: ItemField) -> None:
    source = replace(
        an_item(
            "после 29.04.2022", number=2, title="Другое", short_title="Др.", executors=("schools",), indicator="Письмо"
        ),
        held_on=date(2022, 5, 16),
        flags=(Flag(field, FlagState.CARRIED), Flag("нет такого", FlagState.CARRIED)),
    )
    target = replace(ITEM, flags=(Flag(field, FlagState.MISSING), Flag("другое", FlagState.MISSING)))
    copied = field.copied(source, target)
    assert copied.flags == (Flag("другое", FlagState.MISSING), Flag(field, FlagState.CARRIED))
    assert text_of(copied, field) == text_of(source, field)
    others = [one for one in ItemField if one is not field]
    assert [text_of(copied, one) for one in others] == [text_of(target, one) for one in others]
    assert copied.deadline == (source if field is ItemField.DEADLINE else target).deadline


OWED = an_item("до 20.03.2022", flags=(Flag("owed_by", FlagState.RESTORED), TITLE))
PEOPLE = Threshold(ThresholdKind.SHARE, 90, "participants")
EACH = Threshold(ThresholdKind.PER_MUNICIPALITY, 1)


@pytest.mark.parametrize("party", OwedBy)
def test_who_owes_is_chosen_and_no_longer_flagged(party: OwedBy) -> None:
    assert corrected(OWED, ItemField.OWED_BY, party, ROADMAP) == replace(OWED, owed_by=party, flags=(TITLE,))


@pytest.mark.parametrize(
    ("threshold", "party", "only"),
    [
        (PEOPLE, OwedBy.EXECUTORS, OwedBy.SCHOOL),
        (PEOPLE, OwedBy.CURATOR, OwedBy.SCHOOL),
        (EACH, OwedBy.SCHOOL, OwedBy.MUNICIPALITY),
        (EACH, OwedBy.EXECUTORS, OwedBy.MUNICIPALITY),
    ],
)
def test_what_is_counted_in_a_party_is_owed_by_it_alone(threshold: Threshold, party: OwedBy, only: OwedBy) -> None:
    item = replace(OWED, threshold=threshold)
    assert refusal(ItemField.OWED_BY, party, item) == ("correction.counted-party", {"party": only})
    assert corrected(item, ItemField.OWED_BY, only, ROADMAP).owed_by is only


def test_nobody_else_can_owe() -> None:
    assert refusal(ItemField.OWED_BY, "teachers") == ("correction.no-party", {})
