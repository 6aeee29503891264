"""Who lives through item 20 in the rehearsal, and what they do: all by the buttons that anybody would press."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from rehearsal.chats import Chat
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.region import Post
from rehearsal.stage import Stage
from tests.people import msk
from tests.stories.conftest import Play, goes, local

TITLE = "п. 20 Концептуальные документы и антирисковые программы"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
BEFORE = (*range(1, 15), *range(16, 19))
"""What is over by March, and what ends before item 20 is: closed, so that the story is about one item."""


@dataclass
class Region:
    """The eight schools on their way to the deadline; ``known`` is how far the story has been read."""

    play: Play
    stage: Stage
    known: int = field(init=False)

    def __post_init__(self) -> None:
        cast = self.play.cast
        self.marina = cast.coordinator
        self.directors = cast.directors
        self.teams = {head: self._team(head) for head in self.directors}
        self.elena, self.viktor, self.lidia = cast.of(Post.MUNICIPAL)
        self.andrey = next(one for one in cast.of(Post.ORGANISER) if cast.parts[one].place == "Департамент")
        self.read()

    def _team(self, head: Person) -> tuple[Person, ...]:
        parts = self.play.cast.parts
        return tuple(person for person, part in parts.items() if part.place == parts[head].place)

    def read(self) -> None:
        """Whatever was said until now is known."""
        self.known = self.play.world.last_order

    async def lives_to(self, moment: str) -> None:
        """The clock goes on to a Moscow time; what is said on the way is news."""
        self.read()
        await self.stage.jump_to(msk(moment))

    async def waits(self) -> None:
        """A minute: what is to be said at once is said."""
        await self.stage.jump_by(timedelta(minutes=1))

    def news(self, chat: Chat | Person) -> list[tuple[str, str]]:
        """(local time, text) of what a chat or a person was told since the clock was moved last."""
        messages = self.play.said(chat.private() if isinstance(chat, Person) else chat)
        return [(local(one), plain(one)) for one in messages if one.order > self.known]

    def hearers(self, words: str) -> set[str]:
        """Who was told something with these words in private since the clock was moved last."""
        parts = self.play.cast.parts
        return {person.name for person in parts if any(words in text for _, text in self.news(person))}


def plain(message: Message) -> str:
    """The text with spaces that are easy to type."""
    return message.text.replace("\u00a0", " ")


def names(people: Iterable[Person]) -> set[str]:
    """How they are called."""
    return {person.name for person in people}


def told(who: Person) -> tuple[str, list[str]]:
    """The latest message of somebody's private chat, with its buttons."""
    last = who.last(who.private())
    return plain(last), last.buttons


async def closes(who: Person, items: Iterable[int]) -> None:
    """Items are closed one after another, without a note."""
    for item in items:
        await who.says("/roadmap")
        await goes(who, *["Дальше ›"] * ((item - 1) // 9), f"п. {item}", "Закрыть пункт", "Без примечания")


async def sends(who: Person, *evidence: str) -> None:
    """What is open to be confirmed gets its evidence (a name that ends so is a PDF) and is sent."""
    for piece in evidence:
        if piece.endswith(".pdf"):
            await who.sends_document(PDF + piece.encode(), piece, mime="application/pdf")
        else:
            await who.says(piece)
    await goes(who, "Отправить")


async def confirms(who: Person, *evidence: str) -> None:
    """«Подтвердить» under the latest message that has it, the evidence, «Отправить»."""
    await who.presses("Подтвердить", chat=who.private())
    await sends(who, *evidence)


async def comes_in(leader: Person, who: Person, school: str) -> None:
    """The coordinator finds somebody of a school and gives them a code; they come in by it and agree."""
    await leader.says("/people")
    await goes(leader, "Школы", school, who.name, "Код для входа")
    code = leader.sees("Действует один раз").text.splitlines()[1]
    await who.starts()
    await who.says(code)
    await goes(who, "Согласен")


async def looks(who: Person, *buttons: str) -> tuple[str, list[str]]:
    """What somebody sees who goes there from the menu."""
    await who.says("/menu")
    await goes(who, *buttons)
    return told(who)
