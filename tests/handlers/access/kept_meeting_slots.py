"""The interview of the region, called by the coordinator: schools «А» and «Б» have a time each, «Б» asks «А» to change,
two times are free; with a secret that is for both teams and coordinators."""

from dataclasses import dataclass

from sqlalchemy import update

from bot.core import Core
from domain.meeting_slot import minute_of
from domain.people import Member, Role
from domain.registry import School
from storage import tables as t
from tests.handlers.access.work import MaySee
from tests.handlers.opening import NOON
from tests.meetings import choose, drafted
from tests.people import msk

SECRET = "Аметрин-собеседование"
_TIMES = [msk(f"2022-03-16 {clock}") for clock in ("09:00", "09:30", "10:00", "10:30")]


@dataclass(frozen=True)
class Interviewed:
    """The meeting's id, its times as buttons name them (of «А», of «Б», free, free), the school that asks and the one
    that is asked, and who may read its title."""

    id: int
    times: tuple[str, ...]
    asker: int
    asked: int
    secrets: dict[str, MaySee]

    @property
    def schools(self) -> tuple[int, int]:
        """Both of them."""
        return self.asker, self.asked

    def ids(self, other: str) -> dict[str, tuple[str, ...]]:
        """What is pressed: the interview and an ``other`` meeting; the times, those that are free, and that of «Б»."""
        of_own, of_other, *free = self.times
        return {
            "interview": (str(self.id), other),
            "time": (of_own, of_other, free[0]),
            "free_time": (free[0], of_own),
            "asking_time": (of_other, of_own, of_other),
        }


async def interviewed(core: Core, members: dict[str, Member], schools: tuple[School, School]) -> Interviewed:
    """Both directors are called, and each has chosen."""
    marina = members["coordinator"]
    directors = [members[f"director of {name}"] for name in "АБ"]
    made = await drafted(core, marina, NOON, _TIMES[0])
    async with core.database.transaction() as tx:
        await tx.execute(update(t.meeting).where(t.meeting.c.id == made).values(title=SECRET))
    await core.meeting_planning.plan(made, "16.03 9–11", 30, 0, by=marina, now=NOON)
    await choose(core, made, marina, NOON, [one.person_id or 0 for one in directors])
    await core.meeting_calling.preview(made, by=marina, now=NOON)
    await core.meeting_calling.call(made, by=marina, now=NOON)
    for time, school, by in zip(_TIMES, schools, directors, strict=False):
        await core.meeting_slots.take(made, time, school.id, by=by, now=NOON)
    await core.meeting_swaps.ask(made, _TIMES[0], schools[1].id, by=directors[1], now=NOON)
    times = tuple(str(minute_of(one)) for one in _TIMES)
    asked, asker = (one.id for one in schools)
    return Interviewed(made, times, asker, asked, {SECRET: _may_read({asked, asker})})


def _may_read(schools: set[int]) -> MaySee:
    def may_read(member: Member) -> bool:
        own = {duty.school_id for duty in member.duties if duty.role is Role.SCHOOL}
        return member.has_agreed and (Role.COORDINATOR in member.roles or bool(own & schools))

    return may_read
