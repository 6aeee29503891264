"""``python -m rehearsal.server --port 0 --token 42:TEST``: a bare world in a process of its own.

The first line of standard output is the base address; the world runs with real time until it is interrupted.
"""

import argparse
import asyncio
import contextlib
import signal
import sys
from datetime import UTC, datetime

from rehearsal.clock import MovableClock
from rehearsal.controls import Controls
from rehearsal.world import START, World
from rehearsal.world_server import WorldServer


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rehearsal.server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="42:TEST", help="the number before the colon is the bot's id")
    parser.add_argument("--username", default="rehearsal_bot")
    parser.add_argument("--start", default=START.isoformat(), help="where the clock starts, ISO with an offset")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-flood", action="store_true", help="no limits on sending")
    return parser.parse_args(words)


async def serve(asked: argparse.Namespace) -> None:
    start = datetime.fromisoformat(asked.start).astimezone(UTC)
    world = World(MovableClock(start, running=True), seed=asked.seed)
    world.add_bot(asked.token, asked.username)
    if asked.no_flood:
        world.flood = None
    stopped = asyncio.Event()
    for interruption in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has Ctrl+C only
            asyncio.get_running_loop().add_signal_handler(interruption, stopped.set)
    async with WorldServer(world, asked.port, Controls(world).extend) as server:
        sys.stdout.write(f"{server.base}\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    asyncio.run(serve(arguments(sys.argv[1:])))


if __name__ == "__main__":
    main()
