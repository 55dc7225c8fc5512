"""Is a stretch of a sentence told speech, and are its bounds right? What speaks for it and against it.

Each function looks at one thing; :func:`told_clues` asks them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from quotes.extraction.adjectives import PRESENT_VERBS
from quotes.extraction.carrier import Carrier
from quotes.extraction.classify import acts_in, looks_said, may_act, verbal
from quotes.extraction.clues.buckets import scale
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import PhraseKind
from quotes.extraction.proper_names import CONTRACTED, PREPOSITIONS, TIMES
from quotes.extraction.subjects import THAT
from quotes.extraction.tokens import Kind, Token, tokens_inside
from quotes.extraction.told_bounds import Told, ends, is_finite, starts
from quotes.extraction.told_clauses import relative_object
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS, PLACES
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, is_finite_form

_CONSTRUCTIONS = ("que", "infinitive", "incise", "colon", "de", "strong", "weak", "marks", "qualify")
_COMMAND = word_class("verbs_of_command")
_THOUGHT = word_class("verbs_of_thought")
_HOPING = word_class("verbs_of_hoping")
_SHOWING = word_class("verbs_of_showing")
_CONJUNCTIVE = word_class("before_que")
_NEGATIONS = word_class("negations")
_OWN = frozenset({"je", "j'", "nous", "me", "m'", "mon", "ma", "mes", "notre", "nos", "vous", "votre", "vos"})
_FRONT = 14  # tokens
_ENDINGS = ("ait", "aient", "era", "eront", "ira", "iront", "èrent")
_CONDITIONAL = ("rait", "raient")
_ARTICLES = word_class("determiners_of_objects")
_MARKS = frozenset('"“«')
_LITTLE = word_class("little_words_beside_marks")
_BEFORE_VERB = word_class("little_words_before_verb")
_FIRST = _ARTICLES | {"il", "elle", "ils", "elles", "on", "ce", "c'", "ne", "n'", "se", "s'", "avoir", "être"}
_DANGLING = word_class("words_that_end_nothing")
_LOOK = 400  # code points of a quotation inside a stretch that are looked at
_UP_TO = ((2, "1-2"), (3, "3"), (4, "4"), (6, "5-6"), (9, "7-9"), (14, "10-14"), (22, "15-22"), (35, "23-35"))
_LENGTHS, _WORDS = scale(_UP_TO, "long"), scale(_UP_TO, "many")
_GAPS = scale(((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (7, "5-7"), (11, "8-11")), "more")
_SHARES = scale(((0.0, "0"), (0.25, "<.25"), (0.5, "<.5"), (0.75, "<.75"), (0.9, "<.9")), "most")


class Counts:
    """How many tokens of a sort stand before each place of a sentence, so that no stretch is walked over."""

    def __init__(self, carrier: Carrier) -> None:
        tokens = self._tokens = carrier.tokens
        last = len(tokens)
        mark, quote = Kind.MARK, Kind.QUOTE
        self._lengths = list(accumulate([t.end - t.start for t in tokens], initial=0))
        # Of all else few tokens are of the sort: there are no more than their places.
        self._no_words = [k for k, t in enumerate(tokens) if t.kind is mark or t.kind is quote]
        self._colons = [k for k in self._no_words if tokens[k].text == ":"]
        self.quotations = [k for k in self._no_words if tokens[k].kind is quote]
        telling = [(k, traits) for k, t in enumerate(tokens) if (traits := _traits(t.low))]
        self._said = [k for k, traits in telling if "acts" in traits and acts_in(tokens, k, 0, last)]
        self._acting = [k for k, traits in telling if "finite" in traits and _acts(tokens, k, 0)]
        self._conditional = [k for k, traits in telling if "conditional" in traits]
        self._own = [k for k, traits in telling if "own" in traits]
        self._selon = [k for k, traits in telling if "selon" in traits]
        self.verbs_at = {(g.first, g.last): k for k, g in enumerate(carrier.verbs)}
        self.sayings = [
            g for g in carrier.verbs if g.finite and g.allows("que", "incise") and not g.allows("weak")
        ]

    def words(self, first: int, last: int) -> int:
        """Words and numbers."""
        return last - first - _between(self._no_words, first, last)

    def in_marks(self, first: int, last: int) -> int:
        """Code points between marks."""
        between = [self._tokens[k] for k in self.quotations if first <= k < last]
        return sum([t.end - t.start for t in between])

    def said(self, first: int, last: int) -> bool:
        """Whether there is a finite verb, as :func:`looks_said` tells it."""
        if last <= first:
            return False
        return (
            _between(self._said, first + 1, last - 1) > 0
            or acts_in(self._tokens, first, first, last)
            or acts_in(self._tokens, last - 1, first, last)
        )

    def verbs(self, first: int, last: int) -> int:
        """Words that look like finite verbs where they stand."""
        return _between(self._acting, first + 1, last) + _acts(self._tokens, first, first)

    def conditional(self, first: int, last: int) -> bool:
        """Whether a word ends like a conditional."""
        return _between(self._conditional, first, last) > 0

    def own(self, first: int, last: int) -> bool:
        """Whether somebody speaks of himself."""
        return _between(self._own, first, last) > 0

    def colon(self, first: int, last: int) -> bool:
        """Whether there is a colon."""
        return _between(self._colons, first, last) > 0

    def selon(self, first: int, last: int) -> int:
        """How often there is a "selon"."""
        return _between(self._selon, first, last)

    def length(self, first: int, last: int) -> int:
        """Code points, spaces left out."""
        return self._lengths[last] - self._lengths[first]


@lru_cache(maxsize=1 << 14)
def _traits(low: str) -> frozenset[str]:
    """What is counted of a word, wherever it stands; of most there is nothing."""
    traits = {
        "acts": may_act(low),
        "finite": _looks_finite(low),
        "conditional": low.endswith(_CONDITIONAL),
        "own": low in _OWN,
        "selon": low == "selon",
    }
    return frozenset(name for name, has in traits.items() if has)


def _between(places: Sequence[int], first: int, last: int) -> int:
    """How many of these places lie between two."""
    return bisect_left(places, last) - bisect_left(places, first) if places and first < last else 0


@lru_cache(maxsize=8)
def _counts(carrier: Carrier) -> Counts:
    return Counts(carrier)


def told_clues(text: str, carrier: Carrier, told: Told) -> list[str]:
    """The clues for one stretch that may be told speech; ``text`` is the article's."""
    rule, cue = told.attribution.rule, told.attribution.cue
    clues = ["always", f"rule {rule}"]
    counts = _counts(carrier)
    number = counts.verbs_at.get(cue, -1) if cue is not None else -1
    if number >= 0:
        clues += _of_verb(carrier, rule, number)
        clues += _before_clause(carrier.tokens, told, carrier.verbs[number])
    else:
        clues += _of_preposition(carrier, told)
    clues += _of_source(carrier, told)
    clues += _of_bounds(carrier, told, counts)
    clues += _of_front(carrier, told, counts)
    clues += _of_words(text, carrier.tokens, told, counts)
    clues += _of_sentence(carrier, told, counts)
    clues += _of_parts(carrier, told, counts)
    clues += _beside_marks(text, carrier.tokens, told)
    at = bisect_left(counts.quotations, told.first)
    if at < len(counts.quotations) and counts.quotations[at] < told.last:
        clues += _of_marked(text, carrier.tokens, told, counts.quotations[at], counts)
    return clues


