"""A message as the server remembers it, with its edits."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rehearsal.accounts import Account
from rehearsal.awaited import Awaited
from rehearsal.chats import Chat
from rehearsal.refusals import Json
from rehearsal.rich_render import render_html

if TYPE_CHECKING:
    from rehearsal.world import World

Rows = list[list[Json]]


@dataclass(slots=True)
class Media:
    """What a message carries besides words: Telegram's field name and its content."""

    kind: str
    content: Json | list[Json]
    files: list[str] = field(default_factory=list)
    """Ids of the files, the best one last."""


@dataclass(frozen=True, slots=True)
class Edit:
    """How the message read before it was edited, and when that happened."""

    text: str
    entities: list[Json]
    keyboard: Rows
    at: datetime


@dataclass(eq=False, slots=True, kw_only=True)
class Message(Awaited):
    """What was said, by a person or by a bot, or a service message about a chat."""

    world: "World"
    chat: Chat
    id: int
    order: int
    """Grows over all chats of the world: later messages have a greater one."""
    date: int
    sender: Account
    text: str = ""
    """The text, or the caption where there is media."""
    entities: list[Json] = field(default_factory=list)
    media: Media | None = None
    keyboard: Rows = field(default_factory=list)
    reply_keyboard: Json | None = None
    reply_to: "Message | None" = None
    thread: int | None = None
    in_topic: bool = False
    album: str | None = None
    service: Json | None = None
    forwarded: Json | None = None
    link_preview: Json | None = None
    protected: bool = False
    silent: bool = False
    edited: int | None = None
    edits: list[Edit] = field(default_factory=list)
    deleted: bool = False
    forgotten: bool = False
    """Too old for the server to show to the bot: a press gives it as ``InaccessibleMessage``."""

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.date, UTC)

    @property
    def html(self) -> str:
        """The words as safe HTML with Telegram's tags."""
        return render_html(self.text, self.entities)

    @property
    def buttons(self) -> list[str]:
        """Captions of the inline buttons, row after row."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, text: str) -> Json | None:
        """The first button whose caption is ``text`` or, failing that, contains it."""
        buttons = [button for row in self.keyboard for button in row]
        exact = (button for button in buttons if button["text"] == text)
        return next(exact, None) or next((button for button in buttons if text in button["text"]), None)

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.chat.id} from {self.sender.first_name}: {self.text[:60]!r} {self.buttons}>"


@dataclass(frozen=True, slots=True)
class Album(Awaited):
    """Photos sent at once: separate messages with one ``media_group_id``."""

    world: "World" = field(repr=False)
    messages: list[Message]
