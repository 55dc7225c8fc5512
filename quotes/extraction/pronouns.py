"""Words that stand for people without a noun: "elle", "certains", "d'autres", "trois d'entre eux"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Literal

from quotes.extraction.complements import description_end
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    CONTRACTED,
    DETERMINERS,
    FUNCTION_WORDS,
    PLAIN_LINKS,
    RELATIVES,
    SMALL_NUMBERS,
    Vocabulary,
    stands_for_people,
)
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import AUXILIARIES, FORMS, is_finite_form

Reader = Callable[[Sequence[Token], int, Vocabulary, str], Phrase | None]
"""Reads the phrase that begins at a token, whose word before it is given; ``None`` where none does."""
Reading = tuple[Collection[str], Collection[str] | None, Reader]
"""What words begin a phrase, which words may follow (``None``: whatever), and what reads it.

A capital or a number may follow anyhow.
"""

_THIRD_PERSON = word_class("third_person")
ARTICLE_GENDER: dict[str, Literal["m", "f"]] = {"la": "f", "le": "m", "une": "f", "un": "m"}
_TONIC_SLOTS = frozenset({"", "(", "–", "—", ";", ":"})
_INDEFINITE_PRONOUNS = word_class("indefinite_pronouns")
_TONIC_PLURALS = frozenset({"eux", "elles", "nous", "vous"})
_LONGEST_INSERTION = 10  # tokens of ", sous le sceau du secret,"
_ONES = word_class("ones_and_others")
_SUPERLATIVES = word_class("adjectives_for_people")
_WITHOUT_NOUN = frozenset({"autres", "aucuns", "plupart"})
_BEFORE_MARKS = CONTRACTED | {"d'", "de", "un", "une", "le", "la", "l'", "les"}
_CONTRAST = word_class("adverbs_of_contrast")
_POINTING = ("celui", "celle", "ceux", "celles", "ce", "cette", "ces")
_LAST = frozenset({"dernier", "dernière", "derniers", "dernières"})
_SELVES = {
    "lui-même": ("il", "s"),
    "elle-même": ("elle", "s"),
    "eux-mêmes": ("ils", "p"),
    "elles-mêmes": ("elles", "p"),
}


def _one_alone(tokens: Sequence[Token], i: int, at: int) -> bool:
    """Whether "l'autre" (``i``–``at``) is somebody: "dit l'autre.", "l'autre raconte", no "l'autre camp"."""
    if stands_for_people(tokens, at):
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and _stands_between_marks(tokens, i, at):
        return True  # "Les uns saluent « … », les autres | « … »"
    if after is not None and after.low in ("que", "qu'") and i and tokens[i - 1].text in (",", ";"):
        return True  # "les uns jugent que P, les autres | que Q"
    return (after is None or after.kind is not WORD) and _verb_before(tokens, i)


def _stands_between_marks(tokens: Sequence[Token], i: int, at: int) -> bool:
    """Whether words (``i``–``at``) alone part two stretches in marks: "« … », | d'autres | d'« … »"."""
    after = at + 1 + (tokens[at + 1].low in _BEFORE_MARKS)
    return (
        i > 1
        and tokens[i - 1].low in (",", ";", "et", "mais")
        and tokens[i - 2].kind is QUOTE
        and after < len(tokens)
        and tokens[after].kind is QUOTE
    )


def _verb_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether a verb of saying stands before ``i``: "soupirent | d'autres", "a répondu | le second"."""
    forms = FORMS.get(tokens[i - 1].low, ()) if i else ()
    compound = i > 1 and tokens[i - 2].low in AUXILIARIES
    return any(
        (f.mood == "indicative" and f.person == 3) or (compound and f.mood == "past_participle")
        for f in forms
    )


def verb_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb (or the clitics before one) stands at ``at``."""
    low = tokens[at].low
    forms = FORMS.get(low, ())
    # "d'autres rendent", "certains restent"
    plural = tokens[at - 1].low.endswith("s") and low.endswith("ent")
    return (
        low in ("ne", "n'", "se", "s'", "y", "en", "lui", "leur")
        or any(f.mood == "indicative" and f.person == 3 for f in forms)
        or any(f.mood == "present_participle" for f in forms)  # "certains dénonçant …"
        or (plural and not noun(low) and not low.endswith("ment"))
    )


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether "ce dernier" goes on to a noun ("ce dernier trimestre") and stands for nobody.

    Not to one of another gender: "ce dernier réplique".
    """
    gender = "f" if tokens[at - 1].low.startswith("dernière") else "m"
    return (
        at < len(tokens)
        and tokens[at].kind is WORD
        and bool(
            any(entry.gender in (None, gender) for entry in noun(tokens[at].low))
            or (
                tokens[at].low not in FUNCTION_WORDS
                and tokens[at].low not in FORMS
                and not tokens[at].capital
            )
        )
    )


