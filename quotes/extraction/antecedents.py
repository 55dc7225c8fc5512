"""Whom a sentence leaves in mind: who acts in it, so that "elle" or "la ministre" may mean them next."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Carrier, whole
from quotes.extraction.counted import COMING
from quotes.extraction.descriptions import description_at
from quotes.extraction.leads import compound_length
from quotes.extraction.pairs import is_name_alone, together
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    CLITICS,
    CONTRACTED,
    FUNCTION_WORDS,
    PEOPLE,
    PLAIN_LINKS,
    POSSESSIVE,
    PREPOSITIONS,
    TIMES,
    Vocabulary,
    person_noun,
)
from quotes.extraction.relatives import PLACED
from quotes.extraction.subjects import THAT, bare, is_singled_out, is_thing, stands_as_subject
from quotes.extraction.tokens import WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS, is_infinitive_form

_CREDITS = word_class("credit_words")
_BEFORE_CREDITED = _CREDITS | {":", "de", "/", "par"}
_STATES = word_class("states_and_posts")
_PARTICIPLES = ("és", "ées", "ants", "antes")
_OURS = frozenset({"mon", "ma", "mes", "notre", "nos", "votre", "vos"})
_NEW = frozenset({"un", "une"})
_BROUGHT_IN = PEOPLE | {"group"}
_SEVERAL = frozenset({"les", "des", "plusieurs", "quelques", "deux", "trois"})
_OF = frozenset({"de", "d'"})
_PRESENTING = frozenset({"c'", "ce"})
_PRESENTED = 2  # the token behind "c'est"
_MADE_BY = frozenset({"par", "de", "d'"})
_WITNESSES = frozenset({"on", "je", "nous"})
_IMPERSONAL = word_class("impersonal_verbs")
_WRITTEN = word_class("written")
_LONGEST_PLACE = 14  # tokens of "écrit à l'article 12 du règlement du port"
_IMPERSONAL_AFTER_BE = word_class("impersonal_after_be")


def acts(carrier: Carrier, k: int) -> bool:
    """Whether a phrase is one of whom the following sentences go on to speak."""
    phrase = carrier.phrases[k]
    if phrase.before in _RELATING and _in_relative(carrier, phrase):
        return False
    return (
        _stands_first(carrier, k)
        or phrase.before in ("pour", "selon")
        or _is_inverted(carrier, phrase)
        # "Une pétition a été lancée par X"
        or (phrase.before == "par" and phrase.name is not None and _thing_first(carrier))
    )


def has_credits(carrier: Carrier) -> bool:
    """Whether a sentence may credit a picture to somebody."""
    return not _CREDITS.isdisjoint(carrier.words)


def is_nobody_here(tokens: Sequence[Token], phrase: Phrase, credits: bool) -> bool:
    """Whether a phrase means nobody of the article: the speaker's own, a photographer, what is counted.

    ``credits`` is what :func:`has_credits` tells of its sentence.
    """
    if phrase.determiner in _OURS or (credits and _credited(tokens, phrase.first)):
        return True
    # "Et la première n'était pas mieux"
    return phrase.kind is DESCRIPTION and phrase.head in ("premier", "première")


def may_speak_later(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a phrase that means nobody known so far is taken in as a source of its own."""
    if is_name_alone(phrase):
        # "La Russie a réagi", but "Elle dit que la Russie réagira": she is spoken of next
        return phrase.before in _IN_MAIN_CLAUSE and bare(phrase, carrier.tokens)
    if phrase.noun is None or not phrase.determiner:
        return False
    person = phrase.noun.kind in PEOPLE
    if not (person or phrase.noun.kind in ("group", "organization")) and not (
        # people whom no list knows: "les habitués", "les assaillants"
        phrase.number == "p" and phrase.head.endswith(_PARTICIPLES)
    ):
        return False
    if carrier.tokens[0].low == "quant" and phrase.first == 1:
        return True  # "Quant | aux riverains, ils …"
    # "« … » par un voisin", "Pour une riveraine, …"
    if bare(phrase, carrier.tokens) or _is_inverted(carrier, phrase):
        return True
    return person and phrase.before in ("par", "pour")


