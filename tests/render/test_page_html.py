"""The page: nothing written in a notice becomes markup, nothing loads, and anyone can read it."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from lxml import html

from beffroi.notices import Citation, Notice, from_draft
from beffroi.render.dates import Elsewhere
from beffroi.render.markup import Markup, link, tag
from beffroi.render.page import Frame, page
from beffroi.render.page_citations import Shown
from beffroi.render.page_day import day_section
from beffroi.render.page_notice import documents_section, notice_section
from beffroi.render.style import POLICY, SHEET

if TYPE_CHECKING:
    from beffroi.render.figures import Lang

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e</q>&amp;'
DIGEST = "ab" * 32


def hostile_notice(**more: Any) -> Notice:
    about = {
        "sha256": DIGEST,
        "media_type": "application/xml",
        "bytes": 9,
        "name": f"{HOSTILE}.xml",
        "origin": "sample",
    }
    amount = {"kind": "estimate", "value": "0.01", "currency": HOSTILE, "vat": "unknown", "scope": "lot"}
    quantity = {"kind": "estimated", "value": 3, "noun": HOSTILE}
    lot = {"id": HOSTILE, "title": HOSTILE, "amounts": [amount], "quantities": [quantity]}
    award = {"id": HOSTILE, "status": "awarded", "suppliers": [{"name": HOSTILE, "role": "sole"}], "amounts": [amount]}
    draft = {
        "id": f"boamp:{HOSTILE}",
        "source": "boamp",
        "number": HOSTILE,
        "kind": "call",
        "language": '"><b>',
        "url": "javascript:alert(1)",
        "published": "2020-04-12",
        "deadline": HOSTILE,
        "title": HOSTILE,
        "description": HOSTILE,
        "buyers": [{"name": HOSTILE, "city": HOSTILE}],
        "amounts": [amount],
        "lots": [lot, lot | {"id": "2"}],
        "awards": [award],
        "changes": [{"place": HOSTILE, "label": HOSTILE, "old": HOSTILE, "new": HOSTILE, "text": HOSTILE}],
        "links": [{"relation": "previous", "target": HOSTILE}],
        "suspects": [{"path": "amounts[0].value", "rule": "symbolic", "why": HOSTILE}],
        "unread": [{"place": "/a", "text": HOSTILE, "why": "x"}],
        "document": about,
    }
    return from_draft(draft | more)


def parsed(written: str) -> Any:
    """Return the page's tree; what an XPath gives back has no type of its own."""
    return html.document_fromstring(written)


