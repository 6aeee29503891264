"""The queue of updates of one bot, as the server keeps it."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clock import Clock
from rehearsal.bell import Bell
from rehearsal.refusals import Json

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    content: Json
    key: int
    """Updates with one key are delivered one after another by a webhook: the chat's id."""
    at: datetime

    def wire(self) -> Json:
        return {"update_id": self.id, self.kind: self.content}


class UpdateQueue:
    """Numbers updates, keeps each until it is confirmed and at most 24 hours by the world's clock."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._kept: deque[Update] = deque()
        self.bell = Bell()
        self.pushed = 0

    def push(self, kind: str, content: Json, key: int) -> None:
        self._kept.append(Update(self._next_id, kind, content, key, self._clock()))
        self._next_id += 1
        self.pushed += 1
        self.bell.ring()

    def pending(self) -> list[Update]:
        """What is not confirmed yet, oldest first; what is over 24 hours old is gone."""
        self._forget_old()
        return list(self._kept)

    def __len__(self) -> int:
        self._forget_old()
        return len(self._kept)

    def read(self, offset: int, limit: int) -> list[Json]:
        """Confirm everything before ``offset`` and give up to ``limit`` updates from it on.

        A negative offset keeps the last ``-offset`` updates and forgets the rest.
        """
        self._forget_old()
        if offset < 0:
            offset = self._kept[max(len(self._kept) + offset, 0)].id if self._kept else 0
        while self._kept and self._kept[0].id < offset:
            self._kept.popleft()
        return [self._kept[place].wire() for place in range(min(limit, len(self._kept)))]

    def confirm(self, update: Update) -> None:
        """Forget one delivered update: a webhook confirms each for itself."""
        if update in self._kept:
            self._kept.remove(update)

    def clear(self) -> None:
        self._kept.clear()

    def _forget_old(self) -> None:
        oldest = self._clock() - KEPT
        while self._kept and self._kept[0].at <= oldest:
            self._kept.popleft()
