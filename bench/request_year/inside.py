"""What the bench does inside a place with the settings: write the files, compare the tables.

`python -m bench.request_year.inside write FOLDER SEED ROWS`
`python -m bench.request_year.inside compare BODY SEED ROWS`
`python -m bench.request_year.inside report FILE SEED ROWS`
`python -m bench.request_year.inside live BODY SEED ROWS`, one line of JSON each.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

from bench.request_year.year import Year, made


def main() -> int:
    """Prints its line."""
    verb, where, seed, rows = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    django.setup()
    year = made(seed, rows=rows)
    if verb == "write":
        said = _write(Path(where), year)
    elif verb == "report":
        said = _report(Path(where), year)
    elif verb == "live":
        said = _live(year)
    else:
        said = _compare(where, year)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return 0


def _write(folder: Path, year: Year) -> dict[str, object]:
    from bench.request_year.files import as_csv, as_xlsx

    (folder / "year.xlsx").write_bytes(as_xlsx(year.rows))
    (folder / "year.csv").write_bytes(as_csv(year.rows))
    return {"rows": len(year.rows)}


def _compare(code: str, year: Year) -> dict[str, object]:
    from bench.request_year.counted import counted, differences
    from gongkai.orgs.models import Body

    found = differences(year.truth, counted(Body.objects.get(code=code).pk, year.year))
    return {"cells": len(year.truth.cells), "differences": found}


def _live(year: Year) -> dict[str, object]:
    """Handled day by day in a body of its own; the papers of letters are another bench's matter."""
    from bench.request_year.counted import counted, differences
    from bench.request_year.live import handle, truth_of
    from gongkai.disclosure import letter_documents
    from gongkai.disclosure.values import Upload
    from tests import factories

    blank = Upload("文书.pdf", b"%PDF-1.7", "application/pdf", "letter")
    letter_documents.issued = lambda letter: blank
    office = factories.office()
    office.body.profile = office.body.profile | {"letter_word": "云商"}
    office.body.save(update_fields=["profile"])
    done = handle(year, office)
    found = differences(truth_of(year), counted(office.body.pk, year.year))
    return {"cells": len(year.truth.cells), "differences": found, **done}


def _report(file: Path, year: Year) -> dict[str, object]:
    """What `gongkai report compute --json` said, against what was put in."""
    from gongkai.reporting.schema import from_schema

    told = from_schema(json.loads(file.read_text(encoding="utf-8")))
    wanted = year.truth.cells
    off = [f"{k}: put in {n}, reported {told.get(k)}" for k, n in wanted.items() if told[k] != n]
    return {"cells": len(wanted), "differences": off}


if __name__ == "__main__":
    raise SystemExit(main())
