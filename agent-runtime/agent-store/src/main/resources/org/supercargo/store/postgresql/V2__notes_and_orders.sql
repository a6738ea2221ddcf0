-- What an agent noted for later runs, numbered as it was written. Numbers have no gaps, so that the
-- oldest of too many are known by their number.
create table note (
  agent text collate "C" not null references agent (name),
  number bigint not null check (number > 0),
  words text not null check (words <> ''),
  source text collate "C" not null
    check (source in ('OWNER', 'MANDATE', 'TOOL', 'MODEL', 'MEMORY')),
  tick bigint not null,
  at_nanos bigint not null,
  primary key (agent, number)
);

-- For what was spent since some time.
create index ledger_entry_in_time on ledger_entry (agent, at_nanos, number);

-- How often each standing order acted, and the moment it acted for last: none acts twice for one.
create table standing_order (
  agent text collate "C" not null references agent (name),
  name text collate "C" not null check (name <> ''),
  times integer not null check (times > 0),
  last_nanos bigint not null,
  primary key (agent, name)
);
