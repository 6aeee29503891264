"""Who lives through item 20 in the rehearsal, and what they do: all by the buttons that anybody would press."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from rehearsal.chats import Group
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.region import Post
from rehearsal.stage import Stage
from tests.people import msk
from tests.stories.conftest import Play, goes, local

TITLE = "п. 20 Концептуальные документы и антирисковые программы"
BEFORE = (*range(1, 15), *range(16, 19))
"""What is over by then, or has its own days in the same weeks: closed, so that the story is about one item."""
A_MOMENT = timedelta(seconds=5)
"""Nobody presses faster: the messenger lets a bot say about one message a second to a chat."""
LATE_1, LATE_2 = "МКСОШ с. Мугреево-Дмитриевское", "Шекшовская основная школа"
"""The late ones; the first has a municipal coordinator."""
WEEK_IS_FREE = ("", "Неделя", "Новых сроков нет.")
UNCLEAR = ("", "Требуют уточнения: 5 пунктов")
WAITS = "⏳ Ждут Вашей проверки: {}."
_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"

Heard = dict[tuple[str, str], list[str]]
"""(local time, text) → whoever was told that, as often as they were."""


@dataclass
class Region:
    """Eight schools on their way to the deadline; ``known`` is how far the story was read."""

    play: Play
    stage: Stage
    known: int = field(init=False)

    def __post_init__(self) -> None:
        cast = self.play.cast
        self.marina = cast.coordinator
        self.elena, self.viktor, self.lidia = cast.of(Post.MUNICIPAL)
        self.andrey = next(one for one in cast.of(Post.ORGANISER) if cast.parts[one].place == "Департамент")
        self.olga, self.sergey, self.anna, self.nikolay = cast.directors[:4]
        self.lyudmila, self.yulia, self.valentina, self.nadezhda = cast.directors[4:]
        self.alexey = next(one for one in cast.of(Post.DEPUTY) if self.school(one) == self.school(self.lyudmila))
        self.read()

    def school(self, who: Person) -> str:
        """Where somebody works."""
        return self.play.cast.parts[who].place

    def read(self) -> None:
        """Whatever was said until now is known."""
        self.known = self.play.world.last_order

    async def lives_to(self, moment: str) -> None:
        """The clock goes on to a Moscow time; what is said on the way is news."""
        self.read()
        await self.stage.jump_to(msk(moment))

    async def waits(self, minutes: int = 1) -> None:
        """What is to be said at once is said; reviewers are told how much waits once an hour."""
        await self.stage.jump_by(timedelta(minutes=minutes))

    def news(self, chat: Group | Person) -> list[tuple[str, str]]:
        """(local time, text) of what a chat or a person was told since the story was read."""
        messages = self.play.said(chat.private() if isinstance(chat, Person) else chat)
        return [(local(one), plain(one)) for one in messages if one.order > self.known]

    def heard(self, *but: Person) -> Heard:
        """What was said since then, and to whom: both groups and everybody ``but`` those who were pressing buttons."""
        cast, found = self.play.cast, defaultdict[tuple[str, str], list[str]](list)
        chats: list[Group | Person] = [cast.project, cast.vector, *cast.parts]
        for chat in chats:
            for one in [] if chat in but else self.news(chat):
                found[one].append(chat.name)
        return dict(found)


def plain(message: Message) -> str:
    """The text with spaces that are easy to type."""
    return message.text.replace("\u00a0", " ")


def names(*people: Person) -> list[str]:
    """How they are called."""
    return [person.name for person in people]


def screen(who: Person) -> Message:
    """The latest message of the bot to somebody in private; files they sent may stand below it."""
    return [one for one in who.messages(who.private()) if one.sender.is_bot][-1]


def told(who: Person) -> str:
    """What it says."""
    return plain(screen(who))


def menu(who: Person) -> list[str]:
    """Its buttons."""
    return screen(who).buttons


def day(head: str, *lines: str) -> str:
    """A message of the day."""
    return "\n".join((f"📅 Сегодня, {head}", *lines))


def running(left: str, done: int) -> tuple[str, str]:
    """The two lines on the item while it runs."""
    return f"⏳ {TITLE} — до 20 марта, вс ({left})", f"   выполнено: {done} из 8 школ"


def overdue(days: str, done: int, late: str = "") -> tuple[str, str]:
    """The two lines on it afterwards, to the coordinator with names."""
    missing = f"; не сделали: {late}" if late else ""
    return f"⚠️ {TITLE} — срок был 20 марта, вс (просрочено на {days})", f"   выполнено: {done} из 8 школ{missing}"


def accepted(school: str) -> str:
    """What the school is told then."""
    return f"✅ Приняли {TITLE} ({school})"


async def closes(who: Person, items: Iterable[int]) -> None:
    """Items are closed one after another, without a note."""
    for item in items:
        who.world.clock.advance(A_MOMENT)
        await who.says("/roadmap")
        await goes(who, *["Дальше ›"] * ((item - 1) // 9), f"п. {item}", "Закрыть пункт", "Без примечания")


async def looks(who: Person, *buttons: str) -> str:
    """What somebody sees who goes there from the menu."""
    who.world.clock.advance(A_MOMENT)
    await who.says("/menu")
    await goes(who, *buttons)
    return told(who)


async def sends(who: Person, *evidence: str) -> None:
    """What is open to be confirmed gets its evidence, files by their names and anything else typed, and is sent."""
    who.world.clock.advance(A_MOMENT)
    for piece in evidence:
        if piece.endswith(".pdf"):
            await who.sends_document(_PDF + piece.encode(), piece, mime="application/pdf")
        else:
            await who.says(piece)
    await goes(who, "Отправить")
    assert "\nОтправлено " in told(who)


async def confirms(who: Person, *evidence: str) -> None:
    """By way of «Мои задачи»."""
    await looks(who, "Мои задачи", "Подтвердить", TITLE[:20])
    await sends(who, *evidence)


async def comes_in(leader: Person, who: Person, school: str) -> None:
    """The coordinator finds somebody of a school and gives them a code; they come in by it and agree."""
    await leader.says("/people")
    await goes(leader, "Школы", school, who.name, "Код для входа")
    code = leader.sees("Действует один раз").text.splitlines()[1]
    await who.starts()
    await who.says(code)
    await goes(who, "Согласен")


async def goes_on_leave(who: Person, since: str, until: str, deputy: Person) -> None:
    """Somebody arranges for a colleague to stand in."""
    await looks(who, "Обо мне", "Отпуск", "Уйти в отпуск")
    await who.says(since)
    await who.says(until)
    await goes(who, deputy.name, "Подтвердить")
