-- Who may: tokens, sessions, audit. Secrets are kept as SHA-256 in hex.

-- +goose Up
create table tokens (
    id           text   not null primary key,
    hash         text   not null,
    name         text   not null,
    role         text   not null,
    bodies       text   not null,   -- JSON list of body ids
    created_us   bigint not null,
    expires_us   bigint,
    revoked_us   bigint,
    last_used_us bigint
);
-- Uploads are known by the name: two people must not share one.
create unique index tokens_name on tokens (name) where revoked_us is null;

create table sessions (
    hash       text   not null primary key,
    token_id   text   not null references tokens (id),
    created_us bigint not null,
    seen_us    bigint not null
);
create index sessions_token on sessions (token_id);

-- Who sent the bytes of a report beside its first sender. Not bound to reports:
-- the list outlives a rebuilt catalog.
create table report_shares (
    report_id text not null,
    sender    text not null,
    primary key (report_id, sender)
);
create index report_shares_sender on report_shares (sender);
-- What somebody may see is looked up by sender and body.
create index reports_sender on reports (sender);
create index batches_sender on batches (sender);

create table audit (
    id         text   not null primary key,
    at_us      bigint not null,
    token_id   text   not null,
    name       text   not null,
    action     text   not null,
    subject    text   not null,   -- id of the report or token acted on
    remote     text   not null,
    request_id text   not null,
    outcome    text   not null
);
create index audit_newest on audit (at_us desc, id desc);

-- +goose Down
drop index batches_sender;
drop index reports_sender;
drop table audit;
drop table report_shares;
drop table sessions;
drop table tokens;
