"""Files that people send: their size is looked at before anything is downloaded."""

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Document
from aiohttp import ClientError

from domain.refusal import Refusal

TIMEOUT_S = 30
"""Of a download: a village's network is slow."""


async def download(bot: Bot, file_id: str, otherwise: str) -> bytes:
    """What is in a file. Raises ``Refusal`` with the text id ``otherwise`` where the messenger does not give it now.

    Never inside a transaction: it is the network.
    """
    try:
        content = await bot.download(file_id, timeout=TIMEOUT_S)
    except (ClientError, TimeoutError, TelegramBadRequest) as error:
        raise Refusal(otherwise) from error
    return content.read() if content is not None else b""


def is_larger(document: Document, limit: int) -> bool:
    """Whether a document is known to have more bytes."""
    return (document.file_size or 0) > limit
