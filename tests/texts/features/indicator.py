"""Values for the indicators: numbers of every measure in every state, and lists empty, short and long."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.indicator import Board, Doer, ItemStanding
from domain.board import Late, Measured, Stand
from domain.calendar import WorkCalendar
from domain.contact import Contact
from domain.debtor import Debtor
from domain.indicator import Indicator, IndicatorState, indicator
from domain.indicator_count import Count, Facts, Measure, Told, count, party_of
from domain.roadmap import KeptItem, OwedBy
from domain.school_result import LineState, ResultLine, SchoolResult

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
MONTHS = tuple(date(2022, month, 1) for month in range(1, 4))
TARGETS = {Measure.PARTICIPANTS: (90, None), Measure.SCHOOLS: (100, 70, None)}
ENDS = (None, date(2022, 3, 10), date(2021, 12, 20), TODAY, date(2022, 3, 20), date(2022, 10, 20))


def number_of(kept: KeptItem) -> Indicator:
    """An item with a part of its schools, municipalities or people done on a day in March."""
    party = party_of(kept.item)
    who = [Debtor(party, number) for number in range(1, 9)] if party is not OwedBy.EXECUTORS else [Debtor(party)]
    facts = Facts(
        accepted=dict.fromkeys(who[:5] if len(who) > 1 else [], date(2022, 3, 7)),
        held=((1, date(2022, 3, 7)), (2, date(2022, 3, 8))),
        told=Told(200, 240, date(2022, 3, 15)),
    )
    counted = count(kept.item, facts, who, year=2022, today=TODAY)
    closed = not kept.is_open
    return indicator(kept.item, counted, year=2022, today=TODAY, calendar=WorkCalendar(), is_closed=closed)


def numbers() -> Iterator[Indicator]:
    """Every measure in every state, with every end and every forecast that there may be."""
    for measure in Measure:
        for state in IndicatorState:
            for target in TARGETS.get(measure, (None,)):
                for done in (0, 1, 5, 11, 21):
                    counted = Count(done, 21, 20, months=MONTHS[: done % 4], measure=measure)
                    for place, end in enumerate(ENDS):
                        expected = (None, date(2022, 3, 26), date(2023, 1, 3), date.max)[place % 4]
                        start = date(2022, 3, 25) if place == 5 else None
                        yield Indicator(counted, state, start, end, done, expected, target)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every number where one is told; where there are lists, all of them empty, of one line and as long as can be."""
    kind, _, which = name.partition("-")
    if name == "line" or kind in ("number", "lack", "share", "left", "pace"):
        for number in numbers():
            if which in ("", number.count.measure):
                yield {"number": number, "count": number.count, "today": TODAY}
        return
    for size in (0, 1, 10):
        rows = tuple(_row(kept) for kept in mood.items)
        board = Board(TODAY, rows, (), (mood.line,) * 5 if size else ())
        shown = {"late": [Late(mood.line if place else "", rows) for place in range(size)], "total": size * 9}
        page = {"page": 1, "pages": size, "several": size > 1, "today": TODAY, "board": board}
        stands = [(stand, list(rows)) for stand in Stand][: size * 7]
        one = {"row": rows[-1], "stands": stands, "rows": rows[: min(size, 6)]}
        yield shown | page | one | _standing(mood, size) | _result(mood, rows, size, name)


def _row(kept: KeptItem) -> Measured:
    return Measured(kept, 2022, number_of(kept), Stand.THREATENED, (), Facts())


def _standing(mood: "Mood", size: int) -> dict[str, Any]:
    contact = Contact(mood.line, mood.line, mood.line)
    doers = tuple(Doer(mood.line, (contact,) * (place % 4)) for place in range(size))
    row = _row(mood.items[15])
    standing = ItemStanding(row, mood.roadmap, TODAY, doers, doers * 3, doers * 9)
    shown = {"missing": doers, "item": row.kept.item, "number": row.indicator, "contact": contact}
    return {"standing": standing} | shown


def _result(mood: "Mood", rows: tuple[Measured, ...], size: int, name: str) -> dict[str, Any]:
    ended = [row for row in rows if row.indicator.end is not None]
    states = [LineState(name[5:])] if name.startswith("line-") else list(LineState)
    lines = tuple(ResultLine(ended[place], states[place % len(states)], 5, 8) for place in range(max(size, 1)))
    return {"result": SchoolResult(mood.line, TODAY, lines[:size]), "lines": lines[:size], "line": lines[-1]}
