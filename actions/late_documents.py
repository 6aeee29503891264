"""Files of schools' documents whose copy is still missing: a part of what ``LateFiles`` fetches by the clock."""

from collections.abc import Mapping
from datetime import datetime

from actions.evidence import FileKeeper
from actions.project import Project
from actions.school_listeners import school_listeners
from channels.base import FileSource
from domain.button import Button, press
from domain.document import Document, without_file
from domain.evidence import SentFile
from domain.refusal import Refusal
from storage import document as document_rows
from storage import evidence as evidence_rows
from storage.database import Database, Transaction


class LateDocuments:
    """What was kept by the messenger's id alone gets its copy as soon as that can be had."""

    def __init__(
        self, database: Database, project: Project, keeper: FileKeeper, sources: Mapping[str, FileSource]
    ) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper
        self._sources = sources

    async def fetch(self, since: datetime, limit: int, *, now: datetime) -> int:
        """Try those that came from ``since`` on, each once; returns how many copies are there now. A file that turns
        out to be none of those that are taken is taken away, and the school is told."""
        async with self._database.read() as tx:
            missing = await document_rows.missing(tx, since, limit)
        return sum([await self._fetch(one, now) for one in missing])

    async def _fetch(self, document: Document, now: datetime) -> bool:
        source = self._sources.get(document.messenger)
        if source is None:
            return False
        try:
            content = await self._keeper.take(_sent(document), source)
        except Refusal as refusal:
            async with self._database.transaction() as tx:
                await self._drop(tx, document, refusal, now)
            return False
        if content is None:
            return False
        async with self._database.transaction() as tx:
            file = await evidence_rows.lay(tx, content, now)
            return await document_rows.attach_file(tx, document, file.id)

    async def _drop(self, tx: Transaction, seen: Document, refusal: Refusal, now: datetime) -> None:
        document, texts = await document_rows.find(tx, seen.slot), self._project.texts
        if document.remote_id != seen.remote_id:
            return
        await document_rows.save(tx, without_file(document), document.changed_by, now)
        recipients = await school_listeners(tx, self._project, document.slot.school_id, now)
        slot, why = document.slot, texts.plain(refusal.reason, **refusal.details)
        data = press("doc", slot.school_id, str(slot.kind), slot.risk_factor_id)
        buttons = ((Button(texts.plain("document.button-card"), data),),)
        key = f"late-document:{document.id}:{document.version}"
        await self._project.tell(tx, recipients, key, "document.dropped", now, buttons, document=document, why=why)


def _sent(document: Document) -> SentFile:
    return SentFile(document.messenger, document.remote_id, "", document.name)
