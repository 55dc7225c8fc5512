"""The journalist's words inside the marks: « Nous partirons, *a dit Paul Roy*, demain. »"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.extraction.carrier import Attribution, Carrier, read_carrier
from quotes.extraction.classify import looks_said
from quotes.extraction.cues import CLITIC_SUBJECTS, VerbGroup, find_verbs, unknown_incise
from quotes.extraction.detect import Quotation
from quotes.extraction.inversion import incise_subject
from quotes.extraction.marks import cue_after
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.proper_names import (
    CLITICS,
    DEFINITE,
    FUNCTION_WORDS,
    PEOPLE,
    TAKING_UP,
    Vocabulary,
    is_aged,
    person_noun,
)
from quotes.extraction.sentences import LONGEST_SENTENCE
from quotes.extraction.subjects import those_at
from quotes.extraction.tokens import MARK, QUOTE, WORD, Sentence, Token, tokens_inside
from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS, VERBS, is_indicative
from quotes.model import Span, ZoneKind

_TERMINAL = frozenset({".", "!", "?", "…", "..."})
_BEFORE = frozenset({",", "?", "!", "…", "...", "–", "—", "»", "”"})
_JOINED = CLITIC_SUBJECTS.keys() | {"-je"}
_HINTS = _BEFORE | _JOINED
_DENYING = frozenset({"ne", "n'"})
_TOLD = frozenset({"present", "past"})
_DEPTHS = {"«": 1, "“": 1, "»": -1, "”": -1}
_LANDMARKS = _HINTS | _DEPTHS.keys() | {"."}
_LONGEST_ASIDE = 6  # tokens
_OWN_WORDS = word_class("speaks_of_himself") | word_class("speaks_to_somebody")
_TO_SPEAKER = frozenset({"m'", "me", "nous"})
_OF_SPEAKER = frozenset({"mon", "ma", "mes", "notre", "nos"})
_BEARING = word_class("bearing")
_LONGEST_STRETCH = LONGEST_SENTENCE + 1  # tokens
_SHORTEST = 25  # code points; a shorter quotation holds no incise


@dataclass(frozen=True, slots=True)
class InnerIncise:
    """An incise inside the marks: what to take out, and the source that it gives.

    ``spans`` are its own and those of others behind it: « Nous partons*, dit-elle*. Demain*, ajoute-t-elle*.»
    """

    spans: tuple[Span, ...]
    attribution: Attribution
    carrier: Carrier


def find_incise(text: str, quotation: Quotation, words: Vocabulary) -> InnerIncise | None:
    """The first incise inside the marks of a quotation with those that go on from it, or ``None``."""
    if quotation.end - quotation.start < _SHORTEST:
        return None
    first: InnerIncise | None = None
    tokens = tokens_inside(text, quotation.start, quotation.end)
    landmarks = [k for k, t in enumerate(tokens) if t.low in _LANDMARKS]
    hints = [k for k in landmarks if tokens[k].low in _HINTS]
    for start, stop in _stretches(tokens, landmarks) if hints else ():
        stretch = tokens[start:stop]
        if not _may_hold_incise(stretch, [k - start for k in hints if start <= k < stop]):
            continue  # as with nearly all, which needn't be read then
        found = _first_in(text, stretch, quotation, words)
        if first is None:
            first = found
        elif found is not None and _of_same(first, found):
            first = replace(first, spans=first.spans + found.spans)
    return first


def _first_in(
    text: str, stretch: tuple[Token, ...], quotation: Quotation, words: Vocabulary
) -> InnerIncise | None:
    """The first incise of a sentence inside the marks."""
    own = _own_incise(stretch, quotation, words)
    if own is not None or all(_opening(stretch, group) is None for group in find_verbs(stretch)):
        return own
    carrier = read_carrier(Sentence(stretch, ZoneKind.BODY, 0), words)
    for group in carrier.verbs:
        found = _incise_at(carrier, group, quotation, words)
        if found is not None and not (_to_speaker(found) and _is_told_outside(text, quotation)):
            return found
    return None


def _of_same(first: InnerIncise, other: InnerIncise) -> bool:
    """Whether an incise goes on with whom the first one names: "…, dit Paul Roy. …, | poursuit-il"."""
    phrase, named = other.attribution.phrase, first.attribution.phrase
    if _to_speaker(other):
        return False  # "…, raconte Paul Roy. Partez, m'a dit le maire. …"
    if phrase is None:
        return other.attribution.pronoun in TAKING_UP
    if phrase.kind is NAME is (named or phrase).kind:
        return named is None or phrase.head.split()[-1:] == named.head.split()[-1:]
    return phrase.determiner in DEFINITE and phrase.noun is not None and phrase.noun.kind in PEOPLE


def _to_speaker(incise: InnerIncise) -> bool:
    """Whether an incise tells what was said to a speaker: "Partez, | m'a dit le maire", "nous a-t-on dit"."""
    tokens, (first, _) = incise.carrier.tokens, incise.attribution.cue or (0, 0)
    subject = incise.attribution.phrase
    return tokens[first - 1].low in _TO_SPEAKER or (
        subject is not None and subject.determiner in _OF_SPEAKER  # ", répétait ma mère"
    )


def _is_told_outside(text: str, quotation: Quotation) -> bool:
    """Whether the quotation has a speaker beside it: « Partez, m'a dit le maire. J'ai ri », | raconte Léa."""
    before = text[max(0, quotation.outer_start - 3) : quotation.outer_start].rstrip()
    return before.endswith(":") or cue_after(text, quotation.outer_end)


def _may_hold_incise(tokens: tuple[Token, ...], hints: Sequence[int]) -> bool:
    """Whether a word that may be its verb stands where an incise begins, or a pronoun is joined to one.

    ``hints`` are the places of marks and joined pronouns.
    """
    for mark in hints:
        if tokens[mark].low in _JOINED:
            return True
        for at in range(mark + 1, len(tokens)):
            low = tokens[at].low
            if is_indicative(low) or unknown_incise(tokens, at):
                return True
            if low not in CLITICS and not low.endswith("ment"):
                break
        if mark + 2 < len(tokens) and _adds(tokens, mark):
            return True
    return False


def _adds(tokens: tuple[Token, ...], comma: int) -> bool:
    """Whether an infinitive goes on telling behind a comma: ", de conclure Jeanne Roy"."""
    verb = FORMS.get(tokens[comma + 2].low, ())
    infinitive = any(f.mood == "infinitive" for f in verb)
    return tokens[comma].text == "," and tokens[comma + 1].low in ("de", "d'") and infinitive


def _own_incise(tokens: tuple[Token, ...], quotation: Quotation, words: Vocabulary) -> InnerIncise | None:
    """« Tiens, me dis-je, voilà la pluie. »: the writer's own words, and so nobody's of the article."""
    at = next((k for k, t in enumerate(tokens) if t.low == "-je"), 0)
    if at < 2 or tokens[at].start != tokens[at - 1].end:
        return None
    form = next(
        (
            f
            for f in FORMS.get(tokens[at - 1].low, ())
            if f.person == 1 and f.mood == "indicative" and f.tense in _TOLD
        ),
        None,
    )
    before = at - 2
    while before > 0 and tokens[before].low in CLITICS:
        before -= 1
    last = at + 1
    closed = last == len(tokens) or tokens[last].text in (",", ".", "!", "…")
    if (
        form is None
        or not closed
        or tokens[before].text not in _BEFORE
        or not any("incise" in verb.constructions for verb in VERBS.get(form.lemma, ()))
    ):
        return None
    first = before if tokens[before].text in ",–—" else before + 1
    own = read_carrier(Sentence(tokens[before:last], ZoneKind.BODY, 0), words)
    cue = (at - 1 - before, last - before)
    return InnerIncise(
        (Span(tokens[first].start, tokens[last - 1].end),),
        Attribution("incise_inside", None, "on", cue, form.lemma),
        own,
    )


def _stretches(tokens: tuple[Token, ...], landmarks: Sequence[int]) -> list[tuple[int, int]]:
    """Token ranges that end with a full stop; an incise after ? or ! belongs to the same range.

    All full stops and marks of quotations are among the ``landmarks``.
    """
    ends, depth = [], 0
    for i in landmarks:
        text = tokens[i].text
        depth += _DEPTHS.get(text, 0)
        if text == "." and depth <= 0:
            ends.append(i + 1)
    found, start = [], 0
    for end in (*ends, len(tokens)):
        while end - start > _LONGEST_STRETCH:
            found.append((start, start + _LONGEST_STRETCH))
            start += _LONGEST_STRETCH
        if end - start > 1 or start < end == len(tokens):
            found.append((start, end))
            start = end
    return found


def _opening(tokens: tuple[Token, ...], group: VerbGroup) -> int | None:
    """The index of what stands before an incise with this verb, or ``None`` where none can begin."""
    if group.verb is not None and not group.clitic and not group.allows("incise"):
        return None
    if group.mood == "infinitive" and group.first > 1 and _adds(tokens, group.first - 2):
        return group.first - 2
    if not group.finite or group.person != 3:
        return None
    before = group.first - 1
    while (
        before > 0
        and tokens[before].kind is WORD
        and (tokens[before].low in CLITICS or tokens[before].low.endswith("ment"))
    ):
        before -= 1
    if before < 0 or not _DENYING.isdisjoint([t.low for t in tokens[before : group.first]]):
        return None  # no incise denies: "ils ne partent pas, ne protestent pas"
    if tokens[before].text not in _BEFORE and not (
        group.clitic
        and group.allows("strong")
        and (group.last >= len(tokens) or tokens[group.last].text in (".", ","))
    ):
        return None
    return before


def _incise_at(
    carrier: Carrier, group: VerbGroup, quotation: Quotation, words: Vocabulary
) -> InnerIncise | None:
    tokens = carrier.tokens
    before = _opening(tokens, group)
    if before is None:
        return None
    if sum((t.text in "«“") - (t.text in "»”") for t in tokens[:before]) > 0:
        return None
    subject = incise_subject(carrier, group)
    if subject is None:
        return None
    phrase, clitic = subject
    if clitic == "on":
        phrase = those_at(carrier, group, None)  # "assure-t-on en mairie"
        clitic = "" if phrase is not None else clitic
        if phrase is None and not group.allows("strong"):
            return None
    if clitic and group.verb is None and _asks(tokens, group):
        return None
    if phrase is not None and not _plain_subject(carrier, group, phrase):
        return None
    last = _end(carrier, group.last if phrase is None else max(group.last, phrase.last), bool(clitic))
    start = tokens[before].start if tokens[before].text in ",–—" else tokens[before + 1].start
    end = tokens[last - 1].end
    if tokens[before].text not in ",–—" and last < len(tokens) and tokens[last].text in (".", ","):
        end = tokens[last].end
    if start <= quotation.start or end > quotation.end:
        return None
    # Only the incise itself is the journalist's: read it again without the words of the quote.
    own = read_carrier(Sentence(tokens[before:last], ZoneKind.BODY, 0), words)
    cue = (group.first - before, group.last - before)
    if phrase is not None:
        first = phrase.first - before
        phrase = next((p for p in own.phrases if p.first == first or p.first < first < p.last), None)
        if phrase is None:
            return None
    return InnerIncise(
        (Span(start, end),),
        Attribution("incise_inside", phrase, clitic, cue, group.verb.lemma if group.verb else ""),
        own,
    )


def _asks(tokens: tuple[Token, ...], group: VerbGroup) -> bool:
    """Whether an unknown verb with a clitic belongs to a question of the speaker's own."""
    for token in tokens[group.last :]:
        if token.text in _TERMINAL or token.text == ",":
            return token.text == "?"
    return False


