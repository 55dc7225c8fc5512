"""The cases under ``cases/``: French as it is printed, one construction each, with what is expected.

``cases/known_failures.txt`` names the cases that fail today, each with the reason ("name: reason");
one that begins to pass has to be taken off the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.evaluation import same_speaker
from quotes.model import Extraction, Quote, QuoteKind, SpeakerType
from tests.annotated import Annotated, Source, Unit, articles, cases, parse

HERE = Path(__file__).parent
CASES = {case.name: case for case in cases(HERE / "cases")}
TEXTS = {**CASES, **{f"gold/{article.name}": article for article in articles(HERE / "gold")}}


def _known_failures() -> dict[str, str]:
    lines = (HERE / "cases" / "known_failures.txt").read_text(encoding="utf-8").splitlines()
    listed = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {name: reason for name, _, reason in listed}


KNOWN_FAILURES = _known_failures()


def _expected(name: str) -> Any:
    marks = [pytest.mark.xfail(reason=KNOWN_FAILURES[name], strict=True)] if name in KNOWN_FAILURES else []
    return pytest.param(name, marks=marks, id=name)


@cache
def extracted(name: str) -> Extraction:
    return quotes.extract(TEXTS[name].text)


@pytest.mark.parametrize("name", [_expected(name) for name in CASES])
def test_case(name: str) -> None:
    problems = list(differences(CASES[name], extracted(name)))
    assert not problems, "\n".join(["", CASES[name].text, *problems])


def differences(case: Annotated, extraction: Extraction) -> Iterator[str]:
    """What an extraction has other than the annotation, one line each."""
    marked = [quote for quote in extraction.quotes if quote.kind is not QuoteKind.INDIRECT]
    for unit in case.marked:
        quote = _take(unit, marked, 0.8)
        if unit.label == "quote":
            yield from _quote_differences(unit, quote)
        elif unit.label == "not_quote" and quote:
            yield f"not a quote: «{unit.text}»"
    for quote in marked:
        yield f"invented: «{quote.text}»"
    told = [quote for quote in extraction.quotes if quote.kind is QuoteKind.INDIRECT]
    for unit in case.indirect:
        quote = _take(unit, told, 0.5)
        if quote is None:
            yield f"indirect speech missed: {unit.text}"
        else:
            yield from _speaker_differences(unit, quote)
    for quote in told:
        # Whether a clause around a fragment is indirect speech as well is no case's question.
        if not any(_shared(unit, quote) for unit in case.marked):
            yield f"indirect speech invented: {quote.text}"


def _quote_differences(unit: Unit, quote: Quote | None) -> Iterator[str]:
    if quote is None:
        yield f"missed: «{unit.text}»"
        return
    if _plain(quote.text) != _plain(unit.text):
        yield f"text: «{quote.text}», not «{unit.text}»"
    if unit.form not in ("?", quote.kind):
        yield f"kind: {quote.kind}, not {unit.form}: «{unit.text}»"
    yield from _speaker_differences(unit, quote)
    if unit.source:
        yield from _description_differences(unit, unit.source, quote)


def _speaker_differences(unit: Unit, quote: Quote) -> Iterator[str]:
    got = quote.speaker.name if quote.speaker else None
    if unit.source is None:
        if got:
            yield f"speaker: {got}, not unknown: «{unit.text}»"
    elif not same_speaker(got or "", {"names": unit.source.names, "type": unit.source.type}):
        yield f"speaker: {got}, not {unit.source.names[0]}: «{unit.text}»"


def _description_differences(unit: Unit, source: Source, quote: Quote) -> Iterator[str]:
    gender = quote.speaker.gender if quote.speaker else None
    if source.gender and source.type == "person" and gender != source.gender:
        yield f"gender: {gender}, not {source.gender}: «{unit.text}»"
    if quote.speaker and quote.speaker.type != source.type:
        yield f"type: {quote.speaker.type}, not {source.type}: «{unit.text}»"
    role = quote.role.text if quote.role else None
    if source.roles == ("?",) or (source.type != SpeakerType.PERSON and not source.roles):
        return
    if not source.roles and role:
        yield f"role: {role}, though there is none: «{unit.text}»"
    elif source.roles and not any(_alike(role or "", right) for right in source.roles):
        yield f"role: {role}, not {source.roles[0]}: «{unit.text}»"


def _take(unit: Unit, free: list[Quote], least: float) -> Quote | None:
    """The quote that stands where the unit stands, taken out of those that are left."""
    best = max(free, key=lambda quote: _shared(unit, quote), default=None)
    if best is None or _shared(unit, best) < least:
        return None
    free.remove(best)
    return best


def _shared(unit: Unit, quote: Quote) -> float:
    inside = min(unit.end, quote.end) - max(unit.start, quote.start)
    return max(0, inside) / max(1, max(unit.end, quote.end) - min(unit.start, quote.start))


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()


def _alike(one: str, other: str) -> bool:
    """Half of the words in common, as the figures count it."""
    return same_speaker(one, {"names": [other], "type": "document"})


@pytest.mark.parametrize("name", list(TEXTS))
def test_invariants(name: str) -> None:
    text = TEXTS[name].text
    extraction = extracted(name)
    assert extraction.article.text == text
    starts = [(quote.start, quote.end) for quote in extraction.quotes]
    assert starts == sorted(starts)
    for quote in extraction.quotes:
        passage = text[quote.start : quote.end]
        assert passage == passage.strip() != ""
        assert 0 <= quote.confidence <= 1
        assert quote.rule
        kept, at = "", quote.start
        for incise in quote.incises:
            assert at <= incise.start < incise.end <= quote.end
            kept += text[at : incise.start]
            at = incise.end
        if not re.search(r"\n", passage):
            assert _plain(quote.text) == _plain(kept + " " + text[at : quote.end])
        for found in (quote.mention, quote.cue):
            assert found is None or text[found.start : found.end] == found.text
    for other in extraction.not_quotes:
        assert text[other.start : other.end] == other.text
    marked = [quote for quote in extraction.quotes if quote.kind is not QuoteKind.INDIRECT]
    for one, next_one in pairwise(marked):
        # What stands in marks inside a reply or a post is a unit of its own.
        nested = one.rule in ("interview", "post", "none") and next_one.end <= one.end
        assert one.end <= next_one.start or nested, "two quotations overlap"


def test_enough_cases() -> None:
    assert len(CASES) >= 400


def test_known_failures_are_cases() -> None:
    assert set(KNOWN_FAILURES) <= set(CASES)


@pytest.mark.parametrize("article", articles(HERE / "gold"), ids=lambda article: article.name)
def test_example_is_the_annotated_text_without_its_mark_up(article: Annotated) -> None:
    path = HERE.parent / "examples" / f"{article.name}.txt"
    assert path.read_text(encoding="utf-8") == article.text


def test_offsets_are_computed() -> None:
    case = parse(
        "one",
        "@ Ana Roy | Roy ; person f ; maire | élue\n"
        '« <q who="Ana Roy">Oui<i>, dit-elle,</i> demain</q> », <n>Non</n>, <said who="Roy|Ana" m>là</said>.',
    )
    assert case.text == "« Oui, dit-elle, demain », Non, là."
    quote, other, told = case.units
    assert case.text[quote.start : quote.end] == "Oui, dit-elle, demain"
    assert (quote.text, quote.incises) == ("Oui demain", (", dit-elle,",))
    assert quote.source == Source(("Ana Roy", "Roy"), "person", "f", ("maire", "élue"))
    assert (other.label, case.text[other.start : other.end]) == ("not_quote", "Non")
    assert told.source == Source(("Roy", "Ana"), "person", "m")


@pytest.mark.parametrize("slip", ["<q>a", "a</q>", "<q>a</n>", "<i>a</i>", "<x>a</x>", "<q whom='b'>a</q>"])
def test_a_slip_in_the_mark_up_is_refused(slip: str) -> None:
    with pytest.raises(ValueError, match="slip"):
        parse("slip", slip)


def test_a_difference_is_seen() -> None:
    text = "« <q>Le vent se lève</q> », lança une voix, près de la « <n>Belle-Ondine</n> »."
    case = parse("empty", text)
    nothing = Extraction(quotes.extract(case.text).article)
    assert list(differences(case, nothing)) == ["missed: «Le vent se lève»"]
    start, end = case.text.index("Belle"), case.text.index(" »", 40)
    wrong = Quote(start, end, "Belle-Ondine", QuoteKind.DIRECT)
    found = list(differences(case, Extraction(nothing.article, (wrong,))))
    assert found == ["missed: «Le vent se lève»", "not a quote: «Belle-Ondine»"]
