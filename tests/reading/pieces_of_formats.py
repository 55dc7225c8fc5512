"""What files of each format are made of, for fuzzing: marks, markup and pieces that go together badly."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

from quotes.reading import Piece, Read, Unread, read_piece
from quotes.reading.pieces import pieces_of

TEXT = "« Nous partons », a dit Jeanne Roy.\n".encode()
COMMON = [
    b"",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    TEXT,
    b"a",
    b" ",
    b"\xe9",
]


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("../b.csv", b"texte\nUn.\n")
    return stream.getvalue()


WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    b"Content-Type: application/http\r\nContent-Length: 62\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Un texte.</p>\r\n\r\n"
)
PIECES: dict[str, list[bytes]] = {
    ".txt": [b"Par Jeanne Roy\n", "Publié le 3 mai 2023\n".encode(), b"traduit par ", b"?\n"],
    ".html": [
        b"<html>",
        b"<p>",
        b"</p>",
        b"<article>",
        b'<span class="DocPublicationName">',
        b"<h1>T</h1>",
        b"<table>",
        b"<p>\xc2\xa0</p>",
        b"<figcaption>\xe2\x80\xaf</figcaption>",
        b"<article><p>" + TEXT * 3 + b"</p><p>" + TEXT * 3,
        b'<div class="article frArticle">',
        b"<tr><td>HD</td><td>T</td></tr>",
        b'<meta charset="',
        b'utf-8">',
        b'<div class="docOcurrContainer">',
        b'<p class="articleParagraph">',
        b"<!--",
        b"-->",
        b"&#55296;",
        b"&",
        b'<div class="comments">',
        b"<figcaption>",
        b'<script type="application/ld+json">{"articleSection": "',
        TEXT * 6,
    ],
    ".xml": [
        b'<?xml version="1.0"?>',
        b"<rss><channel><item></item><item><title>T</title></item></channel></rss>",
        b"<rss>",
        b"</rss>",
        b"<item>",
        b"</item>",
        b"<description>",
        b"</description>",
        b"<!DOCTYPE a [",
        b"<!ENTITY a 'b'>",
        b"]>",
        b"&a;",
        b"&lt;p&gt;",
        b"<feed>",
        b"<entry><content>",
        b"<a:b",
    ],
    ".eml": [
        b"Content-Type: text/html\n\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n",
        b"--b\n",
        b"--b--\n",
        b"Subject: =?utf-8?q?a?=\n",
        b"From: a <b@c>\n",
        b"Date: ",
        b"Content-Transfer-Encoding: base64\n",
        b"<p>",
        b"charset=",
        b"\n\n",
        b"=?x?b?",
        b"Content-Type: message/rfc822\n\n",
        b"(",
        b'"',
        b";",
        b":",
    ],
    ".csv": [b"texte;titre\n", b";", b",", b'"', b"text", b"\t"],
    ".jsonl": [
        b'{"text": "',
        b'{"text": "Un.", "title": "\\ud800\\u0000", "authors": ["\\udc00"]}\n',
        b'"}',
        b"\n",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"auteurs": ["a", 1]',
        b",",
        b"1e999",
        b"\\ud800",
    ],
    ".json": [
        b'{"text": "',
        b'{"text": "Un.", "title": "\\ud800\\u0000", "authors": ["\\udc00"]}\n',
        b'"}',
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b'"articles": [',
        b"null",
        b"1",
        b'"date": 3',
    ],
    ".parquet": [b"PAR1", b"\x15\x04\x15", b"\0" * 8],
    ".warc": [
        WARC,
        WARC[:150],
        WARC[150:],
        b"\r\n\r\n",
        b"WARC/1.1\r\n",
        b"Content-Length: 9\r\n",
        b"HTTP/1.1 200\r\n",
    ],
    ".gz": [gzip.compress(TEXT), gzip.compress(TEXT)[:20], gzip.compress(TEXT)[20:], b"\x1f\x8b\x08"],
    ".zip": [_zip(), _zip()[:60], _zip()[60:], b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04"],
    ".pdf": [
        b"%PDF-1.4\n",
        b"1 0 obj\n",
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"endobj\n",
        b"stream\n",
        b"endstream\n",
        b"trailer << /Root 1 0 R >>\n",
        b"startxref\n0\n%%EOF",
        b"xref\n0 1\n",
        b"[",
        b"]",
        b"/Length 9",
    ],
    ".mbox": [
        b"From a@b Tue Mar  5 10:00:00 2024\n",
        b"Subject: Un\n",
        b"Content-Type: text/plain; format=flowed\n",
        b">From a\n",
        b"\n\n",
        b"un \nmot ",
    ],
    ".rtf": [
        b"{\\rtf1\\ansi ",
        b"\\'e9",
        b"\\u8217?",
        b"\\par ",
        b"{",
        b"}",
        b"\\u-9",
        b"\\bin9",
        b"\\ansicpg99999",
    ],
    ".docx": [_zip(), b"PK\x05\x06" + b"\0" * 18],
}


def check(folder: Path, suffix: str, data: bytes) -> None:
    """Read these bytes as a file with this suffix: articles that are sound, or lines that say why not."""
    path = folder / f"a{suffix}"
    path.write_bytes(data)
    for piece in pieces_of(str(path)):
        for result in [piece] if isinstance(piece, Unread) else read_piece(_named(piece)):
            if isinstance(result, Unread):
                assert "\n" not in result.reason
                assert result.reason
                assert result.source.isprintable()
                continue
            assert isinstance(result, Read)
            article = result.article
            assert article.text.strip()
            assert "\0" not in article.text
            article.text.encode()
            known = (article.title, article.outlet, article.published, article.url, article.section)
            for stated in (*known, *article.authors, *article.translators):
                (stated or "").encode()
                assert "\0" not in (stated or "")
            end = 0
            for zone in article.zones:
                assert end <= zone.start < zone.end <= len(article.text)
                end = zone.end


def _named(piece: Piece | Unread) -> Piece:
    assert isinstance(piece, Piece)
    return piece
