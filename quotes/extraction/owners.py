"""Whose text is it? "Un rapport de la Banque centrale", "une étude réalisée par X", "son blog"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes.extraction.body_names import body_run, plain_name_end
from quotes.extraction.course import Course
from quotes.extraction.descriptions import description_at
from quotes.extraction.entities import Entity
from quotes.extraction.named import Named
from quotes.extraction.phrases import Phrase
from quotes.extraction.posts import Role
from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    PREPOSITIONS,
    SPEECH_NOUNS,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.texts import WITHOUT_AUTHOR
from quotes.extraction.tokens import QUOTE, WORD, Token, printed, spelt
from quotes.extraction.wording import without_article, words_of_phrase
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import PLACES
from quotes.french.nouns import is_body, noun
from quotes.french.verbs import is_finite_form
from quotes.model import SpeakerType

Meant = Callable[[Sequence[Token], Phrase], Entity | None]

_WORDING = word_class("nouns_of_wording")
WORDS_OF_SOMEBODY = SPEECH_NOUNS | _WORDING
""" "L'avis de la maire" is hers."""
_OF_SEVERAL = WORDS_OF_SOMEBODY | {"décompte", "comptage", "estimation", "message"}
_PUBLISHED_ON = word_class("published_on")
_NAMED_AFTER_MAKERS = word_class("named_after_makers")
_OF_SURVEYS = word_class("kinds_of_surveys")
_OWNED_BY = frozenset({"de", "du", "d'", "par", "des"})
_MADE_BY = frozenset({"par"})
_SEVERAL = frozenset({"plusieurs", "certains", "certaines", "quelques"})  # "les dires de | plusieurs témoins"
_BEFORE_POST = BEFORE_NOUN | _SEVERAL
_THE = frozenset({"le", "la", "ce", "cette"})
_TWO_WORDS = 2  # a determiner and a noun
_NOT_MADE = frozenset(w + end for w in word_class("not_made_by") for end in ("", "e", "s", "es"))
_SIGNED = frozenset({"signé", "signée", "signés", "signées"})
_CAPITAL_TEXTS = word_class("texts_with_capitals")
_ONE = frozenset({SpeakerType.PERSON, SpeakerType.ORGANIZATION})
_SEVERAL_SORTS = frozenset({SpeakerType.GROUP})
_THEIRS = frozenset({"leur", "leurs"})
_OWN = frozenset({"son", "sa", "ses"})
_BEFORE_MAKER = 3  # tokens before "obtenue jeudi | par L'Écho" among which it is told what was done
_BROUGHT_OUT = word_class("texts_that_bodies_bring_out")
_OWNER_WITHIN = 8  # tokens behind a text in which its owner is looked for
_OWNED_NEAR = 1_000  # characters between somebody and "son blog"


def is_owned(phrase: Phrase) -> bool:
    """Whether it is a text, or a place where one is published, that speaks for its owner."""
    published = phrase.determiner in ("le", "la", "l'", "les", "son", "sa") and phrase.head in _PUBLISHED_ON
    kind = phrase.noun.kind if phrase.noun is not None else ""
    return published or kind == "document" or (kind == "thing" and phrase.head in _WORDING)


def _is_of_several(low: str) -> bool:
    """Whether a word is one for a group: "équipe", "collectif"."""
    return any(entry.kind == "group" for entry in noun(low))


def _by_another(tokens: Sequence[Token], text: Phrase, at: int) -> bool:
    """Whether somebody does with a text what its author doesn't: "une note obtenue | par L'Écho"."""
    done = [t.low for t in tokens[max(text.first, at - _BEFORE_MAKER) : at]]
    signed = text.head in WITHOUT_AUTHOR and not _SIGNED.isdisjoint(done)
    return signed or not _NOT_MADE.isdisjoint(done)


