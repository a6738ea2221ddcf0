-- Times are nanoseconds since 1970-01-01T00:00:00Z: timestamptz ends at microseconds, and the
-- journal's hashes are taken over every digit. Amounts hold any unsigned 256-bit number.

create table lease (
  agent text collate "C" not null primary key,
  owner text,
  fence bigint not null check (fence > 0),
  ends_at bigint not null
);

create table journal (
  agent text collate "C" not null references lease (agent),
  sequence bigint not null check (sequence > 0),
  tick bigint not null check (tick >= 0),
  at_nanos bigint not null,
  event_type text not null,
  payload text not null,
  hash text not null,
  primary key (agent, sequence)
);

create index journal_by_tick on journal (agent, tick, sequence);

create table intent (
  agent text collate "C" not null references lease (agent),
  tick bigint not null,
  sequence integer not null,
  payload text not null,
  rule_name text collate "C" not null,
  state text collate "C" not null
    check (state in ('RESERVED', 'EXECUTING', 'SETTLED', 'FAILED', 'REFUSED')),
  at_nanos bigint not null,
  primary key (agent, tick, sequence)
);

create index open_intent on intent (agent, tick, sequence)
  where state in ('RESERVED', 'EXECUTING');

create table attempt (
  agent text collate "C" not null,
  tick bigint not null,
  sequence integer not null,
  number integer not null check (number > 0),
  state text collate "C" not null
    check (state in ('PREPARED', 'SIGNED', 'SENT', 'LANDED', 'FAILED', 'DEAD', 'REFUSED')),
  completes integer not null check (completes in (0, 1)),
  unsigned_bytes bytea not null,
  validity text not null,
  transaction_chain text,
  transaction_id text,
  signed_bytes bytea,
  at_nanos bigint not null,
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
);

create table reservation (
  agent text collate "C" not null,
  tick bigint not null,
  sequence integer not null,
  number integer not null,
  rule_name text collate "C" not null,
  unit text collate "C" not null,
  amount numeric(78, 0) not null check (amount >= 0),
  at_nanos bigint not null,
  released integer not null default 0 check (released in (0, 1)),
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
);

create index reservation_in_window on reservation (agent, rule_name, unit, at_nanos)
  include (amount) where released = 0;

create table wallet (
  account text collate "C" not null primary key,
  next_nonce bigint not null
);

create table ledger_entry (
  agent text collate "C" not null references lease (agent),
  number bigint not null,
  entry_key text collate "C" not null,
  at_nanos bigint not null,
  description text not null,
  reference text not null,
  primary key (agent, number),
  unique (agent, entry_key)
);

create table posting (
  agent text collate "C" not null,
  number bigint not null,
  line integer not null,
  account text collate "C" not null,
  asset text collate "C" not null,
  amount numeric(78, 0) not null,
  primary key (agent, number, line),
  foreign key (agent, number) references ledger_entry (agent, number)
);

create index posting_by_account on posting (agent, account, asset) include (amount);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger journal_is_append_only before update or delete or truncate on journal
  for each statement execute function refuse_change();

create trigger ledger_entry_is_append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_change();

create trigger posting_is_append_only before update or delete or truncate on posting
  for each statement execute function refuse_change();
