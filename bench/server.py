"""The lightest Bot API that keeps two bots busy alike, in a process of its own: it checks nothing and only counts.

``POST /bench/load`` with ``{"kind": "text"|"press", "count": n, "window": w, "people": [...], "data": [...]}`` keeps
``w`` updates outstanding until ``n`` are answered and returns the seconds and the 99th percentile in milliseconds.
``POST /bench/limit`` with ``{"per_second": 30}`` refuses what is more than so many messages in any second; 0 ends that.
"""

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import Mapping
from typing import Any

import uvloop
from aiohttp import web

_MESSAGE = {"message_id": 1, "date": 1_700_000_000}
_ME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Load:
    """One load under way: who was asked when, and how long the answers took."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.kind: str = asked["kind"]
        self.left: int = asked["count"]
        self.window: int = asked["window"]
        self.people: deque[int] = deque(asked["people"])
        self.data: list[str] = asked.get("data", [""])
        self.since: dict[int, float] = {}
        self.took: list[float] = []
        self.done = asyncio.Event()


class Server:
    """The routes and the state."""

    def __init__(self) -> None:
        self.load: Load | None = None
        self.updates: deque[dict[str, Any]] = deque()
        self.news = asyncio.Event()
        self.next_id = 1
        self.sent = 0
        self.polled_at: float | None = None
        self.per_second = 0
        self.refused = 0
        self.first_at = self.last_at = 0.0
        self.taken: deque[float] = deque()

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/bench/load", self.run_load)
        app.router.add_post("/bench/stats", self.stats)
        app.router.add_post("/bench/limit", self.limit)
        app.router.add_post("/bot{token}/getUpdates", self.get_updates)
        app.router.add_post("/bot{token}/{method}", self.answer)
        return app

    async def run_load(self, request: web.Request) -> web.Response:
        self.load = load = Load(await request.json())
        started = time.perf_counter()
        for _ in range(min(load.window, load.left)):
            self.push(load)
        await load.done.wait()
        seconds = time.perf_counter() - started
        self.load = None
        took = sorted(load.took)
        return web.json_response({"seconds": seconds, "p99_ms": took[int(len(took) * 0.99)] * 1000})

    async def stats(self, request: web.Request) -> web.Response:
        told = {"sent": self.sent, "polled_at": self.polled_at, "refused": self.refused}
        told |= {"first_at": self.first_at, "last_at": self.last_at}
        if not (await request.json()).get("keep"):
            self.sent, self.refused, self.polled_at, self.first_at = 0, 0, None, 0.0
        return web.json_response(told)

    async def limit(self, request: web.Request) -> web.Response:
        self.per_second = (await request.json())["per_second"]
        return web.json_response({})

    def is_flooded(self) -> bool:
        """Whether there is no place for one more message in this second; what was refused takes none."""
        now = time.monotonic()
        while self.taken and self.taken[0] <= now - 1:
            self.taken.popleft()
        if len(self.taken) >= self.per_second:
            self.refused += 1
            return True
        self.taken.append(now)
        return False

    def push(self, load: Load) -> None:
        if load.left == 0:
            return
        load.left -= 1
        person = load.people.popleft()
        user = {"id": person, "is_bot": False, "first_name": "P"}
        chat = {"id": person, "type": "private"}
        message = _MESSAGE | {"chat": chat, "text": "hello"}
        update: dict[str, Any] = {"update_id": self.next_id}
        if load.kind == "text":
            update["message"] = message | {"from": user}
        else:
            data = load.data[self.next_id % len(load.data)]
            query = {"id": str(person), "from": user, "chat_instance": "1", "data": data}
            update["callback_query"] = query | {"message": message | {"from": _ME}}
        self.next_id += 1
        load.since[person] = time.perf_counter()
        self.updates.append(update)
        self.news.set()

    async def get_updates(self, request: web.Request) -> web.Response:
        self.polled_at = self.polled_at or time.time()  # noqa: TID251  compared with another process's wall clock
        if not self.updates:
            self.news.clear()
            timeout = float(str((await _given(request)).get("timeout", 0)))
            try:
                await asyncio.wait_for(self.news.wait(), timeout)
            except TimeoutError:
                return _ok([])
        batch = [self.updates.popleft() for _ in range(min(100, len(self.updates)))]
        return _ok(batch)

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _given(request)
        if method == "getMe":
            return _ok(_ME)
        load = self.load
        if method == "answerCallbackQuery":
            if load is not None:
                self.settle(load, int(str(given["callback_query_id"])))
            return _ok(result=True)
        if method in ("sendMessage", "editMessageText"):
            if self.per_second and self.is_flooded():
                return _flood()
            self.sent += 1
            self.last_at = time.time()  # noqa: TID251  compared with another process's wall clock
            self.first_at = self.first_at or self.last_at
            chat_id = int(str(given["chat_id"]))
            if load is not None and load.kind == "text":
                self.settle(load, chat_id)
            return _ok(_MESSAGE | {"chat": {"id": chat_id, "type": "private"}, "text": "x"})
        return _ok(result=True)

    def settle(self, load: Load, person: int) -> None:
        since = load.since.pop(person, None)
        if since is None:
            return
        load.took.append(time.perf_counter() - since)
        load.people.append(person)
        self.push(load)
        if load.left == 0 and not load.since:
            load.done.set()


def _ok(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")


async def _given(request: web.Request) -> Mapping[str, Any]:
    return await request.json() if request.content_type == "application/json" else await request.post()


def _flood() -> web.Response:
    told = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 1}}
    return web.json_response(told, status=429)


async def main() -> None:
    """Print the address, serve until the end of the process."""
    runner = web.AppRunner(
        Server().application(), access_log=None, handler_cancellation=True
    )  # a dead bot polls no more
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
