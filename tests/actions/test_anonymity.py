"""Of an anonymous survey nothing in the database tells who answered what: neither keys nor times nor order."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from actions.form_sheet import Page, Ref
from bot.core import Core, build_core
from bot.settings import Settings
from domain.form import Form, Question, QuestionKind
from domain.people import Account, Member
from domain.refusal import Refusal
from storage.secret import SecretFile
from storage.survey import parts
from tests.actions.surveyed import HARD, a_survey, a_team
from tests.conftest import database_url
from tests.people import Look, SettableClock, Somebody, msk

PEOPLE = [Somebody(f"Участник Номер{number}", Account("telegram", 600_000_000 + number)) for number in range(12)]
SAYS = Question("says", "Что мешает?", QuestionKind.TEXT)
FORM = Form("Анонимно", (SAYS, HARD))
START = "2022-03-10 09:00"


def settings(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=None,
        telegram_api="",
        database_url=database_url(folder / "roadmap.db"),
        anonymity_key=str(folder / "elsewhere" / "anonymity.key"),
    )


async def lived(folder: Path, words: Sequence[str], *, ends: bool) -> None:
    """Each of the people answers with their word, in their turn, always at the same moments; two never send."""
    core, clock = build_core(settings(folder)), SettableClock(msk(START))
    members = await a_team(core, *PEOPLE)
    survey = await a_survey(core, FORM, anonymous=True)
    await core.survey_course.run(clock())
    for number, (by, word) in enumerate(zip(members, words, strict=True)):
        await answers(core, Ref("survey", survey.id), by, word, clock, sends=number < len(words) - 2)
    if ends:
        await core.survey_course.run(clock.set("2022-03-25 00:15"))
    await core.database.close()


async def answers(core: Core, ref: Ref, by: Member, word: str, clock: SettableClock, *, sends: bool = True) -> None:
    now = clock.advance(minutes=7)
    await core.forms.type(ref, word, by=by, now=now)
    await core.forms.press(ref, "hard", "no", by=by, now=now + timedelta(seconds=5))
    if sends:
        await core.forms.send(ref, by=by, now=now + timedelta(seconds=9))


def dump(file: Path) -> list[str]:
    """Everything that is in the database, in the order in which it lies there."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def without_marks(lines: Sequence[str]) -> list[str]:
    """Of the answers the keys are left out, and with them their order, which is that of the keys."""
    answered = [re.sub(r"VALUES\('[^']+'", "VALUES(key", one) for one in lines if '"form_run" VALUES' in one]
    return [one for one in lines if '"form_run" VALUES' not in one] + sorted(answered)


@pytest.mark.parametrize("ends", [False, True])
def test_database_is_the_same_whoever_of_the_people_said_what(tmp_path: Path, migrated_file: Path, ends: bool) -> None:
    """Two worlds that differ only in who said which word give the same database, but for keys drawn at random."""
    words = [f"Слово {number}" for number in range(len(PEOPLE))]
    sent, kept = words[:-2], words[-2:]
    other = [*sent[1:], sent[0], *kept[::-1]]
    dumps = []
    for name, said in (("one", words), ("other", other)):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(migrated_file, folder / "roadmap.db")
        asyncio.run(lived(folder, said, ends=ends))
        dumps.append(dump(folder / "roadmap.db"))
    assert without_marks(dumps[0]) == without_marks(dumps[1])
    answered = [one for one in dumps[0] if '"form_run" VALUES' in one]
    assert len(answered) == (len(sent) if ends else len(words))
    assert all(",NULL,NULL)" in one for one in answered)  # neither a person nor a moment


async def test_order_of_the_rows_is_not_the_order_of_the_people(tmp_path: Path, migrated_file: Path) -> None:
    """Rows lie in the order of their keys: the table has no other order that a file could tell."""
    shutil.copy(migrated_file, tmp_path / "roadmap.db")
    await lived(tmp_path, [f"{number:02}" for number in range(len(PEOPLE))], ends=False)
    look = Look(tmp_path / "roadmap.db")
    marks = [mark for (mark,) in look.rows("SELECT mark FROM form_run")]
    assert marks == sorted(marks)
    (sql,) = look.rows("SELECT sql FROM sqlite_master WHERE name = 'form_run'")[0]
    assert "WITHOUT ROWID" in sql


async def test_secret_is_in_a_file_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "new" / "anonymity.key"
    made = SecretFile(path).read()
    assert SecretFile(path).read() == made
    assert len(made) == 32
    assert path.stat().st_mode & 0o777 == 0o600


async def test_with_another_secret_nobody_finds_their_answers_and_nobody_answers_twice(
    tmp_path: Path, migrated_file: Path
) -> None:
    shutil.copy(migrated_file, tmp_path / "roadmap.db")
    await lived(tmp_path, [f"{number:02}" for number in range(len(PEOPLE))], ends=False)
    (tmp_path / "elsewhere" / "anonymity.key").unlink()
    core = build_core(settings(tmp_path))
    by = await core.people.member(PEOPLE[0].account, now=msk(START))
    with pytest.raises(Refusal, match=r"survey\.answered-for-good"):
        await core.forms.open(Ref("survey", 1), by=by, now=msk("2022-03-11 12:00"))
    await core.database.close()


async def test_anonymous_answer_is_found_again_and_changed_by_its_author(core: Core, clock: SettableClock) -> None:
    clock.set(START)
    by, other = await a_team(core, *PEOPLE[:2])
    survey = await a_survey(core, FORM, anonymous=True)
    await core.survey_course.run(clock())
    ref = Ref("survey", survey.id)
    await answers(core, ref, by, "Первое", clock)
    await core.forms.ask(ref, "says", by=by, now=clock())
    page = await core.forms.type(ref, "Второе", by=by, now=clock())
    assert isinstance(page, Page)
    assert page.answers["says"] == "Второе"
    assert (await core.forms.open(ref, by=other, now=clock())).answers == {}


async def test_after_the_end_the_keys_are_drawn_anew_and_drafts_are_forgotten(
    core: Core, clock: SettableClock, look: Look
) -> None:
    clock.set(START)
    people = await a_team(core, *PEOPLE[:3])
    survey = await a_survey(core, FORM, anonymous=True)
    await core.survey_course.run(clock())
    ref = Ref("survey", survey.id)
    for number, by in enumerate(people):
        await answers(core, ref, by, f"Слово {number}", clock, sends=number > 0)
    before = look.rows("SELECT mark FROM form_run")
    await core.survey_course.run(clock.set("2022-03-25 00:15"))
    after = look.rows("SELECT mark FROM form_run")
    assert (len(before), len(after), {*before} & {*after}) == (3, 2, set())
    async with core.database.read() as tx:
        assert sum(one.answered_on is not None for one in await parts(tx, survey.id)) == 2


async def test_anonymous_answers_are_not_taken_late(core: Core, clock: SettableClock) -> None:
    clock.set(START)
    (by,) = await a_team(core, *PEOPLE[:1])
    survey = await a_survey(core, FORM, anonymous=True, takes_late=True)
    await core.survey_course.run(clock())
    await core.survey_course.run(clock.set("2022-03-25 00:15"))
    with pytest.raises(Refusal, match=r"survey\.closed"):
        await core.forms.type(Ref("survey", survey.id), "Поздно", by=by, now=clock())
