"""``check`` tells what is wrong with a deployment, a line for each part, and changes nothing."""

from argparse import Namespace
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli_check import check
from bot.core import Core
from bot.settings import Settings
from domain.people import Member
from rehearsal import chats
from rehearsal.chats import Group, Membership
from rehearsal.person import Person
from rehearsal.refusals import Json
from rehearsal.world import World
from rehearsal.world_server import LOOPBACK, WorldServer
from storage.migrate import newest
from tests.people import Look, SettableClock, a_roadmap, an_item, bound
from texts import Texts
from web.server import served

TOKEN = "123456:TEST"
URL = "https://road.example.org"
TEXTS = Texts()


def line(text_id: str, *, good: bool, **values: object) -> str:
    return TEXTS.plain("check.line", good=good, said=TEXTS.plain(text_id, **values))


TOKEN_FINE = line("check.token", good=True, username="road_bot")


@pytest.fixture
def world() -> World:
    world = World()
    world.add_bot(TOKEN, username="road_bot")
    return world


@pytest.fixture
async def server(world: World) -> AsyncIterator[WorldServer]:
    async with WorldServer(world) as server:
        yield server


@pytest.fixture
def online(settings: Settings, server: WorldServer) -> Settings:
    return settings.model_copy(update={"bot_token": SecretStr(TOKEN), "telegram_api": server.base})


@pytest.fixture
def anna(world: World) -> Person:
    return world.add_person("Анна")


@pytest.fixture
async def group(core: Core, clock: SettableClock, world: World, anna: Person, marina: Member) -> Group:
    """A group of the world, bound as «500+»."""
    group = world.add_group("Группа «500+»", [anna, world.bot])
    await core.roadmaps.load(a_roadmap(an_item(1, "до 20 марта")), now=clock())
    await bound(core, marina, clock(), chat_id=group.id)
    return group


