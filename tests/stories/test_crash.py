"""Real processes: one is killed in the middle of a delivery, one is asked to stop, two cannot start."""

import asyncio
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channels.telegram import TELEGRAM
from domain.outbox import ChatAddress, Draft, Recipient
from storage import outbox as outbox_rows
from storage.database import Database
from tests.conftest import database_url
from tests.people import Look
from tests.stories.processes import Server, process, until

pytestmark = pytest.mark.timeout(120)

MESSAGES = 2000
PEOPLE = 1000
KILLED_AT = 700
IN_FLIGHT = 150
"""Thirty senders, and what they had sent and nobody had written down yet."""


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
