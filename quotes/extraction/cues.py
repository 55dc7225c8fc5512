"""Which words make it speech? The verb groups of a carrier, with the verb that each is a form of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from functools import lru_cache

from quotes.extraction.proper_names import (
    ADVERBS,
    BEFORE_NOUN,
    CLITICS,
    CONTRACTED,
    DEFINITE,
    DETERMINERS,
    FUNCTION_WORDS,
    ON_BOTH_SIDES,
    PLAIN_LINKS,
    PREPOSITIONS,
    SMALL_NUMBERS,
    SPEECH_NOUNS,
    TIMES,
    person_noun,
    stands_for_people,
)
from quotes.extraction.tokens import QUOTE, WORD, Token
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS, Form, Verb

_REFLEXIVE = frozenset({"se", "s'"})
CLITIC_SUBJECTS = {
    "-t-il": "il", "-il": "il", "-t-elle": "elle", "-elle": "elle", "-t-on": "on", "-on": "on",
    "-ils": "ils", "-t-ils": "ils", "-elles": "elles", "-t-elles": "elles",
}  # fmt: skip
_BEFORE_INCISE = _REFLEXIVE | {",", "«»"}
_NEAR_VERBS = _BEFORE_INCISE | CLITIC_SUBJECTS.keys()
_OWN_CLITICS = frozenset({"-je", "-tu", "-nous", "-vous", "-ce"})
# by their first and their second word, the longest first
_ADVERBIAL_PHRASES: dict[str, dict[str, list[list[str]]]] = {}
for _phrase in sorted(word_class("adverbial_phrases"), reverse=True):
    _first, _second, *_ = _phrase.split()
    _ADVERBIAL_PHRASES.setdefault(_first, {}).setdefault(_second, []).append(_phrase.split())
_TONIC = ("lui", "elle", "eux", "elles")
_TONIC_ALONE = frozenset({*_TONIC, "lui-même", "elle-même", "eux-mêmes", "elles-mêmes"})
# "a lui jugé", "a elle-même reconnu"
_BESIDE_AUXILIARY = ADVERBS | TIMES | word_class("negations") | {"été", "eu"} | _TONIC_ALONE
_NO_NOUNS = CLITICS | {"a", "ont"}  # "s'en dit « fier »"
_ADVERBIAL_CLITICS = frozenset({"y", "en"})
_OF_VERBS = ("ra", "ront", "ait", "aient", "èrent")  # endings that no noun has
# Nouns and adjectives that are spelt like forms of verbs; only their construction tells.
_BEFORE_TENSE = frozenset({"qui", "il", "elle", "on", "se", "s'"})
_NOT_BEFORE_VERB = (DETERMINERS | PREPOSITIONS | CONTRACTED | BEFORE_NOUN) - {
    "le",
    "la",
    "l'",
    "les",
    "leur",
    "en",
    "tout",
}
_MODALS = word_class("modal_verbs")
_ACCLAIMS = word_class("acclaiming_words")
_LIKE_VERBS = word_class("nouns_like_verbs")
_ARTICLES = DETERMINERS - CONTRACTED


@value
class VerbGroup:
    """A verb of saying in a carrier, with its auxiliary, adverbs, clitic subject and fixed tail.

    ``first``–``last`` are token indices (half-open). ``clitic`` is the inverted subject pronoun
    ("il") or "". ``mood`` is that of :class:`quotes.french.verbs.Form`; a compound tense counts as
    finite ("indicative"). ``verb`` is ``None`` for an unknown verb that only its inversion gives away.
    """

    first: int
    last: int
    verb: Verb | None
    mood: str
    number: str
    clitic: str = ""
    passive: bool = False
    person: int = 3
    gender: str = ""
    finite: bool = field(init=False, repr=False, compare=False)
    """Whether it has a subject of its own."""
    done_to_subject: bool = field(init=False, repr=False, compare=False)
    """Whether its subject is spoken of or to: "est qualifié de", "s'est entendu répondre"."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "finite", self.mood == "indicative")
        object.__setattr__(self, "done_to_subject", self.passive and self.mood != "past_participle")

    def allows(self, *constructions: str) -> bool:
        """Whether the verb takes one of these constructions."""
        verb = self.verb
        return verb is not None and not verb.constructions.isdisjoint(constructions)


