"""Every second: send what may go."""

import logging

from actions.outbox import Outbox
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def deliver(outbox: Outbox) -> None:
    """One delivery, unless one is under way; an unavailable database is tried again at the next tick."""
    if outbox.is_delivering:
        return
    try:
        await outbox.deliver()
    except DatabaseUnavailableError as error:
        log.error("nothing is sent, trying again soon: %s", error.reason)  # noqa: TRY400  known, no trace needed
