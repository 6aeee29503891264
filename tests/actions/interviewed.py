"""An interview of three schools, for the tests of who comes when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core import Core
from domain.meeting_slot import SlotSheet
from domain.people import Account, Duty, Member, Role
from tests import meetings
from tests.actions.gathered import Gathering
from tests.people import MOSCOW, Look, Somebody, a_school, enrolled, msk

VERA = Somebody("Вера Громова", Account("telegram", 500_000_111))
HOURS = "22.03 9:00–10:00"
_SLOTS = "SELECT starts_at, school_id FROM meeting_slot ORDER BY starts_at"
_WISHES = """SELECT own.school_id, other.school_id FROM meeting_slot AS own
    JOIN meeting_slot AS other ON other.id = own.wants_id"""
_DEEDS = "SELECT person_id, deed FROM audit WHERE deed LIKE 'slot%' OR deed = 'meeting-reminded' ORDER BY id"


def at(clock: str, day: int = 22) -> datetime:
    """A time of March."""
    return msk(f"2022-03-{day} {clock}")


@dataclass
class Interview:
    """Anna and Olga are of the first school, Igor is of the second, Vera of the third. ``id`` is the meeting's."""

    id: int
    there: Gathering
    look: Look
    vera: Member
    schools: tuple[int, int, int]

    @property
    def core(self) -> Core:
        """Every action."""
        return self.there.core

    @property
    def now(self) -> datetime:
        """As the clock stands."""
        return self.there.clock()

    @property
    def by(self) -> Member:
        """Whoever leads it."""
        return self.there.leader

    async def sheet(self) -> SlotSheet:
        """As whoever leads it sees it."""
        return await self.core.meeting_planning.look(self.id, by=self.by, now=self.now)

    async def heard(self) -> dict[int, list[str]]:
        """What arrives within a minute: chat → texts."""
        self.there.clock.advance(minutes=1)
        return await self.there.goes_on()

    async def takes(self, who: Member, clock: str, school: int = 0, day: int = 22) -> bool:
        """Somebody takes a time for the school of that number; whether it is theirs."""
        taken = await self.core.meeting_slots.take(self.id, at(clock, day), self.schools[school], by=who, now=self.now)
        return taken.is_own

    async def asks(self, who: Member, clock: str, school: int = 0) -> bool:
        """Somebody asks for the time of another school; whether they have changed at once."""
        asked = await self.core.meeting_swaps.ask(self.id, at(clock), self.schools[school], by=who, now=self.now)
        return asked.is_swapped

    def times(self) -> dict[str, int | None]:
        """Local time → the number of the school that has it."""
        return {_local(starts_at): self._number(school) for starts_at, school in self.look.rows(_SLOTS)}

    def wishes(self) -> list[tuple[int | None, int | None]]:
        """(Who asks, who is asked), by the numbers of schools."""
        return [(self._number(one), self._number(other)) for one, other in self.look.rows(_WISHES)]

    def deeds(self, since: int = 1) -> list[tuple[int, str]]:
        """(Who, what) is written down of times, without the making of them."""
        return [(who, deed) for who, deed in self.look.rows(_DEEDS)][since:]

    def meeting(self, columns: str) -> tuple[object, ...]:
        """How it is kept."""
        return self.look.rows(f"SELECT {columns} FROM meeting WHERE id = ?", self.id)[0]  # noqa: S608  columns of ours

    def _number(self, school: int | None) -> int | None:
        return None if school is None else self.schools.index(school)


def _local(kept: str) -> str:
    return f"{datetime.fromisoformat(kept).replace(tzinfo=UTC).astimezone(MOSCOW):%d %H:%M}"


async def drafted(there: Gathering, look: Look, hours: str = HOURS, pause: int = 0) -> Interview:
    """Twenty minutes for each, in these hours; all three teams would be called."""
    core, by, now = there.core, there.leader, there.clock()
    third = await a_school(core, "Школа № 9")
    vera = await enrolled(core, VERA, Duty(Role.SCHOOL, third, responsible=True), now=now)
    made = await meetings.drafted(core, by, now, at("09:00", 25))
    await meetings.choose(core, made, by, now)
    await core.meeting_planning.plan(made, hours, 20, pause, by=by, now=now)
    return Interview(made, there, look, vera, (*there.schools, third))


async def interview(there: Gathering, look: Look, hours: str = HOURS, pause: int = 0) -> Interview:
    """The same, and they were called; the invitations have arrived."""
    found = await drafted(there, look, hours, pause)
    await found.core.meeting_calling.preview(found.id, by=found.by, now=found.now)
    await found.core.meeting_calling.call(found.id, by=found.by, now=found.now)
    await there.goes_on()
    return found