@lru_cache(maxsize=64)
def _of_verb(carrier: Carrier, rule: str, number: int) -> tuple[str, ...]:
    return tuple(_about_verb(carrier, rule, carrier.verbs[number]))


def _about_verb(carrier: Carrier, rule: str, group: VerbGroup) -> Iterator[str]:
    """Which verb it is, what it may govern, in which mood, tense and polarity it stands."""
    tokens = carrier.tokens
    if group.verb is None:
        yield "verb unknown"
        return
    head = group.verb.head
    yield f"lemma {group.verb.lemma}"
    voice = "passive" if group.passive else "active"
    yield f"{rule} {group.verb.lemma}"
    yield f"{rule} {group.verb.lemma} {voice}"
    for name in _CONSTRUCTIONS:
        if group.allows(name):
            yield f"{rule} verb:{name}"
    if group.allows("weak") and group.allows("que"):
        yield f"{rule} verb:weak que"
    for name, words in (("command", _COMMAND), ("thought", _THOUGHT), ("hope", _HOPING), ("show", _SHOWING)):
        if head in words:
            yield f"{rule} class:{name}"
    yield f"{rule} mood:{group.mood}"
    if group.passive:
        yield f"{rule} passive"
    if group.verb.reflexive:
        yield f"{rule} reflexive"
    yield f"number:{group.number}"
    first = tokens[group.first].low
    if group.finite:
        tense = next((f.tense for f in FORMS.get(first, ()) if f.mood == "indicative"), "none")
        yield f"{rule} tense:{tense}{'+' if group.last - group.first > 1 else ''}"
    before = {t.low for t in tokens[max(0, group.first - 3) : group.first]}
    if before & {"ne", "n'"} or any(t.low in _NEGATIONS for t in tokens[group.first : group.last]):
        yield f"{rule} negated"
    if before & {"si", "s'"}:
        yield "if before verb"
    previous = tokens[group.first - 1] if group.first else None
    if previous is None:
        yield f"{rule} verb first"
    elif previous.kind is Kind.WORD:
        small = previous.low in _BEFORE_VERB
        yield f"{rule} before verb:{previous.low if small else 'word'}"
    else:
        yield f"{rule} before verb:{previous.text}"


