"""Which phrase speaks? The grammar of French attribution, applied to one carrier at a time.

Each rule answers with the phrase (or clitic) that is the source and the cue that made it speech;
who that is, is asked later (:mod:`quotes.extraction.resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.conjectures import inverted_or_according
from quotes.extraction.cues import VerbGroup
from quotes.extraction.mentions import Phrase, PhraseKind
from quotes.extraction.nominal import (
    CRIES,
    SINGULAR_DETERMINERS,
    close_nominal,
    for_whom,
    is_medium,
    nominal_source,
    speech_noun,
    words_before_colon,
)
from quotes.extraction.proper_names import (
    ADVERBS,
    CLITICS,
    CONTRACTED,
    FUNCTION_WORDS,
    PEOPLE,
    PREPOSITIONS,
    SPEECH_NOUNS,
)
from quotes.extraction.subjects import (
    BEFORE_VERB,
    BREAKS,
    PLACED,
    THAT,
    as_pair,
    attributed,
    bare,
    incise_subject,
    is_thing,
    main_subject,
    subject_after,
    subject_before,
    whole,
)
from quotes.extraction.tokens import SIGNED, Kind, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS

_ASKED = frozenset({"combien", "comment", "pourquoi"})
_OPENING = 4  # tokens before a verb that opens its sentence: "Ainsi que le note X"
_CONVICTION = word_class("adjectives_of_conviction")
_BEING = frozenset({"est", "sont", "était", "étaient", "reste", "restent", "dit", "disent", "semble"})
_SHOWS = word_class("verbs_of_showing")
_PERCEIVED = frozenset({"entend", "entendait", "entendra", "voit", "voyait", "écoute"})
_OBJECT_AS_SUBJECT = {"les": "ils", "le": "il", "la": "elle", "l'": "il"}
_CLAUSE_ENDS = frozenset({"quand", "alors", "tandis", "mais", ";", ":"})
# An incise with a verb that no list knows may begin with these, and may not hold those.
_INCISE_OPENERS = CLITICS | frozenset({"a", "ont", "avait", "veut", "vient"})
_NO_INCISE = frozenset(
    {"que", "qu'", "qui", "dont", "où", "et", "mais", "ou", "selon", "pour", "par", "avec", "dans"}
)
_SIGNS = frozenset({"(", "—", "–", "-"})
_SPEAKING_KINDS = frozenset({"office", "trade", "relation", "organization"})


def attribute(carrier: Carrier) -> dict[int, Attribution]:
    """The sources of the quotations in a carrier, by quotation index."""
    tokens = carrier.tokens
    found: dict[int, Attribution] = {}
    for position, token in enumerate(tokens):
        if token.kind is Kind.QUOTE:
            attribution = _source_of(carrier, position)
            if attribution is not None:
                found[token.quote] = attribution
    return found


def _source_of(carrier: Carrier, q: int) -> Attribution | None:
    attribution = next(propositions(carrier, q), None)
    if attribution is None:
        return next(inverted_or_according(carrier, q), None)
    if (
        attribution is not None
        and attribution.rule == "fragment"
        and carrier.tokens[0].low in ("selon", "d'")
        and not any(
            attribution.cue == (g.first, g.last)
            and (
                g.allows("strong")
                or (
                    g.verb is not None
                    and g.verb.head in CRIES
                    and g.last == q
                    and attribution.phrase is not None
                    and attribution.phrase.kind is not PhraseKind.PRONOUN
                )
                or (g.allows("qualify") and carrier.tokens[q - 1].low in ("de", "d'"))
            )
            for g in carrier.verbs
        )
    ):
        # "Selon la police, le suspect se trouvait dans « … »"
        return nominal_source(carrier, q) or attribution
    if (
        attribution is not None
        and attribution.rule in ("fragment", "that")
        and (is_thing(attribution.phrase) or attribution.lemma in _SHOWS)
    ):
        # "Le test montre que P « … », a souligné X": the thing only shows, somebody says so
        for rule in (_incise, nominal_source):
            other = rule(carrier, q)
            if other is not None:
                return other
    return attribution


def _according_after(carrier: Carrier, q: int) -> Attribution | None:
    """« … », selon X; but "Il a expliqué que « … », selon l'agence Tass": a medium passes it on."""
    source = close_nominal(carrier, q)
    if source is None or source.phrase is None or not is_medium(source.phrase):
        return source
    return _framed(carrier, q, nearest=False) or source


def propositions(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """What each rule proposes for the quotation at token ``q``, the nearest construction first."""
    for rule in (
        _according_after,
        words_before_colon,
        for_whom,
        _as_they_say,
        _apposed_fragment,
        _close_passive,
        _elided,
        _close_frame,
        _convinced,
        _incise,
        _any_verb_incise,
        _name_then_verb,
        nominal_source,
        _frame,
        _participle,
        speech_noun,
        _passive,
        _colon,
        _as_for,
        _signed,
        _bracketed,
        _name_follows,
        _label,
    ):
        attribution = rule(carrier, q)
        if attribution is not None:
            yield attribution


def _read_in(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Where "on" read or heard it: "peut-on lire dans le rapport", "on lit sur l'affiche que"."""
    if group.verb is None or group.verb.head not in ("lire", "entendre", "voir"):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= group.last and phrase.before in ("dans", "sur"):
            return whole(carrier, k)
    return None