async def findings(settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and the lines after those of the zone, the disk, the calendars and the database."""
    capsys.readouterr()
    code = await check(Namespace(), settings, TEXTS)
    lines = capsys.readouterr().out.splitlines()
    assert lines[3] == line("check.database", good=True, found=newest(), needed=newest())
    return code, lines[4:]


async def test_everything_in_order(
    online: Settings, group: Group, look: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    before = look.rows("SELECT * FROM group_chat"), look.count("outbox")
    fine = line("check.group", good=True, title=group.title, channel="500+")
    code, (token, timing, bound_group) = await findings(online, capsys)
    assert (code, token, bound_group) == (0, TOKEN_FINE, fine)
    assert timing in [line("check.clock", good=True, seconds=seconds) for seconds in (0, 1)]  # Date is in whole seconds
    assert (look.rows("SELECT * FROM group_chat"), look.count("outbox")) == before
    assert [message for message in group.live() if message.service is None] == []


async def test_token_that_the_server_does_not_know(online: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    other = online.model_copy(update={"bot_token": SecretStr("123456:OTHER")})
    assert await findings(other, capsys) == (1, [line("cli.token-refused", good=False)])


async def test_token_of_a_wrong_shape_is_refused_as_well(
    online: Settings, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.faults.fail("getMe", code=404)
    assert await findings(online, capsys) == (1, [line("cli.token-refused", good=False)])


async def test_server_that_does_not_answer(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = settings.model_copy(update={"bot_token": SecretStr(TOKEN), "telegram_api": "http://127.0.0.1:1"})
    assert await findings(nobody, capsys) == (1, [line("check.no-answer", good=False)])


@pytest.mark.parametrize("code", [500, 502])
async def test_server_in_trouble(online: Settings, world: World, capsys: pytest.CaptureFixture[str], code: int) -> None:
    world.faults.fail("getMe", code=code)
    assert await findings(online, capsys) == (1, [line("check.no-answer", good=False)])


async def test_no_token(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert await findings(settings, capsys) == (1, [line("check.no-token", good=False)])


async def test_no_group_is_bound(online: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = await findings(online, capsys)
    assert (code, lines[0], lines[-1]) == (1, TOKEN_FINE, line("check.no-groups", good=False))


async def test_group_that_the_bot_was_removed_from_unnoticed(
    online: Settings, group: Group, anna: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    anna.removes_bot(group)
    code, lines = await findings(online, capsys)
    assert (code, lines[-1]) == (1, line("check.group-lost", good=False, title=group.title))


async def test_group_that_is_not_there_any_more(
    online: Settings, group: Group, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    del world.groups[group.id]
    code, lines = await findings(online, capsys)
    assert (code, lines[-1]) == (1, line("check.group-lost", good=False, title=group.title))


class Restricted(Membership):
    """A member whose rights an administrator has cut, as Telegram writes it."""

    may_write = False

    def wire(self) -> Json:
        rights = dict.fromkeys(chats.ADMIN_RIGHTS | RIGHTS, False)
        return super().wire() | rights | {"is_member": True, "until_date": 0, "can_send_messages": self.may_write}


RIGHTS = dict.fromkeys(
    (
        "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
        "can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews",
        "can_edit_tag", "can_react_to_messages",
    )
)  # fmt: skip


@pytest.mark.parametrize("may_write", [False, True])
async def test_group_where_the_bot_is_restricted(
    online: Settings, group: Group, world: World, capsys: pytest.CaptureFixture[str], may_write: bool
) -> None:
    place = Restricted(world.bot, "restricted")
    place.may_write = may_write
    group.members[world.bot.id] = place
    code, lines = await findings(online, capsys)
    text_id = "check.group" if may_write else "check.group-silent"
    values = {"title": group.title} | ({"channel": "500+"} if may_write else {})
    assert (code, lines[-1]) == (0 if may_write else 1, line(text_id, good=may_write, **values))


async def test_damaged_database_is_a_finding_and_the_rest_is_still_looked_at(
    online: Settings, core: Core, capsys: pytest.CaptureFixture[str]
) -> None:
    await core.database.close()
    _spoil(online)
    code = await check(Namespace(), online, TEXTS)
    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert lines[3:5] == [line("database.damaged", good=False), TOKEN_FINE]


async def calendars(settings: Settings, capsys: pytest.CaptureFixture[str], **more: object) -> str:
    """The line about the calendars."""
    capsys.readouterr()
    await check(Namespace(), settings.model_copy(update=more), TEXTS)
    return capsys.readouterr().out.splitlines()[2]


async def test_calendars_that_nobody_wants_are_in_order_and_half_wanted_ones_are_not(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await calendars(settings, capsys) == line("check.web-off", good=True)
    assert await calendars(settings, capsys, web_port=1) == line("check.web-half", good=False, port=1)
    assert await calendars(settings, capsys, public_url=URL) == line("check.web-half", good=False, port=0)


async def test_a_port_that_another_program_holds_is_said_in_words(
    core: Core, server: WorldServer, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {"web_port": server.port, "public_url": URL}
    said = {"host": LOOPBACK, "port": server.port, "url": URL}
    assert await calendars(core.settings, capsys, **wanted) == line("check.web-taken", good=False, **said)


@pytest.mark.parametrize("host", [LOOPBACK, "::1"])
async def test_a_port_for_the_calendars_is_free_or_the_running_bot_has_it(
    core: Core, clock: SettableClock, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    async with served(core.calendar_feeds, clock, host, 0) as port:
        wanted = {"web_host": host, "web_port": port, "public_url": URL}
        said = {"host": host, "port": port, "url": URL}
        assert await calendars(core.settings, capsys, **wanted) == line("check.web-ours", good=True, **said)
    assert await calendars(core.settings, capsys, **wanted) == line("check.web-free", good=True, **said)


def _spoil(settings: Settings) -> None:
    Path(settings.database_url.removeprefix("sqlite+aiosqlite:///")).write_text("не база " * 100, encoding="utf-8")
