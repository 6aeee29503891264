"""Every second: lay what announcements owe; every three: show the authors how far theirs are."""

import logging

from actions.broadcast_course import BroadcastCourse
from actions.broadcast_laying import BroadcastLaying
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def lay(broadcast_laying: BroadcastLaying, clock: Clock) -> None:
    """Everything that is owed, unless that is being laid already; an unavailable database is tried again at the next
    tick."""
    if broadcast_laying.is_laying:
        return
    try:
        count = await broadcast_laying.run(clock())
    except DatabaseUnavailableError as error:
        log.error("announcements are not laid, trying again soon: %s", error.reason)  # noqa: TRY400  no trace needed
        return
    if count:
        log.info("messages to %s recipients are laid", count)


async def show_progress(broadcast_course: BroadcastCourse, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        ended = await broadcast_course.run(clock())
    except DatabaseUnavailableError as error:
        log.error("progress is not shown, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
        return
    if ended:
        log.info("%s announcements have gone", ended)
