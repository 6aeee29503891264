"""Files whose copy is still missing: asked for again by the clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from actions.evidence import FileKeeper
from actions.late_documents import LateDocuments
from actions.project import Project
from channels.base import FileSource
from domain.button import Button, Keyboard, press
from domain.refusal import Refusal
from storage import evidence as evidence_rows
from storage import people as people_rows
from storage.database import Database
from storage.evidence import MissingCopy

LATE_LIFE = timedelta(days=30)
"""For how long the messenger is asked for a file again."""
_AT_ONCE = 50


class LateFiles:
    """What was kept by the messenger's id alone gets its copy as soon as that can be had."""

    def __init__(
        self, database: Database, project: Project, keeper: FileKeeper, sources: Mapping[str, FileSource]
    ) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper
        self._sources = sources
        self._documents = LateDocuments(database, project, keeper, sources)

    async def fetch(self, *, now: datetime) -> int:
        """Try each once; returns how many copies are there now. A file that turns out to be none of those that are
        taken is taken away, and whoever sent it is told."""
        async with self._database.read() as tx:
            missing = await evidence_rows.missing(tx, now - LATE_LIFE, _AT_ONCE)
        fetched = sum([await self._fetch(one, now) for one in missing])
        return fetched + await self._documents.fetch(now - LATE_LIFE, _AT_ONCE, now=now)

    async def _fetch(self, one: MissingCopy, now: datetime) -> bool:
        source = self._sources.get(one.sent.messenger)
        if source is None:
            return False
        try:
            content = await self._keeper.take(one.sent, source)
        except Refusal as refusal:
            await self._drop(one, refusal, now)
            return False
        if content is None:
            return False
        async with self._database.transaction() as tx:
            await evidence_rows.attach_file(tx, one.id, (await evidence_rows.lay(tx, content, now)).id)
        return True

    async def _drop(self, one: MissingCopy, refusal: Refusal, now: datetime) -> None:
        texts = self._project.texts
        why = texts.plain(refusal.reason, **refusal.details)
        async with self._database.transaction() as tx:
            recipient = await people_rows.recipient(tx, one.added_by)
            if not await evidence_rows.drop(tx, one.id, now) or recipient is None:
                return
            buttons: Keyboard = ()
            if one.item_id is not None:
                label = texts.plain("completion.button-see" if one.waits else "completion.button-confirm")
                buttons = ((Button(label, press("confirm", one.item_id)),),)
            said = {"name": one.sent.name, "photo": one.sent.is_photo, "waits": one.waits, "why": why}
            await self._project.tell(tx, [recipient], f"late-file:{one.id}", "evidence.dropped", now, buttons, **said)
