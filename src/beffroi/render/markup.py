"""HTML built from trees, so that nothing written in a notice can become markup.

In: texts and attributes. Out: `Markup`, the only type taken as it stands; any other string is escaped.

>>> print(tag("p", "1 < 2 & ", tag("b", '"yes"'), class_="a'b"))
<p class="a&#x27;b">1 &lt; 2 &amp; <b>&quot;yes&quot;</b></p>
>>> print(tag("a", "x", href=link("javascript:alert(1)")))
<a>x</a>
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from beffroi.render.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = frozenset(("br", "hr", "link", "meta"))


class Markup(str):
    """Markup that is safe to write as it stands."""

    __slots__ = ()


Child = str | None


def tag(name: str, *children: Child, **attributes: str | None) -> Markup:
    """Return an element; strings are escaped, None is left out, `class_` and `aria_label` name their attributes."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(clean(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(children: Iterable[Child], between: str = "") -> Markup:
    """Return the children one after the other, escaped where they are text."""
    return Markup(escape(between).join(one if isinstance(one, Markup) else _text(one) for one in children if one))


def link(target: str | None) -> str | None:
    """Return the address where a reader may follow it: a web page, a file, a place on the page; else None."""
    return target if target and target.startswith(("https://", "http://", "file://", "#", "./")) else None


def _text(value: Child) -> str:
    return escape(clean(value or ""))
