"""Inside a transaction: who is at the meeting of an item does it for their school (item 10), and when the last of a
school turns out not to have been there, it is asked of the school again."""

from collections.abc import Iterable
from datetime import datetime

from actions.deciding import Decision, decide, tell_authors
from actions.project import Project
from actions.reviewing import tell_reviewers, whole
from domain.audit import Deed
from domain.completion import Completion, CompletionState, Step
from domain.debtor import Debtor, acts_for
from domain.evidence import EvidenceKind
from domain.meeting import CameBy, Guest, Meeting, MeetingState
from domain.meeting_door import came_for
from domain.roadmap import KeptItem, OwedBy, Roadmap
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Transaction

_MARK = "meeting:"
"""How the source of a piece begins that says so: a message of a chat begins with its number."""
_KEYS = {OwedBy.SCHOOL: "school", OwedBy.MUNICIPALITY: "municipality", OwedBy.CURATOR: "person"}


async def count_presence(
    tx: Transaction, project: Project, one: Meeting, guests: Iterable[Guest], by: int, now: datetime
) -> int:
    """These came: what the meeting's item asks of those for whom they came is done. Returns for how many it was not."""
    found = await _item(tx, one)
    if found is None or not found[0].is_open:
        return 0
    debtors = await _debtors(tx, found, guests) - await _exempt(tx, found[0])
    return sum([await _accept(tx, project, one, found, debtor, by, now) for debtor in sorted(debtors)])


async def take_presence_back(
    tx: Transaction, project: Project, one: Meeting, guests: Iterable[Guest], by: int, now: datetime
) -> None:
    """These did not come after all. What their being there did is undone where nobody else was there for the same, at
    this meeting or another of the item; what was confirmed in any other way stays. Of what is closed, and whom it does
    not apply to, nobody is told to do it again."""
    found, left = await _item(tx, one), list(guests)
    if found is None:
        return
    theirs = await _debtors(tx, found, left) - await _present(tx, found)
    tells = found[0].is_open and any(each.came_by is not CameBy.LIST for each in left)
    exempt = await _exempt(tx, found[0])
    for debtor in sorted(theirs):
        await _reopen(tx, project, one, found, debtor, by, now, tells=tells and debtor not in exempt)


async def _item(tx: Transaction, one: Meeting) -> tuple[KeptItem, Roadmap] | None:
    return None if one.item_id is None else await roadmap_rows.get_item_of_roadmap(tx, one.item_id)


async def _exempt(tx: Transaction, kept: KeptItem) -> set[Debtor]:
    """To whom the item does not apply."""
    return set((await completion_rows.exemptions(tx, [kept.id])).get(kept.id, ()))


async def _debtors(tx: Transaction, found: tuple[KeptItem, Roadmap], guests: Iterable[Guest]) -> set[Debtor]:
    people = [each.person_id for each in guests if each.person_id is not None]
    registry = await registry_rows.registry(tx, people)
    kept, roadmap = found
    return {one for person in registry.people for one in came_for(person.duties, person.id, kept.item, roadmap)}


async def _present(tx: Transaction, found: tuple[KeptItem, Roadmap]) -> set[Debtor]:
    """For whom somebody was at a meeting of the item."""
    held = [each.id for each in await meeting_rows.of_item(tx, found[0].id) if each.state is not MeetingState.CANCELLED]
    guests = [each for some in (await meeting_rows.guests_of(tx, held)).values() for each in some]
    return await _debtors(tx, found, [each for each in guests if each.came_at is not None])


async def _accept(
    tx: Transaction,
    project: Project,
    one: Meeting,
    found: tuple[KeptItem, Roadmap],
    debtor: Debtor,
    by: int,
    now: datetime,
) -> bool:
    kept = found[0]
    completion = await completion_rows.begin(tx, kept.id, debtor, now)
    if completion.state is CompletionState.ACCEPTED:
        return False
    waited = completion.state is CompletionState.SENT
    day = project.today(one.starts_at or now)
    words = project.texts.plain("meeting_door.was-there", one=one, day=day, is_team=debtor.party is OwedBy.SCHOOL)
    source = f"{_MARK}{one.id}:{now.isoformat()}"
    await evidence_rows.add(tx, EvidenceKind.TEXT, by, now, completion_id=completion.id, text=words, source=source)
    if not waited:
        await completion_rows.step(tx, completion, Step.SENT, CompletionState.SENT, by, now)
        completion = await completion_rows.begin(tx, kept.id, debtor, now)
    await completion_rows.step(tx, completion, Step.ACCEPTED, CompletionState.ACCEPTED, by, now)
    await audit_rows.record(tx, now, by, Deed.CONFIRMATION_ACCEPTED, item=kept.id, meeting=one.id, **_about(debtor))
    await _forget_days(tx, project, found, debtor, now)
    if waited:
        await tell_reviewers(tx, project, now)
    return True


async def _reopen(
    tx: Transaction,
    project: Project,
    one: Meeting,
    found: tuple[KeptItem, Roadmap],
    debtor: Debtor,
    by: int,
    now: datetime,
    *,
    tells: bool,
) -> None:
    completion = await completion_rows.find(tx, found[0].id, debtor)
    piece = None if completion is None else await evidence_rows.marked(tx, completion.id, _MARK)
    if completion is None or piece is None or not _is_by_meeting(completion, piece[1]):
        return
    await evidence_rows.take_away(tx, piece[0], completion.id, now)
    comment = project.texts.plain("meeting_door.was-not-there", one=one)
    decision = Decision(completion, Step.REOPENED, by, now, comment)
    if _waited_itself(completion):
        state = CompletionState.SENT
        await completion_rows.step(tx, completion, Step.REOPENED, state, by, now, comment)
        about = {"item": found[0].id, "meeting": one.id} | _about(debtor)
        await audit_rows.record(tx, now, by, Deed.CONFIRMATION_REOPENED, **about)
        await tell_reviewers(tx, project, now, anew=True)
    else:
        await decide(tx, decision)
        if tells:
            await tell_authors(tx, project, await whole(tx, project, now), decision)
    await _forget_days(tx, project, found, debtor, now)


def _is_by_meeting(completion: Completion, added_at: datetime) -> bool:
    """Whether it stands accepted because somebody was at a meeting, and by no later decision."""
    last = completion.rounds[-1]
    return last.step is Step.ACCEPTED and last.at == added_at


def _waited_itself(completion: Completion) -> bool:
    """Whether it had been sent before somebody came, and waited for its review."""
    before, last = completion.rounds[-2:]
    return before.step is not Step.SENT or before.at != last.at


async def _forget_days(
    tx: Transaction, project: Project, found: tuple[KeptItem, Roadmap], debtor: Debtor, now: datetime
) -> None:
    """What waits to be said today to those who act for this debtor is composed anew."""
    kept, roadmap = found
    bearers = await people_rows.bearers(tx, project.today(now))
    acting = [who for who, one in bearers.items() if debtor in acts_for(one.duties, who, kept.item, roadmap)]
    await outbox_rows.withdraw_days_of(tx, acting)


def _about(debtor: Debtor) -> dict[str, int]:
    return {_KEYS[debtor.party]: debtor.id}
