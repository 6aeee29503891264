"""The documents of schools: each school's checklist, what it places, what is accepted, and all schools at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.document_told import tell_judged
from actions.evidence import FileKeeper
from actions.project import Project
from actions.registry import existing, school_for
from channels.base import FileSource
from domain.access import Right, may, may_for, reach, require, require_for
from domain.audit import Deed
from domain.document import (
    NO_FILE,
    Document,
    DocumentState,
    Line,
    Slot,
    accepted,
    changed,
    checklist,
    marked,
    may_change,
    not_accepted,
)
from domain.document_picture import Picture, picture
from domain.evidence import SentFile, file_name, link_of
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import Registry, School, called
from domain.remark import holding_up
from storage import audit as audit_rows
from storage import document as document_rows
from storage import evidence as evidence_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import remark as remark_rows
from storage import risk_factor as risk_rows
from storage.database import Database, Transaction
from storage.files import FileFolder


@dataclass(frozen=True, slots=True)
class Sheet:
    """A school's checklist. ``keeps``, ``reviews`` and ``ticks`` are what whoever looks may do; ``remarks`` is how many
    remarks and proposals there are at all."""

    school: School
    municipality: str
    lines: tuple[Line, ...]
    remarks: int
    keeps: bool
    reviews: bool
    ticks: bool

    def line(self, slot: Slot) -> Line:
        """The line of a place. Raises ``Refusal`` where the checklist has none."""
        return existing(next((one for one in self.lines if one.document.slot == slot), None), "document.gone")


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """One document of a checklist; ``changed_by`` is how whoever changed it last is called."""

    sheet: Sheet
    line: Line
    zone: ZoneInfo
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The schools that whoever looks may see, and how they stand. ``keeps_risks`` is whether they keep the list."""

    registry: Registry
    picture: Picture
    risks: dict[int, str]
    keeps_risks: bool


