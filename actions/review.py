"""«Проверить»: what was confirmed is accepted, or returned with a comment."""

from datetime import datetime

from actions.closing import close_item, reopen_item
from actions.deciding import Decision, decide, tell_authors
from actions.project import Project
from actions.review_card import Alike, ReviewCard, ReviewQueue, card_of, instant, may_decide, may_see
from actions.reviewing import Whole, tell_reviewers, whole
from domain.access import Right, require
from domain.completion import Completion, CompletionState, Step
from domain.debtor import acts_for
from domain.evidence import Evidence, EvidenceKind
from domain.people import Member
from domain.refusal import Refusal
from domain.review import closes, comment_of, is_plain, sent_times
from storage import completion as completion_rows
from storage.database import Database, Transaction
from storage.files import FileFolder

NOTE_LIMIT = 1000
"""Characters of the note with which an item is closed."""
MOST_DECIDED = 60
"""Decisions to look back at."""


class Reviews:
    """Use cases of reviewers, and the history for whoever acts for the debtor as well."""

    def __init__(self, database: Database, project: Project, folder: FileFolder) -> None:
        self._database = database
        self._project = project
        self._folder = folder

    async def queue(self, at: int | None = None, *, by: Member, now: datetime) -> ReviewQueue:
        """The one that waits longest, or that confirmation and, where it does not wait any more, the one after it."""
        require(by, Right.REVIEW)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            mine = known.waiting_for(by, await completion_rows.waiting(tx))
            if not mine:
                return ReviewQueue()
            anchor = await completion_rows.get(tx, at) if at is not None else None
            place = next((n for n, one in enumerate(mine) if anchor and _order(one) >= _order(anchor)), 0)
            chosen = await completion_rows.get_all(tx, [one.id for one in mine if one.item_id == mine[place].item_id])
        shown = next(one for one in chosen if one.id == mine[place].id)
        item = known.items[shown.item_id][0].item
        return ReviewQueue(
            total=len(mine),
            place=place + 1,
            card=card_of(self._project, known, shown, by, now),
            before=mine[place - 1].id if place > 0 else None,
            after=mine[place + 1].id if place + 1 < len(mine) else None,
            alike=sum(is_plain(one, item) for one in chosen),
        )

    async def look(self, completion_id: int, *, by: Member, now: datetime) -> ReviewCard:
        """A confirmation in whatever state, for its reviewers and coordinators. Raises ``Refusal`` for others."""
        require(by, Right.REVIEW)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            return card_of(self._project, known, await _seen(tx, known, completion_id, by), by, now)

    async def copy_of(self, piece: Evidence) -> bytes | None:
        """What is in a file that ``look`` gave; ``None`` where there is no copy of it."""
        return None if piece.file is None else await self._folder.read(piece.file.path)

    async def history(self, completion_id: int, *, by: Member, now: datetime) -> ReviewCard:
        """The same for the sake of its rounds: whoever acts for the debtor sees them too."""
        person_id = require(by, Right.CONFIRM)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            completion = await completion_rows.get(tx, completion_id)
            if completion is not None:
                kept, roadmap = known.items[completion.item_id]
                if completion.debtor in acts_for(by.duties, person_id, kept.item, roadmap):
                    return card_of(self._project, known, completion, by, now)
            require(by, Right.REVIEW)
            return card_of(self._project, known, await _seen(tx, known, completion_id, by), by, now)

    async def decided(self, *, by: Member, now: datetime) -> list[ReviewCard]:
        """What the reader may look at of what was decided, the latest first; without evidence and history."""
        require(by, Right.REVIEW)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            found = [one for one in await completion_rows.decided(tx) if may_see(known, one, by)]
        return [card_of(self._project, known, one, by, now) for one in found[:MOST_DECIDED]]

    async def alike(self, item_id: int, *, by: Member, now: datetime) -> Alike:
        """What waits for the reader of one item and may be accepted together, to be looked over before.

        Raises ``Refusal`` for an unknown item.
        """
        require(by, Right.REVIEW)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            found = await _plain(tx, known, item_id, by)
        return Alike(known.items[item_id][0], tuple(card_of(self._project, known, one, by, now) for one in found))

    async def accept(self, completion_id: int, seen: int, *, by: Member, now: datetime) -> ReviewCard:
        """«Принять» what was ``seen`` (``ReviewCard.times``); twice by the same person is once.

        What executors confirmed closes its item. Raises ``Refusal`` when somebody else decided before, and when it was
        sent anew since it was looked at.
        """
        decider = require(by, Right.REVIEW)
        async with self._database.transaction() as tx:
            known = await whole(tx, self._project, now, by)
            completion = await _seen(tx, known, completion_id, by)
            if completion.state is CompletionState.ACCEPTED and completion.decided_by == decider:
                return card_of(self._project, known, completion, by, now)
            _must_wait(known, completion, seen, by)
            return await self._decide(tx, known, Decision(completion, Step.ACCEPTED, decider, now), by)

    async def accept_many(self, item_id: int, until: int, *, by: Member, now: datetime) -> int:
        """«Принять все»: what ``alike`` showed and nobody decided since; returns how many.

        Raises ``Refusal`` where nothing of it is left.
        """
        decider = require(by, Right.REVIEW)
        async with self._database.transaction() as tx:
            known = await whole(tx, self._project, now, by)
            found = [one for one in await _plain(tx, known, item_id, by) if instant(one.sent_at) <= until]
            if not found:
                raise Refusal("review.nothing-left")
            for one in found:
                await self._carry_out(tx, known, Decision(one, Step.ACCEPTED, decider, now))
            await tell_reviewers(tx, self._project, now)
            return len(found)

    async def may_give_back(self, completion_id: int, seen: int, *, by: Member, now: datetime) -> ReviewCard:
        """What is to be returned, before the comment is asked. Raises ``Refusal`` as ``accept`` does."""
        require(by, Right.REVIEW)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            completion = await _seen(tx, known, completion_id, by)
            _must_wait(known, completion, seen, by)
            return card_of(self._project, known, completion, by, now)

    async def give_back(self, completion_id: int, seen: int, comment: str, *, by: Member, now: datetime) -> ReviewCard:
        """«Вернуть» with a comment that says what to do. Raises ``Refusal`` as ``accept`` does, and without one."""
        decider = require(by, Right.REVIEW)
        async with self._database.transaction() as tx:
            known = await whole(tx, self._project, now, by)
            completion = await _seen(tx, known, completion_id, by)
            _must_wait(known, completion, seen, by)
            decision = Decision(completion, Step.RETURNED, decider, now, comment_of(comment))
            return await self._decide(tx, known, decision, by)

    async def may_reopen(self, completion_id: int, *, by: Member, now: datetime) -> ReviewCard:
        """What is to be opened again, before the comment is asked. Raises ``Refusal`` as ``reopen`` does."""
        require(by, Right.CLOSE_ITEM)
        async with self._database.read() as tx:
            known = await whole(tx, self._project, now, by)
            return card_of(self._project, known, await _accepted(tx, known, completion_id, by), by, now)

    async def reopen(self, completion_id: int, comment: str, *, by: Member, now: datetime) -> ReviewCard:
        """«Открыть снова» what was accepted, with a comment: it is the author's again, and the item it closed is open.

        Raises ``Refusal`` for what is not accepted.
        """
        decider = require(by, Right.CLOSE_ITEM)
        async with self._database.transaction() as tx:
            known = await whole(tx, self._project, now, by)
            completion = await _accepted(tx, known, completion_id, by)
            decision = Decision(completion, Step.REOPENED, decider, now, comment_of(comment))
            return await self._decide(tx, known, decision, by)

    async def _decide(self, tx: Transaction, known: Whole, decision: Decision, by: Member) -> ReviewCard:
        await self._carry_out(tx, known, decision)
        await tell_reviewers(tx, self._project, decision.at)
        after = await completion_rows.get(tx, decision.completion.id)
        assert after is not None  # noqa: S101  decided on above in this transaction
        return card_of(self._project, known, after, by, decision.at)

    async def _carry_out(self, tx: Transaction, known: Whole, decision: Decision) -> None:
        await decide(tx, decision)
        kept, _ = known.items[decision.completion.item_id]
        if closes(kept.item) and decision.step is Step.ACCEPTED:
            await close_item(tx, kept.id, self._note(decision.completion), decision.by, decision.at)
        elif closes(kept.item) and decision.step is Step.REOPENED:
            await reopen_item(tx, kept.id, decision.comment, decision.by, decision.at)
        await tell_authors(tx, self._project, known, decision)

    def _note(self, completion: Completion) -> str:
        """What an item was closed with, in words."""
        files = sum(one.kind is EvidenceKind.FILE for one in completion.evidence)
        pieces = [one for one in completion.evidence if one.kind is not EvidenceKind.FILE]
        return self._project.texts.plain("review.closing-note", pieces=pieces, files=files)[:NOTE_LIMIT]


