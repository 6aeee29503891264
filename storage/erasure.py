"""Destroying what is kept about one person. The rows of the school's work stay, and name nobody."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape as quoted
from typing import Any

from markupsafe import escape
from sqlalchemy import ColumnElement, Update, and_, cast, delete, or_, select, update

from domain.join_request import RequestState
from domain.outbox import OutboxState
from domain.own_data import Category, Destroyed, Former
from domain.people import Account
from domain.registry import called, name_key
from storage import calendar_feed as feed_rows
from storage import form_run as run_rows
from storage import invite as invite_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import tables as t
from storage.database import Transaction
from storage.outbox import NOBODY, begins
from storage.people import from_any

_TELLING = 5
"""Letters of a name that is looked for in the words of messages: a shorter one («Я», «Ия») stands in many of them."""
_UNCUT = 24
"""Letters of a name that stand in a message even where it was shortened."""
_TOLD_OF = ("blocked", "no-consent", "replaced", "left", "schedule")
"""How the keys begin under which others are told of a person of that id."""
_o = t.outbox.c
_leave = t.stand_in.c


@dataclass(frozen=True, slots=True)
class Named:
    """What a person was called, and as what they worked."""

    name: str
    position: str


async def unname(tx: Transaction, person_id: int, now: datetime) -> Named:
    """Take the name away: whatever is said of the person from now on says a number. Returns what it was."""
    p = t.person.c
    who = (await tx.execute(select(p.name, p.position).where(p.id == person_id))).one()
    nobody = {"name": "", "name_key": "", "position": "", "erased_at": now}
    await tx.execute(update(t.person).where(p.id == person_id).values(**nobody))
    return Named(who.name, who.position)


async def erase(tx: Transaction, person_id: int, who: Named, now: datetime) -> Destroyed:
    """The person, already without a name, takes part no more, and what else told of them is gone.

    Returns how many rows of what were destroyed.
    """
    of = await _accounts(tx, person_id)
    leaves = list(
        await tx.scalars(select(_leave.id).where(or_(_leave.person_id == person_id, _leave.deputy_id == person_id)))
    )
    gone: Counter[Category] = Counter()
    gone[Category.NAME] = int(bool(who.name))
    gone[Category.POSITION] = int(bool(who.position))
    gone[Category.ACCOUNT] = len(of) + await _sources(tx, person_id, of)
    gone[Category.CALENDAR] = await feed_rows.stop(tx, person_id)
    gone[Category.ANSWERS] = await _answers(tx, person_id, who.name)
    gone[Category.MESSAGES] = await _meetings(tx, person_id, who.name)
    gone[Category.CONVERSATION] = await people_rows.forget_conversations(tx, of)
    await registry_rows.remove_person(tx, person_id, now)
    gone[Category.CODE] = await _codes(tx, person_id, of)
    gone[Category.REQUEST] = await _requests(tx, person_id, of, now)
    gone[Category.LEAVE] = await _deleted(tx, t.stand_in, _leave.person_id == person_id)
    gone[Category.REMINDERS] = await _deleted(tx, t.own_reminders, t.own_reminders.c.person_id == person_id)
    gone[Category.REMINDERS] += await _deleted(tx, t.attention, t.attention.c.person_id == person_id)
    gone[Category.MESSAGES] += await _own_messages(tx, person_id, of)
    gone[Category.MESSAGES] += await _announcements(tx, person_id, who.name)
    gone[Category.MESSAGES] += await _mentions(tx, _about(person_id, leaves), who.name)
    gone[Category.CONVERSATION] += await _drafts(tx, who.name)
    gone[Category.CONVERSATION] += await run_rows.forget_person(tx, person_id, [one.account_id for one in of])
    return {category: count for category, count in gone.items() if count}


async def former(tx: Transaction) -> list[Former]:
    """Whoever takes part no more and was not erased, the latest first."""
    p = t.person.c
    gone = select(p.id, p.name, p.removed_at).where(p.removed_at.is_not(None), p.erased_at.is_(None))
    rows = await tx.execute(gone.order_by(p.removed_at.desc(), p.id.desc()))
    return [Former(row.id, row.name, row.removed_at) for row in rows]


async def is_erased(tx: Transaction, person_id: int) -> bool:
    """Whether nothing names the person any more."""
    return await tx.scalar(select(t.person.c.erased_at).where(t.person.c.id == person_id)) is not None


async def _accounts(tx: Transaction, person_id: int) -> list[Account]:
    """Those a person comes with; of whoever was removed, those that messages and requests of theirs still name. What
    is somebody else's by now is not theirs."""
    own = await people_rows.accounts(tx, person_id)
    a, r = t.account.c, t.join_request.c
    written = select(_o.messenger, _o.chat_id).where(_o.person_id == person_id, _o.group_id.is_(None))
    asked = select(r.messenger, r.account_id).where(r.person_id == person_id)
    met = {Account(*row) for query in (written, asked) for row in await tx.execute(query.distinct())}
    others = {Account(*row) for row in await tx.execute(select(a.messenger, a.account_id))} - {*own}
    known = sorted(met - others - {*own}, key=lambda one: (one.messenger, one.account_id))
    return [*own, *(one for one in known if one.account_id != NOBODY)]


