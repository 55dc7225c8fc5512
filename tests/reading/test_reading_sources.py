"""Files, folders and standard input, in their order."""

from __future__ import annotations

from pathlib import Path

from quotes.reading import Read, Unread, read_all


def test_a_folder_gives_its_texts_in_order_and_stays_inside(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("Dehors.")
    folder = tmp_path / "folder"
    (folder / "sub" / ".hidden").mkdir(parents=True)
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/.hidden/d.txt", ".e.txt", "f.jpg"):
        (folder / name).write_text(f"Texte {name}.")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    results = list(read_all([str(folder)]))
    assert [Path(r.article.source or "").name for r in results if isinstance(r, Read)] == [
        "a.md",
        "b.txt",
        "c.TXT",
    ]


def test_each_failure_is_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "nul.txt").write_bytes(b"a\0b")
    (tmp_path / "ancien.txt").write_bytes("Le maire a été élu.".encode("cp1252"))
    names = ["missing.txt", "empty", "nul.txt", "ancien.txt"]
    results = list(read_all([str(tmp_path / name) for name in names]))
    reasons = [r.reason for r in results if isinstance(r, Unread)]
    assert ["no such file" in reasons[0], "no texts" in reasons[1], "is no text" in reasons[2]] == [True] * 3
    last = results[-1]
    assert isinstance(last, Read)
    assert last.note is not None
    assert "Windows-1252" in last.note
    assert last.article.text == "Le maire a été élu."


def test_a_pattern_names_what_it_fits(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a/b.txt", "c.txt", "d.md", "e[1].txt"):
        (tmp_path / name).write_text(f"Texte {name}.")

    def names(pattern: str) -> list[str]:
        results = read_all([str(tmp_path / pattern)])
        return [Path(r.article.source or "").name if isinstance(r, Read) else r.reason for r in results]

    assert names("**/*.txt") == ["b.txt", "c.txt", "e[1].txt"]
    # A file that has the name of a pattern is that file.
    assert names("e[1].txt") == ["e[1].txt"]
    assert names("*.pdf") == ["no such file: check the path"]