class Owners:
    """Finds whose the texts of an article are."""

    def __init__(self, names: Named, course: Course) -> None:
        self._names = names
        self._course = course

    def owner_of(self, tokens: Sequence[Token], phrase: Phrase, meant: Meant) -> Entity | None:
        """Whose text it is; ``meant`` tells whom a phrase means that names or describes an owner."""
        if phrase.determiner in _OWN or phrase.determiner in _THEIRS:
            sorts = _ONE if phrase.determiner in _OWN else _SEVERAL_SORTS
            owner = self._last_actor(tokens[phrase.first].start, sorts)
            if owner is not None or sorts is _ONE:
                return owner
        alone = phrase.last - phrase.first == _TWO_WORDS  # not "la lettre du préfet"
        if alone and phrase.determiner in _THE and phrase.head in _BROUGHT_OUT:
            publisher = self._course.publisher()
            if publisher is not None:
                return publisher  # "dans un communiqué, X regrette « … ». « … », précise le texte"
        maker = self._maker(tokens, phrase)
        if maker:
            return self._names.body_called(maker, None)
        links = _OWNED_BY
        for at in range(phrase.first, min(len(tokens), phrase.last + _OWNER_WITHIN) - 1):
            if tokens[at].text in (",", ".") or tokens[at].kind is QUOTE:
                return None
            if at >= phrase.last and is_finite_form(tokens[at].low):
                links = _MADE_BY  # "Un tract a circulé dans la cour | de l'école"
            if tokens[at].low == "par" and _by_another(tokens, phrase, at):
                return None
            if tokens[at].low in links:
                found, owner = self._owner_behind(tokens, at, phrase.head in _OF_SEVERAL, meant)
                if found:
                    return owner
        return None

    def _last_actor(self, here: int, sorts: frozenset[SpeakerType]) -> Entity | None:
        """Whose "son blog", "leurs calculs" are: who of these sorts acted last, not far before an offset."""
        return next(
            (
                seen.entity
                for seen in reversed(self._course.seen)
                if seen.subject and here - _OWNED_NEAR < seen.position < here and seen.entity.type in sorts
            ),
            None,
        )

    def _maker(self, tokens: Sequence[Token], phrase: Phrase) -> str:
        """The name that a survey bears, its maker's: "un sondage | Opsia", "la dernière enquête | Opsia"."""
        if phrase.head not in _NAMED_AFTER_MAKERS:
            return ""
        inside = range(phrase.first, phrase.last)
        start = next((k + 1 for k in inside if tokens[k].low == phrase.head), phrase.last)
        if start < len(tokens) and tokens[start].low in _OF_SURVEYS:
            start += 1  # "un sondage exclusif Opsia"
        if start >= len(tokens) or not tokens[start].capital or is_first_name(tokens[start].text):
            return ""
        end = body_run(tokens, start, self._names.words)
        # "Opsia | pour L'Écho"
        end = next((k for k in range(start, end) if tokens[k].low in PREPOSITIONS), end)
        return printed(tokens, start, end)

    def _owner_behind(
        self, tokens: Sequence[Token], at: int, several: bool, meant: Meant
    ) -> tuple[bool, Entity | None]:
        """Whom a link at ``at`` ("de", "par") leads to, and whether it leads to an owner, known or not.

        What may be of ``several`` is the words of people: "l'avis des habitants".
        """
        low = tokens[at].low
        start = at + 1 + (tokens[at + 1].low in ("la", "le", "l'", "les"))
        if start + 1 < len(tokens) and tokens[start].low == "ong" and tokens[start + 1].capital:
            start += 1
        if start >= len(tokens):
            return False, None
        first = tokens[start]
        # "de la Première ministre"
        post = first.low in _BEFORE_POST or person_noun(first.low) is not None
        definite = low == "du" or start > at + 1
        if first.capital and first.low in _CAPITAL_TEXTS:
            return False, None  # "le verset 12 de la Sourate"
        if first.capital and not post:
            return True, self._owner_named(tokens, start, by=low == "par", definite=definite)
        several = several and (low == "des" or first.low in _SEVERAL)
        if low in ("de", "d'") and not definite and is_body(first.low):
            return False, None  # "un rapport d'inspection"
        if not (is_body(first.low) or _is_of_several(first.low) or (post and (definite or several))):
            return False, None
        begin = at if low in ("du", "des") else at + 1
        inner = description_at(tokens, begin, self._names.words, tokens[begin - 1].low if begin else "")
        if inner is None:
            return False, None
        return True, self._named_behind(tokens, inner) or meant(tokens, inner)

    def _named_behind(self, tokens: Sequence[Token], post: Phrase) -> Entity | None:
        """The person whose name a comma parts from his post: "un tweet du ministre de la Mer, | Paul Roy"."""
        at = post.last + 1
        if post.number != "s" or at + 1 >= len(tokens) or tokens[at - 1].text != ",":
            return None
        if not is_first_name(tokens[at].text):
            return None
        end = name_run(tokens, at, self._names.words)
        closed = end >= len(tokens) or tokens[end].kind is not WORD
        known = self._names.all_named(spelt(tokens, at, end)) if closed else []
        if len(known) != 1 or known[0].type is not SpeakerType.PERSON:
            return None
        person, start = known[0], tokens[post.first].start
        text = without_article(words_of_phrase(tokens, post), post)
        if all(role.start != start for role in person.roles):
            person.roles.append(Role(text, post.head, start, post.gender))
        return person

    def _owner_named(self, tokens: Sequence[Token], start: int, *, by: bool, definite: bool) -> Entity | None:
        """The owner whose name begins at ``start``; a place is one only of what it made (``by``) itself."""
        run = name_run(tokens, start, self._names.words)
        end = max(run, known_body_end(tokens, start), plain_name_end(tokens, start), start + 1)
        known = self._names.all_named(spelt(tokens, start, end))
        if known:
            return known[0]
        if definite:
            end = body_run(tokens, start, self._names.words)
        text = spelt(tokens, start, end)
        if fold(text) in PLACES and not by:
            return None
        return self._names.body_called(text, None)
