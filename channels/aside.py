"""What is said past the outbox, while somebody looks at it."""

from channels.base import Channel
from channels.limiter import Limiter
from domain.album import count
from domain.outbox import Failure, Outgoing, Sent


class Aside:
    """Sends through another channel at once and counts it among the answers of handlers."""

    def __init__(self, channel: Channel, limiter: Limiter) -> None:
        self._channel = channel
        self._limiter = limiter

    async def send(self, message: Outgoing) -> Sent | Failure:
        """Try once."""
        self._limiter.take(message.chat, count(message), is_answer=True)
        return await self._channel.send(message)
