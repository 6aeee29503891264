"""What a person does in the messenger, asked for by the page."""

from rehearsal.chats import Chat, Group
from rehearsal.page.action import Action
from rehearsal.page.view import PageView
from rehearsal.person import Person
from rehearsal.pressing import UnansweredError
from rehearsal.refusals import Json
from rehearsal.world import World

LONGEST_TEXT = 4096


class PeopleActions:
    """Each names the acting ``person`` and the ``chat``: a group's id, or the person's own for the private one."""

    def __init__(self, world: World, view: PageView) -> None:
        self.world = world
        self.view = view

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {
            "say": self.say,
            "press": self.press,
            "follow": self.follow,
            "add-bot": self.add_bot,
            "read": self.read,
        }

    def _person(self, asked: Json) -> Person:
        return self.world.people[asked["person"]]

    def _chat(self, asked: Json) -> Chat:
        """A group by its id, or the private chat of the person who acts."""
        person = self._person(asked)
        return person.private() if asked["chat"] == person.id else self._group(asked)

    def _group(self, asked: Json) -> Group:
        return self.world.groups[asked["chat"]].now

    async def say(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "text": "...", "reply_to": id?}``"""
        text, chat = asked["text"], self._chat(asked)
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise ValueError("a text has 1-4096 characters")
        reply_to = asked.get("reply_to")
        self._person(asked).says(text, chat, reply_to=chat.messages[reply_to] if reply_to else None)
        return {}

    async def press(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "message": id, "data": "..."}`` → the bot's answer; ``answered`` says if any."""
        person, chat = self._person(asked), self._chat(asked)
        if not chat.has(person):
            raise ValueError("only a member presses")
        pressed = person.presses_data(chat.messages[asked["message"]], asked["data"])
        try:
            answer = await pressed
        except UnansweredError:
            return {"answered": False}
        return {"answered": True, "text": answer.text, "alert": answer.alert, "url": answer.url}

    async def follow(self, asked: Json) -> Json:
        """``{"person": id, "url": "https://t.me/<bot>?start=..."}``"""
        self._person(asked).follows(asked["url"])
        return {}

    async def add_bot(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}``"""
        group, person = self._group(asked), self._person(asked)
        if not group.has(person):
            raise ValueError("only a member adds the bot")
        person.adds_bot(group)
        return {}

    async def read(self, asked: Json) -> Json:
        """``{"chat": id, "order": n}``: everything up to it has been seen."""
        self.view.read(int(asked["chat"]), int(asked["order"]))
        return {}
