"""Real processes: one is killed in the middle of a delivery, one is asked to stop, two cannot start."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.telegram import TELEGRAM
from domain.outbox import ChatAddress, Draft, Recipient
from storage import outbox as outbox_rows
from storage.database import Database
from tests.conftest import database_url
from tests.people import Look

pytestmark = pytest.mark.timeout(120)

ROOT = Path(__file__).parents[2]
TOKEN = "500500:a-toy-token-of-this-test"
MESSAGES = 2000
PEOPLE = 1000
KILLED_AT = 700
IN_FLIGHT = 150
"""Thirty senders, and what they had sent and nobody had written down yet."""


@contextmanager
def process(*words: str, folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process of ours, ended on leaving; it sees no settings but the given ones."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "SYSTEMROOT"}}
    given = kept | {"PYTHONPATH": str(ROOT)} | environment
    with subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        try:
            yield running
        finally:
            running.kill()


class Server:
    """The stand-in in a process of its own, moved by its controls."""

    def __init__(self, base: str) -> None:
        self.base = base

    def ask(self, control: str, **asked: Any) -> Any:
        """One control."""
        request = urllib.request.Request(  # noqa: S310  loopback
            f"{self.base}/control/{control}", json.dumps(asked).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  loopback
            return json.load(answer)

    def arrived(self) -> Counter[str]:
        """How many times each text came."""
        return Counter(message["text"] for message in self.ask("messages")["messages"])

    def count(self) -> int:
        """How many messages came."""
        return int(self.ask("messages", texts=False)["count"])


@pytest.fixture(scope="module")
def server_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    words = ("rehearsal.server", "--no-flood", "--token", TOKEN)
    with process(*words, folder=tmp_path_factory.mktemp("server")) as running:
        assert running.stdout is not None
        yield Server(running.stdout.readline().strip())


@pytest.fixture
def server(server_process: Server) -> Server:
    server_process.ask("reset")
    return server_process


@pytest.fixture
def environment(server: Server, database_file: Path, now: datetime) -> dict[str, str]:
    """A deployment in whose zone it is about noon, so that nobody is asleep."""
    ahead = 12 - now.hour
    zone = "Etc/UTC" if ahead == 0 else f"Etc/GMT{-ahead:+d}"
    return {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API": server.base,
        "DATABASE_URL": database_url(database_file),
        "TIMEZONE": zone,
    }


def put(database_file: Path, ids: list[int], count: int, now: datetime) -> set[str]:
    """So many messages to these people, waiting to be sent; their texts."""
    texts = [f"Сообщение {number}" for number in range(count)]

    async def write() -> None:
        database = Database(database_url(database_file))
        async with database.transaction() as tx:
            for number, text in enumerate(texts):
                chat = Recipient(f"person:{number}", ChatAddress(TELEGRAM, ids[number % len(ids)]), frozenset())
                await outbox_rows.put(tx, Draft(f"crash:{number}", chat, text, now, now + timedelta(days=1)), now)
        await database.close()

    asyncio.run(write())
    return set(texts)


def until(is_so: Callable[[], bool], running: subprocess.Popen[str], seconds: float = 60) -> None:
    """Wait for something while the process lives."""
    end = time.monotonic() + seconds
    while not is_so():
        assert running.poll() is None, running.communicate()[1]
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_killed_in_the_middle_of_a_delivery_it_loses_nothing_and_repeats_only_what_was_in_flight(
    server: Server, environment: dict[str, str], database_file: Path, tmp_path: Path, now: datetime
) -> None:
    texts = put(database_file, server.ask("people", count=PEOPLE)["ids"], MESSAGES, now)
    look = Look(database_file)
    with process("tests.stories.runner", folder=tmp_path, **environment) as running:
        until(lambda: server.ask("stats")["calls"].get("sendMessage", 0) >= KILLED_AT, running)
        running.send_signal(signal.SIGKILL)
        running.wait()
    before = server.count()
    left = dict(look.rows("SELECT state, count(*) FROM outbox GROUP BY state"))
    assert KILLED_AT <= before < MESSAGES
    assert left["sending"] > 0
    with process("tests.stories.runner", folder=tmp_path, **environment) as again:
        assert again.wait(timeout=60) == 0
    arrived = server.arrived()
    twice = {text for text, count in arrived.items() if count > 1}
    print(f"killed after {before} messages with {left['sending']} claimed; {len(twice)} arrived twice")  # noqa: T201
    assert set(arrived) == texts
    assert max(arrived.values()) <= 2
    assert len(twice) <= IN_FLIGHT
    assert twice <= {text for (text,) in look.rows("SELECT text FROM outbox WHERE maybe_twice")}
    assert look.rows("SELECT DISTINCT state FROM outbox") == [("sent",)]


def test_asked_to_stop_in_the_middle_it_settles_everything_and_nothing_is_repeated(
    server: Server, environment: dict[str, str], database_file: Path, tmp_path: Path, now: datetime
) -> None:
    ids = server.ask("people", count=90)["ids"]
    texts = put(database_file, ids, len(ids), now)
    look = Look(database_file)
    with process("bot", "run", folder=tmp_path, **environment) as running:
        until(lambda: server.count() >= 35, running)
        for person in ids[:20]:
            server.ask("says", person=person, text="/menu")
        asked = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == 0
        took = time.monotonic() - asked
    assert took < 8
    states = dict(look.rows("SELECT state, count(*) FROM outbox GROUP BY state"))
    arrived = server.arrived()
    assert sum(count for text, count in arrived.items() if text in texts) == states["sent"]
    assert states.keys() == {"sent", "planned"}
    answers = {text: count for text, count in arrived.items() if text not in texts}
    assert len(answers) <= 1, answers
    assert server.ask("stats")["pending"] + sum(answers.values()) == 20
    with process("bot", "run", folder=tmp_path, **environment) as again:
        until(lambda: server.count() >= len(texts) + 20, again)
        again.send_signal(signal.SIGTERM)
        assert again.wait(timeout=20) == 0
    polite = {text: count for text, count in server.arrived().items() if text not in texts}
    assert {text: server.arrived()[text] for text in texts} == dict.fromkeys(texts, 1)
    assert list(polite.values()) == [20]
    assert look.rows("SELECT state, count(*) FROM outbox GROUP BY state") == [("sent", len(texts))]
    assert look.rows("SELECT count(*) FROM outbox WHERE maybe_twice") == [(0,)]
    stats = server.ask("stats")
    assert (stats["pending"], stats["complaints"]) == (0, [])


def test_bot_that_cannot_start_says_why_in_one_line(
    server: Server, environment: dict[str, str], database_file: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"this was a database once " * 4096)
    with (
        process("bot", "run", folder=tmp_path, **environment | {"BOT_TOKEN": "1:wrong"}) as stranger,
        process("bot", "run", folder=tmp_path, **environment | {"DATABASE_URL": database_url(damaged)}) as blind,
    ):
        ends = [(*running.communicate(timeout=30), running.returncode) for running in (stranger, blind)]
    token = "BOT_TOKEN: сервер не принял токен. Проверьте его у @BotFather.\n"
    file = "Файл базы данных повреждён или это не база: проверьте DATABASE_URL, восстановите файл из копии.\n"
    assert ends == [("", token, 1), ("", file, 1)]
    assert server.count() == 0
