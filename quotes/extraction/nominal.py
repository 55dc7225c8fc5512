"""Sources that no verb of saying names: "selon X", "aux yeux de X", "la réponse de X"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.impersonal import SOURCES
from quotes.extraction.inversion import subject_after
from quotes.extraction.own_views import according_to_pronoun, stands_for
from quotes.extraction.pairs import named_together, together
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    DEMONSTRATIVE,
    PLAIN_LINKS,
    RELATIVES,
    SPEECH_NOUNS,
    TIMES,
)
from quotes.extraction.relatives import antecedent
from quotes.extraction.subjects import BREAKS, THAT, is_thing, main_subject, subject_before
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.verbs import AUXILIARIES, FORMS

_SPEAKING = SPEECH_NOUNS | word_class("speaking_nouns_plural")
_PRESENTS = frozenset({"est", "sont", "était", "étaient", "sera", "seront", "furent", "fut"})
CRIES = frozenset({"crier", "hurler", "scander", "lancer", "répondre", "rétorquer", "murmurer"})
_INNER = frozenset({"de", "du", "d'", "en"})  # inside a noun of several words: "cri du cœur"
_LEAD = word_class("before_speech_noun")
_WORDING = word_class("nouns_of_wording")
_MEDIA = word_class("media_nouns")
SINGULAR_DETERMINERS = frozenset({"le", "la", "l'", "son", "sa", "un", "une", "ce", "cet", "cette"})


_OPENING = 3  # tokens before "réponse | de X"
_LONGEST_PREDICATE = 9  # tokens of "La réponse de X | ne s'est pas fait attendre :"
_FARTHEST_OWNER = 9  # tokens before "Ce cri du cœur est signé de | X"
_SO = frozenset(
    {"c'est ce que", "c'est ce qu'", "voilà ce que", "voilà ce qu'", "voici ce que", "voici ce qu'"}
)
_COMES = frozenset({"vient", "venait", "émane", "émanent", "émanait", "émanaient", "provient", "viennent"})
_WHOSE = frozenset({"celui", "celle", "ceux", "celles"})
_BEFORE_OWNER = _WHOSE | _PRESENTS | _COMES
_UTTERANCES = word_class("nouns_of_utterances")
_UTTERING = word_class("verbs_of_uttering")
_AUTHORS = frozenset({"auteur", "auteure", "autrice"})
_LONGEST_GIVEN = 9  # tokens of "C'est l'engagement très solennel | qu'a pris X"
_SUCH = frozenset({"tel", "telle", "tels", "telles"})
_WHOM = RELATIVES - {"dont", "où", "que", "qu'"}
_BEFORE_WHOM = frozenset({"pour", "selon", "après"})
_LONGEST_OPINION = 7  # tokens from "pour qui" to the marks


def for_whom(carrier: Carrier, q: int) -> Attribution | None:
    """Jeanne Roy, pour qui le texte est « … » / l'étude selon laquelle « … »"""
    tokens = carrier.tokens
    if _BEFORE_WHOM.isdisjoint(carrier.words):
        return None
    for at in range(q - 1, max(q - _LONGEST_OPINION, 1), -1):
        if tokens[at].kind is not WORD:
            break
        if tokens[at].low in _WHOM and tokens[at - 1].low in _BEFORE_WHOM:
            source = antecedent(carrier, at - 1, "")
            if (
                source is None
                or (is_thing(source) and not _tells(tokens, source))
                or (tokens[at].low != "qui" and tokens[at - 1].low == "pour")
            ):
                break  # "la raison pour laquelle il « … »"
            return Attribution(
                "according", together(carrier, source), "", (at - 1, at + 1), tokens[at - 1].low
            )
    return None


def _tells(tokens: Sequence[Token], thing: Phrase) -> bool:
    """Whether something is told in it, or it tells whose words it is: "un rapport |", "l'avis d'un élu |"."""
    owned = any(t.low in ("de", "d'", "du") for t in tokens[thing.first : thing.last])
    text = thing.noun is not None and thing.noun.kind == "document"
    return owned if thing.head in SPEECH_NOUNS else text


def is_medium(phrase: Phrase) -> bool:
    """Whether it is a newspaper, an agency, a channel."""
    body = ORGANIZATIONS.get(fold(phrase.head)) if phrase.noun is None else None
    return phrase.head in _MEDIA or (body is not None and body.kind == "media")


