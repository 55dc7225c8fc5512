"""Word documents: every line of text in them, from the XML itself.

What Word shows with all changes accepted: tables, text boxes, content controls, smart tags, fields'
results and inserted text in; deleted and hidden text, instructions of fields and placeholders out.
Footnotes follow the text.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree

from quotes.errors import ReadingError
from quotes.reading.markup import flat

_LARGEST_XML = 100_000_000
_DEEPEST = 400
_NO_WORD = "is no Word document that can be read: save it as .txt"
_TOO_LARGE = "unpacks to far more than a text: save it as .txt"
_DOCUMENT = "/officeDocument"
_NOTES = ("/footnotes", "/endnotes")
_CHUNK = "/aFChunk"

_CHARACTERS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
# What is there and isn't shown: what was deleted or moved away, what was there before a change, how
# things look, instructions of fields, small print over letters, and copies for older programs.
_NOT_SHOWN = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "delInstrText",
        "instrText",
        "rPr",
        "pPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "rt",
        "Fallback",
    ]
)
# What among its properties hides a run, a content control that nobody filled in, or a row of a table.
_HIDES = {"r": "vanish", "sdt": "showingPlcHdr", "tr": "del"}
_OFF = frozenset({"0", "false", "off"})
# Notes that draw the line above the others.
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class _Builder(ElementTree.TreeBuilder):
    """A tree without a document type: entities that multiply, or that read files, are declared in one."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise ReadingError("declares a document type, which no Word document has: it may be an attack")


def read_docx(data: bytes) -> tuple[str, str | None]:
    """The paragraphs of a Word document in their order, one a line; and what of it was not read.

    A text box stands before the paragraph that it is fixed to. Raises :class:`ReadingError`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = next((target for kind, target in _related(archive, "") if kind.endswith(_DOCUMENT)), None)
            if main is None:
                raise ReadingError(_NO_WORD)
            others = _related(archive, main)
            notes = [target for kind, target in others if kind.endswith(_NOTES)]
            lines = [line for part in (main, *notes) for line in _lines(_tree(archive, part))]
    except ReadingError:
        raise
    except Exception:  # broken archives raise anything, from KeyError to zlib.error
        raise ReadingError(_NO_WORD) from None
    chunks = any(kind.endswith(_CHUNK) for kind, _ in others)
    return "\n".join(lines), "holds another document, which was not read: save it anew" if chunks else None


def _related(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """The kinds and names of the parts that a part refers to; those of the package for ``""``."""
    folder, name = posixpath.split(part)
    stated = posixpath.join(folder, "_rels", f"{name}.rels")
    if stated not in archive.namelist():
        return []
    return [
        (
            one.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in _tree(archive, stated)
        if one.get("TargetMode") != "External"
    ]


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with archive.open(part) as stream:
        data = stream.read(_LARGEST_XML + 1)
    if len(data) > _LARGEST_XML:
        raise ReadingError(_TOO_LARGE)
    parser = ElementTree.XMLParser(target=_Builder())
    parser.feed(data)
    root: ElementTree.Element = parser.close()
    return root


def _lines(root: ElementTree.Element) -> list[str]:
    """The paragraphs under an element, in order."""
    lines: list[str] = []
    # The text of the paragraph at hand, and whether the next one goes on with it (its end was deleted).
    words: list[str] = []
    _walk(root, lines, words, 0)
    if line := flat("".join(words)):
        lines.append(line)
    return lines


def _walk(element: ElementTree.Element, lines: list[str], words: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise ReadingError("is nested deeper than any article: save its text as .txt")
    for child in element:
        name = _name(child)
        if name == "p":
            own = [*words]
            words.clear()
            _walk(child, lines, own, depth + 1)
            if _ends_deleted(child):
                words.extend(own)
            elif line := flat("".join(own)):
                lines.append(line)
        elif name in ("t", "sym"):
            words.append(_symbol(child) if name == "sym" else child.text or "")
        elif name in _CHARACTERS:
            words.append(_CHARACTERS[name])
        elif name == "txbxContent":
            lines += _lines(child)
        elif not _is_hidden(child, name):
            _walk(child, lines, words, depth + 1)


def _is_hidden(element: ElementTree.Element, name: str) -> bool:
    if name in _NOT_SHOWN:
        return True
    if hides := _HIDES.get(name):
        return any(
            _name(one) == hides and _is_on(one)
            for properties in element
            if _name(properties) == f"{name}Pr"
            for one in properties
        )
    return name in ("footnote", "endnote") and _value(element, "type") in _SEPARATORS


def _ends_deleted(paragraph: ElementTree.Element) -> bool:
    """Whether the end of a paragraph was deleted: the next one goes on with its line."""
    return any(
        _name(mark) in ("del", "moveFrom")
        for properties in paragraph
        if _name(properties) == "pPr"
        for look in properties
        if _name(look) == "rPr"
        for mark in look
    )


def _symbol(element: ElementTree.Element) -> str:
    """A character of a font of symbols; those that the font alone knows are left out."""
    try:
        code = int(_value(element, "char") or "", 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= code < 0xF900 or code < 32 or code > 0x10FFFF else chr(code)


def _is_on(element: ElementTree.Element) -> bool:
    return (_value(element, "val") or "true").lower() not in _OFF


def _value(element: ElementTree.Element, attribute: str) -> str | None:
    """An attribute whatever its namespace: strict documents have others."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == attribute), None)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
