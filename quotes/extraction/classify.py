"""Is somebody quoted, or is it a title, a term, a nickname, irony?"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.complements import PRESENT_VERBS
from quotes.extraction.proper_names import ADVERBS, BEFORE_NOUN, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from quotes.extraction.tokens import LONGEST_LOOK, Kind, Token, tokens_of
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS
from quotes.model import QuoteKind, ZoneKind

_NAMING_WORDS = word_class("naming_words")
_NAMING_NOUNS = word_class("naming_nouns")
_HEADINGS = frozenset({ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.QUESTION, ZoneKind.PULL_QUOTE})
_SAYINGS = frozenset({"proverbe", "dicton", "adage", "maxime"})
_NAMING_VERBS = word_class("naming_verbs")
_THEMES = frozenset({"thème", "titre", "slogan", "intitulé", "nom"})
_WORKS = frozenset(
    {"ouvrage", "livre", "roman", "essai", "album", "film", "documentaire", "podcast", "titre"}
)
_LONGEST_BODY = 2 * max(map(len, ORGANIZATIONS))  # folding may shorten what is printed
_TITLE_VERBS = word_class("title_verbs")
_NAMING_HEADS = word_class("naming_heads")
_LEGAL = word_class("legal_frames")
_ENGLISH = word_class("english_words")
_FIRST_PERSON = word_class("personal_words")
_CALLED_TO = frozenset({"à", "au", "aux"})  # "appelé « à la prudence »" is no name
_FINITE = word_class("common_finite_verbs")
_FINITE_ENDINGS = ("ait", "aient", "ons", "ez", "èrent", "era", "ira", "eront", "rait", "ront", "rons", "rez")
_OBJECT_PRONOUNS = frozenset(
    {"ne", "n'", "se", "s'", "y", "il", "elle", "ils", "elles", "j'", "je", "on", "nous", "vous", "qui"}
)


def looks_said(tokens: Sequence[Token]) -> bool:
    """Whether the words have a finite verb, as a sentence has (told without a parser)."""
    for i, token in enumerate(tokens):
        if token.kind is not Kind.WORD:
            continue
        low = token.low
        if low in _FINITE and not (i and tokens[i - 1].low in DETERMINERS):
            return True
        if (
            low in ("j'", "je", "c'", "il", "elle", "ils", "elles", "on", "nous", "vous")
            and i + 1 < len(tokens)
            and tokens[i + 1].kind is Kind.WORD
        ):
            return True
        if (
            low.endswith(_FINITE_ENDINGS)
            and len(low) > 4
            and not (i and tokens[i - 1].low in DETERMINERS)
            and low not in FORMS
        ):
            return True
        if (
            low in FORMS
            and any(f.mood == "indicative" for f in FORMS[low])
            and not (i and tokens[i - 1].low in DETERMINERS | {"de", "d'", "à", "en"})
        ):
            return True
        if low.startswith("-") and len(low) > 2:
            return True
        if (
            i
            and low.endswith("ent")
            and not low.endswith("ment")
            and tokens[i - 1].low.endswith(("s", "x"))
            and tokens[i - 1].low not in FUNCTION_WORDS
        ):
            return True  # "les travaux coûtent": an adjective would end in s
    return False


def begins_with_verb(text: str, at: int) -> bool:
    """Whether the words at ``at`` (a code point) begin with what somebody does, thinks or doesn't.

    "était un homme discret", "a pris peur" are as often said by somebody else.
    """
    tokens = tokens_of(text, at, at + 40)
    if len(tokens) < 2 or tokens[0].kind is not Kind.WORD or tokens[0].capital:
        return False
    low = tokens[0].low
    if low in AUXILIARIES or tokens[1].low in AUXILIARIES:
        return False
    return (
        low in ("ne", "n'", "se", "s'")
        or low in PRESENT_VERBS
        or any(f.mood == "indicative" and f.person == 3 for f in FORMS.get(low, ()))
    )


_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "aire", "ire")
_PARTICIPLE = ("é", "és", "ée", "ées")
_VERB_OPENERS = word_class("verb_phrase_openers")
_BEFORE_VERB = word_class("before_verb_phrase")


def verbal(tokens: list[Token], before: str) -> bool:
    """Whether a fragment is a verb phrase ("interdire la chasse", "assuré l'essentiel"): no title is."""
    first = tokens[0]
    if first.kind is not Kind.WORD or first.capital or len(tokens) < 2:
        return False
    low = first.low
    if low in ("à", "de", "d'") and tokens[1].low.endswith(_INFINITIVE) and len(tokens[1].low) > 4:
        return True
    if low in _VERB_OPENERS:
        return True
    if low in BEFORE_NOUN or noun(low):
        return False  # "dernier kilomètre", "conseiller du soir"
    if low.endswith(_INFINITIVE) and len(low) > 4 and before not in DETERMINERS - {"le", "la", "les", "l'"}:
        return True
    if low.endswith("ant") and len(low) > 5 and len(tokens) > 2 and before not in DETERMINERS:
        return True
    if low.endswith(_PARTICIPLE) and len(tokens) > 2 and before not in DETERMINERS:
        return True
    return (
        before in ("qui", "ne", "n'", "se", "s'", "a", "ont", "il", "elle", "ils", "elles", "on")
        and len(tokens) > 1
    )


def kind_of(
    text: str, start: int, end: int, carrier: Carrier, position: int, attribution: Attribution | None
) -> QuoteKind:
    """Whether what stands between the marks could stand alone as a sentence."""
    tokens = tokens_of(text, start, min(end, start + LONGEST_LOOK))
    said = looks_said(tokens)
    carried = carrier.tokens
    before = carried[position - 1].low if position else ""
    capital = text[start].isupper()
    if before == ":":
        return QuoteKind.DIRECT
    if capital and before in ("", ".", "!", "?", "—", "–") and attribution is not None:
        # « La vase gagne », dit X: a capital at the head of its own sentence
        return QuoteKind.DIRECT
    if not said and not (capital and text[end - 1] in ".!?…"):
        return QuoteKind.MIXED
    if before in ("que", "qu'") or capital or (before in ("", ".", "!", "?")):
        return QuoteKind.DIRECT
    first = tokens[0].low if tokens else ""
    according = attribution is not None and attribution.rule == "according"
    whom = position > 1 and before == "qui" and carried[position - 2].low in ("pour", "selon")
    if according and (whom or (before == "," and not verbal(tokens, before))):
        return QuoteKind.DIRECT  # "Selon X, « la falaise recule »", "X, pour qui « la langue vit »"
    return (
        QuoteKind.DIRECT
        if first in ("je", "j'", "nous", "on", "il", "elle", "c'", "ce", "ils", "elles", "vous", "tu")
        else QuoteKind.MIXED
    )


def not_a_quote(
    text: str, start: int, end: int, carrier: Carrier, position: int, attribution: Attribution | None
) -> str | None:
    """The reason for thinking that nobody says it; ``None`` where somebody may."""
    tokens = tokens_of(text, start, min(end, start + LONGEST_LOOK))
    words = [t for t in tokens if t.kind is not Kind.MARK]
    if not words:
        return "nothing said"
    carried = carrier.tokens
    before = carried[position - 1] if position else None
    if text[start] == "#" and len(words) <= 2:
        return "a hashtag"
    if attribution is not None and attribution.phrase is not None and attribution.phrase.head in _SAYINGS:
        return "a saying"
    said = looks_said(tokens)
    count = len(words)
    after = carried[position + 1] if position + 1 < len(carried) else None
    if before is None and after is not None and after.text == ":" and count <= 3 and not said:
        return "a topic"
    named_body = end - start <= _LONGEST_BODY and fold(text[start:end]) in ORGANIZATIONS
    if before is not None and before.kind is Kind.WORD and named_body and text[start].isupper():
        return "the name of a body"
    personal = any(t.low in _FIRST_PERSON for t in words)
    verb_phrase = verbal(tokens, before.low if before else "")
    gap = position - attribution.cue[1] if attribution is not None and attribution.cue is not None else 99
    incised = attribution is not None and (
        attribution.rule in ("incise_inside", "colon")
        or (attribution.rule == "that" and before is not None and before.low in ("que", "qu'"))
    )
    if count <= 6 and any(t.low in _ENGLISH for t in words) and not any(t.low in DETERMINERS for t in words):
        return "foreign words"
    if before is not None and not incised:
        if (
            before.low in _NAMING_WORDS
            and tokens[0].low not in _CALLED_TO
            and (gap > 0 or (attribution is not None and attribution.rule == "passive"))
        ):
            return "a name after a naming word"
        named = _naming_noun(carried, position)
        said_so = attribution is not None and attribution.rule == "incise" and said and count > 3
        if named in _SAYINGS:
            return "a saying"
        if named in _THEMES and any(t.low == "sous" for t in carried[max(0, position - 4) : position]):
            return f"the name of a thing ({named})"
        # "un film « très personnel » selon la réalisatrice"
        according = (
            attribution is not None
            and attribution.rule == "according"
            and text[start].islower()
            and attribution.cue is not None
            and attribution.cue[0] == position + 1
        )
        worded = (
            text[start].islower() and count >= 4 and named not in _NAMING_HEADS and attribution is not None
        )
        if (
            named
            and not _qualified(text, start, attribution)
            and not personal
            and not verb_phrase
            and not worded
            and not according
            and (count <= 6 or not said)
            and not said_so
        ):
            return f"the name of a thing ({named})"
        if before.low in ("pour", "de", "d'", "et") and any(
            t.low in _LEGAL for t in carried[max(0, position - (9 if before.low == "et" else 5)) : position]
        ):
            return "a criminal charge"
    if (
        attribution is not None
        and attribution.lemma in _NAMING_VERBS
        and gap <= 1
        and count <= 4
        and not said
        and tokens[0].low not in _CALLED_TO
        and (before is None or before.low not in _CALLED_TO)
    ):
        return "a name after a naming verb"
    if (
        attribution is not None
        and attribution.rule == "incise"
        and attribution.lemma in ("chanter", "fredonner")
    ):
        return "lyrics"
    if (
        before is not None
        and before.text == ":"
        and attribution is not None
        and attribution.rule == "colon_alone"
        and any(t.low in _WORKS for t in carried[max(0, position - 5) : position])
        and not personal
    ):
        return "the title of a work"
    if (
        attribution is not None
        and attribution.rule == "fragment"
        and attribution.lemma in _TITLE_VERBS
        and text[start].isupper()
        and text[end - 1] not in ".!?…"
        and not said
    ):
        return "the title of a work"
    linked = before is not None and before.kind is Kind.WORD and not incised
    short_name = not personal or count <= 3
    if linked and text[start].isupper() and not said and count <= 8 and short_name and gap > 1:
        return "the name of a thing"
    article = before is not None and before.low in DETERMINERS
    told = attribution is not None and attribution.rule == "according"
    beside = (
        attribution is not None and attribution.cue is not None and 0 < attribution.cue[0] - position <= 2
    )
    own_article = count > 1 and tokens[0].low in DETERMINERS  # "Selon X, il s'agit d'« une broutille »"
    if told and article and linked and count <= 2 and not verb_phrase and not beside and not own_article:
        return "a word that the journalist keeps at a distance"
    sentence = before is None or before.kind is not Kind.WORD
    if (
        sentence
        and attribution is not None
        and text[start].isupper()
        and text[end - 1] in ".!?…"
        and count > 1
    ):
        return None
    if verb_phrase:
        return None
    if attribution is not None and not attribution.weak:
        qualified = before is not None and before.low in ("de", "d'", "comme", "étant")
        far = attribution.rule in ("fragment", "participle") and gap > 3 and not qualified
        agent = (
            before is not None
            and position > 1
            and carried[position - 2].low == "par"
            and before.low in DETERMINERS
            and count == 1
        )
        adverbial = tokens[0].low in ADVERBS or tokens[0].low in PREPOSITIONS
        # "les comptes « vérifiés » ont doublé": in what is told, the word stays beside its noun
        told_adjective = (
            attribution.rule == "that"
            and count == 1
            and before is not None
            and bool(noun(before.low))
            and after is not None
            and after.kind is Kind.WORD
        )
        named_far = far and before is not None and before.low in DETERMINERS and count <= 4 and not said
        if (
            not (far and count <= 2 and not personal and not adverbial)
            and not agent
            and not told_adjective
            and not (named_far and _weak(attribution))
        ):
            return None
    if before is not None and before.text == ":" and position >= len(carried) - 2 and attribution is not None:
        return None
    if before is not None and before.text == "(" and count <= 6 and not said:
        return "a gloss"
    heading = carrier.sentence.zone in _HEADINGS
    outer = (
        before is None
        or before.text == ":"
        or (position + 1 < len(carried) and carried[position + 1].text == ":")
    )
    if heading and outer and count >= 3:
        return None
    if said and count >= 5:
        return None
    if personal and count >= 3:
        return None
    if attribution is not None and (said or count >= 6):
        return None
    if attribution is not None and (
        tokens[0].low in ADVERBS or (tokens[0].low.endswith("ment") and len(tokens[0].low) > 6)
    ):
        return None
    if count >= 9:
        return None
    return "no one is made to speak"


def _weak(attribution: Attribution) -> bool:
    """Whether the verb of the cue often carries no speech at all."""
    return any("weak" in verb.constructions for verb in VERBS.get(attribution.lemma, ()))


def _qualified(text: str, start: int, attribution: Attribution | None) -> bool:
    """Whether a verb passes a judgement with the fragment: "juge l'accord « équilibré »"."""
    return (
        attribution is not None
        and attribution.rule == "fragment"
        and attribution.lemma not in _NAMING_VERBS
        and text[start].islower()
        and any("qualify" in verb.constructions for verb in VERBS.get(attribution.lemma, ()))
    )


def _naming_noun(tokens: tuple[Token, ...], position: int) -> str:
    """The noun that what stands in marks is the name of: "le projet « … »", "le mot « … »"."""
    at = position - 1
    if at > 0 and tokens[at].low in ("de", "d'") and tokens[at - 1].low in _NAMING_HEADS:
        return tokens[at - 1].low
    while at >= 0 and tokens[at].kind is Kind.WORD and position - at < 4:
        token = tokens[at]
        if token.low in _NAMING_NOUNS:
            return token.low
        if token.low in DETERMINERS or token.low in FORMS or token.low in ("de", "d'", "à", "que"):
            return ""
        at -= 1
    return ""
