"""Which stretches of a carrier could name a speaker?

Three sorts of *phrase*: a name ("Jeanne Roy", "M. Roy", "la maire Jeanne Roy"), a description ("la
ministre de la Culture", "plusieurs experts", "un proche du dossier") and a subject pronoun ("elle").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from quotes.extraction.adjectives import PRESENT_VERBS
from quotes.extraction.bare_posts import APPOINTED, lead_of_post, opening_lead
from quotes.extraction.body_names import body_run, branch_end, plain_name_end
from quotes.extraction.complements import description_end
from quotes.extraction.counted import (
    ABOUT_AS_MANY,
    MANY,
    about_as_many,
    all_of,
    good_number,
    numbered,
    side,
    some_many,
    undetermined,
    wing,
)
from quotes.extraction.descriptions import description_at, is_lawyer
from quotes.extraction.leads import COMPOUNDS, MAY_PRECEDE, compound_length, lead_to_noun
from quotes.extraction.names_in_marks import is_people_in_marks
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.pronouns import ARTICLE_GENDER, READERS, Reader, Reading, verb_follows
from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    CONTRACTED,
    DEFINITE,
    DETERMINERS,
    FUNCTION_WORDS,
    LONGEST_NAME,
    PEOPLE,
    PLAIN_LINKS,
    POINTING_BACK,
    RELATIVES,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    known_body_end,
    listed_with_article,
    name_run,
    past_particles,
    person_noun,
    sentence_opens,
)
from quotes.extraction.tokens import NUMBER, WORD, Token, spelt
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS, PARTICLES, PLACES
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import FORMS, is_indicative


def find_phrases(tokens: Sequence[Token], words: Vocabulary) -> list[Phrase]:
    """The phrases of a carrier, in order, none inside another."""
    found: list[Phrase] = []
    end = 0
    before = ""
    for i, token in enumerate(tokens):
        low = token.low
        if i >= end and (
            token.capital
            or low in _CLOSED
            or (low not in _BEGIN_NONE and _may_begin(low))
            or token.quote >= 0  # ", « gilet bleu »": who goes by what stands in marks
            or before == "côté"
        ):
            phrase = _phrase_at(tokens, i, words, before)
            if phrase is not None:
                found.append(phrase)
                end = phrase.last
        before = low
    return found


def _put_in_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether a stressed pronoun parts a post from the comma: ", lui aussi | guide"."""
    before = [t.low for t in tokens[max(0, i - 3) : i]]
    return before in ([",", "lui", "aussi"], [",", "elle", "aussi"])


def _follows_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a post with a complement follows its bearer's full name without a comma: "Ali Sow chef de"."""
    if tokens[i].low in PRESENT_VERBS or tokens[i].low in FORMS:
        return False  # "Jeanne Roy garde des feutres"
    person = i > 1 and tokens[i - 1].capital and tokens[i - 2].capital and is_first_name(tokens[i - 2].text)
    return bool(person and i + 1 < len(tokens) and tokens[i + 1].low in PLAIN_LINKS)


_LINKS_OF_POSTS = PLAIN_LINKS | {"à", "au", "aux", "chez", "en"}
_ADJECTIVAL = tuple(word_class("adjective_endings"))
_OFFICES = frozenset({"mairie", "préfecture", "sous-préfecture"})


