"""What a bot hears. In private everything; in a group with privacy mode on, only what is meant for it."""

import re

from rehearsal.accounts import BotAccount
from rehearsal.chats import Group
from rehearsal.messages import Message

COMMAND = re.compile(r"/\w{1,32}(?:@(\w+))?(?=\s|$)")


def hears(bot: BotAccount, message: Message) -> bool:
    """Whether the server gives this message to the bot."""
    chat = message.chat
    if not isinstance(chat, Group) or message.service is not None:
        return True
    if not bot.privacy or chat.place(bot).leads:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    return commands(bot, message)


def commands(bot: BotAccount, message: Message) -> bool:
    """Whether the text begins with a command for this bot: addressed to it, or to nobody in particular."""
    if message.media is not None:
        return False
    found = COMMAND.match(message.text)
    if not found:
        return False
    addressee = found.group(1)
    return addressee is None or addressee.lower() == (bot.username or "").lower()
