"""The bot's delivery in a process of its own, with short leases: what the kill tests kill.

``python -m tests.stories.runner [PER_SECOND]``: without a number the limits are off.
"""

import asyncio
import sys
from datetime import timedelta

from actions.outbox import Outbox
from bot.app import build
from bot.cli import new_loop
from bot.clock import now
from bot.settings import load_settings
from channels.limiter import Limit, Limiter, Limits
from channels.metronome import Metronome
from channels.telegram import TELEGRAM, TelegramChannel

LEASE = timedelta(seconds=2)


async def main() -> None:
    """Deliver until nothing waits, whoever had begun."""
    app = build(load_settings())
    channels = {TELEGRAM: TelegramChannel(app.bot)}
    limiter = Limiter(now, Limits(Limit(int(sys.argv[1]), timedelta(seconds=1)))) if sys.argv[1:] else None
    metronome = Metronome(limiter, now) if limiter else None
    outbox = Outbox(app.core.database, app.core.project, channels, limiter, now, LEASE, metronome)
    try:
        while await app.core.broadcast_laying.run(now()) or await outbox.next_moment() is not None:
            await outbox.deliver()
            await asyncio.sleep(0.05)
    finally:
        await app.bot.session.close()
        await app.core.database.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop()) as runner:
        runner.run(main())
