"""Confirmations with their evidence and their history; to whom an item does not apply."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, tuple_, update

from domain.completion import Completion, CompletionState, Round, Step
from domain.debtor import Debtor
from domain.evidence import Evidence, EvidenceKind, KeptFile
from domain.progress import Progress
from domain.registry import called
from domain.roadmap import OwedBy
from storage import survey as survey_rows
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.completion.c


async def find(tx: Transaction, item_id: int, debtor: Debtor) -> Completion | None:
    """What a debtor says of an item so far."""
    found = await _load(tx, _c.item_id == item_id, *_of(debtor))
    return found[0] if found else None


async def get(tx: Transaction, completion_id: int) -> Completion | None:
    """The confirmation of that id."""
    found = await _load(tx, _c.id == completion_id)
    return found[0] if found else None


async def get_all(tx: Transaction, completion_ids: Iterable[int]) -> list[Completion]:
    """The confirmations of these ids, the oldest first."""
    return await _load(tx, _c.id.in_(list(completion_ids)))


async def begin(tx: Transaction, item_id: int, debtor: Debtor, now: datetime) -> Completion:
    """An empty draft, or what is there already."""
    known = await find(tx, item_id, debtor)
    if known is not None:
        return known
    values = {"item_id": item_id, "party": debtor.party, "debtor_id": debtor.id, "state": CompletionState.DRAFT}
    made = new_id(await tx.execute(insert(t.completion).values(started_at=now, **values)))
    return Completion(made, item_id, debtor, CompletionState.DRAFT, now)


async def of_items(tx: Transaction, items: Iterable[int]) -> list[Completion]:
    """Every confirmation of these items, without evidence and history."""
    rows = await tx.execute(select(t.completion).where(_c.item_id.in_(list(items))).order_by(_c.id))
    return [_completion(row) for row in rows]


async def waiting(tx: Transaction) -> list[Completion]:
    """Whatever waits for its review, the oldest first, without evidence and history."""
    rows = await tx.execute(select(t.completion).where(_c.state == CompletionState.SENT).order_by(_c.sent_at, _c.id))
    return [_completion(row) for row in rows]


async def decided(tx: Transaction) -> list[Completion]:
    """Whatever was decided and stands so, the latest decision first, without evidence and history."""
    query = select(t.completion).where(_c.decided_at.is_not(None))
    return [_completion(row) for row in await tx.execute(query.order_by(_c.decided_at.desc(), _c.id.desc()))]


async def step(
    tx: Transaction,
    completion: Completion,
    taken: Step,
    state: CompletionState,
    by: int,
    now: datetime,
    comment: str = "",
) -> bool:
    """Take a confirmation one step further; false where somebody else did meanwhile."""
    values: dict[str, Any] = {"state": state}
    if taken is Step.SENT:
        values |= {"sent_at": now, "sent_by": by, "decided_at": None, "decided_by": None}
    if taken in (Step.ACCEPTED, Step.RETURNED):
        values |= {"decided_at": now, "decided_by": by}
    if taken is Step.REOPENED:
        values |= {"decided_at": None, "decided_by": None}
    query = update(t.completion).where(_c.id == completion.id, _c.state == completion.state)
    if (await tx.execute(query.values(**values))).rowcount == 0:
        return False
    row = {"completion_id": completion.id, "step": taken, "at": now, "person_id": by, "comment": comment}
    await tx.execute(insert(t.completion_step).values(**row))
    return True


async def move(tx: Transaction, old: Debtor, new: Debtor, *, settled: bool) -> None:
    """What one curator had begun is another's now, unless the other has said something of that item already; what is
    ``settled``, accepted or not applying, only where it holds for the other as well."""
    own = select(_c.item_id).where(*_of(new))
    query = update(t.completion).where(*_of(old), _c.item_id.not_in(own))
    if not settled:
        query = query.where(_c.state != CompletionState.ACCEPTED)
    await tx.execute(query.values(debtor_id=new.id))
    if settled:
        await _move_exemptions(tx, old, new)


async def _move_exemptions(tx: Transaction, old: Debtor, new: Debtor) -> None:
    c = t.exemption.c
    own = select(c.item_id).where(c.party == new.party, c.debtor_id == new.id)
    query = update(t.exemption).where(c.party == old.party, c.debtor_id == old.id, c.item_id.not_in(own))
    await tx.execute(query.values(debtor_id=new.id))


async def progress(tx: Transaction, debtors: Iterable[Debtor] | None = None, item_id: int | None = None) -> Progress:
    """How far the confirmations are: of these debtors, of one item, or of all."""
    query = select(_c.item_id, _c.party, _c.debtor_id, _c.state)
    if debtors is not None:
        query = query.where(tuple_(_c.party, _c.debtor_id).in_([(one.party, one.id) for one in debtors]))
    if item_id is not None:
        query = query.where(_c.item_id == item_id)
    found: dict[int, dict[Debtor, CompletionState]] = defaultdict(dict)
    for row in await tx.execute(query):
        found[row.item_id][Debtor(OwedBy(row.party), row.debtor_id)] = CompletionState(row.state)
    items = None if item_id is None else [item_id]
    return Progress(found, await exemptions(tx, items), await _held(tx, items), await survey_rows.surveyed(tx, items))


async def _held(tx: Transaction, items: Iterable[int] | None) -> dict[int, dict[Debtor, list[date]]]:
    h = t.happening.c
    query = select(h.item_id, h.municipality_id, h.day).where(h.removed_at.is_(None), h.municipality_id.is_not(None))
    if items is not None:
        query = query.where(h.item_id.in_(list(items)))
    found: dict[int, dict[Debtor, list[date]]] = defaultdict(lambda: defaultdict(list))
    for row in await tx.execute(query):
        found[row.item_id][Debtor(OwedBy.MUNICIPALITY, row.municipality_id)].append(row.day)
    return found


async def place_of(tx: Transaction, debtor: Debtor) -> str:
    """How a debtor is called; empty for the executors."""
    named = {OwedBy.SCHOOL: t.school, OwedBy.MUNICIPALITY: t.municipality, OwedBy.CURATOR: t.person}
    if debtor.party not in named:
        return ""
    table = named[debtor.party]
    name = await tx.scalar(select(table.c.name).where(table.c.id == debtor.id)) or ""
    return called(name, debtor.id) if debtor.party is OwedBy.CURATOR else str(name)


async def exemptions(tx: Transaction, items: Iterable[int] | None = None) -> dict[int, dict[Debtor, str]]:
    """Item id → to whom it does not apply, and why."""
    c = t.exemption.c
    query = select(c.item_id, c.party, c.debtor_id, c.reason)
    if items is not None:
        query = query.where(c.item_id.in_(list(items)))
    found: dict[int, dict[Debtor, str]] = defaultdict(dict)
    for row in await tx.execute(query):
        found[row.item_id][Debtor(OwedBy(row.party), row.debtor_id)] = row.reason
    return found


async def exempt(tx: Transaction, item_id: int, debtor: Debtor, reason: str, by: int, now: datetime) -> None:
    """An item does not apply to somebody; said again, the reason is another."""
    await apply(tx, item_id, debtor)
    values = {"item_id": item_id, "party": debtor.party, "debtor_id": debtor.id, "reason": reason}
    await tx.execute(insert(t.exemption).values(made_by=by, made_at=now, **values))


async def apply(tx: Transaction, item_id: int, debtor: Debtor) -> bool:
    """It applies after all; false where it did."""
    c = t.exemption.c
    which = (c.item_id == item_id, c.party == debtor.party, c.debtor_id == debtor.id)
    return (await tx.execute(delete(t.exemption).where(*which))).rowcount > 0


def _of(debtor: Debtor) -> tuple[ColumnElement[bool], ...]:
    return _c.party == debtor.party, _c.debtor_id == debtor.id


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Completion]:
    rows = (await tx.execute(select(t.completion).where(*which).order_by(_c.id))).all()
    ids = [row.id for row in rows]
    proof, rounds = await _evidence(tx, ids), await _rounds(tx, ids)
    return [_completion(row, tuple(proof[row.id]), tuple(rounds[row.id])) for row in rows]


async def _rounds(tx: Transaction, ids: list[int]) -> dict[int, list[Round]]:
    s = t.completion_step.c
    found: dict[int, list[Round]] = defaultdict(list)
    for row in await tx.execute(select(t.completion_step).where(s.completion_id.in_(ids)).order_by(s.id)):
        found[row.completion_id].append(Round(Step(row.step), row.at, row.person_id, row.comment))
    return found


async def _evidence(tx: Transaction, ids: list[int]) -> dict[int, list[Evidence]]:
    e, f = t.evidence.c, t.stored_file.c
    query = (
        select(t.evidence, f.sha256, f.size, f.mime, f.path)
        .outerjoin(t.stored_file, f.id == e.file_id)
        .where(e.completion_id.in_(ids), e.removed_at.is_(None))
        .order_by(e.id)
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in await tx.execute(query):
        found[row.completion_id].append(as_evidence(row))
    return found


def as_evidence(row: Any) -> Evidence:
    """A row of ``evidence`` joined with its file."""
    kept = None if row.file_id is None else KeptFile(row.file_id, row.sha256, row.size, row.mime, row.path)
    kind = EvidenceKind(row.kind)
    return Evidence(
        row.id, kind, row.text, row.day, row.name, kept, row.remote_id, row.is_photo, row.added_at, row.messenger
    )


def _completion(row: Any, proof: tuple[Evidence, ...] = (), rounds: tuple[Round, ...] = ()) -> Completion:
    return Completion(
        row.id,
        row.item_id,
        Debtor(OwedBy(row.party), row.debtor_id),
        CompletionState(row.state),
        row.started_at,
        proof,
        rounds,
        row.sent_at,
        row.sent_by,
        row.decided_at,
        row.decided_by,
    )
