"""Inside a transaction: the minutes of a meeting close its item, or count as one more of what the item counts."""

from dataclasses import dataclass
from datetime import datetime

from actions.closing import close_item
from actions.indicator import measured_item
from actions.meeting_look import MeetingCard
from actions.project import Project
from actions.reviewing import tell_reviewers
from domain.audit import Deed
from domain.completion import CompletionState, Step
from domain.debtor import Debtor, name_of
from domain.evidence import EvidenceKind
from domain.form import FormFile
from domain.happening import NewHappening
from domain.indicator import Indicator
from domain.meeting import Meeting
from domain.meeting_ending import Close, Ending, ending
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptItem, OwedBy
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import happening as happening_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import survey as survey_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class ItemEnd:
    """What will become of the item; ``missing`` are the names of those who have not done it."""

    how: Ending
    number: Indicator | None = None
    missing: tuple[str, ...] = ()


async def item_end(tx: Transaction, project: Project, card: MeetingCard, by: Member) -> ItemEnd:
    """As it stands now, for whoever sends the minutes."""
    if card.kept is None or card.roadmap is None:
        return ItemEnd(Ending.NOTHING)
    kept, today = card.kept, project.today(card.now)
    number = await measured_item(tx, project, kept, card.roadmap, today)
    by_survey = bool(await survey_rows.surveyed(tx, [kept.id]))
    how = ending(kept, number, by.duties, by_survey=by_survey)
    missing = tuple(name for one in number.count.missing if (name := name_of(one, card.registry)))
    return ItemEnd(how, number, missing)


async def end_item(
    tx: Transaction, project: Project, card: MeetingCard, end: ItemEnd, close: Close, by: int, now: datetime
) -> None:
    """Do it as whoever leads decided. Raises ``Refusal`` where somebody is missing after all."""
    if card.kept is None or close is Close.OPEN or end.how in (Ending.NOTHING, Ending.NOT_YOURS):
        return
    if end.how is Ending.LACKS and close is not Close.ANYWAY:
        raise Refusal("meeting_minutes.lacks")
    if end.how is Ending.COUNTED:
        await _count(tx, project, card.kept, card.one, by, now)
        return
    note = project.texts.plain("meeting_minutes.note", one=card.one, day=project.today(card.one.starts_at or now))
    if card.kept.item.owed_by is OwedBy.EXECUTORS:
        await _accept(tx, project, card.kept, card.one, note, by, now)
    await close_item(tx, card.kept.id, note, by, now)


async def _accept(
    tx: Transaction, project: Project, kept: KeptItem, one: Meeting, note: str, by: int, now: datetime
) -> None:
    """What the executors owe is confirmed by the minutes, and nobody has to review it."""
    debtor = Debtor(OwedBy.EXECUTORS)
    completion = await completion_rows.begin(tx, kept.id, debtor, now)
    if completion.state is CompletionState.ACCEPTED:
        return
    waited = completion.state is CompletionState.SENT
    await evidence_rows.add(tx, EvidenceKind.TEXT, by, now, completion_id=completion.id, text=note)
    for file in one.papers:
        await evidence_rows.add(
            tx,
            EvidenceKind.FILE,
            by,
            now,
            completion_id=completion.id,
            name=file.name,
            file_id=file.file_id,
            messenger=file.messenger,
            remote_id=file.remote_id,
            is_photo=file.is_photo,
        )
    if not waited:
        await completion_rows.step(tx, completion, Step.SENT, CompletionState.SENT, by, now)
        completion = await completion_rows.begin(tx, kept.id, debtor, now)
    await completion_rows.step(tx, completion, Step.ACCEPTED, CompletionState.ACCEPTED, by, now)
    await audit_rows.record(tx, now, by, Deed.CONFIRMATION_ACCEPTED, item=kept.id, meeting=one.id)
    if waited:
        await tell_reviewers(tx, project, now)


async def _count(tx: Transaction, project: Project, kept: KeptItem, one: Meeting, by: int, now: datetime) -> None:
    """It was held once more; told of by somebody already, it is the same one."""
    day = project.today(one.starts_at or now)
    files = tuple(
        FormFile(each.file_id, each.name, f"meeting:{one.id}:{place}", each.is_photo)
        for place, each in enumerate(one.papers)
    )
    told = NewHappening(kept.id, None, day, one.title, files=files)
    if await happening_rows.same(tx, told) is not None:
        return
    made = await happening_rows.add(tx, told, by, now)
    await audit_rows.record(
        tx, now, by, Deed.HAPPENING_REPORTED, item=kept.id, happening=made, day=day.isoformat(), meeting=one.id
    )
    await notice_rows.answer(tx, by, [kept.id], now, None)
    await outbox_rows.withdraw_days(tx)
