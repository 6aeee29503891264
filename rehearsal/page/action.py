"""What can be asked of the page: ``POST /page/<name>`` with a JSON object, answered by one."""

from collections.abc import Awaitable, Callable

from rehearsal.refusals import Json

Action = Callable[[Json], Awaitable[Json]]
"""What makes no sense raises ``ValueError``, ``LookupError`` or ``TypeError``; the page answers it with 400."""
