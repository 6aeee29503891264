"""Two schools whose people answer surveys, for the tests of live numbers and results."""

from datetime import date
from typing import Any

from actions.survey_filling import SurveyFilling
from bot.core import Core
from domain.form import Form, Value
from domain.people import Account, Duty, Member, Role
from domain.survey import Party, Respondent, Survey
from storage import form_run as run_rows
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.form_run import Run
from storage.secret import SecretFile
from tests.actions.surveyed import SHORT, a_survey, again
from tests.people import OLGA, SettableClock, Somebody, a_school, enrolled, registered

GALINA = Somebody("Галина Юрьева", Account("telegram", 500_000_021))


class Field:
    """Two municipalities with a school each; six people of school seven, two of nine, a curator of both."""

    def __init__(self, core: Core, clock: SettableClock, marina: Member) -> None:
        self.core, self.clock, self.marina = core, clock, marina
        self.seven = self.nine = 0
        self.people: list[int] = []

    async def lay(self) -> None:
        now = self.clock.set("2022-03-01 12:00")
        self.seven = await a_school(self.core)
        self.nine = await a_school(self.core, "Школа № 9", "Тейково")
        olga = await enrolled(self.core, OLGA, Duty(Role.SCHOOL, self.seven, responsible=True), now=now)
        self.people.append(olga.person_id or 0)
        for number in range(5):
            name = f"Учитель {number}"
            self.people.append(await registered(self.core, name, Duty(Role.SCHOOL, self.seven), now=now))
        for number in range(2):
            self.people.append(await registered(self.core, f"Педагог {number}", Duty(Role.SCHOOL, self.nine), now=now))
        curated = (Duty(Role.CURATOR, self.seven), Duty(Role.CURATOR, self.nine))
        self.people.append(await registered(self.core, "Куратор Юрий", *curated, now=now))

    async def survey(self, form: Form = SHORT, **more: Any) -> Survey:
        """Open, and everybody asked."""
        survey = await a_survey(self.core, form, **more)
        await self.core.survey_course.run(self.clock.set("2022-03-10 09:00"))
        return await again(self.core, survey)

    async def answers(self, survey: Survey, number: int, answers: dict[str, Value], *, is_sent: bool = True) -> None:
        """One of the people, by their place in ``people``."""
        filling = SurveyFilling(self.core.project, SecretFile(self.core.settings.anonymity_file))
        who = Respondent(Party.PERSON, self.people[number])
        about = (None, None) if survey.anonymous else (self.people[number], self.clock.advance(minutes=1))
        run = Run(filling.mark(survey, who), survey.about, answers, None, None, is_sent, *about)
        async with self.core.database.transaction() as tx:
            await run_rows.put(tx, run)
            if is_sent:
                await survey_rows.answered(tx, survey.id, who, date(2022, 3, 10))

    async def municipal(self, home: str = "Южский район") -> Member:
        async with self.core.database.read() as tx:
            homes = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
        duty = Duty(Role.MUNICIPAL, municipality_id=homes[home])
        return await enrolled(self.core, GALINA, duty, now=self.clock())
