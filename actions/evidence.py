"""Files that people send as evidence: handed over by the messenger, looked at, laid into the folder, each once."""

import logging

from channels.base import FileSource
from domain.evidence import FILE_LIMIT, FileContent, SentFile
from domain.refusal import Refusal
from storage.files import FileFolder

log = logging.getLogger(__name__)

MIB = 1024 * 1024


class FileKeeper:
    """Takes files in. Their rows are for whoever wants them: written after the file, never before."""

    def __init__(self, folder: FileFolder) -> None:
        self._folder = folder

    async def take(self, sent: SentFile, source: FileSource) -> FileContent | None:
        """What is in a file now lies in the folder; ``None`` where that can be done only later: the messenger does not
        hand it over, or the disk does not take it. Never inside a transaction.

        Raises ``Refusal`` for a file that is not taken.
        """
        _refuse_size(sent.size)
        content = await source.fetch(sent.remote_id)
        if content is None:
            return None
        _refuse_size(len(content))
        try:
            return await self._folder.keep(content, sent.name)
        except OSError as error:
            log.error("a file cannot be kept: %s", type(error).__name__)  # noqa: TRY400  known, no trace needed
            return None


def _refuse_size(size: int | None) -> None:
    if size == 0:
        raise Refusal("evidence.empty-file")
    if size is not None and size > FILE_LIMIT:
        raise Refusal("evidence.big-file", limit=FILE_LIMIT // MIB)
