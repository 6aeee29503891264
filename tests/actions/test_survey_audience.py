"""Whom a survey asks, what is not changed once somebody began, and who keeps and sees surveys."""

from dataclasses import replace
from datetime import date

import pytest

from domain.form import Form, Option, Question, QuestionKind
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.survey import Audience
from domain.survey_change import (
    AudienceChange,
    everywhere,
    with_everybody,
    with_municipality,
    with_person,
    with_role,
    with_school,
)
from tests.actions.keeping import (
    FIELDS,
    asks,
    begins,
    card,
    draft,
    running,
    switches,
    types,
    without_role,
)
from tests.actions.office import Office
from tests.actions.reviewed import Region, a_region
from tests.actions.surveyed import SHORT
from tests.people import STRANGER, Look

PHOTO = Form("С фото", (Question("photo", "Фото?", QuestionKind.FILE), *SHORT.questions))


@pytest.fixture
async def region(office: Office, marina: Member) -> Region:
    """Six participants: Olga and Tatyana of school 1, Boris of school 2, Kira the curator, Mira the municipal."""
    return await a_region(office.core, office.clock, marina)


async def test_the_audience_is_narrowed_widened_and_counted_exactly(region: Region) -> None:
    survey = await draft(region)

    async def count(change: AudienceChange) -> int:
        return (await asks(region, survey, change)).count

    assert (await card(region, survey)).count == 5
    assert await count(without_role(Role.CURATOR)) == 4
    assert await count(lambda audience, registry: with_municipality(audience, registry, 1, on=True)) == 3
    assert await count(lambda audience, registry: with_school(audience, registry, 2, on=True)) == 4
    assert await count(lambda audience, registry: with_school(audience, registry, 1, on=False)) == 1
    person = region.kira.person_id or 0
    assert await count(lambda audience, registry: with_person(audience, registry, person, on=True)) == 2
    assert await count(everywhere) == 5
    assert await count(with_everybody) == 5
    assert (await card(region, survey)).audience == Audience()
    assert (await switches(region, survey, FIELDS.PARTY, on=True)).count == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda audience, _: with_role(audience, Role.COORDINATOR, on=True),
        lambda audience, registry: with_municipality(audience, registry, 999, on=True),
        lambda audience, registry: with_school(audience, registry, 999, on=True),
        lambda audience, registry: with_person(audience, registry, 999, on=True),
    ],
)
async def test_forged_places_and_people_are_refused(region: Region, change: AudienceChange) -> None:
    survey = await draft(region)
    with pytest.raises(Refusal, match=r"survey_audience\.gone"):
        await asks(region, survey, change)


async def test_a_running_survey_never_asks_nobody(region: Region) -> None:
    survey = await running(region)
    for role in (Role.CURATOR, Role.MUNICIPAL):
        await asks(region, survey, without_role(role))
    with pytest.raises(Refusal, match=r"survey_keeping\.nobody"):
        await asks(region, survey, without_role(Role.SCHOOL))
    assert (await card(region, survey)).count == 3


# --- Once somebody has begun


async def test_who_asks_anonymously_asks_nothing_that_tells_who_answers(region: Region) -> None:
    survey = await draft(region, PHOTO)
    with pytest.raises(Refusal, match=r"survey_keeping\.tells-who") as caught:
        await switches(region, survey, FIELDS.ANONYMOUS, on=True)
    assert caught.value.details == {"number": 1}


async def test_anonymity_cannot_be_switched_after_anybody_began(region: Region) -> None:
    survey = await running(region)
    assert (await switches(region, survey, FIELDS.ANONYMOUS, on=True)).survey.anonymous
    await begins(region, survey, region.olga)
    with pytest.raises(Refusal, match=r"survey_keeping\.begun-anonymous"):
        await switches(region, survey, FIELDS.ANONYMOUS, on=False)
    assert (await card(region, survey)).survey.anonymous


async def test_after_it_opened_neither_its_beginning_nor_who_answers_changes(region: Region) -> None:
    survey = await running(region)
    for attempt in (
        switches(region, survey, FIELDS.PARTY, on=True),
        types(region, survey, FIELDS.OPENS, "15 марта"),
        region.core.survey_keeping.clear(survey, FIELDS.OPENS, by=region.marina, now=region.clock()),
    ):
        with pytest.raises(Refusal, match=r"survey_keeping\.opened-already"):
            await attempt
    with pytest.raises(Refusal, match=r"survey_keeping\.no-window"):
        await region.core.survey_keeping.clear(survey, FIELDS.CLOSES, by=region.marina, now=region.clock())


