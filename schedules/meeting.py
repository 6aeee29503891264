"""Every 20 seconds: remind of the meetings that begin soon."""

import logging

from actions.meeting_course import MeetingCourse
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def remind_of_meetings(meeting_course: MeetingCourse, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        await meeting_course.run(clock())
    except DatabaseUnavailableError as error:
        log.error("meetings are not reminded of, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
