-- Nodes that live; one that does not say so any more takes its rows of presence_here with it.
create table node (
  id uuid primary key,
  beat_at timestamptz not null
);

-- Who has a socket on a node, or had one within the grace.
create table presence_here (
  tenant text not null,
  user_id text not null,
  node_id uuid not null,
  active boolean not null,
  primary key (tenant, user_id, node_id)
);

create index presence_here_node on presence_here (node_id);

-- What was told last about each user.
create table presence (
  tenant text not null,
  user_id text not null,
  state text not null,
  manual text,
  last_active_at timestamptz,
  primary key (tenant, user_id)
);
