"""Announcements of the region: sent and drafted by the municipal coordinators of both places, an organiser and a
coordinator; each with a secret that only its author knows and, once it was sent, whoever got it and coordinators."""

from dataclasses import dataclass

from sqlalchemy import update

from bot.core import Core
from domain.broadcast_circle import by_audience
from domain.outbox import OutboxState
from domain.people import Member, Role
from domain.survey_change import with_everybody
from storage import tables as t
from storage.outbox import begins
from tests.handlers.access.work import MaySee
from tests.handlers.opening import NOON

_WRITERS = {
    "coordinator": ("Рубин-объявление", "Рубин-черновик"),
    "municipal of А": ("Опал-объявление", "Опал-черновик"),
    "municipal of Б": ("Топаз-объявление", "Топаз-черновик"),
    "organiser": ("Янтарь-объявление", "Янтарь-черновик"),
}
"""Who has written what: sent, and drafted."""
_WAITING = {"coordinator", "municipal of Б"}
"""Whose still waits to go."""


@dataclass(frozen=True)
class Announced:
    """The ids, in the order in which they were made, and the words with those who may read them."""

    ids: tuple[str, ...]
    secrets: dict[str, MaySee]
    authors: dict[int, int]
    """Announcement id → its author's."""


async def announced(core: Core, members: dict[str, Member]) -> Announced:
    """Each writer sends one to everybody they reach and drafts another."""
    found: list[str] = []
    secrets: dict[str, MaySee] = {}
    authors: dict[int, int] = {}
    for name, (sent, drafted) in _WRITERS.items():
        by = members[name]
        for word in (sent, drafted):
            one = await core.broadcast_keeping.make(by=by, now=NOON)
            await core.broadcast_keeping.write(one, word, by=by, now=NOON)
            await core.broadcast_keeping.switch(one, ack=True, by=by, now=NOON)
            await core.broadcast_keeping.ask(
                one,
                lambda circle, card: by_audience(circle, with_everybody(circle.audience, card.registry)),
                by=by,
                now=NOON,
            )
            found.append(str(one))
            authors[one] = by.person_id or 0
        launched = int(found[-2])
        await core.broadcast_keeping.preview(launched, by=by, now=NOON)
        await core.broadcast_launch.launch(launched, by=by, now=NOON)
        told = (await core.broadcast_reports.report(launched, by=by, now=NOON)).found
        people = frozenset(each.addressee.person_id or 0 for each in told if each.is_on_the_way)
        if name not in _WAITING:
            async with core.database.transaction() as tx:
                sent_rows = update(t.outbox).where(*begins(f"broadcast:{launched}:"))
                await tx.execute(sent_rows.values(state=OutboxState.SENT, attempts=1, message_id="1", sent_at=NOON))
        secrets[sent] = _may_read(by, people)
        secrets[drafted] = _is(by)
    return Announced(tuple(found), secrets, authors)


def _is(author: Member) -> MaySee:
    return lambda member: member.person_id == author.person_id


def _may_read(author: Member, people: frozenset[int]) -> MaySee:
    def may_read(member: Member) -> bool:
        leads = Role.COORDINATOR in member.roles and member.has_agreed
        return leads or member.person_id == author.person_id or member.person_id in people

    return may_read
