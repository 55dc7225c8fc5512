"""What stands in marks as a name, a title, a term, a status or a charge: clues that nobody says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.carrier import IN_LISTS, Attribution, Carrier, list_head, list_tail
from quotes.extraction.classify import predicates, qualifies
from quotes.extraction.cues import VerbGroup
from quotes.extraction.proper_names import (
    ADVERBS,
    DEFINITE,
    DETERMINERS,
    PLAIN_LINKS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)
from quotes.extraction.tokens import QUOTE, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS, forms_of

_NAMING_WORDS = word_class("naming_words")
_NAMING_NOUNS = word_class("naming_nouns")
_NAMING_HEADS = word_class("naming_heads")
_RANKING_WORDS = word_class("ranking_words")
_SAYINGS = word_class("sayings")
_LEGAL = word_class("legal_frames")
_OFFENCES = word_class("offences")
_MATTERS = word_class("matters_of_charges")
_CHARGES = _LEGAL | word_class("charges")
_CHARGING = frozenset({"pour", "de", "d'", "les", "notamment", ":", ","})
_REPORTING = frozenset({"incise", "according"})  # rules that see a whole clause reported
_USAGE = frozenset({"on", ","})
_SO_CALLED = frozenset({"dit", "dite", "dits", "dites"})
_NICKNAMING = forms_of(word_class("verbs_of_nicknaming"))
_FROM_NICKNAME = 4  # tokens: "baptisée par ses amis la | « … »"
_JUDGED = ("able", "ables", "ible", "ibles")  # endings of what something is found to be
_JUDGING = word_class("adverbs_of_degree") | {"sans", "inouï", "inouïe", "inouïs", "inouïes"}
_FAR = 3  # tokens: « … » par son époux, | a annoncé le parquet
_WORKS = word_class("works")
_FINDING = word_class("verbs_of_finding")
_MEANING = word_class("verbs_of_meaning")
_WORDS = word_class("words_with_meanings")
_HAVING = frozenset({"a", "ont", "avait", "avaient", "avoir", "ayant", "aura", "auront"})
_BEGIN_NO_RANK = DETERMINERS | PREPOSITIONS | ADVERBS
_ONE_OF_A_KIND = frozenset({"un", "une", "des", "d'", "ce", "cet", "cette", "ces"})
_NO_TERM = ("ant", "é", "ée", "és", "ées", "ment")  # participles and adverbs
_LONGEST_TERM = 4  # words
_BEGIN_NO_TERM = _BEGIN_NO_RANK | RELATIVES | SUBORDINATORS
_NEARBY = 6  # tokens


def naming_noun(tokens: Sequence[Token], position: int, words: Sequence[Token] = ()) -> str:
    """The noun that what stands in marks is the name of: "le projet « … »", "le mot « … »".

    A noun of which ``words`` tell something has no name there: "le club « regrette » l'incident", "un film
    « qui dérange »", "un projet « pharaonique »"; nor has what is done "au nom de | « l'équité »".
    """
    at = position - 1
    if at > 0 and tokens[at].low in ("de", "d'") and tokens[at - 1].low in _NAMING_HEADS:
        if at > 1 and tokens[at - 2].low == "au" and words and words[0].low in DEFINITE:
            return ""
        return tokens[at - 1].low
    named = _noun_before(tokens, position)
    if not (named and words):
        return named
    tells = words[0].low in RELATIVES or predicates(words) or _judges(tokens, position, words)
    return "" if tells else named


def _noun_before(tokens: Sequence[Token], position: int) -> str:
    """The noun that may have a name, up to three words before the marks: "le projet urbain « … »"."""
    at = position - 1
    while at >= 0 and tokens[at].kind is WORD and position - at < 4:
        token = tokens[at]
        if token.low in _NAMING_NOUNS:
            return token.low
        if token.low in DETERMINERS or token.low in FORMS or token.low in ("de", "d'", "à", "que"):
            return ""
        at -= 1
    return ""


def _judges(tokens: Sequence[Token], position: int, words: Sequence[Token]) -> bool:
    """Whether something is judged: "un projet | « pharaonique »", "juge le projet | « mort-né »"."""
    if position < 2 or words[0].capital:
        return False
    if tokens[position - 2].low in _ONE_OF_A_KIND and qualifies(words):
        return True
    found = FORMS.get(tokens[position - 3].low, ()) if position > 2 else ()
    return tokens[position - 2].low in DETERMINERS and any(f.lemma in _FINDING for f in found)


def naming_clues(
    carrier: Carrier, position: int, words: Sequence[Token], attribution: Attribution | None
) -> Iterator[str]:
    """The clues of what stands before a span of these words, that it names something."""
    tokens = carrier.tokens
    yield from _named(tokens, position, words)
    if words[0].low in _OFFENCES or not _CHARGES.isdisjoint(carrier.words):
        yield from _charged(tokens, position, words, attribution)
    ranked = position > 0 and _ranked(tokens, position, words)
    if ranked:
        yield "ranked"
    nearby = [t.low for t in tokens[max(0, position - _NEARBY) : position]]
    nicknamed = not _NICKNAMING.isdisjoint(nearby[-_FROM_NICKNAME:])
    if nicknamed:
        yield "nicknamed"  # "qu'ils ont surnommé le | « chat »"
    if ranked or nicknamed or (position and (_styled(carrier, position) or _means(tokens, position))):
        yield "naming_word"
    if not _WORKS.isdisjoint(nearby):
        yield "near_a_work"


def _styled(carrier: Carrier, position: int) -> bool:
    """Whether what stands before says how a thing is called.

    "le cours dit | « du soir »", "une affaire dite des | « valises »"; but: "il s'est dit | « prêt »".
    """
    tokens = carrier.tokens
    at = position - 1
    if tokens[at].low in _NAMING_WORDS:
        return not any(g.last == position and _tells_of_somebody(tokens, g) for g in carrier.verbs)
    if tokens[at].low in DEFINITE and at:
        at -= 1
    return at > 0 and tokens[at].low in PLAIN_LINKS and tokens[at - 1].low in _SO_CALLED


def _tells_of_somebody(tokens: Sequence[Token], group: VerbGroup) -> bool:
    """Whether "dit" is what somebody does: "elle s'en dit | « fière »"; but: "on dit | « lundi »"."""
    if group.verb is None or group.verb.head != "dire" or not group.finite:
        return False
    return group.verb.reflexive or (group.first > 0 and tokens[group.first - 1].low not in _USAGE)


def _named(tokens: Sequence[Token], position: int, words: Sequence[Token]) -> Iterator[str]:
    """Le projet | « Cœur de ville », le plan | « canicule »; but: un projet | « pharaonique »."""
    named = naming_noun(tokens, position, words)
    if not named:
        return
    yield "naming_noun"
    yield "naming_noun,capital" if words[0].capital else "naming_noun,small"
    if named in _NAMING_HEADS:
        yield "naming_head"
    elif tokens[position - 1].low == named:
        yield f"called:{_form_of(words)}"
    if named in _SAYINGS:
        yield "saying"


def _form_of(words: Sequence[Token]) -> str:
    """What stands behind a noun like "projet": a name ("Cœur de ville"), a term ("zéro carbone"), or more."""
    first = words[0]
    if first.capital:
        return "name"
    if qualifies(words):
        return "quality"
    if len(words) > _LONGEST_TERM or first.low in _BEGIN_NO_TERM or first.low.endswith(_NO_TERM):
        return "clause"
    return "term"


def _ranked(tokens: Sequence[Token], position: int, words: Sequence[Token]) -> bool:
    """Whether a class or a rank is given: "est classé | « passoire thermique »", "élue | « reine »"."""
    if tokens[position - 1].low not in _RANKING_WORDS:
        return False
    if position > 1 and tokens[position - 2].low in _HAVING:
        return False  # "a reconnu « des erreurs »"
    return words[0].capital or words[0].low not in _BEGIN_NO_RANK


def _means(tokens: Sequence[Token], position: int) -> bool:
    """Whether the meaning of a word is told: "le mot signifie | « petit pain »"."""
    last = tokens[position - 1].low
    if last not in _MEANING and (position < 2 or f"{tokens[position - 2].low} {last}" not in _MEANING):
        return False
    return not _WORDS.isdisjoint([t.low for t in tokens[:position]])


def _reported(tokens: Sequence[Token], position: int, attribution: Attribution | None) -> bool:
    """Whether somebody is reported as saying the sentence: "pour | « vol aggravé », a annoncé le parquet"."""
    if attribution is None or attribution.cue is None or attribution.rule not in _REPORTING:
        return False
    first = attribution.cue[0]
    return first == 0 or 0 < first - list_tail(tokens, position) <= _FAR


def _first_of_charges(tokens: Sequence[Token], position: int) -> int:
    """Where the charges begin of which a span is one: "coupable de | « vol » et de « recel »"."""
    at = list_head(tokens, position)
    while (
        at > 2
        and tokens[at - 1].low in PLAIN_LINKS
        and tokens[at - 2].low in IN_LISTS
        and tokens[at - 3].kind is QUOTE
    ):
        at = list_head(tokens, at - 3)
    return at


def _charged(
    tokens: Sequence[Token], position: int, words: Sequence[Token], attribution: Attribution | None
) -> Iterator[str]:
    """Mis en examen pour | « vol aggravé »: a term of the law, unless somebody is reported as saying it."""
    before = tokens[position - 1].low if position else ""
    head = _first_of_charges(tokens, position)
    nearby = [t.low for t in tokens[max(0, head - _NEARBY) : head]]
    first = words[0].low
    charged = (first in _OFFENCES or first in _MATTERS) and not _CHARGES.isdisjoint(nearby)
    if not charged and len(words) > 1 and (words[1].low in _JUDGING or words[1].low.endswith(_JUDGED)):
        return  # "cette | « agression insupportable »", "un | « trafic sans précédent »"
    if not charged and first not in _OFFENCES:
        if not _LEGAL.isdisjoint(nearby):
            yield "legal_frame"
        return
    if _reported(tokens, position, attribution):
        return
    if charged:
        yield "legal_frame"
    yield "offence"
    if before in _CHARGING:
        yield f"offence,after:{before}"
