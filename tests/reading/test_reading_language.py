"""Which texts count as French."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.reading.language import is_french

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_articles_are_french(path: Path) -> None:
    assert is_french(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Budget : le oui, mais",
        "La maire a dit « We will never give up, and this is the end of it » à la presse lundi soir, puis"
        " elle est repartie sans un mot de plus pour les journalistes qui l’attendaient dehors.",
        "LE CONSEIL A VOTÉ LE BUDGET DE LA VILLE PAR DIX VOIX CONTRE DEUX, ET LA SÉANCE EST LEVÉE.",
    ],
)
def test_french_or_too_short_to_tell(text: str) -> None:
    assert is_french(text)


@pytest.mark.parametrize(
    "text",
    [
        "The council has voted the budget, and the mayor of the town said that it was a good day for all.",
        "El alcalde dijo que el presupuesto fue aprobado por los concejales y que la ciudad está contenta.",
        "Il sindaco ha detto che il bilancio è stato approvato e che la città non ha più problemi di cassa.",
        "Der Bürgermeister sagte, dass der Haushalt nicht sicher ist und die Stadt mit den Schulden lebt.",
        "O prefeito disse que o orçamento não foi aprovado e que a cidade vai ter um ano muito difícil.",
        "De burgemeester zei dat het budget niet is goedgekeurd en dat de stad een moeilijk jaar heeft.",
        "L’alcalde va dir que el pressupost és aprovat i que la ciutat no té més deutes amb els veïns.",
        "Мэр сказал, что бюджет города принят и что следующий год будет трудным.",
        "قال العمدة إن ميزانية المدينة أقرت وإن العام المقبل سيكون صعبا",
        "Kaupunginjohtaja sanoi eilen että talousarvio hyväksyttiin ja seuraava vuosi tulee olemaan vaikea"
        " kaikille asukkaille",
    ],
)
def test_other_languages_are_not(text: str) -> None:
    assert not is_french(text)
