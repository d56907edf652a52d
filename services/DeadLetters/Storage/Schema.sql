-- What could not be used, kept for good: the message as it came, and why it is here.
create table if not exists letters (
    id uuid primary key,
    reason text not null,
    sentence text not null,
    source text,
    object_type text,
    native_id text,
    exchange text not null,
    source_queue text not null,
    message_id text,
    waited_for text,
    body bytea not null,
    headers json not null,
    trace_parent text,
    counted_by_us boolean not null,      -- no other service counts it
    first_seen timestamptz not null,
    last_seen timestamptz not null default clock_timestamp(),
    times bigint not null default 1);
create index if not exists letters_reason on letters (reason, first_seen);
create index if not exists letters_first_seen on letters (first_seen, id);
