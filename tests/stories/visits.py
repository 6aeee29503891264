"""Three curators and their eight schools in the rehearsal: who they are, and how they plan and tell of visits."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.picking import label
from handlers.visit import NAME
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.region import Part, Post
from storage import risk_factor as risk_rows
from tests.stories.conftest import goes
from tests.stories.item_20 import A_MOMENT, Region, looks, menu, told

NO_37, TEYKOVO, TALITSY = "Средняя школа № 37", "МСОШ № 2", "Талицкая СОШ"
"""Natalya's."""
MUGREEVO, VICHUGA, SHEKSHOVO = "МКСОШ с. Мугреево-Дмитриевское", "ООШ № 6", "Шекшовская основная школа"
"""Pavel's, then Inna's."""
VOSKRESENSK, RODNIKI = "Воскресенская основная школа", "Центральная городская СОШ"
"""Svetlana's."""
STAFF, METHOD, MOTIVATION = "Дефицит педагогических", "Недостаточная предмет", "Низкая учебная мотивация"
NOT_BEGUN, PLAN, UNDER_WAY, RESULT = "Работа не начата", "Есть план", "Работа идёт", "Есть результат"
TELL, HOW = "Рассказать о визите", "Как прошёл визит?"
REFUSED = "Подробности доступны участникам проекта. Попросите у координатора приглашение."


@dataclass(frozen=True)
class Told:
    """What a curator says in a report: a level for each risk of the school in the order of the list, then what they
    type; what is empty is skipped."""

    levels: tuple[str, ...]
    seen: str = ""
    remarks: str = ""
    proposals: str = ""
    agreed: str = ""


class Road(Region):
    """The region of item 20 with its curators on the road."""

    inna: Person
    """Comes in Pavel's place."""

    def __post_init__(self) -> None:
        self.natalya, self.pavel, self.svetlana = self.play.cast.of(Post.CURATOR)
        super().__post_init__()

    def head(self, school: str) -> Person:
        """Who leads a school."""
        return next(one for one in self.play.cast.directors if self.school(one) == school)

    def joined(self, first_name: str, last_name: str) -> Person:
        """A further curator with a phone, of whom the bot knows nothing."""
        person = self.play.world.add_person(first_name, last_name)
        self.play.cast.parts[person] = Part(Post.CURATOR)
        return person

    async def ticks(self, schools: Iterable[str], *risks: str) -> None:
        """The profiles of schools, where the story is about something else than these buttons."""
        known = dict(self.play.look.rows("SELECT name, id FROM school"))
        async with self.stage.app.core.database.transaction() as tx:
            factors = [one for one in await risk_rows.every(tx) if one.name.startswith(risks)]
            for school in schools:
                for one in factors:
                    await risk_rows.tick(tx, known[school], one.id)

    def hears(self, words: str) -> dict[str, str]:
        """Whoever was told something with these words since the story was read, and the whole of it."""
        return {name: text for (_, text), who in self.heard().items() if words in text for name in who}

    def file(self, who: Person, name: str) -> bytes:
        """What is in the latest file of that name that the bot sent somebody."""
        sent = [one for one in self.play.said(who.private()) if one.media is not None and _name(one) == name]
        assert sent[-1].media is not None
        file = self.play.world.files.get(sent[-1].media.files[-1])
        assert file is not None
        return file.data


def _name(message: Message) -> str:
    content = message.media.content if message.media else {}
    return str(content.get("file_name", "")) if isinstance(content, dict) else ""


async def says(who: Person, text: str) -> str:
    """Somebody types an answer a moment later; what they see then."""
    who.world.clock.advance(A_MOMENT)
    await who.says(text)
    return told(who)


async def opens(who: Person, school: str, *buttons: str) -> str:
    """A curator finds a school among their visits."""
    return await looks(who, "Визиты", label(school, NAME), *buttons)


async def proposes(who: Person, school: str, typed: str) -> str:
    """A day of a first visit, in words."""
    await opens(who, school, "Предложить день")
    return await says(who, typed)


async def presses_day(who: Person, school: str, *buttons: str) -> str:
    """A day of a first visit, by its button."""
    return await opens(who, school, "Предложить день", *buttons)


async def sends_schedule(who: Person, count: str) -> str:
    """Read back, and sent."""
    read_back = await looks(who, "Визиты", "Отправить график")
    answer = await who.presses("Отправить", chat=who.private())
    assert answer.text.replace("\u00a0", " ") == f"Отправлено: {count}."
    return read_back


async def approves(road: Road, curator: Person, count: str) -> str:
    """The coordinator looks at what a curator asks for and approves it; what was seen."""
    road.read()
    seen = await looks(road.marina, "Визиты", "Графики на утверждение", curator.name)
    answer = await road.marina.presses("Утвердить", chat=road.marina.private())
    assert answer.text.replace("\u00a0", " ") == f"Утверждено: {count}. Куратору и школам написано."
    await road.waits()
    return seen


async def begins(who: Person, levels: Iterable[str]) -> None:
    """Whom one has met, and how far the work on each risk is."""
    await goes(who, "Директор", "Готово", *levels)


async def words(who: Person, said: Told) -> None:
    """The documents are as the bot knows them; then what is typed. An agreed action is read back."""
    await goes(who, "Да")
    for text in (said.seen, said.remarks, said.proposals, said.agreed):
        if text:
            await says(who, text)
        else:
            await goes(who, "Пропустить")
    if said.agreed:
        await goes(who, "Верно")


async def ends(who: Person) -> None:
    """Whatever else is asked is skipped, and it is sent."""
    while "Отправить" not in menu(who):
        await goes(who, "Пропустить")
    answer = await who.presses("Отправить", chat=who.private())
    assert answer.text == "Отчёт отправлен."


async def reports(who: Person, said: Told) -> None:
    """A whole report, from the button under the evening's question."""
    who.world.clock.advance(A_MOMENT)
    await goes(who, TELL)
    await begins(who, said.levels)
    await words(who, said)
    await ends(who)


async def reviews(road: Road, school: str, *buttons: str) -> str:
    """The coordinator opens a report that waits."""
    return await looks(road.marina, "Визиты", "Отчёты на проверку", f"№ 1 · {school}", *buttons)
