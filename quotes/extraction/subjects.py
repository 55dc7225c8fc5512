"""Who acts: the phrase that is a verb's subject, before it, after it, or as "on" somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction import impersonal
from quotes.extraction.carrier import Attribution, Carrier, joined, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.dislocation import counted_behind, put_in_front
from quotes.extraction.impersonal import is_on
from quotes.extraction.pairs import together
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    CLITICS,
    CONJUNCTIONS,
    CONTRACTED,
    PEOPLE,
    PREPOSITIONS,
    TIMES,
)
from quotes.extraction.relatives import antecedent, has_verb
from quotes.extraction.tokens import WORD, Token
from quotes.french.grammar import word_class
from quotes.french.verbs import AUXILIARIES, FORMS

_CLAUSE_OPENERS = (
    frozenset(
        {
            "",
            ",",
            "«»",
            "(",
            ")",
            ":",
            ";",
            "—",
            "–",
            "-",
            "…",
            ".",
            "!",
            "?",
            "[",
            "]",
            "*",
            "►",
            "•",
            '"',
            "“",
            "»",
            "|",
            "/",
        }
    )
    | word_class("conjunctions")
    | word_class("subordinators")
    | (word_class("relatives") - {"qui"})
    | frozenset({"quoi"})
    | frozenset({"ainsi", "puis", "aussi", "tandis", "alors", "lorsque", "pendant", "même"})
)
THAT = frozenset({"que", "qu'"})
_NEGATIONS = word_class("negations")
BEFORE_VERB = CLITICS | _NEGATIONS | ADVERBS
AHEAD_OF_VERB = BEFORE_VERB | TIMES
_BESIDE_VERB = TIMES | ADVERBS
_NOBODY = frozenset({"faut", "fallait", "faudra", "faudrait", "fallut"})
# "Seules | deux retraitées ont dit"
_ALONE = frozenset({"seul", "seule", "seuls", "seules"})
_BEFORE_SUBJECT = (_CLAUSE_OPENERS | _ALONE) - _BESIDE_VERB - {"(", "/", "«»", "comme"}
_BEFORE_NO_SUBJECT = (PREPOSITIONS | CONTRACTED) - _BEFORE_SUBJECT - _BESIDE_VERB - {"comme"}
_OF_OBJECTS = frozenset({"dont", "que", "qu'"})
_LONGEST_OPENING = 8  # tokens of ", dont le fils aîné, | Paul"
_LONGEST_BRACKET = 8  # tokens of "Paul Roy, maire | (PS)"
_LONGEST_COMPARISON = 8  # tokens of ", comme Jeanne Roy | l'avait fait un an plus tôt,"
BREAKS = frozenset({".", ";", "!", "?", "…"})
_BOUNDARIES = BREAKS | {":"}


_AT_SOMEBODY = frozenset({"du", "au", "aux"})
_IS = frozenset({"est", "sont", "était", "étaient"})


def bare(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether the phrase stands where a subject stands, not after a preposition or as an object."""
    if phrase.determiner in _AT_SOMEBODY:
        return False
    before = phrase.before
    if before in _BEFORE_SUBJECT:
        return True
    if before in _BEFORE_NO_SUBJECT:
        return False
    if before in _BESIDE_VERB:
        return not _object_of(tokens, phrase)
    if before == "«»":
        return phrase.determiner != "des"
    if before == "comme":
        return not _only_compared(tokens, phrase)
    if before in _IS:
        return is_singled_out(tokens, phrase)
    return before.endswith("ment") or before.isdigit()


