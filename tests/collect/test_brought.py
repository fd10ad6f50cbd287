"""The line that says what a collection brought: true of totals that nobody announced, right in singular and plural."""

from __future__ import annotations

import pytest

from beffroi.collect import Brought
from beffroi.store.load import Report

SINCE, UNTIL = "2026-09-01", "2026-09-02"
FACTS = [
    (
        Brought("boamp", SINCE, UNTIL, days=2, whole=1, slices=2, announced=3, received=1, loaded=Report(1, 1)),
        (
            "boamp, du 2026-09-01 au 2026-09-02\u00a0: 1 jour sur 2 au complet\u00a0; "
            "1 avis reçu sur 3 annoncés\u00a0: 1 nouveau\u00a0; 0 s"
        ),
        "boamp, 2026-09-01 to 2026-09-02: 1 of 2 days whole; 1 notice received of 3 announced: 1 new; 0 s",
    ),
    (
        Brought(
            "fts", SINCE, UNTIL, days=2, whole=2, slices=2, announced=2000, received=2000, unannounced=2000, seconds=61
        ),
        (
            "fts, du 2026-09-01 au 2026-09-02\u00a0: 2 jours sur 2 au complet\u00a0; "
            "2\u202f000 avis reçus (la source n'annonce aucun total)\u00a0: 0 nouveau\u00a0; 1 min 1 s"
        ),
        (
            "fts, 2026-09-01 to 2026-09-02: 2 of 2 days whole; 2,000 notices received (the source announces no total): "
            "0 new; 1 min 1 s"
        ),
    ),
    (
        Brought("ocds", SINCE, UNTIL, slices=1, failed=1, seconds=3),
        "ocds\u00a0: 0 partie sur 1 au complet\u00a0; rien n'est venu\u00a0; 3 s",
        "ocds: 0 of 1 parts whole; it brought nothing; 3 s",
    ),
]


@pytest.mark.parametrize(("brought", "french", "english"), FACTS)
def test_the_line_says_what_came_and_what_is_missing(brought: Brought, french: str, english: str) -> None:
    assert brought.line("fr") == french
    assert brought.line("en") == english