def close_nominal(carrier: Carrier, q: int) -> Attribution | None:
    """« … », selon X — right after the marks."""
    tokens = carrier.tokens
    at = q + 1 + (q + 1 < len(tokens) and tokens[q + 1].text == ",")
    if at >= len(tokens) or tokens[at].low not in _CLOSE_CUES:
        return None
    if q and tokens[q - 1].text == ":" and any(g.last < q for g in carrier.verbs):
        return None  # "Elle lui a lancé : « … », selon le récit de X"
    if any(
        g.last == q
        and g.finite
        and not g.passive
        and g.verb is not None
        and (g.verb.head in CRIES or (tokens[g.first].low in ("aurait", "auraient") and g.allows("strong")))
        for g in carrier.verbs
    ):
        return None  # "La victime a crié « … », selon des témoins"
    owned = (
        at + 2 < len(tokens) and tokens[at].low in ("selon", "dans") and tokens[at + 1].low in ("ses", "son")
    )
    if owned and any(t.low in _WORDING for t in tokens[at + 2 : at + 4]):
        # "Il a « fait le ménage », selon ses propres mots"
        subject = main_subject(carrier, q)
        return Attribution("according", subject, "" if subject else "ses", (at, at + 2), "selon")
    for k, phrase in enumerate(carrier.phrases):
        cue = nominal_cue(tokens, phrase) if phrase.first > at else None
        if cue is not None and cue[0] == at and cue[1] != "pour":
            source = named_together(carrier, whole(carrier, k))
            return Attribution("according", source, "", (at, phrase.first), cue[1])
    found = according_to_pronoun(carrier, q)
    return found if found is not None and found.cue is not None and found.cue[0] == at else None


def nominal_source(carrier: Carrier, q: int) -> Attribution | None:
    """Selon X, P « … » P. / « … », selon X. / Pour X, « … » / aux yeux de X / à en croire X"""
    tokens = carrier.tokens
    best = according_to_pronoun(carrier, q)
    if best is not None:
        return best
    for k, phrase in enumerate(carrier.phrases if may_credit(carrier) else ()):
        at = phrase.first - 1
        if at < 0:
            continue
        cue = nominal_cue(tokens, phrase)
        if cue is None:
            continue
        first, lemma = cue
        if phrase.last < q and _credits_count(tokens, first):
            continue  # "600 marcheurs, selon la préfecture, ont dénoncé une loi « … »"
        if phrase.last <= q:
            if not BREAKS.isdisjoint(carrier.lows[phrase.last : q]):
                continue
        else:
            between = carrier.lows[q + 1 : first]
            if not BREAKS.isdisjoint(between):
                continue
            nominal = between == (",",) and not carrier.verbs and q < 5
            if lemma == "pour" and not nominal and not (not between and _is_judged(tokens, q)):
                continue
        if phrase.first > q and q and tokens[q - 1].text == ":":
            continue  # "X a crié : « … », selon le récit de Y"
        if lemma == "pour" and not (
            stands_for(carrier, k, first, q)
            or all(t.low in ADVERBS or t.low == "voire" for t in tokens[:first])
            or tokens[first - 1].text in (",", ":")
            or first in (q + 1, q + 2)
            or tokens[first - 1].low in ("mais", "et", "car")
        ):
            continue
        if lemma == "pour" and (
            (phrase.kind is DESCRIPTION and (phrase.noun is None or phrase.noun.kind == "document"))
            or (phrase.kind is PRONOUN and first > 0)
        ):
            continue
        if (
            lemma == "pour"
            and phrase.last < len(tokens)
            and not stands_for(carrier, k, first, q)
            and tokens[phrase.last].text not in (",", "(")
            and tokens[phrase.last].kind is not QUOTE
        ):
            continue
        source = named_together(carrier, whole(carrier, k))
        best = Attribution("according", source, "", (first, phrase.first), lemma)
        break
    return best


def _is_judged(tokens: Sequence[Token], q: int) -> bool:
    """Whether the marks hold what somebody thinks of it: "C'est un « gâchis »", ", un choix « vain »"."""
    if q > 1 and tokens[0].low in ("c'", "ce") and tokens[1].low in _PRESENTS:
        return True
    if q > 1 and tokens[q - 1].text == ",":
        return True  # "La mesure, « vaine » pour X, …"
    return q > 2 and tokens[q - 2].low in ("un", "une") and tokens[q - 3].text == ","


