"""The carriers of a text: the sentences in which the journalist speaks, with what they quote masked."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.detect import Quotation
from quotes.extraction.names_in_marks import name_in_marks, people_in_marks
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Sentence, Token, tokens_of
from quotes.french.grammar import word_class
from quotes.model import Zone, ZoneKind

_SHORTENED = word_class("shortened_words")
_END = frozenset({".", "!", "?", "…", "..."})
# What goes on for longer is no sentence: rules may look at all of a carrier for each thing in it.
LONGEST_SENTENCE = 250
SIGNED = frozenset({"signé", "signée", "signés"})
"""What stands between a quotation and who signs it: « … » Signé : Jeanne Roy."""
_TEXT = frozenset({ZoneKind.BODY, ZoneKind.STANDFIRST})
_TEXT_LINES = _TEXT | {ZoneKind.HEADING}  # a line that is short may be a part of a sentence
_BETWEEN_TURNS = frozenset({";", ",", "–", "—", "-"})
_LONGEST_LEAD = 15  # tokens of "Jeanne Roy, maire de Brume :"
_SPACE_AFTER = frozenset(')»”"]')


def sentences_of(text: str, zones: Sequence[Zone], quotations: Sequence[Quotation]) -> list[Sentence]:
    """The carriers of the whole text, in order.

    A quotation over several paragraphs belongs to the paragraph in which it begins, and what
    follows its closing mark on the last of its lines goes on in the same carrier.
    """
    found: list[Sentence] = []
    people = people_in_marks(text, quotations)
    after = 0
    index = 0
    pending: list[Token] = []
    paragraph = -1
    for number, zone in enumerate(zones):
        at = max(zone.start, after)
        if at >= zone.end:
            continue
        if not pending:
            paragraph += 1
        while index < len(quotations) and quotations[index].outer_start < zone.end:
            quotation = quotations[index]
            if quotation.outer_start > at:
                pending.extend(tokens_of(text, at, quotation.outer_start))
            name = name_in_marks(text, quotation, pending, index, people)
            pending.append(name or _masked(quotation, index))
            at = after = quotation.outer_end
            index += 1
        if at < zone.end:
            pending.extend(tokens_of(text, at, zone.end))
        elif after > zone.end:
            continue
        if zone.kind in _TEXT_LINES and _goes_on(text, pending[-1:], zones[number + 1 : number + 2]):
            continue
        _split(text, pending, zone.kind, paragraph, found)
        pending = []
    if pending:
        _split(text, pending, ZoneKind.BODY, paragraph, found)
    return found


def _goes_on(text: str, last: Sequence[Token], following: Sequence[Zone]) -> bool:
    """Whether a line ends inside a sentence: "Paul Roy a | ¶ déclaré", « … », | ¶ "a déclaré Paul Roy"."""
    if not last or not (last[0].kind is WORD or last[0].text == ","):
        return False
    return bool(following) and following[0].kind in _TEXT and text[following[0].start].islower()


def _masked(quotation: Quotation, index: int) -> Token:
    return Token(quotation.start, quotation.end, "«»", "«»", QUOTE, False, index)


def _split(text: str, tokens: list[Token], zone: ZoneKind, paragraph: int, found: list[Sentence]) -> None:
    """Cut a paragraph's tokens into sentences."""
    begin = 0
    for i, token in enumerate(tokens[:-1]):
        if i - begin >= LONGEST_SENTENCE or (token.kind is not WORD and _is_over(text, tokens, begin, i)):
            found.append(Sentence(tuple(tokens[begin : i + 1]), zone, paragraph))
            begin = i + 1
    if begin < len(tokens):
        found.append(Sentence(tuple(tokens[begin:]), zone, paragraph))


def _is_over(text: str, tokens: Sequence[Token], begin: int, i: int) -> bool:
    """Whether the sentence that begins at ``begin`` ends with the mark or the quotation at ``i``."""
    token, following = tokens[i], tokens[i + 1]
    if token.kind is QUOTE:
        # « Nous partirons. » Le maire … : the full stop stands inside the marks.
        inner = text[token.end - 1]
        if following.low in SIGNED:
            return False
        alone = i == begin or tokens[i - 1].text == ":"
        if inner in ".!?…" and (alone or inner == "."):
            return following.capital or following.kind is QUOTE
        return alone and following.kind is QUOTE
    mark = token.text
    if mark == "." and i > begin and tokens[i - 1].low in _SHORTENED and tokens[i - 1].end == token.start:
        return False  # "(éd. | Brume)"
    if mark in _END:
        return following.capital or following.kind in (QUOTE, NUMBER) or following.text in "—–-(["
    if mark in _BETWEEN_TURNS and i - begin > 1:
        if tokens[i - 1].kind is QUOTE:
            return tokens[i - 2].text == ":" and _takes_turn(tokens, i + 1)
        return tokens[i - 1].text == ")" and _signed_each(tokens, begin, i)
    return mark in _SPACE_AFTER and i > begin and tokens[i - 1].text in _END and following.capital


def _takes_turn(tokens: Sequence[Token], at: int) -> bool:
    """Whether somebody else is named before a colon of his own: "Paul Roy : « … » – | Léa Blanc : « … »"."""
    if not tokens[at].capital:
        return False
    for k in range(at + 1, min(at + _LONGEST_LEAD, len(tokens) - 1)):
        if tokens[k].kind is QUOTE or tokens[k].text in _END or tokens[k].text == ";":
            return False
        if tokens[k].text == ":":
            return tokens[k + 1].kind is QUOTE
    return False


def _signed_each(tokens: Sequence[Token], begin: int, at: int) -> bool:
    """Whether words on either side are signed in brackets: « … » (Paul Roy), | « … » (Léa Blanc)."""
    if at + 2 >= len(tokens) or tokens[at + 1].kind is not QUOTE or tokens[at + 2].text != "(":
        return False
    opening = next((k for k in range(at - 2, begin, -1) if tokens[k].text == "("), 0)
    return opening > 0 and tokens[opening - 1].kind is QUOTE and tokens[opening + 1].capital
