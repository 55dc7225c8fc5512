"""Is a stretch of a sentence told speech, and are its bounds right? What speaks for it and against it.

Each function looks at one thing; :func:`told_clues` asks them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quotes.extraction.adjectives import PRESENT_VERBS
from quotes.extraction.carrier import Carrier
from quotes.extraction.classify import acts_in, looks_said, may_act, verbal
from quotes.extraction.clues.buckets import scale
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import NAME, PRONOUN
from quotes.extraction.proper_names import CONTRACTED, PREPOSITIONS, TIMES
from quotes.extraction.subjects import THAT
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token, tokens_inside
from quotes.extraction.told_bounds import LONGEST_INCISE, Told, comma_in, ends, is_finite, starts
from quotes.extraction.told_clauses import relative_object
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS, PLACES
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, is_finite_form

_CONSTRUCTIONS = ("que", "infinitive", "incise", "colon", "de", "strong", "weak", "marks", "qualify")
_CLASSES = (
    ("command", word_class("verbs_of_command")),
    ("thought", word_class("verbs_of_thought")),
    ("hope", word_class("verbs_of_hoping")),
    ("show", word_class("verbs_of_showing")),
)
_CONJUNCTIVE = word_class("before_que")
_CLAUSE_OPENERS = frozenset({"que", "qu'", "de", "d'", "à", "pour", "si"})
_NEGATIONS = word_class("negations")
_OWN = frozenset({"je", "j'", "nous", "me", "m'", "mon", "ma", "mes", "notre", "nos", "vous", "votre", "vos"})
_FRONT = 14  # tokens
_ENDINGS = ("ait", "aient", "era", "eront", "ira", "iront", "èrent")
_CONDITIONAL = ("rait", "raient")
_ARTICLES = word_class("determiners_of_objects")
_BEFORE_NO_VERB = _ARTICLES | {"de", "d'", "à", "en", "ce", "cette", "ces", "pour"}
_MARKS = frozenset('"“«')
_LITTLE = word_class("little_words_beside_marks")
_BEFORE_VERB = word_class("little_words_before_verb")
_FIRST = _ARTICLES | {"il", "elle", "ils", "elles", "on", "ce", "c'", "ne", "n'", "se", "s'", "avoir", "être"}
_DANGLING = word_class("words_that_end_nothing")
_LOOK = 400  # code points of a quotation inside a stretch that are looked at
_UP_TO = ((2, "1-2"), (3, "3"), (4, "4"), (6, "5-6"), (9, "7-9"), (14, "10-14"), (22, "15-22"), (35, "23-35"))
_LENGTHS, _WORDS = scale(_UP_TO, "long"), scale(_UP_TO, "many")
_GAPS = scale(((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (7, "5-7"), (11, "8-11")), "more")
_VERBS = scale(((0, "0"), (1, "1"), (2, "2")), "3")
_SHARES = scale(((0.0, "0"), (0.25, "<.25"), (0.5, "<.5"), (0.75, "<.75"), (0.9, "<.9")), "most")


class Counts:
    """What is counted of the tokens of a sentence, told once for all stretches of it."""

    def __init__(self, carrier: Carrier) -> None:
        tokens = self._tokens = carrier.tokens
        last = len(tokens)
        self.lows = carrier.lows
        marked = "«»" in carrier.words
        self.quotations = [k for k, low in enumerate(self.lows) if low == "«»"] if marked else []
        self._kinds = bytes([t.kind for t in tokens])
        telling = [(k, traits) for k, low in enumerate(self.lows) if (traits := _traits(low))]
        self._may_act = [k for k, traits in telling if "acts" in traits]
        self._said = [k for k in self._may_act if acts_in(tokens, k, 0, last)]
        finite = [k for k, traits in telling if "finite" in traits]
        self._finite = [k for k in finite if tokens[k].kind is WORD and not tokens[k].capital]
        self._acting = [k for k in self._finite if not k or _acts_behind(self.lows[k - 1], self.lows[k])]
        self._conditional = [k for k, traits in telling if "conditional" in traits]
        self.verbs_at = {(g.first, g.last): k for k, g in enumerate(carrier.verbs)}
        self.sayings = [
            g for g in carrier.verbs if g.finite and g.allows("que", "incise") and not g.allows("weak")
        ]
        self.zone = f"zone:{carrier.sentence.zone}"

    def words(self, first: int, last: int) -> int:
        """Words and numbers."""
        kinds = self._kinds
        return last - first - kinds.count(MARK, first, last) - kinds.count(QUOTE, first, last)

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
            or (first in self._may_act and acts_in(self._tokens, first, first, last))
            or (last - 1 in self._may_act and acts_in(self._tokens, last - 1, first, last))
        )

    def verbs(self, first: int, last: int) -> int:
        """Words that look like finite verbs where they stand."""
        return _between(self._acting, first + 1, last) + (first in self._finite)

    def conditional(self, first: int, last: int) -> bool:
        """Whether a word ends like a conditional."""
        return _between(self._conditional, first, last) > 0

    def length(self, first: int, last: int) -> int:
        """Code points, spaces left out."""
        return sum([t.end - t.start for t in self._tokens[first:last]])


@lru_cache(maxsize=1 << 14)
def _traits(low: str) -> frozenset[str]:
    """What is counted of a word, wherever it stands; of most there is nothing."""
    traits = {
        "acts": may_act(low),
        "finite": _looks_finite(low),
        "conditional": low.endswith(_CONDITIONAL),
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
    if told.opening.startswith("after cue"):
        clues += _of_front(carrier, told, counts)
    clues += _of_words(text, carrier.tokens, told, counts)
    clues += _of_sentence(carrier, told, counts)
    if cue is not None and (told.closing == "incise" or told.closing.startswith("through")):
        clues += _of_parts(carrier, told, cue, counts)
    clues += _beside_marks(text, carrier.tokens, told)
    at = next((k for k in counts.quotations if told.first <= k < told.last), -1) if counts.quotations else -1
    if at >= 0:
        clues += _of_marked(text, carrier.tokens, told, at, counts)
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
    lemma, takes = group.verb.lemma, group.verb.constructions
    yield f"lemma {lemma}"
    yield f"{rule} {lemma}"
    yield f"{rule} {lemma} {'passive' if group.passive else 'active'}"
    for name in _CONSTRUCTIONS:
        if name in takes:
            yield f"{rule} verb:{name}"
    if "weak" in takes and "que" in takes:
        yield f"{rule} verb:weak que"
    for name, heads in _CLASSES:
        if group.verb.head in heads:
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
    before = [t.low for t in tokens[max(0, group.first - 3) : group.first]]
    own = [t.low for t in tokens[group.first : group.last]]
    if "ne" in before or "n'" in before or not _NEGATIONS.isdisjoint(own):
        yield f"{rule} negated"
    if "si" in before or "s'" in before:
        yield "if before verb"
    previous = tokens[group.first - 1] if group.first else None
    if previous is None:
        yield f"{rule} verb first"
    elif previous.kind is WORD:
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
    between = tokens[group.last : told.first]
    opening = between[-1].low if between else ""
    if opening in THAT and relative_object(tokens, group.last, told.first - 1):
        yield f"que after an object:{_object(tokens, group.last)}"
    if opening in _CLAUSE_OPENERS:
        yield f"{rule} by:{opening}"
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
    if any(t.kind is QUOTE for t in between):
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
    if phrase.kind is PRONOUN:
        yield f"{rule} source pronoun:{phrase.head}"
        return
    kind = phrase.noun.kind if phrase.noun is not None else "none"
    sort = "name" if phrase.kind is NAME else "description"
    yield f"{rule} source {sort}:{kind}"
    yield f"source kind:{kind}"
    lemma = told.attribution.lemma
    if rule == "told_according":
        yield f"by {lemma} kind:{sort} {kind}"
        yield f"by {lemma} opens:{told.opening.partition(':')[0]} {kind}"
    elif kind in ("document", "thing"):
        yield f"{lemma} kind:{kind}"
    if kind == "none":
        folded = fold(phrase.head)
        body = ORGANIZATIONS.get(folded)
        named = body.kind if body is not None else "place" if folded in PLACES else "other"
        yield f"{rule} name of:{named}"
        if lemma == "pour":
            yield f"by pour name of:{named}"
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
    tokens = carrier.tokens
    comma = comma_in(carrier, told.first, min(told.last, told.first + _FRONT))
    if comma > 0 and not counts.said(told.first, comma):
        yield f"front:{_begins_with(tokens[told.first])}"
    if told.opening.endswith("past apposition"):
        cue = told.attribution.cue
        after = comma_in(carrier, cue[1] if cue else 0, told.first)
        if 0 < after < told.first - 1:
            yield f"front past:{_begins_with(tokens[after + 1])}"


def _begins_with(token: Token) -> str:
    """A small word itself, else what sort of word it is."""
    if token.low in _LITTLE or token.low in PREPOSITIONS or token.low in CONTRACTED:
        return token.low
    return "capital" if token.capital else "word" if token.kind is WORD else "other"


def _of_parts(carrier: Carrier, told: Told, cue: tuple[int, int], counts: Counts) -> Iterator[str]:
    """Whether finite verbs stand on both sides of an incise: "La piscine, | assure X, | rouvrira en mars"."""
    side = "before" if told.closing == "incise" else "through"
    closed = comma_in(carrier, cue[1], cue[1] + LONGEST_INCISE)
    if closed < 0:
        yield f"parts:{side} alone"
    else:
        left, right = counts.said(told.first, cue[0]), counts.said(closed, len(carrier.tokens))
        yield f"parts:{side} {left} {right} {'whole' if told.opening == 'sentence' else 'inside'}"


def _of_beginning(carrier: Carrier, told: Told, counts: Counts) -> Iterator[str]:
    """What a stretch that begins where it may leaves out before it, and what it takes in."""
    rule = told.attribution.rule
    may_begin = starts(carrier, told.last)
    before = [b for b in may_begin if b.at < told.first]
    for boundary in before:
        yield f"leaves {boundary.name}"
    own = _marks_of_cue(carrier, told)
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


def _marks_of_cue(carrier: Carrier, told: Told) -> range:
    """The places of the commas around an incise or a source: they part nothing that is told."""
    cue, phrase = told.attribution.cue, told.attribution.phrase
    if cue is None or not told.closing.startswith("through"):
        return range(0)
    after = max(cue[1], phrase.last if phrase is not None else 0)
    closed = comma_in(carrier, after, after + LONGEST_INCISE)
    return range(cue[0] - 2, (after if closed < 0 else closed) + 2)


def _of_words(text: str, tokens: Sequence[Token], told: Told, counts: Counts) -> list[str]:
    """What the stretch itself looks like."""
    rule, bounds = told.attribution.rule, (told.first, told.last)
    first, last = tokens[told.first], tokens[told.last - 1]
    lows = counts.lows[told.first : told.last]
    words, said, verbs = counts.words(*bounds), counts.said(*bounds), counts.verbs(*bounds)
    many, acting = _WORDS[words], _VERBS[verbs]
    in_marks = counts.in_marks(*bounds) if counts.quotations else 0
    marked = _SHARES[in_marks and in_marks / (last.end - first.start)]
    clues = [
        f"words:{many}",
        f"{rule} words:{many}",
        f"marked:{marked}",
        f"{rule} said:{said}",
        f"said:{said} opens:{told.opening}",
        f"{rule} verbs:{acting}",
        f"verbs:{acting} opens:{told.opening}",
        f"verbs:{acting} closes:{told.closing.partition(':')[0]}",
        f"{rule} first:{_first_word(first)}",
    ]
    if "«»" in lows:
        clues.append(f"{rule} marked:{marked}")
        clues.append(f"{rule} quotations:{min(3, lows.count('«»'))}")
        if first.kind is QUOTE:
            clues.append(f"{rule} begins marked")
        if last.kind is QUOTE:
            clues.append(f"{rule} ends marked")
        if not words:
            clues.append("only marks")
    if last.low in _DANGLING:
        clues.append("ends in a small word")
    if last.low.endswith("ant") and not last.capital:
        if any(f.mood == "present_participle" for f in FORMS.get(last.low, ())):
            clues.append("ends in a participle")
        elif not noun(last.low):
            clues.append("ends like a participle")
    if counts.conditional(*bounds):
        clues.append(f"{rule} conditional")
    if not _OWN.isdisjoint(lows):
        clues.append("own words")
    if ":" in lows:
        clues.append(f"{rule} colon inside")
    if text.find("\n", first.start, last.end) >= 0:
        clues.append("line break inside")
    return clues


def _first_word(first: Token) -> str:
    """What sort of word a stretch begins with."""
    if first.kind is WORD and first.low in FORMS:
        return "verb:" + FORMS[first.low][0].mood
    if first.low in _FIRST:
        return first.low
    return "capital" if first.capital else "number" if first.kind is NUMBER else "other"


def _acts_behind(before: str, low: str) -> bool:
    """Whether a word that looks like a finite verb may be one behind the word before it."""
    if before not in _BEFORE_NO_VERB:
        return True
    return before in ("l'", "les", "la", "le") and low in AUXILIARIES and is_finite_form(low)


@lru_cache(maxsize=1 << 14)
def _looks_finite(low: str) -> bool:
    return low in PRESENT_VERBS or is_finite_form(low) or (low.endswith(_ENDINGS) and len(low) > 4)


def _beside_marks(text: str, tokens: Sequence[Token], told: Told) -> Iterator[str]:
    """Whether the bounds run between marks that belong together."""
    first, last = tokens[told.first], tokens[told.last - 1]
    start, end = first.start, last.end
    inside = text[start:end]
    if ('"' in inside and inside.count('"') % 2) or (
        ("“" in inside or "”" in inside) and inside.count("“") != inside.count("”")
    ):
        yield "stray mark inside"
    after = text[end : end + 2].strip()[:1]
    while start and text[start - 1].isspace():
        start -= 1
    if text[start - 1 : start] in _MARKS and first.kind is not QUOTE:
        yield "mark before"
    if after in _MARKS and last.kind is not QUOTE:
        yield "mark after"


@lru_cache(maxsize=64)
def _inside(text: str, start: int, end: int) -> tuple[tuple[Token, ...], bool]:
    """The words of a quotation, as far as they are looked at, and whether they are a sentence."""
    tokens = tokens_inside(text, start, min(end, start + _LOOK))
    return tuple(t for t in tokens if t.kind is WORD), looks_said(tokens)


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
        yield f"{rule} lead:{_GAPS[sum(t.kind is WORD for t in lead)]}"
        last = lead[-1]
        if last.kind is MARK:
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
        yield f"{rule} tail words:{_GAPS[sum(t.kind is WORD for t in tail)]}"
        after_marks = tail[0].low if tail[0].low in _LITTLE or tail[0].kind is MARK else "word"
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
    yield counts.zone
    if told.last < len(tokens) and tokens[told.last].text == "?":
        yield f"{rule} question"
    share = counts.length(told.first, told.last) / (tokens[-1].end - tokens[0].start)
    yield f"{rule} share:{_SHARES[share]}"
    first, last = told.attribution.cue or (0, 0)
    others = [g for g in counts.sayings if g.first != first or g.last != last]
    if others and any(told.first <= g.first < told.last for g in others):
        yield f"{rule} another verb of saying inside"
    if others and any(g.last <= told.first and g.allows("que") for g in others):
        yield f"{rule} another verb of saying before"
    if not _OWN.isdisjoint(counts.lows[max(0, first - 3) : last]):
        yield "own words beside cue"
    around = rule == "told_according" and told.first <= first < told.last
    if counts.lows[told.first : told.last].count("selon") > around:
        yield f"{rule} selon inside"
