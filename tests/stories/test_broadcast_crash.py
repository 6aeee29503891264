"""A real process that sends an announcement is killed five times: nobody is lost, who got it twice is marked."""

import asyncio
import random
import signal
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.core import build_core
from bot.settings import Settings
from channels.telegram import TELEGRAM
from domain.broadcast import everybody
from domain.outbox import OutboxState
from domain.people import Account, Duty, Member, Role
from storage import broadcast as broadcast_rows
from storage import consent as consent_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.broadcast import Part
from tests.conftest import database_url
from tests.people import Look, Somebody, a_school, enrolled
from tests.stories.processes import Server, process, until

pytestmark = pytest.mark.timeout(300)

PEOPLE = 600
PER_SECOND = 100
KILLS = 5
IN_FLIGHT = 45
"""What is claimed ahead, the thirty senders, and what they had sent and nobody had written down yet."""


async def lay(database_file: Path, environment: dict[str, str], ids: list[int], now: datetime) -> int:
    """Everybody is of one school; an announcement to all is launched. Returns its id."""
    url, zone = database_url(database_file), environment["TIMEZONE"]
    core = build_core(Settings(_env_file=None, bot_token=None, telegram_api="", database_url=url, timezone=zone))
    school = await a_school(core)
    async with core.database.transaction() as tx:
        for number, account_id in enumerate(ids):
            person_id = await people_rows.add_person(tx, f"Участник {number}", now)
            await registry_rows.give_duty(tx, person_id, Duty(Role.SCHOOL, school), now)
            await people_rows.add_account(tx, person_id, Account(TELEGRAM, account_id))
            await consent_rows.answer(tx, person_id, now, given=True)
    author: Member = await enrolled(core, Somebody("Марина", Account(TELEGRAM, 5)), Duty(Role.COORDINATOR), now=now)
    made = await core.broadcast_keeping.make(by=author, now=now)
    await core.broadcast_keeping.write(made, "{{ имя }}, завтра <b>вебинар</b>", by=author, now=now)
    await core.broadcast_keeping.ask(made, lambda circle, _: everybody(circle), by=author, now=now)
    await core.broadcast_keeping.preview(made, by=author, now=now)
    assert (await core.broadcast_launch.launch(made, by=author, now=now)).count == len(ids)
    await core.database.close()
    return made


async def report(database_file: Path, broadcast_id: int) -> list[Part]:
    """The delivery report, person by person."""
    core = build_core(
        Settings(_env_file=None, bot_token=None, telegram_api="", database_url=database_url(database_file))
    )
    async with core.database.read() as tx:
        found = await broadcast_rows.parts(tx, broadcast_id)
    await core.database.close()
    return found


def has_sent(server: Server, count: int) -> Callable[[], bool]:
    """Whether so many messages have come."""
    return lambda: server.ask("stats")["calls"].get("sendMessage", 0) >= count


async def test_killed_five_times_an_announcement_loses_nobody_and_the_report_agrees_with_the_server(
    server: Server, environment: dict[str, str], database_file: Path, tmp_path: Path, now: datetime
) -> None:
    ids = server.ask("people", count=PEOPLE)["ids"]
    broadcast_id = await lay(database_file, environment, ids, now)
    words, chance = ("tests.stories.runner", str(PER_SECOND)), random.Random()  # noqa: S311  another moment every time
    for kill in range(1, KILLS + 1):
        with process(*words, folder=tmp_path, **environment) as running:
            until(has_sent(server, PEOPLE * kill // (KILLS + 1) - chance.randrange(PEOPLE // 20)), running, 120)
            await asyncio.sleep(chance.random() / PER_SECOND * 2)
            running.send_signal(signal.SIGKILL)
            running.wait()
    with process(*words, folder=tmp_path, **environment) as again:
        assert again.wait(timeout=120) == 0

    came: dict[int, list[str]] = defaultdict(list)
    for message in server.ask("messages")["messages"]:
        came[message["chat"]].append(str(message["id"]))
    chats = dict(Look(database_file).rows("SELECT person_id, account_id FROM account"))
    parts = {chats[part.person_id]: part for part in await report(database_file, broadcast_id)}
    twice = {chat for chat, found in came.items() if len(found) > 1}
    print(f"{len(twice)} of {PEOPLE} got it twice, {sum(one.maybe_twice for one in parts.values())} are marked")  # noqa: T201
    assert set(came) == set(parts) == set(ids)
    assert {part.state for part in parts.values()} == {OutboxState.SENT}
    assert {chat: part.message_id for chat, part in parts.items()} == {chat: came[chat][-1] for chat in ids}
    assert twice <= {chat for chat, part in parts.items() if part.maybe_twice}
    assert sum(len(found) - 1 for found in came.values()) <= KILLS * IN_FLIGHT
