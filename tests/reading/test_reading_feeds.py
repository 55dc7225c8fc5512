"""Feeds that browsers read are read."""

from __future__ import annotations

import pytest

from quotes.errors import ReadingError
from quotes.reading.feeds import read_feed

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
DTD = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://brume.example/rss-0.91.dtd">'
)
BODY = "&lt;p&gt;La grève dure.&lt;/p&gt;&lt;p&gt;« Nous partons », a dit Jeanne Roy.&lt;/p&gt;"
ITEM = f"<item><title>La grève</title><link>https://brume.example/1</link><description>{BODY}</description></item>"
FEED = f'<rss version="2.0"><channel><title>La Gazette</title>{ITEM}</channel></rss>'
TEXT = "La grève\nLa grève dure.\n« Nous partons », a dit Jeanne Roy."


@pytest.mark.parametrize(
    "feed",
    [
        XML + FEED,
        f'{XML}<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY copy "&#xA9;">]>{FEED}',
        XML + DTD + FEED,
        "\n \n" + XML + FEED,
        "<!-- engin -->" + XML + FEED,
        XML + FEED.replace("«", "&laquo;").replace("»", "&raquo;"),
        XML + FEED.replace("dure", "\x0bdure\x03"),
        XML + FEED + "\n<!-- en cache -->",
        XML.replace("utf-8", "utf-16") + FEED,
    ],
    ids=[
        "sound",
        "entities",
        "document type",
        "blank",
        "comment",
        "HTML's",
        "controls",
        "behind",
        "false label",
    ],
)
def test_a_feed_with_a_flaw(feed: str) -> None:
    (article,), note = read_feed(feed.encode())
    assert (article.text, article.title, article.outlet) == (TEXT, "La grève", "La Gazette")
    assert article.url == "https://brume.example/1"
    assert note is None


def test_a_bare_ampersand() -> None:
    (article,), _ = read_feed((XML + FEED.replace("La grève<", "Morel & fils<")).encode())
    assert article.title == "Morel & fils"


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "utf-8"])
def test_a_feed_in_an_old_encoding(label: str) -> None:
    feed = XML.replace("utf-8", label) + FEED.replace("dure", "l’œuvre dure")
    (article,), _ = read_feed(feed.encode("cp1252"))
    assert "La grève l’œuvre dure." in article.text


@pytest.mark.parametrize("cut", [20, 60, 75])
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(cut: int) -> None:
    (article,), note = read_feed((XML + FEED)[:-cut].encode())
    assert article.text.startswith("La grève\nLa grève dure.")
    assert note is not None
    assert note.startswith("breaks off")


def test_titles_are_read_as_pages_are() -> None:
    feed = FEED.replace("<title>La grève", "<title><![CDATA[Roy : &laquo;&nbsp;L&#8217;été&nbsp;&raquo;]]>")
    (article,), _ = read_feed((XML + feed.replace("&laquo;La", "La")).encode())
    assert article.title == "Roy : «\u00a0L’été\u00a0»"
    assert article.text.startswith("Roy : «\u00a0L’été\u00a0»\n")


def test_an_atom_feed_with_the_whole_text() -> None:
    content = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Il a dit <q>oui</q>.</p><p>Fin.</p></div>'
    feed = f"""{XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>La Gazette</title>
<entry><title>Un</title><author><name>Claude Roy</name></author><author><name>Guy de Brême</name></author>
<link href="https://b.example/1"/><updated>2024-03-05T10:00:00Z</updated><summary>Court.</summary>
<content type="xhtml">{content}</content></entry></feed>"""
    (article,), _ = read_feed(feed.encode())
    assert article.text == "Un\nIl a dit «\u00a0oui\u00a0».\nFin."
    assert (article.authors, article.published) == (("Claude Roy", "Guy de Brême"), "2024-03-05T10:00:00Z")


@pytest.mark.parametrize("author", ["jeanne@brume.example (Jeanne Roy)", "Par Jeanne Roy", "Jeanne Roy"])
def test_the_author_of_an_entry(author: str) -> None:
    feed = FEED.replace("</item>", f"<author>{author}</author></item>")
    (article,), _ = read_feed((XML + feed).encode())
    assert article.authors == ("Jeanne Roy",)


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (
            f'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>{FEED}',
            "declares a document type with entities",
        ),
        (
            f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hosts">]>{FEED}',
            "declares a document type with entities",
        ),
        (f'<!DOCTYPE r [<!ENTITY % a SYSTEM "http://b.example/a">%a;]>{FEED}', "declares a document type"),
        ("<html><p>Rien</p></html>", "has no entries"),
        ("", "has no entries"),
        ("<rss>" + "<a>" * 600_000, "has more tags than any feed"),
    ],
)
def test_what_is_no_feed(feed: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_feed(feed.encode())
