"""«Текст для МЭДК»: what of a school's remarks goes into that system by hand, and the mark that it was entered."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.document import Sheet, sheet_of
from actions.project import Project
from actions.remarking import Told, told_of
from domain.access import Right, require
from domain.audit import Deed
from domain.document import moment
from domain.medk import Chapter, chapters, to_place
from domain.people import Member
from storage import audit as audit_rows
from storage import remark as remark_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Placing:
    """The latest mark that some were entered: how many then, who said so, and the moment that tells it from others."""

    count: int
    at: datetime
    who: str
    moment: int


@dataclass(frozen=True, slots=True)
class MedkText:
    """The text of a school made at the moment ``seen``: what МЭДК does not have yet, or everything.

    ``waiting`` is how many it does not have, ``total`` how many there are; ``last`` can be taken back.
    """

    sheet: Sheet
    chapters: tuple[Chapter, ...]
    waiting: int
    total: int
    seen: int
    last: Placing | None
    zone: ZoneInfo


class Medk:
    """Use cases of whoever carries remarks over into МЭДК."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def text(self, school_id: int, *, everything: bool = False, by: Member, now: datetime) -> MedkText:
        """The text of a school. Raises ``Refusal`` where the right does not reach it, or there is none (any more)."""
        require(by, Right.REMARK)
        async with self._database.read() as tx:
            return await self._text(tx, school_id, by, now, everything=everything)

    async def place(self, school_id: int, seen: int, *, by: Member, now: datetime) -> tuple[int, MedkText]:
        """«Внесено в МЭДК» of the text made at the moment ``seen``; returns of how many, and what is left.

        What changed since that moment is not marked: МЭДК has it as it was.
        """
        by_id = require(by, Right.REMARK)
        async with self._database.transaction() as tx:
            await sheet_of(tx, school_id, by, Right.REMARK)
            marked = [one.id for one in to_place(await remark_rows.of_school(tx, school_id), seen)]
            if marked:
                await remark_rows.place(tx, marked, by_id, now)
                await audit_rows.record(tx, now, by_id, Deed.REMARKS_PLACED, school=school_id, count=len(marked))
            return len(marked), await self._text(tx, school_id, by, now)

    async def unplace(self, school_id: int, placed: int, *, by: Member, now: datetime) -> tuple[int, MedkText]:
        """Take back the mark that was made at the moment ``placed``; returns of how many."""
        by_id = require(by, Right.REMARK)
        async with self._database.transaction() as tx:
            await sheet_of(tx, school_id, by, Right.REMARK)
            remarks = await remark_rows.of_school(tx, school_id)
            marked = [one.id for one in remarks if one.placed_at is not None and moment(one.placed_at) == placed]
            if marked:
                await remark_rows.unplace(tx, marked)
                await audit_rows.record(tx, now, by_id, Deed.REMARKS_UNPLACED, school=school_id, count=len(marked))
            return len(marked), await self._text(tx, school_id, by, now)

    async def _text(
        self, tx: Transaction, school_id: int, by: Member, now: datetime, *, everything: bool = False
    ) -> MedkText:
        sheet = await sheet_of(tx, school_id, by, Right.REMARK)
        told = await told_of(tx, sheet, await remark_rows.of_school(tx, school_id))
        waiting = [one for one in told if one.remark.is_to_place]
        said = [(one.remark, one.subject) for one in (told if everything else waiting)]
        return MedkText(
            sheet,
            tuple(chapters(sheet.lines, said)),
            len(waiting),
            len(told),
            moment(now),
            _last(told),
            self._project.zone,
        )


def _last(told: list[Told]) -> Placing | None:
    marked = [(one.remark.placed_at, one) for one in told if one.remark.placed_at is not None]
    if not marked:
        return None
    at, latest = max(marked, key=lambda found: found[0])
    who = latest.names.get(latest.remark.placed_by or 0, "")
    return Placing(sum(one == at for one, _ in marked), at, who, moment(at))
