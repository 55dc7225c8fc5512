"""An e-mail (a newsletter, a press release): its subject is the title, its first text the article."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.encoding import decode_bytes
from quotes.reading.markup import paragraphs_of
from quotes.reading.dates import iso_date
from quotes.reading.text import checked
from quotes.reading.zones import zones_of

_MOST_PARTS = 5_000


def read_mail(data: bytes) -> Article:
    """The article of an e-mail; attachments are left alone."""
    # Each part is looked for in all that follows it.
    if data.count(b"\n--") > _MOST_PARTS:
        raise ReadingError("has more parts than any e-mail: save its text as .txt")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        text = checked(_text(message))
        title = " ".join(str(message["subject"] or "").split()) or None
        outlet = parseaddr(str(message["from"] or ""))[0] or None
        published = iso_date(str(message["date"] or ""))
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, AssertionError):
        # The standard library's parser raises all of these on headers that lie.
        raise ReadingError("is no e-mail that can be read: save its text as .txt") from None
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return Article(text, title=title, outlet=outlet, published=published, zones=zones_of(text))


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise ReadingError("holds no text: save its text as .txt")
    # Not get_content(): it gives question marks for what was sent without saying in which encoding.
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise ReadingError("holds no text: save its text as .txt")
    text = decode_bytes(content, part.get_content_charset()).text
    return "\n".join(paragraphs_of(text)) if part.get_content_subtype() == "html" else text