def _incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », a déclaré mardi Jeanne Roy. / P « … » P, a-t-elle dit."""
    tokens = carrier.tokens
    for group in carrier.verbs:
        if group.first <= q:
            continue
        between = tokens[q + 1 : group.first]
        if any(t.text in BREAKS and j > 0 for j, t in enumerate(between)):
            break
        if group.clitic == "on":
            where = _read_in(carrier, group)
            if where is not None:
                return attributed(carrier, "read_in", group, where)
        subject = incise_subject(carrier, group)
        if subject is None:
            continue
        adjacent = len(between) <= 1 or all(
            t.kind is not Kind.WORD or t.low in ADVERBS or t.low.endswith("ment") or t.low in CLITICS
            for t in between
        )
        if not adjacent and group.verb is None:
            continue
        if not adjacent and tokens[group.first - 1].low in ("que", "qu'", "où"):
            continue
        if not adjacent and group.clitic and tokens[group.first - 1].kind is Kind.WORD:
            continue  # a question: "la crise va-t-elle … ?"
        if (
            any(t.low in THAT and tokens[q + 1 + j - 1].kind is not Kind.QUOTE for j, t in enumerate(between))
            and not adjacent
            and group.clitic == ""
            and tokens[group.first - 1].text != ","
        ):
            continue
        phrase, pronoun = subject
        if (
            not between
            and phrase is not None
            and phrase.first - group.last > 3
            and not group.allows("strong")
        ):
            continue  # « Les Vagues » commence par …
        return attributed(carrier, "incise", group, phrase, pronoun)
    # the incise stands before: "A, a dit X, « … »"
    for group in reversed(carrier.verbs):
        if group.last > q:
            continue
        if group.first and tokens[group.first - 1].text == "," and group.finite:
            subject = incise_subject(carrier, group)
            if subject is not None and (group.verb is None or group.allows("incise")):
                phrase, pronoun = subject
                if phrase is not None and phrase.last > q:
                    break  # the marks stand inside who speaks: "un porte-parole des « … », Jean Roy"
                between = tokens[(phrase.last if phrase else group.last) : q]
                if any(t.text in BREAKS for t in between):
                    break
                closed = any(t.text in (",", ":") for t in between[:5])
                if not between or closed or tokens[group.last].text in (",", ":"):
                    return attributed(carrier, "incise_before", group, phrase, pronoun)
        break
    return None


def _any_verb_incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », n'hésite pas à dire Jeanne Roy. / « … », l'interrompt le juge. — whatever the verb.

    Only small words and a verb may part the comma from the source, which a mark has to close.
    """
    tokens = carrier.tokens
    at = q + 2
    if (
        at >= len(tokens)
        or tokens[q + 1].text != ","
        or tokens[at].kind is not Kind.WORD
        or tokens[at].capital
    ):
        return None
    low = tokens[at].low
    if low not in _INCISE_OPENERS and (low in FUNCTION_WORDS or noun(low)):
        return None
    if low == "en" and at + 1 < len(tokens) and tokens[at + 1].low.endswith("ant"):
        return None  # « … », en rencontrant Jeanne Roy
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first <= at:
            continue
        if phrase.before in PREPOSITIONS | CONTRACTED and tokens[phrase.first - 2].low not in FORMS:
            return None  # « … », drame de Jeanne Roy
        between = tokens[at : phrase.first]
        person = phrase.kind is PhraseKind.NAME and (not phrase.determiner or phrase.noun is not None)
        described = (
            phrase.determiner in SINGULAR_DETERMINERS
            and phrase.noun is not None
            and phrase.noun.kind in PEOPLE
        )
        closed = phrase.last >= len(tokens) or tokens[phrase.last].kind is not Kind.WORD
        plain = all(t.kind is Kind.WORD and not t.capital and t.low not in _NO_INCISE for t in between)
        if not (person or described) or not closed or not plain or len(between) > 6:
            return None
        verb = tokens[phrase.first - 1].low
        if noun(verb) and verb not in FORMS:
            return None
        return Attribution("incise_any", whole(carrier, k), "", (at, phrase.first), verb)
    return None


