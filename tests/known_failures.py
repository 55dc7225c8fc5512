"""Write anew which cases fail, and how: ``python -m tests.known_failures``. Read the diff, then commit."""

from __future__ import annotations

from tests.test_cases import CASES, HERE, differences, extracted

HEAD = (
    '# Cases that fail today, "file/case: what is wrong"; a case that begins to pass has to leave the list.\n'
)


def main() -> None:
    lines = []
    for name, case in CASES.items():
        if found := list(differences(case, extracted(name))):
            lines.append(f"{name}: {'; '.join(found)}".replace("\n", " ")[:200] + "\n")
    (HERE / "cases" / "known_failures.txt").write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} of {len(CASES)} cases fail")


if __name__ == "__main__":
    main()
