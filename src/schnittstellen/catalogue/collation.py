"""Texts stand in one order whatever the database: by their characters (code points), as in SQLite and in Python.

PostgreSQL orders texts as the locale does in which somebody made the database; lists that are cut would hold other
records there, and pages of records would follow each other in another order.
"""

from itertools import groupby

from django.db import connection, transaction

BY_CHARACTER = ("pg_c_utf8", "C.utf8", "C")
"""Collations that order by code points; the first one that the server has knows of letters and their cases."""
_OTHERWISE = r"""
SELECT t.relname, c.attname, format_type(c.atttypid, c.atttypmod)
FROM pg_attribute c
JOIN pg_class t ON t.oid = c.attrelid
JOIN pg_collation o ON o.oid = c.attcollation
JOIN pg_database d ON d.datname = current_database()
WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND t.relname LIKE 'catalogue\_%%'
AND c.attnum > 0 AND NOT c.attisdropped AND o.collname <> ALL(%s) AND NOT (
    o.collname = 'default' AND coalesce(to_jsonb(d)->>'datlocprovider', 'c') = 'c'
    AND d.datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8')
)
ORDER BY 1, 2
"""
_THERE = """
SELECT collname FROM pg_collation
WHERE collname = ANY(%s) AND collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))
"""


def in_one_order() -> None:
    """The texts of all tables of the catalogue stand in one order; one query where they do already."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_OTHERWISE, [list(BY_CHARACTER)])
        otherwise = cursor.fetchall()
        if not otherwise:
            return
        cursor.execute(_THERE, [list(BY_CHARACTER)])
        collation = min((name for (name,) in cursor.fetchall()), key=BY_CHARACTER.index)
        for table, columns in groupby(otherwise, key=lambda row: str(row[0])):
            changes = (
                f'ALTER COLUMN "{name}" TYPE {kind} COLLATE pg_catalog."{collation}"' for _, name, kind in columns
            )
            cursor.execute(f'ALTER TABLE "{table}" {", ".join(changes)}')