async def test_other_words_are_taken_once_somebody_began_and_other_questions_are_not(region: Region) -> None:
    survey = await running(region)
    await begins(region, survey, region.olga)
    clear, hard = SHORT.questions
    said = replace(SHORT, questions=(replace(clear, text="Понятно?"), hard))
    found = await region.core.survey_keeping.alter(survey, lambda _: said, by=region.marina, now=region.clock())
    assert (found.survey.form, found.begun) == (said, True)
    other = replace(
        SHORT, questions=(replace(hard, kind=QuestionKind.ONE, options=(Option("a", "А"), Option("b", "Б"))),)
    )
    with pytest.raises(Refusal, match=r"survey_keeping\.other-shape"):
        await region.core.survey_keeping.alter(survey, lambda _: other, by=region.marina, now=region.clock())


async def test_it_does_not_move_elsewhere_once_somebody_began(region: Region) -> None:
    survey = await running(region)
    await begins(region, survey, region.olga)
    with pytest.raises(Refusal, match=r"survey_keeping\.begun"):
        await types(region, survey, FIELDS.LINK, "forms.yandex.ru/x")


# --- Who may


async def test_whoever_watches_sees_what_asks_their_place_and_no_drafts(region: Region) -> None:
    survey, hidden = await running(region), await draft(region)
    elsewhere = await running(region)
    await asks(region, elsewhere, lambda audience, registry: with_school(audience, registry, 2, on=True))
    await region.core.survey_course.run(region.clock())
    keeping = region.core.survey_keeping

    async def seen(by: Member) -> list[tuple[int, int]]:
        found = await keeping.all(by=by, now=region.clock())
        return [(one.looked.survey.id, one.of) for one in found.lines]

    assert await seen(region.marina) == [(elsewhere, 1), (hidden, 5), (survey, 5)]
    assert await seen(region.darya) == [(elsewhere, 1), (survey, 5)]
    assert await seen(region.mira) == [(survey, 4)]
    watched = await keeping.card(survey, by=region.mira, now=region.clock())
    assert (watched.keeps, watched.sees_results, watched.count) == (False, False, 4)
    for one in (elsewhere, hidden, 999):
        with pytest.raises(Refusal, match=r"survey\.gone"):
            await keeping.card(one, by=region.mira, now=region.clock())


async def test_nobody_but_coordinators_keeps_them(region: Region, look: Look) -> None:
    survey, keeping, now = await draft(region), region.core.survey_keeping, region.clock()
    before = look.rows("SELECT * FROM survey")
    for by in (STRANGER, region.darya, region.mira, region.kira, region.olga):
        for attempt in (
            keeping.make(SHORT, by=by, now=now),
            keeping.copy(survey, by=by, now=now),
            keeping.type(survey, FIELDS.TITLE, "Моё", seen=0, by=by, now=now),
            keeping.closes(survey, date(2022, 3, 24), by=by, now=now),
            keeping.own_end(survey, by=by, now=now),
            keeping.clear(survey, FIELDS.TARGET, by=by, now=now),
            keeping.switch(survey, FIELDS.LATE, on=True, by=by, now=now),
            keeping.ask(survey, with_everybody, by=by, now=now),
            keeping.alter(survey, lambda _: PHOTO, by=by, now=now),
            keeping.poll(survey, lambda one: one, by=by, now=now),
            keeping.launch(survey, seen=0, by=by, now=now),
            keeping.close(survey, by=by, now=now),
            keeping.cancel(survey, by=by, now=now),
            keeping.delete(survey, by=by, now=now),
            region.core.survey_forms.file(survey, "toml", by=by, now=now),
            region.core.survey_forms.look(b"", by=by),
            region.core.survey_forms.offer(survey, b"", by=by, now=now),
            region.core.survey_forms.make(b"", by=by, now=now),
            region.core.survey_forms.put(survey, b"", seen=0, by=by, now=now),
        ):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await attempt
    assert look.rows("SELECT * FROM survey") == before
    for by in (STRANGER, region.kira, region.olga):
        for looking in (keeping.all(by=by, now=now), keeping.card(survey, by=by, now=now)):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await looking
