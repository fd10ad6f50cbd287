"""A notice being shown, and the citation beside each of its values: quotation, rubric, the document's digest.

In: a notice, its citations, a language. Out: markup.

>>> from beffroi.notices import Citation, from_draft
>>> notice = from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "language": "fr", "document": {
...     "sha256": "ab" * 32, "media_type": "application/xml", "bytes": 1, "name": "a.xml", "origin": "sample"}})
>>> one = Citation(sha256="ab" * 32, locator="/a#bytes=0-2", label="Rubrique II.2.6", quote="<b>", text="<b>")
>>> print(Shown(notice, {"title": one}, "fr").cites("title")[:58])
<small class="cite"><q>&lt;b&gt;</q> Rubrique II.2.6 · <a
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices.suspects import suspect_paths
from beffroi.render import cited_words
from beffroi.render.markup import Markup, join, tag
from beffroi.render.page_words import say
from beffroi.render.procedure import Kin
from beffroi.render.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.notices import Citation, Notice
    from beffroi.render.dates import Elsewhere
    from beffroi.render.figures import Lang

SHORT = 12
"""Hexadecimal digits of a digest shown beside a value; the whole stands in the list of documents."""
_LONGEST = 160


class Shown(NamedTuple):
    """A notice on a page in a language, with the citations of its values.

    `elsewhere` are its publications in other bulletins, `later` the notices that link to it, `kin` those that belong
    with it, `anchors` the places of notices that the page shows in full.
    """

    notice: Notice
    citations: Mapping[str, Citation]
    lang: Lang
    elsewhere: tuple[Elsewhere, ...] = ()
    later: tuple[Notice, ...] = ()
    anchors: Mapping[str, str] = {}
    kin: Kin = Kin()

    @property
    def spoken(self) -> str | None:
        """The language of the notice's own words, where it is not the page's."""
        return self.notice.language if self.notice.language != self.lang else None

    def words(self, text: str | None) -> Markup:
        """Return words of the notice, marked with their language."""
        return tag("span", text or say("untitled", self.lang), lang=self.spoken if text else None)

    def cites(self, *paths: str) -> Markup:
        """Return the citations of the paths, each quotation once; of what only implies a value, the first part."""
        found = dict.fromkeys(
            (part.quote, one.label, one.rule, one.sha256)
            for path in paths
            if (one := self.citations.get(path)) is not None
            for part in ((one,) if one.rule else one.parts or (one,))
        )
        return join([self._cite(*one) for one in found])

    def _cite(self, quote: str, label: str, rule: str | None, digest: str) -> Markup:
        shown = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…"
        implied = [f"{say('rule', self.lang)} ", _spoken(*cited_words.rule(rule, self.lang)), " · "] if rule else []
        rubric = _spoken(*cited_words.label(label, self.lang))
        target = tag("a", tag("code", digest[:SHORT]), href=f"#doc-{digest[:SHORT]}")
        return tag("small", tag("q", shown, lang=self.spoken), " ", rubric, " · ", *implied, target, class_="cite")

    def named(self, target: str) -> Markup:
        """Return the id of another notice, leading to it where the page shows it."""
        return tag("a", target, href=self.anchors[target]) if target in self.anchors else tag("span", target)

    def doubt(self, path: str) -> Markup | None:
        """Return the warning beside a value to verify, else None."""
        if path not in suspect_paths(self.notice):
            return None
        return tag("small", word("suspect", self.lang), class_="cite warn")


def _spoken(text: str, lang: Lang | None) -> Markup | str:
    """Return words, marked with their language where it is not the page's."""
    return tag("span", text, lang=lang) if lang else text
