"""A school's team at work in the office, for the tests of who stands in for whom.

Item 1 is what schools owe «до 30 марта»: its days are 16, 23, 25 and 29 March. It is Monday, 14 March.
"""

from datetime import date

import pytest

from actions.leave import LeaveSheet
from domain.outbox import Outgoing
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from tests.actions.office import Office
from tests.people import MARINA, OLGA, Somebody, a_school, an_item, enrolled

TATYANA = Somebody("Татьяна Крылова", Account("telegram", 500_000_005))
IRINA = Somebody("Ирина Белова", Account("telegram", 500_000_006))
OLGAS, TATYANAS, IRINAS, MARINAS = (one.account.account_id for one in (OLGA, TATYANA, IRINA, MARINA))
LEAVES = "SELECT id, person_id, deputy_id, since, until, ended_at IS NULL FROM stand_in ORDER BY id"
DEEDS = "SELECT person_id, deed, about FROM audit WHERE deed LIKE 'leave-%' ORDER BY id"


def march(day: int) -> date:
    return date(2022, 3, day)


class Team:
    """Olga leads a school where Tatyana and Irina work as well; Marina is the coordinator."""

    def __init__(self, office: Office, marina: Member, olga: Member, tatyana: Member, irina: Member) -> None:
        self.office, self.core, self.marina = office, office.core, marina
        self.olga, self.tatyana, self.irina = olga, tatyana, irina

    async def arrange(
        self, by: Member, deputy: Member, since: int, until: int, person: Member | None = None
    ) -> LeaveSheet:
        whose, stands_in = person.person_id if person else None, deputy.person_id or 0
        return await self.core.leaves.arrange(
            whose, march(since), march(until), stands_in, by=by, now=self.office.clock()
        )

    async def refused(self, by: Member, deputy: Member, since: int, until: int, person: Member | None = None) -> str:
        with pytest.raises(Refusal) as caught:
            await self.arrange(by, deputy, since, until, person)
        return caught.value.reason

    async def end(self, leave_id: int, by: Member) -> LeaveSheet:
        return await self.core.leaves.end(leave_id, by=by, now=self.office.clock())

    async def carries(self, who: Somebody) -> list[int]:
        """Instead of whom a person has duties now."""
        member = await self.core.people.member(who.account, now=self.office.clock())
        return sorted(duty.instead_of for duty in member.duties if duty.instead_of is not None)

    async def tasks(self, who: Somebody) -> list[int]:
        member = await self.core.people.member(who.account, now=self.office.clock())
        found = await self.core.tasks.mine(by=member, now=self.office.clock())
        return [task.kept.item.number for task in found.tasks]

    async def said_to(self, chat_id: int, moment: str) -> list[Outgoing]:
        """What arrives in a chat at that moment, with its buttons."""
        before = len(self.office.channel.sent)
        await self.office.at(moment)
        return [one for one in self.office.channel.sent[before:] if one.chat.chat_id == chat_id]


async def a_team(office: Office, marina: Member) -> Team:
    schools_do = an_item(1, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL)
    await office.load(schools_do, an_item(2, "до 30 марта", executors=("department",)), an_item(99, "до 30 ноября"))
    core, now = office.core, office.clock.set("2022-03-14 12:00")
    school = await a_school(core)
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=now)
    tatyana = await enrolled(core, TATYANA, Duty(Role.SCHOOL, school), now=now)
    irina = await enrolled(core, IRINA, Duty(Role.SCHOOL, school), now=now)
    await office.at("2022-03-14 12:00")
    return Team(office, marina, olga, tatyana, irina)
