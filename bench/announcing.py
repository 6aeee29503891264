"""The product announcing something to many: ``python -m bench.announcing BASE FOLDER fill | send | run``.

``fill N`` lays a region of N people and an announcement to all of them that is ready to go. ``send`` launches it, lays
all of it into the outbox and delivers it with the limits off; ``run`` is the whole application, as ``python -m bot
run`` assembles it, in which it is launched. Both print when (Unix time) it was launched.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert

from actions.outbox import Outbox
from bench.bare import TEXT
from bench.ours import settings
from bot.app import App, build
from bot.cli import new_loop
from bot.clock import now
from bot.running import serve
from channels.telegram import TELEGRAM, TelegramChannel
from domain.broadcast import everybody
from domain.consent import VERSION
from domain.people import Account, Duty, Member, Role
from storage import tables as t
from storage.database import batches
from storage.migrate import upgrade
from tests.people import Somebody, a_school, enrolled

FIRST, THE_ONE = 1000, 1
AUTHOR = Somebody("Координатор", Account(TELEGRAM, 5))


def awake() -> str:
    """A zone in which it is about noon, so that nobody is asleep."""
    ahead = 12 - now().hour
    return "Etc/UTC" if ahead == 0 else f"Etc/GMT{-ahead:+d}"


def rows(people: int, school: int, at: datetime) -> Iterator[tuple[Table, dict[str, Any]]]:
    """So many people of one school, who have come in and agreed."""
    for number in range(FIRST, FIRST + people):
        name = f"Участник {number}"
        yield t.person, {"id": number, "name": name, "name_key": name.casefold(), "created_at": at}
        duty = {"person_id": number, "role": Role.SCHOOL, "school_id": school, "responsible": False, "since": at}
        yield t.duty, duty
        yield t.account, {"messenger": TELEGRAM, "account_id": number, "person_id": number}
        yield t.consent, {"person_id": number, "version": VERSION, "given": True, "at": at}


async def fill(app: App, people: int) -> None:
    """Lay everything; the announcement is looked at and can go."""
    core, at = app.core, now()
    await upgrade(core.database)
    author = await enrolled(core, AUTHOR, Duty(Role.COORDINATOR), now=at)
    school = await a_school(core)
    async with core.database.transaction() as tx:
        for batch in batches(rows(people, school, at)):
            for table in (t.person, t.duty, t.account, t.consent):
                await tx.execute(insert(table), [row for one, row in batch if one is table])
    made = await core.broadcast_keeping.make(by=author, now=at)
    await core.broadcast_keeping.write(made, TEXT, by=author, now=at)
    await core.broadcast_keeping.ask(made, lambda circle, _: everybody(circle), by=author, now=at)
    await core.broadcast_keeping.preview(made, by=author, now=at)


async def launch(app: App) -> None:
    """It goes; print since when."""
    began = now()
    author: Member = await app.core.people.member(AUTHOR.account, now=began)
    await app.core.broadcast_launch.launch(THE_ONE, by=author, now=began)
    sys.stdout.write(f"{began.timestamp()}\n")
    sys.stdout.flush()


async def send(app: App) -> None:
    """Limits off; print the seconds that the delivery took."""
    await launch(app)
    await app.core.broadcast_laying.run(now())
    outbox = Outbox(app.core.database, app.core.project, {TELEGRAM: TelegramChannel(app.bot)}, None, now)
    gc.collect()
    gc.freeze()  # as the bot does when it begins to serve (``bot/running.py``)
    started = time.perf_counter()
    await outbox.deliver()
    sys.stdout.write(f"{time.perf_counter() - started}\n")
    sys.stdout.flush()


async def run(app: App) -> None:
    """Until the process is ended."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve(app, handle_signals=False))
        await asyncio.sleep(2)
        await launch(app)


async def main() -> None:
    """See the module."""
    base, folder, what = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    app = build(settings(base, folder).model_copy(update={"timezone": awake()}))
    async with app.bot.session:
        if what == "fill":
            await fill(app, int(sys.argv[4]))
        else:
            await (send if what == "send" else run)(app)
    await app.core.database.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop()) as runner:
        runner.run(main())