async def _deleted(tx: Transaction, table: Any, *which: ColumnElement[bool]) -> int:
    return int((await tx.execute(delete(table).where(*which))).rowcount)


async def _sources(tx: Transaction, person_id: int, of: Iterable[Account]) -> int:
    """What the person attached stays; in which chat they sent it, which is the number of their account, does not."""
    e = t.evidence.c
    sent = update(t.evidence).where(e.added_by == person_id, e.source.is_not(None), ~e.source.startswith("meeting:"))
    count = int((await tx.execute(sent.values(source=None))).rowcount)
    for file in (t.meeting_file, t.broadcast_file):
        for account in of:
            theirs = update(file).where(file.c.source.startswith(f"{account.account_id}:"))
            count += int((await tx.execute(theirs.values(source=""))).rowcount)
    return count


async def _codes(tx: Transaction, person_id: int, of: Iterable[Account]) -> int:
    """Codes nobody used. A used one stays as the trace of coming in: it is a hash and a number."""
    for account in of:
        await invite_rows.forget_tries(tx, account)
    c = t.invite.c
    return await _deleted(tx, t.invite, c.person_id == person_id, c.used_at.is_(None))


async def _requests(tx: Transaction, person_id: int, of: Sequence[Account], now: datetime) -> int:
    c = t.join_request.c
    theirs = or_(c.person_id == person_id, from_any(c.messenger, c.account_id, of))
    waits = update(t.join_request).where(theirs, c.state == RequestState.WAITING)
    await tx.execute(waits.values(state=RequestState.WITHDRAWN, decided_at=now))
    blank = {"messenger": "", "account_id": NOBODY, "name": "", "position": ""}
    return int((await tx.execute(update(t.join_request).where(theirs).values(**blank))).rowcount)


async def _answers(tx: Transaction, person_id: int, name: str) -> int:
    """What they answered to invitations stays; what they wrote beside it does not. Instead of somebody came a
    number."""
    g = t.meeting_guest.c
    written = update(t.meeting_guest).where(g.person_id == person_id, or_(g.why != "", g.other != ""))
    came = update(t.meeting_guest).where(g.other == name, g.other != "")
    changes = written.values(why="", other=""), came.values(other=called("", person_id))
    return sum([int((await tx.execute(each)).rowcount) for each in changes])


async def _meetings(tx: Transaction, person_id: int, name: str) -> int:
    """What is written of meetings, and what their guests have answered, says the number where it names the person."""
    if len(name) < _TELLING:
        return 0
    whole, count = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), 0
    m, g = t.meeting.c, t.meeting_guest.c
    for column in (m.title, m.place, m.agenda, m.minutes_text, m.cancelled_why, g.why, g.other):
        written = column.contains(name, autoescape=True)
        for words in list(await tx.scalars(select(column).where(written).distinct())):
            if (said := whole.sub(called("", person_id), words)) != words:
                changed = update(column.table).where(column == words).values({column: said})
                count += int((await tx.execute(changed)).rowcount)
    return count


