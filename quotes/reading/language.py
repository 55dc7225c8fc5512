"""Is a text in French? Its commonest words tell: no model, a millisecond an article."""

from __future__ import annotations

import re
from collections import Counter

# The commonest words of each language, without those that French has too. Several languages share
# some: each counts for all that have it.
_COMMON = {
    "fr": "le la les l d du des de et un une que qui dans pour est sur pas avec plus ce il elle au aux sont"
    " par ne se son sa ses cette mais nous vous on été être ont avait était comme où leur leurs ces ils elles"
    " je j c s n qu à y même tout aussi sans très fait entre depuis après",
    "en": "the of and to in is that for it was on with as by at from are be this have has his her not but"
    " they which will were been their who would said an or we you",
    "es": "el los las del y que en un una por con para es se su al lo como más pero sus ha fue este esta son"
    " también hay entre muy sin sobre desde cuando",
    "it": "il lo gli di che è e in un una per con non si del della dei delle al alla sono ha anche come più"
    " nel nella ma questo questa da dal dalla i",
    "pt": "o os as do da dos das e que em um uma para com não por se no na ao é foi mais mas como seu sua são"
    " também pelo pela entre",
    "ca": "el els les del i que en un una per amb és no al als com més però ha va aquest aquesta són també"
    " dels seva seu",
    "de": "der die das und ist in den von zu mit dem des sich auf für nicht ein eine als auch es an werden"
    " aus er hat dass sie nach wird bei einer um am sind noch wie",
    "nl": "de het een en van in is dat op te voor met zijn er niet aan die om ook als bij door maar naar dan"
    " heeft wordt uit worden wat",
    "br": "ar ur an ha da e en eo ez a zo gant evit war eus ma ne ket hag pe ouzh",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zà-öø-ÿœæ]", re.IGNORECASE)
# An article says it in its beginning; a report that quotes much in another language in its whole.
_LOOKED_AT = 20_000
# Below this a text has too few words to tell (a headline, a list): it is given the benefit of the doubt.
_FEWEST_WORDS = 12
# French prose has 0.4, a list of names in French 0.15.
_LEAST_SHARE = 0.1


def is_french(text: str) -> bool:
    """Whether a text is French, as far as its commonest words tell; one too short to tell is."""
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if not _is_latin(words):
        return False
    if len(words) < _FEWEST_WORDS:
        return True
    times = Counter(words)
    found: Counter[str] = Counter()
    for word in _LANGUAGES.keys() & times.keys():
        for language in _LANGUAGES[word]:
            found[language] += times[word]
    return found["fr"] == max(found.values(), default=0) and found["fr"] >= _LEAST_SHARE * len(words)


def _is_latin(words: list[str]) -> bool:
    """Whether half of the letters are those of French."""
    letters = "".join(words)
    # Those without accents mostly tell, and are counted quicker than all.
    if len(letters.encode("ascii", "ignore")) >= 0.5 * len(letters):
        return True
    return len(_LATIN.findall(letters)) >= 0.5 * len(letters)