def _third_person(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "elle", "ceux-ci" """
    if before == "-t":
        return None
    low = tokens[i].low
    number = "p" if low.rstrip("-aciulà").endswith(("s", "x")) or low.startswith("ceux") else "s"
    gender = "f" if "elle" in low else None if low == "on" else "m"
    return Phrase(i, i + 1, PRONOUN, low, number=number, gender=gender, before=before)


def _oneself(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Lui-même a tout vu", not "comme le dit elle-même Jeanne Roy" """
    if before not in _TONIC_SLOTS or i + 1 >= len(tokens) or not verb_follows(tokens, i + 1):
        return None
    head, number = _SELVES[tokens[i].low]
    gender = "f" if head.startswith("elle") else "m"
    return Phrase(i, i + 1, PRONOUN, head, number=number, gender=gender, before=before)


def _tonic(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Lui dit vivre « bien »", "(lui parle de …)" """
    if before not in _TONIC_SLOTS or i + 1 >= len(tokens):
        return None
    if not is_finite_form(tokens[i + 1].low):
        return None
    head, number = ("il", "s") if tokens[i].low == "lui" else ("ils", "p")
    return Phrase(i, i + 1, PRONOUN, head, number=number, gender="m", before=before)


def _pointing(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "celle-ci", "ce dernier", "celui qui" """
    if i + 1 >= len(tokens):
        return None
    low, following = tokens[i].low, tokens[i + 1].low
    shown = following in ("-ci", "-là") or (following in _LAST and not _noun_follows(tokens, i + 2))
    if not shown and (low in ("ce", "cette", "ces") or following not in RELATIVES):
        return None
    number = "p" if low in ("ces", "ceux", "celles") else "s"
    gender = "f" if "elle" in low or following.startswith("dernière") else "m"
    near = ("celle" if gender == "f" else "celui") + ("s-ci" if number == "p" else "-ci")
    head = near if shown else low
    return Phrase(i, i + 1 + shown, PRONOUN, head, number=number, gender=gender, before=before)


def _indefinite_pronoun(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "certains dénoncent …", "chacun s'accorde à dire …" """
    low = tokens[i].low
    if not _acts_as_pronoun(tokens, i, i):
        return None
    count: Literal["s", "p"] = "s" if low.startswith("chacun") else "p"
    entry = Noun(low, "group", "f" if low.endswith(("es", "cune")) else None, count)
    return _indefinite((i, i + 1), entry, low, before)


def _acts_as_pronoun(tokens: Sequence[Token], i: int, at: int) -> bool:
    """Whether words without a noun (``i``–``at``) act: "certains | dénoncent", "d'autres, las, ont"."""
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    if _stands_between_marks(tokens, i, at):
        return True  # "Certains dénoncent « … », d'autres | « … »"
    if after.text == ",":
        end = min(at + _LONGEST_INSERTION, len(tokens) - 1)
        close = next((j for j in range(at + 2, end) if tokens[j].kind not in (WORD, NUMBER)), end)
        return close < end and tokens[close].text == "," and is_finite_form(tokens[close + 1].low)
    return verb_follows(tokens, _past_adverbs(tokens, at + 1)) or (
        _verb_before(tokens, i)
        and (after.low in RELATIVES or after.text == ".")  # "se résignent | certaines, qui"
    )


def _past_adverbs(tokens: Sequence[Token], at: int) -> int:
    """The token behind what may part a pronoun from its verb: "certains | toutefois | saluent"."""
    if tokens[at].low in ADVERBS:
        return min(at + 1, len(tokens) - 1)
    contrast = " ".join(t.low for t in tokens[at : at + 2])
    return min(at + 2, len(tokens) - 1) if contrast in _CONTRAST else at


def among_them(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "trois | d'entre eux", "plusieurs d'entre elles" """
    if i + 3 >= len(tokens) or tokens[i + 1].low not in ("d'", "de") or tokens[i + 2].low != "entre":
        return None
    if tokens[i + 3].low not in _TONIC_PLURALS:
        return None
    number: Literal["s", "p"] = (
        "s" if tokens[i].low in ("un", "une", "l'un", "l'une", "aucun", "aucune") else "p"
    )
    return _indefinite((i, i + 4), Noun("entre", "description", None, number), tokens[i].low, before)


def _those_of(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "disent | ceux de la tour A" """
    if i + 2 >= len(tokens) or tokens[i + 1].low not in PLAIN_LINKS:
        return None
    if before and not _verb_before(tokens, i):
        return None
    entry = Noun(tokens[i].low, "group", "f" if tokens[i].low == "celles" else None, "p")
    end = description_end(tokens, i + 1, words, entry, apposed=False)
    return _indefinite((i, end), entry, tokens[i].low, before) if end > i + 2 else None


def _of_an_age(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "les plus de 65 ans", "les moins de 20 ans", "les 18-24 ans" """
    at = i + 1
    if at + 2 < len(tokens):
        bound = tokens[at].low in ("plus", "moins") and tokens[at + 1].low == "de"
        between = tokens[at].kind is NUMBER and tokens[at + 1].text in ("-", "–")
        at += 2 * (bound or between)
    if at + 1 >= len(tokens) or tokens[at].kind is not NUMBER or tokens[at + 1].low != "ans":
        return None
    return _indefinite((i, at + 2), Noun("ans", "description", None, "p"), tokens[i].low, before)


def _others(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "d'autres refusent", "d'aucuns y voient", "la plupart refusent" """
    if i + 1 >= len(tokens) or tokens[i + 1].low not in _WITHOUT_NOUN:
        return None
    if not _one_alone(tokens, i, i + 1) and not _acts_as_pronoun(tokens, i, i + 1):
        return None
    head = tokens[i + 1].low
    return _indefinite((i, i + 2), Noun(head, "group", None, "p"), tokens[i].low, before)


def _one_or_other(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """« … », dit l'un. « … », répond l'autre. Les autres saluent « … », le plus âgé note que …"""
    at = i + 1
    ones = _ONES
    if at < len(tokens) and tokens[at].low in ("plus", "moins"):
        at, ones = at + 1, _SUPERLATIVES
    if at >= len(tokens) or not (tokens[at].low in ones or (at > i + 1 and _closes_incise(tokens, i, at))):
        return None
    aside = at + 1 < len(tokens) and tokens[at + 1].text == ","  # "Les autres, eux, parlent …"
    if not (_one_alone(tokens, i, at) or (aside and _acts_as_pronoun(tokens, i, at))):
        return None
    low = tokens[i].low
    entry = Noun(tokens[at].low, "description", ARTICLE_GENDER.get(low), "p" if low == "les" else "s")
    return _indefinite((i, at + 1), entry, low, before)


def _closes_incise(tokens: Sequence[Token], i: int, at: int) -> bool:
    """Whether an adjective for who speaks ends an incise: "lance le plus | remonté", "dit la plus | vive"."""
    ends = at + 1 == len(tokens) or tokens[at + 1].kind is not WORD or tokens[at + 1].low == "des"
    adverb = tokens[at].low in ADVERBS or tokens[at].low.endswith("ment") or tokens[at].low in FUNCTION_WORDS
    return ends and not adverb and tokens[at].kind is WORD and _verb_before(tokens, i)


def _all_of_them(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Les deux assurent que P", "tous trois affirment que P" """
    at = i + 1
    if at + 1 >= len(tokens) or tokens[at].low not in SMALL_NUMBERS:
        return None
    if not _acts_as_pronoun(tokens, i, at):
        return None
    gender: Literal["f"] | None = "f" if tokens[i].low == "toutes" else None
    return _indefinite((i, at + 1), Noun(tokens[at].low, "group", gender, "p"), "les", before)


def _another(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """« … », ajoute un autre. « … », coupe une troisième."""
    following = tokens[i + 2] if i + 2 < len(tokens) else None
    if i + 1 >= len(tokens) or tokens[i + 1].low not in _ONES:
        return None
    if tokens[i + 1].low != "autre":
        return _one_or_other(tokens, i, words, before)
    if following is not None and following.kind is WORD and not verb_follows(tokens, i + 2):
        return None
    low = tokens[i].low
    gender: Literal["f"] | None = "f" if low == "une" else None
    return _indefinite((i, i + 2), Noun("autre", "description", gender, "s"), low, before)


def _somebody(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Quelqu'un a crié : « … »" """
    entry = Noun("quelqu'un", "description", "m", "s")
    return _indefinite((i, i + 1), entry, "un", before)


def _everybody(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Tout le monde se dit : « … »" """
    if [t.low for t in tokens[i + 1 : i + 3]] != ["le", "monde"]:
        return None
    return _indefinite((i, i + 3), Noun("monde", "group", "m", "s"), "tout", before)


def _indefinite(span: tuple[int, int], entry: Noun, determiner: str, before: str) -> Phrase:
    """ "certains", "chacun", "d'autres": a pronoun that stands for some people."""
    return Phrase(
        *span,
        DESCRIPTION,
        entry.lemma,
        entry,
        determiner,
        entry.number,
        post=span,
        before=before,
    )


READERS: Sequence[Reading] = (
    (_THIRD_PERSON, None, _third_person),
    (("lui", "eux"), None, _tonic),
    (_SELVES, None, _oneself),
    (_POINTING, RELATIVES | _LAST | {"-ci", "-là"}, _pointing),
    (DETERMINERS | {"beaucoup", "l'un", "l'une"}, ("d'", "de"), among_them),
    (_INDEFINITE_PRONOUNS, None, _indefinite_pronoun),
    (("ceux", "celles"), PLAIN_LINKS, _those_of),
    (("quelqu'un",), None, _somebody),
    (("tout",), ("le",), _everybody),
    (("les", "des"), ("plus", "moins"), _of_an_age),
    (("d'", "la"), _WITHOUT_NOUN, _others),
    (("l'", "les", "le", "la"), _ONES | {"plus", "moins"}, _one_or_other),
    (("les", "tous", "toutes"), SMALL_NUMBERS, _all_of_them),
    (("un", "une"), _ONES, _another),
)
"""What the words of the closed classes may begin, in the order in which it is tried."""
