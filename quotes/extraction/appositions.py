"""Who is apposed to whom: "Jeanne Roy, maire de Lyon", "le ministre de la Marine, le général Paul Roy"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quotes.extraction.bare_posts import BEFORE_POST, opening_lead
from quotes.extraction.insertions import BEFORE_INSERTIONS, POST_LINKS, after_complement, past_insertions
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.proper_names import (
    CLITICS,
    CONJUNCTIONS,
    CONTRACTED,
    PEOPLE,
    PREPOSITIONS,
    RELATIVES,
    THE,
    TIMES,
    is_first_name,
    person_noun,
)
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token
from quotes.extraction.worded_names import EVERYBODY
from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS, is_indicative

_BODIES_AND_TEXTS = frozenset({"organization", "document"})


def appositions_in(
    tokens: Sequence[Token], phrases: Sequence[Phrase], behind_verbs: Collection[int]
) -> dict[int, int]:
    """Which description is apposed to which name, by their numbers among the phrases of a sentence.

    "Jeanne Roy, maire de Lyon," and "La maire de Lyon, Jeanne Roy,". ``behind_verbs`` are the tokens at which
    one subject follows its verb of saying: what stands behind him is no second one.
    """
    found: dict[int, int] = {}
    for k, left in enumerate(phrases[:-1]):
        if not _may_lead_on(tokens, left, phrases[k + 1]) or _surname_of_honour(tokens, left):
            continue
        at = past_insertions(tokens, left, after_complement(tokens, phrases, k))
        says = left.kind is NAME and left.first - (left.before in TIMES) in behind_verbs
        far = _behind_scene(tokens, phrases, k, at) if says else 0
        if far:
            found[far] = k
            continue
        r = k + 1
        while r < len(phrases) and phrases[r].first < at:
            r += 1
        if r == len(phrases):
            break
        if found.get(r, k) < k:
            continue  # "s'énerve Léa Roy sur | Brumagram, cheffe du parti": hers already
        if _is_second_post(tokens, left, phrases, r):
            found[r] = r + 1
            at, r = phrases[r].last, r + 1
        right = phrases[r]
        party = _bracketed_party(tokens, left, right, at)
        comma = _follows_comma(tokens, right, at)
        linked = comma or party or _beside(tokens, left, right)
        if comma and _tells_more(tokens, left, right):
            found[r] = k
        elif linked and names_person(left) and right.kind is DESCRIPTION:
            if _is_post_of(tokens, left, right) or _is_of_both(tokens, phrases, k, right):
                found[r] = k
        elif linked and r in found.values() and left.determiner in CONTRACTED:
            continue  # "la sœur du défunt, Mina": the sister has that name
        elif (
            linked
            and (k not in found or left.determiner)  # "Jeanne, étudiante, Lyon": the post has its name
            and _is_name_of(tokens, left, right, one=_is_alone(tokens, left, right, behind_verbs))
            and (party or _closed(tokens, right.last) or _opens_sentence(tokens, left))
            and not (_framing(left) and _goes_on(tokens, right.last))
        ):
            found[k] = r
        elif k not in found and _may_be_named_later(tokens, left):
            far = _far_name(tokens, phrases, k, one=_is_alone(tokens, left, right, behind_verbs))
            if far:
                found[k] = far
    return found


def _may_lead_on(tokens: Sequence[Token], left: Phrase, following: Phrase) -> bool:
    """Whether something may be apposed to a phrase, as far as the token behind it tells.

    A description may be named behind any word that no rule reads as its complement.
    """
    behind = tokens[left.last]
    return (
        left.kind is DESCRIPTION
        or behind.low in _LEADING_ON
        or behind.kind is NUMBER
        or following.first == left.last
    )


def _behind_scene(tokens: Sequence[Token], phrases: Sequence[Phrase], k: int, at: int) -> int:
    """The post that a place parts from who speaks: "dit Léa Roy sur les ondes, | cheffe du parti".

    0 where none is. It has no article, or is "une des …", so that it begins no clause.
    """
    comma = _past_scene(tokens, at)
    r = next((r for r in range(k + 1, len(phrases)) if phrases[r].first > comma), 0) if comma > at else 0
    if not r or phrases[r].first != comma + 1:
        return 0
    post = phrases[r]
    one_of = post.post is not None and post.post[0] == post.first and post.determiner == "un"
    works = post.noun is not None and post.noun.kind in ("office", "trade") and post.number == "s"
    closed = post.last >= len(tokens) or tokens[post.last].kind is MARK
    named = post.kind is not DESCRIPTION
    bare = not post.determiner or one_of or tokens[post.first].low == "l'"
    return r if works and closed and bare and not named else 0


def _past_scene(tokens: Sequence[Token], at: int) -> int:
    """The comma behind where somebody says it: "dit Léa Roy sur les ondes|, cheffe"; else ``at``."""
    if at >= len(tokens) or tokens[at].low not in _SCENES:
        return at
    for j in range(at + 1, min(at + _LONGEST_SCENE, len(tokens))):
        if tokens[j].text == ",":
            return j
        named = tokens[j].capital and is_first_name(tokens[j].text)
        if tokens[j].kind is not WORD or named or person_noun(tokens[j].low) or tokens[j].low in RELATIVES:
            break
    return at


_SCENES = frozenset({"sur", "à", "au", "dans", "devant", "en", "lors"})
_LONGEST_SCENE = 7  # tokens
_LEADING_ON = BEFORE_INSERTIONS | POST_LINKS | BEFORE_POST | _SCENES


def _tells_more(tokens: Sequence[Token], left: Phrase, right: Phrase) -> bool:
    """Whether a description tells more of what no name is given to: a body, several people, somebody."""
    return (
        _is_sort_of(tokens, left, right) or _counts(tokens, left, right) or _is_trade_of(tokens, left, right)
    )


def _is_trade_of(tokens: Sequence[Token], anybody: Phrase, trade: Phrase) -> bool:
    """ "une femme|, médecin à Brume, raconte", "un jeune homme|, étudiant": what somebody unnamed does."""
    return (
        anybody.head in _ANYBODY
        and anybody.determiner in ("un", "une")
        and anybody.number == "s" == trade.number
        and trade.kind is DESCRIPTION
        and trade.noun is not None
        and trade.noun.kind in PEOPLE
        and not trade.determiner
        and (trade.last >= len(tokens) or tokens[trade.last].kind in (MARK, QUOTE))
    )


_ANYBODY = word_class("empty_posts")


def _follows_comma(tokens: Sequence[Token], right: Phrase, at: int) -> bool:
    """Whether a comma is at ``at``, or what leads from it to a post: "Léa Roy|, tout juste élue maire"."""
    if right.first == at + 1:
        return tokens[at].text == "," or tokens[at].low in BEFORE_POST
    if at >= len(tokens) or right.determiner or right.kind is not DESCRIPTION:
        return False
    opened = tokens[at].text == "," or tokens[at].low in BEFORE_POST
    return opened and opening_lead(tokens, right.first) in (at, at + 1)


def _may_be_named_later(tokens: Sequence[Token], post: Phrase) -> bool:
    """Whether a post has one holder, who may be named behind words that no rule reads as its complement."""
    if post.kind is not DESCRIPTION or post.noun is None:
        return False
    if _opens_without_article(post):
        return post.noun.kind in ("office", "trade") or post.noun.lemma in _DWELLERS
    one_of = post.post is not None and post.number == "s" and tokens[post.post[0]].low in ("un", "une")
    return post.noun.kind in ("office", "trade") and (one_of or post.determiner in THE)


def _opens_without_article(post: Phrase) -> bool:
    """ "Patron de l'Ifor, un institut, Jean Roy a" """
    return not post.determiner and not post.first


def _far_name(tokens: Sequence[Token], phrases: Sequence[Phrase], k: int, *, one: bool) -> int:
    """The full name that a post is closed by behind words that no rule reads as its complement, or 0.

    "le maire de Brume à l'époque de la crue, | Jean Roy", "le patron de l'Ifor, un institut, | Jean Roy".
    """
    post = phrases[k]
    for r in range(k + 1, min(k + 1 + _MOST_BETWEEN, len(phrases))):
        name = phrases[r]
        if name.kind is not NAME or tokens[name.first - 1].text != ",":
            continue
        between = tokens[post.last : name.first]
        full = name.noun is None and name.has_full_name
        if len(between) > _FURTHEST_NAME or not all(map(_goes_on_post, between)):
            return 0
        if full and is_first_name(tokens[name.first].text):
            following = tokens[name.last].low if name.last < len(tokens) else ""
            closed = _closed(tokens, name.last) and following != "et"
            acts = post.first == 0 and _acts_after_comma(tokens, name, _NO_ARTICLE)
            opening = _opens_without_article(post) and following not in (",", "et")
            return r if (one and closed) or acts or opening else 0
    return 0


def _goes_on_post(token: Token) -> bool:
    """Whether a token may stand between a post and its holder's name: no verb, no relative, no marks."""
    if token.kind is MARK:
        return token.text == ","
    finite = is_indicative(token.low) and not token.capital
    return token.kind is not QUOTE and token.low not in RELATIVES and not finite


