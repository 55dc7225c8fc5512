"""How far a description goes: adjectives and complements, names of bodies, the bearer's name inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    CONTRACTED,
    DEFINITE,
    DETERMINERS,
    ENGLISH_LINKS,
    FUNCTION_WORDS,
    ON_BOTH_SIDES,
    OPENERS,
    PEOPLE,
    PLAIN_LINKS,
    SMALL_NUMBERS,
    TIMES,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.tokens import Kind, Token
from quotes.extraction.value import value
from quotes.extraction.worded_names import (
    EVERYBODY,
    aim_follows,
    is_aim,
    numbered_name,
    opens_slogan,
    party_end,
    worded_name,
)
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, ORGANIZATIONS, PARTICLES, PLACES, TITLES
from quotes.french.nouns import Noun, is_body, noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS, is_finite_form

PRESENT_VERBS = word_class("present_verbs")
_A_LINKS = frozenset({"à", "au", "aux", "en", "pour", "chez", "près", "auprès", "contre"})


def body_run(tokens: Sequence[Token], at: int, words: Vocabulary) -> int:
    """The end of a body's name that begins at ``at``, with its adjectives and complements."""
    end = max(name_run(tokens, at, words), known_body_end(tokens, at), at + 1)
    if tokens[at - 1].low in DEFINITE and fold(" ".join(t.text for t in tokens[at:end])) in PLACES:
        return end  # "la France | de centaines de communes"
    branch = branch_end(tokens, at, end)
    if branch > end:
        return branch
    acronym = len(tokens[end - 1].text) > 1 and tokens[end - 1].text.isupper()
    while end < len(tokens) and not acronym and _qualifies(tokens, end):
        end += 1
    if at > 1 and tokens[at - 1].capital and tokens[at - 1].low in DEFINITE and _closes_name(tokens, end):
        end += 1  # "titre L'Argus | financier."
    known = ORGANIZATIONS.get(fold(" ".join(t.text for t in tokens[at:end])))
    if known is not None and known.kind == "media":
        return end  # "a appris l'AFP | de source policière"
    return _institution(tokens, end, words)


def branch_end(tokens: Sequence[Token], at: int, end: int) -> int:
    """Where a union's name ends with its branch, a body's with its reach; ``end`` if no such word follows.

    "la CGT | cheminots", "FO | santé"; "Amitié | internationale".
    """
    if end >= len(tokens) or tokens[end].start - tokens[end - 1].end != 1:
        return end
    if tokens[end].kind is Kind.NUMBER:
        return end + _is_chapter(tokens, at, end)
    if (
        end == at + 1
        and tokens[at].low in _HEADS_OF_NAMES
        and (tokens[end].low in _INSIDE_NAMES or _joins_thing(tokens, end))
    ):
        return _worded_body(tokens, end)
    body = ORGANIZATIONS.get(fold(" ".join(t.text for t in tokens[at:end])))
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
    return _is_plain_noun(tokens, at + 1) and not (second.capital or noun(second.low))


