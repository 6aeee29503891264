"""Curators, their schools and visits, for the tests of what becomes of them."""

from dataclasses import dataclass
from datetime import date

from actions.form_sheet import Page, Ref, Said
from bot.core import Core
from domain.people import Account, Duty, Member, Role
from domain.visit import Visit
from storage import risk_factor as risk_rows
from storage import visit as visit_rows
from tests.people import SettableClock, Somebody, a_school, enrolled

NATALYA = Somebody("Наталья Ершова", Account("telegram", 500_000_101))
SVETLANA = Somebody("Светлана Орлова", Account("telegram", 500_000_102))
ANNA = Somebody("Анна Соболева", Account("telegram", 500_000_103))
"""A director of the first school."""


@dataclass
class Fieldwork:
    """Natalya curates two schools (``schools``) with two risks each; Anna leads the team of the first."""

    core: Core
    clock: SettableClock
    coordinator: Member
    natalya: Member
    anna: Member
    schools: tuple[int, int]
    risks: tuple[int, int]

    async def approved(self, day: date, school: int = 0) -> int:
        """A visit that was proposed, sent and approved; returns its id."""
        plans, approvals, now = self.core.visit_plans, self.core.visit_approvals, self.clock()
        one = await plans.propose(self.schools[school], day, by=self.natalya, now=now)
        await plans.send(by=self.natalya, now=now)
        (waiting,) = await approvals.queue(by=self.coordinator, now=now)
        await approvals.approve(waiting.curator_id, waiting.seen, by=self.coordinator, now=now)
        return one.id

    async def visit(self, visit_id: int) -> Visit:
        """As it is kept."""
        async with self.core.database.read() as tx:
            found = await visit_rows.get(tx, visit_id)
        assert found is not None
        return found

    async def reported(self, visit_id: int, levels: tuple[str, str] = ("2", "3"), by: Member | None = None) -> Said:
        """A report with a remark, a proposal and an agreed action is filled in and sent."""
        forms, who, now, ref = self.core.forms, by or self.natalya, self.clock(), Ref("visit", visit_id)
        page = await forms.open(ref, by=who, now=now)
        if page.question is not None and page.question.id == "day":
            await forms.press(ref, "day", f"{now:%Y%m%d}", by=who, now=now)
        await forms.press(ref, "met", "head", by=who, now=now)
        await forms.finish(ref, "met", by=who, now=now)
        for risk, level in zip(self.risks, levels, strict=True):
            await forms.press(ref, f"r{risk}", level, by=who, now=now)
        await forms.press(ref, "docs", "yes", by=who, now=now)
        await forms.type(ref, "Уроки идут по расписанию", by=who, now=now)
        await forms.type(ref, "Нет плана работы с родителями\nСайт не обновлён", by=who, now=now)
        await forms.type(ref, "Провести педсовет", by=who, now=now)
        await forms.type(ref, "обновить сайт до 15.04, завуч", by=who, now=now)
        await forms.confirm(ref, "actions", by=who, now=now)
        page = await self.skipped(ref, who)
        sent = await forms.send(ref, by=who, now=now)
        assert isinstance(sent, Said), page
        return sent

    async def skipped(self, ref: Ref, who: Member) -> Page:
        """Whatever else is asked is skipped."""
        page = await self.core.forms.open(ref, by=who, now=self.clock())
        while page.question is not None:
            after = await self.core.forms.skip(ref, page.question.id, by=who, now=self.clock())
            assert isinstance(after, Page)
            page = after
        return page


async def fieldwork(core: Core, clock: SettableClock, coordinator: Member) -> Fieldwork:
    """Everybody has come in; the clock stands where it stood."""
    now = clock()
    schools = [await a_school(core, name) for name in ("Школа № 7", "Школа № 8")]
    duties = [Duty(Role.CURATOR, school_id=one) for one in schools]
    natalya = await enrolled(core, NATALYA, *duties, now=now)
    anna = await enrolled(core, ANNA, Duty(Role.SCHOOL, schools[0], responsible=True), now=now)
    async with core.database.transaction() as tx:
        risks = [await risk_rows.add(tx, name) for name in ("Низкая учебная мотивация", "Дефицит кадров")]
        for school in schools:
            for risk in risks:
                await risk_rows.tick(tx, school, risk)
    return Fieldwork(core, clock, coordinator, natalya, anna, (schools[0], schools[1]), (risks[0], risks[1]))
