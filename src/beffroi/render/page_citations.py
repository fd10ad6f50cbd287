"""The citation beside a value: the quotation, its rubric, the document's digest.

In: the citations of a reading and the paths a cell shows. Out: markup.

>>> from beffroi.notices import Citation
>>> one = Citation(sha256="ab" * 32, locator="/a#bytes=0-2", label="Rubrique II.2.6, lot 1", quote="<b>", text="<b>")
>>> print(cites({"title": one}, ["title"], "fr", None))
<small class="cite"><q>&lt;b&gt;</q> Rubrique II.2.6, lot 1 · <a href="#doc-abababababab"><code>abababababab</code></a></small>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.render.markup import Markup, join, tag
from beffroi.render.page_words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beffroi.notices import Citation
    from beffroi.render.figures import Lang

    Citations = Mapping[str, Citation]

SHORT = 12
"""Hexadecimal digits of a digest shown beside a value; the whole stands in the list of documents."""
_LONGEST = 160


def cites(citations: Citations, paths: Sequence[str], lang: Lang, spoken: str | None) -> Markup:
    """Return the citations of the paths, each once; `spoken` is the language of the document."""
    found = dict.fromkeys(
        (one.label, part.quote, one.rule, one.sha256)
        for path in paths
        if (one := citations.get(path)) is not None
        for part in one.parts or (one,)
    )
    return join([_cite(*one, lang=lang, spoken=spoken) for one in found])


def _cite(label: str, quote: str, rule: str | None, digest: str, *, lang: Lang, spoken: str | None) -> Markup:
    implied = [f"{say('rule', lang)} ", tag("span", rule, lang="en"), " · "] if rule else []
    return tag(
        "small",
        tag("q", quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…", lang=spoken if spoken != lang else None),
        f" {label} · ",
        *implied,
        tag("a", tag("code", digest[:SHORT]), href=f"#doc-{digest[:SHORT]}"),
        class_="cite",
    )
