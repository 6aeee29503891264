"""Somebody who announces to the people of a region, for the tests of announcements."""

from dataclasses import dataclass

from actions.broadcast_course import BroadcastCourse
from actions.broadcast_keeping import CircleChange
from actions.broadcast_look import BroadcastCard
from actions.outbox import Outbox
from domain.broadcast_circle import by_audience
from domain.broadcast_delivery import why
from domain.outbox import Failure, FailureKind
from domain.people import Member
from domain.survey_change import with_everybody
from tests.actions.office import Office
from tests.actions.reviewed import Region, a_region
from tests.people import RecordingChannel

BLOCKED = Failure(FailureKind.BLOCKED, "bot was blocked by the user")
everybody: CircleChange = lambda circle, card: by_audience(circle, with_everybody(circle.audience, card.registry))  # noqa: E731


@dataclass
class Press:
    """Somebody who announces, at their work."""

    region: Region
    outbox: Outbox
    channel: RecordingChannel
    course: BroadcastCourse
    by: Member

    async def drafts(
        self, text: str = "Завтра совещание", change: CircleChange = everybody, by: Member | None = None
    ) -> int:
        who, keeping, now = by or self.by, self.region.core.broadcast_keeping, self.region.clock()
        one = await keeping.make(by=who, now=now)
        await keeping.write(one, text, by=who, now=now)
        await keeping.ask(one, change, by=who, now=now)
        return one

    async def reached(self, change: CircleChange, by: Member | None = None) -> list[str]:
        """Whom a change reaches."""
        one = await self.drafts(change=change, by=by)
        card = await self.region.core.broadcast_keeping.card(one, by=by or self.by, now=self.region.clock())
        return [each.name for each in card.reached]

    async def launches(self, one: int, by: Member | None = None) -> BroadcastCard:
        who, core = by or self.by, self.region.core
        await core.broadcast_keeping.preview(one, by=who, now=self.region.clock())
        return (await core.broadcast_launch.launch(one, by=who, now=self.region.clock())).card

    async def delivered(self) -> list[tuple[int, str]]:
        """Everything that may go now: (chat, text) of what is sent anew."""
        before = len(self.channel.sent)
        while await self.outbox.deliver():
            pass
        return [(one.chat.chat_id, one.text) for one in self.channel.sent[before:]]

    async def later(self, **step: float) -> list[tuple[int, str]]:
        self.region.clock.advance(**step)
        return await self.delivered()

    async def card(self, one: int) -> BroadcastCard:
        return await self.region.core.broadcast_keeping.card(one, by=self.by, now=self.region.clock())

    async def lays(self) -> int:
        """What the clock asks for every second."""
        return await self.region.core.broadcast_laying.run(self.region.clock())

    async def outcomes(self, one: int) -> dict[str, str]:
        """Name → the reason, «ok» or «…»."""
        page = await self.region.core.broadcast_reports.report(one, by=self.by, now=self.region.clock())
        return {each.addressee.name: str(why(each) or ("…" if each.is_on_the_way else "ok")) for each in page.found}


async def a_press(office: Office, marina: Member) -> Press:
    """Six participants: Olga and Tatyana of school 1, Boris of school 2, Kira the curator, Mira the municipal; Darya is
    an organiser."""
    region = await a_region(office.core, office.clock, marina)
    course = BroadcastCourse(office.core.database, office.core.project, {"telegram": office.channel})
    while await office.outbox.deliver():
        pass
    return Press(region, office.outbox, office.channel, course, marina)
