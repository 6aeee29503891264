"""What the coordinator does with surveys, for the tests of keeping them."""

from actions.form_sheet import Ref
from actions.survey_card import SurveyCard
from domain.form import Form
from domain.people import Member, Role
from domain.survey_change import AudienceChange, stamp, with_role
from domain.survey_field import SurveyField
from tests.actions.reviewed import Region
from tests.actions.surveyed import SHORT

FIELDS = SurveyField
DEEDS = "SELECT deed, about FROM audit WHERE deed LIKE 'survey-%' ORDER BY id"


def without_role(role: Role) -> AudienceChange:
    """That role is not asked."""
    return lambda audience, _: with_role(audience, role, on=False)


async def draft(region: Region, form: Form = SHORT) -> int:
    return (await region.core.survey_keeping.make(form, by=region.marina, now=region.clock())).survey.id


async def types(region: Region, survey: int, field: SurveyField, text: str) -> SurveyCard:
    """As it was seen a moment ago."""
    found = await card(region, survey)
    return await region.core.survey_keeping.type(
        survey, field, text, seen=stamp(found.survey, field), by=region.marina, now=region.clock()
    )


async def card(region: Region, survey: int) -> SurveyCard:
    return await region.core.survey_keeping.card(survey, by=region.marina, now=region.clock())


async def asks(region: Region, survey: int, change: AudienceChange) -> SurveyCard:
    return await region.core.survey_keeping.ask(survey, change, by=region.marina, now=region.clock())


async def switches(region: Region, survey: int, field: SurveyField, *, on: bool) -> SurveyCard:
    return await region.core.survey_keeping.switch(survey, field, on=on, by=region.marina, now=region.clock())


async def launches(region: Region, survey: int) -> tuple[SurveyCard, int]:
    seen = stamp((await card(region, survey)).survey)
    return await region.core.survey_keeping.launch(survey, seen=seen, by=region.marina, now=region.clock())


async def running(region: Region, form: Form = SHORT) -> int:
    """Launched on 9 March until the 24th."""
    survey = await draft(region, form)
    await types(region, survey, FIELDS.CLOSES, "24 марта")
    await launches(region, survey)
    return survey


async def begins(region: Region, survey: int, by: Member) -> None:
    await region.core.forms.press(Ref("survey", survey), "clear", "4", by=by, now=region.clock())
