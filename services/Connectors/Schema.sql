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
