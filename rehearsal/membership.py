"""Who comes, goes, leads and blocks, with the updates and service messages Telegram sends about it."""

from typing import TYPE_CHECKING

from rehearsal.accounts import Account, BotAccount
from rehearsal.chats import Chat, Group, Membership, PrivateChat
from rehearsal.events import Event
from rehearsal.posting import post, tell
from rehearsal.wire import member_changed_json

if TYPE_CHECKING:
    from rehearsal.world import World


def change(world: "World", group: Group, account: Account, status: str, by: Account) -> None:
    """Give the account another status in the group and tell the bots concerned."""
    old = group.place(account)
    if old.status == status:
        return
    new = Membership(account, status)
    listening = group.bots()
    group.members[account.id] = new
    told = member_changed_json(group, by, world.date(), old, new)
    if isinstance(account, BotAccount):
        _push(account, "my_chat_member", told, group)
    for bot in listening:
        if bot is not account and group.place(bot).leads:
            _push(bot, "chat_member", told, group)
    world.events.publish(Event("membership", group, account=account, detail=status))


def _push(bot: BotAccount, kind: str, told: dict[str, object], chat: Chat) -> None:
    if bot.wants(kind):
        bot.queue.push(kind, told, chat.id)


def enter(world: "World", group: Group, account: Account, by: Account, status: str = "member") -> None:
    """Come into the group; if the one who adds is the one who comes, that is joining."""
    if group.has(account):
        return
    change(world, group, account, status, by)
    post(world, group, by, service={"new_chat_members": [account.wire()]})


def depart(world: "World", group: Group, account: Account, by: Account) -> None:
    """Leave, or be removed by somebody else. A removed bot still hears about its own removal."""
    if not group.has(account):
        return
    change(world, group, account, "left" if account is by else "kicked", by)
    farewell = post(world, group, by, service={"left_chat_member": account.wire()})
    if isinstance(account, BotAccount) and account is not by:
        tell(account, "message", farewell)


def rename(world: "World", group: Group, title: str, by: Account) -> None:
    group.name = title
    post(world, group, by, service={"new_chat_title": title})
    world.events.publish(Event("chat", group, detail=title))


def set_blocked(world: "World", chat: PrivateChat, *, blocked: bool) -> None:
    """The person blocks the bot or lets it write again."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (Membership(chat.bot, status) for status in statuses)
    told = member_changed_json(chat, chat.person, world.date(), old, new)
    _push(chat.bot, "my_chat_member", told, chat)
    world.events.publish(Event("membership", chat, account=chat.bot, detail=new.status))
