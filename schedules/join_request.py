"""Every ten minutes: close requests that waited too long, forget what is to be forgotten."""

import logging

from actions.join_request import JoinRequests
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def tidy_up(join_requests: JoinRequests, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        await join_requests.tidy_up(now=clock())
    except DatabaseUnavailableError as error:
        log.error("requests are not tidied up, trying again later: %s", error.reason)  # noqa: TRY400  known, no trace needed
