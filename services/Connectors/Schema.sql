-- One row a feed: how far it has been read, stored only after the broker confirmed what was read.
create table if not exists checkpoints (
    system text not null,
    feed text not null,
    cursor jsonb not null,
    recent bytea not null,
    records_read bigint not null,
    published bigint not null,
    unmappable bigint not null,
    repeated bigint not null,
    version bigint not null,
    updated_at timestamptz not null default clock_timestamp(),
    primary key (system, feed));

-- One row a feed: which fields its records have, as which JSON, and which changes of that were told last. Saved after the
-- checkpoint, and only when it has changed; without the row a feed learns anew.
create table if not exists shapes (
    system text not null,
    feed text not null,
    shape jsonb not null,
    updated_at timestamptz not null default clock_timestamp(),
    primary key (system, feed));

-- What systems have told by themselves: kept before it is answered, read a little later, remembered so that a repeat is
-- taken once. The id is made of the system's name and its own id for the delivery (contracts/StableId.cs).
create table if not exists deliveries (
    id uuid primary key,
    system text not null,
    body bytea,                          -- null once it has come to its end
    trace_parent text,
    failures int not null default 0,
    received_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    outcome text);                       -- read, unreadable, given_up
create index if not exists deliveries_due on deliveries (system, due_at) where ended_at is null;
create index if not exists deliveries_ended on deliveries (ended_at) where ended_at is not null;