def _titles_body(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capital article inside a sentence begins a body's name: ", Le Quotidien note que"."""
    return (
        0 < i < len(tokens) - 1
        and (tokens[i - 1].kind is WORD or tokens[i - 1].text in (",", "("))
        and not tokens[i - 1].text.isupper()
        and tokens[i + 1].capital
        and not tokens[i + 1].text.isupper()
        and bool(noun(tokens[i + 1].low))
        and person_noun(tokens[i + 1].low) is None
    )


def _phrase_at(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    token = tokens[i]
    if token.capital and i and tokens[i - 1].capital and sentence_opens(tokens, i):
        before = ""  # behind a heading: "Brume | Le maire estime"
    if token.kind is NUMBER:
        return numbered(tokens, i, words, before)
    if token.kind is not WORD:
        return None
    opening = _CLOSED.get(token.low)
    if opening is not None:
        for read in opening.readers_at(tokens, i + 1):
            phrase = read(tokens, i, words, before)
            if phrase is not None:
                return phrase
        if token.low in _DETERMINED:
            return None
    return _name_or_post(tokens, i, words, before)


def _name_or_post(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """What begins with a capital, or with a noun that has no determiner."""
    token = tokens[i]
    bare: Phrase | None = None
    if before == "côté" and not token.capital:
        bare = side(tokens, i, words, before)
    elif i + 2 < len(tokens) and tokens[i + 1].low == "et":
        bare = _bare_pair(tokens, i, words, before)
    if bare is not None:
        return bare
    known = (known_body_end(tokens, i) or plain_name_end(tokens, i)) if token.capital else 0
    if known:
        name = spelt(tokens, i, known)
        return Phrase(i, known, NAME, name, name=(i, known), before=before)
    if not token.capital or _is_capital_post(tokens, i):
        return _bare_post(tokens, i, words, before)
    if (
        person_noun(token.low)
        and not _made(tokens, i)
        and i + 1 < len(tokens)
        and not is_first_name(token.low)
    ):
        described = description_at(tokens, i, words, before)
        if described is not None and (described.name or (i == 0 and token.low not in words.capitals)):
            return described
    end = name_run(tokens, i, words)
    if end == i or (not i and sentence_opens(tokens, end)):
        return None  # "Brume Le maire estime": a heading
    end = branch_end(tokens, i, _worded_name_end(tokens, i, end, words))
    text = spelt(tokens, i, end)
    return Phrase(i, end, NAME, text, name=(i, end), before=before)


def _is_capital_post(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capital begins a post: "Jean Roy (Entraîneur du FC)", "est PDG", ", Premier ministre"."""
    token = tokens[i]
    if token.low in _BEFORE_BARE_POST:  # "Nouveau maire de Brume, Jean Roy …"
        following = tokens[i + 1] if i + 1 < len(tokens) else token
        return not following.capital and person_noun(following.low) is not None
    if person_noun(token.low) is None:
        # "Gilet jaune à Brume, Léa …", but "Mise en cause, Léa …"
        undergone = any(f.mood == "past_participle" for f in FORMS.get(token.low, ()))
        return not i and not undergone and compound_length(tokens, i) > 0
    if token.text.isupper() and len(token.text) > 1:
        return True
    if not i:
        return False
    return tokens[i - 1].text == "(" or _is_apposed_capital(tokens, i) or lead_of_post(tokens, i) < i


def _is_apposed_capital(tokens: Sequence[Token], i: int) -> bool:
    """Whether a post with a capital goes on a name: "Jean Roy, | Directeur du port"."""
    if i < 2 or i + 2 >= len(tokens) or tokens[i - 1].text != "," or is_first_name(tokens[i].text):
        return False
    at = i + 1 + tokens[i + 1].capital
    link = tokens[at].low in _LINKS_OF_POSTS or (tokens[at].low.endswith(_ADJECTIVAL) and at == i + 1)
    return tokens[i - 2].capital and tokens[at].kind is WORD and link


def _bare_pair(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Syndicats et patronat ont salué", « … », dénoncent élus et riverains. "Selon élus et riverains" """
    at = i + 2 + (tokens[i + 2].low == "extrême" and i + 3 < len(tokens))  # "droite et extrême droite"
    first, second = (_of_several(tokens[k].low) for k in (i, at))
    if (
        first is None
        or second is None
        or tokens[at].capital
        or not (i == 0 or before in _BEFORE_BARE_PAIR or _several_act(tokens, i - 1))
    ):
        return None
    end = description_end(tokens, at + 1, words, second, apposed=False)
    both = Noun(f"{first.lemma} et {second.lemma}", "group", None, "p")
    return Phrase(i, end, DESCRIPTION, both.lemma, both, "plusieurs", "p", post=(i, end), before=before)


_BEFORE_BARE_PAIR = frozenset({"que", "qu'", "si", "selon", "pour", "par", "quand", "mais", "comme"})


def _of_several(low: str) -> Noun | None:
    """A noun as one of people in the plural, of a group, or of a body."""
    return next(
        (
            n
            for n in noun(low)
            if n.kind in ("group", "organization") or (n.kind in PEOPLE and n.number == "p")
        ),
        None,
    )


def _several_act(tokens: Sequence[Token], at: int) -> bool:
    return any(
        f.mood == "indicative" and f.person == 3 and f.number == "p" for f in FORMS.get(tokens[at].low, ())
    )


def _worded_name_end(tokens: Sequence[Token], i: int, end: int, words: Vocabulary) -> int:
    """Where a body's name ends that is worded like a phrase and acts at once: "Ports de Brume | annonce"."""
    if i or end > 1 or end + 1 >= len(tokens) or tokens[end].low not in PLAIN_LINKS:
        return end
    if is_first_name(tokens[i].text) or fold(tokens[i].text) in PLACES:
        return end  # "Paris du Nord au Sud", "Jeanne d'Arc"
    at = end + 1 + (tokens[end + 1].low in ("la", "l'", "le", "les"))
    close = name_run(tokens, at, words) if at < len(tokens) and tokens[at].capital else at
    if close == at or close >= len(tokens):
        return end
    relative = tokens[close].text == "," and close + 1 < len(tokens) and tokens[close + 1].low in RELATIVES
    return close if relative or verb_follows(tokens, close) else end


def _titled_with_article(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "le docteur Roy" """
    if i + 2 >= len(tokens) or tokens[i + 1].low not in TITLES_LOW or not tokens[i + 2].capital:
        return None
    titled = _titled(tokens, i + 1, words, before)
    return titled and replace(titled, first=i)


def _in_office(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "assure-t-on en | mairie" """
    said = before == "en" and i > 1 and tokens[i - 2].low.endswith("-on")
    return description_at(tokens, i, words, before) if said else None


def _seat(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "assure-t-on | place Beauvau": a listed seat of those who govern"""
    if i + 1 >= len(tokens) or not tokens[i + 1].capital:
        return None
    name = spelt(tokens, i, i + 2)
    listed = ORGANIZATIONS.get(fold(name))
    if listed is None:
        return None
    return Phrase(i, i + 2, NAME, name, gender=listed.gender, name=(i, i + 2), before=before)


def _source(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "de | source policière", "selon | sources" """
    return description_at(tokens, i, words, before) if before in ("de", "selon") else None


def _body_with_article(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ ", Le Quotidien note que" """
    token = tokens[i]
    if not token.capital or not _titles_body(tokens, i):
        return None
    end = body_run(tokens, i + 1, words)
    name = spelt(tokens, i, end)
    number = "p" if token.low == "les" else "s"
    gender = ARTICLE_GENDER.get(token.low)
    return Phrase(i, end, NAME, name, None, token.low, number, gender, (i, end), None, before=before)


def _listed_with_article(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "selon | le Soir", "dénonce | la Corée du Nord", "les Jeunes agriculteurs" """
    start, end = listed_with_article(tokens, i)
    if end == 0:
        return None
    end = max(end, body_run(tokens, i + 1, words))  # "l'Écho | de la Baie"
    low = tokens[i].low
    number = "p" if low == "les" else "s"
    name = spelt(tokens, start, end)
    return Phrase(i, end, NAME, name, None, low, number, ARTICLE_GENDER.get(low), (start, end), before=before)


def _bare_post(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """A post without its article: ", maire de Lyon", "(députée)"."""
    low = tokens[i].low
    slot = not i or before in _POST_SLOTS
    noun_lead = lead_to_noun(tokens, i) if slot and low in _BEFORE_BARE_POST else None
    at = noun_lead[2] if noun_lead is not None else i  # ", nouveau président de la ligue"
    if before == "côté" and any(n.number == "p" and n.kind in _TAKING_SIDES for n in noun(low)):
        return description_at(tokens, i, words, before)  # "côté | syndicats, le ton monte"
    worn = tokens[at].quote >= 0 and is_people_in_marks(tokens[at])
    if not (worn or person_noun(tokens[at].low) or compound_length(tokens, at) or is_lawyer(tokens, at)):
        return None
    if (low in FORMS and _acts_here(tokens, i)) or _made(tokens, i):
        return None
    lead = opening_lead(tokens, i)
    if lead < i:  # ", tout juste élu | maire": as if nothing were between
        return description_at(tokens, i, words, tokens[lead - 1].low if lead else "")
    placed = slot or _follows_name(tokens, i) or _put_in_before(tokens, i) or lead_of_post(tokens, i) < i
    return description_at(tokens, i, words, before) if placed else None


def _made(tokens: Sequence[Token], i: int) -> bool:
    """Whether it is told what somebody was made, and no holder: "élu | maire", not "élu d'opposition"."""
    made = tokens[i].low in APPOINTED and i + 1 < len(tokens)
    return made and person_noun(tokens[i + 1].low) is not None


@lru_cache(maxsize=1 << 14)
def _may_begin(low: str) -> bool:
    """Whether a number or a word of the open classes may begin a phrase, but behind "côté"; most don't."""
    return (
        low[0].isdigit()
        or person_noun(low) is not None
        or low in COMPOUNDS
        or low in _BEFORE_BARE_POST
        or low == "conseil"
    )


def _acts_here(tokens: Sequence[Token], i: int) -> bool:
    """Whether a verb that could be a post stands at ``i``: ", juge Jeanne Roy,", ", juge, lui, que"."""
    following = tokens[i + 1 : i + 3]
    takes = following and (following[0].capital or following[0].low in _OF_A_VERB)
    aside = [t.low for t in following] in ([",", "lui"], [",", "elle"])
    return bool(takes or aside) and is_indicative(tokens[i].low)


_OF_A_VERB = (DETERMINERS | {"que", "qu'"}) - CONTRACTED - {"d'", "de"}


def _titled(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "M. Roy", "Mme Jeanne Roy", "Me Roy", "M. de la Roncière" """
    title = tokens[i]
    if i + 1 >= len(tokens) or (title.low == "m" and (not title.capital or len(tokens[i + 1].text) < 3)):
        return None  # "M E Roy"
    start = i + 1
    if tokens[start].low in TITLES_LOW and start + 1 < len(tokens):
        start += 1
    first = past_particles(tokens, start) if title.text in _BEFORE_PARTICLES else start
    if not tokens[first].capital or (tokens[start].low in DETERMINERS and tokens[start].low not in PARTICLES):
        return None
    end = first + 1
    while end < min(len(tokens), start + LONGEST_NAME):
        token = tokens[end]
        if token.kind is WORD and token.capital and not token.low.startswith("-"):
            end += 1
        elif token.low in PARTICLES and end - start < 4 and past_particles(tokens, end) > end:
            end = past_particles(tokens, end) + 1
        else:
            break
    return Phrase(
        i, end, NAME, spelt(tokens, start, end),
        number="p" if title.low in _TITLES_OF_MANY else "s", gender=_GENDER_OF_TITLE.get(title.low),
        name=(start, end), title=title.low, before=before,
    )  # fmt: skip


_TITLES_OF_MANY = frozenset({"mm.", "mmes", "messieurs", "mesdames"})
_GENDER_OF_TITLE = {
    title: gender
    for titles, gender in (
        ("m m. monsieur mm. mr mr.", "m"),
        ("mrs mrs. ms. ms miss mme mme. mᵐᵉ dre madame mlle mlle. mmes", "f"),
    )
    for title in titles.split()
}
# "M. de Lormes", but "un monsieur de Lormes", "Maître de conférences"
_BEFORE_PARTICLES = frozenset(
    {"M.", "M", "Mme", "Mme.", "Mlle", "Mr", "Me", "Monsieur", "Madame", "Dr", "Pr"}
)


_POST_SLOTS = frozenset({",", "(", "«»", ":", "–", "—"})
_DETERMINED = DETERMINERS | {"ex", "beaucoup"}
_TAKING_SIDES = PEOPLE | {"organization", "group"}
_BEFORE_BARE_POST = BEFORE_NOUN - word_class("no_part_of_posts") - _DETERMINED


@value
class _Opening:
    """What a word of the closed classes may begin, in the order in which it is tried.

    ``readers`` are tried before a capital or a number, ``before`` those where a word follows that some of
    them wait for, ``others`` where any other does.
    """

    readers: tuple[Reader, ...]
    before: Mapping[str, tuple[Reader, ...]]
    others: tuple[Reader, ...]

    def readers_at(self, tokens: Sequence[Token], at: int) -> tuple[Reader, ...]:
        """What is tried where the word is followed by what stands at ``at``."""
        if at == len(tokens):
            return self.readers
        following = tokens[at]
        if following.capital or following.kind is NUMBER:
            return self.readers
        return self.before.get(following.low, self.others)


def _openings() -> dict[str, _Opening]:
    """What each word of the closed classes may begin."""
    readings: list[Reading] = [
        *READERS,
        (DEFINITE, TITLES_LOW, _titled_with_article),
        (_OFFICES, None, _in_office),
        (("source", "sources"), None, _source),
        (("place",), (), _seat),
        (TITLES_LOW, None, _titled),
        (DEFINITE, (), _listed_with_article),
        (DEFINITE, (), _body_with_article),
        (ABOUT_AS_MANY, ("de", "d'"), about_as_many),
        (("quelque", "environ"), (), some_many),
        (MANY, None, good_number),
        (("tout", "toute", "tous", "toutes"), POINTING_BACK, all_of),
        (("gauche", "droite"), None, wing),
        (("de", "d'"), None, undetermined),
        (_DETERMINED - {"de", "d'"}, None, description_at),
        (("de", "d'"), MAY_PRECEDE, description_at),  # "de nombreux experts", not "de pêcheurs"
    ]
    by_word: dict[str, list[Reading]] = {}
    for reading in readings:
        for word in reading[0]:
            by_word.setdefault(word, []).append(reading)
    return {word: _opening(own) for word, own in by_word.items()}


def _opening(readings: Sequence[Reading]) -> _Opening:
    named = {word for _, following, _ in readings for word in following or ()}
    return _Opening(
        tuple(read for *_, read in readings),
        {
            word: tuple(read for _, following, read in readings if following is None or word in following)
            for word in named
        },
        tuple(read for _, following, read in readings if following is None),
    )


_CLOSED = _openings()
_BEGIN_NONE = frozenset(w for w in FUNCTION_WORDS | {",", "."} if w not in _CLOSED and not _may_begin(w))
"""Small words and marks that begin no phrase: what is asked for most often."""
