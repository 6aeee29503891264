"""Keeping surveys: typed fields by their rules, launching, closing, cancelling, deleting."""

from datetime import date

import pytest

from domain.people import Member, Role
from domain.refusal import Refusal
from domain.survey import Course, Window
from domain.survey_change import (
    stamp,
    with_everybody,
)
from domain.survey_field import SurveyField
from tests.actions.keeping import (
    DEEDS,
    FIELDS,
    asks,
    card,
    draft,
    launches,
    running,
    switches,
    types,
    without_role,
)
from tests.actions.office import Office
from tests.actions.reviewed import Region, a_region
from tests.actions.surveyed import SHORT
from tests.people import OLGA, PAVEL, Look, comes_in


@pytest.fixture
async def region(office: Office, marina: Member) -> Region:
    """Six participants: Olga and Tatyana of school 1, Boris of school 2, Kira the curator, Mira the municipal."""
    return await a_region(office.core, office.clock, marina)


async def test_a_draft_is_launched_at_once_and_everybody_of_the_audience_is_invited(
    region: Region, office: Office, look: Look
) -> None:
    survey = await draft(region)
    assert (await card(region, survey)).looked.course is Course.DRAFT
    await types(region, survey, FIELDS.CLOSES, "24 марта")
    found, told = await launches(region, survey)
    assert (found.looked.course, found.line.of, told) == (Course.OPEN, 5, 5)
    assert (await launches(region, survey))[1] == 0  # pressed twice it is launched once
    said = await office.at("2022-03-09 12:01")
    assert len(said[OLGA.account.account_id]) == 1
    assert look.rows(DEEDS)[0] == ("survey-made", f'{{"survey": {survey}}}')
    deeds = [deed for deed, _ in look.rows(DEEDS)]
    assert (deeds.count("survey-opened"), deeds.count("survey-made")) == (1, 1)


async def test_one_that_begins_later_invites_nobody_yet(region: Region, office: Office) -> None:
    survey = await draft(region)
    await types(region, survey, FIELDS.OPENS, "15 марта")
    await types(region, survey, FIELDS.CLOSES, "24 марта")
    found, told = await launches(region, survey)
    window = Window(date(2022, 3, 15), date(2022, 3, 24))
    assert (found.looked.course, found.looked.window, told) == (Course.COMING, window, 0)
    assert OLGA.account.account_id not in await office.at("2022-03-09 12:01")


async def test_what_is_not_ready_is_not_launched(region: Region) -> None:
    survey = await draft(region)
    with pytest.raises(Refusal, match=r"survey_keeping\.no-window"):
        await launches(region, survey)
    await types(region, survey, FIELDS.CLOSES, "24 марта")
    for role in (Role.SCHOOL, Role.CURATOR, Role.MUNICIPAL):
        await asks(region, survey, without_role(role))
    with pytest.raises(Refusal, match=r"survey_keeping\.nobody"):
        await launches(region, survey)
    await asks(region, survey, with_everybody)
    region.clock.set("2022-03-25 12:00")
    with pytest.raises(Refusal, match=r"survey_keeping\.past-day"):
        await launches(region, survey)
    assert (await card(region, survey)).looked.course is Course.DRAFT


async def test_who_launches_launches_what_they_saw(region: Region) -> None:
    survey = await draft(region)
    await types(region, survey, FIELDS.CLOSES, "24 марта")
    seen = stamp((await card(region, survey)).survey)
    await switches(region, survey, FIELDS.ANONYMOUS, on=True)
    with pytest.raises(Refusal, match=r"survey_keeping\.changed-meanwhile"):
        await region.core.survey_keeping.launch(survey, seen=seen, by=region.marina, now=region.clock())
    assert (await card(region, survey)).survey.is_draft


