"""A group becomes a supergroup: another id, new message numbers, the same people."""

from typing import TYPE_CHECKING

from rehearsal.chats import Group, Membership
from rehearsal.events import Event
from rehearsal.posting import post

if TYPE_CHECKING:
    from rehearsal.world import World


def migrate(world: "World", group: Group) -> Group:
    """Upgrade ``group`` and return the supergroup; both chats get the service message that names the other."""
    if group.kind != "group" or group.migrated_to:
        raise ValueError("only a group that was not upgraded yet becomes a supergroup")
    heir = Group(id=world.group_id("supergroup"), kind="supergroup", name=group.name, muted=group.muted)
    heir.members = {key: Membership(place.account, place.status) for key, place in group.members.items()}
    world.groups[heir.id] = heir
    owner = next((place.account for place in group.members.values() if place.status == "creator"), None)
    author = owner or next(iter(group.members.values())).account
    post(world, group, author, service={"migrate_to_chat_id": heir.id})
    group.migrated_to = heir
    post(world, heir, author, service={"migrate_from_chat_id": group.id})
    world.events.publish(Event("chat", heir, detail=str(group.id)))
    return heir
