-- The archive and the records of Beffroi, one SQLite file: `beffroi.sqlite` in the home folder. Schema version 2.
--
-- Four layers:
--   1. the archive: `documents` (what came, never changed), `contents` (their bytes), `dictionaries`, `redactions`;
--   2. the records: `revisions`, the JSON record of every revision of every notice;
--   3. tables for questions: `notices`, `lots`, `awards`, `amounts`, … describe the LATEST revision of each notice only,
--      so that nothing is counted twice; `search_index` finds words;
--   4. the collection: `slices`, what was asked of each bulletin and what came of it.
-- Layers 2 and 3 are derived: `beffroi rebuild` makes them anew from layer 1. Every statement can be run again: a home of
-- an earlier version becomes one of this version by running them.
--
-- In layer 3 every table has `notice` (notices.id) and, where a row stands for a part of the record, `path`: the place
-- in the JSON record (`lots[0].amounts[1]`), which is also the path of its citation. `docs/sql.md` has examples.

-- 1. THE ARCHIVE -----------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS documents (
  arrival          INTEGER PRIMARY KEY,   -- 1, 2, 3 … in the order in which they came
  sha256           TEXT NOT NULL UNIQUE,  -- of the bytes as published
  media_type       TEXT NOT NULL,         -- application/xml, application/json
  bytes            INTEGER NOT NULL,
  name             TEXT NOT NULL,         -- base name of the file, member or page
  origin           TEXT NOT NULL CHECK (origin IN ('official', 'reconstruction', 'sample')),
  container_sha256 TEXT,                  -- the page or package it was cut from …
  container_offset INTEGER,               -- … where it begins there (unpacked) …
  container_name   TEXT,                  -- … and its name
  retrieved        TEXT,                  -- when and from where, if it was collected
  retrieved_from   TEXT,
  source           TEXT,                  -- ted, boamp, …; empty where it gave no record
  notice           TEXT,                  -- the record it gave: revisions (notice, revision)
  revision         INTEGER,
  error            TEXT                   -- why it gave no record
) STRICT;
CREATE INDEX IF NOT EXISTS documents_notice ON documents (notice);
CREATE INDEX IF NOT EXISTS documents_alone ON documents (retrieved_from) WHERE container_sha256 IS NULL;

