"""A region whose visits are anywhere from proposed to accepted, laid as rows: three curators, eight schools."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core import Core
from domain.clock import Clock
from domain.form import Form, Value
from domain.people import Account, Duty, Member, Role
from domain.visit import Proposal, ReportState, Visit, VisitReport, VisitStep
from storage import form_run as run_rows
from storage import registry as registry_rows
from storage import risk_factor as risk_rows
from storage import visit as visit_rows
from storage.form_run import Run
from tests.people import MOSCOW, Somebody, a_school, enrolled

NATALYA = Somebody("Наталья Ершова", Account("telegram", 500_000_101))
SVETLANA = Somebody("Светлана Орлова", Account("telegram", 500_000_102))
INNA = Somebody("Инна Зимина", Account("telegram", 500_000_104))
MIRA = Somebody("Мира Мюина", Account("telegram", 500_000_105))
"""Of Teykovo: the last three schools."""
SOUTH, TEYKOVO = "Южский район", "Тейково"
TODAY = "2022-04-20 12:00"
LOW, FEW = "Низкая учебная мотивация", "Дефицит кадров"


@dataclass
class Tour:
    """Natalya curates schools 1–3, Svetlana 4 and 5, Inna 6–8; school 6 was Svetlana's at its first visit."""

    core: Core
    clock: Clock
    schools: tuple[int, ...]
    low: int
    few: int
    natalya: Member
    svetlana: Member
    inna: Member
    mira: Member

    async def visit(self, school: int, day: date | None, who: Member, **more: object) -> int:
        """A visit of a school by its number as it is now; approved first for ``first`` where that was another day."""
        values: dict[str, object] = {"proposal": None, "missed_on": None} | more
        first, school_id = values.pop("first", day), self.schools[school - 1]
        assert who.person_id is not None
        async with self.core.database.transaction() as tx:
            one = await visit_rows.add(tx, school_id, who.person_id, Proposal(date(2022, 3, 1)), self.clock())
            await visit_rows.save(tx, Visit(one, school_id, who.person_id, day, **values))  # type: ignore[arg-type]
            if isinstance(first, date):
                await visit_rows.step(tx, one, VisitStep.APPROVED, None, self.clock(), first)
        return one

    async def told(
        self, school: int, day: date, who: Member, state: ReportState, after: int = 0, **levels: int | tuple[str, ...]
    ) -> int:
        """One that was told of so many days after it; ``low`` and ``few`` are levels, the rest is lines of text."""
        one = await self.visit(school, day, who)
        at = datetime.combine(day + timedelta(days=after), time(18), MOSCOW)
        risks = {"low": f"r{self.low}", "few": f"r{self.few}"}
        answers: dict[str, Value] = {
            risks.get(name, name): str(value) if isinstance(value, int) else value for name, value in levels.items()
        }
        decided = None if state is ReportState.SENT else at + timedelta(days=1)
        report = VisitReport(one, state, 1, day, Form("", ()), at, at, who.person_id, decided_at=decided)
        async with self.core.database.transaction() as tx:
            await visit_rows.put_report(tx, report)
            await run_rows.put(tx, Run(f"visit:{one}", f"visit:{one}", answers, is_sent=True))
        return one


async def a_tour(core: Core, clock: Clock) -> Tour:
    """Everybody has come in, nothing is planned yet."""
    now = clock()
    homes = [SOUTH] * 5 + [TEYKOVO] * 3
    schools = [await a_school(core, f"Школа № {number}", home) for number, home in enumerate(homes, 1)]
    whose = {NATALYA: schools[:3], SVETLANA: schools[3:5], INNA: schools[5:]}
    natalya, svetlana, inna = [
        await enrolled(core, who, *(Duty(Role.CURATOR, school_id=one) for one in theirs), now=now)
        for who, theirs in whose.items()
    ]
    async with core.database.transaction() as tx:
        risks = [await risk_rows.add(tx, name) for name in (LOW, FEW)]
        for one in schools[:7]:
            await risk_rows.tick(tx, one, risks[0])
        await risk_rows.tick(tx, schools[1], risks[1])
        home = (await registry_rows.registry(tx)).school(schools[5])
    assert home is not None
    mira = await enrolled(core, MIRA, Duty(Role.MUNICIPAL, municipality_id=home.municipality_id), now=now)
    return Tour(core, clock, tuple(schools), risks[0], risks[1], natalya, svetlana, inna, mira)


async def travelled(tour: Tour) -> None:
    """Twelve planned visits, seven held, two without a report, one missed, two ahead; and a draft."""
    n, s, i = tour.natalya, tour.svetlana, tour.inna
    sent, returned, accepted = ReportState.SENT, ReportState.RETURNED, ReportState.ACCEPTED
    await tour.told(1, date(2022, 3, 14), n, accepted, low=2, remarks=("Сайт не обновлён",), proposals=("Педсовет",))
    await tour.told(1, date(2022, 4, 11), n, accepted, 1, low=3, actions=("обновить сайт до 15.04, завуч",))
    await tour.told(2, date(2022, 3, 15), n, sent, 2, low=3, few=1)
    await tour.visit(2, date(2022, 5, 5), n)
    await tour.visit(3, date(2022, 4, 18), n)
    await tour.told(4, date(2022, 3, 16), s, returned, low=4)
    await tour.told(4, date(2022, 4, 13), s, accepted, 1, low=2)
    await tour.visit(5, None, s, missed_on=date(2022, 3, 21), first=date(2022, 3, 21))
    await tour.told(6, date(2022, 3, 17), s, accepted, 3, low=1)
    await tour.told(6, date(2022, 4, 18), i, sent, low=1)
    await tour.visit(7, date(2022, 4, 1), i)
    await tour.visit(7, None, i, proposal=Proposal(date(2022, 5, 10)))
    await tour.visit(8, date(2022, 4, 20), i, first=date(2022, 4, 12))
