"""The product under the same load: ``python -m bench.ours BASE FOLDER run | send N``.

``run`` is the whole application with 50 coordinators, as ``python -m bot run`` assembles it; ``send`` fills the outbox
with N messages and prints the seconds that the delivery took, limits off.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from actions.outbox import Outbox
from bench.bare import TOKEN
from bot.app import App, build
from bot.cli import new_loop
from bot.running import serve
from bot.settings import Settings
from channels.telegram import TELEGRAM, TelegramChannel
from domain.outbox import ChatAddress, Draft, Recipient
from domain.people import Account, Role
from domain.roadmap_file import read_roadmap
from storage import outbox as outbox_rows
from storage.migrate import upgrade

PEOPLE = range(1000, 1050)
ROADMAP = Path("roadmaps/ivanovo-2022.toml").read_text(encoding="utf-8")
NOON = datetime(2022, 3, 10, 9, tzinfo=UTC)
TEXT = "⏳ п. 16 Первый опрос участников — начнётся 10 марта, чт"


def settings(base: str, folder: Path) -> Settings:
    """As a deployment would have them."""
    return Settings(
        bot_token=SecretStr(TOKEN),
        telegram_api=base,
        database_url=f"sqlite+aiosqlite:///{folder / 'bench.db'}",
        log_level="WARNING",
    )


async def prepare(app: App) -> None:
    """The 2022 roadmap and the people; a second call adds nothing."""
    await upgrade(app.core.database)
    await app.core.roadmaps.load(read_roadmap(ROADMAP), now=NOON)
    for number in PEOPLE:
        account = Account(TELEGRAM, number)
        if (await app.core.people.member(account, now=NOON)).is_stranger:
            invitation = await app.core.invites.invite(Role.COORDINATOR, now=NOON)
            member = await app.core.invites.accept(invitation.code, account, now=NOON)
            await app.core.consents.agree("Координатор", by=member, now=NOON)


async def send(app: App, total: int) -> None:
    """Fill, deliver, print."""
    async with app.core.database.transaction() as tx:
        for number in range(total):
            chat = Recipient(f"person:{number}", ChatAddress(TELEGRAM, 1000 + number % 500), frozenset())
            draft = Draft(f"bench:{time.perf_counter_ns()}", chat, TEXT, NOON, NOON + timedelta(days=1))
            await outbox_rows.put(tx, draft, NOON)
    channels = {TELEGRAM: TelegramChannel(app.bot)}
    outbox = Outbox(app.core.database, app.core.project, channels, None, lambda: NOON)
    started = time.perf_counter()
    tried = await outbox.deliver()
    if tried != total:
        raise RuntimeError(f"{tried} of {total} messages were delivered")
    sys.stdout.write(f"{time.perf_counter() - started}\n")


async def main() -> None:
    """See the module."""
    base, folder, what = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    app = build(settings(base, folder))
    async with app.bot.session:
        if what == "prepare":
            await prepare(app)
        elif what == "run":
            await upgrade(app.core.database)
            await serve(app, handle_signals=False)
        else:
            await send(app, int(sys.argv[4]))
    await app.core.database.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop()) as runner:
        runner.run(main())