_NO_ARTICLE = frozenset({""})
_DWELLERS = frozenset({"habitant"})
_MOST_BETWEEN = 3  # phrases between a post and its holder's name
_FURTHEST_NAME = 11  # tokens between them


def _is_second_post(tokens: Sequence[Token], left: Phrase, phrases: Sequence[Phrase], r: int) -> bool:
    """Whether a second post stands ahead of the name: "le patron, | ancien international, Paul Roy"."""
    post = phrases[r]
    return (
        r + 1 < len(phrases)
        and left.kind is DESCRIPTION is post.kind
        and left.determiner in THE
        and not post.determiner
        and post.noun is not None
        and post.noun.kind in PEOPLE
        and post.before == "," == tokens[post.last].text
        and phrases[r + 1].first == post.last + 1
        and names_person(phrases[r + 1])
        and _closed(tokens, phrases[r + 1].last)
    )


def _opens_sentence(tokens: Sequence[Token], post: Phrase) -> bool:
    """Whether a post stands first of all: "Le procureur, Paul Roy | estime" needs no second comma."""
    if post.determiner:
        return (
            (post.first == 0 or _is_behind_opening(tokens, post))
            and post.determiner in THE
            and post.noun is not None
            and post.noun.kind == "office"
        )
    # "Réélu maire, Paul Roy | estime"
    return not post.first or (post.kind is DESCRIPTION and not opening_lead(tokens, post.first))


