"""When do two wordings name one post? "chef de l'État" and "président", "la patronne" and "PDG de X"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quotes.extraction.phrases import Phrase
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import entries, fold
from quotes.french.names import DEMONYMS, PLACES
from quotes.french.nouns import noun

_PERIPHRASES = [(fold(phrase), fold(post)) for phrase, post in entries("periphrases")]
# Posts that one person in a country holds: "le chef de l'État", "la première ministre".
_HIGHEST = frozenset(phrase for phrase, post in _PERIPHRASES if post.endswith("$")) | {
    "president de la republique",
    "premier ministre",
    "president",
}
_MARKED = (("cheffe ", "chef "), ("premiere ministre", "premier ministre"), ("presidente", "president"))
_STEM, _ENDING = 4, 2  # letters of a country's name that its adjective has, and that it may change
_LINKS = frozenset({"de", "du", "des", "d'", "la", "le", "l'", "les"})
_LITTLE = word_class("little_words")
_LEADERS = word_class("leaders")
_HYPERNYMS = {word: frozenset(posts.split()) for word, posts in entries("hypernyms")}

_FIELDS: dict[str, frozenset[str]] = {}  # by each of their words, as printed and folded
for _name, _words in entries("fields"):
    for _word in _words.split():
        for _spelt in {_word, fold(_word)}:
            _FIELDS[_spelt] = _FIELDS.get(_spelt, frozenset()) | {_name}


FATES = frozenset({"accusé", "suspect", "victime", "mort"})
"""What justice or death makes of somebody."""
ASKING = word_class("who_asks")
"""Words for who puts the questions: nobody whom the article is about."""


@dataclass(slots=True)
class Role:
    """A wording of what a speaker is, with the lemma of its head noun and where it stands.

    ``inferred`` is a wording that stands away from the name and was only taken to mean its bearer.
    """

    text: str
    head: str
    start: int
    gender: str | None
    inferred: bool = False
    # Read off the wording once: each later description is compared with every role.
    words: frozenset[str] = field(init=False)
    lemmas: frozenset[str] = field(init=False)
    fields: frozenset[str] = field(init=False)
    is_post: bool = field(init=False)
    """Whether it is what somebody does: "invité de la matinale" and "fils de mineur" are no posts."""

    def __post_init__(self) -> None:
        self.words = telling_words(self.text)
        self.lemmas = lemmas_of(self.head)
        self.fields = fields_of(self.words | self.lemmas)
        self.is_post = _names_post(self.text, self.head)

    def is_told_by(self, lemmas: frozenset[str]) -> bool:
        """Whether a noun of these lemmas tells it, as it is or by a broader word: "médecin" a surgeon."""
        return not self.lemmas.isdisjoint(lemmas) or stands_for(lemmas, self.lemmas)

    @property
    def leads(self) -> bool:
        """Whether its holder is the head of a body."""
        return self.head in _LEADERS


@value
class Roles:
    """Several roles taken together: a description is held against all that somebody is at once."""

    each: Sequence[Role]
    heads: frozenset[str]
    words: frozenset[str]
    lemmas: frozenset[str]
    fields: frozenset[str]
    has_post: bool

    def are_told_by(self, head: str, lemmas: frozenset[str]) -> bool:
        """Whether a noun of these lemmas tells one of them: the same noun, or a broader one."""
        return head in self.heads or not self.lemmas.isdisjoint(lemmas) or stands_for(lemmas, self.lemmas)


def together(roles: Sequence[Role]) -> Roles | None:
    """Some roles as one; ``None`` for none."""
    if not roles:
        return None
    return Roles(
        roles,
        frozenset([role.head for role in roles]),
        frozenset().union(*[role.words for role in roles]),
        frozenset().union(*[role.lemmas for role in roles]),
        frozenset().union(*[role.fields for role in roles]),
        any(role.is_post for role in roles),
    )


@lru_cache(maxsize=1 << 12)
def _names_post(text: str, head: str) -> bool:
    if not head or fold(text).startswith(("de ", "du ", "d'", "des ")):
        return False  # "Jeanne Roy (PRD)", "Jeanne Roy, de la CFDT": where somebody belongs
    readings = noun(head)
    works = not readings or any(entry.kind in ("office", "trade") for entry in readings)
    return works and head not in ASKING


@lru_cache(maxsize=1 << 12)
def telling_words(text: str) -> frozenset[str]:
    """The folded words of a description that tell something, "(PRD)" and "LR" among them."""
    words = [word.strip("()") for word in text.replace("'", " ").replace("’", " ").split()]
    return frozenset(
        [f for w in words if (f := fold(w)) not in _LITTLE and (len(f) > 2 or (len(f) > 1 and w.isupper()))]
    )


@lru_cache(maxsize=1 << 12)
def fields_of(words: frozenset[str]) -> frozenset[str]:
    """In which fields of life these words place somebody: "le procureur" in the courts."""
    return frozenset().union(*(_FIELDS.get(word, ()) for word in words))


@lru_cache(maxsize=1 << 12)
def lemmas_of(head: str) -> frozenset[str]:
    """What a head noun is a form of: one for the masculine and the feminine of a post."""
    return frozenset(reading.lemma for reading in noun(head))


_SIDES = {word: side for side in ("who_accuses", "who_judges", "who_defends") for word in word_class(side)}


def side_in_court(head: str, words: Collection[str]) -> str:
    """Whether a post accuses, judges or defends, by its noun; "" for any other ("avocat général" accuses)."""
    return "who_accuses" if head.startswith("avocat") and "general" in words else _SIDES.get(head, "")


def leads(head: str) -> bool:
    """Whether the noun is for the head of a body: "patronne", "PDG", "présidente"."""
    return head in _LEADERS


def is_highest(description: str) -> bool:
    """Whether one person in a country holds this post: "le premier ministre", "président français"."""
    post = _unmarked(description)
    if post in _HIGHEST:
        return True
    plain, _, country = post.rpartition(" ")
    return plain in _HIGHEST and country in DEMONYMS


@lru_cache(maxsize=1 << 10)
def paraphrased(description: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the description stands for: posts as ``_is_post`` takes them, and beginnings of set phrases.

    "le chef de l'État" stands for "président", and "le président" for "chef de l'État"; most for nothing.
    """
    said = _unmarked(description)
    posts = [post for phrase, post in _PERIPHRASES if said.startswith(phrase)]
    phrases = [phrase for phrase, post in _PERIPHRASES if said == post.rstrip("$")]
    return tuple(posts), tuple(phrases)


