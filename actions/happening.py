"""What was held: told of by whoever carries the item out, listed, taken away; the item's number follows at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from actions.completion import FileAnswer, FileOutcome
from actions.draft import item_of
from actions.evidence import FileKeeper
from actions.indicator import measured_item
from actions.project import Project
from channels.base import FileSource
from domain.access import Right, require
from domain.audit import Deed
from domain.evidence import Evidence, SentFile
from domain.happening import (
    MOST_FILES,
    Happening,
    HeldDraft,
    HeldFile,
    is_by_place,
    is_held,
    may_report,
    places,
    refuse_ahead,
)
from domain.indicator import Indicator
from domain.notice import effective, window
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Municipality, called
from domain.roadmap import KeptItem, OwedBy, Roadmap
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import happening as happening_rows
from storage import indicator as indicator_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction
from storage.files import FileFolder


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of which somebody may tell what was held, on a local day. ``places`` are the municipalities for which
    they may; none where it is not held by each for itself. ``names`` are of all municipalities."""

    kept: KeptItem
    roadmap: Roadmap
    today: date
    number: Indicator
    places: tuple[Municipality, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that count."""
        return window(effective(self.kept.item), self.roadmap.year)

    def counts(self, day: date) -> bool:
        """Whether something held on a day is in the item's number."""
        start, end = self.span
        return start <= day <= end

    def place(self, place_id: int | None) -> str:
        """What a municipality is called; empty for none."""
        return self.names.get(place_id or 0, "")

    def is_theirs(self, place_id: int | None) -> bool:
        """Whether a municipality is one for which they may tell of it."""
        return any(one.id == place_id for one in self.places)


@dataclass(frozen=True, slots=True)
class HeldList:
    """What was held of an item, the latest first, as far as the reader may tell of it."""

    held: HeldItem
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class HeldCard:
    """One thing held. ``reporter`` is who told of it, ``is_own`` whether the reader may take it away."""

    held: HeldItem
    happening: Happening
    reporter: str
    is_own: bool


class Happenings:
    """Use cases of what was held. The same told twice is one."""

    def __init__(self, database: Database, project: Project, keeper: FileKeeper, folder: FileFolder) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper
        self._folder = folder

    async def begin(self, item_id: int, *, by: Member, now: datetime) -> HeldItem:
        """The item to tell of something held. Raises ``Refusal`` for whoever does not carry it out, for an item that is
        confirmed instead, that is closed, or that applies to no municipality of theirs."""
        require(by, Right.REPORT_HAPPENING)
        async with self._database.read() as tx:
            held = await self._held(tx, item_id, by, now)
        _refuse_nothing_to_tell(held)
        return held

    async def look_at_file(
        self, draft: HeldDraft, sent: SentFile, source: FileSource, *, by: Member
    ) -> tuple[FileAnswer, HeldDraft]:
        """One photo or document, whether it can be taken or not; the draft with it, where it can."""
        require(by, Right.REPORT_HAPPENING)
        if len(draft.files) >= MOST_FILES:
            return FileAnswer(FileOutcome.REFUSED, why=Refusal("evidence.too-many", limit=MOST_FILES)), draft
        try:
            file = HeldFile(sent, await self._keeper.take(sent, source))
        except Refusal as why:  # one of ten files that is refused is an answer about that one
            return FileAnswer(FileOutcome.REFUSED, why=why), draft
        if draft.has(file):
            return FileAnswer(FileOutcome.AGAIN), draft
        outcome = FileOutcome.LATER if file.content is None else FileOutcome.KEPT
        return FileAnswer(outcome), replace(draft, files=(*draft.files, file))

    async def report(self, draft: HeldDraft, *, by: Member, now: datetime) -> tuple[HeldCard, bool]:
        """«Сохранить»: it is there, with the item's number afterwards; false where it was there before.

        Raises ``Refusal`` as ``begin`` does, for a day that is still to come, and where something was not answered.
        """
        person_id = require(by, Right.REPORT_HAPPENING)
        async with self._database.transaction() as tx:
            held = await self._held(tx, draft.item_id, by, now)
            _refuse_nothing_to_tell(held)
            if draft.question(held.kept.item) is not None or draft.day is None:
                raise Refusal("happening.unfinished")
            refuse_ahead(draft.day, held.today)
            draft = replace(draft, place=draft.place if is_by_place(held.kept.item) else None)
            if draft.place is not None and not held.is_theirs(draft.place):
                raise Refusal("happening.other-place")
            known = await happening_rows.same(tx, draft)
            if known is None:
                await self._add(tx, draft, person_id, now)
            found = known or await happening_rows.same(tx, draft)
            return await self._card(tx, found or 0, by, now), known is None

    async def _add(self, tx: Transaction, draft: HeldDraft, person_id: int, now: datetime) -> None:
        made = await happening_rows.add(tx, draft, person_id, now)
        about = {"municipality": draft.place} if draft.place is not None else {}
        day = None if draft.day is None else draft.day.isoformat()
        await audit_rows.record(
            tx, now, person_id, Deed.HAPPENING_REPORTED, item=draft.item_id, happening=made, day=day, **about
        )
        await notice_rows.answer(tx, person_id, [draft.item_id], now, None)
        await outbox_rows.withdraw_days(tx)

    async def of_item(self, item_id: int, *, by: Member, now: datetime) -> HeldList:
        """Everything that was held of an item; a municipal coordinator sees their own municipality's."""
        require(by, Right.REPORT_HAPPENING)
        async with self._database.read() as tx:
            held = await self._held(tx, item_id, by, now)
            found = await happening_rows.of_item(tx, item_id)
        return HeldList(held, tuple(one for one in found if _sees(held, one, by)))

    async def look(self, happening_id: int, *, by: Member, now: datetime) -> HeldCard:
        """One thing held. Raises ``Refusal`` where it is not there (any more), and for whoever may not tell of it."""
        require(by, Right.REPORT_HAPPENING)
        async with self._database.read() as tx:
            return await self._card(tx, happening_id, by, now)

    async def copy_of(self, piece: Evidence) -> bytes | None:
        """What is in a file that ``look`` gave; ``None`` where there is no copy of it."""
        return None if piece.file is None else await self._folder.read(piece.file.path)

    async def take_away(self, happening_id: int, *, by: Member, now: datetime) -> HeldList:
        """It is not meant: by whoever told of it, or a coordinator. Raises ``Refusal`` for others."""
        person_id = require(by, Right.REPORT_HAPPENING)
        async with self._database.transaction() as tx:
            card = await self._card(tx, happening_id, by, now)
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
            held = await self._held(tx, one.item_id, by, now)
            found = await happening_rows.of_item(tx, one.item_id)
        return HeldList(held, tuple(left for left in found if _sees(held, left, by)))

    async def _card(self, tx: Transaction, happening_id: int, by: Member, now: datetime) -> HeldCard:
        one = await happening_rows.get(tx, happening_id)
        if one is None:
            raise Refusal("happening.gone")
        held = await self._held(tx, one.item_id, by, now)
        if not _sees(held, one, by):
            raise Refusal("access.refused")
        who = called(await people_rows.name_of(tx, one.reported_by), one.reported_by)
        return HeldCard(held, one, who, one.reported_by == by.person_id or Role.COORDINATOR in by.roles)

    async def _held(self, tx: Transaction, item_id: int, by: Member, now: datetime) -> HeldItem:
        kept, roadmap = await item_of(tx, item_id)
        if not is_held(kept.item):
            raise Refusal("happening.not-counted")
        if not may_report(by.duties, kept.item, roadmap):
            raise Refusal("access.refused")
        today = self._project.today(now)
        number = await measured_item(tx, self._project, kept, roadmap, today)
        registry = await indicator_rows.owing(tx, {OwedBy.MUNICIPALITY})
        exempt = (await completion_rows.exemptions(tx, [item_id])).get(item_id, {})
        theirs = tuple(places(by.duties, kept.item, roadmap, registry, exempt))
        names = {one.id: one.name for one in registry.municipalities}
        return HeldItem(kept, roadmap, today, number, theirs, names)


def _refuse_nothing_to_tell(held: HeldItem) -> None:
    if not held.kept.is_open:
        raise Refusal("happening.item-closed")
    if is_by_place(held.kept.item) and not held.places:
        raise Refusal("happening.no-place")


def _sees(held: HeldItem, one: Happening, by: Member) -> bool:
    """Of what each municipality holds for itself, one's own; coordinators see also those to whom it does not apply."""
    return not is_by_place(held.kept.item) or Role.COORDINATOR in by.roles or held.is_theirs(one.place)
