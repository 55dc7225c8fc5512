"""Two calls of each command, as they end its help."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "add": """\
quotes add articles/ --outlet "La Gazette de Brume"
quotes add export.csv --text-column corps --date-column parution""",
    "distribute": """\
quotes distribute crawl/*.warc.gz --to corpus/ --workers 4
quotes distribute s3://depot/parquet/ --to s3://depot/corpus/ --scheduler tcp://scheduler:8786""",
    "load": """\
quotes load corpus/ --db corpus.db
quotes load corpus/ --db postgresql+psycopg://bibliotheque@serveur/presse""",
    "failures": """\
quotes failures
quotes failures --retry""",
    "extract": """\
quotes extract entretien.txt
quotes extract entretien.txt --explain""",
    "search": """\
quotes search "budget OU impôt*" --since 2023
quotes search loyers --speaker "Claire Lambert" --kind direct""",
    "check": """\
quotes check "L’État nous aide peu" --speaker "Zoé Lebœuf"
quotes check "Nous avons trop attendu […] il fallait rouvrir" """.rstrip(),
    "variants": """\
quotes variants --speaker "Claire Lambert"
quotes variants 12""",
    "show": """\
quotes show 3
quotes show 3 --json""",
    "speakers": """\
quotes speakers Lambert
quotes speakers --type organization --sort last""",
    "speaker": """\
quotes speaker "Claire Lambert"
quotes speaker 12 --json""",
    "articles": """\
quotes articles --limit 20
quotes articles edit 3 --outlet "La Gazette de Brume" --date 2024-05-17""",
    "articles edit": """\
quotes articles edit 3 --date 2024-05-17
quotes articles edit 3 --outlet "La Gazette de Brume" --section Culture""",
    "stats": """\
quotes stats --by gender --by outlet
quotes stats climat --by month --plot climat.svg""",
    "export": """\
quotes export --speaker "Claire Lambert" -o lambert.xlsx
quotes export loyers --format html -o loyers.html""",
    "serve": """\
quotes serve --open
quotes serve --edit --port 9000""",
    "fix": """\
quotes fix 12 --speaker "Zoé Lebœuf" --role "maire de Saint-Aubin"
quotes fix 12 --not-a-quote""",
    "review": """\
quotes review
quotes review --limit 10""",
    "merge": """\
quotes merge "Claire Lambert" "C. Lambert"
quotes merge 12 31""",
    "split": """\
quotes split Lambert --article 3 --name "Jean Lambert"
quotes split 12 --quote 40 --quote 41""",
    "rename": """\
quotes rename "C. Lambert" "Claire Lambert"
quotes rename 12 "Claire Lambert" """.rstrip(),
    "alias": """\
quotes alias "Claire Lambert" "la maire de Saint-Aubin"
quotes alias 12 "C. Lambert" """.rstrip(),
    "undo": """\
quotes undo
quotes undo 7""",
    "history": """\
quotes history
quotes history --limit 5 --format json""",
    "evaluate": """\
quotes evaluate annotated/ --errors
quotes evaluate --corrected""",
    "reextract": """\
quotes reextract --dry-run
quotes reextract --jobs 4""",
    "db": """\
quotes db check
quotes db backup copy.db""",
    "db upgrade": """\
quotes db upgrade
quotes db upgrade --db archive.db""",
    "db check": """\
quotes db check
quotes db check --repair""",
    "db backup": """\
quotes db backup copy.db
quotes db backup copy.db --db archive.db""",
    "db copy": """\
quotes db copy quotes.db postgresql+psycopg://archive@localhost/quotes
quotes db copy postgresql+psycopg://archive@localhost/quotes copy.db""",
}
"""The examples of each command, a line each, by its name."""
