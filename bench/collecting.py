"""What campaigns of collecting share: servers in processes of their own, and the real command line, watched.

In: a span and the names of bulletins. Out: addresses, runs of `beffroi`, with the most memory they held.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.campaigns import campaigns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.campaigns import Campaign, Span

CONTACT = "https://example.org/campaign"
INTERVAL = 0.1
MANNERS = {"interval": INTERVAL, "first_wait": 0.02, "longest_wait": 0.1, "attempts": 8}
"""The bulletins' own concurrency stays; waits are short, for thirty days to pass in minutes."""
ROOT = Path(__file__).resolve().parents[1]


class Served(NamedTuple):
    """A bulletin being served: what its campaign says, and where."""

    name: str
    campaign: Campaign
    address: str
    process: subprocess.Popen[str]

    def polite(self, *, forget: bool = False) -> dict[str, Any]:
        """Return how polite its clients were so far; `forget` begins anew."""
        method, path = ("POST", "forget") if forget else ("GET", "politeness")
        request = urllib.request.Request(f"{self.address}/-/{path}", method=method, data=b"" if forget else None)
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found

    def seconds(self) -> float:
        """Return the processor's time its process took so far (0 where the system does not tell)."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Ran(NamedTuple):
    """A run of the command: its exit status, what it wrote, how long it took, the most memory it held at once (MB)."""

    status: int
    out: str
    err: str
    seconds: float
    peak: float


@contextmanager
def serving(name: str, span: Span, *, rate: float = 0.0, wait: int = 0, keep: bool = False) -> Iterator[Served]:
    """Serve a bulletin's campaign from a process of its own."""
    options = ["--since", str(span.window.since), "--until", str(span.window.until), "--seed", str(span.seed)]
    options += [
        "--size",
        str(span.size),
        "--rate",
        str(rate),
        "--wait",
        str(wait),
        *(["--small"] * span.small),
        *(["--keep"] * keep),
    ]
    words = [sys.executable, "-m", "tests.campaigns.serve", name, *options]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise RuntimeError(f"the server of {name} did not start")
            yield Served(name, campaigns()[name].campaign(span), address, process)
        finally:
            process.terminate()


def settled(home: Path, served: list[Served], **manners: float) -> None:
    """Write the settings of a home: where the bulletins are, and manners that make waits short."""
    home.mkdir(parents=True, exist_ok=True)
    lines = [f'contact = "{CONTACT}"', "[addresses]"]
    lines += [
        f'"{one.name}.{key}" = "{at}"' for one in served for key, at in one.campaign.addresses(one.address).items()
    ]
    for one in served:
        lines += [f"[manners.{one.name}]", *(f"{key} = {value}" for key, value in (MANNERS | manners).items())]
    (home / "beffroi.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def environment() -> dict[str, str]:
    """Return an environment without settings of Beffroi, in which this very code is run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BEFFROI_")}
    paths = [str(ROOT / "src"), str(ROOT), kept.get("PYTHONPATH", "")]
    return {**kept, "PYTHONPATH": os.pathsep.join(one for one in paths if one)}


def started(home: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    """Start the command on a home."""
    return subprocess.Popen(
        [sys.executable, "-m", "beffroi", *words, "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        **options,
    )


def ran(home: Path, *words: str) -> Ran:
    """Run the command on a home, to its end."""
    begun = time.perf_counter()
    process = started(home, *words)
    ended, peaks = Event(), [0.0]
    watch = Thread(target=_watch, args=(process.pid, ended, peaks), daemon=True)
    watch.start()
    out, err = process.communicate()
    ended.set()
    watch.join()
    return Ran(process.returncode, out, err, time.perf_counter() - begun, peaks[0])


def _watch(pid: int, ended: Event, peaks: list[float]) -> None:
    while not ended.wait(0.05):
        peaks[0] = max(peaks[0], sum(_resident(one) for one in _family(pid)) / 1e6)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended, or the system has no /proc: what is left is counted
        children = []
    for one in children:
        yield from _family(int(one))


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
