"""The subject behind its verb: "a annoncé mardi à la presse | Jeanne Roy", "dit-elle"."""

from __future__ import annotations

from quotes.extraction.appositions import names_person
from quotes.extraction.carrier import Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    CLITICS,
    CONTRACTED,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    TIMES,
    is_first_name,
)
from quotes.extraction.subjects import BREAKS, bare, is_measure
from quotes.extraction.tokens import NUMBER, QUOTE, WORD
from quotes.french.grammar import word_class
from quotes.french.verbs import is_indicative

_FARTHEST_INVERTED = 22  # tokens
_SHORTEST_INSERTED = 4  # tokens of "Léa, élue, | tacle"
_QUOTE_AND_DE = 2  # tokens of "« … » de | renchérir"
_ENDING = BREAKS | {":", "«»", "qui", "que", "qu'", "dont", "où"}  # what no inversion reaches over
_ACCOUNTS = word_class("accounts")
_TO = frozenset({"à", "au", "aux", "devant"})
_OBJECT_ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une", "des"})


def subject_after(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The inverted subject: "a annoncé mardi à la presse | Jeanne Roy"."""
    # "ont dit à la presse | des témoins", if nobody follows who is surely the subject
    some: int | None = None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first < group.last:
            continue
        if phrase.kind is PRONOUN and phrase.before in PREPOSITIONS:
            continue  # "résume quant à elle Jeanne Roy"
        if phrase.first - group.last > _FARTHEST_INVERTED or _ends_inversion(carrier, group, phrase):
            break
        if _may_be_inverted(carrier, group, k):
            named = _named_behind(carrier, k) if phrase.kind is PRONOUN else None
            return named or whole(carrier, k)
        if some is None and group.number == "p" and _some_behind_addressee(carrier, group, phrase):
            some = k
    return whole(carrier, some) if some is not None else None


def _some_behind_addressee(carrier: Carrier, group: VerbGroup, phrase: Phrase) -> bool:
    """Whether "des" begins a subject behind those spoken to, and no complement of theirs."""
    addressed = carrier.tokens[group.last].low in _TO
    return phrase.determiner == "des" and phrase.first > group.last and addressed


def _ends_inversion(carrier: Carrier, group: VerbGroup, phrase: Phrase) -> bool:
    """Whether no subject of the verb stands as far behind it as this phrase."""
    if phrase.kind is PRONOUN and not phrase.head.startswith(("celui", "celle", "ceux")):
        return True
    between = carrier.tokens[group.last : phrase.first]
    if not between or (len(between) == 1 and between[0].kind is QUOTE):
        return False  # « … », décline « avec regret » le préfet
    if not _ENDING.isdisjoint(carrier.lows[group.last : phrase.first]):
        return True
    if phrase.before == "et" and phrase.determiner and between[0].low in DETERMINERS:
        return True  # ", a exprimé son soutien aux blessés et | leurs parents"
    dated = any(t.low in TIMES or t.kind is NUMBER for t in between)
    return (
        phrase.before == "," and between[0].low in _OBJECT_ARTICLES and not dated
    )  # "raconte l'ennui, la pluie"


def _may_be_inverted(carrier: Carrier, group: VerbGroup, k: int) -> bool:
    """Whether a name or description behind the verb may be its subject and no complement."""
    phrase = carrier.phrases[k]
    before = phrase.before
    if phrase.determiner in ("du", "au", "aux") or before in PREPOSITIONS or before in CONTRACTED:
        return False
    if phrase.kind is NAME and (before in _ACCOUNTS or before == "("):
        return False  # "a écrit sur son compte X | Jeanne Roy", "a dit à Brume (| Landes) une riveraine"
    if before not in ("", ",", "et", ")", "-t-il") and before in CLITICS:
        return False
    if phrase.kind is NAME:
        if _names_addressee(carrier, k):
            return False
    elif phrase.kind is DESCRIPTION and not phrase.determiner:
        return False
    parted = phrase.first > group.last
    if parted and phrase.determiner == "des" and carrier.tokens[phrase.first - 1].kind is WORD:
        return before in ADVERBS or before in TIMES or before.endswith("ment")
    document = phrase.noun is not None and phrase.noun.kind == "document"
    some = phrase.determiner in ("un", "une", "ce", "cette", "son", "sa")
    return not (parted and document and some and phrase.kind is DESCRIPTION)


def _named_behind(carrier: Carrier, k: int) -> Phrase | None:
    """Who is named right after a pronoun: "a raconté ce dernier, | Paul Roy,"."""
    if k + 1 == len(carrier.phrases):
        return None
    pronoun, named = carrier.phrases[k], carrier.phrases[k + 1]
    beside = named.first == pronoun.last + 1 and carrier.tokens[pronoun.last].text == ","
    return named if beside and names_person(named) else None


def _names_addressee(carrier: Carrier, k: int) -> bool:
    """Whether a name is that of the body spoken to: "remarque au journal local | L'Écho du Val"."""
    if not k:
        return False
    body, name = carrier.phrases[k - 1], carrier.phrases[k]
    between = carrier.tokens[body.last : name.first]
    return (
        body.noun is not None
        and body.noun.kind == "organization"
        and (body.determiner in ("au", "aux") or body.before == "à")
        and len(between) <= 1
        and all(t.kind is WORD and t.low not in FUNCTION_WORDS for t in between)
        and name.noun is None
        and not is_first_name(name.head.split()[0])
    )


def is_written(group: VerbGroup) -> bool:
    """Whether "il" is nobody: "est-il écrit sur la vitrine", "est-il précisé dans le rapport"."""
    return group.clitic == "il" and group.passive


def _inversion(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether the verb begins an incise: after a comma, a mark or the quotation itself."""
    tokens = carrier.tokens
    at = group.first - 1
    while (
        at >= 0
        and tokens[at].kind is WORD
        and (tokens[at].low in CLITICS or tokens[at].low in ADVERBS or tokens[at].low.endswith("ment"))
    ):
        at -= 1
    if at < 0:
        return True
    token = tokens[at]
    return (
        token.kind is QUOTE
        or token.text in (",", ")", "!", "?", "…", "]", "—", "–", "-", "...")
        or token.low in ("comme", "ainsi", "et", "où", "que", "qu'")
    )


def _acts_already(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether the verb has its subject before it, parted by an insertion: "Léa Roy, maire, | tacle Y :".

    Not where the verb opens the insertion itself ("Le maire, | estime Léa Roy, « va trop loin »"), nor where
    the marks may hold what the subject does ("Le maire, élu en mai, « a menti », | estime Léa Roy").
    """
    tokens, verb = carrier.tokens, group.first
    if verb < _SHORTEST_INSERTED or tokens[verb - 1].text != ",":
        return False
    subject = next((p for p in carrier.phrases if p.last < verb - 1 and bare(p, tokens)), None)
    if subject is None or subject.number != group.number or tokens[subject.last].text != ",":
        return False
    between = tokens[subject.last + 1 : verb - 1]
    marks = sum(t.kind is QUOTE for t in between)
    if marks and (between[0].kind is not QUOTE or marks > 1):
        return False
    return not any(is_indicative(t.low) or t.text in BREAKS or t.text == ":" for t in between)


def _subject_of_adding(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Who goes on in an infinitive: « … », de renchérir | Jeanne Roy."""
    tokens, first = carrier.tokens, group.first
    if first < _QUOTE_AND_DE or tokens[first - 1].low != "de" or not group.allows("incise"):
        return None
    if tokens[first - 2].text != "," and (first > _QUOTE_AND_DE or tokens[0].kind is not QUOTE):
        return None  # X « n'exclut pas » de poursuivre Y
    follower = next(
        (k for k, p in enumerate(carrier.phrases) if p.first == group.last and p.kind is not PRONOUN), None
    )
    return whole(carrier, follower) if follower is not None else None


def incise_subject(carrier: Carrier, group: VerbGroup) -> tuple[Phrase | None, str] | None:
    """The subject of an incise, as a phrase or a clitic; ``None`` where the verb begins no incise."""
    if group.mood == "infinitive":
        adding = _subject_of_adding(carrier, group)
        return None if adding is None else (adding, "")
    if not group.finite or group.person != 3 or is_written(group):
        return None
    listed = group.verb is not None and not group.clitic
    if listed and (group.passive or not group.allows("incise") or not _inversion(carrier, group)):
        return None
    if any(g.first == group.last and g.mood == "infinitive" and g.done_to_subject for g in carrier.verbs):
        return None  # « … », s'entend-elle répondre
    if group.clitic:
        return None, group.clitic
    if group.verb is None:
        named = next(
            (
                k
                for k, p in enumerate(carrier.phrases)
                if p.first == group.last
                and (p.kind is NAME or (p.determiner and p.noun is not None and p.noun.kind != "thing"))
            ),
            None,
        )
        return (whole(carrier, named), "") if named is not None else None
    if _acts_already(carrier, group):
        return None
    if group.allows("weak") and group.first and carrier.lows[group.first - 1] in ("ne", "n'"):
        return None  # « Le Colonel » n'a pas fait son service
    after = subject_after(carrier, group)
    if after is None:
        return None
    agrees = after.number == group.number or (group.number == "p" and after.kind is NAME)
    measured = after.first == group.last and is_measure(after)  # "a lancé une partie de la salle"
    return (after, "") if agrees or measured else None
