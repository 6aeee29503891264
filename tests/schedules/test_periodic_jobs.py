"""Time's own door: three jobs that never pile up and never die of a database in trouble."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions.broadcast_course import BroadcastCourse
from actions.late_files import LateFiles
from actions.outbox import Outbox
from bot.core import Core
from domain.outbox import Outgoing
from domain.people import Member
from schedules import clockwork
from schedules.broadcast import lay, show_progress
from schedules.clockwork import build_clockwork
from schedules.delivery import deliver
from schedules.files import fetch_files
from schedules.join_request import tidy_up
from schedules.meeting import remind_of_meetings
from schedules.notices import plan
from schedules.survey import move_surveys
from storage import database as database_module
from tests.people import MARINA, Look, RecordingChannel, SettableClock, a_roadmap, an_item


@pytest.fixture
async def due(core: Core, clock: SettableClock, marina: Member) -> None:
    """The coordinator is to be told of item 1 this morning."""
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 марта")), now=clock())
    clock.set("2022-03-16 09:00")


@pytest.fixture
def broadcast_course(core: Core, channel: RecordingChannel) -> BroadcastCourse:
    return BroadcastCourse(core.database, core.project, {"telegram": channel})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 20)


def records(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    return [(one.levelno, one.getMessage()) for one in caplog.records if one.name.startswith("schedules")]


@pytest.mark.usefixtures("due")
async def test_planning_says_in_the_log_how_many_it_planned(
    core: Core, clock: SettableClock, look: Look, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await plan(core.notices, clock)
        await plan(core.notices, clock)
    assert look.count("outbox") == 1
    assert records(caplog) == [(logging.INFO, "planned 1 messages")]


@pytest.mark.usefixtures("impatient", "due")
async def test_planning_survives_a_locked_database_and_does_its_work_at_the_next_tick(
    core: Core, clock: SettableClock, look: Look, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("BEGIN IMMEDIATE")
        await plan(core.notices, clock)
        other.rollback()
    assert records(caplog) == [(logging.ERROR, "notices are not planned, trying again soon: database.locked")]
    await plan(core.notices, clock)
    assert look.count("outbox") == 1


@pytest.mark.usefixtures("impatient", "due")
async def test_delivery_survives_a_locked_database_and_does_its_work_at_the_next_tick(
    core: Core,
    outbox: Outbox,
    channel: RecordingChannel,
    clock: SettableClock,
    database_file: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await plan(core.notices, clock)
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("BEGIN IMMEDIATE")
        await deliver(outbox)
        other.rollback()
    assert records(caplog) == [(logging.ERROR, "nothing is sent, trying again soon: database.locked")]
    await deliver(outbox)
    assert len(channel.texts(MARINA.account.account_id)) == 1


@pytest.mark.usefixtures("impatient")
async def test_tidying_up_survives_a_locked_database(
    core: Core, clock: SettableClock, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("BEGIN IMMEDIATE")
        await tidy_up(core.join_requests, clock)
        other.rollback()
    assert records(caplog) == [(logging.ERROR, "requests are not tidied up, trying again later: database.locked")]
    await tidy_up(core.join_requests, clock)
    assert len(records(caplog)) == 1


def damage(file: Path) -> None:
    file.write_text("не база " * 100, encoding="utf-8")


@pytest.fixture
def late_files(core: Core) -> LateFiles:
    return LateFiles(core.database, core.project, core.keeper, {})


@pytest.mark.usefixtures("impatient")
async def test_fetching_files_survives_a_damaged_database(
    core: Core, late_files: LateFiles, clock: SettableClock, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(database_file)
    await fetch_files(late_files, clock)
    assert records(caplog) == [(logging.ERROR, "no file is fetched, trying again later: database.damaged")]


@pytest.mark.usefixtures("impatient")
async def test_moving_surveys_survives_a_damaged_database(
    core: Core, clock: SettableClock, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(database_file)
    await move_surveys(core.survey_course, clock)
    assert records(caplog) == [(logging.ERROR, "surveys are not moved on, trying again soon: database.damaged")]


@pytest.mark.usefixtures("impatient")
async def test_reminding_of_meetings_survives_a_damaged_database(
    core: Core, clock: SettableClock, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(database_file)
    await remind_of_meetings(core.meeting_course, clock)
    assert records(caplog) == [(logging.ERROR, "meetings are not reminded of, trying again soon: database.damaged")]


@pytest.mark.usefixtures("impatient")
async def test_showing_progress_survives_a_damaged_database(
    broadcast_course: BroadcastCourse, clock: SettableClock, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(database_file)
    await show_progress(broadcast_course, clock)
    assert records(caplog) == [(logging.ERROR, "progress is not shown, trying again soon: database.damaged")]


@pytest.mark.usefixtures("impatient")
async def test_laying_announcements_survives_a_damaged_database(
    core: Core, clock: SettableClock, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(database_file)
    await lay(core.broadcast_laying, clock)
    assert records(caplog) == [(logging.ERROR, "announcements are not laid, trying again soon: database.damaged")]


async def test_nine_jobs_are_registered_that_never_pile_up(
    core: Core, outbox: Outbox, late_files: LateFiles, broadcast_course: BroadcastCourse, clock: SettableClock
) -> None:
    scheduler = build_clockwork(
        core.notices,
        core.survey_course,
        core.visit_course,
        core.meeting_course,
        core.broadcast_laying,
        broadcast_course,
        core.join_requests,
        outbox,
        late_files,
        clock,
    )
    scheduler.start(paused=True)
    try:
        jobs = scheduler.get_jobs()
        assert {job.id: job.trigger.interval for job in jobs} == {
            "surveys.move": timedelta(seconds=clockwork.PLAN_EVERY_S),
            "visits.ask": timedelta(seconds=clockwork.PLAN_EVERY_S),
            "meetings.remind": timedelta(seconds=clockwork.PLAN_EVERY_S),
            "notices.plan": timedelta(seconds=clockwork.PLAN_EVERY_S),
            "outbox.deliver": timedelta(seconds=clockwork.DELIVER_EVERY_S),
            "broadcasts.lay": timedelta(seconds=clockwork.LAY_EVERY_S),
            "broadcasts.show": timedelta(seconds=clockwork.SHOW_EVERY_S),
            "requests.tidy": timedelta(seconds=clockwork.TIDY_EVERY_S),
            "files.fetch": timedelta(seconds=clockwork.FETCH_EVERY_S),
        }
        assert {(job.coalesce, job.misfire_grace_time) for job in jobs} == {(True, None)}
        several = {job.id: job.max_instances for job in jobs if job.max_instances > 1}
        assert several == {"outbox.deliver": 2, "broadcasts.lay": 2}  # a run takes long: the next tick looks and goes
    finally:
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)


@asynccontextmanager
async def running(scheduler: AsyncIOScheduler) -> AsyncIterator[None]:
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0.01)


@pytest.mark.usefixtures("due")
async def test_started_clockwork_plans_and_delivers(
    core: Core,
    outbox: Outbox,
    late_files: LateFiles,
    broadcast_course: BroadcastCourse,
    channel: RecordingChannel,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clockwork, "PLAN_EVERY_S", 0.02)
    monkeypatch.setattr(clockwork, "DELIVER_EVERY_S", 0.02)
    arrived = asyncio.Event()

    async def arrives(_message: Outgoing) -> None:
        arrived.set()

    channel.will(MARINA.account.account_id, arrives)
    scheduler = build_clockwork(
        core.notices,
        core.survey_course,
        core.visit_course,
        core.meeting_course,
        core.broadcast_laying,
        broadcast_course,
        core.join_requests,
        outbox,
        late_files,
        clock,
    )
    async with asyncio.timeout(5), running(scheduler):
        await arrived.wait()
    await outbox.idle()
    assert len(channel.texts(MARINA.account.account_id)) == 1
