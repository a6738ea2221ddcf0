-- Times are nanoseconds since 1970-01-01T00:00:00Z. Amounts are decimal text, because SQLite's
-- integers end at 64 bits.

create table lease (
  agent text not null primary key,
  owner text,
  fence integer not null check (fence > 0),
  ends_at integer not null
) strict;

create table journal (
  agent text not null references lease (agent),
  sequence integer not null check (sequence > 0),
  tick integer not null check (tick >= 0),
  at_nanos integer not null,
  event_type text not null,
  payload text not null,
  hash text not null,
  primary key (agent, sequence)
) strict;

create index journal_by_tick on journal (agent, tick, sequence);

create table intent (
  agent text not null references lease (agent),
  tick integer not null,
  sequence integer not null,
  payload text not null,
  rule_name text not null,
  state text not null
    check (state in ('RESERVED', 'EXECUTING', 'SETTLED', 'FAILED', 'REFUSED')),
  at_nanos integer not null,
  primary key (agent, tick, sequence)
) strict;

create index open_intent on intent (agent, tick, sequence)
  where state in ('RESERVED', 'EXECUTING');

create table attempt (
  agent text not null,
  tick integer not null,
  sequence integer not null,
  number integer not null check (number > 0),
  state text not null
    check (state in ('PREPARED', 'SIGNED', 'SENT', 'LANDED', 'FAILED', 'DEAD', 'REFUSED')),
  completes integer not null check (completes in (0, 1)),
  unsigned_bytes blob not null,
  validity text not null,
  transaction_chain text,
  transaction_id text,
  signed_bytes blob,
  at_nanos integer not null,
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
) strict;

create table reservation (
  agent text not null,
  tick integer not null,
  sequence integer not null,
  number integer not null,
  rule_name text not null,
  unit text not null,
  amount text not null check (amount not glob '*[^0-9]*' and amount <> ''),
  at_nanos integer not null,
  released integer not null default 0 check (released in (0, 1)),
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
) strict;

create index reservation_in_window on reservation (agent, rule_name, unit, at_nanos, amount, released)
  where released = 0;

create table wallet (
  account text not null primary key,
  next_nonce integer not null
) strict;

create table ledger_entry (
  agent text not null references lease (agent),
  number integer not null,
  entry_key text not null,
  at_nanos integer not null,
  description text not null,
  reference text not null,
  primary key (agent, number),
  unique (agent, entry_key)
) strict;

create table posting (
  agent text not null,
  number integer not null,
  line integer not null,
  account text not null,
  asset text not null,
  amount text not null check (ltrim(amount, '-') not glob '*[^0-9]*' and amount <> ''),
  primary key (agent, number, line),
  foreign key (agent, number) references ledger_entry (agent, number)
) strict;

create index posting_by_account on posting (agent, account, asset, amount);

-- A replacing insert deletes without firing delete triggers, so it is met before it inserts.
create trigger journal_continues before insert on journal
when new.sequence <> 1 + coalesce((select max(sequence) from journal where agent = new.agent), 0)
begin
  select raise(abort, 'the journal is append-only and has no gaps');
end;

create trigger journal_keeps before update on journal
begin
  select raise(abort, 'the journal is append-only');
end;

create trigger journal_holds before delete on journal
begin
  select raise(abort, 'the journal is append-only');
end;

create trigger ledger_continues before insert on ledger_entry
when exists (select 1 from ledger_entry where agent = new.agent and number = new.number)
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_keeps before update on ledger_entry
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_holds before delete on ledger_entry
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger posting_continues before insert on posting
when exists (
  select 1 from posting where agent = new.agent and number = new.number and line = new.line)
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger posting_keeps before update on posting
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger posting_holds before delete on posting
begin
  select raise(abort, 'the ledger is append-only');
end;
