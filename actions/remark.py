"""Remarks and proposals: made by reviewers, answered by the school, fixed or not."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions import document_told
from actions.document import Sheet, sheet_of
from actions.project import Project, live
from actions.registry import existing
from actions.remarking import (
    RemarkCard,
    Told,
    made_key,
    take_back,
    tell_author,
    tell_corrected,
    tell_school,
    told_of,
)
from domain.access import Right, reach, require
from domain.audit import Deed
from domain.document import after_remarks
from domain.people import Member
from domain.refusal import Refusal
from domain.remark import (
    RemarkKind,
    Subject,
    Target,
    Turn,
    corrects,
    holding_up,
    may_answer,
    may_correct,
    remark_text,
)
from domain.roadmap import KeptItem, OwedBy
from storage import audit as audit_rows
from storage import document as document_rows
from storage import remark as remark_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class RemarkList:
    """Everything that was remarked in a school, the newest first."""

    sheet: Sheet
    told: tuple[Told, ...]
    zone: ZoneInfo

    @property
    def answers_due(self) -> int:
        """How many wait for the school."""
        return sum(one.remark.turn is Turn.SCHOOL for one in self.told)


@dataclass(frozen=True, slots=True)
class MadeRemark:
    """A remark that was made, and how many people of the school are told of it."""

    card: RemarkCard
    heard: int


class Remarks:
    """Use cases of remarks."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def of_school(self, school_id: int, *, by: Member) -> RemarkList:
        """A school's remarks. Raises ``Refusal`` where the right does not reach it, or there is none (any more)."""
        require(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            sheet = await sheet_of(tx, school_id, by, Right.SEE_SCHOOL)
            told = await told_of(tx, sheet, await remark_rows.of_school(tx, school_id))
        return RemarkList(sheet, tuple(reversed(told)), self._project.zone)

    async def card(self, remark_id: int, *, by: Member) -> RemarkCard:
        """One remark. Raises ``Refusal`` for one of a school that the right does not reach, or that is not there."""
        require(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            return await self._card(tx, remark_id, by, Right.SEE_SCHOOL)

    async def to_answer(self, remark_id: int, *, by: Member) -> RemarkCard:
        """The same for whoever is about to answer. Raises ``Refusal`` where that cannot be."""
        require(by, Right.KEEP_DOCUMENTS)
        async with self._database.read() as tx:
            card = await self._card(tx, remark_id, by, Right.KEEP_DOCUMENTS)
        may_answer(card.told.remark)
        return card

    async def to_correct(self, remark_id: int, *, by: Member) -> RemarkCard:
        """The same for its author who is about to correct the text. Raises ``Refusal`` where that cannot be."""
        by_id = require(by, Right.REMARK)
        async with self._database.read() as tx:
            card = await self._card(tx, remark_id, by, Right.REMARK)
        may_correct(card.told.remark, by_id)
        return card

    async def items(self, school_id: int, *, by: Member, now: datetime) -> tuple[Sheet, list[KeptItem]]:
        """The items on which something can be remarked in a school: those that schools owe, of the live roadmaps."""
        require(by, Right.REMARK)
        async with self._database.read() as tx:
            return await sheet_of(tx, school_id, by, Right.REMARK), await self._items(tx, now)

    async def subject(self, target: Target, *, by: Member, now: datetime) -> tuple[Sheet, Subject]:
        """What a remark is about to be on. Raises ``Refusal`` where there is no such thing."""
        require(by, Right.REMARK)
        async with self._database.read() as tx:
            return await self._subject(tx, target, by, now)

    async def make(self, target: Target, kind: RemarkKind, text: str, *, by: Member, now: datetime) -> MadeRemark:
        """A further remark or proposal; the school is told at once. A placed document has «замечания» then."""
        by_id = require(by, Right.REMARK)
        text = remark_text(text)
        async with self._database.transaction() as tx:
            subject = (await self._subject(tx, target, by, now))[1]
            document = subject.line.document if subject.line else None
            document_id = (
                None if document is None else document.id or await document_rows.save(tx, document, by_id, now)
            )
            about = {"document_id": document_id, "item_id": subject.item.id if subject.item else None}
            remark_id = await remark_rows.add(tx, target.school_id, kind, text, by_id, now, **about)
            await self._recount(tx, document_id)
            await audit_rows.record(
                tx, now, by_id, Deed.REMARK_MADE, school=target.school_id, remark=remark_id, item=about["item_id"]
            )
            card = await self._card(tx, remark_id, by, Right.REMARK)
            heard = await tell_school(tx, self._project, card, "made", made_key(remark_id), now)
            return MadeRemark(card, heard)

    async def correct(self, remark_id: int, text: str, *, by: Member, now: datetime) -> RemarkCard:
        """The author's other text, while the school has not answered; it is told at once. The same text is nothing."""
        by_id, text = require(by, Right.REMARK), remark_text(text)
        async with self._database.transaction() as tx:
            card = await self._card(tx, remark_id, by, Right.REMARK)
            may_correct(card.told.remark, by_id)
            if text == card.told.remark.text:
                return card
            await remark_rows.correct(tx, remark_id, text, now)
            school = card.sheet.school
            await audit_rows.record(tx, now, by_id, Deed.REMARK_CORRECTED, school=school.id, remark=remark_id)
            card = await self._card(tx, remark_id, by, Right.REMARK)
            await tell_corrected(tx, self._project, card, now)
            return card

    async def answer(self, remark_id: int, text: str, *, by: Member, now: datetime) -> RemarkCard:
        """The school's answer, another in place of an earlier one; the author is told at once."""
        by_id = require(by, Right.KEEP_DOCUMENTS)
        text = remark_text(text)
        async with self._database.transaction() as tx:
            card = await self._card(tx, remark_id, by, Right.KEEP_DOCUMENTS)
            may_answer(card.told.remark)
            await remark_rows.answer(tx, remark_id, text, by_id, now)
            school = card.sheet.school
            await audit_rows.record(tx, now, by_id, Deed.REMARK_ANSWERED, school=school.id, remark=remark_id)
            card = await self._card(tx, remark_id, by, Right.KEEP_DOCUMENTS)
            await take_back(tx, remark_id)
            await tell_author(tx, self._project, card, now)
            return card

    async def settle(self, remark_id: int, *, fixed: bool, by: Member, now: datetime) -> RemarkCard:
        """«Исправлено» or «Не исправлено»; said twice is said once. Of what is not fixed the school is told.

        When nothing holds a document up any more, it is «размещён» again.
        """
        by_id = require(by, Right.REMARK)
        async with self._database.transaction() as tx:
            remark = (await self._card(tx, remark_id, by, Right.REMARK)).told.remark
            if remark.turn is (Turn.NOBODY if fixed else Turn.SCHOOL):
                return await self._card(tx, remark_id, by, Right.REMARK)
            if fixed:
                await remark_rows.fix(tx, remark_id, by_id, now)
            else:
                await remark_rows.open_again(tx, remark)
            await self._recount(tx, remark.document_id)
            deed = Deed.REMARK_FIXED if fixed else Deed.REMARK_OPENED
            await audit_rows.record(tx, now, by_id, deed, school=remark.school_id, remark=remark_id)
            card = await self._card(tx, remark_id, by, Right.REMARK)
            await take_back(tx, remark_id)
            if not fixed:
                key = f"remark-opened:{remark_id}:{now.isoformat()}"
                await tell_school(tx, self._project, card, "opened", key, now)
            return card

    async def _subject(self, tx: Transaction, target: Target, by: Member, now: datetime) -> tuple[Sheet, Subject]:
        sheet = await sheet_of(tx, target.school_id, by, Right.REMARK)
        if target.slot is not None:
            return sheet, Subject(line=sheet.line(target.slot))
        item = next((one for one in await self._items(tx, now) if one.id == target.item_id), None)
        return sheet, Subject(item=existing(item, "roadmap.unknown-item"))

    async def _items(self, tx: Transaction, now: datetime) -> list[KeptItem]:
        roadmaps = live(await roadmap_rows.all_roadmaps(tx), self._project.today(now))
        return [one for roadmap in roadmaps for one in roadmap.items if one.item.owed_by is OwedBy.SCHOOL]

    async def _card(self, tx: Transaction, remark_id: int, by: Member, right: Right) -> RemarkCard:
        remark = await remark_rows.get(tx, remark_id)
        if remark is None:
            raise Refusal("remark.gone" if reach(by, right).everything else "access.refused")
        sheet = await sheet_of(tx, remark.school_id, by, right)
        (told,) = await told_of(tx, sheet, [remark])
        mine = sheet.reviews and corrects(remark, by.person_id)
        return RemarkCard(sheet, told, self._project.zone, mine)

    async def _recount(self, tx: Transaction, document_id: int | None) -> None:
        """A document is in the state that its remarks leave it in."""
        document = None if document_id is None else await document_rows.get(tx, document_id)
        if document is None:
            return
        holding = holding_up(await remark_rows.of_document(tx, document.id)).get(document.id, 0)
        state = after_remarks(document.state, holding)
        if state is not document.state:
            await document_rows.set_state(tx, document.id, state)
            await document_told.take_back(tx, document)
