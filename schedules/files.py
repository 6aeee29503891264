"""Every five minutes: ask the messenger again for files whose copy is missing."""

import logging

from actions.late_files import LateFiles
from domain.clock import Clock
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)


async def fetch_files(late_files: LateFiles, clock: Clock) -> None:
    """Once; an unavailable database is tried again at the next tick."""
    try:
        fetched = await late_files.fetch(now=clock())
    except DatabaseUnavailableError as error:
        log.error("no file is fetched, trying again later: %s", error.reason)  # noqa: TRY400  known, no trace needed
        return
    if fetched:
        log.info("copies of %s files are there now", fetched)