def is_brought_in(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a sentence in which nobody else is spoken of brings somebody in: "Nous croisons | une élève."

    Who is the only one of whom a sentence tells is who acts in the next, be it as an object or a place:
    "On tombe sur | une élève. Elle raconte".
    """
    entry = phrase.noun
    if entry is None or entry.kind not in _BROUGHT_IN:
        return False
    tokens, presented = carrier.tokens, carrier.tokens[0].low in _PRESENTING
    if phrase.determiner not in (_NEW if phrase.number == "s" else _SEVERAL) and not (
        # "C'était | sa femme."
        phrase.determiner in POSSESSIVE and phrase.first == _PRESENTED and presented and entry.kind in PEOPLE
    ):
        return False
    if phrase.before in _OF and not presented and tokens[phrase.first - 2].low not in COMING:
        return False  # "le procès d'un homme", but "C'est le souvenir d'un voisin", "vient d'un voisin"
    return _is_alone(carrier, phrase)


def is_reached(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether somebody is whom a thing reaches, or from whom it comes, where nobody else is spoken of.

    "L'idée n'a pas convaincu | Léa Blanc", "La critique est venue de la part de | Léa Blanc".
    """
    tokens = carrier.tokens
    somebody = phrase.kind is NAME or (phrase.noun is not None and phrase.noun.kind in PEOPLE)
    if not somebody or phrase.number != "s" or phrase.first == 0:
        return False
    before = [t.low for t in tokens[max(0, phrase.first - 4) : phrase.first]]
    if phrase.determiner == "du":  # "de la part | du maire Paul Roy"
        before = [*before[1:], "de"]
    coming = len(before) > 1 and before[-1] in _OF and before[-2] in COMING  # "La critique vient de | X"
    if coming or any(before[-len(source) :] == source for source in _FROM_WHOM):
        return tokens[0].low not in _PRESENTING and _is_alone(carrier, phrase)  # "C'était chez Léa Blanc"
    word = tokens[phrase.first - 1]
    reached = word.kind is WORD and (word.low in FORMS or not noun(word.low))  # no "francs | CFA"
    preposed = word.low in PREPOSITIONS or not CONTRACTED.isdisjoint((word.low, phrase.determiner))
    return reached and not preposed and _is_alone(carrier, phrase)


_FROM_WHOM = (["de", "la", "part", "de"], ["du", "côté", "de"], ["chez"])


_OTHERS_SPEAK = frozenset({"«»", "?"})


def _is_alone(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a sentence speaks of nobody else, and neither asks nor quotes."""
    if not _OTHERS_SPEAK.isdisjoint(carrier.words):
        return False
    same = {phrase}
    for described, name in carrier.appositions.items():
        if carrier.phrases[name] is phrase and phrase.kind is NAME:
            same.add(carrier.phrases[described])  # "Cela agace | Léa Blanc, la députée."
    return not any(_is_rival(carrier, other) for other in carrier.phrases if other not in same)


def _is_rival(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether the next sentence may go on to speak of it: no thing, no place, nor who tells the story."""
    if phrase.kind is PRONOUN:
        return phrase.head not in _WITNESSES
    if phrase.noun is not None and phrase.noun.kind in PEOPLE:
        return True
    if phrase.kind is NAME and phrase.before not in PLACED:
        return True
    return bare(phrase, carrier.tokens) and not is_thing(phrase)


def acting_pair(carrier: Carrier) -> Phrase | None:
    """Two who act together in a sentence, as one source: "Paulette et Huguette, deux sœurs, hébergent …".

    Or of whom something is: "L'étude est signée de Léa Roy et Paul Blanc."
    """
    if "et" not in carrier.words:
        return None
    starts = [p.first for p in carrier.phrases]
    for j, second in enumerate(carrier.phrases):
        if second.before != "et":
            continue
        pair = together(carrier, whole(carrier, j))
        k = starts.index(pair.first) if pair.first in starts else j
        if k >= j:
            continue
        if _is_made_by(carrier, k, pair):
            return pair
        bracketed = "(" in carrier.lows[pair.first : pair.last]  # "Après Lens (Nord), Arras (…) et Paris"
        if not _stands_first(carrier, k) or (bracketed and k):
            continue
        if any(bare(other, carrier.tokens) for other in carrier.phrases[:k]):
            return None  # "Ils sont deux, | un homme et une femme"
        return pair
    return None


def _is_made_by(carrier: Carrier, k: int, pair: Phrase) -> bool:
    """Whether a thing is of several who bear names: "signée de | Léa Roy et Paul Blanc"."""
    names = pair.kind is NAME and is_name_alone(carrier.phrases[k])
    return names and carrier.phrases[k].before in _MADE_BY and _thing_first(carrier)


def is_predicate(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is said of somebody and means nobody new: "c'est aussi un développeur"."""
    if phrase.determiner not in _NEW or phrase.first < 2 or is_singled_out(tokens, phrase):
        return False
    return any(t.low in ("est", "était") for t in tokens[phrase.first - 2 : phrase.first])


def is_dateline(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a phrase is the town that opens a dispatch: "DAKAR - Le président …"."""
    following = carrier.tokens[phrase.last].text if phrase.last < len(carrier.tokens) else ""
    return phrase.kind is NAME and following in ("-", "–", "—", "(", "|")


def is_impersonal(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb after "il" has no subject: il faut, il y a, il est clair, il est écrit que."""
    while at + 1 < len(tokens) and tokens[at].low in ("ne", "n'", "s'"):
        at += 1
    low = tokens[at].low if at < len(tokens) else ""
    if low in ("est", "était", "serait", "sera"):
        if at + 1 < len(tokens) and tokens[at + 1].low in _WRITTEN:
            return any(t.low in THAT for t in tokens[at + 2 : at + _LONGEST_PLACE])
        return any(t.low in _IMPERSONAL_AFTER_BE for t in tokens[at + 1 : at + 4])
    return low in _IMPERSONAL


def happened(tokens: Sequence[Token], first: int) -> bool:
    """Whether the words at ``first`` tell what happened to somebody: "invité lundi sur la chaîne"."""
    following = tokens[first + 1].low if first + 1 < len(tokens) else ""
    if tokens[first].low in _STATES and (following not in PLAIN_LINKS or _to_do(tokens, first + 2)):
        return True  # "déçu parce que", "accusée d'avoir menti"
    works = any(n.kind in ("office", "trade") for n in noun(tokens[first].low))  # "employée dans une école"
    return (
        not works
        and tokens[first].low.endswith(("é", "ée", "és", "ées"))
        and (following in TIMES or following in ("par", "sur", "dans", "pour", "lors"))
    )


def _to_do(tokens: Sequence[Token], at: int) -> bool:
    """Whether an infinitive stands at ``at``: "chargée d'| animer", but "chargé de mission"."""
    return at < len(tokens) and is_infinitive_form(tokens[at].low)


def _credited(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name at ``at`` is that of who took the picture: "Crédits : X", "photo X"."""
    if not at or tokens[at - 1].low not in _BEFORE_CREDITED:
        return False
    return not _CREDITS.isdisjoint([t.low for t in tokens[max(0, at - 3) : at]])


def _thing_first(carrier: Carrier) -> bool:
    """Whether a thing is the subject of a carrier, so that nobody else acts in it."""
    first = carrier.phrases[0].noun
    return first is not None and carrier.phrases[0].first == 0 and first.kind in ("thing", "document")


def _stands_first(carrier: Carrier, k: int) -> bool:
    """Whether a phrase stands as a subject; what follows in a list is what the first of it is."""
    first = k
    while first and _listed_with(carrier, first - 1, first):
        first -= 1
    # "avec Paul Roy et Jean Morel", "Ils s'appellent Léa, Jean, Zoé"; of two parted by a comma the first
    # may be where it happens: "À Lens, Jean Morel"
    joined = first < k and (k - first > 1 or carrier.phrases[k].before != "," or _goes_on_listing(carrier, k))
    return stands_as_subject(carrier, first if joined else k)


def _listed_with(carrier: Carrier, j: int, k: int) -> bool:
    """Whether two phrases follow each other in a list: names parted by a comma, or any by "et"."""
    right = carrier.phrases[k]
    if right.before not in _BETWEEN:
        return False
    left = carrier.phrases[j]
    if left.last != right.first - 1 or carrier.appositions.get(j) == k or carrier.appositions.get(k) == j:
        return False
    return right.before == "et" or (left.kind is NAME is right.kind and not (left.noun or right.noun))


_BETWEEN = frozenset({",", "ou", "et"})  # the parts of a list


def _goes_on_listing(carrier: Carrier, k: int) -> bool:
    return k + 1 < len(carrier.phrases) and _listed_with(carrier, k, k + 1)


def _in_relative(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether it acts only in a relative clause that is over: "Léa Roy, que Paul Morin a formée, s'en va"."""
    tokens, opening = carrier.tokens, phrase.first - 2
    if opening < 1 or tokens[opening].text != "," or all(other.last != opening for other in carrier.phrases):
        return False
    comma = next((k for k in range(phrase.last, len(tokens) - 1) if tokens[k].text == ","), -1)
    if comma < 0 or (phrase.before != "dont" and comma == phrase.last):
        return False  # "que Lucien, doyen de la maison, se charge de réchauffer"
    verb = tokens[comma + 1]
    acts = verb.low in CLITICS or verb.low not in FUNCTION_WORDS
    return verb.kind is WORD and not verb.capital and verb.low != "en" and acts


_IN_MAIN_CLAUSE = frozenset({"", ",", "mais", "et", "«»"})
_INVERTING = frozenset({"que", "qu'", "comme", "dont"})
_RELATING = frozenset({"que", "qu'", "dont", "où"})


def _is_inverted(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a phrase is the subject of the verb before it: "ce qu'a déploré X"."""
    if _INVERTING.isdisjoint(carrier.words):
        return False
    return any(
        group.last == phrase.first
        and group.finite
        and not group.allows("weak")
        and group.first
        and carrier.tokens[group.first - 1].low in _INVERTING
        for group in carrier.verbs
    )


def people_inside(carrier: Carrier, phrase: Phrase, words: Vocabulary) -> Phrase | None:
    """Whose something is that a phrase names: "la colère | des éleveurs", "l'opposition | des riverains"."""
    if phrase.kind is not DESCRIPTION or phrase.number != "s":
        return None
    tokens = carrier.tokens
    for at in range(phrase.last - 2, phrase.first + 1, -1):
        if tokens[at].low != "des":
            continue
        people = person_noun(tokens[at + 1].low)
        worn = compound_length(tokens, at + 1) > 0  # "des gilets jaunes"
        if worn or (people is not None and people.number == "p"):
            found = description_at(tokens, at, words, tokens[at - 1].low)
            return found if found is not None and found.last <= phrase.last else None
    return None
