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
from quotes.extraction.clues.buckets import Wording, scale
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
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token, tokens_inside
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS, forms_of

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
_CRIES = word_class("cries") | forms_of(word_class("verbs_of_crying"))
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
_WORDS, _VERB_AT = _LENGTHS.clues("words:"), _GAPS.clues("verb_at:")
_ARTICLE_OWNED, _ARTICLE_LONG = _SHARES.clues("article_owned:"), _SHARES.clues("article_long:")
_ARTICLE_MARKS = _MARKS.clues("article_marks:")
_BEFORE, _AFTER, _OPENS_BEFORE = Wording("before:"), Wording("after:"), Wording("opens_sentence,after:")
_MARK, _RULE, _SOURCE, _ZONE = (Wording(f"{what}:") for what in ("mark", "rule", "source", "zone"))
_PREVIOUS, _NEXT = Wording("previous:"), Wording("next:")
_SHARE = _SHARES.clues("share:")
_GAP = _GAPS.clues("gap:")
_VERB = {
    head: tuple(
        f"verb:{construction}"
        for construction in ("strong", "weak", "qualify", "fragment", "que", "incise")
        if any(construction in verb.constructions for verb in verbs)
    )
    for head, verbs in VERBS.items()
}
_TO = frozenset({"à", "au", "aux"})
_SHORT = 4
_NEARBY = 5  # tokens


@value
class Marked:
    """A marked span as the clues see it: its tokens, its carrier, and what the rules made of it."""

    printed: str  # the words between the marks
    quotation: Quotation
    carrier: Carrier
    position: int
    attribution: Attribution | None
    rule: str
    source: str  # the type of the source that the rules propose, "" for none
    tokens: tuple[Token, ...]
    words: tuple[Token, ...]
    lows: frozenset[str]  # of the tokens, in lower case
    said: bool  # whether they have a finite verb, as a sentence has
    personal: bool  # whether somebody speaks of himself
    before: Token | None  # what stands beside the marks in the carrier
    after: Token | None
    kind_before: str  # what sort of word that is
    verbal: bool  # whether the words are a verb phrase


@value
class Surroundings:
    """What the article around a marked span tells: how it uses marks, and how often these words."""

    marked: int  # spans in marks in this part of the article
    owned: str  # the clue to the share of them to which the rules give an owner
    long: str  # … and of those that are longer than a few words
    repeated: int  # spans of the same words
    free: int  # places where a short span's words stand, in marks or not
    contained: bool  # whether a longer span has these words, too
    companions: tuple[int, int]  # other spans of the sentence: with an owner, without
    beside: tuple[str, str]  # whether the span before and the one after have an owner: "owned", "not", ""
    in_paragraph: bool  # whether another span of the paragraph has an owner


def marked_of(text: str, item: Placed) -> Marked:
    """A placed quotation as the clues see it."""
    q, carried, at = item.quotation, item.carrier.tokens, item.position
    tokens = tokens_inside(text, q.start, q.end)
    words = tuple([t for t in tokens if t.kind is not MARK])
    lows = frozenset([t.low for t in tokens])
    said, personal = said_inside(text, q.start, q.end), not _FIRST_PERSON.isdisjoint(lows)
    before = carried[at - 1] if at else None
    after = carried[at + 1] if at + 1 < len(carried) else None
    if before is not None and item.rule == "bracketed" and said and personal:
        # "Jeanne Roy (« Je pars ») …" reads like "Jeanne Roy : « Je pars »": brackets are a colon there.
        before, after = replace(before, text=":", low=":"), None
    return Marked(
        text[q.start : q.end],
        q,
        item.carrier,
        item.position,
        item.attribution,
        item.rule,
        item.entity.type if item.entity is not None else "",
        tokens,
        words,
        lows,
        said,
        personal,
        before,
        after,
        _word_kind(before),
        bool(words) and verbal(tokens, before.low if before is not None else ""),
    )


def surroundings_of(text: str, placed: Sequence[Placed]) -> list[Surroundings]:
    """What the article tells about each of these spans, in their order. Linear in the text."""
    keys = [fold(text[p.quotation.start : p.quotation.end]).strip() for p in placed]
    sizes = [key.count(" ") + 1 for key in keys]
    terms = Counter(keys)
    short = {key for key, size in zip(keys, sizes, strict=True) if size <= _SHORT}  # each is looked for once
    whole = fold(text) if short else ""
    free = {key: min(9, whole.count(key)) for key in short}
    joined = "\n".join(dict.fromkeys(keys))
    part_of_another = {key for key in short if " " in key and joined.count(key) > 1}
    owned = [p.attribution is not None and not p.attribution.weak for p in placed]
    count = max(1, len(placed))
    share = _ARTICLE_OWNED[sum(owned) / count]
    long = _ARTICLE_LONG[len([size for size in sizes if size > _SHORT]) / count]
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


