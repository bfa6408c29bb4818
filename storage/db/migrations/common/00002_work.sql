-- What the service works on: jobs, batches, workers. A report's row has the
-- ticket of the one job that may change it; the job itself is in the queue's
-- tables.

-- +goose Up
alter table reports add column sender text not null default '';      -- who sent it: name of a token, empty when open
alter table reports add column body_id text;                          -- the body it is the report of
alter table reports add column ticket text not null default '';      -- of the job in force; empty: none
alter table reports add column job_id bigint not null default 0;     -- the queue's number of that job
alter table reports add column job_rank bigint not null default -1;  -- place in its batch, -1: single
alter table reports add column worker text not null default '';      -- who runs the job
alter table reports add column attempts bigint not null default 0;   -- how often it was begun
alter table reports add column faults bigint not null default 0;     -- how many of these ended in a fault of ours; the others in death
alter table reports add column queued_us bigint not null default 0;
alter table reports add column started_us bigint not null default 0;
-- What waits, and since when: few of many.
create index reports_queued on reports (queued_us, id) where state = 'queued';

-- Before, a report could be known and not queued; without a job it is found by
-- the sweep.
update reports set state = 'queued' where state in ('received', 'archived');

create table batches (
    id          text   not null primary key,
    name        text   not null,
    sender      text   not null,
    state       text   not null,            -- receiving, running, done, cancelled
    created_us  bigint not null,
    touched_us  bigint not null,            -- last file received
    files       bigint not null default 0,  -- the next file's seq
    last_event  bigint not null default 0,  -- counts changes of files; holding the row orders them
    recorded    boolean not null default false, -- its list of files is in the archive
    ended_event bigint  not null default -1 -- last_event when what became of them was recorded
);
create index batches_newest on batches (created_us desc, id desc);
create index batches_state on batches (state);
create index batches_unrecorded on batches (id) where ended_event <> last_event;

create table batch_files (
    batch_id   text    not null references batches (id) on delete cascade,
    seq        bigint  not null,
    path       text    not null,
    sha256     text    not null,            -- empty where the file was not taken in
    size_bytes bigint  not null,
    report_id  text    not null,            -- likewise
    known      boolean not null,            -- the same bytes were there before
    state      text    not null,            -- queued, running, done, failed, cancelled
    problem    text,                        -- JSON of report.Problem
    event      bigint  not null,            -- batches.last_event at its last change
    primary key (batch_id, seq)
);
create index batch_files_report on batch_files (report_id, batch_id, seq, state);
create index batch_files_event on batch_files (batch_id, event);
create index batch_files_state on batch_files (batch_id, state);

create table workers (
    id         text   not null primary key,
    host       text   not null,
    started_us bigint not null,
    seen_us    bigint not null,
    jobs       bigint not null              -- at a time
);

create table idempotency_keys (
    sender      text   not null,
    key         text   not null,
    fingerprint text   not null,            -- of the request's content
    subject     text   not null,            -- id of the report or batch
    created_us  bigint not null,
    primary key (sender, key)
);
create index idempotency_keys_age on idempotency_keys (created_us);

-- +goose Down
drop index reports_queued;
drop table idempotency_keys;
drop table workers;
drop table batch_files;
drop table batches;
alter table reports drop column started_us;
alter table reports drop column queued_us;
alter table reports drop column faults;
alter table reports drop column attempts;
alter table reports drop column worker;
alter table reports drop column job_rank;
alter table reports drop column job_id;
alter table reports drop column ticket;
alter table reports drop column body_id;
alter table reports drop column sender;
