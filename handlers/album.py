"""An album arrives as several messages at once: what is said of it is said once."""

from collections import OrderedDict

from aiogram.types import Message

_REMEMBERED = 500


class Albums:
    """Remembers the first message of each of the latest albums."""

    def __init__(self) -> None:
        self._first: OrderedDict[tuple[int, str], int] = OrderedDict()

    def is_rest(self, message: Message) -> bool:
        """Whether another message of the same album came before; asking again gives the same answer."""
        if message.media_group_id is None:
            return False
        first = self._first.setdefault((message.chat.id, message.media_group_id), message.message_id)
        if len(self._first) > _REMEMBERED:
            self._first.popitem(last=False)
        return first != message.message_id


async def is_rest_of_album(message: Message, albums: Albums) -> bool:
    """For routers: a further message of an album."""
    return albums.is_rest(message)


async def said_already(_message: Message) -> None:
    """Nothing more."""