def _must_wait(known: Whole, completion: Completion, seen: int, by: Member) -> None:
    """Raises ``Refusal`` unless it waits for the reader's decision as they saw it."""
    if completion.state in (CompletionState.ACCEPTED, CompletionState.RETURNED):
        who = known.called(completion.decided_by, by)
        raise Refusal("review.decided", accepted=completion.state is CompletionState.ACCEPTED, who=who)
    if sent_times(completion.rounds) != seen:
        raise Refusal("review.sent-anew")
    if not known.owed([completion]):
        raise Refusal("review.not-owed")
    if not may_decide(known, completion, by):
        raise Refusal("review.own")


async def _plain(tx: Transaction, known: Whole, item_id: int, by: Member) -> list[Completion]:
    if item_id not in known.items:
        raise Refusal("roadmap.unknown-item")
    mine = [one.id for one in known.waiting_for(by, await completion_rows.waiting(tx)) if one.item_id == item_id]
    item = known.items[item_id][0].item
    return [one for one in await completion_rows.get_all(tx, mine) if is_plain(one, item)]


async def _seen(tx: Transaction, known: Whole, completion_id: int, by: Member) -> Completion:
    """Raises ``Refusal`` for what is not there, what is not the reader's to see, and what its author is still at."""
    completion = await completion_rows.get(tx, completion_id)
    if completion is None:
        raise Refusal("review.gone")
    if not may_see(known, completion, by):
        raise Refusal("access.refused")
    if completion.state is CompletionState.DRAFT:
        raise Refusal("review.withdrawn")
    return completion


async def _accepted(tx: Transaction, known: Whole, completion_id: int, by: Member) -> Completion:
    completion = await _seen(tx, known, completion_id, by)
    if completion.state is not CompletionState.ACCEPTED:
        raise Refusal("review.not-accepted")
    return completion


def _order(completion: Completion) -> tuple[int, int]:
    return instant(completion.sent_at), completion.id
