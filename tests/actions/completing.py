"""A school that confirms: files that a messenger hands over, or does not."""

from dataclasses import dataclass, field

from actions.completion import FileAnswer
from actions.draft import DraftView
from bot.core import Core
from domain.evidence import SentFile
from domain.guard import refuse_inside_transaction
from domain.people import Member
from tests.people import SettableClock


@dataclass
class Handing:
    """A messenger's files in memory: id → content; what is not there is not handed over. ``asked`` are the ids."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, remote_id: str) -> bytes | None:
        """Try once."""
        refuse_inside_transaction()
        self.asked.append(remote_id)
        return self.files.get(remote_id)


@dataclass
class Confirming:
    """Somebody at work on one confirmation."""

    core: Core
    clock: SettableClock
    by: Member
    source: Handing = field(default_factory=Handing)
    _sent: int = 0

    async def begins(self, item_id: int = 1) -> DraftView:
        """Open the draft of an item."""
        found = await self.core.completions.begin(item_id, by=self.by, now=self.clock())
        assert isinstance(found, DraftView)
        return found

    async def gives(
        self, completion_id: int, content: bytes | None, name: str = "Программа.pdf", *, size: int | None = None
    ) -> FileAnswer:
        """Send a file; one without content is not handed over now."""
        self._sent += 1
        remote = f"remote-{self._sent}"
        if content is not None:
            self.source.files[remote] = content
        sent = SentFile("telegram", remote, f"1:{self._sent}", name, size if content is None else len(content))
        return await self.again(completion_id, sent)

    async def again(self, completion_id: int, sent: SentFile) -> FileAnswer:
        """Send that very file."""
        return await self.core.completions.add_file(completion_id, sent, self.source, by=self.by, now=self.clock())

    async def sends(self, completion_id: int) -> tuple[DraftView, bool]:
        """«Отправить»."""
        return await self.core.completions.send(completion_id, by=self.by, now=self.clock())
