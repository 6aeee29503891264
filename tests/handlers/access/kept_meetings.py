"""The meetings of the region: one of the coordinator's with school «А», one of the municipal coordinator's of school
«Б» with it, a cancelled one of hers, her draft, and one of hers that is held now with its door open; each with a secret
that is for whoever is invited or leads it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from bot.core import Core
from domain.people import Member, Role
from storage import tables as t
from tests.handlers.access.work import MaySee
from tests.handlers.opening import NOON
from tests.meetings import choose, drafted

OWN, OTHER, GONE, DRAFT = "Берилл-встреча", "Нефрит-встреча", "Корунд-встреча", "Шпинель-встреча"
NOW = "Гранат-встреча"
_MADE = (
    (OWN, "coordinator", "director of А"),
    (OTHER, "municipal of Б", "director of Б"),
    (GONE, "municipal of Б", "director of Б"),
    (DRAFT, "municipal of Б", ""),
    (NOW, "municipal of Б", "director of Б"),
)
"""What, by whom, with whom."""


@dataclass(frozen=True)
class Met:
    """The ids in the order in which they were made, meeting id → its author's, and the words with those who may read
    them."""

    ids: tuple[str, ...]
    authors: dict[int, int]
    secrets: dict[str, MaySee]


async def met(core: Core, members: dict[str, Member]) -> Met:
    """Each is called to but for the draft."""
    authors: dict[int, int] = {}
    secrets: dict[str, MaySee] = {}
    for place, (word, author, guest) in enumerate(_MADE):
        by, invited = members[author], members[guest] if guest else None
        one = await _made(core, word, place, by, invited)
        if word == GONE:
            await core.meeting_moves.cancel(one, word, by=by, now=NOON)
        if word == NOW:
            await _begins(core, one)
        authors[one] = by.person_id or 0
        secrets[word] = _may_read(by, invited)
    return Met(tuple(map(str, authors)), authors, secrets)


async def _made(core: Core, word: str, place: int, by: Member, invited: Member | None) -> int:
    made = await drafted(core, by, NOON, NOON + timedelta(days=6 + place))
    async with core.database.transaction() as tx:
        words = update(t.meeting).where(t.meeting.c.id == made).values(title=word, agenda=word)
        await tx.execute(words)
    if invited is not None:
        await choose(core, made, by, NOON, [invited.person_id or 0])
        await core.meeting_calling.preview(made, by=by, now=NOON)
        await core.meeting_calling.call(made, by=by, now=NOON)
    return made


async def _begins(core: Core, meeting_id: int) -> None:
    """It began an hour ago, and those who are there check in by a button; what was decided is written already."""
    hour = timedelta(hours=1)
    door = {"door_opens": NOON - hour, "door_closes": NOON + hour, "minutes_text": NOW}
    async with core.database.transaction() as tx:
        which = update(t.meeting).where(t.meeting.c.id == meeting_id)
        await tx.execute(which.values(starts_at=NOON - hour, **door))


def _may_read(author: Member, invited: Member | None) -> MaySee:
    """Of a draft its author alone."""

    def may_read(member: Member) -> bool:
        leads = Role.COORDINATOR in member.roles and member.has_agreed and invited is not None
        own = {author.person_id} | ({invited.person_id} if invited else set())
        return leads or member.person_id in own

    return may_read
