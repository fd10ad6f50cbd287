"""What is wrong, in one sentence: the source, the days, the figures, and what to do next.

In: a finding and a language. Out: its sentence. `words_fr.py` and `words_en.py` hold the words.

>>> from beffroi.collect.health.finding import Finding
>>> print(sentence(Finding("boamp", "late", "2026-09-12", "2026-09-20", {"days": 9, "last": "2026-09-11"}), "en"))
boamp: nothing was asked for since 2026-09-11 (9 days): run `beffroi collect boamp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from beffroi.collect.health import words_en, words_fr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.collect.health.finding import Finding

Lang = Literal["fr", "en"]


def sentence(finding: Finding, lang: Lang) -> str:
    """Return a finding as one sentence."""
    if lang == "fr":
        return f"{finding.source} : {words_fr.TOLD[finding.rule](finding)}"
    return f"{finding.source}: {words_en.TOLD[finding.rule](finding)}"


def fields(finding: Finding, lang: Lang) -> dict[str, Any]:
    """Return a finding as JSON has it: source, rule, day or since and until, figures, sentence."""
    about = {"source": finding.source, "rule": finding.rule, **finding.about()}
    return {**about, "figures": finding.figures, "sentence": sentence(finding, lang)}


def as_json(findings: Iterable[Finding], lang: Lang) -> str:
    """Return findings as a JSON list.

    >>> as_json((), "fr")
    '[]'
    """
    import msgspec

    return msgspec.json.encode([fields(one, lang) for one in findings]).decode()


def well(sources: int, days: int, lang: Lang) -> str:
    """Return the sentence that nothing is wrong.

    >>> well(1, 30, "en")
    '1 source, 30 days: nothing missing.'
    """
    several = "" if sources == 1 else "s"
    if lang == "fr":
        return f"{sources} source{several}, {days} jour{'' if days == 1 else 's'} : rien ne manque."
    return f"{sources} source{several}, {days} day{'' if days == 1 else 's'}: nothing missing."
