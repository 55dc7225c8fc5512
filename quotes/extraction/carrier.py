"""A sentence as attribution reads it: its phrases, its verbs of saying, and who is apposed to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.extraction.cues import VerbGroup, find_verbs
from quotes.extraction.mentions import BEFORE_POST, Phrase, PhraseKind, find_phrases
from quotes.extraction.proper_names import CLITICS, CONTRACTED, PEOPLE, PREPOSITIONS, Vocabulary
from quotes.extraction.tokens import Kind, Sentence, Token, is_inclusive
from quotes.french.verbs import FORMS

_POST_LINKS = frozenset({"de", "du", "des", "d'", "à", "au", "aux", "en", "dans", "sur", "chez"})
_SHORT_NAME = 40  # characters between marks that may be part of a post: "des « gilets de nuit »"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source for one quotation, as the carrier gives it.

    ``phrase`` is the source, or ``None`` where only the clitic (``pronoun``) names it. ``cue`` is
    the half-open range of token indices of the cue, ``lemma`` its verb or preposition.
    """

    rule: str
    phrase: Phrase | None
    pronoun: str = ""
    cue: tuple[int, int] | None = None
    lemma: str = ""
    weak: bool = False
    agreement: str = ""  # the gender that the verb's participle shows: "s'est souvenue"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier with all that was read in it: phrases, verb groups, appositions."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    verbs: tuple[VerbGroup, ...]
    # the description at this index in ``phrases`` is apposed to the name at that one
    appositions: dict[int, int]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The carrier's tokens."""
        return self.sentence.tokens


def read_carrier(sentence: Sentence, words: Vocabulary) -> Carrier:
    """Find the phrases, the verbs of saying and the appositions of a carrier."""
    tokens = sentence.tokens
    phrases = [_gender_open(tokens, phrase) for phrase in find_phrases(tokens, words)]
    return Carrier(sentence, tuple(phrases), tuple(find_verbs(tokens)), _appositions(tokens, phrases))


def _gender_open(tokens: Sequence[Token], phrase: Phrase) -> Phrase:
    """Inclusive writing tells no gender: "un·e élève", "la directeur·rice"."""
    first = tokens[phrase.first]
    second = tokens[phrase.first + 1] if phrase.last - phrase.first > 1 else first
    if len(first.text) == len(first.low) and len(second.text) == len(second.low):
        return phrase  # nearly all: an inclusive word is longer than its masculine
    inclusive = is_inclusive(first) or is_inclusive(second)
    return replace(phrase, gender=None) if inclusive and not phrase.title else phrase


