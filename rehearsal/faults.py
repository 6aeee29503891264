"""Trouble on demand: the next calls of a method, or all of them for a while, fail in a chosen way."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["error", "flood", "drop", "drop_after", "hang", "silence"]
ANY = "*"
SENDS = "send*"
"""Whatever puts a message into a chat."""
_REMEMBERED = 500


@dataclass
class Fault:
    """``left`` counts the calls that are still to be spoiled; ``None`` where it stays until it is cleared."""

    kind: Kind
    method: str
    left: int | None
    code: int = 500
    seconds: float = 0.0

    def spoils(self, method: str) -> bool:
        """Whether it is meant for calls of this method."""
        return method.startswith(self.method[:-1]) if self.method.endswith("*") else method == self.method


@dataclass(frozen=True, slots=True)
class Met:
    """A call that met trouble: when (UTC), and what was to be said to which chat, if anything.

    ``order`` is that of the world's last message before the call.
    """

    at: datetime
    kind: Kind
    method: str
    chat_id: int | None
    text: str
    order: int


class Faults:
    """Each call below spoils the next ``times`` calls of ``method``, or all of them until ``clear``; ``"send*"`` stands
    for the methods that begin so, ``"*"`` for any.

    The counted ones come first, in the order in which they were asked for; those without an end take turns.
    """

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.met: deque[Met] = deque(maxlen=_REMEMBERED)
        self.met_ever = 0
        self.hurried = False
        """Nobody waits in real time: silences and late answers come at once."""
        self._late: dict[str, float] = {}

    def fail(self, method: str, times: int | None = 1, code: int = 500) -> None:
        """Answer with an HTTP error and do nothing."""
        self.planned.append(Fault("error", method.lower(), times, code=code))

    def flood(self, method: str, times: int | None = 1, retry_after: int = 1) -> None:
        """Answer 429 with ``retry_after`` seconds and do nothing."""
        self.planned.append(Fault("flood", method.lower(), times, seconds=retry_after))

    def drop(self, method: str, times: int | None = 1, *, after: bool = False) -> None:
        """Cut the connection: before doing anything or, with ``after``, when all is done but the answer."""
        self.planned.append(Fault("drop_after" if after else "drop", method.lower(), times))

    def silence(self, method: str, times: int | None = 1, seconds: float = 2.0) -> None:
        """Say nothing for ``seconds`` of real time and cut the connection, with nothing done."""
        self.planned.append(Fault("silence", method.lower(), times, seconds=seconds))

    def hang(self, method: str, times: int | None = 1, seconds: float = 3600.0) -> None:
        """Say nothing for ``seconds`` of real time, then do and answer as usual."""
        self.planned.append(Fault("hang", method.lower(), times, seconds=seconds))

    def slow(self, method: str, seconds: float) -> None:
        """Do everything at once, but be late with each answer, on top of whatever else goes wrong; 0 ends it."""
        self._late[method.lower()] = seconds

    def clear(self, kind: Kind | None = None) -> None:
        """All is well again; with a ``kind``, only that trouble is over."""
        self.planned = [fault for fault in self.planned if kind is not None and fault.kind != kind]
        if kind is None:
            self._late.clear()

    def take(self, method: str) -> Fault | None:
        """The fault meant for this call, counted off."""
        meant = [fault for fault in self.planned if fault.spoils(method)]
        counted = [fault for fault in meant if fault.left is not None]
        fault = next(iter(counted or meant), None)
        if fault is None:
            return None
        self.planned.remove(fault)
        if fault.left is None:
            self.planned.append(fault)
        elif fault.left > 1:
            fault.left -= 1
            self.planned.insert(0, fault)
        return fault

    def late(self, method: str) -> float:
        """By how many real seconds the answer to this call is late."""
        return (
            0.0
            if self.hurried
            else max((seconds for name, seconds in self._late.items() if name in {method, ANY}), default=0.0)
        )

    def note(self, met: Met) -> None:
        """Remember that a call met trouble."""
        self.met.append(met)
        self.met_ever += 1
