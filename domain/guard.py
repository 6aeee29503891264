"""A mark that a database transaction is open, so that nothing waits on the network inside one."""

from contextvars import ContextVar

inside_transaction: ContextVar[bool] = ContextVar("inside_transaction", default=False)
"""Set by ``storage.database``; every channel refuses to send while it is true (architecture.md, «Transactions»)."""


class NetworkInsideTransactionError(RuntimeError):
    """Somebody tried to send from inside a transaction: a mistake of ours."""


def refuse_inside_transaction() -> None:
    """Raise ``NetworkInsideTransactionError`` when a transaction is open in this task."""
    if inside_transaction.get():
        raise NetworkInsideTransactionError