def _before_clause(tokens: Sequence[Token], told: Told, group: VerbGroup) -> Iterator[str]:
    """What stands between a verb and the clause that it governs."""
    rule = told.attribution.rule
    if told.first < group.last:
        yield f"{rule} clause before verb"
        return
    between = list(tokens[group.last : told.first])
    if between and between[-1].low in THAT and relative_object(tokens, group.last, told.first - 1):
        yield f"que after an object:{_object(tokens, group.last)}"
    if between and between[-1].low in ("que", "qu'", "de", "d'", "à", "pour", "si"):
        yield f"{rule} by:{between[-1].low}"
        between = between[:-1]
    yield f"{rule} gap:{_GAPS[len(between)]}"
    if not between:
        return
    first, last = between[0], between[-1]
    if first.low in _ARTICLES and last.low not in TIMES:
        yield f"{rule} object between"
        if len(between) > 1:
            yield f"{rule} object:{first.low}"
    if first.low in ("à", "au", "aux", "a"):
        yield f"{rule} addressee between"
    if any(t.text == "," for t in between):
        yield f"{rule} comma between"
    if any(t.kind is Kind.QUOTE for t in between):
        yield f"{rule} quotation between"
    if last.low in _CONJUNCTIVE:
        yield f"{rule} conjunction que:{last.low}"
    if last.text == ",":
        yield f"{rule} comma before que"
    if last.low in ("fait", "ce", "idée", "point"):
        yield f"{rule} que after:{last.low}"
    if any(is_finite(t) for t in between):
        yield f"{rule} verb between"
    if last.capital:
        yield f"{rule} name before que"


def _object(tokens: Sequence[Token], at: int) -> str:
    """What the object of a verb is, by its first noun: those who are told, or the thing that is meant."""
    for token in tokens[at + 1 : at + 4]:
        if token.capital:
            return "name"
        readings = noun(token.low)
        if readings:
            return readings[0].kind
    return "other"


def _of_preposition(carrier: Carrier, told: Told) -> Iterator[str]:
    """Which preposition names the source, and where it stands."""
    tokens, source = carrier.tokens, told.attribution
    yield f"by {source.lemma}"
    if source.cue is None:
        return
    first, last = source.cue
    yield f"by {source.lemma} at:{'start' if first == 0 else 'second' if first < 3 else 'inside'}"
    if told.first >= last:
        yield f"by {source.lemma} told after"
        gap = tokens[told.first - 1].text
        yield f"by {source.lemma} gap:{gap if gap in (',', ':') else 'word'}"
    elif told.last <= first:
        yield f"by {source.lemma} told before"
        yield f"comma before {source.lemma}:{tokens[first - 1].text == ','}"
    else:
        yield f"by {source.lemma} told around"