async def _own_messages(tx: Transaction, person_id: int, of: Sequence[Account]) -> int:
    """Of what was said to the person, that it was and how it ended stays."""
    theirs = and_(_o.group_id.is_(None), or_(_o.person_id == person_id, from_any(_o.messenger, _o.chat_id, of)))
    return await _blank(tx, list(await tx.scalars(select(_o.id).where(theirs))), chat_id=NOBODY)


async def _mentions(tx: Transaction, about: re.Pattern[str], name: str) -> int:
    """What others were told of the person: by the name, and by the key, which finds what was said under an earlier one.

    What still waits is taken back.
    """
    named = _by_name(name)
    texts = select(_o.id, _o.key, _o.text).where(_o.group_id.is_(None), _o.text != "")
    rows = await tx.execute(texts.where(~_o.key.startswith("day:", autoescape=True)))
    return await _blank(tx, [row.id for row in rows if about.match(row.key) or (named and named.search(row.text))])


async def _announcements(tx: Transaction, person_id: int, name: str) -> int:
    """Announcements that name the person, drafts as well, say the number from now on; so does what of them and of
    meetings waits to go: it is not lost for everybody else."""
    if len(name) < _TELLING:
        return 0
    whole = re.compile(rf"(?<!\w){re.escape(quoted(name, quote=False))}(?!\w)")
    count = 0
    told = or_(*(and_(*begins(key)) for key in ("broadcast:", "meeting-")))
    waits = told, _o.state.in_((OutboxState.PLANNED, OutboxState.SENDING))
    for table, which in ((t.broadcast, ()), (t.outbox, waits)):
        rows = (await tx.execute(select(table.c.id, table.c.text).where(*which))).all()
        for row in rows:
            if (text := whole.sub(called("", person_id), row.text)) != row.text:
                await tx.execute(update(table).where(table.c.id == row.id).values(text=text))
                count += 1
    return count


def _about(person_id: int, leaves: Iterable[int]) -> re.Pattern[str]:
    """The keys under which others are told of the person («blocked:7:…»), that an item does not apply to them, or of a
    leave they had a part in."""
    of_leave = "|".join(map(str, leaves)) or "-"
    return re.compile(
        rf"(?:{'|'.join(_TOLD_OF)}):{person_id}:|exempt:\d+:curator:{person_id}:|leave[a-z.-]*:(?:{of_leave}):"
    )


def _by_name(name: str) -> re.Pattern[str] | None:
    """Finds the whole name, or the beginning of a long one, in the HTML of a message; no short one."""
    if len(name) < _TELLING:
        return None
    ending = r"(?!\w)" if len(name) <= _UNCUT else ""
    return re.compile(rf"(?<!\w){re.escape(str(escape(name[:_UNCUT])))}{ending}")


async def _blank(tx: Transaction, ids: Sequence[int], **more: Any) -> int:
    """Messages without words; those that were on their way are withdrawn, and their keys are free for others."""
    if ids:
        on_the_way = _o.state.in_((OutboxState.PLANNED, OutboxState.SENDING))
        freed = _o.key + ":withdrawn:" + cast(_o.id, _o.key.type)
        await tx.execute(_of(ids).where(on_the_way).values(state=OutboxState.WITHDRAWN, key=freed))
        await tx.execute(_of(ids).values(text="", buttons=[], **more))
    return len(ids)


def _of(ids: Sequence[int]) -> Update:
    return update(t.outbox).where(_o.id.in_(ids))


async def _drafts(tx: Transaction, name: str) -> int:
    """Files of the registry that wait to be loaded and name the person: they would bring them back."""
    c, key = t.registry_draft.c, name_key(name)
    if not key:
        return 0
    rows = await tx.execute(select(c.id, c.rows, c.answers))
    named = [row.id for row in rows if any(key in name_key(word) for word in _words([row.rows, row.answers]))]
    return await _deleted(tx, t.registry_draft, c.id.in_(named)) if named else 0


def _words(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _words([*value.keys(), *value.values()])
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
