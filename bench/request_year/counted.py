"""Tables three and four counted straight from the database, in SQL of their own.

Nothing of `gongkai.law` and none of the product's queries: rows, days and words as they stand.
A request joined into another counts for itself, with the reply that ended both (decision 0009);
one that both sides never confirmed was not received (Art. 31) and stands in no row; what is handled
again by order of a review body or court, and a rectification (Art. 41), is no new application.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from bench.request_year.plan import BLOCK_OF, LEAF_OF, Truth

_REQUESTS = """
WITH RECURSIVE ended (id, outcome, replied_on) AS (
  SELECT id, outcome, replied_on FROM disclosure_disclosurerequest
  WHERE body_id = %s AND joined_into_id IS NULL
  UNION ALL
  SELECT r.id, ended.outcome, ended.replied_on
  FROM disclosure_disclosurerequest r JOIN ended ON r.joined_into_id = ended.id
)
SELECT a.kind, e.outcome,
       CASE WHEN r.received_on >= %s THEN 'new' ELSE 'carried_in' END,
       CASE WHEN e.replied_on IS NULL OR e.replied_on > %s THEN 'over' ELSE 'handled' END,
       COUNT(*)
FROM ended e
JOIN disclosure_disclosurerequest r ON r.id = e.id
JOIN disclosure_applicant a ON a.request_id = r.id
WHERE r.reopened_from_id IS NULL AND NOT r.is_rectification AND r.received_on <= %s
  AND (e.replied_on IS NULL OR e.replied_on >= %s)
GROUP BY 1, 2, 3, 4
"""
_REMEDIES = """
SELECT m.kind,
       CASE WHEN m.ended_on IS NULL OR m.ended_on > %s THEN 'pending' ELSE m.outcome END,
       COUNT(*)
FROM disclosure_remedycase m JOIN disclosure_disclosurerequest r ON r.id = m.request_id
WHERE r.body_id = %s AND m.filed_on <= %s AND (m.ended_on IS NULL OR m.ended_on >= %s)
GROUP BY 1, 2
"""
_IN_TIME = """
SELECT r.in_time, COUNT(*) FROM disclosure_disclosurerequest r
WHERE r.body_id = %s AND r.outcome <> '' GROUP BY 1
"""


def counted(body_id: int, year: int) -> Truth:
    """What the database says of the year; compare with `Year.truth` for equality."""
    found, first, last = Truth(), date(year, 1, 1), date(year, 12, 31)
    cells = found.cells
    with connection.cursor() as cursor:
        cursor.execute(_REQUESTS, [body_id, first, last, last, first])
        for kind, outcome, came, went, count in cursor.fetchall():
            rows = [came, "carried_over"] if went == "over" else [came, LEAF_OF[outcome], "handled"]
            for row in rows:
                cells[f"requests.{row}.{kind}"] += count
                cells[f"requests.{row}.total"] += count
        cursor.execute(_REMEDIES, [last, body_id, last, first])
        for kind, result, count in cursor.fetchall():
            cells[f"remedies.{BLOCK_OF[kind]}.{result}"] += count
            cells[f"remedies.{BLOCK_OF[kind]}.total"] += count
        cursor.execute(_IN_TIME, [body_id])
        for in_time, count in cursor.fetchall():
            found.in_time += count if in_time else 0
            found.late += 0 if in_time else count
    return found


def differences(wanted: Truth, found: Truth) -> list[str]:
    """One line per cell that is not what was put in; empty when all 190 and the times agree."""
    lines = [
        f"{key}: put in {wanted.cells[key]}, counted {found.cells.get(key)}"
        for key in wanted.cells
        if wanted.cells[key] != found.cells.get(key)
    ]
    if found.cells.keys() != wanted.cells.keys():
        lines.append(f"other cells: {sorted(found.cells.keys() ^ wanted.cells.keys())}")
    lines += [
        f"{name}: put in {getattr(wanted, name)}, counted {getattr(found, name)}"
        for name in ("in_time", "late")
        if getattr(wanted, name) != getattr(found, name)
    ]
    return lines
