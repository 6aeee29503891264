"""A rehearsal written down: where it began, what people did and when. Opening it does all of that again.

A file of JSON lines: the first says how it began, each further one what was done at an instant of its clock. What the
bot said is not kept: it says it again, so a rehearsal of last month shows how today's bot would do.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, ValidationError

from rehearsal.page.action import Action
from rehearsal.refusals import Json
from rehearsal.region import MOST_PEOPLE, MOST_SCHOOLS, STOCK_SCHOOLS, usual_people
from rehearsal.stage import Stage

log = logging.getLogger(__name__)

WAITED = "wait"
"""Nothing was done, only time went by: after a move of the clock, and the last line of a saved rehearsal."""
MOVES = frozenset({"jump", "play"})
"""What moves the clock: kept as where it came to."""
_NOT_KEPT = MOVES | {"read", "reopen", "restart"}
"""What was read is the reader's own."""
_REFUSED = (ValueError, LookupError, TypeError, AttributeError)


Instant = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]


class JournalError(ValueError):
    """The file is not a saved rehearsal; ``line`` is the first that cannot be read, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} cannot be read")
        self.line = line


class Beginning(BaseModel, frozen=True):
    """Where a rehearsal starts: an instant (UTC) and the size of the region."""

    rehearsal: Literal[1] = 1
    at: Instant
    people: int = Field(default=usual_people(STOCK_SCHOOLS), ge=1, le=MOST_PEOPLE)
    schools: int = Field(default=STOCK_SCHOOLS, ge=1, le=MOST_SCHOOLS)


class Step(BaseModel, frozen=True):
    """What somebody did at an instant (UTC): the name of a page's action and what it was asked with."""

    at: Instant
    do: str
    asked: Json = {}


class Journal:
    """Grows by ``keep``; in a file of its own each step is there at once, so a closed laptop loses nothing."""

    def __init__(self, beginning: Beginning, steps: Iterable[Step] = ()) -> None:
        self.beginning = beginning
        self.steps = list(steps)
        self.file: Path | None = None

    def text(self, now: datetime | None = None) -> str:
        """The file; with ``now`` it ends at that instant."""
        lines: list[BaseModel] = [self.beginning, *self.steps]
        lines += [] if now is None else [Step(at=now, do=WAITED)]
        return "".join(line.model_dump_json() + "\n" for line in lines)

    def keep_in(self, file: Path) -> None:
        """Write everything to a file and go on there; another rehearsal that was in it stays beside it."""
        if file.exists() and not self.text().startswith(file.read_text(encoding="utf-8")):
            file.replace(file.with_suffix(".previous.jsonl"))
        file.write_text(self.text(), encoding="utf-8")
        self.file = file

    def keep(self, at: datetime, do: str, asked: Json) -> None:
        """Write a step down."""
        if do in _NOT_KEPT:
            return
        step = Step(at=at, do=do, asked=asked)
        self.steps.append(step)
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as out:
                out.write(step.model_dump_json() + "\n")


def read_journal(text: str) -> Journal:
    """A saved rehearsal; a last line that was cut off in the middle is left out. Raises ``JournalError``."""
    rows = text.splitlines() or [""]
    steps = []
    for number, row in enumerate(rows):
        try:
            if number == 0:
                beginning = Beginning.model_validate_json(row)
            else:
                steps.append(Step.model_validate_json(row))
        except ValidationError:
            if number == 0 or number < len(rows) - 1 or text.endswith("\n"):
                raise JournalError(number + 1) from None
    return Journal(beginning, steps)


async def replay(steps: Iterable[Step], stage: Stage, actions: Mapping[str, Action]) -> int:
    """Do the steps again, each at its instant; returns how many could not be done as the bot has changed since.

    The silences and the slow network of the faults are not waited for a second time.
    """
    stage.world.faults.hurried = True
    try:
        return sum([not await _done(step, stage, actions) for step in steps])
    finally:
        stage.world.faults.hurried = False


async def _done(step: Step, stage: Stage, actions: Mapping[str, Action]) -> bool:
    await stage.jump_to(step.at)
    if step.do == WAITED:
        return True
    try:
        await actions[step.do](step.asked)
    except _REFUSED as error:
        log.info("a step of a saved rehearsal is left out: %s (%s)", step.do, type(error).__name__)
        return False
    await stage.world.settle()
    return True
