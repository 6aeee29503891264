"""Every three seconds: show the authors how far their announcements are."""

import logging

from actions.broadcast_course import BroadcastCourse
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def show_progress(broadcast_course: BroadcastCourse, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        ended = await broadcast_course.run(clock())
    except DatabaseUnavailableError as error:
        log.error("progress is not shown, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
        return
    if ended:
        log.info("%s announcements have gone", ended)
