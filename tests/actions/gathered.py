"""Those who are called to meetings, and the product on its days, for the tests of what guests hear and answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.outbox import Outbox
from bot.core import Core
from domain.people import Account, Duty, Member, Role
from tests import meetings
from tests.people import IGOR, OLGA, RecordingChannel, SettableClock, Somebody, a_school, enrolled, msk

ANNA = Somebody("Анна Соболева", Account("telegram", 500_000_103))


@dataclass
class Gathering:
    """Anna leads the team of school 7, Olga teaches there; Igor leads that of school 8."""

    core: Core
    outbox: Outbox
    channel: RecordingChannel
    clock: SettableClock
    leader: Member
    anna: Member
    olga: Member
    igor: Member
    schools: tuple[int, int]

    async def called(self, starts_at: str, *people: Member) -> int:
        """A meeting to which these were called, all three where nobody is named; the invitations have arrived."""
        guests = [one.person_id or 0 for one in people or (self.anna, self.olga, self.igor)]
        made = await meetings.called(self.core, self.leader, self.clock(), msk(starts_at), guests)
        await self.goes_on()
        return made

    async def goes_on(self) -> dict[int, list[str]]:
        """What arrives anew now: chat → texts, without hard spaces."""
        before, now = len(self.channel.sent), self.clock()
        await self.core.meeting_course.run(now)
        await self.core.notices.plan(now)
        await self.core.broadcast_laying.run(now)
        while await self.outbox.deliver():
            pass
        said: dict[int, list[str]] = {}
        for message in (one for one in self.channel.sent[before:] if not one.edits):
            said.setdefault(message.chat.chat_id, []).append(message.text.replace("\u00a0", " "))
        return said

    async def at(self, moment: str) -> dict[int, list[str]]:
        """What arrives at that moment."""
        self.clock.set(moment)
        return await self.goes_on()

    async def over(self, who: Member, moments: Iterable[str]) -> list[tuple[str, str]]:
        """(moment, first line) of what arrives at somebody at each of the moments."""
        heard = []
        for moment in moments:
            heard += [(moment, text.splitlines()[0]) for text in (await self.at(moment)).get(chat(who), [])]
        return heard


def chat(who: Member) -> int:
    """Somebody's private chat."""
    return who.account.account_id


async def gathering(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, leader: Member
) -> Gathering:
    """Everybody has come in; the clock stands where it stood."""
    seven, eight = [await a_school(core, name) for name in ("Школа № 7", "Школа № 8")]
    now = clock()
    anna = await enrolled(core, ANNA, Duty(Role.SCHOOL, seven, responsible=True), now=now)
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, seven), now=now)
    igor = await enrolled(core, IGOR, Duty(Role.SCHOOL, eight, responsible=True), now=now)
    return Gathering(core, outbox, channel, clock, leader, anna, olga, igor, (seven, eight))