def _only_compared(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether commas enclose who did so too: "Paul Roy, comme | Jeanne Roy | avant lui, dénonce"."""
    if phrase.last < len(tokens) and tokens[phrase.last].text == ",":
        return True
    if phrase.first < 2 or tokens[phrase.first - 2].text != ",":
        return False
    for token in tokens[phrase.last : phrase.last + _LONGEST_COMPARISON]:
        if token.kind is not WORD:
            return token.text == ","
        if token.low in FORMS and token.low not in AUXILIARIES:
            return False  # ", comme Jeanne Roy l'a écrit,"
    return False


def is_singled_out(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is said of it, and of nobody else, that it acts: "c'est | une plongeuse | qui l'a vu"."""
    return (
        phrase.before in _IS
        and phrase.first > 1
        and tokens[phrase.first - 2].low in ("c'", "ce")
        and _relative_at(tokens, phrase.last)
    )


def _relative_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether "qui" stands at ``at``, or behind an insertion: "c'est la voisine|, venue tôt, qui l'a vu"."""
    if at < len(tokens) and tokens[at].text == ",":
        stop = min(at + _LONGEST_OPENING, len(tokens) - 1)
        at = next((k + 1 for k in range(at + 1, stop) if tokens[k].text == ","), at)
    return at < len(tokens) and tokens[at].low == "qui"


def _object_of(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a name after an adverb is the object of a relative's verb: "celle qui imitait alors X"."""
    return (
        phrase.first > 2 and tokens[phrase.first - 2].kind is WORD and tokens[phrase.first - 3].low == "qui"
    )


def _in_closed_relative(tokens: Sequence[Token], phrase: Phrase, verb: int) -> bool:
    """Whether a phrase belongs to a relative clause that is over: "X, dont le téléphone sonne, a parlé"."""
    if (
        phrase.before in _OF_OBJECTS
        and phrase.last < verb
        and tokens[phrase.last].low in AUXILIARIES
        and tokens[verb].kind is WORD
        and tokens[verb].low not in CONJUNCTIONS
    ):
        return True  # "une note dont X a eu copie | évoque"
    if tokens[verb].text != "," or phrase.first < 3:
        return False
    if phrase.before in ("lesquels", "lesquelles", "eux", "elles") and verb >= phrase.last:
        # "des associations, parmi lesquelles des syndicats, ont réagi"
        return tokens[phrase.first - 2].low == "parmi" and tokens[phrase.first - 3].text == ","
    if verb <= phrase.last:
        return False
    if (
        phrase.before == ","
        and _opened_by_relative(tokens, phrase.first)
        and has_verb(tokens, phrase.last, verb)
    ):
        return True  # "X, dont le fils, Paul, est mort en mai, a parlé"
    if phrase.before in ("dont", "où") and has_verb(tokens, phrase.last, verb):
        return True  # "X, chef de la liste dont l'absence a troublé la ville, a parlé"
    if phrase.before in _OF_OBJECTS and tokens[phrase.first - 2].low == "et":
        return has_verb(tokens, phrase.last, verb)  # "un audit, commandé par X et que Y a pu lire, évoque"
    return phrase.before in ("dont", "que", "qu'", "où") and tokens[phrase.first - 2].text == ","


def _opened_by_relative(tokens: Sequence[Token], at: int) -> bool:
    """Whether a relative clause began not far before a token, behind a comma, and has no verb yet."""
    for k in range(at - 2, max(1, at - _LONGEST_OPENING), -1):
        if tokens[k].low in ("dont", "où", "que", "qu'"):
            return tokens[k - 1].text == "," and not has_verb(tokens, k, at)
        if tokens[k].kind is not WORD:
            return False
    return False


def _listed(carrier: Carrier, k: int) -> bool:
    """Whether a name is one of several that a comma closes: "face à A, B et C, il réagit"."""
    phrases, tokens = carrier.phrases, carrier.tokens
    joined = False
    while k + 1 < len(phrases) and phrases[k + 1].kind is NAME is phrases[k].kind and (
        phrases[k + 1].first == phrases[k].last + 1 and tokens[phrases[k].last].text in (",", "et")
    ):  # fmt: skip
        k += 1
    end = phrases[k].last
    while k and phrases[k - 1].kind is NAME is phrases[k].kind and (
        phrases[k].first == phrases[k - 1].last + 1 and phrases[k].before in (",", "et")
    ):  # fmt: skip
        joined = joined or phrases[k].before == "et"
        k -= 1
    return joined and end < len(tokens) and tokens[end].text == ","


def _tells_place(carrier: Carrier, k: int, verb: int) -> bool:
    """Whether a body between commas is the place of a post: "X, la maire de Brume, | la ville du lac, a"."""
    phrase, tokens = carrier.phrases[k], carrier.tokens
    if not k or phrase.before != "," or tokens[verb].text != "," or verb < phrase.last:
        return False
    post = carrier.phrases[k - 1]
    apposed = k - 1 in carrier.appositions or k - 1 in carrier.appositions.values()
    return (
        phrase.noun is not None
        and phrase.noun.kind == "organization"
        and post.last == phrase.first - 1
        and post.noun is not None
        and post.noun.kind in PEOPLE
        and tokens[post.last - 1].capital
        and (apposed or stands_as_subject(carrier, k - 1))
    )


def stands_as_subject(carrier: Carrier, k: int) -> bool:
    """Whether a phrase stands as a subject; of two that are apposed, the first one shows it."""
    phrase, apposed = carrier.phrases[k], _apposed_to(carrier, k) if carrier.appositions else []
    if apposed:
        phrase = carrier.phrases[min(k, *apposed)]
    if _is_voice(carrier, phrase):
        return True
    if apposed and any(
        g.last == phrase.first and g.finite and g.allows("incise") and _opens(carrier.tokens, g.first)
        for g in carrier.verbs
    ):
        return True  # "« … », a précisé la ministre, Jeanne Roy."
    return bare(phrase, carrier.tokens)


def _is_voice(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether somebody speaks for a body: "L'ONU, par la voix de | son directeur, Jean Roy, a déploré"."""
    voice = phrase.first - (1 if phrase.determiner in CONTRACTED else 2)
    return voice > 1 and carrier.tokens[voice].low in _VOICES and carrier.tokens[voice - 2].low == "par"


_VOICES = frozenset({"voix", "bouche", "intermédiaire", "entremise", "truchement"})


def _voice_of(carrier: Carrier, phrase: Phrase) -> Phrase | None:
    """Who speaks for a body, by name: "La ville | a répondu par la voix de son directeur, Jean Roy"."""
    if _VOICES.isdisjoint(carrier.words):
        return None
    voices = (k for k, p in enumerate(carrier.phrases) if p is not phrase and _is_voice(carrier, p))
    named = (whole(carrier, k) for k in voices)
    return next((p for p in named if p.kind is NAME), None)


def _apposed_to(carrier: Carrier, k: int) -> list[int]:
    """What is apposed to a phrase, and what it is apposed to."""
    apposed = [d for d, n in carrier.appositions.items() if n == k]
    if k in carrier.appositions:
        apposed.append(carrier.appositions[k])
    return apposed


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that could be its subject stands right before a verb, but an adverb."""
    while at and tokens[at - 1].kind is WORD and tokens[at - 1].low in AHEAD_OF_VERB:
        at -= 1
    return not at or tokens[at - 1].kind is not WORD or tokens[at - 1].low in _CLAUSE_OPENERS


def subject_before(carrier: Carrier, group: VerbGroup, *, lowest: int = 0) -> Phrase | None:
    """The subject that stands before its verb, however far: "Jeanne Roy, qui …, a déclaré"."""
    tokens = carrier.tokens
    if tokens[group.first].low in _NOBODY:
        return None  # "il faut rappeler que": nobody in particular
    at = group.first - 1
    while at >= lowest and tokens[at].kind is WORD and (
        tokens[at].low in BEFORE_VERB or tokens[at].low.endswith("ment")
    ):  # fmt: skip
        at -= 1
    if at >= lowest and tokens[at].low in _RELATIVE_SUBJECTS:
        return antecedent(carrier, at, group.number)
    coordinated = at >= lowest and tokens[at].low in ("et", "puis", "mais", "ou")
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last > group.first or phrase.first < lowest:
            continue
        if _in_closed_relative(tokens, phrase, at):
            continue
        if not stands_as_subject(carrier, k) and not (phrase.last == at + 1 and _to_whom(tokens, phrase)):
            continue
        shared = group.number == "p" and joined(carrier, k)
        if phrase.number != group.number and not (shared or is_measure(phrase)):
            continue
        if group.number == "s" and (_listed(carrier, k) or _tells_place(carrier, k, at)):
            continue
        if k in carrier.appositions and carrier.appositions[k] < k:
            continue
        if phrase.kind is DESCRIPTION and not phrase.determiner and phrase.first:
            continue
        if _parted(carrier.lows[phrase.last : group.first], coordinated):
            continue
        return whole(carrier, k)
    return None


def _to_whom(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a relative clause begins before a phrase: "Paul Roy, à qui | Jeanne Roy reproche"."""
    return phrase.before == "qui" and phrase.first > 1 and tokens[phrase.first - 2].low in PREPOSITIONS


_RELATIVE_SUBJECTS = frozenset({"qui", "lequel", "laquelle", "lesquels", "lesquelles"})
_OF_ONE_MEASURE = frozenset({"un", "une", "la", "le", "l'"})


def is_measure(phrase: Phrase) -> bool:
    """Whether it is one measure of many, with a verb of either number: "une partie des élus | dit"."""
    several = phrase.kind is DESCRIPTION and phrase.number == "p"
    return several and phrase.determiner in _OF_ONE_MEASURE


def _parted(between: Sequence[str], coordinated: bool) -> bool:
    """Whether a clause boundary lies among the words between a subject and its verb."""
    if not between:
        return False
    if between[0] == "«»" or not _BOUNDARIES.isdisjoint(between):
        return True
    if ")" in between and _closes_outer(between):
        return True  # "Jeanne Roy (PS, | Landes) estime"
    relative_is_over = between[0] == "," == between[-1]  # "le rapport, que nous avons lu, pointe"
    return not (coordinated or relative_is_over or THAT.isdisjoint(between))


def _closes_outer(between: Sequence[str]) -> bool:
    """Whether a bracket closes among some words that was opened before them."""
    depth = 0
    for word in between:
        depth += (word == "(") - (word == ")")
        if depth < 0:
            return True
    return False


def is_thing(phrase: Phrase | None) -> bool:
    """Whether a phrase is a thing or a text, which speaks for somebody else if at all."""
    return (
        phrase is not None
        and phrase.kind is DESCRIPTION
        and phrase.noun is not None
        and phrase.noun.kind in ("document", "thing")
    )


def end_of_apposed(carrier: Carrier, k: int) -> int:
    """Where a phrase ends with what is apposed to it and with a bracket: "Léa Roy (PS), la maire |"."""
    tokens = carrier.tokens
    beside = {carrier.appositions.get(k), *(d for d, n in carrier.appositions.items() if n == k)}
    end = max(p.last for j, p in enumerate(carrier.phrases) if j == k or j in beside)
    if end < len(tokens) and tokens[end].text == "(":
        stop = min(end + _LONGEST_BRACKET, len(tokens))
        end = next((j + 1 for j in range(end, stop) if tokens[j].text == ")"), end)
    return end


def attributed(
    carrier: Carrier,
    rule: str,
    group: VerbGroup,
    phrase: Phrase | None,
    pronoun: str = "",
    *,
    weak: bool = False,
) -> Attribution:
    """Give what a verb says of a source: two names are one for a plural verb, "on" are those at a place."""
    if phrase is not None and group.verb is not None and group.verb.head == "apprendre":
        phrase = _learnt_from(carrier, phrase) or phrase
    if phrase is not None and phrase.kind is not PRONOUN:
        phrase = _voice_of(carrier, phrase) or phrase
    if phrase is not None and (group.number == "p" or group.passive or not group.finite):
        phrase = together(carrier, phrase)
    if pronoun == "on" or is_on(phrase):
        meant = those_at(carrier, group, phrase)
        if meant is not None:
            phrase, pronoun = meant, ""
    elif phrase is not None:
        phrase = taken_up(carrier, phrase)
    return Attribution(
        rule,
        phrase,
        pronoun,
        (group.first, group.last),
        group.verb.lemma if group.verb else "",
        weak,
        group.gender if not group.passive and group.number == "s" else "",
    )


def _learnt_from(carrier: Carrier, who: Phrase) -> Phrase | None:
    """From whom a medium learnt it: "a appris l'AFP auprès | des pompiers", "… de | source policière"."""
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first < who.last or phrase.kind is PRONOUN:
            continue
        start, where = impersonal.place_of(carrier.tokens, phrase)
        around = phrase.head == "entourage" and phrase.before in ("dans", "de")
        if around or phrase.head in impersonal.SOURCES or (start >= 0 and where in ("auprès", "entourage")):
            return whole(carrier, k)
    return None


def those_at(carrier: Carrier, group: VerbGroup | None, subject: Phrase | None) -> Phrase | None:
    """Who "on" are in a carrier, by name where a name is apposed; see :mod:`quotes.extraction.impersonal`."""
    k = impersonal.those_at(carrier.tokens, carrier.phrases, group, subject)
    return None if k is None else whole(carrier, k)


def taken_up(carrier: Carrier, phrase: Phrase) -> Phrase:
    """The phrase, or whom it means as a pronoun: "Quant à Léa, | elle ajoute", "| Ils sont dix à crier"."""
    k = put_in_front(carrier.tokens, carrier.phrases, phrase)
    if k is None:
        k = counted_behind(carrier.tokens, carrier.phrases, phrase)
    return phrase if k is None else whole(carrier, k)


def main_subject(carrier: Carrier, end: int) -> Phrase | None:
    """The first phrase that stands as a subject before ``end`` and can speak."""
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= end:
            break
        if not bare(phrase, carrier.tokens) or _joined_to_complement(carrier, k):
            continue
        if phrase.kind is DESCRIPTION and phrase.determiner == "" and k not in carrier.appositions:
            continue
        if is_thing(phrase):
            continue
        return whole(carrier, k)
    return None


def _joined_to_complement(carrier: Carrier, k: int) -> bool:
    """Whether "et" joins a phrase to one that no verb has as its subject: "Outre la Chine et | l'Inde, Y"."""
    phrase, first = carrier.phrases[k], carrier.phrases[k - 1]
    if not k or phrase.before != "et" or first.last != phrase.first - 1:
        return False
    closed = phrase.last < len(carrier.tokens) and carrier.tokens[phrase.last].text == ","
    return closed and not bare(first, carrier.tokens)
