"""Forms that are being filled in, and what was answered: a row each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Text, bindparam, cast, delete, insert, or_, select, update

from domain.form import Value
from domain.form_value import answers_from, answers_kept, as_kept, files_of, from_kept
from storage import tables as t
from storage.database import Transaction

_c = t.form_run.c
# Composed once: both stand behind every press of whoever fills a form in.
_RUN = select(t.form_run).where(_c.mark == bindparam("of_mark"))
_CHANGE = (
    update(t.form_run)
    .where(_c.mark == bindparam("of_mark"))
    .values({name: bindparam(f"new_{name}") for name in t.form_run.c.keys() if name != "mark"})  # noqa: SIM118
)


@dataclass(frozen=True, slots=True)
class Pending:
    """What was typed for a question and is to be confirmed."""

    question: str
    value: Value


@dataclass(frozen=True, slots=True)
class Run:
    """One form as somebody fills it in. ``mark`` is its key, ``about`` what it belongs to («survey:3»).

    ``asked`` is the question that somebody went back to. ``person_id`` is whoever answered last (empty where it is
    anonymous), ``changed_at`` when (UTC).
    """

    mark: str
    about: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    asked: str | None = None
    pending: Pending | None = None
    is_sent: bool = False
    person_id: int | None = None
    changed_at: datetime | None = None


async def get(tx: Transaction, mark: str) -> Run | None:
    """The run of that key."""
    row = (await tx.execute(_RUN, {"of_mark": mark})).first()
    return None if row is None else _run(row)


async def of_marks(tx: Transaction, marks: Iterable[str]) -> dict[str, Run]:
    """The runs of these keys by them; those that are not there are left out."""
    rows = await tx.execute(select(t.form_run).where(_c.mark.in_(list(marks))))
    return {row.mark: _run(row) for row in rows}


async def put(tx: Transaction, run: Run) -> None:
    """This is how it stands now."""
    pending = None if run.pending is None else {"question": run.pending.question, "value": as_kept(run.pending.value)}
    values = {
        "about": run.about,
        "answers": answers_kept(run.answers),
        "asked": run.asked,
        "pending": pending,
        "is_sent": run.is_sent,
        "person_id": run.person_id,
        "changed_at": run.changed_at,
    }
    changed = {f"new_{name}": value for name, value in values.items()}
    known = await tx.execute(_CHANGE, {"of_mark": run.mark} | changed)
    if known.rowcount == 0:
        await tx.execute(insert(t.form_run).values(mark=run.mark, **values))


async def forget(tx: Transaction, mark: str) -> bool:
    """It is not there any more; false where it was not."""
    return (await tx.execute(delete(t.form_run).where(_c.mark == mark))).rowcount > 0


async def sent(tx: Transaction, about: str) -> list[Run]:
    """Everything that was answered and sent, by the keys."""
    rows = await tx.execute(select(t.form_run).where(_c.about == about, _c.is_sent).order_by(_c.mark))
    return [_run(row) for row in rows]


async def begun(tx: Transaction, about: str) -> set[str]:
    """The keys of what was begun and not sent."""
    return set(await tx.scalars(select(_c.mark).where(_c.about == about, ~_c.is_sent)))


async def is_answered(tx: Transaction, about: str) -> bool:
    """Whether anybody has begun to answer."""
    return await tx.scalar(select(_c.mark).where(_c.about == about).limit(1)) is not None


async def forget_person(tx: Transaction, person_id: int, chats: Collection[int] = ()) -> int:
    """What somebody began and did not send is gone, and from which of their ``chats`` they sent files, also where
    another went on; what they sent stays. Returns how many rows that changed."""
    own = _c.mark.contains(f":person:{person_id}") & _c.mark.endswith(f":{person_id}")
    gone = (await tx.execute(delete(t.form_run).where(_c.person_id == person_id, ~_c.is_sent, own))).rowcount
    theirs = [cast(_c.answers, Text).contains(f'"{chat}:', autoescape=True) for chat in chats]
    for row in (await tx.execute(select(t.form_run).where(or_(_c.person_id == person_id, *theirs)))).all():
        run = _run(row)
        answers = {one: _without_source(value) for one, value in run.answers.items()}
        if answers != run.answers:
            await put(tx, replace(run, answers=answers))
            gone += 1
    return int(gone)


def _without_source(value: Value) -> Value:
    files = files_of(value)
    return tuple(replace(one, source="") for one in files) if files else value


async def seal(tx: Transaction, about: str) -> int:
    """What is not sent is forgotten, and every key is drawn anew at random: from now on nobody finds whose it was, not
    with the secret either. Returns how many there are."""
    await tx.execute(delete(t.form_run).where(_c.about == about, ~_c.is_sent))
    marks = list(await tx.scalars(select(_c.mark).where(_c.about == about)))
    for mark in marks:
        await tx.execute(update(t.form_run).where(_c.mark == mark).values(mark=f"sealed:{token_hex(24)}"))
    return len(marks)


def _run(row: Any) -> Run:
    pending = None if row.pending is None else Pending(row.pending["question"], from_kept(row.pending["value"]))
    return Run(
        row.mark,
        row.about,
        answers_from(row.answers),
        row.asked,
        pending,
        row.is_sent,
        row.person_id,
        row.changed_at,
    )
