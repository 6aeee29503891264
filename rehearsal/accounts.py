"""Who lives in the world: bots and, in ``person.py``, people."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehearsal.refusals import Json
from rehearsal.updates import UpdateQueue

if TYPE_CHECKING:
    from rehearsal.webhook import Webhook


@dataclass(eq=False, kw_only=True, repr=False)
class Account:
    """A user of the messenger. Ids are 64-bit and mean nothing."""

    id: int
    first_name: str
    last_name: str = ""
    username: str | None = None
    language: str = "ru"

    @property
    def is_bot(self) -> bool:
        return False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.name}>"

    def wire(self) -> Json:
        """The account as Telegram's ``User``."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if not self.is_bot:
            user["language_code"] = self.language
        return user


@dataclass(eq=False, kw_only=True, repr=False)
class BotAccount(Account):
    """A bot: its token, its queue of updates and what it told the server about itself."""

    token: str
    queue: UpdateQueue
    privacy: bool = True
    """With privacy mode on, the bot hears in groups only what is meant for it."""
    webhook: "Webhook | None" = None
    allowed_updates: list[str] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """Commands by (scope as JSON, language)."""
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    polled: bool = False
    poller: object | None = None
    """The long poll that waits at this moment, if any."""

    @property
    def is_bot(self) -> bool:
        return True

    def me(self) -> Json:
        """The answer to ``getMe``."""
        abilities = {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return self.wire() | abilities

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are asked for; by default all but ``chat_member`` and reactions."""
        if self.allowed_updates:
            return kind in self.allowed_updates
        return kind not in {"chat_member", "message_reaction", "message_reaction_count"}