@pytest.mark.parametrize(
    ("field", "text", "name", "kept"),
    [
        (FIELDS.TITLE, "  Как   дела <b>?\n", "title", "Как дела <b>?"),
        (FIELDS.LINK, "forms.yandex.ru/x", "link", "https://forms.yandex.ru/x"),
        (FIELDS.CODE, " Весна 7 ", "code", "Весна 7"),
        (FIELDS.TARGET, "90 %", "target", 90),
        (FIELDS.REMINDERS, "0", "reminders", 0),
        (FIELDS.OPENS, "завтра", "opens", date(2022, 3, 10)),
        (FIELDS.CLOSES, "31.03", "closes", date(2022, 3, 31)),
    ],
)
async def test_a_field_is_typed_and_written_down(
    region: Region, look: Look, field: SurveyField, text: str, name: str, kept: object
) -> None:
    survey = await draft(region)
    found = await types(region, survey, field, text)
    assert getattr(found.survey, name) == kept
    assert look.rows(DEEDS)[-1] == ("survey-changed", f'{{"survey": {survey}, "part": "{field}"}}')
    await types(region, survey, field, text)
    assert len(look.rows(DEEDS)) == 2  # the same again is no change


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (FIELDS.TITLE, "—", "survey_keeping.bad-title"),
        (FIELDS.TITLE, "я" * 101, "survey_keeping.bad-title"),
        (FIELDS.LINK, "не ссылка", "evidence.no-link"),
        (FIELDS.CODE, "🙂", "survey_keeping.bad-code"),
        (FIELDS.TARGET, "0", "survey_keeping.bad-number"),
        (FIELDS.TARGET, "101", "survey_keeping.bad-number"),
        (FIELDS.TARGET, "²", "survey_keeping.bad-number"),
        (FIELDS.REMINDERS, "11", "survey_keeping.bad-number"),
        (FIELDS.REMINDERS, "9" * 4000, "survey_keeping.bad-number"),
        (FIELDS.OPENS, "вчера", "typed_day.not-a-day"),
        (FIELDS.OPENS, "8 марта", "survey_keeping.past-day"),
        (FIELDS.CLOSES, "8 марта", "survey_keeping.past-day"),
        (FIELDS.CLOSES, "30 февраля", "typed_day.impossible"),
    ],
)
async def test_what_cannot_be_is_refused(region: Region, look: Look, field: SurveyField, text: str, why: str) -> None:
    survey = await draft(region)
    with pytest.raises(Refusal) as caught:
        await types(region, survey, field, text)
    assert (caught.value.reason, len(look.rows(DEEDS))) == (why, 1)


async def test_what_another_coordinator_changed_meanwhile_is_not_overwritten(region: Region) -> None:
    survey, pavel = await draft(region), await comes_in(region.core, PAVEL, region.clock())
    seen = stamp((await card(region, survey)).survey, FIELDS.TITLE)
    now = region.clock()
    target = stamp((await card(region, survey)).survey, FIELDS.TARGET)
    await region.core.survey_keeping.type(survey, FIELDS.TARGET, "80", seen=target, by=pavel, now=now)
    await region.core.survey_keeping.type(survey, FIELDS.TITLE, "Павла", seen=seen, by=pavel, now=now)
    with pytest.raises(Refusal, match=r"survey_keeping\.changed-meanwhile"):
        await region.core.survey_keeping.type(survey, FIELDS.TITLE, "Марины", seen=seen, by=region.marina, now=now)
    assert (await card(region, survey)).survey.title == "Павла"


async def test_closed_twice_is_closed_once_and_cancelled_for_good(region: Region, look: Look) -> None:
    survey, keeping = await running(region), region.core.survey_keeping
    for _ in range(2):
        found = await keeping.close(survey, by=region.marina, now=region.clock())
    assert found.looked.course is Course.GRACE
    with pytest.raises(Refusal, match=r"survey_keeping\.over"):
        await asks(region, survey, with_everybody)
    for _ in range(2):
        found = await keeping.cancel(survey, by=region.marina, now=region.clock())
    assert found.looked.course is Course.CANCELLED
    for attempt in (
        types(region, survey, FIELDS.CLOSES, "30 марта"),
        switches(region, survey, FIELDS.LATE, on=True),
        asks(region, survey, with_everybody),
    ):
        with pytest.raises(Refusal, match=r"survey_keeping\.cancelled"):
            await attempt
    deeds = [deed for deed, _ in look.rows(DEEDS)]
    assert (deeds.count("survey-closed"), deeds.count("survey-cancelled")) == (1, 1)


async def test_a_draft_is_deleted_and_its_number_is_nobody_else_s(region: Region, look: Look) -> None:
    survey, keeping = await draft(region), region.core.survey_keeping
    for refused, why in ((keeping.close, "not-open"), (keeping.cancel, "not-launched")):
        with pytest.raises(Refusal, match=rf"survey_keeping\.{why}"):
            await refused(survey, by=region.marina, now=region.clock())
    for _ in range(2):
        await keeping.delete(survey, by=region.marina, now=region.clock())
    with pytest.raises(Refusal, match=r"survey\.gone"):
        await card(region, survey)
    with pytest.raises(Refusal, match=r"survey\.gone"):
        await region.core.survey_keeping.switch(survey, FIELDS.LATE, on=True, by=region.marina, now=region.clock())
    assert (await keeping.all(by=region.marina, now=region.clock())).lines == ()
    assert (await draft(region), [deed for deed, _ in look.rows(DEEDS)].count("survey-deleted")) == (survey + 1, 1)
    with pytest.raises(Refusal, match=r"survey_keeping\.launched"):
        await keeping.delete(await running(region), by=region.marina, now=region.clock())


async def test_a_copy_is_a_draft_without_days(region: Region) -> None:
    survey = await running(region)
    await types(region, survey, FIELDS.TARGET, "90")
    found = (await region.core.survey_keeping.copy(survey, by=region.marina, now=region.clock())).survey
    assert found.id != survey
    assert (found.is_draft, found.opens, found.closes, found.opened_at, found.target, found.form) == (
        True, None, None, None, 90, SHORT,
    )  # fmt: skip
