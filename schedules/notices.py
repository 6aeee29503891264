"""Every 20 seconds: put what is due into the outbox."""

import logging

from actions.notices import Notices
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def plan(notices: Notices, clock: Clock) -> None:
    """One planning; an unavailable database is tried again at the next tick."""
    try:
        added = await notices.plan(clock())
    except DatabaseUnavailableError as error:
        log.error("notices are not planned, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
        return
    if added:
        log.info("planned %s messages", added)