def whole(notice: Notice, lang: Lang) -> str:
    one = Citation(sha256=DIGEST, locator="/a#bytes=0-1", label=HOSTILE, quote=HOSTILE * 9, text=HOSTILE, rule=HOSTILE)
    paths = ("title", "deadline", "buyers[0].name", "amounts[0].value", "lots[0].title", "lots[0].amounts[0].value")
    shown = Shown(notice, dict.fromkeys((*paths, "changes[0].new", "awards[0].status"), one), lang)
    sections = [
        day_section("2020-04-12", [notice], lang, links={notice.id: "#n"}),
        notice_section(shown, anchor="n"),
        documents_section([notice.document], lang),
    ]
    return page(HOSTILE, sections, lang=lang, frame=Frame("other.html", HOSTILE, [("#n", HOSTILE)]))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_text_of_a_notice_becomes_markup(lang: Lang) -> None:
    written = whole(hostile_notice(), lang)
    tree = parsed(written)
    assert tree.xpath("//script | //img | //b | //*[@onerror]") == []
    assert not [value for value in tree.xpath("//@href") if value.startswith("javascript")]
    assert "\u202e" not in written
    assert "<script>alert(1)</script>" in tree.text_content()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_loaded_and_the_policy_names_the_only_style(lang: Lang) -> None:
    tree = parsed(whole(hostile_notice(), lang))
    assert tree.xpath("//@src | //link | //iframe | //object | //@style | //@srcset") == []
    assert "url(" not in SHEET
    assert "@import" not in SHEET
    (style,) = tree.xpath("//style/text()")
    assert b64encode(sha256(style.encode()).digest()).decode() in POLICY
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_names_its_language_its_tables_and_their_headers(lang: Lang) -> None:
    tree = parsed(whole(hostile_notice(language="de"), lang))
    assert tree.get("lang") == lang
    for table in tree.xpath("//table"):
        assert table.xpath("string(caption)").strip()
        assert table.xpath("thead/tr/th[not(@scope='col')] | tbody/tr/th[not(@scope='row')]") == []
        assert {len(row) for row in table.xpath("thead/tr | tbody/tr")} == {len(table.xpath("thead/tr/th"))}
    levels = [int(one.tag[1]) for one in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tree.xpath("//main/@id") == ["content"]
    assert set(tree.xpath("//q/@lang")) == {"de"}


def test_a_digest_beside_a_value_leads_to_the_document() -> None:
    tree = parsed(whole(hostile_notice(), "fr"))
    targets = set(tree.xpath("//*[contains(@class, 'cite')]//a/@href"))
    assert targets == {f"#doc-{DIGEST[:12]}"}
    assert tree.xpath(f"//*[@id='doc-{DIGEST[:12]}']//code/text()") == [DIGEST]


def test_a_value_to_verify_says_so_wherever_it_is_shown() -> None:
    tree = parsed(whole(hostile_notice(), "en"))
    assert len(tree.xpath("//td//*[contains(@class, 'warn') and text()='Value to verify']")) == 2


@pytest.mark.parametrize(
    ("origin", "words"), [("reconstruction", "Reconstruction, do not cite"), ("sample", "Invented sample")]
)
def test_a_notice_that_is_not_official_bears_its_banner_in_the_day_and_in_full(origin: str, words: str) -> None:
    notice = hostile_notice()
    about = {"sha256": DIGEST, "media_type": "application/xml", "bytes": 9, "name": "a.xml", "origin": origin}
    tree = parsed(whole(from_draft({**_builtins(notice), "document": about}), "en"))
    assert tree.xpath("string(//*[@class='banner']/strong)") == words
    assert tree.xpath(f"string(//*[contains(@class, 'badge {origin}')])") == words


def _builtins(notice: Notice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in notice.__struct_fields__ if getattr(notice, name) is not None}


def test_rubrics_and_rules_speak_the_pages_language_or_are_marked_with_theirs() -> None:
    one = Citation(sha256=DIGEST, locator="/a#bytes=0-1", label="Rubrique II.2.6, lot 1", quote="x", text="x")
    named = msgspec.structs.replace(one, label="Objet du marché", rule="the words beside the amount say it")
    unknown = msgspec.structs.replace(one, rule="a rule without French words")
    citations = {"deadline": one, "amounts[0].value": named, "lots[0].title": unknown}
    english = parsed(notice_section(Shown(hostile_notice(), citations, "en"), anchor="n"))
    assert "Section II.2.6, lot 1" in english.text_content()
    assert english.xpath("//small/span[@lang='fr']/text()") == ["Objet du marché"]
    french = parsed(notice_section(Shown(hostile_notice(), citations, "fr"), anchor="n"))
    assert "les mots voisins du montant le disent" in french.text_content()
    assert french.xpath("//small/span[@lang]/text()") == ["a rule without French words"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_contents_lead_to_places_of_the_page(lang: Lang) -> None:
    tree = parsed(whole(hostile_notice(), lang))
    assert tree.xpath("//nav/@aria-label")
    ids = set(tree.xpath("//@id"))
    assert {one[1:] for one in tree.xpath("//nav//a/@href")} <= ids
    assert {one[1:] for one in tree.xpath("//a/@href") if one.startswith("#")} <= ids


def test_the_day_of_the_official_journal_and_who_names_it_stand_among_the_dates() -> None:
    told = (Elsewhere("ted:9-2020", "2020-04-15", "boamp:20-2"),)
    shown = Shown(hostile_notice(), {}, "en", told, anchors={"ted:9-2020": "#notice-9-2020"})
    tree = parsed(notice_section(shown, anchor="n"))
    (row,) = tree.xpath("//tr[th[text()='Official Journal (EU)']]")
    assert "15 April 2020" in row.text_content()
    assert "boamp:20-2" in row.text_content()
    assert row.xpath(".//a/@href") == ["#notice-9-2020"]


def test_on_a_narrow_screen_each_figure_of_a_lot_keeps_its_heading() -> None:
    tree = parsed(whole(hostile_notice(), "en"))
    (table,) = tree.xpath("//table[contains(@class, 'stack')]")
    heads = table.xpath("thead/tr/th")
    for row in table.xpath("tbody/tr"):
        labels = [cell.get("data-label") for cell in row]
        assert labels == [None if head.text_content() == "What" else head.text_content() for head in heads]


def test_an_official_notice_bears_no_banner() -> None:
    about = {"sha256": DIGEST, "media_type": "application/xml", "bytes": 9, "name": "a.xml", "origin": "official"}
    tree = parsed(whole(hostile_notice(document=about), "fr"))
    assert tree.xpath("//*[@class='banner'] | //*[contains(@class, 'badge')]") == []


def test_only_markup_is_taken_as_it_stands() -> None:
    assert tag("p", "<b>", Markup("<i>x</i>"), None) == "<p>&lt;b&gt;<i>x</i></p>"
    assert link("data:text/html,x") is None
    assert link("https://www.boamp.fr/x") == "https://www.boamp.fr/x"


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(one * 2 for one in colour[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", ["ink", "soft", "accent"])
@pytest.mark.parametrize("paper", ["#fff", "wash", "note"])
def test_every_ink_is_readable_on_every_ground(ink: str, paper: str) -> None:
    colours = dict(re.findall(r"--(\w+): (#\w+)", SHEET))
    light, dark = sorted((_luminance(colours.get(one, one)) for one in (ink, paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
