"""From bytes to text, one way for every reader: marks, labels as the web reads them, and what bears neither.

A label is what a page, mail, feed or server says of its encoding. Labels are taken by the table of the
WHATWG (webencodings): what is called ISO-8859-1 or ASCII is Windows-1252, as in every browser.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from quotes.errors import ReadingError

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a page or feed says of itself in its beginning.
_LABEL = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})",
    re.IGNORECASE,
)
_LABELLED_WITHIN = 4_000
# What old programs wrote without a label: Windows, the Mac, DOS (and what packs ZIP files there).
_UNLABELLED = ("cp1252", "mac_roman", "cp850")
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "the code page of DOS (850)"}
_FRENCH = re.compile(r"[àâçéèêëîïôùûüœæ’«»…–—€°“”ÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ\u00a0\u202f]")
_CAPITAL = re.compile(r"(?<=[a-zà-ÿœ])[ÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ€°]|[ÆËÏÜ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# One character that French doesn't have outweighs some that it has: "marchŽ".
_ODD_WEIGHT = 3
# So many sound characters for each broken one make it UTF-8 with a flaw, and no other encoding.
_SOUND = 3
_ESCAPED = re.compile("[\udc80-\udcff]")
_HALVES = "holds halves of characters (lone surrogates): save it again as UTF-8"

# Windows-1252 that was taken for Latin-1: control characters that no text has (U+0092 for ’).
_C1 = {byte: mark for byte in range(0x80, 0xA0) if (mark := bytes([byte]).decode("cp1252", errors="ignore"))}
_ANY_C1 = re.compile("[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in (Python's name), and in one line what had to be guessed."""

    text: str
    encoding: str
    note: str | None = None


def decode_bytes(data: bytes, label: str | None = None) -> Decoded:
    """The text of bytes: by their mark, as strict UTF-8, by ``label``, by what they say, or by their look.

    UTF-8 comes before any label, since nothing else looks like it; a few bytes in it that are none are
    read as Windows-1252. Control characters that stand for Windows-1252 are mended. Raises
    :class:`ReadingError` for what is in none of these.
    """
    found = _marked(data) or _utf_8(data, label) or _labelled(data, label) or _mended(data) or _guessed(data)
    return Decoded(without_c1(found.text), found.encoding, found.note)


def without_c1(text: str) -> str:
    """The text with the marks of Windows-1252 that stand in it as control characters; as long as it was."""
    return text.translate(_C1) if _ANY_C1.search(text) else text


def marked_codec(head: bytes) -> str | None:
    """The codec that a byte order mark at the head of something names; ``None`` where there is none."""
    return next((codec for bom, codec in _BOMS if head.startswith(bom)), None)


def legacy_codec(data: bytes) -> str | None:
    """In which of the encodings without a label these bytes read like French; ``None`` if in none."""
    scores = {}
    for codec in _UNLABELLED:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # Small letters are far commoner.
        french = len(_FRENCH.findall(text)) - 0.5 * len(_CAPITAL.findall(text))
        scores[codec] = french - _ODD_WEIGHT * (len(_NOT_ASCII.findall(text)) - len(_FRENCH.findall(text)))
    best = max(scores, key=scores.__getitem__, default=None)
    # Windows-1252 is by far the commonest: whatever it can read and nothing reads as French is that.
    if best is None or scores[best] <= 0:
        return "cp1252" if "cp1252" in scores else None
    return best


def _marked(data: bytes) -> Decoded | None:
    codec = marked_codec(data)
    if codec is None:
        return None
    try:
        return Decoded(data.decode(codec), codec.removesuffix("-sig"))
    except UnicodeDecodeError:
        raise ReadingError(f"is no valid {codec.upper()}: save it again as UTF-8") from None


def _utf_8(data: bytes, label: str | None) -> Decoded | None:
    # UTF-16 of unaccented letters is UTF-8 full of NULs.
    if label and label.strip().lower().startswith("utf-16") and b"\0" in data:
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _labelled(data: bytes, label: str | None) -> Decoded | None:
    import webencodings

    declared = _LABEL.search(data, 0, _LABELLED_WITHIN)
    for stated in (label, declared[1].decode("ascii", "replace") if declared else None):
        encoding = webencodings.lookup(stated) if stated else None
        if encoding is None:
            continue
        try:
            text, _ = encoding.codec_info.decode(data, "strict")
        except (UnicodeDecodeError, ValueError):
            continue
        # What is written in Mac Roman and labelled as Windows-1252 is told by its look.
        if encoding.name == "windows-1252" and legacy_codec(data) != "cp1252":
            continue
        return Decoded(text, "cp1252" if encoding.name == "windows-1252" else encoding.name)
    return None


def _mended(data: bytes) -> Decoded | None:
    """UTF-8 in which a few bytes are none: pasted from elsewhere, or cut off at the end."""
    text = data.decode("utf-8", "surrogateescape")
    broken = len(_ESCAPED.findall(text))
    sound = len(_NOT_ASCII.findall(text)) - broken
    if sound < _SOUND * broken or "\0" in text:
        return None
    whole = _without_end(text)
    if not _ESCAPED.search(whole):
        return Decoded(whole, "utf-8", "breaks off within a character: the end may be missing")
    if _is_of_halves(data):
        raise ReadingError(_HALVES)
    mended = _ESCAPED.sub(lambda one: _as_windows(one[0]), text)
    return Decoded(mended, "utf-8", "holds bytes that are no UTF-8: they were read as Windows-1252")


def _without_end(text: str) -> str:
    """The text without the first bytes of a character at its very end."""
    end = len(text)
    while end and len(text) - end < 3 and _ESCAPED.match(text, end - 1):
        end -= 1
    return text[:end]


def _as_windows(escaped: str) -> str:
    return escaped.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _is_of_halves(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data[:100_000]:
        raise ReadingError("is no text (it holds NUL bytes): save it as plain text in UTF-8")
    if _is_of_halves(data):
        raise ReadingError(_HALVES)
    codec = legacy_codec(data)
    if codec is None:
        raise ReadingError("is neither UTF-8 nor Windows-1252: save it again as UTF-8")
    return Decoded(data.decode(codec), codec, f"read as {_NAMES[codec]}, since it is no UTF-8")
