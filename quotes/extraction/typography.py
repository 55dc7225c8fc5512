"""The text as the rules read it: one apostrophe, one hyphen, one space, one sort of marks.

:func:`view_of` is asked once, before anything else reads the text; all that the rules then find has
offsets of the view, and :class:`View` leads each back to the text as stored. A text that is printed as
the rules expect it is its own view.

    >>> view = view_of("<< Oui >>, con\\u00adfie t´elle.")
    >>> view.text
    '« Oui », confie-t-elle.'
    >>> view.start(9), view.end(15)
    (11, 18)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS, VERBS

# --- characters that stand for one other each ---

_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_APOSTROPHES = "\u02bc\u02b9\u201b\uff07"
_APOSTROPHES_IN_WORDS = "´`\u2032‘"  # an accent, a minute or a mark elsewhere
_STAND_INS = {
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys("≪《⟪", "«"),
    **dict.fromkeys("≫》⟫", "»"),
    **dict.fromkeys("＂″", '"'),
    **dict.fromkeys("‟〝❝", "“"),
    **dict.fromkeys("〞〟❞", "”"),
    "❮": "‹",
    "❯": "›",
    # marks of Windows-1252 that were taken for Latin-1
    **{chr(code): bytes([code]).decode("cp1252") for code in (0x82, 0x84, 0x8B, *range(0x93, 0x98), 0x9B)},
    "\x91": "‘",
    "\x92": "'",
}

# --- characters that are nothing, or belong to the letter before ---

_SPACE = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ACCENT = "\u0300-\u036f"
# control characters, soft hyphens, zero-width and direction marks, variation selectors
_NOTHING = (
    "\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_BESIDE = f"[{_NOTHING}{_ACCENT}]*"
_UNSEEN = re.compile(
    rf"""(?P<spaces>[{_SPACE}](?:{_BESIDE}[{_SPACE}])+)   # several are one
      | [{_NOTHING}{_ACCENT}]+
      | \r(?=\n)""",
    re.VERBOSE,
)
_ONE_ACCENT = re.compile(f"[{_ACCENT}]")
# A soft hyphen that a program put for the hyphen of an inversion.
_SOFT_INVERSION = re.compile("\u00adt\u00ad(?=(?:il|elle|on)s?\\b)")

# --- what tells that a text has any of them ---

_STANDING_IN = re.compile(f"[{''.join(map(re.escape, _STAND_INS))}]")
_ODD = re.compile(f"[{''.join(map(re.escape, _STAND_INS))}{_APOSTROPHES_IN_WORDS}{_NOTHING}{_ACCENT}‹\r•⋅‧∙]")
# Two spaces of which one is no plain one: found by that one, as there are fewer.
_ODD_SPACES = re.compile(f"[{_SPACE[1:]}](?:(?<=[{_SPACE}].)|(?=[{_SPACE}]))")

# --- marks that two characters make, single marks ---

_DOUBLED = re.compile(
    r"""(?P<open><<(?!<)|‹‹)
      | (?P<close>>>(?!>)|››)
      | (?<=[^\W\d_])(?P<apostrophe>['’‘]['’])(?=[^\W\d_])
      | (?P<straight>(?<![\d'’‘])['’‘]['’‘](?!['’‘]))   # but 20'' are seconds
      | (?P<left>``)""",
    re.VERBOSE,
)
_DOUBLES = {"open": "«", "close": "»", "apostrophe": "'", "straight": '"', "left": "“"}
# "<< Précédent" of a page and ">> Lire aussi" are no marks: a pair on one line shows that they are.
_DOUBLED_PAIR = re.compile("<<[^<>\n]+>>|‹‹[^‹›\n]+››")
_IN_WORD = re.compile(rf"[{_APOSTROPHES_IN_WORDS}](?<=[^\W\d_].)(?=[^\W\d_]|[«“\"]\s?\w)")
# ‘Nous partons’: the closing one is no apostrophe, which has a letter on either side.
_SINGLE = re.compile(r"‘(?<!\w.)(?=[^\W_])(?:[^‘’\n]|(?<=\w)’(?=\w))+’(?!\w)")

# --- inclusive writing ---

INCLUSIVE = "·"
"""The mark that the view writes before each other ending of an inclusive word: "étudiant·e·s"."""

_ENDINGS = "|".join(sorted(word_class("inclusive_feminines"), key=len, reverse=True))
_PAIRS = word_class("inclusive_pairs")
_INCLUSIVE = re.compile(
    rf"""[•⋅‧∙/(-](?=[a-zè])(?:          # all that may set an ending off; most that are met do not
        (?<=[^\W\d_][•⋅‧∙])(?=(?:{_ENDINGS}|s|le|les|la|elle|elles)\b)
      | (?<=[^\W\d_]\()(?=(?P<bracketed>(?:{_ENDINGS}|le|les)\)(?:(?P<plural>s)\b|(?!\w))))
      | (?<=[^\W\d_]/)(?=(?P<slashed>(?:{_ENDINGS})\b|(?P<pair>[^\W\d_]{{2,8}})\b))
      | (?=(?P<hyphened>(?!ses?\b)(?:{_ENDINGS})(?:-s)?)\b(?![-'’]))(?<=[^\W\d_]{{3}}-)
    )""",
    re.VERBOSE,
)
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")

# --- headings that a page ran into the text behind them ---

_RUN_ON = re.compile(
    r"[A-ZÀ](?<=[a-zß-öø-ÿœ]{3}.)"
    r"(?<=(?=(?:Les?|La|Une?|Ils?|Elles?|Selon|Dans|Depuis|Mais|Pour|Ces?|Cette|Sa|Ses|Son|Au|En|À) ).)"
)
_LOWER_WORD = re.compile(r"(?<![\w#@./])[^\W\d_][a-zß-öø-ÿœ]+\Z")

# --- inversions: "a t-elle", "explique t'il", "précise-t- elle", "dit elle" ---

_INVERSION = re.compile(
    r"(?P<joint>[ '’–-](?=[ieot '’–-])[ '’–-]?)(?:(?P<t>t)[ '’–-][ '’–-]?)?"
    r"(?=(?P<subject>(?:ils?|elles?|on|iels?)\b)(?!['’])(?P<closed>\s?[,;:.!?…»”\"]|\s*$)?)",
    re.MULTILINE,
)
_ODD_JOINTS = frozenset({" -", "- ", "–", "’", "'"})
_BEFORE_T = frozenset("aecAEC")
_LAST_WORD = re.compile(
    r"(?P<mark>[,!?…»”\"–—]\s?)?(?:(?:se|lui|leur|nous)\s|[sl]['’])?(?P<word>[^\W\d_]+)\Z"
)
_LONGEST_WORD = 30  # code points that are looked at before a subject


@dataclass(frozen=True, slots=True)
class _Change:
    """``size`` characters of the view at ``at`` stand for ``length`` of what was read at ``source``."""

    at: int
    size: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class _Map:
    """Where the characters of a changed text come from."""

    changes: tuple[_Change, ...]
    _ats: list[int]
    _sources: list[int]

    def start(self, at: int) -> int:
        """Where the character at ``at`` begins in what was read."""
        return self._back(bisect_right(self._ats, at) - 1, at)

    def end(self, at: int) -> int:
        """Where the character before ``at`` ends in what was read."""
        return self._back(bisect_left(self._ats, at) - 1, at)

    def _back(self, k: int, at: int) -> int:
        if k < 0:
            return at
        change = self.changes[k]
        beyond = at - change.at - change.size
        if beyond >= 0:
            return change.source + change.length + beyond
        return min(change.source + at - change.at, change.source + change.length)

    def forth(self, at: int) -> int:
        """Where an offset of what was read lies in the changed text."""
        k = bisect_left(self._sources, at) - 1
        if k < 0:
            return at
        change = self.changes[k]
        beyond = at - change.source - change.length
        if beyond >= 0:
            return change.at + change.size + beyond
        return change.at + min(at - change.source, change.size)


@dataclass(frozen=True, slots=True)
class View:
    """A text as the rules read it, with the way back to the text as printed.

    ``text`` is what the rules read. All offsets are code points, half-open.
    """

    text: str
    printed: str
    _maps: tuple[_Map, ...] = field(default=(), repr=False)

    @property
    def changed(self) -> bool:
        """Whether the view is another text than the one that is printed."""
        return self.text != self.printed

    def start(self, at: int) -> int:
        """The offset in the printed text of what begins at ``at`` in the view."""
        spaced = at >= len(self.text) or self.text[at].isspace()
        for stage in reversed(self._maps):
            at = stage.start(at)
        # "que ‑t‑il": the space before a hyphen that stands apart is no part of what begins there.
        while not spaced and at < len(self.printed) and self.printed[at].isspace():
            at += 1
        return at

    def end(self, at: int) -> int:
        """The offset in the printed text of what ends at ``at`` in the view."""
        for stage in reversed(self._maps):
            at = stage.end(at)
        return at

    def forth(self, at: int) -> int:
        """The offset in the view of an offset in the printed text."""
        for stage in self._maps:
            at = stage.forth(at)
        return at


_Replacement = tuple[int, int, str]  # start, end, what stands there in the view


def view_of(text: str) -> View:
    """The text as the rules read it. Linear in the text; a plain text is its own view."""
    read, maps = text, []
    for stage in _STAGES:
        replacements = stage(read)
        if replacements:
            read, change = _replaced(read, replacements)
            if change is not None:
                maps.append(change)
    return View(read, text, tuple(maps))


def _replaced(text: str, replacements: Iterable[_Replacement]) -> tuple[str, _Map | None]:
    """The text with its replacements, and its map if any of them is of another length."""
    pieces: list[str] = []
    changes: list[_Change] = []
    done = length = 0
    for start, end, new in replacements:
        pieces.append(text[done:start])
        length += start - done
        pieces.append(new)
        if len(new) != end - start:
            changes.append(_Change(length, len(new), start, end - start))
        length += len(new)
        done = end
    pieces.append(text[done:])
    if not changes:
        return "".join(pieces), None
    return "".join(pieces), _Map(tuple(changes), [c.at for c in changes], [c.source for c in changes])


def _characters(text: str) -> list[_Replacement]:
    """What stands for one other character, and what isn't seen."""
    found: list[_Replacement] = []
    odd = _ODD.search(text) is not None
    if not odd and "  " not in text and _ODD_SPACES.search(text) is None:
        return found
    inversions = [i for m in _SOFT_INVERSION.finditer(text) for i in (m.start(), m.end() - 1)] if odd else []
    stand_ins = _STANDING_IN.finditer(text) if odd else ()
    for match in chain(_UNSEEN.finditer(text), stand_ins):
        start, end = match.span()
        unseen = match.group()
        if start in inversions:
            found.append((start, start + 1, "-"))
        elif unseen in _STAND_INS:
            found.append((start, end, _STAND_INS[unseen]))
        elif match.lastgroup == "spaces":
            found.append((start, end, " "))
        elif start and _bears_accents(text[start - 1]) and _ONE_ACCENT.search(unseen):
            accents = "".join(_ONE_ACCENT.findall(unseen))
            composed = unicodedata.normalize("NFC", text[start - 1] + accents)
            found.append((start - 1, end, _ONE_ACCENT.sub("", composed)))
        else:
            found.append((start, end, ""))
    found.sort()
    return found


def _bears_accents(character: str) -> bool:
    return character.isalpha() and character not in _STAND_INS  # "ʼ" counts as a letter


def _marks(text: str) -> list[_Replacement]:
    """Marks that two characters make: << >>, ‹‹ ››, '' ''; an apostrophe that is an accent elsewhere."""
    found: list[_Replacement] = []
    angular = ("<<" in text or "‹‹" in text) and _DOUBLED_PAIR.search(text) is not None
    if angular or _has_doubled(text):
        opened = False
        for match in _DOUBLED.finditer(text):
            kind = match.lastgroup or ""
            if kind == "close" and not opened:
                continue
            if kind in ("open", "close"):
                opened = kind == "open"
                if not angular:
                    continue
            found.append((*match.span(), _DOUBLES[kind]))
    if any(mark in text for mark in _APOSTROPHES_IN_WORDS):
        taken = {at for start, end, _ in found for at in range(start, end)}
        found.extend((m.start(), m.end(), "'") for m in _IN_WORD.finditer(text) if m.start() not in taken)
        found.sort()
    return found


def _has_doubled(text: str) -> bool:
    """Whether two apostrophes or accents stand side by side."""
    apostrophes = [mark for mark in "'’‘" if mark in text]
    return "``" in text or any(one + other in text for one in apostrophes for other in apostrophes)


def _single_marks(text: str) -> list[_Replacement]:
    """‘Nous partons’: single marks around words, no apostrophes."""
    if "‘" not in text:
        return []
    ends = ((m.start(), m.end()) for m in _SINGLE.finditer(text))
    return [mark for start, end in ends for mark in ((start, start + 1, "“"), (end - 1, end, "”"))]


def _inclusive(text: str) -> list[_Replacement]:
    """étudiant(e)s, directeur/trice, étudiant-e-s, le/la: one mark before each ending."""
    found: list[_Replacement] = []
    for match in _INCLUSIVE.finditer(text):
        start = match.start()
        if match["pair"] and not _is_pair(text, start, match["pair"]):
            continue
        found.append((start, start + 1, INCLUSIVE))
        if match["bracketed"]:
            close = text.index(")", start)
            found.append((close, close + 1, INCLUSIVE if match["plural"] else ""))
        elif match["hyphened"] and "-" in match["hyphened"]:
            inner = text.index("-", start + 1)
            found.append((inner, inner + 1, INCLUSIVE))
    return list(_apart(found))


def _headings(text: str) -> list[_Replacement]:
    """ "Silence au palaisLe maire a jugé": a heading that was run into its text stands on a line of its own.

    A capital inside a tag or an address ("#BrumePourTous") parts nothing, nor does one in a name.
    """
    found: list[_Replacement] = []
    for match in _RUN_ON.finditer(text):
        at = match.start()
        if _LOWER_WORD.search(text, max(0, at - _LONGEST_WORD), at):
            found.append((at, at, "\n"))
    return found


def _is_pair(text: str, at: int, second: str) -> bool:
    first = _LAST_LETTERS.search(text, max(0, at - _LONGEST_WORD), at)
    return first is not None and f"{first.group()}/{second}".lower() in _PAIRS


def _inversions(text: str) -> list[_Replacement]:
    """a t-elle, explique t'il, précise-t- elle, dit elle: a verb and its subject are joined by hyphens."""
    found: list[_Replacement] = []
    for match in _INVERSION.finditer(text):
        joint, start = match["joint"], match.start()
        if match["t"]:
            if match.group() != "-t-" and start and text[start - 1] in _BEFORE_T:
                found.append((start, match.end(), "-t-"))
        elif joint in _ODD_JOINTS:
            if _verb_before(text, start, marked=False):
                found.append((start, match.end(), "-"))
        elif joint == " " and match["closed"] is not None and _verb_before(text, start, marked=True):
            found.append((start, match.end(), "-"))
    return found


def _apart(replacements: Iterable[_Replacement]) -> Iterator[_Replacement]:
    """The replacements that don't overlap an earlier one."""
    done = 0
    for replacement in replacements:
        if replacement[0] >= done:
            yield replacement
            done = replacement[1]


def _verb_before(text: str, at: int, *, marked: bool) -> bool:
    """Whether a finite verb of saying ends at ``at``; ``marked``: right after the mark before an incise."""
    before = _LAST_WORD.search(text, max(0, at - _LONGEST_WORD), at)
    if before is None or (marked and before["mark"] is None):
        return False
    return any(
        form.mood == "indicative"
        and form.person == 3
        and (not marked or any("incise" in verb.constructions for verb in VERBS.get(form.lemma, ())))
        for form in FORMS.get(before["word"].lower(), ())
    )


_STAGES: tuple[Callable[[str], list[_Replacement]], ...] = (
    _characters,
    _marks,
    _single_marks,
    _inclusive,
    _headings,
    _inversions,
)
