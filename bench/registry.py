"""``python -m bench.registry``: how soon a file of 60 schools and 500 people is looked at and loaded, and for how long
the event loop stands still meanwhile; then a file of ten thousand rows, the largest that is taken."""

import asyncio
import itertools
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core import build_core
from domain.registry_file import MOST_ROWS
from storage.migrate import upgrade
from tests.handlers.opening import NOON, settings_of
from tests.people import MARINA, comes_in
from tests.workbook import a_workbook

SCHOOLS, PEOPLE = 60, 500
TARGET_S = 5
_NAP = 0.005
_LAST = (
    "Иванова",
    "Смирнова",
    "Попова",
    "Фёдорова",
    "Соколова",
    "Лебедева",
    "Козлова",
    "Новикова",
    "Морозова",
    "Зайцева",
)
_DOUBLE = ("Белова", "Чернова", "Орлова", "Ковалёва", "Ильина", "Гусева", "Титова", "Кузьмина", "Баранова", "Куликова")
_FIRST = (
    "Анна",
    "Мария",
    "Елена",
    "Ольга",
    "Наталья",
    "Ирина",
    "Светлана",
    "Татьяна",
    "Юлия",
    "Галина",
    "Вера",
    "Алла",
)
_FATHER = (
    "Ивановна",
    "Петровна",
    "Сергеевна",
    "Николаевна",
    "Викторовна",
    "Михайловна",
    "Юрьевна",
    "Олеговна",
    "Львовна",
)


def a_region(people: int) -> bytes:
    """A file of so many people with names that nobody else has, eight in a school."""
    chance = random.Random(500)  # noqa: S311  the same region in every run
    parts = itertools.product(_LAST, _DOUBLE, _FIRST, _FATHER)
    everybody = [f"{last}-{double} {first} {father}" for last, double, first, father in parts]
    chance.shuffle(everybody)
    homes = [(f"Район № {number // 5}", f"МБОУ СОШ № {number}") for number in range(SCHOOLS)]
    rows = [
        (name, "учитель", "команда школы", *homes[place % SCHOOLS], "да" if place < SCHOOLS else "")
        for place, name in enumerate(everybody[:people])
    ]
    return a_workbook(rows, homes)


@dataclass
class Held:
    """The longest time for which nothing else could run."""

    seconds: float = 0

    async def watch(self, stop: asyncio.Event) -> None:
        """Beside the work, until it is done."""
        while not stop.is_set():
            began = time.perf_counter()
            await asyncio.sleep(_NAP)
            self.seconds = max(self.seconds, time.perf_counter() - began - _NAP)


async def measure(content: bytes, folder: Path) -> tuple[float, float, float]:
    """Seconds of looking at a file, of loading it, and of the longest hold."""
    core = build_core(settings_of(folder / "bench.db"))
    await upgrade(core.database)
    marina = await comes_in(core, MARINA, NOON)
    held, stop = Held(), asyncio.Event()
    async with asyncio.TaskGroup() as beside:
        beside.create_task(held.watch(stop))
        began = time.perf_counter()
        found = await core.registry_files.look(content, by=marina, now=NOON)
        between = time.perf_counter()
        found, loaded = await core.registry_files.load(found.version, by=marina, now=NOON)
        ended = time.perf_counter()
        stop.set()
    await core.database.close()
    if not loaded:
        raise RuntimeError(found.plan.counts, found.plan.questions[:3], found.plan.wrong[:3])
    return between - began, ended - between, held.seconds


async def main(sizes: Sequence[int] = (PEOPLE, MOST_ROWS - SCHOOLS)) -> None:
    """Print the figures of a region, then of the largest file."""
    for people in sizes:
        with tempfile.TemporaryDirectory() as folder:
            content = a_region(people)
            looking, loading, held = await measure(content, Path(folder))
        verdict = ""
        if people == PEOPLE:
            verdict = f" (< {TARGET_S}) {'ok' if looking + loading < TARGET_S else 'MISSED'}"
        print(
            f"registry, {SCHOOLS} schools and {people} people: looked at {looking:.2f} s + loaded {loading:.2f} s = "
            f"{looking + loading:.2f} s{verdict}; the event loop was held for {held * 1000:.0f} ms at most"
        )


if __name__ == "__main__":
    asyncio.run(main())