class Documents:
    """Use cases of schools' documents."""

    def __init__(self, database: Database, project: Project, keeper: FileKeeper, folder: FileFolder) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper
        self._folder = folder

    async def sheet(self, school_id: int, *, by: Member) -> Sheet:
        """A school's checklist. Raises ``Refusal`` where the right does not reach it, or there is none (any more)."""
        require(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            return await sheet_of(tx, school_id, by, Right.SEE_SCHOOL)

    async def card(self, slot: Slot, *, by: Member) -> DocumentCard:
        """One document. Raises ``Refusal`` as ``sheet`` does, and where the checklist has no such place."""
        require(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            return await self._card(tx, slot, by)

    async def to_change(self, slot: Slot, *, by: Member) -> DocumentCard:
        """The same for whoever is about to add something. Raises ``Refusal`` where that cannot be."""
        require(by, Right.KEEP_DOCUMENTS)
        async with self._database.read() as tx:
            card = await self._card(tx, slot, by)
        require_for(by, Right.KEEP_DOCUMENTS, card.sheet.school)
        may_change(card.line)
        return card

    async def add_link(self, slot: Slot, typed: str, *, by: Member, now: datetime) -> DocumentCard:
        """A link in place of the one that was there. Raises ``Refusal`` for what is no address."""
        link = link_of(typed)
        return await self._change(slot, Right.KEEP_DOCUMENTS, by, now, lambda line: changed(line, link=link))

    async def add_file(
        self, slot: Slot, sent: SentFile, source: FileSource, *, by: Member, now: datetime
    ) -> DocumentCard:
        """A file in place of the one that was there; ``source`` hands it over. Where it does not do so now, the copy is
        fetched later (``actions/late_files.py``). Raises ``Refusal`` for a file that is not taken."""
        await self.to_change(slot, by=by)
        try:
            content = await self._keeper.take(sent, source)
        except Refusal as refusal:
            why = self._project.texts.plain(refusal.reason, **refusal.details)
            raise Refusal("document.bad-file", name=sent.name, why=why) from refusal
        found = {"messenger": sent.messenger, "remote_id": sent.remote_id, "name": file_name(sent.name)}
        by_id = require(by, Right.KEEP_DOCUMENTS)
        async with self._database.transaction() as tx:
            file = None if content is None else await evidence_rows.lay(tx, content, now)
            line = (await sheet_of(tx, slot.school_id, by, Right.KEEP_DOCUMENTS)).line(slot)
            await _save(tx, line, changed(line, **found, file=file), by_id, now)
            return await self._card(tx, slot, by)

    async def copy_of(self, document: Document) -> bytes | None:
        """What is in the file of a document that somebody was shown; ``None`` where there is no copy."""
        return None if document.file is None else await self._folder.read(document.file.path)

    async def drop_link(self, slot: Slot, *, by: Member, now: datetime) -> DocumentCard:
        """The link is no more; a document without anything is a draft again."""
        return await self._change(slot, Right.KEEP_DOCUMENTS, by, now, lambda line: changed(line, link=""))

    async def drop_file(self, slot: Slot, *, by: Member, now: datetime) -> DocumentCard:
        """The same of the file."""
        return await self._change(slot, Right.KEEP_DOCUMENTS, by, now, lambda line: changed(line, **NO_FILE))

    async def mark(self, slot: Slot, state: DocumentState, *, by: Member, now: datetime) -> DocumentCard:
        """The school's own «черновик» or «размещён». Raises ``Refusal`` for a state that it may not give."""
        return await self._change(slot, Right.KEEP_DOCUMENTS, by, now, lambda line: marked(line, state))

    async def accept(self, slot: Slot, seen: int, *, by: Member, now: datetime) -> DocumentCard:
        """«Принять» the version that was ``seen``; twice is once, and the school is told once.

        Raises ``Refusal`` where it is not placed, has remarks, or is another by now.
        """
        return await self._judge(slot, by, now, lambda line: accepted(line, seen))

    async def take_acceptance_back(self, slot: Slot, *, by: Member, now: datetime) -> DocumentCard:
        """It is not accepted after all: the school is told, and may change it again; nothing where it was not."""
        return await self._judge(slot, by, now, not_accepted)

    async def overview(self, *, by: Member) -> Overview:
        """Every school that whoever looks may see."""
        seen = reach(by, Right.SEE_SCHOOL)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
            schools = tuple(seen.among(registry.schools))
            ids = [one.id for one in schools]
            kept, own = await document_rows.of_schools(tx, ids), await risk_rows.profiles(tx, ids)
            risks = {one.id: one.name for one in await risk_rows.every(tx)}
        found = Registry(municipalities=registry.municipalities, schools=schools)
        return Overview(found, picture(schools, kept, own, risks), risks, may(by, Right.KEEP_REGISTRY))

    async def _change(
        self, slot: Slot, right: Right, by: Member, now: datetime, change: Callable[[Line], Document]
    ) -> DocumentCard:
        by_id = require(by, right)
        async with self._database.transaction() as tx:
            line = (await sheet_of(tx, slot.school_id, by, right)).line(slot)
            await _save(tx, line, change(line), by_id, now)
            return await self._card(tx, slot, by)

    async def _judge(self, slot: Slot, by: Member, now: datetime, change: Callable[[Line], Document]) -> DocumentCard:
        by_id = require(by, Right.REMARK)
        async with self._database.transaction() as tx:
            line = (await sheet_of(tx, slot.school_id, by, Right.REMARK)).line(slot)
            await _save(tx, line, change(line), by_id, now)
            card = await self._card(tx, slot, by)
            if card.line.state is not line.state:
                await tell_judged(tx, self._project, card.sheet.school, card.line, by_id, now)
            return card

    async def _card(self, tx: Transaction, slot: Slot, by: Member) -> DocumentCard:
        sheet = await sheet_of(tx, slot.school_id, by, Right.SEE_SCHOOL)
        line = sheet.line(slot)
        changed_by = line.document.changed_by
        who = "" if changed_by is None else called(await people_rows.name_of(tx, changed_by), changed_by)
        return DocumentCard(sheet, line, self._project.zone, who)


async def _save(tx: Transaction, line: Line, document: Document, by: int, now: datetime) -> None:
    if document == line.document:
        return
    await document_rows.save(tx, document, by, now)
    slot, about = document.slot, {"document": str(document.slot.kind), "state": str(document.state)}
    risk = slot.risk_factor_id or None
    await audit_rows.record(tx, now, by, Deed.DOCUMENT_CHANGED, school=slot.school_id, risk=risk, **about)


async def sheet_of(tx: Transaction, school_id: int, by: Member, right: Right) -> Sheet:
    """The checklist of a school that a right reaches. Raises ``Refusal`` as ``school_for`` does."""
    registry = await registry_rows.registry(tx)
    school = school_for(registry, school_id, by, right)
    home = registry.municipality(school.municipality_id)
    own = (await risk_rows.profiles(tx, [school_id])).get(school_id, set())
    kept, remarks = await document_rows.of_schools(tx, [school_id]), await remark_rows.of_school(tx, school_id)
    lines = checklist(school_id, await risk_rows.every(tx), own, kept, holding_up(remarks))
    return Sheet(
        school,
        home.name if home else "",
        tuple(lines),
        len(remarks),
        keeps=may_for(by, Right.KEEP_DOCUMENTS, school),
        reviews=may_for(by, Right.REMARK, school),
        ticks=may_for(by, Right.TICK_RISKS, school),
    )
