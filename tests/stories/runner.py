"""The bot's delivery in a process of its own, with the limits off and short leases: what the kill test kills."""

import asyncio
from datetime import timedelta

from actions.outbox import Outbox
from bot.app import build
from bot.cli import new_loop
from bot.clock import now
from bot.settings import load_settings
from channels.telegram import TELEGRAM, TelegramChannel

LEASE = timedelta(seconds=2)


async def main() -> None:
    """Deliver until nothing waits, whoever had begun."""
    app = build(load_settings())
    channels = {TELEGRAM: TelegramChannel(app.bot)}
    outbox = Outbox(app.core.database, app.core.project, channels, None, now, LEASE)
    try:
        while await outbox.next_moment() is not None:
            await outbox.deliver()
            await asyncio.sleep(0.05)
    finally:
        await app.bot.session.close()
        await app.core.database.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop()) as runner:
        runner.run(main())
