"""What a person says and presses in the messenger, asked for by the page."""

from pathlib import Path

from rehearsal.chats import PrivateChat
from rehearsal.events import Event
from rehearsal.messages import Message
from rehearsal.page.action import Action, NotDoneError
from rehearsal.page.asking import Asked
from rehearsal.page.tallies import Tallies
from rehearsal.pressing import UnansweredError
from rehearsal.refusals import Json
from rehearsal.world import World

LONGEST_TEXT = 4096
VOICE = Path(__file__).parent / "static" / "voice.ogg"
"""A ready voice message: an Opus sample of ``VOICE_S`` seconds."""
VOICE_S = 4


class PeopleActions:
    """Each names the acting ``person`` and the ``chat``: a group's id, or the person's own for the private one."""

    def __init__(self, world: World, tallies: Tallies) -> None:
        self.world = world
        self.tallies = tallies

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {
            "say": self.say,
            "press": self.press,
            "follow": self.follow,
            "place": self.place,
            "voice": self.voice,
            "read": self.read,
        }

    async def say(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "text": "...", "reply_to": id?}``; an answer goes to the topic it answers in."""
        step = Asked(self.world, asked)
        text, chat = step.words("text", LONGEST_TEXT), step.own_chat
        reply_to = step.reply_in(chat)
        step.person.says(text, chat, reply_to=reply_to, topic=reply_to.thread if reply_to else None)
        return {}

    async def press(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "message": id, "data": "..."}`` → the bot's answer; ``answered`` says if any."""
        step = Asked(self.world, asked)
        chat = step.own_chat
        message: Message = chat.messages[asked["message"]]
        if isinstance(chat, PrivateChat) and chat.blocked:
            raise NotDoneError("bot-blocked")
        pressed = step.person.presses_data(message, asked["data"])
        try:
            answer = await pressed.answered()
        except UnansweredError:
            return {"answered": False}
        return {"answered": True, "text": answer.text, "alert": answer.alert, "url": answer.url}

    async def follow(self, asked: Json) -> Json:
        """``{"person": id, "url": "https://t.me/<bot>?start=..."}``"""
        Asked(self.world, asked).person.follows(asked["url"])
        return {}

    async def place(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "latitude": 57.0, "longitude": 40.9}``"""
        step = Asked(self.world, asked)
        latitude, longitude = step.number("latitude", 90), step.number("longitude", 180)
        step.person.sends_location(latitude, longitude, step.own_chat)
        return {}

    async def voice(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}``: the ready sample."""
        step = Asked(self.world, asked)
        step.person.sends_voice(VOICE.read_bytes(), VOICE_S, step.own_chat)
        return {}

    async def read(self, asked: Json) -> Json:
        """``{"chat": id, "order": n}``: everything up to it has been seen → how many after it are new."""
        order, chat_id = int(asked["order"]), asked["chat"]
        chat = self.world.groups.get(chat_id) or self.world.privates.get((self.world.bot.id, chat_id))
        if chat is not None:
            self.tallies.read(chat, order)
            self.world.events.publish(Event("read", chat))
        return {"unread": self.tallies.of(chat).unread}