def _appositions(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> dict[int, int]:
    """ "Jeanne Roy, maire de Lyon," and "La maire de Lyon, Jeanne Roy," """
    found: dict[int, int] = {}
    for k in range(len(phrases) - 1):
        left = phrases[k]
        nicknamed = left.first > 2 and tokens[left.first - 2].text == "," and tokens[left.first - 3].capital
        if left.before == "alias" or (nicknamed and left.before in ("dit", "dite")):
            continue  # "Paul Roy, dit Brumax, ingénieur": the post is Paul Roy's
        at, r = _after_complement(tokens, phrases, k)
        if r >= len(phrases):
            continue
        right = phrases[r]
        if at < len(tokens) and tokens[at].text == "(":
            close = next((j for j in range(at, min(at + 8, len(tokens))) if tokens[j].text == ")"), -1)
            while r + 1 < len(phrases) and phrases[r].last <= close:
                r += 1  # "le directeur de la police (DGP), Jean Roy": an acronym in brackets
            right = phrases[r]
            if close > 0 and right.first > close:
                at = close + 1
        if right.first == at + 2 and tokens[at].text == "," and tokens[at + 1].low in BEFORE_POST:
            at += 1  # "Léa Roy, alors une jeune apprentie"
        listed = _more_complements(tokens, at) if left.kind is PhraseKind.DESCRIPTION else at
        if listed != at:
            while r + 1 < len(phrases) and phrases[r].last <= listed:
                r += 1  # "le ministre de la Culture, de la Jeunesse et des Sports, Jean Roy"
            at, right = listed, phrases[r]
        if [t.low for t in tokens[at : at + 4]] == [",", "à", "la", "fois"]:
            at += 3  # "Paul Roy, à la fois médecin et conseiller"
        age = at + (at < len(tokens) and tokens[at].text == ",")
        if age + 1 < len(tokens) and tokens[age].low in ("âgé", "âgée") and tokens[age + 1].low == "de":
            age += 2
        if age + 2 < len(tokens) and tokens[age].kind is Kind.NUMBER and tokens[age + 1].low == "ans":
            at = age + 2  # "Paul Roy, 45 ans, boulanger", "Paul Roy 45 ans, boulanger"
        alias = next((j for j in range(at + 2, min(at + 6, len(tokens))) if tokens[j].text == ","), -1)
        if alias > 0 and tokens[at].text == "," and tokens[at + 1].low in ("alias", "dit", "dite"):
            while r + 1 < len(phrases) and phrases[r].last <= alias:
                r += 1  # "Paul Roy, alias Brumax, ingénieur"
            at, right = alias, phrases[r]
        beside = right.first == left.last and not right.determiner and left.kind is PhraseKind.NAME
        party = (
            left.kind is PhraseKind.DESCRIPTION
            and left.determiner in ("le", "la", "l'")
            and right.kind is PhraseKind.NAME
            and tokens[right.first - 1].text == ")"
            and at == right.first
        )  # "le maire (divers droite) Jean Roy"
        beside = beside or party
        if not beside and (
            at >= len(tokens)
            or right.first != at + 1
            or (tokens[at].text != "," and tokens[at].low not in BEFORE_POST)
        ):
            continue
        if names_person(left) and right.kind is PhraseKind.DESCRIPTION and right.noun is not None:
            if (
                (
                    right.noun.kind in ("office", "trade", "relation", "description")
                    or (
                        right.noun.kind == "thing"
                        and right.determiner in ("un", "une")
                        and left.name
                        and left.name[1] - left.name[0] > 1
                    )
                )
                and right.number == left.number
                and right.determiner not in ("du", "des", "au", "aux")
                and _ends_apposition(tokens, right)
            ):
                found[r] = k
        elif r in found.values() and left.determiner in CONTRACTED:
            continue  # "la sœur du défunt, Mina": the sister has that name
        elif (
            (k not in found or left.determiner)  # "Jeanne, étudiante, 25 ans, Lyon": the post has its name
            and left.kind is PhraseKind.DESCRIPTION
            and left.noun is not None
            and left.noun.kind in ("office", "trade", "relation", "description")
            and names_person(right)
            and (
                right.noun is None
                or left.determiner in ("son", "sa", "leur")
                or (left.determiner in _ARTICLES and _acts_after_comma(tokens, right))
            )
            and left.number == "s"
            and (party or _closed(tokens, right.last) or (left.first == 0 and not left.determiner))
            and not (_framing(left) and _goes_on(tokens, right.last))
        ):
            found[k] = r
    return found


_ARTICLES = frozenset({"le", "la", "l'"})


def _acts_after_comma(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether one alone acts: "Le ministre, le professeur Paul Roy, a dit", no list of several."""
    if (
        phrase.determiner not in _ARTICLES
        or phrase.last + 1 >= len(tokens)
        or tokens[phrase.last].text != ","
    ):
        return False
    verb = tokens[phrase.last + 1]
    return (
        verb.low in CLITICS
        or any(f.mood == "indicative" and f.person == 3 and f.number == "s" for f in FORMS.get(verb.low, ()))
        or verb.low in ("a", "avait", "est", "était")
    )


def _more_complements(tokens: Sequence[Token], at: int) -> int:
    """The comma after ", de la Jeunesse et des Sports,", which goes on a post; ``at`` if none does."""
    if at + 3 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].low not in OF:
        return at
    for j in range(at + 2, min(at + 16, len(tokens))):
        if tokens[j].text == ",":
            return j
        if tokens[j].kind is not Kind.WORD or any(
            f.mood == "indicative" for f in FORMS.get(tokens[j].low, ())
        ):
            break
    return at


def _framing(phrase: Phrase) -> bool:
    """Whether the phrase is a complement and no subject: "après le départ de son client,"."""
    return phrase.determiner in CONTRACTED or phrase.before in PREPOSITIONS or phrase.before in CONTRACTED


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether no mark closes a name: "pour son client, Jean Roy | a plaidé", another than the client."""
    return at < len(tokens) and tokens[at].kind is Kind.WORD and tokens[at].low != "et"


def _after_complement(tokens: Sequence[Token], phrases: Sequence[Phrase], k: int) -> tuple[int, int]:
    """Where a post is over, and the next phrase: "un porte-parole des « Anciens » du Jura | , Jean Roy"."""
    at, r = phrases[k].last, k + 1
    entry = phrases[k].noun
    if phrases[k].kind is not PhraseKind.DESCRIPTION or entry is None or entry.kind not in PEOPLE:
        return at, r
    while at + 1 < len(tokens) and tokens[at].low in _POST_LINKS:
        if tokens[at + 1].kind is Kind.QUOTE and tokens[at + 1].end - tokens[at + 1].start <= _SHORT_NAME:
            at += 2
        elif (
            r < len(phrases)
            and at <= phrases[r].first <= at + 2
            and phrases[r].kind is not PhraseKind.PRONOUN
        ):
            at, r = phrases[r].last, r + 1
        else:
            break
    if at < len(tokens) and tokens[at].text != "," and tokens[at].text != "(":
        return phrases[k].last, k + 1
    return at, r


def _ends_apposition(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a description with an article is closed off: "…, une voisine,", not "…, une voisine a dit"."""
    if not phrase.determiner or phrase.last >= len(tokens):
        return True
    following = tokens[phrase.last]
    return (
        following.kind in (Kind.MARK, Kind.QUOTE)
        or following.low in PREPOSITIONS
        or following.low in ("qui", "dont", "et", "où", "du", "des", "au")
        or following.low.endswith(("é", "ée", "és", "ées"))  # "une habitante contactée hier,"
    )


def names_person(phrase: Phrase) -> bool:
    """Whether a name may be a person's: "Jeanne Roy", "la maire Jeanne Roy", not "la Commission"."""
    return (phrase.kind is PhraseKind.NAME and phrase.determiner not in ("le", "la", "l'", "les")) or (
        phrase.kind is PhraseKind.NAME and phrase.noun is not None
    )


def _closed(tokens: Sequence[Token], at: int) -> bool:
    """Whether an apposed name is closed by a comma, a bracket or the end (or goes on to the verb)."""
    return (
        at >= len(tokens)
        or tokens[at].kind is Kind.MARK
        or tokens[at].kind is Kind.QUOTE
        or tokens[at].low in ("et", "a", "n'", "ne", "qui", "à", "au", "aux", "sur", "dans", "lors")
    )


OF = frozenset({"de", "du", "des", "d'"})
