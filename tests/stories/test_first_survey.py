"""The first survey (issue 6, «Must show»): 60 schools, 300 people, to 83 % and then past 90 %, every figure recounted.

The coordinator puts a form of her own in place of the shipped one; people press as they would, many at once.
"""

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import mean, median

import pytest
from openpyxl import load_workbook

from rehearsal.person import Person
from rehearsal.region import Cast, Post, cast_of
from rehearsal.stage import Stage, open_scene
from tests.people import MOSCOW, msk
from tests.stories.conftest import MORNING, Play, empty, goes
from tests.stories.item_20 import closes, looks, plain, told
from texts.filters import decimal, plural

FORM = """
title = "Первый опрос участников"
thanks = "Спасибо: ответы помогут школам."

[[questions]]
id = "clear"
text = "Насколько понятно, что делать школе?"
kind = "scale"
least = 1
most = 5

[[questions]]
id = "ready"
text = "Программа школы готова?"
kind = "yes-no"

[[questions]]
id = "hardest"
text = "Что мешает?"
kind = "one"
options = [{ id = "time", text = "Не хватает времени" }, { id = "people", text = "Не хватает людей" }]
when = { question = "ready", any_of = ["no"] }
"""
"""Asks the third question only of those who are not ready."""
pytestmark = pytest.mark.timeout(400)

TITLE = "Первый опрос участников"
AT_ONCE = 25
"""How many press within a second; the messenger lets the bot answer thirty."""
A_MOMENT = timedelta(seconds=1)
ASKED = (Post.HEAD, Post.DEPUTY, Post.TEACHER, Post.CURATOR, Post.MUNICIPAL)


@dataclass
class Region:
    """Who is asked, and what they answered: counted beside the bot."""

    play: Play
    stage: Stage
    asked: list[Person]
    answers: dict[Person, dict[str, str]] = field(default_factory=dict)

    @property
    def marina(self) -> Person:
        return self.play.cast.coordinator

    @property
    def reached(self) -> list[Person]:
        """Those whom the bot can write to: the last school's team has not come in."""
        return [one for one in self.asked if one not in self.play.cast.newcomers]

    def percent(self) -> int:
        return len(self.answers) * 100 // len(self.asked)

    async def answer(self, people: Iterable[Person]) -> None:
        """Each from the button under the morning's message to «Отправить»; some are ready, others say what is
        missing."""
        waiting = list(people)
        while several := waiting[:AT_ONCE]:
            waiting = waiting[AT_ONCE:]
            said = {one: self._says(len(self.answers) + number) for number, one in enumerate(several)}
            await self._all(dict.fromkeys(several, "Пройти опрос"))
            for question in ("clear", "ready", "hardest"):
                await self._all({one: answers[question] for one, answers in said.items() if question in answers})
            await self._all(dict.fromkeys(several, "Отправить"))
            self.answers |= said

    async def _all(self, buttons: Mapping[Person, str]) -> None:
        for one, button in buttons.items():
            one.presses(button, chat=one.private())
        await self.play.world.advance(A_MOMENT)

    def _says(self, number: int) -> dict[str, str]:
        """Different, and the same in every run."""
        said = {"clear": str(number % 5 + 1), "ready": "Да" if number % 3 else "Нет"}
        return said if number % 3 else said | {"hardest": "Не хватает " + ("людей" if number % 2 else "времени")}


async def test_first_survey_comes_to_83_percent_and_past_90(tmp_path: Path) -> None:
    async with empty("2022-03-09 09:30", tmp_path) as (play, stage):
        play.cast = cast_of(play.world, 300, 60)
        await open_scene(stage, play.cast)
        region = Region(play, stage, play.cast.of(*ASKED))
        await closes(region.marina, range(1, 15))
        await replaces_the_form(region)
        await everybody_is_invited(region)
        await to_83_percent(region)
        await only_the_others_are_reminded(region)
        await past_90_percent(region)
        await it_ends_by_itself(region)
        await every_answer_is_in_the_results(region)


async def replaces_the_form(region: Region) -> None:
    marina = region.marina
    assert "Первый опрос участников" in await looks(marina, "Опросы")
    await goes(marina, TITLE, "Анкета")
    await marina.sends_document(FORM.encode(), "опрос.toml", mime="application/toml")
    assert told(marina).splitlines()[0] == "Анкета прочитана: 3 вопроса"
    await goes(marina, "Заменить")


async def everybody_is_invited(region: Region) -> None:
    """On the morning of its first day, each with the other lines of the day in one message."""
    await region.stage.jump_to(msk("2022-03-10 09:30"))
    line = f"⏳ п. 16 {TITLE} — пройдите до 24 марта, чт"
    for one in region.reached:
        (morning,) = [text for at, text in region.play.mornings(one.private()) if at.startswith("2022-03-10")]
        assert line in morning.replace("\u00a0", " ")
    assert [one for one in region.play.cast.newcomers if region.play.said(one.private())] == []
    project = plain(region.play.said(region.play.cast.project)[-1])
    assert f"⏳ п. 16 {TITLE} — началось: 10–24 марта" in project
    assert "Пройти опрос" in region.play.said(region.play.cast.project)[-1].buttons


