"""Calendars over real HTTP: who gets one, what a phone is told, and that the secret stands in no log."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientResponse, ClientSession

from bot.core import Core
from bot.settings import Settings
from domain.people import Duty, Member, Role
from tests.meetings import TITLE, called
from tests.people import OLGA, SettableClock, a_school, enrolled, msk
from tests.reports.calendars import read
from web.server import PortTakenError, served

URL = "https://road.example.org"
HOST = "127.0.0.1"
START = msk("2022-03-16 10:00")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": URL})


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A director who is called to a meeting."""
    member = await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core)), now=clock())
    await called(core, marina, clock(), START, [member.person_id or 0])
    return member


@pytest.fixture
async def path(core: Core, clock: SettableClock, olga: Member) -> str:
    """Where her calendar lies."""
    return (await core.calendar_feeds.make(by=olga, now=clock())).removeprefix(URL)


@pytest.fixture
async def http(core: Core, clock: SettableClock) -> AsyncIterator[ClientSession]:
    async with served(core.calendar_feeds, clock, HOST, 0) as port, ClientSession(f"http://{HOST}:{port}") as session:
        yield session


async def asked(http: ClientSession, path: str, method: str = "GET", **headers: str) -> tuple[ClientResponse, bytes]:
    async with http.request(method, path, headers={key.replace("_", "-"): one for key, one in headers.items()}) as got:
        return got, await got.read()


async def test_a_link_gives_the_calendar_to_whoever_has_it_and_to_no_cache(http: ClientSession, path: str) -> None:
    answer, body = await asked(http, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert read(body).vevent.summary.value == TITLE


async def test_what_a_phone_has_already_is_not_sent_again(
    core: Core, clock: SettableClock, http: ClientSession, path: str, marina: Member
) -> None:
    answer, _ = await asked(http, path)
    mark = answer.headers["ETag"]
    assert mark.startswith('W/"')
    clock.advance(hours=3)
    for known in (mark, f'"other", {mark}', mark.removeprefix("W/"), "*"):
        answer, body = await asked(http, path, If_None_Match=known)
        assert (answer.status, answer.headers["ETag"], body) == (304, mark, b"")
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert (await asked(http, path, If_None_Match='W/"other"'))[0].status == 200
    await core.meeting_moves.move(1, START + timedelta(hours=1), by=marina, now=clock())
    answer, _ = await asked(http, path, If_None_Match=mark)
    assert (answer.status, answer.headers["ETag"] != mark) == (200, True)


async def test_the_region_s_calendar_is_everybody_s(http: ClientSession, olga: Member) -> None:
    answer, body = await asked(http, "/calendar/region.ics")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=900")
    assert read(body).vevent.summary.value == TITLE


@pytest.mark.parametrize(
    "wrong", ["a" * 43, "x", "%D0%B8%D0%BC%D1%8F", "%ff%fe", "a" * 4000, "region.", "%00", "REGION", "%2e%2e%2f"]
)
async def test_a_link_that_is_nobody_s_is_nothing_at_all(http: ClientSession, path: str, wrong: str) -> None:
    answer, body = await asked(http, f"/calendar/{wrong}.ics")
    assert (answer.status, body) == (404, b"")
    assert "ETag" not in answer.headers


async def test_a_stopped_link_looks_like_one_that_never_was(
    core: Core, clock: SettableClock, http: ClientSession, path: str, olga: Member
) -> None:
    await core.calendar_feeds.stop(by=olga, now=clock())
    stopped, body = await asked(http, path)
    never, _ = await asked(http, f"/calendar/{'a' * 43}.ics")
    assert (stopped.status, body) == (404, b"")
    kept = [{key: one for key, one in each.headers.items() if key != "Date"} for each in (stopped, never)]
    assert kept[0] == kept[1]


async def test_a_link_of_whoever_was_erased_is_one_of_them(
    core: Core, clock: SettableClock, http: ClientSession, path: str, olga: Member
) -> None:
    await core.own_data.erase(by=olga, now=clock())
    answer, body = await asked(http, path)
    assert (answer.status, body) == (404, b"")


async def test_head_says_the_same_without_the_calendar(http: ClientSession, path: str) -> None:
    answer, body = await asked(http, path, "HEAD")
    whole, content = await asked(http, path)
    assert (answer.status, body) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert answer.headers[name] == whole.headers[name]
    assert int(answer.headers["Content-Length"]) == len(content)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_nothing_else_can_be_done(http: ClientSession, path: str, method: str) -> None:
    answer, _ = await asked(http, path, method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD")


@pytest.mark.parametrize("path_", ["/", "/calendar/", "/calendar", "/calendar/a/b.ics", "/../etc/passwd", "/menu"])
async def test_there_is_nothing_else_here(http: ClientSession, path_: str) -> None:
    assert (await asked(http, path_))[0].status == 404


async def test_the_secret_stands_in_no_line_of_the_log(
    http: ClientSession, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for method in ("GET", "HEAD", "POST"):
        await asked(http, path, method)
    await asked(http, path, If_None_Match="*")
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert [one.getMessage() for one in caplog.records if secret in one.getMessage()] == []
    assert [one for one in caplog.records if one.name == "aiohttp.access"] == []


async def test_a_database_in_trouble_is_for_later(
    core: Core, http: ClientSession, path: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await core.database.close()
    for ending in ("", "-wal", "-shm"):
        settings.database_file.with_name(settings.database_file.name + ending).unlink(missing_ok=True)
    settings.database_file.write_bytes("не база ".encode() * 100)
    answer, body = await asked(http, path)
    assert (answer.status, answer.headers["Retry-After"], body) == (503, "60", b"")
    assert [one.getMessage() for one in caplog.records if one.name == "web.calendar"] == [
        "a calendar is not given: database.damaged"
    ]


async def test_many_phones_at_once_all_get_theirs(http: ClientSession, path: str) -> None:
    async with asyncio.TaskGroup() as phones:
        asking = [phones.create_task(asked(http, path)) for _ in range(20)]
    assert {one.result()[0].status for one in asking} == {200}


async def test_a_port_that_is_taken_is_said_and_one_that_was_left_is_free_again(
    core: Core, clock: SettableClock
) -> None:
    async with served(core.calendar_feeds, clock, HOST, 0) as port:
        with pytest.raises(PortTakenError):
            async with served(core.calendar_feeds, clock, HOST, port):
                raise AssertionError
    async with served(core.calendar_feeds, clock, HOST, port) as again:
        assert again == port
