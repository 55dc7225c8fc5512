"""Told speech whose source a preposition names: "Selon X, P.", "P, d'après X.", "Pour X, P"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.classify import looks_said
from quotes.extraction.nominal import may_credit, nominal_cue
from quotes.extraction.pairs import named_together
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import DETERMINERS, PLAIN_LINKS, SUBJECT_PRONOUNS
from quotes.extraction.relatives import antecedent
from quotes.extraction.subjects import main_subject
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token
from quotes.extraction.told_bounds import (
    RELATIVES,
    Told,
    comma_in,
    ends,
    goes_on,
    is_broken_off,
    is_finite,
    only_leads,
    starts,
    tells,
)
from quotes.extraction.told_clauses import is_infinitive
from quotes.french.grammar import word_class
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import FORMS

_TONIC = {"lui": "il", "elle": "elle", "eux": "ils", "elles": "elles", "moi": "", "nous": ""}
_OPINIONS = (("à", "ses", "yeux"), ("à", "leurs", "yeux"), ("à", "son", "avis"), ("à", "leur", "avis"))
_JUDGING = frozenset({"yeux", "avis"})
_ANNOUNCING = frozenset({"selon", "après", "pour"})
_ANNOUNCING_OR_JUDGING = _ANNOUNCING | {"à"}
_CLAUSE_OPENERS = frozenset({"mais", "et", "car", "que", "qu'", "qui", "dont", "où", "puisque", "or"})
_LINKS = PLAIN_LINKS | {"par", "à", "sur", "pour"}
_APPOSITIONS = 3
_LONGEST_APPOSITION = 16  # tokens
_LEARNING = 4  # tokens of "a appris | l'AFP | de source policière"
_LONGEST_SOURCE = 14  # tokens
_MEETING = word_class("participles_of_meeting")
_CRITERIA = word_class("criteria")
_PLURAL = frozenset({"les", "des", "plusieurs", "certains", "certaines", "nos", "ses", "ces", "quelques"})


def sources(carrier: Carrier) -> Iterator[Told]:
    """What may be told beside each source that a preposition names."""
    for first, after, attribution in _named(carrier):
        yield from _beside(carrier, first, after, attribution)


def _named(carrier: Carrier) -> Iterator[tuple[int, int, Attribution]]:
    """Each nominal cue: where it begins, where its source ends, and the source."""
    tokens = carrier.tokens
    seen: set[int] = set()
    for k, phrase in enumerate(carrier.phrases if may_credit(carrier) else ()):
        if not phrase.first or (
            phrase.kind is PRONOUN and not phrase.head.startswith(("celui", "celle", "ceux"))
        ):
            continue
        cue = nominal_cue(tokens, phrase)
        if cue is None or cue[1] == "dixit" or cue[0] in seen:
            continue
        if _is_told_by_incise(carrier, cue[0]) or _is_criterion(phrase):
            continue
        seen.add(cue[0])
        pair = named_together(carrier, whole(carrier, k))
        source = Attribution("told_according", pair, "", (cue[0], phrase.first), cue[1])
        yield cue[0], max(pair.last, _source_end(carrier, k)), source
    announcing = _ANNOUNCING if carrier.words.isdisjoint(_JUDGING) else _ANNOUNCING_OR_JUDGING
    if announcing.isdisjoint(carrier.words):
        return
    lows = carrier.lows
    for j in [k for k, low in enumerate(lows[:-1]) if low in announcing]:
        first = j - (lows[j] == "après")
        if first in seen or first < 0 or (first < j and lows[first] != "d'"):
            continue
        if lows[j] in _ANNOUNCING:
            yield from _other_source(carrier, first, j)
        elif lows[j : j + 3] in _OPINIONS:
            # "à ses yeux, P", "à son avis": of whoever the sentence is about
            subject = main_subject(carrier, j)
            pronoun = "" if subject is not None else "ses"
            yield j, j + 3, Attribution("told_according", subject, pronoun, (j, j + 3), "à ses yeux")


def _is_told_by_incise(carrier: Carrier, cue: int) -> bool:
    """Whether a source belongs to an incise: "P, a-t-on appris | de source sûre", "a appris l'AFP | de …"."""
    return any(
        (group.clitic and group.last == cue)
        or (group.verb is not None and group.verb.head == "apprendre" and 0 <= cue - group.last <= _LEARNING)
        for group in carrier.verbs
    )


def _other_source(carrier: Carrier, first: int, at: int) -> Iterator[tuple[int, int, Attribution]]:
    """A source that is a pronoun, a relative, or a noun that no phrase covers."""
    tokens = carrier.tokens
    low = tokens[at].low
    lemma = "d'après" if low == "après" else low
    following = tokens[at + 1].low
    if following in _TONIC:
        if _TONIC[following] and not (at + 2 < len(tokens) and tokens[at + 2].low.startswith("-")):
            cue = (first, at + 2)
            yield first, at + 2, Attribution("told_according", None, _TONIC[following], cue, lemma)
    elif following in ("qui", "lequel", "laquelle", "lesquels", "lesquelles"):
        source = antecedent(carrier, at, "p" if following.endswith("s") else "")
        if source is not None:
            cue = (first, at + 2)
            yield first, at + 2, Attribution("told_according", source, "", cue, f"{lemma} qui")
    elif low != "pour":
        phrase = _any_noun(tokens, at + 1)
        if phrase is not None and not _is_criterion(phrase):
            yield first, phrase.last, Attribution("told_according", phrase, "", (first, at + 1), lemma)


def _is_criterion(phrase: Phrase) -> bool:
    """Whether something depends on what selon names: "ouverte de 8 à 12 heures selon | la saison"."""
    return phrase.head in _CRITERIA and phrase.name is None


def _any_noun(tokens: Sequence[Token], at: int) -> Phrase | None:
    """A source that no list knows: "selon les premières constatations"."""
    end = at
    while (
        end < min(len(tokens), at + _LONGEST_SOURCE)
        and tokens[end].kind in (WORD, NUMBER)
        and tokens[end].low not in RELATIVES
        and tokens[end].low not in ("que", "qu'", "et", "a", "ont", "est", "sont")
        and not (end > at + 1 and is_finite(tokens[end]) and not noun(tokens[end].low))
    ):
        end += 1
    if end == at:
        return None
    number: Literal["s", "p"] = "p" if tokens[at].low in _PLURAL else "s"
    limit = next((j for j in range(at + 1, end) if tokens[j].low in _LINKS), end)
    head = next((j for j in range(at, limit) if noun(tokens[j].low)), min(at + 1, end - 1))
    entry = next(iter(noun(tokens[head].low)), Noun(tokens[head].low, "document", None, number))
    determined = tokens[at].low if end - at > 1 else ""
    return Phrase(
        at, end, DESCRIPTION, tokens[head].low, entry, determined, number, entry.gender,
        None, (at + bool(determined), end), before=tokens[at - 1].low,
    )  # fmt: skip


def _source_end(carrier: Carrier, k: int) -> int:
    """Where a source ends with its appositions and relative clauses: at a comma where one closes them."""
    tokens = carrier.tokens
    last = carrier.phrases[k].last
    if last < len(tokens) and tokens[last].text == "(":
        # "le Comité des riverains (CDR), organisateur du débat,"
        last = next((j + 1 for j in range(last, min(len(tokens), last + 12)) if tokens[j].text == ")"), last)
    at = _comma(tokens, last)
    if at > last + 12:
        return last
    if at > last and tokens[last].low not in RELATIVES and any(is_finite(t) for t in tokens[last:at]):
        return last  # "selon la mairie les travaux avancent"
    for other, name in carrier.appositions.items():
        if name == k and carrier.phrases[other].first == at + 1:
            at = _comma(tokens, carrier.phrases[other].last)
    while at + 1 < len(tokens) and tokens[at].text == "," and (
        _tells_of_source(tokens, at + 1) or _describes_source(tokens, at + 1)
    ):  # fmt: skip
        at = _comma(tokens, at + 1)
    return at


def _tells_of_source(tokens: Sequence[Token], at: int) -> bool:
    """Whether a relative, a meeting or an age follows: "Selon X, | interrogé lundi, P", "X, | 34 ans, P"."""
    aged = tokens[at].kind is NUMBER and at + 1 < len(tokens) and tokens[at + 1].low == "ans"
    return aged or tokens[at].low in RELATIVES or tokens[at].low in _MEETING


def _describes_source(tokens: Sequence[Token], at: int) -> bool:
    """Whether a description stands behind a source that is no subject: "Selon X, | une élue de Brume, P"."""
    comma = _comma(tokens, at)
    if not (tokens[at].low in ("un", "une") or noun(tokens[at].low)) or comma + 2 >= len(tokens):
        return False
    if tokens[comma].text == "," and tokens[comma + 1].kind is QUOTE:
        return tokens[at].low not in ("un", "une") and not looks_said(tokens[at:comma])
    following = _comma(tokens, comma + 1)
    return (
        tokens[comma].text == ","
        and (tokens[comma + 1].low in DETERMINERS or tokens[comma + 1].low in SUBJECT_PRONOUNS)
        and all(t.low != "et" for t in tokens[comma:following])
        and looks_said(tokens[comma + 1 : following])
        and not looks_said(tokens[at:comma])
    )


def _comma(tokens: Sequence[Token], at: int) -> int:
    return next(
        (j for j in range(at, len(tokens)) if tokens[j].kind is MARK and tokens[j].text != "-"),
        len(tokens),
    )


def _beside(carrier: Carrier, first: int, after: int, source: Attribution) -> Iterator[Told]:
    """What is told after a cue that opens its clause, before one that closes it, or on both sides."""
    tokens = carrier.tokens
    if first and tokens[first - 1].low == "toujours":
        first -= 1  # "toujours selon cette étude"
    rests = _rests(carrier, after)
    parts = bool(rests) and first > 0 and _stands_between(tokens, first, after, source)
    broken = parts and tokens[first - 1].text == "," and is_broken_off(tokens, 0, first - 1)
    broken = broken and not only_leads(tokens, 0, first - 1)
    for rest in () if broken else rests:
        for end in ends(carrier, rest):
            if tells(carrier, rest, end.at):
                skipped = "" if rest == rests[0] else " past apposition"
                yield Told(rest, end.at, source, f"after cue:{_before(tokens, first)}{skipped}", end.name)
    if rests and tokens[rests[0]].low in ("à", "de", "d'") and is_infinitive(tokens, rests[0] + 1):
        for end in ends(carrier, rests[0] + 1):  # "un plan visant, selon X, à | protéger la côte"
            if tells(carrier, rests[0] + 1, end.at):
                yield Told(rests[0] + 1, end.at, source, "after cue infinitive", end.name)
    if not first:
        return
    last = first - (tokens[first - 1].text == ",")
    for start in starts(carrier, last):
        if tells(carrier, start.at, last) and not broken:
            yield Told(start.at, last, source, start.name, f"before cue:{_behind(tokens, after)}")
        if not parts or only_leads(tokens, start.at, last):
            continue
        if start.name == "figure" and tokens[start.at - 1].low in ("de", "d'"):
            continue  # "une femme de | 34 ans, selon X, passait"
        for end in ends(carrier, rests[0]):
            if (
                end.at > rests[0]
                and tells(carrier, start.at, end.at)
                and goes_on(carrier, start.at, last, rests[0], end.at)
            ):
                yield Told(start.at, end.at, source, start.name, f"through {end.name}")


def _stands_between(tokens: Sequence[Token], first: int, after: int, source: Attribution) -> bool:
    """Whether a source parts what it tells: between two commas, or two words: "aurait selon X pris la fuite".

    In "X, pour qui P" and "qui, selon X, P" all that is told stands behind it.
    """
    comma = tokens[first - 1].text == ","
    closed = after < len(tokens) and tokens[after].text == ","
    if not comma and tokens[first - 1].kind is not WORD:
        return False
    if comma != closed or (source.lemma.startswith("pour") and not comma) or source.lemma.endswith("qui"):
        return False
    before = tokens[first - 2].low if comma and first > 1 else ""
    return before not in _CLAUSE_OPENERS and not _is_participle(before)  # "visant, selon X, à | P"


def _is_participle(low: str) -> bool:
    return low.endswith("ant") and any(f.mood == "present_participle" for f in FORMS.get(low, ()))


def _rests(carrier: Carrier, after: int) -> list[int]:
    """Where what follows a source may begin: behind its comma, or behind an apposition that goes on."""
    tokens = carrier.tokens
    rest = after + (after < len(tokens) and tokens[after].text in (",", ":"))
    if rest >= len(tokens):
        return []
    found = [rest]
    while len(found) < _APPOSITIONS and tokens[rest - 1].text == ",":
        comma = comma_in(carrier, rest, rest + _LONGEST_APPOSITION)
        if comma < 0 or comma + 1 >= len(tokens) or any(is_finite(t) for t in tokens[rest:comma]):
            break
        rest = comma + 1
        found.append(rest)
    return found


def _before(tokens: Sequence[Token], first: int) -> str:
    """What stands before a cue: nothing, a mark, or the word itself where it opens a clause."""
    if not first:
        return "nothing"
    token = tokens[first - 1]
    if token.text == "," and first > 1 and tokens[first - 2].low in _CLAUSE_OPENERS:
        return f"{tokens[first - 2].low},"  # "que, selon X, P"
    if token.text == "," and only_leads(tokens, 0, first):
        return "nothing"  # "En effet, selon X, P"
    if token.kind is QUOTE or (token.text == "," and first > 1 and tokens[first - 2].kind is QUOTE):
        return "quotation" if first <= 2 + (tokens[0].kind is MARK) else "words and quotation"
    if token.kind is WORD:
        return token.low if token.low in _CLAUSE_OPENERS else "word"
    return token.text if token.kind is MARK else "other"


def _behind(tokens: Sequence[Token], after: int) -> str:
    """What stands behind a source."""
    if after >= len(tokens):
        return "nothing"
    token = tokens[after]
    return token.text if token.kind is MARK else "word"