async def to_83_percent(region: Region) -> None:
    of = len(region.asked)
    await region.answer(region.reached[: -(-of * 83 // 100)])
    assert region.percent() == 83
    done, lacking = len(region.answers), -(-of * 90 // 100) - len(region.answers)
    await looks(region.marina, "Опросы", TITLE, "Как идёт")
    lack = plural(lacking, "ответа", "ответов", "ответов").replace("\u00a0", " ")
    assert f"⏳ 83 % из 90 %, не хватает {lack}, осталось 10 рабочих дней" in told(region.marina)
    assert f"Ответили: {done} из {of}" in told(region.marina).splitlines()
    assert homes(region) == by_home(region)
    await looks(region.marina, "Опросы", TITLE, "Кто не ответил")
    assert f"Не ответили: {of - done}" in told(region.marina)


def by_home(region: Region) -> dict[str, tuple[int, int]]:
    """(answered, asked) of each municipality, counted by the cast."""
    cast = region.play.cast
    found: dict[str, tuple[int, int]] = {}
    for one in region.asked:
        for home in places(cast, one):
            done, of = found.get(home, (0, 0))
            found[home] = (done + (one in region.answers), of + 1)
    return found


def places(cast: Cast, who: Person) -> set[str]:
    """The municipalities in which somebody counts."""
    part = cast.parts[who]
    if part.post is Post.MUNICIPAL:
        return {part.place}
    return {cast.schools[school] for school in part.schools or (part.place,)}


def homes(region: Region) -> dict[str, tuple[int, int]]:
    """The same as the product shows it, read from the file for phoning and the whole list: asked of the database."""
    rows = region.play.look.rows(
        """
        SELECT m.name, count(DISTINCT CASE WHEN p.answered_on IS NOT NULL THEN p.respondent_id END),
               count(DISTINCT p.respondent_id)
        FROM survey_part p
        JOIN duty d ON d.person_id = p.respondent_id AND d.until IS NULL
        LEFT JOIN school s ON s.id = d.school_id
        JOIN municipality m ON m.id = coalesce(d.municipality_id, s.municipality_id)
        WHERE p.survey_id = 1 AND p.left_on IS NULL GROUP BY m.name
        """
    )
    return {name: (done, of) for name, done, of in rows}


async def only_the_others_are_reminded(region: Region) -> None:
    """Three days before the end, a Monday; the group hears the total and nobody's name."""
    await region.stage.jump_to(msk("2022-03-21 09:30"))
    reminded = {
        one
        for one in region.asked
        for at, text in region.play.mornings(one.private())
        if at.startswith("2022-03-21") and f"{TITLE} — ждём Ваш ответ до 24 марта" in text.replace("\u00a0", " ")
    }
    assert reminded == {*region.reached} - region.answers.keys()
    project = plain(region.play.said(region.play.cast.project)[-1])
    assert "ответили: 83 % из 90 %" in project
    assert not [one.last_name for one in region.asked if one.last_name in project]


async def past_90_percent(region: Region) -> None:
    waiting = [one for one in region.reached if one not in region.answers]
    await region.answer(waiting[: -(-len(region.asked) * 91 // 100) - len(region.answers)])
    assert region.percent() >= 91
    await looks(region.marina, "Опросы", TITLE, "Как идёт")
    assert f"✅ {region.percent()} % из 90 %" in told(region.marina)
    assert homes(region) == by_home(region)


async def it_ends_by_itself(region: Region) -> None:
    await region.stage.jump_to(msk("2022-03-25 08:30"))
    total = f"Ответили {len(region.answers)} из {len(region.asked)} — {region.percent()} % (нужно 90 %)."
    assert plain(region.play.said(region.play.cast.project)[-1]) == (f"✅ п. 16 {TITLE}: опрос закрыт.\n{total}")
    assert total in told(region.marina)
    hours = {one.at.astimezone(MOSCOW).hour for one in region.play.world.messages() if one.sender.is_bot}
    assert hours <= {*range(8, 20)}
    mornings = [(one.chat.id, one.at.date()) for one in region.play.world.messages() if one.text.startswith(MORNING)]
    assert len(mornings) == len(set(mornings))


async def every_answer_is_in_the_results(region: Region) -> None:
    marina, said = region.marina, list(region.answers.values())
    await looks(marina, "Опросы", TITLE, "Результаты")
    clear = [int(one["clear"]) for one in said]
    text = told(marina)
    assert f"Ответов: {len(said)}" in text
    assert f"в среднем {decimal(mean(clear))}, медиана {decimal(median(clear))}" in text
    for option, count in Counter(one["ready"].lower() for one in said).items():
        assert f"• {option} — {count} ({round(count * 100 / len(said))} %)" in text
    hardest = Counter(one["hardest"] for one in said if "hardest" in one)
    await goes(marina, "Дальше ›")
    text = told(marina)
    for option, count in hardest.items():
        assert f"• {option} — {count} ({round(count * 100 / hardest.total())} %)" in text
    assert f"не спрашивали: {len(said) - hardest.total()}" in text
    await goes(marina, "Скачать XLSX")
    rows = answers_in_the_file(region)
    assert Counter(rows) == Counter((int(one["clear"]), one["ready"].lower(), one.get("hardest")) for one in said)


def answers_in_the_file(region: Region) -> list[tuple[object, ...]]:
    """(clear, ready, hardest) of every row of the workbook that the coordinator got."""
    (document,) = [one for one in region.marina.messages(region.marina.private()) if one.media and one.sender.is_bot][
        -1:
    ]
    assert document.media is not None
    assert isinstance(document.media.content, dict)
    file = region.play.world.files.get(document.media.content["file_id"])
    assert file is not None
    sheet = load_workbook(io.BytesIO(file.data))["Ответы"]
    heading, *rows = sheet.iter_rows(values_only=True)
    first = next(place for place, name in enumerate(heading) if "понятно" in str(name))
    return [tuple(row[first : first + 3]) for row in rows]
