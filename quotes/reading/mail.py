"""An e-mail (a newsletter, a press release): its subject is the title, its first text the article."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.markup import paragraphs_of
from quotes.reading.metadata import iso_date
from quotes.reading.text import checked
from quotes.reading.zones import zones_of


def read_mail(data: bytes) -> Article:
    """The article of an e-mail; attachments are left alone."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    try:
        text = checked(_text(message))
        title = " ".join(str(message["subject"] or "").split()) or None
        outlet = parseaddr(str(message["from"] or ""))[0] or None
        published = iso_date(str(message["date"] or ""))
    except (LookupError, ValueError, TypeError, AttributeError, IndexError):
        # The standard library's parser raises all of these on headers that lie.
        raise ReadingError("is no e-mail that can be read: save its text as .txt") from None
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return Article(text, title=title, outlet=outlet, published=published, zones=zones_of(text))


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise ReadingError("holds no text: save its text as .txt")
    content = part.get_content()
    if not isinstance(content, str):
        raise ReadingError("holds no text: save its text as .txt")
    return "\n".join(paragraphs_of(content)) if part.get_content_subtype() == "html" else content
