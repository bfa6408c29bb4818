-- The index of what search finds reports by: the sets of pieces that package
-- catalog makes of their text, under the report's place. Contentless: it holds no
-- text, and no positions. The tokenizer takes what is between spaces as it is.

-- +goose Up
create virtual table search using fts5(grams, content='', contentless_delete=1, tokenize='ascii', detail='none');

-- +goose Down
drop table search;