def _is_chapter(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a number is a département or year of a body: "la FDSEA | 17", "le collectif Rives | 06"."""
    if len(tokens[end].text) not in (2, 4) or not tokens[end].text.isdigit():
        return False
    acronym = len(tokens[end - 1].text) > 2 and tokens[end - 1].text.isupper()
    called = at > 0 and any(n.kind in ("organization", "group") for n in noun(tokens[at - 1].low))
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    closed = after is None or after.kind in (Kind.QUOTE, Kind.MARK) or is_finite_form(after.low)
    return (acronym or called) and closed and (after is None or after.text not in ("%", "-", "–"))


def _worded_body(tokens: Sequence[Token], end: int) -> int:
    """Where a name of plain words ends: "Droit | au toit", "Terres | de la Vère", "Parents | en colère"."""
    at = _complement_noun(tokens, end + 1)
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD or tokens[at].low in FUNCTION_WORDS:
        return end
    at += 1
    while at < len(tokens) and _qualifies(tokens, at):
        at += 1
    return at


def plain_name_end(tokens: Sequence[Token], at: int) -> int:
    """Where a body's name of plain words ends that has no article: "selon |Parents en colère|"; 0 for none.

    At the head of a sentence only one that acts as one body shows it: "Parents en colère | dénonce".
    """
    token = tokens[at]
    if at + 1 >= len(tokens) or tokens[at + 1].kind is not Kind.WORD or not _opens_plain_name(tokens, at):
        return 0
    end = worded_name(tokens, at) if opens_slogan(tokens, at) else _plain_tail(tokens, at + 1)
    if end == at + 1 or is_first_name(token.text):
        return 0
    acts = end < len(tokens) and _says_alone(tokens, end)
    inside = at > 0 and tokens[at - 1].kind is Kind.WORD and tokens[at - 1].low not in DETERMINERS
    closed = end == len(tokens) or tokens[end].kind in (Kind.MARK, Kind.QUOTE) or tokens[end].low in _AROUND
    return end if acts or (inside and closed) else 0


def _opens_plain_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body's name may begin so: "Parents en colère", "Droit au toit", "Sauvons la plage"."""
    low = tokens[at].low
    if low in _HEADS_OF_NAMES:
        return True
    kinds = [n.number == "p" and n.kind in PEOPLE for n in noun(low)]
    return (bool(kinds) and all(kinds)) or opens_slogan(tokens, at)


def _plain_tail(tokens: Sequence[Token], end: int) -> int:
    """How far links and plain nouns go on a name: "Citoyens| pour le climat", "Femmes| solidaires"."""
    start = end
    while end < min(len(tokens), start + _LONGEST_TAIL) and tokens[end].kind is Kind.WORD:
        at = _complement_noun(tokens, end + 1) if tokens[end].low in _TAIL_LINKS else end
        if at > end + 1 and tokens[end].low == "et":
            break  # "Parents | et les élus"
        first = at == end == start or (at == end and _qualifies(tokens, end))
        if at >= len(tokens) or not (at > end or first) or not _is_plain_noun(tokens, at):
            break
        end = at + 1
    return end


def _is_plain_noun(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    everybody = token.low in EVERYBODY
    return token.kind is Kind.WORD and (
        everybody or not (token.low in FUNCTION_WORDS or is_finite_form(token.low))
    )


def _says_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying in the singular stands at ``at``: "dénonce", "a réagi"."""
    if tokens[at].low in ("a", "avait") and at + 1 < len(tokens):
        return any(
            f.mood == "past_participle" and f.lemma in VERBS for f in FORMS.get(tokens[at + 1].low, ())
        )
    forms = [f for f in FORMS.get(tokens[at].low, ()) if f.mood == "indicative" and f.person == 3]
    return any(f.number == "s" and f.lemma in VERBS for f in forms)


_TAIL_LINKS = PLAIN_LINKS | {"à", "au", "aux", "en", "pour", "sans", "contre", "et"}
_LONGEST_TAIL = 6  # tokens
_AROUND = frozenset({"dans", "sur", "lors", "par", "qui", "ce", "mardi", "jeudi"})


def _acts_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether an infinitive stands at ``at`` with its object: "a enjoint à l'Office de | fixer un délai"."""
    infinitive = tokens[at].low.endswith(("er", "ir", "re")) and not tokens[at].capital
    return infinitive and tokens[at + 1].low in DETERMINERS - CONTRACTED - {"de", "d'"}


def _closes_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether one plain word, and a mark behind it, close a paper's name: "le magazine Plan | fixe"."""
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD or tokens[at].capital:
        return False
    low = tokens[at].low
    if low in FUNCTION_WORDS | TIMES | MADE_PUBLIC or low.endswith(_OF_STATES) or is_finite_form(low):
        return False
    return at + 1 == len(tokens) or tokens[at + 1].kind in (Kind.MARK, Kind.QUOTE)


def _qualifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether an adjective belongs to the name of a body: not "un rapport de l'Agence de l'eau | publié"."""
    return is_adjective(tokens, at) and tokens[at].low not in MADE_PUBLIC


def _institution(tokens: Sequence[Token], end: int, words: Vocabulary) -> int:
    """The complement of an institution's name: "la Ligue | de protection des oiseaux"."""
    while end + 1 < len(tokens) and (
        tokens[end].low in PLAIN_LINKS
        or aim_follows(tokens, end)
        or (tokens[end].low in ("à", "au", "aux") and tokens[end - 1].low in _WITH_CHARGE)
    ):
        at = end + 1
        if at + 1 < len(tokens) and _acts_on(tokens, at):
            break
        if tokens[at].low in EVERYBODY:
            return at + 1
        if tokens[at].low in ("la", "l'", "le", "les"):
            at += 1
        if at >= len(tokens) or tokens[at].kind is not Kind.WORD or tokens[at].low in FUNCTION_WORDS:
            break
        end = name_run(tokens, at, words)
        common = end == at
        if common:
            end = at + 1
        while end < len(tokens) and _qualifies(tokens, end):
            end += 1
        if common and end < len(tokens) and not is_first_name(tokens[end].text):
            end = name_run(tokens, end, words)  # "la Ligue de basket | Grand Est"
        if common and _joins_another(tokens, end):
            end += 2  # "l'Union des entrepreneurs | et bâtisseurs"
        elif common and _joins_aim(tokens, end):
            end += 3  # "le Front pour la liberté | et le progrès"
    return end


def _joins_another(tokens: Sequence[Token], at: int) -> bool:
    """Whether "et" and a plain noun without an article go on a body's name."""
    if at + 1 >= len(tokens) or tokens[at].low != "et":
        return False
    second = tokens[at + 1]
    return (
        second.kind is Kind.WORD
        and not second.capital
        and second.low not in FUNCTION_WORDS | PRESENT_VERBS
        and second.low not in FORMS
        and second.low.endswith(("s", "x"))
    )


def _joins_aim(tokens: Sequence[Token], at: int) -> bool:
    """Whether "et" joins one more thing that a body is for: no second body and nobody who acts with it."""
    if at + 2 >= len(tokens) or tokens[at].low != "et" or tokens[at + 1].low not in DEFINITE:
        return False
    second = tokens[at + 2]
    if second.kind is not Kind.WORD or second.capital or second.low in FUNCTION_WORDS:
        return False
    after = FORMS.get(tokens[at + 3].low, ()) if at + 3 < len(tokens) else ()
    numbers = {f.number for f in after if f.mood == "indicative" and f.person == 3}
    return numbers == {"s"} or not (numbers or noun(second.low))


def is_adjective(tokens: Sequence[Token], at: int) -> bool:
    """Whether the plain word at ``at`` rather is an adjective than a verb or a function word."""
    token = tokens[at]
    if (
        token.kind is not Kind.WORD
        or token.capital
        or (token.low in FUNCTION_WORDS and token.low not in ON_BOTH_SIDES)
        or token.low.startswith("-")
        or token.low.endswith(("-même", "-mêmes"))
    ):
        return False
    if token.low.startswith("anti-"):
        return True  # "l'Office anti-fraude"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following in ("se", "s'") and token.low not in FORMS and token.low.endswith(_ADJECTIVAL):
        return token.low not in PRESENT_VERBS  # "l'Agence régionale | s'inquiète"
    clitic = following in DEFINITE and at + 2 < len(tokens) and is_finite_form(tokens[at + 2].low)
    if (
        following in _AFTER_VERB
        and tokens[at + 1].kind is Kind.WORD
        and not (tokens[at + 1].capital or clitic)
    ):
        return False  # an adjective is never followed by an article: "la commission | ouvre une enquête"
    forms = FORMS.get(token.low)
    if forms:
        if all(f.mood == "present_participle" for f in forms):
            # "le maire sortant": a participle of a verb that carries no clause, and has no object
            verbs = [verb for form in forms for verb in VERBS.get(form.lemma, ())]
            alone = bool(verbs) and following != "des"
            return alone and all(verb.constructions.isdisjoint(_OF_CLAUSES) for verb in verbs)
        came = token.low in CAME and at + 1 < len(tokens) and _is_infinitive(following)
        return (
            all(f.mood == "past_participle" for f in forms) and token.low not in ("dit", "dits") and not came
        )
    if token.low in PRESENT_VERBS:
        return False  # "le maire | reste prudent"
    if token.low.endswith("ent") and tokens[at - 1].low.endswith(("s", "x")):
        return False  # "les syndicats | restent": an adjective of theirs would end in s
    if tokens[at - 1].capital and at > 1:
        # After a name only what is shaped like an adjective, or stands before a verb: "la Commission
        # européenne | ouvre", "l'Union paysanne | exige".
        shaped = token.low.endswith(_ADJECTIVAL) or fold(token.low) in DEMONYMS or "-" in token.low
        return shaped or (is_body(tokens[at - 1].low) and is_finite_form(following))
    return not token.low.endswith(("ment", "ait", "aient", "èrent", "era", "eront", "ront"))


CAME = frozenset({"venu", "venue", "venus", "venues"})  # "des riverains | venus dénoncer"


def _is_infinitive(low: str) -> bool:
    return any(f.mood == "infinitive" for f in FORMS.get(low, ()))


_OF_CLAUSES = frozenset({"que", "colon", "fragment"})
_AFTER_VERB = (
    (DETERMINERS | {"que", "qu'", "pas", "se", "s'"}) - CONTRACTED - {"d'", "de", "deux", "trois", "leur"}
)
# Nouns that a body's own name follows: "le directeur de l'agence Bleue".
_NAMED_BODIES = word_class("named_bodies")
_HEADS_OF_NAMES = word_class("heads_of_names")
_INSIDE_NAMES = PLAIN_LINKS | {"à", "au", "aux", "en", "pour", "sans", "contre"}
_BRANCHES = word_class("branches_of_unions")
_REACHES = word_class("reaches_of_bodies")
MADE_PUBLIC = word_class("made_public")
_WITH_AIMS = word_class("bodies_with_aims")
_WITH_CHARGE = word_class("bodies_with_charge")
_STATES_OF_BODIES = word_class("states_of_bodies")
SMALL_LINKS = frozenset({"en", "sans", "pour", "contre"})
_WORKPLACES = word_class("workplaces")
# A person named after these is no part of the body's name: "devant la presse Jeanne Roy".
_AUDIENCE = word_class("audience")
_BEAR_PEOPLES_NAMES = word_class("named_after_people")
_UNNAMED_BODIES = word_class("unnamed_bodies")
_OF_STATES = ("é", "ée", "és", "ées", "-même", "-mêmes")  # how somebody is, no part of a name
_ADJECTIVAL = tuple(word_class("adjective_endings"))


def description_end(
    tokens: Sequence[Token], at: int, words: Vocabulary, entry: Noun, *, apposed: bool = False
) -> int:
    """The end of a description that goes on at ``at``: adjectives, complements, an apposed name.

    In an apposition no verb of saying is near, and "à", "pour", "chez" belong to the post.
    """
    reach = _Reach(tokens, at, words, entry, apposed)
    end = at
    while end < len(tokens):
        readers = _STEPS_OF_WORD if tokens[end].kind is Kind.WORD else _STEPS
        for read in readers:
            step = read(reach, end)
            if step is not None:
                break
        else:
            return end
        if step.end == end or step.last:
            return step.end
        end = step.end
    return end


@value
class _Reach:
    """A description whose end is sought: its noun's reading, and where it went on after the noun."""

    tokens: Sequence[Token]
    at: int
    words: Vocabulary
    entry: Noun
    apposed: bool

    @property
    def of_person(self) -> bool:
        return self.entry.kind in PEOPLE


@value
class _Step:
    """How far a description goes at least; no step onward, or ``last``, ends it there."""

    end: int
    last: bool = False


def _figure(reach: _Reach, end: int) -> _Step | None:
    """Numbers in words, and the figure that a text bears: "l'article | 40"."""
    token = reach.tokens[end]
    if token.kind is not Kind.NUMBER:
        return None
    if end == reach.at and reach.entry.lemma in _NAMED_BODIES:
        return _Step(numbered_name(reach.tokens, end))
    numbered = reach.entry.kind == "document" and end == reach.at
    return _Step(end + (numbered or not token.text.isdigit()))


def _share(reach: _Reach, end: int) -> _Step | None:
    """ "trois élus | sur quatre" """
    tokens = reach.tokens
    if (
        tokens[end].low != "sur"
        or end + 1 >= len(tokens)
        or not (reach.of_person or reach.entry.kind == "group")
    ):
        return None
    counted = tokens[end + 1].kind is Kind.NUMBER or tokens[end + 1].low in SMALL_NUMBERS
    follows = end + 2 < len(tokens) and bool(noun(tokens[end + 2].low))  # "sur dix ans"
    return _Step(end + 2) if counted and not follows else None


def _mark(reach: _Reach, end: int) -> _Step | None:
    """A bracket that the description goes on after, and a hyphen between two names."""
    tokens = reach.tokens
    token = tokens[end]
    if token.kind is Kind.WORD:
        return None
    if end + 2 < len(tokens) and token.text == "(" and reach.of_person:
        close = next((j for j in range(end + 1, min(end + 7, len(tokens))) if tokens[j].text == ")"), -1)
        if close > 0 and close + 1 < len(tokens) and tokens[close + 1].low in PLAIN_LINKS:
            # "députée (Les Verts) | du Jura", "présidente (opposition) | de la région"
            return _Step(close + 1)
    hyphen = (
        token.text == "-" and end + 1 < len(tokens) and tokens[end + 1].capital and tokens[end - 1].capital
    )
    return _Step(end + 2 * hyphen)


def _stop(reach: _Reach, end: int) -> _Step | None:
    token = reach.tokens[end]
    if token.low in MADE_PUBLIC and reach.entry.kind == "organization":
        return _Step(end)  # "un rapport du ministère | publié lundi"
    return _Step(end) if token.low.startswith("-") or token.low in TIMES else None


def _set_phrase(reach: _Reach, end: int) -> _Step | None:
    """ "ministre | en charge | de la Mer", "maire | sans étiquette", "cuisinière | dans une école"."""
    tokens = reach.tokens
    following = tokens[end + 1].low if end + 1 < len(tokens) else ""
    if f"{tokens[end].low} {following}" in _SET_PHRASES:
        return _Step(end + 2)
    return _Step(end + 3) if reach.apposed and _at_work(tokens, end) else None


def _complement(reach: _Reach, end: int) -> _Step | None:
    """ "le maire | de Brume", "adjointe | à la culture": the link, and the first word of what it links."""
    tokens, count = reach.tokens, len(reach.tokens)
    low = tokens[end].low
    linked = low in PLAIN_LINKS or (
        low in _A_LINKS
        and (
            tokens[end - 1].low in _AIDING
            or _takes(tokens, end, reach.entry, reach.apposed)
            or is_aim(tokens, end, reach.entry)
            or tokens[end - 1].low in _WITH_CHARGE
        )
    )
    if not linked:
        return None
    at = _complement_noun(tokens, end + 1)
    if at >= count or tokens[at].kind in (Kind.MARK, Kind.QUOTE):
        return _Step(end)
    token = tokens[at]
    if token.low in AUXILIARIES and tokens[at - 1].low in BEFORE_NOUN:
        return _Step(at, last=True)  # "la présidente des jeunes | a dit"
    if token.low in AUXILIARIES and low in _A_LINKS:
        return _Step(end)
    if token.kind is Kind.NUMBER and token.text.isdigit():
        # "de 30 ans", "de 12 et 15 ans", "de 300 brebis"; not "de 2012 à 2020"
        years = next((k for k in range(at + 1, min(at + 4, count)) if tokens[k].low in _MEASURES), -1)
        if years < 0 and at + 1 < count and _is_counted(tokens[at + 1]):
            years = at + 1
        return _Step(years + 1 if years > 0 else end)
    opener = token.low in OPENERS and tokens[at - 1].low in DETERMINERS  # "de l'enquête"
    if token.low in FUNCTION_WORDS and not token.capital and not opener:
        return _Step(end)
    forms = FORMS.get(token.low, ())
    if forms and all(f.mood == "infinitive" for f in forms):
        return _Step(end)
    ordinal = (
        token.kind is Kind.NUMBER
        and at + 1 < count
        and tokens[at + 1].kind is Kind.WORD
        and tokens[at + 1].low not in FUNCTION_WORDS
    )
    return _Step(at + 1 + ordinal)  # "du 8e | arrondissement"


def _is_counted(token: Token) -> bool:
    """Whether a word behind a figure is what it counts: "300 | brebis"."""
    return (
        token.kind is Kind.WORD
        and not token.capital
        and token.low.endswith(("s", "x"))
        and token.low not in FUNCTION_WORDS
        and token.low not in FORMS
    )


def _complement_noun(tokens: Sequence[Token], at: int) -> int:
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


def _second(reach: _Reach, end: int) -> _Step | None:
    """ "directrice de l'école | et du musée"."""
    if reach.tokens[end].low not in ("et", "ou", "&") or end + 1 >= len(reach.tokens):
        return None
    return _Step(end + _coordinated(reach.tokens, reach.at, end, reach.words, reach.entry))


def _proper(reach: _Reach, end: int) -> _Step | None:
    """A name: of the party, of the body, of the place, of the bearer."""
    tokens, entry = reach.tokens, reach.entry
    token = tokens[end]
    if not token.capital:
        return None
    party = _party(tokens, end, reach.at) if reach.of_person else 0
    if party:
        return _Step(party)  # "la sénatrice LR | de l'Oise | Jeanne Roy"
    run = name_run(tokens, end, reach.words)
    if run == end and _is_region(tokens, end):
        return _Step(end + 2)
    if run == end and token.low in DEFINITE and end + 1 < len(tokens) and tokens[end + 1].capital:
        run = _party_with_article(tokens, end)
    if (
        entry.kind == "organization"
        and entry.lemma in _UNNAMED_BODIES
        and is_first_name(token.text)
        and run - end > 1
        and fold(" ".join(t.text for t in tokens[end:run])) not in ORGANIZATIONS
    ):
        return _Step(end)
    run = max(run, branch_end(tokens, end, run)) if run > end and not reach.of_person else run
    # "le collectif | d'habitants | Tous dehors"
    described = not reach.of_person and entry.lemma in _NAMED_BODIES and opens_slogan(tokens, end)
    if described or (
        tokens[end - 1].low in _NAMED_BODIES
        and (opens_slogan(tokens, end) or (run == end and token.low not in TITLES_LOW))
    ):
        run = max(run, worded_name(tokens, end))
    elif run > end and tokens[end - 1].low in _NAMED_BODIES and not reach.of_person:
        run = _with_aim(tokens, run)
        run += _closes_name(tokens, run)
    if run == end:
        # "l'avocat | Me Roy", but "a déclaré devant le tribunal | Me Roy"
        titled = (reach.of_person and token.low in TITLES_LOW) or (
            token.low not in FUNCTION_WORDS and token.low not in TITLES_LOW and person_noun(token.low)
        )
        return _Step(end + bool(titled))
    if not reach.of_person or run >= len(tokens):
        return _Step(run)
    if tokens[run].low.startswith("d"):
        return _Step(run, last=_complements(tokens, run) and _bears(reach, end, run))
    return _Step(run, last=not _goes_on_after(reach, end, run))


def _party(tokens: Sequence[Token], at: int, noun_end: int) -> int:
    """Where the party or union of somebody's post ends: "le délégué | Force ouvrière"; 0 if none begins here.

    Right behind the post, at ``noun_end``, it may be one that no list knows: "le sénateur | UDV de la Vère".
    """
    known = party_end(tokens, at)
    if known or at != noun_end:
        return known
    acronym = 1 < len(tokens[at].text) < _LONGEST_ACRONYM and tokens[at].text.isupper()
    # "le sénateur UDV | de la Vère", "la présidente UDV | (opposition) de la région"
    linked = at + 1 < len(tokens) and (tokens[at + 1].low in PLAIN_LINKS or tokens[at + 1].text == "(")
    return at + 1 if acronym and linked else known_body_end(tokens, at)


def _complements(tokens: Sequence[Token], at: int) -> bool:
    """Whether "de" leads from a name to what somebody belongs to, and not to more of the name.

    "Jeanne Roy | de l'institut Delta", "Jeanne Roy | de France Inter"; but "Jeanne Roy de Lormes".
    """
    if tokens[at].low not in PLAIN_LINKS:
        return False
    at += 1
    at += at < len(tokens) and tokens[at].low in ("la", "l'") and not tokens[at].capital
    if at >= len(tokens) or not tokens[at].capital:
        return at < len(tokens)
    body = fold(tokens[at].text) in ORGANIZATIONS or is_body(tokens[at].low)
    return body or known_body_end(tokens, at) > 0


def _bears(reach: _Reach, start: int, end: int) -> bool:
    """Whether a full name is that of the person described: "l'agent Jeanne Roy | de la régie Delta"."""
    tokens = reach.tokens
    full = end - start > 1 and is_first_name(tokens[start].text)
    return full and name_inside(tokens, reach.at, end, reach.words) == start


def _with_aim(tokens: Sequence[Token], end: int) -> int:
    """Where a body's name ends that goes on with a small phrase: "Brumes | en éveil"."""
    if end + 1 >= len(tokens) or tokens[end].low not in SMALL_LINKS:
        return end
    at = end + 1 + (tokens[end + 1].low in DEFINITE and tokens[end].low != "en")
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD or tokens[at].capital:
        return end
    word = tokens[at].low
    acts = word.endswith("ant") or any(f.mood in ("infinitive", "indicative") for f in FORMS.get(word, ()))
    if acts or word in FUNCTION_WORDS | _AUDIENCE | TIMES | _STATES_OF_BODIES:
        return end
    at += 1
    while at < len(tokens) and _qualifies(tokens, at):
        at += 1
    return at


def _is_region(tokens: Sequence[Token], at: int) -> bool:
    """Whether a region of two words stands at ``at``: "la Ligue de basket | Grand Est"."""
    return at + 1 < len(tokens) and fold(f"{tokens[at].text} {tokens[at + 1].text}") in PLACES


def _goes_on_after(reach: _Reach, began: int, run: int) -> bool:
    """Whether a person's description goes on after the name at ``began``: it was not the bearer's."""
    tokens = reach.tokens
    second_post = run < len(tokens) - 1 and tokens[run].low == "et" and bool(person_noun(tokens[run + 1].low))
    goes_on = (
        tokens[run].low in PLAIN_LINKS | _A_LINKS
        or is_adjective(tokens, run)
        or (tokens[began].text.isupper() and is_first_name(tokens[run].text))  # "député LR | Jean Roy"
        or second_post
    )
    party = second_post and run - began == 1 and not is_first_name(tokens[began].text)
    return goes_on and (party or name_inside(tokens, reach.at, run, reach.words) is None)


def _party_with_article(tokens: Sequence[Token], at: int) -> int:
    """The end of a party's name that begins with an article: "le député | La France nouvelle"."""
    end = at + 2
    while end < len(tokens) and (is_adjective(tokens, end) or tokens[end].low in ("en", "marche")):
        end += 1
    return end


def _plain(reach: _Reach, end: int) -> _Step | None:
    return _Step(end + 1) if is_adjective(reach.tokens, end) or _bare_matter(reach.tokens, end) else None


_SET_PHRASES = word_class("set_phrases_of_posts")
# What may come next in a description; the first that knows the word at hand says how far it goes.
_STEPS: tuple[Callable[[_Reach, int], _Step | None], ...] = (
    _figure,
    _mark,
    _stop,
    _set_phrase,
    _share,
    _complement,
    _second,
    _proper,
    _plain,
)
_STEPS_OF_WORD = tuple(step for step in _STEPS if step not in (_figure, _mark))


def _bare_matter(tokens: Sequence[Token], at: int) -> bool:
    """Whether a matter follows without an article: "du département | analyse", "responsable | presse"."""
    if tokens[at].low in _BARE_MATTERS and person_noun(tokens[at - 1].low):
        return True
    return (
        tokens[at - 1].low in _UNITS
        and tokens[at].low not in FUNCTION_WORDS - _MATTERS
        and not tokens[at].low.startswith("-")
        and not (at + 1 < len(tokens) and tokens[at + 1].low in _AFTER_VERB)
        and (tokens[at].low not in FORMS or tokens[at].low in _MATTERS)
    )


_LONGEST_ACRONYM = 6  # letters
_MEASURES = frozenset({"ans", "mètres", "m", "km", "kilomètres", "kg", "kilos"})
_AIDING = word_class("nouns_with_a")
_SECONDS = word_class("posts_beside_another")
_UNITS = word_class("units_of_bodies")
_MATTERS = word_class("matters_of_units")
_BARE_MATTERS = word_class("matters_of_posts")
_A_HEADS = word_class("posts_with_a")


def _coordinated(tokens: Sequence[Token], at: int, end: int, words: Vocabulary, entry: Noun) -> int:
    """How many tokens "et" and what follows it add to a description that began at ``at``."""
    following, last = tokens[end + 1], tokens[end - 1]
    aims = entry.lemma in _WITH_AIMS and any(t.low in ("pour", "contre") for t in tokens[at:end])
    if aims and _joins_aim(tokens, end):
        return 3  # "le comité pour la vérité et | la justice"
    if following.kind is Kind.NUMBER and last.kind is Kind.NUMBER:
        return 2  # "mère de trois filles de 8 et | 12 ans"
    if end > at and following.low in PLAIN_LINKS:
        return 1  # "ministre du Commerce et | de l'Industrie"
    if end > at and following.kind is Kind.WORD:
        name = following.capital and last.capital and not is_first_name(following.text)
        if name and following.low not in FUNCTION_WORDS:
            return 2
        plain = (
            person_noun(following.low) is None
            and following.low not in FORMS
            and not following.low.endswith("-même")  # "… et lui-même blessé"
        )
        if plain and last.low not in words.capitals and is_adjective(tokens, end + 1):
            return 2
    if following.low in _A_LINKS and following.low in (t.low for t in tokens[at:end]):
        return 1  # "scolarisés en petite section et | en CM1"
    post = end + 1
    while post + 1 < len(tokens) and tokens[post].low in BEFORE_NOUN and not tokens[post].capital:
        post += 1
    if person_noun(tokens[post].low) and not tokens[post].capital and entry.kind in PEOPLE:
        return post + 1 - end  # two posts of one person: "fondateur et fidèle lecteur de la revue"
    return 0


def _takes(tokens: Sequence[Token], at: int, entry: Noun, apposed: bool) -> bool:
    """Whether the preposition at ``at`` begins a complement of the post rather than an addressee."""
    head = entry.lemma
    if entry.kind not in PEOPLE or (head not in _A_HEADS and not apposed and tokens[at].low not in ("chez",)):
        return False
    nxt = at + 1
    if nxt < len(tokens) and tokens[nxt].low in DETERMINERS:
        nxt += 1
    if nxt >= len(tokens):
        return False
    key = fold(tokens[nxt].text)
    organization = ORGANIZATIONS.get(key)
    if organization is not None and organization.kind == "media":
        return False
    if tokens[at].low in ("auprès", "près"):
        nearby = {"de", "du", "des", "d'"} | ({"la", "le"} if tokens[at].low == "près" else set())
        return at + 1 < len(tokens) and tokens[at + 1].low in nearby  # "procureure | près la cour d'appel"
    if tokens[at].low == "en" and tokens[nxt].low != "charge":
        gerund = tokens[nxt].low.endswith("ant")
        # "la présidente | en lit trois"; "en visite" is a noun as well
        acts = not tokens[nxt].low.endswith("e") and is_finite_form(tokens[nxt].low)
        return tokens[nxt].kind is Kind.WORD and not (gerund or acts) and tokens[nxt].low not in _AUDIENCE
    named = is_first_name(tokens[nxt].text) or tokens[nxt].low in TITLES_LOW  # "demande le juge | à M. Roy"
    if (named or person_noun(tokens[nxt].low)) and tokens[at].low in ("à", "au") and head not in _SECONDS:
        return False  # "demande la présidente | au prévenu"
    return tokens[nxt].low not in _AUDIENCE


def _at_work(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is told where somebody works: "aide-soignante | dans un Ehpad | du Nord"."""
    after = tokens[at + 3] if at + 3 < len(tokens) else None
    return (
        at + 2 < len(tokens)
        and tokens[at].low == "dans"
        and tokens[at + 1].low in ("un", "une", "le", "la", "l'", "les")
        and (tokens[at + 2].low in _WORKPLACES or is_body(tokens[at + 2].low) or _is_place(tokens[at + 2]))
        and (after is None or after.kind is not Kind.WORD or after.low in PLAIN_LINKS)
    )


def _is_place(token: Token) -> bool:
    return token.capital and fold(token.text) in PLACES  # "éleveur | dans l'Aisne"


def name_inside(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> int | None:
    """Where, in a description, the name of its bearer begins: "la maire de Lyon | Jeanne Roy"."""
    at = next((party for k in range(at, end) if (party := _party(tokens, k, at))), at)
    start = end
    inside = PARTICLES | ENGLISH_LINKS
    while start > at and (tokens[start - 1].capital or (tokens[start - 1].low in inside and start < end)):
        start -= 1
    while start < end and not tokens[start].capital:
        start += 1
    while start < end and tokens[start].low in TITLES_LOW:
        start += 1
    if start >= end or tokens[start].low in DEFINITE:
        return None
    if start + 2 < end and tokens[start].text.isupper() and is_first_name(tokens[start + 1].text):
        start += 1  # "des sénateurs LR | Jean Roy"
    length = end - start
    if length == 1 and fold(tokens[start].text) in DEMONYMS and not is_first_name(tokens[start].text):
        return None  # "le président Français"
    if not _is_complement(tokens, at, start):
        previous = tokens[start - 1].low if start > at else ""
        inner = person_noun(previous) if start - 2 >= at else None
        if inner is not None and inner.number == "s" and _linked(tokens, at, start - 1):
            return None  # "un proche du président | Jean Roy": the inner post's bearer
        bodies = {t.low for t in tokens[max(at, start - 4) : start]} & _NAMED_BODIES
        # "l'école Jules-Ferry": after a body one word with a hyphen is whom it is named after
        patron = length == 1 and "-" in tokens[start].text and previous in bodies
        if bodies and (patron or not is_first_name(tokens[start].text)):
            return _behind_body(tokens, start, end, words)
        if previous in TITLES_LOW or start == at:
            return start if not _place_or_body(tokens, start, end) else None
        if length == 1 and not is_first_name(tokens[start].text):
            return (
                start
                if tokens[start].low not in ("ps", "lr", "rn") and not _place_or_body(tokens, start, end)
                else None
            )
        return start if not _place_or_body(tokens, start, end) else None
    # "patron de TikTok Shou Chew": the complement's own name comes first.
    for k in range(start + 1, end - 1):
        if _opens_full_name(tokens, k, words, end):
            return k
    return None


def _behind_body(tokens: Sequence[Token], start: int, end: int, words: Vocabulary) -> int | None:
    """Where the bearer's name begins behind a body's: "présidente de la région Brume | Jeanne Roy".

    Nobody is named in "envoyée de la radio Canal Neuf", "étudiante à l'université Saint Thomas d'Aquin".
    """
    for at in range(start + 1, end - 1):
        before = tokens[at - 1].low
        if _opens_full_name(tokens, at, words, end) and before not in PARTICLES and before not in TITLES:
            return at
    return None


def _opens_full_name(tokens: Sequence[Token], at: int, words: Vocabulary, end: int) -> bool:
    """Whether, behind a body's name, a person's full name goes from ``at`` to ``end``."""
    if not (tokens[at].capital and tokens[at - 1].capital):
        return False
    return is_first_name(tokens[at].text) or " ".join(t.low for t in tokens[at:end]) in words.names


def _is_complement(tokens: Sequence[Token], at: int, start: int) -> bool:
    """Whether the name at ``start`` is linked to what is before it: "l'avocat de M. Roy" is another."""
    while start > at and tokens[start - 1].low in TITLES_LOW:
        start -= 1
    if start == at:
        return False
    low = tokens[start - 1].low
    if low == "et":
        return tokens[start - 2].capital  # "des Impôts et Domaines"
    if low in _BEAR_PEOPLES_NAMES or low in BEFORE_NOUN:
        # "la proviseure du lycée | Victor Hugo", "la mère de la petite | Lina"
        return _linked(tokens, at, start - (low not in BEFORE_NOUN))
    return low in PLAIN_LINKS or low in _A_LINKS or low in DEFINITE


def _linked(tokens: Sequence[Token], lowest: int, at: int) -> bool:
    """Whether the noun at ``at`` is the complement of another: "du président", "de l'ancienne ministre"."""
    at -= 1
    while at >= lowest and (tokens[at].low in BEFORE_NOUN or tokens[at].low in ("la", "le", "l'", "les")):
        at -= 1
    return at >= lowest and tokens[at].low in PLAIN_LINKS


def _place_or_body(tokens: Sequence[Token], start: int, end: int) -> bool:
    key = fold(" ".join(t.text for t in tokens[start:end]))
    return (
        key in PLACES
        or key in ORGANIZATIONS
        or (end - start == 1 and tokens[start].text.isupper() and len(tokens[start].text) < 6)
    )
