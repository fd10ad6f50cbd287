"""Of a folder's listing only names directly in it count: no other host, no path, no query."""

from __future__ import annotations

import pytest

from beffroi.bulletins.listing import names
from beffroi.errors import Garbled

HERE = "https://example.org/OPENDATA/BOAMP/2026/09/11/"


def listing(*links: str, end: str = "</body></html>") -> bytes:
    rows = "".join(f'<tr><td><a href="{one}">x</a></td></tr>' for one in links)
    return f"<html><head><title>Index of /x</title></head><body>{rows}{end}".encode()


def test_names_in_their_order_each_once() -> None:
    links = ("26-2.xml", "26-1.xml", "26-2.xml", "sub/", "/OPENDATA/BOAMP/2026/09/11/26-3.xml")
    assert names(HERE, listing(*links)) == ("26-2.xml", "26-1.xml", "sub/", "26-3.xml")


@pytest.mark.parametrize(
    "link",
    [
        "?C=N;O=D",
        "/OPENDATA/BOAMP/2026/09/",
        "../12/26-1.xml",
        "/26-1.xml",
        "sub/26-1.xml",
        "https://evil.example/26-1.xml",
        "//evil.example/26-1.xml",
        "..",
        ".hidden",
        "%2e%2e/26-1.xml",
        "26-1.xml?x=1",
        "26-1.xml#x",
        "javascript:alert(1)",
        "&#46;&#46;/26-1.xml",
        "26-1.xml\n",
        "a\\b",
    ],
)
def test_what_leads_elsewhere_is_no_name(link: str) -> None:
    assert names(HERE, listing(link)) == ()


def test_another_page_is_no_listing() -> None:
    with pytest.raises(Garbled, match="another page"):
        names(HERE, b'<html><p>Maintenance</p><a href="26-1.xml">x</a></html>')


def test_a_listing_cut_short_is_asked_for_again() -> None:
    with pytest.raises(Garbled, match="cut short"):
        names(HERE, listing("26-1.xml", end=""))


def test_a_hostile_page_costs_little() -> None:
    page = listing(*("<a href=" * 10 for _ in range(20_000)))
    assert names(HERE, page) == ()