CREATE TABLE IF NOT EXISTS dictionaries (               -- zstd dictionaries, one a source; never deleted, for bytes depend on them
  id        INTEGER PRIMARY KEY,          -- the id in the zstd frames
  source    TEXT NOT NULL UNIQUE,
  documents INTEGER NOT NULL,             -- trained on the first so many documents of the source
  data      BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS contents (                   -- the bytes of documents, compressed with zstd; absent once redacted
  document   INTEGER PRIMARY KEY REFERENCES documents (arrival),
  dictionary INTEGER REFERENCES dictionaries (id),
  data       BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS redactions (                 -- documents whose bytes were removed: digest (in documents), date and reason stay
  document INTEGER PRIMARY KEY REFERENCES documents (arrival),
  date     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  record   TEXT                           -- the record it had given: it cannot be read again
) STRICT;

-- 2. THE RECORDS -----------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS revisions (
  key      INTEGER PRIMARY KEY,           -- the row of search_index
  notice   TEXT NOT NULL,
  revision INTEGER NOT NULL,              -- 1, 2, … raised only where the record less `document` differs
  document TEXT NOT NULL,                 -- sha256 of the first document that gave it
  digest   BLOB NOT NULL,                 -- of the record less `document`
  record   TEXT NOT NULL,                 -- the record: JSON, version 1 (docs/record.md)
  UNIQUE (notice, revision)
) STRICT;

-- 3. TABLES FOR QUESTIONS: the latest revision of each notice --------------------------------------------------------

CREATE TABLE IF NOT EXISTS notices (
  id            TEXT PRIMARY KEY,         -- boamp:20-51423, ted:175835-2020
  short         TEXT NOT NULL,            -- the number without leading zeros, for look-ups
  source        TEXT NOT NULL,
  number        TEXT NOT NULL,            -- as the bulletin prints it
  revision      INTEGER NOT NULL,         -- of how many: the latest
  version       TEXT,                     -- stated by the notice (BT-757)
  url           TEXT,
  form          TEXT,                     -- the source's own type
  kind          TEXT,                     -- planning, call, result, change, modification, …
  call          INTEGER NOT NULL,         -- 1 where a planning notice calls for competition
  nature        TEXT,                     -- works, supplies, services, mixed
  instrument    TEXT,                     -- contract, framework, …
  method        TEXT,                     -- open, restricted, … (BT-105)
  language      TEXT,
  published     TEXT,                     -- dates as stated, ISO 8601
  dispatched    TEXT,
  deadline      TEXT,
  deadline_kind TEXT,
  title         TEXT,
  description   TEXT,
  buyer         TEXT,                     -- name and country of the first buyer; all are in organisations
  country       TEXT,
  cpv           TEXT,                     -- the main code
  lots          INTEGER NOT NULL,         -- how many of each
  awards        INTEGER NOT NULL,
  suspects      INTEGER NOT NULL,
  unread        INTEGER NOT NULL,
  origin        TEXT NOT NULL,            -- official, reconstruction, sample
  document      TEXT NOT NULL             -- sha256 of the document its record cites
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS notices_short ON notices (short);
CREATE INDEX IF NOT EXISTS notices_published ON notices (published);

CREATE TABLE IF NOT EXISTS lots (                       -- section: lot, or part (of a planning notice), or group (of lots): count lots only
  notice TEXT NOT NULL, path TEXT NOT NULL,
  section TEXT NOT NULL CHECK (section IN ('lot', 'part', 'group')),
  lot TEXT NOT NULL,                      -- its identifier as stated
  title TEXT, description TEXT, cpv TEXT, nature TEXT,
  duration REAL, duration_unit TEXT, max_duration REAL, max_duration_unit TEXT,
  starts TEXT, ends TEXT, renewals TEXT, options TEXT,
  deadline TEXT, deadline_kind TEXT, technique TEXT, reference TEXT,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS quantities (
  notice TEXT NOT NULL, path TEXT NOT NULL, lot TEXT NOT NULL,
  kind TEXT NOT NULL, value REAL, low REAL, high REAL, unit TEXT, noun TEXT,
  stated_in TEXT,                         -- element, title, description
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS amounts (                    -- one stated sum; kinds never mix: always ask for one kind, scope and currency
  notice TEXT NOT NULL, path TEXT NOT NULL,
  kind TEXT NOT NULL,                     -- estimate, framework_max, minimum, award, …
  scope TEXT,                             -- notice, lot, award
  lot TEXT, award TEXT,                   -- their identifiers, where the amount is theirs
  value TEXT,                             -- exact decimal; or low and high for one stated range
  low TEXT, high TEXT,
  currency TEXT,
  vat TEXT,                               -- excluded, included, unknown
  period TEXT, renewals TEXT, options TEXT, note TEXT,
  suspect INTEGER NOT NULL,               -- 1: to verify (see suspects), left out of sums
  number REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL,  -- for sorting and rough sums
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS unit_amounts (               -- calculated, never stated: amount / quantity
  notice TEXT NOT NULL, path TEXT NOT NULL, lot TEXT NOT NULL,
  of_kind TEXT NOT NULL, value TEXT NOT NULL, currency TEXT, vat TEXT, formula TEXT NOT NULL,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS awards (
  notice TEXT NOT NULL, path TEXT NOT NULL,
  award TEXT NOT NULL,                    -- its identifier as stated
  status TEXT,                            -- awarded, not_awarded, open
  reason TEXT, reason_code TEXT, reason_text TEXT,
  holding TEXT,                           -- sole, group (shares one price), several (each repeats the ceiling)
  tenders INTEGER, decided TEXT, concluded TEXT, title TEXT,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS award_lots (                 -- which lots an award decides
  notice TEXT NOT NULL, path TEXT NOT NULL, award TEXT NOT NULL, lot TEXT NOT NULL,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS organisations (              -- an organisation as it appears, once for each role
  notice TEXT NOT NULL, path TEXT NOT NULL,
  role TEXT,                              -- buyer, joint_buyer, …; of suppliers: sole, leader, member, subcontractor
  supplier INTEGER NOT NULL,              -- 1 where an award names it
  award TEXT,
  name TEXT, country TEXT, nuts TEXT, city TEXT, postcode TEXT, kind TEXT, activity TEXT,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS organisations_name ON organisations (name);

CREATE TABLE IF NOT EXISTS organisation_ids (           -- path: organisations.path
  notice TEXT NOT NULL, path TEXT NOT NULL, n INTEGER NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (notice, path, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS organisation_ids_value ON organisation_ids (value);

CREATE TABLE IF NOT EXISTS cpv (
  notice TEXT NOT NULL, path TEXT NOT NULL,
  lot TEXT,                               -- empty for a code of the whole notice
  main INTEGER NOT NULL,                  -- 1 for the first
  code TEXT NOT NULL,                     -- eight digits
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cpv_code ON cpv (code);

CREATE TABLE IF NOT EXISTS places (
  notice TEXT NOT NULL, path TEXT NOT NULL, lot TEXT,
  nuts TEXT, country TEXT, city TEXT, postcode TEXT, text TEXT,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS changes (                    -- what a correction or modification changes
  notice TEXT NOT NULL, path TEXT NOT NULL, place TEXT, label TEXT, old TEXT, new TEXT, text TEXT,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS links (                      -- stated links to other notices; the target may not be in this archive
  notice TEXT NOT NULL, path TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_target ON links (target);

CREATE TABLE IF NOT EXISTS names (                      -- every identifier a notice names, in one spelling, and how
  notice TEXT NOT NULL,
  node TEXT NOT NULL,                     -- ted:175835-2020, eforms:UUID-1, procedure:UUID, contract:SIRET:NUMBER
  how TEXT NOT NULL,                      -- own, procedure, link, award, call, intention, contract, pair: see store/claims.py
  PRIMARY KEY (notice, node, how)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_node ON names (node);

CREATE TABLE IF NOT EXISTS groups (                     -- what identifiers say belongs together; one row a notice
  notice TEXT PRIMARY KEY,
  same_notice TEXT NOT NULL,              -- the first id of its publications: count(DISTINCT same_notice) counts notices once
  procedure TEXT NOT NULL,                -- the first id of its procedure's notices: count(DISTINCT procedure)
  cluster TEXT NOT NULL                   -- the first id of all that share an identifier: not one purchase, kept for linking
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS groups_cluster ON groups (cluster);

CREATE TABLE IF NOT EXISTS withheld (                   -- values not published, why and until when
  notice TEXT NOT NULL, path TEXT NOT NULL, field TEXT NOT NULL, lot TEXT, reason TEXT, until TEXT, text TEXT,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS suspects (                   -- stated values to verify: place is the value's path in the record
  notice TEXT NOT NULL, path TEXT NOT NULL, place TEXT NOT NULL, rule TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS unread (                     -- passages the reader did not interpret
  notice TEXT NOT NULL, path TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (notice, path)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5 (  -- words of every revision; rowid: revisions.key
  title, buyers, suppliers, lots, description, facts,
  content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- 4. THE COLLECTION --------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS slices (       -- what is asked, counted and begun again as one: a publication day, a package
  source         TEXT NOT NULL,           -- the bulletin, as `beffroi collect` calls it
  key            TEXT NOT NULL,
  way            TEXT NOT NULL,           -- api, export, packages, …
  since          TEXT NOT NULL,           -- the publication days it covers, both included
  until          TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('open', 'complete', 'short', 'failed')),
  asked          INTEGER NOT NULL,        -- how often it was asked for
  announced      INTEGER,                 -- how many records the source said it holds; empty where it never says
  received       INTEGER NOT NULL,        -- how many different ones came, the last time
  new            INTEGER NOT NULL,        -- of all that ever came: notices that were new …
  changed        INTEGER NOT NULL,        -- … or a new revision of a known one
  without_record INTEGER NOT NULL,        -- documents that gave no record
  unread         INTEGER NOT NULL,        -- passages their reader did not interpret
  validators     TEXT,                    -- what the server said of a package, to ask later whether it changed (JSON)
  ended          TEXT,                    -- when it was last asked for in full (UTC)
  why            TEXT,                    -- what is wrong with it, in one sentence
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