_UNDERGOING = word_class("verbs_of_undergoing")


def find_verbs(tokens: Sequence[Token]) -> list[VerbGroup]:
    """The verb groups of a carrier that could introduce speech, in order."""
    found: list[VerbGroup] = []
    end = 0
    # at a form of the lists or a clitic subject, or behind what may open an incise
    places = [
        i + (t.low in _BEFORE_INCISE) for i, t in enumerate(tokens) if t.low in FORMS or t.low in _NEAR_VERBS
    ]
    for i in dict.fromkeys(places):
        if end <= i < len(tokens):
            group = _group_at(tokens, i, end)
            if group is not None:
                found.append(_sharing(tokens, group, found))
                end = group.last
    return found


def _group_at(tokens: Sequence[Token], i: int, lowest: int) -> VerbGroup | None:
    """The verb group of a form of the lists, of a clitic subject behind its verb, or of an unknown incise."""
    low = tokens[i].low
    group = None
    if low in FORMS:
        group = _listed(tokens, i)
    elif low in CLITIC_SUBJECTS and i > lowest:
        group = _inverted(tokens, i - 1)
    if group is None and i and tokens[i - 1].low in _BEFORE_INCISE and unknown_incise(tokens, i):
        group = VerbGroup(i, i + 1, None, "indicative", "p" if low.endswith("ent") else "s")
    return group


def _listed(tokens: Sequence[Token], i: int) -> VerbGroup | None:
    """The verb group that begins with a form of the lists at ``i``."""
    token = tokens[i]
    if token.low in AUXILIARIES:
        return _compound(tokens, i) or _simple(tokens, i)
    return _simple(tokens, i) if token.kind is WORD and not (token.capital and i) else None


def _sharing(tokens: Sequence[Token], group: VerbGroup, before: Sequence[VerbGroup]) -> VerbGroup:
    """A participle that shares an auxiliary is finite: "a salué l'accord et | dénoncé « … »"."""
    at = group.first
    if (
        group.mood != "past_participle"
        or group.gender == "f"
        or group.number == "p"
        or not at
        or tokens[at - 1].low not in ("et", "puis", "mais")
        or (group.last < len(tokens) and tokens[group.last].low == "par")
    ):
        return group
    first = next((g for g in reversed(before) if g.finite), None)
    if first is None or first.passive or first.clitic:
        return group
    auxiliary = FORMS.get(tokens[first.first].low, ())
    if not any(f.lemma == "avoir" for f in auxiliary) or first.last - first.first < 2:
        return group
    if first.last != at - 1 and _is_participle(tokens[at - 2]):
        return group  # "un texte voté et dénoncé"
    return replace(group, mood="indicative", number=first.number, passive=False)


def unknown_incise(tokens: Sequence[Token], i: int) -> bool:
    """Whether an unknown word stands as the verb of an incise: « … », savoure Jeanne Roy."""
    token = tokens[i]
    if (
        not i
        or token.low in FUNCTION_WORDS
        or token.capital
        or len(token.low) < 4
        or not token.low.endswith(("e", "t", "d"))
        or token.kind is not WORD
    ):
        return False
    before = tokens[i - 1]
    if before.low in _REFLEXIVE and i > 1:
        before = tokens[i - 2]
    if before.text != "," and before.kind is not QUOTE:
        return False
    described = (
        i + 2 < len(tokens)
        and tokens[i + 1].low in _ARTICLES
        and any(n.kind not in ("document", "group") for n in noun(tokens[i + 2].low))
    )
    if i + 1 >= len(tokens) or not (tokens[i + 1].capital or described) or token.low in _ACCLAIMS:
        return False
    return not noun(token.low)


def _inverted(tokens: Sequence[Token], i: int) -> VerbGroup | None:
    """Any verb with a clitic subject: "sourit-elle", also one that no list knows."""
    if tokens[i].kind is not WORD or tokens[i + 1].start != tokens[i].end:
        return None
    clitic = CLITIC_SUBJECTS[tokens[i + 1].low]
    first = i - 1 if i and tokens[i - 1].low in _REFLEXIVE else i
    last = i + 2
    if tokens[i].low in AUXILIARIES:
        at = _skip_adverbs(tokens, last)
        if (
            at < len(tokens)
            and tokens[at].kind is WORD
            and tokens[at].low.endswith(("é", "i", "u", "it", "is"))
        ):
            last = at + 1
    return VerbGroup(first, last, None, "indicative", "p" if clitic.endswith("s") else "s", clitic)


