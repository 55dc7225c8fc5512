"""Which phrase speaks? The grammar of French attribution, applied to one carrier at a time.

Each rule answers with the phrase (or clitic) that is the source and the cue that made it speech;
who that is, is asked later (:mod:`quotes.extraction.resolve`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.extraction.cues import VerbGroup, find_verbs
from quotes.extraction.mentions import (
    ADVERBS,
    BEFORE_POST,
    CLITICS,
    CONTRACTED,
    DETERMINERS,
    FUNCTION_WORDS,
    OPENERS,
    PREPOSITIONS,
    SPEECH_NOUNS,
    TIMES,
    Phrase,
    PhraseKind,
    Vocabulary,
    find_phrases,
    is_first_name,
)
from quotes.extraction.tokens import Kind, Sentence, Token
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS

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
    | frozenset({"duquel", "auquel", "desquels", "desquelles", "quoi"})
    | frozenset({"ainsi", "puis", "aussi", "tandis", "alors", "lorsque", "pendant", "même"})
)
_THAT = frozenset({"que", "qu'"})
_ASKED = frozenset({"combien", "comment", "pourquoi"})
_NEGATIONS = word_class("negations")
_OPENING = 4  # tokens before a verb that opens its sentence: "Ainsi que le note X"
_BEFORE_VERB = CLITICS | _NEGATIONS | ADVERBS
_CONVICTION = word_class("adjectives_of_conviction")
_BEING = frozenset({"est", "sont", "était", "étaient", "reste", "restent", "dit", "disent", "semble"})
_SHOWS = word_class("verbs_of_showing")
_POST_LINKS = frozenset({"de", "du", "des", "d'", "à", "au", "aux", "en", "dans", "sur", "chez"})
_SHORT_NAME = 40  # characters between marks that may be part of a post: "des « gilets de nuit »"
_OBJECT_ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une", "des"})
_PERCEIVED = frozenset({"entend", "entendait", "entendra", "voit", "voyait", "écoute"})
_OBJECT_AS_SUBJECT = {"les": "ils", "le": "il", "la": "elle", "l'": "il"}
_SPEAKING_PLURAL = word_class("speaking_nouns_plural")
_PRESENTS = frozenset({"est", "sont", "était", "étaient", "sera", "seront", "furent", "fut"})
_NOBODY = frozenset({"faut", "fallait", "faudra", "faudrait", "fallut"})
_PLACED = frozenset({"à", "en", "dans", "sur", "près", "au", "aux"})
_CRIES = frozenset({"crier", "hurler", "scander", "lancer", "répondre", "rétorquer", "murmurer"})
_INNER = frozenset({"de", "du", "d'", "en"})  # inside a noun of several words: "cri du cœur"
_LEAD = word_class("before_speech_noun")
_WORDING = word_class("nouns_of_wording")
_MEDIA = word_class("media_nouns")
_CLAUSE_ENDS = frozenset({"quand", "alors", "tandis", "mais", ";", ":"})
# An incise with a verb that no list knows may begin with these, and may not hold those.
_INCISE_OPENERS = CLITICS | frozenset({"a", "ont", "avait", "veut", "vient"})
_NO_INCISE = frozenset(
    {"que", "qu'", "qui", "dont", "où", "et", "mais", "ou", "selon", "pour", "par", "avec", "dans"}
)
_DEFINITE = frozenset({"le", "la", "l'", "son", "sa", "un", "une", "ce", "cet", "cette"})
_PEOPLE = frozenset({"office", "trade", "relation", "description"})
_SPEAKING_KINDS = frozenset({"office", "trade", "relation", "organization"})
_BREAKS = frozenset({".", ";", "!", "?", "…"})


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
    phrases = find_phrases(tokens, words)
    return Carrier(sentence, tuple(phrases), tuple(find_verbs(tokens)), _appositions(tokens, phrases))


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
            at += 1  # "Ben Roy, alors un étudiant de 16 ans"
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
        if _names_person(left) and right.kind is PhraseKind.DESCRIPTION and right.noun is not None:
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
            and _names_person(right)
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
    if at + 3 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].low not in _OF:
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
    if phrases[k].kind is not PhraseKind.DESCRIPTION or entry is None or entry.kind not in _PEOPLE:
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


def _names_person(phrase: Phrase) -> bool:
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


def bare(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether the phrase stands where a subject stands, not after a preposition or as an object."""
    if phrase.determiner in ("du", "au", "aux"):
        return False
    before = phrase.before
    if before in ("(", "/") or (before == "«»" and phrase.determiner == "des"):
        return False
    if before in TIMES or before in ADVERBS:
        return not _object_of(tokens, phrase)
    if before in _CLAUSE_OPENERS:
        return True
    if before.isdigit():
        return True
    return before.endswith("ment") and phrase.first > 0


