"""Who is named only after his post: "… », a résumé la ministre. Léa Blanc souhaite …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.antecedents import is_dateline
from quotes.extraction.carrier import Carrier
from quotes.extraction.entities import Entity
from quotes.extraction.holders import ORDINALS
from quotes.extraction.inversion import incise_subject
from quotes.extraction.named import Named
from quotes.extraction.phrases import DESCRIPTION, Phrase
from quotes.extraction.posts import Role, lemmas_of
from quotes.extraction.subjects import stands_as_subject
from quotes.extraction.tokens import printed, spelt
from quotes.extraction.wording import is_complemented

_OPENING = 4  # tokens before a subject: "Mardi, le maire …"
_OF_ONE = frozenset({"le", "la", "l'", "son", "sa"})
_ITSELF = frozenset({"lui", "elle"})
_TO_ANOTHER = frozenset({"l'", "le", "la", "lui"})  # "Léa Blanc | lui a répondu"


def named_after_posts(carriers: Sequence[Carrier], names: Named) -> Iterator[tuple[int, Entity]]:
    """The offsets of posts whose holders the next sentences name, with these, who take the post over."""
    for index, carrier in enumerate(carriers):
        post = _post_of_a_stranger(carrier, names)
        if post is None or post.post is None or (index and _just_named(carriers[index - 1], post, names)):
            continue
        for step, following in enumerate(carriers[index + 1 : index + 3]):
            if following.sentence.paragraph != carrier.sentence.paragraph:
                break
            entity = _first_named(following, names, opening=step == 0)
            if entity is None:
                continue
            if not entity.holds_office and not entity.undergoes and entity.gender in (None, post.gender):
                text = printed(carrier.tokens, *post.post)
                start = carrier.tokens[post.first].start
                entity.roles.append(Role(text, post.head, start, post.gender, inferred=True))
                yield start, entity
            break


def _just_named(carrier: Carrier, post: Phrase, names: Named) -> bool:
    """Whether a sentence brings in somebody whom a post in the next means: "Léa Blanc lit. | L'élue"."""
    return any(
        names.first_place.get(person.name) is carrier
        and not (person.holds_office or person.goes_by_first_name)
        and person.gender in (None, post.gender)
        for person in names.people
    )


def _post_of_a_stranger(carrier: Carrier, names: Named) -> Phrase | None:
    """A post that somebody acts or speaks in, of whom the article has not told that he holds it."""
    speaking: list[Phrase | None] | None = None  # read where a post needs it
    for k, post in enumerate(carrier.phrases):
        if post.post is None or not _is_post(carrier, post):
            continue
        if k in carrier.appositions or k in carrier.appositions.values():
            continue
        lemmas = lemmas_of(post.head)
        if any(not lemmas.isdisjoint(r.lemmas) for e in names.people for r in e.roles):
            continue
        if post.first < _OPENING and stands_as_subject(carrier, k) and not is_dateline(carrier, post):
            return post
        speaking = list(_speaking(carrier)) if speaking is None else speaking
        if any(post is subject for subject in speaking):
            return post
    return None


def _speaking(carrier: Carrier) -> Iterator[Phrase | None]:
    """The subjects of the incises of a sentence: "… », a résumé | la ministre"."""
    for group in carrier.verbs:
        found = incise_subject(carrier, group) if group.finite and not group.clitic else None
        if found is not None:
            yield found[0]


def _is_post(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a phrase that words a post describes the one person in it, or in a trade for somebody."""
    return (
        phrase.noun is not None
        and phrase.noun.kind in ("office", "trade")
        and phrase.kind is DESCRIPTION
        and phrase.number == "s"
        and phrase.head not in ORDINALS
        and (
            (phrase.noun.kind == "office" and phrase.determiner in _OF_ONE)
            or (
                phrase.noun.kind == "trade"
                and phrase.determiner in ("le", "la", "l'")
                and is_complemented(carrier.tokens, phrase)
            )
        )
    )


def _first_named(carrier: Carrier, names: Named, *, opening: bool) -> Entity | None:
    """The person whose full name stands for the first time, alone, as the subject of an incise.

    Or (``opening``) as the first subject of the sentence: "Interrogée lundi, | Léa Blanc a renvoyé …".
    """
    subjects = list(_speaking(carrier))
    if opening:
        acting = (p for k, p in enumerate(carrier.phrases) if stands_as_subject(carrier, k))
        first = next(acting, None)
        if first is not None and not _set_apart(carrier, first):
            subjects.append(first)
    for phrase in subjects:
        if phrase is None or phrase.name is None or phrase.noun is not None or phrase.title:
            continue
        start, end = phrase.name
        text = spelt(carrier.tokens, start, end)
        known = names.all_named(text)
        if end - start > 1 and known and names.first_place.get(text) is carrier:
            return known[0]
    return None


def _set_apart(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether somebody is told apart from whom the sentence before speaks of.

    "Léa Blanc, | elle, …", "Léa Blanc | l'a suivie"; one who is described there needs no post.
    """
    following = carrier.lows[phrase.last : phrase.last + 2]
    apposed = any(phrase is carrier.phrases[k] for k in carrier.appositions.values())
    to_other = not _TO_ANOTHER.isdisjoint(following) and following[:1] != (",",)
    return apposed or to_other or (following[:1] == (",",) and not _ITSELF.isdisjoint(following))
