"""A slow recount of every indicator, straight from the rows of the database: a query for each question, no cleverness.

It knows nothing of ``domain/indicator*.py`` or ``storage/indicator.py``: what they say is compared with it.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

MOSCOW = timedelta(hours=3)
OWING = {
    "school": "SELECT id FROM school WHERE left_at IS NULL",
    "municipality": "SELECT DISTINCT municipality_id FROM school WHERE left_at IS NULL",
    "curator": "SELECT DISTINCT person_id FROM duty WHERE role = 'curator' AND until IS NULL",
    "executors": "SELECT 0",
}


@dataclass(frozen=True)
class Recount:
    """What an item must come to."""

    done: int
    of: int
    needed: int | None
    days: tuple[date, ...]
    missing: frozenset[tuple[str, int]]
    months: tuple[date, ...] = ()


def recounted(file: Path, today: date) -> dict[int, Recount]:
    """Item id → what it must come to on a local day."""
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    try:
        items = connection.execute("SELECT * FROM item").fetchall()
        return {item["id"]: _Slow(connection, item, today).recount() for item in items}
    finally:
        connection.close()


class _Slow:
    def __init__(self, connection: sqlite3.Connection, item: sqlite3.Row, today: date) -> None:
        self.connection, self.item, self.today = connection, item, today
        self.threshold: dict[str, Any] = (json.loads(item["threshold"]) if item["threshold"] else None) or {}
        self.kind = self.threshold.get("kind")
        self.party = "municipality" if self.kind == "per-municipality" else item["owed_by"]
        self.year = self._one("SELECT year FROM roadmap WHERE id = ?", item["roadmap_id"])

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
        first = date.fromisoformat(self.item["starts"]) if self.item["starts"] else date(self.year, 1, 1)
        last = date.fromisoformat(self.item["ends"]) if self.item["ends"] else date(self.year, 12, 31)
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
        day = date.fromisoformat(self.item["starts"])
        while day <= date.fromisoformat(self.item["ends"]):
            if day.day == 1 or day == date.fromisoformat(self.item["starts"]):
                yield day.replace(day=1)
            day += timedelta(days=1)
