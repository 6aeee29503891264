"""What is known of a bot's webhook."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Webhook:
    """Where updates go. ``last_error`` is the Unix time and the words of the latest failure."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: tuple[int, str] | None = None
    busy_keys: set[int] = field(default_factory=set)
    """Chats whose update is under way: the next one waits for it."""