def _skip_adverbs(tokens: Sequence[Token], at: int) -> int:
    """The index after the adverbs and negations that may part an auxiliary from its participle."""
    end = at + 6
    while at < end and at < len(tokens):
        token = tokens[at]
        low = token.low
        if token.kind is not WORD:
            # "a, mardi, déclaré": a short insertion between commas
            if token.text == "," and at + 2 < len(tokens):
                close = next(
                    (k for k in range(at + 1, min(at + 7, len(tokens))) if tokens[k].text == ","), -1
                )
                if close > 0 and close + 1 < len(tokens) and _is_participle(tokens[close + 1]):
                    return close + 1
            break
        words = _adverbial_phrase(tokens, at) if low in _ADVERBIAL_PHRASES else 0
        if words:
            at += words
        elif low in _BESIDE_AUXILIARY or low.endswith("ment"):
            at += 1
        elif low == "de" and at + 2 < len(tokens) and tokens[at + 2].low == "côté":
            at += 3
        elif (
            low in ("pour", "quant", "à", "d'", "en", "dans")
            and at + 2 < len(tokens)
            and tokens[at + 1].low
            in ("sa", "son", "leur", "à", "autre", "outre", "effet", "revanche", "un", "une", "l'", *_TONIC)
        ):
            step = next((k for k in range(at + 2, min(at + 5, len(tokens))) if _is_participle(tokens[k])), -1)
            if step < 0:
                break
            return step
        else:
            break
    return at


