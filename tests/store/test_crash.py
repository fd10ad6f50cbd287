"""A load killed at any moment and begun again ends in the same store as one left undisturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from bench.crash import committed, differences, logical

from beffroi.store import Store
from tests.store.invented import page, record

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 600
SCRIPT = """
import sys
from pathlib import Path
from beffroi.store import Store, load

if __name__ == "__main__":
    load.BATCH_DOCUMENTS = 9
    with Store.open(Path(sys.argv[1]), create=True) as store:
        store.load([sys.argv[2]], jobs=2)
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page whose notices come back changed, so that revisions cross the batches."""
    folder = tmp_path_factory.mktemp("crash")
    records = [record(f"26-{n % 250}", f"Bancs {n}", value=str(n), description="Bois. " * 200) for n in range(COUNT)]
    (folder / "page.json").write_bytes(page(*records))
    (folder / "load.py").write_text(SCRIPT)
    with Store.open(folder / "calm", create=True) as store:
        store.load([folder / "page.json"], jobs=1)
    return folder


@pytest.mark.parametrize("seed", range(5))
def test_a_load_killed_and_begun_again_ends_in_the_same_store(documents: Path, tmp_path: Path, seed: int) -> None:
    enough = random.Random(seed).randrange(1, COUNT - 100)
    words = [sys.executable, str(documents / "load.py"), str(tmp_path), str(documents / "page.json")]
    with subprocess.Popen(words) as process:
        while committed(tmp_path) < enough:
            assert process.poll() is None, "the load ended before it was killed"
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
    reached = committed(tmp_path)
    assert enough <= reached < COUNT
    subprocess.run(words, check=True)
    assert differences(logical(documents / "calm"), logical(tmp_path)) == []


def test_two_loads_at_once_end_in_one_store(documents: Path, tmp_path: Path) -> None:
    words = [sys.executable, str(documents / "load.py"), str(tmp_path), str(documents / "page.json")]
    with subprocess.Popen(words) as first, subprocess.Popen(words) as second:
        assert (first.wait(), second.wait()) == (0, 0)
    assert committed(tmp_path) == COUNT
    calm, found = logical(documents / "calm"), logical(tmp_path)
    assert len(found["notices"]) == len(calm["notices"])
    assert len(found["revisions"]) == len(calm["revisions"])