def marked_clues(marked: Marked, around: Surroundings) -> list[str]:
    """All clues to whether somebody says what stands in these marks."""
    if not marked.words:
        return ["empty"]
    naming = _naming(marked)
    return [
        *_wording(marked),
        *_opening(marked),
        *_before(marked),
        *_after(marked),
        *_words_near(marked),
        *_listed(marked),
        *naming,
        *_predicated(marked),
        *_cried(marked),
        *nobodys_clues(marked.carrier.tokens, marked.position, marked.attribution),
        *_attributed(marked),
        *_sentence(marked),
        *_article(around),
        *_together(marked, around, "naming_noun" in naming),
    ]


def _wording(marked: Marked) -> Iterator[str]:
    """The words between the marks, as a whole."""
    words, printed = marked.words, marked.printed
    yield _WORDS[len(words)]
    if marked.said:
        yield "has_finite_verb"
    if marked.personal:
        yield "speaks_of_itself"
    if not _ENGLISH.isdisjoint(marked.lows):
        yield "english"
    if [t for t in words if t.kind is NUMBER]:
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
    if "," in marked.lows:
        yield "has_comma"
    if len(printed) <= _LONGEST_BODY and fold(printed) in ORGANIZATIONS:
        yield "name_of_body"
    yield _MARK[marked.quotation.mark]
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
    elif readings := noun(low):
        yield f"begins:{readings[0].kind}"
    elif low.endswith(_PARTICIPLE):
        yield "begins:participle"
    elif low.endswith(_INFINITIVE) and len(low) > 4:
        yield "begins:infinitive"
    if marked.verbal:
        yield "verb_phrase"


def _word_kind(token: Token | None) -> str:
    """What sort of word stands beside a span."""
    if token is None:
        return "edge"
    if token.kind is QUOTE:
        return "quotation"
    if token.kind is MARK:
        return token.text if token.text in (",", ":", ".", "(", ")", ";", "?", "!") else "mark"
    if token.kind is NUMBER:
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
    kind, position = marked.kind_before, marked.position
    yield _BEFORE[kind]
    if kind not in ("edge", ":", ".", "quotation"):
        far = marked.carrier.tokens[position - 2] if position > 1 else None
        yield f"before:{_word_kind(far)}+{kind}"


def _after(marked: Marked) -> Iterator[str]:
    """What stands after the marks."""
    kind = _word_kind(marked.after)
    yield _AFTER[kind]
    if marked.position == 0:
        yield _OPENS_BEFORE[kind]


def _words_near(marked: Marked) -> Iterator[str]:
    """The words themselves, where many articles have them: beside the marks, and the first one inside."""
    tokens, position = marked.carrier.tokens, marked.position
    far = tokens[position - 2] if position > 1 else None
    for place, token in (("word-1:", marked.before), ("word-2:", far), ("word+1:", marked.after)):
        if token is not None and token.kind is WORD and not token.capital:
            yield place + token.low
    for token in tokens[max(0, position - _NEARBY) : position]:
        if token.kind is WORD and not token.capital and len(token.low) > 3:
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
        and tokens[position + 2].kind is QUOTE
    )
    if head == position and not follows:
        return
    yield "listed"
    before = tokens[head - 1] if head else None
    kind = _word_kind(before)
    yield f"list_after:{kind}"
    if before is not None and before.kind is WORD and not before.capital:
        yield f"list_after_word:{before.low}"
    if naming_noun(tokens, head):
        yield "list_naming_noun"


def _naming(marked: Marked) -> list[str]:
    """Words that announce a name, a title, a term or a charge, or a judgement."""
    tokens, position = marked.carrier.tokens, marked.position
    clues = list(naming_clues(marked.carrier, position, marked.words, marked.attribution))
    nearby = [t.low for t in tokens[max(0, position - 6) : position]]
    if _judged_behind(marked) or not (_JUDGING.isdisjoint(nearby) or not _NAMED.isdisjoint(clues)):
        # but: dénonce la loi | « anti-casseurs », l'accord dit de | « paix »
        clues.append("near_a_judgement")
    if tokens[0].low in ("selon", "d'après", "pour"):
        clues.append("according_first")
    return clues


