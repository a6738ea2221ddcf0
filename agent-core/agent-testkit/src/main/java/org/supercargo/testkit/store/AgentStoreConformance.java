package org.supercargo.testkit.store;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.supercargo.engine.store.AgentStore;

/// The rules every [AgentStore] keeps. A store passes when a test class that extends this one
/// passes.
///
/// The tests use agents of their own, so one store may serve all of them and may hold other rows.
public abstract class AgentStoreConformance {
  /// The store under test. The subclass opens and closes it.
  protected abstract AgentStore store();

  /// Opens another instance on the same data, as a second process would; the tests close it.
  ///
  /// @return empty for a store that keeps nothing
  protected abstract Optional<AgentStore> another();

  @Nested
  final class Leases extends LeaseRules {
    Leases() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Transactions extends TransactionRules {
    Transactions() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Races extends RaceRules {
    Races() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }

    @Override
    Optional<AgentStore> another() {
      return AgentStoreConformance.this.another();
    }
  }

  @Nested
  final class Journal extends JournalRules {
    Journal() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Intents extends IntentRules {
    Intents() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Budgets extends BudgetRules {
    Budgets() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class BudgetSums extends BudgetSumRules {
    BudgetSums() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Approvals extends ApprovalRules {
    Approvals() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Agents extends AgentRules {
    Agents() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Ledger extends LedgerRules {
    Ledger() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Spent extends SpentRules {
    Spent() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Notes extends NoteRules {
    Notes() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Orders extends OrderRules {
    Orders() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }
  }

  @Nested
  final class Durability extends DurabilityRules {
    Durability() {}

    @Override
    AgentStore store() {
      return AgentStoreConformance.this.store();
    }

    @Override
    Optional<AgentStore> another() {
      return AgentStoreConformance.this.another();
    }
  }
}
