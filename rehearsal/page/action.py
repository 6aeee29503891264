"""What can be asked of the page: ``POST /page/<name>`` with a JSON object, answered by one."""

from collections.abc import Awaitable, Callable
from typing import Any

from rehearsal.page.names import isolated
from rehearsal.refusals import Json
from texts import Texts

Action = Callable[[Json], Awaitable[Json]]
"""What makes no sense raises ``ValueError``, ``LookupError`` or ``TypeError``; the page answers it with 400."""


class NotDoneError(ValueError):
    """Refused with a sentence of what to do instead: ``page.refused-<name>`` of the texts."""

    def __init__(self, name: str, /, **values: Any) -> None:
        super().__init__(name)
        self.name = name
        self.values = values

    def told(self, texts: Texts) -> Json:
        """The answer to the browser: ``refused`` is shown as it is. No error of the page, so the status is 200."""
        values = {key: isolated(value) if isinstance(value, str) else value for key, value in self.values.items()}
        return {"refused": texts.plain(f"page.refused-{self.name}", **values)}
