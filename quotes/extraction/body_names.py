"""How far the name of a body goes: "la Ligue de protection des oiseaux", "Parents en colère"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.adjectives import ADJECTIVAL, PRESENT_VERBS, is_adjective
from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    CLITICS,
    DEFINITE,
    DETERMINERS,
    FUNCTION_WORDS,
    PEOPLE,
    PLAIN_LINKS,
    Vocabulary,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token, spelt
from quotes.extraction.worded_names import EVERYBODY, OF_AN_OBJECT, aim_follows, opens_slogan, worded_name
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, ORGANIZATIONS, PLACES
from quotes.french.nouns import is_body, noun
from quotes.french.verbs import FORMS, VERBS, is_finite_form

_TAIL_LINKS = PLAIN_LINKS | {"à", "au", "aux", "en", "pour", "sans", "contre", "et"}
_LONGEST_TAIL = 6  # tokens
_AROUND = frozenset({"dans", "sur", "lors", "par", "qui", "ce", "mardi", "jeudi"})
_HEADS_OF_NAMES = word_class("heads_of_names")
_INSIDE_NAMES = PLAIN_LINKS | {"à", "au", "aux", "en", "pour", "sans", "contre"}
_BRANCHES = word_class("branches_of_unions")
_REACHES = word_class("reaches_of_bodies")
MADE_PUBLIC = word_class("made_public")
_NEVER_LAST = FUNCTION_WORDS | MADE_PUBLIC  # of a name: "le groupe Noxia | publié"
_NO_MEMBERS = FUNCTION_WORDS | PRESENT_VERBS
WITH_CHARGE = word_class("bodies_with_charge")
_AHEAD_OF_VERB = CLITICS | {"ne", "n'", "y", "en", "se", "s'"}
_OF_STATES = ("é", "ée", "és", "ées", "-même", "-mêmes")  # how somebody is, no part of a name


def body_run(tokens: Sequence[Token], at: int, words: Vocabulary) -> int:
    """The end of a body's name that begins at ``at``, with its adjectives and complements."""
    end = max(name_run(tokens, at, words), known_body_end(tokens, at), at + 1)
    if tokens[at - 1].low in DEFINITE and fold(spelt(tokens, at, end)) in PLACES:
        return end  # "la France | de centaines de communes"
    branch = branch_end(tokens, at, end)
    if branch > end:
        goes_on = tokens[at].low in _HEADS_OF_NAMES or tokens[branch - 1].low in _REACHES
        return _institution(tokens, branch, words) if goes_on else branch
    acronym = len(tokens[end - 1].text) > 1 and tokens[end - 1].text.isupper()
    while end < len(tokens) and not acronym and qualifies(tokens, end):
        end += 1
    if at > 1 and tokens[at - 1].capital and tokens[at - 1].low in DEFINITE and closes_name(tokens, end):
        end += 1  # "titre L'Argus | financier."
    known = ORGANIZATIONS.get(fold(spelt(tokens, at, end)))
    if known is not None and known.kind == "media":
        return end  # "a appris l'AFP | de source policière"
    return _institution(tokens, end, words)


