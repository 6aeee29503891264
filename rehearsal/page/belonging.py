"""Who is where: blocking the bot, names, coming into groups and leaving them, asked for by the page's menus."""

from rehearsal.page.action import Action, NotDoneError
from rehearsal.page.asking import Asked
from rehearsal.refusals import Json
from rehearsal.world import World

LONGEST_TITLE = 128
LONGEST_NAME = 64


class BelongingActions:
    """Each names the acting ``person``; those about a group name it as ``chat``, and the person must be in it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {
            "block": self.block,
            "unblock": self.unblock,
            "rename-self": self.rename_self,
            "rename-group": self.rename_group,
            "leave": self.leave,
            "come-back": self.come_back,
            "add-bot": self.add_bot,
            "remove-bot": self.remove_bot,
            "upgrade": self.upgrade,
        }

    async def block(self, asked: Json) -> Json:
        """``{"person": id}``"""
        Asked(self.world, asked).person.blocks()
        return {}

    async def unblock(self, asked: Json) -> Json:
        """``{"person": id}``"""
        Asked(self.world, asked).person.unblocks()
        return {}

    async def rename_self(self, asked: Json) -> Json:
        """``{"person": id, "name": "Имя Фамилия"}``: the first word is the first name."""
        step = Asked(self.world, asked)
        first, _, last = step.words("name", LONGEST_NAME).partition(" ")
        step.person.renames_self(first, last.strip())
        return {}

    async def rename_group(self, asked: Json) -> Json:
        """``{"person": id, "chat": id, "title": "..."}``"""
        step = Asked(self.world, asked)
        step.person.renames(step.own_group, step.words("title", LONGEST_TITLE))
        return {}

    async def leave(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}``"""
        step = Asked(self.world, asked)
        step.person.leaves(step.own_group)
        return {}

    async def come_back(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}``: only for whoever has been in the group before."""
        step = Asked(self.world, asked)
        if step.person.id not in step.group.members:
            raise NotDoneError("not-in-group", name=step.person.name)
        step.person.joins(step.group)
        return {}

    async def add_bot(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}``"""
        step = Asked(self.world, asked)
        step.person.adds_bot(step.own_group)
        return {}

    async def remove_bot(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}``"""
        step = Asked(self.world, asked)
        step.person.removes_bot(step.own_group)
        return {}

    async def upgrade(self, asked: Json) -> Json:
        """``{"person": id, "chat": id}`` → ``{"chat": id}`` of the supergroup."""
        group = Asked(self.world, asked).own_group
        if group.kind != "group":
            raise NotDoneError("supergroup")
        return {"chat": self.world.migrate(group).id}
