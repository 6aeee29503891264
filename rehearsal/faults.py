"""Trouble on demand: the next calls of a method fail in a chosen way."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["error", "flood", "drop", "drop_after", "hang"]
ANY = "*"


@dataclass
class Fault:
    kind: Kind
    method: str
    left: int
    code: int = 500
    seconds: float = 0.0


class Faults:
    """Each call below spoils the next ``times`` calls of ``method`` (``"*"`` for any); then all is well again."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def fail(self, method: str, times: int = 1, code: int = 500) -> None:
        """Answer with an HTTP error and do nothing."""
        self._planned.append(Fault("error", method.lower(), times, code=code))

    def flood(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        """Answer 429 with ``retry_after`` seconds and do nothing."""
        self._planned.append(Fault("flood", method.lower(), times, seconds=retry_after))

    def drop(self, method: str, times: int = 1, *, after: bool = False) -> None:
        """Cut the connection: before doing anything or, with ``after``, when all is done but the answer."""
        self._planned.append(Fault("drop_after" if after else "drop", method.lower(), times))

    def hang(self, method: str, times: int = 1, seconds: float = 3600.0) -> None:
        """Say nothing for ``seconds`` of real time, then do and answer as usual."""
        self._planned.append(Fault("hang", method.lower(), times, seconds=seconds))

    def clear(self) -> None:
        self._planned.clear()

    def take(self, method: str) -> Fault | None:
        """The fault meant for this call, counted off."""
        if not self._planned:
            return None
        for fault in self._planned:
            if fault.method in {method, ANY}:
                fault.left -= 1
                if fault.left <= 0:
                    self._planned.remove(fault)
                return fault
        return None