def _adverbial_phrase(tokens: Sequence[Token], at: int) -> int:
    """How many words the adverbial phrase at ``at`` has ("de son côté"); 0 where none stands."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    phrases = _ADVERBIAL_PHRASES[tokens[at].low].get(following, ())
    return next((len(phrase) for phrase in phrases if _tail_matches(tokens, at, phrase)), 0)


def _is_participle(token: Token) -> bool:
    return token.low in FORMS and _participle_reading(token.low) is not None


@lru_cache(maxsize=1 << 12)
def _participle_reading(low: str) -> Form | None:
    """The first reading of a form of the lists as a past participle."""
    return next((f for f in FORMS[low] if f.mood == "past_participle"), None)


def _compound(tokens: Sequence[Token], i: int) -> VerbGroup | None:
    """An auxiliary and the past participle of a verb of saying: "a-t-elle aussi ajouté"."""
    at = i + 1
    clitic = ""
    asked = at < len(tokens) and tokens[at].low in _OWN_CLITICS
    at += asked
    if at < len(tokens) and tokens[at].low in CLITIC_SUBJECTS and tokens[at].start == tokens[at - 1].end:
        clitic = CLITIC_SUBJECTS[tokens[at].low]
        at += 1
    at = _skip_adverbs(tokens, at)
    if at >= len(tokens) or tokens[at].low not in FORMS:
        return None
    participle = _participle_reading(tokens[at].low)
    if participle is None:
        return None
    auxiliary = FORMS[tokens[i].low]
    reading = auxiliary[0]
    third = reading if reading.person == 3 else next((f for f in auxiliary if f.person == 3), None)
    own = asked or (reading.mood == "indicative" and third is None)
    passive_infix = "été" in [t.low for t in tokens[i + 1 : at]]
    back = _reflexive_before(tokens, i)
    reflexive = back > 0
    # "a tenu à préciser", "a voulu rappeler"; "a fait savoir" is a verb of its own
    if participle.lemma in _MODALS and not _is_fixed(tokens, participle.lemma, at + 1, reflexive):
        chained = _chained(tokens, i, at + 1, clitic, reading)
        if chained is not None:
            return chained
    being = reading.lemma == "être"
    verb, last = _verb(tokens, participle.lemma, at + 1, reflexive)
    if verb is None:
        return None
    passive = passive_infix or (
        being and not reflexive and verb.head not in ("intervenir", "revenir", "aller", "venir")
    )
    mood = reading.mood if reading.mood != "present_participle" else "present_participle"
    return VerbGroup(
        i - back, last, verb, mood, (third or reading).number or "s", clitic, passive, 1 if own else 3,
        participle.gender if being else "",
    )  # fmt: skip


def _chained(tokens: Sequence[Token], first: int, at: int, clitic: str, reading: Form) -> VerbGroup | None:
    """A modal and the infinitive of a verb of saying after it."""
    at = _skip_adverbs(tokens, at)
    if at < len(tokens) and tokens[at].low in ("à", "de", "d'"):
        at += 1
    reflexive = False
    while at < len(tokens) and tokens[at].low in (
        "se",
        "s'",
        "le",
        "la",
        "l'",
        "les",
        "lui",
        "leur",
        "y",
        "en",
    ):
        reflexive = reflexive or tokens[at].low in _REFLEXIVE
        at += 1
    at = _skip_adverbs(tokens, at)
    if at >= len(tokens):
        return None
    infinitive = next((f for f in FORMS.get(tokens[at].low, ()) if f.mood == "infinitive"), None)
    if infinitive is None:
        return None
    verb, last = _verb(tokens, infinitive.lemma, at + 1, reflexive)
    if verb is None:
        return None
    return VerbGroup(
        first,
        last,
        verb,
        "indicative" if reading.mood == "indicative" else reading.mood,
        reading.number or "s",
        clitic,
        passive=_is_undergone(tokens, at - reflexive),
    )


def _simple(tokens: Sequence[Token], i: int) -> VerbGroup | None:
    """A simple tense, an infinitive or a participle of a verb of saying."""
    clitic, at, own = _clitic_behind(tokens, i)
    before = tokens[i - 1].low if i else ""
    finite = _finite_reading(tokens[i].low)
    if clitic:
        return _finite(tokens, i, at, finite, clitic, own) if finite is not None else None
    if finite is not None and _is_no_verb(tokens, i, at):
        finite = None
    if finite is None and before in ("j'", "je", "tu", "nous", "vous"):
        return None
    if finite is not None and not _tells_no_time(tokens, i, at):
        return _finite(tokens, i, at, finite, clitic, own)
    return _without_tense(tokens, i, at)


@lru_cache(maxsize=1 << 12)
def _finite_reading(low: str) -> Form | None:
    """The first reading of a form of the lists of which he, she or they are the subject."""
    return next((f for f in FORMS[low] if f.mood == "indicative" and f.person == 3), None)


def _clitic_behind(tokens: Sequence[Token], i: int) -> tuple[str, int, bool]:
    """The clitic subject joined to the verb at ``i``, the token after both, whether it is "je" or "vous"."""
    at = i + 1
    if at == len(tokens) or tokens[at].start != tokens[i].end:
        return "", at, False
    if tokens[at].low in CLITIC_SUBJECTS:
        return CLITIC_SUBJECTS[tokens[at].low], at + 1, False
    own = tokens[at].low in _OWN_CLITICS
    return "", at + own, own


def _is_no_verb(tokens: Sequence[Token], i: int, at: int) -> bool:
    """Whether what stands before a word tells that it is a noun."""
    if _article(tokens, i):
        return True
    if not i or tokens[i - 1].low not in _NOT_BEFORE_VERB or stands_for_people(tokens, i - 1):
        return False
    counted = i > 1 and tokens[i - 2].low == "sur" and tokens[i - 1].low in SMALL_NUMBERS  # "un élu sur deux"
    return not (tokens[i - 1].capital or counted or _qualifies_noun(tokens, i - 1))


def _reflexive_before(tokens: Sequence[Token], i: int) -> int:
    """How many tokens before the verb at ``i`` its pronoun begins: | "se dit", | "s'y dit"; else 0."""
    back = 2 if i and tokens[i - 1].low in _ADVERBIAL_CLITICS else 1
    return back if i >= back and tokens[i - back].low in _REFLEXIVE else 0


def _tells_no_time(tokens: Sequence[Token], i: int, at: int) -> bool:
    """Whether a form that may be a tense is the participle of the same letters."""
    if _participle_reading(tokens[i].low) is None:
        return False
    before = tokens[i - 1].low if i else ""
    agent = at < len(tokens) and tokens[at].low in ("par", "comme")
    if agent and before not in ("le", "la", "l'", "les", "qui"):
        return True  # "décrit par ses pairs comme « … »"
    # "dit" and "rendu" after a noun: "le climat dit « … »"
    noun_before = i > 0 and tokens[i - 1].kind is WORD and before not in _BEFORE_TENSE
    return (noun_before and _noun_like(tokens, i)) or _nicknames(tokens, i)


def _finite(
    tokens: Sequence[Token], i: int, at: int, finite: Form, clitic: str, own: bool
) -> VerbGroup | None:
    """The verb group of a simple tense at ``i``, or of the infinitive that a modal leads."""
    back = _reflexive_before(tokens, i)
    reflexive = back > 0
    if finite.lemma in _MODALS and not _is_fixed(tokens, finite.lemma, at, reflexive):
        chained = _chained(tokens, i - back, at, clitic, finite)
        if chained is not None:
            return chained
    verb, last = _verb(tokens, finite.lemma, at, reflexive)
    if verb is None and not clitic:
        return None
    person = 1 if own and verb is not None else 3
    last = last if verb is not None else at
    return VerbGroup(i - back, last, verb, "indicative", finite.number, clitic, person=person)


def _without_tense(tokens: Sequence[Token], i: int, at: int) -> VerbGroup | None:
    """An infinitive or a participle at ``i``."""
    before = tokens[i - 1].low if i else ""
    reflexive = before in _REFLEXIVE
    for form in FORMS[tokens[i].low]:
        if form.mood in ("infinitive", "present_participle"):
            if form.mood == "infinitive" and before in ("le", "un", "du", "au", "ce", "son"):
                return None  # "le rire", "son dire"
            verb, last = _verb(tokens, form.lemma, at, reflexive)
            if verb is not None:
                passive = form.mood == "infinitive" and _is_undergone(tokens, i - reflexive)
                return VerbGroup(i - reflexive, last, verb, form.mood, "s", passive=passive)
        elif form.mood == "past_participle" and before not in DETERMINERS:
            verb, last = _verb(tokens, form.lemma, at, False)
            if verb is not None:
                return VerbGroup(
                    i, last, verb, "past_participle", form.number or "s", passive=True, gender=form.gender
                )
    return None


def _is_undergone(tokens: Sequence[Token], at: int) -> bool:
    """Whether the infinitive at ``at`` is done to the subject: "s'est vu | reprocher", "s'entend | dire"."""
    verb = at - 1 - (tokens[at - 1].low in CLITIC_SUBJECTS)
    if verb < 1 or tokens[verb].low not in _UNDERGOING:
        return False
    return any(t.low in _REFLEXIVE for t in tokens[max(0, verb - 3) : verb])


def _noun_like(tokens: Sequence[Token], i: int) -> bool:
    """Whether "dit" at ``i`` follows its noun: "le climat | dit « doux »", "le plan | dit de « paix »"."""
    if tokens[i].low not in ("dit", "dits") or tokens[i - 1].low in _NO_NOUNS or tokens[i - 1].capital:
        return False
    at = i + 1
    if at < len(tokens) and tokens[at].low in PLAIN_LINKS:
        at += 2 if at + 1 < len(tokens) and tokens[at + 1].low in ("la", "l'") else 1
    return (
        at < len(tokens)
        and tokens[at].kind is QUOTE
        and not (i > 1 and tokens[i - 2].low in DEFINITE and person_noun(tokens[i - 1].low))
    )


def _nicknames(tokens: Sequence[Token], i: int) -> bool:
    """Whether "dit" at ``i`` gives a nickname: "Jean Roy, dit « le Chat », …"."""
    return (
        tokens[i].low in ("dit", "dits")
        and 1 < i < len(tokens) - 2
        and tokens[i - 1].text == ","
        and tokens[i - 2].capital
        and tokens[i + 1].kind is QUOTE
        and tokens[i + 2].text == ","
    )


def _qualifies_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether the adjective at ``at`` follows its noun: "les études récentes | suggèrent"."""
    if not at or tokens[at].low not in ON_BOTH_SIDES:
        return False
    low = tokens[at - 1].low
    led = at > 1 and tokens[at - 2].low in DETERMINERS  # "pour un sport | propre dénonce"
    return bool(noun(low)) or (led and low not in BEFORE_NOUN and low not in FUNCTION_WORDS)