def is_meant(role: Role, posts: Sequence[str], phrases: tuple[str, ...]) -> bool:
    """Whether a role is one of the posts, or begins with one of the set phrases."""
    held = _unmarked(role.text)
    if posts and not role.words.isdisjoint(DEMONYMS):
        post, _, rest = held.partition(" ")
        country, _, rest = rest.partition(" ")
        if rest and country in DEMONYMS:
            held = f"{post} {rest}"  # "ministre | omanais | des Affaires étrangères"
    return any(_is_post(held, post) for post in posts) or held.startswith(phrases)


def stands_for(words: frozenset[str], posts: frozenset[str]) -> bool:
    """Whether a word may stand for the holder of a narrower post: "l'élue" for a mayor."""
    narrower, ends = _narrower(words)
    return not posts.isdisjoint(narrower) or (bool(ends) and any(post.endswith(ends) for post in posts))


def has_narrower(words: frozenset[str]) -> bool:
    """Whether any of these words may stand for the holder of a narrower post at all."""
    return any(_narrower(words))


@lru_cache(maxsize=1 << 10)
def _narrower(words: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The posts for whose holders any of these words may stand, and how others end ("biologue")."""
    posts = frozenset().union(*(_HYPERNYMS.get(word, ()) for word in words))
    return posts, tuple(post.removeprefix("-") for post in sorted(posts) if post.startswith("-"))


def shares_complement(phrase: Phrase, role: Role, own: frozenset[str]) -> bool:
    """Whether two wordings name one post by their complement: "la patronne de Noxia" and "PDG de Noxia".

    ``own`` are the telling words of the phrase. "chef de la police de l'Ouest" and "… du Jura" are two.
    """
    leading = leads(phrase.head)
    broader = stands_for(lemmas_of(phrase.head), role.lemmas)  # "la représentante de Noxia", its head
    if not broader and (
        leading != role.leads
        or not (leading or (phrase.noun is not None and phrase.noun.kind in ("trade", "description")))
    ):
        return False
    mine, theirs = own - {fold(phrase.head)}, role.words - {fold(role.head)}
    common = mine & theirs
    return bool(common) and common in (mine, theirs)


def of_another_country(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two posts are of two countries: "premier ministre | hongrois" and "| polonais"."""
    mine, theirs = words & DEMONYMS, others & DEMONYMS
    return bool(mine and theirs) and not any(
        a.startswith(b[:-1]) or b.startswith(a[:-1]) for a in mine for b in theirs
    )


def of_same_country(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one post is told by its country and one by an adjective of it: "de l'Algérie", "algérien"."""
    mine, theirs = words & DEMONYMS, others & PLACES
    for country in theirs if mine else ():
        for adjective in mine:
            stem = max(_STEM, min(len(country), len(adjective)) - _ENDING)
            if country[:stem] == adjective[:stem]:
                return True
    return False


def _unmarked(post: str) -> str:
    """A post, folded, in its masculine wording: "première ministre" and "premier ministre" are one."""
    folded = fold(post)
    for feminine, masculine in _MARKED:
        folded = folded.replace(feminine, masculine)
    return folded


def _is_post(role: str, post: str) -> bool:
    """Whether a folded role is this post; one in ``$`` takes no complement but a country."""
    if not post.endswith("$"):
        return role.startswith(post)
    post = post[:-1]
    if not role.startswith(post):
        return False
    rest = role[len(post) :].replace("'", "' ").split()
    while rest and rest[0] in _LINKS:
        del rest[0]
    return len(rest) < 2 and (not rest or rest[0] == "republique" or rest[0] in PLACES or rest[0] in DEMONYMS)