def _plain_subject(carrier: Carrier, group: VerbGroup, phrase: Phrase) -> bool:
    """A noun subject convinces if a name, or a person's description, closes the incise."""
    tokens = carrier.tokens
    if (
        group.verb is None
        and phrase.last < len(tokens)
        and tokens[phrase.last].text not in (".", ",", "(")
        and tokens[phrase.last].kind is WORD
    ):
        return False
    if phrase.kind is DESCRIPTION and (
        phrase.noun is None
        or phrase.noun.kind == "document"
        or not (phrase.determiner or phrase.before == "en")  # "assure-t-on en mairie"
    ):
        return False
    # "explique la directrice de l'école de Brume, Jeanne Roy": the name follows what begins the subject
    first = min(
        [phrase.first]
        + [
            carrier.phrases[described].first
            for described, named in carrier.appositions.items()
            if carrier.phrases[named] is phrase
        ]
    )
    if any(t.text == "," for t in tokens[group.last : first]) and not _aside(tokens[group.last : first]):
        return False
    if group.allows("weak") and phrase.kind is not NAME and first > group.last:
        return False
    # "…, dit le maire de Lyon, …": nothing but the subject may stand before the next mark
    return not (first - group.last > 8)


def _aside(between: Sequence[Token]) -> bool:
    """Whether commas close off how somebody says it: ", lâche|, agacé, |Jeanne Roy"."""
    marks = [t.text for t in between if t.kind is MARK]
    closed = marks == [",", ","] and between[0].text == "," == between[-1].text
    return closed and len(between) <= _LONGEST_ASIDE and not any(is_indicative(t.low) for t in between)


