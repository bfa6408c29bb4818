-- The index of what search finds reports by: the sets of pieces that package
-- catalog makes of their text, under the report's place. A table of its own, so
-- that a change of the report's state writes no entries into the large index.

-- +goose Up
create table search (
    place bigint   not null primary key,
    grams tsvector not null
);
create index search_grams on search using gin (grams);

-- +goose Down
drop table search;