def _judged_behind(marked: Marked) -> bool:
    """Le | « mépris » dénoncé par Jeanne Roy"""
    cue = marked.attribution.cue if marked.attribution is not None else None
    return marked.rule == "by_agent" and cue is not None and marked.carrier.tokens[cue[0]].low in _JUDGING


def _predicated(marked: Marked) -> Iterator[str]:
    """What the subject is or does in words of its own: reste | « prudente », la mairie | « regrette »."""
    before, after = marked.before, marked.after
    if (
        before is not None
        and before.kind is WORD
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
    if _CRIES.isdisjoint(marked.carrier.words):
        return
    tokens, position = marked.carrier.tokens, marked.position
    head, tail = list_head(tokens, position), list_tail(tokens, position)
    around = tokens[max(0, head - _NEARBY) : head] + tokens[tail + 1 : tail + 4]
    if not _CRIES.isdisjoint([t.low for t in around]):
        yield "cried"
        yield "cried,capital" if marked.words[0].capital else "cried,small"


def _attributed(marked: Marked) -> Iterator[str]:
    """What the rules found beside it."""
    attribution = marked.attribution
    if attribution is None:
        yield "unattributed"
        return
    yield _RULE[marked.rule]
    yield _SOURCE[marked.source or "none"]
    if attribution.weak:
        yield "weak"
    yield from _VERB.get(attribution.lemma, ())
    if attribution.lemma in _NAMING_VERBS and not _calls_for(marked.carrier, attribution):
        yield "naming_verb"
    if attribution.lemma in _TITLE_VERBS:
        yield "title_verb"
    if attribution.phrase is not None and attribution.phrase.head in _SAYINGS:
        yield "saying"
    if attribution.cue is not None:
        gap = _GAP[marked.position - attribution.cue[1]]
        yield gap
        yield f"rule:{marked.rule},{gap}"
    said = "said" if marked.said else "unsaid"
    yield f"rule:{marked.rule},{said}"
    yield f"rule:{marked.rule},before:{marked.kind_before}"


def _calls_for(carrier: Carrier, attribution: Attribution) -> bool:
    """Whether "appeler" gives no name: "appelle | à un « sursaut »", "appelle même | au « calme »"."""
    at = attribution.cue[1] if attribution.cue is not None else 0
    return not _TO.isdisjoint(carrier.lows[at : at + 2])


def _sentence(marked: Marked) -> Iterator[str]:
    """The sentence around it."""
    tokens, position = marked.carrier.tokens, marked.position
    zone = marked.carrier.sentence.zone
    yield _ZONE[zone]
    own = len([t for t in tokens if t.kind is WORD])
    count = len(marked.words)
    share = _SHARE[count / (count + own)]
    yield share
    yield f"{share},zone:{zone}"
    verbs = marked.carrier.verbs
    strong = [g for g in verbs if g.allows("strong")]
    if strong and strong[0].last <= position:
        yield "verb_of_saying_before"
    if strong and strong[-1].first > position:
        yield "verb_of_saying_after"
    if not verbs:
        yield "no_verb_of_saying"
    yield _VERB_AT[min([min(abs(position - g.last), abs(g.first - position)) for g in verbs], default=99)]


def _article(around: Surroundings) -> Iterator[str]:
    """What the article does with marks."""
    yield around.owned
    yield around.long
    yield _ARTICLE_MARKS[around.marked]
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
    before, after = around.beside
    yield _PREVIOUS[before]
    yield _NEXT[after]
    if around.in_paragraph:
        yield "paragraph_has_owned"


def _together(marked: Marked, around: Surroundings, named: bool) -> Iterator[str]:
    """Pairs and triples of the above that tell more together than alone."""
    said = "said" if marked.said else "unsaid"
    attribution = marked.attribution
    own = "free" if attribution is None else "weak" if attribution.weak else "owned"
    case = "capital" if marked.words[0].capital else "small"
    length, kind = _LENGTHS[len(marked.words)], marked.kind_before
    verb_phrase = "verbal" if marked.verbal else "nominal"
    yield f"{own},{said},words:{length}"
    yield f"{own},{case},words:{length}"
    yield f"{own},{case},{said},{verb_phrase}"
    yield f"{own},before:{kind}"
    yield f"before:{kind},{case},{said}"
    yield f"before:{kind},words:{length}"
    if marked.personal:
        yield f"{own},speaks_of_itself"
    if around.repeated > 1:
        yield f"{own},repeated"
    if named:
        yield f"naming_noun,{own},{said}"
    end = marked.printed[-1]
    if end in _ENDS and case == "capital":
        yield f"sentence,{own}"
