"""Told speech that its verb governs: "X affirme que P", "X dit vouloir P", "X demande à Y de P"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.fronted import is_fronted, subject_ahead
from quotes.extraction.impersonal import is_said_by_nobody
from quotes.extraction.inversion import incise_subject
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    BEFORE_NOUN,
    DETERMINERS,
    PREPOSITIONS,
    STRESSED,
    TAKING_UP,
    TIMES,
)
from quotes.extraction.rules.participles import source_of_participle
from quotes.extraction.subjects import THAT, attributed, subject_before
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.extraction.told_bounds import TERMINAL, Boundary, Told, ends, is_finite, tells
from quotes.extraction.told_limits import relayed_at
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, Verb, is_finite_form, is_indicative, is_infinitive_form

_COMMAND = word_class("verbs_of_command")
_ASKING = word_class("verbs_of_asking")
_QUESTIONS = frozenset({"si", "s'", "comment", "pourquoi", "quand", "où", "combien", "quel", "quelle", "ce"})
_NOT_BEFORE_INFINITIVE = DETERMINERS - {"le", "la", "l'", "les", "de", "d'"}
_INFINITIVE_CLITICS = word_class("before_infinitive")
_BEFORE_BARE = _INFINITIVE_CLITICS | TIMES | {
    "aussi", "même", "bien", "ainsi", "toujours", "également", "surtout", "ce",
}  # fmt: skip
_BEFORE_GOVERNED = frozenset({"de", "d'", "à", "pour"})
_FAR_INFINITIVES = frozenset({"avoir", "être", "vouloir", "ne", "n'"})
_FARTHEST_BARE = 5  # tokens between a verb and the infinitive right after it
_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "ire")
_LAST_OF_INFINITIVES = frozenset("re")  # the letters in which every infinitive ends
_WITH_INFINITIVE = frozenset({"infinitive", "que"})
_WITH_THAT = frozenset({"que", "infinitive", "incise", "colon"})
_ENDING = TERMINAL | {":"}
_DECIDING = _BEFORE_GOVERNED | _ENDING | THAT  # whether an infinitive is governed
# que after these is part of a conjunction, unless they stand beside the verb itself
_CONJUNCTIVE = word_class("before_que") | {"point", "parce", "jusqu'à", "outre", "à"}
_AFTER_VERB = frozenset({"ainsi", "aussi", "bien", "même", "alors"})
_FINDING_OUT = word_class("verbs_of_finding_out")
_OBJECT_DETERMINERS = word_class("determiners_of_objects")
_CONTENTS = word_class("nouns_with_contents")
_OWN = frozenset({"je", "j'", "tu"})
_BETWEEN = frozenset({"en", "tout", "aussi", "ne", "n'", "également", "même", "toutefois", "cependant"})
# What stands before a second verb of the same source, by whether it is finite.
_GOES_ON = {True: frozenset({"et", "mais", "puis"}), False: frozenset({",", "et", "mais"})}
_BEFORE_FINITE = frozenset({"ne", "n'", "s'", "se", "y", "en", "lui", "leur", "l'", "le", "la", "les"})
_FARTHEST = 14  # tokens between a verb and the clause that it governs
_ADVERBIAL_PHRASES = word_class("adverbial_phrases")
_PREPOSITIONS = PREPOSITIONS | {"devant", "durant", "pendant"}
_BEFORE_NOUNS_ONLY = DETERMINERS - {"le", "la", "l'", "les", "leur", "de", "d'"}
_ADDRESSEE = 6  # tokens: "au quotidien britannique The Herald"


@value
class Opening:
    """Where the clause of a verb begins, the rule that tells its construction, and its first word."""

    at: int
    rule: str
    word: str


_NEW_THING = 2  # tokens of "un plan | que"


def clauses(text: str, carrier: Carrier) -> Iterator[Told]:
    """The clauses that each verb of a carrier may govern, with every end that they may have."""
    tokens = carrier.tokens
    for group in carrier.verbs:
        if group.verb is None or group.person != 3:
            continue
        openings = _openings(text, carrier, group, group.verb)
        if not openings or _is_own(tokens, group) or is_said_by_nobody(tokens, group):
            continue
        in_front = is_fronted(tokens, group.first)
        for opening in openings:
            if opening.at == group.last + 1 and opening.word == "que" and _finds_out(tokens, group):
                continue
            if opening.rule in ("told_that", "told_to") and _is_in_incise(carrier, group, opening.at):
                continue
            ahead = subject_ahead(carrier, opening.at) if in_front else None
            attribution, how = source_of(carrier, group, opening.rule, ahead[1] if ahead else None)
            limit = min(_main_verb_again(tokens, group, opening.at), relayed_at(carrier, opening.at))
            for end in _ends_in_front(carrier, opening.at, ahead) if in_front else ends(carrier, opening.at):
                if end.at <= limit and tells(carrier, opening.at, end.at):
                    yield Told(opening.at, end.at, attribution, opening.word, end.name, how)


def _finds_out(tokens: Sequence[Token], group: VerbGroup) -> bool:
    """Whether a verb tells what somebody learns or brings about: "a découvert que", "s'est assuré que"."""
    if group.verb is None or group.verb.tail:
        return False
    own = tokens[group.first].low in ("se", "s'") and group.verb.head == "assurer"
    return own or group.verb.head in _FINDING_OUT


def _is_in_incise(carrier: Carrier, group: VerbGroup, at: int) -> bool:
    """Whether an incise tells the clause that a verb governs: "L'État prévoit, | a dit X, | de payer"."""
    tokens = carrier.tokens
    if tokens[at - 2].text != ",":
        return False
    if tokens[group.last].text == ",":
        incises = [g for g in carrier.verbs if g.first == group.last + 1 and g.finite]
    else:
        incises = [group] if group.first and tokens[group.first - 1].text == "," else []
    return any(incise_subject(carrier, incise) is not None for incise in incises)


def _ends_in_front(carrier: Carrier, at: int, ahead: tuple[int, Phrase] | None) -> Iterator[Boundary]:
    """Where a clause before the main one may end: "Alors que X affirme que P |, Y promet que Q"."""
    tokens = carrier.tokens
    if ahead is not None:
        yield Boundary(ahead[0], "end")
    for end in ends(carrier, at):
        if ahead is not None and end.at >= ahead[0]:
            continue
        if ahead is not None or all(t.text != "," for t in tokens[at : end.at]):
            yield end


def _main_verb_again(tokens: Sequence[Token], group: VerbGroup, at: int) -> int:
    """Where the sentence takes up its subject again: "X, qui affirme que P | , a refusé de partir"."""
    qui = group.first - 1
    while qui > 0 and tokens[qui].low in _BEFORE_FINITE:
        qui -= 1
    if qui < 1 or tokens[qui].low != "qui" or tokens[qui - 1].text != ",":
        return len(tokens)
    if any(is_finite(t) and not noun(t.low) for t in tokens[: qui - 1]):
        return len(tokens)  # the main verb stands before: "On entend X, qui affirme que P"
    for j in range(len(tokens) - 2, at, -1):
        if tokens[j].text == ",":
            verb = j + 1
            while verb < len(tokens) - 1 and tokens[verb].low in _BEFORE_FINITE:
                verb += 1
            if is_finite(tokens[verb]) and not tokens[verb].capital:
                return j
    return len(tokens)


def _openings(text: str, carrier: Carrier, group: VerbGroup, verb: Verb) -> list[Opening]:
    """The clauses that may depend on a verb group: que P, si P, an infinitive, de or à with an infinitive."""
    tokens, takes = carrier.tokens, verb.constructions
    found: list[Opening] = []
    lead = _lead(carrier, group)
    bare = -1 if takes.isdisjoint(_WITH_INFINITIVE) else _bare_infinitive(tokens, group.last, lead)
    if bare >= 0:
        found.append(
            Opening(bare, "told_infinitive", "infinitive" if bare == group.last else "far infinitive")
        )
    that = -1 if takes.isdisjoint(_WITH_THAT) else _that(tokens, group.last, lead)
    if that >= 0 and (bare < 0 or that < bare):
        found.append(Opening(that + 1, "told_that", "que"))
    if found:
        return found
    asked = _question(tokens, group.last) if verb.head in _ASKING else None
    if asked is not None:
        return [asked]
    if verb.head in _COMMAND or "de" in takes or "que" in takes:
        governed = _governed_infinitive(text, tokens, group.last, lead)
        if governed >= 0:
            return [Opening(governed, "told_to", tokens[governed - 1].low)]
    if verb.reflexive and _tells_state(tokens, group, verb):
        return [Opening(group.last, "told_state", tokens[group.last].low)]
    return []


def _lead(carrier: Carrier, group: VerbGroup) -> tuple[str, ...]:
    """The words behind a verb among which the clause that it governs may begin."""
    return carrier.lows[group.last : group.last + _FARTHEST]


def _is_own(tokens: Sequence[Token], group: VerbGroup) -> bool:
    """Whether somebody says of himself what he says: "j'affirme"."""
    return group.first > 0 and group.finite and tokens[group.first - 1].low in _OWN


def _question(tokens: Sequence[Token], behind: int) -> Opening | None:
    """The indirect question after a verb of asking: "a demandé au maire | si P"."""
    for j in range(behind, min(len(tokens) - 1, behind + _ADDRESSEE)):
        low = tokens[j].low
        if tokens[j].kind is not WORD:
            return None
        if low in ("si", "s'"):
            return Opening(j + 1, "told_question", "si")
        if low in _QUESTIONS:
            return Opening(j - (tokens[j - 1].low in ("de", "à")), "told_question", low)
    return None


def _tells_state(tokens: Sequence[Token], group: VerbGroup, verb: Verb) -> bool:
    """Whether somebody says how he is: "se dit ouverte au dialogue", "se déclare favorable à"."""
    return (
        verb.head in ("dire", "déclarer", "montrer", "avouer")
        and group.last + 2 < len(tokens)
        and tokens[group.last].kind is WORD
        and not group.clitic
    )


def _that(tokens: Sequence[Token], behind: int, lead: Sequence[str]) -> int:
    """The index of the "que" that opens the clause of a verb; −1 where there is none near."""
    if THAT.isdisjoint(lead):
        return -1
    at = behind
    limit = min(len(tokens) - 1, behind + _FARTHEST)
    while at < limit and (low := tokens[at].low) not in THAT:
        if low == "il" and tokens[at + 1].low == "y":
            at += 3  # "a annoncé il y a dix jours que"
            continue
        if low in _ENDING or (low in FORMS and _finite_only(low) and not _stands_as_noun(tokens, at)):
            return -1
        at += 1
    if at >= limit:
        return -1
    before = tokens[at - 1].low
    if before in _CONJUNCTIVE and not _qualifies_verb(tokens[behind:at]):
        return -1  # "alors que", "afin que", but "X indique ainsi que P"
    if before == "," and lead[: at - behind].count(",") == 1:
        return -1  # "plaide pour des jurys de citoyens, que l'État consulterait"
    if relative_object(tokens, behind, at) and (
        _verb_next(tokens, at + 1) or _is_new_thing(tokens, behind, at)
    ):
        return -1
    return at


def _is_new_thing(tokens: Sequence[Token], first: int, que: int) -> bool:
    """Whether a thing is brought in between verb and que, and nobody: "a lancé un plan | que Léa juge"."""
    if que - first != _NEW_THING or tokens[first].low not in ("un", "une", "des"):
        return False
    return all(entry.kind == "document" for entry in noun(tokens[que - 1].low))


def _qualifies_verb(between: Sequence[Token]) -> bool:
    """Whether what stands before que belongs to the verb: "indique | ainsi que", "assure | lui aussi que"."""
    if len(between) < 2:
        return bool(between) and between[0].low in _AFTER_VERB
    return between[0].low in STRESSED or " ".join(t.low for t in between) in _ADVERBIAL_PHRASES


def _stands_as_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form of a verb is a noun or a preposition: "sur son | compte X", "| devant la presse"."""
    return tokens[at].low in _PREPOSITIONS or tokens[at - 1].low in _BEFORE_NOUNS_ONLY


