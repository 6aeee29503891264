"""A chat by the id the product knows it by."""

from rehearsal.chats import Chat
from rehearsal.world import World


def chat_of(world: World, chat_id: int) -> Chat | None:
    """The group as it is now, or the person's chat with the bot; None where nobody has opened it."""
    group = world.groups.get(chat_id)
    return group.now if group else world.privates.get((world.bot.id, chat_id))


def title_of(world: World, chat_id: int) -> str:
    """What the list of chats calls it: the group's title, the person's name."""
    group, person = world.groups.get(chat_id), world.people.get(chat_id)
    return group.now.name if group else person.name if person else ""
