"""Registers the periodic jobs. A feature adds one line here."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from actions.broadcast_course import BroadcastCourse
from actions.broadcast_laying import BroadcastLaying
from actions.join_request import JoinRequests
from actions.late_files import LateFiles
from actions.meeting_course import MeetingCourse
from actions.notices import Notices
from actions.outbox import Outbox
from actions.survey_course import SurveyCourse
from actions.visit_course import VisitCourse
from domain.clock import Clock
from schedules.broadcast import lay, show_progress
from schedules.delivery import deliver
from schedules.files import fetch_files
from schedules.join_request import tidy_up
from schedules.meeting import remind_of_meetings
from schedules.notices import plan
from schedules.survey import move_surveys
from schedules.visit import ask_about_visits

PLAN_EVERY_S = 20
DELIVER_EVERY_S = 1
LAY_EVERY_S = 1
SHOW_EVERY_S = 3
TIDY_EVERY_S = 600
FETCH_EVERY_S = 300


def build_clockwork(
    notices: Notices,
    survey_course: SurveyCourse,
    visit_course: VisitCourse,
    meeting_course: MeetingCourse,
    broadcast_laying: BroadcastLaying,
    broadcast_course: BroadcastCourse,
    join_requests: JoinRequests,
    outbox: Outbox,
    late_files: LateFiles,
    clock: Clock,
) -> AsyncIOScheduler:
    """The scheduler, not started yet. Jobs live in memory: a missed one is simply done at the next tick."""
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    _every(scheduler, PLAN_EVERY_S, "surveys.move", lambda: move_surveys(survey_course, clock))
    _every(scheduler, PLAN_EVERY_S, "visits.ask", lambda: ask_about_visits(visit_course, clock))
    _every(scheduler, PLAN_EVERY_S, "meetings.remind", lambda: remind_of_meetings(meeting_course, clock))
    _every(scheduler, PLAN_EVERY_S, "notices.plan", lambda: plan(notices, clock))
    _every(scheduler, DELIVER_EVERY_S, "outbox.deliver", lambda: deliver(outbox), at_once=2)  # one only looks
    _every(scheduler, LAY_EVERY_S, "broadcasts.lay", lambda: lay(broadcast_laying, clock), at_once=2)
    _every(scheduler, SHOW_EVERY_S, "broadcasts.show", lambda: show_progress(broadcast_course, clock))
    _every(scheduler, TIDY_EVERY_S, "requests.tidy", lambda: tidy_up(join_requests, clock))
    _every(scheduler, FETCH_EVERY_S, "files.fetch", lambda: fetch_files(late_files, clock))
    return scheduler


def _every(
    scheduler: AsyncIOScheduler, seconds: int, name: str, job: Callable[[], Awaitable[None]], at_once: int = 1
) -> None:
    async def run() -> None:
        await job()

    scheduler.add_job(run, IntervalTrigger(seconds=seconds), id=name, name=name, max_instances=at_once)
