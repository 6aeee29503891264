"""Confirming an item: a draft with evidence, sent, taken back, changed; whoever owes it speaks for themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from actions.draft import (
    Choice,
    DraftView,
    changeable,
    item_of,
    owing,
    own,
    record,
    refuse_more,
    refuse_unasked,
    view_of,
)
from actions.evidence import FileKeeper
from actions.project import Project
from actions.reviewing import tell_reviewers
from channels.base import FileSource
from domain.access import Right, require
from domain.audit import Deed
from domain.completion import CompletionState, Step, may_send, may_withdraw
from domain.debtor import Debtor, acts_for
from domain.evidence import EvidenceKind, SentFile, is_link, link_of, words_of
from domain.order import is_order, order_of
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptItem
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction


class FileOutcome(StrEnum):
    """What became of a file: it is here; known to the messenger and fetched later; here before; not taken."""

    KEPT = "kept"
    LATER = "later"
    AGAIN = "again"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """One file of several: a bad one does not undo the others. ``why`` is the refusal, of the file or, where there is
    no ``view``, of adding anything at all."""

    outcome: FileOutcome
    view: DraftView | None = None
    why: Refusal | None = None


class Completions:
    """Use cases of whoever confirms. Everything of a draft is kept at once; pressed twice it is done once."""

    def __init__(self, database: Database, project: Project, keeper: FileKeeper) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper

    async def begin(
        self, item_id: int, debtor_id: int | None = None, *, by: Member, now: datetime
    ) -> DraftView | Choice:
        """What is said of an item so far, an empty draft where nothing is; a choice where the acting person speaks for
        several. Raises ``Refusal`` for whoever owes nothing here, and for a closed item."""
        person_id = require(by, Right.CONFIRM)
        async with self._database.transaction() as tx:
            kept, roadmap = await item_of(tx, item_id)
            mine = await owing(tx, kept, acts_for(by.duties, person_id, kept.item, roadmap))
            if debtor_id is None and len(mine) > 1:
                return await self._choice(tx, kept, mine, now)
            debtor = next((one for one in mine if debtor_id in (None, one.id)), None)
            if debtor is None:
                raise Refusal("completion.not-yours")
            known = await completion_rows.find(tx, item_id, debtor)
            if known is None and not kept.is_open:
                raise Refusal("completion.item-closed")
            known = known or await completion_rows.begin(tx, item_id, debtor, now)
            await notice_rows.look(tx, person_id, item_id, now)
            return await view_of(tx, self._project, known, kept, roadmap, now)

    async def _choice(self, tx: Transaction, kept: KeptItem, mine: Collection[Debtor], now: datetime) -> Choice:
        said = (await completion_rows.progress(tx, item_id=kept.id)).states.get(kept.id, {})
        named = [(one, await completion_rows.place_of(tx, one)) for one in mine]
        rows = [(one, name, said.get(one, CompletionState.DRAFT)) for one, name in named]
        return Choice(kept, self._project.today(now), tuple(sorted(rows, key=lambda row: row[1])))

    async def look(self, completion_id: int, *, by: Member, now: datetime) -> DraftView:
        """One confirmation. Raises ``Refusal`` for whoever does not act for its debtor (any more)."""
        require(by, Right.CONFIRM)
        async with self._database.read() as tx:
            return await own(tx, self._project, completion_id, by, now)

    async def add_link(self, completion_id: int, text: str, *, by: Member, now: datetime) -> DraftView:
        """A link as it was typed. Raises ``Refusal`` for what is none."""
        require(by, Right.CONFIRM)
        return await self._add(completion_id, EvidenceKind.LINK, link_of(text), by=by, now=now)

    async def add_text(self, completion_id: int, text: str, *, by: Member, now: datetime) -> DraftView:
        """A text as it was typed. Raises ``Refusal`` for nothing, and for too much."""
        require(by, Right.CONFIRM)
        return await self._add(completion_id, EvidenceKind.TEXT, words_of(text), by=by, now=now)

    async def add_order(self, completion_id: int, text: str, *, by: Member, now: datetime) -> DraftView:
        """The number and the date of an order. Raises ``Refusal`` for what is none."""
        require(by, Right.CONFIRM)
        order = order_of(text, self._project.today(now))
        return await self._add(completion_id, EvidenceKind.ORDER, order.number, order.day, by=by, now=now)

    async def add_typed(self, completion_id: int, text: str, *, by: Member, now: datetime) -> DraftView:
        """Whatever was typed without being asked for: a link, an order, or else a text."""
        require(by, Right.CONFIRM)
        if is_link(text):
            return await self.add_link(completion_id, text, by=by, now=now)
        if is_order(text, self._project.today(now)):
            return await self.add_order(completion_id, text, by=by, now=now)
        return await self.add_text(completion_id, text, by=by, now=now)

    async def _add(
        self, completion_id: int, kind: EvidenceKind, text: str, day: date | None = None, *, by: Member, now: datetime
    ) -> DraftView:
        """The same once more adds nothing."""
        person_id = require(by, Right.CONFIRM)
        async with self._database.transaction() as tx:
            view = await changeable(tx, self._project, completion_id, by, now)
            if any((one.kind, one.text, one.day) == (kind, text, day) for one in view.completion.evidence):
                return view
            refuse_more(view)
            await evidence_rows.add(tx, kind, person_id, now, completion_id=completion_id, text=text, day=day)
            await record(tx, now, person_id, Deed.EVIDENCE_ADDED, view, kind)
            return await own(tx, self._project, completion_id, by, now)

    async def add_file(
        self, completion_id: int, sent: SentFile, source: FileSource, *, by: Member, now: datetime
    ) -> FileAnswer:
        """One file, whether it can be taken or not; the answer says what became of it. ``source`` hands it over."""
        try:
            return await self._add_file(completion_id, sent, source, by, now)
        except Refusal as why:  # one of ten files that is refused is an answer about that one
            return FileAnswer(FileOutcome.REFUSED, why=why)

    async def _add_file(
        self, completion_id: int, sent: SentFile, source: FileSource, by: Member, now: datetime
    ) -> FileAnswer:
        person_id = require(by, Right.CONFIRM)
        async with self._database.read() as tx:
            view = await changeable(tx, self._project, completion_id, by, now)
        try:
            refuse_more(view)
            content = await self._keeper.take(sent, source)
        except Refusal as why:
            return FileAnswer(FileOutcome.REFUSED, view, why)
        async with self._database.transaction() as tx:
            view = await changeable(tx, self._project, completion_id, by, now)
            file = None if content is None else await evidence_rows.lay(tx, content, now)
            if file is not None and await evidence_rows.holds(tx, completion_id, file.id):
                return FileAnswer(FileOutcome.AGAIN, view)
            await evidence_rows.add(
                tx,
                EvidenceKind.FILE,
                person_id,
                now,
                completion_id=completion_id,
                text=sent.caption,
                name=sent.name,
                file_id=None if file is None else file.id,
                messenger=sent.messenger,
                remote_id=sent.remote_id,
                is_photo=sent.is_photo,
                source=sent.source,
            )
            await record(tx, now, person_id, Deed.EVIDENCE_ADDED, view, EvidenceKind.FILE)
            outcome = FileOutcome.LATER if file is None else FileOutcome.KEPT
            return FileAnswer(outcome, await own(tx, self._project, completion_id, by, now))

    async def take_away(self, completion_id: int, evidence_id: int, *, by: Member, now: datetime) -> DraftView:
        """A piece is not meant; taken away twice is taken away once."""
        person_id = require(by, Right.CONFIRM)
        async with self._database.transaction() as tx:
            view = await changeable(tx, self._project, completion_id, by, now)
            piece = next((one for one in view.completion.evidence if one.id == evidence_id), None)
            if piece is None:
                return view
            await evidence_rows.take_away(tx, evidence_id, completion_id, now)
            await record(tx, now, person_id, Deed.EVIDENCE_TAKEN_AWAY, view, piece.kind)
            return await own(tx, self._project, completion_id, by, now)

    async def send(self, completion_id: int, *, by: Member, now: datetime) -> tuple[DraftView, bool]:
        """«Отправить»: it waits for its review; false where it did already. Raises ``Refusal`` where evidence is wanted
        and there is none, where it was accepted, and where the item was closed."""
        person_id = require(by, Right.CONFIRM)
        async with self._database.transaction() as tx:
            view = await own(tx, self._project, completion_id, by, now)
            if view.completion.state is CompletionState.SENT:
                return view, False
            view = await changeable(tx, self._project, completion_id, by, now)
            may_send(view.completion, view.kept.item)
            await completion_rows.step(tx, view.completion, Step.SENT, CompletionState.SENT, person_id, now)
            await record(tx, now, person_id, Deed.CONFIRMATION_SENT, view)
            await notice_rows.answer(tx, person_id, [view.kept.id], now, None)
            await self._forget_days(tx, view, now)
            await tell_reviewers(tx, self._project, now, anew=True)
            return await own(tx, self._project, completion_id, by, now), True

    async def withdraw(self, completion_id: int, *, by: Member, now: datetime) -> DraftView:
        """Take back what nobody has reviewed yet; it is a draft again. Raises ``Refusal`` where it was accepted, and
        where it could not be sent again."""
        person_id = require(by, Right.CONFIRM)
        async with self._database.transaction() as tx:
            view = await own(tx, self._project, completion_id, by, now)
            if view.completion.is_open:
                return view
            may_withdraw(view.completion)
            refuse_unasked(view)
            await completion_rows.step(tx, view.completion, Step.WITHDRAWN, CompletionState.DRAFT, person_id, now)
            await record(tx, now, person_id, Deed.CONFIRMATION_WITHDRAWN, view)
            await self._forget_days(tx, view, now)
            await tell_reviewers(tx, self._project, now)
            return await own(tx, self._project, completion_id, by, now)

    async def _forget_days(self, tx: Transaction, view: DraftView, now: datetime) -> None:
        """What waits to be said today to those who act for this debtor is composed anew."""
        for who, bearer in (await people_rows.bearers(tx, self._project.today(now))).items():
            if view.completion.debtor in acts_for(bearer.duties, who, view.kept.item, view.roadmap):
                await outbox_rows.withdraw_days(tx, who)
