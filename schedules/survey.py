"""Every 20 seconds: open and wind up surveys, bring up to date whom they ask."""

import logging

from actions.survey_course import SurveyCourse
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def move_surveys(survey_course: SurveyCourse, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        moved = await survey_course.run(clock())
    except DatabaseUnavailableError as error:
        log.error("surveys are not moved on, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
        return
    if moved:
        log.info("%s surveys began or ended", moved)