def _credits_count(tokens: Sequence[Token], at: int) -> bool:
    """Whether what a cue at ``at`` gives to a source is a count and no more: "600 marcheurs, | selon X"."""
    counted = at - 1 - (tokens[at - 1].text == ",")
    return any(k >= 0 and tokens[k].kind is NUMBER for k in (counted, counted - 1))


_CLOSE_CUES = frozenset({"selon", "dixit", "d'", "de", "foi", "dans", "pour", "à"})


def may_credit(carrier: Carrier) -> bool:
    """Whether a sentence holds a word that every nominal cue has one of."""
    return not carrier.words.isdisjoint(_CREDITING)


def nominal_cue(tokens: Sequence[Token], phrase: Phrase) -> tuple[int, str] | None:
    """The nominal cue before a phrase: the index where it begins, and its lemma."""
    at = phrase.first - 1
    low = tokens[at].low
    if low not in _BEFORE_SOURCES and phrase.determiner not in ("du", "des"):
        return None
    if low == "suivant" and phrase.determiner in SINGULAR_DETERMINERS:
        return at, low
    for words in _CUES.get(low, ()):
        if _closes(tokens, phrase.first, words):
            return phrase.first - len(words), _LEMMAS.get(words[-1], " ".join(words).replace("' ", "'"))
    if low == "de" and phrase.head in SOURCES and not phrase.determiner:
        return at, "de source"
    if low == "de" and phrase.head in _WORDING and phrase.determiner == "l'":
        return at, "selon"  # "De l'avis de X": the phrase is the wording, its owner is asked later
    if phrase.determiner in ("du", "des"):
        return _owned_cue(tokens, at)
    return _owned_cue(tokens, at - 1) if low in PLAIN_LINKS else None


