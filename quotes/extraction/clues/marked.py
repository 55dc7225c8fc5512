"""Is a marked span somebody's words? What speaks for it and against it.

The span may also be a title, a term, a nickname, irony, a word as a word: see the annotation guide in
``docs/evaluation.md``. Each function below looks at one thing; :func:`marked_clues` asks them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.extraction.carrier import IN_LISTS, Attribution, Carrier, list_head, list_tail
from quotes.extraction.classify import predicates, qualifies, said_inside, verbal
from quotes.extraction.clues.buckets import scale
from quotes.extraction.clues.naming import naming_clues, naming_noun
from quotes.extraction.clues.nobodys import nobodys_clues
from quotes.extraction.detect import Quotation
from quotes.extraction.flow import Placed
from quotes.extraction.proper_names import (
    ADVERBS,
    CONTRACTED,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)
from quotes.extraction.tokens import Kind, Token, tokens_inside
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

_FIRST_PERSON = word_class("personal_words")
_ENGLISH = word_class("english_words")
_NAMING_VERBS = word_class("naming_verbs")
_TITLE_VERBS = word_class("title_verbs")
_SAYINGS = word_class("sayings")
_JUDGING = word_class("verbs_of_judgement")
_NAMED = frozenset({"called:term", "naming_word"})
_SEEMING = word_class("verbs_of_seeming")
_FRONTED = frozenset({",", "de", "d'", "du", "des", "par", "après", "à"})  # « Ravie » | de l'accueil, X …
_NO_SUBJECTS = DETERMINERS | PREPOSITIONS | RELATIVES | SUBORDINATORS
_CRIES = word_class("cries")
_CRYING = word_class("verbs_of_crying")
_LONGEST_BODY = 2 * max(map(len, ORGANIZATIONS))  # folding may shorten what is printed
_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "aire", "ire")
_PARTICIPLE = ("é", "és", "ée", "ées")
_POSSESSIVES = frozenset({"son", "sa", "ses", "leur", "leurs"})
_ENDS = (".", "!", "?", "…")
_LENGTHS = scale(
    ((1, "1"), (2, "2"), (3, "3"), (4, "4"), (6, "5-6"), (9, "7-9"), (14, "10-14"), (25, "15-25")), "26+"
)
_GAPS = scale(((-1, "after"), (0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8")), "9+")
_SHARES = scale(((0.1, "<.1"), (0.25, "<.25"), (0.5, "<.5"), (0.75, "<.75"), (0.95, "<.95")), "all")
_MARKS = scale(((1, "1"), (3, "2-3"), (8, "4-8"), (20, "9-20")), "21+")
_SHORT = 4
_NEARBY = 5  # tokens


@value
class Marked:
    """A marked span as the clues see it: its tokens, its carrier, and what the rules made of it."""

    text: str
    quotation: Quotation
    carrier: Carrier
    position: int
    attribution: Attribution | None
    rule: str
    source: str  # the type of the source that the rules propose, "" for none
    tokens: tuple[Token, ...]
    words: tuple[Token, ...]
    lows: frozenset[str]  # of the words, in lower case
    said: bool  # whether they have a finite verb, as a sentence has

    @property
    def _says_in_brackets(self) -> bool:
        """Whether a name has a sentence of its own behind it in brackets, which no title is."""
        return self.rule == "bracketed" and self.said and not _FIRST_PERSON.isdisjoint(self.lows)

    @property
    def printed(self) -> str:
        """The words between the marks."""
        return self.text[self.quotation.start : self.quotation.end]

    def beside(self, step: int) -> Token | None:
        """The token of the carrier that many places before (negative) or after the span.

        "Jeanne Roy (« Je pars ») …" reads like "Jeanne Roy : « Je pars »": brackets are a colon there.
        """
        if self._says_in_brackets and -2 < step < 2:
            return replace(self.carrier.tokens[self.position - 1], text=":", low=":") if step < 0 else None
        at = self.position + step
        return self.carrier.tokens[at] if 0 <= at < len(self.carrier.tokens) else None


@value
class Surroundings:
    """What the article around a marked span tells: how it uses marks, and how often these words."""

    marked: int  # spans in marks in this part of the article
    owned: float  # the share of them to which the rules give an owner
    long: float  # the share of them that are longer than a few words
    repeated: int  # spans of the same words
    free: int  # places where a short span's words stand, in marks or not
    contained: bool  # whether a longer span has these words, too
    companions: tuple[int, int]  # other spans of the sentence: with an owner, without
    beside: tuple[str, str]  # whether the span before and the one after have an owner: "owned", "not", ""
    in_paragraph: bool  # whether another span of the paragraph has an owner


def marked_of(text: str, item: Placed) -> Marked:
    """A placed quotation as the clues see it."""
    q = item.quotation
    tokens = tokens_inside(text, q.start, q.end)
    words = tuple([t for t in tokens if t.kind is not Kind.MARK])
    return Marked(
        text,
        q,
        item.carrier,
        item.position,
        item.attribution,
        item.rule,
        item.entity.type.value if item.entity is not None else "",
        tokens,
        words,
        frozenset([t.low for t in words]),
        said_inside(text, q.start, q.end),
    )


def surroundings_of(text: str, placed: Sequence[Placed]) -> list[Surroundings]:
    """What the article tells about each of these spans, in their order. Linear in the text."""
    keys = [fold(text[p.quotation.start : p.quotation.end]).strip() for p in placed]
    sizes = [key.count(" ") + 1 for key in keys]
    terms = Counter(keys)
    whole = fold(text) if any(size <= _SHORT for size in sizes) else ""
    short = {key for key, size in zip(keys, sizes, strict=True) if size <= _SHORT}  # each is looked for once
    free = {key: min(9, whole.count(key)) for key in short}
    joined = "\n".join(dict.fromkeys(keys))
    part_of_another = {key for key in short if " " in key and joined.count(key) > 1}
    owned = [p.attribution is not None and not p.attribution.weak for p in placed]
    share = sum(owned) / len(placed) if placed else 0.0
    long = sum(size > _SHORT for size in sizes) / len(placed) if placed else 0.0
    by_sentence: dict[int, list[int]] = {}
    by_paragraph: Counter[int] = Counter()
    for k, p in enumerate(placed):
        by_sentence.setdefault(p.sentence, []).append(k)
        by_paragraph[p.carrier.sentence.paragraph] += owned[k]
    found = []
    for k, p in enumerate(placed):
        others = [owned[j] for j in by_sentence[p.sentence] if j != k]
        found.append(
            Surroundings(
                len(placed),
                share,
                long,
                terms[keys[k]],
                free.get(keys[k], 1),
                keys[k] in part_of_another,
                (sum(others), len(others) - sum(others)),
                (_owned(owned, k - 1), _owned(owned, k + 1)),
                by_paragraph[p.carrier.sentence.paragraph] > owned[k],
            )
        )
    return found


def _owned(owned: Sequence[bool], at: int) -> str:
    if not 0 <= at < len(owned):
        return ""
    return "owned" if owned[at] else "not"


def marked_clues(marked: Marked, around: Surroundings) -> Iterator[str]:
    """All clues to whether somebody says what stands in these marks."""
    if not marked.words:
        yield "empty"
        return
    yield from _wording(marked)
    yield from _opening(marked)
    yield from _before(marked)
    yield from _after(marked)
    yield from _words_near(marked)
    yield from _listed(marked)
    yield from _naming(marked)
    yield from _predicated(marked)
    yield from _cried(marked)
    yield from nobodys_clues(marked.carrier.tokens, marked.position, marked.attribution)
    yield from _attributed(marked)
    yield from _sentence(marked)
    yield from _article(around)
    yield from _together(marked, around)


def _length(marked: Marked) -> str:
    return _LENGTHS[len(marked.words)]


def _wording(marked: Marked) -> Iterator[str]:
    """The words between the marks, as a whole."""
    words, printed = marked.words, marked.printed
    yield f"words:{_length(marked)}"
    if marked.said:
        yield "has_finite_verb"
    if not _FIRST_PERSON.isdisjoint(marked.lows):
        yield "speaks_of_itself"
    if not _ENGLISH.isdisjoint(marked.lows):
        yield "english"
    if any(t.kind is Kind.NUMBER for t in words):
        yield "has_number"
    if printed[-1] in _ENDS:
        yield f"ends_in:{printed[-1]}"
    capitals = len([t for t in words if t.capital])
    if len(words) > 1 and capitals * 2 > len(words):
        yield "mostly_capitals"
    if 1 < len(words) == capitals:
        yield "all_capitals"
    if printed[0] == "#":
        yield "hashtag"
    if any(t.text == "," for t in marked.tokens):
        yield "has_comma"
    if len(printed) <= _LONGEST_BODY and fold(printed) in ORGANIZATIONS:
        yield "name_of_body"
    yield f"mark:{marked.quotation.mark}"
    if not marked.quotation.closed:
        yield "not_closed"


def _opening(marked: Marked) -> Iterator[str]:
    """The first word between the marks."""
    first = marked.words[0]
    yield "begins:capital" if first.capital else "begins:small"
    low = first.low
    if low in DETERMINERS:
        yield f"begins:{low}" if low in ("un", "une", "le", "la", "les", "l'", "des") else "begins:determiner"
    elif low in PREPOSITIONS or low in CONTRACTED:
        yield "begins:preposition"
    elif low in ("que", "qu'"):
        yield "begins:que"
    elif low in ADVERBS or (low.endswith("ment") and len(low) > 6):
        yield "begins:adverb"
    elif low in FORMS or low in AUXILIARIES:
        yield "begins:verb"
    elif noun(low):
        yield f"begins:{noun(low)[0].kind}"
    elif low.endswith(_PARTICIPLE):
        yield "begins:participle"
    elif low.endswith(_INFINITIVE) and len(low) > 4:
        yield "begins:infinitive"
    before = marked.beside(-1)
    if verbal(marked.tokens, before.low if before else ""):
        yield "verb_phrase"


def _word_kind(token: Token | None) -> str:
    """What sort of word stands beside a span."""
    if token is None:
        return "edge"
    if token.kind is Kind.QUOTE:
        return "quotation"
    if token.kind is Kind.MARK:
        return token.text if token.text in (",", ":", ".", "(", ")", ";", "?", "!") else "mark"
    if token.kind is Kind.NUMBER:
        return "number"
    return _class_of(token)


def _class_of(token: Token) -> str:
    low = token.low
    if low in ("de", "d'", "que", "qu'", "comme", "à", "en", "et", "ou", "pour", "par"):
        return low
    if low in _POSSESSIVES:
        return "possessive"
    if low in ("ce", "cet", "cette", "ces"):
        return "demonstrative"
    if low in ("un", "une", "le", "la", "l'", "les", "des", "du", "au", "aux"):
        return low
    if low in DETERMINERS:
        return "determiner"
    if low in PREPOSITIONS:
        return "preposition"
    if low in AUXILIARIES:
        return "auxiliary"
    if token.capital:
        return "capital"
    if low in FORMS:
        return "verb"
    readings = noun(low)
    return readings[0].kind if readings else "adverb" if low in ADVERBS else "word"


def _before(marked: Marked) -> Iterator[str]:
    """What stands before the marks."""
    near, far = marked.beside(-1), marked.beside(-2)
    kind = _word_kind(near)
    yield f"before:{kind}"
    if kind not in ("edge", ":", ".", "quotation"):
        yield f"before:{_word_kind(far)}+{kind}"


def _after(marked: Marked) -> Iterator[str]:
    """What stands after the marks."""
    yield f"after:{_word_kind(marked.beside(1))}"
    if marked.position == 0:
        yield f"opens_sentence,after:{_word_kind(marked.beside(1))}"


def _words_near(marked: Marked) -> Iterator[str]:
    """The words themselves, where many articles have them: beside the marks, and the first one inside."""
    tokens, position = marked.carrier.tokens, marked.position
    for step in (-1, -2, 1):
        token = marked.beside(step)
        if token is not None and token.kind is Kind.WORD and not token.capital:
            yield f"word{step:+d}:{token.low}"
    for token in tokens[max(0, position - _NEARBY) : position]:
        if token.kind is Kind.WORD and not token.capital and len(token.low) > 3:
            yield f"nearby:{token.low}"
    first = marked.words[0]
    if not first.capital or len(first.low) < 4:
        yield f"first:{first.low}"
    if marked.attribution is not None and marked.attribution.lemma:
        yield f"cue:{marked.attribution.lemma}"


def _listed(marked: Marked) -> Iterator[str]:
    """What stands before the list that a span is a part of."""
    tokens, position = marked.carrier.tokens, marked.position
    head = list_head(tokens, position)
    follows = (
        position + 2 < len(tokens)
        and tokens[position + 1].low in IN_LISTS
        and tokens[position + 2].kind is Kind.QUOTE
    )
    if head == position and not follows:
        return
    yield "listed"
    before = tokens[head - 1] if head else None
    kind = _word_kind(before)
    yield f"list_after:{kind}"
    if before is not None and before.kind is Kind.WORD and not before.capital:
        yield f"list_after_word:{before.low}"
    if naming_noun(tokens, head):
        yield "list_naming_noun"


def _naming(marked: Marked) -> Iterator[str]:
    """Words that announce a name, a title, a term or a charge, or a judgement."""
    tokens, position = marked.carrier.tokens, marked.position
    naming = list(naming_clues(marked.carrier, position, marked.words, marked.attribution))
    yield from naming
    nearby = [t.low for t in tokens[max(0, position - 6) : position]]
    if _judged_behind(marked) or not (_JUDGING.isdisjoint(nearby) or not _NAMED.isdisjoint(naming)):
        yield "near_a_judgement"  # but: dénonce la loi | « anti-casseurs », l'accord dit de | « paix »
    if tokens[0].low in ("selon", "d'après", "pour"):
        yield "according_first"


def _judged_behind(marked: Marked) -> bool:
    """Le | « mépris » dénoncé par Jeanne Roy"""
    cue = marked.attribution.cue if marked.attribution is not None else None
    return marked.rule == "by_agent" and cue is not None and marked.carrier.tokens[cue[0]].low in _JUDGING


def _predicated(marked: Marked) -> Iterator[str]:
    """What the subject is or does in words of its own: reste | « prudente », la mairie | « regrette »."""
    before, after = marked.beside(-1), marked.beside(1)
    if (
        before is not None
        and before.kind is Kind.WORD
        and before.low not in _NO_SUBJECTS
        and predicates(marked.words)
    ):
        yield "predicate"
    if not qualifies(marked.words):
        return
    if before is None:
        yield "quality:fronted" if after is not None and after.low in _FRONTED else "quality:alone"
    elif before.low in _SEEMING:
        yield "quality:seeming"
    elif before.text == ",":
        yield "quality:apposed"
    else:
        yield "quality"


def _cried(marked: Marked) -> Iterator[str]:
    """Whether it is cried, which no title is: "aux cris de « … »", « … », scande la foule."""
    tokens, position = marked.carrier.tokens, marked.position
    head, tail = list_head(tokens, position), list_tail(tokens, position)
    if any(map(_is_cry, (*tokens[max(0, head - _NEARBY) : head], *tokens[tail + 1 : tail + 4]))):
        yield "cried"
        yield "cried,capital" if marked.words[0].capital else "cried,small"


def _is_cry(token: Token) -> bool:
    return token.low in _CRIES or any(form.lemma in _CRYING for form in FORMS.get(token.low, ()))


def _attributed(marked: Marked) -> Iterator[str]:
    """What the rules found beside it."""
    attribution = marked.attribution
    if attribution is None:
        yield "unattributed"
        return
    yield f"rule:{marked.rule}"
    yield f"source:{marked.source or 'none'}"
    if attribution.weak:
        yield "weak"
    constructions = frozenset().union(*(v.constructions for v in VERBS.get(attribution.lemma, ())))
    for construction in ("strong", "weak", "qualify", "fragment", "que", "incise"):
        if construction in constructions:
            yield f"verb:{construction}"
    if attribution.lemma in _NAMING_VERBS:
        yield "naming_verb"
    if attribution.lemma in _TITLE_VERBS:
        yield "title_verb"
    if attribution.phrase is not None and attribution.phrase.head in _SAYINGS:
        yield "saying"
    if attribution.cue is not None:
        gap = _GAPS[marked.position - attribution.cue[1]]
        yield f"gap:{gap}"
        yield f"rule:{marked.rule},gap:{gap}"
    said = "said" if marked.said else "unsaid"
    yield f"rule:{marked.rule},{said}"
    yield f"rule:{marked.rule},before:{_word_kind(marked.beside(-1))}"


def _sentence(marked: Marked) -> Iterator[str]:
    """The sentence around it."""
    tokens, position = marked.carrier.tokens, marked.position
    zone = marked.carrier.sentence.zone.value
    yield f"zone:{zone}"
    word = Kind.WORD
    own = len([t for t in tokens if t.kind is word])
    count = len(marked.words)
    share = _SHARES[count / (count + own)]
    yield f"share:{share}"
    yield f"share:{share},zone:{zone}"
    verbs = marked.carrier.verbs
    if any(g.last <= position and g.allows("strong") for g in verbs):
        yield "verb_of_saying_before"
    if any(g.first > position and g.allows("strong") for g in verbs):
        yield "verb_of_saying_after"
    if not verbs:
        yield "no_verb_of_saying"
    nearest = min((min(abs(position - g.last), abs(g.first - position)) for g in verbs), default=99)
    yield f"verb_at:{_GAPS[nearest]}"


def _article(around: Surroundings) -> Iterator[str]:
    """What the article does with marks."""
    yield f"article_owned:{_SHARES[around.owned]}"
    yield f"article_long:{_SHARES[around.long]}"
    yield f"article_marks:{_MARKS[around.marked]}"
    if around.repeated > 1:
        yield "repeated" if around.repeated == 2 else "repeated_often"
    if around.free > around.repeated:
        yield "stands_without_marks_too"
    if around.contained:
        yield "part_of_a_longer_one"
    owned, free = around.companions
    if owned:
        yield "companion_owned"
    if free:
        yield "companion_not_owned" if free == 1 else "companions_not_owned"
    yield f"previous:{around.beside[0]}"
    yield f"next:{around.beside[1]}"
    if around.in_paragraph:
        yield "paragraph_has_owned"


def _together(marked: Marked, around: Surroundings) -> Iterator[str]:
    """Pairs and triples of the above that tell more together than alone."""
    said = "said" if marked.said else "unsaid"
    before = marked.beside(-1)
    attribution = marked.attribution
    own = "free" if attribution is None else "weak" if attribution.weak else "owned"
    case = "capital" if marked.words[0].capital else "small"
    length = _length(marked)
    verb_phrase = "verbal" if verbal(marked.tokens, before.low if before else "") else "nominal"
    kind = _word_kind(before)
    yield f"{own},{said},words:{length}"
    yield f"{own},{case},words:{length}"
    yield f"{own},{case},{said},{verb_phrase}"
    yield f"{own},before:{kind}"
    yield f"before:{kind},{case},{said}"
    yield f"before:{kind},words:{length}"
    if not _FIRST_PERSON.isdisjoint(marked.lows):
        yield f"{own},speaks_of_itself"
    if around.repeated > 1:
        yield f"{own},repeated"
    if naming_noun(marked.carrier.tokens, marked.position, marked.words):
        yield f"naming_noun,{own},{said}"
    end = marked.printed[-1]
    if end in _ENDS and case == "capital":
        yield f"sentence,{own}"