def _object_of(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a name after an adverb is the object of a relative's verb: "celle qui imitait alors X"."""
    return (
        phrase.first > 2
        and tokens[phrase.first - 2].kind is Kind.WORD
        and tokens[phrase.first - 3].low == "qui"
    )


def _in_closed_relative(tokens: Sequence[Token], phrase: Phrase, verb: int) -> bool:
    """Whether a phrase belongs to a relative clause that is over: "X, dont le téléphone sonne, a parlé"."""
    if verb <= phrase.last or tokens[verb].text != "," or phrase.first < 2:
        return False
    if phrase.before in ("dont", "où") and any(
        f.mood == "indicative" for t in tokens[phrase.last : verb] for f in FORMS.get(t.low, ())
    ):
        return True  # "X, chef de la liste dont l'absence a troublé la ville, a parlé"
    return phrase.before in ("dont", "que", "qu'", "où") and tokens[phrase.first - 2].text == ","


def _listed(carrier: Carrier, k: int) -> bool:
    """Whether a name is one of several that a comma closes: "face à A, B et C, il réagit"."""
    phrases, tokens = carrier.phrases, carrier.tokens
    joined = False
    while k + 1 < len(phrases) and phrases[k + 1].kind is PhraseKind.NAME is phrases[k].kind and (
        phrases[k + 1].first == phrases[k].last + 1 and tokens[phrases[k].last].text in (",", "et")
    ):  # fmt: skip
        k += 1
    end = phrases[k].last
    while k and phrases[k - 1].kind is PhraseKind.NAME is phrases[k].kind and (
        phrases[k].first == phrases[k - 1].last + 1 and phrases[k].before in (",", "et")
    ):  # fmt: skip
        joined = joined or phrases[k].before == "et"
        k -= 1
    return joined and end < len(tokens) and tokens[end].text == ","


def stands_as_subject(carrier: Carrier, k: int) -> bool:
    """Whether a phrase stands as a subject; of two that are apposed, the first one shows it."""
    first = min([k, *(d for d, n in carrier.appositions.items() if n == k)])
    phrase = carrier.phrases[min(first, carrier.appositions.get(k, first))]
    voice = phrase.first - (1 if phrase.determiner in CONTRACTED else 2)
    if voice > 1 and carrier.tokens[voice].low in ("voix", "bouche", "intermédiaire", "entremise"):
        return True  # "L'ONU, par la voix de son directeur, Jean Roy, a déploré": he spoke
    apposed = k in carrier.appositions or k in carrier.appositions.values()
    if apposed and any(g.last == phrase.first and g.finite and g.allows("incise") for g in carrier.verbs):
        return True  # "a précisé la ministre, Jeanne Roy."
    return bare(phrase, carrier.tokens)


def subject_before(carrier: Carrier, group: VerbGroup, *, lowest: int = 0) -> Phrase | None:
    """The subject that stands before its verb, however far: "Jeanne Roy, qui …, a déclaré"."""
    tokens = carrier.tokens
    if tokens[group.first].low in _NOBODY:
        return None  # "il faut rappeler que": nobody in particular
    at = group.first - 1
    while at >= lowest and tokens[at].kind is Kind.WORD and (
        tokens[at].low in _BEFORE_VERB or tokens[at].low.endswith("ment")
    ):  # fmt: skip
        at -= 1
    if at >= lowest and tokens[at].low in ("qui", "lequel", "laquelle"):
        return _antecedent(carrier, at, group.number)
    coordinated = at >= lowest and tokens[at].low in ("et", "puis", "mais", "ou")
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last > group.first or phrase.first < lowest:
            continue
        if not stands_as_subject(carrier, k) or _in_closed_relative(tokens, phrase, at):
            continue
        named_pair = phrase.kind is PhraseKind.NAME and group.number == "p"
        if phrase.number != group.number and not named_pair:
            continue
        if phrase.number == "s" and group.number == "p" and not _joined(carrier, k):
            continue
        if group.number == "s" and _listed(carrier, k):
            continue
        if k in carrier.appositions and carrier.appositions[k] < k:
            continue
        if phrase.kind is PhraseKind.DESCRIPTION and not phrase.determiner and phrase.first:
            continue
        if _parted(tokens, phrase.last, group.first, coordinated):
            continue
        return whole(carrier, k)
    return None


def _joined(carrier: Carrier, k: int) -> bool:
    """Whether the phrase is the second of two that share a plural verb: "A et B ont dit"."""
    return k > 0 and carrier.phrases[k].before == "et"


def whole(carrier: Carrier, k: int) -> Phrase:
    """The phrase, or the name that it is apposed to."""
    other = carrier.appositions.get(k)
    return carrier.phrases[k] if other is None else carrier.phrases[other]


def _parted(tokens: Sequence[Token], start: int, end: int, coordinated: bool) -> bool:
    """Whether a clause boundary lies between a subject and its verb."""
    depth_que = False
    if tokens[end - 1].text == "," and start < end and tokens[start].text == ",":
        coordinated = True  # "le rapport, que nous avons lu, pointe": the relative clause is over
    for j in range(start, end):
        token = tokens[j]
        if token.text in (";", ":") or token.text in _BREAKS:
            return True
        if token.kind is Kind.QUOTE and j == start:
            return True
        if token.low in _THAT and not coordinated:
            depth_que = True
    return depth_que


def _antecedent(carrier: Carrier, qui: int, number: str) -> Phrase | None:
    """The phrase that "qui" stands for: the one that ends just before it, of its verb's number."""
    end = qui
    if qui > 1 and carrier.tokens[qui - 1].low in ("et", "mais", "ou"):
        # "des élus mécontents du texte et qui promettent …"
        for k in range(len(carrier.phrases) - 1, -1, -1):
            phrase = carrier.phrases[k]
            if phrase.first < qui and phrase.number == number and phrase.kind is not PhraseKind.PRONOUN:
                return whole(carrier, k)
        return None
    if end and carrier.tokens[end - 1].text == ",":
        end -= 1
    if end > 1 and carrier.tokens[end - 1].low in OPENERS and carrier.tokens[end - 2].kind is Kind.NUMBER:
        end -= 2  # "un article paru dans le Courrier lundi 3 mai, qui rappelle"
    if end > 1 and carrier.tokens[end - 1].low in TIMES:
        end -= 1
    if end and carrier.tokens[end - 1].text == ")":
        end = next((j for j in range(end - 1, max(-1, end - 12), -1) if carrier.tokens[j].text == "("), end)
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last == end or (phrase.first < end < phrase.last):
            if (
                k
                and end < qui
                and phrase.kind is PhraseKind.NAME
                and phrase.noun is None
                and phrase.before in _PLACED
            ):
                end = carrier.phrases[k - 1].last  # "Paul Roy, coordinateur | à Brume, qui …"
                continue
            if k and phrase.last == end and _complement_of_another_number(carrier, k, number):
                end = carrier.phrases[k - 1].last  # "un membre du conseil | des anciens | qui annonce"
                continue
            if k and _apposed_post(carrier, k):
                return whole(carrier, k - 1)  # "la viticultrice, également présidente de la cave, qui"
            if (phrase.number, number) == ("s", "p") and end < qui and not _joined(carrier, k):
                return None  # "des accords avec le Chili, qui ont permis …"
            return whole(carrier, k)
        if phrase.last < end - 6:
            break
    return None


def _apposed_post(carrier: Carrier, k: int) -> bool:
    """Whether a post without an article goes on who is described before it."""
    phrase, described = carrier.phrases[k], carrier.phrases[k - 1]
    between = carrier.tokens[described.last : phrase.first]
    return (
        phrase.kind is PhraseKind.DESCRIPTION is described.kind
        and not phrase.determiner
        and 0 < len(between) < 3
        and between[0].text == ","
        and (len(between) == 1 or between[1].low in BEFORE_POST)
    )


def _complement_of_another_number(carrier: Carrier, k: int, number: str) -> bool:
    """Whether a phrase is the complement of the one before it, and can't be the verb's subject."""
    phrase, outer = carrier.phrases[k], carrier.phrases[k - 1]
    return (
        phrase.kind is PhraseKind.DESCRIPTION
        and phrase.number != number == outer.number
        and outer.kind is not PhraseKind.PRONOUN
        and (
            (phrase.first == outer.last and phrase.determiner in CONTRACTED)
            or (phrase.first == outer.last + 1 and carrier.tokens[outer.last].low in ("de", "d'"))
        )
    )


def subject_after(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The inverted subject: "a annoncé mardi à la presse | Jeanne Roy"."""
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first < group.last:
            continue
        if phrase.first - group.last > 22:
            break
        if phrase.kind is PhraseKind.PRONOUN and phrase.before in PREPOSITIONS:
            continue  # "résume quant à elle Jeanne Roy"
        if phrase.kind is PhraseKind.PRONOUN and not phrase.head.startswith(("celui", "celle", "ceux")):
            break
        between = tokens[group.last : phrase.first]
        if len(between) == 1 and between[0].kind is Kind.QUOTE:
            between = ()  # « … », décline « avec regret » le préfet
        if any(
            t.text in _BREAKS
            or t.kind is Kind.QUOTE
            or t.low in ("qui", "que", "qu'", "dont", "où")
            or t.text == ":"
            for t in between
        ):
            break
        before = phrase.before
        if (
            before == ","
            and between
            and between[0].low in _OBJECT_ARTICLES
            and not any(t.low in TIMES or t.kind is Kind.NUMBER for t in between)
        ):
            break  # "raconte l'ennui, la pluie": objects
        if before == "et" and phrase.determiner and between and between[0].low in DETERMINERS:
            break  # ", a exprimé son soutien aux blessés et | leurs parents"
        if phrase.determiner in ("du", "au", "aux") or before in PREPOSITIONS or before in CONTRACTED:
            continue
        if phrase.kind is PhraseKind.NAME and _names_addressee(carrier, k):
            continue
        if before not in ("", ",", "et", ")", "-t-il") and before in CLITICS:
            continue
        if phrase.kind is PhraseKind.DESCRIPTION and not phrase.determiner:
            continue
        parted = phrase.first > group.last and tokens[phrase.first - 1].kind is Kind.WORD
        if phrase.determiner == "des" and parted and not (
            before in ADVERBS or before in TIMES or before.endswith("ment") or phrase.first == group.last
        ):  # fmt: skip
            continue
        if (
            phrase.kind is PhraseKind.DESCRIPTION
            and phrase.noun is not None
            and phrase.noun.kind == "document"
            and phrase.determiner in ("un", "une", "ce", "cette", "son", "sa")
            and phrase.first > group.last
        ):
            continue
        # After a comma it is the subject only if nothing else came before: "a déclaré, hier, X".
        if phrase.kind is PhraseKind.PRONOUN and k + 1 < len(carrier.phrases):
            named = carrier.phrases[k + 1]
            if named.first == phrase.last + 1 and tokens[phrase.last].text == "," and _names_person(named):
                return named  # "a raconté ce dernier, Paul Roy,"
        return whole(carrier, k)
    return None


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
        and all(t.kind is Kind.WORD and t.low not in FUNCTION_WORDS for t in between)
        and name.noun is None
        and not is_first_name(name.head.split()[0])
    )


def _inversion(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether the verb begins an incise: after a comma, a mark or the quotation itself."""
    tokens = carrier.tokens
    at = group.first - 1
    while (
        at >= 0
        and tokens[at].kind is Kind.WORD
        and (tokens[at].low in CLITICS or tokens[at].low in ADVERBS or tokens[at].low.endswith("ment"))
    ):
        at -= 1
    if at < 0:
        return True
    token = tokens[at]
    return (
        token.kind is Kind.QUOTE
        or token.text in (",", ")", "!", "?", "…", "]", "—", "–", "-", "...")
        or token.low in ("comme", "ainsi", "et", "où", "que", "qu'")
    )


def incise_subject(carrier: Carrier, group: VerbGroup) -> tuple[Phrase | None, str] | None:
    """The subject of an incise, as a phrase or a clitic; ``None`` where the verb begins no incise."""
    tokens = carrier.tokens
    after_de = group.first > 1 and tokens[group.first - 1].low == "de"
    if after_de and group.mood == "infinitive" and group.allows("incise") and (
        tokens[group.first - 2].text == "," or tokens[group.first - 2].kind is Kind.QUOTE
    ):  # fmt: skip
        # « … », de renchérir Jeanne Roy
        follower = next(
            (
                k
                for k, p in enumerate(carrier.phrases)
                if p.first == group.last and p.kind is not PhraseKind.PRONOUN
            ),
            None,
        )
        return (whole(carrier, follower), "") if follower is not None else None
    if not group.finite or group.person != 3:
        return None
    if group.clitic:
        return None, group.clitic
    if group.verb is None:
        named = next(
            (
                k
                for k, p in enumerate(carrier.phrases)
                if p.first == group.last
                and (
                    p.kind is PhraseKind.NAME
                    or (p.determiner and p.noun is not None and p.noun.kind != "thing")
                )
            ),
            None,
        )
        return (whole(carrier, named), "") if named is not None else None
    if not group.allows("incise") or group.passive:
        return None
    if not _inversion(carrier, group):
        return None
    if group.allows("weak") and group.first and tokens[group.first - 1].low in ("ne", "n'"):
        return None  # « Le Colonel » n'a pas fait son service
    after = subject_after(carrier, group)
    if after is None:
        return None
    if after.number != group.number and not (group.number == "p" and after.kind is PhraseKind.NAME):
        return None
    return after, ""


def attribute(carrier: Carrier) -> dict[int, Attribution]:
    """The sources of the quotations in a carrier, by quotation index."""
    tokens = carrier.tokens
    found: dict[int, Attribution] = {}
    for position, token in enumerate(tokens):
        if token.kind is Kind.QUOTE:
            attribution = _source_of(carrier, position)
            if attribution is not None:
                found[token.quote] = attribution
    return found


def _source_of(carrier: Carrier, q: int) -> Attribution | None:
    attribution = _first_source(carrier, q)
    if (
        attribution is not None
        and attribution.rule == "fragment"
        and carrier.tokens[0].low in ("selon", "d'")
        and not any(
            attribution.cue == (g.first, g.last)
            and (
                g.allows("strong")
                or (
                    g.verb is not None
                    and g.verb.head in _CRIES
                    and g.last == q
                    and attribution.phrase is not None
                    and attribution.phrase.kind is not PhraseKind.PRONOUN
                )
                or (g.allows("qualify") and carrier.tokens[q - 1].low in ("de", "d'"))
            )
            for g in carrier.verbs
        )
    ):
        # "Selon la police, le suspect se trouvait dans « … »"
        return _nominal(carrier, q) or attribution
    if (
        attribution is not None
        and attribution.rule in ("fragment", "that")
        and (_is_thing(attribution.phrase) or attribution.lemma in _SHOWS)
    ):
        # "Le test montre que P « … », a souligné X": the thing only shows, somebody says so
        for rule in (_incise, _nominal):
            other = rule(carrier, q)
            if other is not None:
                return other
    return attribution


def _is_thing(phrase: Phrase | None) -> bool:
    return (
        phrase is not None
        and phrase.kind is PhraseKind.DESCRIPTION
        and phrase.noun is not None
        and phrase.noun.kind in ("document", "thing")
    )


def _first_source(carrier: Carrier, q: int) -> Attribution | None:
    for rule in (
        _close_nominal,
        _words_before_colon,
        _for_whom,
        _as_they_say,
        _apposed_fragment,
        _close_passive,
        _elided,
        _close_frame,
        _convinced,
        _incise,
        _any_verb_incise,
        _name_then_verb,
        _nominal,
        _frame,
        _participle,
        _speech_noun,
        _passive,
        _colon,
        _as_for,
        _name_follows,
        _label,
    ):
        attribution = rule(carrier, q)
        if attribution is not None:
            return attribution
    return None


def _pair(carrier: Carrier, phrase: Phrase) -> Phrase:
    """ "Jeanne Roy et Paul Roy ont dit": the two names as one source."""
    if phrase.kind is not PhraseKind.NAME or phrase.number == "p" or phrase.name is None:
        return phrase
    for other in carrier.phrases:
        if other.kind is not PhraseKind.NAME or other.name is None or other is phrase:
            continue
        first, second = (other, phrase) if other.first < phrase.first else (phrase, other)
        if first.last + 1 == second.first and carrier.tokens[first.last].low == "et":
            return replace(first, last=second.last, name=None, post=None, number="p", gender=None)
    return phrase


def _found(
    carrier: Carrier,
    rule: str,
    group: VerbGroup,
    phrase: Phrase | None,
    pronoun: str = "",
    *,
    weak: bool = False,
) -> Attribution:
    if phrase is not None and group.number == "p":
        phrase = _pair(carrier, phrase)
    if pronoun == "on" or (phrase is not None and phrase.kind is PhraseKind.PRONOUN and phrase.head == "on"):
        meant = those_at(carrier, group, phrase)
        if meant is not None:
            phrase, pronoun = meant, ""
    return Attribution(
        rule,
        phrase,
        pronoun,
        (group.first, group.last),
        group.verb.lemma if group.verb else "",
        weak,
        group.gender if not group.passive and group.number == "s" else "",
    )


_AT = frozenset({"à", "en", "dans", "chez", "au", "aux", "côté", "place", "rue", "quai", "sein"})
_OF = frozenset({"de", "du", "des", "d'"})
_SOURCES = frozenset({"source", "sources"})
_RUMOUR = word_class("places_of_rumour")


def those_at(carrier: Carrier, group: VerbGroup, subject: Phrase | None) -> Phrase | None:
    """Who "on" are: "explique-t-on au ministère de X", "du côté de la mairie, on se veut serein"."""
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.kind is PhraseKind.DESCRIPTION and phrase.head in _SOURCES:
            return phrase  # "De source policière, on précise que"
        if phrase.kind is PhraseKind.PRONOUN or (
            phrase.noun is not None
            and (phrase.noun.kind not in ("organization", "group") or phrase.head in _RUMOUR)
        ):
            continue
        if (
            phrase.noun is None
            and not phrase.determiner
            and phrase.before not in ("à", "chez", "place", "quai")
            and not (phrase.first > 1 and tokens[phrase.first - 2].low == "côté")
        ):
            continue
        at = phrase.first - (phrase.determiner not in ("au", "aux", "du", "des"))
        where = tokens[at].low if at >= 0 else ""
        if where in _OF and at:
            where = tokens[at - 1].low
        if where not in _AT:
            continue
        after = group.clitic and 0 <= phrase.first - group.last <= 4
        before = (
            subject is not None
            and phrase.first <= 4
            and phrase.last < subject.first <= phrase.last + 2
            and tokens[phrase.last].text == ","
        )
        if after or before:
            return whole(carrier, k)
    return None


def _read_in(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Where "on" read or heard it: "peut-on lire dans le rapport", "on lit sur l'affiche que"."""
    if group.verb is None or group.verb.head not in ("lire", "entendre", "voir"):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= group.last and phrase.before in ("dans", "sur"):
            return whole(carrier, k)
    return None


def _incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », a déclaré mardi Jeanne Roy. / P « … » P, a-t-elle dit."""
    tokens = carrier.tokens
    for group in carrier.verbs:
        if group.first <= q:
            continue
        between = tokens[q + 1 : group.first]
        if any(t.text in _BREAKS and j > 0 for j, t in enumerate(between)):
            break
        if group.clitic == "on":
            where = _read_in(carrier, group)
            if where is not None:
                return _found(carrier, "read_in", group, where)
        subject = incise_subject(carrier, group)
        if subject is None:
            continue
        adjacent = len(between) <= 1 or all(
            t.kind is not Kind.WORD or t.low in ADVERBS or t.low.endswith("ment") or t.low in CLITICS
            for t in between
        )
        if not adjacent and group.verb is None:
            continue
        if not adjacent and tokens[group.first - 1].low in ("que", "qu'", "où"):
            continue
        if not adjacent and group.clitic and tokens[group.first - 1].kind is Kind.WORD:
            continue  # a question: "la crise va-t-elle … ?"
        if (
            any(
                t.low in _THAT and tokens[q + 1 + j - 1].kind is not Kind.QUOTE for j, t in enumerate(between)
            )
            and not adjacent
            and group.clitic == ""
            and tokens[group.first - 1].text != ","
        ):
            continue
        phrase, pronoun = subject
        if (
            not between
            and phrase is not None
            and phrase.first - group.last > 3
            and not group.allows("strong")
        ):
            continue  # « Les Vagues » commence par …
        return _found(carrier, "incise", group, phrase, pronoun)
    # the incise stands before: "A, a dit X, « … »"
    for group in reversed(carrier.verbs):
        if group.last > q:
            continue
        if group.first and tokens[group.first - 1].text == "," and group.finite:
            subject = incise_subject(carrier, group)
            if subject is not None and (group.verb is None or group.allows("incise")):
                phrase, pronoun = subject
                if phrase is not None and phrase.last > q:
                    break  # the marks stand inside who speaks: "un porte-parole des « … », Jean Roy"
                between = tokens[(phrase.last if phrase else group.last) : q]
                if any(t.text in _BREAKS for t in between):
                    break
                closed = any(t.text in (",", ":") for t in between[:5])
                if not between or closed or tokens[group.last].text in (",", ":"):
                    return _found(carrier, "incise_before", group, phrase, pronoun)
        break
    return None


def _any_verb_incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », n'hésite pas à dire Jeanne Roy. / « … », l'interrompt le juge. — whatever the verb.

    Only small words and a verb may part the comma from the source, which a mark has to close.
    """
    tokens = carrier.tokens
    at = q + 2
    if (
        at >= len(tokens)
        or tokens[q + 1].text != ","
        or tokens[at].kind is not Kind.WORD
        or tokens[at].capital
    ):
        return None
    low = tokens[at].low
    if low not in _INCISE_OPENERS and (low in FUNCTION_WORDS or noun(low)):
        return None
    if low == "en" and at + 1 < len(tokens) and tokens[at + 1].low.endswith("ant"):
        return None  # « … », en rencontrant Jeanne Roy
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first <= at:
            continue
        if phrase.before in PREPOSITIONS | CONTRACTED and tokens[phrase.first - 2].low not in FORMS:
            return None  # « … », drame de Jeanne Roy
        between = tokens[at : phrase.first]
        person = phrase.kind is PhraseKind.NAME and (not phrase.determiner or phrase.noun is not None)
        described = phrase.determiner in _DEFINITE and phrase.noun is not None and phrase.noun.kind in _PEOPLE
        closed = phrase.last >= len(tokens) or tokens[phrase.last].kind is not Kind.WORD
        plain = all(t.kind is Kind.WORD and not t.capital and t.low not in _NO_INCISE for t in between)
        if not (person or described) or not closed or not plain or len(between) > 6:
            return None
        verb = tokens[phrase.first - 1].low
        if noun(verb) and verb not in FORMS:
            return None
        return Attribution("incise_any", whole(carrier, k), "", (at, phrase.first), verb)
    return None


def _name_then_verb(carrier: Carrier, q: int) -> Attribution | None:
    """« … », Jeanne Roy déclare. / « … » : c'est ce qu'a déclaré Jeanne Roy."""
    tokens = carrier.tokens
    if q <= 1 and q + 1 < len(tokens) and tokens[q + 1].text in (",", ".", "–", "—", ":"):
        for group in carrier.verbs:
            if (
                group.first <= q + 1
                or not group.finite
                or group.verb is None
                or not group.allows("incise", "strong")
            ):
                continue
            if any(t.kind is Kind.QUOTE for t in tokens[q + 1 : group.last + 1]) or group.first - q > 25:
                break
            following = tokens[group.last] if group.last < len(tokens) else None
            if following is not None and (following.low in _THAT or following.text == ":"):
                break
            if group.passive:
                continue
            subject = subject_before(carrier, group, lowest=q + 1)
            if subject is not None and not any(t.low in _THAT for t in tokens[q + 1 : group.first]):
                return _found(carrier, "name_verb", group, subject)
            if tokens[group.first - 1].low in ("qu'", "que") and any(
                t.low == "ce" for t in tokens[q + 1 : group.first]
            ):
                after = subject_after(carrier, group)
                if after is not None:
                    return _found(carrier, "cleft", group, after)
            break
    return None


def _convinced(carrier: Carrier, q: int) -> Attribution | None:
    """X est persuadé que « … ». / X se dit convaincu que P « … »"""
    tokens = carrier.tokens
    for at in range(q - 1, 1, -1):
        if tokens[at].text in _BREAKS or tokens[at].kind is Kind.QUOTE:
            return None
        if tokens[at].low not in _THAT or tokens[at - 1].low not in _CONVICTION:
            continue
        verb = at - 2
        while verb > 0 and (
            tokens[verb].low in ADVERBS or tokens[verb].low in ("lui", "elle", "aussi", "eux")
        ):
            verb -= 1
        if tokens[verb].low not in _BEING:
            return None
        number = "p" if tokens[verb].low in ("sont", "étaient", "restent", "disent") else "s"
        group = VerbGroup(verb, at, None, "indicative", number)
        subject = subject_before(carrier, group)
        return Attribution("that", subject, "", (verb, at), "être convaincu") if subject is not None else None
    return None


def _close_frame(carrier: Carrier, q: int) -> Attribution | None:
    """The verb just before the marks outranks an incise after them: X a qualifié Y de « … », dit Z."""
    return _framed(carrier, q, nearest=True)


def _frame(carrier: Carrier, q: int) -> Attribution | None:
    """X affirme que P « … » P. / X dénonce « … ». / X ajoute : « … »"""
    return _framed(carrier, q, nearest=False)


def _told_by_earlier(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether the clause of this verb hangs on an earlier verb of saying: "X a dit que P"."""
    return any(
        other.finite
        and other.last < group.first
        and other.allows("que")
        and carrier.tokens[other.last].low in _THAT
        for other in carrier.verbs
    )


def _inverted_after_as(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Comme le déplore X, ainsi que le note X"""
    tokens = carrier.tokens
    at = group.first - 1
    while at > 0 and tokens[at].low in CLITICS:
        at -= 1
    as_said = at >= 0 and tokens[at].low == "comme"
    as_said = as_said or (at > 0 and tokens[at].low in _THAT and tokens[at - 1].low == "ainsi")
    return subject_after(carrier, group) if as_said else None


def _framed(carrier: Carrier, q: int, *, nearest: bool) -> Attribution | None:
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q:
            continue
        if group.verb is None and not group.clitic:
            continue
        between = tokens[group.last : q]
        if any(t.text in _BREAKS for t in between):
            return None
        gap = len(between)
        colon = any(t.text == ":" for t in between)
        that = any(t.low in _THAT or t.low in _ASKED for t in between)
        if nearest:
            if (
                gap > 4
                or colon
                or tokens[q - 1].text == ","
                or group.clitic
                or (group.finite and incise_subject(carrier, group) is not None and not gap)
            ):
                return None
            if _another_speaker_follows(carrier, q) and not (
                group.allows("qualify", "fragment", "que") and (gap <= 2 or that)
            ):
                return None
        if not group.finite or group.passive:
            if group.passive and not nearest:
                continue
            if not group.finite and group.mood != "past_participle":
                return None if nearest else _participle(carrier, q)
            continue
        if group.person != 3:
            continue
        if colon and tokens[q - 1].text == "(" and not group.allows("strong"):
            continue  # "ateliers : débats (« … »)"
        if colon and not group.allows("strong") and _in_relative(tokens, group.first):
            continue  # "avec ce sourire qui le caractérise : « … »"
        if not _links(group, between, colon, that):
            if nearest:
                return None
            inverted = _inverted_after_as(carrier, group)
            if inverted is not None and group.first < _OPENING and tokens[q - 1].text == ",":
                return _found(carrier, "as_said", group, inverted)  # "Comme le note X, « … »"
            continue
        if group.clitic:
            return _found(carrier, "frame", group, None, group.clitic)
        subject = _inverted_after_as(carrier, group) or subject_before(carrier, group)
        if (
            subject is None
            and group.first
            and tokens[group.first - 1].low in _THAT | {"dont", "où", "comme", "ce"}
        ):
            subject = subject_after(carrier, group)
        if (
            colon
            and _is_thing(subject)
            and subject is not None
            and subject.before in ("dont", "où", "que", "qu'")
        ):
            continue  # "dans le café dont le nom répond à sa vie : « … »"
        if _is_thing(subject) and _told_by_earlier(carrier, group):
            continue  # "X a indiqué que les négociations ont montré « … »"
        if subject is None:
            subject = _shared(carrier, group)
        if subject is None and (group.first == 0 or colon) and not nearest:
            # "Explique Paul Roy : « … »"
            subject = subject_after(carrier, group)
        if subject is None:
            if nearest:
                return None
            continue
        if subject.kind is PhraseKind.PRONOUN and subject.head == "on":
            where = _read_in(carrier, group)
            if where is not None and 0 <= q - where.last <= 2:
                return _found(carrier, "read_in", group, where)
        rule = "colon" if colon else "that" if that else "fragment"
        if (rule == "fragment" and not group.allows("strong")) or (
            rule == "that" and _second_clause(between)
        ):
            outer = _outer(carrier, group)
            if outer is not None:
                return outer
        return _found(carrier, rule, group, subject)
    return None


def _second_clause(between: Sequence[Token]) -> bool:
    """Whether a second que-clause begins here: "X espère que Y comprend | cela et que | « … »"."""
    at = max(j for j, token in enumerate(between) if token.low in _THAT or token.low in _ASKED)
    return (
        at > 0
        and between[at - 1].low in ("et", "mais", "ou")
        and all(token.low not in _THAT for token in between[: at - 1])
    )


def _in_relative(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb at ``at`` follows its relative pronoun, with or without clitics between."""
    at -= 1
    while at >= 0 and tokens[at].low in _BEFORE_VERB:
        at -= 1
    return at >= 0 and tokens[at].low in ("qui", "dont", "où")


def _outer(carrier: Carrier, inner: VerbGroup) -> Attribution | None:
    """The verb of saying in whose que-clause a weaker verb stands: "X déplore que Y opte pour « … »"."""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if (
            group.last > inner.first
            or group.passive
            or not group.allows("que")
            or group.mood in ("infinitive", "past_participle")
        ):
            continue
        start = _after_insertion(tokens, group.last)
        opening = tokens[start : start + 3]
        at = next((j for j, t in enumerate(opening) if t.low in _THAT), -1)
        if at < 0 or any(t.kind is not Kind.WORD for t in opening[:at]):
            continue  # "X promet « … », que Y juge « … »"
        if any(t.kind is Kind.QUOTE or t.low in _CLAUSE_ENDS for t in tokens[start + 3 : inner.first]):
            continue  # its que-clause is over: "X assure que « … », quand Y se dit « … »"
        if group.clitic:
            return _found(carrier, "that", group, None, group.clitic)
        if not group.finite:
            source = source_of_participle(carrier, group)
            return source and replace(source, rule="that")
        subject = subject_before(carrier, group)
        if subject is not None:
            return _found(carrier, "that", group, subject)
    return None


_INSERTION = 8  # tokens between the commas of "ajoute, dans un courrier à ses voisins, que"


def _after_insertion(tokens: Sequence[Token], at: int) -> int:
    """Where a que-clause goes on after what stands between two commas; ``at`` where nothing does."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    for j in range(at + 1, min(at + _INSERTION, len(tokens) - 1)):
        if tokens[j].text == "," and tokens[j + 1].low in _THAT:
            return j + 1
        if tokens[j].kind not in (Kind.WORD, Kind.NUMBER):
            break
    return at


def _another_speaker_follows(carrier: Carrier, q: int) -> bool:
    return any(group.first > q and incise_subject(carrier, group) is not None for group in carrier.verbs)


def _links(group: VerbGroup, between: Sequence[Token], colon: bool, that: bool) -> bool:
    """Whether the verb's constructions allow what stands between it and the marks."""
    if group.verb is None:
        return colon
    if colon:
        return True
    if group.allows("qualify") and between and between[-1].low in ("de", "d'", "comme"):
        return True
    if that:
        return group.allows("que", "strong", "incise")
    if len(between) <= 1:
        return True
    return group.allows("fragment", "qualify", "infinitive", "de", "que", "strong")


def _shared(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The subject of an earlier verb that this one shares: "X a salué … et promis « … »"."""
    for other in reversed(carrier.verbs):
        if other.last > group.first or not other.finite or other.number != group.number:
            continue
        subject = incise_subject(carrier, other)
        if subject is not None and subject[0] is not None:
            return subject[0]
        found = subject_before(carrier, other)
        if found is not None:
            return found
    return None


def _participle(carrier: Carrier, q: int) -> Attribution | None:
    """…, évoquant « … » / pour dénoncer « … » / avant d'ajouter : « … »: whoever acts in the clause."""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q or group.finite:
            continue
        between = tokens[group.last : q]
        if any(t.text in _BREAKS for t in between) or group.verb is None:
            return None
        if group.mood == "past_participle":
            continue
        if len(between) > 12 and not any(t.text == ":" for t in between):
            continue
        source = source_of_participle(carrier, group)
        subject, pronoun = (source.phrase, source.pronoun) if source else (None, "")
        if subject is None and not pronoun:
            subject = _main_subject(carrier, len(tokens))
            if subject is not None and subject.first < q:
                subject = None
        if (
            subject is None
            and not pronoun
            and any(t.kind is Kind.WORD for t in tokens[: max(0, group.first - 2)])
        ):
            return None
        # "Et de conclure : « … »", "Avant d'ajouter : « … »": whoever spoke last
        return _found(carrier, "participle", group, subject, pronoun)
    return None


def source_of_participle(carrier: Carrier, group: VerbGroup) -> Attribution | None:
    """Who acts in a clause without a finite verb: "des passants saluant …", "…, a dit X, ajoutant …"."""
    tokens = carrier.tokens
    subject: Phrase | None = None
    pronoun = ""
    if group.mood == "present_participle" and group.first and tokens[group.first - 1].low != "en":
        subject = next(
            (
                p
                for p in carrier.phrases
                if p.last == group.first and p.kind is not PhraseKind.PRONOUN and p.before == ","
            ),
            None,
        )
    if (
        group.mood == "infinitive"
        and group.first > 1
        and tokens[group.first - 1].low in _PERCEIVED
        and tokens[group.first - 2].low in _OBJECT_AS_SUBJECT
    ):
        # "On les entend s'écrier : « … »"
        return _found(carrier, "participle", group, None, _OBJECT_AS_SUBJECT[tokens[group.first - 2].low])
    if group.mood == "infinitive" and group.first > 2:
        # "on entend un policier proférer : « … »"
        subject = next(
            (
                p
                for p in carrier.phrases
                if p.last == group.first and p.noun is not None and p.noun.kind in _PEOPLE
            ),
            None,
        )
    if group.mood == "infinitive" and group.first > 1 and tokens[group.first - 1].low in ("de", "d'"):
        # "Et la maire de répondre : « … »"
        subject = next((p for p in carrier.phrases if p.last == group.first - 1 and p.first <= 1), None)
    others = (
        [g for g in reversed(carrier.verbs) if g.last <= group.first and g.finite] if subject is None else []
    )
    if others:
        incise = incise_subject(carrier, others[0])
        subject, pronoun = incise if incise is not None else (subject_before(carrier, others[0]), "")
    if subject is None and not pronoun:
        for other in carrier.verbs:
            if other.first >= group.last and other.finite:
                incise = incise_subject(carrier, other)
                if incise is not None:
                    subject, pronoun = incise
                    break
    if subject is None and not pronoun:
        subject = _main_subject(carrier, group.first)
    return _found(carrier, "participle", group, subject, pronoun) if subject is not None or pronoun else None


def _text(carrier: Carrier, end: int) -> Phrase | None:
    """ "Le communiqué de X est bref :": a text speaks for itself."""
    for phrase in carrier.phrases:
        if phrase.first < end and phrase.noun is not None and phrase.noun.kind == "document":
            return phrase if bare(phrase, carrier.tokens) and phrase.determiner else None
    return None


def _topic(carrier: Carrier, end: int) -> Phrase | None:
    """ "Même son de cloche pour X :", "Même constat à la préfecture :", "Quant à X,", "Chez X :" """
    echoes = carrier.tokens[0].low in ("même", "idem")
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= end:
            break
        back = phrase.first - (1 if phrase.determiner in ("au", "aux") else 2)
        introduced = (
            phrase.before in ("pour", "chez")
            or (back >= 0 and carrier.tokens[back].low == "quant")
            or (echoes and (phrase.before in _PLACED or phrase.determiner in ("du", "au")))
        )
        speaks = phrase.noun is not None and phrase.noun.kind in _SPEAKING_KINDS
        if introduced and (speaks or phrase.kind is PhraseKind.NAME):
            return whole(carrier, k)
    return None


def _main_subject(carrier: Carrier, end: int) -> Phrase | None:
    """The first phrase that stands as a subject before ``end`` and can speak."""
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= end:
            break
        if not bare(phrase, carrier.tokens):
            continue
        if phrase.kind is PhraseKind.DESCRIPTION and phrase.determiner == "" and k not in carrier.appositions:
            continue
        if _is_thing(phrase):
            continue
        return whole(carrier, k)
    return None


def _as_they_say(carrier: Carrier, q: int) -> Attribution | None:
    """« … », comme le définissent certains experts / comme X le dit"""
    tokens = carrier.tokens
    at = q + 1
    while at < len(tokens) and (tokens[at].kind is Kind.QUOTE or tokens[at].low in (",", "ou", "et")):
        at += 1  # « A » ou « B », comme …
    if at + 3 < len(tokens) and tokens[at].low == "ainsi" and tokens[at + 1].low in _THAT:
        at += 1  # « … », ainsi que l'écrit X
    elif at + 2 >= len(tokens) or tokens[at].low != "comme":
        return None
    group = next((g for g in carrier.verbs if at < g.first <= at + 8 and g.finite), None)
    if group is None or group.verb is None:
        # a verb that no list knows, with the words as its object: "comme certains le définissent"
        k = next((k for k, p in enumerate(carrier.phrases) if p.first == at + 1), None)
        if k is not None and tokens[min(carrier.phrases[k].last, len(tokens) - 1)].low in (
            "le",
            "la",
            "l'",
            "les",
        ):
            return Attribution("as_said", whole(carrier, k), "", (at, at + 1), "comme")
        return None
    if group.clitic:
        return _found(carrier, "as_said", group, None, group.clitic)
    k = next(
        (
            k
            for k, p in enumerate(carrier.phrases)
            if p.first == at + 1 or (p.first == group.last and p.kind is not PhraseKind.PRONOUN)
        ),
        None,
    )
    if k is None:
        subject = subject_after(carrier, group)  # "comme le reconnaîtra elle-même X"
        return _found(carrier, "as_said", group, subject) if subject is not None else None
    return _found(carrier, "as_said", group, whole(carrier, k)) if k is not None else None


def _apposed_fragment(carrier: Carrier, q: int) -> Attribution | None:
    """La ministre, « furieuse », a claqué la porte."""
    tokens = carrier.tokens
    if q < 2 or q + 2 >= len(tokens) or tokens[q - 1].text != "," or tokens[q + 1].text != ",":
        return None
    verb = tokens[q + 2]
    if any(g.first == q + 2 and incise_subject(carrier, g) is not None for g in carrier.verbs):
        return None  # "Petit, « … », écrivent les auteurs"
    if verb.kind is not Kind.WORD or not (
        verb.low in CLITICS or any(f.person == 3 for f in FORMS.get(verb.low, ()))
    ):
        return None
    k = next(
        (
            k
            for k, p in enumerate(carrier.phrases)
            if p.last in (q - 1, q - 4)
            and bare(p, tokens)
            and not _is_thing(p)
            and (p.last == q - 1 or tokens[q - 2].low == "ans")  # "Bernadette, 52 ans, « … », parle"
        ),
        None,
    )
    return Attribution("apposed", whole(carrier, k)) if k is not None else None


def _for_whom(carrier: Carrier, q: int) -> Attribution | None:
    """Jeanne Roy, pour qui « … » / l'étude selon laquelle « … »"""
    tokens = carrier.tokens
    if q > 2 and tokens[q - 1].low == "qui" and tokens[q - 2].low in ("pour", "selon"):
        source = _antecedent(carrier, q - 2, "")
        if source is not None and not _is_thing(source):
            return Attribution("according", source, "", (q - 2, q), tokens[q - 2].low)
    return None


def _is_medium(phrase: Phrase) -> bool:
    """Whether it is a newspaper, an agency, a channel."""
    body = ORGANIZATIONS.get(fold(phrase.head)) if phrase.noun is None else None
    return phrase.head in _MEDIA or (body is not None and body.kind == "media")


def _close_nominal(carrier: Carrier, q: int) -> Attribution | None:
    """« … », selon X — right after the marks."""
    tokens = carrier.tokens
    if q and tokens[q - 1].text == ":" and any(g.last < q for g in carrier.verbs):
        return None  # "Elle lui a lancé : « … », selon le récit de X"
    if any(
        g.last == q
        and g.finite
        and not g.passive
        and g.verb is not None
        and (g.verb.head in _CRIES or (tokens[g.first].low in ("aurait", "auraient") and g.allows("strong")))
        for g in carrier.verbs
    ):
        return None  # "La victime a crié « … », selon des témoins"
    at = q + 1 + (q + 1 < len(tokens) and tokens[q + 1].text == ",")
    owned = (
        at + 2 < len(tokens) and tokens[at].low in ("selon", "dans") and tokens[at + 1].low in ("ses", "son")
    )
    if owned and any(t.low in _WORDING for t in tokens[at + 2 : at + 4]):
        # "Il a « fait le ménage », selon ses propres mots"
        subject = _main_subject(carrier, q)
        return Attribution("according", subject, "" if subject else "ses", (at, at + 2), "selon")
    if at < len(tokens) and tokens[at].low in ("selon", "dixit", "d'", "de", "foi", "dans", "pour", "à"):
        for k, phrase in enumerate(carrier.phrases):
            cue = nominal_cue(tokens, phrase) if phrase.first > at else None
            if cue is not None and cue[0] == at and cue[1] != "pour":
                if _is_medium(phrase) and (told := _framed(carrier, q, nearest=False)) is not None:
                    return told  # "Il a expliqué que « … », selon l'agence Tass": a medium passes it on
                return Attribution("according", whole(carrier, k), "", (at, phrase.first), cue[1])
        found = according_to_pronoun(tokens, q)
        if found is not None and found.cue is not None and found.cue[0] == at:
            return found
    return None


def _nominal(carrier: Carrier, q: int) -> Attribution | None:
    """Selon X, P « … » P. / « … », selon X. / Pour X, « … » / aux yeux de X / à en croire X"""
    tokens = carrier.tokens
    best = according_to_pronoun(tokens, q)
    if best is not None:
        return best
    for k, phrase in enumerate(carrier.phrases):
        at = phrase.first - 1
        if at < 0:
            continue
        cue = nominal_cue(tokens, phrase)
        if cue is None:
            continue
        first, lemma = cue
        if phrase.last <= q:
            between = tokens[phrase.last : q]
            if any(t.text in _BREAKS for t in between):
                continue
        else:
            between = tokens[q + 1 : first]
            if any(t.text in _BREAKS for t in between):
                continue
            nominal = len(between) == 1 and between[0].text == "," and not carrier.verbs and q < 5
            if (
                lemma == "pour"
                and not nominal
                and not (
                    q > 1 and tokens[0].low in ("c'", "ce") and tokens[1].low in _PRESENTS and not between
                )
            ):
                continue  # but "C'est un « immense gâchis » pour X"
        if phrase.first > q and q and tokens[q - 1].text == ":":
            continue  # "X a crié : « … », selon le récit de Y"
        if lemma == "pour" and not (
            all(t.low in ADVERBS or t.low == "voire" for t in tokens[:first])
            or tokens[first - 1].text in (",", ":")
            or first in (q + 1, q + 2)
            or tokens[first - 1].low in ("mais", "et", "car")
        ):
            continue
        if lemma == "pour" and (
            (
                phrase.kind is PhraseKind.DESCRIPTION
                and (phrase.noun is None or phrase.noun.kind == "document")
            )
            or (phrase.kind is PhraseKind.PRONOUN and first > 0)
        ):
            continue
        if (
            lemma == "pour"
            and phrase.last < len(tokens)
            and tokens[phrase.last].text not in (",", "(")
            and tokens[phrase.last].kind is not Kind.QUOTE
        ):
            continue
        source = whole(carrier, k)
        best = Attribution("according", source, "", (first, phrase.first), lemma)
        break
    return best


_TONIC = {"lui": "il", "elle": "elle", "eux": "ils", "elles": "elles"}


def according_to_pronoun(tokens: Sequence[Token], q: int) -> Attribution | None:
    """Selon elle, … / d'après lui / à ses yeux"""
    if (
        len(tokens) > 3
        and tokens[0].low in ("à", "a")
        and tokens[1].low in ("ses", "leurs")
        and tokens[2].low == "yeux"
        and q > 2
    ):
        return Attribution("according", None, "ses" if tokens[1].low == "ses" else "", (0, 3), "aux yeux de")
    for j in range(len(tokens) - 1):
        low = tokens[j].low
        if low in ("selon", "après", "pour") and tokens[j + 1].low in _TONIC:
            if low == "après" and (j == 0 or tokens[j - 1].low != "d'"):
                continue
            if low == "pour" and not (j == 0 and j + 2 < len(tokens) and tokens[j + 2].text == ","):
                continue
            if j + 2 < len(tokens) and tokens[j + 2].low.startswith("-"):
                continue
            first = j - (low == "après")
            between = tokens[min(q, j) : max(q, j)]
            if any(t.text in _BREAKS for t in between):
                continue
            return Attribution(
                "according",
                None,
                _TONIC[tokens[j + 1].low],
                (first, j + 2),
                "d'après" if low == "après" else low,
            )
    return None


def nominal_cue(tokens: Sequence[Token], phrase: Phrase) -> tuple[int, str] | None:
    """The nominal cue before a phrase: the index where it begins, and its lemma."""
    at = phrase.first - 1
    low = tokens[at].low
    if low in ("selon", "dixit") or (low == "suivant" and phrase.determiner in _DEFINITE):
        return at, low
    if low == "après" and at and tokens[at - 1].low == "d'":
        return at - 1, "d'après"
    if low == "pour":
        return at, "pour"
    if low == "croire" and at > 1 and tokens[at - 1].low == "en" and tokens[at - 2].low == "à":
        return at - 2, "à en croire"
    if low == "croit" and at > 2 and tokens[at - 1].low == "en" and tokens[at - 2].low == "on":
        return at - 2 - (tokens[at - 3].low in ("l'", "si")), "si l'on en croit"
    if low in ("entendre", "écouter") and at and tokens[at - 1].low == "à":
        return at - 1, f"à {low}"
    if low == "de" and phrase.head in _SOURCES and not phrase.determiner:
        return at, "de source"
    if low == "de" and phrase.head in _WORDING and phrase.determiner == "l'":
        return at, "selon"  # "De l'avis de X": the phrase is the wording, its owner is asked later
    contracted = phrase.determiner in ("du", "des")
    back = phrase.first - (0 if contracted else 1)
    if contracted or low in ("de", "d'", "du", "des"):
        noun_at = back - 1
        if noun_at > 0 and tokens[noun_at].low == "yeux" and tokens[noun_at - 1].low == "aux":
            return noun_at - 1, "aux yeux de"
        if noun_at and tokens[noun_at].low in ("foi", "parole") and tokens[noun_at - 1].text == ",":
            return noun_at, "foi de"  # « … », foi de X
        if noun_at > 1 and tokens[noun_at].low in ("même", "mêmes"):
            noun_at -= 1  # "de l'aveu même de X"
        if noun_at == 1 and tokens[0].low == "aux" and tokens[1].low in _WORDING:
            return 0, "selon"  # "Aux dires de X, …"
        if (
            noun_at > 1
            and tokens[noun_at].low in _WORDING
            and tokens[noun_at - 1].low in ("l'", "les", "la", "le", "propre", "propres", "au", "aux")
        ):
            start = noun_at - 2
            if tokens[start].low in ("de", "selon", "dans", "à", "par"):
                return start, "selon"
            if tokens[start].low == "reprendre" and start and tokens[start - 1].low in ("pour", "à"):
                return start - 1, "selon"
            if tokens[start].low == "après" and start and tokens[start - 1].low == "d'":
                return start - 1, "selon"
            if tokens[noun_at - 1].low in ("au", "aux"):
                return noun_at - 1, "selon"
    return None


def _words_before_colon(carrier: Carrier, q: int) -> Attribution | None:
    """…, s'attirant une réplique de X : « … »: the text's owner is found with it."""
    tokens = carrier.tokens
    if q < 3 or tokens[q - 1].text != ":":
        return None
    phrase = next((p for p in carrier.phrases if p.last == q - 1 and p.head in SPEECH_NOUNS), None)
    owned = phrase is not None and any(t.low in ("de", "d'", "du", "des") for t in tokens[phrase.first : q])
    if phrase is None or not owned:
        return None
    return Attribution("speech_noun", phrase, "", (phrase.first, phrase.first + 2), phrase.head)


def _speech_noun(carrier: Carrier, q: int) -> Attribution | None:
    """La réponse de X : « … » / le mot de X / ces propos de X"""
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.head in SPEECH_NOUNS and phrase.first == q + 2 and tokens[q + 1].low in _PRESENTS:
            return Attribution("speech_noun", phrase, "", (phrase.first, phrase.first + 2), phrase.head)
        if q == 0 and 3 < phrase.first < 14 and _told_by(carrier, phrase):
            return Attribution("speech_noun", whole(carrier, k), "", (phrase.first - 3, phrase.first), "par")
        contracted = phrase.determiner in ("du", "des")
        at = phrase.first - (1 if contracted else 2)
        if at < 0 or phrase.first < q < phrase.last:
            continue
        if not contracted and tokens[phrase.first - 1].low not in ("de", "d'", "du", "des"):
            continue
        if tokens[at].low == "propos" and at and tokens[at - 1].low in ("à", "a"):
            continue  # "Jeanne Roy à propos du budget : « … »"
        if tokens[at].low not in SPEECH_NOUNS and tokens[at].low not in _SPEAKING_PLURAL:
            # "la seule réponse possible | de X", "le cri du cœur | de X", "la mise en garde | de X"
            back = 1 if at and tokens[at - 1].kind is Kind.WORD and tokens[at - 1].low not in _INNER else 2
            if at < back or tokens[at - back].low not in SPEECH_NOUNS:
                continue
            at -= back
        if phrase.first > q:
            # « … » : le constat de X est sans appel
            lead = tokens[q + 1 : at]
            opens = lead and (lead[0].text in (":", ",", "–", "—") or lead[0].low in _PRESENTS)
            if opens and all(t.low in _LEAD for t in lead[1:]):
                return Attribution("speech_noun", whole(carrier, k), "", (at, at + 1), tokens[at].low)
            continue
        between = tokens[phrase.last : q]
        opening = (
            at <= 3
            or tokens[at - 1].low in ("selon", "d'", "par", "avec", "dans")
            or tokens[at - 2].low in ("selon", "par", "avec", "dans", "reprend")
        )
        if opening and (len(between) <= 3 or any(t.text == ":" for t in between[:6])):
            return Attribution("speech_noun", whole(carrier, k), "", (at, at + 1), tokens[at].low)
    return None


def _told_by(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether the phrase is whose words a noun names: "l'anecdote racontée par | Jeanne Roy"."""
    tokens = carrier.tokens
    at = phrase.first - 3
    return (
        phrase.before == "par"
        and at > 0
        and (tokens[at].low in SPEECH_NOUNS or tokens[at].low in _SPEAKING_PLURAL)
        and any(f.mood == "past_participle" for f in FORMS.get(tokens[at + 1].low, ()))
    )


def words_of(carrier: Carrier) -> Phrase | None:
    """Whose words the sentence before were: « … ». Ce sont les mots de X. / C'est par ces mots que X …"""
    tokens = carrier.tokens
    lead = [t.low for t in tokens[:6]]
    if lead[:3] in (["c'", "est", "par"], ["c'", "est", "en"], ["c'", "est", "avec"]) and lead[5:] == ["que"]:
        said = lead[4] in SPEECH_NOUNS or lead[4] in _SPEAKING_PLURAL
        k = next((k for k, phrase in enumerate(carrier.phrases) if phrase.first == 6), None)
        return whole(carrier, k) if said and k is not None else None
    for k, phrase in enumerate(carrier.phrases):
        at = phrase.first - (1 if phrase.determiner in ("du", "des") else 2)
        if phrase.first < 12 and _told_by(carrier, phrase):
            return whole(carrier, k)
        if at > 4:
            continue
        if (
            at > 1
            and (tokens[at].low in SPEECH_NOUNS or tokens[at].low in _SPEAKING_PLURAL)
            and (at + 1 == phrase.first or tokens[at + 1].low in ("de", "d'"))
            and tokens[0].low in ("c'", "ce", "tel", "telle", "tels", "telles", "voilà", "voici")
            and all(t.low in _LEAD or t.low in _PRESENTS for t in tokens[:at])
        ):
            return whole(carrier, k)
    return None


def _close_passive(carrier: Carrier, q: int) -> Attribution | None:
    """…, un résultat qualifié d'« inattendu » par X: the passive just before the marks."""
    group = next((g for g in reversed(carrier.verbs) if g.last <= q), None)
    if group is None or not group.passive or q - group.last > 3:
        return None
    return _passive(carrier, q)


def _passive(carrier: Carrier, q: int) -> Attribution | None:
    """Jugé « … » par X / qualifié de « … » par X / un projet « … », cité par X"""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q or not group.passive or group.verb is None:
            continue
        if any(t.text in _BREAKS for t in tokens[group.last : q]) or q - group.last > 10:
            return None
        for k, phrase in enumerate(carrier.phrases):
            if phrase.before == "par" and phrase.first > group.last and phrase.first - q < 8:
                if phrase.last <= q and (
                    q - phrase.last > 3 or any(t.text == "," for t in tokens[phrase.last : q])
                ):
                    continue
                between = tokens[min(q, phrase.first) + 1 : max(q, phrase.first)]
                if not any(t.text in _BREAKS for t in between):
                    return _found(carrier, "passive", group, _pair(carrier, whole(carrier, k)))
        return None
    return None


def _colon(carrier: Carrier, q: int) -> Attribution | None:
    """X n'en démord pas : « … » — no verb of saying; who acts in the sentence speaks."""
    tokens = carrier.tokens
    if q == 0 or tokens[q - 1].text != ":":
        return None
    if q <= 4 and tokens[0].low in ("son", "sa", "leur") and any(t.low in SPEECH_NOUNS for t in tokens[1:q]):
        return Attribution(
            "colon_alone", None, "", (0, q), tokens[q - 2].low, weak=True
        )  # "Sa réponse : « … »"
    subject = _main_subject(carrier, q) or _agent(carrier, q) or _topic(carrier, q) or _text(carrier, q)
    return Attribution("colon_alone", subject, "", (q - 1, q), ":", weak=True)


def _elided(carrier: Carrier, q: int) -> Attribution | None:
    """X évoque « … » et Y « … »: the verb of the first holds for the second."""
    tokens = carrier.tokens
    if not any(t.kind is Kind.QUOTE for t in tokens[:q]):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if (
            phrase.last == q
            and phrase.kind is PhraseKind.NAME
            and phrase.before in ("et", ",", "puis", "mais", ";")
        ):
            group = next((g for g in reversed(carrier.verbs) if g.last <= phrase.first and g.finite), None)
            return _found(carrier, "elided", group, whole(carrier, k)) if group is not None else None
    return None


def _agent(carrier: Carrier, end: int) -> Phrase | None:
    """ "Un message partagé par X :" """
    for k, phrase in enumerate(carrier.phrases):
        if phrase.before == "par" and 1 < phrase.first < end and not _is_thing(phrase):
            participle = carrier.tokens[
                phrase.first - 2 - (phrase.determiner in ("le", "la", "l'", "les"))
            ].low
            if participle.endswith(
                ("é", "ée", "és", "ées", "i", "is", "it", "ie", "ies", "u", "us", "ue", "ues")
            ):
                return whole(carrier, k)
    return None


def _as_for(carrier: Carrier, q: int) -> Attribution | None:
    """Quant à X, c'est « … »."""
    tokens = carrier.tokens
    if len(tokens) > 2 and tokens[0].low == "quant":
        topic = _topic(carrier, q)
        if topic is not None:
            return Attribution("as_for", topic, "", (0, topic.first), "quant à", weak=True)
    return None


def _label(carrier: Carrier, q: int) -> Attribution | None:
    """A name, with a post, an age, a town, that labels the words: "Jeanne, étudiante, 25 ans, Lyon « … »"."""
    tokens = carrier.tokens
    if q == 0 or q < len(tokens) - 2 or not carrier.phrases or any(g.first < q for g in carrier.verbs):
        return None
    first = carrier.phrases[0]
    if first.first or first.kind is not PhraseKind.NAME or first.determiner or first.name is None:
        return None
    if first.last != q and tokens[first.last].text != ",":
        return None
    known = all(t.kind is not Kind.WORD or t.capital or t.low not in FORMS for t in tokens[first.last : q])
    return Attribution("label", first, weak=True) if known else None


def _name_follows(carrier: Carrier, q: int) -> Attribution | None:
    """« … », Jeanne Roy, la maire, n'en revient pas."""
    tokens = carrier.tokens
    if q > 1 or q + 2 >= len(tokens) or tokens[q + 1].text != ",":
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first == q + 2 and phrase.kind is PhraseKind.NAME and not phrase.determiner:
            return Attribution("name_follows", whole(carrier, k))
    return None