def _article(tokens: Sequence[Token], i: int) -> bool:
    """Whether le, la, l', les, leur before the word at ``i`` goes with a noun.

    After a subject pronoun, a name or a noun it is an object pronoun: "elle le répète", "elle leur répète".
    """
    before = tokens[i - 1].low if i else ""
    if before in ("le", "la", "l'", "les", "leur"):
        if i < 2:
            return True
        if before == "leur" and not _may_be_noun(tokens[i].low):
            return False  # "leur explique le gardien"
        previous = tokens[i - 2]
        if before != "les" and any(f.number == "p" and f.person == 3 for f in FORMS[tokens[i].low]):
            return False  # "ses opposants l'accusent"
        if previous.kind is WORD and noun(previous.low) and not noun(tokens[i].low):
            return False  # "le maire l'accuse": no article follows its noun
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if (
            previous.low in ("que", "comme")
            and following is not None
            and (following.capital or following.low in _ARTICLES or tokens[i].low.endswith(_OF_VERBS))
        ):
            return False  # "ainsi que l'indique X", "comme le reconnaîtra elle-même X"
        comma = previous.text == "," and i > 2 and tokens[i - 3].kind is QUOTE
        if (comma or previous.kind is QUOTE) and following is not None:
            return not following.capital and following.low not in _ARTICLES  # "l'interroge X"
        return (
            previous.low not in ("il", "elle", "on", "ils", "elles", "qui", "ne", "n'")
            and not previous.capital
        )
    return before == "tout" or (
        before == "en"
        and FORMS[tokens[i].low][0].mood == "indicative"
        and i > 1
        and tokens[i - 2].kind is not WORD
    )


