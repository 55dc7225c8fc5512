"""Who is that phrase? The speakers of one article, and each mention's way to one of them.

As in *eyecite*, resolving is a second pass that takes a single surviving candidate, or none.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from quotes.extraction.carrier import Carrier
from quotes.extraction.census import NameEvidence, census, is_company, names_in
from quotes.extraction.complements import body_run, is_adjective, opens_slogan
from quotes.extraction.entities import (
    Entity,
    NameIndex,
    Seen,
    differ_by_a_letter,
    initials,
    name_keys,
    person_words,
    single,
    two_first_names,
)
from quotes.extraction.mentions import Phrase, PhraseKind, described_at
from quotes.extraction.posts import (
    ASKING,
    Role,
    is_highest,
    is_meant,
    leads,
    lemmas_of,
    paraphrased,
    shares_complement,
    stands_for,
    telling_words,
)
from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    PEOPLE,
    TIMES,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    name_run,
    person_noun,
)
from quotes.extraction.subjects import SOURCES, bare, incise_subject, stands_as_subject
from quotes.extraction.tokens import Kind, Token, printed
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import FIRST_NAMES, ORGANIZATIONS, PARTICLES, PLACES, gender_of
from quotes.french.nouns import noun
from quotes.model import SpeakerType, ZoneKind

# Descriptions that any man or woman may be given: "l'homme", "la quinquagénaire", "l'élu".
_GENERIC = word_class("generic_people")
_SEXLESS = word_class("sexless_people")
_GENERIC_BODIES = word_class("generic_bodies")
_NAMED_AFTER_PEOPLE = word_class("things_named_after_people")
_REIGNING = word_class("who_go_by_first_names")
_STATES = word_class("states_and_towns")
_COMPANY_NOUNS = word_class("company_nouns")
_FIRMS = frozenset({"entreprise", "firme", "compagnie", "start-up", "marque", "enseigne", "société"})
_IN_NAMES = frozenset({"de", "du", "des", "d'", "la", "le", "l'", "les", "et"})
_ANYBODY = word_class("empty_posts")
_MEN = word_class("of_one_sex")
_ARTICLES = frozenset({"le", "la", "les", "l'"})
# "il" and "elle" rather mean somebody named than a body or somebody without a name.
_LESS_LIKELY = {SpeakerType.ORGANIZATION: 3.5, SpeakerType.GROUP: 3.5, SpeakerType.UNNAMED: 1.5}
_CONTRACTED_ARTICLES = {"du": "le", "au": "le", "aux": "les"}
_NEAR = 4  # sentences between a post and the name of its holder
_OPENING = 4  # tokens before a subject: "Mardi, le maire …"
_SPOKE_BEFORE = 0.5  # what a body that spoke in the sentence before loses against a person
_OWNED_NEAR = 1_000  # characters between somebody and "son blog"
_DIALOGUE = 2  # sentences before a line of a dialogue in which the other one is named
_WINDOW = 8  # how many sentences back a pronoun may find its antecedent


class Cast:
    """The sources of one article, found in a first pass over all carriers."""

    def __init__(
        self, carriers: Sequence[Carrier], words: Vocabulary, persons: Mapping[str, bool] | None = None
    ) -> None:
        """``persons`` answers, for names that the lexicons leave open, whether each is a person's."""
        self._persons = persons or {}
        self.open_names: dict[str, tuple[Carrier, tuple[int, int]]] = {}
        """Names that no lexicon knows, with the carrier and the tokens where each stands first."""
        self._people: list[Entity] = []
        self._by_key: dict[str, list[Entity]] = {}
        self._by_initials: dict[str, Entity] = {}
        self._by_rest: dict[str, list[Entity]] = {}  # by what a full name is without one of its words
        self._bodies = NameIndex()
        self._described = NameIndex()
        self._seen: list[Seen] = []
        self._told_apart: dict[int, Entity] = {}  # by where a description begins
        self._topics: dict[int, Entity] = {}  # by sentence
        self._first_place: dict[str, Carrier] = {}  # by the name
        self._introduced: dict[str, Entity] = {}
        self._words = words
        self._collect(carriers)

    # --- the first pass: whose names stand in the article? ---

    def _collect(self, carriers: Sequence[Carrier]) -> None:
        names = census(carriers, self._words)
        self._first_place = {name.text: name.carrier for name in names.values()}
        for name in sorted(names.values(), key=lambda n: -len(n.parts)):
            self._take_full_name(name)
        for name in names.values():
            if len(name.parts) == 1:
                self._take_single_name(name, names)
        for name in names.values():
            self._take_gender(name)

    def _take_full_name(self, name: NameEvidence) -> None:
        parts = name.parts
        if name.text.isupper() and len(parts) > 2:
            return
        initial = len(parts[-1]) == 1  # "Lucas P."
        several, first = len(parts) > 1, is_first_name(parts[0])
        plain = several and (not parts[-1].isupper() or (initial and first))
        if (plain and self._is_person(name)) or (
            several and first and parts[-1].isupper() and name.like_a_person
        ):
            self._add_person(name.text, name.post_gender)
        elif several or name.key in ORGANIZATIONS:
            self._bodies.add(name.key, Entity(name.text, SpeakerType.ORGANIZATION))

    def _take_single_name(self, name: NameEvidence, names: Mapping[str, NameEvidence]) -> None:
        known = self._named(name.text)
        if known:
            other = names.get(known[0].name)
            if other is not None and name.aged and is_first_name(name.text) and name.stranger_to(other):
                self._add_namesake(name)
            return
        if name.titled:
            self._add_person(name.text, name.title_gender)
        elif name.key in ORGANIZATIONS or name.determined:
            return
        elif name.key in PLACES and (name.located or not name.subject or not is_first_name(name.text)):
            return  # "à Florence", but "Florence sourit"
        elif name.apposed or name.aged or (is_first_name(name.text) and not name.text.isupper()):
            self._add_person(name.text, name.post_gender)

    def _take_gender(self, name: NameEvidence) -> None:
        for entity in self._named(name.text)[:1]:
            headline = name.carrier.sentence.zone is ZoneKind.HEADLINE and not name.carrier.sentence.quotes
            entity.by_surname = entity.by_surname or name.titled or headline
            if name.title_gender:
                entity.gender, entity.firm = name.title_gender, True
            elif name.post_gender and not entity.firm:
                entity.gender, entity.firm = name.post_gender, True

    def _add_namesake(self, name: NameEvidence) -> None:
        """ "Jeanne, 44 ans," where another Jeanne has a surname: two people."""
        entity = Entity(name.text, SpeakerType.PERSON, gender_of(name.text))
        self._people.append(entity)
        self._by_key[" ".join(person_words(name.text))] = [entity]

    def name_holder(self, heard: Iterable[Entity]) -> tuple[Entity, Entity] | None:
        """The one post without a name and the one speaker without a post: who they are, if they fit."""
        spoke = {id(e): e for e in heard if e.type is SpeakerType.PERSON and not e.holds_office}
        posts = [
            e
            for e in self._described.entities()
            if e.type is SpeakerType.UNNAMED and e.holds_office and fold(e.name).startswith(_THE)
        ]
        if len(spoke) != 1 or len(posts) != 1:
            return None
        person = next(iter(spoke.values()))
        other = "la " if person.gender == "m" else "le "  # "le préfet" is no Jeanne
        if (
            " " not in person.name
            or person.goes_by_first_name
            or person.labelled
            or person.gender is None
            or fold(posts[0].name).startswith(other)
        ):
            return None
        if posts[0].form is not None and posts[0].form != person.gender:
            return None  # "l'inspecteur" neither
        named = {s.sentence for s in self._seen if s.entity is person}
        worded = {s.sentence for s in self._seen if s.entity is posts[0]}
        if not any(at + step in named for at in worded for step in range(1 - _NEAR, _NEAR)):
            return None
        if named & worded:
            return None  # "X s'est attiré une réplique de la maire": two people
        person.roles.extend(posts[0].roles)
        return posts[0], person

    def identify(self, carriers: Sequence[Carrier]) -> None:
        """ "ce porte-parole, Jean Roy,": the one who was "un porte-parole" before has a name."""
        for index, carrier in enumerate(carriers):
            for k, other in carrier.appositions.items():
                phrase = carrier.phrases[k]
                if phrase.determiner in ("ce", "cet", "cette") and other > k:
                    entity = self.of_phrase(carrier.tokens, carrier.phrases[other], index)
                    if entity is not None and entity.type is SpeakerType.PERSON:
                        self._introduced[phrase.head] = entity

    def name_posts(self, carriers: Sequence[Carrier]) -> None:
        """Le maire a tranché. « … », annonce Jeanne Roy: who is named first right after a post holds it."""
        for index, carrier in enumerate(carriers):
            opening = next(
                (
                    (k, p)
                    for k, p in enumerate(carrier.phrases)
                    if p.first < _OPENING and stands_as_subject(carrier, k) and not _dateline(carrier, p)
                ),
                None,
            )
            if opening is None or opening[0] in carrier.appositions:
                continue
            post = opening[1]
            if (
                post.kind is not PhraseKind.DESCRIPTION
                or post.noun is None
                or post.noun.kind != "office"
                or post.number != "s"
                or post.post is None
                or post.determiner not in ("le", "la", "l'")
                or any(not lemmas_of(post.head).isdisjoint(r.lemmas) for e in self._people for r in e.roles)
            ):
                continue
            for following in carriers[index + 1 : index + 3]:
                if following.sentence.paragraph != carrier.sentence.paragraph:
                    break
                entity = self._first_named_speaker(following)
                if entity is None:
                    continue
                if not entity.holds_office and entity.gender in (None, post.gender):
                    self._told_apart[carrier.tokens[post.first].start] = entity
                    text = printed(carrier.tokens, *post.post)
                    start = carrier.tokens[post.first].start
                    entity.roles.append(Role(text, post.head, start, post.gender, inferred=True))
                break

    def _first_named_speaker(self, carrier: Carrier) -> Entity | None:
        """The person whose full name stands for the first time, alone, as the subject of an incise."""
        for group in carrier.verbs:
            subject = incise_subject(carrier, group) if group.finite and not group.clitic else None
            phrase = subject[0] if subject is not None else None
            if phrase is None or phrase.name is None or phrase.noun is not None or phrase.title:
                continue
            start, end = phrase.name
            text = " ".join(t.text for t in carrier.tokens[start:end])
            known = self._named(text)
            if end - start > 1 and known and self._first_place.get(text) is carrier:
                return known[0]
        return None

    def _is_person(self, name: NameEvidence) -> bool:
        key, parts = name.key, name.parts
        if key in ORGANIZATIONS or key in PLACES or fold(parts[0]) in _NAMED_AFTER_PEOPLE:
            return False  # "affaire Lorme", "loi Roy"
        if name.titled or name.apposed:
            return True
        if is_first_name(parts[0]) or fold(parts[0]).strip(".") in FIRST_NAMES:
            country = fold(parts[0]) in PLACES  # "France Victimes" is a body, "France Roy" a person
            return not any(
                country or entry.kind in ("organization", "document")
                for part in parts[1:]
                for entry in noun(part.lower())
            )
        if name.determined or name.located:
            return False
        if any(
            entry.kind in ("organization", "document", "group")
            for part in parts
            for entry in noun(part.lower())
        ):
            return False
        particle = len(parts) > 2 and parts[1].lower() in PARTICLES and name.subject  # "Orlane Del Vaux"
        if not particle and any(fold(part) in PLACES or fold(part) in ORGANIZATIONS for part in parts):
            return False
        self.open_names[name.text] = (name.carrier, name.span)
        if name.text in self._persons:
            return self._persons[name.text]
        return len(parts) <= 4 and all(part[0].isupper() or part.lower() in PARTICLES for part in parts)

    def _add_person(self, text: str, gender: str | None) -> Entity:
        parts = text.split()
        known = self._named(text) or self._misspelt(text)
        if known:
            return known[0]
        entity = Entity(
            text,
            SpeakerType.PERSON,
            gender or (gender_of(parts[0]) if is_first_name(parts[0]) else None),
            gender is not None,
        )
        self._people.append(entity)
        self._by_initials.setdefault(initials(text), entity)
        for key in name_keys(parts):
            self._by_key.setdefault(key, []).append(entity)
        words = person_words(text)
        for start in range(len(words) - 1):
            for k in range(start, len(words)):
                rest = words[start:k] + words[k + 1 :]
                self._by_rest.setdefault(" ".join(rest), []).append(entity)
        return entity

    def _named(self, text: str) -> list[Entity]:
        return self._by_key.get(" ".join(person_words(text)), [])

    def _misspelt(self, text: str) -> list[Entity]:
        """The person of whose long full name one letter is otherwise here: "Rokiattou" for "Rokiatou"."""
        words = person_words(text)
        if len(words) < 2:
            return []
        for k, word in enumerate(words):
            others = words[:k] + words[k + 1 :]
            if len(word) < _LONG_NAME:
                continue
            for other in self._by_rest.get(" ".join(others), ())[:_FEW]:
                spelt = person_words(other.name)
                if (
                    len(spelt) >= len(words)
                    and differ_by_a_letter(word, spelt[-len(words) :][k])
                    and not two_first_names(word, spelt[-len(words) :][k])
                ):
                    self._by_key.setdefault(" ".join(words), []).append(other)
                    return [other]
        return []

    def named(self, name: str) -> Entity | None:
        """The person of this name (full, surname or first name), or of these initials."""
        known = self._named(name)
        if known:
            return known[0]
        return self._by_initials.get(initials(name.replace(".", " ")))

    @property
    def seen(self) -> Sequence[Seen]:
        """All mentions so far, in the order of the text."""
        return self._seen

    def sources(self) -> Iterator[Entity]:
        """All sources of the article: persons, bodies, then those only described."""
        yield from self._people
        yield from self._bodies.entities()
        yield from self._described.entities()

    def known_as(
        self, tokens: Sequence[Token], phrase: Phrase, sentence: int, paragraph: int
    ) -> Entity | None:
        """The entity that a phrase names, if the article has it already: nothing new is taken in."""
        if phrase.kind is PhraseKind.PRONOUN:
            return self.of_pronoun(phrase.head, sentence, paragraph, tokens[phrase.first].start)
        key = fold(_words(tokens, phrase))
        if phrase.kind is PhraseKind.NAME:
            return self._of_name(tokens, phrase, make=False) or self._described.get(key)
        told_apart = self._told_apart.get(tokens[phrase.first].start)
        known = told_apart or self._of_description(tokens, phrase, make=False)
        return known or self._described.get(key) or self._described.longer(key)

    def labelled(self, name: str, signed: bool) -> Entity | None:
        """Whom a label names, among those of the article; ``signed`` names somebody new, too.

        So does a label of several words: "Jeanne Roy", not "R." or "La maire".
        """
        words = name.split()
        if len(words) > 1 and words[0].lower() in TITLES_LOW:
            words = words[1:]
        plain = " ".join(words)
        short = " ".join(plain) if plain.isupper() and len(plain) < _LONG_NAME else plain
        known = self.named(plain) or self._by_initials.get(initials(short)) or self._bodies.get(fold(plain))
        if known is not None:
            return known
        kinds = {entry.kind for word in words for entry in noun(word.lower())}
        if fold(plain) in ORGANIZATIONS or (signed and not kinds.isdisjoint(("organization", "document"))):
            return self._bodies.add(fold(plain), Entity(plain, SpeakerType.ORGANIZATION))
        if signed or (len(words) > 1 and fold(words[0]) not in _ARTICLES):
            return self._add_person(plain, None)
        return None

    def interviewed(self, before: int, besides: Collection[int] = ()) -> Entity | None:
        """The person whom an interview is with, of those that stand before the offset where it begins.

        The one with a role who is named first, or named first; who is named only in the sentences
        ``besides`` has signed the article.
        """
        people = [s for s in self._seen if s.entity.type is SpeakerType.PERSON and s.sentence not in besides]
        seen = [s.entity for s in people if s.position < before] or [s.entity for s in people]
        return next((e for e in seen if e.roles), seen[0] if seen else None)

    # --- the second pass: sentence by sentence, in order ---

    def see(self, carrier: Carrier, sentence: int) -> None:
        """Take in the persons and bodies of a carrier as antecedents for what follows."""
        tokens = carrier.tokens
        inverted = {
            group.last
            for group in carrier.verbs
            if group.finite
            and not group.allows("weak")
            and group.first
            and tokens[group.first - 1].low in ("que", "qu'", "comme", "dont")
        }  # "ce qu'a déploré X"
        for k, phrase in enumerate(carrier.phrases):
            if phrase.kind is PhraseKind.PRONOUN:
                if phrase.head in ("il", "elle") and phrase.first > 1 and phrase.before == ",":
                    meant = self.of_pronoun(
                        phrase.head, sentence, carrier.sentence.paragraph, tokens[0].start
                    )
                    self._preposed_role(carrier, phrase, meant)
                if phrase.head in ("il", "elle") and not _impersonal(tokens, phrase.last):
                    start = tokens[phrase.first].start
                    meant = self.of_pronoun(phrase.head, sentence, carrier.sentence.paragraph, start)
                    if meant is not None and meant.type is SpeakerType.PERSON:
                        self.note(meant, sentence, carrier.sentence.paragraph, True, start)
                continue
            if phrase.determiner in ("mon", "ma", "mes", "notre", "nos", "votre", "vos"):
                continue
            if _credited(tokens, phrase.first):
                continue
            if phrase.head in ("premier", "première") and phrase.kind is PhraseKind.DESCRIPTION:
                continue  # "Et la première n'était pas mieux": of whatever was counted
            entity = self._told_apart.get(tokens[phrase.first].start)
            if entity is None and k == 1 and phrase.kind is PhraseKind.DESCRIPTION:
                entity = self._by_post_before(carrier)
                if entity is not None:
                    self._told_apart[tokens[phrase.first].start] = entity
            if entity is None and phrase.kind is PhraseKind.NAME and phrase.name:
                entity = self._of_name(tokens, phrase, make=False)
            elif (
                entity is None
                and phrase.noun is not None
                and phrase.determiner in ("le", "la", "l'", "ce", "cet", "cette")
                and phrase.noun.kind in PEOPLE
            ):
                entity = self._of_description(tokens, phrase, make=False)
            if (
                phrase.determiner in ("un", "une")
                and phrase.first > 1
                and any(t.low in ("est", "était") for t in tokens[phrase.first - 2 : phrase.first])
            ):
                continue  # "c'est aussi un développeur": said of somebody, nobody new
            if (
                entity is None
                and phrase.noun is not None
                and (
                    phrase.noun.kind in (*PEOPLE, "group", "organization")
                    # people whom no list knows: "les habitués", "les assaillants"
                    or (phrase.number == "p" and phrase.head.endswith(_PARTICIPLES))
                )
                and (bare(phrase, tokens) or (phrase.before == "par" and phrase.noun.kind in PEOPLE))
                and phrase.determiner
            ):
                entity = self.of_phrase(tokens, phrase, sentence)
            if (
                entity is not None
                and phrase.before == ","
                and phrase.first > 1
                and (
                    phrase.determiner in ("le", "la", "l'", "ce", "cet", "cette")
                    or carrier.tokens[0].low in _APPOINTED
                )
            ):
                self._preposed_role(carrier, phrase, entity)
            if entity is not None:
                subject = (
                    _stands_first(carrier, k)
                    or phrase.before in ("pour", "selon")
                    or phrase.first in inverted
                    or (tokens[0].low == "quant" and phrase.first <= 2)
                    # "Une pétition a été lancée par X": who acts is spoken of next
                    or (phrase.before == "par" and phrase.name is not None and _thing_first(carrier))
                )
                self.note(entity, sentence, carrier.sentence.paragraph, subject, tokens[phrase.first].start)
                after = [t.low for t in tokens[phrase.last : phrase.last + 2]]
                if tokens[0].low == "quant" and phrase.first <= 2 and after in ([",", "il"], [",", "elle"]):
                    self._topics[sentence] = entity  # "Quant à l'UDC, elle juge …"
            for start, end in names_in(tokens, phrase, self._words):
                if phrase.name != (start, end):
                    for inner in self._named(" ".join(t.text for t in tokens[start:end]))[:1]:
                        self.note(inner, sentence, carrier.sentence.paragraph, False, tokens[start].start)

    def _by_post_before(self, carrier: Carrier) -> Entity | None:
        """ "Correspondante à Brume, la journaliste …": the one of several journalists who has that post."""
        first, subject = carrier.phrases[:2]
        if (
            first.first
            or first.determiner
            or first.noun is None
            or first.noun.kind not in PEOPLE
            or first.last != subject.first - 1
            or carrier.tokens[first.last].text != ","
            or subject.determiner not in ("le", "la", "l'")
            or not _complemented(carrier.tokens, first)
        ):
            return None
        found = self._person_described(carrier.tokens, first)
        fits = found is not None and found.type is SpeakerType.PERSON
        return found if fits and subject.gender in (None, found.gender if found else None) else None

    def _preposed_role(self, carrier: Carrier, subject: Phrase, entity: Entity | None) -> None:
        """ "Directrice générale de Noxia, elle …": the post belongs to whom the subject means."""
        first = carrier.phrases[0]
        appointed = carrier.tokens[0].low in _APPOINTED  # "Nommée procureure, elle"
        if appointed and first.first == 0 and first.noun is not None and first.post is not None:
            # "Élue conseillère régionale": the first word may be read as a noun itself
            second = person_noun(carrier.tokens[1].low)
            first = replace(first, head=carrier.tokens[1].low, noun=second, post=(1, first.post[1]))
        if (
            (first.first != 0 and not appointed)
            or first.determiner
            or first.noun is None
            or first.noun.kind not in PEOPLE
            or first.post is None
        ):
            return
        if any(t.text == "," for t in carrier.tokens[: subject.first - 1]) or happened(carrier.tokens, 0):
            return
        if entity is not None and entity.type is SpeakerType.PERSON:
            whole = first.name is None and first.last == subject.first - 1
            text = printed(
                carrier.tokens, *((0, subject.first - 1) if whole and not appointed else first.post)
            )
            text = text[0].lower() + text[1:]
            if all(fold(text) != fold(role.text) for role in entity.roles):
                entity.roles.append(Role(text, first.head, carrier.tokens[0].start, first.gender))

    def last_source(self, sentence: int, before: int) -> Entity | None:
        """Who spoke or acted last, in whatever paragraph: a person, or any source that spoke."""
        for seen in reversed(self._seen):
            if (
                seen.position < before
                and seen.subject
                and (seen.entity.type is SpeakerType.PERSON or seen.speaks)
            ):
                return seen.entity if sentence - seen.sentence <= _WINDOW else None
        return None

    def note(
        self,
        entity: Entity,
        sentence: int,
        paragraph: int,
        subject: bool,
        position: int,
        *,
        speaks: bool = False,
    ) -> None:
        """Remember a mention of an entity."""
        entity.last_sentence = sentence
        # In the order of the text: who speaks is noted after all that the sentence names.
        at = len(self._seen)
        while at and self._seen[at - 1].position > position:
            at -= 1
        self._seen.insert(at, Seen(entity, sentence, paragraph, subject, position, speaks))

    def of_pronoun(self, pronoun: str, sentence: int, paragraph: int, before: int) -> Entity | None:
        """The entity that il, elle, ils or elles stands for, before the text offset ``before``."""
        if pronoun in ("on", ""):
            return None
        if sentence in self._topics and self._topics[sentence].agrees(pronoun):
            return self._topics[sentence]
        plural = pronoun.removesuffix("-ci").endswith("s") or pronoun.startswith("ceux")
        gender = "f" if "elle" in pronoun else "m"
        near = pronoun.endswith("-ci")
        best: tuple[float, Entity] | None = None
        here = takewhile(lambda seen: seen.paragraph == paragraph, reversed(self._seen))
        person = any(s.entity.type is SpeakerType.PERSON and s.position < before for s in here)
        for seen in reversed(self._seen):
            if seen.position >= before:
                continue
            distance = sentence - seen.sentence
            if distance > _WINDOW:
                break
            entity = seen.entity
            if entity.plural != plural:
                continue
            if not plural and entity.type in (SpeakerType.DOCUMENT,):
                continue
            if not seen.speaks and entity.is_place:
                continue  # "lui" is no town
            if not plural and not entity.agrees("elle" if gender == "f" else "il"):
                continue
            if plural and entity.gender not in (None, gender):
                continue
            if near and not entity.plural:  # "celui-ci", "ce dernier": the last one named, subject or not
                if entity.type in (SpeakerType.PERSON, SpeakerType.UNNAMED):
                    return entity
                continue
            score = -float(distance) - (0.7 if paragraph != seen.paragraph else 0.0)
            score += 2.0 if seen.subject else 0.0
            score += 0.8 if seen.speaks else 0.0
            score -= 0.6 if entity.gender is None else 0.0
            goes_on = seen.speaks and distance <= 1 and paragraph - seen.paragraph <= 1
            if not plural and not (goes_on and entity.type is SpeakerType.UNNAMED):
                said_there = goes_on and distance == 1 and paragraph == seen.paragraph and not person
                score -= _SPOKE_BEFORE if said_there else _LESS_LIKELY.get(entity.type, 0.0)
            score += 0.00001 * (seen.position - before)
            if best is None or score > best[0]:
                best = (score, entity)
        return best[1] if best else None

    def last_subject(self, sentence: int, paragraph: int, before: int) -> Entity | None:
        """The person in focus: the last one who stood as a subject in this paragraph."""
        fallback: Entity | None = None
        for seen in reversed(self._seen):
            if seen.position >= before:
                continue
            if sentence - seen.sentence > 3 or seen.paragraph != paragraph:
                break
            person = seen.entity.type is SpeakerType.PERSON
            if seen.subject and (person or seen.entity.type is SpeakerType.UNNAMED):
                return seen.entity
            if fallback is None and seen.subject and (seen.speaks or seen.entity.type is SpeakerType.GROUP):
                fallback = seen.entity
        return fallback

    def only_other(self, entity: Entity, sentence: int, before: int) -> Entity | None:
        """The one person beside ``entity`` of whom the few sentences up to ``sentence`` speak."""
        near = takewhile(lambda seen: sentence - seen.sentence <= _DIALOGUE, reversed(self._seen))
        others = {
            id(seen.entity): seen.entity
            for seen in near
            if seen.position < before and seen.entity is not entity and seen.entity.type is SpeakerType.PERSON
        }
        return next(iter(others.values())) if len(others) == 1 else None

    def first_person(self, start: int, end: float) -> Entity | None:
        """The first person who stands as a subject between two offsets of the text."""
        for seen in islice(self._seen, bisect(self._seen, start, key=lambda s: s.position), None):
            if seen.position >= end:
                break
            if seen.subject and seen.entity.type is SpeakerType.PERSON:
                return seen.entity
        return None

    def last_person(self, sentence: int, before: int) -> Entity | None:
        """The person who was a subject last, in whatever paragraph, not too far back."""
        for seen in reversed(self._seen):
            if seen.position < before and seen.subject and seen.entity.type is SpeakerType.PERSON:
                return seen.entity if sentence - seen.sentence <= _WINDOW else None
        return None

    def of_phrase(
        self, tokens: Sequence[Token], phrase: Phrase, sentence: int, paragraph: int = -1
    ) -> Entity | None:
        """The entity that a phrase names, a new one where the article has named none."""
        if phrase.kind is PhraseKind.PRONOUN:
            return self.of_pronoun(phrase.head, sentence, paragraph, tokens[phrase.first].start)
        if phrase.kind is PhraseKind.NAME:
            return self._of_name(tokens, phrase, make=True)
        told_apart = self._told_apart.get(tokens[phrase.first].start)
        return told_apart or self._of_description(tokens, phrase, make=True)

    def _of_name(self, tokens: Sequence[Token], phrase: Phrase, *, make: bool) -> Entity | None:
        if phrase.name is None:
            # two names that share a verb
            return self._description(_words(tokens, phrase), SpeakerType.GROUP, phrase) if make else None
        start, end = phrase.name
        text = " ".join(t.text for t in tokens[start:end])
        known = self._named(text)
        if phrase.determiner and phrase.noun is None and not phrase.title:
            known = []
        if phrase.number == "p" and phrase.noun is not None and not phrase.title:
            known = []
        if phrase.gender and len(known) > 1:
            known = [e for e in known if e.gender in (None, phrase.gender)] or known
        if known:
            entity = max(known, key=lambda e: e.last_sentence) if len(known) > 1 else known[0]
            if phrase.gender and not entity.firm:
                entity.gender, entity.firm = phrase.gender, True
            return entity
        key = fold(text)
        plural = phrase.determiner == "les" and phrase.noun is None  # "les Brumois"
        body = self._body(key, text)
        if body is not None:
            body.plural = body.plural or plural
            return body
        if not make:
            return None
        if phrase.noun is not None and phrase.number == "p":
            return self._description(_words(tokens, phrase), SpeakerType.GROUP, phrase)  # "les sœurs Roy"
        if (phrase.noun is not None and not is_company(phrase.head, text)) or phrase.title:
            return self._add_person(text, phrase.gender)
        organization = ORGANIZATIONS.get(key)
        gender = organization.gender if organization else None
        return self._bodies.add(key, Entity(text, SpeakerType.ORGANIZATION, gender, plural=plural))

    def _body(self, key: str, text: str) -> Entity | None:
        """A body under its own name, or the longer name that begins with it ("la Commission")."""
        longer = self._bodies.longer(key)
        if longer is not None and key not in ORGANIZATIONS:
            return longer
        return self._bodies.get(key)

    def _of_description(
        self, tokens: Sequence[Token], phrase: Phrase, *, make: bool, is_owner: bool = False
    ) -> Entity | None:
        """Who a description means; of an owner (``is_owner``) nobody asks whose it is in its turn."""
        entry = phrase.noun
        if entry is None:
            return None
        if phrase.head in ("un", "une", "autre") and phrase.last - phrase.first == 2:
            # "dit l'un": nobody whom the article has named
            found = self._description(_words(tokens, phrase), SpeakerType.UNNAMED, phrase) if make else None
            if found is not None:
                found.roles.clear()
            return found
        if phrase.head in SOURCES and any(t.low == "même" for t in tokens[phrase.first : phrase.last]):
            # "selon la même source": whoever spoke last
            return next((s.entity for s in reversed(self._seen) if s.speaks), None)
        text = _words(tokens, phrase)
        if phrase.determiner in _CONTRACTED_ARTICLES:
            article = _CONTRACTED_ARTICLES[phrase.determiner]
            text = article + text[len(phrase.determiner) :]
            phrase = replace(phrase, determiner=article)
        definite = phrase.determiner in ("le", "la", "l'", "ce", "cet", "cette", "")
        if entry.kind in PEOPLE and phrase.number == "s":
            if definite:
                found = self._person_described(tokens, phrase)
                if found is not None:
                    if (
                        (make or self._tells_post(tokens, phrase))
                        and found.type is SpeakerType.PERSON
                        and phrase.head not in ("homme", "femme", "intéressé", "intéressée")
                    ):
                        worded = _without_article(text, phrase)
                        if all(fold(worded) not in fold(role.text) for role in found.roles):
                            start = tokens[phrase.first].start
                            found.roles.append(Role(worded, phrase.head, start, phrase.gender, inferred=True))
                    return found
            elif phrase.determiner in ("son", "sa", "notre"):
                known = [
                    e
                    for e in self._people
                    if any(
                        r.head == phrase.head and r.text.split()[0] in ("son", "sa", "notre") for r in e.roles
                    )
                ]
                if len(known) == 1:
                    return known[0]
            if phrase.head in self._introduced:
                return self._introduced[phrase.head]
            if not make:
                return None
            return self._description(text, SpeakerType.UNNAMED, phrase)
        owned = entry.kind == "document" or (
            phrase.head in _PUBLISHED_ON and phrase.determiner in ("le", "la", "l'", "les", "son", "sa")
        )
        if owned and make and not is_owner:
            owner = self._owner(tokens, phrase)
            if owner is not None:
                return owner
        if entry.kind == "organization" and phrase.number == "s":
            if definite:
                key = fold(
                    " ".join(
                        t.text for t in tokens[phrase.first + (1 if phrase.determiner else 0) : phrase.last]
                    )
                )
                body = self._body(key, text)
                if body is not None:
                    return body
                own = self._own_name(tokens, phrase)
                if own:
                    own_key = fold(own)
                    return self._body(own_key, own) or (
                        self._bodies.add(own_key, Entity(own, SpeakerType.ORGANIZATION, phrase.gender))
                        if make
                        else None
                    )
                of_state = tokens[phrase.last - 1].low == "état"  # "la société d'État"
                partisan = tokens[phrase.last - 1].low.endswith(_PARTISAN)  # "le groupe écologiste"
                head = phrase.first + (1 if phrase.determiner else 0)
                # "l'Organisation météorologique mondiale" is a name, "le Groupe" may be none
                named = key in ORGANIZATIONS or (tokens[head].capital and phrase.last - head > 1)
                if (
                    phrase.head in _GENERIC_BODIES
                    and not named
                    and (of_state or not (partisan or _complemented(tokens, phrase)))
                ):
                    for seen in reversed(self._seen):
                        if not seen.subject or seen.position >= tokens[phrase.first].start:
                            continue
                        if seen.entity.is_place and phrase.head not in _STATES:
                            continue
                        if phrase.head in _FIRMS and not of_state and seen.entity.is_no_company:
                            continue  # "l'entreprise" is no news agency
                        if seen.entity.type is SpeakerType.ORGANIZATION and not fold(
                            seen.entity.name
                        ).startswith(phrase.head):
                            return seen.entity
                if not make:
                    return None
                return self._bodies.add(
                    key, Entity(_without_article(text, phrase), SpeakerType.ORGANIZATION, phrase.gender)
                )
            return self._description(text, SpeakerType.ORGANIZATION, phrase) if make else None
        if not make:
            return None
        if entry.kind == "thing" and phrase.number == "s":
            return self._description(text, SpeakerType.DOCUMENT, phrase)
        if entry.kind == "document":
            return self._description(text, SpeakerType.DOCUMENT, phrase)
        own = self._own_name(tokens, phrase) if phrase.number == "s" else ""
        if own:  # "le collectif Urgence Loire"
            key = fold(own)
            return self._body(key, own) or self._bodies.add(key, Entity(own, SpeakerType.ORGANIZATION))
        return self._description(text, SpeakerType.GROUP, phrase)

    def _tells_post(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Whether a subject that is not asked about words a post all the same: "La bergère est …"."""
        return (
            phrase.noun is not None
            and (
                phrase.noun.kind in ("office", "trade", "relation")
                or phrase.determiner in ("ce", "cet", "cette")
            )
            and phrase.head not in _GENERIC | _COMPANY_NOUNS
            and bare(phrase, tokens)
            and phrase.before != "et"  # "chez la boulangère et le primeur du coin"
        )

    def _own_name(self, tokens: Sequence[Token], phrase: Phrase) -> str:
        """The name that closes a body's description: "l'entreprise lyonnaise de transport | Hélio"."""
        for at in range(phrase.first + 2, phrase.last):
            if opens_slogan(tokens, at):
                return printed(tokens, at, phrase.last)
        head = phrase.first + bool(phrase.determiner)
        start = phrase.last
        while start > head + 2 and is_adjective(tokens, start - 1):
            start -= 1  # "le mouvement La Brume | insoumise"
        while start > head + 1 and (tokens[start - 1].capital or tokens[start - 1].low in _IN_NAMES):
            start -= 1
        while start < phrase.last and not tokens[start].capital:
            start += 1
        if (
            start == phrase.last
            or (tokens[start - 1].capital and start - 1 > head)
            or (tokens[start - 1].capital and not tokens[start - 1].text.isupper())
            or tokens[start - 1].low
            in ("de", "d'", "du", "des", "la", "le", "l'", "les", "à", "en", "au", "et")
        ):
            return ""
        return printed(tokens, start, phrase.last)

    def _holder(self, description: str) -> Entity | None:
        """Who holds the post that a set phrase stands for ("le chef de l'État")."""
        posts, phrases = paraphrased(description)
        unnamed = (e for e in self._described.entities() if e.type is SpeakerType.UNNAMED)
        for entity in (*self._people, *unnamed) if posts or phrases else ():
            if any(is_meant(role, posts, phrases) for role in entity.roles):
                return entity
        return None

    def _owner(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """Whose text it is: "un rapport de la Banque centrale", "une étude réalisée par X", "son blog"."""
        if phrase.determiner in ("son", "sa"):
            here = tokens[phrase.first].start
            return next(
                (
                    seen.entity
                    for seen in reversed(self._seen)
                    if seen.subject
                    and here - _OWNED_NEAR < seen.position < here
                    and seen.entity.type in (SpeakerType.PERSON, SpeakerType.ORGANIZATION)
                ),
                None,
            )
        at = phrase.first
        limit = min(len(tokens), phrase.last + 8)
        while at + 1 < limit:
            low = tokens[at].low
            if tokens[at].text in (",", ".") or tokens[at].kind is Kind.QUOTE:
                return None
            if low in ("de", "du", "d'", "par", "des"):
                start = at + 1 + (tokens[at + 1].low in ("la", "le", "l'", "les"))
                if start + 1 < len(tokens) and tokens[start].low == "ong" and tokens[start + 1].capital:
                    start += 1
                post = start < len(tokens) and (
                    tokens[start].low in BEFORE_NOUN or person_noun(tokens[start].low) is not None
                )  # "de la Première ministre"
                if start < len(tokens) and tokens[start].capital and not post:
                    end = max(name_run(tokens, start, self._words), start + 1)
                    known = self._named(" ".join(t.text for t in tokens[start:end]))
                    if known:
                        return known[0]
                    if start > at + 1 or low == "du":
                        end = body_run(tokens, start, self._words)
                    text = " ".join(t.text for t in tokens[start:end])
                    key = fold(text)
                    if key in PLACES and low != "par":
                        return None
                    return self._body(key, text) or self._bodies.add(
                        key, Entity(text, SpeakerType.ORGANIZATION)
                    )
                definite = low == "du" or start > at + 1
                body = start < len(tokens) and any(e.kind == "organization" for e in noun(tokens[start].low))
                if body or (post and definite):
                    inner = described_at(tokens, at if low in ("du", "des") else at + 1, self._words)
                    if inner is not None:
                        return (
                            self._of_description(tokens, inner, make=True, is_owner=True)
                            if inner.kind is PhraseKind.DESCRIPTION
                            else self._of_name(tokens, inner, make=True)
                        )
            at += 1
        return None

    def _description(self, text: str, type_: SpeakerType, phrase: Phrase) -> Entity:
        key = fold(text)
        entity = self._described.get(key)
        if entity is None:
            longer = self._described.longer(key)
            if longer is not None and phrase.determiner in (
                "le",
                "la",
                "l'",
                "les",
                "ce",
                "cet",
                "cette",
                "ces",
            ):
                return longer
            if phrase.determiner in ("le", "la", "l'", "les", "ce", "cet", "cette", "ces"):
                same = [
                    e
                    for e in self._described.entities()
                    if e.type is type_
                    and any(r.head == phrase.head for r in e.roles)
                    and e.plural == (phrase.number == "p")
                ]
                if same:
                    return same[-1]
            gender = phrase.gender
            if (
                type_ is SpeakerType.UNNAMED
                and phrase.determiner in ("un", "le", "ce", "l'", "")
                and not (phrase.noun and phrase.noun.gender == "f")
            ):
                gender = _plain_gender(phrase)
            form = phrase.gender if type_ is SpeakerType.UNNAMED and phrase.head not in _SEXLESS else None
            entity = self._described.add(
                key, Entity(text, type_, gender, True, form, plural=phrase.number == "p")
            )
            entity.roles.append(Role(_without_article(text, phrase), phrase.head, 0, phrase.gender))
        return entity

    def _person_described(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """ "la ministre", "le quinquagénaire", "le patron de X": somebody the article has named."""
        gender = (
            phrase.gender
            if phrase.determiner in ("la", "une", "cette", "le", "ce", "cet")
            else (phrase.noun.gender if phrase.noun else None)
        )
        if phrase.determiner == "l'" and phrase.gender == "f":
            gender = "f"  # "l'employée", not "l'avocat"
        if phrase.head in _SEXLESS:
            gender = None
        told = self._who_that_is(tokens, phrase.last)
        if told is not None:
            return told
        worded = _without_article(_words(tokens, phrase), phrase)
        holder = self._holder(worded)
        if holder is not None:
            return holder
        complemented = (
            _complemented(tokens, phrase)
            and not is_highest(worded)
            and not _of_a_body(tokens, phrase)
            and phrase.head != "conseil"  # whose lawyer it is tells nothing of who
        )
        match = self._by_role(tokens, phrase, gender, complemented)
        if match is not None or phrase.determiner == "":
            return match
        here = tokens[phrase.first].start
        if phrase.determiner == "l'" and tokens[phrase.first + 1].low in ("ancien", "ancienne"):
            # "l'ancien inspecteur des impôts": what somebody was tells of whom the article already speaks
            return self._by_word_alone(tokens, phrase, gender, anywhere=False, told=True)
        if complemented:
            return self._by_post_alone(tokens, phrase, gender, here)
        if phrase.head in ("intéressé", "intéressée"):
            return self._spoken_of(tokens, phrase, gender, here)
        return self._by_word_alone(tokens, phrase, gender, anywhere=is_highest(worded))

    def _who_that_is(self, tokens: Sequence[Token], at: int) -> Entity | None:
        """ "Le président de l'association « … » est Michel Morel": the sentence itself says who it is."""
        at += at < len(tokens) and tokens[at].kind is Kind.QUOTE
        if at + 1 >= len(tokens) or tokens[at].low not in ("est", "était", "sera"):
            return None
        end = name_run(tokens, at + 1, self._words)
        known = self._named(" ".join(t.text for t in tokens[at + 1 : end]))
        return known[0] if known else None

    def _latest_speaker(self) -> Entity | None:
        return next((s.entity for s in reversed(self._seen) if s.speaks), None)

    def _by_role(
        self, tokens: Sequence[Token], phrase: Phrase, gender: str | None, complemented: bool
    ) -> Entity | None:
        """Who has a role that the description words again, or in a broader way."""
        own = telling_words(_words(tokens, phrase))
        lemmas = lemmas_of(phrase.head)
        head = {fold(phrase.head)}
        latest = self._latest_speaker()
        matches: list[tuple[int, int, Entity]] = []
        for entity in (
            *self._people,
            *(e for e in self._described.entities() if e.type is SpeakerType.UNNAMED),
        ):
            if gender and entity.gender and entity.gender != gender and (entity.firm or gender == "f"):
                continue  # "le maire" may be a woman, "la maire" no man
            for role in entity.roles if phrase.head not in _ANYBODY else ():
                broad = not complemented and stands_for(lemmas, role.lemmas)
                if broad or role.head == phrase.head or not lemmas.isdisjoint(role.lemmas):
                    common = len(own & role.words)
                    if broad or common > 1 or not own - role.words - head:
                        if broad:
                            # "le juriste": the lawyer who just spoke, sooner than a jurist far off
                            common += 1 if entity is latest else -1
                        matches.append((common, entity.last_sentence, entity))
                        break
                elif entity.type is SpeakerType.PERSON and shares_complement(phrase, role, own):
                    matches.append((0, entity.last_sentence, entity))
                    break
        if not matches:
            return None
        here = tokens[phrase.first].start
        known = {id(s.entity) for s in self._seen if s.position < here}
        # Who was named already, sooner than somebody of whom the article only speaks later.
        common, _, match = max(matches, key=lambda m: (m[0], id(m[2]) in known, m[1]))
        if (
            common < 1
            and latest is not None
            and latest.type is SpeakerType.PERSON
            and not latest.roles
            and self._seen[-1].sentence - latest.last_sentence <= 1
            and (gender is None or latest.gender in (None, gender))
        ):
            return latest  # who has just spoken, sooner than whom the word may also mean
        if (
            match.type is SpeakerType.UNNAMED
            and not complemented
            and latest is not None
            and latest.type is SpeakerType.PERSON
            and not latest.holds_office
            and not latest.goes_by_first_name
            and gender is not None
            and latest.gender == gender
            and self._seen[-1].sentence - latest.last_sentence <= 1
            and phrase.noun is not None
            and phrase.noun.kind == "office"
        ):
            # "la préfète du Jura" had no name yet, who then spoke has no post: she is the prefect
            latest.roles.extend(match.roles)
            return latest
        return match

    def _by_post_alone(
        self, tokens: Sequence[Token], phrase: Phrase, gender: str | None, here: int
    ) -> Entity | None:
        """Who "le président de la région" is, when no role of anybody's says so."""
        persons = [s for s in self._seen if s.entity.type is SpeakerType.PERSON and s.position < here]
        only = single(s.entity for s in persons)
        kind = phrase.noun.kind if phrase.noun else ""
        if only is not None and kind == "office" and only.goes_by_first_name:
            return None
        if only is not None and not only.roles and (gender is None or only.gender in (None, gender)):
            return only  # the one person met so far
        last = self._seen[-1] if self._seen else None
        if phrase.determiner in ("ce", "cet", "cette") and last is not None:
            # "ce chef d'entreprise": who was spoken of just before
            near = (s for s in reversed(persons) if s.subject and last.sentence - s.sentence < _NEAR)
            shown = next(
                (s.entity for s in near if gender is None or s.entity.gender in (None, gender)), None
            )
            if shown is not None:
                return shown
        if kind == "office" and last is not None:
            # "Pour la sénatrice du Jura" right after a woman without a post has spoken
            spoke = next((s for s in reversed(self._seen) if s.subject and s.position < here), None)
            if (
                spoke is not None
                and last.sentence - spoke.sentence <= 1
                and last.paragraph == spoke.paragraph
                and not spoke.entity.holds_office
                and not spoke.entity.goes_by_first_name
                and spoke.entity.type is SpeakerType.PERSON
                and gender is not None
                and spoke.entity.gender == gender
            ):
                return spoke.entity
        if kind in ("trade", "description") and last is not None:
            # "la spécialiste du climat" after somebody was named: a stranger would be "une spécialiste"
            for seen in reversed(persons):
                if last.sentence - seen.sentence > 4:
                    break
                if seen.subject and (gender is None or seen.entity.gender in (None, gender)):
                    return seen.entity
        only = single(s.entity for s in self._seen if s.speaks and s.entity.type is SpeakerType.PERSON)
        back = any(t.low in ("cette", "ce", "cet") for t in tokens[phrase.first + 1 : phrase.last])
        fits = only is not None and (gender is None or only.gender in (None, gender))
        return only if fits and (back or kind in ("trade", "description")) else None

    def _spoken_of(
        self, tokens: Sequence[Token], phrase: Phrase, gender: str | None, here: int
    ) -> Entity | None:
        """« C'est notre pépite », glisse X. L'intéressé rougit: the one spoken of."""
        persons = [s.entity for s in self._seen if s.entity.type is SpeakerType.PERSON and s.position < here]
        if any(t.low.startswith("principal") for t in tokens[phrase.first : phrase.last]):
            # "la principale intéressée": the one whom the article is about
            named = Counter(id(entity) for entity in persons)
            likely = [e for e in self._people if named[id(e)] and gender in (None, e.gender)]
            return max(likely, key=lambda e: named[id(e)], default=None)
        latest = self._latest_speaker()
        others = (e for e in reversed(persons) if e is not latest)
        return next((e for e in others if gender is None or e.gender in (None, gender)), latest)

    def _by_word_alone(
        self,
        tokens: Sequence[Token],
        phrase: Phrase,
        gender: str | None,
        *,
        anywhere: bool,
        told: bool = False,
    ) -> Entity | None:
        """Who "la quinquagénaire", "l'élu", "le maire" is: the last one that it may mean.

        A post has to be near its holder's name, unless only one person in the country has it (``anywhere``),
        or it only tells more of somebody (``told``).
        """
        kind = phrase.noun.kind if phrase.noun else ""
        generic = told or phrase.head in _GENERIC
        if phrase.head in ASKING or (not generic and kind not in ("description", "trade", "office")):
            return None
        number = self._seen[-1].sentence if self._seen else 0
        post = anywhere or (kind == "office" and not generic)
        here, start = tokens[phrase.first].start, tokens[0].start
        # the addressee: "a dit le maire à X"
        inside = {id(s.entity) for s in self._seen if s.position > here and not s.subject}
        if phrase.before in ("de", "d'"):
            # "X s'est attiré une réplique de la maire": somebody else
            inside |= {id(s.entity) for s in self._seen if s.subject and start <= s.position < here}
        if kind == "trade" and not post:
            # "repérée par Paul Roy. Le producteur …": the one man of the sentence before, subject or not
            near = single(
                seen.entity
                for seen in self._seen[-_FEW:]
                if number - seen.sentence <= 1
                and seen.position < here
                and id(seen.entity) not in inside
                and seen.entity.type is SpeakerType.PERSON
                and (gender is None or seen.entity.gender in (None, gender))
            )
            if near is not None and not near.holds_office:
                return near
        for wanted in (True,) if post else (True, False):
            for seen in reversed(self._seen):
                entity = seen.entity
                if seen.position >= here or id(entity) in inside or entity.type is not SpeakerType.PERSON:
                    continue
                if seen.subject < wanted or (gender is not None and entity.gender not in (None, gender)):
                    continue
                if post:
                    if entity.labelled and anywhere:
                        continue
                    if entity.goes_by_first_name and phrase.head not in _REIGNING:
                        continue  # whoever holds an office is given a full name
                    if number - seen.sentence > _NEAR and not anywhere:
                        break
                    led = leads(phrase.head) and any(role.leads for role in entity.roles)
                    if entity.holds_office and not led:
                        continue
                return entity
        return None


_CREDITS = word_class("credit_words")


def _credited(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name at ``at`` is that of who took the picture: "Crédits : X", "photo X"."""
    before = [t.low for t in tokens[max(0, at - 3) : at]]
    return any(word in _CREDITS for word in before) and before[-1] in _CREDITS | {":", "de", "/", "par"}


_THE = ("le ", "la ", "l'")
_PARTICIPLES = ("és", "ées", "ants", "antes")


def _thing_first(carrier: Carrier) -> bool:
    """Whether a thing is the subject of a carrier, so that nobody else acts in it."""
    first = carrier.phrases[0].noun
    return first is not None and carrier.phrases[0].first == 0 and first.kind in ("thing", "document")


def _dateline(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether a phrase is the town that opens a dispatch: "DAKAR - Le président …"."""
    following = carrier.tokens[phrase.last].text if phrase.last < len(carrier.tokens) else ""
    return phrase.kind is PhraseKind.NAME and following in ("-", "–", "—", "(", "|")


def _stands_first(carrier: Carrier, k: int) -> bool:
    """Whether a phrase stands as a subject; the second of two is what the first one is."""
    phrase = carrier.phrases[k]
    if phrase.before == "et" and k and carrier.phrases[k - 1].last == phrase.first - 1:
        return stands_as_subject(carrier, k - 1)  # "avec Paul Roy et Jean Morel"
    return stands_as_subject(carrier, k)


_PARTISAN = ("iste", "libéral", "libérale", "républicain", "républicaine", "radical", "radicale")
_LONG_NAME = 7  # letters: a shorter name of another letter is another person's
_FEW = 8


def happened(tokens: Sequence[Token], first: int) -> bool:
    """Whether the words at ``first`` tell what happened to somebody: "invité lundi sur la chaîne"."""
    following = tokens[first + 1].low if first + 1 < len(tokens) else ""
    works = any(n.kind in ("office", "trade") for n in noun(tokens[first].low))  # "employée dans une école"
    return (
        not works
        and tokens[first].low.endswith(("é", "ée", "és", "ées"))
        and (following in TIMES or following in ("par", "sur", "dans", "pour", "lors"))
    )


_PUBLISHED_ON = word_class("published_on")
_APPOINTED = frozenset(
    {"nommé", "nommée", "élu", "élue", "devenu", "devenue", "promu", "promue", "réélu", "réélue"}
)
_IMPERSONAL = word_class("impersonal_verbs")
_IMPERSONAL_AFTER_BE = word_class("impersonal_after_be")


def _impersonal(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb after "il" has no subject: il faut, il y a, il est clair."""
    while at + 1 < len(tokens) and tokens[at].low in ("ne", "n'", "s'"):
        at += 1
    low = tokens[at].low if at < len(tokens) else ""
    if low in ("est", "était", "serait", "sera"):
        return any(t.low in _IMPERSONAL_AFTER_BE for t in tokens[at + 1 : at + 4])
    return low in _IMPERSONAL


def _plain_gender(phrase: Phrase) -> str | None:
    """The gender of an unnamed man or woman; the masculine of a post may hide either."""
    return (
        "f"
        if phrase.gender == "f"
        else "m"
        if phrase.noun is not None
        and phrase.gender == "m"
        and (phrase.noun.kind == "relation" or phrase.head in _MEN)
        else None
    )


def _complemented(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a description says more than its noun and an adjective: "le patron | de X"."""
    head = phrase.first
    while head < phrase.last and tokens[head].low != phrase.head:
        head += 1
    rest = tokens[head + 1 : phrase.last]
    if len(rest) >= 3 and rest[0].low == "de" and rest[1].kind is Kind.NUMBER and rest[2].low == "ans":
        rest = rest[3:]
    return any(t.capital or t.low in ("de", "du", "des", "d'", "à", "au", "chez", "en") for t in rest)


def _of_a_body(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a description names no more than a body spoken of: "la numéro un de la centrale"."""
    rest = [t.low for t in tokens[phrase.first : phrase.last]][-3:]
    last = rest[-1]
    return (rest[-2:-1] == ["du"] or rest[-3:-1] in (["de", "la"], ["de", "l'"])) and (
        last in _GENERIC_BODIES or last in ("centrale", "formation")
    )


def _words(tokens: Sequence[Token], phrase: Phrase) -> str:
    return printed(tokens, phrase.first, phrase.last)


def _without_article(text: str, phrase: Phrase) -> str:
    if phrase.determiner and phrase.determiner not in ("son", "sa", "ses", "leur", "leurs"):
        low = text.lower().replace("’", "'")
        one_of = phrase.post is not None and phrase.post[0] == phrase.first  # "un des organisateurs"
        if low.startswith(phrase.determiner) and not one_of:
            rest = text[len(phrase.determiner) :]
            return (rest.partition(" ")[2] if rest[:1] in "·." else rest).lstrip()  # "un·e élève"
    return text
