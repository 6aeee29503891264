"""A real process is killed in the middle of many people's answers: whatever was acknowledged is there."""

import json
import random
import signal
from datetime import datetime
from pathlib import Path

import pytest

from bot.core import build_core
from bot.settings import Settings
from domain.form import Form, Question, QuestionKind
from domain.people import Account, Duty, Role
from domain.survey import Survey
from storage import survey as survey_rows
from tests.conftest import database_url
from tests.people import Look, Somebody, a_school, enrolled
from tests.stories.processes import Server, process, until

pytestmark = pytest.mark.timeout(120)

PEOPLE = 60
QUESTIONS = 12
KILLED_AT = 250
FORM = Form(
    "Опрос",
    tuple(Question(f"q{one}", f"Вопрос {one}?", QuestionKind.SCALE, least=1, most=5) for one in range(QUESTIONS)),
)


async def lay(database_file: Path, ids: list[int], now: datetime) -> int:
    """Everybody is of one school, and asked; the survey's id."""
    core = build_core(
        Settings(_env_file=None, bot_token=None, telegram_api="", database_url=database_url(database_file))
    )
    school = await a_school(core)
    for number, one in enumerate(ids):
        await enrolled(
            core, Somebody(f"Участник {number}", Account("telegram", one)), Duty(Role.SCHOOL, school), now=now
        )
    async with core.database.transaction() as tx:
        made = await survey_rows.add(tx, Survey(0, FORM.title, FORM, opens=now.date(), closes=now.date()), None, now)
    await core.survey_course.run(now)
    await core.database.close()
    return made.id


async def test_killed_in_the_middle_of_a_survey_it_loses_no_acknowledged_answer(
    server: Server,
    environment: dict[str, str],
    database_file: Path,
    tmp_path: Path,
    now: datetime,
) -> None:
    ids = server.ask("people", count=PEOPLE)["ids"]
    survey = await lay(database_file, ids, now)
    chance, asked = random.Random(500), {}  # noqa: S311  the same answers every time
    with process("bot", "run", folder=tmp_path, **environment) as running:
        for question in range(QUESTIONS):
            for person in ids:
                data = f"fa:survey:{survey}:0:q{question}:{chance.randint(1, 5)}"
                asked[server.ask("presses", person=person, data=data)["query"]] = (person, data)
        until(lambda: len(server.ask("answers")["answers"]) >= KILLED_AT, running)
        running.send_signal(signal.SIGKILL)
        running.wait()
    acknowledged = [asked[query] for query, _ in server.ask("answers")["answers"]]
    assert KILLED_AT <= len(acknowledged) < len(asked)
    look = Look(database_file)
    people = dict(look.rows("SELECT account_id, person_id FROM account"))
    runs = look.rows("SELECT mark, answers FROM form_run")
    kept = {int(mark.rsplit(":", 1)[1]): json.loads(answers) for mark, answers in runs}
    lost = [
        (person, data)
        for person, data in acknowledged
        for question, option in [data.split(":")[4:]]
        if kept[people[person]].get(question) != int(option)
    ]
    assert lost == []
    print(f"killed after {len(acknowledged)} acknowledged answers of {len(asked)}")  # noqa: T201
