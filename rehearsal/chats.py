"""Chats: a private one for each pair of a bot and a person, groups and supergroups with members and topics."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehearsal.accounts import Account, BotAccount
from rehearsal.refusals import Json

if TYPE_CHECKING:
    from rehearsal.messages import Message
    from rehearsal.person import Person

PRESENT = {"creator", "administrator", "member", "restricted"}


@dataclass(eq=False, kw_only=True, repr=False)
class Chat:
    """What private chats and groups have in common. Message ids are counted in each chat by itself."""

    id: int
    kind: str
    next_message_id: int = 1
    messages: "dict[int, Message]" = field(default_factory=dict)
    pinned: "list[Message]" = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id} «{self.title}»>"

    @property
    def title(self) -> str:
        raise NotImplementedError

    def wire(self) -> Json:
        raise NotImplementedError

    def has(self, account: Account) -> bool:
        """Whether the account takes part in the chat now."""
        raise NotImplementedError

    def live(self) -> "Iterator[Message]":
        """Messages that are not deleted, oldest first."""
        return (message for message in self.messages.values() if not message.deleted)


@dataclass(eq=False, kw_only=True, repr=False)
class PrivateChat(Chat):
    person: "Person"
    bot: BotAccount
    kind: str = "private"
    blocked: bool = False
    started: bool = False
    """Whether the person pressed «Start» before there was anything to remember."""

    @property
    def title(self) -> str:
        return self.bot.first_name

    def wire(self) -> Json:
        chat = {key: value for key, value in self.person.wire().items() if key not in {"is_bot", "language_code"}}
        return chat | {"type": "private"}

    def has(self, account: Account) -> bool:
        return account is self.person or account is self.bot


@dataclass(eq=False)
class Membership:
    """Somebody's place in a group: one of Telegram's statuses, ``left`` and ``kicked`` included."""

    account: Account
    status: str

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    @property
    def leads(self) -> bool:
        return self.status in {"creator", "administrator"}

    def wire(self) -> Json:
        """The place as Telegram's ``ChatMember``."""
        member: Json = {"user": self.account.wire(), "status": self.status}
        if self.status == "creator":
            member["is_anonymous"] = False
        elif self.status == "administrator":
            member |= ADMIN_RIGHTS
        elif self.status == "kicked":
            member["until_date"] = 0
        return member


ADMIN_RIGHTS: Json = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": True, "can_restrict_members": True, "can_promote_members": False,
    "can_change_info": True, "can_invite_users": True, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False, "can_pin_messages": True, "can_manage_topics": True,
    "can_send_welcome_messages": False,
}  # fmt: skip


@dataclass(eq=False)
class Topic:
    id: int
    title: str
    closed: bool = False


@dataclass(eq=False, kw_only=True, repr=False)
class Group(Chat):
    """A group or a supergroup; after an upgrade the old one points at the new one."""

    name: str
    forum: bool = False
    muted: bool = False
    """Only administrators may write."""
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: "Group | None" = None
    last_writer: Account | None = None

    @property
    def title(self) -> str:
        return self.name

    @property
    def now(self) -> "Group":
        """The group itself or, after an upgrade, the supergroup it has become."""
        return self.migrated_to.now if self.migrated_to else self

    def wire(self) -> Json:
        chat: Json = {"id": self.id, "type": self.kind, "title": self.name}
        if self.forum:
            chat["is_forum"] = True
        return chat

    def place(self, account: Account) -> Membership:
        return self.members.get(account.id) or Membership(account, "left")

    def has(self, account: Account) -> bool:
        return self.place(account).present

    def present(self) -> list[Membership]:
        return [member for member in self.members.values() if member.present]

    def bots(self) -> list[BotAccount]:
        return [m.account for m in self.present() if isinstance(m.account, BotAccount)]
