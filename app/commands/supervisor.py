"""A small supervisor: keeps its child processes alive, and lets them finish when it is stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PATIENCE = 30
"""Seconds that a child may take to finish its work before it is killed."""


@dataclass
class Child:
    """A process that is restarted whenever it ends."""

    name: str
    command: list[str]
    pulse_file: Path | None = None
    """A file that the child touches while it works; a child that is silent for too long is restarted."""
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    next_start: float = 0.0


@dataclass
class Supervisor:
    """Runs child processes until SIGTERM or SIGINT, then forwards the signal and waits for them."""

    children: list[Child]
    silence_seconds: int = 120
    say: Callable[[str], None] = field(default=lambda line: print(line, file=sys.stderr, flush=True))
    _stopping: bool = False

    def run(self) -> int:
        """Run until stopped; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        for child in self.children:
            self._start(child)
        while not self._stopping:
            for child in self.children:
                self._look_after(child)
            time.sleep(0.2)
        return self._stop_all()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, child: Child) -> None:
        # A separate process group: Ctrl-C in a terminal reaches only the supervisor, which then lets each child finish.
        child.process = subprocess.Popen(child.command, start_new_session=True, env=os.environ)
        child.started_at = time.monotonic()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.next_start:
                self._start(child)
        elif child.process.poll() is not None:
            self._note_end(child, now)
        elif self._is_silent(child, now):
            self.say(f"encuentro: {child.name} has not done anything for too long and is started again")
            child.process.kill()

    def _note_end(self, child: Child, now: float) -> None:
        """Restart it at once; a child that keeps ending waits longer each time, up to half a minute."""
        lived_long = now - child.started_at > 60
        child.failures = 0 if lived_long else child.failures + 1
        pause = min(30.0, 0.25 * 2 ** min(child.failures, 7)) if child.failures > 1 else 0.0
        code = child.process.returncode if child.process else 0
        self.say(f"encuentro: {child.name} ended ({code}) and is started again")
        child.process, child.next_start = None, now + pause

    def _is_silent(self, child: Child, now: float) -> bool:
        if child.pulse_file is None or now - child.started_at < self.silence_seconds:
            return False
        try:
            return time.time() - child.pulse_file.stat().st_mtime > self.silence_seconds
        except FileNotFoundError:
            return True

    def _stop_all(self) -> int:
        self.say("encuentro: stopping, what is in hand is finished first …")
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return 0
