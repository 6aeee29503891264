"""Schools × risks: what changed since the visit before, and in how many schools."""

from domain.registry import School
from domain.risk_factor import RiskFactor
from domain.visit_form import Change
from domain.visit_matrix import RiskRow, visit_matrix

LOW, FEW, OLD = RiskFactor(1, "Мотивация"), RiskFactor(2, "Кадры"), RiskFactor(3, "Прежний", has_ended=True)
SCHOOLS = tuple(School(number, f"Школа № {number}", 1) for number in range(1, 8))
TOLD: dict[int, list[dict[int, int]]] = {
    1: [{1: 2}, {1: 3}],
    2: [{1: 3}, {1: 3}],
    3: [{1: 3, 2: 4}, {1: 1}],
    4: [{1: 1}],
    6: [{1: 4}, {}, {1: 2}],
}
OWN = {one: {1} for one in range(1, 6)}


def rows() -> tuple[RiskRow, ...]:
    return visit_matrix([LOW, FEW, OLD], SCHOOLS, OWN, TOLD)


def test_schools_where_it_got_worse_come_first() -> None:
    low = rows()[0]
    assert [(one.school.id, one.change) for one in low.schools] == [
        (3, Change(1, 3)),
        (6, Change(2, 4)),
        (2, Change(3, 3)),
        (1, Change(3, 2)),
        (4, Change(1)),
        (5, None),
    ]
    assert (low.better, low.same, low.worse, low.first, low.untold) == (1, 1, 2, 1, 1)


def test_a_risk_that_is_no_schools_any_more_is_there_while_it_was_told_of() -> None:
    assert [row.risk for row in rows()] == [LOW, FEW]
    assert [(one.school.id, one.change) for one in rows()[1].schools] == [(3, Change(4))]


def test_of_no_school_there_is_no_risk() -> None:
    assert visit_matrix([LOW, FEW], (), OWN, TOLD) == ()
    assert visit_matrix([LOW], SCHOOLS[6:], OWN, TOLD) == ()
