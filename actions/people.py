"""Who stands behind an account, and people who block the bot."""

from datetime import date, datetime

from actions.project import Project
from domain.outbox import FailureKind
from domain.people import Account, Member
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction

_REMEMBERED = 5000
_READ_FROM = ("account", "consent", "duty", "organisation", "person", "stand_in")


class People:
    """Members are remembered between presses until anything that they were read from is changed, or a day is over."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project
        self._members: dict[Account, Member] = {}
        self._read: tuple[date, int] | None = None

    async def member(self, account: Account, *, now: datetime) -> Member:
        """The member behind an account, a stranger when nobody is."""
        today = self._project.today(now)
        self._forget_if_old(today)
        known = self._members.get(account)
        if known is None:
            read = self._read
            async with self._database.read() as tx:
                known = await people_rows.find_member(tx, account, today)
            if len(self._members) >= _REMEMBERED:
                self._members.clear()
            self._forget_if_old(today)
            if read == self._read:  # nothing was changed while it was read
                self._members[account] = known
        return known

    def _forget_if_old(self, today: date) -> None:
        read = today, sum(self._database.written[table] for table in _READ_FROM)
        if read != self._read:
            self._members.clear()
            self._read = read

    async def blocked(self, account: Account, *, now: datetime) -> None:
        """The person blocked the bot: nothing more is sent there, and the coordinators hear of it."""
        async with self._database.transaction() as tx:
            await lose_person(tx, self._project, account, now)

    async def unblocked(self, account: Account) -> None:
        """The person let the bot write again."""
        async with self._database.transaction() as tx:
            await people_rows.set_blocked(tx, account, None)


async def lose_person(tx: Transaction, project: Project, account: Account, now: datetime) -> None:
    """Stop writing to an account that blocked the bot; tell the coordinators once, of whoever agreed to hear."""
    member = await people_rows.find_member(tx, account, project.today(now))
    if member.person_id is None or not await people_rows.set_blocked(tx, account, now):
        return
    await outbox_rows.stop_for_person(tx, member.person_id, FailureKind.BLOCKED)
    if not member.has_agreed:
        return
    key = f"blocked:{member.person_id}:{now.isoformat()}"
    await project.tell_coordinators(tx, key, "people.blocked", now, name=member.name)
