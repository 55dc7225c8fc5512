"""Who is that phrase? The speakers of one article, and each mention's way to one of them.

As in *eyecite*, resolving is a second pass that takes a single surviving candidate, or none. Names
(:mod:`quotes.extraction.named`), pronouns (:mod:`quotes.extraction.course`) and descriptions
(:mod:`quotes.extraction.described`) are three questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from weakref import proxy

from quotes.extraction.antecedents import (
    acting_pair,
    acts,
    happened,
    has_credits,
    is_brought_in,
    is_impersonal,
    is_nobody_here,
    is_predicate,
    is_reached,
    may_speak_later,
    people_inside,
)
from quotes.extraction.bare_posts import opening_lead
from quotes.extraction.bodies_acting import body_taking_a_stand, crediting_pronoun
from quotes.extraction.carrier import Carrier
from quotes.extraction.course import Course
from quotes.extraction.described import Described, as_subject
from quotes.extraction.entities import GROUP, ORGANIZATION, PERSON, UNNAMED, Entity, Seen, initials
from quotes.extraction.named import Named
from quotes.extraction.named_later import named_after_posts
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.posts import Role
from quotes.extraction.proper_names import (
    PEOPLE,
    TITLES_LOW,
    Vocabulary,
)
from quotes.extraction.subjects import bare, is_thing, those_at
from quotes.extraction.texts import is_brought_out, text_spoken_of, text_taken_up, texts_in
from quotes.extraction.tokens import Token, printed
from quotes.extraction.wording import is_complemented, without_article, words_of_phrase
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.nouns import noun

_ARTICLES = frozenset({"le", "la", "les", "l'"})
_DEFINITE = frozenset({"le", "la", "l'", "ce", "cet", "cette"})
_BOTH = frozenset({"ils", "elles", "-ils", "-elles", "-t-ils", "-t-elles"})
_WHO_SPEAK = PEOPLE | {"group"}
_NEAR = 4  # sentences between a post and the name of its holder
_THE = ("le ", "la ", "l'")
_LONG_NAME = 7  # letters: a shorter name of another letter is another person's


class Otherwise(NamedTuple):
    """A mention of somebody whom a description would mean, if not the one whom it is taken for."""

    seen: Seen
    taken_for: Entity


class Cast(Course):
    """The sources of one article, found in a first pass over all carriers, and their course through it."""

    def __init__(self, carriers: Sequence[Carrier], words: Vocabulary) -> None:
        super().__init__()
        self._names = Named(carriers, words)
        # Looked back at weakly: a cycle would keep all that an article is made of until it is searched for.
        self._descriptions = Described(self._names, proxy(self))
        self._aside: list[tuple[int, Sequence[Token], Phrase]] = []  # who doesn't act, by sentence
        self._text: tuple[int, Carrier, Phrase] | None = None  # the last sentence that was about a text
        self._last: Carrier | None = None  # the sentence before
        self._pair: tuple[int, Carrier, Phrase] | None = None  # the last sentence in which two acted together
        self._meant_at: dict[int, Entity] = {}  # the texts and bodies meant by pronouns, by their offsets
        self._described_as: dict[int, Entity] = {}  # by the ``id`` of who was last mentioned by a description
        self.otherwise: list[Otherwise] = []
        """The mentions of those whom a description is taken for, as mentions of whom else it may mean."""

    def named(self, name: str) -> Entity | None:
        """The person of this name (full, surname or first name), or of these initials."""
        return self._names.named(name)

    def name_holder(self, heard: Iterable[Entity]) -> tuple[Entity, Entity] | None:
        """The one post without a name and the one speaker without a post: who they are, if they fit."""
        posts = [
            e
            for e in self._descriptions.index.entities()
            if e.type is UNNAMED and e.holds_office and fold(e.name).startswith(_THE)
        ]
        if len(posts) != 1:
            return None
        spoke = {id(e): e for e in heard if e.type is PERSON and not e.holds_office}
        if len(spoke) != 1:
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

    def name_bodies(self, carriers: Sequence[Carrier]) -> None:
        """ "Le régulateur, Noxia, a réagi": the description is the body's, here and from here on."""
        for index, carrier in enumerate(carriers):
            for k, name in carrier.appositions.items():
                described = carrier.phrases[k]
                if described.noun is None or described.noun.kind != "organization":
                    continue
                body = self.of_phrase(carrier.tokens, carrier.phrases[name], index)
                if body is not None and body.type is ORGANIZATION:
                    self._descriptions.told_apart[carrier.tokens[described.first].start] = body
                    text = without_article(words_of_phrase(carrier.tokens, described), described)
                    for called in (text, described.noun.lemma):
                        self._names.called.setdefault(fold(called), body)

    def name_posts(self, carriers: Sequence[Carrier]) -> None:
        """Le maire a tranché. « … », annonce Jeanne Roy: who is named first right after a post holds it."""
        self._descriptions.told_apart.update(named_after_posts(carriers, self._names))

    def sources(self) -> Iterator[Entity]:
        """All sources of the article: persons, bodies, then those only described."""
        yield from self._names.people
        yield from self._names.bodies.entities()
        yield from self._descriptions.index.entities()

    def known_as(
        self, tokens: Sequence[Token], phrase: Phrase, sentence: int, paragraph: int
    ) -> Entity | None:
        """The entity that a phrase names, if the article has it already: nothing new is taken in."""
        if phrase.kind is PRONOUN:
            return self.of_pronoun(phrase.head, sentence, paragraph, tokens[phrase.first].start)
        known = self._known(tokens, phrase)
        if known is not None:
            return known
        key, described = fold(as_subject(tokens, phrase)), self._descriptions.index
        known = described.get(key)
        return described.longer(key) if known is None and phrase.kind is DESCRIPTION else known

    def _known(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """Who of the article a name or a description means, as far as its other mentions tell."""
        if phrase.kind is NAME:
            return self._descriptions.of_name(tokens, phrase, make=False)
        told_apart = self._descriptions.told_apart.get(tokens[phrase.first].start)
        return told_apart or self._descriptions.of_description(tokens, phrase, make=False)

    def of_phrase(
        self, tokens: Sequence[Token], phrase: Phrase, sentence: int, paragraph: int = -1
    ) -> Entity | None:
        """The entity that a phrase names, a new one where the article has named none."""
        if phrase.kind is PRONOUN:
            return self.of_pronoun(phrase.head, sentence, paragraph, tokens[phrase.first].start)
        if phrase.kind is NAME:
            entity = self._descriptions.of_name(tokens, phrase, make=True)
        else:
            told_apart = self._descriptions.told_apart.get(tokens[phrase.first].start)
            entity = told_apart or self._descriptions.of_description(tokens, phrase, make=True)
        if entity is not None:
            self._mentioned_by(tokens, phrase, entity)
        return entity

    def _mentioned_by(self, tokens: Sequence[Token], phrase: Phrase, entity: Entity) -> None:
        """Remember whom else a description may mean, until who it is taken for is named again."""
        if phrase.kind is NAME:
            self._described_as.pop(id(entity), None)
        elif entity.type is PERSON:
            own = self.itself(tokens, phrase)
            if own is not None:
                self._described_as[id(entity)] = own

    def _noted(self, seen: Seen) -> None:
        """Remember whom else the last description of somebody may mean, wherever he is mentioned."""
        own = self._described_as.get(id(seen.entity))
        if own is not None:
            self.otherwise.append(Otherwise(seen.of(own), seen.entity))

    def itself(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """What a description is taken for, if it means nobody else: a source of its own."""
        return self._descriptions.itself(tokens, phrase) if phrase.kind is DESCRIPTION else None

    def of_pronoun(self, pronoun: str, sentence: int, paragraph: int, before: int) -> Entity | None:
        """The entity that a pronoun stands for, before the text offset ``before``.

        "Celle-ci" is what was named last, be it a body that does nothing: "sur la page de la mairie".
        """
        if before in self._meant_at:
            return self._meant_at[before]
        found = super().of_pronoun(pronoun, sentence, paragraph, before)
        if not pronoun.endswith("-ci"):
            return found
        latest = next((s.position for s in self._back_from(before) if s.entity is found), -1) if found else -1
        aside = self._aside_before(pronoun, sentence, before, latest)
        return (aside and self.known_as(*aside, sentence, paragraph)) or found

    def text_meant_in(self, carrier: Carrier) -> Entity | None:
        """The text, or whose text it is, that the pronoun at the head of a sentence means."""
        return self._meant_at.get(carrier.tokens[0].start)

    def _aside_before(
        self, pronoun: str, sentence: int, before: int, after: int = -1
    ) -> tuple[Sequence[Token], Phrase] | None:
        """What is named last between two offsets, without doing anything, that "celle-ci" may stand for."""
        gender = "f" if pronoun.startswith("celle") else "m"
        number = "p" if pronoun.endswith("s-ci") else "s"
        for said, tokens, phrase in reversed(self._aside):
            start = tokens[phrase.first].start
            if start < after or sentence - said > 1:
                break
            if start < before and phrase.number == number and phrase.gender in (None, gender):
                return tokens, phrase
        return None

    def labelled(self, name: str, signed: bool) -> Entity | None:
        """Whom a label names, among those of the article; ``signed`` names somebody new, too.

        So does a label of several words: "Jeanne Roy", not "R." or "La maire".
        """
        words = name.split()
        if len(words) > 1 and words[0].lower() in TITLES_LOW:
            words = words[1:]
        plain = " ".join(words)
        short = " ".join(plain) if plain.isupper() and len(plain) < _LONG_NAME else plain
        known = (
            self.named(plain)
            or self._names.by_initials.get(initials(short))
            or self._names.bodies.get(fold(plain))
        )
        if known is not None:
            return known
        kinds = {entry.kind for word in words for entry in noun(word.lower())}
        if fold(plain) in ORGANIZATIONS or (signed and not kinds.isdisjoint(("organization", "document"))):
            return self._names.bodies.add(fold(plain), Entity(plain, ORGANIZATION))
        if signed or (len(words) > 1 and fold(words[0]) not in _ARTICLES):
            return self._names.add_person(plain, None)
        return None

    # --- the second pass: sentence by sentence, in order ---

    def see(self, carrier: Carrier, sentence: int) -> None:
        """Take in the persons and bodies of a carrier as antecedents for what follows."""
        tokens = carrier.tokens
        self._place = sentence, carrier.sentence.paragraph
        texts = texts_in(carrier)
        self._see_text(carrier, texts, sentence)
        if any(map(is_brought_out, texts)):
            self._publishing.add(sentence)
        self._see_together(carrier, sentence)
        self._see_body(carrier, sentence)
        whose = "des" in carrier.words  # "la colère | des éleveurs"
        credits = has_credits(carrier)
        for k, phrase in enumerate(carrier.phrases):
            if phrase.kind is PRONOUN:
                self._see_pronoun(carrier, phrase, sentence)
                continue
            if phrase.noun is not None and phrase.noun.kind == "organization":
                self._descriptions.take_introduction(tokens, phrase, sentence)
            name = carrier.appositions.get(k, k)
            if name < k or is_nobody_here(tokens, phrase, credits):
                continue  # "les juges, | tous bénévoles,", "Luc Roy, | un riverain.": they are in already
            entity = self._meant(carrier, k)
            if entity is None and name > k:
                entity = self._meant(carrier, name)  # "la ministre, | Léa Roy."
            if entity is not None:
                self._mentioned_by(tokens, phrase, entity)
            if is_predicate(tokens, phrase):
                continue
            brought_in = phrase.noun is not None and is_brought_in(carrier, phrase)
            if entity is None and (brought_in or may_speak_later(carrier, phrase)):
                entity = self.of_phrase(tokens, phrase, sentence)
            if entity is not None:
                self._see_source(carrier, k, entity, sentence, brought_in)
            elif phrase.noun is not None and phrase.determiner and not is_thing(phrase):
                self._aside.append((sentence, tokens, phrase))
            theirs = people_inside(carrier, phrase, self._names.words) if whose else None
            if theirs is not None:
                self._aside.append((sentence, tokens, theirs))
            for start, text in self._names.inside.get(tokens[phrase.first].start, ()):
                for inner in self._names.all_named(text)[:1]:
                    self.note(inner, sentence, carrier.sentence.paragraph, False, start)

    def _see_text(self, carrier: Carrier, texts: Sequence[Phrase], sentence: int) -> None:
        """Remember the text that a sentence is about; the pronoun that opens the next one may mean it."""
        if self._text is not None and self._text[0] == sentence - 1:
            before, there, text = self._text
            pronoun = text_taken_up(carrier, text)
            meant = self._descriptions.of_description(there.tokens, text, make=True) if pronoun else None
            if pronoun is not None and meant is not None:
                start = carrier.tokens[pronoun.first].start
                self._meant_at[start] = meant
                self.note(meant, before, there.sentence.paragraph, True, there.tokens[text.first].start)
                self.note(meant, sentence, carrier.sentence.paragraph, True, start)
                self._text = sentence, there, text
                return
        text_here = text_spoken_of(carrier, texts)
        self._text = (sentence, carrier, text_here) if text_here is not None else None

    def _see_together(self, carrier: Carrier, sentence: int) -> None:
        """Take in those of the sentence before who are one source, once "ils" or "elles" may mean them."""
        if not _BOTH.isdisjoint(carrier.words) or _for_them(carrier):
            if self._pair is not None and self._pair[0] == sentence - 1:
                self._see_pair(carrier, *self._pair)
            self._see_several(carrier, sentence)
        acting = acting_pair(carrier)
        self._pair = (sentence, carrier, acting) if acting is not None else None

    def _see_body(self, carrier: Carrier, sentence: int) -> None:
        """Remember which body the pronoun means that opens a sentence: "La CGT proteste. Selon elle, …"."""
        there, self._last = self._last, carrier
        at, gender = crediting_pronoun(carrier)
        if at < 0 or there is None or there.sentence.zone is not carrier.sentence.zone:
            return
        body = body_taking_a_stand(there, gender)
        meant = self.of_phrase(there.tokens, body, sentence - 1) if body is not None else None
        if meant is not None and not meant.plural and meant.type in (ORGANIZATION, GROUP):
            meant.form = meant.form or gender
            for token in carrier.tokens[at : at + 3]:  # "d'après elle"
                self._meant_at[token.start] = meant
            self.note(meant, sentence, carrier.sentence.paragraph, True, carrier.tokens[at].start)

    def _see_pair(self, carrier: Carrier, said: int, there: Carrier, pair: Phrase) -> None:
        """Take in two who acted together."""
        both = self.of_phrase(there.tokens, pair, said)
        if both is not None and both.type is GROUP:
            self.note(both, said, carrier.sentence.paragraph, True, there.tokens[pair.first].start)

    def _see_several(self, carrier: Carrier, sentence: int) -> None:
        """Take in those who only stood beside in the sentence before.

        "Le maire a reçu | les riverains. « … », ont-ils dit": if nobody else there is several.
        """
        women = any(p.endswith("elles") for p in _BOTH & carrier.words)
        several = [
            (said, tokens, phrase)
            for said, tokens, phrase in self._aside_in(sentence - 1)
            if phrase.number == "p" and phrase.noun is not None and phrase.noun.kind in _WHO_SPEAK
        ]
        if len(several) != 1 or several[0][2].gender not in (None, "f" if women else "m"):
            return
        said, tokens, phrase = several[0]
        meant = self._descriptions.of_description(tokens, phrase, make=True)
        if meant is not None and meant.type is GROUP:
            self.note(meant, said, carrier.sentence.paragraph, False, tokens[phrase.first].start)

    def _aside_in(self, sentence: int) -> Iterator[tuple[int, Sequence[Token], Phrase]]:
        """What a sentence names without its doing anything, the last first."""
        for aside in reversed(self._aside):
            if aside[0] < sentence:
                return
            if aside[0] == sentence:
                yield aside

    def _see_pronoun(self, carrier: Carrier, phrase: Phrase, sentence: int) -> None:
        tokens, paragraph = carrier.tokens, carrier.sentence.paragraph
        if phrase.head == "on":
            there = those_at(carrier, None, phrase)
            meant = self.of_phrase(tokens, there, sentence, paragraph) if there is not None else None
            if meant is not None:  # "Au ministère, on se défend."
                self.note(meant, sentence, paragraph, True, tokens[phrase.first].start, speaks=True)
        if phrase.head.endswith("-ci"):
            aside = self._aside_before(phrase.head, sentence, tokens[phrase.first].start)
            if aside is not None:
                self._descriptions.of_description(*aside, make=True)
            meant = self.of_pronoun(phrase.head, sentence, paragraph, tokens[phrase.first].start)
            if meant is not None:
                self.note(meant, sentence, paragraph, bare(phrase, tokens), tokens[phrase.first].start)
        if phrase.head not in ("il", "elle"):
            return
        if phrase.first > 1 and phrase.before == ",":
            meant = self.of_pronoun(phrase.head, sentence, paragraph, tokens[0].start)
            self._preposed_role(carrier, phrase, meant)
        if not is_impersonal(tokens, phrase.last):
            start = tokens[phrase.first].start
            meant = self.of_pronoun(phrase.head, sentence, paragraph, start)
            if meant is not None and meant.type is PERSON:
                self.note(meant, sentence, paragraph, True, start)

    def _meant(self, carrier: Carrier, k: int) -> Entity | None:
        """Who of the article a phrase means; nobody new is taken in."""
        tokens, phrase = carrier.tokens, carrier.phrases[k]
        start = tokens[phrase.first].start
        entity = self._descriptions.told_apart.get(start)
        if entity is None and k == 1 and phrase.kind is DESCRIPTION:
            entity = self._by_post_before(carrier)
            if entity is not None:
                self._descriptions.told_apart[start] = entity
        if entity is not None:
            return entity
        if phrase.kind is NAME and phrase.name:
            return self._descriptions.of_name(tokens, phrase, make=False)
        person = phrase.noun is not None and phrase.noun.kind in PEOPLE
        if person and phrase.determiner in _DEFINITE:
            return self._descriptions.of_description(tokens, phrase, make=False)
        return None

    def _see_source(self, carrier: Carrier, k: int, entity: Entity, sentence: int, brought_in: bool) -> None:
        """Note a source that a carrier mentions, with the post that stands before it."""
        tokens, phrase = carrier.tokens, carrier.phrases[k]
        preposed = phrase.before == "," and phrase.first > 1
        if preposed and (phrase.determiner in _DEFINITE or carrier.phrases[0].first > 0):
            self._preposed_role(carrier, phrase, entity)
        topic = tokens[0].low == "quant" and phrase.first <= 2
        subject = (
            topic or brought_in or acts(carrier, k) or (entity.type is PERSON and is_reached(carrier, phrase))
        )
        self.note(entity, sentence, carrier.sentence.paragraph, subject, tokens[phrase.first].start)

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
            or not is_complemented(carrier.tokens, first)
        ):
            return None
        found = self._descriptions.holders.person_described(carrier.tokens, first)
        fits = found is not None and found.type is PERSON
        return found if fits and subject.gender in (None, found.gender if found else None) else None

    def _preposed_role(self, carrier: Carrier, subject: Phrase, entity: Entity | None) -> None:
        """ "Directrice générale de Noxia, elle …", "Réélue maire, elle …": whom the subject means has it."""
        first = carrier.phrases[0]
        led = first.first > 0 and not opening_lead(carrier.tokens, first.first)
        if (
            (first.first != 0 and not led)
            or first.determiner
            or first.noun is None
            or first.noun.kind not in PEOPLE
            or first.post is None
        ):
            return
        parted = any(t.text == "," for t in carrier.tokens[: subject.first - 1])
        if parted or (not led and happened(carrier.tokens, 0)):
            return
        if entity is not None and entity.type is PERSON:
            whole = first.name is None and first.last == subject.first - 1
            text = printed(carrier.tokens, *((0, subject.first - 1) if whole and not led else first.post))
            text = text[0].lower() + text[1:]
            if all(fold(text) != fold(role.text) for role in entity.roles):
                entity.roles.append(Role(text, first.head, carrier.tokens[0].start, first.gender))


def _for_them(carrier: Carrier) -> bool:
    """Whether a sentence tells how it looks to several: "Pour eux, rien n'est réglé"."""
    return "eux" in carrier.words and any(
        b.low == "eux" and a.low in ("pour", "selon") for a, b in pairwise(carrier.tokens)
    )
