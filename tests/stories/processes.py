"""Processes of ours for the tests that kill them: the product, and the stand-in that it talks to."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TOKEN = "500500:a-toy-token-of-this-test"


@contextmanager
def process(*words: str, folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process of ours, ended on leaving; it sees no settings but the given ones."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "SYSTEMROOT"}}
    given = kept | {"PYTHONPATH": str(ROOT)} | environment
    with subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        try:
            yield running
        finally:
            running.kill()


class Server:
    """The stand-in in a process of its own, moved by its controls."""

    def __init__(self, base: str) -> None:
        self.base = base

    def ask(self, control: str, **asked: Any) -> Any:
        """One control."""
        request = urllib.request.Request(  # noqa: S310  loopback
            f"{self.base}/control/{control}", json.dumps(asked).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  loopback
            return json.load(answer)

    def arrived(self) -> Counter[str]:
        """How many times each text came."""
        return Counter(message["text"] for message in self.ask("messages")["messages"])

    def count(self) -> int:
        """How many messages came."""
        return int(self.ask("messages", texts=False)["count"])


def until(is_so: Callable[[], bool], running: subprocess.Popen[str], seconds: float = 60) -> None:
    """Wait for something while the process lives."""
    end = time.monotonic() + seconds
    while not is_so():
        assert running.poll() is None, running.communicate()[1]
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
