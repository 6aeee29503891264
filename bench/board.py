"""``python -m bench.board``: how soon the dashboard is answered, with 60, 600 and 6,000 schools of eight people each
and the 34 items of a year, half of everything confirmed.

Our own time: from the press's arrival until the last request is made, the messenger's answer costing nothing.
"""

import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import Table, insert

from domain.completion import CompletionState
from domain.people import Role
from domain.roadmap import OwedBy
from storage import tables as t
from storage.database import Transaction, batches
from storage.migrate import upgrade
from tests.handlers.desk import Desk
from tests.handlers.opening import NOON, a_world, opened, people
from tests.people import ivanovo

SIZES = (60, 600, 6000)
TEAM, IN_MUNICIPALITY, OF_CURATOR = 8, 5, 3
FIRST = 1000
"""Ids of the region: those of the roadmap's own schools are below."""
SAMPLES = {60: 90, 600: 30, 6000: 12}
TARGET_MS = 100
SCREENS = {"states": "board:states:0", "numbers": "board:numbers:0", "late": "board:late:0"}

Row = dict[str, Any]


def region(schools: int) -> Iterator[tuple[Table, Row]]:
    """The rows of a region of so many schools."""
    for number in range(schools // IN_MUNICIPALITY):
        yield t.municipality, {"id": FIRST + number, "name": f"Район № {number}", "name_key": f"район № {number:05}"}
    for number in range(schools):
        home, name = FIRST + number // IN_MUNICIPALITY, f"Средняя школа № {number}"
        key = f"средняя школа № {number:05}"
        yield t.school, {"id": FIRST + number, "municipality_id": home, "name": name, "name_key": key}
        for place in range(TEAM):
            yield from _person(FIRST + number * TEAM + place, Role.SCHOOL, FIRST + number, responsible=place == 0)
        curator = FIRST + schools * TEAM + number // OF_CURATOR
        yield from _person(curator, Role.CURATOR, FIRST + number, is_new=number % OF_CURATOR == 0)
    yield from _done(schools)


def _person(
    person_id: int, role: Role, school: int, *, responsible: bool = False, is_new: bool = True
) -> Iterator[tuple[Table, Row]]:
    if is_new:
        name = f"Участник {person_id}"
        yield t.person, {"id": person_id, "name": name, "name_key": name.casefold(), "created_at": NOON}
    yield (
        t.duty,
        {"person_id": person_id, "role": role, "school_id": school, "responsible": responsible, "since": NOON},
    )


def _done(schools: int) -> Iterator[tuple[Table, Row]]:
    """Every second school has confirmed every item, every fourth curator, every third municipality."""
    for item in ivanovo().items:
        owing: dict[OwedBy, range] = {
            OwedBy.SCHOOL: range(FIRST, FIRST + schools, 2),
            OwedBy.CURATOR: range(FIRST + schools * TEAM, FIRST + schools * TEAM + schools // OF_CURATOR, 4),
        }
        for debtor in owing.get(item.owed_by, ()):
            values = {"party": item.owed_by, "debtor_id": debtor, "state": CompletionState.ACCEPTED}
            yield t.completion, {"item_id": item.number, "started_at": NOON, "decided_at": NOON} | values
        for home in range(FIRST, FIRST + schools // IN_MUNICIPALITY, 3) if item.number == 24 else ():
            values = {"day": NOON.date(), "title": "Семинар", "link": "", "reported_by": 1, "reported_at": NOON}
            yield t.happening, {"item_id": item.number, "municipality_id": home} | values


async def fill(tx: Transaction, schools: int) -> None:
    """Write them."""
    rows: dict[Table, list[Row]] = defaultdict(list)
    for table, row in region(schools):
        rows[table].append(row)
    for table, written in rows.items():
        for batch in batches(written):
            await tx.execute(insert(table), batch)


async def measure(desk: Desk, data: str, samples: int) -> list[float]:
    """Milliseconds of presses of one screen, after one that warms up."""
    found = []
    for _ in range(samples + 1):
        press = desk.marina.presses_data(desk.said(desk.marina), data)
        began = time.perf_counter()
        await desk.settle()
        found.append((time.perf_counter() - began) * 1000)
        if not press.answers or press.answers[0].alert:
            raise RuntimeError(press.answers)
    return found[1:]


async def screens(schools: int, folder: Path) -> dict[str, list[float]]:
    """Screen → milliseconds, in a region of so many schools."""
    file, world = folder / "bench.db", a_world(None)
    async with opened(world, file) as desk:
        await upgrade(desk.app.core.database)
        await people(file)
        async with desk.app.core.database.transaction() as tx:
            await fill(tx, schools)
        desk.marina.starts()
        await desk.settle()
        await desk.says(desk.marina, "/menu")
        return {name: await measure(desk, data, SAMPLES[schools]) for name, data in SCREENS.items()}


async def main() -> None:
    """Print the median and the 95th percentile of each size, and how they grow."""
    middles: dict[int, float] = {}
    for schools in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found = await screens(schools, Path(folder))
        taken = [one for several in found.values() for one in several]
        p95 = quantiles(taken, n=20)[-1]
        middles[schools] = median(taken)
        verdict = "" if schools != SIZES[0] else f" (< {TARGET_MS}) {'ok' if p95 < TARGET_MS else 'MISSED'}"
        each = ", ".join(f"{name} {median(several):.1f}" for name, several in found.items())
        print(
            f"board, {schools} schools x 34 items x {schools * TEAM + schools // OF_CURATOR} people: "
            f"median {middles[schools]:.1f} ms, p95 {p95:.1f} ms{verdict}; medians: {each}"
        )
    for fewer, more in pairwise(SIZES):
        times = middles[more] / middles[fewer]
        verdict = "linear or better" if times <= more / fewer * 1.15 else "MISSED"
        print(f"board, {fewer} -> {more} schools ({more // fewer} times as many): {times:.1f} times as long, {verdict}")


if __name__ == "__main__":
    asyncio.run(main())