def _name_then_verb(carrier: Carrier, q: int) -> Attribution | None:
    """« … », Jeanne Roy déclare. / « … » : c'est ce qu'a déclaré Jeanne Roy."""
    tokens = carrier.tokens
    if q <= 1 and q + 1 < len(tokens) and tokens[q + 1].text in (",", ".", "–", "—", ":"):
        for group in carrier.verbs:
            if (
                group.first <= q + 1
                or not group.finite
                or group.verb is None
                or not group.allows("incise", "strong")
            ):
                continue
            if any(t.kind is Kind.QUOTE for t in tokens[q + 1 : group.last + 1]) or group.first - q > 25:
                break
            following = tokens[group.last] if group.last < len(tokens) else None
            if following is not None and (following.low in THAT or following.text == ":"):
                break
            if group.passive:
                continue
            subject = subject_before(carrier, group, lowest=q + 1)
            if subject is not None and not any(t.low in THAT for t in tokens[q + 1 : group.first]):
                return attributed(carrier, "name_verb", group, subject)
            if tokens[group.first - 1].low in ("qu'", "que") and any(
                t.low == "ce" for t in tokens[q + 1 : group.first]
            ):
                after = subject_after(carrier, group)
                if after is not None:
                    return attributed(carrier, "cleft", group, after)
            break
    return None


def _convinced(carrier: Carrier, q: int) -> Attribution | None:
    """X est persuadé que « … ». / X se dit convaincu que P « … »"""
    tokens = carrier.tokens
    for at in range(q - 1, 1, -1):
        if tokens[at].text in BREAKS or tokens[at].kind is Kind.QUOTE:
            return None
        if tokens[at].low not in THAT or tokens[at - 1].low not in _CONVICTION:
            continue
        verb = at - 2
        while verb > 0 and (
            tokens[verb].low in ADVERBS or tokens[verb].low in ("lui", "elle", "aussi", "eux")
        ):
            verb -= 1
        if tokens[verb].low not in _BEING:
            return None
        number = "p" if tokens[verb].low in ("sont", "étaient", "restent", "disent") else "s"
        group = VerbGroup(verb, at, None, "indicative", number)
        subject = subject_before(carrier, group)
        return Attribution("that", subject, "", (verb, at), "être convaincu") if subject is not None else None
    return None


def _close_frame(carrier: Carrier, q: int) -> Attribution | None:
    """The verb just before the marks outranks an incise after them: X a qualifié Y de « … », dit Z."""
    return _framed(carrier, q, nearest=True)


def _frame(carrier: Carrier, q: int) -> Attribution | None:
    """X affirme que P « … » P. / X dénonce « … ». / X ajoute : « … »"""
    return _framed(carrier, q, nearest=False)


