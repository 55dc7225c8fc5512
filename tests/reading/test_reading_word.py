"""Word documents: nothing that Word shows is dropped, nothing that it hides is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from quotes.errors import ReadingError
from quotes.reading.word import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'


def relations(*targets: tuple[str, str]) -> str:
    stated = "".join(
        f'<Relationship Id="r{n}" Type="{KIND}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{stated}</Relationships>'


def word(body: str, notes: str | None = None, space: str = W, chunk: bool = False) -> bytes:
    others = [("footnotes", "notes.xml")] if notes else []
    others += [("aFChunk", "chunk.html")] if chunk else []
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_rels/.rels", relations(("officeDocument", "texte/principal.xml")))
        archive.writestr("texte/_rels/principal.xml.rels", relations(*others))
        archive.writestr("texte/principal.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        if notes:
            archive.writestr("texte/notes.xml", f"<w:footnotes {space}>{notes}</w:footnotes>")
    return stream.getvalue()


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


SAID, WHO = "« Le pont tient », a déclaré ", "Zoé Lebœuf, maire de Brême."
BOX = "<w:txbxContent>" + p(r(SAID + WHO)) + "</w:txbxContent>"


@pytest.mark.parametrize(
    "body",
    [
        p(r(SAID), r(WHO)),
        p(r(SAID), f"<w:ins w:id='1'>{r(WHO)}</w:ins>"),
        p(r(SAID), "<w:del w:id='1'><w:r><w:delText>Paul Morel</w:delText></w:r></w:del>", r(WHO)),
        p(r(SAID), f"<w:moveFrom>{r('ailleurs ')}</w:moveFrom><w:moveTo>{r(WHO)}</w:moveTo>"),
        p(r(SAID), f"<w:sdt><w:sdtPr/><w:sdtContent>{r(WHO)}</w:sdtContent></w:sdt>"),
        f"<w:sdt><w:sdtContent>{p(r(SAID + WHO))}</w:sdtContent></w:sdt>",
        p(r(SAID), f"<w:smartTag w:element='nom'><w:smartTag>{r(WHO)}</w:smartTag></w:smartTag>"),
        p(r(SAID), f"<w:hyperlink><w:r><w:instrText>LIEN</w:instrText></w:r>{r(WHO)}</w:hyperlink>"),
        p(r(SAID), f"<w:fldSimple w:instr='NOM'>{r(WHO)}</w:fldSimple>"),
        f"<w:tbl><w:tr><w:tc>{p(r(SAID + WHO))}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{p(r(SAID + WHO))}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",  # noqa: E501
        p(f"<w:r><w:pict>{BOX}</w:pict></w:r>"),
        p(f"<w:r><w:AlternateContent><w:Choice>{BOX}</w:Choice><w:Fallback>{BOX}</w:Fallback></w:AlternateContent></w:r>"),
        p(r("« Le pont tient"), "<w:r><w:br/></w:r>", r("», a déclaré"), "<w:r><w:tab/></w:r>", r(WHO)),
        p(r(SAID), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché </w:t></w:r>", r(WHO)),
        p(r(SAID), "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Zoé</w:t></w:r>", r(" Lebœuf, maire de Brême.")),  # noqa: E501
        p(r(SAID), "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Cliquez"
          "</w:t></w:r></w:sdtContent></w:sdt>", r(WHO)),
        p("<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>", r(SAID)) + p(r(WHO)),
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('ôté'))}</w:tc></w:tr></w:tbl>" + p(r(SAID + WHO)),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(body: str) -> None:
    text, note = read_docx(word(p(r("Le pont de Brême")) + body + p(r("Fin."))))
    assert text.split("\n") == ["Le pont de Brême", SAID + WHO, "Fin."]
    assert note is None


def test_hyphens_and_symbols() -> None:
    body = p(r("Brême"), "<w:r><w:noBreakHyphen/></w:r>", r("la"), "<w:r><w:softHyphen/></w:r>", r("Vieille"),
             "<w:r><w:sym w:font='A' w:char='00AB'/><w:sym w:font='Wingdings' w:char='F04A'/></w:r>")  # fmt: skip  # noqa: E501
    assert read_docx(word(body))[0] == "Brême-laVieille«"


def test_footnotes_follow_and_strict_documents_are_read() -> None:
    notes = f"<w:footnote w:type='separator'>{p(r('—'))}</w:footnote><w:footnote w:id='2'>{p(r('Une note.'))}</w:footnote>"  # noqa: E501
    assert read_docx(word(p(r("Un.")), notes, STRICT))[0] == "Un.\nUne note."


def test_what_was_not_read_is_said() -> None:
    text, note = read_docx(word(p(r("Un.")) + "<w:altChunk/>", chunk=True))
    assert text == "Un."
    assert note is not None
    assert "another document" in note


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK rien", "is no Word document"),
        (word("<w:p>"), "is no Word document"),
        (word("<w:sdt>" * 2_000 + "</w:sdt>" * 2_000), "is nested deeper"),
    ],
)
def test_documents_that_are_none(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_docx(data)