def _owned_cue(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    """The cue that ends in the noun at ``at``, whose owner follows: "aux yeux | de X", "de l'avis | de X"."""
    for words in _OWNED_CUES.get(tokens[at].low, ()) if at > 0 else ():
        if _closes(tokens, at + 1, words):
            return at + 1 - len(words), " ".join(words).replace("' ", "'") + " de"
    if at > 0 and tokens[at].low in ("foi", "parole") and tokens[at - 1].text == ",":
        return at, "foi de"  # « … », foi de X
    at -= at > 1 and tokens[at].low in ("même", "mêmes")  # "de l'aveu même de X"
    if at < 1 or tokens[at].low not in _WORDING:
        return None
    article = tokens[at - 1].low
    if at == 1 or article not in _BEFORE_WORDING:
        return (0, "selon") if at == 1 and article == "aux" else None  # "Aux dires de X, …"
    for words in _WORDING_LEADS:
        if _closes(tokens, at - 1, words):
            return at - 1 - len(words), "selon"
    if article not in ("au", "aux"):
        return None
    # "a réagi aux propos de X" tells what X said and who reacted
    alone = tokens[at].low in _SAYINGS or tokens[at - 2].kind is not WORD
    return (at - 1, "selon") if alone else None


def _closes(tokens: Sequence[Token], end: int, words: Sequence[str]) -> bool:
    """Whether these words stand right before the token index ``end``."""
    first = end - len(words)
    return first >= 0 and all(tokens[first + k].low == word for k, word in enumerate(words))


def _by_last_word(cues: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Cues of several words by their last one, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((tuple(cue.split()) for cue in cues), key=lambda words: (-len(words), words)):
        found.setdefault(words[-1], []).append(words)
    return found


_CUES = _by_last_word(word_class("nominal_cues"))
_OWNED_CUES = _by_last_word(word_class("owned_cues"))
_BEFORE_SOURCES = PLAIN_LINKS.union(_CUES, {"suivant"})
_CREDITING = SOURCES.union(_CUES, _OWNED_CUES, _WORDING, {"suivant", "foi", "parole"})
_LEMMAS = {"croit": "si l'on en croit"}
_SAYINGS = frozenset({"dire", "dires"})
_BEFORE_WORDING = frozenset({"l'", "les", "la", "le", "propre", "propres", "au", "aux"})
_WORDING_LEADS = (
    *((word,) for word in ("de", "selon", "dans", "à", "par")),
    *(tuple(lead.split()) for lead in ("pour reprendre", "à reprendre", "d' après")),
)


def words_before_colon(carrier: Carrier, q: int) -> Attribution | None:
    """…, s'attirant une réplique de X : « … »: the text's owner is found with it."""
    tokens = carrier.tokens
    if q < 3 or tokens[q - 1].text != ":":
        return None
    phrase = next((p for p in carrier.phrases if p.last == q - 1 and p.head in SPEECH_NOUNS), None)
    owned = phrase is not None and any(t.low in ("de", "d'", "du", "des") for t in tokens[phrase.first : q])
    if phrase is None or not owned or any(t.low == "même" for t in tokens[phrase.first : q]):
        return None  # "X est du même avis :" is no text of X's
    return Attribution("speech_noun", phrase, "", (phrase.first, phrase.first + 2), phrase.head)


def speech_noun(carrier: Carrier, q: int) -> Attribution | None:
    """La réponse de X : « … » / le mot de X / ces propos de X"""
    if carrier.words.isdisjoint(_SPEAKING):
        return None
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.head in SPEECH_NOUNS and phrase.first == q + 2 and tokens[q + 1].low in _PRESENTS:
            return Attribution("speech_noun", phrase, "", (phrase.first, phrase.first + 2), phrase.head)
        if q == 0 and 3 < phrase.first < 14 and _told_by(carrier, phrase):
            return Attribution("speech_noun", whole(carrier, k), "", (phrase.first - 3, phrase.first), "par")
        contracted = phrase.determiner in ("du", "des")
        at = phrase.first - (1 if contracted else 2)
        if at < 0 or phrase.first < q < phrase.last:
            continue
        if not contracted and tokens[phrase.first - 1].low not in ("de", "d'", "du", "des"):
            continue
        if tokens[at].low == "propos" and at and tokens[at - 1].low in ("à", "a"):
            continue  # "Jeanne Roy à propos du budget : « … »"
        if not _names_words(tokens[at]):
            # "la seule réponse possible | de X", "le cri du cœur | de X", "la mise en garde | de X"
            back = 1 if at and tokens[at - 1].kind is WORD and tokens[at - 1].low not in _INNER else 2
            if at < back or tokens[at - back].low not in SPEECH_NOUNS:
                continue
            at -= back
        if phrase.first > q:
            # « … » : le constat de X est sans appel
            lead = tokens[q + 1 : at]
            opens = lead and (lead[0].text in (":", ",", "–", "—") or lead[0].low in _PRESENTS)
            if opens and all(t.low in _LEAD for t in lead[1:]):
                source = together(carrier, whole(carrier, k))
                return Attribution("speech_noun", source, "", (at, at + 1), tokens[at].low)
            continue
        source = together(carrier, whole(carrier, k))
        between = tokens[max(phrase.last, source.last) : q]
        opening = (
            at <= _OPENING
            or tokens[at - 1].low in ("selon", "d'", "par", "avec", "dans")
            or tokens[at - 2].low in ("selon", "par", "avec", "dans", "reprend")
        )
        if opening and (len(between) <= 3 or any(t.text == ":" for t in between[:_LONGEST_PREDICATE])):
            return Attribution("speech_noun", source, "", (at, at + 1), tokens[at].low)
    return None


def _told_by(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether the phrase is whose words a noun names: "l'anecdote racontée par | Jeanne Roy"."""
    tokens = carrier.tokens
    at = phrase.first - 3
    return (
        phrase.before == "par"
        and at > 0
        and _names_words(tokens[at])
        and any(f.mood == "past_participle" for f in FORMS.get(tokens[at + 1].low, ()))
    )


def _told_so(carrier: Carrier) -> Phrase | None:
    """Who is said to have said it: "C'est ce qu'a dit X", "Ainsi parle X", "La formule est de X"."""
    tokens = carrier.tokens
    lead = " ".join(t.low for t in tokens[:4]).replace("' ", "'")
    so = tokens[0].low == "ainsi" or any(lead.startswith(words) for words in _SO)
    verb = next((g for g in carrier.verbs if g.finite), None) if so else None
    if verb is not None:
        return subject_after(carrier, verb) or subject_before(carrier, verb)
    said = _said_at(tokens, range(1, 4))
    if not said or any(t.kind is not WORD for t in tokens[:said]):
        return None
    taken_up = tokens[0].low in DEMONSTRATIVE  # "Ces propos de X ont choqué."
    for k, phrase in enumerate(carrier.phrases):
        at = phrase.first - (1 if phrase.determiner in ("du", "des") else 2)
        if at > _FARTHEST_OWNER:
            return None
        if at < said or not (phrase.determiner in ("du", "des") or phrase.before in ("de", "d'")):
            continue
        low = tokens[at].low
        if (taken_up and at == said) or low in _BEFORE_OWNER or low.startswith("signé"):
            return whole(carrier, k)
    return None


def _names_words(token: Token) -> bool:
    """Whether a word names what is said: "l'aveu", "ces propos"."""
    return token.low in _SPEAKING


def _names_what_was_said(token: Token) -> bool:
    """The same of words just read, which more nouns may take up: "cet engagement"."""
    return _names_words(token) or token.low in _UTTERANCES


def _said_at(tokens: Sequence[Token], places: range) -> int:
    """At which of these places stands what was said: "Ces | mots"; 0 for none."""
    return next((j for j in places if j < len(tokens) and _names_what_was_said(tokens[j])), 0)


def _spoken_by(carrier: Carrier) -> Phrase | None:
    """Who utters such words: "Ces mots, prononcés par X", "L'auteur de cette phrase est X"."""
    tokens = carrier.tokens
    if tokens[0].low == "l'" and tokens[1].low in _AUTHORS:
        said = _said_at(tokens, range(3, 5))
        opens = said + 1 < len(tokens) and (tokens[said + 1].low in _PRESENTS or tokens[said + 1].text == ":")
        k = next((k for k, phrase in enumerate(carrier.phrases) if phrase.first == said + 2), None)
        return whole(carrier, k) if said and opens and k is not None else None
    said = _said_at(tokens, range(1, 4))
    if not said or tokens[0].low not in DEMONSTRATIVE:
        return None
    for k, phrase in enumerate(carrier.phrases):
        at = phrase.first - 2 - (tokens[phrase.first - 1].low != "par")
        if phrase.first > _FARTHEST_OWNER:
            return None
        uttered = {f.lemma for f in FORMS.get(tokens[at].low, ()) if f.mood == "past_participle"}
        if phrase.before == "par" and at > said and not uttered.isdisjoint(_UTTERING):
            return whole(carrier, k)
    return None


def _given_by(carrier: Carrier) -> Phrase | None:
    """Who gave such words: "C'est l'engagement qu'a pris X", "Voilà la consigne que X a donnée"."""
    tokens = carrier.tokens
    opening = [t.low for t in tokens[:_LONGEST_GIVEN]]
    start = 2 if opening[:2] in (["c'", "est"], ["c'", "était"]) else int(opening[0] in ("voilà", "voici"))
    that = next((j for j in range(start, len(opening)) if opening[j] in THAT), 0)
    if not start or not that or not any(map(_names_what_was_said, tokens[start + 1 : that])):
        return None
    k = next((k for k, phrase in enumerate(carrier.phrases) if phrase.first > that), None)
    if k is None or any(t.kind is not WORD for t in tokens[: carrier.phrases[k].first]):
        return None
    phrase = carrier.phrases[k]
    inverted = tokens[that + 1].low in AUXILIARIES and phrase.first == that + 3
    return whole(carrier, k) if inverted or phrase.first == that + 1 else None


def words_of(carrier: Carrier) -> Phrase | None:
    """Whose words the sentence before were: « … ». Ce sont les mots de X. / C'est par ces mots que X …"""
    tokens = carrier.tokens
    lead = [t.low for t in tokens[:6]]
    if lead[:3] in (["c'", "est", "par"], ["c'", "est", "en"], ["c'", "est", "avec"]) and lead[5:] == ["que"]:
        said = _names_what_was_said(tokens[4])
        k = next((k for k, phrase in enumerate(carrier.phrases) if phrase.first == 6), None)
        return whole(carrier, k) if said and k is not None else None
    told = _told_so(carrier) or _given_by(carrier) or _spoken_by(carrier)
    if told is not None:
        return told
    for k, phrase in enumerate(carrier.phrases):
        at = phrase.first - (1 if phrase.determiner in ("du", "des") else 2)
        if phrase.first == 2 and phrase.head in SPEECH_NOUNS and tokens[0].low in _SUCH:
            return phrase  # "Tel est | l'avis de Jeanne Roy"
        if phrase.first < 12 and _told_by(carrier, phrase):
            return whole(carrier, k)
        if at > 4:
            continue
        if (
            at > 1
            and _names_what_was_said(tokens[at])
            and (at + 1 == phrase.first or tokens[at + 1].low in ("de", "d'"))
            and tokens[0].low in ("c'", "ce", "tel", "telle", "tels", "telles", "voilà", "voici")
            and all(t.low in _LEAD or t.low in _PRESENTS or t.low in TIMES for t in tokens[:at])
        ):
            return whole(carrier, k)
    return None
