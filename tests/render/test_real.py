"""Pages of real notices: none fails, none is wider than asked, none steers the terminal."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from beffroi.formats import read
from beffroi.notices import Document
from beffroi.notices.derive import derived
from beffroi.render import clean, notice_page
from beffroi.render.layout import cells

if TYPE_CHECKING:
    from pathlib import Path


def test_sampled_notices_are_shown_within_the_width_and_derived_once(data: Path) -> None:
    files = sorted((data / "ted" / "legacy").glob("*.xml")) + sorted((data / "ted" / "eforms").glob("*.xml"))
    for path in random.Random(20200412).sample(files, 60):
        notice = read(Document.of(path.read_bytes(), name=path.name)).notice
        assert derived(notice) == notice
        for width in (60, 120):
            page = notice_page(notice, "fr", width)
            assert page == clean(page)
            assert not [line for line in page.splitlines() if cells(line) > width and cells(max(line.split())) < width]
