"""What the product asks of a messenger."""

from typing import Protocol

from domain.outbox import Failure, Outgoing, Sent


class Channel(Protocol):
    """Sends one message. Every way it can fail is a ``Failure`` of the closed table, never an exception.

    Raises ``NetworkInsideTransactionError`` when called with a transaction open.
    """

    async def send(self, message: Outgoing) -> Sent | Failure:
        """Try once."""
        ...


class FileSource(Protocol):
    """Hands over what people sent.

    Raises ``NetworkInsideTransactionError`` when called with a transaction open.
    """

    async def fetch(self, remote_id: str) -> bytes | None:
        """What is in a file; ``None`` where the messenger does not give it now."""
        ...
