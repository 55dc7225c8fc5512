"""The encoder that comes with the program: what it answers depends on the text alone, and changes answers."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason="quotes[encoder] is not installed")
pytest.importorskip("tokenizers", reason="quotes[encoder] is not installed")

import quotes
from quotes.errors import QuotesError
from quotes.extraction.encoder import reader
from quotes.extraction.encoder.reader import Encoder, encoder
from quotes.extraction.encoder.speech import Candidate, Mentioned, Speech

TEXT = (
    "Le maire d'Orgelet, Luc Ferrand, a reçu hier la conseillère Anne Vial. « Nous ne fermerons pas la "
    "piscine », a-t-il promis devant les habitants. Le café « Au bon accueil » a rouvert."
)
QUOTE = (s := TEXT.index("Nous"), s + len("Nous ne fermerons pas la piscine"))
NAME = (s := TEXT.index("Au bon"), s + len("Au bon accueil"))


def person(name: str, gender: str) -> Candidate:
    at = TEXT.index(name)
    return Candidate("person", gender, False, True, (Mentioned(at, at + len(name), True),))


def test_it_tells_words_from_names_and_speakers_from_others() -> None:
    reading = encoder().read(TEXT, [QUOTE, NAME], [TEXT.index("Luc"), TEXT.index("Anne")])
    assert reading.quote(*QUOTE) > 1 > reading.quote(*NAME)
    candidates = (person("Luc Ferrand", "m"), person("Anne Vial", "f"))
    nobody, luc, anne = reading.speakers(Speech(*QUOTE, False, candidates))
    assert luc > max(nobody, anne)


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    speech = Speech(*QUOTE, False, (person("Luc Ferrand", "m"), person("Anne Vial", "f")))
    first, second = (encoder().read(TEXT, [QUOTE, NAME], []) for _ in range(2))
    alone = first.speakers(speech)
    second.quote(*NAME)
    second.quote(*QUOTE)
    assert second.speakers(speech) == alone


def test_only_windows_that_are_asked_about_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    states = Encoder.states

    def counting(self: Encoder, ids: np.ndarray, marks: np.ndarray) -> np.ndarray:
        read.append(len(ids))
        return states(self, ids, marks)

    monkeypatch.setattr(Encoder, "states", counting)
    long = "La commune s'étend sur plusieurs collines boisées. " * 400
    reading = encoder().read(TEXT + "\n" + long, [QUOTE], [])
    reading.quote(*QUOTE)
    reading.quote(*QUOTE)
    assert len(read) == 1


@pytest.mark.parametrize("text", ["", " \n ", "«", "« »", "\x00", "« Oui »", "." * 3_000])
def test_hostile_texts_are_read(text: str) -> None:
    quotes.extract(text, model="always")


def test_the_batch_and_the_order_have_no_say() -> None:
    other = "« C'est une erreur », regrette Odile Marchal, syndicaliste. « Elle sera corrigée. »"
    alone = quotes.extract(TEXT, model="always")
    quotes.extract(other, model="always")
    assert quotes.extract(TEXT, model="always") == alone


def test_a_damaged_graph_is_said_to_be_one(tmp_path: object) -> None:
    from pathlib import Path

    graph = Path(str(tmp_path)) / "encoder.onnx"
    graph.write_bytes(b"no graph")
    with pytest.raises(QuotesError, match="no encoder that onnxruntime can read"):
        Encoder(graph, {})


def test_the_environment_may_say_how_many_processors_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_THREADS", "3")
    assert reader.processors() == 3
    monkeypatch.setenv("QUOTES_THREADS", "many")
    assert reader.processors() >= 1