def _of_source(carrier: Carrier, told: Told) -> Iterator[str]:
    """What sort of source it is, and how it was found."""
    rule, phrase = told.attribution.rule, told.attribution.phrase
    yield f"subject {told.subject}"
    yield f"{rule} subject {told.subject}"
    if phrase is None:
        yield f"{rule} source pronoun:{told.attribution.pronoun}"
        return
    if phrase.kind is PhraseKind.PRONOUN:
        yield f"{rule} source pronoun:{phrase.head}"
        return
    kind = phrase.noun.kind if phrase.noun is not None else "none"
    yield f"{rule} source {phrase.kind.name.lower()}:{kind}"
    yield f"source kind:{kind}"
    lemma = told.attribution.lemma
    if rule == "told_according":
        yield f"by {lemma} kind:{phrase.kind.name.lower()} {kind}"
        yield f"by {lemma} opens:{told.opening.partition(':')[0]} {kind}"
    elif kind in ("document", "thing"):
        yield f"{lemma} kind:{kind}"
    if kind == "none":
        body = ORGANIZATIONS.get(fold(phrase.head))
        sort = body.kind if body is not None else "place" if fold(phrase.head) in PLACES else "other"
        yield f"{rule} name of:{sort}"
        if lemma == "pour":
            yield f"by pour name of:{sort}"
    if phrase.noun is not None and not phrase.name:
        yield f"source head:{phrase.head}"
        yield f"{rule} source by:{phrase.determiner}"
    cue = told.attribution.cue
    if cue is not None and phrase.last <= cue[0]:
        yield f"subject gap:{_GAPS[cue[0] - phrase.last]}"
    if phrase.first < told.last and told.first < phrase.last and rule != "told_according":
        yield f"{rule} source inside"


def _of_bounds(carrier: Carrier, told: Told, counts: Counts) -> Iterator[str]:
    """What stands at the ends of the stretch, and which boundaries it runs over or leaves out."""
    rule, tokens = told.attribution.rule, carrier.tokens
    family = told.closing.partition(":")[0]
    yield f"{rule} opens:{told.opening}"
    yield f"{rule} closes:{told.closing}"
    yield f"closes:{family}"
    later = ends(carrier, told.first)
    for boundary in later:
        if boundary.name == "end":
            continue
        if told.first < boundary.at < told.last:
            yield f"over {boundary.name}"
            yield f"{rule} over {boundary.name}"
        elif boundary.at == told.last and told.last < len(tokens):
            yield f"cut {boundary.name}"
    if family in ("incise", "before cue") or family.startswith("through"):
        yield from _of_beginning(carrier, told, counts)
    elif family != "end":
        tail = later[0].at - told.last
        share = tail / max(1, tail + told.last - told.first)
        yield f"tail {family}:{_SHARES[share]}"
        yield f"tail:{_LENGTHS[tail]}"


def _of_front(carrier: Carrier, told: Told, counts: Counts) -> Iterator[str]:
    """What a stretch begins with up to its first comma, if no verb is there: "Selon X, | de Y, P"."""
    if not told.opening.startswith("after cue"):
        return
    tokens = carrier.tokens
    limit = min(told.last, told.first + _FRONT)
    comma = next((k for k in range(told.first, limit) if tokens[k].text == ","), -1)
    if comma > 0 and not counts.said(told.first, comma):
        yield f"front:{_begins_with(tokens[told.first])}"
    if told.opening.endswith("past apposition"):
        cue = told.attribution.cue
        after = next((k for k in range(cue[1] if cue else 0, told.first) if tokens[k].text == ","), -1)
        if 0 < after < told.first - 1:
            yield f"front past:{_begins_with(tokens[after + 1])}"


def _begins_with(token: Token) -> str:
    """A small word itself, else what sort of word it is."""
    if token.low in _LITTLE or token.low in PREPOSITIONS or token.low in CONTRACTED:
        return token.low
    return "capital" if token.capital else "word" if token.kind is Kind.WORD else "other"


def _of_parts(carrier: Carrier, told: Told, counts: Counts) -> Iterator[str]:
    """Whether finite verbs stand on both sides of an incise: "La piscine, | assure X, | rouvrira en mars"."""
    cue, tokens = told.attribution.cue, carrier.tokens
    through = told.closing.startswith("through")
    if cue is None or not (through or told.closing == "incise"):
        return
    side = "through" if through else "before"
    closed = next((k for k in range(cue[1], min(len(tokens), cue[1] + 12)) if tokens[k].text == ","), -1)
    if closed < 0:
        yield f"parts:{side} alone"
    else:
        left, right = counts.said(told.first, cue[0]), counts.said(closed, len(tokens))
        yield f"parts:{side} {left} {right} {'whole' if told.opening == 'sentence' else 'inside'}"


