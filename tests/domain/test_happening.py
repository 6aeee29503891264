"""What was held: who may tell of it, for which municipality, and what it is called."""

import pytest

from domain.debtor import Debtor
from domain.happening import may_report, places, title_of
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Municipality, Registry, School
from domain.roadmap import Item, OwedBy, Threshold, ThresholdKind
from tests.domain.build import a_roadmap, an_item

ROADMAP = a_roadmap()
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


def test_a_title_is_one_line_with_a_word_in_it() -> None:
    assert title_of(" Семинар\n «Риски»  ") == "Семинар «Риски»"
    with pytest.raises(Refusal, match=r"happening\.no-title"):
        title_of(" — ")
