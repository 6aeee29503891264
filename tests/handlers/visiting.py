"""Curators on the road with their phones: what it takes to tell of a visit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from domain.people import Account, Duty, Member, Role
from rehearsal.person import Person
from storage import risk_factor as risk_rows
from tests.handlers.desk import Desk, enters
from tests.people import MARINA, Somebody, a_school, enrolled

NATALYA = Somebody("Наталья Ершова", Account("telegram", 500_000_101))
ANNA = Somebody("Анна Соболева", Account("telegram", 500_000_103))
SVETLANA = Somebody("Светлана Орлова", Account("telegram", 500_000_102))
RISKS = ("Низкая учебная мотивация", "Дефицит кадров", "Низкое качество адаптации мигрантов")
TELL = "Рассказать о визите"
_ANSWERS = frozenset({"sendMessage", "editMessageText", "answerCallbackQuery", "sendPhoto", "sendMediaGroup"})
"""Calls of the Bot API that somebody sees."""


def picture(number: int = 0) -> bytes:
    """A photo unlike the others."""
    made = BytesIO()
    Image.new("RGB", (160, 120), (number * 7 % 256, 90, 120)).save(made, "JPEG")
    return made.getvalue()


@dataclass
class Trip:
    """Natalya curates two schools with three risks each, Anna leads the first; it is the day of a visit there."""

    desk: Desk
    natalya: Person
    anna: Person
    schools: tuple[int, int]
    risks: tuple[int, ...]

    async def member(self, who: Somebody) -> Member:
        return await self.desk.app.core.people.member(who.account, now=self.desk.world.clock())

    async def approved(self, day: date, school: int = 0) -> int:
        """A visit that the coordinator approved."""
        core, now = self.desk.app.core, self.desk.world.clock()
        natalya, marina = await self.member(NATALYA), await self.member(MARINA)
        one = await core.visit_plans.propose(self.schools[school], day, by=natalya, now=now)
        await core.visit_plans.send(by=natalya, now=now)
        (waiting,) = await core.visit_approvals.queue(by=marina, now=now)
        await core.visit_approvals.approve(waiting.curator_id, waiting.seen, by=marina, now=now)
        return one.id

    async def joins(self, who: Somebody, *duties: Duty) -> Person:
        """Somebody comes in, by default as the curator of another school."""
        core, now = self.desk.app.core, self.desk.world.clock()
        if not duties:
            duties = (Duty(Role.CURATOR, school_id=await a_school(core, "Школа № 9")),)
        await enrolled(core, who, *duties, now=now)
        person = enters(self.desk.world, who)
        person.starts()
        await self.desk.settle()
        return person

    async def begins(self, visit: int, who: Person | None = None) -> str:
        """«Рассказать о визите»."""
        who = who or self.natalya
        await self.desk.forges(who, f"fw:visit:{visit}:0:go-on")
        return self.desk.screen(who)

    async def fills(self, who: Person | None = None, actions: str = "обновить сайт до 15.04, завуч") -> None:
        """Everything that is asked after the day, but files and the next visit, which are skipped."""
        desk, who = self.desk, who or self.natalya
        await desk.presses(who, "Директор")
        await desk.presses(who, "Готово")
        for level in ("Есть план", "Работа идёт", "Работа не начата"):
            await desk.presses(who, level)
        await desk.presses(who, "Да")
        await desk.says(who, "Уроки идут по расписанию")
        await desk.says(who, "Нет плана работы с родителями\nСайт не обновлён")
        await desk.says(who, "Провести педсовет")
        await desk.says(who, actions)
        await desk.presses(who, "Верно")

    async def sends(self, who: Person | None = None) -> None:
        """The rest is skipped, and it is sent."""
        who = who or self.natalya
        while "Отправить" not in (shown := self.desk.said(who).buttons):
            await self.desk.presses(who, "Готово" if "Готово" in shown else "Пропустить")
        await self.desk.presses(who, "Отправить")

    async def reported(self, visit: int, who: Person | None = None) -> None:
        """A whole report."""
        await self.begins(visit, who)
        await self.fills(who)
        await self.sends(who)


async def a_trip(desk: Desk) -> Trip:
    """Everybody has come in."""
    core, now = desk.app.core, desk.world.clock()
    schools = [await a_school(core, name) for name in ("Школа № 7", "Школа № 8")]
    await enrolled(core, NATALYA, *(Duty(Role.CURATOR, school_id=one) for one in schools), now=now)
    await enrolled(core, ANNA, Duty(Role.SCHOOL, schools[0], responsible=True), now=now)
    async with core.database.transaction() as tx:
        risks = tuple([await risk_rows.add(tx, name) for name in RISKS])
        for school in schools:
            for risk in risks:
                await risk_rows.tick(tx, school, risk)
    people = [enters(desk.world, who) for who in (NATALYA, ANNA)]
    for one in people:
        one.starts()
    await desk.settle()
    return Trip(desk, people[0], people[1], (schools[0], schools[1]), risks)


def counting(desk: Desk) -> Callable[[], list[str]]:
    """Since it was asked the last time, the calls of the Bot API that somebody sees."""
    made: list[str] = []
    heard = desk.world.audit

    def audit(method: str, asked: Any, result: Any) -> None:
        if heard is not None:
            heard(method, asked, result)
        if method in _ANSWERS:
            made.append(method)

    desk.world.audit = audit

    def since() -> list[str]:
        found = list(made)
        made.clear()
        return found

    return since


@dataclass
class Steps:
    """Presses and messages of somebody, and how many calls of the Bot API answered each."""

    desk: Desk
    who: Person
    answers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._since = counting(self.desk)

    async def presses(self, button: str) -> None:
        """One press."""
        self._since()
        await self.desk.presses(self.who, button)
        self.answers.append(len(self._since()))

    async def says(self, text: str) -> None:
        """One message."""
        self._since()
        await self.desk.says(self.who, text)
        self.answers.append(len(self._since()))

    async def sends_album(self, count: int) -> None:
        """As many messages as there are photos."""
        self._since()
        self.who.sends_album([picture(number) for number in range(count)])
        await self.desk.settle()
        made = self._since()
        assert len(made) == count
        self.answers += [1] * count
