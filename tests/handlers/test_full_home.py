"""The home screen with everything that can wait at once."""

from dataclasses import replace
from datetime import date

import pytest

from actions.survey_look import Looked
from actions.tasks import TaskList
from domain.access import TABLE, Right
from domain.button import Button, press
from domain.people import Account, Duty, Member, Role
from domain.survey import Course, Survey
from handlers.home import home_screen
from tests.actions.surveyed import FORM
from tests.people import MOSCOW
from texts import Texts

COORDINATOR = Member(Account("telegram", 1), 1, "Марина", frozenset({Duty(Role.COORDINATOR)}), has_agreed=True)
TODAY = date(2022, 3, 9)
FULL = TaskList((), TODAY, {}, requests=1, to_review=1, documents=1, schedules=1, reports=1)
SURVEY = Looked(Survey(1, "Опрос", FORM), None, None, Course.OPEN, TODAY, MOSCOW)


@pytest.mark.parametrize("surveys", [(), (SURVEY,), (SURVEY, SURVEY)])
def test_a_keyboard_never_has_more_than_eight_rows_of_three(surveys: tuple[Looked, ...]) -> None:
    buttons = home_screen(Texts(), COORDINATOR, replace(FULL, surveys=surveys)).buttons
    assert (len(buttons), max(map(len, buttons))) == (8, 3)


@pytest.mark.parametrize("role", TABLE[Right.ANNOUNCE])
def test_whoever_may_announce_finds_it_on_the_full_home(role: Role) -> None:
    member = replace(COORDINATOR, duties=frozenset({Duty(role, municipality_id=1)}))
    buttons = home_screen(Texts(), member, replace(FULL, surveys=(SURVEY,))).buttons
    assert Button("Объявления", press("go", "broadcasts")) in [one for row in buttons for one in row]
    assert len(buttons) <= 8