def _is_of_speaker(tokens: Sequence[Token]) -> bool:
    """Whether words behind who speaks are his own: « Je suis, dit Jeanne Roy, | fière de mon équipe »."""
    return any(t.low in _OWN_WORDS for t in tokens)


def _is_bearing(tokens: Sequence[Token]) -> bool:
    """Whether words tell how somebody looks or sounds: ", les larmes aux yeux", ", la voix brisée"."""
    at = int(len(tokens) > 1 and tokens[0].low in DEFINITE)
    owned = at + 1 < len(tokens) and tokens[at + 1].low in ("de", "d'", "du", "des")
    return at < len(tokens) and tokens[at].low in _BEARING and not owned and not looks_said(tokens)


def _end(carrier: Carrier, at: int, pronoun: bool) -> int:
    """The token index at which the incise ends, its appositions and relative clauses included.

    Nothing is apposed to a ``pronoun``: « Ce sera fini, dit-elle, sauf miracle. »
    """
    tokens = carrier.tokens
    count = len(tokens)
    inside_relative = False
    while at < count:
        token = tokens[at]
        if token.text in _TERMINAL or token.text in ";:" or token.kind is QUOTE:
            return at
        if token.text == ",":
            nxt = tokens[at + 1] if at + 1 < count else None
            if nxt is None:
                return at
            if is_aged(tokens, at):
                at += 3  # ", 54 ans"
                continue
            apposed = next(
                (
                    p
                    for k, p in enumerate(carrier.phrases)
                    if p.first == at + 1 and (k in carrier.appositions or k in carrier.appositions.values())
                ),
                None,
            )
            if apposed is not None:
                at = apposed.last
                continue
            participle = (
                nxt.kind is WORD and nxt.low.endswith(("é", "ée", "és", "ées", "ant")) and not nxt.capital
            )
            if (nxt.low in ("qui", "dont", "du", "de", "à") and nxt.low != "de") or participle or (
                nxt.low == "de" and at + 3 < count and tokens[at + 3].kind is MARK
            ):  # fmt: skip
                inside_relative = True
                at += 1
                continue
            stop = next(
                (j for j in range(at + 1, count) if tokens[j].text in _TERMINAL or tokens[j].text == ","),
                count,
            )
            unlisted = (
                not pronoun
                and nxt.kind is WORD
                and not nxt.capital
                and nxt.low not in FUNCTION_WORDS
                and nxt.low not in FORMS
                and not looks_said(tokens[at + 1 : stop])
                and not _is_of_speaker(tokens[at + 1 : stop])
            )
            post = (
                inside_relative
                and person_noun(nxt.low) is not None
                and at + 2 < count
                and tokens[at + 2].low in ("de", "du", "d'", "des", "en", "à", "au")
            )
            if ((unlisted or post) and stop - at > 2) or _is_bearing(tokens[at + 1 : stop]):
                at = stop  # ", senior planner à l'agence X.", "qui attend son fils, élève de sixième."
                continue
            return at
        if token.text == "(":
            close = next((j for j in range(at, min(at + 40, count)) if tokens[j].text == ")"), at)
            at = close + 1
            continue
        at += 1
    return at if not inside_relative else count