def _is_behind_opening(tokens: Sequence[Token], post: Phrase) -> bool:
    """Whether a time or a place alone stands before a post: "À l'époque, | le préfet, Paul Roy a dit"."""
    opening = tokens[: post.first - 1]
    return (
        post.before == ","
        and 0 < len(opening) <= _LONGEST_OPENING
        and opening[0].low in _BEGIN_OPENING
        and all(t.kind in (WORD, NUMBER) for t in opening)
    )


def _is_alone(tokens: Sequence[Token], left: Phrase, right: Phrase, behind_verbs: Collection[int]) -> bool:
    """Whether one source is told of, so that a second phrase behind a comma is no second one."""
    if left.number != "s" or left.first in behind_verbs:
        return left.number == "s"
    if left.before in _OPENING_SOURCES:
        return right.last < len(tokens) and tokens[right.last].kind is MARK
    verb = max((at for at in behind_verbs if at < left.first), default=0)
    told_to = tokens[verb : left.first]  # "a dit mardi | à la presse le ministre, le général Paul Roy"
    addressed = 0 < len(told_to) <= _FAR_BEHIND_VERB and all(t.kind is WORD for t in told_to)
    return bool(verb) and addressed and left.before not in PREPOSITIONS and left.determiner in THE


_BEGIN_OPENING = PREPOSITIONS | CONTRACTED | TIMES
_LONGEST_OPENING = 5  # tokens of "En mai 2019 à Brume, | le préfet"
_OPENING_SOURCES = frozenset({"selon", "après", "pour"})
_FAR_BEHIND_VERB = 6  # tokens: "a déclaré mardi à la presse | le maire"