def _told_by_earlier(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether the clause of this verb hangs on an earlier verb of saying: "X a dit que P"."""
    return any(
        other.finite
        and other.last < group.first
        and other.allows("que")
        and carrier.tokens[other.last].low in THAT
        for other in carrier.verbs
    )


def _inverted_after_as(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Comme le déplore X, ainsi que le note X"""
    tokens = carrier.tokens
    at = group.first - 1
    while at > 0 and tokens[at].low in CLITICS:
        at -= 1
    as_said = at >= 0 and tokens[at].low == "comme"
    as_said = as_said or (at > 0 and tokens[at].low in THAT and tokens[at - 1].low == "ainsi")
    return subject_after(carrier, group) if as_said else None


def _framed(carrier: Carrier, q: int, *, nearest: bool) -> Attribution | None:
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q:
            continue
        if group.verb is None and not group.clitic:
            continue
        between = tokens[group.last : q]
        if any(t.text in BREAKS for t in between):
            return None
        gap = len(between)
        colon = any(t.text == ":" for t in between)
        that = any(t.low in THAT or t.low in _ASKED for t in between)
        if nearest:
            if (
                gap > 4
                or colon
                or tokens[q - 1].text == ","
                or group.clitic
                or (group.finite and incise_subject(carrier, group) is not None and not gap)
            ):
                return None
            if _another_speaker_follows(carrier, q) and not (
                group.allows("qualify", "fragment", "que") and (gap <= 2 or that)
            ):
                return None
        if not group.finite or group.passive:
            if group.passive and not nearest:
                continue
            if not group.finite and group.mood != "past_participle":
                return None if nearest else _participle(carrier, q)
            continue
        if group.person != 3:
            continue
        if colon and tokens[q - 1].text == "(" and not group.allows("strong"):
            continue  # "ateliers : débats (« … »)"
        if colon and not group.allows("strong") and _in_relative(tokens, group.first):
            continue  # "avec ce sourire qui le caractérise : « … »"
        if not _links(group, between, colon, that):
            if nearest:
                return None
            inverted = _inverted_after_as(carrier, group)
            if inverted is not None and group.first < _OPENING and tokens[q - 1].text == ",":
                return attributed(carrier, "as_said", group, inverted)  # "Comme le note X, « … »"
            continue
        if group.clitic:
            return attributed(carrier, "frame", group, None, group.clitic)
        subject = _inverted_after_as(carrier, group) or subject_before(carrier, group)
        if (
            subject is None
            and group.first
            and tokens[group.first - 1].low in THAT | {"dont", "où", "comme", "ce"}
        ):
            subject = subject_after(carrier, group)
        if (
            colon
            and is_thing(subject)
            and subject is not None
            and subject.before in ("dont", "où", "que", "qu'")
        ):
            continue  # "dans le café dont le nom répond à sa vie : « … »"
        if is_thing(subject) and _told_by_earlier(carrier, group):
            continue  # "X a indiqué que les négociations ont montré « … »"
        if subject is None:
            subject = _shared(carrier, group)
        if subject is None and (group.first == 0 or colon) and not nearest:
            # "Explique Paul Roy : « … »"
            subject = subject_after(carrier, group)
        if subject is None:
            if nearest:
                return None
            continue
        if subject.kind is PhraseKind.PRONOUN and subject.head == "on":
            where = _read_in(carrier, group)
            if where is not None and 0 <= q - where.last <= 2:
                return attributed(carrier, "read_in", group, where)
        rule = "colon" if colon else "that" if that else "fragment"
        if (rule == "fragment" and not group.allows("strong")) or (
            rule == "that" and _second_clause(between)
        ):
            outer = _outer(carrier, group)
            if outer is not None:
                return outer
        return attributed(carrier, rule, group, subject)
    return None


def _second_clause(between: Sequence[Token]) -> bool:
    """Whether a second que-clause begins here: "X espère que Y comprend | cela et que | « … »"."""
    at = max(j for j, token in enumerate(between) if token.low in THAT or token.low in _ASKED)
    return (
        at > 0
        and between[at - 1].low in ("et", "mais", "ou")
        and all(token.low not in THAT for token in between[: at - 1])
    )


def _in_relative(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb at ``at`` follows its relative pronoun, with or without clitics between."""
    at -= 1
    while at >= 0 and tokens[at].low in BEFORE_VERB:
        at -= 1
    return at >= 0 and tokens[at].low in ("qui", "dont", "où")


def _outer(carrier: Carrier, inner: VerbGroup) -> Attribution | None:
    """The verb of saying in whose que-clause a weaker verb stands: "X déplore que Y opte pour « … »"."""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if (
            group.last > inner.first
            or group.passive
            or not group.allows("que")
            or group.mood in ("infinitive", "past_participle")
        ):
            continue
        start = _after_insertion(tokens, group.last)
        opening = tokens[start : start + 3]
        at = next((j for j, t in enumerate(opening) if t.low in THAT), -1)
        if at < 0 or any(t.kind is not Kind.WORD for t in opening[:at]):
            continue  # "X promet « … », que Y juge « … »"
        if any(t.kind is Kind.QUOTE or t.low in _CLAUSE_ENDS for t in tokens[start + 3 : inner.first]):
            continue  # its que-clause is over: "X assure que « … », quand Y se dit « … »"
        if group.clitic:
            return attributed(carrier, "that", group, None, group.clitic)
        if not group.finite:
            source = source_of_participle(carrier, group)
            return source and replace(source, rule="that")
        subject = subject_before(carrier, group)
        if subject is not None:
            return attributed(carrier, "that", group, subject)
    return None


_INSERTION = 8  # tokens between the commas of "ajoute, dans un courrier à ses voisins, que"


def _after_insertion(tokens: Sequence[Token], at: int) -> int:
    """Where a que-clause goes on after what stands between two commas; ``at`` where nothing does."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    for j in range(at + 1, min(at + _INSERTION, len(tokens) - 1)):
        if tokens[j].text == "," and tokens[j + 1].low in THAT:
            return j + 1
        if tokens[j].kind not in (Kind.WORD, Kind.NUMBER):
            break
    return at


def _another_speaker_follows(carrier: Carrier, q: int) -> bool:
    return any(group.first > q and incise_subject(carrier, group) is not None for group in carrier.verbs)


def _links(group: VerbGroup, between: Sequence[Token], colon: bool, that: bool) -> bool:
    """Whether the verb's constructions allow what stands between it and the marks."""
    if group.verb is None:
        return colon
    if colon:
        return True
    if group.allows("qualify") and between and between[-1].low in ("de", "d'", "comme"):
        return True
    if that:
        return group.allows("que", "strong", "incise")
    if len(between) <= 1:
        return True
    return group.allows("fragment", "qualify", "infinitive", "de", "que", "strong")


def _shared(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The subject of an earlier verb that this one shares: "X a salué … et promis « … »"."""
    for other in reversed(carrier.verbs):
        if other.last > group.first or not other.finite or other.number != group.number:
            continue
        subject = incise_subject(carrier, other)
        if subject is not None and subject[0] is not None:
            return subject[0]
        found = subject_before(carrier, other)
        if found is not None:
            return found
    return None


def _participle(carrier: Carrier, q: int) -> Attribution | None:
    """…, évoquant « … » / pour dénoncer « … » / avant d'ajouter : « … »: whoever acts in the clause."""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q or group.finite:
            continue
        between = tokens[group.last : q]
        if any(t.text in BREAKS for t in between) or group.verb is None:
            return None
        if group.mood == "past_participle":
            continue
        if len(between) > 12 and not any(t.text == ":" for t in between):
            continue
        source = source_of_participle(carrier, group)
        subject, pronoun = (source.phrase, source.pronoun) if source else (None, "")
        if subject is None and not pronoun:
            subject = main_subject(carrier, len(tokens))
            if subject is not None and subject.first < q:
                subject = None
        if (
            subject is None
            and not pronoun
            and any(t.kind is Kind.WORD for t in tokens[: max(0, group.first - 2)])
        ):
            return None
        # "Et de conclure : « … »", "Avant d'ajouter : « … »": whoever spoke last
        return attributed(carrier, "participle", group, subject, pronoun)
    return None


def source_of_participle(carrier: Carrier, group: VerbGroup) -> Attribution | None:
    """Who acts in a clause without a finite verb: "des passants saluant …", "…, a dit X, ajoutant …"."""
    tokens = carrier.tokens
    subject: Phrase | None = None
    pronoun = ""
    if group.mood == "present_participle" and group.first and tokens[group.first - 1].low != "en":
        subject = next(
            (
                p
                for p in carrier.phrases
                if p.last == group.first and p.kind is not PhraseKind.PRONOUN and p.before == ","
            ),
            None,
        )
    if (
        group.mood == "infinitive"
        and group.first > 1
        and tokens[group.first - 1].low in _PERCEIVED
        and tokens[group.first - 2].low in _OBJECT_AS_SUBJECT
    ):
        # "On les entend s'écrier : « … »"
        return attributed(carrier, "participle", group, None, _OBJECT_AS_SUBJECT[tokens[group.first - 2].low])
    if group.mood == "infinitive" and group.first > 2:
        # "on entend un policier proférer : « … »"
        subject = next(
            (
                p
                for p in carrier.phrases
                if p.last == group.first and p.noun is not None and p.noun.kind in PEOPLE
            ),
            None,
        )
    if group.mood == "infinitive" and group.first > 1 and tokens[group.first - 1].low in ("de", "d'"):
        # "Et la maire de répondre : « … »"
        subject = next((p for p in carrier.phrases if p.last == group.first - 1 and p.first <= 1), None)
    others = (
        [g for g in reversed(carrier.verbs) if g.last <= group.first and g.finite] if subject is None else []
    )
    if others:
        incise = incise_subject(carrier, others[0])
        subject, pronoun = incise if incise is not None else (subject_before(carrier, others[0]), "")
    if subject is None and not pronoun:
        for other in carrier.verbs:
            if other.first >= group.last and other.finite:
                incise = incise_subject(carrier, other)
                if incise is not None:
                    subject, pronoun = incise
                    break
    if subject is None and not pronoun:
        subject = main_subject(carrier, group.first)
    return (
        attributed(carrier, "participle", group, subject, pronoun) if subject is not None or pronoun else None
    )


def _text(carrier: Carrier, end: int) -> Phrase | None:
    """ "Le communiqué de X est bref :": a text speaks for itself."""
    for phrase in carrier.phrases:
        if phrase.first < end and phrase.noun is not None and phrase.noun.kind == "document":
            return phrase if bare(phrase, carrier.tokens) and phrase.determiner else None
    return None


def _speaks_from(tokens: Sequence[Token]) -> int:
    """Where it is said from whom the words come: "Du côté de | la préfecture :", "Et de | la maire X :"."""
    low = [t.low for t in tokens[:5]]
    at = 0
    if low[:1] == ["et"] or low[:1] == ["réaction"]:
        at = 1
    elif low[:2] in (["du", "côté"], ["de", "côté"]):
        at = 2
    elif low[:1] == ["côté"]:
        return 1
    if not at or len(low) <= at:
        return -1
    return at + 1 if low[at] in ("de", "d'") else at if low[at] in ("du", "des") else -1


def _topic(carrier: Carrier, end: int) -> Phrase | None:
    """ "Même son de cloche pour X :", "Même constat à la préfecture :", "Quant à X,", "Chez X :" """
    echoes = carrier.tokens[0].low in ("même", "idem")
    from_there = _speaks_from(carrier.tokens)
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= end:
            break
        back = phrase.first - (1 if phrase.determiner in ("au", "aux") else 2)
        introduced = (
            phrase.before in ("pour", "chez")
            or (back >= 0 and carrier.tokens[back].low == "quant")
            or phrase.first == from_there
            or (echoes and (phrase.before in PLACED or phrase.determiner in ("du", "au")))
        )
        speaks = phrase.noun is not None and phrase.noun.kind in _SPEAKING_KINDS
        if introduced and (speaks or phrase.kind is PhraseKind.NAME):
            return whole(carrier, k)
    return None


def _as_they_say(carrier: Carrier, q: int) -> Attribution | None:
    """« … », comme le définissent certains experts / comme X le dit"""
    tokens = carrier.tokens
    at = q + 1
    while at < len(tokens) and (tokens[at].kind is Kind.QUOTE or tokens[at].low in (",", "ou", "et")):
        at += 1  # « A » ou « B », comme …
    if at + 3 < len(tokens) and tokens[at].low == "ainsi" and tokens[at + 1].low in THAT:
        at += 1  # « … », ainsi que l'écrit X
    elif at + 2 >= len(tokens) or tokens[at].low != "comme":
        return None
    group = next((g for g in carrier.verbs if at < g.first <= at + 8 and g.finite), None)
    if group is None or group.verb is None:
        # a verb that no list knows, with the words as its object: "comme certains le définissent"
        k = next((k for k, p in enumerate(carrier.phrases) if p.first == at + 1), None)
        if k is not None and tokens[min(carrier.phrases[k].last, len(tokens) - 1)].low in (
            "le",
            "la",
            "l'",
            "les",
        ):
            return Attribution("as_said", whole(carrier, k), "", (at, at + 1), "comme")
        return None
    if group.clitic:
        return attributed(carrier, "as_said", group, None, group.clitic)
    k = next(
        (
            k
            for k, p in enumerate(carrier.phrases)
            if p.first == at + 1 or (p.first == group.last and p.kind is not PhraseKind.PRONOUN)
        ),
        None,
    )
    if k is None:
        subject = subject_after(carrier, group)  # "comme le reconnaîtra elle-même X"
        return attributed(carrier, "as_said", group, subject) if subject is not None else None
    return attributed(carrier, "as_said", group, whole(carrier, k)) if k is not None else None


def _apposed_fragment(carrier: Carrier, q: int) -> Attribution | None:
    """La ministre, « furieuse », a claqué la porte."""
    tokens = carrier.tokens
    if q < 2 or q + 2 >= len(tokens) or tokens[q - 1].text != "," or tokens[q + 1].text != ",":
        return None
    verb = tokens[q + 2]
    if any(g.first == q + 2 and incise_subject(carrier, g) is not None for g in carrier.verbs):
        return None  # "Petit, « … », écrivent les auteurs"
    if verb.kind is not Kind.WORD or not (
        verb.low in CLITICS or any(f.person == 3 for f in FORMS.get(verb.low, ()))
    ):
        return None
    k = next(
        (
            k
            for k, p in enumerate(carrier.phrases)
            if p.last in (q - 1, q - 4)
            and bare(p, tokens)
            and not is_thing(p)
            and (p.last == q - 1 or tokens[q - 2].low == "ans")  # "Bernadette, 52 ans, « … », parle"
        ),
        None,
    )
    return Attribution("apposed", whole(carrier, k)) if k is not None else None


def _close_passive(carrier: Carrier, q: int) -> Attribution | None:
    """…, un résultat qualifié d'« inattendu » par X: the passive just before the marks."""
    group = next((g for g in reversed(carrier.verbs) if g.last <= q), None)
    if group is None or not group.passive or q - group.last > 3:
        return None
    return _passive(carrier, q)


def _passive(carrier: Carrier, q: int) -> Attribution | None:
    """Jugé « … » par X / qualifié de « … » par X / un projet « … », cité par X"""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q or not group.passive or group.verb is None:
            continue
        if any(t.text in BREAKS for t in tokens[group.last : q]) or q - group.last > 10:
            return None
        for k, phrase in enumerate(carrier.phrases):
            if phrase.before == "par" and phrase.first > group.last and phrase.first - q < 8:
                if phrase.last <= q and (
                    q - phrase.last > 3 or any(t.text == "," for t in tokens[phrase.last : q])
                ):
                    continue
                between = tokens[min(q, phrase.first) + 1 : max(q, phrase.first)]
                if not any(t.text in BREAKS for t in between):
                    return attributed(carrier, "passive", group, as_pair(carrier, whole(carrier, k)))
        return None
    return None


def _colon(carrier: Carrier, q: int) -> Attribution | None:
    """X n'en démord pas : « … » — no verb of saying; who acts in the sentence speaks."""
    tokens = carrier.tokens
    if q == 0 or tokens[q - 1].text != ":":
        return None
    if q <= 4 and tokens[0].low in ("son", "sa", "leur") and any(t.low in SPEECH_NOUNS for t in tokens[1:q]):
        return Attribution(
            "colon_alone", None, "", (0, q), tokens[q - 2].low, weak=True
        )  # "Sa réponse : « … »"
    subject = main_subject(carrier, q) or _agent(carrier, q) or _topic(carrier, q) or _text(carrier, q)
    return Attribution("colon_alone", subject, "", (q - 1, q), ":", weak=True)


def _elided(carrier: Carrier, q: int) -> Attribution | None:
    """X évoque « … » et Y « … »: the verb of the first holds for the second."""
    tokens = carrier.tokens
    if not any(t.kind is Kind.QUOTE for t in tokens[:q]):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if (
            phrase.last == q
            and phrase.kind is PhraseKind.NAME
            and phrase.before in ("et", ",", "puis", "mais", ";")
        ):
            group = next((g for g in reversed(carrier.verbs) if g.last <= phrase.first and g.finite), None)
            return attributed(carrier, "elided", group, whole(carrier, k)) if group is not None else None
    return None


def _agent(carrier: Carrier, end: int) -> Phrase | None:
    """ "Un message partagé par X :" """
    for k, phrase in enumerate(carrier.phrases):
        if phrase.before == "par" and 1 < phrase.first < end and not is_thing(phrase):
            participle = carrier.tokens[
                phrase.first - 2 - (phrase.determiner in ("le", "la", "l'", "les"))
            ].low
            if participle.endswith(
                ("é", "ée", "és", "ées", "i", "is", "it", "ie", "ies", "u", "us", "ue", "ues")
            ):
                return whole(carrier, k)
    return None


def _as_for(carrier: Carrier, q: int) -> Attribution | None:
    """Quant à X, c'est « … »."""
    tokens = carrier.tokens
    if len(tokens) > 2 and tokens[0].low == "quant":
        topic = _topic(carrier, q)
        if topic is not None:
            return Attribution("as_for", topic, "", (0, topic.first), "quant à", weak=True)
    return None


def _label(carrier: Carrier, q: int) -> Attribution | None:
    """A name, with a post, an age, a town, that labels the words: "Jeanne, étudiante, 25 ans, Lyon « … »"."""
    tokens = carrier.tokens
    if q == 0 or q < len(tokens) - 2 or not carrier.phrases or any(g.first < q for g in carrier.verbs):
        return None
    first = carrier.phrases[0]
    if first.first or first.kind is not PhraseKind.NAME or first.determiner or first.name is None:
        return None
    if first.last != q and tokens[first.last].text != ",":
        return None
    known = all(t.kind is not Kind.WORD or t.capital or t.low not in FORMS for t in tokens[first.last : q])
    return Attribution("label", first, weak=True) if known else None


def _signed(carrier: Carrier, q: int) -> Attribution | None:
    """« … » (Jeanne Roy, parente d'élève) / « … » - Jeanne, 17 ans: a name in brackets, or after a dash."""
    tokens = carrier.tokens
    at = q + 1 + (q + 1 < len(tokens) and tokens[q + 1].text == ".")
    if q or at + 1 >= len(tokens) or (tokens[at].text not in _SIGNS and tokens[at].low not in SIGNED):
        return None
    at += tokens[at].low in SIGNED and tokens[at + 1].text == ":"
    last = len(tokens) - (tokens[-1].text == ".")
    if tokens[at].text == "(":
        if tokens[last - 1].text != ")":
            return None
        last -= 1
    if any(g.first > at and g.finite for g in carrier.verbs) or any(
        t.kind is Kind.QUOTE for t in tokens[at:]
    ):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first > at + 1:
            break
        k = carrier.appositions.get(k, k)
        phrase = carrier.phrases[k]
        if phrase.first == at + 1 and phrase.kind is PhraseKind.NAME and not phrase.determiner:
            ends = tokens[phrase.last].text == "," if phrase.last < last else tokens[at].text != "("
            return Attribution("signed", phrase, weak=True) if ends else None
    return None


def _bracketed(carrier: Carrier, q: int) -> Attribution | None:
    """Le délégué, Paul Roy (« … »), appelle à la grève. / Jeanne Roy (« … ») s'en va."""
    tokens = carrier.tokens
    if q < 2 or q + 1 >= len(tokens) or tokens[q - 1].text != "(" or tokens[q + 1].text != ")":
        return None
    for k, phrase in enumerate(carrier.phrases):
        full = phrase.name is not None and phrase.name[1] - phrase.name[0] > 1
        if phrase.last == q - 1 and full and not phrase.determiner:
            return Attribution("bracketed", whole(carrier, k), weak=True)
    return None


def _name_follows(carrier: Carrier, q: int) -> Attribution | None:
    """« … », Jeanne Roy, la maire, n'en revient pas."""
    tokens = carrier.tokens
    if q > 1 or q + 2 >= len(tokens) or tokens[q + 1].text != ",":
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first == q + 2 and phrase.kind is PhraseKind.NAME and not phrase.determiner:
            return Attribution("name_follows", whole(carrier, k))
    return None