def _may_be_noun(low: str) -> bool:
    """Whether a form of a verb is spelt like a noun: "demande"."""
    return bool(noun(low)) or low in _LIKE_VERBS or low in SPEECH_NOUNS


def _is_fixed(tokens: Sequence[Token], head: str, at: int, reflexive: bool) -> bool:
    """Whether the modal is part of a verb of its own: "faire savoir"."""
    verb, _ = _verb(tokens, head, at, reflexive)
    return verb is not None and bool(verb.tail)


def _verb(tokens: Sequence[Token], head: str, at: int, reflexive: bool) -> tuple[Verb | None, int]:
    """The entry that the verb with this infinitive is here, and the index after its fixed tail."""
    fixed = _FIXED.get(head)
    if fixed is not None:
        start = _skip_adverbs(tokens, at)
        begins = tokens[start].low if start < len(tokens) else ""
        for verb in fixed.get(begins, ()):
            if (reflexive or not verb.reflexive) and _tail_matches(tokens, start, verb.tail):
                return verb, start + len(verb.tail)
    fallback: Verb | None = None
    for verb in _WITHOUT_TAIL.get(head, ()):
        if verb.reflexive == reflexive:
            return verb, at
        if not verb.reflexive and not (reflexive and verb.constructions.isdisjoint({"incise"})):
            fallback = verb  # "se trouver" is not "trouver", but any verb of an incise may turn reflexive
    return fallback, at


def _fixed() -> dict[str, dict[str, list[Verb]]]:
    """The verbs that have a fixed tail, by their infinitive and the first word of the tail."""
    found: dict[str, dict[str, list[Verb]]] = {}
    for head, verbs in VERBS.items():
        for verb in verbs:
            if verb.tail:
                found.setdefault(head, {}).setdefault(verb.tail[0], []).append(verb)
    return found


_FIXED = _fixed()
_WITHOUT_TAIL = {head: [verb for verb in verbs if not verb.tail] for head, verbs in VERBS.items()}


def _tail_matches(tokens: Sequence[Token], at: int, tail: Sequence[str]) -> bool:
    return [t.low for t in tokens[at : at + len(tail)]] == list(tail)
