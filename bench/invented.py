"""Articles of invented words, for the benches that need many."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

from quotes.model import Article, Extraction, Gender, Quote, QuoteKind, Role, Speaker, SpeakerType


def _list(words: str) -> list[str]:
    return words.split()


PER_ARTICLE = 4
TOGETHER = 1_000
_WORDS = 40_000
_SPEAKERS = 4_000
_OUTLETS = 40
_AGAIN = 0.05
_REMEMBERED = 20_000
_FIRST_DAY = date(2005, 1, 1)
_DAYS = 20 * 365
_SYLLABLES = _list("ba ce chi do fu ga lé li mo nu pa qui ré sé ta vou bri cla dra gno ple tru")
_ENDINGS = _list("s e es er ait ons ation ement ité eur euse iste al aux")
_SMALL = _list("le la les de des du un une et en que qui ne pas pour dans ce est nous il a sur au plus")


class Writer:
    """Writes articles of invented words, the same ones every time."""

    def __init__(self, quotes: int) -> None:
        self.articles = quotes // PER_ARTICLE
        self.chance = chance = random.Random(20_240_517)
        made: dict[str, None] = dict.fromkeys(_SMALL)
        while len(made) < _WORDS:
            made["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) + chance.choice(_ENDINGS)] = None
        self.words = list(made)
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(_WORDS)))
        self.speakers = [self._speaker(number) for number in range(_SPEAKERS)]
        self.said: list[str] = []

    def _name(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(2, 3))).capitalize()

    def _speaker(self, number: int) -> Speaker:
        if number % 5 == 4:
            return Speaker(f"Union {self._name()} {number}", SpeakerType.ORGANIZATION)
        gender = self.chance.choice((Gender.FEMALE, Gender.MALE, None))
        return Speaker(f"{self._name()} {self._name()}-{self._name()}", SpeakerType.PERSON, gender)

    def sentence(self, words: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=words))

    def quote(self) -> str:
        chance = self.chance
        if self.said and chance.random() < _AGAIN:
            words = chance.choice(self.said).split()
            words[chance.randrange(len(words))] = self.sentence(1)
            return " ".join(words)
        words = self.sentence(chance.randint(6, 40))
        if len(self.said) < _REMEMBERED:
            self.said.append(words)
        else:
            self.said[chance.randrange(_REMEMBERED)] = words
        return words

    def who(self) -> Speaker:
        if self.chance.random() < 0.2:
            return Speaker(f"M. {self._name()}", SpeakerType.PERSON, Gender.MALE)
        return self.speakers[min(int(self.chance.paretovariate(0.6)), _SPEAKERS) - 1]

    def article(self, number: int) -> Extraction:
        chance = self.chance
        pieces: list[str] = []
        quotes: list[Quote] = []
        at = 0
        for _ in range(PER_ARTICLE):
            between, said = f"{self.sentence(25).capitalize()}. « ", self.quote()
            start = at + len(between)
            role = Role(f"porte-parole {chance.choice(self.words[:300])}") if chance.random() < 0.5 else None
            kind = chance.choice((QuoteKind.DIRECT, QuoteKind.DIRECT, QuoteKind.MIXED))
            quotes.append(
                Quote(
                    start, start + len(said), said, kind, False, self.who(), None, None, role, "incise", 0.9
                )
            )
            pieces += [between, said, " ».\n"]
            at = start + len(said) + 3
        # A newspaper is added more or less in its order.
        day = number * _DAYS // self.articles + chance.randrange(30)
        published = (_FIRST_DAY + timedelta(days=day)).isoformat()
        outlet = f"Le Journal {chance.randrange(_OUTLETS)}"
        article = Article("".join(pieces), title=f"Article {number}", outlet=outlet, published=published)
        return Extraction(article, tuple(quotes))

    def groups(self) -> Iterator[list[Extraction]]:
        for first in range(0, self.articles, TOGETHER):
            last = min(first + TOGETHER, self.articles)
            yield [self.article(number) for number in range(first, last)]
