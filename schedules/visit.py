"""Every 20 seconds: ask curators how the visits of the day were, when their evening has come."""

import logging

from actions.visit_course import VisitCourse
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def ask_about_visits(visit_course: VisitCourse, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        await visit_course.run(clock())
    except DatabaseUnavailableError as error:
        log.error("visits are not asked about, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
