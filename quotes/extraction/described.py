"""Who is described so? People, bodies and groups without a name, and texts that speak for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.extraction.adjectives import is_adjective
from quotes.extraction.bodies import STAND_FOR_BODIES, STATES_AND_TOWNS, body_meant, may_stand_for
from quotes.extraction.body_names import MADE_PUBLIC
from quotes.extraction.complements import SMALL_LINKS
from quotes.extraction.course import Course
from quotes.extraction.descriptions import says_nothing
from quotes.extraction.entities import DOCUMENT, GROUP, ORGANIZATION, PERSON, UNNAMED, Entity, NameIndex
from quotes.extraction.holders import ORDINALS, SPOKEN_OF, Holders
from quotes.extraction.impersonal import SOURCES
from quotes.extraction.named import Named
from quotes.extraction.owners import WORDS_OF_SOMEBODY, Owners, is_owned
from quotes.extraction.phrases import DESCRIPTION, Phrase
from quotes.extraction.posts import Role, lemmas_of
from quotes.extraction.proper_names import CONTRACTED, PEOPLE, POINTING_BACK, THE, TITLES_LOW, person_noun
from quotes.extraction.subjects import bare
from quotes.extraction.tokens import NUMBER, WORD, Token, printed, spelt
from quotes.extraction.worded_names import opens_slogan
from quotes.extraction.wording import (
    GENERIC,
    SEXLESS,
    is_complemented,
    plain_gender,
    without_article,
    words_of_phrase,
)
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS, PLACES
from quotes.model import SpeakerType

_COMPANY_NOUNS = word_class("company_nouns")
_IN_NAMES = frozenset({"de", "du", "des", "d'", "la", "le", "l'", "les", "et", "&"})
_CONTRACTED_ARTICLES = {"du": "le", "au": "le", "aux": "les"}
_SAME_SOURCE = frozenset({"même", "cette"})
_PARTISAN = ("iste", "libéral", "libérale", "républicain", "républicaine", "radical", "radicale")
_OF_NOBODY_NEW = WORDS_OF_SOMEBODY | SPOKEN_OF
_SHARING_A_NAME = word_class("people_of_a_name")
_TELLING_NO_POST = GENERIC | _COMPANY_NOUNS
_COUNSEL = frozenset({"client", "avocat"})


class Described:
    """The sources of an article by what describes them; more are taken in as they are met."""

    def __init__(self, names: Named, course: Course) -> None:
        self._names = names
        self._course = course
        self.index = NameIndex()
        self.holders = Holders(names, course, self.index)
        self._owners = Owners(names, course)
        self._standing_alone: dict[str, Entity] = {}
        self._introduced: list[tuple[int, Sequence[Token], Phrase]] = []  # bodies named behind their nouns
        self.told_apart: dict[int, Entity] = {}
        """Who a description means that stands at an offset of the text, where that is known already."""

    def of_name(self, tokens: Sequence[Token], phrase: Phrase, *, make: bool) -> Entity | None:
        """Who a phrase with a name in it means; two names that share a verb are a group."""
        known = self._names.known_by(tokens, phrase)
        if known is not None or not make:
            return known
        if phrase.name is None or (phrase.noun is not None and phrase.number == "p"):
            return self._description(words_of_phrase(tokens, phrase), GROUP, phrase)  # "les sœurs Roy"
        return self._names.take(tokens, phrase)

    def of_description(
        self, tokens: Sequence[Token], phrase: Phrase, *, make: bool, is_owner: bool = False
    ) -> Entity | None:
        """Who a description means; of an owner (``is_owner``) nobody asks whose it is in its turn."""
        entry = phrase.noun
        if entry is None:
            return None
        if phrase.parts:
            return self._together(tokens, phrase, make=make)
        if phrase.head in ("un", "une", "autre") and phrase.last - phrase.first == 2:
            return self._somebody(tokens, phrase) if make else None
        if phrase.head in ORDINALS and phrase.number == "s":
            found = self.holders.one_of_two(tokens, phrase)
            if found is not None:
                return found
        if phrase.head in SOURCES and any(t.low in _SAME_SOURCE for t in tokens[phrase.first : phrase.last]):
            named = tokens[phrase.last - 1].low not in SOURCES  # "la même source | policière"
            return self._last_source() if named else self._course.latest_speaker()
        if entry.kind in PEOPLE and phrase.number == "s":
            return self._person(tokens, phrase, make=make)
        text, phrase = as_subject(tokens, phrase), _with_article(phrase)
        if make and not is_owner and is_owned(phrase):
            owner = self._owners.owner_of(tokens, phrase, self._as_owner)
            if owner is not None:
                return owner
        if entry.kind == "organization" and phrase.number == "s":
            return self._body(tokens, phrase, text, make=make)
        if not make:
            return None
        if entry.kind == "document" or says_nothing(phrase):
            return self._description(text, DOCUMENT, phrase)
        own = self._own_name(tokens, phrase) if phrase.number == "s" else ""
        if own:  # "le collectif Urgence Loire"
            return self._names.body_called(own, None)
        return self._description(text, GROUP, phrase)

    def _together(self, tokens: Sequence[Token], phrase: Phrase, *, make: bool) -> Entity | None:
        """Those whom two phrases mean, by the names of the people among them: "Paul Roy et la préfète"."""
        parts = [(part, self._as_owner(tokens, part) if make else None) for part in phrase.parts]
        text = " et ".join(
            meant.name if meant is not None and meant.type is PERSON else words_of_phrase(tokens, part)
            for part, meant in parts
        )
        known = self.index.get(fold(text)) or self.index.get(fold(words_of_phrase(tokens, phrase)))
        if known is not None or not make:
            return known
        return self.index.add(fold(text), _newly_described(text, GROUP, phrase))

    def _last_source(self) -> Entity | None:
        """The "source" that spoke last, sooner than whoever did."""
        heard = (s.entity for s in reversed(self._course.seen) if s.speaks)
        sources = (e for e in heard if any(r.head in SOURCES for r in e.roles))
        return next(sources, self._course.latest_speaker())

    def _as_owner(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """Who a phrase means that names or describes whose a text is."""
        if phrase.kind is DESCRIPTION:
            return self.of_description(tokens, phrase, make=True, is_owner=True)
        return self.of_name(tokens, phrase, make=True)

    def itself(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """A description as a source of its own, whomever the rules take it for: the same for each wording.

        It is not taken in among the sources of the article: what it is worth, the judge is asked.
        """
        sort = _sort_of(phrase)
        if sort is None or not phrase.determiner or phrase.head in _OF_NOBODY_NEW:
            return None
        text = as_subject(tokens, phrase)
        if sort is ORGANIZATION:
            text = without_article(text, phrase)
        key = fold(text)
        known = self.index.get(key) or self._standing_alone.get(key) or self._of_same_noun(sort, phrase)
        if known is None:
            known = self._standing_alone[key] = _newly_described(text, sort, phrase)
        return known

    def _somebody(self, tokens: Sequence[Token], phrase: Phrase) -> Entity:
        """ "dit l'un": nobody whom the article has named."""
        found = self._description(words_of_phrase(tokens, phrase), UNNAMED, phrase)
        found.roles.clear()
        return found

    def _person(self, tokens: Sequence[Token], printed_as: Phrase, *, make: bool) -> Entity | None:
        """The one man or woman whom a description means."""
        phrase = _with_article(printed_as)
        if _is_definite(phrase):
            found = self.holders.person_described(tokens, phrase)
            if tokens[phrase.first + 1].low == "autre" and found is self._acted_last(
                tokens[phrase.first].start
            ):
                found = None  # "« … », dit Paul Roy, élu. | L'autre élu …"
            body = self._acting_body(tokens, phrase)
            sort = tokens[phrase.last - 1].low != phrase.head  # "l'opérateur | ferroviaire" is no man
            if body is not None and (
                found is None
                or found.last_sentence < body.last_sentence
                or (sort and not _is_known_as(found, phrase))
            ):
                return body  # "l'exploitant", "l'armateur": the company of which it just spoke
            if found is not None:
                if make or self._tells_post(tokens, phrase):
                    _take_role(found, tokens, phrase, as_subject(tokens, printed_as))
                return found
        elif phrase.determiner in _OWN:
            # "son client" is who has an advocate, "son avocate" who is called "Me"
            lemmas = lemmas_of(phrase.head) & _COUNSEL
            theirs = [
                e
                for e in self._names.people
                if any(_is_own(r, phrase.head) for r in e.roles)
                or any(not lemmas.isdisjoint(r.lemmas) for r in e.implied)
            ]
            found = theirs[0] if len(theirs) == 1 else self.holders.of_owner(tokens, phrase)
            if found is not None:
                return found
        return self._description(as_subject(tokens, printed_as), UNNAMED, phrase) if make else None

    def _acted_last(self, before: int) -> Entity | None:
        """The person who acted last before an offset."""
        seen = (s for s in reversed(self._course.seen) if s.position < before and s.subject)
        return next((s.entity for s in seen if s.entity.type is PERSON), None)

    def _body(self, tokens: Sequence[Token], phrase: Phrase, text: str, *, make: bool) -> Entity | None:
        """The one body that a description means."""
        if not _is_definite(phrase):
            return self._description(text, ORGANIZATION, phrase) if make else None
        known = self._known_body(tokens, phrase, text, make=make)
        if known is not None:
            _take_form(known, phrase)
        return known

    def _known_body(self, tokens: Sequence[Token], phrase: Phrase, text: str, *, make: bool) -> Entity | None:
        """The body that a definite description names or takes up; a new one, if it may be made."""
        head = phrase.first + bool(phrase.determiner)
        key = fold(spelt(tokens, head, phrase.last))
        known = self._names.body(key)
        if known is not None:
            return known
        own = self._own_name(tokens, phrase)
        if own:
            return self._names.body_called(own, phrase.gender) if make else self._names.body(fold(own))
        # "l'Organisation météorologique mondiale" is a name, "le Groupe" may be none
        is_name = key in ORGANIZATIONS or (tokens[head].capital and phrase.last - head > 1)
        taken_up = None if is_name else self._taken_up(tokens, phrase, make=make)
        if taken_up is not None or not make:
            return taken_up
        name = without_article(text, phrase)
        return self._names.bodies.add(key, Entity(name, ORGANIZATION, phrase.gender))

    def _acting_body(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """The body that acted last, for "l'entreprise", "la société d'État"."""
        lemma = phrase.noun.lemma.lower() if phrase.noun is not None else ""  # "ONG"
        if lemma not in STAND_FOR_BODIES:
            return None
        of_state = tokens[phrase.last - 1].low == "état"
        # "le groupe écologiste" is the one in parliament, "le parti écologiste" was named
        partisan = phrase.head == "groupe" and tokens[phrase.last - 1].low.endswith(_PARTISAN)
        if not of_state and (partisan or is_complemented(tokens, phrase)):
            return None
        seen = self._course.seen
        here = seen[-1].sentence if seen else 0
        return body_meant(seen, lemma, tokens[phrase.first].start, here)

    def take_introduction(self, tokens: Sequence[Token], phrase: Phrase, sentence: int) -> None:
        """Remember a body that is named behind its noun: "au groupe | Noxia", "à la Cour | des comptes"."""
        head = phrase.first + bool(phrase.determiner)
        if phrase.number != "s" or phrase.last - head < _TWO_WORDS or phrase.determiner not in _INTRODUCING:
            return
        own = self._own_name(tokens, phrase)
        if own and tokens[phrase.last - 1].capital:
            self._names.body_called(own, phrase.gender)  # "Boule" alone is no other than "Boule d'Or"
        if tokens[head].capital or own:
            self._introduced.append((sentence, tokens, phrase))

    def _taken_up(self, tokens: Sequence[Token], phrase: Phrase, *, make: bool) -> Entity | None:
        """The body that acted last, or that a noun introduced since: "au groupe Noxia. | Le groupe"."""
        acting = self._acting_body(tokens, phrase)
        if phrase.noun is None or is_complemented(tokens, phrase):
            return acting
        seen = self._course.seen
        here, before = seen[-1].sentence if seen else 0, tokens[phrase.first].start
        since = max(here - _TAKEN_UP, acting.last_sentence + 1 if acting is not None else 0)
        for said, there, named in reversed(self._introduced):
            if said < since or named.noun is None:
                break
            apposed = not there[named.first + bool(named.determiner)].capital
            nouns = phrase.noun.lemma.lower(), named.noun.lemma.lower()
            if there[named.first].start < before and may_stand_for(*nouns, apposed=apposed):
                return self.of_description(there, named, make=make)
        return acting

    def _tells_post(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Whether a subject that is not asked about words a post all the same: "La bergère est …"."""
        return (
            phrase.noun is not None
            and (
                phrase.noun.kind in ("office", "trade", "relation")
                or phrase.determiner in ("ce", "cet", "cette")
            )
            and phrase.head not in _TELLING_NO_POST
            and bare(phrase, tokens)
            and phrase.before != "et"  # "chez la boulangère et le primeur du coin"
        )

    def _own_name(self, tokens: Sequence[Token], phrase: Phrase) -> str:
        """The name that closes a body's description: "l'entreprise lyonnaise de transport | Hélio"."""
        if phrase.head in STATES_AND_TOWNS:
            return ""  # "la région Centre", and no mere "Centre"
        named = phrase.first + bool(phrase.determiner) + 1
        if (
            named < phrase.last
            and tokens[named].capital
            and tokens[named - 1].low == phrase.head
            and any(t.low in SMALL_LINKS or t.low == "et" for t in tokens[named + 1 : phrase.last])
        ):
            # "l'association | Brumes en éveil", "l'association | Habitat et cadre de vie"
            return printed(tokens, named, phrase.last)
        for at in range(phrase.first + 2, phrase.last):
            # "40 millions de piétons", but "Brume 24"
            numbered = tokens[at].kind is NUMBER and not any(t.capital for t in tokens[phrase.first + 1 : at])
            site = "." in tokens[at].text[1:-1]  # "l'association de riverains | brume.org"
            if opens_slogan(tokens, at) or numbered or site:
                return printed(tokens, at, phrase.last)
        head = phrase.first + bool(phrase.determiner)
        start = phrase.last
        while start > head + 2 and is_adjective(tokens, start - 1):
            start -= 1  # "le mouvement La Brume | insoumise"
        closing = tokens[start - 1]
        if start == phrase.last > head + 2 and tokens[start - 2].capital:
            start -= closing.kind is WORD and not closing.capital  # "le magazine Plan | fixe"
        while start > head + 1 and (
            tokens[start - 1].capital
            or tokens[start - 1].low in _IN_NAMES
            or tokens[start - 1].kind is NUMBER  # "la chaîne | Brume 24"
        ):
            start -= 1
        while start < phrase.last and not tokens[start].capital:
            start += 1
        if (
            start == phrase.last
            or phrase.head in _SHARING_A_NAME  # "la famille Morin"
            or _complements(tokens, start)  # "l'entourage du président Roy"
            or (tokens[start - 1].capital and start - 1 > head)
            or (tokens[head].capital and start - 1 > head)  # "la Ligue de basket Grand Est"
            or (tokens[start - 1].capital and not tokens[start - 1].text.isupper())
            or tokens[start - 1].low
            in ("de", "d'", "du", "des", "la", "le", "l'", "les", "à", "en", "au", "et")
        ):
            return ""
        name = printed(tokens, start, phrase.last)
        # "la chambre des comptes | Grand Est": where it is, not what it is called
        return "" if start > head + 1 and fold(name) in PLACES else name

    def _of_same_noun(self, type_: SpeakerType, phrase: Phrase) -> Entity | None:
        """Who was described last by the noun of a definite description: "un voisin … le voisin"."""
        if phrase.determiner not in POINTING_BACK:
            return None
        same = [
            e
            for e in self.index.entities()
            if e.type is type_
            and e.plural == (phrase.number == "p")
            and any(r.head == phrase.head for r in e.roles)
        ]
        return same[-1] if same else None

    def _description(self, text: str, type_: SpeakerType, phrase: Phrase) -> Entity:
        key = fold(text)
        entity = self.index.get(key)
        if entity is None:
            longer = self.index.longer(key)
            if longer is not None and phrase.determiner in POINTING_BACK:
                return longer
            same = self._of_same_noun(type_, phrase)
            if same is not None:
                return same
            entity = self.index.add(key, _newly_described(text, type_, phrase))
        return entity


