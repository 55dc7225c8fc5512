"""Who holds the highest post without being told to: "Les annonces du | chef de l'État ont déçu"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from quotes.extraction.carrier import Carrier
from quotes.extraction.entities import Entity
from quotes.extraction.posts import OPENING_HIGHEST, Role, is_head_of_state, is_highest, of_another_country
from quotes.extraction.proper_names import CONTRACTED, THE
from quotes.extraction.resolve import Cast
from quotes.extraction.tokens import Token, printed
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS
from quotes.model import SpeakerType

_LONGEST = 4  # tokens: "président de la République"
_OF = frozenset({"de", "du", "des", "d'", "de l'", "("})
_OF_ANYTHING = frozenset({"président", "présidente"})
_OFTEN = 3  # sentences that name whom a newspaper needs not introduce


def name_head_of_state(carriers: Sequence[Carrier], cast: Cast) -> None:
    """Give the post that only a head of state has to the person most spoken of, of those who have none.

    "Paul Roy a parlé. Les annonces | du chef de l'État ont déçu": whom everybody knows is not introduced.
    """
    people = [entity for entity in cast.sources() if entity.type is SpeakerType.PERSON]
    known = [role for entity in people for role in entity.known_roles]
    held = [role for role in known if is_highest(role.text)]
    found = [(index, post) for index, post in _posts(carriers) if not any(_is_same(post, r) for r in held)]
    posts = [post for _, post in found]
    if not posts or not all(is_head_of_state(post.text) for post in posts):
        return
    plain = all(post.text.lower() in _OF_ANYTHING for post in posts)
    if plain and not any(role.head == "ministre" for role in known):
        return  # among ministers "le président" is that of the state
    post = max(posts, key=lambda role: len(role.text))
    likely = _most_spoken_of(cast, {index for index, _ in found}, {post.start for post in posts})
    if likely is not None and likely.gender in (None, post.gender):
        likely.roles.append(post)


def _is_same(post: Role, role: Role) -> bool:
    """Whether two wordings are of one post: a head of state's or of government's, of one country."""
    one_sort = is_head_of_state(post.text) == is_head_of_state(role.text)
    return one_sort and not of_another_country(post.words, role.words)


def _posts(carriers: Sequence[Carrier]) -> Iterator[tuple[int, Role]]:
    """The sentences that have a head of state or of government by the post alone, and that post.

    Not "le président | de la région", "le président | Paul Roy".
    """
    for index, carrier in enumerate(carriers):
        tokens = carrier.tokens
        for at, token in enumerate(tokens):
            if token.low in OPENING_HIGHEST and at and tokens[at - 1].low in _INTRODUCING:
                end = _end_of_post(tokens, at)
                if end > at:
                    gender = "f" if token.low.endswith("e") else "m"
                    start = tokens[at - 1].start
                    yield index, Role(printed(tokens, at, end), token.low, start, gender, inferred=True)


_INTRODUCING = THE | CONTRACTED


def _end_of_post(tokens: Sequence[Token], at: int) -> int:
    """Where such a post ends that nothing more is told of; ``at`` if it is none."""
    longest = min(at + _LONGEST, len(tokens))
    ends = (end for end in range(longest, at, -1) if is_highest(printed(tokens, at, end)))
    end = next(ends, at)
    if end < len(tokens) and fold(tokens[end].text) in DEMONYMS:
        end += end > at
    if end < len(tokens) and (tokens[end].capital or tokens[end].low in _OF):
        return at
    return end


def _most_spoken_of(cast: Cast, worded: Collection[int], starts: Collection[int]) -> Entity | None:
    """Who stands in most sentences, by far, of all who have a full name and no post.

    ``worded`` are the sentences of the post, which stands at ``starts``: in "Léa Blanc a écrit | au chef de
    l'État" there are two people.
    """
    people = {id(s.entity): s.entity for s in cast.seen if s.entity.type is SpeakerType.PERSON}
    others = {id(s.entity) for s in cast.seen if s.sentence in worded and s.position not in starts}
    spoken_of = Counter(entity for entity, _ in {(id(s.entity), s.sentence) for s in cast.seen})
    often = Counter(
        {
            key: spoken_of[key]
            for key, e in people.items()
            if e.is_free and " " in e.name and not (e.goes_by_first_name or e.undergoes or e.labelled)
        }
    ).most_common(2)
    if not often or often[0][0] in others:
        return None
    (first, times), rival = often[0], often[1][1] if len(often) > 1 else 0
    return people[first] if times >= max(_OFTEN, rival + 2) else None
