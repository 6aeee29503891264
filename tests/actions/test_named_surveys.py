"""The surveys that items begin with: laid once, kept as a person left them, made anew for another year."""

from dataclasses import replace

import pytest

from domain.people import Member, Role
from domain.roadmap import ItemKind, OwedBy, Roadmap, ShippedSurvey
from domain.roadmap_file import RoadmapFileError
from domain.survey import PARTICIPANTS, Course
from domain.survey_field import SurveyField
from storage.shipped_form import shipped_form
from tests.actions.office import Office
from tests.people import Look, a_roadmap, an_item, ivanovo

ROWS = "SELECT item_id, title, is_draft, cancelled_at IS NULL FROM survey ORDER BY id"
SHIPPED = [
    (16, "Первый опрос участников", 0, 1),
    (26, "Второй опрос участников", 0, 1),
    (30, "Третий опрос участников", 0, 1),
]


async def test_shipped_surveys_are_laid_once_with_their_forms_and_windows(
    office: Office, marina: Member, look: Look
) -> None:
    for _ in range(2):
        await office.core.roadmaps.load(ivanovo(), now=office.clock())
    assert look.rows(ROWS) == SHIPPED
    found = await office.core.survey_keeping.card(2, by=marina, now=office.clock())
    assert found.survey.form == shipped_form("second-survey")
    assert found.audience.roles == {Role.SCHOOL, Role.CURATOR}
    assert found.looked.course is Course.COMING
    first = await office.core.survey_keeping.card(1, by=marina, now=office.clock())
    assert (first.looked.target, first.survey.audience.roles) == (90, PARTICIPANTS)


async def test_what_a_person_changed_or_cancelled_is_left_as_it_is(office: Office, marina: Member, look: Look) -> None:
    await office.core.roadmaps.load(ivanovo(), now=office.clock())
    keeping = office.core.survey_keeping
    await keeping.switch(1, SurveyField.ANONYMOUS, on=True, by=marina, now=office.clock())
    await keeping.cancel(2, by=marina, now=office.clock())
    before = look.rows("SELECT * FROM survey")
    await office.core.roadmaps.load(ivanovo(), now=office.clock())
    assert look.rows("SELECT * FROM survey") == before


def _roadmap(form: str) -> Roadmap:
    item = an_item(1, "10.03.2022 – 24.03.2022", kind=ItemKind.SURVEY, owed_by=OwedBy.SCHOOL)
    return replace(a_roadmap(item), surveys=(ShippedSurvey(1, form, frozenset({Role.CURATOR}), anonymous=True),))


async def test_a_form_that_is_not_shipped_is_a_defect_and_nothing_is_loaded(office: Office, look: Look) -> None:
    with pytest.raises(RoadmapFileError) as caught:
        await office.core.roadmaps.load(_roadmap("fourth-survey"), now=office.clock())
    (defect,) = caught.value.defects
    assert (defect.field, defect.reason, defect.details["value"]) == (
        "surveys[1].form",
        "roadmap_file.unknown-form",
        "fourth-survey",
    )
    assert look.count("roadmap") == 0


async def test_another_year_s_items_begin_with_the_surveys_as_they_were_kept(
    office: Office, marina: Member, look: Look
) -> None:
    await office.core.roadmaps.load(_roadmap("first-survey"), now=office.clock())
    keeping, form = office.core.survey_keeping, shipped_form("third-survey")
    await keeping.alter(1, lambda _: form, by=marina, now=office.clock())
    await keeping.own_end(1, by=marina, now=office.clock())
    for _ in range(2):
        await office.core.roadmaps.carry_over(1, 2023, by=marina, now=office.clock())
    assert look.rows("SELECT id, item_id, closes, opened_at FROM survey ORDER BY id")[1:] == [(2, 2, None, None)]
    found = await keeping.card(2, by=marina, now=office.clock())
    assert (found.survey.form, found.survey.anonymous, found.looked.course) == (form, True, Course.COMING)