def as_subject(tokens: Sequence[Token], phrase: Phrase) -> str:
    """A description as it would stand for a speaker: "le maire" for "au maire", a text without "publiée"."""
    last = phrase.last
    if phrase.noun is not None and phrase.noun.kind == "document":
        while last - phrase.first > 2 and tokens[last - 1].low in MADE_PUBLIC:
            last -= 1
    text, determiner = phrase.worded or printed(tokens, phrase.first, last), phrase.determiner
    article = _CONTRACTED_ARTICLES.get(determiner)
    return text if article is None else article + text[len(determiner) :]


def _with_article(phrase: Phrase) -> Phrase:
    """A description with the article that is a part of its preposition: "le" of "au maire"."""
    article = _CONTRACTED_ARTICLES.get(phrase.determiner)
    return phrase if article is None else replace(phrase, determiner=article)


def _sort_of(phrase: Phrase) -> SpeakerType | None:
    """What sort of source a description is of, as far as its noun and its number tell."""
    entry = phrase.noun
    if entry is None or entry.kind == "thing":
        return None
    if entry.kind == "document":
        return DOCUMENT
    if phrase.number != "s" or entry.kind == "group":
        return GROUP
    return ORGANIZATION if entry.kind == "organization" else UNNAMED


def _newly_described(text: str, type_: SpeakerType, phrase: Phrase) -> Entity:
    """A source of which the article tells no more than a phrase says."""
    gender, form = phrase.gender, None
    if type_ is UNNAMED:
        feminine = phrase.noun is not None and phrase.noun.gender == "f"
        if phrase.determiner in ("un", "le", "ce", "l'", "") and not feminine:
            gender = plain_gender(phrase)
        form = phrase.gender if phrase.head not in SEXLESS else None
    role = Role(without_article(text, phrase), phrase.head, 0, phrase.gender)
    return Entity(text, type_, gender, True, form, [role], plural=phrase.number == "p")


