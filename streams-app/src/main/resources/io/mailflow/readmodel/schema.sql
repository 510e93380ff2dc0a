-- What the output topics say, as rows. Instants are milliseconds since 1970 in UTC, durations milliseconds.
-- Another layout gets another number in Database: the file is then made anew from the topics.

-- The next record to read of each partition; written with the rows that come from the records before it.
CREATE TABLE kafka_offset (topic TEXT, partition INTEGER, next INTEGER NOT NULL, PRIMARY KEY (topic, partition)) WITHOUT ROWID;

-- How often something was seen since the topics begin, such as dead letters by reason.
CREATE TABLE tally (kind TEXT, name TEXT, count INTEGER NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;

-- What was there and is not any more.
CREATE TABLE gone (kind TEXT, name TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID;

CREATE TABLE health (tenant TEXT, connector TEXT, json TEXT NOT NULL, PRIMARY KEY (tenant, connector)) WITHOUT ROWID;
CREATE TABLE failure (tenant TEXT, connector TEXT, code TEXT, attempts INTEGER NOT NULL,
    PRIMARY KEY (tenant, connector, code)) WITHOUT ROWID;
CREATE INDEX failure_by_code ON failure (code, tenant, connector);
CREATE TABLE registration (tenant TEXT, connector TEXT, json TEXT NOT NULL, PRIMARY KEY (tenant, connector)) WITHOUT ROWID;
-- Where a connector leads by its registration: smart hosts and recipient domains.
CREATE TABLE leads_to (tenant TEXT, place TEXT, connector TEXT, PRIMARY KEY (tenant, place, connector)) WITHOUT ROWID;
CREATE INDEX leads_to_by_connector ON leads_to (tenant, connector);

-- Each connector now: health, registration and open alerts in one line, with its place in the order of urgency
-- (rank, due, load: the smaller the more urgent) and its names in lower case for searching.
CREATE TABLE connector (
    tenant TEXT, connector TEXT, type TEXT NOT NULL, state TEXT NOT NULL, severity TEXT, open_alerts INTEGER NOT NULL,
    codes TEXT NOT NULL, owner TEXT, at INTEGER, delivered INTEGER NOT NULL, failed INTEGER NOT NULL,
    messages INTEGER NOT NULL, recipients INTEGER NOT NULL, oldest_since INTEGER, next_deadline INTEGER,
    expired INTEGER NOT NULL, last_delivered INTEGER, last_failed INTEGER, folded TEXT NOT NULL,
    rank INTEGER NOT NULL, due INTEGER NOT NULL, load INTEGER NOT NULL,
    PRIMARY KEY (tenant, connector)) WITHOUT ROWID;
CREATE INDEX connector_by_urgency ON connector (rank, due, load, tenant, connector);

-- The code is empty in the row of the whole connector.
CREATE TABLE window_count (
    size INTEGER, tenant TEXT, connector TEXT, start INTEGER, code TEXT, delivered INTEGER NOT NULL,
    attempts INTEGER NOT NULL, messages INTEGER NOT NULL, recipients INTEGER NOT NULL, final INTEGER NOT NULL,
    PRIMARY KEY (size, tenant, connector, start, code)) WITHOUT ROWID;
CREATE INDEX window_by_start ON window_count (size, start);

-- Every publication, each once, in the order of its topic (place), and the latest of each alert. The sequence tells
-- publications apart (kind is empty, at 0), but for those that repeat one: provisional, corrected, became-current.
CREATE TABLE publication (
    id TEXT, sequence INTEGER, kind TEXT, at INTEGER, place INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (id, sequence, kind, at)) WITHOUT ROWID;
CREATE TABLE alert (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, tenant TEXT NOT NULL, connector TEXT NOT NULL, code TEXT NOT NULL,
    state TEXT NOT NULL, severity TEXT NOT NULL, rank INTEGER NOT NULL, opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, resolved_at INTEGER, json TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX alert_by_connector ON alert (tenant, connector, state);
CREATE INDEX alert_by_state ON alert (state, rank, -opened_at, id);
CREATE INDEX alert_by_opening ON alert (-opened_at, id);
-- Where open alerts fail; each has a row without server, for those that name none.
CREATE TABLE failing (
    alert TEXT, server TEXT, tenant TEXT NOT NULL, connector TEXT NOT NULL, code TEXT NOT NULL, cause TEXT,
    since INTEGER NOT NULL, PRIMARY KEY (alert, server)) WITHOUT ROWID;
CREATE INDEX failing_by_server ON failing (tenant, server, code, since);

-- Filled from the records of the on-call router.
CREATE TABLE incident (
    id TEXT PRIMARY KEY, tenant TEXT NOT NULL, state TEXT NOT NULL, opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX incident_by_state ON incident (state, -opened_at, id);
CREATE TABLE incident_alert (alert TEXT PRIMARY KEY, incident TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX incident_alert_by_incident ON incident_alert (incident);

CREATE TABLE progress (
    stage TEXT, partition INTEGER, progress INTEGER NOT NULL, ended INTEGER NOT NULL, accounting TEXT,
    PRIMARY KEY (stage, partition)) WITHOUT ROWID;
CREATE TABLE dead_letter (
    partition INTEGER, record INTEGER, at INTEGER NOT NULL, reason TEXT NOT NULL, place TEXT NOT NULL,
    PRIMARY KEY (partition, record)) WITHOUT ROWID;
CREATE INDEX dead_letter_by_time ON dead_letter (at);
CREATE TABLE late_event (
    partition INTEGER, record INTEGER, kept_at INTEGER NOT NULL, at INTEGER NOT NULL, tenant TEXT NOT NULL,
    connector TEXT, event TEXT NOT NULL, late_by INTEGER NOT NULL, effect TEXT NOT NULL,
    PRIMARY KEY (partition, record)) WITHOUT ROWID;
CREATE INDEX late_event_by_time ON late_event (kept_at);
