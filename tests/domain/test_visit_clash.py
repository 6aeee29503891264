"""What speaks against a day of a visit, and what does not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.calendar import WorkCalendar
from domain.deadline import parse_deadline
from domain.leave import StandIn
from domain.registry import Municipality, Registry, School
from domain.roadmap import Closing, Item, ItemKind, KeptItem, OwedBy
from domain.visit import Clash, ClashKind, Proposal, Visit
from domain.visit_clash import Diary, clashes
from tests.domain.build import YEAR, an_item

DAY, OTHER = date(2022, 3, 14), date(2022, 3, 15)
SATURDAY = date(2022, 3, 12)
NOW = datetime(2022, 3, 1, tzinfo=UTC)
REGISTRY = Registry((Municipality(1, "Южский район"),), (), (School(7, "Школа № 7", 1), School(8, "Школа № 8", 1)), ())
VISIT = Visit(1, school_id=7, curator_id=5)
EMPTY = Diary(REGISTRY, WorkCalendar({}))


def kept(item: Item, *, closed: bool = False) -> KeptItem:
    return KeptItem(item.number, 1, item, Closing(NOW) if closed else None)


def meeting(kind: ItemKind = ItemKind.MEETING, deadline: str = "14.03.2022", *, closed: bool = False) -> KeptItem:
    return kept(an_item(deadline, number=24, short_title="Семинар", kind=kind), closed=closed)


@pytest.mark.parametrize(
    ("special", "day", "off"),
    [({}, DAY, False), ({}, SATURDAY, True), ({SATURDAY: True}, SATURDAY, False), ({DAY: False}, DAY, True)],
)
def test_a_day_off(special: dict[date, bool], day: date, *, off: bool) -> None:
    diary = replace(EMPTY, calendar=WorkCalendar(special))
    assert clashes(diary, VISIT, day, 2) == ([Clash(ClashKind.DAY_OFF)] if off else [])


@pytest.mark.parametrize(
    ("other", "falls"),
    [
        (Visit(2, 8, 5, day=DAY), True),
        (Visit(2, 8, 5, proposal=Proposal(DAY)), True),
        (Visit(2, 8, 5, day=OTHER, proposal=Proposal(DAY)), True),
        (Visit(2, 8, 5, day=OTHER), False),
        (Visit(2, 8, 6, day=DAY), False),
        (Visit(2, 7, 5, day=DAY), False),
        (Visit(1, 8, 5, day=DAY), False),
        (Visit(2, 99, 5, day=DAY), False),
    ],
)
def test_another_visit_of_the_same_curator_elsewhere(other: Visit, *, falls: bool) -> None:
    expected = [Clash(ClashKind.VISIT, "Школа № 8")] if falls else []
    assert clashes(replace(EMPTY, visits=[other]), VISIT, DAY, 2) == expected


@pytest.mark.parametrize(
    ("item", "falls"),
    [
        *((meeting(kind), True) for kind in (ItemKind.MEETING, ItemKind.TRAINING, ItemKind.EVENT, ItemKind.SUMMARY)),
        *((meeting(kind), False) for kind in (ItemKind.SURVEY, ItemKind.ORDER, ItemKind.GROUP)),
        (meeting(deadline="до 14.03.2022"), False),
        (meeting(deadline="10.03 – 24.03.2022"), False),
        (meeting(deadline="15.03.2022"), False),
        (meeting(closed=True), False),
        (kept(replace(meeting(deadline="после 29.04.2022").item, held_on=DAY)), True),
    ],
)
def test_a_meeting_of_the_roadmap_on_that_very_day(item: KeptItem, *, falls: bool) -> None:
    expected = [Clash(ClashKind.MEETING, "Семинар", 24)] if falls else []
    assert clashes(replace(EMPTY, items=[item]), VISIT, DAY, 2) == expected


@pytest.mark.parametrize(
    ("person", "since", "until", "away"),
    [
        (5, DAY, DAY, True),
        (5, date(2022, 3, 1), date(2022, 3, 31), True),
        (5, OTHER, OTHER, False),
        (6, DAY, DAY, False),
    ],
)
def test_a_leave_of_the_curator(person: int, since: date, until: date, *, away: bool) -> None:
    diary = replace(EMPTY, leaves=[StandIn(1, person, 9, since, until)])
    assert clashes(diary, VISIT, DAY, 2) == ([Clash(ClashKind.LEAVE)] if away else [])


@pytest.mark.parametrize(
    ("deadline", "number", "late"),
    [
        ("до 13.03.2022", 1, date(2022, 3, 13)),
        ("до 14.03.2022", 1, None),
        ("до 13.03.2022", 2, None),
        ("до 13.03.2021", 1, None),
        ("", 1, None),
    ],
)
def test_a_first_visit_after_the_deadline_of_its_item(deadline: str, number: int, late: date | None) -> None:
    about = {"number": 13, "kind": ItemKind.MONITORING, "owed_by": OwedBy.CURATOR}
    item = an_item(deadline, **about)
    if deadline.endswith("2021"):
        item = replace(item, deadline=parse_deadline(deadline, year=YEAR - 1))
    expected = [Clash(ClashKind.LATE, number=13, day=late)] if late else []
    assert clashes(replace(EMPTY, monitoring=kept(item)), VISIT, DAY, number) == expected


def test_everything_at_once_the_gravest_first() -> None:
    monitoring = kept(an_item("до 11.03.2022", number=13, kind=ItemKind.MONITORING, owed_by=OwedBy.CURATOR))
    diary = Diary(
        REGISTRY,
        WorkCalendar({}),
        [Visit(2, 8, 5, day=SATURDAY)],
        [StandIn(1, 5, 9, SATURDAY, SATURDAY)],
        [meeting(deadline="12.03.2022")],
        monitoring,
    )
    assert [one.kind for one in clashes(diary, VISIT, SATURDAY, 1)] == [*ClashKind]