def _complements(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name at ``at`` is a complement's: "du président | Roy", but "de l'étudiant | Me Roy"."""
    post = at - 1
    linked = tokens[post - 1].low in ("de", "du", "d'", "la", "l'", "le")
    whose = person_noun(tokens[post].low)
    # "le collectif de parents | Brume unie", but "le groupe de députés LR"
    theirs = whose is not None and (whose.number == "s" or fold(tokens[at].text) in ORGANIZATIONS)
    return linked and theirs and tokens[at].low not in TITLES_LOW


_OWN = frozenset({"son", "sa", "notre"})
_ANY_MAN = SPOKEN_OF | {"homme", "femme"}


def _is_known_as(entity: Entity, phrase: Phrase) -> bool:
    """Whether the article tells of somebody what a description says, in these words or in narrower ones."""
    lemmas = lemmas_of(phrase.head)
    return any(role.is_told_by(lemmas) for role in entity.known_roles)


_INTRODUCING = THE | CONTRACTED
_TWO_WORDS = 2  # a noun and a name
_TAKEN_UP = 12  # sentences after which a noun still takes up a body that another introduced


def _is_definite(phrase: Phrase) -> bool:
    return phrase.determiner in ("le", "la", "l'", "ce", "cet", "cette", "")


def _is_own(role: Role, head: str) -> bool:
    """Whether a role is a relation to somebody: "sa mère"."""
    return role.head == head and role.text.split()[0] in _OWN


def _take_form(body: Entity, phrase: Phrase) -> None:
    """A body that is called by words of both genders may be "il" and "elle": "la CGT", then "le syndicat"."""
    named = body.name[:1].isupper()
    if named and body.gender and phrase.gender and body.gender != phrase.gender:
        body.gender = None


def _take_role(entity: Entity, tokens: Sequence[Token], phrase: Phrase, text: str) -> None:
    """Give a person the role that a description words, if it tells something new."""
    if entity.type is not PERSON or phrase.head in _ANY_MAN:
        return
    worded = without_article(text, phrase)
    if all(fold(worded) not in fold(role.text) for role in entity.roles):
        start = tokens[phrase.first].start
        entity.roles.append(Role(worded, phrase.head, start, phrase.gender, inferred=True))