def branch_end(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where a union's name ends with its branch, a body's with its reach; ``end`` if no such word follows.

    "la CGT | cheminots", "FO | santé"; "Amitié | internationale".
    """
    if end >= len(tokens) or tokens[end].start - tokens[end - 1].end != 1:
        return end
    if tokens[end].kind is NUMBER:
        return end + _is_chapter(tokens, at, end)
    if (
        end == at + 1
        and tokens[at].low in _HEADS_OF_NAMES
        and (tokens[end].low in _INSIDE_NAMES or _joins_thing(tokens, end))
    ):
        return _worded_body(tokens, end)
    body = ORGANIZATIONS.get(fold(spelt(tokens, at, end)))
    if body is not None:
        return end + (body.kind == "union" and tokens[end].low in _BRANCHES)
    reach = tokens[end].low in _REACHES and not is_first_name(tokens[at].text)
    alone = end == at + 1 and fold(tokens[at].text) not in PLACES and fold(tokens[at].text) not in DEMONYMS
    return end + (reach and alone)


def _joins_thing(tokens: Sequence[Token], at: int) -> bool:
    """Whether "et" joins a thing without an article, and nobody: "Terre | et mer", "Parents et élus"."""
    if at + 1 >= len(tokens) or tokens[at].low != "et":
        return False
    second = tokens[at + 1]
    # "Habitat et cadre de vie": one person would have an article
    somebody = any(n.number == "p" or n.kind not in PEOPLE for n in noun(second.low))
    return _is_plain_noun(tokens, at + 1) and not (second.capital or somebody)


def _is_chapter(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a number is a département or year of a body: "la FDSEA | 17", "le collectif Rives | 06"."""
    if len(tokens[end].text) not in (2, 4) or not tokens[end].text.isdigit():
        return False
    acronym = len(tokens[end - 1].text) > 2 and tokens[end - 1].text.isupper()
    called = at > 0 and any(n.kind in ("organization", "group") for n in noun(tokens[at - 1].low))
    called = called or tokens[at].low in _HEADS_OF_NAMES  # "Habitat 17"
    worded = end - at > 1 and not is_first_name(tokens[at].text)  # "Rives unies | 17"
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    closed = after is None or after.kind in (QUOTE, MARK) or acts_alone(tokens, end + 1)
    return (acronym or called or worded) and closed and (after is None or after.text not in ("%", "-", "–"))


def acts_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb of one stands at ``at``, with what leads up to it: "| dénonce", "| n'en veut pas"."""
    while at < len(tokens) and tokens[at].low in _AHEAD_OF_VERB:
        at += 1
    if at >= len(tokens):
        return False
    forms = FORMS.get(tokens[at].low, ())
    third = any(f.mood == "indicative" and f.person == 3 and f.number == "s" for f in forms)
    return third or tokens[at].low in PRESENT_VERBS


def _worded_body(tokens: Sequence[Token], end: int) -> int:
    """Where a name of plain words ends: "Droit | au toit", "Terres | de la Vère", "Parents | en colère"."""
    at = complement_noun(tokens, end + 1)
    if at >= len(tokens) or tokens[at].kind is not WORD or tokens[at].low in FUNCTION_WORDS:
        return end
    at += 1
    while at < len(tokens) and (qualifies(tokens, at) or _is_linked_thing(tokens, at)):
        at += 1 + (tokens[at].low in ("de", "d'"))
    return at


def _is_linked_thing(tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing without an article goes on what a name joins: "Terre et cadre | de vie"."""
    return tokens[at].low in ("de", "d'") and _is_plain_noun(tokens, at + 1) and not tokens[at + 1].capital


def plain_name_end(tokens: Sequence[Token], at: int) -> int:
    """Where a body's name of plain words ends that has no article: "selon |Parents en colère|"; 0 for none.

    At the head of a sentence only one that acts as one body shows it: "Parents en colère | dénonce".
    """
    token = tokens[at]
    if at + 1 >= len(tokens) or tokens[at + 1].kind is not WORD or not _opens_plain_name(tokens, at):
        return 0
    end = worded_name(tokens, at) if opens_slogan(tokens, at) else _plain_tail(tokens, at + 1)
    if end == at + 1 or is_first_name(token.text):
        return 0
    end += end < len(tokens) and tokens[end].kind is NUMBER and _is_chapter(tokens, at, end)
    acts = end < len(tokens) and _says_alone(tokens, end)
    inside = at > 0 and tokens[at - 1].kind is WORD and tokens[at - 1].low not in DETERMINERS
    closed = end == len(tokens) or tokens[end].kind in (MARK, QUOTE) or tokens[end].low in _AROUND
    apposed = at > 1 and tokens[at - 1].text == "," and is_body(tokens[at - 2].low)
    return end if acts or ((inside or apposed) and closed) else 0


def _opens_plain_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body's name may begin so: "Parents en colère", "Droit au toit", "Sauvons la plage"."""
    low = tokens[at].low
    if low in _HEADS_OF_NAMES:
        return True
    kinds = [n.number == "p" and n.kind in PEOPLE for n in noun(low)]
    return (bool(kinds) and all(kinds)) or opens_slogan(tokens, at) or _opens_worded(tokens, at)


def _opens_worded(tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing without an article opens a sentence: "Sables atlantiques | répond"."""
    low, following = tokens[at].low, tokens[at + 1]
    if at or following.capital or low in FUNCTION_WORDS or noun(low) or is_finite_form(low):
        return False
    linked = following.low in PLAIN_LINKS
    shaped = following.low.endswith(ADJECTIVAL) and is_adjective(tokens, at + 1)
    known = fold(tokens[at].text) in PLACES or fold(tokens[at].text) in ORGANIZATIONS
    undergone = any(f.mood != "indicative" for f in (*FORMS.get(low, ()), *FORMS.get(following.low, ())))
    return (linked or shaped) and not (known or undergone or low.endswith("ment"))


def _plain_tail(tokens: Sequence[Token], end: int) -> int:
    """How far links and plain nouns go on a name: "Citoyens| pour le climat", "Femmes| solidaires"."""
    start = end
    while end < min(len(tokens), start + _LONGEST_TAIL) and tokens[end].kind is WORD:
        at = complement_noun(tokens, end + 1) if tokens[end].low in _TAIL_LINKS else end
        if at > end + 1 and tokens[end].low == "et":
            break  # "Parents | et les élus"
        first = at == end == start or (at == end and qualifies(tokens, end))
        if at >= len(tokens) or not (at > end or first) or not _is_plain_noun(tokens, at):
            break
        end = at + 1
    return end


def _is_plain_noun(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    everybody = token.low in EVERYBODY
    return token.kind is WORD and (
        everybody or not (token.low in FUNCTION_WORDS or is_finite_form(token.low))
    )


def _says_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying in the singular stands at ``at``: "dénonce", "a réagi", "y voit"."""
    at += at + 1 < len(tokens) and tokens[at].low in _AHEAD_OF_VERB
    if tokens[at].low in ("a", "avait") and at + 1 < len(tokens):
        return any(
            f.mood == "past_participle" and f.lemma in VERBS for f in FORMS.get(tokens[at + 1].low, ())
        )
    forms = [f for f in FORMS.get(tokens[at].low, ()) if f.mood == "indicative" and f.person == 3]
    return any(f.number == "s" and f.lemma in VERBS for f in forms)


def acts_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether an infinitive stands at ``at`` with its object: "a enjoint à l'Office de | fixer un délai"."""
    infinitive = tokens[at].low.endswith(("er", "ir", "re")) and not tokens[at].capital
    return infinitive and at + 1 < len(tokens) and tokens[at + 1].low in OF_AN_OBJECT


def closes_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether one plain word, and a mark or a verb behind it, close a name: "le magazine Plan | fixe"."""
    if at >= len(tokens) or tokens[at].kind is not WORD or tokens[at].capital:
        return False
    low = tokens[at].low
    if low in _NEVER_LAST or low.endswith(_OF_STATES) or is_finite_form(low):
        return False
    undergone = any(f.mood == "past_participle" for f in FORMS.get(low, ()))  # "le groupe Noxia | repris a"
    return (
        at + 1 == len(tokens)
        or tokens[at + 1].kind in (MARK, QUOTE)
        or (not undergone and acts_alone(tokens, at + 1))
    )


def qualifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether an adjective belongs to the name of a body: not "un rapport de l'Agence de l'eau | publié"."""
    return is_adjective(tokens, at) and tokens[at].low not in MADE_PUBLIC


def _institution(tokens: Sequence[Token], end: int, words: Vocabulary) -> int:
    """The complement of an institution's name: "la Ligue | de protection des oiseaux"."""
    while end + 1 < len(tokens) and (
        tokens[end].low in PLAIN_LINKS
        or aim_follows(tokens, end)
        or (tokens[end].low in ("à", "au", "aux") and tokens[end - 1].low in WITH_CHARGE)
    ):
        at = end + 1
        if acts_on(tokens, at):
            break
        if tokens[at].low in EVERYBODY:
            return at + 1
        if tokens[at].low in ("la", "l'", "le", "les"):
            at += 1
        if at >= len(tokens) or tokens[at].kind is not WORD or tokens[at].low in FUNCTION_WORDS:
            break
        end = name_run(tokens, at, words)
        common = end == at
        if common:
            end = at + 1
        while end < len(tokens) and qualifies(tokens, end):
            end += 1
        if common and end < len(tokens) and not is_first_name(tokens[end].text):
            end = name_run(tokens, end, words)  # "la Ligue de basket | Grand Est"
        if common and _joins_another(tokens, end):
            end += 2  # "l'Union des entrepreneurs | et bâtisseurs"
        elif common and joins_aim(tokens, end):
            end += 3  # "le Front pour la liberté | et le progrès"
    return end


def _joins_another(tokens: Sequence[Token], at: int) -> bool:
    """Whether "et" and a plain noun without an article go on a body's name."""
    if at + 1 >= len(tokens) or tokens[at].low != "et":
        return False
    second = tokens[at + 1]
    return (
        second.kind is WORD
        and not second.capital
        and second.low not in _NO_MEMBERS
        and second.low not in FORMS
        and second.low.endswith(("s", "x"))
    )


def joins_aim(tokens: Sequence[Token], at: int) -> bool:
    """Whether "et" joins one more thing that a body is for: no second body and nobody who acts with it."""
    if at + 2 >= len(tokens) or tokens[at].low != "et" or tokens[at + 1].low not in DEFINITE:
        return False
    second = tokens[at + 2]
    if second.kind is not WORD or second.capital or second.low in FUNCTION_WORDS:
        return False
    after = FORMS.get(tokens[at + 3].low, ()) if at + 3 < len(tokens) else ()
    numbers = {f.number for f in after if f.mood == "indicative" and f.person == 3}
    return numbers == {"s"} or not (numbers or noun(second.low))


def complement_noun(tokens: Sequence[Token], at: int) -> int:
    """Where, after a link, the noun stands: past its determiners and what may stand before it."""
    count = len(tokens)
    while at < count and (
        (tokens[at].low in DETERMINERS and (tokens[at].low in DEFINITE or not tokens[at].capital))
        or (
            tokens[at].low in BEFORE_NOUN
            # "du Cher" is a place, "du Premier ministre" none
            and (not tokens[at].capital or (at + 1 < count and person_noun(tokens[at + 1].low)))
        )
    ):
        at += 1
    return at