def _of_beginning(carrier: Carrier, told: Told, counts: Counts) -> Iterator[str]:
    """What a stretch that begins where it may leaves out before it, and what it takes in."""
    rule = told.attribution.rule
    may_begin = starts(carrier, told.last)
    before = [b for b in may_begin if b.at < told.first]
    for boundary in before:
        yield f"leaves {boundary.name}"
    own = _marks_of_cue(carrier.tokens, told)
    for boundary in may_begin:
        if told.first < boundary.at and boundary.at not in own:
            yield f"takes in {boundary.name}"
    skipped = told.first - (before[0].at if before else told.first)
    yield f"{rule} skips:{_LENGTHS[skipped]}"
    yield f"{told.opening} skips:{_LENGTHS[skipped]}"
    if before and told.opening != "sentence":
        said = counts.said(before[0].at, told.first)
        yield f"head said:{said}"
        yield f"{told.opening} head said:{said}"


def _marks_of_cue(tokens: Sequence[Token], told: Told) -> range:
    """The places of the commas around an incise or a source: they part nothing that is told."""
    cue, phrase = told.attribution.cue, told.attribution.phrase
    if cue is None or not told.closing.startswith("through"):
        return range(0)
    after = max(cue[1], phrase.last if phrase is not None else 0)
    closed = next((k for k in range(after, min(len(tokens), after + 12)) if tokens[k].text == ","), after)
    return range(cue[0] - 2, closed + 2)


def _of_words(text: str, tokens: Sequence[Token], told: Told, counts: Counts) -> Iterator[str]:
    """What the stretch itself looks like."""
    rule, bounds = told.attribution.rule, (told.first, told.last)
    first, last = tokens[told.first], tokens[told.last - 1]
    words = counts.words(*bounds)
    quotations = bisect_left(counts.quotations, told.last) - bisect_left(counts.quotations, told.first)
    yield f"words:{_WORDS[words]}"
    yield f"{rule} words:{_WORDS[words]}"
    share = counts.in_marks(*bounds) / max(1, last.end - first.start)
    yield f"marked:{_SHARES[share]}"
    if quotations:
        yield f"{rule} marked:{_SHARES[share]}"
        yield f"{rule} quotations:{min(3, quotations)}"
        if first.kind is Kind.QUOTE:
            yield f"{rule} begins marked"
        if last.kind is Kind.QUOTE:
            yield f"{rule} ends marked"
        if not words:
            yield "only marks"
    said = counts.said(*bounds)
    yield f"{rule} said:{said}"
    yield f"said:{said} opens:{told.opening}"
    verbs = min(3, counts.verbs(*bounds))
    yield f"{rule} verbs:{verbs}"
    yield f"verbs:{verbs} opens:{told.opening}"
    yield f"verbs:{verbs} closes:{told.closing.partition(':')[0]}"
    kind = "capital" if first.capital else "number" if first.kind is Kind.NUMBER else "other"
    if first.kind is Kind.WORD and first.low in FORMS:
        kind = "verb:" + FORMS[first.low][0].mood
    elif first.low in _FIRST:
        kind = first.low
    yield f"{rule} first:{kind}"
    if last.low in _DANGLING:
        yield "ends in a small word"
    if last.low.endswith("ant") and not last.capital:
        if any(f.mood == "present_participle" for f in FORMS.get(last.low, ())):
            yield "ends in a participle"
        elif not noun(last.low):
            yield "ends like a participle"
    if counts.conditional(*bounds):
        yield f"{rule} conditional"
    if counts.own(*bounds):
        yield "own words"
    if counts.colon(*bounds):
        yield f"{rule} colon inside"
    if text.find("\n", first.start, last.end) >= 0:
        yield "line break inside"


def _acts(tokens: Sequence[Token], k: int, first: int) -> bool:
    """Whether the word at ``k`` looks like a finite verb where it stands, in a stretch from ``first`` on."""
    token = tokens[k]
    if token.kind is not Kind.WORD or token.capital or not _looks_finite(token.low):
        return False
    before = tokens[k - 1].low if k > first else ""
    if before in _ARTICLES or before in ("de", "d'", "à", "en", "ce", "cette", "ces", "pour"):
        return before in ("l'", "les", "la", "le") and is_finite(token) and token.low in AUXILIARIES
    return True


@lru_cache(maxsize=1 << 14)
def _looks_finite(low: str) -> bool:
    return low in PRESENT_VERBS or is_finite_form(low) or (low.endswith(_ENDINGS) and len(low) > 4)


