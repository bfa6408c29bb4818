-- One text for SQLite and PostgreSQL. Times are microseconds since 1970 UTC:
-- exact, and compared as numbers on both. JSON is opaque to SQL: what is asked
-- for has a column.

-- +goose Up
create table reports (
    id             text    not null primary key,
    state          text    not null,
    filename       text    not null,
    media_type     text    not null,
    sha256         text    not null unique,
    size_bytes     bigint  not null,
    received_us    bigint  not null,
    title          text,
    agency         text,
    report_year    bigint,
    form           text    not null,
    status         text    not null,
    errors         bigint  not null,
    warnings       bigint  not null,
    infos          bigint  not null,
    problem        text,               -- JSON of report.Problem
    program        text    not null,   -- versions of result or failure
    forms          text    not null,
    rules          text    not null,
    agency_folded  text    not null,   -- folded in Go: the databases disagree on case
    text_folded    text    not null    -- title, agency and file name
);
create index reports_newest on reports (received_us desc, id desc);
create index reports_year on reports (report_year);
create index reports_state on reports (state, id);

create table findings (
    report_id text   not null references reports (id) on delete cascade,
    rule      text   not null,
    severity  text   not null,
    hits      bigint not null,
    primary key (report_id, rule, severity)
);
create index findings_rule on findings (rule, report_id);

-- +goose Down
drop table findings;
drop table reports;
