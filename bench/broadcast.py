"""``python -m bench.broadcast [PEOPLE …]``: an announcement to many, beside a bare send loop and under the limits.

Limits off: messages a second of the bare loop and ours, in turn. Limits on (30 a second, more are refused): how long
the whole application takes from the launch to the last message, beside the least possible; refusals; memory.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from bench.__main__ import call, output, process, resident_mib

PEOPLE = 10_000
SMALL = 1500
RUNS = 3
PER_SECOND = 30
SETTLED = 900
"""Messages after which everything that is done every so often has been done once: half a minute of them."""
LONGER, RATE, FLAT_MIB = 1.05, 0.85, 8.0
PATIENCE_S = 60


def verdict(*, is_so: bool) -> str:
    """How a target was met."""
    return "ok" if is_so else "MISSED"


@contextmanager
def server() -> Iterator[str]:
    """The bench's server in a process of its own; its address."""
    with process("bench.server") as running:
        assert running.stdout is not None  # noqa: S101  it was asked for
        yield running.stdout.readline().strip()


@contextmanager
def filled(base: str, people: int) -> Iterator[str]:
    """A folder with a region of so many people and an announcement that is ready to go."""
    with tempfile.TemporaryDirectory() as folder:
        output("bench.announcing", base, folder, "fill", str(people))
        yield folder


def limits_off(base: str, people: int) -> None:
    """Print both rates and their ratio."""
    bare, ours = [], []
    for _ in range(RUNS):
        bare.append(people / float(output("bench.bare", base, "send", str(people))))
        with filled(base, people) as folder:
            call(base, "/bench/stats")
            took = output("bench.announcing", base, folder, "send").splitlines()[-1]
            sent = call(base, "/bench/stats")["sent"]
            if sent != people:
                raise RuntimeError(f"{sent} of {people} messages were sent")
        ours.append(people / float(took))
    ratio = median(ours) / median(bare)
    print(
        f"broadcast, {people} people, limits off, median of {RUNS}: "
        f"bare {median(bare):.0f}/s, ours {median(ours):.0f}/s, "
        f"ratio {ratio:.2f} (≥ {RATE}) {verdict(is_so=ratio >= RATE)}"
    )


def limits_on(base: str, people: int) -> None:
    """Print how long it took, how often it was refused, and the memory on the way."""
    call(base, "/bench/limit", {"per_second": PER_SECOND})
    with filled(base, people) as folder, process("bench.announcing", base, folder, "run") as running:
        call(base, "/bench/stats")
        assert running.stdout is not None  # noqa: S101  it was asked for
        settled = max(people // 20, min(people, SETTLED))
        launched = float(running.stdout.readline())
        memory = [memory_at(base, running, count) for count in (settled, (settled + people) // 2, people)]
        told = call(base, "/bench/stats")
    call(base, "/bench/limit", {"per_second": 0})
    least, took, begun = people / PER_SECOND, told["last_at"] - launched, told["first_at"] - launched
    grown = max(memory) - min(memory)
    print(
        f"broadcast, {people} people, limits on: {took:.1f} s of at least {least:.1f} s (begun after {begun:.1f} s), "
        f"ratio {took / least:.3f} (≤ {LONGER}) {verdict(is_so=took <= LONGER * least)}; "
        f"refused {told['refused']} (0) {verdict(is_so=not told['refused'])}; "
        f"memory {' → '.join(f'{one:.0f}' for one in memory)} MiB (± {FLAT_MIB:.0f}) {verdict(is_so=grown <= FLAT_MIB)}"
    )


def memory_at(base: str, running: "subprocess.Popen[str]", count: int) -> float:
    """What the process holds when so many messages have come, MiB."""
    until = time.monotonic() + count / PER_SECOND * 2 + PATIENCE_S
    while (sent := call(base, "/bench/stats", {"keep": True})["sent"]) < count:
        if running.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{sent} of {count} messages came")
        time.sleep(0.2)
    return resident_mib(running.pid)


def main() -> None:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:]] or [SMALL, PEOPLE]
    with server() as base:
        limits_off(base, sizes[-1])
        for people in sizes:
            limits_on(base, people)


if __name__ == "__main__":
    main()
