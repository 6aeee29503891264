"""The closed table of send errors and the decision that each of them leads to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outbox import (
    ChatAddress,
    Claimed,
    Failure,
    FailureKind,
    OutboxState,
    Outgoing,
    Refused,
    Sent,
    Settlement,
    pause,
    settle,
)

NOW = datetime(2022, 3, 14, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=11)
CLAIMED = Claimed(1, Outgoing(ChatAddress("telegram", -100, is_group=True), "Текст"), 1, LATER, 3, None)

SECOND = timedelta(seconds=1)
RETRY_AFTER = Failure(FailureKind.RETRY_AFTER, retry_after=30 * SECOND)
AGAIN_LATER = Failure(FailureKind.LATER, "502")
MIGRATED = Failure(FailureKind.MIGRATED, new_chat_id=-1001)


def test_what_was_taken_is_sent() -> None:
    expected = Settlement(CLAIMED, OutboxState.SENT, message_id="77", sent_at=NOW)
    assert settle(CLAIMED, Sent("77"), NOW) == expected


def test_what_was_taken_late_is_still_sent() -> None:
    assert settle(CLAIMED, Sent("77"), LATER + SECOND).state is OutboxState.SENT


@pytest.mark.parametrize(
    ("failure", "state", "again_in"),
    [
        (RETRY_AFTER, OutboxState.PLANNED, 30 * SECOND),
        (AGAIN_LATER, OutboxState.PLANNED, 5 * SECOND),
        (MIGRATED, OutboxState.PLANNED, timedelta()),
        (Failure(FailureKind.MIGRATED), OutboxState.FAILED, None),
        (Failure(FailureKind.BLOCKED), OutboxState.FAILED, None),
        (Failure(FailureKind.GONE), OutboxState.FAILED, None),
        (Failure(FailureKind.OURS, "TypeError"), OutboxState.FAILED, None),
    ],
)
def test_each_failure_has_its_decision(failure: Failure, state: OutboxState, again_in: timedelta | None) -> None:
    due = None if again_in is None else NOW + again_in
    assert settle(CLAIMED, failure, NOW) == Settlement(CLAIMED, state, due_at=due, failure=failure)


@pytest.mark.parametrize("kind", list(FailureKind))
@pytest.mark.parametrize("life", [timedelta(), timedelta(hours=1)])
def test_files_that_have_come_are_kept_whatever_became_of_the_words(kind: FailureKind, life: timedelta) -> None:
    claimed = replace(CLAIMED, expires_at=NOW + life)
    assert settle(claimed, Failure(kind, beside=("7", "8")), NOW).beside == ("7", "8")
    assert settle(claimed, Sent("9", ("7", "8")), NOW).beside == ("7", "8")


@pytest.mark.parametrize(
    ("failure", "reason", "is_refusal"),
    [
        (RETRY_AFTER, "retry-after", False),
        (Failure(FailureKind.BLOCKED, "bot was blocked by the user"), "blocked", False),
        (Failure(FailureKind.OURS, "message is too long"), "ours", False),
        (Failure(FailureKind.OURS, "topic"), "ours", False),
        (Failure(FailureKind.OURS, Refused.NOT_REMOVED), "not-removed", True),
        (Failure(FailureKind.OURS, Refused.FILE_TOO_BIG), "file-too-big", True),
        (Failure(FailureKind.OURS, Refused.WRONG_FILE), "wrong-file", True),
        (Failure(FailureKind.LATER, Refused.WRONG_FILE), "later", False),
    ],
)
def test_what_is_written_down_and_whether_it_is_a_mistake_of_ours(
    failure: Failure, reason: str, is_refusal: bool
) -> None:
    assert (failure.reason, failure.is_refusal) == (reason, is_refusal)


@pytest.mark.parametrize("failure", [RETRY_AFTER, AGAIN_LATER, MIGRATED])
def test_what_cannot_be_sent_before_it_expires_is_expired_at_once(failure: Failure) -> None:
    short = replace(CLAIMED, expires_at=NOW)
    assert settle(short, failure, NOW) == Settlement(short, OutboxState.EXPIRED, failure=failure)


@pytest.mark.parametrize(("left", "state"), [(30, OutboxState.EXPIRED), (31, OutboxState.PLANNED)])
def test_a_message_expires_at_the_very_instant(left: int, state: OutboxState) -> None:
    assert settle(replace(CLAIMED, expires_at=NOW + left * SECOND), RETRY_AFTER, NOW).state is state


@pytest.mark.parametrize("kind", [FailureKind.BLOCKED, FailureKind.GONE, FailureKind.OURS])
def test_what_has_failed_for_good_is_not_called_expired(kind: FailureKind) -> None:
    assert settle(replace(CLAIMED, expires_at=NOW - SECOND), Failure(kind), NOW).state is OutboxState.FAILED


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 300), (8, 300), (1000, 300)],
)
def test_the_pause_doubles_up_to_five_minutes(attempts: int, seconds: int) -> None:
    assert pause(attempts) == seconds * SECOND
    assert settle(replace(CLAIMED, attempts=attempts), AGAIN_LATER, NOW).due_at == NOW + seconds * SECOND


failures = st.builds(
    Failure,
    st.sampled_from(FailureKind),
    retry_after=st.timedeltas(timedelta(), timedelta(days=1)),
    new_chat_id=st.none() | st.just(-1001),
)


@given(failures, st.integers(1, 50), st.timedeltas(timedelta(), timedelta(days=3)))
def test_a_message_is_never_planned_for_the_past_or_after_its_end(
    failure: Failure, attempts: int, left: timedelta
) -> None:
    claimed = replace(CLAIMED, attempts=attempts, expires_at=NOW + left)
    found = settle(claimed, failure, NOW)
    assert (found.claimed, found.failure, found.message_id, found.sent_at) == (claimed, failure, None, None)
    if found.state is OutboxState.PLANNED:
        assert found.due_at is not None
        assert NOW <= found.due_at < claimed.expires_at
    else:
        assert (found.state in {OutboxState.FAILED, OutboxState.EXPIRED}, found.due_at) == (True, None)
