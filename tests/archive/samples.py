"""Extractions written by hand, so that the archive is tested without the extractor."""

from __future__ import annotations

from quotes.model import (
    Article,
    Cue,
    Extraction,
    Gender,
    Mention,
    NotQuote,
    Quote,
    QuoteKind,
    Role,
    Span,
    Speaker,
    SpeakerType,
    Zone,
    ZoneKind,
)

JEANNE = Speaker("Jeanne Roy", SpeakerType.PERSON, Gender.FEMALE)
PAUL = Speaker("Paul Vasseur-Lemoine", SpeakerType.PERSON, Gender.MALE)
MADAME_ROY = Speaker("Mme Roy", SpeakerType.PERSON, Gender.FEMALE)
INHABITANT = Speaker("un habitant", SpeakerType.UNNAMED, Gender.MALE)
UNION = Speaker("Syndicat des Marchés", SpeakerType.ORGANIZATION)


def quote(
    text: str,
    words: str,
    speaker: Speaker | None = None,
    role: str | None = None,
    *,
    confidence: float = 0.9,
    kind: QuoteKind = QuoteKind.DIRECT,
) -> Quote:
    """A quote of these words where they first stand in the text."""
    start = text.index(words)
    return Quote(
        start,
        start + len(words),
        words,
        kind,
        speaker=speaker,
        role=Role(role) if role else None,
        rule="incise" if speaker else "none",
        confidence=confidence if speaker else 0.0,
    )


def extraction(
    text: str,
    *said: tuple[str, Speaker | None] | tuple[str, Speaker | None, str],
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Extraction:
    """An article in which these words are said by these speakers."""
    article = Article(text, title=title, outlet=outlet, published=published, url=url)
    return Extraction(article, tuple(quote(text, *one) for one in said))


def full() -> Extraction:
    """An article in which every field of every type is filled."""
    text = (
        "Pont fermé\n\n« Nous attendrons, a dit Jeanne Roy, maire de Saint-Aubin, le dégel. »"
        " Le « pont bleu » rouille."
    )
    start = text.index("Nous")
    end = text.index(" » Le")
    incise = Span(text.index(", a dit"), text.index(" le dégel"))
    cue = text.index("a dit")
    name = text.index("Jeanne Roy")
    bridge = text.index("pont bleu")
    return Extraction(
        Article(
            text,
            title="Pont fermé",
            authors=("Ida Lenoir", "Marc Ober"),
            outlet="Le Courrier du Val",
            published="2024-05-17",
            url="https://courrier.example/pont",
            source="pont.txt",
            zones=(Zone(ZoneKind.HEADLINE, 0, 10), Zone(ZoneKind.BODY, 12, len(text))),
            translators=("Luc Faure",),
            section="Région",
        ),
        (
            Quote(
                start,
                end,
                "Nous attendrons le dégel.",
                QuoteKind.DIRECT,
                display=True,
                speaker=JEANNE,
                mention=Mention(name, name + 10, "Jeanne Roy"),
                cue=Cue(cue, cue + 5, "a dit", "dire"),
                role=Role("maire de Saint-Aubin"),
                rule="incise",
                confidence=0.95,
                incises=(incise,),
            ),
        ),
        (NotQuote(bridge, bridge + 9, "pont bleu", "name"),),
    )


COUNCIL = extraction(
    "« L’État n’a pas publié ses déclarations », regrette Jeanne Roy. "
    "« Les marchand·es travaillent à l’œuvre commune », dit le Syndicat des Marchés.",
    ("L’État n’a pas publié ses déclarations", JEANNE, "maire de Saint-Aubin"),
    ("Les marchand·es travaillent à l’œuvre commune", UNION),
    title="Conseil",
    outlet="Le Courrier du Val",
    published="2024-05-17",
)
MARKET = extraction(
    "« La déclaration du marché viendra », dit Jeanne Roy. « On verra », soupire un habitant. "
    "« L’impôt baissera », promet Paul Vasseur-Lemoine.",
    ("La déclaration du marché viendra", JEANNE, "députée"),
    ("On verra", INHABITANT),
    ("L’impôt baissera", PAUL),
    title="Marché",
    outlet="La Gazette",
    published="2023-11-02",
)
