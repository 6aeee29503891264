"""The registry as a file: its template, its export, and loading one — looked at first, then all of it or nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions.person import organisations_now
from actions.project import Project
from actions.registry import existing
from actions.registry_loading import carry_out
from domain.access import Right, refuse_deputy, require
from domain.audit import Deed
from domain.people import Duty, Member
from domain.refusal import Refusal
from domain.registry import Organisation, Registry
from domain.registry_file import FileRow, ReadFile, kept, restored
from domain.registry_file_plan import Plan
from domain.registry_file_planning import plan
from reports.registry_read import read_registry
from reports.registry_report import registry_report
from reports.registry_words import RegistryWords
from reports.registry_xlsx import workbook
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import registry as registry_rows
from storage import registry_file as rows
from storage.database import Database, Transaction

DRAFT_LIFE = timedelta(days=7)
"""A file that nobody decides on is forgotten after it."""
_TRIES = 3
"""How often a plan is made anew where the registry was changed while it was made."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file that waits, read against the registry of this moment. ``version`` tells it from the next one; ``first`` is
    what was read, right after reading."""

    version: int
    plan: Plan
    registry: Registry
    first: ReadFile | None = None

    @property
    def duties(self) -> Sequence[tuple[Duty, str]]:
        """What the person holds of whom is asked first, each with its place."""
        known = self.plan.questions[0].known if self.plan.questions else None
        return self.registry.placed(known) if known is not None else ()


@dataclass(frozen=True, slots=True)
class Export:
    """The registry as a file; ``day`` is the local day on which it was made."""

    content: bytes
    day: date
    schools: int
    people: int


class RegistryFiles:
    """Use cases of the file. Reading, planning and writing XLSX are a thread's work, outside of transactions."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project
        self._words = RegistryWords(project.texts)

    async def template(self, *, by: Member) -> bytes:
        """The empty form."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.read() as tx:
            organisations = await organisations_now(tx)
        return await asyncio.to_thread(workbook, Registry(), organisations, self._words)

    async def export(self, *, by: Member, now: datetime) -> Export:
        """The form with everything in it; loading that changes nothing."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            registry, organisations = await _now(tx)
            await audit_rows.record(tx, now, by_id, Deed.REGISTRY_EXPORTED, count=len(registry.people))
        content = await asyncio.to_thread(workbook, registry, organisations, self._words)
        return Export(content, self._project.today(now), len(registry.schools), len(registry.people))

    async def waiting(self, *, by: Member, now: datetime) -> datetime | None:
        """When the file came that waits for a decision, in the project's zone; old ones are forgotten."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            await rows.forget_drafts(tx, before=now - DRAFT_LIFE)
            made_at = await rows.draft_made_at(tx, by_id)
        return made_at.astimezone(self._project.zone) if made_at else None

    async def look(self, content: bytes, *, by: Member, now: datetime) -> Look:
        """Read a file and keep it until it is decided on, in place of the one before. Nothing is loaded.

        Raises ``Refusal`` for what is no such file.
        """
        by_id = require(by, Right.KEEP_REGISTRY)
        read = await asyncio.to_thread(read_registry, content, self._words)
        values = await asyncio.to_thread(kept, read.rows)
        async with self._database.transaction() as tx:
            await rows.forget_drafts(tx, before=now - DRAFT_LIFE)
            await rows.save_draft(tx, by_id, values, now)
            registry, organisations = await _now(tx)
        found = await self._plan(read.rows, registry, organisations, {})
        return Look(_version(now), found, registry, first=read)

    async def waits(self, *, by: Member) -> Look:
        """The file that waits. Raises ``Refusal`` where there is none (any more)."""
        return await self._look(require(by, Right.KEEP_REGISTRY))

    async def answer(self, version: int, question: str, *, same: bool, by: Member) -> Look:
        """«Это тот же …» and «Это другой …»; of a question that is not asked (any more) nothing is kept."""
        by_id = require(by, Right.KEEP_REGISTRY)
        asked = await self._look(by_id)
        if asked.version != version or question not in {one.id for one in asked.plan.questions}:
            return asked
        async with self._database.transaction() as tx:
            draft = await rows.draft(tx, by_id)
            if draft is not None and _version(draft.made_at) == version:
                await rows.save_answers(tx, by_id, draft.answers | {question: same})
        return await self._look(by_id)

    async def load(self, version: int, *, by: Member, now: datetime) -> tuple[Look, bool]:
        """All of it or nothing; whether it was loaded. It is not where something is wrong or asked by now, or another
        file came: then that is to be looked at.

        Raises ``Refusal`` where the registry never stands still.
        """
        by_id = require(by, Right.KEEP_REGISTRY)
        for _ in range(_TRIES):
            found = await self._look(by_id)
            if found.version != version or not found.plan.is_ready:
                return found, False
            refuse_deputy(by, [duty.role for one in found.plan.work.people for duty in one.duties])
            async with self._database.transaction() as tx:
                draft = existing(await rows.draft(tx, by_id), "registry_file.gone")
                if _version(draft.made_at) == version and await registry_rows.registry(tx) == found.registry:
                    await self._load(tx, found.plan, by_id, now)
                    return found, True
        raise Refusal("registry_file.changed")

    async def _load(self, tx: Transaction, found: Plan, by_id: int, now: datetime) -> None:
        work = found.work
        await carry_out(tx, work, by_id, now)
        await rows.forget_draft(tx, by_id)
        changes = len(work.homes) + len(work.schools) + work.changed_schools + len(work.people)
        await audit_rows.record(tx, now, by_id, Deed.REGISTRY_LOADED, count=changes)
        await outbox_rows.withdraw_days(tx)

    async def forget(self, *, by: Member) -> None:
        """«Не загружать»."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            await rows.forget_draft(tx, by_id)

    async def report(self, *, by: Member) -> bytes:
        """The file that waits, row by row, as an XLSX."""
        found = await self.waits(by=by)
        return await asyncio.to_thread(registry_report, found.plan, found.registry, self._words)

    async def _look(self, by_id: int) -> Look:
        async with self._database.read() as tx:
            draft = existing(await rows.draft(tx, by_id), "registry_file.gone")
            registry, organisations = await _now(tx)
        read = await asyncio.to_thread(restored, draft.rows)
        found = await self._plan(read, registry, organisations, draft.answers)
        return Look(_version(draft.made_at), found, registry)

    async def _plan(
        self,
        read: tuple[FileRow, ...],
        registry: Registry,
        organisations: tuple[Organisation, ...],
        answers: dict[str, bool],
    ) -> Plan:
        return await asyncio.to_thread(plan, read, registry, organisations, self._words.lexicon, answers)


async def _now(tx: Transaction) -> tuple[Registry, tuple[Organisation, ...]]:
    return await registry_rows.registry(tx), await organisations_now(tx)


def _version(made_at: datetime) -> int:
    return int(made_at.timestamp() * 1_000_000)
