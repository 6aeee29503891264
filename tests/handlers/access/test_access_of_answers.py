"""Everybody types every command and answers every question, also one that was asked of somebody else they once were."""

from pathlib import Path

import pytest

from handlers.awaiting import Awaiting
from tests.handlers.access.answered_surveys import CODE
from tests.handlers.access.answers import (
    ANSWERS,
    COMMANDS,
    TYPED,
    answered_for,
    beside,
    commands,
    typed_commands,
)
from tests.handlers.access.judging import wrong
from tests.handlers.access.purpose import Pressed
from tests.handlers.access.region import VIEWERS, Region
from tests.handlers.access.watching import Rows, watching
from tests.stories.walk import errors_heard


async def test_every_command_and_every_question_says_what_it_is_for(
    region: Region, before: Rows, tmp_path: Path
) -> None:
    async with watching(region, "stranger", tmp_path, before) as watch:
        assert commands(watch.desk.app.dispatcher) == set(COMMANDS)
    assert set(Awaiting.__all_states__) == set(ANSWERS)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_no_command_gives_away_or_changes_what_is_not_theirs(
    region: Region, before: Rows, tmp_path: Path, viewer: str
) -> None:
    found = []
    with errors_heard() as errors:
        async with watching(region, viewer, tmp_path, before) as watch:
            for name, right in COMMANDS.items():
                for text in typed_commands(name, region):
                    for chat in (watch.person.private(), watch.group):
                        tried = await watch.types(text, chat)
                        problems = await wrong(tried, Pressed(right, {}), viewer, region, watch)
                        found += [f"{text} in {chat.kind} {what}" for what in problems]
    assert not found, "\n".join(found)
    assert not errors, "\n".join(errors)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_answer_to_an_old_question_is_no_way_in(
    region: Region, before: Rows, tmp_path: Path, viewer: str
) -> None:
    """Whoever had the right when the question was asked may have lost it since."""
    found = []
    with errors_heard() as errors:
        async with watching(region, viewer, tmp_path, before) as watch:
            for state, how in ANSWERS.items():
                for text in TYPED:
                    await watch.remembers(state.state, beside(region, state))
                    tried = await watch.types(text, watch.person.private())
                    problems = await wrong(tried, how, viewer, region, watch)
                    found += [f"{text} while {state.state} {what}" for what in problems]
    assert not found, "\n".join(found)
    assert not errors, "\n".join(errors)


@pytest.mark.parametrize("viewer", VIEWERS)
async def test_nobody_answers_a_survey_that_does_not_ask_them(
    region: Region, before: Rows, tmp_path: Path, viewer: str
) -> None:
    """Neither for another school, nor elsewhere with the right code, nor a form that is not there."""
    found = []
    with errors_heard() as errors:
        async with watching(region, viewer, tmp_path, before) as watch:
            for form in answered_for(region):
                await watch.remembers(Awaiting.form.state, {"form": form})
                tried = await watch.types(TYPED[0], watch.person.private())
                problems = await wrong(tried, ANSWERS[Awaiting.form], viewer, region, watch)
                found += [f"{form} {what}" for what in problems]
            await watch.remembers(Awaiting.survey_code.state, beside(region, Awaiting.survey_code))
            tried = await watch.types(CODE, watch.person.private())
            found += await wrong(tried, ANSWERS[Awaiting.survey_code], viewer, region, watch)
    assert not found, "\n".join(found)
    assert not errors, "\n".join(errors)


async def test_code_of_somebody_else_lets_no_member_in(region: Region, before: Rows, tmp_path: Path) -> None:
    for number, viewer in enumerate(("who has not agreed", "director of А", "coordinator")):
        (folder := tmp_path / str(number)).mkdir()
        async with watching(region, viewer, folder, before) as watch:
            tried = await watch.types(f"/start {region.codes['works']}", watch.person.private())
            assert await wrong(tried, Pressed(None, {}), viewer, region, watch) == []
            assert [change.table for change in tried.changes if change.table != "code_try"] == []