def relative_object(tokens: Sequence[Token], first: int, que: int) -> bool:
    """Whether "que" may go back to an object of the verb: "a rappelé le surnom que X lui donnait"."""
    if tokens[first].low in ("de", "d'", "à") and tokens[que - 1].low not in ("côté", "part"):
        first += 1  # "s'inquiète de l'effet que la grève aura"
    if que - first < 2 or tokens[first].low not in _OBJECT_DETERMINERS:
        return False
    if any(t.low in _CONTENTS for t in tokens[first:que]):
        return False  # "évoque l'idée que P"
    return not any(t.low in TIMES or t.kind is NUMBER for t in tokens[first:que])


def _verb_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb with its subject behind follows: "le surnom que | lui donnaient ses élèves"."""
    while at < len(tokens) - 1 and tokens[at].low in ("lui", "leur", "y", "en", "se", "s'"):
        at += 1
    low = tokens[at].low
    return low in AUXILIARIES or is_finite_form(low)


@lru_cache(maxsize=1 << 14)
def _finite_only(low: str) -> bool:
    """Whether a form of a verb can be nothing but a finite verb or a present participle."""
    forms = FORMS[low]
    if all(f.mood == "present_participle" for f in forms):
        return True
    return (
        is_indicative(low)
        and all(f.mood != "past_participle" for f in forms)
        and not low.endswith("s")
        and not noun(low)
    )


def _bare_infinitive(tokens: Sequence[Token], behind: int, lead: Sequence[str]) -> int:
    """Where the infinitive clause right after a verb begins: "dit à l'AFP | ne pas avoir changé d'avis"."""
    at = behind
    for low in lead[:_FARTHEST_BARE]:
        if low not in _BEFORE_BARE and not (low.endswith("ment") and not noun(low)):
            break
        at += 1
    if is_infinitive(tokens, at):
        return next((k for k in range(behind, at) if tokens[k].low in _INFINITIVE_CLITICS), at)
    if _FAR_INFINITIVES.isdisjoint(lead):
        return -1
    for k, low in enumerate(lead[1:], behind + 1):
        # "a dit à l'AFP avoir changé d'avis", "a confié lors du procès ne rien regretter"
        if low in _ENDING or low in THAT:
            break
        if low in _FAR_INFINITIVES:
            after_preposition = tokens[k - 1].low in ("d'", "de", "à", "pour", "sans", "après", "par")
            return -1 if after_preposition or not _infinitive_from(tokens, k) else k
    return -1


def _infinitive_from(tokens: Sequence[Token], at: int) -> bool:
    """Whether an infinitive, after its clitics and negations, begins at ``at``."""
    begin, end = at, len(tokens) - 1
    while at < end and tokens[at].low in _INFINITIVE_CLITICS:
        at += 1
    token = tokens[at]
    if token.low[-1] not in _LAST_OF_INFINITIVES:
        return False
    if at > begin and token.kind is WORD and not noun(token.low):
        # "de ne pas les représenter": what precedes is no article here
        return is_infinitive_form(token.low) if token.low in FORMS else token.low.endswith(_INFINITIVE)
    return is_infinitive(tokens, at)


def _governed_infinitive(text: str, tokens: Sequence[Token], behind: int, lead: Sequence[str]) -> int:
    """Where the infinitive after de, à or pour begins: "demande à Y de | P", "appelle à | « P »"."""
    if _BEFORE_GOVERNED.isdisjoint(lead):
        return -1
    last = len(tokens) - 1
    for j, low in enumerate(lead, behind):
        if low not in _DECIDING:
            continue
        if j == last or low not in _BEFORE_GOVERNED:
            return -1
        bare = _past_adverbs(tokens, j + 1)
        if _infinitive_from(tokens, bare) or _infinitive_in_marks(text, tokens[bare]):
            return j + 1
        pronoun = j + 2 <= last and tokens[j + 1].low in _INFINITIVE_CLITICS
        if pronoun and _infinitive_in_marks(text, tokens[j + 2]):
            return j + 1  # "invite à se « montrer prudents »"
    return -1


def _past_adverbs(tokens: Sequence[Token], at: int) -> int:
    """Where the infinitive stands behind its adverbs: "promet de mieux | protéger", "à tout | faire pour"."""
    while at < len(tokens) - 1 and (
        tokens[at].low in ADVERBS or (tokens[at].low.endswith("ment") and not noun(tokens[at].low))
    ):
        at += 1
    return at


def _infinitive_in_marks(text: str, token: Token) -> bool:
    """Whether a quotation begins with an infinitive: « respecter » les journalistes."""
    if token.kind is not QUOTE:
        return False
    words = text[token.start : min(token.end, token.start + 60)].lower().replace("’", "' ").split()
    word = next((w.strip(",.") for w in words if w not in _INFINITIVE_CLITICS), "")
    return word.endswith(_INFINITIVE) and not noun(word)


def is_infinitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at`` is an infinitive where it stands."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.low[-1] not in _LAST_OF_INFINITIVES or token.kind is not WORD or token.capital:
        return False
    if at and tokens[at - 1].low in _NOT_BEFORE_INFINITIVE:
        return False
    if token.low in BEFORE_NOUN and (
        (at and tokens[at - 1].low in ("le", "la", "l'")) or token.low not in FORMS
    ):
        return False  # "ne dit pas autre chose"
    if token.low in FORMS:
        return is_infinitive_form(token.low)
    if at and tokens[at - 1].low in ("le", "la", "l'", "les"):
        return False  # "raconte l'histoire de …"
    if token.low in TIMES or noun(token.low):
        return False  # "en confirmant vendredi soir le rejet"
    return token.low.endswith(_INFINITIVE) and len(token.low) > 3


def source_of(carrier: Carrier, group: VerbGroup, rule: str, main: Phrase | None) -> tuple[Attribution, str]:
    """Who tells what a verb governs, and how that was found; ``main`` acts behind a fronted clause."""
    if group.clitic:
        return attributed(carrier, rule, group, None, group.clitic), "clitic"
    ahead = _teller_ahead(carrier, group, main)
    if ahead is not None:
        return attributed(carrier, rule, group, ahead), "strict" if group.finite else group.mood[:10]
    teller = _teller_before(carrier, group)
    if teller is not None:
        return attributed(carrier, rule, group, teller), "teller"
    if group.finite:
        subject = subject_before(carrier, group)
        if subject is not None:
            return attributed(carrier, rule, group, subject), "strict"
        shared = _shared_subject(carrier, group)
        if shared is not None:
            return attributed(carrier, rule, group, shared), "shared"
        loose = _nearest(carrier, group)
        if loose is not None:
            return attributed(carrier, rule, group, loose), "loose"
        return Attribution(rule, None, "", (group.first, group.last), _lemma(group)), "none"
    source = source_of_participle(carrier, group)
    if source is not None:
        return replace(source, rule=rule), group.mood[:10]
    loose = _nearest(carrier, group)
    if loose is not None:
        return attributed(carrier, rule, group, loose), f"loose {group.mood[:10]}"
    # "Et d'ajouter que P": whoever spoke last
    adds = group.mood == "infinitive" and group.first and carrier.tokens[group.first - 1].low in ("de", "d'")
    pronoun, how = ("ses", "last") if adds else ("", "none")
    return Attribution(rule, None, pronoun, (group.first, group.last), _lemma(group)), how


def _teller_ahead(carrier: Carrier, group: VerbGroup, main: Phrase | None) -> Phrase | None:
    """Who tells what a fronted clause says: "Estimant que P, | X a promis", "S'il admet que P, | X"."""
    if main is None or not group.finite:
        return main
    pronoun = next((p for p in carrier.phrases if p.last <= group.first), None)
    if pronoun is None or pronoun.kind is not PRONOUN or pronoun.head not in TAKING_UP:
        return None
    agrees = main.number == pronoun.number and main.gender in (None, pronoun.gender)
    return main if agrees and main.kind is not PRONOUN else None


def _teller_before(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Who tells what a second verb goes on: "X a assuré que P, indiquant que Q", "mais a ajouté que Q"."""
    at = group.first - 1
    while at > 0 and carrier.tokens[at].low in _BETWEEN:
        at -= 1
    if at < 2 or carrier.tokens[at].low not in _GOES_ON[group.finite]:
        return None
    for other in reversed(carrier.verbs):
        tells_too = other.finite and not other.clitic and other.allows("que") and not other.allows("weak")
        if not tells_too or other.last >= group.first:
            continue
        if _that(carrier.tokens, other.last, _lead(carrier, other)) >= 0:
            return subject_before(carrier, other)
    return None


def _lemma(group: VerbGroup) -> str:
    return group.verb.lemma if group.verb is not None else ""


def _shared_subject(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The subject of the verb before, which a second one shares: "X a dit A et (X) ajoute que B"."""
    for other in reversed(carrier.verbs):
        if other.last <= group.first and other.finite and other.number == group.number:
            return subject_before(carrier, other)
    return None


def _nearest(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The nearest phrase before the verb that could be its subject by its number."""
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last > group.first or phrase.determiner in ("au", "aux"):
            continue
        if phrase.kind is DESCRIPTION and phrase.noun is not None and phrase.noun.kind == "thing":
            continue
        if group.finite and phrase.number != group.number and phrase.kind is not NAME:
            continue
        return whole(carrier, k)
    return None
