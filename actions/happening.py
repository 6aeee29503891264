"""What was held: a form of its own, listed, taken away; the item's number follows at once."""

from dataclasses import dataclass
from datetime import datetime

from actions.form_sheet import Ref
from actions.happening_filling import HELD, mark_of
from actions.happening_sight import HeldCard, HeldItem, held_card, held_item, sees
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.evidence import Evidence
from domain.happening import Happening
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import happening as happening_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction
from storage.files import FileFolder


@dataclass(frozen=True, slots=True)
class HeldList:
    """What was held of an item, the latest first, as far as the reader may tell of it."""

    held: HeldItem
    happenings: tuple[Happening, ...]


class Happenings:
    """Use cases of what was held. It is told of by the engine of forms (``HeldFilling``)."""

    def __init__(self, database: Database, project: Project, folder: FileFolder) -> None:
        self._database = database
        self._project = project
        self._folder = folder

    async def begin(self, item_id: int, *, by: Member, now: datetime) -> Ref:
        """What is to be filled in: where it was left, or anew after one that was told. Raises ``Refusal`` for whoever
        does not carry the item out, for one that is confirmed instead, that is closed, or that applies to no
        municipality of theirs."""
        person_id, ref = require(by, Right.REPORT_HAPPENING), Ref(HELD, item_id)
        async with self._database.transaction() as tx:
            (await held_item(tx, self._project, item_id, by, now)).refuse_nothing_to_tell()
            run = await run_rows.get(tx, mark_of(item_id, person_id))
            if run is not None and run.is_sent:
                await run_rows.forget(tx, run.mark)
        return ref

    async def of_item(self, item_id: int, *, by: Member, now: datetime) -> HeldList:
        """Everything that was held of an item; a municipal coordinator sees their own municipality's."""
        require(by, Right.REPORT_HAPPENING)
        async with self._database.read() as tx:
            return await self._listed(tx, item_id, by, now)

    async def look(self, happening_id: int, *, by: Member, now: datetime) -> HeldCard:
        """One thing held. Raises ``Refusal`` where it is not there (any more), and for whoever may not tell of it."""
        require(by, Right.REPORT_HAPPENING)
        async with self._database.read() as tx:
            return await held_card(tx, self._project, happening_id, by, now)

    async def copy_of(self, piece: Evidence) -> bytes | None:
        """What is in a file that ``look`` gave; ``None`` where there is no copy of it."""
        return None if piece.file is None else await self._folder.read(piece.file.path)

    async def take_away(self, happening_id: int, *, by: Member, now: datetime) -> HeldList:
        """It is not meant: by whoever told of it, or a coordinator. Raises ``Refusal`` for others."""
        person_id = require(by, Right.REPORT_HAPPENING)
        async with self._database.transaction() as tx:
            card = await held_card(tx, self._project, happening_id, by, now)
            one = card.happening
            if not card.is_own:
                raise Refusal("happening.not-yours")
            await happening_rows.take_away(tx, happening_id, now)
            about = {"municipality": one.place} if one.place is not None else {}
            day = one.day.isoformat()
            await audit_rows.record(
                tx, now, person_id, Deed.HAPPENING_TAKEN_AWAY, item=one.item_id, happening=one.id, day=day, **about
            )
            await outbox_rows.withdraw_days(tx)
            return await self._listed(tx, one.item_id, by, now)

    async def _listed(self, tx: Transaction, item_id: int, by: Member, now: datetime) -> HeldList:
        held = await held_item(tx, self._project, item_id, by, now)
        found = await happening_rows.of_item(tx, item_id)
        return HeldList(held, tuple(one for one in found if sees(held, one, by)))
