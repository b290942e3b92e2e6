"""The tables of the store, and the migrations from older versions.

The version is in the database itself: `PRAGMA user_version` of SQLite, a table in PostgreSQL, for which
`core.runs.store.postgres` translates the types. To change the tables, add a
step at the end of `STEPS`; never change a released one. Events are in the table
`happenings`: the name is from the first days.
"""

import sqlite3

STEPS: tuple[tuple[str, ...], ...] = (
    (  # 1: the first files have these tables, but no version
        """CREATE TABLE IF NOT EXISTS runs (
            id TEXT PRIMARY KEY, session TEXT NOT NULL, title TEXT NOT NULL, config TEXT NOT NULL,
            status TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', created REAL NOT NULL, ended REAL,
            device TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '{}',
            step INTEGER NOT NULL DEFAULT 0, epoch REAL NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
            total_steps INTEGER NOT NULL DEFAULT 0, score TEXT, restored INTEGER,
            owner TEXT NOT NULL DEFAULT '', heartbeat REAL NOT NULL DEFAULT 0, place INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX IF NOT EXISTS runs_by_status ON runs (status)",
        "CREATE INDEX IF NOT EXISTS runs_by_session ON runs (session)",
        "CREATE TABLE IF NOT EXISTS curves "
        "(number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, rows BLOB NOT NULL)",
        "CREATE INDEX IF NOT EXISTS curves_by_run ON curves (run, number)",
        """CREATE TABLE IF NOT EXISTS happenings (
            number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, kind TEXT NOT NULL,
            step INTEGER NOT NULL, epoch REAL NOT NULL, seconds REAL NOT NULL, data TEXT NOT NULL
        )""",
        "CREATE INDEX IF NOT EXISTS happenings_by_run ON happenings (run, number)",
        "CREATE TABLE IF NOT EXISTS commands "
        "(number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, command TEXT NOT NULL, value REAL NOT NULL)",
        "CREATE INDEX IF NOT EXISTS commands_by_run ON commands (run, number)",
    ),
    (  # 2: tags, deletion, sweeps, runs that continue others
        "ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE runs ADD COLUMN deleted REAL",
        "ALTER TABLE runs ADD COLUMN sweep TEXT",
        "ALTER TABLE runs ADD COLUMN parent TEXT",
        "CREATE INDEX runs_by_sweep ON runs (sweep) WHERE sweep IS NOT NULL",
        """CREATE TABLE sweeps (
            id TEXT PRIMARY KEY, session TEXT NOT NULL, title TEXT NOT NULL, config TEXT NOT NULL,
            status TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', created REAL NOT NULL, ended REAL,
            heartbeat REAL NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX sweeps_by_status ON sweeps (status)",
    ),
    (  # 3: the networks that a person uses on the other pages
        "CREATE TABLE used (session TEXT PRIMARY KEY, runs TEXT NOT NULL)",
    ),
    (  # 4: from where a run was asked for, when it last got a process, and what it fills on disk
        "ALTER TABLE runs ADD COLUMN address TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE runs ADD COLUMN started REAL",
        "ALTER TABLE runs ADD COLUMN bytes INTEGER",
        "CREATE INDEX runs_by_address ON runs (address) WHERE address != ''",
    ),
    (  # 5: rooms of a class, who is in them and what is on their wall; a teacher may change a run's turn
        "ALTER TABLE runs ADD COLUMN turn INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE rooms (
            id TEXT PRIMARY KEY, code TEXT NOT NULL, opened REAL NOT NULL, expires REAL NOT NULL, closed REAL,
            held INTEGER NOT NULL DEFAULT 0, frozen INTEGER NOT NULL DEFAULT 0, pinned TEXT, follow TEXT, prompt TEXT
        )""",
        "CREATE UNIQUE INDEX rooms_by_code ON rooms (code) WHERE closed IS NULL",
        """CREATE TABLE members (
            room TEXT NOT NULL, id TEXT NOT NULL, nickname TEXT NOT NULL, word TEXT NOT NULL, joined REAL NOT NULL,
            PRIMARY KEY (room, id), UNIQUE (room, nickname)
        )""",
        """CREATE TABLE works (
            room TEXT NOT NULL, member TEXT NOT NULL, picture BLOB NOT NULL, said TEXT NOT NULL, changed REAL NOT NULL,
            hidden INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (room, member)
        )""",
        """CREATE TABLE questions (
            id TEXT PRIMARY KEY, room TEXT NOT NULL, asked REAL NOT NULL, text TEXT NOT NULL, choices TEXT NOT NULL,
            picture BLOB, answer TEXT, revealed REAL
        )""",
        "CREATE INDEX questions_by_room ON questions (room, asked)",
        """CREATE TABLE votes (
            question TEXT NOT NULL, member TEXT NOT NULL, choice TEXT NOT NULL, PRIMARY KEY (question, member)
        )""",
        """CREATE TABLE hand_ins (
            number INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL, member TEXT NOT NULL, label TEXT NOT NULL,
            picture BLOB NOT NULL, said TEXT NOT NULL, made REAL NOT NULL, dropped INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX hand_ins_by_room ON hand_ins (room)",
    ),
    (  # 6: symbols that people teach a network, with their drawings
        """CREATE TABLE symbol_sets (
            owner TEXT PRIMARY KEY, names TEXT NOT NULL, taught TEXT NOT NULL DEFAULT '[]', changed REAL NOT NULL
        )""",
        """CREATE TABLE symbol_drawings (
            number INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, writer TEXT NOT NULL, symbol TEXT NOT NULL,
            picture BLOB NOT NULL, dropped REAL
        )""",
        "CREATE INDEX symbol_drawings_by_owner ON symbol_drawings (owner)",
    ),
    (  # 7: a person is hidden, not one of their works; sentences hang on the wall, too
        "ALTER TABLE members ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0",
        "UPDATE members SET hidden = 1 WHERE EXISTS (SELECT 1 FROM works "
        "WHERE works.room = members.room AND works.member = members.id AND works.hidden != 0)",
        """CREATE TABLE sentences (
            room TEXT NOT NULL, member TEXT NOT NULL, text TEXT NOT NULL, said TEXT NOT NULL, changed REAL NOT NULL,
            PRIMARY KEY (room, member)
        )""",
    ),
    (  # 8: a room has a door, and its teacher takes people out; from where and in what browser somebody joined
        "ALTER TABLE rooms ADD COLUMN shut INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE members ADD COLUMN removed REAL",
        "ALTER TABLE members ADD COLUMN address TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE members ADD COLUMN browser TEXT NOT NULL DEFAULT ''",
    ),
    (  # 9: how often a run got a process, so that an earlier one can be refused; whether it was queued again by itself
        "ALTER TABLE runs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE runs ADD COLUMN retried INTEGER NOT NULL DEFAULT 0",
    ),
)
"""The statements from nothing to version 1, from 1 to 2, and so on."""

VERSION = len(STEPS)


class NewerStore(RuntimeError):
    """A store of a later version of the playground; the message is for people."""


def steps_from(version: int) -> tuple[tuple[str, ...], ...]:
    """Return the steps that lead from a version to this one.

    Raises:
        NewerStore: the version is a later one.
    """
    if version > VERSION:
        raise NewerStore(
            f"The runs here belong to a newer version of the playground (their store has version {version}, "
            f"this one knows {VERSION}). Start that version, or choose another folder with PLAYGROUND_HOME."
        )
    return STEPS[version:]


def migrate(database: sqlite3.Connection) -> None:
    """Create the tables, or migrate those of an older version, all or nothing; no data is lost.

    Args:
        database: opened with ``isolation_level=None``.

    Raises:
        NewerStore: the file is of a later version.
        sqlite3.Error: it cannot be written; then it is unchanged.
    """
    if _version(database) == VERSION:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        for step in steps_from(_version(database)):  # another process may have been faster
            for statement in step:
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        database.rollback()
        raise
    database.commit()


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
