"""A slow recount of every indicator, straight from the rows of the database: a query for each question, no cleverness.

It knows nothing of ``domain/indicator*.py`` or ``storage/indicator.py``: what they say is compared with it. It knows
no calendar either: the days off are those of the official one for 2022, written down.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

MOSCOW = timedelta(hours=3)
OWING = {
    "school": "SELECT id FROM school WHERE left_at IS NULL",
    "municipality": "SELECT DISTINCT municipality_id FROM school WHERE left_at IS NULL",
    "curator": "SELECT DISTINCT person_id FROM duty WHERE role = 'curator' AND until IS NULL",
    "executors": "SELECT 0",
}


OFF = {
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 7),
    (2, 23),
    (3, 7),
    (3, 8),
    (5, 2),
    (5, 3),
    (5, 9),
    (5, 10),
    (6, 13),
    (11, 4),
}
"""Weekdays of 2022 on which nobody worked; on Saturday, 5 March, everybody did."""


@dataclass(frozen=True)
class Recount:
    """What an item must come to; ``left`` are the working days to its end, ``state`` is how it stands."""

    done: int
    of: int
    needed: int | None
    days: tuple[date, ...]
    missing: frozenset[tuple[str, int]]
    months: tuple[date, ...] = ()
    left: int | None = None
    late_at: date | None = None
    state: str = ""


def recounted(file: Path, today: date) -> dict[int, Recount]:
    """Item id → what it must come to on a local day."""
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    try:
        items = connection.execute("SELECT * FROM item").fetchall()
        return {item["id"]: _Slow(connection, item, today).whole() for item in items}
    finally:
        connection.close()


def _days(after: date, until: date) -> Iterator[date]:
    day = after + timedelta(days=1)
    while day <= until:
        yield day
        day += timedelta(days=1)


def _is_working(day: date) -> bool:
    return day == date(2022, 3, 5) or (day.weekday() < 5 and (day.month, day.day) not in OFF)


class _Slow:
    def __init__(self, connection: sqlite3.Connection, item: sqlite3.Row, today: date) -> None:
        self.connection, self.item, self.today = connection, item, today
        self.threshold: dict[str, Any] = (json.loads(item["threshold"]) if item["threshold"] else None) or {}
        self.kind = self.threshold.get("kind")
        self.party = "municipality" if self.kind == "per-municipality" else item["owed_by"]
        self.year = self._one("SELECT year FROM roadmap WHERE id = ?", item["roadmap_id"])

    def whole(self) -> Recount:
        """The count, and what is to be thought of it."""
        found = self.recount()
        start, end = self._edges()
        left = None if end is None else sum(_is_working(day) for day in _days(self.today, end))
        is_open = self.item["closed_at"] is None
        late_at = self._reached(found, start) if is_open else None
        state = self._state(found, start, end, left, late_at) if is_open else "done"
        return replace(found, left=left, late_at=late_at, state=state)

    def _edges(self) -> tuple[date | None, date | None]:
        start, end = (
            None if self.item[name] is None else date.fromisoformat(self.item[name]) for name in ("starts", "ends")
        )
        if self.kind in ("count", "monthly", "per-municipality"):
            return start or date(self.year, 1, 1), end or date(self.year, 12, 31)
        return start, end

    def _reached(self, found: Recount, start: date | None) -> date | None:
        """Day after day as much is added as was done on a day so far, until there is enough."""
        if self.kind == "monthly" or found.needed is None or not 0 < found.done < found.needed:
            return None
        begun = min([found.days[0], *([start] if start else [])])
        pace = Fraction(found.done, max(1, (self.today - begun).days + 1))
        day, done = self.today, Fraction(found.done)
        while done < found.needed:
            day, done = day + timedelta(days=1), done + pace
        return day

    def _state(
        self, found: Recount, start: date | None, end: date | None, left: int | None, late_at: date | None
    ) -> str:
        applies = bool(self._who()) or not self._exempt()
        enough = found.of > 0 and found.done >= (found.of if found.needed is None else found.needed)
        if enough or not applies:
            return "done"
        if found.needed is None:
            return "running"
        if (end and end < self.today) or any((month.year, month.month) < self._month() for month in found.months):
            return "failed"
        if late_at and end and late_at > end:
            return "threatened"
        if end is None or left is None or (start and start > self.today):
            return "running"
        if self.kind == "monthly":
            until = max(
                day for day in _days(self.today - timedelta(days=1), end) if (day.year, day.month) == self._month()
            )
            lacks = any((month.year, month.month) == self._month() for month in found.months)
            return "threatened" if lacks and sum(map(_is_working, _days(self.today, until))) <= 3 else "running"
        return "threatened" if not found.done and left <= 3 else "running"

    def _month(self) -> tuple[int, int]:
        return self.today.year, self.today.month

    def _exempt(self) -> bool:
        return bool(self._one("SELECT count(*) FROM exemption WHERE item_id = ?", self.item["id"]))

    def recount(self) -> Recount:
        match self.kind:
            case "count":
                return self._times()
            case "monthly":
                return self._months()
            case "per-municipality":
                return self._whole(self._held_enough())
            case "share" if self.threshold["of"] == "participants":
                return self._people()
            case "share":
                return self._whole(self._accepted(), self.threshold["target"])
        return self._whole(self._accepted())

    def _one(self, sql: str, *values: Any) -> Any:
        row = self.connection.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def _all(self, sql: str, *values: Any) -> list[Any]:
        return [row[0] for row in self.connection.execute(sql, values)]

    def _who(self) -> set[int]:
        return {one for one in self._all(OWING[self.party]) if not self._is_exempt(one)}

    def _is_exempt(self, debtor: int) -> bool:
        sql = "SELECT count(*) FROM exemption WHERE item_id = ? AND party = ? AND debtor_id = ?"
        return bool(self._one(sql, self.item["id"], self.party, debtor))

    def _accepted(self) -> dict[int, date]:
        sql = (
            "SELECT decided_at FROM completion WHERE item_id = ? AND party = ? AND debtor_id = ? AND state = 'accepted'"
        )
        found = {one: self._one(sql, self.item["id"], self.party, one) for one in self._who()}
        return {one: (datetime.fromisoformat(at) + MOSCOW).date() for one, at in found.items() if at is not None}

    def _whole(self, done: dict[int, date], target: int | None = 100) -> Recount:
        who = self._who()
        missing = frozenset((self.party, one) for one in who if one not in done)
        return Recount(len(done), len(who), self._needed(len(who), target), tuple(sorted(done.values())), missing)

    def _needed(self, of: int, target: int | None) -> int | None:
        if target is None:
            return None
        return next(number for number in range(of + 1) if number * 100 >= of * target)

    def _people(self) -> Recount:
        accepted, missing = self._accepted(), self._whole(self._accepted()).missing
        told = self.connection.execute("SELECT * FROM told_number WHERE item_id = ?", (self.item["id"],)).fetchone()
        if told is not None:
            days = (date.fromisoformat(told["day"]),) * min(told["done"], told["of"])
            return Recount(len(days), told["of"], self._needed(told["of"], self.threshold["target"]), days, missing)
        team = "SELECT DISTINCT person_id FROM duty WHERE role = 'school' AND until IS NULL AND school_id = ?"
        schools = self._who() if self.party == "school" else set()
        everybody = {person for school in schools for person in self._all(team, school)}
        days_of = {
            person: min(day for school, day in accepted.items() if person in self._all(team, school))
            for person in everybody
            if any(person in self._all(team, school) for school in accepted)
        }
        needed = self._needed(len(everybody), self.threshold["target"])
        return Recount(len(days_of), len(everybody), needed, tuple(sorted(days_of.values())), missing)

    def _held(self, municipality: int | None = None) -> list[date]:
        first, last = self._edges()
        assert first is not None
        assert last is not None
        sql = (
            "SELECT day FROM happening WHERE item_id = ? AND removed_at IS NULL AND (? IS NULL OR municipality_id = ?)"
        )
        days = [date.fromisoformat(day) for day in self._all(sql, self.item["id"], municipality, municipality)]
        return sorted(day for day in days if first <= day <= last and day <= self.today)

    def _held_enough(self) -> dict[int, date]:
        target = self.threshold["target"]
        held = {one: self._held(one) for one in self._who()}
        return {one: days[target - 1] for one, days in held.items() if len(days) >= target}

    def _times(self) -> Recount:
        days, target = self._held(), self.threshold["target"]
        missing = {(self.party, one) for one in self._who()} if len(days) < target else set()
        return Recount(len(days), target, target, tuple(days), frozenset(missing))

    def _months(self) -> Recount:
        days, target = self._held(), self.threshold["target"]
        months = list(self._all_months())
        full = [
            month for month in months if sum(day.strftime("%Y%m") == month.strftime("%Y%m") for day in days) >= target
        ]
        lacking = tuple(month for month in months if month not in full and month <= self.today)
        missing = {(self.party, one) for one in self._who()} if len(full) < len(months) else set()
        return Recount(len(full), len(months), len(months), tuple(days), frozenset(missing), lacking)

    def _all_months(self) -> Iterator[date]:
        first, last = self._edges()
        assert first is not None
        assert last is not None
        for day in _days(first - timedelta(days=1), last):
            if day.day == 1 or day == first:
                yield day.replace(day=1)
