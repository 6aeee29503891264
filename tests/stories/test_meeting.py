"""The seminar of item 10 (issue 8, «Must show»): from the invitation to 100 % of teams, told once and never at night.

Eight schools; the last one's team has not come into the bot and is marked by the coordinator's list.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import vobject

from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.region import Post
from rehearsal.stage import Stage
from tests.people import msk
from tests.stories.conftest import Play, goes, local, played
from tests.stories.item_20 import closes, looks, plain, told

pytestmark = pytest.mark.timeout(300)

TITLE = "Семинар-совещание по документам"
PLACE = "Иваново, Воробьёвская, 80 https://meet.example.ru/10"


@dataclass
class Seminar:
    """Who leads, who comes, and how far the story was read."""

    play: Play
    stage: Stage
    known: int = field(default=0)

    @property
    def marina(self) -> Person:
        return self.play.cast.coordinator

    @property
    def team(self) -> list[Person]:
        """Of all schools but the last one."""
        people = self.play.cast.of(Post.HEAD, Post.DEPUTY, Post.TEACHER)
        return [one for one in people if one not in self.play.cast.newcomers]

    @property
    def heads(self) -> list[Person]:
        return [one for one in self.play.cast.directors if one not in self.play.cast.newcomers]

    async def lives_to(self, moment: str) -> None:
        self.known = self.play.world.last_order
        await self.stage.jump_to(msk(moment))

    def news(self, who: Person) -> list[Message]:
        return [one for one in self.play.said(who.private()) if one.order > self.known]

    def told(self, who: Person, words: str) -> list[str]:
        """When somebody was told that since then."""
        return [local(one) for one in self.news(who) if words in plain(one)]


async def test_the_seminar_of_item_10_from_the_invitation_to_all_teams(tmp_path: Path) -> None:
    async with played("2022-01-20 09:30", tmp_path) as (play, stage):
        seminar = Seminar(play, stage)
        await closes(seminar.marina, range(1, 10))
        await everybody_is_invited(seminar)
        await most_answer(seminar)
        await it_is_moved_twice_in_a_minute(seminar)
        await they_are_reminded(seminar)
        await they_check_in(seminar)
        await its_minutes_close_the_item(seminar)
        nothing_came_at_night_or_twice(seminar)


async def everybody_is_invited(seminar: Seminar) -> None:
    marina = seminar.marina
    await looks(marina, "Встречи", "Новая встреча", "10 ")
    await marina.says("27.01 11:00")
    await marina.says(PLACE)
    await goes(marina, "Кого пригласить", "Команды школ", "К встрече", "Название")
    await marina.says(TITLE)
    await goes(marina, "Посмотреть приглашение")
    absent = len(seminar.play.cast.newcomers)
    assert f"Пригласить: {len(seminar.team) + absent}, из них бот не может написать {absent}" in told(marina)
    await goes(marina, "Пригласить:")
    await seminar.lives_to("2022-01-20 10:30")
    for one in seminar.team:
        (invitation,) = [each for each in seminar.play.said(one.private()) if TITLE in plain(each)]
        assert plain(invitation).splitlines()[:4] == [
            f"📅 {TITLE}",
            "п. 10 дорожной карты",
            "",
            "27 января, чт, 11:00–12:00",
        ]


async def most_answer(seminar: Seminar) -> None:
    first, second, *others = seminar.team
    for one in others:
        await goes(one, "Приду")
    await goes(first, "Не смогу")
    await first.says("Урок в 11 классе")
    await goes(second, "Придёт другой")
    await second.says("Петрова Анна Сергеевна, завуч")
    await looks(seminar.marina, "Встречи", "27 января", "Кто придёт")
    said = told(seminar.marina)
    assert "Урок в 11 классе" in said or "Не смогут: 1" in str(seminar.marina.last(seminar.marina.private()).buttons)


async def it_is_moved_twice_in_a_minute(seminar: Seminar) -> None:
    marina = seminar.marina
    await seminar.lives_to("2022-01-21 21:30")
    for time in ("28.01 11:00", "31.01 12:00"):
        await looks(marina, "Встречи", "января", "Изменить", "Когда")
        await marina.says(time)
    assert [one for one in seminar.team if seminar.told(one, "другое время")] == []
    await seminar.lives_to("2022-01-22 12:00")
    for one in seminar.team:
        (moved,) = [each for each in seminar.news(one) if "другое время" in plain(each)]
        assert (local(moved)[11:13], "Теперь: 31 января, пн, 12:00–13:00" in plain(moved)) == ("08", True)
    for one in seminar.team:
        await goes(one, "Приду")
    calendar = await event(seminar, seminar.heads[0])
    assert (calendar.uid.value, calendar.sequence.value, calendar.dtstart.value) == (
        "meeting-1@roadmap500",
        "2",
        msk("2022-01-31 12:00"),
    )


async def event(seminar: Seminar, who: Person) -> vobject.base.Component:
    """The file «В календарь», read by another library."""
    await looks(who, "Встречи", "31 января", "В календарь")
    media = [one.media for one in who.messages(who.private()) if one.media is not None][-1]
    file = seminar.play.world.files.get(media.files[-1])
    assert file is not None
    found: vobject.base.Component = vobject.readOne(file.data.decode()).vevent
    return found


async def they_are_reminded(seminar: Seminar) -> None:
    await seminar.lives_to("2022-01-31 11:30")
    for one in seminar.team:
        mornings = [
            local(each)[:10]
            for each in seminar.news(one)
            if each.text.startswith("📅 Сегодня") and TITLE in plain(each)
        ]
        assert mornings in (["2022-01-24", "2022-01-28"], ["2022-01-24", "2022-01-30"]), mornings
        (hour,) = [
            each for each in seminar.news(one) if plain(each).startswith("Через час") or "Через час" in plain(each)
        ]
        assert (local(hour), "https://meet.example.ru/10" in plain(hour)) == ("2022-01-31 11:00", True)


async def they_check_in(seminar: Seminar) -> None:
    marina, play = seminar.marina, seminar.play
    await seminar.lives_to("2022-01-31 12:05")
    await looks(marina, "Встречи", "31 января", "Отметка участников", "По коду", "30 минут")
    code = "".join(sign for sign in told(marina).split("Код для участников:")[1].splitlines()[2] if sign.isdigit())
    assert len(code) == 4
    for one in seminar.heads:
        await one.says(code)
    await goes(marina, "Обновить")
    assert "Команд школ: 7 из 8 (87 %)" in told(marina)
    assert "Показатель п. 10: 7 из 8" in told(marina)
    last = play.cast.parts[play.cast.newcomers[0]].place
    await goes(marina, "По списку", "Дальше ›", f"0/2 {last[:6]}")
    await goes(marina, "– ", "К школам", "К отметке")
    assert "Команд школ: 8 из 8 (100 %)" in told(marina)
    board = await looks(marina, "Дорожная карта", "Дальше ›", "п. 10")
    assert "8 из 8 школ" in board, board


async def its_minutes_close_the_item(seminar: Seminar) -> None:
    marina = seminar.marina
    await seminar.lives_to("2022-01-31 14:00")
    await looks(marina, "Встречи", "31 января", "Итоги встречи", "Написать итоги")
    await marina.says("Всем школам разместить документы до 20 марта.")
    await goes(marina, "Файлы")
    await marina.sends_document(
        b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "Протокол.pdf", mime="application/pdf"
    )
    await goes(marina, "К итогам", "Разослать итоги", "Разослать и")
    await seminar.lives_to("2022-01-31 14:30")
    for one in seminar.team:
        said = seminar.play.said(one.private())
        assert any("Всем школам разместить документы" in plain(each) for each in said)
        assert [name for each in said if (name := file_name(each))][-1:] == ["Протокол.pdf"]
    assert "Закрыт" in await looks(marina, "Дорожная карта", "Дальше ›", "п. 10")


def file_name(message: Message) -> str:
    """Of what came with a message; empty for none."""
    content = message.media.content if message.media is not None else {}
    return str(content.get("file_name", "")) if isinstance(content, dict) else ""


def nothing_came_at_night_or_twice(seminar: Seminar) -> None:
    """Of what the bot said by itself: not the cards that people opened."""
    for who in seminar.play.cast.parts:
        said = [one for one in seminar.play.said(who.private()) if TITLE in plain(one)]
        about = [one for one in said if "Ваш ответ" not in plain(one)] if who is not seminar.marina else []
        assert [local(one) for one in about if not "08:00" <= local(one)[11:] < "20:00"] == []
        twice = [key for key, times in Counter((local(one), plain(one)) for one in about).items() if times > 1]
        assert twice == []
