import org.jspecify.annotations.NullMarked;

/// The language every part of Supercargo speaks: domain values, ports and the plugin API.
@NullMarked
module org.supercargo.api {
  requires static transitive org.jspecify;

  exports org.supercargo.api;
  exports org.supercargo.api.action;
  exports org.supercargo.api.agent;
  exports org.supercargo.api.asset;
  exports org.supercargo.api.chain;
  exports org.supercargo.api.http;
  exports org.supercargo.api.intent;
  exports org.supercargo.api.journal;
  exports org.supercargo.api.ledger;
  exports org.supercargo.api.mandate;
  exports org.supercargo.api.memory;
  exports org.supercargo.api.model;
  exports org.supercargo.api.payment;
  exports org.supercargo.api.plan;
}