def _surname_of_honour(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """ "Paul Roy, dit | Brumax, ingénieur": the post is Paul Roy's."""
    if phrase.before not in ("dit", "dite"):
        return phrase.before == "alias"
    return phrase.first > 2 and tokens[phrase.first - 2].text == "," and tokens[phrase.first - 3].capital


def _beside(tokens: Sequence[Token], left: Phrase, right: Phrase) -> bool:
    """Whether a post follows a name at once: "Jeanne Roy maire de Brume"."""
    return (
        right.first == left.last
        and left.kind is NAME
        and (not right.determiner or _post_without_comma(tokens, left, right))
    )


def _bracketed_party(tokens: Sequence[Token], left: Phrase, right: Phrase, at: int) -> bool:
    """ "le maire (divers droite) | Jean Roy" """
    return (
        at == right.first
        and tokens[at - 1].text == ")"
        and left.kind is DESCRIPTION
        and left.determiner in THE
        and right.kind is NAME
    )


def opens_clause(phrase: Phrase) -> bool:
    """Whether a phrase stands where a clause begins: first of all, behind a comma or a conjunction."""
    return phrase.before in ("", ",") or phrase.before in CONJUNCTIONS


def _is_sort_of(tokens: Sequence[Token], body: Phrase, sort: Phrase) -> bool:
    """Whether a description tells what the body or the text before it is: "L'Odeva, | l'office d'État, a".

    A name without an article may be a body's: "Brumex, | la société de Paul Roy, a".
    """
    named = body.kind is NAME and body.noun is None
    named = named and (body.determiner in THE or not (body.title or is_first_name(tokens[body.first].text)))
    described = body.noun is not None and body.noun.kind in _BODIES_AND_TEXTS and body.number == "s"
    return (
        (named or described)
        and opens_clause(body)
        and sort.kind is DESCRIPTION
        and sort.noun is not None
        and sort.noun.kind in _BODIES_AND_TEXTS
        and sort.number == "s"
        and _acts_after_comma(tokens, sort, THE | {"un", "une"})
    )


def _counts(tokens: Sequence[Token], people: Phrase, number: Phrase) -> bool:
    """Whether a phrase tells how many people are: "Les juges, | tous des bénévoles, ont", no list of two."""
    return (
        people.kind is DESCRIPTION is number.kind
        and people.number == "p" == number.number
        and opens_clause(people)
        and (number.head in EVERYBODY or number.determiner in ("un", "une"))
        and tokens[number.first - 1].text == ","
    )


def _is_post_of(tokens: Sequence[Token], name: Phrase, post: Phrase) -> bool:
    """Whether a description behind a name tells what its bearer is."""
    if post.noun is None or post.number != name.number or post.determiner in CONTRACTED:
        return False
    stranger = post.noun.kind == "thing" and post.determiner in ("un", "une") and name.has_full_name
    return (post.noun.kind in PEOPLE or stranger) and (
        _ends_apposition(tokens, post) or _acts_unclosed(tokens, name, post)
    )


def _is_of_both(tokens: Sequence[Token], phrases: Sequence[Phrase], k: int, both: Phrase) -> bool:
    """Whether a description tells what two people are: "Jeanne Roy et Paul Roy|, les deux élus, ont"."""
    return (
        k > 0
        and phrases[k].before == "et"
        and phrases[k - 1].last == phrases[k].first - 1
        and names_person(phrases[k - 1])
        and both.number == "p"
        and both.noun is not None
        and both.noun.kind in PEOPLE
        and both.determiner not in CONTRACTED
        and both.last < len(tokens)
        and tokens[both.last].text == ","
    )


def _is_body_of(tokens: Sequence[Token], body: Phrase, name: Phrase) -> bool:
    """Whether a name behind a body's description is its own: "Le régulateur, | Ofrena, a réagi".

    A name with an article may be another body's, unless there is one alone of the sort: "selon le premier
    syndicat agricole, | la FNRA,".
    """
    if (
        body.noun is None
        or body.noun.kind != "organization"
        or body.number != "s"
        or tokens[name.first - 1].text != ","
    ):
        return False
    worded = name.noun is not None and name.noun.kind == "organization" and tokens[name.first + 1].capital
    if name.determiner in THE and (worded or (name.kind is NAME and name.noun is None)):
        marked = name.last >= len(tokens) or tokens[name.last].kind is MARK
        ranked = any(t.low in _RANKS for t in tokens[body.first : body.last])
        return marked and ranked and body.determiner in THE | CONTRACTED
    alone = body.determiner in THE | {"un", "une"} and opens_clause(body)
    return alone and name.noun is None and names_person(name) and not is_first_name(tokens[name.first].text)


_RANKS = word_class("ranks_of_bodies")


def _is_name_of(tokens: Sequence[Token], post: Phrase, name: Phrase, *, one: bool) -> bool:
    """Whether a name behind a description is that of whom it describes, ``one`` who alone is told of."""
    return _is_body_of(tokens, post, name) or (
        post.kind is DESCRIPTION
        and post.noun is not None
        and post.noun.kind in PEOPLE
        and post.number == "s"
        and names_person(name)
        and (
            name.noun is None
            or one  # "a dit le ministre, le général Paul Roy"
            or post.determiner in ("son", "sa", "leur")
            or (post.determiner in THE and _acts_after_comma(tokens, name))
        )
    )


def _post_without_comma(tokens: Sequence[Token], name: Phrase, post: Phrase) -> bool:
    """Whether a post with its article follows a full name at once: "Jeanne Roy | la maire de Brume,"."""
    return (
        post.determiner in THE
        and name.before not in PREPOSITIONS  # "a déclaré sur France Inter | la ministre"
        and post.kind is DESCRIPTION
        and post.noun is not None
        and post.noun.kind in ("office", "trade")
        and name.noun is None
        and name.has_full_name
        and (post.last >= len(tokens) or tokens[post.last].kind in (MARK, QUOTE))
    )


def _acts_after_comma(tokens: Sequence[Token], phrase: Phrase, articles: Collection[str] = THE) -> bool:
    """Whether one alone acts: "Le ministre, le professeur Paul Roy, a dit", no list of several."""
    if phrase.determiner not in articles or phrase.last + 1 >= len(tokens) or tokens[phrase.last].text != ",":
        return False
    verb = tokens[phrase.last + 1]
    return (
        verb.low in CLITICS
        or any(f.mood == "indicative" and f.person == 3 and f.number == "s" for f in FORMS.get(verb.low, ()))
        or verb.low in ("a", "avait", "est", "était")
    )


def _framing(phrase: Phrase) -> bool:
    """Whether the phrase is a complement and no subject: "après le départ de son client,"."""
    return phrase.determiner in CONTRACTED or phrase.before in PREPOSITIONS or phrase.before in CONTRACTED


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether no mark closes a name: "pour son client, Jean Roy | a plaidé", another than the client."""
    return at < len(tokens) and tokens[at].kind is WORD and tokens[at].low != "et"


def _ends_apposition(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a description with an article is closed off: "…, une voisine,", not "…, une voisine a dit"."""
    if not phrase.determiner or phrase.last >= len(tokens):
        return True
    following = tokens[phrase.last]
    if following.low == "et" and phrase.determiner in _HIS:
        return False  # "Saly, son mari et ses filles": three who come
    return (
        following.kind in (MARK, QUOTE)
        or following.low in PREPOSITIONS
        or following.low in RELATIVES
        or following.low in ("et", "du", "des", "au")
        or following.low.endswith(("é", "ée", "és", "ées"))  # "une habitante contactée hier,"
        or following.low in ("devenu", "devenue")  # "l'ancien patron devenu ministre"
    )


_HIS = frozenset({"son", "sa", "leur"})


def _acts_unclosed(tokens: Sequence[Token], name: Phrase, post: Phrase) -> bool:
    """Whether a name that opens its clause goes on after its post: "Jeanne Roy, la maire a …"."""
    if name.before not in ("", ",") or post.last >= len(tokens):
        return False
    verb = tokens[post.last]
    return (
        verb.low in CLITICS
        or verb.low in ("a", "avait", "est", "était")
        or any(f.mood in ("indicative", "present_participle") for f in FORMS.get(verb.low, ()))
    )


def names_person(phrase: Phrase) -> bool:
    """Whether a name may be a person's: "Jeanne Roy", "la maire Jeanne Roy", not "la Commission"."""
    return (phrase.kind is NAME and phrase.determiner not in ("le", "la", "l'", "les")) or (
        phrase.kind is NAME and phrase.noun is not None
    )


def _closed(tokens: Sequence[Token], at: int) -> bool:
    """Whether an apposed name is closed by a comma, a bracket or the end (or goes on to the verb)."""
    return (
        at >= len(tokens)
        or tokens[at].kind is MARK
        or tokens[at].kind is QUOTE
        or tokens[at].low in ("et", "a", "n'", "ne", "qui", "à", "au", "aux", "sur", "dans", "lors")
    )
