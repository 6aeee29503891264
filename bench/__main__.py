"""``make bench``: five runs of each contestant, alternating, on one machine; medians and ratios are printed."""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

RUNS = 5
UPDATES = 3000
WINDOW = 30
MESSAGES = 6000
PEOPLE = list(range(1000, 1050))
PRESSES = [f"item:{number}" for number in range(1, 35)]


def call(base: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Ask the bench's server."""
    data = json.dumps(body or {}).encode()
    request = urllib.request.Request(f"{base}{path}", data, {"Content-Type": "application/json"})  # noqa: S310  loopback
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310  loopback
        found: dict[str, Any] = json.load(answer)
    return found


@contextmanager
def process(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that is ended on leaving."""
    with subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def output(*words: str) -> str:
    """What a Python process printed."""
    return subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True, text=True).stdout


def resident_mib(pid: int) -> float:
    """Memory of a process, MiB (Linux)."""
    rows = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmRSS")) / 1024


def load(base: str, words: tuple[str, ...], asked: dict[str, Any]) -> dict[str, float]:
    """Start a bot, wait for its first poll, load it, and see what it took."""
    call(base, "/bench/stats")
    began = time.time()  # noqa: TID251  compared with another process's wall clock
    with process(*words) as bot:
        while (polled := call(base, "/bench/stats")["polled_at"]) is None:
            if bot.poll() is not None:
                raise RuntimeError(f"{words} ended before its first poll")
            time.sleep(0.02)
        memory = resident_mib(bot.pid)
        call(base, "/bench/load", asked | {"count": UPDATES // 5, "window": WINDOW, "people": PEOPLE})  # warm-up
        found = call(base, "/bench/load", asked | {"count": UPDATES, "window": WINDOW, "people": PEOPLE})
    return {
        "updates/s": UPDATES / found["seconds"],
        "p99, ms": found["p99_ms"],
        "memory, MiB": memory,
        "start, s": polled - began,
    }


def main() -> None:
    """Measure and print."""
    results: dict[str, dict[str, list[float]]] = {"bare": defaultdict(list), "ours": defaultdict(list)}
    with tempfile.TemporaryDirectory() as folder, process("bench.server") as server:
        assert server.stdout is not None  # noqa: S101  it was asked for
        base = server.stdout.readline().strip()
        output("bench.ours", base, folder, "prepare")
        for run in range(RUNS):
            print(f"run {run + 1} of {RUNS} …", file=sys.stderr)
            echo = load(base, ("bench.bare", base, "echo"), {"kind": "text"})
            press = load(base, ("bench.ours", base, folder, "run"), {"kind": "press", "data": PRESSES})
            echo["deliveries/s"] = MESSAGES / float(output("bench.bare", base, "send", str(MESSAGES)))
            press["deliveries/s"] = MESSAGES / float(output("bench.ours", base, folder, "send", str(MESSAGES)))
            for name, values in (("bare", echo), ("ours", press)):
                for measure, value in values.items():
                    results[name][measure].append(value)
    report(results)


TARGETS = {
    "updates/s": "≥ 0.40",
    "p99, ms": "—",
    "deliveries/s": "≥ 0.80",
    "memory, MiB": "≤ 1.35",
    "start, s": "≤ 1.50",
}


def report(results: dict[str, dict[str, list[float]]]) -> None:
    """A table of medians."""
    print(f"{'median of ' + str(RUNS):<16}{'bare aiogram':>14}{'ours':>12}{'ratio':>9}{'target':>9}")
    for measure, target in TARGETS.items():
        bare, ours = median(results["bare"][measure]), median(results["ours"][measure])
        print(f"{measure:<16}{bare:>14.1f}{ours:>12.1f}{ours / bare:>9.2f}{target:>9}")


if __name__ == "__main__":
    main()
