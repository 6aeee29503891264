"""``python -m bench.tasks``: how soon «Мои задачи» is answered, with 500 people and a full year of what they were told.

Our own time: from the update's arrival until its last request is made, the messenger's answer costing nothing.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import insert

from bot.app import App
from domain.outbox import OutboxState
from domain.people import Account, Duty, Role
from rehearsal.person import Person
from storage import tables as t
from storage.database import Transaction
from storage.migrate import upgrade
from tests.handlers.desk import Desk, enters
from tests.handlers.opening import NOON, a_world, opened, people
from tests.people import Somebody, a_school, enrolled

SCHOOLS, TEAM = 60, 8
REMINDERS = 150
"""That a person got in the year, about two lines each."""
SAMPLES = 300
TARGET_MS = 50


async def fill(app: App) -> list[Somebody]:
    """A region of 480 people in schools, 20 curators, and what all of them were told in a year."""
    everybody: list[Somebody] = []
    for number in range(SCHOOLS):
        school = await a_school(app.core, f"Школа № {number}", f"Район № {number // 5}")
        for place in range(TEAM):
            who = Somebody(f"Участник {number}-{place}", Account("telegram", 700_000_000 + len(everybody)))
            everybody.append(who)
            await enrolled(app.core, who, Duty(Role.SCHOOL, school, responsible=place == 0), now=NOON)
        if number % 3 == 0:
            who = Somebody(f"Куратор {number}", Account("telegram", 700_000_000 + len(everybody)))
            everybody.append(who)
            await enrolled(app.core, who, Duty(Role.CURATOR, school), now=NOON)
    async with app.core.database.transaction() as tx:
        for person_id in range(1, len(everybody) + 3):
            await _told(tx, person_id)
    return everybody


async def _told(tx: Transaction, person_id: int) -> None:
    """A year of messages of one person, and how they took them."""
    said = [
        {
            "id": person_id * 1000 + number, "key": f"bench:{person_id}:{number}", "messenger": "telegram",
            "chat_id": person_id, "person_id": person_id, "text": "⏳ п. 16 Первый опрос участников" * 5, "buttons": [],
            "urgency": 0, "created_at": NOON, "due_at": NOON - timedelta(days=number), "expires_at": NOON,
            "state": OutboxState.SENT, "attempts": 1, "sent_at": NOON - timedelta(days=number), "reason": "",
            "maybe_twice": False,
        }
        for number in range(REMINDERS)
    ]  # fmt: skip
    lines = [
        {"outbox_id": one["id"], "recipient": f"person:{person_id}", "item_id": 1 + place % 34, "occasion": "ahead",
         "days": 7, "said_on": NOON.date()}
        for place, one in enumerate(said * 2)
    ]  # fmt: skip
    seen = [{"person_id": person_id, "item_id": item, "answered_at": NOON} for item in range(1, 35)]
    await tx.execute(insert(t.outbox), said)
    await tx.execute(insert(t.notice_line), lines)
    await tx.execute(insert(t.attention), seen)


async def measure(desk: Desk, everybody: Sequence[Person]) -> list[float]:
    """Milliseconds of presses of «Мои задачи» by people drawn at random, the first of each included."""
    chance = random.Random(500)  # noqa: S311  the same people in every run
    found = []
    for who in chance.choices(everybody, k=SAMPLES):
        who.says("/tasks")
        began = time.perf_counter()
        await desk.settle()
        found.append((time.perf_counter() - began) * 1000)
        if not who.last(who.private()).text.startswith("Мои задачи"):
            raise RuntimeError(who.last(who.private()).text)
    return found


async def main() -> None:
    """Print the median and the 95th percentile."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        world = a_world(None)
        async with opened(world, file) as desk:
            await upgrade(desk.app.core.database)
            await people(file)
            everybody = [enters(world, who) for who in await fill(desk.app)]
            for who in everybody:
                who.starts()
            await desk.settle()
            found = await measure(desk, everybody)
    p95 = quantiles(found, n=20)[-1]
    verdict = "ok" if p95 < TARGET_MS else "MISSED"
    print(
        f"my tasks, {len(everybody)} people: median {median(found):.1f} ms, p95 {p95:.1f} ms (< {TARGET_MS}) {verdict}"
    )


if __name__ == "__main__":
    asyncio.run(main())