def _beside_marks(text: str, tokens: Sequence[Token], told: Told) -> Iterator[str]:
    """Whether the bounds run between marks that belong together."""
    first, last = tokens[told.first], tokens[told.last - 1]
    start, end = first.start, last.end
    count = text.count
    if count('"', start, end) % 2 or count("“", start, end) != count("”", start, end):
        yield "stray mark inside"
    after = text[end : end + 2].strip()[:1]
    while start and text[start - 1].isspace():
        start -= 1
    if text[start - 1 : start] in _MARKS and first.kind is not Kind.QUOTE:
        yield "mark before"
    if after in _MARKS and last.kind is not Kind.QUOTE:
        yield "mark after"


@lru_cache(maxsize=64)
def _inside(text: str, start: int, end: int) -> tuple[tuple[Token, ...], bool]:
    """The words of a quotation, as far as they are looked at, and whether they are a sentence."""
    tokens = tokens_inside(text, start, min(end, start + _LOOK))
    return tuple(t for t in tokens if t.kind is Kind.WORD), looks_said(tokens)


def _of_marked(text: str, tokens: Sequence[Token], told: Told, at: int, counts: Counts) -> Iterator[str]:
    """How the words in marks stand to the journalist's: whether either is a sentence without the other."""
    rule, quote = told.attribution.rule, tokens[at]
    words, whole = _inside(text, quote.start, quote.end)
    lead, tail = tokens[told.first : at], tokens[at + 1 : told.last]
    shape = (
        f"{_shape(counts, told.first, at)}«{'P' if whole else 'p'}"
        f"{'A' if words and words[0].capital else 'a'}»{_shape(counts, at + 1, told.last)}"
    )
    yield f"marks {shape}"
    yield f"{rule} marks {shape}"
    if lead:
        yield f"{rule} lead:{_GAPS[sum(t.kind is Kind.WORD for t in lead)]}"
        last = lead[-1]
        if last.kind is Kind.MARK:
            yield f"{rule} before marks:{last.text}"
        elif is_finite(last):
            yield f"{rule} before marks:verb"
        elif last.low in _LITTLE:
            yield f"{rule} before marks:{last.low}"
        else:
            yield f"{rule} before marks:{'name' if last.capital else 'word'}"
    if words and lead:
        yield f"{rule} marks begin:{_begins(words[0])}"
        if verbal(words, lead[-1].low if lead else ""):
            yield f"{rule} marks verbal"
    if tail:
        yield f"{rule} tail words:{_GAPS[sum(t.kind is Kind.WORD for t in tail)]}"
        after_marks = tail[0].low if tail[0].low in _LITTLE or tail[0].kind is Kind.MARK else "word"
        yield f"{rule} after marks:{after_marks}"
    if quote.end - quote.start > 2 and text[quote.end - 1] in ".!?…":
        yield f"{rule} marks end in a stop"


def _shape(counts: Counts, first: int, last: int) -> str:
    """Whether words beside marks are none, some, or hold a verb."""
    if last <= first or not counts.words(first, last):
        return "0" if last <= first else ","
    return "v" if counts.said(first, last) else "w"


def _begins(token: Token) -> str:
    """What sort of word marked words begin with."""
    if token.low in FORMS:
        return FORMS[token.low][0].mood
    return token.low if token.low in _LITTLE else "capital" if token.capital else "word"


def _of_sentence(carrier: Carrier, told: Told, counts: Counts) -> Iterator[str]:
    """Where the stretch stands in its sentence, and what else is told there."""
    tokens, rule = carrier.tokens, told.attribution.rule
    yield f"zone:{carrier.sentence.zone.value}"
    if told.last < len(tokens) and tokens[told.last].text == "?":
        yield f"{rule} question"
    share = counts.length(told.first, told.last) / max(1, tokens[-1].end - tokens[0].start)
    yield f"{rule} share:{_SHARES[share]}"
    cue = told.attribution.cue or (0, 0)
    others = [g for g in counts.sayings if (g.first, g.last) != cue]
    if any(told.first <= g.first < told.last for g in others):
        yield f"{rule} another verb of saying inside"
    if any(g.last <= told.first and g.allows("que") for g in others):
        yield f"{rule} another verb of saying before"
    if counts.own(max(0, cue[0] - 3), cue[1]):
        yield "own words beside cue"
    around = rule == "told_according" and told.first <= cue[0] < told.last
    if counts.selon(told.first, told.last) > around:
        yield f"{rule} selon inside"
