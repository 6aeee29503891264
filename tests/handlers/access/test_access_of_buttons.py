"""Everybody presses every button, forged ones too: nobody gets, or changes, what is not theirs."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.handlers.access.answers import beside, pressed_while
from tests.handlers.access.buttons import PRESSES, SECTIONS, forged, kinds, sections
from tests.handlers.access.judging import opened, wrong
from tests.handlers.access.purpose import Pressed
from tests.handlers.access.region import VIEWERS, Region
from tests.handlers.access.watching import Rows, watching
from tests.stories.walk import errors_heard

FEW = 2
"""Of each kind where it is pressed in a group, in which no screen is opened."""
LOOKING = {
    *("coverage", "doc", "formers", "found", "go", "happening", "history", "item"),
    *("person", "proof", "regfile", "remark", "request", "survey", "svtext", "team", "visit", "vrep"),
}
"""Where what is secret is shown to whoever may read it."""


def test_every_kind_of_button_says_what_it_is_for() -> None:
    assert set(kinds()) == set(PRESSES)
    assert [kind for kind in kinds() if set(kind.model_fields) != set(PRESSES[kind].fields)] == []
    assert sections() == set(SECTIONS)


def every_press(region: Region) -> Iterator[tuple[Pressed, str, str]]:
    """Every button with what it is for, and where."""
    for kind in kinds():
        for number, data in enumerate(forged(kind, region)):
            yield PRESSES[kind], data, "private"
            if number < FEW:
                yield PRESSES[kind], data, "group"
    for section, right in SECTIONS.items():
        yield Pressed(right, {}), f"go:{section}", "private"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_no_button_gives_away_or_changes_what_is_not_theirs(
    region: Region, before: Rows, tmp_path: Path, viewer: str
) -> None:
    found = []
    with errors_heard() as errors:
        async with watching(region, viewer, tmp_path, before) as watch:
            for how, data, place in every_press(region):
                tried = await watch.presses(data, watch.group if place == "group" else watch.person.private())
                problems = await wrong(tried, how, viewer, region, watch) + opened(tried, how, viewer, region, watch)
                found += [f"{place} {data} {what}" for what in problems]
    assert not found, "\n".join(found)
    assert not errors, "\n".join(errors)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_button_of_an_old_question_is_no_way_in(
    region: Region, before: Rows, tmp_path: Path, viewer: str
) -> None:
    """Whoever had the right when the question was asked may have lost it since."""
    found = []
    with errors_heard() as errors:
        async with watching(region, viewer, tmp_path, before) as watch:
            presses = list(pressed_while(watch.desk.app.dispatcher))
            assert presses
            for kind, state in presses:
                for data in islice(forged(kind, region), FEW):
                    await watch.remembers(state.state, beside(region, state))
                    tried = await watch.presses(data, watch.person.private())
                    problems = await wrong(tried, PRESSES[kind], viewer, region, watch)
                    found += [f"{data} while {state.state} {what}" for what in problems]
    assert not found, "\n".join(found)
    assert not errors, "\n".join(errors)


async def test_there_are_secrets_to_be_given_away(region: Region, before: Rows, tmp_path: Path) -> None:
    """The coordinator is shown every word that others must not read, but what only its author may; nobody is shown a
    code again."""
    shown = ""
    async with watching(region, "coordinator", tmp_path, before) as watch:
        for _, data, place in every_press(region):
            if place == "private" and data.split(":")[0] in LOOKING:
                tried = await watch.presses(data, watch.person.private())
                shown += " ".join(words for _, words in tried.said)
    secrets = {secret for secret in region.secrets if secret in shown}
    coordinator = region.members["coordinator"]
    assert secrets == {secret for secret, may_see in region.secrets.items() if may_see(coordinator)}
