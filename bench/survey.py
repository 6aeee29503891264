"""``python -m bench.survey``: 300 people fill in a form of 12 questions at once, each thinking for some seconds.

Our own time: from the update's arrival until it is handled, the messenger's answer costing nothing. Beside it stands
how long the last of 300 waits who press in the same instant.
"""

import asyncio
import gc
import random
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from bot.cli import new_loop
from domain.form import Form, Option, Question, QuestionKind
from domain.people import Account, Duty, Role
from domain.survey import Survey
from rehearsal.person import Person
from storage import survey as survey_rows
from storage.migrate import upgrade
from tests.handlers.desk import Desk, enters
from tests.handlers.opening import NOON, a_world, opened, people
from tests.people import Somebody, a_school, enrolled

SCHOOLS, TEAM = 60, 5
THINKS_S = (4.0, 12.0)
"""Eight seconds a question: two thirds of what a form says of itself (``domain/form.py``)."""
TARGET_MS = 150
_OPTIONS = tuple(Option(f"o{one}", f"Вариант ответа {one}") for one in range(1, 6))
FORM = Form(
    "Нагрузка",
    (
        *(Question(f"scale{one}", f"Насколько {one}?", QuestionKind.SCALE, least=1, most=5) for one in range(5)),
        *(Question(f"one{one}", f"Что из этого {one}?", QuestionKind.ONE, options=_OPTIONS) for one in range(3)),
        Question("several", "Что помогло?", QuestionKind.SEVERAL, options=_OPTIONS),
        Question("yes", "Было ли трудно?", QuestionKind.YES_NO),
        Question("number", "Сколько было встреч?", QuestionKind.NUMBER),
        Question("text", "Что ещё скажете?", QuestionKind.TEXT),
    ),
)


async def fill(desk: Desk) -> tuple[list[Person], int]:
    """A region of 300, and a survey that runs; its id."""
    core = desk.app.core
    everybody: list[Person] = []
    for number in range(SCHOOLS):
        school = await a_school(core, f"Школа № {number}", f"Район № {number // 5}")
        for place in range(TEAM):
            who = Somebody(f"Участник {number}-{place}", Account("telegram", 700_000_000 + len(everybody)))
            await enrolled(core, who, Duty(Role.SCHOOL, school, responsible=place == 0), now=NOON)
            everybody.append(enters(desk.world, who))
    async with core.database.transaction() as tx:
        survey = Survey(0, FORM.title, FORM, opens=NOON.date(), closes=date(2022, 12, 24))
        made = await survey_rows.add(tx, survey, None, NOON)
    await core.survey_course.run(NOON)
    return everybody, made.id


class Answering:
    """Everybody at once; ``took`` are the milliseconds of every update."""

    def __init__(self, desk: Desk, survey_id: int) -> None:
        self._desk = desk
        self._survey = survey_id
        self.took: list[float] = []

    async def _feed(self) -> None:
        """The update that was just made."""
        queue = self._desk.world.bot.queue
        (update,) = queue.pending()
        queue.clear()
        began = time.perf_counter()
        await self._desk.app.dispatcher.feed_raw_update(self._desk.app.bot, update.wire())
        self.took.append((time.perf_counter() - began) * 1000)

    async def press(self, who: Person, data: str) -> None:
        who.presses_data(who.last(who.private()), data)
        await self._feed()

    async def type(self, who: Person, text: str) -> None:
        who.says(text)
        await self._feed()

    async def person(self, who: Person, chance: random.Random) -> None:
        """From «Пройти опрос» to «Отправить»."""
        ref = f"survey:{self._survey}:0"
        steps = [f"survey-go:{self._survey}:0"]
        steps += [f"fa:{ref}:scale{one}:{chance.randint(1, 5)}" for one in range(5)]
        steps += [f"fa:{ref}:one{one}:o{chance.randint(1, 5)}" for one in range(3)]
        steps += [f"fa:{ref}:several:o1", f"fa:{ref}:several:o3", f"fs:{ref}:done:several", f"fa:{ref}:yes:no"]
        for data in steps:
            await self._thinks(chance)
            await self.press(who, data)
        await self._thinks(chance)
        await self.type(who, str(chance.randint(1, 50)))
        await self.press(who, f"fs:{ref}:right:number")
        await self._thinks(chance)
        await self.type(who, "Больше встреч с коллегами")
        await self.press(who, f"fw:{ref}:send")

    async def _thinks(self, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(*THINKS_S))


async def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        world = a_world(None)
        async with opened(world, file) as desk:
            await upgrade(desk.app.core.database)
            await people(file)
            everybody, survey_id = await fill(desk)
            for who in everybody:
                who.starts()
            await desk.settle()
            answering, burst = Answering(desk, survey_id), Answering(desk, survey_id)
            gc.collect()
            gc.freeze()  # as the bot does when it begins to serve (``bot/running.py``)
            began = time.perf_counter()
            async with asyncio.TaskGroup() as all_of_them:
                for number, who in enumerate(everybody):
                    all_of_them.create_task(answering.person(who, random.Random(number)))  # noqa: S311  the same each time
            seconds = time.perf_counter() - began
            async with desk.app.core.database.read() as tx:
                parts = await survey_rows.parts(tx, survey_id)
            answered = sum(one.answered_on is not None for one in parts)
            async with asyncio.TaskGroup() as all_of_them:
                for who in everybody:
                    all_of_them.create_task(burst.press(who, f"fa:survey:{survey_id}:0:yes:yes"))
    if answered != len(everybody):
        raise RuntimeError(f"{answered} of {len(everybody)} have answered")
    p95 = quantiles(answering.took, n=20)[-1]
    verdict = "ok" if p95 < TARGET_MS else "MISSED"
    rate = len(answering.took) / seconds
    print(
        f"survey, {len(everybody)} people, 12 questions, {len(answering.took)} updates at {rate:.0f}/s: "
        f"median {median(answering.took):.1f} ms, p95 {p95:.1f} ms (< {TARGET_MS}) {verdict}; "
        f"{len(everybody)} presses in one instant: the last after {max(burst.took):.0f} ms"
    )


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop()) as runner:
        runner.run(main())
